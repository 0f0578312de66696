# SPDX-License-Identifier: MIT
"""The image without a boot loader (BOOT_PVH), with a screen that the kernel sets up (FB_BOCHS)."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Callable, Iterable

import pytest
from tessera.qemu import Machine
from tessera.qemu_arguments import MICROVM
from tessera.screen import Screen

import promises
from building import Build
from configurations import ONLY_PVH, PVH
from debugger import RDTSC_TO_RAX, SPIN, Debugger, assemble, debugger
from harness import (ICOUNT, VGA_VIDEO_MEMORY, Machines, expect_screen, log_line, memory_word,
                     need_card, poll, wait_dead, wait_idle, wait_on_screen)
from loader import TAG_FRAMEBUFFER, LoaderInformation, Range, StartInformation
from pagewalk import pages
from test_boot import BOOT_ORDER, assert_usable
from test_configurations import check_16_bit_colors, check_24_bit_colors
from test_frames import KERNEL_BASE, frames_of_tables, kernel_image
from test_memory import guard_pages

XEN_ELFNOTE_PHYS32_ENTRY = 18

DISPI_INDEX, DISPI_DATA, DISPI_ID = 0x1CE, 0x1CF, 0
PCI_ADDRESS, PCI_DATA, PCI_COMMAND, PCI_BAR0 = 0xCF8, 0xCFC, 0x04, 0x10
VGA_AT_2 = 0x80001000  # the configuration of 00:02.0, which is the display on a pc

MIB, GIB = 1 << 20, 1 << 30


@pytest.fixture
def pvh(build) -> Build:
    """The reference kernel, which starts without GRUB as well."""
    return build("pvh", PVH)


# ---- The file, and where it starts ------------------------------------------


def test_the_note_names_the_entry(pvh: Build, reference: Build) -> None:
    """One note in a segment of its own; the reference has neither note nor entry."""
    def notes(kernel: Build) -> str:
        return subprocess.run(["readelf", "-lnW", str(kernel.elf)], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    said = notes(pvh)
    assert len(re.findall(r"^  NOTE ", said, re.MULTILINE)) == 1
    (found,) = re.findall(r"Xen\s+0x00000008.*\(0x0*(\w+)\)\s+description data: ([\w ]+)", said)
    assert int(found[0], 16) == XEN_ELFNOTE_PHYS32_ENTRY
    entry = int.from_bytes(bytes.fromhex(found[1]), "little")
    assert entry == pvh.symbols["pvh_start"] < 1 << 32
    assert "NOTE" not in notes(reference) and "pvh_start" not in reference.symbols


@pytest.mark.parametrize("kind", ["pc", "q35", MICROVM])
def test_boots_in_order(pvh: Build, machines: Machines, kind: str) -> None:
    """Each machine reaches its prompt, each step said in its order, exactly once."""
    machine = machines.boot(pvh, direct=True, machine=kind)
    at = 0
    for words in BOOT_ORDER:
        found = machine.serial_text.find(words, at)
        assert found >= 0, f"{words!r} does not come after its predecessor:\n{machine.serial_text}"
        at = found + len(words)
    assert machine.serial_text.count("boot: entered") == 1
    assert re.search(r"^boot: PVH, [1-9]\d* memory ranges, 0 modules$", machine.serial_text,
                     re.MULTILINE)
    assert "parts of the PVH start info" not in machine.serial_text
    ticks = pvh.symbols["ticks"]
    before = memory_word(machine, ticks)
    poll(lambda: memory_word(machine, ticks) > before + 3, "the timer ticks")
    if kind == MICROVM:
        assert "i8042: no controller" in machine.serial_text
        poll(lambda: promises.is_in_kernel(machine), "the kernel sleeps at its prompt")
        assert machine.running and not machine.guest_reset
    else:
        assert_usable(machine, pvh)


@pytest.mark.parametrize("firmware", ["bios", "uefi"])
def test_grub_starts_it_as_well(pvh: Build, machines: Machines, firmware: str) -> None:
    """The ISO of the same file; GRUB's framebuffer is taken, and the display left alone."""
    machine = machines.boot(pvh, firmware=firmware)
    assert "boot: GRUB " in machine.serial_text
    assert "bochs_display" not in machine.serial_text
    assert log_line(machine, "framebuffer").startswith("1280x720, 32 bit")
    assert_usable(machine, pvh)


