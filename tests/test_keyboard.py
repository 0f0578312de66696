# SPDX-License-Identifier: MIT
"""Keys as they come from a keyboard: any of them, at any time, faster than anybody reads them."""

from __future__ import annotations

import random
import re
import time

import pytest
from tessera.keys import KeyEvent, strokes
from tessera.qemu import Machine

from building import Build
from configurations import CONFIGURATIONS
from debugger import debugger
from harness import SLOWED, Machines, poll, wait_idle


def tap(*keys: str) -> list[KeyEvent]:
    """Each key pressed and released, one after the other."""
    return [(key, down) for key in keys for down in (True, False)]


def holding(modifier: str, *keys: str) -> list[KeyEvent]:
    """The keys while a modifier is held."""
    return [(modifier, True), *tap(*keys), (modifier, False)]


def typed(machine: Machine, events: list[KeyEvent]) -> str:
    """Type `echo `, the events and Enter; what the shell made of them."""
    start = len(machine.serial_text)
    machine.type_text("echo ")
    for event in events:
        poll(lambda: not machine.keyboard_full(), "the guest takes a key")
        machine.send_keys([event])
    wait_idle(machine)
    machine.type_text("\n")
    machine.wait_prompt(start)
    return machine.serial_text[start:].split("\n")[1]


LETTERS = ("a", "z")
KEYPAD = "kp_7 kp_8 kp_9 kp_4 kp_5 kp_6 kp_1 kp_2 kp_3 kp_0 kp_decimal".split()

KEYS = {
    "plain": (tap("a", "1", "minus", "semicolon", "backslash"), "a1-;\\"),
    "left shift": (holding("shift", "a", "1", "minus", "semicolon"), "A!_:"),
    "right shift": (holding("shift_r", "a", "1", "minus", "semicolon"), "A!_:"),
    "both shifts, one released": (
        [("shift", True), ("shift_r", True), ("shift", False), *tap("a"), ("shift_r", False),
         *tap("a")],
        "Aa",
    ),
    "caps lock": ([*tap("caps_lock", "a", "1"), *holding("shift", "a", "1"),
                   *tap("caps_lock", "a")], "A1a!a"),
    "caps lock held": (
        [("caps_lock", True)] * 3 + [("caps_lock", False), *tap("a", "caps_lock", "a")], "Aa"
    ),
    "keypad": (tap(*KEYPAD, "kp_divide", "kp_multiply", "kp_subtract", "kp_add"),
               "78945612" + "30./*-+"),
    "keypad without num lock": (
        [*tap("num_lock", *KEYPAD), *tap("kp_divide", "kp_multiply", "kp_subtract", "kp_add"),
         *tap("num_lock", "kp_7")],
        "/*-+7",
    ),
    "keys without a character": (
        tap("f1", "f12", "home", "end", "left", "right", "up", "down", "insert", "delete", "pgup",
            "pgdn", "esc", "scroll_lock", "print", "meta_l", "menu", "x"),
        "x",
    ),
    "pause": (tap("pause", "x"), "x"),
    "ctrl and alt": (
        [*holding("ctrl", "a"), *holding("ctrl_r", "a"), *holding("alt", "a"),
         *holding("alt_r", "a"), *tap("x")],
        "x",
    ),
    "extended keys under shift": (
        [("shift", True), *tap("left", "kp_divide", "a"), ("shift", False), *tap("a")], "/Aa"
    ),
    "a key that repeats": ([("a", True)] * 5 + [("a", False)], "aaaaa"),
    "blank": (tap("x", "spc", "spc", "y"), "x  y"),
}


@pytest.mark.parametrize("name", KEYS)
def test_keys(shell: Machine, name: str) -> None:
    """Modifiers, locks, the keypad, extended keys: each makes what its caps say."""
    events, text = KEYS[name]
    assert typed(shell, events) == text
    assert typed(shell, tap("a", "1", "kp_7")) == "a17", "something is stuck"


def test_keypad_enter(shell: Machine) -> None:
    """The keypad's Enter ends a line, too."""
    start = len(shell.serial_text)
    shell.type_text("echo enter")
    shell.send_keys(tap("kp_enter"))
    shell.wait_prompt(start)
    assert shell.serial_text[start:].endswith("\nenter\n> ")


