# SPDX-License-Identifier: MIT
"""The pixels of the screen: text held against the font's file, shapes against the oracle."""

from __future__ import annotations

import random
import re
from typing import Callable

import pytest
from tessera.psf import Font
from tessera.qemu import Machine
from tessera.screen import Screen

import oracle
from building import Build
from debugger import debugger
from harness import Machines, expect_screen, wait_idle
from oracle import Canvas
from terminal import Terminal

WIDTH, HEIGHT = 1280, 720
COLUMNS, ROWS = 160, 45
WHITE, BLACK = 0xFFFFFF, 0x000000
LOWEST, HIGHEST = -2147483648, 2147483647


def same(screen: Screen, canvas: Canvas) -> None:
    """Every pixel is as it must be."""
    assert not oracle.difference(canvas, screen.width, screen.height, screen.rgb)


def terminal(build: Build) -> Terminal:
    """A terminal like the reference kernel's console."""
    return Terminal(build.font, WIDTH, HEIGHT, WHITE, BLACK)


def screen_of(machine: Machine, build: Build, start: int) -> Terminal:
    """What the serial text from an offset on makes of an empty screen."""
    model = terminal(build)
    model.feed(machine.serial_text[start:])
    return model


# ---- Text ----


def test_boot_log_pixel_by_pixel(reference: Build, machines: Machines) -> None:
    """The screen after the boot is the serial text since the display was found, to the pixel."""
    machine = machines.boot(reference)
    first = machine.screenshot().text(reference.font)[0]
    assert first, "the first row is empty"
    start = machine.serial_text.index(first)
    model = screen_of(machine, reference, start)
    assert machine.screenshot().text(reference.font) == model.text()
    same(machine.screenshot(), model.canvas())


def test_text_equals_serial_text(shell: Machine, reference: Build) -> None:
    """Answers and errors of many commands: both outputs have the same text."""
    start = len(shell.serial_text) - len("> ")
    for line in ("help", "info", "page 12345678", "draw", "color nothing", "nonsense", "echo x"):
        shell.run_command(line)
    same(shell.screenshot(), screen_of(shell, reference, start).canvas())


def test_every_glyph(reference: Build, machines: Machines) -> None:
    """All 256 glyphs of code page 437 as the font's file has them.

    The keyboard makes 95 of them: the others go into the line that `echo` prints, from outside.
    """
    machine = machines.boot(reference, gdb=True)
    machine.run_command("clear")
    codes = [code for code in range(1, 256) if code not in b"\a\b\t\n\r"]
    with debugger(machine, reference) as guest:
        guest.gdb.resume()
        machine.type_text("echo " + "x" * len(codes))
        wait_idle(machine)
        guest.gdb.interrupt()
        guest.gdb.set_breakpoint(guest.address("echo_run"))
        guest.gdb.resume()
        machine.type_text("\n")
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(guest.address("echo_run"))
        rest = guest.read_u64(guest.gdb.read_register("rdi") + 16)  # shell_args.rest
        assert guest.gdb.read_memory(rest, len(codes)) == b"x" * len(codes)
        guest.gdb.write_memory(rest, bytes(codes))
        guest.gdb.resume()
        machine.wait_prompt()
        model = terminal(reference)
        model.feed("> echo " + "x" * len(codes) + "\n")
        for code in codes:
            model.feed(chr(code))
        model.feed("\n> ")
        same(machine.screenshot(), model.canvas())


def test_the_font_is_the_vga_font(reference: Build) -> None:
    """8x16, 256 glyphs, in the order of code page 437 by the file's own Unicode table."""
    font = reference.font
    assert (font.width, font.height, len(font.glyphs)) == (8, 16, 256)
    for code in range(0x20, 0x7F):
        assert font.glyph_of(chr(code)) == code
    for code in (0x80, 0x9B, 0xB0, 0xC9, 0xDB, 0xE1, 0xFE):
        assert chr(font_character(code)) in font.unicode[code]
    capital_a = ["".join(".#"[bit] for bit in row) for row in font.rows(ord("A"))]
    assert capital_a[2:12] == [
        "...#....", "..###...", ".##.##..", "##...##.", "##...##.", "#######.", "##...##.",
        "##...##.", "##...##.", "##...##.",
    ]


def font_character(code: int) -> int:
    """The Unicode number of a code of code page 437."""
    return ord(bytes([code]).decode("cp437"))


