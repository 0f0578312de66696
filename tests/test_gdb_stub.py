# SPDX-License-Identifier: MIT
"""The kernel's own stub for gdb (GDB_STUB): a real gdb on QEMU's second serial port."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Callable, Iterator, Optional

import pytest
from tessera.qemu import Machine

import building
from building import ROOT, Build, clean_environment
from harness import Machines, wait_dead

STUB = "".join(f"CONFIG_{name}=y\n" for name in (
    "BOOT_PVH", "GDB_STUB", "PANIC_PARAM", "LOG_RING", "FAULTS", "REPORT_DETAIL"))
TIMEOUT_S = 60.0

pytestmark = pytest.mark.xdist_group("debugging")


@pytest.fixture(scope="module")
def made() -> Build:
    """A kernel with the stub."""
    return building.build("gdb-stub", STUB, goal="build")


class Line:
    """A machine whose second serial port is a socket, and gdb on it."""

    def __init__(self, machines: Machines, made: Build, folder: Path, append: str = "") -> None:
        self.made = made
        self.path = folder / "line"
        extra = ["-serial", f"unix:{self.path},server=on,wait=off"]
        self.machine: Machine = machines.start(made, append=append, extra=extra)
        self._text = ""
        self._gdb: "Optional[subprocess.Popen[str]]" = None

    def gdb(self, *commands: str) -> "subprocess.Popen[str]":
        """Begin a session that does these."""
        words = ["gdb", "-nx", "-q", "-batch", "-ex", "set pagination off", "-ex",
                 "set remotetimeout 20", "-ex", f"target remote {self.path}"]
        for command in commands:
            words += ["-ex", command]
        self._gdb = subprocess.Popen([*words, str(self.made.elf)], stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, text=True, env=clean_environment())
        return self._gdb

    def await_line(self, words: str) -> None:
        """Until the session says so."""
        assert self._gdb is not None and self._gdb.stdout is not None
        for text in self._gdb.stdout:
            self._text += text
            if words in text:
                return
        raise AssertionError(f"no {words!r}:\n{self._text}")

    def said(self) -> str:
        """All that the session said, once it has ended."""
        assert self._gdb is not None
        try:
            return self._text + self._gdb.communicate(timeout=TIMEOUT_S)[0]
        finally:
            self._gdb.kill()

    def close(self) -> None:
        """No gdb is left behind."""
        if self._gdb is not None:
            self._gdb.kill()
            self._gdb.wait()


@pytest.fixture
def line(machines: Machines, made: Build) -> Iterator[Callable[..., Line]]:
    """Makes lines; a socket's name must be short."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="tessera-", dir="/tmp") as folder:

        def begin(append: str = "") -> Line:
            lines.append(Line(machines, made, Path(folder), append))
            return lines[-1]

        yield begin
        for each in lines:
            each.close()


def await_byte(raw: socket.socket, wanted: bytes) -> None:
    """Read until it comes."""
    raw.settimeout(TIMEOUT_S)
    while raw.recv(1) != wanted:
        pass


def expect(said: str, *patterns: str) -> None:
    """All of these, in this order."""
    at = 0
    for pattern in patterns:
        found = re.compile(pattern).search(said, at)
        assert found, f"no {pattern!r} in its place:\n{said}"
        at = found.end()


def test_from_the_boot_on(line: Callable[..., Line]) -> None:
    """gdb=wait: breakpoints in read-only text, steps, variables, watching, the hardware's own."""
    here = line("gdb=wait")
    here.machine.wait_text("gdb: waiting for gdb on port 0x2f8 at 115200 baud")
    here.gdb("break frames_init", "continue", "backtrace", "stepi", "next",
             "print info->range_count > 2", "delete", "watch memory.managed", "continue",
             "print memory.managed > 30000", "delete", "hbreak paging_init", "continue", "delete",
             "tbreak shell_run", "continue", "backtrace", "x/gx 0x10", "x/gx 0x800000000000",
             "set var *(char *)0x10 = 1", "print/x *(short *)shell_run",
             "monitor info registers", f"source {ROOT}/scripts/gdb/tessera.py",
             "tessera log pagi", "tessera pagewalk shell_run", "tessera idt", "detach")
    expect(here.said(), r"gdb_set", r"Breakpoint 1, frames_init \(", r"#1 .* kernel_main \(\)",
           r"= 1\n", r"Hardware watchpoint 2: memory\.managed", r"Old value = 0",
           r"New value = \d+", r"= 1\n", r"Breakpoint 3, paging_init \(\)",
           r"Temporary breakpoint 4, shell_run \(\)", r"#1 .* kernel_main \(\)",
           r"Cannot access memory at address 0x10",
           r"Cannot access memory at address 0x800000000000",
           r"Cannot access memory at address 0x10", r"= 0x", r"CR0=\w{16} .* CR3=",
           r"\[ +\d+\.\d{6}\] info +paging: .*\n0xf", r"4 KiB: read, execute; kernel only",
           r"IRQ 0: time_tick", r"detached")
    here.machine.wait_prompt()
    assert here.machine.run_command("echo on") == "on\n"


