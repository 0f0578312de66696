# SPDX-License-Identifier: MIT
"""Faults, one a boot, made from outside on the images that users run.

Each must end in a report with the registers on every output of the configuration, and never in a
reset. What is fed to the CPU is written out below in machine code; see debugger.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable

import pytest
from tessera.qemu import Machine

from building import Build
from configurations import WITHOUT_A_PART
from debugger import Debugger, assemble, debugger, jump
from harness import Machines, poll, screen_rows, wait_dead, wait_idle

REGISTERS = "RIP CS RFLAGS RSP SS RAX RBX RCX RDX RSI RDI RBP".split() + [
    f"R{number}" for number in range(8, 16)
]


@dataclass(frozen=True)
class Fault:
    """Machine code, and words that the report must have."""

    code: Callable[[Build, int], bytes]
    words: tuple[str, ...]


def jump_into_data(build: Build, _at: int) -> bytes:
    """movabs $HEAP_BASE, %rax; jmp *%rax"""
    return b"\x48\xb8" + int(build.config["HEAP_BASE"]).to_bytes(8, "little") + b"\xff\xe0"


def read_behind_the_heap(build: Build, _at: int) -> bytes:
    """movabs $(its end + 15), %rax; mov (%rax), %eax"""
    end = int(build.config["HEAP_BASE"]) + int(build.config["HEAP_SIZE_KIB"]) * 1024
    return b"\x48\xb8" + (end + 15).to_bytes(8, "little") + b"\x8b\x00"


FAULTS = {
    # call . : each call pushes 8 bytes, until the guard page below the stack.
    "stack overflow": Fault(
        lambda _build, _at: b"\xe8\xfb\xff\xff\xff",
        ("KERNEL PANIC: double fault (vector 8)", "\nstack overflow of main, 8 bytes below\n"),
    ),
    # mov 0, %eax
    "null dereference": Fault(
        lambda _build, _at: b"\x8b\x04\x25\0\0\0\0",
        ("page fault (vector 14)", "read from 0x0000000000000000", "not present",
         "\nnull pointer, at offset 0x0\n"),
    ),
    "jump into data": Fault(
        jump_into_data, ("page fault (vector 14)", "instruction fetch from 0x{HEAP_BASE:016x}")
    ),
    "read behind the heap": Fault(
        read_behind_the_heap,
        ("page fault (vector 14)", "\n16 bytes past the end of the heap\n"),
    ),
    # movb $0, 0(%rip): onto the byte behind itself
    "write to code": Fault(
        lambda _build, _at: b"\xc6\x05\0\0\0\0\0",
        ("page fault (vector 14)", "write to 0x{after:016x}", "forbids"),
    ),
    # xor %ecx, %ecx; div %ecx
    "division by zero": Fault(
        lambda _build, _at: b"\x31\xc9\xf7\xf1", ("divide error (vector 0)",)
    ),
    "ud2": Fault(lambda _build, _at: b"\x0f\x0b", ("invalid opcode (vector 6)",)),
    # movabs $0x8000000000000000, %rax; mov (%rax), %eax
    "non-canonical address": Fault(
        lambda _build, _at: b"\x48\xb8\0\0\0\0\0\0\0\x80\x8b\x00",
        ("general protection (vector 13)",),
    ),
}

IN_EVERY_CONFIGURATION = (
    "stack overflow", "null dereference", "jump into data", "write to code", "division by zero",
    "ud2",
)


def cases() -> list:
    """Every fault on the reference, the six of the specification on every other configuration."""
    pairs = [("reference", name) for name in FAULTS]
    pairs += [
        (configuration, name)
        for configuration in WITHOUT_A_PART if configuration != "reference"
        for name in IN_EVERY_CONFIGURATION
    ]
    return [
        pytest.param(*pair, marks=pytest.mark.xdist_group(f"build {pair[0]}")) for pair in pairs
    ]


def stop_when_booted(guest: Debugger) -> None:
    """Stop where the shell begins, or, without one, where the last driver has started."""
    if guest.build.has("SHELL"):
        guest.run_to("shell_run")
        return
    for _phase in range(3):
        guest.run_to("drivers_start")
    guest.run_to(guest.return_address())


def start_stopped(machines: Machines, build: Build) -> Machine:
    """A machine whose CPU stands before its first instruction, for the debugger to release."""
    return machines.start(build, gdb=True, paused=True)


def report_of(text: str) -> list[str]:
    """The lines of the last report in a text."""
    start = max(text.rfind("EXCEPTION: "), text.rfind("KERNEL PANIC: "))
    assert start >= 0, f"no report:\n{text}"
    lines = [line.rstrip(" ") for line in text[start:].split("\n")]
    assert "CPU halted." in lines, text
    return lines[:lines.index("CPU halted.") + 1]


def reports(machine: Machine, build: Build) -> list[list[str]]:
    """The report as each output of the configuration has it, at least one."""
    found = []
    if build.has("UART16550"):
        found.append(report_of(machine.serial_text))
    if build.has("FRAMEBUFFER_CONSOLE"):
        found.append(report_of("\n".join(screen_rows(machine, build))))
    assert found
    return found


def assert_halted_with_report(machine: Machine, build: Build, words: "tuple[str, ...]") -> None:
    """The CPU stands still, every output has the same report, and nothing was reset."""
    if build.has("UART16550"):
        machine.wait_text("\nCPU halted.\n")
    wait_dead(machine)
    assert machine.running and not machine.guest_reset
    first, *others = reports(machine, build)
    for other in others:
        assert other == first
    text = "\n".join(first)
    for word in words:
        assert word in text
    for register in REGISTERS:
        assert re.search(rf"\b{register} ?=[0-9a-f]{{4,16}}\b", text), f"no {register} in\n{text}"


def expect_report(machines: Machines, kernel: Build, name: str) -> None:
    """Provoke a fault, and see its report on every output, registers and all, and no reset."""
    machine = start_stopped(machines, kernel)
    fault = FAULTS[name]
    with debugger(machine, kernel) as guest:
        stop_when_booted(guest)
        code = fault.code(kernel, guest.scratch)
        guest.run_code(code)
        facts = {"HEAP_BASE": kernel.config["HEAP_BASE"], "after": guest.scratch + len(code)}
        words = tuple(word.format(**facts) for word in fault.words)
        assert_halted_with_report(machine, kernel, words)
        at = guest.scratch if name != "division by zero" else guest.scratch + 2
        if name in ("null dereference", "write to code", "division by zero", "ud2"):
            assert f"RIP={at:016x}" in "\n".join(reports(machine, kernel)[0])


@pytest.mark.parametrize("configuration, name", cases())
def test_fault_is_reported(build, machines: Machines, configuration: str, name: str) -> None:
    """Whatever part of the reference is missing."""
    expect_report(machines, build(configuration, WITHOUT_A_PART[configuration]), name)


@pytest.mark.parametrize("name", ["division by zero", "ud2", "non-canonical address"])
def test_fault_of_the_smallest_kernel(build, machines: Machines, name: str) -> None:
    """It has neither memory management nor symbols that nothing needs."""
    expect_report(machines, build("tiny_defconfig", base="tiny_defconfig"), name)


def test_breakpoint_reports_and_continues(reference: Build, machines: Machines) -> None:
    """int3 is reported, and the shell comes up behind it as if nothing had been."""
    machine = start_stopped(machines, reference)
    with debugger(machine, reference) as guest:
        shell = guest.run_to("shell_run")
        guest.run_code(b"\xcc" + jump(guest.scratch + 1, shell))
        machine.wait_prompt()
        said = machine.serial_text
        assert "EXCEPTION: breakpoint (vector 3)" in said
        assert f"RIP={guest.scratch + 1:016x}" in said
        assert "EXCEPTION: breakpoint (vector 3)" in "\n".join(screen_rows(machine, reference))
        assert machine.run_command("echo alive") == "alive\n"


def test_nmi_is_no_double_fault(reference: Build, machines: Machines) -> None:
    """An NMI is reported under its own name."""
    machine = machines.boot(reference)
    machine.qmp("inject-nmi")
    assert_halted_with_report(machine, reference, ("non-maskable interrupt (vector 2)",))
    assert "double fault" not in machine.serial_text


def test_nmi_during_an_interrupt_handler(reference: Build, machines: Machines) -> None:
    """The same while the timer's handler runs."""
    machine = start_stopped(machines, reference)
    with debugger(machine, reference) as guest:
        guest.run_to("shell_run")
        guest.run_to("time_tick")
        machine.qmp("inject-nmi")
        guest.gdb.resume()
        assert_halted_with_report(machine, reference, ("non-maskable interrupt (vector 2)",))


