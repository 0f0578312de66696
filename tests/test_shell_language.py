# SPDX-License-Identifier: MIT
"""The shell's language: quotes, lines of several commands, status, aliases, Ctrl-C between them."""

from __future__ import annotations

from typing import Iterator

import pytest
from tessera.qemu import Machine

from building import Build
from harness import Machines

OPTIONS = """\
CONFIG_BOOT_PVH=y
CONFIG_SHELL_EDIT=y
CONFIG_SHELL_COMPLETE=y
CONFIG_SHELL_ERROR_MARK=y
CONFIG_SHELL_INTERRUPT=y
CONFIG_SHELL_LANGUAGE=y
CONFIG_SHELL_ALIAS=y
CONFIG_SHELL_CMD_REPEAT=y
CONFIG_SHELL_CMD_SLEEP=y
CONFIG_SHELL_CMD_TIME=y
"""
UNKNOWN = """\
Unknown command: {0}
  {0}
  {1}
Type 'help' for available commands.
"""
# Lines in turn, and the answer.
ANSWERS = {
    "echo a;echo b ; echo c;": "a\nb\nc\n",
    "echo 'a;  b' \"'c' \"   d\\ \\;\\\" # e; f": "a;  b 'c'    d ;\"\n",
    "'echo' a#b '#' \\# #": "a#b # #\n",
    "echo a && echo b || echo c && echo d": "a\nb\nd\n",
    "nope || echo $?; echo $?": UNKNOWN.format("nope", "^~~~") + "127\n0\n",
    "echo a; repeat x y || echo $? '$?' \\$?":
        "a\nInvalid count: x\n  repeat x y\n         ^\n22 $? $?\n",
    "nope x && echo a; # && echo b": UNKNOWN.format("nope x", "^~~~").replace(": nope x", ": nope"),
    "; echo $?;; echo $?": "127\n0\n",
    "echo a; echo b 'c; d": "A quote is not closed: 'c; d\n",
    "echo $?; ": "22\n",
    "repeat 0 echo a": "",
    "repeat 2 echo 'a;  $?'; echo b": "a;  $?\na;  $?\nb\n",
    "repeat 2 repeat 2 repeat 1 echo a": "a\n" * 4,
    "repeat 1 " * 7 + "time": "Usage: time <command>\n",
    "repeat 1 " * 8 + "echo a": "Too many commands run each other: echo a\n",
    "repeat 3 repeat y z || echo $?":
        "Invalid count: y\n  repeat y z\n         ^\n" * 3 + "22\n",
    "repeat 2 nope": UNKNOWN.format("nope", "^~~~") * 2,
    # The inner line is current no more when the outer one has its say.
    "time repeat x y; repeat": "Invalid count: x\n  repeat x y\n         ^\n0 ms\n"
                               "Usage: repeat <n> <command>\n",
    "echo $?" + "0" * 235 + "; echo a": "22" + "0" * 235 + "\na\n",
    "echo " + "0" * 244 + "$? ; ": "0" * 245 + "\n",
    # Aliases.
    "alias": "",
    "alias two='echo a; echo' e='echo \"it'\\''s' s='echo $?' 4=echo": "",
    "alias e; alias 2; alias two":
        "alias e='echo \"it'\\''s'\nNo such alias: 2\n  alias 2\n        ^\n"
        "alias two='echo a; echo'\n",
    "two  b 'c  ;'&&two": "a\n b c  ;\na\n\n",
    "\\two; nope; s; 4 4":
        UNKNOWN.format("\\two", "^~~").replace(": \\", ": ")
        + UNKNOWN.format("nope", "^~~~") + "127\n4\n",
    "e": "A quote is not closed: \"it's\n",
    "e;\"": "A quote is not closed: \"\n",
    "e\\\"": UNKNOWN.format("e\\\"", "^~").replace(": e\\", ": e"),
    "alias echo='echo b'; echo c; repeat 1 echo d; unalias echo; echo c": "b c\nb d\nc\n",
    "alias a=b b='c 1' c='repeat 1 a'; a 2": UNKNOWN.format("a 1 2", "^").replace(": a 1 2", ": a"),
    "alias a='unalias a; alias a=two; a'; a b; unalias a":
        UNKNOWN.format("a b", "^").replace(": a b", ": a"),
    "alias x" + "=" * 112 + " || echo $?":
        "An alias has at most 110 characters.\n  alias x" + "=" * 65
        + "\n        ^" + "~" * 65 + "\n34\n",
    "alias 'a b=' || unalias a || unalias":
        "Invalid name: a b\n  alias 'a b='\n        ^~~~\n"
        "No such alias: a\n  unalias a\n          ^\nUsage: unalias <name>\n",
    "unal\ttw\t&& alias s": "alias s='echo $?'\n",
    # Tab knows where a command begins, and those that are run by another.
    "echo a; ech\tb && ech\tc": "a\nb\nc\n",
    "repeat 1 time scre\t": "Usage: screenfill <color>\n0 ms\n",
}


@pytest.fixture(scope="module")
def machine(build) -> Iterator[Machine]:
    """One machine for all tests."""
    kernel: Build = build("shell-language", OPTIONS, goal="build")
    machines = Machines()
    yield machines.boot(kernel, direct=True)
    machines.close()


def test_lines(machine: Machine) -> None:
    """What they answer."""
    for line, wanted in ANSWERS.items():
        assert machine.run_command(line) == wanted, line


def test_time_tells_milliseconds(machine: Machine) -> None:
    """A command's, exact to two periods of the timer, and its status."""
    said = machine.run_command("time sleep 300ms; time nope; echo $?").splitlines()
    assert 300 <= int(said[0].removesuffix(" ms")) < 400
    assert said[-1] == "127"


@pytest.mark.parametrize("line", ["repeat 1000 time sleep 9", "sleep 9; echo a", "time sleep 9"])
def test_ctrl_c_ends_the_line(machine: Machine, line: str) -> None:
    """At once, whatever commands are in it; and the status tells so."""
    start = len(machine.serial_text)
    machine.type_text(f"echo here; {line}\n")
    machine.wait_text("\nhere\n", start=start)
    machine.send_keys([("ctrl", True), ("c", True), ("c", False), ("ctrl", False)])
    machine.wait_prompt(start + len(line), timeout=5)
    assert "\na\n" not in machine.serial_text[start:]
    assert machine.run_command("echo $?") == "130\n"
