# SPDX-License-Identifier: MIT
"""The serial line, as the chip sees it: QEMU traces every access to its registers."""

from __future__ import annotations

import re
from pathlib import Path

from building import Build
from harness import Machines

# The chip's registers (PC16550D data sheet).
DATA, FIFO_CONTROL, LINE_CONTROL, LINE_STATUS = 0, 2, 3, 5
FIFO_ON, DIVISOR_ACCESS, ROOM, FIFO_BYTES = 0x01, 0x80, 0x20, 16


def accesses(log: str) -> "list[tuple[str, int, int]]":
    """(read or write, register, value), in their order."""
    row = r"serial_(read|write) (?:read|write) addr 0x([0-9a-f]+) val 0x([0-9a-f]+)"
    rows = re.findall(row, log)
    return [(way, int(register, 16), int(value, 16)) for way, register, value in rows]


def test_no_byte_without_room(reference: Build, machines: Machines, tmp_path: Path) -> None:
    """The kernel never writes more than the chip has said that it takes.

    A chip that is written to without a look loses bytes on a slow line, which an emulator's own
    line never is: hence the look at its registers.
    """
    log = tmp_path / "trace"
    machine = machines.boot(reference, extra=["-trace", "serial_*", "-D", str(log)])
    for _time in range(5):
        machine.run_command("help")
    machine.close()
    room, fifo, divisor, sent = 0, False, False, 0
    for way, register, value in accesses(log.read_text()):
        if way == "read" and register == LINE_STATUS and value & ROOM:
            room = FIFO_BYTES if fifo else 1
        elif way == "write" and register == FIFO_CONTROL:
            fifo = bool(value & FIFO_ON)
        elif way == "write" and register == LINE_CONTROL:
            divisor = bool(value & DIVISOR_ACCESS)
        elif way == "write" and register == DATA and not divisor:
            assert room > 0, f"byte {sent} is written without a look for room"
            room, sent = room - 1, sent + 1
    assert fifo, "the FIFO is off"
    assert sent > 2500


def test_lines_end_as_terminals_want_it(shell, reference: Build) -> None:
    """Each newline is sent as carriage return and newline."""
    shell.run_command("help")
    raw = shell.serial_raw
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10


def test_clear_clears_the_terminal(shell) -> None:
    """`clear` sends what empties a terminal and homes its cursor (ECMA-48)."""
    start = len(shell.serial_raw)
    shell.run_command("clear")
    assert shell.serial_raw[start:] == b"clear\r\n\x1b[2J\x1b[H> "
