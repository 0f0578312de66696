# SPDX-License-Identifier: MIT
"""The commands on memory, CPU, ports, PCI and power, against what QEMU says of its machine."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Iterator

import pytest
from tessera.qemu import Machine

from building import ROOT, Build
from harness import BOOT_TIMEOUT_S, Machines
from pagewalk import CACHE_DISABLE, WRITE_THROUGH, find, pages, register

COMMANDS = ("MEM", "FRAMES", "MAPS", "SLEEP", "REBOOT", "POWEROFF", "CPUID", "MSR", "PEEK", "POKE",
            "HEXDUMP", "IN", "OUT", "PCI", "SYMBOLS", "BENCH", "HEAP", "UPTIME", "PAGE")
FRAGMENT = "CONFIG_BOOT_PVH=y\nCONFIG_FB_BOCHS=y\nCONFIG_SYMBOLS=y\n" + "".join(
    f"CONFIG_SHELL_CMD_{name}=y\n" for name in COMMANDS)
# Behind two kinds of bridges there is a device each.
BRIDGES = ["-device", "pci-bridge,id=bridge,chassis_nr=1,bus=pcie.0,addr=4",
           "-device", "pci-testdev,bus=bridge,addr=3",
           "-device", "pcie-root-port,id=root,bus=pcie.0,addr=5",
           "-device", "qemu-xhci,bus=root"]
# A CPU that does not say that there is a hypervisor: its ports are not tried then.
BARE = ["-cpu", "qemu64,-hypervisor"]
HEAP = 0x444444440000
WIDTHS = {8: "b", 16: "h", 32: "w", 64: "g"}
# Names of features that QEMU has otherwise than Linux.
RENAMED = {"sse3": "pni", "cr8legacy": "cr8_legacy"}


@pytest.fixture(scope="module")
def kernel(build) -> Build:
    """The reference with all of these commands."""
    return build("commands", FRAGMENT)


@pytest.fixture(scope="module")
def machine(kernel: Build) -> Iterator[Machine]:
    """One machine for all tests that leave it running."""
    own = Machines()
    yield own.boot(kernel, direct=True, machine="q35", extra=["-cpu", "max", *BRIDGES])
    own.close()


def ask(machine: Machine, line: str) -> str:
    """The answer to a line, without the end of its last line."""
    return machine.run_command(line).rstrip("\n")


def examine(machine: Machine, line: str, words: int = 1) -> list[int]:
    """The numbers that the monitor shows: `x`, `xp` and `i` name the address first."""
    return [int(number, 16) for row in machine.hmp(line).splitlines()
            for number in re.findall(r"0x[0-9a-f]+", row.split("=" if "=" in row else ":")[1])]


# ---- Memory -------------------------------------------------------------------


def loader_map(machine: Machine, told: str) -> list[tuple[int, int, int]]:
    """The memory map in the start info, where `maps` says that this lies."""
    at = int(re.findall(r"^(\w+)-\w+ .*the loader's information$", told, re.MULTILINE)[0], 16)
    words = examine(machine, f"xp /14wx {at:#x}")
    table, count = words[10], words[12]
    numbers = examine(machine, f"xp /{3 * count}gx {table:#x}")
    return [(numbers[i], numbers[i] + numbers[i + 1], numbers[i + 2] & 0xFFFFFFFF)
            for i in range(0, 3 * count, 3)]


def test_maps_are_the_tables(kernel: Build, machine: Machine, tmp_path: Path) -> None:
    """Each page that is mapped, as read from outside, is in a range with its rights, and nothing
    else is; names are those of the areas; the loader's map is that of the start info."""
    told = ask(machine, "maps")
    rows = re.findall(r"^(\w{16})-(\w{16}) r([w-])([x-]) +(\d+) KiB (.*)$", told, re.MULTILINE)
    mapped, total = pages(machine, tmp_path), 0
    for start, end, write, execute, kib, name in rows:
        first, last = int(start, 16), int(end, 16) - 1
        assert last + 1 - first == int(kib) << 10
        total += last + 1 - first
        cache = {WRITE_THROUGH: "write-combining",
                 WRITE_THROUGH | CACHE_DISABLE: "uncached"}
        for page in (found for found in mapped
                     if found.virtual <= last and first < found.virtual + found.size):
            assert (page.writable, page.executable) == (write == "w", execute == "x")
            kind = cache.get(page.entry & (WRITE_THROUGH | CACHE_DISABLE), "")
            assert name.endswith(kind) if kind else "," not in name
        assert find(mapped, first) and find(mapped, last)
    assert total == sum(page.size for page in mapped)
    owners = {name.split(",")[0]: int(start, 16) for start, _end, _w, _x, _kib, name in rows}
    assert owners["the kernel's text"] == kernel.symbols["text_start"]
    assert owners["the kernel's constants"] == kernel.symbols["rodata_start"]
    assert owners["the heap"] == HEAP
    assert owners["stack main"] == kernel.symbols["kernel_stacks"] + 4096
    assert {"stack double-fault", "the direct map", "the framebuffer"} <= set(owners)
    kinds = {1: "usable", 2: "reserved"}
    for start, end, kind in loader_map(machine, told):
        row = f"{start:016x}-{min(end, 1 << 40):016x}     {(end - start) // 1024:10} KiB "
        assert row + kinds[kind] in told