@pytest.mark.parametrize("symbol, steps", [
    ("cell_painter_change", 0), ("cell_painter_change", 25), ("uart16550_write", 0),
    ("uart16550_write", 25), ("text_grid_write", 3),
])
def test_fault_inside_a_sink(
    reference: Build, machines: Machines, symbol: str, steps: int
) -> None:
    """A fault while text is being printed still prints its report, on both outputs.

    This is what a lock around the console would break: whoever is inside never gets out.
    """
    machine = start_stopped(machines, reference)
    with debugger(machine, reference) as guest:
        guest.run_to("shell_run")
        guest.run_to(symbol)
        for _step in range(steps):
            guest.gdb.step()
        guest.run_code(b"\x0f\x0b")
        assert_halted_with_report(machine, reference, ("invalid opcode (vector 6)",))


@pytest.mark.parametrize("code, words", [
    (b"\x0f\x0b", "invalid opcode (vector 6) in the report"),
    (FAULTS["stack overflow"].code(None, 0), "double fault (vector 8) in the report"),
], ids=["fault", "overflow"])
def test_fault_on_the_double_fault_stack(
    reference: Build, machines: Machines, code: bytes, words: str
) -> None:
    """A fault in the double-fault handler itself is told, not a reset; the first report stays."""
    machine = start_stopped(machines, reference)
    with debugger(machine, reference) as guest:
        guest.run_to("shell_run")
        handler = guest.address("trap_report")
        guest.gdb.set_breakpoint(handler)
        guest.run_code(FAULTS["stack overflow"].code(reference, guest.scratch))
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(handler)
        guest.run_code(code)
        machine.wait_text(words)
        wait_dead(machine)
    said = machine.serial_text[machine.serial_text.index(words):]
    inner = "\nstack overflow of double-fault, 8 bytes below\n" in said
    assert inner == words.startswith("double fault")
    assert "\nstack overflow of main, 8 bytes below\n" in said
    assert machine.running and not machine.guest_reset


