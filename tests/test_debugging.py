# SPDX-License-Identifier: MIT
"""`make debug`: gdb in front of a stopped kernel, and its commands for this kernel."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import socket
import subprocess
import sys
import termios
from pathlib import Path
from typing import Callable

import pytest
from exception_names import EXCEPTIONS, NAMES
from tessera.gdb import GdbRemote
from tessera.places import Places
from tessera.triple_fault import explain

from building import ROOT, Build, clean_environment, make
from configurations import PVH
from harness import Machines, poll
from test_boot_tests import BOOT_TESTS

# movl $1, 0x10: a null pointer that is written through.
WRITE_NULL = bytes.fromhex("c704251000000001000000")
STORY = (r"triple fault: page fault at shell_run \(shell/shell\.c:\d+\) writing to 0x10, which is "
         r"not mapped -> general protection on the way to its handler -> double fault -> general "
         r"protection on the way to its handler -> reset")

pytestmark = pytest.mark.xdist_group("debugging")


@pytest.fixture(scope="module")
def made() -> Build:
    """A kernel that starts in a fifth of a second."""
    import building
    return building.build("pvh", PVH)


def debug(made: Build, *commands: str, words: "tuple[str, ...]" = (), **environment: str) -> str:
    """What gdb says to these commands, at the kernel's first breakpoint."""
    arguments = " ".join(f"-ex '{command}'" for command in commands)
    return make("-s", f"O={made.path}", "WERROR=1", "BOOT=direct", *words, "debug",
                f"GDB_ARGS=-nx -batch {arguments}", check=False, timeout=90, **environment).stdout


def test_gdb_stands_at_kernel_main(made: Build) -> None:
    """Before anything has run, each command that needs more than that says so."""
    said = debug(made, "bt", "tessera idt", "tessera frames", "tessera heap",
                 words=("MACHINE=q35",))
    assert re.search(r"breakpoint 1, kernel_main \(\) at init/main\.c:\d+", said), said
    assert "#0  kernel_main () at init/main.c" in said
    assert "tessera idt: the table is empty: irq_init() has not run yet" in said
    for name in ("frames", "heap"):
        assert re.search(rf"tessera {name}: \w+_init\(\) has not run yet", said)


def test_a_person_at_a_terminal(made: Build) -> None:
    """Ctrl-C stops the kernel, and neither us nor make; `quit` leaves no QEMU behind."""
    own, terminal = pty.openpty()

    def take_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        ["make", "-s", f"O={made.path}", "WERROR=1", "BOOT=direct", "debug", "GDB_ARGS=-nx"],
        cwd=ROOT, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
        preexec_fn=take_terminal, env=clean_environment(TERM="dumb"))
    seen = ""
    try:
        for keys, words in ((b"", "(gdb) "), (b"continue\n", "Continuing."), (b"", ""),
                            (b"\x03", "SIGINT"), (b"tessera stack\n", "bytes in use"),
                            (b"quit\n", "detached]")):
            start = len(seen)
            os.write(own, keys)
            if not words:  # the shell's prompt: gdb takes Ctrl-C from here on
                log = made.path / "debug-serial.log"
                poll(lambda: log.read_text().endswith("\n> "), "the prompt", 60)
            while words not in seen[start:]:
                assert select.select([own], [], [], 60)[0], seen
                seen += os.read(own, 65536).decode("latin-1")
        assert process.wait(60) == 0
        stub = re.search(r"using (/\S+)/gdb.sock", seen)
        assert stub and not Path(stub[1]).exists()
    finally:
        process.kill()
        os.close(own)
        os.close(terminal)


def test_views(made: Build) -> None:
    """At the prompt: page tables, vectors, memory, stacks, each as it is. What is typed long
    before it waits for it."""
    said = debug(
        made, "tessera type help", "break shell_run", "continue", "tessera pagewalk kernel_main",
        "tessera pagewalk 0x444444440000", "tessera pagewalk 0", "tessera idt",
        "tessera areas", "tessera frames", "tessera heap", "break help_run", "continue", "bt",
        "tessera stack", "help tessera", "tessera type panic", "break panic", "continue",
        "tessera stack")
    for line in (
        r"physical 0x1\w+, in a page of 4 KiB: read, execute; kernel only",
        r"physical 0x\w+, in a page of 4 KiB: read, write; kernel only",
        r"PT +\[ *\d+\] 8\w{15}  present writable accessed dirty global no-execute",
        r"not mapped: the PML4 entry is not present",
        r" 8  trap_entries\+0x80  interrupt, selector 0x8, IST 1  \(double fault\)",
        r" 28  .*\(hypervisor injection\)", r" 32  .*\(IRQ 0: time_tick\)", r"48-255  trap_ignore",
        r"0x0000444444440000 - 0x0000444444480000    256 KiB  the heap", r"64 KiB  stack main",
        r"\d+ of \d+ frames are free", r"allocator list, arena from 0x444444440000",
        r"0 bytes used in 0 allocations", r"main: \d+ of 65536 bytes in use",
        r"Breakpoint 3, help_run", r"#2  .*shell_run \(\)",
        r"#3  .*kernel_main \(\) at init/main.c:\d+\nmain: ",
        r" 0x\w+ run_line, inlined in shell_run\+0x\w+ \(shell/shell\.c:\d+\)\n"
        r"  0x\w+: 0x\w+ kernel_main\+0x\w+ \(init/main\.c:\d+\)\n",
        r"tessera pagewalk -- ", r"Breakpoint 4, panic \(",
        r" 0x\w+ panic_run\+0x\w+ \(shell/commands/panic\.c:\d+\)\n",  # nothing follows that call
    ):
        assert re.search(line, said), f"no {line}:\n{said}"
    assert "\n> help\n" in (made.path / "debug-serial.log").read_text()


