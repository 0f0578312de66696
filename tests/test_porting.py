# SPDX-License-Identifier: MIT
"""docs/porting.md tells of every header of the architecture, and of what the kernel links of it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import List, Set

from building import Build
from workbench import ROOT

PAGE = (ROOT / "docs/porting.md").read_text()
HEADERS = sorted(path.name for path in (ROOT / "arch/x86_64/include/arch").glob("*.h"))


def names(objects: List[Path], kind: str) -> Set[str]:
    """What objects define, or want, by nm."""
    said = subprocess.run(["nm", kind, *map(str, objects)], text=True, check=True,
                          stdout=subprocess.PIPE).stdout
    return set(re.findall(r"^[0-9a-f ]{16} [BDRTUW] (\w+)$", said, re.MULTILINE))


def told_after(words: str) -> Set[str]:
    """The names in the paragraph that begins so."""
    paragraph = PAGE[PAGE.index(words):].split("\n\n")[0]
    return set(re.findall(r"`(\w+)(?:\(\))?`", paragraph))


def test_every_header_is_told_of() -> None:
    """In the table, once, and none that is not there."""
    rows = re.findall(r"^\| (`arch/.*?) \|", PAGE, re.MULTILINE)
    told = [name for row in rows for name in re.findall(r"`arch/(\w+\.h)`", row)]
    assert sorted(told) == HEADERS


def test_what_is_linked(reference: Build) -> None:
    """The functions that cross the border are those of the page, in both directions."""
    objects = [reference.path / name for name in
               (reference.path / ".objects").read_text().split()]
    machine = [path for path in objects if path.relative_to(reference.path).parts[0] == "arch"]
    generic = [path for path in objects if path not in machine]
    assert machine and generic
    assert names(machine, "--defined-only") & names(generic, "-u") == told_after(
        "The reference kernel links these")
    assert names(generic, "--defined-only") & names(machine, "-u") - {"memset", "memcpy"} == \
        told_after("In return the architecture calls")


def test_functions_that_are_named_are_there() -> None:
    """Anywhere in the page."""
    text = "".join(path.read_text() for top in ("arch", "include", "init", "drivers", "kernel")
                   for path in (ROOT / top).rglob("*.[chS]"))
    wanted = set(re.findall(r"`(\w+)\(\)`", PAGE)) | set(re.findall(r"`(\w+\.[cS])`", PAGE))
    sources = {path.name for path in ROOT.glob("*/**/*.[cS]")}
    assert wanted and not {name for name in wanted
                           if name not in sources and not re.search(rf"\b{name}\(", text)}