@pytest.mark.parametrize("in_guard", [False, True], ids=["no fault before", "an old fault"])
def test_double_fault_without_a_page_fault(
    reference: Build, machines: Machines, in_guard: bool
) -> None:
    """Nothing is said of an address where there was none: CR2 is from long ago, or never set."""
    machine = start_stopped(machines, reference)
    old = reference.symbols["kernel_stacks"] + 4088 if in_guard else 0
    code = assemble(
        "fa",  # cli
        "48b8" + old.to_bytes(8, "little").hex(),  # movabs $old, %rax
        "0f22d0",  # mov %rax, %cr2
        "4883ec10 0f010c24",  # sub $16, %rsp; sidt (%rsp)
        "66c704248f00",  # movw $(9 * 16 - 1), (%rsp): up to the double fault's gate
        "0f011c24 cd20",  # lidt (%rsp); int $0x20
    )
    with debugger(machine, reference) as guest:
        guest.run_to("shell_run")
        guest.run_code(code)
        machine.wait_text("\nCPU halted.\n")
    report = report_of(machine.serial_text)
    assert report[0].startswith("KERNEL PANIC: double fault (vector 8)")
    assert report[1].startswith("RIP="), report
    assert f"CR2={old:016x}" in "\n".join(report)


def test_fault_with_keys_waiting(reference: Build, machines: Machines) -> None:
    """A report is not disturbed by keys that are pressed while it is written."""
    machine = machines.boot(reference, gdb=True)
    with debugger(machine, reference) as guest:
        guest.gdb.resume()
        machine.type_text("echo waiting")
        wait_idle(machine)
        guest.gdb.interrupt()
        guest.run_code(b"\x0f\x0b")
        machine.send_keys([("a", True), ("a", False)])
        assert_halted_with_report(machine, reference, ("invalid opcode (vector 6)",))
        poll(lambda: machine.cpu().dead, "the CPU stays halted")
