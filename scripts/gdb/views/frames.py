# SPDX-License-Identifier: MIT
"""tessera frames: physical memory by the frame allocator's own words."""

from typing import Iterator

from .target import Trouble, symbol

NAME = "frames"
HELP = """The frame allocator: regions of memory, what is free, blocks by order."""

_FRAME = 4096


def show(_argument: str) -> Iterator[str]:
    """Totals, the regions, and how many blocks of each order are free as a whole."""
    memory = symbol("memory", "frames.c")
    managed, pool = int(memory["managed"]), memory["pool"]
    if int(pool["frames"]) == 0:
        raise Trouble("frames_init() has not run yet")
    free = int(pool["order"][0]["free"])
    yield (f"{free} of {managed} frames are free ({free * _FRAME // 1024} of "
           f"{managed * _FRAME // 1024} KiB); {int(memory['allocations'])} allocations, "
           f"{int(memory['frees'])} frees, {int(memory['failures'])} failures")
    yield "regions under management:"
    for index in range(int(memory["map"]["count"])):
        region = memory["regions"][index]
        base, end = int(region["base"]), int(region["end"])
        yield f"  {base:#012x} - {end:#012x} {(end - base) // 1024:>10} KiB"
    yield "blocks that are free as a whole, the halves of larger ones counted as well:"
    for order in range(int(pool["orders"])):
        blocks = int(pool["order"][order]["free"])
        if blocks:
            yield f"  of {_FRAME << order >> 10:>8} KiB: {blocks}"
