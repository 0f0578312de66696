# SPDX-License-Identifier: MIT
"""What the tests of the build share: make in an output of one's own, as a user's shell runs it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import List, Union

from building import ROOT, build_first, clean_environment
from tessera.hostbuild import pure_modules
from tessera.sources import copy_sources

SCRIPTS = ROOT / "scripts"


class Done:
    """A program that ended: its status, and both of its streams as one text."""

    def __init__(self, command: List[str], timeout: float, **more: str) -> None:
        ended = subprocess.run(command, cwd=ROOT, env=clean_environment(**more), text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, errors="replace",
                               stderr=subprocess.STDOUT, timeout=timeout, check=False)
        self.command = " ".join(command)
        self.status = ended.returncode
        self.text = ended.stdout

    def good(self) -> str:
        """The text, of a program that must not fail."""
        assert self.status == 0, f"{self.command} ended with {self.status}:\n{self.text}"
        return self.text

    def bad(self) -> str:
        """The text, of a program that must fail."""
        assert self.status != 0, f"{self.command} did not fail:\n{self.text}"
        return self.text


def run(*words: Union[str, Path], timeout: float = 120, **more: str) -> Done:
    """Run a program in the source folder."""
    return Done([str(word) for word in words], timeout, **more)


def tree_of_lib(path: Path) -> Path:
    """A copy of the sources whose PURE modules are those of lib/: built in a tenth of the time."""
    copy_sources(path)
    for module in pure_modules(path):
        if module.source.parts[0] != "lib":
            for source in filter(None, (module.source, module.suite)):
                (path / source).unlink()
    for target in (path / "tests/fuzz").glob("*.c"):
        wanted = re.findall(r'^#include "\.\./\.\./(.*)"$', target.read_text(), re.MULTILINE)
        if not all((path / name).exists() for name in wanted):
            target.unlink()
    return path


class Output:
    """An output folder, and make with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.elf = path / "tessera.elf"
        self.iso = path / "tessera.iso"
        self.config = path / ".config"

    def make(self, *words: Union[str, Path], **more: str) -> Done:
        """make O=this, on both cores."""
        return run("make", "-j2", f"O={self.path}", *words, **more)

    def build_first(self, *words: str, goal: str = "iso") -> None:
        """What was just configured, out of objects that others have compiled, too."""
        build_first(self.path, [f"O={self.path}", "WERROR=1", *words], goal)

    def configure(self, *lines: str, base: str = "defconfig", words: List[str] = []) -> str:
        """A ready configuration with these lines on top."""
        self.path.mkdir(exist_ok=True)
        fragment = self.path.parent / f"{self.path.name}.fragment"
        fragment.write_text("\n".join(lines) + "\n")
        return self.make(base, f"FRAGMENTS={fragment}", *words).good()
