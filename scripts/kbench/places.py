# SPDX-License-Identifier: MIT
"""Where benchmarks run: the host or the kernel, and when the screen follows the text there."""

from __future__ import annotations

from typing import NamedTuple, Optional, Tuple

TEXT = "text"
HEAP = "heap"
KMALLOC = "kmalloc"
IMMEDIATE = "immediate"


class Place(NamedTuple):
    """A place: on the host a mode of the program, in the kernel the reference and some options."""

    name: str
    mode: str = IMMEDIATE
    options: Tuple[str, ...] = ()
    group: Optional[str] = None  # the benchmarks that differ from the first place; None: all
    lacks: Optional[str] = None  # a group that this place does not have
    tells_counts: bool = False  # they tell of instructions, and time means nothing
    is_timed: bool = False  # what is done depends on the clock, so a slow run does something else

    def wanted(self, name: Optional[str]) -> Optional[str]:
        """What to run where a benchmark or a group is asked for; empty where none is."""
        if name is None:
            return self.group
        if self.group is None:
            return "" if _is_of(name, self.lacks) else name
        return name if _is_of(name, self.group) else ""


def _is_of(name: str, group: Optional[str]) -> bool:
    return group is not None and f"{name}_".startswith(f"{group}_")


HOSTS = (Place("host", lacks=KMALLOC), Place("host-panning", "panning", group=TEXT),
         Place("host-deferred", "deferred", group=TEXT, is_timed=True))
GUESTS = (Place("guest", lacks=HEAP),
          Place("guest-panning", "panning", ("CONSOLE_PANNING=y",), TEXT),
          Place("guest-deferred", "deferred", ("CONSOLE_DEFERRED=y",), TEXT),
          Place("guest-tlsf", IMMEDIATE, ("HEAP_TLSF=y",), KMALLOC),
          Place("guest-heaps", IMMEDIATE, ("HEAP_OTHERS=y",), HEAP, tells_counts=True))