def test_memory_adds_up(machine: Machine) -> None:
    """`mem` and `frames` tell one story, and that is of a machine with 128 MiB."""
    rows = dict(re.findall(r"^ *(.*?) +(\d+) KiB$", ask(machine, "mem"), re.MULTILINE))
    kib = {name: int(number) for name, number in rows.items()}
    told = ask(machine, "maps")
    usable = [end - start for start, end, kind in loader_map(machine, told) if kind == 1]
    assert kib["RAM that may be used"] == sum(usable) // 1024 > 126 << 10
    assert kib["kept back"] + kib["in frames"] == kib["RAM that may be used"]
    assert kib["free"] + kib["in use"] == kib["in frames"]
    assert kib["of them the heap"] == 256 and kib["of them the kernel's image"] > 100
    frames = ask(machine, "frames")
    total, free = map(int, re.findall(r"^(\d+) frames of 4 KiB, (\d+) of them free", frames)[0])
    assert (total * 4, free * 4) == (kib["in frames"], kib["free"])
    blocks = re.findall(r"^ +(\d+) +(\d+) +(\d+) +(\d+)$", frames, re.MULTILINE)
    assert sum(int(row[3]) for row in blocks) == kib["free"]
    for order, size, count, all_kib in (map(int, row) for row in blocks):
        assert size == 4 << order and all_kib == size * count


def test_peek_and_poke(kernel: Build, machine: Machine) -> None:
    """Every width, read and written, is what the monitor sees; also of a device's memory."""
    text, screen = kernel.symbols["text_start"] + 3, 0
    found = re.search(r"^(\w+)-\w+ .*the framebuffer", ask(machine, "maps"), re.MULTILINE)
    assert found
    screen = int(found.group(1), 16)
    for bits, letter in WIDTHS.items():
        value = 0x8796A5B4C3D2E1F0 >> (64 - bits)
        for at in (HEAP + 0x3F003, screen + 4096) if bits == 32 else (HEAP + 0x3F003,):
            ask(machine, f"poke {at:x} 0xffffffffffffffff 64")
            assert ask(machine, f"poke 0x{at:x} 0x{value:x} {bits}") == ""
            assert examine(machine, f"x /1{letter}x {at:#x}") == [value]
            assert examine(machine, f"x /1bx {at + bits // 8:#x}") == [0xFF] or bits == 64
            assert ask(machine, f"peek {at:x} {bits}") == f"0x{at:x}: 0x{value:0{bits // 4}x}"
        (seen,) = examine(machine, f"x /1{letter}x {text:#x}")
        assert ask(machine, f"peek {text:x} {bits}") == f"0x{text:x}: 0x{seen:0{bits // 4}x}"
    assert ask(machine, f"peek {text:x}") == ask(machine, f"peek {text:x} 32")


