# SPDX-License-Identifier: MIT
"""Full reports of faults (REPORT_DETAIL), their page (PANIC_SCREEN), and faults in them.

One kernel, started directly, is made to fault from outside (debugger.py), a boot a case. What a
report says is held against the machine's own state; that each line is there once, on the serial
line as on the screen, is asked of all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

import pytest
from tessera.qemu import Machine

from building import Build
from configurations import REPORTS
from debugger import SCRATCH_SYMBOL, SPIN, Debugger, assemble, debugger, jump
from harness import Machines, poll, screen_rows, wait_dead
from pagewalk import entries, pages
from test_vga_text import cells, rows_of

LOW = """\
CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_FB_MODE_640X480=y
CONFIG_CONSOLE_PANNING=y
CONFIG_CONSOLE_UTF8=y
CONFIG_REPORT_DETAIL=y
CONFIG_PANIC_SCREEN=y
CONFIG_BACKTRACE=y
"""
UD2 = b"\x0f\x0b"
CALL_ITSELF = b"\xe8\xfb\xff\xff\xff"
END = "CPU halted."
REGISTERS = (*"RIP CS RFLAGS RSP SS CR2 RAX RBX RCX RDX RSI RDI RBP".split(),
             *(f"R{number}" for number in range(8, 16)))
CONTROL = "CR0 CR3 CR4 EFER DS ES FS GS TR LDT GDT IDT".split()
KERNEL_BASE = 0xFFFFFFFF80000000
WATCHED_AT = 0x16  # in the code of ours: behind what sets DR7
NO_INTERRUPTS = 2  # EFLAGS: a tick of the timer is not taken first
PAGE_COLORS = {0xFFFFFF, 0x000080}

pytestmark = pytest.mark.xdist_group("build reports")


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel with all that reports can have."""
    return build("reports", REPORTS, goal="build")


def start(machines: Machines, kernel: Build, **options: Any) -> Machine:
    """A machine that stands before its first instruction, and halts after a report."""
    return machines.start(kernel, append="panic=halt", gdb=True, paused=True, **options)


def lines_of(text: str) -> list[str]:
    """The report in what the machine said: all behind the boot's last word, no empty lines."""
    begin = re.search(r"^(?:EXCEPTION|KERNEL PANIC|[^\n]* in the report)", text, re.MULTILINE)
    assert begin, f"no report:\n{text}"
    lines = [line for line in text[begin.start():].splitlines() if line]
    assert lines[-1] == END, text
    return lines


def columns_of(rows: list[str]) -> list[str]:
    """The lines of a page: its title, then the columns of its body, long lines joined again."""
    width = max(map(len, rows))
    column = 80 if width <= 80 else 79  # a cell is kept clear to the left of another one
    lines = [rows[0], *(row[:column].rstrip() for row in rows[2:-2])]
    if width > 79:
        lines += [row[80:] for row in rows[2:-2]]
    lines += rows[-2:]
    whole: list[str] = []
    for line in filter(None, lines):
        if line.startswith("  ") and not re.match(r"  (#|\.\.\.)", line):
            whole[-1] += line[2:]
        else:
            whole.append(line)
    return whole


def halted(machine: Machine, kernel: Build, on_screen: bool = True) -> list[str]:
    """The lines of the report of a machine that has halted: on the serial line, each register and
    each part once; the same on a page of the screen."""
    machine.wait_text(f"\n{END}\n")
    wait_dead(machine)
    assert machine.running and not machine.guest_reset
    lines = lines_of(machine.serial_text)
    if on_screen:
        screen = machine.screenshot()
        assert set(screen.colors()) == PAGE_COLORS
        assert columns_of(screen.text(kernel.font)) == [line.rstrip() for line in lines]
    return lines


