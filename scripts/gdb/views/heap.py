# SPDX-License-Identifier: MIT
"""tessera heap: the kernel's heap, by its allocator's own structures."""

from collections import Counter
from typing import Iterator, NamedTuple, Tuple

import gdb

from .target import Trouble, describe, option_number, options, read, symbol

NAME = "heap"
HELP = """The kernel's heap: totals, and its blocks by a walk over the arena.

tessera heap          totals, and how many blocks there are of which size
tessera heap blocks   each block: address, bytes, used or free; with a layer
                      of checks (HEAP_TRACK) what is alive, and who allocated it"""

_HEADER = 8  # of HEAP_LIST and HEAP_TLSF
_FREE, _FLAGS = 1, 15
_LIST_START = 8
_SIZES_SHOWN = 12


class Block(NamedTuple):
    """A piece of the arena."""

    address: int  # of its header
    size: int  # header included
    is_free: bool


def show(argument: str) -> Iterator[str]:
    """Totals first; what is wrong with the arena ends the walk with a sentence."""
    if argument not in ("", "blocks"):
        raise Trouble("it takes nothing, or blocks")
    guarded = options().get("HEAP_GUARD") == "y"
    guard = symbol("guard", "heap_debug.c") if guarded else None
    heap = guard["heap"] if guard is not None else symbol("heap", "heap.c")
    if int(heap["ops"]) == 0:
        raise Trouble("heap_init() has not run yet")
    name = heap["ops"]["name"].string()
    base = option_number("HEAP_BASE")
    yield (f"allocator {name}, arena from {base:#x}"
           + (", under the layer of checks" if guarded else ""))
    totals, blocks = _KINDS[name](heap["handle"].address)
    yield totals
    if guard is not None:
        yield from _guarded(guard, argument == "blocks")
    if argument == "blocks":
        for block in blocks:
            yield (f"  {block.address:#x} {block.size:>8} bytes "
                   f"{'free' if block.is_free else 'used'}")
    else:
        yield from _count(blocks)


def _count(blocks: Iterator[Block]) -> Iterator[str]:
    used: Counter = Counter()
    free: Counter = Counter()
    for block in blocks:
        (free if block.is_free else used)[block.size] += 1
    for what, counter in (("used", used), ("free", free)):
        if not counter:
            continue
        yield (f"{sum(counter.values())} blocks {what}, "
               f"{sum(size * n for size, n in counter.items())} bytes:")
        for size, number in counter.most_common(_SIZES_SHOWN):
            yield f"  {number} of {size} bytes"
        if len(counter) > _SIZES_SHOWN:
            yield f"  and {len(counter) - _SIZES_SHOWN} more sizes"


def _as(address: gdb.Value, kind: str) -> gdb.Value:
    return address.cast(gdb.lookup_type(f"struct {kind}").pointer()).dereference()


def _walk(first: int, end: int) -> Iterator[Block]:
    """Blocks with the size in the first four bytes of their header."""
    if end <= first:
        return
    data = read(first, end - first)
    at = 0
    while at < len(data):
        word = int.from_bytes(data[at:at + 4], "little")
        size = word & ~_FLAGS
        if size == 0 or at + size > len(data):
            raise Trouble(f"the header at {first + at:#x} says {size} bytes, which cannot be: "
                          "it was overwritten")
        yield Block(first + at, size, bool(word & _FREE))
        at += size


def _list(handle: gdb.Value) -> Tuple[str, Iterator[Block]]:
    heap = _as(handle, "heap_list")
    base, top, end = (int(heap[field]) for field in ("base", "top", "end"))
    index = int.from_bytes(read(base + _LIST_START, 4), "little") & ~_FLAGS
    return (f"{int(heap['used_bytes'])} bytes used in {int(heap['allocations'])} allocations; "
            f"{end - top} bytes untouched behind them",
            _walk(base + _LIST_START + index, base + top))


def _tlsf(handle: gdb.Value) -> Tuple[str, Iterator[Block]]:
    heap = _as(handle, "heap_tlsf")
    front = gdb.lookup_type("struct front")
    heads = next(field.bitpos // 8 for field in front.fields() if field.name == "heads")
    first = front.sizeof - heads + _HEADER + 15 & ~15
    base, top, end = (int(heap[field]) for field in ("base", "top", "end"))
    spare = "" if int(heap["spare_size"]) == 1 else \
        f"; spare: {int(heap['spare']) - _HEADER:#x}, which looks used"
    return (f"{int(heap['allocations'])} allocations, {int(heap['listed_bytes'])} bytes in free "
            f"lists, {end - top} bytes untouched{spare}",
            _walk(base + first - _HEADER, top - _HEADER))


def _fast(handle: gdb.Value) -> Tuple[str, Iterator[Block]]:
    """Slabs and larger blocks are blocks of the two-level heap inside."""
    heap = _as(handle, "heap_fast")
    front = heap["front"].dereference()
    inner = (heap["front"] + 1).cast(gdb.lookup_type("void").pointer())
    totals, blocks = _tlsf(inner)
    return (f"{int(front['slabs'])} slabs of 1 KiB ({int(front['spares'])} spare), "
            f"{int(front['blocks'])} larger blocks; inside: {totals}", blocks)


def _bump(handle: gdb.Value) -> Tuple[str, Iterator[Block]]:
    heap = _as(handle, "heap_bump")
    start, following, end = (int(heap[field]) for field in ("start", "next", "end"))

    def blocks() -> Iterator[Block]:
        at = start
        while at < following:
            size = int.from_bytes(read(at, 8), "little") + 16
            if at + size > following:
                raise Trouble(f"the header at {at:#x} was overwritten")
            yield Block(at, size, False)
            at += size

    return (f"{int(heap['allocations'])} allocations alive, {following - start} bytes used, "
            f"{end - following} left", blocks())


def _guarded(guard: gdb.Value, each: bool) -> Iterator[str]:
    """What the layer knows: what is alive, and by whom."""
    for field, what in (("alive", "alive"), ("waiting", "freed and waiting")):
        blocks = guard[field]
        yield f"{int(blocks['count'])} {what}, {int(blocks['bytes'])} bytes with their redzones"
        at = blocks["first"]
        count = int(blocks["count"]) if each else 0
        while int(at) and count:
            block = at.dereference()
            by = int(block["allocated_by"])
            yield (f"  {int(at):#x}: {int(block['size'])} bytes"
                   + (f", by {describe(by)}" if by else ""))
            at, count = block["next"], count - 1


_KINDS = {"list": _list, "tlsf": _tlsf, "fast": _fast, "bump": _bump}
