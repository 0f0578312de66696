# SPDX-License-Identifier: MIT
"""The PS/2 mouse: where it points, on the screen and by the command, and keys between its moves."""

from __future__ import annotations

from typing import Iterator, List

import pytest
from tessera.promises import read_port
from tessera.qemu import Machine
from tessera.screen import Screen

from building import Build
from debugger import debugger
from harness import Machines, log_line, poll, wait_idle

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_PS2_MOUSE=y
CONFIG_SHELL_CMD_MOUSE=y
CONFIG_CONSOLE_CURSOR_BLOCK=y
CONFIG_CONSOLE_SCROLLBACK=y
CONFIG_SHELL_CMD_SLEEP=y
"""
WIDTH, HEIGHT = 8, 16  # of a cell, in pixels and in counts of the mouse
COLUMNS, ROWS = 160, 45
WRITE_AUX_OUTPUT, WRITE_AUX = 0xD3, 0xD4  # of the controller
MOUSE_SEND_MOVES, ACKNOWLEDGED, AUX_BYTE_IS_THERE = 0xF4, 0xFA, 0x21
FIRST_BYTE = 0x08  # of a packet: no button
CYAN, GREEN, MAGENTA = 0x00FFFF, 0x00FF00, 0xFF00FF


@pytest.fixture(scope="module")
def kernel(build) -> Build:
    """With all that paints over cells."""
    return build("mouse", FRAGMENT, goal="build")


@pytest.fixture
def machine(kernel: Build) -> Iterator[Machine]:
    """At its prompt."""
    machines = Machines()
    yield machines.boot(kernel, direct=True)
    machines.close()


def move(machine: Machine, right: int, down: int) -> None:
    """As a hand does: in steps that a packet has room for."""
    while right or down:
        step = [max(-100, min(100, way)) for way in (right, down)]
        machine.hmp(f"mouse_move {step[0]} {step[1]}")
        right, down = right - step[0], down - step[1]


def told(machine: Machine) -> List[str]:
    """What the command says."""
    return machine.run_command("mouse").splitlines()


def inverted(screen: Screen) -> List["tuple[int, int]"]:
    """The cells whose corner below, where no glyph is, has another colour than black."""
    return [(column, row) for row in range(ROWS) for column in range(COLUMNS)
            if screen.pixel(column * WIDTH + WIDTH - 1, row * HEIGHT + HEIGHT - 1)]


def point(machine: Machine, column: int, row: int) -> None:
    """Wait until the pointer is seen there, besides the cursor."""
    poll(lambda: (column, row) in inverted(machine.screenshot()), f"a pointer at {column}, {row}")


def test_it_points(machine: Machine) -> None:
    """Counts become cells; the edges hold it; nothing is left where it was."""
    assert log_line(machine, "ps2_mouse") == "a mouse with a wheel"
    assert len(inverted(machine.screenshot())) == 1  # the cursor
    assert told(machine) == ["At column 0, row 0:", "Wheel: 0", "0 packets, 0 bytes that were none"]
    move(machine, 40 * WIDTH, 12 * HEIGHT)
    point(machine, 40, 12)
    assert told(machine)[0] == "At column 40, row 12:"
    move(machine, 5000, 5000)
    point(machine, COLUMNS - 1, ROWS - 1)
    move(machine, -WIDTH, -HEIGHT)
    point(machine, COLUMNS - 2, ROWS - 2)
    move(machine, -5000, -5000)
    point(machine, 0, 0)
    assert len(inverted(machine.screenshot())) == 2
    assert told(machine)[0] == "At column 0, row 0:"


def test_buttons_and_wheel(machine: Machine) -> None:
    """What is down is told until it is up; the wheel adds up."""
    machine.hmp("mouse_button 5")
    poll(lambda: told(machine)[0].endswith(": left middle"), "two buttons")
    machine.hmp("mouse_button 0")
    machine.hmp("mouse_move 0 0 2")
    poll(lambda: told(machine)[0] == "At column 0, row 0:", "no button")
    assert told(machine)[1] != "Wheel: 0"


def test_text_below_it(machine: Machine) -> None:
    """It stays on its cell while text scrolls, and the text is whole."""
    move(machine, 3 * WIDTH, 20 * HEIGHT)
    point(machine, 3, 20)
    for number in range(50):
        assert machine.run_command(f"echo line {number}") == f"line {number}\n"
    seen = inverted(machine.screenshot())
    assert (3, 20) in seen and len(seen) == 2
    machine.run_command("clear")
    point(machine, 3, 20)


def test_keys_between_its_bytes(machine: Machine) -> None:
    """Neither loses anything by the other: each move counts."""
    for number in range(20):
        for _step in range(4):
            machine.hmp(f"mouse_move {WIDTH} {HEIGHT // 2}")
        assert machine.run_command(f"echo {number} abc") == f"{number} abc\n"
    where, _wheel, packets = told(machine)
    assert where == "At column 80, row 40:"
    assert packets.endswith(", 0 bytes that were none")


def write_for_mouse(machine: Machine, command: int, value: int) -> None:
    """By a command of the controller (IBM), as a byte of the mouse, or for it."""
    machine.hmp(f"o /1xb 0x64 {command:#x}")
    machine.hmp(f"o /1xb 0x60 {value:#x}")


def test_a_byte_is_lost(machine: Machine) -> None:
    """What was begun is not gone on with after a rest."""
    move(machine, WIDTH, 0)
    point(machine, 1, 0)
    write_for_mouse(machine, WRITE_AUX_OUTPUT, FIRST_BYTE)
    machine.run_command("sleep 700ms")
    move(machine, 39 * WIDTH, 12 * HEIGHT)
    point(machine, 40, 12)
    assert told(machine)[2].endswith(", 1 bytes that were none")


def test_over_a_drawing(machine: Machine) -> None:
    """It is seen there, in the opposite colour, and leaves nothing behind."""
    move(machine, 30 * WIDTH, 20 * HEIGHT)
    point(machine, 30, 20)
    machine.run_command("screenfill red")
    poll(lambda: machine.screenshot().pixel(30 * WIDTH, 20 * HEIGHT) == CYAN, "a pointer")
    seen = machine.screenshot().colors()
    assert seen[CYAN] == WIDTH * HEIGHT
    move(machine, 10 * WIDTH, 0)
    poll(lambda: machine.screenshot().pixel(40 * WIDTH, 20 * HEIGHT) == CYAN, "a pointer")
    assert machine.screenshot().colors() == seen
    machine.run_command("draw rect 320 320 8 16 green")
    poll(lambda: machine.screenshot().pixel(40 * WIDTH, 20 * HEIGHT) == MAGENTA, "a pointer")
    move(machine, -10 * WIDTH, 0)
    poll(lambda: machine.screenshot().pixel(30 * WIDTH, 20 * HEIGHT) == CYAN, "a pointer")
    assert machine.screenshot().pixel(40 * WIDTH, 20 * HEIGHT) == GREEN


def test_what_was_sent_before(machines: Machines, kernel: Build) -> None:
    """A loader had it send moves: they are taken for no answers."""
    machine = machines.start(kernel, direct=True, paused=True, gdb=True)
    with debugger(machine, kernel) as guest:
        with guest.held_at(guest.run_to("ps2_mouse_start")):
            write_for_mouse(machine, WRITE_AUX, MOUSE_SEND_MOVES)
            assert read_port(machine, 0x60) == ACKNOWLEDGED
            for _move in range(3):
                machine.hmp("mouse_move 3 5")
            assert read_port(machine, 0x64) & AUX_BYTE_IS_THERE == AUX_BYTE_IS_THERE
        guest.gdb.resume()
        machine.wait_prompt()
    assert log_line(machine, "ps2_mouse") == "a mouse with a wheel"
    move(machine, 8 * WIDTH, 0)
    point(machine, 8, 0)


def test_no_mouse(machines: Machines, kernel: Build) -> None:
    """A machine without the controller has a prompt all the same."""
    machine = machines.boot(kernel, direct=True, machine="pc,i8042=off")
    assert "i8042: no controller" in machine.serial_text


def test_no_screen(machines: Machines, kernel: Build) -> None:
    """Nobody shows the pointer, and the CPU sleeps after a move all the same."""
    machine = machines.boot(kernel, direct=True, vga="none")
    move(machine, 40 * WIDTH, 0)
    poll(lambda: told(machine)[0] == "At column 40, row 0:", "the move")
    wait_idle(machine)
