# SPDX-License-Identifier: MIT
"""The commands demo, life, font and mode: on the screen, and where there is none."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import List, Set, Tuple

import pytest
from tessera.keys import press
from tessera.promises import shown_mode
from tessera.psf import Font
from tessera.qemu import Machine
from tessera.screen import Screen

from building import ROOT, Build
from configurations import PVH
from harness import Machines, poll, screen_rows
from test_shell_language import pages
from test_vga_text import COLUMNS, ROWS, VGA, cells, rows_of

SCREEN = PVH + "CONFIG_SHELL_INTERRUPT=y\nCONFIG_HEAP_FAIL_INJECT=y\n" + "".join(
    f"CONFIG_SHELL_CMD_{name}=y\n" for name in ("DEMO", "LIFE", "FONT", "MODE", "MEM"))
TEXT = "CONFIG_BOOT_PVH=y\n# CONFIG_PIT8254 is not set\n" + VGA + "CONFIG_SHELL_CMD_LIFE=y\n"
SEED, TEXT_SIZE = 1970, (76, 20)
SERIAL = "the serial line has the result alone"
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
    said = re.fullmatch(r"(?:\x1b\[2J\x1b\[H)*(.*)\n", machine.run_command("life 5"))
    assert said and said[1] == f"Generation 5, {fifth} cells alive.", SERIAL
    assert SERIAL in pages()["life"].replace("\n", " ")
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


# ---- Another font, another mode -----------------------------------------------


FONTS = {name: Font.load(ROOT / f"drivers/video/fonts/vga-{name}.psf")
         for name in ("8x8", "8x14", "8x16", "16x32")}
LONG = "x" * 100
MODES = ((640, 480, 32), (1920, 1080, 16), (800, 600, 15), (1024, 768, 24), (328, 200, 32),
         (3840, 2160, 16), (1280, 720, 32))


def answer(machine: Machine, line: str) -> str:
    """What it says, once it is on the screen."""
    told = machine.run_command(line)
    poll(lambda: machine.cpu().idle, "all is shown")
    return told


def kept(lines: List[str], screen: Tuple[int, int], font: Font) -> List[str]:
    """What of the lines a screen of that size shows in its last rows; the rest is lost."""
    columns, rows = screen[0] // font.width, screen[1] // font.height
    cut = [(number, line[at:at + columns]) for number, line in enumerate(lines)
           for at in range(0, max(1, len(line)), columns)][-rows:]
    return ["".join(part for at, part in cut if at == number)
            for number in sorted({number for number, _part in cut})]


def expect_lines(screen: Screen, font: Font, lines: List[str]) -> None:
    """The screen shows these lines, wrapped, and nothing else."""
    columns = screen.width // font.width
    wanted = [line[at:at + columns].rstrip() for line in lines
              for at in range(0, len(line), columns)]
    assert [row for row in screen.text(font) if row] == wanted


def free_memory(machine: Machine) -> str:
    """As mem tells it."""
    return re.findall(r"^ +free +(\d+) KiB$", machine.run_command("mem"), re.MULTILINE)[0]


def test_fonts(kernel: Build, machines: Machines) -> None:
    """The console goes on in each font, with its text and colour, and keeps no memory."""
    machine = machines.boot(kernel, direct=True)
    assert answer(machine, "font") == "  8x8\n  8x14\n* 8x16\n  16x32\n"
    answer(machine, "color green")
    free, lines = free_memory(machine), [">"]
    machine.run_command("clear")
    before = kernel.font
    for name, font in [*FONTS.items(), ("8x16", FONTS["8x16"])]:
        told = answer(machine, f"font {name}")
        lines = kept([*lines[:-1], f"> font {name}", ""], (1280, 720), before)
        assert told == (f"The font {name} gives {1280 // font.width} columns and "
                        f"{720 // font.height} rows.\n")
        answer(machine, f"echo {LONG}")
        lines[-1:] = [told.strip(), f"> echo {LONG}", LONG, ">"]
        lines, before = kept(lines, (1280, 720), font), font
        screen = machine.screenshot()
        assert set(screen.colors()) == {0, 0x00FF00}
        expect_lines(screen, font, lines)
    assert "* 8x16\n" in answer(machine, "font 9x9") and free_memory(machine) == free


@pytest.mark.parametrize("direct", [False, True], ids=["grub", "direct"])
def test_modes(kernel: Build, machines: Machines, direct: bool) -> None:
    """Each mode is the display's, whoever set the one before; the text goes on in it."""
    machine = machines.boot(kernel, direct=direct)
    assert "  1920x1080\n  2560x1440\n" in answer(machine, "mode")
    free, lines, size = free_memory(machine), [">"], (1280, 720)
    machine.run_command("clear")
    for width, height, bits in MODES:
        line = f"mode {width}x{height} {bits}"
        told = f"The screen has {width}x{height} pixels of {bits} bits."
        assert answer(machine, line) == told + "\n"
        lines = kept([*lines[:-1], f"> {line}", ""], size, kernel.font)
        size = width, height
        lines = kept([*lines[:-1], told, ">"], size, kernel.font)
        screen = machine.screenshot()
        assert shown_mode(machine, screen) == (width, height, bits)
        expect_lines(screen, kernel.font, lines)
        answer(machine, f"draw rect {width - 1} {height - 1} 9 9 red")
        lines[-1:] = [f"> draw rect {width - 1} {height - 1} 9 9 red", ">"]
        lines = kept(lines, size, kernel.font)
        assert machine.screenshot().pixel(width - 1, height - 1) >= 0xF80000
    assert free_memory(machine) == free
    for line, wanted in (("mode 3840x2160", "cannot be set: it is more than the display"),
                         ("mode 1x1", "Invalid mode: 1x1: "), ("mode 1284x720", "in steps of 8"),
                         ("mode 800x600 8", "Invalid depth: 8: "), ("mode 1 2 3", "Usage: mode")):
        assert wanted in answer(machine, line)


