# SPDX-License-Identifier: MIT
"""The commands demo and life, on the screen, in VGA text mode and without any screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import List, Set, Tuple

import pytest
from tessera.keys import press
from tessera.qemu import Machine

from building import Build
from configurations import PVH
from harness import Machines, poll, screen_rows
from test_vga_text import COLUMNS, ROWS, VGA, cells, rows_of

COMMANDS = "CONFIG_SHELL_CMD_DEMO=y\nCONFIG_SHELL_CMD_LIFE=y\nCONFIG_SHELL_INTERRUPT=y\n"
SCREEN = PVH + COMMANDS
TEXT = "CONFIG_BOOT_PVH=y\n# CONFIG_PIT8254 is not set\n" + VGA + "CONFIG_SHELL_CMD_LIFE=y\n"
SEED, TEXT_SIZE = 1970, (76, 20)
STATUS = re.compile(r"Generation (\d+), (\d+) alive\.")
SCENES = {"lines": 20, "boxes": 50, "plasma": 100, "stars": 50, "rain": 6}  # colours, at least

Cells = Set[Tuple[int, int]]


def sown(width: int, height: int) -> Cells:
    """The first generation, as shell/commands/life_field.c sows it."""
    random, alive = SEED | 1, set()
    for cell in range(width * height):
        random ^= random << 13 & 0xFFFFFFFF
        random ^= random >> 17
        random ^= random << 5 & 0xFFFFFFFF
        if random >> 30 == 0:
            alive.add((cell % width, cell // width))
    return alive


def generation(width: int, height: int, number: int) -> Cells:
    """The cells that live then, by the rule; edges are joined."""
    alive = sown(width, height)
    for _step in range(number):
        near: "dict[Tuple[int, int], int]" = {}
        for x, y in alive:
            for i in range(9):
                cell = (x + i % 3 - 1) % width, (y + i // 3 - 1) % height
                near[cell] = near.get(cell, 0) + (i != 4)
        alive = {cell for cell, count in near.items()
                 if count == 3 or count == 2 and cell in alive}
    return alive


@pytest.fixture(scope="module")
def kernel(build) -> Build:
    """The reference with these commands."""
    return build("play", SCREEN)


def paused(machine: Machine, kernel: Build) -> List[str]:
    """The rows of a screen that says that it waits."""
    def look():
        rows = screen_rows(machine, kernel)
        return rows if "Paused" in rows[-1] else None
    return poll(look, "life is paused")


def test_life_on_the_screen(kernel: Build, machines: Machines) -> None:
    """Each cell is as the rule has it; space pauses, q and Ctrl-C end it; the screen is clean."""
    machine = machines.boot(kernel, direct=True)
    start = len(machine.serial_text)
    machine.type_text("life\n")
    poll(lambda: STATUS.match(screen_rows(machine, kernel)[-1]), "life lives")
    machine.send_keys(press("spc"))
    told = STATUS.match(paused(machine, kernel)[-1])
    assert told
    number, count = map(int, told.groups())
    screen, font = machine.screenshot(), kernel.font
    columns, rows = screen.width // font.width, screen.height // font.height - 1
    alive = {(x, y) for y in range(rows) for x in range(columns)
             if screen.pixel(x * font.width, y * font.height)}
    assert alive == generation(columns, rows, number) and len(alive) == count
    machine.send_keys(press("spc"))
    poll(lambda: (found := STATUS.match(screen_rows(machine, kernel)[-1]))
         and int(found.group(1)) > number, "it goes on")
    machine.send_keys(press("q"))
    machine.wait_prompt(start=start)
    rows_left = screen_rows(machine, kernel)
    assert re.fullmatch(r"Generation \d+, \d+ cells alive\.", rows_left[0])
    assert [row for row in rows_left if row] == [rows_left[0], ">"]
    start = len(machine.serial_text)
    machine.type_text("life\n")
    poll(lambda: STATUS.match(screen_rows(machine, kernel)[-1]), "life lives")
    machine.send_keys(press("c", "ctrl"))
    machine.wait_prompt(start=start)
    fifth = len(generation(columns, rows, 5))
    assert f"Generation 5, {fifth} cells" in machine.run_command("life 5")
    for line, answer in (("life x", "Invalid number: x\n"), ("life 1 2", "Usage: life"),
                         ("demo 1", "Unknown scene: 1\nScenes: lines boxes plasma stars rain\n"),
                         ("demo lines x", "Invalid number: x\n"), ("demo a b c", "Usage: demo")):
        assert answer in machine.run_command(line)


def test_demo(kernel: Build, machines: Machines) -> None:
    """Each scene draws, a key ends it, and the screen is clean."""
    machine = machines.boot(kernel, direct=True)
    for scene, colors in SCENES.items():
        start = len(machine.serial_text)
        machine.type_text(f"demo {scene}\n")
        poll(lambda wanted=colors: len(machine.screenshot().colors()) >= wanted, scene)
        machine.send_keys(press("spc"))
        machine.wait_prompt(start=start)
        poll(lambda: machine.cpu().idle, "all is shown")
        assert [row for row in screen_rows(machine, kernel) if row] == [">"]
    machine.run_command("demo rain 3")


def text_of(told: str) -> Cells:
    """The last field that was written as text."""
    lines = told.split("\x1b[H")[-1].splitlines()[:TEXT_SIZE[1]]
    return {(x, y) for y, row in enumerate(lines) for x, char in enumerate(row) if char == "#"}


def test_life_as_text(build, machines: Machines, tmp_path: Path) -> None:
    """Without a timer each key is a generation: in VGA text mode, and without any screen."""
    kernel = build("play-text", TEXT)
    machine = machines.boot(kernel, direct=True)
    start = len(machine.serial_text)
    machine.type_text("life\n")
    for number in range(1, 4):
        poll(lambda wanted=number: rows_of(cells(machine, tmp_path / "cells"))[-1].startswith(
            f"Generation {wanted}, "), "it goes on by a key")
        colors = cells(machine, tmp_path / "cells")[1::2]
        alive = {(at % COLUMNS, at // COLUMNS) for at in range(COLUMNS * (ROWS - 1))
                 if colors[at] & 0xF0}
        assert alive == generation(COLUMNS, ROWS - 1, number)
        machine.send_keys(press("n"))
    machine.send_keys(press("q"))
    machine.wait_prompt(start=start)
    machine = machines.boot(kernel, direct=True, vga="none")
    told = machine.run_command("life 3")
    assert text_of(told) == generation(*TEXT_SIZE, 3)
    assert told.endswith(f"Generation 3, {len(text_of(told))} cells alive.\n")
