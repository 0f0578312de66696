# SPDX-License-Identifier: MIT
"""tessera idt: the vectors, their handlers and stacks, as the CPU would take them."""

from typing import Iterator, List, NamedTuple

from exception_names import EXCEPTIONS, NAMES

from .target import Trouble, describe, read, symbol

NAME = "idt"
HELP = """The interrupt descriptor table: vectors, handlers by symbol, IST stacks.

Vectors with the same handler are one line. `tessera idt all` is one line each."""

_GATE_BYTES = 16
_KINDS = {0xe: "interrupt", 0xf: "trap"}
_IRQ_LINES = 16  # their vectors follow the exceptions'


class Gate(NamedTuple):
    """An entry of the table."""

    vector: int
    handler: int
    selector: int
    ist: int
    kind: int
    present: bool


def gates() -> List[Gate]:
    """All of the table, from the kernel's variable: QEMU's stub does not tell IDTR."""
    table = symbol("idt", "irq.c")
    size = table.type.sizeof
    data = read(int(table.address), size)
    found = []
    for vector in range(size // _GATE_BYTES):
        low, high = (int.from_bytes(data[vector * 16 + at:vector * 16 + at + 8], "little")
                     for at in (0, 8))
        handler = low & 0xffff | low >> 32 & 0xffff0000 | (high & 0xffffffff) << 32
        found.append(Gate(vector, handler, low >> 16 & 0xffff, low >> 32 & 7,
                          low >> 40 & 0xf, bool(low >> 47 & 1)))
    return found


def show(argument: str) -> Iterator[str]:
    """A line for each run of vectors that are alike."""
    if argument not in ("", "all"):
        raise Trouble("it takes nothing, or all")
    table = gates()
    if not any(gate.present for gate in table):
        raise Trouble("the table is empty: irq_init() has not run yet")
    first = 0
    while first < len(table):
        last = first
        while (argument == "" and last + 1 < len(table)
               and table[last + 1][1:] == table[first][1:]):
            last += 1
        yield _line(table[first], table[last])
        first = last + 1


def _line(first: Gate, last: Gate) -> str:
    numbers = f"{first.vector}" if first is last else f"{first.vector}-{last.vector}"
    if not first.present:
        return f"{numbers:>7}  not present"
    kind = _KINDS.get(first.kind, f"type {first.kind:#x}")
    ist = f", IST {first.ist}" if first.ist else ""
    return (f"{numbers:>7}  {describe(first.handler)}  {kind}, selector {first.selector:#x}{ist}"
            f"{_meaning(first, last)}")


def _meaning(first: Gate, last: Gate) -> str:
    """What the vector is for, and who serves its line."""
    if first is not last:
        return ""
    if first.vector < EXCEPTIONS:
        return f"  ({NAMES.get(first.vector, 'reserved')})"
    line = first.vector - EXCEPTIONS
    if not 0 <= line < _IRQ_LINES:
        return ""
    try:
        handler = int(symbol("irq_handlers")[line])
    except Trouble:
        return f"  (IRQ {line})"
    return f"  (IRQ {line}: {describe(handler)})" if handler else f"  (IRQ {line}, nobody's)"
