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
from configurations import CONFIGURATIONS
from harness import Machines, expect_screen, poll, wait_idle
from pagewalk import find, pages


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
