# SPDX-License-Identifier: MIT
"""Backtraces, names of functions in the image, and scripts/decode-trace on the host.

Machine code of ours stands for a function that is wrong: it lies in paging_init(), keeps a frame as
compiled code does, and is called in place of the shell.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Callable, List, NamedTuple

import pytest
from tessera.elf import Elf
from tessera.qemu import Machine
from tessera.symbol_table import Function, decode, encode, functions_of, table_of

from building import ROOT, Build
from debugger import SCRATCH_SYMBOL, Debugger, assemble, debugger, relative
from harness import Machines

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_BACKTRACE=y
CONFIG_SYMBOLS=y
CONFIG_HEAP_TRACK=y
CONFIG_HEAP_REDZONE=y
CONFIG_SHELL_CMD_HEAP=y
"""
FRAME = re.compile(r"^  #(\d+) (?:<(.+)> )?(at )?0x([0-9a-f]+)(?: (\S+)\+0x([0-9a-f]+))?$",
                   re.MULTILINE)
ENTER = "55 4889e5"  # push %rbp; mov %rsp, %rbp
DECODE = ROOT / "scripts/decode-trace"


class Frame(NamedTuple):
    """A line of a backtrace."""

    trap: str
    is_exact: bool
    address: int
    name: str
    offset: int


def frames_of(text: str) -> List[Frame]:
    """The frames of the last backtrace in a text."""
    found = FRAME.findall(text[text.rindex("backtrace of build "):])
    return [Frame(trap, bool(at), int(address, 16), name, int(offset or "0", 16))
            for _, trap, at, address, name, offset in found]


@pytest.fixture(params=["gcc", "clang"])
def kernel(build: Callable[..., Build], request: pytest.FixtureRequest) -> Build:
    """A kernel with names and call sites, of both compilers."""
    if request.param == "clang":
        return build("backtrace-clang", FRAGMENT, llvm=True, goal="build")
    return build("backtrace", FRAGMENT, goal="build")


@pytest.fixture
def gcc_kernel(build: Callable[..., Build]) -> Build:
    """The same of gcc."""
    return build("backtrace", FRAGMENT, goal="build")


def start(machines: Machines, kernel: Build) -> Machine:
    """A machine that waits for the debugger."""
    return machines.start(kernel, direct=True, memory="64M", gdb=True, paused=True)


def report_of(machines: Machines, kernel: Build, place: str,
              code: Callable[[Debugger], bytes]) -> str:
    """What the kernel says where our code runs in place of a function."""
    machine = start(machines, kernel)
    with debugger(machine, kernel) as guest:
        guest.run_to(place)
        guest.run_code(code(guest))
        machine.wait_text("CPU halted.\n", 20)
    return machine.serial_text


def panic_report(machines: Machines, kernel: Build) -> str:
    """Of the command panic."""
    machine = machines.boot(kernel, direct=True, memory="64M")
    machine.type_text("panic\n")
    machine.wait_text("CPU halted.\n", 20)
    return machine.serial_text


def addr2line(kernel: Build, address: int) -> List[str]:
    """The functions and lines of an address, innermost first."""
    done = subprocess.run(["addr2line", "-f", "-i", "-e", str(kernel.elf), f"{address:#x}"],
                          text=True, stdout=subprocess.PIPE, check=True)
    return done.stdout.replace("./", "").splitlines()


# ---- Backtraces -------------------------------------------------------------


def test_a_panic_names_each_caller(kernel: Build, machines: Machines) -> None:
    """From a shell command to kernel_main(), no function left out, none merged into another."""
    frames = frames_of(panic_report(machines, kernel))
    assert [frame.name for frame in frames] == ["panic_run", "run_line", "shell_run",
                                                "kernel_main"]
    for frame in frames:
        assert frame.address == kernel.symbols[frame.name] + frame.offset
        assert addr2line(kernel, frame.address - 1)[0::2] == [frame.name], "nothing is inlined"


def test_an_exception_names_where_it_was(kernel: Build, machines: Machines) -> None:
    """The function that faults, and who called it; before there is a heap."""

    def code(guest: Debugger) -> bytes:
        head = assemble(ENTER, "bf10000000")  # strlen(16)
        return head + b"\xe8" + relative(guest.scratch + len(head) + 5, guest.address("strlen"))

    frames = frames_of(report_of(machines, kernel, "heap_init", code))
    assert [(frame.name, frame.is_exact) for frame in frames] == [
        ("strlen", True), (SCRATCH_SYMBOL, False), ("kernel_main", False)]


def test_a_call_of_nothing_names_the_caller(gcc_kernel: Build, machines: Machines) -> None:
    """A function pointer that is NULL: there is no code, but somebody called."""
    frames = frames_of(report_of(machines, gcc_kernel, "shell_run", lambda guest: assemble(
        ENTER, "31c0 ffd0")))  # xor %eax, %eax; call *%rax
    assert [(frame.address and frame.name) for frame in frames] == [
        0, SCRATCH_SYMBOL, "kernel_main"]


