# SPDX-License-Identifier: MIT
"""What each command says, and each of its errors: typed on the keyboard, read on both outputs."""

from __future__ import annotations

import re

import pytest
from tessera.qemu import Machine

from building import Build
from harness import Machines, expect_screen, wait_dead

DRAW_USAGES = [
    "Usage: draw rect <x> <y> <w> <h> <color>",
    "Usage: draw line <x1> <y1> <x2> <y2> <color>",
    "Usage: draw circle <cx> <cy> <r> <color>",
]
TEXT_COLORS = "Colors: white, red, green, blue, cyan, yellow, magenta"
ALL_COLORS = TEXT_COLORS + ", black, gray, orange"


def unknown_color(name: str, colors: str = ALL_COLORS) -> list[str]:
    """The two lines about a colour that does not exist."""
    return [f"Unknown color: {name}", colors]


def page_path(address: int) -> list[str]:
    """The answer of `page`, by the manual's fields: 9 bits an index, 12 bits of offset."""
    names = {"PML4 index": 39, "PDPT index": 30, "PD index": 21, "PT index": 12}
    return (
        [f"Virtual address: 0x{address:016x}"]
        + [f"{name}: {address >> shift & 0x1FF}" for name, shift in names.items()]
        + [f"Page offset: 0x{address & 0xFFF:03x}"]
    )


ANSWERS: list[tuple[str, list[str]]] = [
    ("", []),
    ("   ", []),
    ("echo hello", ["hello"]),
    ("echo", [""]),
    ("echo  two  blanks ", [" two  blanks "]),
    ("   echo led by blanks", ["led by blanks"]),
    ("echo !@#$%^&*()_+-=[]{};':\"|,./<>?`~\\", ["!@#$%^&*()_+-=[]{};':\"|,./<>?`~\\"]),
    ("foo", ["Unknown command: foo", "Type 'help' for available commands."]),
    ("foo bar", ["Unknown command: foo", "Type 'help' for available commands."]),
    ("HELP", ["Unknown command: HELP", "Type 'help' for available commands."]),
    ("helper", ["Unknown command: helper", "Type 'help' for available commands."]),
    ("page deadbeef", page_path(0xDEADBEEF)),
    ("page 0xdeadbeef", page_path(0xDEADBEEF)),
    ("page 0XB8000", page_path(0xB8000)),
    ("page DeadBeef", page_path(0xDEADBEEF)),
    ("page 0", page_path(0)),
    ("page ffffffffffffffff", page_path(0xFFFFFFFFFFFFFFFF)),
    ("page 0xffff800000000000", page_path(0xFFFF800000000000)),
    ("page 00007fffffffffff", page_path(0x7FFFFFFFFFFF)),
    ("page 0000000000000000000000001", page_path(1)),
    ("page", ["Usage: page <hex>"]),
    ("page 1 2", ["Usage: page <hex>"]),
    ("page xyz", ["Invalid hex address: xyz"]),
    ("page 0x", ["Invalid hex address: 0x"]),
    ("page +10", ["Invalid hex address: +10"]),
    ("page -1", ["Invalid hex address: -1"]),
    ("page 12g", ["Invalid hex address: 12g"]),
    ("page 0x0x1", ["Invalid hex address: 0x0x1"]),
    ("page 10000000000000000", ["Invalid hex address: 10000000000000000: over 64 bits"]),
    ("page 0x" + "f" * 60, [f"Invalid hex address: 0x{'f' * 60}: over 64 bits"]),
    ("color", ["Usage: color <name>"]),
    ("color red green", ["Usage: color <name>"]),
    ("color pink", unknown_color("pink", TEXT_COLORS)),
    ("color black", unknown_color("black", TEXT_COLORS)),
    ("color orange", unknown_color("orange", TEXT_COLORS)),
    ("color GREEN", []),
    ("color White", []),
    ("screenfill", ["Usage: screenfill <color>"]),
    ("screenfill red red", ["Usage: screenfill <color>"]),
    ("screenfill pink", unknown_color("pink")),
    ("screenfill BLACK", []),
    ("draw", DRAW_USAGES),
    ("draw triangle 1 2 3", DRAW_USAGES),
    ("draw rect", DRAW_USAGES[:1]),
    ("draw rect 1 2 3 4", DRAW_USAGES[:1]),
    ("draw rect 1 2 3 4 red 5", DRAW_USAGES[:1]),
    ("draw line 1 2 3 4", DRAW_USAGES[1:2]),
    ("draw circle 1 2 3", DRAW_USAGES[2:]),
    ("draw circle 1 2 3 4 red", DRAW_USAGES[2:]),
    ("draw rect a 2 3 4 red", ["Invalid coordinates"]),
    ("draw rect 1 2 3 4x red", ["Invalid coordinates"]),
    ("draw rect +1 2 3 4 red", ["Invalid coordinates"]),
    ("draw rect 1 2 -3 4 red", ["Invalid coordinates"]),
    ("draw rect 1 2 3 -4 red", ["Invalid coordinates"]),
    ("draw rect 2147483648 2 3 4 red", ["Invalid coordinates"]),
    ("draw rect -2147483649 2 3 4 red", ["Invalid coordinates"]),
    ("draw rect 1 - 3 4 red", ["Invalid coordinates"]),
    ("draw rect 1 0x2 3 4 red", ["Invalid coordinates"]),
    ("draw rect 1 2 3 99999999999999999999999999 red", ["Invalid coordinates"]),
    ("draw line 1 2 3 y red", ["Invalid coordinates"]),
    ("draw line 1 2 3 --4 red", ["Invalid coordinates"]),
    ("draw circle 1 2 -3 red", ["Invalid coordinates"]),
    ("draw circle 1 2 r red", ["Invalid coordinates"]),
    ("draw circle 1 2 +3 red", ["Invalid coordinates"]),
    ("draw rect 1 2 3 4 pink", unknown_color("pink")),
    ("draw line 1 2 3 4 pink", unknown_color("pink")),
    ("draw circle 1 2 3 pink", unknown_color("pink")),
    ("draw rect 1 2 3 4 GrEy", []),
    ("draw rect -2147483648 2147483647 0 0 red", []),
]


