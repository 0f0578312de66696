# SPDX-License-Identifier: MIT
"""Addresses of a kernel as a person reads them: function, offset, file and line."""

from __future__ import annotations

import subprocess
from bisect import bisect_right
from pathlib import Path
from typing import List, Tuple

from .addr2line import addr2line, place_of
from .elf import Elf, ElfError
from .errors import Addr2lineMissing

_TIMEOUT_S = 30.0


class Places:
    """The functions of an ELF file; one that cannot be read has none."""

    def __init__(self, elf: Path) -> None:
        self._elf = elf
        self._symbols: List[Tuple[int, int, str]] = []
        try:
            file = Elf(elf)
        except (OSError, ElfError):
            return
        ends = {index: each.address + each.size for index, each in enumerate(file.sections)
                if each.kind == "code"}
        self._symbols = sorted((each.address, ends[each.section], each.name)
                               for each in file.symbols() if each.section in ends and each.name)

    def function(self, address: int) -> str:
        """"kmalloc+0x1c", or nothing where no function is."""
        at = bisect_right(self._symbols, (address, 1 << 64, "")) - 1
        if at < 0 or address >= self._symbols[at][1]:
            return ""
        start, _, name = self._symbols[at]
        return name + (f"+{address - start:#x}" if address > start else "")

    def line(self, address: int) -> str:
        """"mm/heap.c:120", or nothing without debug information or a tool that reads it."""
        try:
            said = subprocess.run([*addr2line(self._elf), hex(address)], text=True,
                                  capture_output=True, timeout=_TIMEOUT_S, check=False).stdout
        except (Addr2lineMissing, OSError, subprocess.TimeoutExpired):
            return ""
        place = place_of(said)
        return "" if place.endswith((":0", ":?")) else place

    def describe(self, address: int) -> str:
        """"kmalloc+0x1c (mm/heap.c:120)", at least the number."""
        function = self.function(address)
        if not function:
            return f"{address:#x}"
        line = self.line(address)
        return f"{function} ({line})" if line else function
