# SPDX-License-Identifier: MIT
"""What the kernel tells the keyboard: no translation, how to repeat, its lights. QEMU traces it.

One kernel has all of it, and all keys of test_keyboard.py make what they make with set 1.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable

import pytest
from tessera.qemu import Machine

from building import Build
from debugger import assemble, debugger
from harness import Machines, poll, wait_idle
from test_keyboard import KEYS, tap, typed

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_KEYBOARD_SET2=y
CONFIG_KEYBOARD_LEDS=y
CONFIG_KEYBOARD_REPEAT=y
CONFIG_KEYBOARD_REPEAT_DELAY_MS=700
CONFIG_KEYBOARD_REPEAT_PER_SECOND=25
"""
SET_LEDS, SET_REPEAT, ENABLE = 0xED, 0xF3, 0xF4
SCROLL, NUM, CAPS = 1, 2, 4
NO_ANSWER = assemble("31c0", "c3")  # xor %eax, %eax; ret
SILENT = "warning: i8042: the keyboard does not answer; its lights may differ from the locks\n"


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel that tells the keyboard all that it can."""
    return build("keyboard-set2", FRAGMENT)


class Trace:
    """Bytes that QEMU's keyboard was sent."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.options = ["-trace", "ps2_write_keyboard", "-D", str(path)]

    def sent(self) -> "list[int]":
        """All so far."""
        text = self._path.read_text() if self._path.exists() else ""
        return [int(value) for value in re.findall(r"ps2_write_keyboard \S+ val (\d+)\n", text)]

    def lights(self) -> "list[int]":
        """What the lights were told, command by command."""
        sent = self.sent()
        return [value for before, value in zip(sent, sent[1:]) if before == SET_LEDS]


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    """Where the machine's keyboard is listened to."""
    return Trace(tmp_path / "trace")


def test_set2(kernel: Build, machines: Machines, trace: Trace) -> None:
    """Every key as with set 1, the lights behind the locks, and the rate as asked, rounded."""
    machine = machines.boot(kernel, direct=True, extra=trace.options)
    assert ("i8042: keys repeat after 750 ms, 24.0 a second (asked: 700 ms, 25)\n"
            in machine.serial_text)
    sent = trace.sent()
    assert sent[sent.index(SET_REPEAT):][:3] == [SET_REPEAT, 2 << 5 | 2, ENABLE]
    poll(lambda: trace.lights() == [NUM], "the first lights")
    for name, (events, text) in KEYS.items():
        assert typed(machine, events) == text, name
    check_lights(machine, trace)
    assert SILENT not in machine.serial_text


def check_lights(machine: Machine, trace: Trace) -> None:
    """Each lock is pressed twice; the lights go on and off."""
    for key, light in (("caps_lock", CAPS), ("scroll_lock", SCROLL), ("num_lock", NUM)):
        before = trace.lights()[-1]
        for lights in (before ^ light, before):
            machine.send_keys(tap(key))
            poll(lambda wanted=lights: trace.lights()[-1] == wanted, f"the light of {key}")
            wait_idle(machine)


def test_a_keyboard_that_does_not_answer(
    kernel: Build, machines: Machines, trace: Trace
) -> None:
    """It is told once, nobody waits, and a change of a lock tries again."""
    machine = machines.start(kernel, direct=True, gdb=True, paused=True, extra=trace.options)
    with debugger(machine, kernel) as guest:
        take = guest.run_to("keyboard_leds_take")
        code = guest.gdb.read_memory(take, len(NO_ANSWER))
        guest.gdb.write_memory(take, NO_ANSWER)
        guest.gdb.resume()
        machine.wait_text(SILENT)
        machine.wait_prompt()
        machine.send_keys(tap("scroll_lock"))
        poll(lambda: trace.sent().count(SET_LEDS) == 2, "another attempt")
        assert machine.run_command("echo it works") == "it works\n"
        guest.gdb.interrupt()
        guest.gdb.write_memory(take, code)
        guest.gdb.resume()
        machine.send_keys(tap("caps_lock"))
        poll(lambda: trace.lights()[-1:] == [NUM | CAPS | SCROLL], "the lights follow")
        machine.send_keys(tap("caps_lock"))
        poll(lambda: trace.lights()[-1:] == [NUM | SCROLL], "the lights follow")
        assert machine.run_command("echo it works") == "it works\n"
    assert machine.serial_text.count(SILENT) == 1