def test_breaking_in(line: Callable[..., Line]) -> None:
    """gdb connects to a kernel that runs, stops it in a command, and is gone again; Ctrl-C."""
    here = line()
    here.machine.wait_prompt()
    here.gdb("break help_run", "continue", "backtrace", "delete", "detach")
    here.await_line("Breakpoint 1 at")
    here.machine.type_text("help\n")
    expect(here.said(), r"Breakpoint 1, help_run", r"shell_run \(\)", r"kernel_main \(\)",
           r"detached")
    here.machine.wait_prompt(len(here.machine.serial_text) - 2)
    assert here.machine.run_command("echo on") == "on\n"


def test_a_panic_and_a_fault_stop_in_gdb(line: Callable[..., Line]) -> None:
    """A panic comes up in gdb with its callers; a fault that gdb mends is none."""
    here = line("gdb=wait")
    here.gdb("tbreak shell_run", "continue", "print $rip = 0x10", "stepi",
             "print $rip = (long)&shell_run", "tbreak input_read_char", "continue",
             "print $rip = (long)&panic_run", "continue", "backtrace", "detach")
    expect(here.said(), r"shell_run \(\)", r"SIGSEGV", r"input_read_char", r"SIGTRAP",
           r"panic \(format", r"panic_run", r"detached")
    wait_dead(here.machine)
    assert "KERNEL PANIC: user request\n" in here.machine.serial_text


def test_nobody_is_waited_for(line: Callable[..., Line]) -> None:
    """A gdb that vanishes, noise, half a packet: the kernel goes on, a panic halts."""
    here = line()
    here.machine.wait_prompt()
    with socket.socket(socket.AF_UNIX) as raw:
        raw.connect(str(here.path))
        raw.sendall(b"noise\x03+-#}\n$qSupp")
        raw.sendall(b"orted#37")
        await_byte(raw, b"#")
        raw.sendall(b"+$c#63")  # attached from here on; the kernel runs
        await_byte(raw, b"+")
    assert here.machine.run_command("echo on") == "on\n"
    here.machine.type_text("panic\n")
    here.machine.wait_text("CPU halted.", TIMEOUT_S)
    wait_dead(here.machine)


def test_a_panic_that_waits(line: Callable[..., Line]) -> None:
    """panic=debugger: the report, then gdb finds the machine as it was."""
    here = line("panic=debugger")
    here.machine.wait_prompt()
    here.machine.type_text("panic\n")
    here.machine.wait_text("gdb: waiting for gdb on")
    here.gdb("backtrace", "detach")
    expect(here.said(), r"panic \(format", r"panic_run")
    wait_dead(here.machine)


def test_a_fault_that_waits(line: Callable[..., Line]) -> None:
    """After the report of an exception gdb stands where it came, not in the report."""
    here = line("panic=debugger fault=null_write")
    here.machine.wait_text("gdb: waiting for gdb on")
    assert "EXCEPTION: page fault" in here.machine.serial_text
    here.gdb("backtrace", "detach")
    expect(here.said(), r"#0 .* write_at \(", r"#1 .*null_write \(\)", r"kernel_main", r"detached")
    wait_dead(here.machine)


def test_other_values_are_refused(machines: Machines, made: Build) -> None:
    """And without the line there is nobody to wait for."""
    machine = machines.boot(made, append="gdb=wait")
    assert re.search(r"^warning: .*gdb", machine.serial_text, re.MULTILINE)
    assert "uart_gdb: no 16550 at port 0x2f8 (GDB_STUB_PORT)\n" in machine.serial_text