def check_whole(lines: list[str]) -> None:
    """All parts, and each once."""
    text = "\n".join(lines)
    for name in REGISTERS:
        assert len(re.findall(rf"\b{name} ?=[0-9a-f]{{4,16}}\b", text)) == 1, f"{name} in\n{text}"
    for name in CONTROL:
        assert len(re.findall(rf"(?:^| ){name}=[0-9a-f]{{4,16}}\b", text, re.M)) == 1, name
    for words in ("RFLAGS: ", "RIP: ", "RSP: ", "code: ", "backtrace of ", END):
        assert sum(line.startswith(words) for line in lines) == 1, f"{words} in\n{text}"


@dataclass(frozen=True)
class Fault:
    """Machine code, what QEMU is told when it runs, and lines that the report must have."""

    code: "bytes | Callable[[Build], bytes]"
    lines: tuple[str, ...]  # {text}: where the kernel's code begins, {watched}: what DR0 has;
    # " | " between two of which one must be there
    monitor: str = ""
    at: Optional[int] = None  # where RIP is, in the code; None: somewhere else


def load_and(address: Callable[[Build], int], *then: str) -> Callable[[Build], bytes]:
    """movabs $address, %rax; and what follows."""
    def code(build: Build) -> bytes:
        return b"\x48\xb8" + address(build).to_bytes(8, "little") + assemble(*then)
    return code


def heap_at(build: Build, offset: int) -> int:
    """An address by the beginning of the heap."""
    return int(build.config["HEAP_BASE"]) + offset


def mapped(build: Build, physical: int) -> int:
    """Where the direct map has an address of memory."""
    return int(build.config["PHYS_MAP_BASE"]) + physical


FAULTS = {
    "write to code": Fault(
        load_and(lambda build: build.symbols["text_start"] + 5, "c60000"), (
            "EXCEPTION: page fault (vector 14), error code 0x3",
            "write to 0x{code:016x}, a page that forbids it, in kernel mode",
            "CR2: in the kernel's text, 0x5 bytes from its start, read-only, executable"), at=10),
    "write to code by the direct map": Fault(
        load_and(lambda build: mapped(build, build.symbols["text_start"] - KERNEL_BASE),
                 "c60000"), (
            "CR2: in the direct map, of physical 0x{text:x}, read-only",), at=10),
    "write below a stack": Fault(
        load_and(lambda build: build.symbols["kernel_stacks"] + 4088, "c60000"), (
            "in the guard page of main, 8 bytes below",
            "CR2: in the guard page of main, 8 bytes below, not mapped"), at=10),
    # The same with RSP by that stack's end: movabs $..., %rsp; movb $0, -4104(%rsp).
    "write below a stack that ends": Fault(
        lambda build: b"\x48\xbc" + (build.symbols["kernel_stacks"] + 8192).to_bytes(
            8, "little") + assemble("c68424f8efffff00"), (
            "stack overflow of main, 8 bytes below",
            "CR2: stack overflow of main, 8 bytes below, not mapped"), at=10),
    "jump below a stack": Fault(
        load_and(lambda build: build.symbols["kernel_stacks"] + 4088, "ffe0"), (
            "in the guard page of main, 8 bytes below",
            "RIP: in the guard page of main, 8 bytes below, not mapped",
            "CR2: in the guard page of main, 8 bytes below, not mapped")),
    "jump into the heap": Fault(
        load_and(lambda build: heap_at(build, 0x120), "ffe0"), (
            "RIP: in the heap, 0x120 bytes from its start, writable",
            "CR2: in the heap, 0x120 bytes from its start, writable")),
    "jump to nowhere": Fault(
        load_and(lambda _build: 0x123456789000, "ffe0"), (
            "instruction fetch from 0x0000123456789000, a page that is not present, in kernel mode",
            "RIP: nobody's, not mapped", "CR2: nobody's, not mapped",
            "code:" + " --" * 12 + " <-->" + " --" * 11)),
    "read past the heap": Fault(
        load_and(lambda build: heap_at(build, 256 * 1024 + 15), "8a00"), (
            "16 bytes past the end of the heap",
            "CR2: 16 bytes past the end of the heap, not mapped"), at=10),
    # mov $0x28, %ax; mov %ax, %ds
    "selector": Fault(assemble("66b82800 8ed8"), (
        "EXCEPTION: general protection (vector 13), error code 0x28",
        "error code: selector 0x28, entry 5 of the GDT"), at=4),
    # The table ends behind vector 31: sub $16, %rsp; sidt (%rsp); movw $0x1ff, (%rsp); lidt (%rsp);
    # int $0x40. QEMU 7.2 takes the vector times 16 there, where the manual and 10.0 have 8.
    "no gate": Fault(assemble("4883ec10 0f010c24 66c70424ff01 0f011c24 cd40"), (
        "EXCEPTION: general protection (vector 13), error code 0x402 | "
        "EXCEPTION: general protection (vector 13), error code 0x202",
        "error code: the gate of vector 128 | error code: the gate of vector 64"), at=18),
    # pushf; orl $0x100, (%rsp); popf; nop
    "single step": Fault(assemble("9c 810c2400010000 9d 90"), (
        "EXCEPTION: debug (vector 1)", "DR6=ffff4ff0: single step"), at=10),
    # movabs $behind, %rax; mov %rax, %dr0; mov $1, %eax; mov %rax, %dr7; nop; nop
    "breakpoint register": Fault(
        load_and(lambda build: build.symbols["paging_init"] + WATCHED_AT,
                 "0f23c0 b801000000 0f23f8 90 90"), (
            "EXCEPTION: debug (vector 1)", "DR6=ffff0ff1: breakpoint 0",
            "breakpoint 0 is at {watched:016x}"), at=0x16),
    "non-maskable interrupt": Fault(SPIN, (
        "EXCEPTION: non-maskable interrupt (vector 2)",), monitor="nmi", at=0),
    "machine check": Fault(SPIN, (
        "EXCEPTION: machine check (vector 18)",
        "MCG_STATUS=0000000000000004: MCIP",
        "bank 1: status bc00000000000135: ADDRV MISCV EN UC VAL, MCA error code 0x0135",
        "bank 1: address 0000000012345000", "bank 1: misc 000000000000008c"),
        monitor="mce 0 1 0xbc00000000000135 0x4 0x12345000 0x8c", at=0),
}


