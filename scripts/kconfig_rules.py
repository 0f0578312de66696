# SPDX-License-Identifier: MIT
"""Rules between options that Kconfig itself cannot express.

Kconfig knows the range of one number, but neither multiples nor that two ranges of addresses
must keep apart. A configuration that breaks such a rule would build, and then fail to boot in
silence; so it is refused here, with a sentence that names the option and a way out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

GIB = 1 << 30
PAGE = 4096

# One entry of the top-level page table (PML4), the unit of the kernel's address space.
SLOT = 512 * GIB
CANONICAL_LOW_END = 1 << 47
CANONICAL_HIGH = (1 << 64) - (1 << 47)

UART_BASE_BAUD = 115200

# Make takes these for its own in a list of files, whatever quotes them.
NOT_IN_NAMES = re.compile(r'[|:;"\x00-\x1f]')

# The room for a command line, its end included (arch/boot_info.h: BOOT_LINE_MAX).
LINE_MAX = 512

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

# What a value must be a multiple of, and values that are right wherever the other area lies.
UNITS = {"KERNEL_STACK_KIB": 4, "DF_STACK_KIB": 4, "EXCEPTION_STACK_KIB": 4,
         "HEAP_SIZE_KIB": 4, "HEAP_BASE": PAGE, "PHYS_MAP_BASE": SLOT}
USUAL = {"HEAP_BASE": (0x4444_4444_0000,),
         "PHYS_MAP_BASE": (0xFFFF_8000_0000_0000, 0xFFFF_A000_0000_0000)}

# How an option's value is looked up: its number, its text, or None where the option is off.
Lookup = Callable[[str], "int | None"]
Text = Callable[[str], "str | None"]
# An option and what is wrong with it.
Fault = Tuple[str, str]
# A rule finds faults between options that are there. One that is off breaks none, and mends none:
# what is a fault without it is a fault with it, whatever its value (the matrix counts on that).
Rule = Callable[[Lookup, Text], Iterator[Fault]]

# The lowest and highest values that the rules leave, where those of Kconfig's range cannot be had.
# A heap may be highest for the smallest size, and for the largest; one that grows as well.
ENDS: Dict[str, Tuple[List[int], List[int]]] = {
    "PHYS_MAP_BASE": ([CANONICAL_HIGH], [IMAGE.start - 1024 * GIB]),
    "HEAP_MAX_KIB": ([0], [16, 1048576]),
    "HEAP_BASE": ([PAGE], [IMAGE.start - GIB, IMAGE.start - 16 * 1024]),
}


def _no_text(_option: str) -> None:
    """Where no option is a text."""


def check(value: Lookup, text: Text = _no_text) -> List[Fault]:
    """All faults of a configuration; none in a good one."""
    return [(option, f"{reason}; {_shown(option, _instead(value, option))} can be had"
             if option in UNITS else reason)
            for rule in RULES for option, reason in rule(value, text)]


def _reasons(value: Lookup) -> List[Fault]:
    """What is wrong with numbers of pages and with addresses, without a way out."""
    return [fault for rule in RULES[:3] for fault in rule(value, _no_text)]


def _instead(value: Lookup, option: str) -> int:
    """The nearest value that breaks no rule which holds now, or else a usual one."""
    number, unit = value(option) or 0, UNITS[option]
    broken = {name for name, _ in _reasons(value)} - {option}
    below = number - number % unit
    for other in (below + unit, below, *USUAL.get(option, ())):
        if other == number:
            continue
        faults = _reasons(lambda name: other if name == option else value(name))
        if {name for name, _ in faults} <= broken:
            return other
    return USUAL[option][0]


def _shown(option: str, number: int) -> str:
    return f"{number:#x}" if option in USUAL else str(number)


def _check_pages(value: Lookup, _text: Text) -> Iterator[Fault]:
    """Stacks and the heap are made of whole pages."""
    for option in ("KERNEL_STACK_KIB", "DF_STACK_KIB", "EXCEPTION_STACK_KIB", "HEAP_SIZE_KIB"):
        size = value(option)
        if size is not None and size % UNITS[option]:
            yield option, f"{size} is not a multiple of {UNITS[option]}"


def _check_growth(value: Lookup, _text: Text) -> Iterator[Fault]:
    """A heap that grows begins below the size up to which it does."""
    most, size = value("HEAP_MAX_KIB"), value("HEAP_SIZE_KIB")
    if not most:
        return
    if most % 4:
        yield "HEAP_MAX_KIB", (
            f"{most} is not a multiple of 4; {most - most % 4 + 4} can be had")
    if size is not None and most < size:
        yield "HEAP_MAX_KIB", (
            f"{most} is less than the heap has at first, HEAP_SIZE_KIB ({size}); 0 would keep it "
            f"at that, and {size} does, too")


def _check_quarantine(value: Lookup, text: Text) -> Iterator[Fault]:
    """Freed memory that waits leaves some of the heap to be used."""
    waits, most = value("HEAP_QUARANTINE_KIB"), value("HEAP_MAX_KIB")
    if not waits:
        return
    # No size would do where one that is large enough does not fit.
    sizes = {"HEAP_SIZE_KIB": waits + 4, "HEAP_MAX_KIB": 0}
    for _, reason in _check_heap(lambda name: sizes.get(name, value(name)), text):
        yield "HEAP_QUARANTINE_KIB", (
            f"the heap must be larger than these {waits}, but then {reason}")
    if most is None:
        return
    # One that grows has all of it in the end, whatever it begins with.
    name, heap = ("HEAP_MAX_KIB", most) if most else ("HEAP_SIZE_KIB", value("HEAP_SIZE_KIB"))
    if heap is not None and waits >= heap:
        yield "HEAP_QUARANTINE_KIB", (
            f"{waits} is no less than the whole heap, {name} ({heap}), and nothing would be left "
            f"beside what waits; {heap // 4} can be had, and 0 keeps nothing waiting")


def _physical_map(value: Lookup) -> "Range | None":
    base = value("PHYS_MAP_BASE")
    return None if base is None else Range("the map of physical memory", base, base + 1024 * GIB)


def _check_physical_map(value: Lookup, _text: Text) -> Iterator[Fault]:
    """The map is built slot by slot; the TiB that it may take must be its own."""
    area = _physical_map(value)
    if area is None:
        return
    if area.start % SLOT:
        yield "PHYS_MAP_BASE", f"{area.start:#x} is not a multiple of 512 GiB ({SLOT:#x})"
    for other in (DEVICES, IMAGE):
        if area.overlaps(other):
            yield "PHYS_MAP_BASE", (
                f"the TiB from {area.start:#x} on meets {other.name} at {other.start:#x}")


def _check_heap(value: Lookup, _text: Text) -> Iterator[Fault]:
    """The heap is mapped page by page, at addresses that the CPU accepts and nobody else uses."""
    base, size_kib = value("HEAP_BASE"), value("HEAP_SIZE_KIB")
    if base is None:
        return
    size_kib = 4 if size_kib is None else size_kib  # a page, whatever the size may be
    size_kib = max(size_kib, value("HEAP_MAX_KIB") or 0)
    heap = Range("the heap", base, base + size_kib * 1024)
    if base % PAGE:
        yield "HEAP_BASE", f"{base:#x} is not a multiple of 4 KiB"
    if not (heap.end <= CANONICAL_LOW_END or CANONICAL_HIGH <= base and heap.end <= 1 << 64):
        yield "HEAP_BASE", (
            f"the heap, {base:#x} to {heap.end:#x}, leaves the canonical addresses "
            f"(below {CANONICAL_LOW_END:#x}, or from {CANONICAL_HIGH:#x} on)")
    for other in (_physical_map(value), DEVICES, IMAGE):
        if other is not None and heap.overlaps(other):
            yield "HEAP_BASE", (
                f"the heap, {base:#x} to {heap.end:#x}, meets {other.name} at {other.start:#x}")
    # The window begins with a page that is never mapped, and so does the image's part.
    physical = _physical_map(value)
    if physical is not None and heap.end == physical.start:
        yield "HEAP_BASE", (
            f"the heap ends at {heap.end:#x}, where {physical.name} begins; the page behind the "
            "heap must be free, to catch what runs over its end")


def _check_baud(value: Lookup, _text: Text) -> Iterator[Fault]:
    """A 16550 divides 115200 by a whole number; a receiver forgives some percent, not more."""
    for name in ("UART_BAUD", "GDB_STUB_BAUD"):
        baud = value(name)
        if baud is not None:
            yield from _baud_faults(name, baud)
    port, bauds = value("UART_PORT"), {value("UART_BAUD"), value("GDB_STUB_BAUD")}
    if port is None or port != value("GDB_STUB_PORT"):
        return
    if value("UART_QUEUE_SIZE") is not None:
        yield "GDB_STUB_PORT", (
            f"the shell takes what comes in at the port {port:#x} (SHELL_SERIAL_INPUT), and gdb "
            "would, too; take another port for one of them")
    elif None not in bauds and len(bauds) == 2:
        # Not the baud: whoever draws numbers finds another port, but never that very speed.
        yield "GDB_STUB_PORT", (
            f"the console and gdb share the port {port:#x}, which has one speed; take another "
            f"port, or {value('UART_BAUD')} as GDB_STUB_BAUD")


def _baud_faults(name: str, baud: int) -> Iterator[Fault]:
    # The driver rounds the divisor; of two divisors the rounded one may be the worse.
    made = UART_BASE_BAUD // round(UART_BASE_BAUD / baud)
    if abs(made - baud) * 100 > 3 * baud:
        divisor = UART_BASE_BAUD // baud
        nearest = min((UART_BASE_BAUD // divisor, UART_BASE_BAUD // (divisor + 1)),
                      key=lambda rate: abs(rate - baud))
        yield name, (
            f"the chip divides {UART_BASE_BAUD} by a whole number and cannot make {baud}; "
            f"{nearest} is the nearest that it can"
        )


def _check_font(value: Lookup, text: Text) -> Iterator[Fault]:
    """The kernel itself takes PSF1 and PSF2, and a screen must hold some of its glyphs."""
    name = text("FONT_FILE")
    if name is None:
        return
    size = _font_size(name)
    if isinstance(size, str):
        yield "FONT_FILE", size
        return
    width, height = value("FB_WIDTH"), value("FB_HEIGHT")
    if width is None or height is None:
        return
    cells = (width // size[0], height // size[1])
    if cells[0] < COLUMNS_MIN or cells[1] < ROWS_MIN:
        yield "FONT_FILE", (
            f"glyphs of {size[0]}x{size[1]} leave the screen of {width}x{height} "
            f"{cells[0]} columns and {cells[1]} rows; take a smaller font, or CONFIG_FB_WIDTH "
            f"from {COLUMNS_MIN * size[0]} and CONFIG_FB_HEIGHT from {ROWS_MIN * size[1]} on"
        )


def _content(name: str) -> "bytes | str":
    """The bytes of a file that goes into the kernel, or what keeps them from being read."""
    if NOT_IN_NAMES.search(name):
        return f"make cannot handle a path with one of | : ; \" or a tab in it; rename {name!r}"
    try:
        return Path(name).read_bytes()
    except OSError as error:
        return f"{Path(name)} cannot be read: {error.strerror}"


def _font_size(name: str) -> "Tuple[int, int] | str":
    """Width and height of a font's glyphs, or what keeps it from being used."""
    from tessera.psf import GZIP_MAGIC, Font, FontError

    if not name:
        return "it names no file; write the path of a PSF font, or choose another font"
    data, path = _content(name), Path(name)
    if isinstance(data, str):
        return data
    if data.startswith(GZIP_MAGIC):
        return f"{path} is compressed; `gunzip` makes the file that is wanted"
    try:
        font = Font.parse(data)
    except FontError as error:
        return f"{path} is no PSF font that can be used: {error}"
    return font.width, font.height