def test_hexdump(kernel: Build, machine: Machine) -> None:
    """What is there, line by line; and how it ends where the memory does."""
    def lines(at: int, size: int) -> list[str]:
        content = bytes(examine(machine, f"x /{size}bx {at:#x}"))
        return [f"{at + start:016x}: "
                + f"{content[start:start + 16].hex(' ', -2):39}"
                + "  " + "".join(chr(byte) if 32 <= byte < 127 else "."
                                 for byte in content[start:start + 16])
                for start in range(0, size, 16)]

    constants = kernel.symbols["rodata_start"]
    assert ask(machine, f"hexdump {constants:x}").splitlines() == lines(constants, 128)
    for size in (1, 15, 16, 33):
        shown = ask(machine, f"hexdump {constants + 5:x} {size}").splitlines()
        assert [row.rstrip() for row in shown] == [
            row.rstrip() for row in lines(constants + 5, size)]
    end = HEAP + (256 << 10)
    shown = ask(machine, f"hexdump {end - 24:x} 0x100").splitlines()
    assert shown[:2] == lines(end - 24, 24) and shown[2:] == [
        f"Invalid address: 0x{end:x}: nothing is mapped there "
        "(1 byte past the end of the heap)"]


# ---- CPU, ports, devices ----------------------------------------------------------


def test_ports(machine: Machine) -> None:
    """A register that keeps what is written, and one of 32 bits: PCI's."""
    for value in (0x5A, 165):
        assert ask(machine, f"out 3ff {value}") == ""
        assert examine(machine, "i /1xb 0x3ff") == [value]
        assert ask(machine, "in 0x3ff") == f"0x3ff: 0x{value:02x}"
    assert ask(machine, "out cf8 0x80000000 32") == ""
    assert ask(machine, "in cfc 32") == "0xcfc: 0x29c08086"
    assert ask(machine, "in cfe 16") == "0xcfe: 0x29c0"
    assert ask(machine, "in cfd") == "0xcfd: 0x80"


def test_pci(machine: Machine) -> None:
    """All that QEMU has, behind bridges as well, and nothing else."""
    wanted: list[str] = []

    def collect(devices: list[dict]) -> None:
        for device in devices:
            numbers, code = device["id"], device["class_info"]["class"]
            wanted.append("{:02x}:{:02x}.{:x} {:04x}:{:04x} {:04x}".format(
                device["bus"], device["slot"], device["function"], numbers["vendor"],
                numbers["device"], code))
            if "pci_bridge" in device:
                wanted[-1] += f" PCI bridge to bus {device['pci_bridge']['bus']['secondary']:02x}"
                collect(device["pci_bridge"]["devices"])

    for bus in machine.qmp("query-pci"):
        collect(bus["devices"])
    told = ask(machine, "pci").splitlines()
    assert len(wanted) >= 8 and max(map(len, told)) <= 80
    assert [row[:len(device)] for row, device in zip(told, sorted(wanted))] == sorted(wanted)
    assert len(told) == len(wanted)
    assert any(row.endswith(" 0c03 USB controller") for row in told)


def test_cpuid(machine: Machine) -> None:
    """Leaves are those that QEMU gives its CPU, and features have its names, or Linux's."""
    told_all = ask(machine, "cpuid")
    ends = [int(end, 16) for end in re.findall(r"0x\w+ to 0x(\w+)", told_all)]
    (cpu,) = machine.qmp("query-cpus-fast")
    for word in machine.qmp("qom-get", path=cpu["qom-path"], property="feature-words"):
        leaf = word["cpuid-input-eax"]
        if leaf > ends[leaf >> 31]:
            continue
        line = f"cpuid {leaf:x} {word.get('cpuid-input-ecx', 0):x}"
        told = dict(re.findall(r"(E.X)=(\w{8})", ask(machine, line)))
        assert int(told[word["cpuid-register"]], 16) == word["features"], line
    assert max(map(len, told_all.splitlines())) <= 78
    assert "Vendor: AuthenticAMD\nBrand: QEMU TCG CPU version 2.5+\n" in told_all
    named = set(told_all.partition("Features:")[2].split())
    props = machine.qmp("query-cpu-model-expansion", type="full", model={"name": "max"})
    there = {RENAMED.get(name, name) for name in (
        re.sub(r"[-.]", "_", name)
        for name, value in props["model"]["props"].items() if value is True)}
    there.remove("apic")  # which the kernel turns off, and the CPU then hides
    known = set(re.findall(r'"(\w+)"', (ROOT / "shell/commands/cpuid_text.c").read_text()))
    assert there & known == named and len(named) > 40