def test_a_stack_overflow_is_cut_short(kernel: Build, machines: Machines) -> None:
    """On the stack of double faults: the first frames and the last of thousands."""
    text = report_of(machines, kernel, "shell_run", lambda guest: assemble(
        ENTER, "e8f7ffffff"))  # call itself
    frames = frames_of(text)
    assert "double fault" in text and "stack overflow of main" in text
    assert {frame.name for frame in frames[:-1]} == {SCRATCH_SYMBOL}
    assert frames[-1].name == "kernel_main" and len(frames) == 32
    assert re.search(r"\n  \.\.\. 4\d{3} more\n", text), "64 KiB of 16 bytes each"


def test_a_smashed_stack_is_told(gcc_kernel: Build, machines: Machines) -> None:
    """What is no frame pointer is not followed; the report goes on to its end."""
    text = report_of(machines, gcc_kernel, "shell_run", lambda guest: assemble(
        "48bd4141414141414141", "0f0b"))  # movabs to %rbp; ud2
    assert [frame.name for frame in frames_of(text)] == [SCRATCH_SYMBOL]
    assert "backtrace ends: not aligned: the frame pointer 0x4141414141414141\n" in text


def test_a_walk_that_faults_is_given_up(gcc_kernel: Build, machines: Machines) -> None:
    """Tried twice, then left out; the report comes to its end."""
    machine = start(machines, gcc_kernel)
    with debugger(machine, gcc_kernel) as guest:
        guest.run_to("shell_run")
        guest.gdb.write_memory(guest.address("frame_print"), b"\x0f\x0b")  # ud2
        guest.run_code(assemble(ENTER, "0f0b"))
        machine.wait_text("CPU halted.\n", 20)
    assert machine.serial_text.count("\nbacktrace of build ") == 2
    assert machine.serial_text.count("\nbacktrace: none, it faults\n") == 1
    assert machine.serial_text.count("invalid opcode (vector 6) in the report, ") == 2


def test_an_interrupt_is_crossed(gcc_kernel: Build, machines: Machines) -> None:
    """A panic in a handler: up to where the interrupt came, and on from there."""

    def code(guest: Debugger) -> bytes:
        words = guest.scratch + 64
        guest.gdb.write_memory(words, b"seeded\0")
        head = assemble(ENTER, "48c7c7") + (words & 0xffffffff).to_bytes(4, "little")
        head += assemble("31c0")
        return head + b"\xe8" + relative(guest.scratch + len(head) + 5, guest.address("panic"))

    frames = frames_of(report_of(machines, gcc_kernel, "time_tick", code))
    names = [frame.name for frame in frames]
    at = next(index for index, frame in enumerate(frames) if frame.trap)
    assert names[0] == SCRATCH_SYMBOL and names[at - 1] == "trap_handle"
    assert frames[at].trap == "IRQ 0" and frames[at].is_exact
    assert names[-1] == "kernel_main"


# ---- Names ------------------------------------------------------------------


def test_the_image_has_every_name(kernel: Build) -> None:
    """As nm has them."""
    elf = Elf(kernel.elf)
    table = table_of(elf)
    done = subprocess.run(["nm", "-n", str(kernel.elf)], text=True, stdout=subprocess.PIPE,
                          check=True)
    text = next(section for section in elf.sections if section.name == ".text")
    named = [line.split() for line in done.stdout.splitlines()]
    places = {int(address, 16): name for address, kind, name in named
              if kind in "tT" and int(address, 16) in range(text.address,
                                                            text.address + text.size)}
    assert sorted(places) == [one.address for one in decode(table)]
    assert {one.name for one in decode(table)} >= {"kmalloc", "panic", "kernel_main", "memset"}
    assert len(table) < 9 * len(places)


@pytest.mark.parametrize("names", [
    ["a"], ["a" * 63, "a" * 62 + "b"], ["_" + "xy" * 20, "z", "z", "z0"],
    [f"module_{number}_" + "abcdefghijklmnopqrstuvwxyz"[:number % 26] for number in range(400)],
])
def test_any_names_come_back(names: List[str]) -> None:
    """From the table, with addresses that are and are no multiples of 16."""
    functions = [Function(0xffffffff80100000 + number * 37 + number ** 3, name)
                 for number, name in enumerate(names)]
    assert decode(encode(functions, functions[-1].address + 1)) == functions


