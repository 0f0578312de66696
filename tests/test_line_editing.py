# SPDX-License-Identifier: MIT
"""Editing a line at the prompt: keys as a keyboard and a terminal send them, seen on the screen.

The screen has 80 columns and obeys no control sequences. Each case begins at a prompt at the top of
an empty screen, and says what the whole screen shows then. Behind it ` ;` is typed where the
cursor stands: so the screen tells where that is, too.
"""

from __future__ import annotations

import time
from typing import Iterator

import pytest
from tessera.keys import KeyEvent
from tessera.qemu import Machine

from building import Build
from harness import Machines, poll, screen_rows, wait_idle

OPTIONS = """\
CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_FB_MODE_640X480=y
CONFIG_SHELL_SERIAL_INPUT=y
CONFIG_SHELL_EDIT=y
CONFIG_SHELL_HISTORY=y
CONFIG_SHELL_COMPLETE=y
"""
COLUMNS = 80
LONG = "echo " + "0123456789" * 8  # 7 characters in the second row

# Text, and keys by QEMU's names between the texts; then the rows.
CASES: dict[str, tuple[list[str], list[str]]] = {
    "in the middle": (["echo wrld", "left left left", "o", "end", "s"], ["> echo worlds;"]),
    "home and delete": (["xecho a", "home", "", "delete", "", "ctrl-e", "b"], ["> echo ab;"]),
    "by words": (["one two-three", "ctrl-left ctrl-left", "x", "ctrl-right", "y"],
                 ["> one xtwoy;-three"]),
    "cut and paste": (["echo two", "ctrl-w", "one ", "ctrl-y ctrl-a ctrl-d", "E"],
                      ["> E;cho one two"]),
    "cut to both ends": (["abc def", "left left left ctrl-k ctrl-u ctrl-y", ""], ["> abc ;"]),
    "across a row": ([LONG, "home", "# ", "end backspace", ""],
                     [("> # " + LONG)[:COLUMNS], ("> # " + LONG)[COLUMNS:-1] + ";"]),
    "out of the second row": ([LONG, "ctrl-u", "ok"], ["> ok;"]),
    "back into the first row": ([LONG, "left " * 12, "X"],
                                [f"> {LONG[:-12]}X;{LONG[-12:]}"[:COLUMNS],
                                 f"> {LONG[:-12]}X;{LONG[-12:]}"[COLUMNS:]]),
    "clear": (["echo a\necho b", "left ctrl-l", ""], ["> echo ;b"]),
    "cancel": (["echo a", "home ctrl-c", "x"], ["> echo a^C", "> x;"]),
    "unknown keys": (["a", "f1 f5 f12 pgdn insert alt-x ctrl-z esc esc ctrl-e", "b"], ["> ab;"]),
    "complete a command": (["hel\t"], ["> help ;"]),
    "complete a colour": (["screenfill bl\tu\t"], ["> screenfill blue ;"]),
    "list": (["draw \t\tr"], ["> draw", "circle  line    rect", "> draw r;"]),
    "complete within": (["draw re 1", "left left", "\t"], ["> draw rect ;1"]),
    "up and down": (["echo one\necho two\nnew", "up up down up up down down", "", "down down", "s"],
                    ["> echo one", "one", "> echo two", "two", "> news;"]),
    "search": (["echo one\necho two\nnew", "ctrl-r", "ec", "ctrl-r", "", "end", "s"],
               ["> echo one", "one", "> echo two", "two", "> echo ones;"]),
    "search given up": (["echo one\nnew", "ctrl-r", "ec", "ctrl-g", "s"],
                        ["> echo one", "one", "> news;"]),
}
# What terminals send, in bytes; what the line then is.
SEQUENCES = {
    b"ab\033[Dc": "ac;b",
    b"ab\033ODc": "ac;b",
    b"ab\033[1~c": "c;ab",
    b"a b\033[1;5Dc": "a c;b",
    b"ab\x7fc": "ac;",
    b"a\033[200~b\033[?1;2c\033]0;x\ac\033[": "abc",
}


@pytest.fixture(scope="module")
def kernel(build) -> Build:
    """All of it, on a small screen."""
    return build("line-editing", OPTIONS + "CONFIG_SHELL_EDIT_COLUMNS=0\n", goal="build")