def test_msr(kernel: Build, machine: Machine) -> None:
    """Registers, and what the CPU refuses: a sentence, after which all goes on."""
    assert ask(machine, "msr c0000080") == f"0xc0000080: 0x{register(machine, 'EFER'):016x}"
    assert ask(machine, "msr 0xc0000102 0x1234567890") == ""
    assert ask(machine, "msr c0000102") == "0xc0000102: 0x0000001234567890"
    assert ask(machine, "msr c0000102 7") == ""
    assert ask(machine, "msr c0000102") == "0xc0000102: 0x0000000000000007"
    refused = "The CPU takes no 0x100000000 for register 0x6e1."
    assert [ask(machine, "msr 6e1 0x100000000") for _time in range(3)] == [refused] * 3
    assert ask(machine, "echo on") == "on"


def test_symbols(kernel: Build, machine: Machine) -> None:
    """Functions by name and by address, as the linker has placed them."""
    for part in ("kmalloc", "frame_pool_"):
        told = dict(row.split()[::-1] for row in ask(machine, f"symbols {part}").splitlines())
        assert part == "frame_pool_" or part in told
        assert all(part in name for name in told)
        assert {name: int(at, 16) for name, at in told.items() if name in kernel.symbols} == {
            name: kernel.symbols[name] for name in told if name in kernel.symbols}
    at = kernel.symbols["kmalloc"]
    for text in (f"0x{at + 9:x}", f"{at + 9:x}"):
        assert ask(machine, f"symbols {text}") == f"0x{at + 9:016x} kmalloc+0x9"
    assert len(ask(machine, "symbols").splitlines()) > 300
    assert " area_add" in ask(machine, "symbols add")


def test_sleep_and_bench(machine: Machine) -> None:
    """A sleep takes as long as it should by the kernel's clock and by ours; work has its price."""
    def uptime() -> float:
        found = re.search(r":(\d\d):(\d\d\.\d+)$", ask(machine, "uptime"))
        assert found
        return 60 * int(found.group(1)) + float(found.group(2))

    begin, before = time.monotonic(), uptime()
    assert ask(machine, "sleep 300ms") == ""
    assert uptime() - before >= 0.3 and time.monotonic() - begin >= 0.3
    assert ask(machine, "sleep 0") == ""
    answer = ask(machine, "bench")
    assert " 0.00 " not in answer
    told = re.findall(r"^(\w+) +\d+\.\d\d cycles per (\w+)$", answer, re.MULTILINE)
    assert told == [("draw", "pixel"), ("kmalloc", "block"), ("memcpy", "byte"),
                    ("memset", "byte")]
    assert ask(machine, "bench memcpy").startswith("memcpy ")
    assert ask(machine, "heap").startswith("0 bytes in 0 allocations")


