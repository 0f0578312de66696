# SPDX-License-Identifier: MIT
"""How a triple fault came about, from QEMU's trace of interrupts (-d int).

QEMU writes a line for each exception that is raised (old: the one that was being delivered then,
or none) and a block for each that is delivered:

    check_exception old: 0xffffffff new 0xe
         3: v=0e e=0002 i=0 cpl=0 IP=0008:ffffffff80117860 pc=... SP=0010:... CR2=0000000000000010
    check_exception old: 0xe new 0xd
         4: v=08 e=0000 ...
    check_exception old: 0x8 new 0xd
    Triple fault
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable, List, NamedTuple, Optional

from exception_names import EXCEPTIONS, NAMES

from .places import Places

_DOUBLE_FAULT, _PAGE_FAULT = 8, 14
_WITH_SELECTOR = (10, 11, 12, 13)
_TABLES = ("GDT", "IDT", "LDT", "IDT")
_NONE = 0xFFFFFFFF
_SHOWN = 8  # exceptions before the end

_RAISED = re.compile(r"check_exception old: 0x([0-9a-f]+) new 0x([0-9a-f]+)")
_DELIVERED = re.compile(r" *\d+: v=([0-9a-f]{2}) e=([0-9a-f]{4}) i=([01]) cpl=(\d) "
                        r"IP=[0-9a-f]{4}:([0-9a-f]+) .*?SP=[0-9a-f]{4}:([0-9a-f]+)"
                        r"(?: CR2=([0-9a-f]+))?")
_END = "Triple fault"


class Delivered(NamedTuple):
    """An exception for which the CPU has begun to call the handler."""

    vector: int
    error: int
    rip: int
    rsp: int
    cr2: Optional[int]


class Raised(NamedTuple):
    """An exception that came up, while another one was being delivered or not."""

    old: int
    new: int


class Story(NamedTuple):
    """What a trace tells: the exceptions before, and the chain to the end."""

    before: List[Delivered]
    chain: List[object]
    is_triple: bool


def read(trace: str) -> Story:
    """Take a trace apart; of more than one triple fault the last counts."""
    events: List[object] = []
    is_triple = False
    for line in trace.splitlines():
        raised, delivered = _RAISED.match(line), _DELIVERED.match(line)
        if raised:
            events.append(Raised(int(raised[1], 16), int(raised[2], 16)))
        elif delivered and int(delivered[1], 16) < EXCEPTIONS:
            events.append(Delivered(
                int(delivered[1], 16), int(delivered[2], 16), int(delivered[5], 16),
                int(delivered[6], 16), int(delivered[7], 16) if delivered[7] else None))
        elif line.startswith(_END):
            is_triple = True
            end = len(events)
    chain: List[object] = []
    if is_triple:
        start = end
        while start > 0 and not _begins(events[start - 1]):
            start -= 1
        start = max(0, start - 1)
        chain, events = events[start:end], events[:start]
    return Story([each for each in events if isinstance(each, Delivered)], chain, is_triple)


def _begins(event: object) -> bool:
    """With this one nothing was being delivered: the story begins with it."""
    return isinstance(event, Raised) and event.old == _NONE


def explain(trace: str, elf: Path) -> List[str]:
    """The last exceptions, a line each, and then the chain: the last line. Nothing for a trace
    without a triple fault."""
    story = read(trace)
    if not story.is_triple:
        return []
    describe = Places(elf).describe
    lines = [sentence(each, describe) for each in story.before[-_SHOWN:]]
    return [*lines, "triple fault: " + " -> ".join(_steps(story.chain, describe))]


def _steps(chain: List[object], describe: Callable[[int], str]) -> List[str]:
    """First what went wrong, then what went wrong with telling about it."""
    steps = []
    for index, event in enumerate(chain):
        if isinstance(event, Delivered):
            steps.append(sentence(event, describe) if not steps or event.vector != _DOUBLE_FAULT
                         else "double fault")
        elif isinstance(event, Raised) and event.old != _NONE:
            steps.append(f"{name(event.new)} on the way to its handler")
        elif isinstance(event, Raised) and not _is_delivered(chain[index + 1:], event.new):
            steps.append(name(event.new))
    return [*steps, "reset"] if steps else ["its beginning is not in the trace", "reset"]


def _is_delivered(rest: List[object], vector: int) -> bool:
    """The next event is this exception's own block, which tells more."""
    return bool(rest) and isinstance(rest[0], Delivered) and rest[0].vector == vector


def name(vector: int) -> str:
    """An exception by its name."""
    return NAMES.get(vector, f"exception {vector}")


def sentence(event: Delivered, describe: Callable[[int], str]) -> str:
    """What happened, where, and the error code in words."""
    text = f"{name(event.vector)} at {describe(event.rip)}"
    if event.vector == _PAGE_FAULT:
        text += f" {page_fault_words(event.error, event.cr2 or 0)}"
    elif event.vector in _WITH_SELECTOR and event.error:
        text += f", {selector_words(event.error)}"
    return text


def page_fault_words(error: int, address: int) -> str:
    """"writing to 0x10, which is not mapped"."""
    doing = "fetching from" if error & 16 else "writing to" if error & 2 else "reading from"
    why = ("whose entry has reserved bits set" if error & 8 else "which forbids it" if error & 1
           else "which is not mapped")
    return f"{doing} {address:#x}, {why}"


def selector_words(error: int) -> str:
    """"because of entry 14 of the IDT"."""
    return f"because of entry {error >> 3} of the {_TABLES[error >> 1 & 3]}"
