# SPDX-License-Identifier: MIT
"""Keyboard layouts in the machine: keys as they are pressed, characters as they are echoed.

What each key says on each level is the matter of the suites beside the tables; here are the ways
there: the choice at the start, keymap=, the command, AltGr, dead keys, Caps Lock.
"""

from __future__ import annotations

from typing import Callable

import pytest
from tessera.keys import KeyEvent
from tessera.qemu import Machine

from building import Build
from harness import Machines, poll, wait_idle
from test_keyboard import holding, tap

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_KEYBOARD_LAYOUT_UK=y
CONFIG_KEYBOARD_LAYOUT_DE=y
CONFIG_KEYBOARD_LAYOUT_FR=y
CONFIG_KEYBOARD_LAYOUT_ES=y
CONFIG_KEYBOARD_LAYOUT_DVORAK=y
CONFIG_KEYBOARD_LAYOUT_COLEMAK=y
CONFIG_KEYBOARD_STARTS_DE=y
CONFIG_KEYMAP_PARAM=y
CONFIG_SHELL_CMD_KEYMAP=y
"""

# Keys by the names that a US keyboard has for them, and what comes of them.
TYPED = {
    "uk": ([*holding("shift", "2", "3", "apostrophe"), *tap("backslash", "less"),
            *holding("alt_r", "a", "4"), *holding("alt_r", "semicolon"), *tap("e")], '"£@#\\æé'),
    "de": ([*tap("z", "y", "bracket_left", "semicolon", "minus"), *holding("shift", "7", "2"),
            *holding("alt_r", "q", "7", "less"), *tap("equal", "e", "grave_accent", "grave_accent"),
            *holding("shift", "equal"), *tap("x", "kp_decimal", "caps_lock", "semicolon", "minus",
                                             "caps_lock")],
           "yzüöß/\"@{|é^`x,Öß"),
    "fr": ([*tap("a", "q", "w", "z", "m", "semicolon", "1", "2", "0"), *holding("shift", "2"),
            *holding("alt_r", "0", "5"), *tap("bracket_left", "o"),
            *holding("shift", "bracket_left"), *tap("e", "caps_lock", "2", "1", "caps_lock")],
           "qazw,m&éà2@[ôëÉ&"),
    "es": ([*tap("semicolon", "apostrophe", "a", "bracket_left", "u"), *holding("shift", "minus"),
            *holding("alt_r", "2"), *tap("caps_lock", "semicolon", "backslash", "caps_lock"),
            *holding("shift", "apostrophe"), *tap("u", "apostrophe", "x")], "ñáù?@ÑÇü'x"),
    "dvorak": ([*tap("s", "d", "q", "z", "minus"), *holding("shift", "w")], "oe';[<"),
    "colemak": ([*tap("s", "d", "f", "p", "caps_lock", "semicolon"), *holding("alt_r", "c")],
                "rstoç"),
    "us": ([*tap("y", "z", "minus"), *holding("shift", "2")], "yz-@"),
}


# `keymap us` by the keys of each layout.
BACK_TO_US = {name: tap(*keys.split()) for name, keys in {
    "uk": "k e y m a p spc u s", "de": "k e z m a p spc u s", "us": "k e y m a p spc u s",
    "es": "k e y m a p spc u s", "fr": "k e y semicolon q p spc u s",
    "dvorak": "v d t m a r spc f semicolon", "colemak": "n k o m a r spc i d",
}.items()}

UNKNOWN = """\
Unknown layout: no
  colemak  Colemak, US
  de       German
  dvorak   Dvorak, US
  es       Spanish
  fr       French
  uk       British
* us       US
"""


def echoed(machine: Machine, events: "list[KeyEvent]") -> str:
    """What the prompt shows of the keys, in code page 437; the line is taken back."""
    wait_idle(machine)
    start = len(machine.serial_raw)
    for event in events:
        poll(lambda: not machine.keyboard_full(), "the guest takes a key")
        machine.send_keys([event])
    wait_idle(machine)
    line = machine.serial_raw[start:].decode("cp437")
    while "\b \b" in line:
        at = line.index("\b \b")
        line = line[:at - 1] + line[at + 3:]
    for _char in line:
        machine.send_keys(tap("backspace"))
        wait_idle(machine)
    return line


def choose(machine: Machine, events: "list[KeyEvent]") -> None:
    """Give a command by keys."""
    start = len(machine.serial_text)
    for event in [*events, *tap("ret")]:
        poll(lambda: not machine.keyboard_full(), "the guest takes a key")
        machine.send_keys([event])
    machine.wait_prompt(start)


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel with all layouts."""
    return build("layouts", FRAGMENT)


def test_layouts(kernel: Build, machines: Machines) -> None:
    """Each layout by its command, from one that has other keys for the command's letters."""
    machine = machines.boot(kernel, direct=True)
    assert echoed(machine, TYPED["de"][0]) == TYPED["de"][1], "the layout at the start"
    choose(machine, tap(*"kezmap", "spc", *"us"))
    assert machine.run_command("keymap no") == UNKNOWN
    for name, (events, text) in TYPED.items():
        assert machine.run_command(f"keymap {name}") == ""
        assert echoed(machine, events) == text, name
        choose(machine, BACK_TO_US[name])
    assert machine.run_command("keymap").count("*") == 1


@pytest.mark.parametrize("word,said", [
    ("keymap=fr", ""),
    ("keymap=klingon", "keymap: there is no layout 'klingon' in this kernel\n"),
])
def test_boot_parameter(kernel: Build, machines: Machines, word: str, said: str) -> None:
    """keymap= chooses at the start; a layout that is not there is told, with those that are."""
    machine = machines.boot(kernel, direct=True, extra=["-append", word])
    assert said in machine.serial_text
    assert ("keymap: there is a layout uk (British)" in machine.serial_text) == bool(said)
    assert echoed(machine, tap("q", "y")) == ("ay" if word == "keymap=fr" else "qz")