def test_without_multiboot2(build, machines: Machines, tmp_path: Path) -> None:
    """Nothing of Multiboot2 is left, GRUB knows the file no more, and every promise is kept."""
    kernel = build("pvh-only", ONLY_PVH, goal="build")
    assert subprocess.run(["grub-file", "--is-x86-multiboot2", str(kernel.elf)]).returncode == 1
    promises.check(machines, kernel, tmp_path)


@pytest.mark.parametrize("kind, memory", [
    (kind, memory) for kind in ("pc", "q35", MICROVM) for memory in ("32M", "129M", "3G", "8G")
])
def test_memory_sizes(pvh: Build, machines: Machines, kind: str, memory: str) -> None:
    """From 32 MiB to 8 GiB; the kernel finds nearly all of it, and not a frame too many."""
    machine = machines.boot(pvh, direct=True, machine=kind, memory=memory)
    free = int(log_line(machine, "frames").split()[0]) * 4096
    size = int(memory[:-1]) * {"M": MIB, "G": GIB}[memory[-1]]
    assert size - 3 * MIB < free < size
    assert not machine.guest_reset


@pytest.mark.parametrize("cpu", ["qemu64", "Nehalem", "Haswell", "EPYC", "max"])
def test_processors(pvh: Build, machines: Machines, cpu: str) -> None:
    """From the least that QEMU calls 64 bit to all that it has."""
    machine = machines.boot(pvh, direct=True, extra=["-cpu", cpu])
    large = {"qemu64": "2 MiB", "max": "1 GiB"}.get(cpu, "")
    assert log_line(machine, "paging").endswith(large)
    assert_usable(machine, pvh)


@pytest.mark.parametrize("cpu, words", [
    ("pentium3", "no long mode"), ("qemu64,-nx", "cannot forbid execution"),
])
def test_processors_that_cannot(pvh: Build, machines: Machines, cpu: str, words: str) -> None:
    """The same last words as by GRUB."""
    machine = machines.start(pvh, direct=True, extra=["-cpu", cpu])
    machine.wait_text(re.compile(rf"^.*{words}.*CPU halted\.\n", re.MULTILINE))
    wait_dead(machine)
    assert not machine.guest_reset


BOOT_INSTRUCTIONS_MAX = 40_000_000  # twice what it takes


def test_boot_is_short(pvh: Build, machines: Machines) -> None:
    """In instructions, firmware included, from the machine's reset to the shell's first one."""
    machine = machines.start(pvh, direct=True, gdb=True, paused=True, extra=ICOUNT)
    with debugger(machine, pvh) as guest:
        guest.run_to("shell_run")
        code = assemble(RDTSC_TO_RAX) + SPIN
        guest.gdb.write_memory(guest.scratch, code)
        guest.gdb.write_register("rip", guest.scratch)
        guest.run_to(guest.scratch + len(code) - len(SPIN))
        instructions = guest.gdb.read_register("rax")
    assert instructions < BOOT_INSTRUCTIONS_MAX


# ---- What the loader told ---------------------------------------------------


def falsified(
    machines: Machines, kernel: Build, change: Callable[[StartInformation, Debugger], None],
    **options,
) -> Machine:
    """A machine that goes on from the kernel's first instruction, the start info changed."""
    machine = machines.start(kernel, direct=True, gdb=True, paused=True, **options)
    with debugger(machine, kernel) as guest:
        guest.run_to("pvh_start")
        change(StartInformation(guest.gdb), guest)
        guest.gdb.resume()
    return machine


def field(name: str, value: int) -> "Callable[[StartInformation, Debugger], None]":
    """Sets a field of the start info."""
    def change(start: StartInformation, _guest: Debugger) -> None:
        start[name] = value
    return change


def start_at(address: int) -> "Callable[[StartInformation, Debugger], None]":
    """Says that the start info lies elsewhere."""
    def change(_start: StartInformation, guest: Debugger) -> None:
        guest.gdb.write_register("rbx", address)
    return change


