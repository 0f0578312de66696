# SPDX-License-Identifier: MIT
"""What a console may show beside the text: its cursor, and what has left the screen."""

from __future__ import annotations

import re

import pytest
from tessera.qemu import Machine

from building import Build
from console_output import output_of
from harness import Machines, log_line, poll, screen_rows, wait_idle

WHITE = 0xFFFFFF
SCROLLBACK = "CONFIG_CONSOLE_SCROLLBACK=y\n"


def cell(machine: Machine, column: int, row: int) -> "list[list[bool]]":
    """Which pixels of a cell of 8x16 are white."""
    screen = machine.screenshot()
    return [[screen.pixel(column * 8 + x, row * 16 + y) == WHITE for x in range(8)]
            for y in range(16)]


@pytest.mark.parametrize("shape, way", [
    ("BLOCK", "IMMEDIATE"), ("UNDERLINE", "DEFERRED"), ("BLOCK", "PANNING")])
def test_cursor(build, machines: Machines, shape: str, way: str) -> None:
    """It is where text goes on, in its form, follows a Backspace, and leaves no trace."""
    kernel = build(f"cursor-{shape}-{way}".lower(),
                   f"CONFIG_CONSOLE_CURSOR_{shape}=y\nCONFIG_CONSOLE_{way}=y\n")
    machine = machines.boot(kernel)
    for _time in range(5):
        machine.run_command("help")
    machine.run_command("clear")
    wanted = [[shape == "BLOCK" or y == 14] * 8 for y in range(16)]
    poll(lambda: cell(machine, 2, 0) == wanted, "the cursor behind the prompt")
    machine.type_text("ab\b")
    wait_idle(machine)
    poll(lambda: cell(machine, 3, 0) == wanted, "the cursor behind the a")
    assert cell(machine, 4, 0) == cell(machine, 5, 0) == [[False] * 8] * 16
    machine.type_text("\b")
    machine.run_command("")
    poll(lambda: cell(machine, 2, 1) == wanted, "the cursor in the next row")
    assert cell(machine, 2, 0) == [[False] * 8] * 16


def test_cursor_blinks(build, machines: Machines) -> None:
    """Nobody types, and it comes and goes."""
    kernel = build("cursor-blink", "CONFIG_CONSOLE_CURSOR_BLOCK=y\nCONFIG_CONSOLE_CURSOR_BLINK=y\n")
    machine = machines.boot(kernel)
    machine.run_command("clear")
    for _time in range(2):
        poll(lambda: cell(machine, 2, 0)[0][0], "it is seen")
        poll(lambda: not cell(machine, 2, 0)[0][0], "it is not seen")


def test_a_cursor_that_is_hidden_does_not_blink(build, machines: Machines) -> None:
    """A phase that is over is noted all the same: the CPU may sleep until the next one."""
    kernel = build("cursor-blink-ansi", "CONFIG_CONSOLE_CURSOR_BLOCK=y\nCONFIG_CONSOLE_ANSI=y\n"
                   "CONFIG_CONSOLE_CURSOR_BLINK=y\n")
    with output_of(machines, kernel) as output:
        output.stop_ticks()
        output.write(b"\x1b[?25l")
        was_on = output.guest.address("was_on")
        other = 1 - output.guest.gdb.read_memory(was_on, 1)[0]
        output.guest.gdb.write_memory(was_on, bytes([other]))
        assert output.call("idle_work_run") & 1
        assert not output.call("idle_work_run") & 1


def test_a_deferred_cursor_moves_alone(build, machines: Machines) -> None:
    """A sequence that writes nothing is something to be shown."""
    kernel = build("cursor-deferred-ansi", "CONFIG_CONSOLE_CURSOR_BLOCK=y\nCONFIG_CONSOLE_ANSI=y\n"
                   "CONFIG_CONSOLE_DEFERRED=y\n")
    with output_of(machines, kernel) as output:
        output.stop_ticks()
        output.write(b"abc")
        output.flush()
        output.write(b"\x1b[10;20H")
        assert output.call("idle_work_run") & 1
        assert not output.call("idle_work_run") & 1
        assert cell(output.machine, 19, 9) == [[True] * 8] * 16


