# SPDX-License-Identifier: MIT
"""Control sequences on the screen of a booted kernel; the details are in the suites of the code."""

from __future__ import annotations

import random
from typing import Iterator

import pytest

from console_output import output_of
from harness import Machines, wait_dead
from test_console_ways import UNEVEN

ANSI = "CONFIG_CONSOLE_ANSI=y\n"
RED, GREEN = 0xCD0000, 0x00CD00


@pytest.mark.parametrize("way", ["IMMEDIATE", "DEFERRED", "PANNING"])
def test_sequences_on_the_screen(build, machines: Machines, way: str) -> None:
    """A little of everything, by each way of updating; the serial line has the bytes themselves."""
    kernel = build(f"ansi-{way.lower()}", f"{ANSI}CONFIG_CONSOLE_{way}=y\n")
    text = (
        b"one\ntwo\nthree\n" + b"filler\n" * 60 + b"\x1b[2J\x1b[H"
        b"\x1b[31mred\x1b[m plain\n\x1b[42m\x1b[K\x1b[m\n\x1b[5;10Hhere\x1b7\x1b[1;1H"
        b"\x1b[38;2;1;2;3m\x1b[10;1Hrgb\x1b[m\x1b8!\x1b]0;title\x07\x1b[12;14r\x1b[14;1H"
        b"a\nb\nc\nd\x1b[r\x1b[20;1Hend"
    )
    with output_of(machines, kernel) as output:
        output.write(text)
        output.flush()
        screen = output.machine.screenshot()
        rows = screen.text(kernel.font)
    assert rows[0] == "red plain" and rows[4] == " " * 9 + "here!"
    assert rows[9] == "rgb" and rows[11:14] == ["b", "c", "d"] and rows[19] == "end"
    assert not any(rows[20:])
    colors = screen.colors()
    assert RED in colors and 0x010203 in colors
    assert colors[GREEN] == 1280 * 16, "the line is erased in the colour of the background"
    assert "\x1b[31mred\x1b[m plain" in output.machine.serial_text


def test_clear_resets(build, machines: Machines) -> None:
    """Whatever state the text has left, `clear` gives a clean sheet."""
    kernel = build("ansi-immediate", f"{ANSI}CONFIG_CONSOLE_IMMEDIATE=y\n")
    with output_of(machines, kernel) as output:
        output.write(b"\x1b[41;7;5;9r\x1b[?6h\x1b[?7l\x1bPgarbage")
        output.call("console_clear")
        output.write(b"clean")
        screen = output.machine.screenshot()
    assert screen.text(kernel.font)[0] == "clean"
    assert set(screen.colors()) == {0xFFFFFF, 0}


@pytest.mark.parametrize("way", ["IMMEDIATE", "DEFERRED", "PANNING"])
@pytest.mark.parametrize("text", [
    b"\x1b]0;a title without an end", b"\x1bPq#0;2;0", b"\x1b[38;2;1", b"\x1b_", b"\x1bX", b"\x1b^",
    b"\x1b[3;4r", b"\x1b[3;4r\x1b[?6h\x1b[4;1H", b"\x1b[30;40m", b"\x1b[?7l\x1b[1;160H",
    b"\x1b[H" + b"old " * 160 + b"\x1b[H",
], ids=ascii)
def test_a_panic_is_read_whatever_came_before(build, machines: Machines, way: str,
                                              text: bytes) -> None:
    """A sequence that was cut off, a small region, black on black: the report is on the screen."""
    kernel = build(f"ansi-{way.lower()}", f"{ANSI}CONFIG_CONSOLE_{way}=y\n")
    with output_of(machines, kernel) as output:
        output.write(b"before\n" + text)
        output.leave("panic", b"the report of " + b"many words " * 15 + b"ends")
        wait_dead(output.machine)
        rows = output.machine.screenshot().text(kernel.font)
    start = next(at for at, row in enumerate(rows) if row.startswith("KERNEL PANIC: the report"))
    report = "KERNEL PANIC: the report of " + "many words " * 15 + "ends"
    assert [report[:160].rstrip(), report[160:]] == rows[start:start + 2]
    assert "CPU halted." in rows[start + 2:] and "old" not in "".join(rows[start:])


def sequences(seed: int) -> Iterator[bytes]:
    """Text with sequences of every kind, most of it in a few rows of a few columns."""
    choose = random.Random(seed)
    for _piece in range(400):
        kind = choose.random()
        if kind < 0.4:
            yield bytes(choose.choices(b"ab cd  \t\n\r\b", k=choose.randrange(1, 120)))
        elif kind < 0.5:
            yield b"".join(b"line %d\n" % line for line in range(choose.randrange(60)))
        elif kind < 0.9:
            values = b";".join(b"%d" % choose.choice([0, 1, 2, 3, 7, 20, 41, 46, 54, 60])
                               for _value in range(choose.randrange(1, 3)))
            mode = choose.choice([b"", b"", b"", b"?7", b"?6"])
            final = b"hl" if mode else b"@ABCDEFGHJKLMPSTXdemrr"
            yield b"\x1b[" + (mode or values) + bytes([choose.choice(final)])
        else:
            yield b"\x1b" + choose.choice([b"7", b"8", b"D", b"E", b"M", b"M", b"]x\x07", b"[r"])


def test_each_way_shows_the_same(build, machines: Machines) -> None:
    """Random sequences, clears and idling: each way has the pixels of the plainest one."""
    shown: "dict[str, list[bytes]]" = {}
    for way in ("IMMEDIATE", "DEFERRED", "PANNING"):
        kernel = build(f"ansi-uneven-{way.lower()}", f"{ANSI}{UNEVEN}CONFIG_CONSOLE_{way}=y\n")
        with output_of(machines, kernel) as output:
            for number, piece in enumerate(sequences(9)):
                output.write(piece)
                if number % 40 == 39:
                    output.flush()
                    shown.setdefault(way, []).append(output.machine.screenshot().rgb)
                if number % 100 == 77:
                    output.call("console_clear")
                while way == "PANNING" and number % 9 == 5 and output.call("idle_work_run") & 1:
                    pass
    assert shown["IMMEDIATE"] == shown["DEFERRED"], "deferred"
    assert shown["IMMEDIATE"] == shown["PANNING"], "panning"
