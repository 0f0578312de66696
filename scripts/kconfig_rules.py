# SPDX-License-Identifier: MIT
"""Rules between options that Kconfig itself cannot express.

Kconfig knows the range of one number, but neither multiples nor that two ranges of addresses
must keep apart. A configuration that breaks such a rule would build, and then fail to boot in
silence; so it is refused here, with a sentence that names the option and a way out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

GIB = 1 << 30
PAGE = 4096

# One entry of the top-level page table (PML4), the unit of the kernel's address space.
SLOT = 512 * GIB
CANONICAL_LOW_END = 1 << 47
CANONICAL_HIGH = (1 << 64) - (1 << 47)

UART_BASE_BAUD = 115200

# Less than this is no console: a prompt and some words would not fit.
COLUMNS_MIN = 20
ROWS_MIN = 5


class Range(NamedTuple):
    """Addresses [start, end) with the name that a user knows them by."""

    name: str
    start: int
    end: int

    def overlaps(self, other: "Range") -> bool:
        """Do the two have an address in common?"""
        return self.start < other.end and other.start < self.end


# arch/paging.h: VM_BASE and VM_SIZE; the image is linked into the last slot.
DEVICES = Range("the window for devices", 0xFFFF_C900_0000_0000, 0xFFFF_C900_0000_0000 + SLOT)
IMAGE = Range("the kernel's image", (1 << 64) - SLOT, 1 << 64)
NULL_PAGE = Range("the null page", 0, PAGE)

# How an option's value is looked up: its number, or None where the option is off; its text.
Lookup = Callable[[str], "int | None"]
Text = Callable[[str], str]
# An option and what is wrong with it.
Fault = Tuple[str, str]
# A rule finds faults between options that are there. One that is off breaks none, and mends none:
# what is a fault without it is a fault with it, whatever its value (the matrix counts on that).
Rule = Callable[[Lookup, Text], Iterator[Fault]]

# The lowest and highest values that the rules leave, where those of Kconfig's range cannot be had.
# A heap may be highest for the smallest size, and for the largest.
ENDS: Dict[str, Tuple[List[int], List[int]]] = {
    "PHYS_MAP_BASE": ([CANONICAL_HIGH], [IMAGE.start - 1024 * GIB]),
    "HEAP_BASE": ([PAGE], [IMAGE.start - GIB, IMAGE.start - 16 * 1024]),
}


def check(value: Lookup, text: Text) -> List[Fault]:
    """All faults of a configuration; none in a good one."""
    return [fault for rule in RULES for fault in rule(value, text)]


def _check_pages(value: Lookup, _text: Text) -> Iterator[Fault]:
    """Stacks and the heap are made of whole pages."""
    for option in ("KERNEL_STACK_KIB", "DF_STACK_KIB", "HEAP_SIZE_KIB"):
        size = value(option)
        if size is not None and size % 4:
            yield option, f"{size} is not a multiple of 4; {size - size % 4 + 4} is"


def _physical_map(value: Lookup) -> "Range | None":
    base = value("PHYS_MAP_BASE")
    return None if base is None else Range("the map of physical memory", base, base + 1024 * GIB)


def _check_physical_map(value: Lookup, _text: Text) -> Iterator[Fault]:
    """The map is built slot by slot; the TiB that it may take must be its own."""
    area = _physical_map(value)
    if area is None:
        return
    base = area.start
    if not CANONICAL_HIGH <= base < 1 << 64:
        yield "PHYS_MAP_BASE", f"{base:#x} is not in the upper half of canonical addresses"
        return
    if base % SLOT:
        yield "PHYS_MAP_BASE", (
            f"{base:#x} is not a multiple of 512 GiB ({SLOT:#x}); {base - base % SLOT:#x} is"
        )
    for other in (DEVICES, IMAGE):
        if area.overlaps(other):
            yield "PHYS_MAP_BASE", (
                f"the TiB from {base:#x} on meets {other.name} at {other.start:#x}; "
                "0xffff800000000000 does not"
            )


def _check_heap(value: Lookup, _text: Text) -> Iterator[Fault]:
    """The heap is mapped page by page, at addresses that the CPU accepts and nobody else uses."""
    base, size_kib = value("HEAP_BASE"), value("HEAP_SIZE_KIB")
    if base is None:
        return
    size_kib = 4 if size_kib is None else size_kib  # a page, whatever the size may be
    heap = Range("the heap", base, base + size_kib * 1024)
    if base % PAGE:
        yield "HEAP_BASE", f"{base:#x} is not a multiple of 4 KiB; {base - base % PAGE:#x} is"
    if not (heap.end <= CANONICAL_LOW_END or CANONICAL_HIGH <= base and heap.end <= 1 << 64):
        yield "HEAP_BASE", (
            f"the heap, {base:#x} to {heap.end:#x}, leaves the canonical addresses "
            f"(below {CANONICAL_LOW_END:#x}, or from {CANONICAL_HIGH:#x} on)"
        )
    for other in (NULL_PAGE, _physical_map(value), DEVICES, IMAGE):
        if other is not None and heap.overlaps(other):
            yield "HEAP_BASE", (
                f"the heap, {base:#x} to {heap.end:#x}, meets {other.name} at "
                f"{other.start:#x}; 0x444444440000 does not"
            )


def _check_baud(value: Lookup, _text: Text) -> Iterator[Fault]:
    """A 16550 divides 115200 by a whole number; a receiver forgives some percent, not more."""
    baud = value("UART_BAUD")
    if baud is None:
        return
    nearest = UART_BASE_BAUD // round(UART_BASE_BAUD / baud)
    if abs(nearest - baud) * 100 > 3 * baud:
        yield "UART_BAUD", (
            f"the chip divides {UART_BASE_BAUD} by a whole number and cannot make {baud}; "
            f"{nearest} is the nearest that it can"
        )


def _check_font(value: Lookup, text: Text) -> Iterator[Fault]:
    """The kernel itself takes PSF1 and PSF2, and a screen must hold some of its glyphs."""
    if not text("FONT_CUSTOM_FILE"):
        return
    path = Path(text("FONT_CUSTOM_FILE"))
    size = _font_size(path)
    if isinstance(size, str):
        yield "FONT_CUSTOM_FILE", size
        return
    width, height = value("FB_WIDTH"), value("FB_HEIGHT")
    if width is None or height is None:
        return
    cells = (width // size[0], height // size[1])
    if cells[0] < COLUMNS_MIN or cells[1] < ROWS_MIN:
        yield "FONT_CUSTOM_FILE", (
            f"glyphs of {size[0]}x{size[1]} leave the screen of {width}x{height} "
            f"{cells[0]} columns and {cells[1]} rows; take a smaller font, or CONFIG_FB_WIDTH "
            f"from {COLUMNS_MIN * size[0]} and CONFIG_FB_HEIGHT from {ROWS_MIN * size[1]} on"
        )


def _font_size(path: Path) -> "Tuple[int, int] | str":
    """Width and height of a font's glyphs, or what keeps it from being used."""
    from tessera.psf import GZIP_MAGIC, Font, FontError

    try:
        data = path.read_bytes()
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    if data.startswith(GZIP_MAGIC):
        return f"{path} is compressed; `gunzip` makes the file that is wanted"
    try:
        font = Font.parse(data)
    except FontError as error:
        return f"{path} is no PSF font that can be used: {error}"
    return font.width, font.height


RULES: Tuple[Rule, ...] = (_check_pages, _check_physical_map, _check_heap, _check_baud,
                           _check_font)
