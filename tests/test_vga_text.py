# SPDX-License-Identifier: MIT
"""The text console in VGA text mode, read out of the display's own memory and registers."""

from __future__ import annotations

import pytest
from tessera.promises import read_port

from console_output import output_of
from harness import Machines, poll
from terminal import Terminal
from test_console_seen import press

VGA = "# CONFIG_FRAMEBUFFER is not set\nCONFIG_VGA_TEXT_CONSOLE=y\n"
COLUMNS, ROWS = 80, 25
CURSOR_OFF = 1 << 5
MEMORY, BYTES = 0xB8000, COLUMNS * ROWS * 2


class Cells8x16:
    """A font as far as a terminal asks for its size."""

    width, height = 8, 16


def cells(machine, path) -> bytes:
    """The display's memory: a byte of text, a byte of colours."""
    machine.qmp("pmemsave", val=MEMORY, size=BYTES, filename=str(path))
    return path.read_bytes()


def rows_of(memory: bytes) -> "list[str]":
    """The text."""
    text = memory[::2].decode("cp437")
    return [text[row:row + COLUMNS].rstrip() for row in range(0, len(text), COLUMNS)]


def cursor_of(machine) -> int:
    """The place of the display's cursor."""
    place = 0
    for index in (0x0E, 0x0F):
        machine.hmp(f"o /1xb 0x3d4 {index:#x}")
        place = place << 8 | read_port(machine, 0x3D5)
    return place


def model_of() -> Terminal:
    """A terminal of that size, the prompt on it."""
    model = Terminal(Cells8x16(), COLUMNS * 8, ROWS * 16, 0xFFFFFF, 0)
    model.feed("> ")
    return model


@pytest.mark.parametrize("direct", [False, True], ids=["grub", "direct"])
def test_boot_and_shell(build, machines: Machines, tmp_path, direct: bool) -> None:
    """All text is there, white on black, wrapped, scrolled, taken back; the cursor follows."""
    kernel = build("vga-text", VGA + "CONFIG_BOOT_PVH=y\nCONFIG_SHELL_LINE_MAX=256\n")
    machine = machines.boot(kernel, direct=direct)
    assert "vga_text: 80 columns, 25 rows" in machine.serial_text
    said = machine.serial_text
    whole = rows_of(cells(machine, tmp_path / "boot"))
    assert ">" in whole and said.rstrip("> \n").splitlines()[-1] in whole
    machine.run_command("clear")
    model, start = model_of(), len(machine.serial_text)
    for line in ("help", "info", "echo " + "x" * 200, "page 1234", "help", "nothing"):
        machine.run_command(line)
    machine.type_text("y" * 100 + "\b" * 50)
    machine.wait_text("\b \b" * 50, start=start)
    poll(lambda: machine.cpu().idle, "all is shown")
    model.feed(machine.serial_text[start:])
    memory = cells(machine, tmp_path / "cells")
    assert rows_of(memory) == model.text()
    assert set(memory[1::2]) == {0x0F}, "white on black"
    assert cursor_of(machine) == 23 * 80 + 52, "in the row that the line begins in, once more"
    machine.hmp("o /1xb 0x3d4 0x0a")
    assert read_port(machine, 0x3D5) & CURSOR_OFF, "no cursor was chosen"


@pytest.mark.parametrize("way", ["IMMEDIATE", "DEFERRED"])
def test_colors_and_sequences(build, machines: Machines, tmp_path, way: str) -> None:
    """The nearest of sixteen colours; UTF-8 by code page 437; sequences; bright backgrounds."""
    kernel = build(f"vga-rich-{way}".lower(), VGA + "CONFIG_CONSOLE_ANSI=y\nCONFIG_CONSOLE_UTF8=y\n"
                   f"CONFIG_CONSOLE_{way}=y\nCONFIG_CONSOLE_CURSOR_BLOCK=y\n")
    with output_of(machines, kernel) as output:
        output.write(b"\r\x1b[31mr\x1b[1mR\x1b[0;30;104mb\x1b[m\xc3\xa9\xe2\x94\x80?\xff"
                     b"\x1b[3;5Hhere\x1b[?25l")
        output.flush()
        memory = cells(output.machine, tmp_path / "cells")
        assert cursor_of(output.machine) == ROWS * COLUMNS, "it is not seen"
        output.write(b"\x1b[?25h")
        output.flush()
        assert cursor_of(output.machine) == 2 * 80 + 8
        output.machine.hmp("o /1xb 0x3d4 0x0a")
        assert read_port(output.machine, 0x3D5) == 0, "a block"
    assert memory[:14] == b"r\x04R\x04b\x90\x82\x0f\xc4\x0f?\x0f?\x0f"
    assert rows_of(memory)[2] == "    here"


@pytest.mark.parametrize("options", [
    {"extra": ["-vga", "none"]}, {"firmware": "uefi"},
], ids=["no display", "uefi"])
def test_no_text_mode(build, machines: Machines, options: dict) -> None:
    """It is said, and the kernel goes on by the serial line."""
    kernel = build("vga-text", VGA + "CONFIG_BOOT_PVH=y\nCONFIG_SHELL_LINE_MAX=256\n")
    machine = machines.boot(kernel, **options)
    assert "vga_text: no display in text mode" in machine.serial_text
    assert machine.run_command("echo on") == "on\n"


def test_a_framebuffer_comes_first(build, machines: Machines) -> None:
    """With both, the screen has the framebuffer's console."""
    kernel = build("vga-both", "CONFIG_VGA_TEXT_CONSOLE=y\n")
    machine = machines.boot(kernel)
    assert "framebuffer_console: 160 columns" in machine.serial_text
    assert "vga_text" not in machine.serial_text
    assert ">" in machine.screenshot().text(kernel.font)


def test_scrollback(build, machines: Machines, tmp_path) -> None:
    """Shift-PageUp shows the rows before, any key those of now."""
    kernel = build("vga-scrollback", VGA + "CONFIG_CONSOLE_SCROLLBACK=y\n")
    machine = machines.boot(kernel)

    def rows() -> "list[str]":
        return rows_of(cells(machine, tmp_path / "cells"))

    for number in range(30):
        machine.run_command(f"echo {number}")
    before = rows()
    press(machine, "shift", "pgup")
    poll(lambda: rows() != before and rows()[-1] == before[0], "a page before")
    assert cursor_of(machine) == ROWS * COLUMNS, "it belongs to the present"
    press(machine, "x")
    poll(lambda: rows() == before[:-1] + ["> x"], "the present, and what was typed")
    assert cursor_of(machine) == (ROWS - 1) * COLUMNS + 3