USAGES = {
    "mem": "", "frames": "", "maps": "", "reboot": "", "poweroff": "", "pci": "",
    "sleep": " <seconds>|<n>ms", "cpuid": " [<hex> [<hex>]]", "msr": " <hex> [value]",
    "peek": " <hex> [8|16|32|64]", "poke": " <hex> <value> [8|16|32|64]",
    "hexdump": " <hex> [bytes]", "in": " <hex> [8|16|32]", "out": " <hex> <value> [8|16|32]",
    "symbols": " [part|<hex>]", "bench": " [name]",
}
WRONG = [
    ("peek zz", "Invalid address: zz"),
    ("peek 0x10000000000000000", "Invalid address: 0x10000000000000000: more than "
     "0xffffffffffffffff"),
    ("peek 18", "Invalid address: 0x18: nothing is mapped there (null pointer, at offset 0x18)"),
    ("poke 0 1", "Invalid address: 0x0: nothing is mapped there (null pointer, at offset 0x0)"),
    ("hexdump 7", "Invalid address: 0x7: nothing is mapped there (null pointer, at offset 0x7)"),
    ("peek 800000000000", "Invalid address: 0x800000000000: not canonical (bits 63 to 47 must be "
     "alike)"),
    # Of eight bytes the last lies behind the heap.
    ("peek 44444447fff9 64", "Invalid address: 0x444444480000: nothing is mapped there (1 byte "
     "past the end of the heap)"),
    ("peek ffffffffffffffff 64", "Invalid address: 0xffffffffffffffff: nothing is mapped there"),
    ("peek 444444440000 12", "Invalid width: 12: it is 8, 16, 32 or 64 bits"),
    ("poke 444444440000 256 8", "Invalid value: 256: more than 255"),
    ("poke 444444440000 ff", "Invalid value: ff"),
    ("hexdump 444444440000 -1", "Invalid length: -1"),
    ("hexdump fffffffffffffff0 16", "Invalid length: 16: more than 15"),
    ("in 10000", "Invalid port: 10000: more than 0xffff"),
    ("in ffff 16", "Invalid port: ffff: more than 0xfffe"),
    ("in 60 64", "Invalid width: 64: it is 8, 16 or 32 bits"),
    ("out 80 0x100", "Invalid value: 0x100: more than 255"),
    ("out zz 1", "Invalid port: zz"),
    ("msr 100000000", "Invalid register: 100000000: more than 0xffffffff"),
    ("msr 10 x", "Invalid value: x"),
    ("cpuid x", "Invalid leaf: x"),
    ("cpuid 7 x", "Invalid subleaf: x"),
    ("sleep soon", "Invalid time: soon"),
    ("sleep 1.5", "Invalid time: 1.5"),
    ("sleep 86401", "Invalid time: 86401: more than 86400"),
    ("symbols nowhere", "No function has 'nowhere' in its name."),
    ("symbols 0x18", "No function is at 0x18."),
    ("bench nothing", "There is no benchmark nothing; bench runs all."),
]


def test_errors(kernel: Build, machine: Machine) -> None:
    """What is wrong is named, and nothing happens."""
    wrong = [(line, answer, said) for line, answer in WRONG
             if (said := ask(machine, line)) != answer]
    for name, usage in USAGES.items():
        said = ask(machine, f"{name} 1 2 3 4 5")
        if said != f"Usage: {name}{usage}":
            wrong.append((name, usage, said))
    assert not wrong
    text = kernel.symbols["text_start"]
    assert ask(machine, f"poke {text:x} 0 8") == (
        f"Invalid address: 0x{text:x}: its page is read-only")
    assert max(map(len, ask(machine, "help").splitlines())) <= 80


# ---- The end of the machine ----------------------------------------------------


@pytest.mark.parametrize("options", [
    {"direct": True, "machine": "pc"},
    {"direct": True, "machine": "q35"},
    {"machine": "pc"},
    {"machine": "q35", "firmware": "uefi"},
], ids=["pvh-pc", "pvh-q35", "bios-pc", "uefi-q35"])
def test_poweroff(kernel: Build, machines: Machines, options: dict) -> None:
    """By the firmware's tables alone, wherever these lie and whoever tells of them."""
    machine = machines.boot(kernel, extra=BARE, **options)
    start = len(machine.serial_text)
    machine.type_text("poweroff\n")
    assert machine.exit_status(BOOT_TIMEOUT_S) == 0 and machine.guest_power_off
    assert machine.serial_text[start:] == "poweroff\nSwitching the machine off.\n"


def test_no_poweroff_without_tables(kernel: Build, machines: Machines) -> None:
    """A machine that has no tables stays on, and works on. Then it is started anew."""
    machine = machines.boot(kernel, direct=True, machine="pc,acpi=off", extra=BARE)
    assert ask(machine, "poweroff") == (
        "Switching the machine off.\nThe machine stays on: there are no ACPI tables.")
    assert ask(machine, "echo on") == "on"
    machine.type_text("reboot\n")
    assert machine.exit_status(BOOT_TIMEOUT_S) == 0 and machine.guest_reset
    assert machine.serial_text.endswith("> reboot\nRebooting.\n")
