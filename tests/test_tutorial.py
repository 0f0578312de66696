# SPDX-License-Identifier: MIT
"""docs/tutorial.md, word by word: each file is written, each command typed, each answer seen."""

from __future__ import annotations

import array
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List, NamedTuple

import pytest

from building import clean_environment
from harness import poll
from tessera.qemu import Machine
from tessera.sources import copy_sources
from workbench import ROOT

PAGE = "docs/tutorial.md"
WAV_HZ, WAV_HEADER_BYTES = 44100, 44  # QEMU's: two channels of 16 bits
_BOX = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Box(NamedTuple):
    """What stands between fences: its kind, the file that it names, the text, its line."""

    kind: str
    name: str
    text: str
    line: int


def boxes(text: str) -> Iterator[Box]:
    """All of a page."""
    for found in _BOX.finditer(text):
        kind, name, content = found.groups()
        yield Box(kind, name or "", content, text.count("\n", 0, found.start()) + 1)


def change(tree: Path, box: Box) -> None:
    """A change as the page shows it, without line numbers: its old lines stand there once."""
    path = re.findall(r"^\+\+\+ b/(\S+)$", box.text, re.MULTILINE)[0]
    text = (tree / path).read_text()
    for hunk in box.text.split("@@\n")[1:]:
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in "- ")
        new = "".join(line[1:] for line in lines if line[0] in "+ ")
        assert text.count(old) == 1, f"line {box.line}: {path} has {text.count(old)} times {old!r}"
        text = text.replace(old, new)
    (tree / path).write_text(text)


def write(tree: Path, box: Box) -> None:
    """A new file, in the style of the house; lines at the end of one that is there."""
    path = tree / box.name
    path.parent.mkdir(parents=True, exist_ok=True)
    is_added = path.exists() and box.kind in ("make", "kconfig")
    assert is_added or not path.exists(), f"line {box.line}: {box.name} is there already"
    with open(path, "a", encoding="utf-8") as stream:
        stream.write(box.text)
    if box.kind == "c" and shutil.which("clang-format"):
        subprocess.run(["clang-format", "--dry-run", "--Werror", str(path)], cwd=tree, check=True)


def type_in(tree: Path, box: Box) -> str:
    """What the commands said; they must not fail."""
    said: List[str] = []
    for line in box.text.splitlines():
        done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=tree, text=True,
                              env=clean_environment(), stdin=subprocess.DEVNULL, timeout=500,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace",
                              check=False)
        assert done.returncode == 0, f"line {box.line}: {line}\n{done.stdout}"
        said.append(done.stdout)
    return "".join(said)


def heard_hz(tree: Path) -> float:
    """The tone that `hello` makes: what the speaker played, as QEMU writes it into a file."""
    command, sound = tree / "shell/commands/hello.c", tree / "sound.wav"
    text = command.read_text().replace("#include <kernel/console.h>",
                                       "#include <drivers/speaker.h>\n#include <kernel/console.h>")
    command.write_text(text.replace("\treturn 0;", "\tspeaker_tone(440);\n\treturn 0;"))
    type_in(tree, Box("sh", "", "make speaker.config\nmake iso", 0))
    heard = ["-audiodev", f"wav,id=sound,path={sound}", "-machine", "pcspk-audiodev=sound"]
    with Machine(tree / "build/tessera.iso", extra=heard) as machine:
        machine.wait_prompt()
        machine.run_command("hello")
        poll(lambda: len(samples(sound)) > WAV_HZ // 4, "a quarter of a second of sound")
    played = samples(sound)
    rises = [at for at in range(1, len(played)) if played[at - 1] <= 0 < played[at]]
    assert len(rises) > 50, "a tone"
    return WAV_HZ * (len(rises) - 1) / (rises[-1] - rises[0])


def samples(sound: Path) -> "array.array[int]":
    """One channel of a WAV file that is still written to, from its first sound on."""
    data = sound.read_bytes()[WAV_HEADER_BYTES:] if sound.exists() else b""
    both = array.array("h", data[:len(data) // 4 * 4])
    if sys.byteorder == "big":
        both.byteswap()
    left = both[::2]
    return left[next((at for at, sample in enumerate(left) if sample), len(left)):]


@pytest.mark.first
def test_the_page_is_so(tmp_path: Path) -> None:
    """From a fresh tree to a folder of one's own."""
    tree = copy_sources(tmp_path / "tree")
    said, kinds = "", []
    for box in boxes((ROOT / PAGE).read_text()):
        kinds.append(box.kind)
        if box.kind == "sh":
            said = type_in(tree, box)
        elif box.kind == "diff":
            change(tree, box)
        elif box.kind == "text":
            at = 0
            for line in box.text.splitlines():
                at = said.find(line, at)
                assert at >= 0, f"line {box.line}: {line!r} was not said in\n{said}"
        else:
            write(tree, box)
    assert kinds.count("sh") == kinds.count("text") == 7
    assert 430 < heard_hz(tree) < 450