def test_code_that_moved_is_told(gcc_kernel: Build, tmp_path: Path) -> None:
    """A table that does not fit its image stops the build."""
    data = gcc_kernel.elf.read_bytes()
    table = table_of(Elf(gcc_kernel.elf))
    wrong = encode([Function(one.address + 16, one.name) for one in decode(table)],
                   functions_of(Elf(gcc_kernel.elf))[1])
    image = tmp_path / "tessera.elf"
    image.write_bytes(data.replace(table, wrong.ljust(len(table), b"\0")))
    done = subprocess.run([sys.executable, ROOT / "scripts/symbols.py", image], text=True,
                          stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1 and "linking it in has moved the code" in done.stderr


def test_call_sites_have_names(gcc_kernel: Build, machines: Machines) -> None:
    """The heap says who allocated, in the command and in a panic."""

    def code(guest: Debugger) -> bytes:
        head = assemble(ENTER, "bf64000000")  # kmalloc(100)
        call = len(head) + 5
        head += b"\xe8" + relative(guest.scratch + call, guest.address("kmalloc"))
        head += assemble("c6406411 4889c7")  # movb to the byte behind it; mov %rax, %rdi
        return head + b"\xe8" + relative(guest.scratch + len(head) + 5, guest.address("kfree"))

    text = report_of(machines, gcc_kernel, "shell_run", code)
    assert re.search(rf"\(100 bytes, allocated by {SCRATCH_SYMBOL}\+0xe\) was written to behind "
                     rf"its end, 1 byte behind it, found in a call by {SCRATCH_SYMBOL}\+0x1a\n",
                     text)


# ---- decode-trace -----------------------------------------------------------


def run_decode(*words: str, text: str = "", **environment: str) -> subprocess.CompletedProcess:
    """Run it on a text."""
    return subprocess.run([sys.executable, str(DECODE), *words], input=text, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
                          env={**os.environ, **environment})


def test_decode_trace_tells_the_lines(gcc_kernel: Build, machines: Machines,
                                      tmp_path: Path) -> None:
    """Those of addr2line, below each frame; also without names; all else stays as it is."""
    kernel = gcc_kernel
    text = panic_report(machines, kernel)
    bare = re.sub(r"(0x[0-9a-f]{16}) \S+", r"\1", text)
    for said in (text, bare):
        done = run_decode("--elf", str(kernel.elf), text=said)
        assert done.returncode == 0 and not done.stderr
        lines = done.stdout.splitlines()
        assert [line for line in lines if not line.startswith(" " * 8)] == said.splitlines()
        for frame in frames_of(text):
            at = next(index for index, line in enumerate(lines) if f"{frame.address:#x}" in line)
            function, place = addr2line(kernel, frame.address - 1)
            assert lines[at + 1] == f"        {place.split(' ')[0]} in {function}"
            assert re.search(r"\w\.c:\d+ in", lines[at + 1])
    log = tmp_path / "log"
    log.write_text(text)
    assert run_decode(f"O={kernel.path}", str(log)).stdout == run_decode(
        f"O={kernel.path}", text=text).stdout


def test_decode_trace_knows_what_a_name_means(gcc_kernel: Build) -> None:
    """RIP and "at" are the CPU's place, anything else is behind a call."""
    memset = gcc_kernel.symbols["memset"]
    place = addr2line(gcc_kernel, memset)[1]
    for text in (f"RIP={memset:016x} CS=0008", f"  #0 at {memset:#x} memset+0x0", "by memset+0x1"):
        done = run_decode("--elf", str(gcc_kernel.elf), text=text + "\n")
        assert done.stdout.splitlines() == [text, f"        {place} in memset"]
    for text in ("0x1234", "0xffff800000000000", "nobody+0x4", "1+0x1"):
        assert run_decode("--elf", str(gcc_kernel.elf), text=text).stdout.splitlines() == [text]


def test_decode_trace_names_what_is_wrong(gcc_kernel: Build, reference: Build,
                                          tmp_path: Path) -> None:
    """Another image, no image, no tool: a sentence with the mend."""
    text = f"backtrace of build {'0' * 16}:\n  #0 {gcc_kernel.symbols['memset']:#x} memset+0x0\n"
    for other, words in ((gcc_kernel.elf, "is build "), (reference.elf, "has no build id")):
        done = run_decode("--elf", str(other), text=text)
        assert done.returncode == 1
        assert f"this is of build {'0' * 16}, but {other} {words}" in done.stdout
        assert " in memset" not in done.stdout
    done = run_decode("--elf", str(tmp_path / "none"))
    assert done.returncode == 1 and "none cannot be read" in done.stderr and "--elf" in done.stderr
    done = run_decode("--elf", str(gcc_kernel.elf), PATH=str(tmp_path))
    assert done.returncode == 1 and "addr2line is missing: 'make setup'" in done.stderr
    assert "make run | scripts/decode-trace" in run_decode("--help").stdout


def test_decode_trace_does_not_wait(gcc_kernel: Build) -> None:
    """A line that has not ended, as a prompt, goes on at once."""
    with subprocess.Popen([sys.executable, DECODE, "--elf", gcc_kernel.elf],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        process.stdin.write(b"> ")
        process.stdin.flush()
        assert process.stdout.read(2) == b"> "
        process.stdin.write(b"memset+0x1\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"memset+0x1\n"
        assert b" in memset" in process.stdout.readline()
        process.stdin.close()
