# SPDX-License-Identifier: MIT
"""Configurations that differ from the reference in each value of the menu.

Values that do not hide each other share a build. promises.check() reads each of them from outside;
the tests here add what only one configuration can show.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tessera.promises import shown_color

import oracle
import promises
from building import ROOT, Build
from harness import Machines, expect_screen, poll, wait_idle
from pagewalk import find, pages
from test_faults import CONFIGURATIONS as DRIVERS_OFF

COMMANDS = "HELP ECHO CLEAR INFO HALT PANIC PAGE COLOR DRAW SCREENFILL".split()

CONFIGURATIONS = {
    "small-heap": """
        CONFIG_HEAP_SIZE_KIB=64
        CONFIG_HEAP_BASE=0x500000000000
        CONFIG_DF_STACK_KIB=8
        CONFIG_KERNEL_STACK_KIB=16
        CONFIG_FB_MODE_CUSTOM=y
        CONFIG_FB_WIDTH=1024
        CONFIG_FB_HEIGHT=768
        CONFIG_FONT_VGA_8X14=y
        CONFIG_CONSOLE_FG=0xffff00
        CONFIG_CONSOLE_BG=0x000080
        CONFIG_TIMER_HZ=1000
        CONFIG_KBD_QUEUE_SIZE=32
        CONFIG_UART_BAUD=9600
        CONFIG_SHELL_LINE_MAX=64
    """,
    "large-heap": """
        CONFIG_HEAP_SIZE_KIB=16384
        CONFIG_HEAP_BUMP=y
        CONFIG_PHYS_MAP_BASE=0xffff900000000000
        CONFIG_DF_STACK_KIB=64
        CONFIG_KERNEL_STACK_KIB=128
        CONFIG_FB_MODE_1920X1080=y
        CONFIG_FONT_VGA_16X32=y
        CONFIG_TIMER_HZ=19
        CONFIG_KBD_QUEUE_SIZE=4096
        CONFIG_UART_PORT=0x2f8
        CONFIG_UART_BAUD=57600
    """,
    "bits-24": """
        CONFIG_FB_BPP_24=y
        CONFIG_MEMORY_FILL_STRING=y
        CONFIG_FONT_VGA_8X8=y
        CONFIG_CONSOLE_FG=0x123456
        CONFIG_CONSOLE_BG=0xfedcba
        CONFIG_HEAP_BASE=0xffffa00000000000
        CONFIG_TIMER_HZ=10000
    """,
    "bits-16": """
        CONFIG_FB_BPP_16=y
        CONFIG_FB_MODE_800X600=y
        CONFIG_MEMORY_FILL_LOOP=y
        CONFIG_CONSOLE_FG=0x40c080
    """,
    "rich-console": """
        CONFIG_CONSOLE_DEFERRED=y
        CONFIG_CONSOLE_ANSI=y
        CONFIG_CONSOLE_UTF8=y
        CONFIG_CONSOLE_CURSOR_UNDERLINE=y
        CONFIG_CONSOLE_SCROLLBACK=y
        CONFIG_VGA_TEXT_CONSOLE=y
        # CONFIG_UART16550 is not set
    """,
    "panning-console": """
        CONFIG_CONSOLE_PANNING=y
        CONFIG_CONSOLE_CURSOR_BLOCK=y
        CONFIG_CONSOLE_CURSOR_BLINK=y
    """,
    "no-text-console": "# CONFIG_FRAMEBUFFER_CONSOLE is not set\n",
    "nothing": """
        # CONFIG_FRAMEBUFFER is not set
        # CONFIG_UART16550 is not set
        # CONFIG_I8042 is not set
        # CONFIG_PIT8254 is not set
        # CONFIG_SHELL is not set
    """,
    **{name: text for name, text in DRIVERS_OFF.items() if name != "reference"},
}


def plain(fragment: str) -> str:
    """A fragment without the indentation that it has here."""
    return "".join(line.strip() + "\n" for line in fragment.strip().splitlines())


CONFIGURATIONS = {name: plain(text) for name, text in CONFIGURATIONS.items()}


def commands_off(bit: int) -> str:
    """Turns off those commands whose number, counted from 1, has this bit.

    Ten commands in four builds: each command is on in one build and off in another, and no two
    commands go together in all of them, so that one that hangs on another is found.
    """
    return "".join(
        f"# CONFIG_SHELL_CMD_{name} is not set\n"
        for number, name in enumerate(COMMANDS, 1) if number >> bit & 1
    )


CONFIGURATIONS.update({f"commands-{bit}": commands_off(bit) for bit in range(4)})


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.xdist_group(f"build {name}")) for name in CONFIGURATIONS
])
def test_promises(build, machines: Machines, tmp_path: Path, name: str) -> None:
    """Every option of the configuration has taken effect, and what is left works."""
    kernel: Build = build(name, CONFIGURATIONS[name])
    machine = promises.check(machines, kernel, tmp_path)
    extra = EXTRA.get(name)
    if extra:
        extra(machine, kernel)


@pytest.mark.parametrize("name", sorted(
    path.name for path in (ROOT / "configs").glob("*_defconfig")
))
def test_defconfigs(build, machines: Machines, tmp_path: Path, name: str) -> None:
    """Each ready-made configuration keeps its promises, too."""
    promises.check(machines, build(name, base=name), tmp_path)


def check_line_limit(machine, kernel: Build) -> None:
    """SHELL_LINE_MAX is 64: the 65th character is not taken."""
    line = "echo " + "x" * 70
    assert machine.run_command(line) == "x" * 59 + "\n"


def check_16_bit_colors(machine, kernel: Build) -> None:
    """Shapes in 5, 6 and 5 bits; what the oracle says, rounded as the display rounds."""
    machine.run_command("clear")
    machine.run_command("draw circle 400 300 200 orange")
    screen = machine.screenshot()
    assert screen.pixel(400, 300) == shown_color(0xFFA500, 16)
    half = oracle.circle_half_width(200, 100)
    assert half is not None
    row = [screen.pixel(x, 400) != 0 for x in range(800)]
    assert row == [abs(x - 400) <= half for x in range(800)]


def check_24_bit_colors(machine, kernel: Build) -> None:
    """The same with three bytes a pixel."""
    machine.run_command("clear")
    machine.run_command("draw line 100 100 900 654 orange")
    screen = machine.screenshot()
    for x, y in oracle.line_pixels((100, 100), (900, 654), 1280, 720):
        assert screen.pixel(x, y) == 0xFFA500
    assert screen.colors()[0xFFA500] == 801


def check_drawing_without_console(machine, kernel: Build) -> None:
    """No text on the screen: only what is drawn."""
    assert set(machine.screenshot().colors()) == {0}
    assert machine.run_command("draw rect 10 20 30 40 red") == ""
    assert machine.screenshot().colors() == {0xFF0000: 1200, 0: 1280 * 720 - 1200}
    machine.run_command("screenfill green")
    assert machine.screenshot().colors() == {0x00FF00: 1280 * 720}


def check_typed_on_screen(machine, kernel: Build) -> None:
    """Without a serial line the screen has all: typed text, answers, errors."""
    machine.type_text("clear\n")
    machine.type_text("echo on the screen\nfoo\n")
    wait_idle(machine)
    poll(lambda: "Unknown command: foo" in machine.screenshot().text(kernel.font), "an answer")
    wait_idle(machine)
    expect_screen(machine, kernel, [
        "> echo on the screen", "on the screen", "> foo", "Unknown command: foo",
        "Type 'help' for available commands.", ">",
    ])
    assert machine.serial_text == ""


EXTRA = {
    "small-heap": check_line_limit,
    "bits-16": check_16_bit_colors,
    "bits-24": check_24_bit_colors,
    "no-text-console": check_drawing_without_console,
    "no-serial": check_typed_on_screen,
}


@pytest.mark.xdist_group("build large-heap")
def test_nothing_at_the_old_addresses(build, machines: Machines, tmp_path: Path) -> None:
    """Moved things have left their defaults: the direct map is at its new base only."""
    kernel = build("large-heap", CONFIGURATIONS["large-heap"])
    mapped = pages(promises.boot(machines, kernel), tmp_path)
    assert find(mapped, 0xFFFF800000000000 + (64 << 20)) is None