@pytest.mark.parametrize("kind, used", [
    ("", "2 of 16 bytes"), (" bump", "2 of 32 bytes"), (" tlsf", "2 of 16 bytes"),
    (" fast", "1 of 1024 bytes"),
])
def test_each_heap_is_walked(build: Callable[..., Build], kind: str, used: str) -> None:
    """Where the boot test frees its first block: two of 8 bytes are in use, in each heap's way."""
    name = f"heap_allocation{kind}"
    made = build(f"boot-test-{name.replace(' ', '-')}", BOOT_TESTS[name])
    said = make("-s", f"O={made.path}", "WERROR=1", "debug", "GDB_ARGS=-nx -batch -ex 'b kfree' "
                "-ex c -ex 'tessera heap' -ex 'tessera heap blocks'", timeout=90).stdout
    assert f"allocator {kind.strip() or 'list'}, arena from 0x444444440000" in said
    assert re.search(rf"blocks used, \d+ bytes:\n  {used}\n", said), said
    freed = re.search(r"kfree \(pointer=(0x\w+)\)", said)
    blocks = re.findall(r"  (0x\w+) +(\d+) bytes used\n", said)
    assert freed and len(blocks) == int(used[0])
    assert any(0 < int(freed[1], 16) - int(at, 16) < int(size) for at, size in blocks)


def test_what_cannot_be_shown_is_said(made: Build) -> None:
    """Slips end in one sentence each, never in a traceback."""
    said = debug(made, "tessera pagewalk 0x800000000000", "tessera pagewalk",
                 "tessera pagewalk nonsense", "tessera log", "tessera heap everything",
                 "tessera bogus")
    for words in ("tessera pagewalk: 0x800000000000 is not canonical",
                  "tessera pagewalk: whose?", 'No symbol "nonsense"', "LOG_RING would",
                  "tessera heap: it takes nothing, or blocks",
                  "tessera: there is no command bogus; 'help tessera' lists them"):
        assert words in said, said
    assert "Traceback" not in said
    alone = subprocess.run(
        ["gdb", "-nx", "-batch", "-ex", f"source {ROOT}/scripts/gdb/tessera.py",
         "-ex", "tessera frames", str(made.elf)],
        capture_output=True, text=True, check=False, env=clean_environment())
    assert "tessera frames: gdb has no machine; 'make debug' starts one" in alone.stderr
    quoted = make("-s", f"O={made.path}", "WERROR=1", "BOOT=direct", "debug",
                  "GDB_ARGS=-ex 'bt", check=False).stdout
    assert "tessera: GDB_ARGS=-ex 'bt: no closing quotation.\n" in quoted
    assert "Traceback" not in quoted


def test_a_port_for_other_front_ends(made: Build) -> None:
    """GDB_PORT= is QEMU's stub on TCP; what is no port is said."""
    assert "GDB_PORT=x: it is a number" in debug(made, words=("GDB_PORT=x",))
    with socket.socket() as taken:  # a number that is free
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    said = debug(made, "info inferiors", words=(f"GDB_PORT={port}",))
    assert f"127.0.0.1:{port}" in said and "kernel_main ()" in said


@pytest.mark.parametrize("tool", ["gdb", "qemu-system-x86_64"])
def test_a_missing_tool_is_named(made: Build, tmp_path: Path, tool: str,
                                 path_without: Callable[..., str]) -> None:
    """One line, with the mend."""
    said = debug(made, PATH=path_without(tool))
    assert f"{tool} is " in said and "make setup" in said


def break_for_good(gdb: GdbRemote, made: Build) -> None:
    """A page fault, with neither a handler for it nor for double faults."""
    for vector in (8, 14):
        gdb.write_memory(made.symbols["idt"] + vector * 16, bytes(16))
    gdb.write_memory(made.symbols["shell_run"], WRITE_NULL)
    gdb.write_register("rip", made.symbols["shell_run"])
    gdb.resume()


