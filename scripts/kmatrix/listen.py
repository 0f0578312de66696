# SPDX-License-Identifier: MIT
"""Hears a kernel that has no serial line, without asking it for anything.

Whatever the kernel says goes through console_write(text, length). QEMU's debugger stub stops it at
each call; the text is read out of its memory, and it goes on: the image is the one that was
configured. What was heard goes to the machine's transcript, as if it had come by the serial line.
"""

from __future__ import annotations

import threading
from pathlib import Path

from tessera.elf import Elf
from tessera.gdb import GdbError, GdbRemote
from tessera.qemu import Machine

FUNCTION = "console_write"
_LONGEST = 1 << 16  # a longer text than this is a kernel gone mad


class Listener:
    """A thread that listens to a machine that was started paused, with a debugger stub."""

    def __init__(self, machine: Machine, elf: Path) -> None:
        self._machine = machine
        self._address = next(symbol.address for symbol in Elf(elf).symbols()
                             if symbol.name == FUNCTION)
        self._gdb = machine.connect_gdb()
        self._gdb.set_breakpoint(self._address)
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait for the end; the machine has to be closed before, or have ended."""
        self._thread.join(15)
        self._gdb.close()

    def _run(self) -> None:
        try:
            while True:
                self._gdb.continue_until_stop(timeout=1e6)
                self._hear(self._gdb)
        except (GdbError, OSError):
            return  # QEMU has ended

    def _hear(self, gdb: GdbRemote) -> None:
        registers = gdb.read_registers()
        if registers["rsi"] <= _LONGEST:
            self._machine.serial.feed(gdb.read_memory(registers["rdi"], registers["rsi"]))
        # A step may end before the instruction, where the timer was due: it would be heard twice.
        while registers["rip"] == self._address:
            gdb.step()
            registers = gdb.read_registers()