def test_text_color(shell: Machine, reference: Build) -> None:
    """`color` changes the text to come, not what stands there; names in any letter case."""
    model = terminal(reference)
    model.feed("> ")
    for name, rgb in oracle.COLORS.items():
        if name not in oracle.TEXT_COLORS:
            continue
        line = f"color {name.upper()}"
        shell.run_command(line)
        model.feed(line + "\n")
        model.fg = rgb
        model.feed("> ")
        line = f"echo in {name}"
        shell.run_command(line)
        model.feed(f"{line}\nin {name}\n> ")
    same(shell.screenshot(), model.canvas())


def test_color_outlives_clear(shell: Machine, reference: Build) -> None:
    """After `clear` the text has the colour that was set."""
    shell.run_command("color cyan")
    shell.run_command("clear")
    assert set(shell.screenshot().colors()) == {BLACK, 0x00FFFF}


def test_clear(shell: Machine, reference: Build) -> None:
    """`clear` leaves the prompt at the top left, whatever was drawn."""
    shell.run_command("screenfill orange")
    shell.run_command("info")
    shell.run_command("clear")
    model = terminal(reference)
    model.feed("> ")
    same(shell.screenshot(), model.canvas())


def test_line_wraps(shell: Machine, reference: Build) -> None:
    """A line longer than the screen is wide goes on in the next row, typed or printed."""
    start = len(shell.serial_text) - len("> ")
    for length in (COLUMNS - 8, COLUMNS - 7, COLUMNS - 6, COLUMNS, COLUMNS + 1, 240):
        shell.run_command("echo " + ("0123456789" * 25)[:length])
    same(shell.screenshot(), screen_of(shell, reference, start).canvas())


def test_backspace_across_a_wrapped_line(shell: Machine, reference: Build) -> None:
    """Backspace goes back into the row above, and the cells it leaves are empty."""
    line = "echo " + "a" * 160
    shell.type_text(line)
    shell.type_text("\b" * 20)
    wait_idle(shell)
    expect_screen(shell, reference, ["> " + line[:-20]])
    shell.type_text("b" * 20)
    wait_idle(shell)
    typed = "> " + line[:-20] + "b" * 20
    expect_screen(shell, reference, [typed[:COLUMNS], typed[COLUMNS:]])
    shell.type_text("\b" * len(line) + "echo ok")
    wait_idle(shell)
    expect_screen(shell, reference, ["> echo ok"])
    shell.run_command("")
    expect_screen(shell, reference, ["> echo ok", "ok", ">"])


@pytest.mark.parametrize("length", [COLUMNS - 3, COLUMNS - 2, COLUMNS - 1])
def test_backspace_at_the_edge(shell: Machine, reference: Build, length: int) -> None:
    """The last column of a row, where wrapping is about to happen or has just happened."""
    shell.type_text("x" * length + "\b\b" + "yz")
    wait_idle(shell)
    typed = "> " + "x" * (length - 2) + "yz"
    rows = [typed[:COLUMNS], typed[COLUMNS:]] if len(typed) > COLUMNS else [typed]
    expect_screen(shell, reference, rows)
    shell.type_text("\b" * length)
    wait_idle(shell)
    expect_screen(shell, reference, [">"])
    shell.run_command("")


def test_backspace_stops_at_the_prompt(shell: Machine, reference: Build) -> None:
    """With nothing typed, Backspace takes away neither the prompt nor the row above."""
    shell.run_command("echo " + "x" * (COLUMNS - 7))
    shell.type_text("\b\b\b")
    wait_idle(shell)
    line = "x" * (COLUMNS - 7)
    expect_screen(shell, reference, [f"> echo {line}", line, ">"])


def test_scroll(shell: Machine, reference: Build) -> None:
    """More than 200 lines: none lost on the serial line, the last 45 on the screen."""
    start = len(shell.serial_text) - len("> ")
    for number in range(30):
        shell.run_command(f"page {number * 0x40201007:x}")
        screen = shell.screenshot() if number % 10 == 0 else None
        if screen:
            same(screen, screen_of(shell, reference, start).canvas())
    said = shell.serial_text[start:]
    assert said.count("\n") == 30 * 7 >= 200
    assert re.findall(r"address: 0x0*([0-9a-f]+)\n", said) == [
        f"{number * 0x40201007:x}" for number in range(30)
    ]
    same(shell.screenshot(), screen_of(shell, reference, start).canvas())


def test_scroll_while_typing_a_wrapped_line(shell: Machine, reference: Build) -> None:
    """A line that wraps in the last row scrolls, and Backspace finds its way back."""
    start = len(shell.serial_text) - len("> ")
    for _time in range(9):
        shell.run_command("help")
    shell.type_text("echo " + "w" * 200)
    shell.wait_text("w" * 200, start=start)
    wait_idle(shell)
    same(shell.screenshot(), screen_of(shell, reference, start).canvas())
    shell.type_text("\b" * 100)
    shell.wait_text("\b \b" * 100, start=start)
    wait_idle(shell)
    same(shell.screenshot(), screen_of(shell, reference, start).canvas())
    shell.run_command("")


