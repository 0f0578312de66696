# SPDX-License-Identifier: MIT
"""backtrace ends with kernel_main: above it is a zero, which gdb would show as a caller."""

from typing import Any, Iterator

import gdb


class Outermost:
    """A filter of frames, as gdb wants it."""

    name = "tessera-outermost"
    enabled = True
    priority = 100

    def __init__(self) -> None:
        gdb.frame_filters[self.name] = self

    def filter(self, frames: Iterator[Any]) -> Iterator[Any]:
        """All but that of the zero."""
        return (frame for frame in frames if not _is_zero(frame.inferior_frame()))


def _is_zero(frame: gdb.Frame) -> bool:
    callee = frame.newer()
    return frame.pc() == 0 and callee is not None and callee.name() == "kernel_main"
