# SPDX-License-Identifier: MIT
"""The shell's language: quotes, lines of several commands, status, aliases, scripts, Ctrl-C; the
pages of the commands, and errors that point."""

from __future__ import annotations

import ast
import re
from typing import Dict, Iterator

import pytest
from tessera.qemu import Machine

from building import ROOT, Build, image_with
from harness import Machines

OPTIONS = """\
CONFIG_SHELL_EDIT=y
CONFIG_SHELL_COMPLETE=y
CONFIG_SHELL_ERROR_MARK=y
CONFIG_SHELL_HELP_PAGES=y
CONFIG_LOG_RING=y
CONFIG_FAULTS=y
CONFIG_KEYBOARD_LAYOUT_DE=y
CONFIG_SHELL_CMD_FAULT=y
CONFIG_SHELL_CMD_HEAP=y
CONFIG_SHELL_CMD_IRQ=y
CONFIG_SHELL_CMD_KEYMAP=y
CONFIG_SHELL_INTERRUPT=y
CONFIG_SHELL_LANGUAGE=y
CONFIG_SHELL_ALIAS=y
CONFIG_SHELL_SCRIPT=y
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
# Lines in turn, and the answer; of times the figure is not looked at.
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
    "time repeat x y; repeat": "Invalid count: x\n  repeat x y\n         ^\nN ms\n"
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
    "repeat 1 time scre\t": "Usage: screenfill <color>\nN ms\n",
}
TEXT_MAX = 1 << 20
# Modules by their names, and what `run` answers.
SCRIPTS = {
    "start": (b"# It needs no end of its last line\r\n\r\necho 'one;'; echo two \r\n"
              b"nope || echo on\nrun inner"),
    "inner": b"echo in; nope || echo $?\ncolor mauve\necho never\n",
    "again": b"run again\necho never\n",
    "zero": b"echo a;echo a\0b\n",
    "long": b"\techo " + b"x" * 300,
    "open": b"echo a\n\n echo b; echo \"a\n\"\n",
    "noise": bytes(range(1, 10)) + b"\xff\n",
    "most": b"#" * TEXT_MAX,
    "more": b"#" * (TEXT_MAX + 1),
    "wait": b"echo here\nsleep 99 || echo never\necho never\n",
    "": b"echo by number\n",
}
STARTED = ("one;\ntwo\n" + UNKNOWN.format("nope", "^~~~") + "on\nin\n"
           + UNKNOWN.format("nope", "^~~~") + "127\nUnknown color: mauve\n"
           "  color mauve\n        ^~~~~\n"
           "Colors: white, red, green, blue, cyan, yellow, magenta\n"
           "inner: line 2 ends it, with status 22.\nstart: line 5 ends it, with status 22.\n")
RAN = {
    "nope; run start; echo $?": UNKNOWN.format("nope", "^~~~") + STARTED + "22\n",
    "run again": "Too many commands run each other: run again\n"
                 + "again: line 1 ends it, with status 28.\n" * 8,
    "run zero": "a\nNot a text: echo a.b\nzero: line 1 ends it, with status 22.\n",
    "run long; echo $?": "Too long for a command: echo " + "x" * 35
                         + "\nlong: line 1 ends it, with status 28.\n28\n",
    "run open": "a\nA quote is not closed: \"a\nopen: line 3 ends it, with status 22.\n",
    "run noise && echo a": "Unknown command: \1\2\3\4\5\6\7\b\n",
    "nope; run most && echo $?": UNKNOWN.format("nope", "^~~~") + "0\n",
    "run more || echo $?": "Not to be read, or more than 1048576 bytes: more\n"
                           "  run more\n      ^~~~\n14\n",
    "run 11; run \"10 \" || run ''":
        "by number\nNo such module: 10 \n  run \"10 \"\n      ^~~\n"
        "No such module: \n  run ''\n      ^\n",
    "repeat 2 run 12": "No such module: 12\n  run 12\n      ^~\n" * 2,
    "run inn\t|| run sta\tx":
        STARTED[STARTED.index("in\n"):STARTED.index("start:")] + "Usage: run [module]\n"
        "  run start x\n            ^\n",
}
# Lines that are wrong, and what is in the answer besides the line again: the mark, at its place.
MARKS = {
    "color mauve": "Unknown color: mauve\n  color mauve\n        ^~~~~\nColors: ",
    "screenfill  mauve": "  screenfill  mauve\n              ^~~~~\n",
    "draw rect 1 2 3 4 mauve": "                    ^~~~~\n",
    "draw rect 1 2 -3 4 red": "Invalid coordinates\n  draw rect 1 2 -3 4 red\n"
                              "                ^~\n",
    "draw star 1 2": "  draw star 1 2\n       ^~~~\n",
    "page xyz": "Invalid hex address: xyz\n  page xyz\n       ^~~\n",
    "echo a; page 800000000000 # b": "  page 800000000000\n       ^~~~~~~~~~~~\n",
    "fault nonsense": "'fault' lists them\n  fault nonsense\n        ^~~~~~~~\n",
    "heap chek": "Usage: heap [check|mark|leaks]\n  heap chek\n       ^~~~\n",
    "heap check now": "  heap check now\n             ^~~\n",
    "heap leaks": "HEAP_TRACK would.\n  heap leaks\n       ^~~~~\n",
    "irq 16": "Usage: irq [line]\n  irq 16\n      ^~\n",
    "irq 1 now": "Usage: irq [line]\n  irq 1 now\n        ^~~\n",
    "draw rect 1 2 3 4 red xy": "Usage: draw rect <x> <y> <w> <h> <color>\n"
                                "  draw rect 1 2 3 4 red xy\n                        ^~\n",
    "log level info xy": "log clear\n  log level info xy\n                 ^~\n",
    "screenfill red \"and now\"": "  screenfill red \"and now\"\n                 ^~~~~~~\n",
    "irq 1": "Line 1 is not masked by a storm.\n  irq 1\n      ^\n",
    "keymap no": "Unknown layout: no\n  keymap no\n         ^~\n",
    "log level loud": "also default\n  log level loud\n            ^~~~\n",
    "log 3 eror": "that is kept.\n  log 3 eror\n        ^~~~\n",
    "log heap info": "log clear\n  log heap info\n           ^~~~\n",
    "help nonsense": "No such command: nonsense\n  help nonsense\n       ^~~~~~~~\n",
}
LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')


def pages() -> Dict[str, str]:
    """The page of each command of the sources; empty for one without."""
    found: Dict[str, str] = {}
    for source in (ROOT / "shell").rglob("*.c"):
        text = source.read_text(encoding="utf-8")
        for name in re.findall(r"^SHELL_COMMAND\(\s*(\w+),", text, re.MULTILINE):
            page = re.search(rf"^SHELL_COMMAND_PAGE\(\s*{name},(.*?)\);$", text, re.M | re.S)
            literals = LITERAL.findall(page.group(1)) if page else []
            found[name] = "".join(map(ast.literal_eval, literals))
    return found


def test_every_command_has_a_page() -> None:
    """Of lines that fit a screen of 80 columns with a margin, the last with its end."""
    found = pages()
    assert len(found) > 35 and {"help", "draw", "repeat"} <= found.keys()
    for name, page in found.items():
        assert page.endswith(".\n") or "\nExample" in page, name
        assert page.endswith("\n") and max(map(len, page.splitlines())) <= 78, name


@pytest.fixture(scope="module")
def machine(build, tmp_path_factory) -> Iterator[Machine]:
    """One machine for all tests, that is told to begin with a line."""
    kernel: Build = build("shell-language", OPTIONS)
    commands = "multiboot2 /boot/tessera.elf 'run=run start; echo now $?'\n"
    image = image_with(
        kernel, tmp_path_factory.mktemp("scripts"),
        commands + "".join(f"module2 /scripts/at-{name} {name}\n" for name in SCRIPTS),
        {f"/scripts/at-{name}": text for name, text in SCRIPTS.items()})
    machines = Machines()
    yield machines.boot(kernel, image=image)
    machines.close()


def test_begins_with_the_line_of_the_boot_parameter(machine: Machine) -> None:
    """Behind the banner, shown as if it had been typed; then it is the user's turn."""
    assert ("Type 'help' for available commands.\n> run start; echo now $?\n" + STARTED
            + "now 22\n> ") in machine.serial_text


