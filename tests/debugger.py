# SPDX-License-Identifier: MIT
"""A kernel made to do what its own code never would, through QEMU's debugger stub.

The image under test stays the one that users run: nothing is compiled in for a test. At a symbol of
tessera.elf the guest stops, a few bytes of machine code go over the beginning of paging_init(),
which runs once, early in the boot, and the CPU is sent to them.
"""

from __future__ import annotations

import contextlib
from typing import Iterator

from tessera.gdb import GdbRemote
from tessera.qemu import Machine

from building import Build

SCRATCH_SYMBOL = "paging_init"
SPIN = b"\xeb\xfe"  # jmp .
RDTSC_TO_RAX = "0f31 48c1e220 4809d0"  # rdtsc; shl $32, %rdx; or %rdx, %rax


def assemble(*hexadecimal: str) -> bytes:
    """Machine code from its bytes in hexadecimal."""
    return bytes.fromhex("".join(hexadecimal))


def relative(end: int, to: int) -> bytes:
    """The operand of a near jump or call whose last byte lies before `end`."""
    return (to - end).to_bytes(4, "little", signed=True)


def jump(at: int, to: int) -> bytes:
    """`jmp to`, placed at an address."""
    return b"\xe9" + relative(at + 5, to)


class Debugger:
    """A stopped or running guest, in the names of its ELF file."""

    def __init__(self, gdb: GdbRemote, build: Build) -> None:
        self.gdb = gdb
        self.build = build
        self.scratch = build.symbols[SCRATCH_SYMBOL]

    def address(self, symbol: str) -> int:
        """Where a symbol lies."""
        return self.build.symbols[symbol]

    def run_to(self, where: "str | int", timeout: float = 60.0) -> int:
        """Let the guest run until it is about to execute a symbol or address (once more)."""
        address = where if isinstance(where, int) else self.address(where)
        if self.gdb.read_register("rip") == address:
            self.gdb.step()  # or the breakpoint would be hit before anything is executed
        self.gdb.set_breakpoint(address)
        try:
            self.gdb.continue_until_stop(timeout)
        finally:
            self.gdb.remove_breakpoint(address)
        assert self.gdb.read_register("rip") == address
        return address

    def run_code(self, code: bytes) -> None:
        """Send the CPU to machine code of ours, and let go."""
        self.gdb.write_memory(self.scratch, code)
        self.gdb.write_register("rip", self.scratch)
        self.gdb.resume()

    def return_address(self) -> int:
        """At the first instruction of a function: where it will return to."""
        return self.read_u64(self.gdb.read_register("rsp"))

    def read_u64(self, address: int) -> int:
        """Eight bytes of the guest's memory."""
        return int.from_bytes(self.gdb.read_memory(address, 8), "little")

    def measure_call(self, timeout: float = 60.0) -> int:
        """At the first instruction of a function: run it to its end; what it took by rdtsc.

        Both readings are made by the guest itself, in one go: while the debugger holds a machine
        its clock may jump. Registers of the caller are lost: the guest is of no use afterwards.
        """
        function = self.gdb.read_register("rip")
        head = assemble(
            "4989d5",  # mov %rdx, %r13: an argument of the function
            RDTSC_TO_RAX,
            "4989c6",  # mov %rax, %r14
            "4c89ea",  # mov %r13, %rdx
            "4883c408",  # add $8, %rsp: drop the return address, the call below pushes its own
        )
        tail = assemble(
            RDTSC_TO_RAX,
            "4c29f0",  # sub %r14, %rax
        )
        call_at = self.scratch + len(head)
        code = head + b"\xe8" + relative(call_at + 5, function) + tail + SPIN
        self.gdb.write_memory(self.scratch, code)
        self.gdb.write_register("rip", self.scratch)
        self.run_to(self.scratch + len(code) - len(SPIN), timeout)
        return self.gdb.read_register("rax")

    @contextlib.contextmanager
    def held_at(self, address: int) -> Iterator[None]:
        """The thread goes in circles at an address, interrupts as they were, for the block."""
        code = self.gdb.read_memory(address, len(SPIN))
        self.gdb.write_memory(address, SPIN)
        self.gdb.resume()
        try:
            yield
        finally:
            self.gdb.interrupt()
            self.gdb.write_memory(address, code)


@contextlib.contextmanager
def debugger(machine: Machine, build: Build) -> Iterator[Debugger]:
    """Take hold of a machine that was started with gdb=True; it stands still from here."""
    with machine.connect_gdb() as gdb:
        yield Debugger(gdb, build)
