# SPDX-License-Identifier: MIT
"""Reads the sections and symbols of 64-bit ELF files, objects and images alike."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Iterator, List, NamedTuple

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")

SHT_SYMTAB, SHT_NOBITS = 2, 8
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
STT_NOTYPE, STT_FUNC, STT_SECTION, STT_FILE = 0, 2, 3, 4
SHN_LORESERVE = 0xff00


class ElfError(Exception):
    """The file is not what it should be."""


class Section(NamedTuple):
    """A part of the file; kind is what it is in memory, "" where it is not loaded."""

    name: str
    kind: str
    address: int
    size: int
    type: int
    offset: int
    link: int


class Symbol(NamedTuple):
    """A name and the bytes that it has."""

    name: str
    section: int
    address: int
    size: int
    type: int


def _kind(section_type: int, flags: int) -> str:
    if not flags & SHF_ALLOC:
        return ""
    if section_type == SHT_NOBITS:
        return "zeroed"
    if flags & SHF_EXECINSTR:
        return "code"
    return "data" if flags & SHF_WRITE else "constants"


class Elf:
    """A file, read as a whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data = path.read_bytes()
        try:
            self.sections = self._read_sections()
        except (struct.error, IndexError, ValueError):
            raise ElfError(f"{path} is no whole ELF file of 64 bit") from None

    def _read_sections(self) -> List[Section]:
        fields = _HEADER.unpack_from(self._data)
        if fields[0][:6] != b"\x7fELF\x02\x01":
            raise ValueError
        table, count, names_index = fields[6], fields[12], fields[13]
        raw = [_SECTION.unpack_from(self._data, table + index * _SECTION.size)
               for index in range(count)]
        names = raw[names_index][4]
        return [Section(self._text(names + name), _kind(kind, flags), address, size, kind, offset,
                        link)
                for name, kind, flags, address, offset, size, link, _, _, _ in raw]

    def _text(self, offset: int) -> str:
        return self._data[offset:self._data.index(b"\0", offset)].decode("utf-8", "replace")

    def contents(self, section: Section) -> bytes:
        """The bytes that the file has of a section."""
        if section.type == SHT_NOBITS:
            return b""
        return self._data[section.offset:section.offset + section.size]

    def symbols(self) -> Iterator[Symbol]:
        """The symbols that lie in a section that is loaded."""
        for table in self.sections:
            if table.type != SHT_SYMTAB:
                continue
            names = self.sections[table.link].offset
            for offset in range(table.offset, table.offset + table.size, _SYMBOL.size):
                name, info, _, section, address, size = _SYMBOL.unpack_from(self._data, offset)
                if info & 15 in (STT_SECTION, STT_FILE) or not 0 < section < SHN_LORESERVE:
                    continue
                if self.sections[section].kind:
                    yield Symbol(self._text(names + name), section, address, size, info & 15)
