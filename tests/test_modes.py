# SPDX-License-Identifier: MIT
"""Every screen mode of the menu at every depth, each pixel held against the model.

One output folder is configured anew for each of them: three sources are compiled, no more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tessera.config import Config
from tessera.promises import shown_color
from tessera.qemu import Machine
from tessera.screen import Screen

import oracle
from building import Build, make
from configurations import PVH
from harness import VGA_VIDEO_MEMORY, Machines, log_line, wait_idle
from terminal import Terminal

MODES = [(640, 480), (800, 600), (1024, 768), (1280, 720), (1280, 1024), (1600, 900), (1920, 1080),
         (2560, 1440), (3840, 2160)]
DEPTHS = [32, 24, 16]
# What the firmware of QEMU's standard display lacks: GRUB then takes 32 bits.
NOT_BY_GRUB = {(1920, 1080, 15), (3840, 2160, 24)}
OF_15_BITS = {(1280, 720, 15), (1920, 1080, 15)}
# By GRUB, which takes its time, every mode at 32 bits, and every depth.
BY_GRUB = ({(*mode, 32) for mode in MODES} | {(1280, 720, bits) for bits in DEPTHS}
           | NOT_BY_GRUB | OF_15_BITS)
LARGE_DISPLAY = ["-global", f"{VGA_VIDEO_MEMORY}=64"]

WHITE, BLACK, ORANGE = 0xFFFFFF, 0x000000, 0xFFA500

pytestmark = pytest.mark.xdist_group("build modes")


def configured(build, width: int, height: int, bits: int, goal: str = "iso") -> Build:
    """The kernel for a mode, in the folder that all modes share."""
    mode = f"CONFIG_FB_MODE_{width}X{height}=y\nCONFIG_FB_BPP_{bits}=y\n"
    kernel = build("modes", PVH + mode, goal=goal)
    assert [int(kernel.config[f"FB_{name}"]) for name in ("WIDTH", "HEIGHT", "BPP")] == [
        width, height, bits]
    return kernel


def check_pixels(machine: Machine, kernel: Build, bits: int) -> None:
    """The size, the whole log, and shapes at the ends of the screen; each pixel as it must be."""
    screen = machine.screenshot()
    width, height = int(kernel.config["FB_WIDTH"]), int(kernel.config["FB_HEIGHT"])
    row = Screen(width, kernel.font.height, screen.rgb[:3 * width * kernel.font.height])
    start = machine.serial_text.index(row.text(kernel.font)[0])
    corner = f"draw rect {width - 9} {height - 5} 100 100 orange"
    machine.run_command(corner)
    machine.run_command(f"draw line 0 {height - 1} {width - 1} {height - 1} red")
    wait_idle(machine)
    model = Terminal(kernel.font, width, height, shown_color(WHITE, bits), BLACK)
    model.feed(machine.serial_text[start:])
    canvas = model.canvas()
    canvas.rect(width - 9, height - 5, 9, 4, shown_color(ORANGE, bits))
    canvas.rect(0, height - 1, width, 1, shown_color(0xFF0000, bits))
    screen = machine.screenshot().of_depth(bits)
    assert not oracle.difference(canvas, screen.width, screen.height, screen.rgb)


def check_mode(machines: Machines, kernel: Build, given: int, **options: Any) -> None:
    """Boot a kernel that asks for a mode; it gets that one, but with a depth that is given."""
    width, height, bits = (int(kernel.config[f"FB_{name}"]) for name in ("WIDTH", "HEIGHT", "BPP"))
    machine = machines.boot(kernel, **options)
    assert log_line(machine, "framebuffer").startswith(f"{width}x{height}, {given} bit, ")
    told = (f"framebuffer: the display gave {width}x{height}, {given} bit instead of "
            f"{width}x{height}, {bits} bit\n")
    assert (told in machine.serial_text) == (given != bits)
    check_pixels(machine, kernel, given)
    machines.close()


@pytest.mark.parametrize("width, height", MODES)
def test_mode(build, machines: Machines, width: int, height: int) -> None:
    """Set by the kernel itself at every depth; by GRUB, and what is said where it cannot."""
    for bits in [*DEPTHS, 15] if (width, height, 15) in OF_15_BITS else DEPTHS:
        by_grub = (width, height, bits) in BY_GRUB
        kernel = configured(build, width, height, bits, "iso" if by_grub else "build")
        check_mode(machines, kernel, bits, direct=True, extra=LARGE_DISPLAY)
        if by_grub:
            given = 32 if (width, height, bits) in NOT_BY_GRUB else bits
            check_mode(machines, kernel, given, extra=LARGE_DISPLAY)


def test_mode_by_uefi(build, machines: Machines) -> None:
    """The largest one; the graphics output protocol of UEFI has 32 bits only."""
    kernel = configured(build, 3840, 2160, 32)
    check_mode(machines, kernel, 32, extra=LARGE_DISPLAY, firmware="uefi")


def test_a_mode_larger_than_the_display_holds(build, machines: Machines) -> None:
    """With QEMU's usual 16 MiB GRUB gives fewer bits, and the kernel itself says why not."""
    kernel = configured(build, 3840, 2160, 32)
    machine = machines.boot(kernel)
    assert log_line(machine, "framebuffer").startswith("3840x2160, 16 bit, ")
    assert ("framebuffer: the display gave 3840x2160, 16 bit instead of 3840x2160, 32 bit\n"
            in machine.serial_text)
    check_pixels(machine, kernel, 16)
    machine = machines.boot(kernel, direct=True)
    assert ("bochs_display: 3840x2160, 32 bit does not fit: it has 16000x12000, 32 bit and 16384 "
            "KiB at most\n") in machine.serial_text
    assert "Framebuffer: none\n" in machine.run_command("info")


def test_every_mode_of_the_menu_is_here(reference: Build) -> None:
    """The list above is that of the Kconfig file."""
    text = (Path(reference.path) / ".config").read_text()
    asked = {f"FB_MODE_{width}X{height}" for width, height in MODES} | {"FB_MODE_CUSTOM"}
    words = text.replace("# ", "").replace("=", " ").split()
    assert asked == {word[7:] for word in words if word.startswith("CONFIG_FB_MODE_")}
    assert Config.load(Path(reference.path) / ".config")["FB_MODE_1280X720"]


def test_a_fragment_from_before_the_list(tmp_path: Path) -> None:
    """Width and height alone are refused with the line that they need; with it they are taken."""
    fragment = tmp_path / "f"
    fragment.write_text("CONFIG_FB_WIDTH=1024\nCONFIG_FB_HEIGHT=600\n")
    words = [f"O={tmp_path / 'out'}", "defconfig", f"FRAGMENTS={fragment}"]
    done = make(*words, check=False)
    assert done.returncode and "add 'CONFIG_FB_MODE_CUSTOM=y'" in done.stdout
    with fragment.open("a") as file:
        file.write("CONFIG_FB_MODE_CUSTOM=y\n")
    make(*words)
    config = Config.load(tmp_path / "out" / ".config")
    assert (config["FB_WIDTH"], config["FB_HEIGHT"]) == (1024, 600)