@pytest.mark.parametrize("change, sentence", [
    (field("magic", 0x336EC579), "no PVH start info"),
    (start_at(0xFFFFFFF0), "no PVH start info"),
    (start_at(0x200000), "no PVH start info"),
    (field("version", 0), "no memory map"),
    (field("map_count", 0), "no memory map"),
    (field("map_count", 0xFFFFFFFF), "no memory map"),
    (field("map", 0xFFFFFFF8), "no memory map"),
    (field("map", 1 << 63), "no memory map"),
], ids=["magic", "at the end", "elsewhere", "version", "empty", "endless", "cut", "outside"])
def test_nothing_to_stand_on(
    pvh: Build, machines: Machines, change: Callable, sentence: str
) -> None:
    """Without start info or memory map: a sentence that names the ways to start it."""
    machine = falsified(machines, pvh, change)
    machine.wait_text(re.compile(rf"^KERNEL PANIC: .*{sentence}.*\n", re.MULTILINE))
    machine.wait_text("CPU halted.\n")
    if "map" in sentence:
        assert "start this kernel with GRUB 2 or by qemu -kernel" in machine.serial_text
    assert not machine.guest_reset


@pytest.mark.parametrize("change", [
    field("module_count", 0xFFFFFFFF), field("module_count", 3), field("line", 1 << 40),
    field("line", (1 << 64) - 1),
], ids=["endless modules", "modules at 0", "line outside", "line at the end"])
def test_parts_that_make_no_sense(pvh: Build, machines: Machines, change: Callable) -> None:
    """What cannot be read is left out; the rest is enough."""
    machine = falsified(machines, pvh, change)
    machine.wait_prompt()
    assert_usable(machine, pvh)


def test_a_part_left_out_is_told(pvh: Build, machines: Machines) -> None:
    """The boot log says so."""
    machine = falsified(machines, pvh, field("line", 1 << 40))
    machine.wait_text("warning: boot: parts of the PVH start info make no sense\n")
    machine.wait_prompt()


def test_command_line_and_module(pvh: Build, machines: Machines) -> None:
    """-append and -initrd arrive; a line longer than the kernel keeps is cut."""
    words = "one=1 two " + "x" * 600
    machine = machines.boot(pvh, append=words, extra=["-initrd", __file__])
    assert f"boot: command line: {words[:511]}\n" in machine.serial_text
    assert re.search(r"^boot: PVH, \d+ memory ranges, 1 modules$", machine.serial_text,
                     re.MULTILINE)


def test_another_way_in(pvh: Build, machines: Machines) -> None:
    """At the other entry, without the magic number of a loader, there is a last word."""
    def elsewhere(_start: StartInformation, guest: Debugger) -> None:
        guest.gdb.write_register("rip", guest.address("_start"))
        guest.gdb.write_register("rax", 0x2BADB002)

    machine = falsified(machines, pvh, elsewhere)
    machine.wait_text("boot: not loaded by a Multiboot2 or PVH loader; start this kernel with "
                      "GRUB 2 or by qemu -kernel. CPU halted.\n")
    wait_dead(machine)


# Maps of memory that no machine here has: (start, size, type), 1 being usable.
MAPS = {
    "holes": [(0, 0x9F000, 1), (MIB, 15 * MIB, 1), (16 * MIB, MIB, 2), (17 * MIB, 5 * MIB, 1),
              (24 * MIB, 8 * MIB, 1), (40 * MIB, 24 * MIB, 1)],
    "out of order": [(64 * MIB, 32 * MIB, 1), (MIB, 31 * MIB, 1), (0, 0x9F000, 1)],
    "overlaps": [(0, 128 * MIB, 1), (32 * MIB, 4 * MIB, 2), (34 * MIB, 8 * MIB, 1),
                 (33 * MIB, 16 * MIB, 3), (60 * MIB, 0, 2)],
    "odd edges": [(MIB, 31 * MIB + 0x123, 1), (33 * MIB - 0x321, 8 * MIB, 1),
                  (50 * MIB + 1, 4096, 1), (52 * MIB + 1, 8191, 1), (54 * MIB, 1, 2)],
    "one page": [(MIB, 31 * MIB, 1)] + [(64 * MIB + i * 8192, 4096, 1) for i in range(200)],
}
USABLE = 1
RAM_TYPES = (USABLE, 3, 4)  # usable, ACPI's tables, ACPI's own: what the direct map shows


