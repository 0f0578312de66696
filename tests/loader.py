# SPDX-License-Identifier: MIT
"""What the boot loader tells the kernel, read out of the guest as the kernel is about to start.

Multiboot2 specification 2.0, section 3.4: a list of tags, each { type, size, content }, at
multiples of 8 bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Iterator

from tessera.gdb import GdbRemote

TAG_MODULE, TAG_MEMORY_MAP, TAG_FRAMEBUFFER = 3, 6, 8
MEMORY_USABLE = 1


@dataclass(frozen=True)
class Tag:
    """One tag and where it lies."""

    kind: int
    address: int
    content: bytes


@dataclass(frozen=True)
class Range:
    """Bytes [start, end) of physical memory."""

    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Do the two have a byte in common?"""
        return self.start < end and start < self.end


class LoaderInformation:
    """The information of a guest that stands at `_start`."""

    def __init__(self, gdb: GdbRemote) -> None:
        self.base = gdb.read_register("rbx")
        self.size = int.from_bytes(gdb.read_memory(self.base, 4), "little")
        self.data = gdb.read_memory(self.base, self.size)

    @property
    def own_range(self) -> Range:
        """Where the information itself lies."""
        return Range(self.base, self.base + self.size)

    def tags(self, kind: int) -> Iterator[Tag]:
        """The tags of a kind."""
        at = 8
        while at < self.size:
            found, size = struct.unpack_from("<II", self.data, at)
            if found == kind:
                yield Tag(found, self.base + at, self.data[at + 8:at + size])
            at += size + 7 & ~7

    def usable(self) -> list[Range]:
        """The memory that may be used at all."""
        (tag,) = self.tags(TAG_MEMORY_MAP)
        entry_size = struct.unpack_from("<I", tag.content)[0]
        ranges = []
        for at in range(8, len(tag.content), entry_size):
            base, length, kind = struct.unpack_from("<QQI", tag.content, at)
            if kind == MEMORY_USABLE:
                ranges.append(Range(base, base + length))
        return ranges

    def modules(self) -> list[Range]:
        """Files that the loader put into memory for us."""
        return [Range(*struct.unpack_from("<II", tag.content)) for tag in self.tags(TAG_MODULE)]
