# SPDX-License-Identifier: MIT
"""Checks in the kernel (menu Checks), as debug_defconfig has them: all suites pass, and mistakes
made on purpose (tests/slips/) are told, with the line of the source that makes them.
"""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path
from typing import Callable

import pytest
from tessera.elf import STT_FUNC, Elf
from tessera.qemu import Machine

import building
from building import ROOT, Build, make
from harness import Machines, memory_word

SLIPS = ROOT / "tests/slips"
FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_KTEST=y
CONFIG_SHELL_CMD_TEST=y
"""
ENDBR64 = b"\xf3\x0f\x1e\xfa"
LEFT_BYTES = 512  # what the slip "depth" leaves of the stack
LONG_S = 300.0  # for all suites, on a host that has much else to do

# What each mistake is called; a heap's address is H, one in the image I.
TOLD = {
    "heap": r"KASAN: out of bounds of the heap's allocations: write of 1 byte at H in "
            r"slip_heap\S+; 1 byte behind H \(20 bytes, allocated by slip_heap\S+\)",
    "freed": r"KASAN: use after free: read of 1 byte at H in slip_freed\S+; "
             r"byte 0 of H \(20 bytes, allocated by slip_freed\S+, freed by slip_freed\S+\)",
    "global": r"KASAN: out of bounds of a global object: write of 1 byte at I in slip_global\S+; "
              r"1 byte behind table \(20 bytes\) of \S*slip.c",
    "stack": r"KASAN: out of bounds of a variable on the stack: write of 1 byte at I in "
             r"slip_stack\S+; 1 byte behind bytes\S* \(20 bytes\)",
    "copy": r"KASAN: out of bounds of a global object: read of 21 bytes at I in slip_copy\S+; "
            r"1 byte behind table \(20 bytes\) of \S*slip.c",
    "overflow": r"UBSAN: signed integer overflow at \S*slip.c:L:\d+: 2147483647 \+ 1 does not "
                r"fit in int",
    "misaligned": r"UBSAN: misaligned access at \S*slip.c:L:\d+: read of .*int at I, no multiple "
                  r"of 4",
    "index": r"UBSAN: index out of bounds at \S*slip.c:L:\d+: 20 is no index of uint8_t ?\[20\]",
    "canary": r"stack protector: an array on the stack was overrun, up to the canary, in "
              r"slip_canary\S+",
}

pytestmark = pytest.mark.xdist_group("checks")


@pytest.fixture(scope="module")
def kernel() -> Build:
    """debug_defconfig with its suites and the command slip."""
    return building.build("checks", FRAGMENT, base="debug_defconfig", goal="build",
                          external=str(SLIPS))


def boot(machines: Machines, kernel: Build, **options: object) -> Machine:
    """At the prompt."""
    return machines.boot(kernel, direct=True, **options)


def test_the_canary_differs_from_boot_to_boot(kernel: Build, machines: Machines) -> None:
    """A random word whose lowest byte is 0, with the CPU's generator and without."""
    seen = []
    for cpu in ("qemu64", "qemu64", "max"):
        machine = boot(machines, kernel, extra=["-cpu", cpu])
        seen.append(memory_word(machine, kernel.symbols["__stack_chk_guard"]))
        machine.close()
    assert len(set(seen)) == 3 and 0 not in seen
    assert not any(canary & 0xFF for canary in seen)


def test_all_suites_pass(kernel: Build, machines: Machines) -> None:
    """With every check on, none finds anything but what the suites provoke."""
    said = boot(machines, kernel).run_command("test", LONG_S)
    assert not re.findall(r"^ *not ok .*", said, re.MULTILINE)
    totals = re.search(r"^# Totals: pass:(\d+) fail:0 xfail:0 skip:\d+$", said, re.MULTILINE)
    assert totals and int(totals.group(1)) > 300
    for name in ("stack_protector", "ubsan", "kasan", "heap_kasan", "context", "stack_watermark"):
        assert re.search(rf"^ *ok \d+ {name}$", said, re.MULTILINE), name


def line_of(name: str) -> int:
    """The line that makes the mistake."""
    lines = (SLIPS / "slip.c").read_text().splitlines()
    return next(number for number, text in enumerate(lines, 1) if f"/* slip: {name} */" in text)


def line_at(kernel: Build, address: int) -> str:
    """The file's name and the line of code, by the image's debugging information."""
    done = subprocess.run(["addr2line", "-e", str(kernel.elf), f"{address:#x}"], check=True,
                          stdout=subprocess.PIPE, text=True)
    return Path(done.stdout.split()[0]).name