@pytest.mark.parametrize("part", range(4))
def test_answers(shell: Machine, reference: Build, part: int) -> None:
    """Every line has its answer, the same on the serial line and on the screen."""
    wrong = []
    for line, answer in ANSWERS[part::4]:
        shell.run_command("screenfill black" if line.startswith(("draw", "screenfill")) else "")
        shell.run_command("clear")
        said = shell.run_command(line)
        if said != "".join(row + "\n" for row in answer):
            wrong.append((line, said, answer))
        elif not line.startswith(("draw", "screenfill")) or answer:
            shown = shell.screenshot().text(reference.font)
            rows = [f"> {line}".rstrip(" ")] + [row.rstrip(" ") for row in answer] + [">"]
            if shown[:len(rows)] != rows or any(shown[len(rows):]):
                wrong.append((line, "on the screen: " + "\n".join(shown).rstrip(), rows))
    assert not wrong


def test_non_canonical_is_told_apart(shell: Machine) -> None:
    """An address within 64 bits whose bits 63 to 47 differ gets a reason of its own."""
    for text in ("800000000000", "0xfff0000000000000", "ffff7fffffffffff"):
        said = shell.run_command(f"page {text}")
        assert said.startswith(f"Invalid hex address: {text}: not canonical"), said
        assert said.count("\n") == 1


def test_help_lists_every_command(shell: Machine) -> None:
    """One line a command, all ten of the reference, no other."""
    lines = shell.run_command("help").splitlines()
    names = [line.split()[0] for line in lines]
    assert sorted(names) == sorted(
        "help echo clear info halt panic page color draw screenfill".split()
    )
    assert all(re.search(r"\S {2,}\S", line) for line in lines), "a command without a word about it"


def test_info_tells_what_is(shell: Machine) -> None:
    """Name, version, architecture, heap and framebuffer: the defaults of the reference."""
    said = shell.run_command("info")
    assert "Tessera 0.1.0\n" in said
    assert "x86_64" in said
    assert "256 KiB" in said and "0x444444440000" in said
    assert re.search(r"1280x720, 32 bit, BGR", said)
    assert shell.run_command("info").count("1280x720") == 1, "info a second time"


def test_banner(reference: Build, machines: Machines) -> None:
    """At the start: a banner of several lines with the name, the hint, the prompt."""
    machine = machines.boot(reference)
    end = "Tessera 0.1.0\nType 'help' for available commands.\n> "
    assert machine.serial_text.endswith(end)


def test_halt(reference: Build, machines: Machines) -> None:
    """`halt` says so on both outputs, and nothing wakes the CPU again."""
    machine = machines.boot(reference)
    machine.type_text("halt\n")
    machine.wait_text("\nSystem halted.\n")
    wait_dead(machine)
    assert "System halted." in machine.screenshot().text(reference.font)
    machine.send_keys([("a", True), ("a", False), ("ret", True), ("ret", False)])
    assert machine.cpu().dead
    assert machine.serial_text.endswith("System halted.\n")
    assert machine.running and not machine.guest_reset


def test_panic(reference: Build, machines: Machines) -> None:
    """`panic` reports on both outputs and halts for good."""
    machine = machines.boot(reference)
    machine.type_text("panic\n")
    machine.wait_text(re.compile(r"\nKERNEL PANIC: .+\n(.*\n)*CPU halted\.\n"))
    wait_dead(machine)
    shown = machine.screenshot().text(reference.font)
    assert any(row.startswith("KERNEL PANIC: ") for row in shown)
    assert "CPU halted." in shown
    assert machine.running and not machine.guest_reset


def test_line_limit(shell: Machine, reference: Build) -> None:
    """256 characters fit, the next ones are ignored, and deleting one makes room for one."""
    text = "echo " + "0123456789" * 26
    said = shell.run_command(text)
    assert said == text[5:256] + "\n"
    start = len(shell.serial_text)
    shell.type_text(text + "\b\bXYZ")
    shell.type_text("\n")
    shell.wait_prompt(start)
    assert shell.serial_text[start:].endswith(f"\n{text[5:254]}XY\n> ")


def test_backspace(shell: Machine, reference: Build) -> None:
    """Backspace takes back characters, never the prompt, on both outputs."""
    start = len(shell.serial_text)
    shell.type_text("\b\bechoo\b hex\by\b\b\blo\b\n")
    shell.wait_prompt(start)
    said = shell.serial_text[start:]
    assert "\b \b" in said
    assert said.endswith("\nl\n> ")
    expect_screen(shell, reference, ["> echo l", "l", ">"])