def touched(areas: "Iterable[tuple[int, int]]") -> "set[int]":
    """Numbers of all frames of which some byte lies in an area: (start, size)."""
    return {number for start, size in areas if size
            for number in range(start // 4096, (start + size + 4095) // 4096)}


def free_frames(entries: "list[tuple[int, int, int]]", taken: "list[Range]") -> "set[int]":
    """Numbers of the frames that are free by a map: wholly usable, and nothing else meets them."""
    usable = {number for start, size, kind in entries if kind == USABLE
              for number in range((start + 4095) // 4096, (start + size) // 4096)}
    others = [(start, size) for start, size, kind in entries if kind != USABLE]
    return usable - touched(others + [(area.start, area.end - area.start) for area in taken])


@pytest.mark.parametrize("name", MAPS)
def test_memory_maps(pvh: Build, machines: Machines, tmp_path: Path, name: str) -> None:
    """Holes, ranges in any order, overlapping, with odd edges: each frame is counted as its
    definition says, and RAM, nothing else, is in the direct map, but for the stacks' guards."""
    entries = MAPS[name]
    machine = falsified(machines, pvh, lambda start, _guest: start.set_map(0x8000, entries))
    machine.wait_prompt()
    free = free_frames(entries, [Range(0, MIB), kernel_image(pvh)])
    counted = int(log_line(machine, "frames").split()[0])
    assert counted == len(free) - frames_of_tables(max(free) + 1)
    base = int(pvh.config["PHYS_MAP_BASE"])
    shown = [(page.physical, page.size) for page in pages(machine, tmp_path)
             if base <= page.virtual < base + (1 << 40)]
    ram = [(start, size) for start, size, kind in entries if kind in RAM_TYPES]
    guards = {(page - KERNEL_BASE) // 4096 for page in guard_pages(pvh)}
    assert touched(shown) == touched(ram) - guards
    assert_usable(machine, pvh)


def test_no_memory_where_the_kernel_lies(pvh: Build, machines: Machines) -> None:
    """By a map that lies, so that the direct map lacks the kernel: a sentence says so."""
    entries = [(32 * MIB, 32 * MIB, USABLE)]
    machine = falsified(machines, pvh, lambda start, _guest: start.set_map(0x8000, entries))
    machine.wait_text("KERNEL PANIC: paging: by the loader's memory map there is no RAM where "
                      "the kernel lies\n")


@pytest.mark.parametrize("error, words", [
    (-12, "no memory for the page tables"), (-17, "the image and the direct map overlap"),
    (-22, "the image and the direct map have no such addresses"),
])
def test_maps_that_fail(pvh: Build, machines: Machines, error: int, words: str) -> None:
    """Each reason has words of its own; only the first can come about without a bug."""
    def fail(_start: StartInformation, guest: Debugger) -> None:
        guest.run_to("page_map_range")
        guest.gdb.write_register("rax", error % (1 << 64))
        guest.gdb.write_register("rip", guest.return_address())
        guest.gdb.write_register("rsp", guest.gdb.read_register("rsp") + 8)

    machine = falsified(machines, pvh, fail)
    machine.wait_text(f"KERNEL PANIC: paging: {words}\n")


# ---- The screen that the kernel sets up -------------------------------------


def draw(machine: Machine) -> Screen:
    """A screen of text and shapes, which does not tell how it was booted."""
    machine.run_command("clear")
    for line in ("help", "draw circle 640 500 150 orange", "draw line 0 719 1279 300 cyan"):
        machine.run_command(line)
    wait_idle(machine)
    return machine.screenshot()


@pytest.mark.parametrize("kind", ["pc", "q35"])
def test_the_screen_is_the_same(pvh: Build, machines: Machines, kind: str) -> None:
    """Pixel for pixel what the ISO of the same kernel shows, where GRUB sets the mode."""
    directly = machines.boot(pvh, direct=True, machine=kind)
    assert "bochs_display: version 0xb0c" in directly.serial_text
    shown = draw(directly)
    assert (shown.width, shown.height, shown.pixel(640, 500)) == (1280, 720, 0xFFA500)
    assert shown == draw(machines.boot(pvh, machine=kind))


def test_the_boot_log_is_on_the_screen(pvh: Build, machines: Machines) -> None:
    """From its first line, as it was said before there was a screen."""
    machine = machines.boot(pvh, direct=True)
    rows = wait_on_screen(machine, pvh, "Type 'help'")
    said = [row for row in machine.serial_text.split("\n") if not row.startswith("boot: entered")]
    assert [row for row in rows if row] == [row.rstrip() for row in said if row.strip()]


@pytest.mark.parametrize("card", ["none", "cirrus", "virtio", "qxl", "vmware"])
def test_other_displays(pvh: Build, machines: Machines, card: str) -> None:
    """A display that is not of that kind stays dark; the serial line has all."""
    need_card(card)
    machine = machines.boot(pvh, direct=True, vga=card)
    assert "bochs_display: none on the PCI bus\n" in machine.serial_text
    assert "going on without a screen" in machine.serial_text
    assert "Framebuffer: none\n" in machine.run_command("info")
    assert_usable(machine, pvh)


def test_not_without_its_ports(pvh: Build, machines: Machines) -> None:
    """A display of the same make without the ports is none, and passed where one has them."""
    machine = machines.boot(pvh, direct=True, vga="none", extra=["-device", "bochs-display"])
    assert "bochs_display: none on the PCI bus\n" in machine.serial_text
    machine = machines.boot(pvh, direct=True, vga="none", extra=[
        "-device", "secondary-vga,addr=05.0,multifunction=on", "-device", "VGA,addr=05.1"])
    assert "bochs_display: version 0xb0c5, PCI 00:05.1\n" in machine.serial_text
    assert "1280x720, 32 bit" in machine.run_command("info")


def test_without_the_driver(build, machines: Machines) -> None:
    """FB_BOCHS off: no screen, and nothing of the driver or of PCI in the image."""
    kernel = build("pvh-only-dark", ONLY_PVH.replace("CONFIG_FB_BOCHS=y\n", ""), goal="build")
    assert not {"bochs_display_start", "pci_find"} & set(kernel.symbols)
    machine = machines.boot(kernel)
    assert "Framebuffer: none\n" in machine.run_command("info")


def write_ports(machine: Machine, size: str, *writes: "tuple[int, int]") -> None:
    """Write I/O ports as the CPU would."""
    for port, value in writes:
        machine.hmp(f"o /1x{size} {port:#x} {value:#x}")


@pytest.mark.parametrize("size, writes, sentence", [
    ("h", [(DISPI_INDEX, DISPI_ID), (DISPI_DATA, 0xB0C4)], "version 0xb0c4 is not known"),
    ("w", [(PCI_ADDRESS, VGA_AT_2 + PCI_COMMAND), (PCI_DATA, 1)], "the firmware gave it no memory"),
    ("w", [(PCI_ADDRESS, VGA_AT_2 + PCI_BAR0), (PCI_DATA, 0)], "the firmware gave it no memory"),
])
def test_a_display_that_is_not_ready(
    pvh: Build, machines: Machines, size: str, writes: list, sentence: str
) -> None:
    """An old version, and one that the firmware left out: told, and the machine goes on."""
    machine = machines.start(pvh, direct=True, gdb=True, paused=True)
    with debugger(machine, pvh) as guest:
        guest.run_to("pvh_start")
        write_ports(machine, size, *writes)
        guest.gdb.resume()
    machine.wait_prompt()
    assert f"warning: bochs_display: {sentence}\n" in machine.serial_text
    assert "Framebuffer: none\n" in machine.run_command("info")


@pytest.mark.parametrize("bits, check", [(24, check_24_bit_colors), (16, check_16_bit_colors)])
def test_depths(build, machines: Machines, tmp_path: Path, bits: int, check: Callable) -> None:
    """24 and 16 bits a pixel, set by the kernel itself."""
    size = "CONFIG_FB_MODE_800X600=y\n" if bits == 16 else ""
    kernel = build(f"pvh-{bits}", f"{ONLY_PVH}CONFIG_FB_BPP_{bits}=y\n{size}", goal="build")
    check(promises.check(machines, kernel, tmp_path), kernel)


def size_of_its_own(width: int, height: int) -> str:
    """The lines of a fragment for a mode that is not in the list."""
    return f"CONFIG_FB_MODE_CUSTOM=y\nCONFIG_FB_WIDTH={width}\nCONFIG_FB_HEIGHT={height}\n"


def test_a_mode_too_large(build, machines: Machines) -> None:
    """It is told what does not fit, and the machine goes on; where it fits, it is set."""
    kernel = build("pvh-large", ONLY_PVH + size_of_its_own(7680, 4320), goal="build")
    machine = machines.boot(kernel)
    assert ("warning: bochs_display: 7680x4320, 32 bit does not fit: it has 16000x12000, 32 bit "
            "and 16384 KiB at most\n") in machine.serial_text
    assert_usable(machine, kernel)
    machine = machines.boot(kernel, extra=["-global", f"{VGA_VIDEO_MEMORY}=256"])
    machine.run_command("screenfill orange")
    screen = machine.screenshot()
    assert (screen.width, screen.height) == (7680, 4320)
    assert screen.pixel(7679, 4319) == screen.pixel(0, 0) == 0xFFA500


def test_a_width_that_the_display_rounds(build, machines: Machines) -> None:
    """What the display took is told and used: the rows fit, to the last pixel."""
    kernel = build("pvh-odd", ONLY_PVH + size_of_its_own(1237, 701), goal="build")
    machine = machines.boot(kernel)
    screen = machine.screenshot()
    assert (screen.width, screen.height) == (1232, 701)
    assert "gave 1232x701, 32 bit instead of 1237x701, 32 bit\n" in machine.serial_text
    machine.run_command("clear")
    expect_screen(machine, kernel, [">"])
    machine.run_command("screenfill orange")
    screen = machine.screenshot()
    assert screen.pixel(1231, 700) == 0xFFA500


def test_where_grub_gave_no_screen(pvh: Build, machines: Machines) -> None:
    """A loader of Multiboot2 without a framebuffer: the kernel sets the mode itself."""
    machine = machines.start(pvh, gdb=True, paused=True)
    with debugger(machine, pvh) as guest:
        guest.run_to("_start")
        (tag,) = LoaderInformation(guest.gdb).tags(TAG_FRAMEBUFFER)
        guest.gdb.write_memory(tag.address, (0x7FFF).to_bytes(4, "little"))
        guest.gdb.resume()
        machine.wait_prompt()
    assert "bochs_display: version" in machine.serial_text
    wait_on_screen(machine, pvh, "Type 'help'")
    assert "1280x720, 32 bit" in machine.run_command("info")


# ---- Machines that lack something -------------------------------------------


@pytest.mark.parametrize("kind", ["pc", "q35"])
@pytest.mark.parametrize("direct", [True, False], ids=["by -kernel", "by GRUB"])
def test_no_keyboard_controller(
    pvh: Build, machines: Machines, kind: str, direct: bool
) -> None:
    """It is told, and the machine sleeps at its prompt."""
    machine = machines.start(pvh, direct=direct, extra=["-machine", f"{kind},i8042=off"])
    machine.wait_text("warning: i8042: no controller, so no PS/2 keyboard\n", 60)
    machine.wait_prompt()
    poll(lambda: promises.is_in_kernel(machine), "the kernel sleeps at its prompt")
    wait_on_screen(machine, pvh, "Type 'help'")
    assert machine.running and not machine.guest_reset


@pytest.fixture
def second_port(build) -> Build:
    """The kernel on COM2, which a test may do with as it likes."""
    return build("pvh-com2", ONLY_PVH + "CONFIG_UART_PORT=0x2f8\n", goal="build")


def test_no_serial_port(second_port: Build, machines: Machines) -> None:
    """The screen has all, with a word about the port."""
    machine = machines.start(second_port, uart_port=0x3F8)
    rows = wait_on_screen(machine, second_port, "Type 'help'")
    assert "warning: uart16550: not started (error 19)" in rows
    machine.type_text("echo on the screen\n")
    wait_on_screen(machine, second_port, "on the screen")
    assert machine.serial_text == ""


def stuck_pipe(where: Path) -> "list[str]":
    """QEMU's arguments for a second serial port whose other end takes not one byte."""
    path = where / "stuck"
    os.mkfifo(path)
    full = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        while True:
            os.write(full, b"x" * 4096)
    except BlockingIOError:
        pass
    return ["-chardev", f"pipe,id=stuck,path={path}", "-serial", "chardev:stuck"]


@pytest.mark.parametrize("direct", [True, False], ids=["by -kernel", "by GRUB"])
def test_a_dead_serial_port(
    build, machines: Machines, tmp_path: Path, direct: bool
) -> None:
    """A chip that never takes a byte slows the boot for a moment, and stops nothing."""
    kernel = build("pvh-com2-iso", PVH + "CONFIG_UART_PORT=0x2f8\n")
    machine = machines.start(kernel, direct=direct, uart_port=0x3F8, extra=stuck_pipe(tmp_path))
    wait_on_screen(machine, kernel, "Type 'help'", timeout=90)
    for _time in range(3):
        machine.type_text("help\n")
    machine.type_text("echo on the screen\n")
    wait_on_screen(machine, kernel, "on the screen")
    wait_on_screen(machine, kernel, "> echo on the screen")
    assert machine.running and not machine.guest_reset
