# SPDX-License-Identifier: MIT
"""tessera type: a line for the guest's keyboard, by who started QEMU."""

import os
from typing import Iterator

from .target import Trouble

NAME = "type"
HELP = """Type a line at the kernel's shell: tessera type help

The keys come once the kernel runs again (continue) and its prompt is there."""


def show(argument: str) -> Iterator[str]:
    """Nothing is shown: the kernel echoes."""
    pipe = os.environ.get("TESSERA_KEYS")
    if not pipe:
        raise Trouble("only a session of 'make debug' can type")
    try:
        with open(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "w", encoding="utf-8") as stream:
            stream.write(argument + "\n")
    except OSError:
        raise Trouble("whoever would type is gone") from None
    return iter(())