@pytest.mark.parametrize("name", FAULTS)
def test_report_says_what_it_was(kernel: Build, machines: Machines, name: str,
                                 tmp_path: Path) -> None:
    """Words, registers, the bytes at RIP, the page tables: as the machine has them."""
    fault = FAULTS[name]
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = fault.code if isinstance(fault.code, bytes) else fault.code(kernel)
        if fault.monitor:
            guest.gdb.write_register("eflags", NO_INTERRUPTS)
        guest.run_code(code)
        if fault.monitor:
            machine.hmp(fault.monitor)
        lines = halted(machine, kernel)
        check_whole(lines)
        facts = {"text": kernel.symbols["text_start"] - KERNEL_BASE,
                 "code": kernel.symbols["text_start"] + 5,
                 "watched": guest.scratch + WATCHED_AT}
        for line in fault.lines:
            assert set(line.format(**facts).split(" | ")) & set(lines)
        if fault.at is not None:
            rip = guest.scratch + fault.at
            assert f"RIP={rip:016x}" in "\n".join(lines)
            place = f"\nRIP: {SCRATCH_SYMBOL}+{fault.at:#x}, in the kernel's text, "
            assert place in "\n".join(lines)
            guest.gdb.interrupt()
            memory = guest.gdb.read_memory(rip - 12, 24)
    if fault.at is not None:
        seen = [f"{byte:02x}" for byte in memory]
        seen[12] = f"<{seen[12]}>"
        assert "code: " + " ".join(seen) in lines
    walk = [line for line in lines if re.match(r"P(ML4|DPT|D|T)\[", line)]
    assert bool(walk) == ("page fault" in lines[0])
    if walk:
        address = int(re.search(r"CR2=(\w+)", "\n".join(lines)).group(1), 16)
        way = entries(machine, tmp_path, address)
        assert [int(line.split()[2], 16) for line in walk] == way
        assert [int(re.search(r"\[(\d+)", line).group(1)) for line in walk] == [
            address >> shift & 511 for shift in (39, 30, 21, 12)][:len(way)]