def test_every_character(shell: Machine) -> None:
    """All 95 characters that a US keyboard can make."""
    text = "".join(chr(code) for code in range(0x21, 0x7F))
    assert shell.run_command("echo " + text) == text + "\n"


@pytest.mark.parametrize("firmware", ["bios", "uefi"])
def test_keys_from_power_on(reference: Build, machines: Machines, firmware: str) -> None:
    """Keys pressed all through the boot, the loader included, never leave the keyboard dead.

    The last of them are pressed and released around the moment at which the kernel takes over the
    controller, where a byte that nobody reads would block all that follow.
    """
    machine = machines.start(reference, firmware=firmware)
    deadline = time.monotonic() + 60
    while "Type 'help'" not in machine.serial_text:
        machine.send_keys([*tap("q"), *holding("shift", "w")])
        machine.wait_change(0.003)
        assert time.monotonic() < deadline and machine.running
    wait_idle(machine)
    start = len(machine.serial_text)
    machine.type_text("\n")
    machine.wait_prompt(start)
    assert machine.run_command("echo Not wedged") == "Not wedged\n"


@pytest.mark.parametrize("moment", ["kernel_main", "i8042_start"])
def test_a_byte_left_in_the_controller(
    reference: Build, machines: Machines, moment: str
) -> None:
    """A key that is pressed while interrupts are still off: before the interrupt controller is set
    up, which forgets it, and just before the keyboard's is.
    """
    machine = machines.start(reference, gdb=True, paused=True)
    with debugger(machine, reference) as guest:
        with guest.held_at(guest.run_to(moment)):
            machine.send_keys(tap("a", "b"))
            poll(machine.keyboard_full, "a byte waits in the controller")
        guest.gdb.resume()
        machine.wait_prompt()
        wait_idle(machine)
        start = len(machine.serial_text)
        machine.type_text("\n")
        machine.wait_prompt(start)
        assert machine.run_command("echo Not wedged") == "Not wedged\n"


FLOOD_KEYS = 10_000
FLOOD_PER_SECOND = 200


def flood_lines(count: int) -> list[str]:
    """Lines of `count` keys in all (shift apart, Enter included), all different."""
    choose = random.Random(2)
    lines: list[str] = []
    left = count
    while left:
        length = min(left, choose.randrange(20, 60))
        word = "".join(choose.choice("abcXYZ019,._") for _ in range(length))
        lines.append(f"echo {word}"[:length - 1])
        left -= length
    return lines


def send_at_rate(machine: Machine, lines: list[str], per_second: int) -> None:
    """A key at a time, so many a second, whatever the shell is doing.

    Only one thing is waited for: that the guest has taken the key before. A host that gives QEMU no
    time would else fill QEMU's own queue of 16 bytes, and lose keys that no kernel could save. That
    the kernel takes them in time is another test's matter: test_printing_leaves_interrupts_on.
    """
    due = time.monotonic()
    for keys in strokes("".join(line + "\n" for line in lines)):
        time.sleep(max(0.0, due - time.monotonic()))
        poll(lambda: not machine.keyboard_full(), "the guest takes a key")
        machine.send_keys(keys)
        due = max(due + 1 / per_second, time.monotonic())


def answer_of(line: str) -> str:
    """What the shell says to a line of flood_lines()."""
    if line.startswith("echo "):
        return line[5:] + "\n"
    if line == "echo":
        return "\n"
    if not line:
        return ""
    return f"Unknown command: {line}\nType 'help' for available commands.\n"


def flood(machine: Machine, count: int, per_second: int) -> None:
    """Send keys at a rate; the serial text must be that of a patient typist."""
    start = len(machine.serial_text)
    lines = flood_lines(count)
    send_at_rate(machine, lines, per_second)
    machine.wait_text(re.compile(re.escape(lines[-1]) + r"\n"), start=start)
    machine.wait_prompt(start)
    # Keys typed while a command runs are echoed at once or after it; here commands are quick.
    said = machine.serial_text[start:]
    wanted = "".join(f"{line}\n{answer_of(line)}> " for line in lines)
    if said != wanted:
        pairs = list(zip(said.split("\n"), wanted.split("\n")))
        first = next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])
        raise AssertionError(f"said {first[0]!r}, must be {first[1]!r}")
    assert machine.run_command("echo lower") == "lower\n", "a modifier is stuck"
    assert "codes lost" not in machine.run_command("info")