def test_scripts(machine: Machine) -> None:
    """Each line is run; the first one that fails ends it, and is told."""
    listed = "".join(f"{i:2} {name:31} {len(text):10} bytes\n"
                     for i, (name, text) in enumerate(SCRIPTS.items(), 1))
    assert machine.run_command("run") == listed
    for line, wanted in RAN.items():
        assert machine.run_command(line).startswith(wanted), line


def test_lines(machine: Machine) -> None:
    """What they answer."""
    for line, wanted in ANSWERS.items():
        told = re.sub(r"^\d+ ms$", "N ms", machine.run_command(line), flags=re.MULTILINE)
        assert told == wanted, line


def test_errors_point(machine: Machine) -> None:
    """At the word that is wrong."""
    for line, wanted in MARKS.items():
        assert wanted in machine.run_command(line), line


def test_help_shows_pages(machine: Machine) -> None:
    """Of each command that help lists: what it lists of it, its usage, its page."""
    wanted = pages()
    told = machine.run_command("help")
    listed = re.findall(r"^  (\w+) .*?  +(\S.*)$", told, re.MULTILINE)
    assert len(listed) == len(told.splitlines()) > 15
    for name, words in listed:
        said = machine.run_command(f"help {name}")
        assert said.startswith(f"{name}: {words}\nUsage: {name}"), name
        assert said.endswith(f"\n\n{wanted[name]}"), name


def test_time_tells_milliseconds(machine: Machine) -> None:
    """What a command takes, which a slow host makes longer, and its status."""
    said = machine.run_command("time sleep 300ms; time nope; echo $?").splitlines()
    assert 300 <= int(said[0].removesuffix(" ms")) < 60_000
    assert said[-1] == "127"


@pytest.mark.parametrize("line", ["repeat 1000 time sleep 99", "sleep 99; echo a", "time sleep 99",
                                  "run wait", "repeat 2 run wait || echo a"])
def test_ctrl_c_ends_the_line(machine: Machine, line: str) -> None:
    """At once, whatever commands are in it; and the status tells so."""
    start = len(machine.serial_text)
    machine.type_text(f"echo here; {line}\n")
    machine.wait_text("\nhere\n", start=start)
    machine.send_keys([("ctrl", True), ("c", True), ("c", False), ("ctrl", False)])
    machine.wait_prompt(start + len(line), timeout=60)
    assert "\na\n" not in machine.serial_text[start:]
    assert "\nnever\n" not in machine.serial_text[start:]
    assert machine.run_command("echo $?") == "130\n"