# ---- Shapes ----

Paint = Callable[[Canvas], None]


def paint_text(canvas: Canvas, font: Font, line: str) -> None:
    """`draw text`: a glyph of the font for each byte behind the colour."""
    _draw, _text, x, y, color, text = line.split(" ", 5)
    for number, byte in enumerate(text.encode("ascii")):
        canvas.glyph(int(x) + number * font.width, int(y), font.glyphs[byte], font.width,
                     font.height, oracle.COLORS[color.lower()], BLACK)


def parse(line: str, build: Build) -> Paint:
    """What the oracle draws for a line of the shell."""
    words = line.split()
    if words[:2] == ["draw", "text"]:
        return lambda canvas: paint_text(canvas, build.font, line)
    rgb = oracle.COLORS[words[-1].lower()]
    if words[0] == "screenfill":
        return lambda canvas: canvas.rect(0, 0, canvas.width, canvas.height, rgb)
    n = [int(word) for word in words[2:-1]]
    shapes: dict[str, Paint] = {
        "rect": lambda canvas: canvas.rect(n[0], n[1], n[2], n[3], rgb),
        "line": lambda canvas: canvas.line((n[0], n[1]), (n[2], n[3]), rgb),
        "circle": lambda canvas: canvas.circle(n[0], n[1], n[2], rgb),
        "rect-outline": lambda canvas: canvas.rect_outline(n[0], n[1], n[2], n[3], rgb),
        "circle-outline": lambda canvas: canvas.ellipse_outline(n[0], n[1], n[2], n[2], rgb),
        "ellipse": lambda canvas: canvas.ellipse(n[0], n[1], n[2], n[3], rgb),
        "ellipse-outline": lambda canvas: canvas.ellipse_outline(n[0], n[1], n[2], n[3], rgb),
        "triangle": lambda canvas: canvas.triangle([(n[0], n[1]), (n[2], n[3]), (n[4], n[5])], rgb),
    }
    return shapes[words[1]]


def check_shapes(machine: Machine, build: Build, lines: list[str]) -> None:
    """Draw shapes one after the other on an empty screen; every pixel must be the oracle's.

    Text and shapes share the screen: a line is typed, then its shape is drawn over it, then the
    next prompt over that.
    """
    assert len(lines) < ROWS - 1, "the screen must not scroll: that would move the text"
    machine.run_command("clear")
    model, canvas = terminal(build), Canvas(WIDTH, HEIGHT, BLACK)
    for row, line in enumerate(lines):
        assert machine.run_command(line, timeout=20) == ""
        model.feed(f"> {line}\n")
        model.paint(canvas, row)
        # A blank paints its cell, too: those of the line and of the prompt.
        for column, char in enumerate(f"> {line}"):
            if char == " ":
                canvas.rect(column * 8, row * 16, 8, 16, BLACK)
        parse(line, build)(canvas)
    model.feed("> ")
    model.paint(canvas, len(lines))
    canvas.rect(8, len(lines) * 16, 8, 16, BLACK)
    same(machine.screenshot(), canvas)


RECTANGLES = [
    "draw rect 100 200 300 150 red",
    "draw rect 1279 719 1 1 white",
    "draw rect 1270 710 100 100 green",
    "draw rect -50 300 100 100 blue",
    "draw rect 300 -50 100 90 cyan",
    "draw rect 700 400 1 200 yellow",
    "draw rect 700 650 200 1 magenta",
    "draw rect 640 360 0 10 white",
    "draw rect 640 360 10 0 white",
    "draw rect 1280 0 10 10 white",
    "draw rect 0 720 10 10 white",
    "draw rect -10 -10 10 10 white",
    "draw rect -10 -10 11 11 orange",
    "draw rect 500 500 33 7 gray",
    "draw rect 501 501 31 5 BLACK",
    f"draw rect {LOWEST} {LOWEST} {HIGHEST} {HIGHEST} white",
    f"draw rect {HIGHEST} {HIGHEST} {HIGHEST} {HIGHEST} white",
    f"draw rect 1200 600 {HIGHEST} 10 Grey",
    f"draw rect 1200 650 10 {HIGHEST} orange",
    f"draw rect {LOWEST} 690 {HIGHEST} 5 white",
]

