# SPDX-License-Identifier: MIT
"""tessera stack: on which stack the CPU is, how full it is, and what on it looks like calls."""

from typing import Iterator

import gdb

from .areas import read_areas
from .target import WORD, Trouble, describe_return, place, read, register

NAME = "stack"
HELP = """Which stack the CPU is on, how much of it is in use, and its calls.

Calls are guessed: each word on the stack that is an address behind a call
instruction. Where `bt` loses its way this still shows the way."""
_BYTES_MAX = 65536
_CALLS_MAX = 40
_LONGEST = 7  # bytes of a call: E8 and four bytes, or FF /2 in its forms
_CALL_FORMS = (2, 3, 4, 6, 7)


def show(_argument: str) -> Iterator[str]:
    """The stack's name, its use, and the words that may be return addresses."""
    rsp = register("rsp") or 0
    for area in read_areas():
        if area.is_stack and area.start <= rsp <= area.end:
            break
    else:
        raise Trouble(f"RSP {rsp:#x} is on no stack of the kernel's")
    yield (f"{area.name}: {area.end - rsp} of {area.end - area.start} bytes in use, "
           f"RSP {rsp:#x}")
    calls = 0
    size = min(area.end - rsp, _BYTES_MAX) // WORD * WORD
    data = read(rsp, size)
    for at in range(0, size, WORD):
        word = int.from_bytes(data[at:at + WORD], "little")
        if word >> 31 == (1 << 33) - 1 and _is_behind_call(word):
            where = f" ({place(word - 1)})" if place(word - 1) else ""
            yield f"  {rsp + at:#x}: {word:#x} {describe_return(word)}{where}"
            calls += 1
        if calls == _CALLS_MAX:
            yield f"  ... no more than {_CALLS_MAX} are shown"
            return


def _is_behind_call(address: int) -> bool:
    try:
        code = read(address - _LONGEST, _LONGEST)
    except gdb.MemoryError:
        return False
    return code[-5] == 0xE8 or any(
        code[-length] == 0xFF and code[1 - length] >> 3 & 7 == 2 for length in _CALL_FORMS)