@pytest.mark.parametrize("handlers", [0, 1])
def test_breakpoint_goes_on(kernel: Build, machines: Machines, handlers: int) -> None:
    """What is not fatal has the same report, and no page: the shell goes on below it. It may come
    while an interrupt's handler runs, which may not print itself."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        shell = guest.run_to("shell_run")
        running = guest.address("running")
        guest.gdb.write_memory(running, bytes([handlers]))
        code = b"\xcc\xc6\x04\x25" + (running & 0xFFFFFFFF).to_bytes(4, "little") + b"\0"
        guest.run_code(code + jump(guest.scratch + len(code), shell))  # int3; movb $0, running
        machine.wait_prompt()
        assert f"RIP={guest.scratch + 1:016x}" in machine.serial_text
    said = machine.serial_text
    check_whole([*said[said.index("EXCEPTION: breakpoint (vector 3)"):].splitlines(), END])
    assert "The kernel continues." in "\n".join(screen_rows(machine, kernel))
    assert machine.run_command("echo alive") == "alive\n"


@pytest.mark.parametrize("where", ["heap_init", "i8042_start", "text_console_start", "frames_init"])
def test_report_before_the_heap(kernel: Build, machines: Machines, where: str) -> None:
    """The page is there as soon as there is a screen, and before that the serial line has all."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to(where)
        guest.run_code(UD2)
        lines = halted(machine, kernel, on_screen=where in ("heap_init", "i8042_start"))
    check_whole(lines)
    assert lines[0] == "EXCEPTION: invalid opcode (vector 6)"


STACKS = {
    "nowhere": ("48bc0000000000000080 0f0b", "RSP: no address of this CPU"),
    "in the null page": ("48c7c410000000 0f0b", "RSP: null pointer, at offset 0x10, not mapped"),
    "in the heap": ("48bc0010444444440000 0f0b",
                    "RSP: in the heap, 0x1000 bytes from its start, writable"),
    "odd": ("4883ec07 0f0b", "RSP: in the main stack, "),
    # 16 bytes above the lowest byte, which the frame of the exception needs and the report more
    "used up": ("", "RSP: in the main stack, 0xfff0 bytes below its top, writable"),
}


@pytest.mark.parametrize("name", STACKS)
def test_report_with_a_smashed_stack(kernel: Build, machines: Machines, name: str) -> None:
    """RSP and RBP wild: the report is whole, once, and on the page."""
    code, words = STACKS[name]
    if not code:
        lowest = kernel.symbols["kernel_stacks"] + 4096
        code = "48bc" + (lowest + 16).to_bytes(8, "little").hex() + "0f0b"
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.run_code(assemble("48bd8967452301efcdab", code))  # movabs $..., %rbp
        lines = halted(machine, kernel)
    check_whole(lines)
    assert any(line.startswith(words) for line in lines), lines
    assert "RBP=abcdef0123456789" in "\n".join(lines)


def test_a_report_leaves_data_alone(kernel: Build, machines: Machines) -> None:
    """RSP among the heap's data: only what the exception itself pushes is written there."""
    machine = start(machines, kernel)
    heap, top = int(kernel.config["HEAP_BASE"]), 0x1000
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.gdb.write_memory(heap, b"\x5a" * top)
        guest.run_code(assemble("48bc" + (heap + top).to_bytes(8, "little").hex()) + UD2)
        halted(machine, kernel)
        guest.gdb.interrupt()
        data = guest.gdb.read_memory(heap, top)
    kept = len(data) - len(data.lstrip(b"\x5a"))
    assert 176 <= top - kept < 512