def test_no_memory(kernel: Build, machines: Machines) -> None:
    """Where there is no memory for another font or mode the one before goes on, with the text."""
    machine = machines.start(kernel, append="vm_fail=5")
    machine.wait_prompt()
    mode, font, failed, lines = (1280, 720, 32), "8x16", set(), [">"]
    machine.run_command("clear")
    choose = random.Random(1)
    for _turn in range(30):
        wanted, name = choose.choice([(mode, choose.choice(list(FONTS))),
                                      (choose.choice(MODES), font)])
        line = f"font {name}" if wanted == mode else "mode {}x{} {}".format(*wanted)
        told = answer(machine, line).splitlines()[-1]  # what the log tells meanwhile is not seen
        lines = kept([*lines[:-1], f"> {line}", ""], mode[:2], FONTS[font])
        if "cannot" in told:
            failed.add(line.split()[0])
        else:
            mode, font = wanted, name
        screen = machine.screenshot()
        assert shown_mode(machine, screen) == mode
        lines = kept([*lines[:-1], told, ">"], mode[:2], FONTS[font])
        expect_lines(screen, FONTS[font], lines)
    assert failed == {"font", "mode"}


def test_another_display(kernel: Build, machines: Machines) -> None:
    """A display whose mode is the loader's for good, and none: a sentence."""
    machine = machines.boot(kernel, vga="cirrus")
    assert "this display cannot be given another mode" in answer(machine, "mode")
    assert "cannot be set: this display cannot be" in answer(machine, "mode 640x480")
    assert answer(machine, "font 8x8").endswith("rows.\n")
    machine = machines.boot(kernel, direct=True, vga="none")
    assert answer(machine, "mode") == "There is no framebuffer.\n"
    assert "640x480, 32 bits cannot be set: there is no framebuffer.\n" == answer(
        machine, "mode 640x480")
    assert answer(machine, "font 8x8").startswith("The font cannot be changed: there is no text")
    assert answer(machine, "demo lines 2") == "There is no framebuffer to draw on.\n"