@pytest.fixture(scope="module")
def machine(kernel: Build) -> Iterator[Machine]:
    """One machine for all cases."""
    machines = Machines()
    yield machines.boot(kernel, direct=True)
    machines.close()


def events(key: str) -> list[KeyEvent]:
    """A key pressed and released, `ctrl-` or `alt-` held where that stands before it."""
    held, _, name = key.rpartition("-")
    pressed = [held, name] if held else [name]
    return [(one, True) for one in pressed] + [(one, False) for one in reversed(pressed)]


def press(machine: Machine, keys: str) -> None:
    """Keys, each when the guest has taken the one before."""
    for key in keys.split():
        poll(lambda: not machine.keyboard_full(), "the guest takes a key")
        machine.send_keys(events(key))
    wait_idle(machine)


def begin(machine: Machine) -> None:
    """A prompt at the top of an empty screen, whatever was there."""
    press(machine, "ctrl-g ctrl-c ctrl-l")


def expect_rows(machine: Machine, kernel: Build, rows: list[str]) -> None:
    """Wait for them, from the top; nothing else is there."""
    def shown() -> list[str]:
        seen = [row.rstrip() for row in screen_rows(machine, kernel)]
        while seen and not seen[-1]:
            seen.pop()
        return seen

    wait_idle(machine)
    try:
        poll(lambda: shown() == rows, "the rows", timeout=5)
    except AssertionError:
        assert shown() == rows


@pytest.mark.parametrize("name", CASES)
def test_keys(machine: Machine, kernel: Build, name: str) -> None:
    """What the screen shows."""
    words, rows = CASES[name]
    begin(machine)
    for i, word in enumerate([*words, ";"]):
        if i % 2 == 0 or i == len(words):
            machine.type_text(word)
            wait_idle(machine)
        else:
            press(machine, word)
    expect_rows(machine, kernel, rows)


@pytest.mark.parametrize("typed", SEQUENCES, ids=repr)
def test_what_terminals_send(machine: Machine, kernel: Build, typed: bytes) -> None:
    """By the serial line; a sequence that is cut off takes what is typed at once with it."""
    begin(machine)
    machine.send_serial(typed + b";")
    expect_rows(machine, kernel, [f"> {SEQUENCES[typed]}"])


def test_escape_alone(machine: Machine, kernel: Build) -> None:
    """What comes later than a sequence would is not its rest: `b` is no Alt-b."""
    begin(machine)
    machine.type_text("a")
    press(machine, "esc")
    time.sleep(1)  # the time itself is what the guest looks at
    machine.type_text("b;")
    expect_rows(machine, kernel, ["> ab;"])


def test_history_shows_the_lines(kernel: Build) -> None:
    """The oldest first, no doubles in a row; and a line fetched runs."""
    machines = Machines()
    try:
        machine = machines.boot(kernel, direct=True)
        machine.run_command("echo one")
        machine.run_command("echo one")
        machine.run_command("echo two")
        assert machine.run_command("history") == "".join(
            row + "\n" for row in ("   1  echo one", "   2  echo two", "   3  history"))
        start = len(machine.serial_text)
        press(machine, "up up up")
        machine.type_text("\n")
        machine.wait_prompt(start)
        assert machine.serial_text.endswith("\none\n> ")
    finally:
        machines.close()


def test_a_long_line_scrolls_on_a_terminal(build, machines: Machines) -> None:
    """With serial input the line stays in one row of 80, and '<' marks what is left of it."""
    kernel = build("line-editing-scrolls", OPTIONS, goal="build")
    assert kernel.config["SHELL_EDIT_COLUMNS"] == 80
    machine = machines.boot(kernel, direct=True)
    press(machine, "ctrl-l")
    machine.type_text("echo " + "0123456789" * 12)
    wait_idle(machine)
    rows = [row for row in screen_rows(machine, kernel) if row.strip()]
    assert len(rows) == 1 and rows[0].startswith("> <") and rows[0].rstrip().endswith("6789")
    press(machine, "home")
    rows = [row for row in screen_rows(machine, kernel) if row.strip()]
    assert len(rows) == 1 and rows[0].startswith("> echo 0123") and rows[0][78] == ">"
    start = len(machine.serial_text)
    machine.type_text("\n")
    machine.wait_prompt(start)
    assert machine.serial_text.endswith("\n" + "0123456789" * 12 + "\n> ")
