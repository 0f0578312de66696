# SPDX-License-Identifier: MIT
"""What the tests of the build share: make in an output of one's own, as a user's shell runs it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import List, Union

from building import ROOT, clean_environment

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

    def configure(self, *lines: str, base: str = "defconfig", words: List[str] = []) -> str:
        """A ready configuration with these lines on top."""
        self.path.mkdir(exist_ok=True)
        fragment = self.path.parent / f"{self.path.name}.fragment"
        fragment.write_text("\n".join(lines) + "\n")
        return self.make(base, f"FRAGMENTS={fragment}", *words).good()
