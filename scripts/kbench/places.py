# SPDX-License-Identifier: MIT
"""Where benchmarks run: the host or the kernel, and when the screen follows the text there."""

from __future__ import annotations

from typing import NamedTuple, Optional, Tuple

TEXT = "text"
IMMEDIATE = "immediate"


class Place(NamedTuple):
    """A place: on the host a mode of the program, in the kernel the reference and some options."""

    name: str
    mode: str = IMMEDIATE
    options: Tuple[str, ...] = ()
    group: Optional[str] = None  # the benchmarks that differ from the first place; None: all
    is_timed: bool = False  # what is done depends on the clock, so a slow run does something else

    def wanted(self, name: Optional[str]) -> Optional[str]:
        """What to run where a benchmark or a group is asked for; empty where none is."""
        if self.group is None or name is None:
            return name or self.group
        return name if name == self.group or name.startswith(f"{self.group}_") else ""


HOSTS = (Place("host"), Place("host-panning", "panning", group=TEXT),
         Place("host-deferred", "deferred", group=TEXT, is_timed=True))
GUESTS = (Place("guest"), Place("guest-panning", "panning", ("CONSOLE_PANNING=y",), TEXT),
          Place("guest-deferred", "deferred", ("CONSOLE_DEFERRED=y",), TEXT))
