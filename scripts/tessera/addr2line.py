# SPDX-License-Identifier: MIT
"""addr2line, or what this machine has in its place: how it is called, and what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import List

from .errors import Addr2lineMissing

_TOOLS = ("addr2line", "x86_64-elf-addr2line", "llvm-addr2line", "llvm-symbolizer")


def addr2line(elf: Path, functions: bool = False) -> List[str]:
    """The command that tells FILE:LINE of each address, of those on its input if none follows.

    With functions, an address is a line, and then a function and a place by turns, those that were
    inlined first. Addr2lineMissing where there is no such tool.
    """
    tool = next((path for path in map(shutil.which, _TOOLS) if path), None)
    if tool is None:
        raise Addr2lineMissing()
    words = ["-f", "-i", "-a"] if functions else []
    if tool.endswith("symbolizer"):
        words = ["--output-style=GNU", *(words or ["--functions=none", "--no-inlines"])]
    return [tool, *words, "-e", str(elf)]


def place_of(said: str) -> str:
    """"mm/heap.c:120" of a line that it said; nothing where it knows no file."""
    place = re.sub(r" \(discriminator \d+\)$", "", said.strip()).removeprefix("./")
    return "" if place.startswith("??") else place
