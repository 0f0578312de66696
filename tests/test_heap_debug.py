# SPDX-License-Identifier: MIT
"""The kernel's heap with all that finds what is done wrong with it, and with growth.

Machine code of ours calls the heap in place of the shell, does what a bug would, and the panic must
tell the block, its size, the place and who called: addresses within that code, known to the byte.
"""

from __future__ import annotations

import re
from typing import Callable, List, NamedTuple

import pytest
from tessera.qemu import Machine

from building import Build
from debugger import SPIN, Debugger, debugger, jump, relative
from harness import Machines

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_HEAP_REDZONE=y
CONFIG_HEAP_POISON=y
CONFIG_HEAP_QUARANTINE_KIB=16
CONFIG_HEAP_TRACK=y
CONFIG_HEAP_STATS=y
CONFIG_HEAP_CHECK_EVERY=20
CONFIG_HEAP_MAX_KIB=1048576
CONFIG_SHELL_CMD_HEAP=y
CONFIG_HEAP_FAIL_INJECT=y
"""
SIZE = 100
HEAP_BASE = 0x444444440000
POINTER = "(0x[0-9a-f]+)"


class Code:
    """Machine code that calls the kernel; %rbx has the last pointer that it was given."""

    def __init__(self, guest: Debugger) -> None:
        self.guest = guest
        self.sites: List[int] = []
        self._bytes = b"\x48\x83\xec\x08"  # sub $8, %rsp: aligned as at a call

    def _call(self, function: str) -> None:
        end = self.guest.scratch + len(self._bytes) + 5
        self._bytes += b"\xe8" + relative(end, self.guest.address(function))
        self.sites.append(end)

    def alloc(self, size: int = SIZE) -> None:
        """kmalloc()."""
        self._bytes += b"\x48\xc7\xc7" + size.to_bytes(4, "little")  # mov $size, %rdi
        self._call("kmalloc")
        self._bytes += b"\x48\x89\xc3"  # mov %rax, %rbx

    def realloc(self, size: int) -> None:
        """krealloc()."""
        self._bytes += b"\x48\x89\xdf"  # mov %rbx, %rdi
        self._bytes += b"\x48\xc7\xc6" + size.to_bytes(4, "little")  # mov $size, %rsi
        self._call("krealloc")
        self._bytes += b"\x48\x89\xc3"  # mov %rax, %rbx

    def write(self, offset: int) -> None:
        """A byte to the pointer and an offset."""
        self._bytes += b"\xc6\x83" + offset.to_bytes(4, "little", signed=True) + b"\x11"

    def free(self, offset: int = 0, size: "int | None" = None) -> None:
        """kfree(), kfree_sized()."""
        self._bytes += b"\x48\x8d\xbb" + offset.to_bytes(4, "little", signed=True)  # lea to %rdi
        if size is not None:
            self._bytes += b"\x48\xc7\xc6" + size.to_bytes(4, "little")  # mov $size, %rsi
        self._call("kfree" if size is None else "kfree_sized")

    def check(self) -> None:
        """heap_check()."""
        self._call("heap_check")

    def run(self, then: bytes = SPIN) -> None:
        """Let go; `then` comes behind it."""
        self.guest.run_code(self._bytes + then)

    def run_shell(self) -> None:
        """Let go; the shell comes behind it."""
        self._bytes += b"\x48\x83\xc4\x08"  # add $8, %rsp
        at = self.guest.scratch + len(self._bytes)
        self.run(jump(at, self.guest.address("shell_run")))


class Bug(NamedTuple):
    """What code does, and how the kernel tells it: A and F are sites, P a pointer."""

    steps: Callable[[Code], None]
    words: str


def overflow(code: Code) -> None:
    """The third byte behind the end."""
    code.alloc()
    code.write(SIZE + 2)
    code.free()


def underflow(code: Code) -> None:
    """The fourth byte before the start."""
    code.alloc()
    code.write(-4)
    code.free()


def twice(code: Code) -> None:
    """Freed, and freed."""
    code.alloc()
    code.free()
    code.free()


def inside(code: Code) -> None:
    """A pointer to the middle."""
    code.alloc()
    code.free(16)


def other_size(code: Code) -> None:
    """Freed as a byte less."""
    code.alloc()
    code.free(size=SIZE - 1)


def too_late(code: Code) -> None:
    """Written to when it is freed; it leaves the quarantine when others come in."""
    code.alloc()
    code.free()
    code.write(9)
    code.alloc(15 * 1024)
    code.free()
    code.alloc(15 * 1024)
    code.free()


def in_turn(code: Code) -> None:
    """Written behind the end and never freed: the check at each 20th call finds it."""
    code.alloc()
    code.write(SIZE)
    for _ in range(19):
        code.alloc(0)


BUGS = {
    "overflow": Bug(overflow, r"P \(100 bytes, allocated by A0\) was written to behind its end, "
                    r"3 bytes behind it, found in a call by A1"),
    "underflow": Bug(underflow, r"P \(100 bytes, allocated by A0\) was written to before its "
                     r"start, 4 bytes before it, found in a call by A1"),
    "twice": Bug(twice, r"P \(100 bytes, allocated by A0, freed by A1\) is freed or resized, but "
                 r"was freed before, found in a call by A2"),
    "inside": Bug(inside, r"P is freed or resized, but not allocated, found in a call by A1"),
    "other size": Bug(other_size, r"P \(100 bytes, allocated by A0\) is freed as 99 bytes, "
                      r"found in a call by A1"),
    "too late": Bug(too_late, r"P \(100 bytes, allocated by A0, freed by A1\) was written to after "
                    r"it was freed, at byte 9, found in a call by A5"),
    "in turn": Bug(in_turn, r"P \(100 bytes, allocated by A0\) was written to behind its end, "
                   r"1 byte behind it, found in a call by A19"),
}


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel with everything on."""
    return build("heap-debug", FRAGMENT, goal="build")