def press(machine: Machine, *keys: str) -> None:
    """Press keys together, let them go in turn."""
    machine.send_keys([(key, True) for key in keys])
    machine.send_keys([(key, False) for key in reversed(keys)])
    wait_idle(machine)


def rows_of(machine: Machine, kernel: Build) -> "list[str]":
    """The text on the screen."""
    return machine.screenshot().text(kernel.font)


@pytest.mark.parametrize("way", ["IMMEDIATE", "DEFERRED", "PANNING"])
def test_scrollback(build, machines: Machines, way: str) -> None:
    """A page back and forth; any key and any text show the present."""
    kernel = build(f"scrollback-{way}".lower(), f"{SCROLLBACK}CONFIG_CONSOLE_{way}=y\n")
    machine = machines.boot(kernel)
    machine.run_command("clear")
    start = len(machine.serial_text)
    for number in range(60):
        machine.run_command(f"echo {number}")
    wait_idle(machine)
    said = ("> " + machine.serial_text[start:]).split("\n")
    said = [line.rstrip() for line in said]
    poll(lambda: rows_of(machine, kernel) == said[-45:], "the present")
    press(machine, "shift", "pgup")
    poll(lambda: rows_of(machine, kernel) == said[-45 - 44:-44], "a page before")
    press(machine, "shift", "pgup")
    press(machine, "shift", "pgup")
    press(machine, "shift", "pgdn")
    back = rows_of(machine, kernel)
    assert back != said[-45:] and back[0] in said
    press(machine, "pgdn")
    poll(lambda: rows_of(machine, kernel) == said[-45:], "another key: the present")
    press(machine, "shift", "pgup")
    press(machine, "x")
    said[-1] += " x"
    poll(lambda: rows_of(machine, kernel) == said[-45:], "text: the present, and what was typed")


def test_scrollback_is_bounded(build, machines: Machines) -> None:
    """Keys beyond the oldest row stay there; with rows for 3 there are 3."""
    kernel = build("scrollback-3", SCROLLBACK + "CONFIG_CONSOLE_SCROLLBACK_ROWS=3\n")
    machine = machines.boot(kernel)
    for number in range(60):
        machine.run_command(f"echo {number}")
    wait_idle(machine)
    before = rows_of(machine, kernel)
    for _time in range(3):
        press(machine, "shift", "pgup")
    poll(lambda: rows_of(machine, kernel)[3:] == before[:-3], "three rows more")
    for _time in range(5):
        press(machine, "shift", "pgdn")
    poll(lambda: rows_of(machine, kernel) == before, "the present")


def test_a_history_longer_than_memory(build, machines: Machines) -> None:
    """It becomes as long as there is memory for, and that is said. A second console, that has not
    started because there is a framebuffer, takes no colours."""
    kernel = build("scrollback-longest", "CONFIG_CONSOLE_SCROLLBACK=y\n"
                   "CONFIG_CONSOLE_SCROLLBACK_ROWS=65535\nCONFIG_CONSOLE_ANSI=y\n"
                   "CONFIG_VGA_TEXT_CONSOLE=y\n")
    machine = machines.boot(kernel, memory="64M")
    told = log_line(machine, "text_console")
    assert re.fullmatch(r"there is memory for \d{4,5} rows to look back at, not for 65535", told)
    assert machine.run_command("color red") == ""
    assert machine.run_command("echo alive") == "alive\n"
    assert "alive" in screen_rows(machine, kernel)


def test_a_history_leaves_room_for_the_heap(build, machines: Machines) -> None:
    """One for which there would just be memory is cut short: the heap starts later."""
    kernel = build("scrollback-tight", "CONFIG_CONSOLE_SCROLLBACK=y\nCONFIG_FB_MODE_640X480=y\n"
                   "CONFIG_CONSOLE_SCROLLBACK_ROWS=47921\nCONFIG_BOOT_PVH=y\nCONFIG_FB_BOCHS=y\n")
    machine = machines.boot(kernel, memory="32M", direct=True)
    assert "there is memory for 23960 rows" in log_line(machine, "text_console")
    assert machine.run_command("echo alive") == "alive\n"
