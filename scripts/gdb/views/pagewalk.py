# SPDX-License-Identifier: MIT
"""tessera pagewalk: the way of an address through the page tables that the CPU uses now."""

from typing import Iterator, List, Tuple

from .target import Trouble, number, read_physical, register, symbol

NAME = "pagewalk"
HELP = """The page-table path of a virtual address: tessera pagewalk ADDRESS

ADDRESS is any expression: 0x444444440000, kernel_main, $rip.
Each level's entry with its flags in words, then what the page allows."""

LEVELS = ("PT", "PD", "PDPT", "PML4")
PRESENT, LARGE, NO_EXECUTE = 1 << 0, 1 << 7, 1 << 63
ADDRESS = 0x000ffffffffff000
_CR0_PAGING = 1 << 31
_FLAGS = ((1 << 1, "writable"), (1 << 2, "user"), (1 << 3, "write-through"),
          (1 << 4, "cache-disabled"), (1 << 5, "accessed"), (1 << 6, "dirty"), (1 << 8, "global"))


def show(argument: str) -> Iterator[str]:
    """The walk, a line a level."""
    if not argument:
        raise Trouble("whose? tessera pagewalk ADDRESS")
    address = number(argument) & (1 << 64) - 1
    if address >> 47 not in (0, (1 << 17) - 1):
        raise Trouble(f"{address:#x} is not canonical: bits 63 to 47 differ")
    root = _root()
    yield f"{address:#x}: tables at {root:#x}"
    steps, end = walk(root, address)
    for level, index, entry in steps:
        yield (f"  {LEVELS[level - 1]:4} [{index:3}] {entry:016x}  "
               f"{words(entry, level)}")
    yield end


def _root() -> int:
    """Where the walk begins; the kernel's own word for it where CR3 is not told."""
    cr0 = register("cr0")
    if cr0 is not None and not cr0 & _CR0_PAGING:
        raise Trouble("paging is off: the CPU has not got there yet")
    cr3 = register("cr3")
    if cr3 is None:
        cr3 = int(symbol("kernel_table")["root"]["value"])
    return cr3 & ADDRESS


def walk(table: int, address: int) -> Tuple[List[Tuple[int, int, int]], str]:
    """The entries on the way (level, index, entry), and what comes of them."""
    steps = []
    writable, user, executable = True, True, True
    for level in (4, 3, 2, 1):
        index = address >> 12 + 9 * (level - 1) & 511
        entry = read_physical((table & ADDRESS) + 8 * index)
        steps.append((level, index, entry))
        if not entry & PRESENT:
            return steps, f"not mapped: the {LEVELS[level - 1]} entry is not present"
        writable = writable and bool(entry & 1 << 1)
        user = user and bool(entry & 1 << 2)
        executable = executable and not entry & NO_EXECUTE
        if level == 1 or (level < 4 and entry & LARGE):
            size = 4096 << 9 * (level - 1)
            physical = (entry & ADDRESS & ~(size - 1)) + (address & size - 1)
            rights = ", ".join(["read", *["write"] * writable, *["execute"] * executable])
            return steps, (f"physical {physical:#x}, in a page of {_bytes(size)}: {rights}; "
                           f"{'user and kernel' if user else 'kernel only'}")
        table = entry & ADDRESS
    raise AssertionError("unreachable")


def words(entry: int, level: int) -> str:
    """The flags of an entry."""
    if not entry & PRESENT:
        return "not present"
    names = ["present", *(name for bit, name in _FLAGS if entry & bit)]
    if level in (2, 3) and entry & LARGE:
        names.append("page of " + _bytes(4096 << 9 * (level - 1)))
    if entry & NO_EXECUTE:
        names.append("no-execute")
    return " ".join(names)


def _bytes(size: int) -> str:
    return {4096: "4 KiB", 1 << 21: "2 MiB", 1 << 30: "1 GiB"}[size]