def test_report_with_a_broken_screen(kernel: Build, machines: Machines, tmp_path: Path) -> None:
    """The framebuffer is unmapped: that is told, and the report is whole on the serial line."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        (screen,) = {page.virtual for page in pages(machine, tmp_path)
                     if page.physical == 0xFD000000}
        head = assemble("48bf" + screen.to_bytes(8, "little").hex(),  # movabs $screen, %rdi
                        "be00003800",  # mov $(3584 KiB), %esi: all but the last 16 KiB
                        "31d2 48b8" + guest.address("page_unmap_range").to_bytes(8, "little").hex(),
                        "ffd0")  # xor %edx, %edx; movabs $page_unmap_range, %rax; call *%rax
        guest.run_code(head + UD2)
        lines = halted(machine, kernel, on_screen=False)
    check_whole(lines[2:] if "in the report" in lines[0] else lines)
    text = "\n".join(lines)
    assert text.count("page fault (vector 14) in the report") == 1
    assert text.count("EXCEPTION: invalid opcode (vector 6)") == 1


def patched(guest: Debugger, symbol: str, code: bytes = UD2) -> None:
    """Have a function begin with other code."""
    guest.gdb.write_memory(guest.address(symbol), code)


def test_report_with_a_dead_line(kernel: Build, machines: Machines) -> None:
    """The serial line's driver faults: the report is whole on the screen."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        patched(guest, "uart16550_write")
        guest.run_code(b"\x31\xc9\xf7\xf1")
        wait_dead(machine)
        lines = columns_of(screen_rows(machine, kernel))
    assert machine.running and not machine.guest_reset
    assert "invalid opcode (vector 6) in the report" in "\n".join(lines)
    assert "EXCEPTION: divide error (vector 0)" in lines
    check_whole([line for line in lines if "in the report" not in line])


@pytest.mark.parametrize("broken, missing", [
    (["report_code"], ["code:"]),
    (["report_region_describe", "report_walk"], ["RIP:", "RSP:", "CR2:", "PML4"]),
    (["backtrace_print_interrupted", "report_control"], ["backtrace of", "CR0="]),
], ids=["code", "places", "last ones"])
def test_fault_in_a_part(kernel: Build, machines: Machines, broken: list[str],
                         missing: list[str]) -> None:
    """A part that faults is told of and left out, and the others come as if nothing had been."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        for symbol in broken:
            patched(guest, symbol)
        guest.run_code(b"\x8b\x04\x25\0\0\0\0")
        lines = halted(machine, kernel)
    text = "\n".join(lines)
    assert text.count("invalid opcode (vector 6) in the report, RIP=") == len(broken)
    for words in ("RAX=", "RFLAGS: ", "RIP: ", "code:", "PML4", "backtrace of ", "CR0=", END):
        assert text.count(f"\n{words}") == (words.strip() not in missing), f"{words} in\n{text}"


@pytest.mark.parametrize("first, way", [
    ("fault", "wild"), ("fault", "circle"), ("panic", "wild"),
])
def test_broken_list_of_areas(kernel: Build, machines: Machines, first: str, way: str) -> None:
    """What looks for a name in it says less, and ends: the registers and the end are told."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        areas, main = guest.address("kernel_areas"), guest.address("main_area")
        target = 0x8000000000000000 if way == "wild" else main
        guest.gdb.write_memory(areas if way == "wild" else main, target.to_bytes(8, "little"))
        if first == "fault":
            guest.run_code(assemble("8b042500f0ffff"))  # mov -4096, %eax: above all areas
        else:
            guest.gdb.write_register("rip", guest.address("panic_run"))
            guest.gdb.resume()
        lines = halted(machine, kernel)
    text = "\n".join(lines)
    assert ("general protection (vector 13) in the report" in text) == (way == "wild")
    heads = {"fault": ("EXCEPTION: page fault (vector 14)", "RIP=", "RAX=",
                       "code: ", "PML4[", "CR0="),
             "panic": ("KERNEL PANIC: user request",)}
    for words in (*heads[first], "backtrace of ", END):
        assert text.count(f"\n{words}" if not lines[0].startswith(words) else words) == 1, (
            f"{words} in\n{text}")


