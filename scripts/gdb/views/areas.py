# SPDX-License-Identifier: MIT
"""tessera areas: the named ranges of kernel addresses, as reports of faults know them."""

from typing import Iterator, List, NamedTuple

from .target import Trouble, symbol

NAME = "areas"
HELP = """The named areas of the kernel's addresses: stacks, the heap, devices.

A page before and behind each is not mapped."""
_MAX = 10000


class Area(NamedTuple):
    """One of the list, in the order of addresses."""

    start: int
    end: int
    name: str
    is_stack: bool


def read_areas() -> List[Area]:
    """The list; a broken one ends with a sentence."""
    found: List[Area] = []
    at = symbol("kernel_areas")["first"]
    while int(at) != 0:
        area = at.dereference()
        found.append(Area(int(area["start"]), int(area["end"]),
                          area["name"].string(errors="replace"),
                          str(area["kind"]).endswith("STACK")))
        if len(found) > _MAX:
            raise Trouble("the list of areas goes in a circle")
        at = area["next"]
    return found


def show(_argument: str) -> Iterator[str]:
    """A line an area."""
    for area in read_areas():
        kind = "stack " if area.is_stack else ""
        yield f"{area.start:#018x} - {area.end:#018x} {_size(area):>10}  {kind}{area.name}"


def _size(area: Area) -> str:
    size = area.end - area.start
    return f"{size // 1024} KiB" if size % 1024 == 0 else f"{size} bytes"
