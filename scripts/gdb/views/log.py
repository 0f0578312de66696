# SPDX-License-Identifier: MIT
"""tessera log: the kernel's log from its ring in memory."""

from typing import Iterator

from .target import Trouble, options

NAME = "log"
HELP = """The kernel's log from the ring in its memory (option LOG_RING)."""


def show(_argument: str) -> Iterator[str]:
    """A line a record, the oldest first."""
    if options().get("LOG_RING") != "y":
        raise Trouble("this kernel keeps no log in memory; LOG_RING would. What it wrote to "
                      "the serial line is in the file that make debug names")
    yield "the ring is not understood yet"