def test_a_triple_fault_is_told(machines: Machines, made: Build) -> None:
    """A machine whose kernel resets it says how that came about, also in an error."""
    machine = machines.boot(made, direct=True, gdb=True)
    assert machine.triple_fault() == []
    with machine.connect_gdb() as gdb:
        break_for_good(gdb, made)
        machine.exit_status()
    assert re.fullmatch(STORY, machine.triple_fault()[-1])
    with pytest.raises(Exception, match=STORY):
        machine.wait_text("never said")
    none = machines.boot(made, direct=True, trace=False)
    none.close()
    assert none.triple_fault() == []


def test_a_run_that_ends_in_a_triple_fault(made: Build, tmp_path: Path) -> None:
    """`make run` says so, keeps the trace, and fails; the trace can be decoded by hand."""
    log = made.path / "triple-fault.log"
    log.unlink(missing_ok=True)
    with subprocess.Popen(
            [sys.executable, str(ROOT / "scripts/run.py"), "--output", str(made.path), "--boot",
             "direct", "--", "-gdb", f"unix:{tmp_path}/gdb,server=on,wait=off"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=clean_environment()) as run:
        assert run.stdout and run.stderr
        seen = b""
        while not seen.endswith(b"\n> "):
            seen += run.stdout.read(1)
        with GdbRemote(tmp_path / "gdb") as gdb:
            break_for_good(gdb, made)
            assert run.wait(60) == 1
        said = run.stderr.read().decode()
    assert re.search(f"the kernel reset the machine by a {STORY}\\. {log} has it", said)
    text = log.read_text()
    assert re.match(STORY, text) and "CR2=0000000000000010" in text and "IDT=" in text
    done = subprocess.run([str(ROOT / "scripts/decode-qemu-log"), str(log), "--elf",
                           str(made.elf)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and re.fullmatch(STORY, done.stdout.strip())
    piped = subprocess.run([str(ROOT / "scripts/decode-qemu-log"), f"O={made.path}"], input=text,
                           capture_output=True, text=True, check=False)
    assert (piped.returncode, piped.stdout) == (0, done.stdout)


def test_exceptions_have_the_names_of_the_kernel() -> None:
    """The table of the scripts is that of the reports; "" and what is left out are reserved."""
    source = (ROOT / "arch/x86_64/kernel/trap_report.c").read_text(encoding="utf-8")
    table = re.search(r"\btrap_names\[VECTOR_EXCEPTIONS\] = \{\n(.*?)^\};", source, re.S | re.M)
    assert table
    names, vector = {}, 0
    for entry in table[1].splitlines():
        one = re.fullmatch(r'\t(?:\[(\d+)\] = )?"(.*)",', entry)
        assert one, entry
        vector = int(one[1] or vector)
        names[vector] = one[2]
        vector += 1
    assert {vector: name for vector, name in names.items() if name} == NAMES
    assert max(NAMES) < EXCEPTIONS


def test_stories(made: Build) -> None:
    """What a trace says in its words; what it does not say."""
    at = made.symbols["shell_run"]

    def block(vector: int, error: int, cr2: str = "") -> str:
        return (f"     1: v={vector:02x} e={error:04x} i=0 cpl=0 IP=0008:{at:016x} pc={at:016x} "
                f"SP=0010:ffffffff8012ef70 {cr2}\nRAX=0\n")

    raised = "check_exception old: {} new {}\n"
    first = raised.format("0xffffffff", "0xe")
    trace = (block(0x20, 0) + raised.format("0xffffffff", "0x6") + block(6, 0)
             + first + block(14, 0x11, "CR2=0000000000001000")
             + raised.format("0xe", "0xe") + block(8, 0) + raised.format("0x8", "0xd")
             + "Triple fault\nCPU Reset (CPU 0)\n")
    before, story = explain(trace, made.elf)
    assert before.startswith("invalid opcode at shell_run (shell/shell.c:")
    assert re.fullmatch(r"triple fault: page fault at shell_run \(.*\) fetching from 0x1000, which "
                        r"forbids it -> page fault on the way to its handler -> double fault -> "
                        r"general protection on the way to its handler -> reset", story)
    assert "because of entry 14 of the IDT" in explain(
        raised.format("0xffffffff", "0xd") + block(13, 0x72) + "Triple fault\n", made.elf)[0]
    assert explain("Triple fault\n", made.elf) == [
        "triple fault: its beginning is not in the trace -> reset"]
    assert explain(first + block(14, 0), made.elf) == []
    assert Places(made.elf).describe(at + 1).startswith("shell_run+0x1 (")
    assert Places(made.elf).describe(0x10) == "0x10"
    assert Places(Path("/nowhere")).describe(at) == f"{at:#x}"


@pytest.fixture
def path_without(tmp_path: Path) -> Callable[..., str]:
    """A PATH without one program."""

    def make_path(tool: str) -> str:
        for folder in os.environ["PATH"].split(os.pathsep):
            for program in Path(folder).glob("*"):
                link = tmp_path / program.name
                if program.name != tool and "gdb" not in program.name and not link.exists():
                    link.symlink_to(program)
        return str(tmp_path)

    return make_path
