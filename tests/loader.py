# SPDX-License-Identifier: MIT
"""What the boot loader tells the kernel, read out of the guest as the kernel is about to start.

Multiboot2 specification 2.0, section 3.4: a list of tags, each { type, size, content }, at
multiples of 8 bytes. PVH (Xen, public/arch-x86/hvm/start_info.h): a struct with the addresses of
tables.
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
    def own_ranges(self) -> list[Range]:
        """Where the information itself lies."""
        return [Range(self.base, self.base + self.size)]

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


class StartInformation:
    """The start info of a guest that stands at `pvh_start`, to be read and to be falsified."""

    FIELDS = {"magic": (0, 4), "version": (4, 4), "module_count": (12, 4), "modules": (16, 8),
              "line": (24, 8), "map": (40, 8), "map_count": (48, 4)}
    SIZE, ENTRY, MODULE = 56, struct.Struct("<QQII"), struct.Struct("<QQQQ")

    def __init__(self, gdb: GdbRemote) -> None:
        self._gdb = gdb
        self.base = gdb.read_register("rbx")

    def __getitem__(self, field: str) -> int:
        offset, size = self.FIELDS[field]
        return int.from_bytes(self._gdb.read_memory(self.base + offset, size), "little")

    def __setitem__(self, field: str, value: int) -> None:
        offset, size = self.FIELDS[field]
        self._gdb.write_memory(self.base + offset, value.to_bytes(size, "little"))

    @property
    def own_ranges(self) -> list[Range]:
        """Where the start info itself lies, its tables and its command line."""
        sizes = {self.base: self.SIZE, self["map"]: self["map_count"] * self.ENTRY.size,
                 self["modules"]: self["module_count"] * self.MODULE.size,
                 self["line"]: len(self.line) if self["line"] else 0}
        return [Range(start, start + size) for start, size in sizes.items() if size]

    @property
    def line(self) -> bytes:
        """The command line."""
        return self._gdb.read_memory(self["line"], 256).split(b"\0")[0]

    def _table(self, field: str, count: str, entry: struct.Struct) -> "Iterator[tuple[int, ...]]":
        return entry.iter_unpack(self._gdb.read_memory(self[field], self[count] * entry.size))

    def map(self) -> "list[tuple[int, int, int]]":
        """The memory map: (start, size, type)."""
        return [entry[:3] for entry in self._table("map", "map_count", self.ENTRY)]

    def set_map(self, at: int, entries: "list[tuple[int, int, int]]") -> None:
        """Put another memory map at an address."""
        table = b"".join(self.ENTRY.pack(*entry, 0) for entry in entries)
        self._gdb.write_memory(at, table)
        self["map"], self["map_count"] = at, len(entries)

    def move(self, to: int) -> None:
        """Move all of it up: QEMU puts it into the first MiB, which no kernel hands out.

        Nothing shares a page with something else: each must be kept for its own sake.
        """
        areas = {"base": (self.base, self.SIZE), "line": (self["line"], len(self.line) + 1),
                 "map": (self["map"], self["map_count"] * self.ENTRY.size),
                 "modules": (self["modules"], self["module_count"] * self.MODULE.size)}
        for field, (start, size) in areas.items():
            self._gdb.write_memory(to, self._gdb.read_memory(start, size))
            if field == "base":
                self.base = to
                self._gdb.write_register("rbx", to)
            else:
                self[field] = to
            to += 1 << 20

    def usable(self) -> list[Range]:
        """The memory that may be used at all."""
        return [Range(start, start + size) for start, size, kind in self.map()
                if kind == MEMORY_USABLE]

    def modules(self) -> list[Range]:
        """Files that the loader put into memory for us."""
        return [Range(start, start + size) for start, size, *_rest
                in self._table("modules", "module_count", self.MODULE)]