def start(machines: Machines, kernel: Build, line: str = "") -> Machine:
    """A machine that waits for the debugger."""
    return machines.start(kernel, append=line, memory="64M", gdb=True, paused=True)


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_is_named(kernel: Build, machines: Machines, name: str) -> None:
    """The panic has all that is known of it."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = Code(guest)
        BUGS[name].steps(code)
        code.run()
        found = machine.wait_text(re.compile(r"KERNEL PANIC: heap: (.*)\n"), 20)
    words = re.sub(r"A(\d+)", lambda index: f"{code.sites[int(index[1])]:#x}",
                   BUGS[name].words.replace("P", POINTER))
    told = re.fullmatch(words, found[1])
    assert told, f"{found[1]!r} is not {words!r}"
    assert HEAP_BASE <= int(told[1], 16) < HEAP_BASE + (256 << 10)


def test_the_command_heap(kernel: Build, machines: Machines) -> None:
    """Totals, classes of sizes, call sites, a mark; a damaged heap."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = Code(guest)
        for size in (SIZE, 3000, 0):
            code.alloc(size)
        code.alloc(64)
        code.free()
        code.alloc(SIZE)
        code.write(SIZE)
        code.run_shell()
        machine.wait_prompt()
    heap = machine.run_command("heap").splitlines()
    assert re.match(r"\d+ bytes in 4 allocations of 262144 bytes, list allocator", heap[0])
    assert heap[2:4] == ["grows up to 1073741824 bytes", "waiting: 192 bytes in 1 freed blocks"]
    assert [row.split() for row in heap[4:9]] == [
        ["up", "to", "alive", "peak", "total", "failed"], ["0", "1", "1", "1", "0"],
        ["127", "2", "2", "3", "0"], ["4095", "1", "1", "1", "0"],
        ["bytes", "count", "allocated", "by"]]
    sites = [(3000, code.sites[1]), (100, code.sites[0]), (100, code.sites[5]), (0, code.sites[2])]
    assert [row.split() for row in heap[9:]] == [
        [str(size), "1", f"{site:#x}"] for size, site in sites]
    assert machine.run_command("heap leaks").splitlines() == [
        "no mark was set (heap mark): this is all that is alive", *heap[8:]]
    assert machine.run_command("heap mark").splitlines() == [
        "marked: heap leaks shows what is allocated from now on and still alive"]
    assert machine.run_command("heap leaks").splitlines() == [
        "nothing that was allocated since the mark is alive"]
    check = machine.run_command("heap check").splitlines()
    assert len(check) == 2 and check[1] == "the heap is broken"
    assert re.fullmatch(rf"warning: heap: {POINTER} \(100 bytes, allocated by {code.sites[5]:#x}\) "
                        r"was written to behind its end, 1 byte behind it", check[0])


def test_the_heap_grows(kernel: Build, machines: Machines) -> None:
    """By what is asked for, to what is there; more than that is no pointer, and no harm."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = Code(guest)
        code.alloc(10 << 20)
        code.write(0)
        code.write((10 << 20) - 1)
        code.alloc(30 << 20)  # nothing is free at the end, and the list's index moves
        code.alloc(900 << 20)
        code.check()
        code.run_shell()
        machine.wait_prompt()
    grown = re.findall(r"^heap: grown by .*$", machine.serial_text, re.MULTILINE)
    assert grown == ["heap: grown by 10432 KiB to 10688 KiB",
                     "heap: grown by 31424 KiB to 42112 KiB"]
    assert "Heap growth: 42112 KiB now, 1048576 KiB at most\n" in machine.run_command("info") + "\n"
    assert machine.run_command("heap check") == "the heap is sound\n"
    assert machine.run_command("heap").startswith(f"{(40 << 20) + 256} bytes in 2 allocations of")


@pytest.mark.parametrize("line, alive", [
    ("", 6), ("heap_fail=1", 0), ("heap_fail=3", 4), ("heap_fail=2,2", 5), ("heap_fail=1,6", 6),
])
def test_allocations_that_fail(kernel: Build, machines: Machines, line: str, alive: int) -> None:
    """heap_fail=N makes every N-th of them fail, N,M one alone."""
    machine = start(machines, kernel, line)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = Code(guest)
        for _ in range(6):
            code.alloc()
        code.run_shell()
        machine.wait_prompt()
    assert f" in {alive} allocations of " in machine.run_command("heap")
    assert ("fail: allocation" in machine.serial_text) == (alive < 6)


def test_to_shrink_never_fails(kernel: Build, machines: Machines) -> None:
    """On purpose neither: it is no allocation that counts. The first that fails is told."""
    machine = start(machines, kernel, "heap_fail=1,1")
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = Code(guest)
        code.alloc(1000)
        code.realloc(10)
        code.free()
        code.alloc()
        code.run_shell()
        machine.wait_prompt()
    assert "fail: allocation 2 is not given, as heap_fail= or HEAP_FAIL_EVERY asks\n" \
        in machine.serial_text
    assert machine.run_command("heap").startswith("0 bytes in 0 allocations of ")
