# SPDX-License-Identifier: MIT
"""The floors of the house: a file includes its own floor and those below (docs/architecture.md)."""

from __future__ import annotations

from typing import Optional

FLOORS = {"lib": 0, "arch": 1, "kernel": 1, "mm": 2, "drivers": 3, "video": 3, "shell": 4,
          "init": 5, "examples": 6, "tests": 6}
# Headers that lie lower than their folder says. Page tables are made of frames: the arch floor
# calls the frame allocator by this one header, and mm/ calls nothing above arch in return. The
# CPU's own fill and copy are single instructions.
LOWER = {"kernel/types.h": 0, "kernel/compiler.h": 0, "kernel/errno.h": 0, "kernel/util.h": 0,
         "kernel/list.h": 0, "kernel/set.h": 0, "arch/string.h": 0, "mm/frames.h": 1}


def floor_of(name: str) -> Optional[int]:
    """The floor of a public header such as mm/heap.h; None for one that is not ours."""
    return LOWER.get(name, FLOORS.get(name.split("/")[0]))