@pytest.mark.parametrize("name", TOLD)
def test_a_mistake_is_told_with_its_line(kernel: Build, machines: Machines, name: str) -> None:
    """A panic says what was done wrong; it, or its backtrace, leads to the line."""
    machine = boot(machines, kernel)
    machine.type_text(f"slip {name}\n")
    told = machine.wait_text(re.compile(r"KERNEL PANIC: (.*)\n"), 30)
    machine.wait_text("CPU halted.", 30)
    line = line_of(name)
    words = re.sub(r"\bL\b", str(line), re.sub(r"\b[HI]\b", lambda at: {
        "H": "0x4444444[0-9a-f]{5}", "I": "0xffffffff8[0-9a-f]{7}"}[at[0]], TOLD[name]))
    assert re.fullmatch(words, told[1]), f"{told[1]!r} is not {words!r}"
    frame = re.search(rf"#\d+ 0x([0-9a-f]+) slip_{name}\+", machine.serial_text)
    assert frame, machine.serial_text
    assert line_at(kernel, int(frame[1], 16) - 1) == f"slip.c:{line}"


def test_indirect_branches_arrive_at_endbr64(kernel: Build) -> None:
    """The entries of all vectors, and every function of which the image holds the address."""
    elf = Elf(kernel.elf)
    text = next(section for section in elf.sections if section.name == ".text")
    code = elf.contents(text)
    functions = {one.address for one in elf.symbols() if one.type == STT_FUNC}
    wanted = {kernel.symbols["trap_entries"] + 16 * vector for vector in range(48)}
    wanted.add(kernel.symbols["trap_ignore"])
    for section in elf.sections:
        if section.name in (".rodata", ".data"):
            data = elf.contents(section)
            wanted.update(functions.intersection(
                struct.unpack(f"<{len(data) // 8}Q", data[:len(data) // 8 * 8])))
    assert len(wanted) > 300
    assert not [hex(address) for address in sorted(wanted)
                if not code.startswith(ENDBR64, address - text.address)]


def test_the_depth_of_stacks(kernel: Build, machines: Machines) -> None:
    """`stacks` tells what was used; a stack that is nearly used up is told of once."""
    machine = boot(machines, kernel)
    rows = [row.split() for row in machine.run_command("stacks").splitlines()]
    assert rows[0] == ["stack", "bytes", "used", "left"]
    main = next(row for row in rows if row[0] == "main")
    size, used, left = map(int, main[1:])
    assert size == int(kernel.config["KERNEL_STACK_KIB"]) * 1024 and used + left == size
    assert 1000 < used < size // 2
    assert "stack: main has used" not in machine.serial_text
    machine.run_command("slip depth")
    warning = re.compile(r"warning: stack: main has used (\d+) of its (\d+) bytes\n")
    told = machine.wait_text(warning)
    assert int(told[2]) == size and 0 < size - int(told[1]) <= LEFT_BYTES
    machine.run_command("echo idle again")
    rows = [row.split() for row in machine.run_command("stacks").splitlines()]
    assert next(row for row in rows if row[0] == "main")[2] == told[1]
    assert machine.serial_text.count("stack: main has used") == 1


def test_a_function_has_a_budget(build: Callable[..., Build], tmp_path: Path) -> None:
    """One that takes more of the stack fails the build, by name, with what helps."""
    folder = tmp_path / "deep"
    folder.mkdir()
    (folder / "Kconfig").write_text("# SPDX-License-Identifier: MIT\n")
    (folder / "Makefile").write_text("obj-y += deep.o\n")
    (folder / "deep.c").write_text(
        "int deep(int n);\nint deep(int n)\n{\n\tvolatile char b[5000];\n\n"
        "\tb[n] = 1;\n\treturn b[0];\n}\n")
    fragment = tmp_path / "a.config"
    fragment.write_text("CONFIG_STACK_USAGE=y\nCONFIG_STACK_USAGE_BYTES=4096\n")
    words = [f"O={tmp_path / 'out'}", f"EXTERNAL={folder}"]
    make(*words, "defconfig", f"FRAGMENTS={fragment}")
    deep = str(tmp_path / "out/external/deep/deep.o")
    said = make(*words, deep, check=False).stdout
    assert re.search(r"deep\.c:\d+: the function deep takes 5\d\d\d bytes of stack, more than the "
                     r"4096 of STACK_USAGE_BYTES: .*raise STACK_USAGE_BYTES", said), said
    fragment.write_text("CONFIG_STACK_USAGE_BYTES=8192\n")
    make(*words, "olddefconfig", f"FRAGMENTS={fragment}")
    make(*words, deep)