CIRCLES = [
    "draw circle 640 360 0 white",
    "draw circle 650 360 1 white",
    "draw circle 660 360 2 white",
    "draw circle 670 360 3 white",
    "draw circle 300 500 100 red",
    "draw circle 0 719 60 green",
    "draw circle 1279 400 77 blue",
    "draw circle 1330 600 60 cyan",
    "draw circle -100 600 90 white",
    "draw circle -100 600 110 yellow",
    "draw circle 900 780 61 magenta",
    "draw circle 900 500 50 orange",
    "draw circle 1000 500 49 gray",
    f"draw circle {LOWEST} 360 2147483000 white",
    f"draw circle {HIGHEST} {HIGHEST} 1000 white",
    f"draw circle {HIGHEST} 360 2147482400 red",
    f"draw circle 640 {HIGHEST} 2147483100 blue",
    f"draw circle {LOWEST} {LOWEST} {HIGHEST} green",
]

LINES = [
    "draw line 640 360 1000 500 red",
    "draw line 640 360 1000 220 green",
    "draw line 640 360 280 500 blue",
    "draw line 640 360 280 220 cyan",
    "draw line 640 360 780 700 yellow",
    "draw line 640 360 500 700 magenta",
    "draw line 640 360 780 200 orange",
    "draw line 640 360 500 200 gray",
    "draw line 400 400 400 400 white",
    "draw line 100 300 100 700 white",
    "draw line 100 300 500 300 white",
    "draw line 1279 0 0 719 white",
    "draw line 0 719 1279 0 red",
    "draw line -100 500 1400 600 green",
    "draw line 2000 100 2500 700 white",
    "draw line -5 -5 -1 -1 white",
    f"draw line {LOWEST} {LOWEST} {HIGHEST} {HIGHEST} red",
    f"draw line {HIGHEST} {HIGHEST} {LOWEST} {LOWEST} blue",
    f"draw line {LOWEST} {HIGHEST} {HIGHEST} {LOWEST} green",
    f"draw line {LOWEST} 719 {HIGHEST} 0 cyan",
    f"draw line 0 {LOWEST} 1279 {HIGHEST} yellow",
    f"draw line {HIGHEST} 400 {LOWEST} 400 magenta",
    f"draw line 1100 {HIGHEST} 1100 {LOWEST} orange",
    f"draw line {HIGHEST} 0 {HIGHEST} {HIGHEST} white",
    f"draw line 640 360 {HIGHEST} {LOWEST} gray",
    f"draw line 640 360 {LOWEST} 2147483000 white",
]


@pytest.mark.parametrize("lines", [
    RECTANGLES, CIRCLES, LINES, ["screenfill Orange"], ["screenfill blue", "screenfill GREY"],
], ids=["rectangles", "circles", "lines", "fill", "two fills"])
def test_shapes(shell: Machine, reference: Build, lines: list[str]) -> None:
    """Shapes inside, across and outside the edges, and with the largest coordinates there are."""
    check_shapes(shell, reference, lines)


def test_random_shapes(shell: Machine, reference: Build) -> None:
    """Shapes that nobody thought of, the same in each run."""
    choose = random.Random(3)
    names = sorted(oracle.COLORS)

    def number(low: int, high: int) -> int:
        if choose.random() < 0.15:
            return choose.randrange(LOWEST, HIGHEST + 1)
        return choose.randrange(low, high)

    lines = []
    for _shape in range(12):
        x, y, x2, y2 = number(-200, 1500), number(-200, 900), number(-200, 1500), number(-200, 900)
        size = abs(number(1, 300)) & HIGHEST
        color = choose.choice(names)
        lines.append(f"draw line {x} {y} {x2} {y2} {color}")
        lines.append(f"draw circle {x2} {y} {size} {choose.choice(names)}")
        lines.append(f"draw rect {x} {y2} {size} {choose.randrange(100)} {choose.choice(names)}")
    check_shapes(shell, reference, lines)


def test_a_circle_left_of_the_screen_paints_nothing(shell: Machine, reference: Build) -> None:
    """It once painted a band across the screen."""
    shell.run_command("clear")
    for line in ("draw circle -500 360 400 red", "draw circle -1 360 0 red",
                 f"draw circle {LOWEST} 360 {HIGHEST} red"):
        shell.run_command(line)
    assert 0xFF0000 not in shell.screenshot().colors()


def test_info_after_drawing(shell: Machine) -> None:
    """`info` reads the framebuffer's mode after every kind of drawing, and does not hang."""
    for line in ("screenfill red", "draw rect 1 1 9 9 blue", "draw line 0 0 9 9 red", "clear"):
        shell.run_command(line)
        assert "1280x720" in shell.run_command("info", timeout=10)
