# SPDX-License-Identifier: MIT
"""Any bytes given to the console of a booted kernel, from outside.

The machine is stopped, a few bytes of machine code call console_write() with text that was put into
memory, and what a user would see is looked at: the screen. Nothing in the image is for this.
"""

from __future__ import annotations

import contextlib
from typing import Iterator

from tessera.qemu import Machine

from building import Build
from debugger import SPIN, Debugger, debugger, relative
from harness import Machines, wait_idle

CHUNK = 4096
LONG_TICKS = 1000
INTERRUPT_FLAG = 1 << 9


class Output:
    """The console of a machine that is held by the debugger and does nothing else any more."""

    def __init__(self, machine: Machine, guest: Debugger) -> None:
        self.machine, self.guest = machine, guest
        config = guest.build.config
        # The end of the heap, where nothing is allocated.
        self._text = int(config["HEAP_BASE"]) + int(config["HEAP_SIZE_KIB"]) * 1024 - CHUNK
        self._stack = guest.gdb.read_register("rsp") - 512 & ~15

    def call(self, function: str, *arguments: int) -> int:
        """Call a function of the kernel with up to three integers; what it returns."""
        guest = self.guest
        code = b"\xe8" + relative(guest.scratch + 5, guest.address(function)) + SPIN
        guest.gdb.write_memory(guest.scratch, code)
        self._prepare(arguments)
        guest.gdb.write_register("rip", guest.scratch)
        guest.run_to(guest.scratch + 5)
        return guest.gdb.read_register("rax")

    def leave(self, function: str, text: bytes) -> None:
        """Let a function have a text, ended by 0, and the machine its way: it does not return."""
        guest = self.guest
        self.guest.gdb.write_memory(self._text, text + b"\0")
        self._prepare((self._text,))
        guest.run_code(b"\xe8" + relative(guest.scratch + 5, guest.address(function)) + SPIN)

    def write(self, data: bytes) -> None:
        """Give the bytes to every sink, as one write each 4 KiB."""
        for start in range(0, len(data), CHUNK):
            piece = data[start:start + CHUNK]
            self.guest.gdb.write_memory(self._text, piece)
            self.call("console_write", self._text, len(piece))

    def begin_write(self, data: bytes) -> None:
        """At the first instruction of a write, which the caller lets go on as far as it likes."""
        guest = self.guest
        guest.gdb.write_memory(self._text, data)
        self._prepare((self._text, len(data)))
        guest.gdb.write_register("rip", guest.address("console_write"))

    def stop_ticks(self) -> None:
        """From here on the kernel's time stands still: no interrupt comes."""
        self.call("time_ticks")  # with an interrupt it leaves its sleep
        flags = self.guest.gdb.read_register("eflags")
        self.guest.gdb.write_register("eflags", flags & ~INTERRUPT_FLAG)

    def make_due(self) -> None:
        """Of a deferred screen: it is time to show what is written."""
        # Long before the first tick: a boot may be over when only one has passed.
        long_ago = (-LONG_TICKS).to_bytes(8, "little", signed=True)
        self.guest.gdb.write_memory(self.guest.address("shown_at"), long_ago)

    def flush(self) -> None:
        """Show what was put off."""
        self.call("console_write", self._text, 0)

    def cost(self, function: str, data: bytes) -> int:
        """Instructions of a function that is given bytes, by -icount. The last thing to be done."""
        self.guest.gdb.write_memory(self._text, data)
        self._prepare((self._text, len(data)))
        self.guest.gdb.write_register("rip", self.guest.address(function))
        return self.guest.measure_call()

    def _prepare(self, arguments: "tuple[int, ...]") -> None:
        for register, value in zip(("rdi", "rsi", "rdx"), arguments):
            self.guest.gdb.write_register(register, value)
        self.guest.gdb.write_register("rsp", self._stack)


@contextlib.contextmanager
def output_of(machines: Machines, build: Build, **options) -> Iterator[Output]:
    """Boot, clear the screen, and take over the console."""
    machine = machines.boot(build, gdb=True, **options)
    with debugger(machine, build) as guest:
        guest.gdb.resume()
        machine.run_command("clear")
        wait_idle(machine)
        guest.gdb.interrupt()
        yield Output(machine, guest)