def _check_logo(_value: Lookup, text: Text) -> Iterator[Fault]:
    """The kernel itself takes binary PPM pictures."""
    from tessera.ppm import Picture, PictureError

    name = text("CONSOLE_LOGO_FILE")
    if name is None:
        return
    if not name:
        yield "CONSOLE_LOGO_FILE", (
            "it names no file; write the path of a PPM picture, or switch CONSOLE_LOGO off")
        return
    data = _content(name)
    if isinstance(data, str):
        yield "CONSOLE_LOGO_FILE", data
        return
    try:
        Picture.parse(data)
    except PictureError as error:
        yield "CONSOLE_LOGO_FILE", (
            f"{Path(name)} is no binary PPM picture (P6) that can be used: {error}")


def _check_line(_value: Lookup, text: Text) -> Iterator[Fault]:
    """Boot parameters are words of printable ASCII, which make passes on as they are."""
    line = text("CMDLINE")
    if line is None:
        return
    wrong = re.search(r"[^ -~]|[$#]", line)
    if wrong:
        yield "CMDLINE", f"a boot parameter cannot have {wrong.group()!r} in it; leave it out"
    if len(line) >= LINE_MAX:
        yield "CMDLINE", (f"it has {len(line)} characters, and there is room for "
                          f"{LINE_MAX - 1}; leave some words out")
    if line.count('"') % 2:
        yield "CMDLINE", "a double quote is opened and not closed; add one behind the value"


# Those of pages and addresses come first.
RULES: Tuple[Rule, ...] = (_check_pages, _check_physical_map, _check_heap, _check_baud,
                           _check_font, _check_logo, _check_line, _check_growth, _check_quarantine)
