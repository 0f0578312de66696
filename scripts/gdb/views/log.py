# SPDX-License-Identifier: MIT
"""tessera log: the kernel's log from its ring in memory."""

from typing import Iterator

import gdb

from .target import Trouble, options, read, symbol

NAME = "log"
HELP = """The kernel's log from the ring in its memory (option LOG_RING).

tessera log WORD   those lines alone that have the word in them
Each with its seconds since the first, and its level; also lines that were
not shown."""

_MISSING = ("this kernel keeps no log in memory; LOG_RING would. What it wrote to the serial "
            "line is in the file that make debug names")


def show(argument: str) -> Iterator[str]:
    """A line a record, the oldest first."""
    if options().get("LOG_RING") != "y":
        raise Trouble(_MISSING)
    ring = symbol("ring", "log_kept.c")
    capacity = int(ring["capacity"])
    data = read(int(ring["bytes"]), capacity)
    record = gdb.lookup_type("struct log_record")
    places = {field.name: (field.bitpos // 8, field.type.sizeof) for field in record.fields()}
    at, end = int(ring["tail"]), int(ring["head"])
    if int(ring["first"]):
        yield f"({int(ring['first'])} older lines are gone)"

    def piece(start: int, size: int) -> bytes:
        return bytes(data[(start + i) % capacity] for i in range(size))

    while at < end:
        header = piece(at, record.sizeof)
        micros, length, level = (
            int.from_bytes(header[place:place + size], "little")
            for place, size in (places[name] for name in ("micros", "length", "level")))
        at += record.sizeof
        if at + length > end:
            raise Trouble("a record is longer than the ring: it was overwritten")
        text = piece(at, length).decode("latin-1").rstrip("\n")
        at += length
        if argument in text:
            yield f"[{micros / 1e6:12.6f}] {_level(level):7} {text}"


def _level(number: int) -> str:
    """The word of a level."""
    for field in gdb.lookup_type("enum log_level").fields():
        if field.enumval == number:
            return field.name.removeprefix("LOG_").lower()
    return str(number)