INTERRUPTS_ON = 1 << 9  # in RFLAGS


@pytest.mark.parametrize("symbol", [
    "cell_painter_change", "surface_paint_span", "text_grid_write", "uart16550_write",
])
def test_printing_leaves_interrupts_on(
    reference: Build, machines: Machines, symbol: str
) -> None:
    """No key waits while something is drawn or sent: neither text, nor scrolling, nor a fill."""
    machine = machines.boot(reference, gdb=True)
    with debugger(machine, reference) as guest:
        guest.gdb.resume()
        for _time in range(4):
            machine.run_command("help")
        machine.type_text("screenfill red" if symbol == "surface_paint_span" else "help")
        wait_idle(machine)
        guest.gdb.interrupt()
        guest.gdb.set_breakpoint(guest.address(symbol))
        guest.gdb.resume()
        machine.type_text("\n")
        for _time in range(50):
            guest.gdb.wait_stop()
            assert guest.gdb.read_register("eflags") & INTERRUPTS_ON
            guest.gdb.remove_breakpoint(guest.address(symbol))
            guest.gdb.step()
            guest.gdb.set_breakpoint(guest.address(symbol))
            guest.gdb.resume()


@pytest.mark.first
def test_ten_thousand_keys(reference: Build, machines: Machines) -> None:
    """10,000 keys, 200 a second, while the screen scrolls: not one lost."""
    flood(machines.boot(reference), FLOOD_KEYS, FLOOD_PER_SECOND)


def test_keys_on_a_slow_machine(reference: Build, machines: Machines) -> None:
    """The same on a machine ten times slower, at the speed of a quick typist."""
    machine = machines.boot(reference, extra=SLOWED)
    flood(machine, 400, 40)


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.xdist_group(f"build {name}"))
    for name in ("reference", "small-heap")
])
def test_flood_past_the_queue(build, machines: Machines, name: str) -> None:
    """A full queue drops the newest keys, counts them, and leaves no Shift held.

    The thread is kept in a loop at the start of `echo` while interrupts are on. Shift goes down,
    far more keys come than the queue holds, Shift goes up: its release is among what is lost.
    """
    kernel: Build = build(name, CONFIGURATIONS.get(name, ""))
    capacity = int(kernel.config["KBD_QUEUE_SIZE"])
    taps = 200
    machine = machines.boot(kernel, gdb=True)
    with debugger(machine, kernel) as guest:
        guest.gdb.resume()
        machine.type_text("echo first")
        wait_idle(machine)
        guest.gdb.interrupt()
        guest.gdb.set_breakpoint(guest.address("echo_run"))
        guest.gdb.resume()
        machine.send_keys(tap("ret"))
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(guest.address("echo_run"))
        with guest.held_at(guest.address("echo_run")):
            for event in [("shift", True), *tap(*"a" * taps), ("shift", False)]:
                poll(lambda: not machine.keyboard_full(), "the handler takes a code")
                machine.send_keys([event])
            poll(lambda: not machine.keyboard_full(), "the handler takes the last code")
        start = len(machine.serial_text)
        guest.gdb.resume()
        told = machine.wait_text(
            re.compile(r"first\nThe keyboard was too fast: (\d+) codes lost.*\n> "), start=start
        )
        wait_idle(machine)
        said = machine.run_command("x")
        arrived = re.match(r"Unknown command: (A+)x\n", said)
        # Ret's release and Shift's press come first, then press and release of each A.
        assert arrived, said
        assert capacity // 2 - 3 <= len(arrived.group(1)) <= capacity // 2
        assert machine.run_command("echo nothing stuck") == "nothing stuck\n"
        lost = re.search(r"(\d+) codes lost", machine.run_command("info"))
        sent = 2 * taps + 2
        assert lost and lost.group(1) == told.group(1)
        assert sent - capacity <= int(lost.group(1)) <= sent - capacity + 4
