# SPDX-License-Identifier: MIT
"""The kernel's page tables, read from physical memory as the CPU would walk them.

QEMU's `info mem` leaves out the no-execute bit and `info tlb` the rights of the upper levels. Here
both count, as they do for the hardware: a page is writable if every level says so, and not
executable if any level says so (Intel SDM vol. 3, 4.6).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional

from tessera.qemu import Machine

PRESENT, WRITE, USER, LARGE, NO_EXECUTE = 1 << 0, 1 << 1, 1 << 2, 1 << 7, 1 << 63
WRITE_THROUGH, CACHE_DISABLE, GLOBAL = 1 << 3, 1 << 4, 1 << 8
ADDRESS = 0x000FFFFFFFFFF000


@dataclass(frozen=True)
class Page:
    """One mapped page and what may be done with it."""

    virtual: int
    physical: int
    size: int
    writable: bool
    executable: bool
    user: bool
    entry: int


def _table(machine: Machine, workdir: Path, address: int) -> tuple[int, ...]:
    """One table of 512 entries. QEMU can save memory to a file only."""
    path = workdir / "page-table.bin"
    machine.qmp("pmemsave", val=address, size=4096, filename=str(path))
    return struct.unpack("<512Q", path.read_bytes())


def _canonical(address: int) -> int:
    return address | 0xFFFF << 48 if address >> 47 & 1 else address


def _walk(
    machine: Machine, workdir: Path, table: int, level: int, base: int,
    rights: tuple[bool, bool, bool],
) -> Iterator[Page]:
    for index, entry in enumerate(_table(machine, workdir, table & ADDRESS)):
        if not entry & PRESENT:
            continue
        size = 4096 << 9 * level
        virtual = base + index * size
        allowed = (
            rights[0] and bool(entry & WRITE),
            rights[1] and not entry & NO_EXECUTE,
            rights[2] and bool(entry & USER),
        )
        if level and not entry & LARGE:
            yield from _walk(machine, workdir, entry, level - 1, virtual, allowed)
        else:
            physical = entry & ADDRESS & ~(size - 1)
            yield Page(_canonical(virtual), physical, size, *allowed, entry)


def register(machine: Machine, name: str) -> int:
    """A register as the monitor shows it."""
    found = re.search(rf"\b{name}=\s*([0-9a-f]+)", machine.hmp("info registers"))
    assert found, f"no {name} in info registers"
    return int(found.group(1), 16)


def pages(machine: Machine, workdir: Path) -> list[Page]:
    """Every page that is mapped now, in the order of addresses."""
    found = _walk(machine, workdir, register(machine, "CR3"), 3, 0, (True, True, True))
    return sorted(found, key=lambda page: page.virtual)


def table_frames(machine: Machine, workdir: Path) -> list[int]:
    """The frames that the page tables themselves take."""
    found, level = [register(machine, "CR3") & ADDRESS], 3
    frames = list(found)
    while level:
        entries = [entry for table in found for entry in _table(machine, workdir, table)]
        found = [
            entry & ADDRESS for entry in entries
            if entry & PRESENT and (level == 3 or not entry & LARGE)
        ]
        frames += found
        level -= 1
    return frames


def entries(machine: Machine, workdir: Path, address: int) -> list[int]:
    """The entries on the way to an address, the top level first, as far as the walk goes."""
    found, table = [], register(machine, "CR3")
    for level in (3, 2, 1, 0):
        entry = _table(machine, workdir, table & ADDRESS)[address >> 12 + 9 * level & 511]
        found.append(entry)
        if not entry & PRESENT or level < 3 and entry & LARGE:
            break
        table = entry
    return found


# What bits are called in an entry of any kind, of a table, of a page of 4 KiB, of a large page.
_BITS = {0: "P", 1: "RW", 2: "US", 3: "PWT", 4: "PCD", 5: "A", 63: "XD"}
_PAGE_BITS = {**_BITS, 6: "D", 8: "G"}
_NAMES = (_BITS, {**_PAGE_BITS, 7: "PAT"}, {**_PAGE_BITS, 7: "PS", 12: "PAT"})


def _words(entry: int, is_page: bool, is_large: bool) -> str:
    """The bits of an entry by name, or that it is not present."""
    names = _NAMES[is_page + (is_page and is_large)]
    return " ".join(names[bit] for bit in sorted(names) if entry >> bit & 1)


def told(way: list[int], address: int) -> list[str]:
    """What `page` says of the entries on the way to an address, and of where it ends."""
    lines, last, size = [], way[-1], 4096 << 9 * (4 - len(way))
    for name, entry in zip(("PML4", "PDPT", "PD", "PT"), way):
        words = _words(entry, entry is last, len(way) < 4) if entry & PRESENT else "not present"
        lines.append(f"{name} entry: 0x{entry:016x} {words}")
    if not last & PRESENT:
        return [*lines, f"Not mapped: the {name} entry is not present"]
    physical = (last & ADDRESS & ~(size - 1)) + address % size
    large = {4096: "4 KiB", 2 << 20: "2 MiB", 1 << 30: "1 GiB"}[size]
    rights = "read" + ", write" * bool(last & WRITE) + ", execute" * (not last & NO_EXECUTE)
    cache = {0: "write-back", WRITE_THROUGH: "write-combining",
             WRITE_THROUGH | CACHE_DISABLE: "uncached"}[last & (WRITE_THROUGH | CACHE_DISABLE)]
    return [*lines, f"Physical address: 0x{physical:016x}",
            f"Page size: {large}, {rights}, {cache}{', global' * bool(last & GLOBAL)}"]


def find(mapped: list[Page], address: int) -> Optional[Page]:
    """The page that an address lies in, or None where nothing is mapped."""
    for page in mapped:
        if page.virtual <= address < page.virtual + page.size:
            return page
    return None
