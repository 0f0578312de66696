# SPDX-License-Identifier: MIT
"""The image of the reference kernel on machines of many kinds, up to its prompt."""

from __future__ import annotations

import re

import pytest

from building import Build
from debugger import Debugger, debugger
from harness import Machines, log_line, need_card, wait_dead
from loader import TAG_FRAMEBUFFER, TAG_MEMORY_MAP, LoaderInformation

BOOT_ORDER = [
    "boot: entered",  # the early serial write, before C runs
    "Tessera ",
    "cpu: ",  # GDT and TSS
    "irq: ",  # IDT and PIC
    "frames: ",
    "paging: ",
    "heap: ",
    "Type 'help' for available commands.",
    "\n> ",
]


def assert_usable(machine, build: Build) -> None:
    """The shell answers, and nothing on the way reset the machine."""
    assert machine.run_command("echo still here") == "still here\n"
    assert not machine.guest_reset


@pytest.mark.parametrize("firmware", ["bios", "uefi"])
def test_iso_boots_in_order(reference: Build, machines: Machines, firmware: str) -> None:
    """The same image boots under BIOS and UEFI, each step said in its order."""
    machine = machines.boot(reference, firmware=firmware)
    at = 0
    for words in BOOT_ORDER:
        found = machine.serial_text.find(words, at)
        assert found >= 0, f"{words!r} does not come after its predecessor:\n{machine.serial_text}"
        at = found + len(words)
    assert log_line(machine, "framebuffer").startswith("1280x720, 32 bit")
    screen = machine.screenshot()
    assert (screen.width, screen.height) == (1280, 720)
    assert_usable(machine, reference)


@pytest.mark.parametrize("kind", ["pc", "q35"])
@pytest.mark.parametrize("memory", ["16M", "4G"])
def test_memory_sizes(reference: Build, machines: Machines, kind: str, memory: str) -> None:
    """16 MiB and 4 GiB, the latter with a hole below 4 GiB and memory above it."""
    machine = machines.boot(reference, machine=kind, memory=memory)
    found = re.search(r"^frames: .*?(\d+) (?:frames|MiB|KiB)", machine.serial_text, re.MULTILINE)
    assert found, machine.serial_text
    assert_usable(machine, reference)


@pytest.mark.parametrize("firmware", ["bios", "uefi"])
def test_no_display(reference: Build, machines: Machines, firmware: str) -> None:
    """Without a display the loader gives no framebuffer: the serial line has all."""
    machine = machines.boot(reference, firmware=firmware, vga="none")
    assert re.search(r"^(warning: )?framebuffer: ", machine.serial_text, re.MULTILINE)
    assert "Framebuffer: none\n" in machine.run_command("info")
    assert_usable(machine, reference)


def test_24_bit_display(reference: Build, machines: Machines) -> None:
    """The cirrus card has 24 bit only: the colours must be right all the same."""
    machine = machines.boot(reference, vga="cirrus")
    assert ", 24 bit" in log_line(machine, "framebuffer")
    machine.run_command("clear")
    machine.run_command("screenfill orange")
    screen = machine.screenshot()
    assert screen.pixel(screen.width - 1, screen.height - 1) == 0xFFA500
    assert_usable(machine, reference)


@pytest.mark.parametrize("card", ["virtio", "qxl", "vmware"])
def test_other_displays(reference: Build, machines: Machines, card: str) -> None:
    """Other graphics cards give the mode that was asked for."""
    need_card(card)
    machine = machines.boot(reference, vga=card)
    assert log_line(machine, "framebuffer").startswith("1280x720, 32 bit")
    machine.run_command("screenfill orange")
    assert machine.screenshot().pixel(1279, 719) == 0xFFA500


def test_mode_that_the_display_lacks(build, machines: Machines) -> None:
    """Asked for 1234x700 the loader gives another mode: the kernel takes it and says so."""
    odd = build("odd-mode", "CONFIG_FB_MODE_CUSTOM=y\nCONFIG_FB_WIDTH=1234\nCONFIG_FB_HEIGHT=700\n")
    machine = machines.boot(odd)
    screen = machine.screenshot()
    assert (screen.width, screen.height) != (1234, 700)
    assert log_line(machine, "framebuffer").startswith(f"{screen.width}x{screen.height}, ")
    assert "1234x700" in machine.serial_text
    machine.run_command("clear")
    machine.run_command("screenfill orange")
    screen = machine.screenshot()
    assert screen.pixel(screen.width - 1, screen.height - 1) == 0xFFA500
    assert screen.text(odd.font)[1] == ">"


@pytest.mark.parametrize("cpu", ["qemu32", "pentium3", "486"])
def test_cpu_without_long_mode(reference: Build, machines: Machines, cpu: str) -> None:
    """A CPU of 32 bits gets a clear last word, and halts."""
    machine = machines.start(reference, extra=["-cpu", cpu])
    machine.wait_text(re.compile(r"^.*no long mode.*CPU halted\.\n", re.MULTILINE))
    wait_dead(machine)
    assert not machine.guest_reset


def test_cpu_without_no_execute(reference: Build, machines: Machines) -> None:
    """W^X needs a CPU that can forbid execution; one that cannot is told apart."""
    machine = machines.start(reference, extra=["-cpu", "qemu64,-nx"])
    machine.wait_text(re.compile(r"^.*cannot forbid execution.*CPU halted\.\n", re.MULTILINE))
    assert not machine.guest_reset


def test_loader_that_is_not_multiboot2(reference: Build, machines: Machines) -> None:
    """A loader that hands over another magic number gets a clear last word."""
    machine = machines.start(reference, gdb=True, paused=True)
    with debugger(machine, reference) as guest:
        guest.run_to("_start")
        guest.gdb.write_register("rax", 0x2BADB002)
        guest.gdb.resume()
        machine.wait_text(re.compile(r"^.*not loaded by a Multiboot2 loader.*\.\n", re.MULTILINE))
        wait_dead(machine)
    assert not machine.guest_reset


def hide_tag(guest: Debugger, kind: int) -> None:
    """Make a tag of the loader's information one that nobody knows."""
    (tag,) = LoaderInformation(guest.gdb).tags(kind)
    guest.gdb.write_memory(tag.address, (0x7FFF).to_bytes(4, "little"))


def test_loader_without_a_memory_map(reference: Build, machines: Machines) -> None:
    """Without a memory map there is nothing to stand on: the kernel says so."""
    machine = machines.start(reference, gdb=True, paused=True)
    with debugger(machine, reference) as guest:
        guest.run_to("_start")
        hide_tag(guest, TAG_MEMORY_MAP)
        guest.gdb.resume()
        machine.wait_text(re.compile(r"^KERNEL PANIC: .*memory map.*\n", re.MULTILINE))
        machine.wait_text("CPU halted.\n")
    assert not machine.guest_reset


def test_loader_without_a_framebuffer(reference: Build, machines: Machines) -> None:
    """Without the framebuffer's tag the serial line has all, and drawing says why it cannot."""
    machine = machines.start(reference, gdb=True, paused=True)
    with debugger(machine, reference) as guest:
        guest.run_to("_start")
        hide_tag(guest, TAG_FRAMEBUFFER)
        guest.gdb.resume()
        machine.wait_prompt()
    assert "Framebuffer: none\n" in machine.run_command("info")
    for line in ("screenfill red", "draw rect 1 2 3 4 red"):
        assert machine.run_command(line) == "There is no framebuffer to draw on.\n"
    assert_usable(machine, reference)