def test_panic_in_a_report(kernel: Build, machines: Machines) -> None:
    """panic() within an exception's report is told, and does not end it."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        code = guest.address("report_code")
        patched(guest, "report_code", jump(code, guest.address("panic_run")))
        guest.run_code(UD2)
        lines = halted(machine, kernel)
    text = "\n".join(lines)
    assert text.count("KERNEL PANIC in the report: user request") == 1
    assert text.count("backtrace of ") == text.count("CR0=") == text.count("RAX=") == 1


def test_fault_in_the_message_of_a_panic(kernel: Build, machines: Machines) -> None:
    """A message whose argument points nowhere: the format is told in its place."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.gdb.write_memory(guest.scratch, b"wrong: %s\0")
        guest.gdb.write_register("rdi", guest.scratch)
        guest.gdb.write_register("rsi", 0x123456789000)
        guest.gdb.write_register("rip", guest.address("panic"))
        guest.gdb.resume()
        lines = halted(machine, kernel)
    assert lines.count("KERNEL PANIC: wrong: %s") == 1
    assert sum("page fault (vector 14) in the report" in line for line in lines) == 1


def test_panic_has_a_page(kernel: Build, machines: Machines) -> None:
    """The command `panic`, with text on the screen: the page, the caller among its lines."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.gdb.write_register("rip", guest.address("panic_run"))
        guest.gdb.resume()
        lines = halted(machine, kernel)
    assert lines[0] == "KERNEL PANIC: user request"
    assert "panic_run" in "\n".join(lines)


@pytest.mark.parametrize("monitor, name", [
    ("nmi", "nmi"), ("mce 0 1 0xb400000000000135 0x4 0x12345000 0", "machine-check"),
])
def test_exception_stacks(kernel: Build, machines: Machines, monitor: str, name: str) -> None:
    """They come with RSP nowhere, and their own stack's overflow has their name."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.gdb.write_register("eflags", NO_INTERRUPTS)
        guest.gdb.set_breakpoint(guest.address("trap_handle"))
        nowhere = assemble("48bc0000000000000080")  # movabs $..., %rsp
        guest.run_code(nowhere + SPIN)
        poll(lambda: machine.cpu().rip == guest.scratch + len(nowhere), "RSP is nowhere")
        machine.hmp(monitor)
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(guest.address("trap_handle"))
        guest.run_code(CALL_ITSELF)
        lines = halted(machine, kernel)
    assert lines[0] == "KERNEL PANIC: double fault (vector 8), error code 0x0"
    assert lines[1] == f"stack overflow of {name}, 8 bytes below"
    check_whole(lines)


def test_page_in_text_mode(kernel: Build, machines: Machines, tmp_path: Path) -> None:
    """80 columns and 25 rows: the beginning and the end are seen, and how much is not."""
    machine = start(machines, kernel, vga="cirrus")
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.run_code(b"\x8b\x04\x25\0\0\0\0")
        lines = halted(machine, kernel, on_screen=False)
    check_whole(lines)
    memory = cells(machine, tmp_path / "cells")
    rows = rows_of(memory)
    assert set(memory[1:60:2]) <= {0xF1, 0xF0} and {color >> 4 for color in memory[161::2]} == {1}
    assert rows[0] == lines[0] and rows[1] == "" and rows[24] == END
    fitting = [line for line in rows[2:23] if line]
    whole = columns_of([rows[0], "", *fitting, "", ""])
    assert whole == lines[:len(whole)]
    assert rows[23] == f"... {len(lines) - 1 - len(whole)} lines that do not fit ..."


def test_page_in_a_low_mode(build: Callable[..., Build], machines: Machines) -> None:
    """640x480, on a display that pans, and has panned: 80 columns and 30 rows."""
    kernel = build("reports-low", LOW, goal="build")
    machine = machines.start(kernel, direct=True, gdb=True, paused=True)
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        guest.run_code(UD2)
        lines = halted(machine, kernel)
    check_whole(lines)
