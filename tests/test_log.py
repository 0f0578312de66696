# SPDX-License-Identifier: MIT
"""The log in memory, what is shown of it and where, and suites chosen at boot.

Two kernels, started without a loader. That no interrupt tears a line is shown inside by the suite
log_kept, of which the serial line is looked at here; what a handler says while somebody types, by
one of that suite's handlers, which the debugger switches on.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Callable

import pytest
from tessera import ktap
from tessera.ktap import QemuResult, Verdict
from tessera.qemu import Machine

import promises
from building import Build
from configurations import LOG
from console_output import Output
from debugger import assemble, debugger, jump, relative
from harness import Machines, poll, screen_rows, wait_dead, wait_on_screen

SUITES = """\
CONFIG_BOOT_PVH=y
CONFIG_LOG_RING=y
CONFIG_BOOT_TEST_SUITES=y
CONFIG_BOOT_TEST_PARAM=y
"""
STAMPED = re.compile(r"\[ *(\d+)\.(\d{6})\] (.*)")
SAID = re.compile(r"#log: [th](\d{4})(\d+)")  # of the suite log_kept

pytestmark = pytest.mark.xdist_group("log")


@pytest.fixture(scope="module")
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel with all of the log, a shell and the suites."""
    return build("log", LOG, goal="build")


@pytest.fixture(scope="module")
def suites(build: Callable[..., Build]) -> Build:
    """A kernel that runs the suites that it is told to."""
    return build("log-suites", SUITES, goal="build")


def start(machines: Machines, kernel: Build, line: str = "", **options: Any) -> Machine:
    """A machine with a command line."""
    return machines.start(kernel, append=line, memory="64M", **options)


def stamped(text: str) -> "list[tuple[int, str]]":
    """The lines of the log in a text: microseconds, and what is said."""
    found = [STAMPED.fullmatch(line) for line in text.splitlines()]
    return [(int(hit[1]) * 1000000 + int(hit[2]), hit[3]) for hit in found if hit]


def modules(text: str) -> "set[str]":
    """Who says something in a text."""
    return {said.split(": ")[0] for _, said in stamped(text)}


def test_the_log_has_what_was_shown(kernel: Build, machines: Machines) -> None:
    """`log` tells the same lines at the same times, which go up; by level and by module."""
    machine = start(machines, kernel, "nonsense")
    machine.wait_prompt()
    shown = stamped(machine.serial_text)
    assert len(shown) > 12 and shown == sorted(shown, key=lambda line: line[0])
    assert shown[-1][0] > shown[0][0]
    assert stamped(machine.run_command("log info")) == shown
    kept = stamped(machine.run_command("log"))
    assert kept == stamped(machine.run_command("log debug"))
    assert [line for line in kept if not line[1].startswith("debug: ")] == shown != kept
    assert stamped(machine.run_command("log warning")) == [
        line for line in shown if line[1].startswith("warning: ")]
    heap = [line for line in shown if line[1].startswith("heap: ")]
    assert stamped(machine.run_command("log heap")) == heap != []
    assert stamped(machine.run_command("log Info heap")) == heap
    assert stamped(machine.run_command("log 3")) == kept[-3:]
    assert stamped(machine.run_command("log 4 INFO")) == shown[-4:]
    assert stamped(machine.run_command("log 1 heap")) == heap[-1:]
    assert stamped(machine.run_command("log 999999")) == kept
    nothing = "No such line is kept.\n"
    usage = ("Usage: log [lines] [level] [module]\n"
             "       log level [level,module=level,module=default,...]\n       log clear\n")
    levels = "Levels: none error warning info debug, of a module also default\n"
    unknown = "No module 'eror' has logged anything that is kept.\n"
    for line, answer in (
            ("log error", nothing), ("log eror", unknown), ("log info eror", unknown),
            ("log error heap", nothing), ("log 0 heap more", usage),
            ("log heap info", usage), ("log info heap more", usage), ("log clear it", usage),
            ("log level", "Shown: info\n"), ("log level heap=debug", "Shown: info, heap=debug\n"),
            ("log level loud", f"Unknown level: loud\n{levels}"),
            ("log level warning,heap=none", "Shown: warning, heap=none\n"),
            ("log level Info,heap=default", "Shown: info\n"),
            ("log level nosuch=debug", "Shown: info, nosuch=debug\n"),
            ("log level a b", usage),
            ("log clear", ""), ("log", nothing)):
        assert machine.run_command(line) == answer, line


def said_with(machines: Machines, kernel: Build, line: str) -> str:
    """What a boot says with a command line, from where that was read on."""
    machine = start(machines, kernel, line)
    machine.wait_prompt()
    return machine.serial_text[machine.serial_text.index("boot: command line: "):]


@pytest.mark.parametrize("line, wanted", [
    ("loglevel=warning", set()),
    ("loglevel=5", set()),
    ("loglevel=none,heap=info", {"heap"}),
    ("loglevel=0 loglevel=pit8254=7,i8042=info", {"pit8254", "i8042"}),
])
def test_loglevel(kernel: Build, machines: Machines, line: str, wanted: "set[str]") -> None:
    """What is shown is chosen, up to a level and by module."""
    said = said_with(machines, kernel, line)
    assert modules(said) - {"boot"} == wanted


def test_loglevel_that_makes_no_sense(kernel: Build, machines: Machines) -> None:
    """Each is told; what is shown is what was to be shown before."""
    bad = ["loglevel=loud", "loglevel=info,", "loglevel=16", "loglevel=heap=", "loglevel"]
    said = said_with(machines, kernel, " ".join([*bad, "loglevel=7"]))
    assert {"heap", "paging", "pit8254"} <= modules(said)
    for word in bad:
        assert (f"warning: boot: {word} is not understood; it is loglevel=LEVEL[,MODULE=LEVEL] "
                "(none, error, warning, info, debug, 0 to 15)\n") in said


def texts(machine: Machine, kernel: Build, debug: Path) -> "tuple[str, str, str]":
    """What stands on the serial line, on the screen, on QEMU's debug console."""
    return machine.serial_text, "\n".join(screen_rows(machine, kernel)), debug.read_text("latin-1")


@pytest.mark.parametrize("line, on", [
    ("console=serial", (True, False, False)),
    ("console=screen", (False, True, False)),
    ("console=debug", (False, False, True)),
    ("console=serial,lp0,debug", (True, False, True)),
    ("console=lp0", (True, True, True)),
    ("console=", (True, True, True)),
])
def test_console(kernel: Build, machines: Machines, tmp_path: Path, line: str,
                 on: "tuple[bool, ...]") -> None:
    """Text goes to the sinks that are named; one that is not there is told; a panic to all."""
    debug = tmp_path / "debug"
    machine = start(machines, kernel, line, extra=["-debugcon", f"file:{debug}"])
    ready = "Type 'help' for available commands.\n> "
    poll(lambda: promises.is_in_kernel(machine) and any(
        ready in text.replace("\n>", "\n> ").replace(">  ", "> ")
        for text in texts(machine, kernel, debug)), "a prompt", 60)
    seen = texts(machine, kernel, debug)
    assert tuple("available commands" in text for text in seen) == on
    if not on[1]:
        assert seen[1].strip() == ""
    early = seen[0]  # the serial line and the debug console have the lines before it was read
    assert ("there is no sink 'lp0' in this kernel" in early) == ("lp0" in line)
    assert ("no sink would be left, so all go on" in early) == (line == "console=lp0")
    assert ("console= is not understood; it is console=NAME[,NAME] (screen, serial, debug)"
            in early) == (line == "console=")
    machine.type_text("panic\n")
    wait_dead(machine)
    poll(lambda: all("KERNEL PANIC: user request" in text
                     for text in texts(machine, kernel, debug)), "the panic on all sinks")


def test_no_line_is_torn(kernel: Build, machines: Machines) -> None:
    """The suite's lines on the serial line, half of them from the timer at 1000 Hz: all whole."""
    machine = start(machines, kernel)
    machine.wait_prompt()
    said = machine.run_command("test log", 120)
    judged = ktap.examine(f"Tessera 0\n{said}", QemuResult(ktap.EXIT_PASSED))
    assert judged.verdict is Verdict.PASSED, str(judged)
    lines = [line for line in said.splitlines() if "#log" in line]
    assert any("#log: h" in line for line in lines)
    for line in lines:
        hit = STAMPED.fullmatch(line)
        assert hit, line
        if "debug" not in line:
            said_by = SAID.fullmatch(hit[3])
            assert said_by, line
            number = int(said_by[1])
            assert said_by[2] == str(number).zfill(1 + number % 50), line


def test_a_handler_logs_while_one_types(kernel: Build, machines: Machines) -> None:
    """Its lines begin lines of their own, and what was typed so far stands below them again."""
    machine = start(machines, kernel, gdb=True)
    machine.wait_prompt()
    machine.type_text("echo hal")
    machine.wait_text(re.compile(r"> echo hal\Z"))
    with debugger(machine, kernel) as guest:
        watch = guest.address("time_watch")
        guest.gdb.write_memory(watch, guest.address("say_in_handler").to_bytes(8, "little"))
        guest.gdb.resume()
        machine.wait_text(re.compile(r"#log: h0009"))
        guest.gdb.interrupt()
        guest.gdb.write_memory(watch, bytes(8))
        guest.gdb.resume()
        machine.wait_text(re.compile(r"#log: h0009\d+\n(.*\n)*> echo hal\Z"))
        machine.type_text("f\n")
        machine.wait_text(re.compile(r"> echo half\nhalf\n> \Z"))
    since = machine.serial_text.partition("> echo hal\n")[2].splitlines()
    assert all(STAMPED.fullmatch(line) or line in ("> echo hal", "> echo half", "half", "> ")
               for line in since), since
    assert "> echo half" in [row.rstrip() for row in wait_on_screen(machine, kernel, "> echo half")]


def test_a_panic_shows_what_waits(kernel: Build, machines: Machines) -> None:
    """A handler logs, and before the thread comes to show it there is a panic."""
    machine = start(machines, kernel, gdb=True)
    machine.wait_prompt()
    with debugger(machine, kernel) as guest:
        at = guest.scratch
        say, panic_run = guest.address("say_in_handler"), guest.address("panic_run")
        enter = b"\xe8" + relative(at + 5, guest.address("irq_context_enter"))
        calls = enter + b"\xe8" + relative(at + 10, say) + b"\xe8" + relative(
            at + 15, guest.address("irq_context_leave"))
        Output(machine, guest).stop_ticks()
        guest.gdb.write_register("rsp", (guest.gdb.read_register("rsp") - 512) & ~15)
        guest.run_code(assemble(calls.hex()) + jump(at + 15, panic_run))
        wait_dead(machine)
    end = machine.serial_text[machine.serial_text.index("#log: h0000") - 40:]
    assert re.search(r"> \n\[ *\d+\.\d{6}\] #log: h00000\n\nKERNEL PANIC: user request\n", end), end


def test_time_without_a_clock_to_measure_by(kernel: Build, machines: Machines) -> None:
    """A microvm's speaker port is missing: the time goes up all the same, and nothing waits."""
    machine = start(machines, kernel, machine="microvm")
    machine.wait_prompt()
    times = [micros for micros, _ in stamped(machine.serial_text)]
    assert len(times) > 10 and times == sorted(times) and times[0] < times[-1] < 100_000_000


def examine(machine: Machine) -> ktap.Judgement:
    """The verdict on a machine that leaves by itself."""
    status = machine.exit_status(120)
    return ktap.examine(machine.serial_text, QemuResult(status, machine.guest_reset))


def test_suites_by_name(suites: Build, machines: Machines) -> None:
    """test= runs these suites and groups alone, with the random numbers of seed=."""
    judged = examine(start(machines, suites, "test=log,ring,name_list seed=9", debug_exit=True))
    assert judged.verdict is Verdict.PASSED, str(judged)
    ran = {path[:2] for path, _ in judged.report.cases()}
    assert {path[0] for path in ran} == {"lib", "log"}
    assert {path[1] for path in ran} == {"ring", "name_list", "log_ring", "log_filter", "log_level",
                                         "log_clock", "log_kept"}
    assert judged.report.seed == 9


@pytest.mark.parametrize("line, named", [("test=ring,rung", "rung"), ("test=,ring", "")])
def test_suites_of_no_name(suites: Build, machines: Machines, line: str, named: str) -> None:
    """A name of nothing is told, nothing runs, and the run has failed."""
    machine = start(machines, suites, line, debug_exit=True)
    judged = examine(machine)
    assert (judged.verdict, judged.why) == (
        Verdict.FAILED, "The suites that were asked for are not in this kernel.")
    assert f"\nThere is no suite or group {named}.\nBail out! " in machine.serial_text
    assert not judged.report.found


def test_suites_that_make_no_sense(suites: Build, machines: Machines) -> None:
    """Values that are none are told, and the default counts."""
    machine = start(machines, suites, "seed=-1 test= seed=x test=name_list", debug_exit=True)
    judged = examine(machine)
    assert judged.verdict is Verdict.PASSED and judged.report.seed == 1
    for words in ("seed=-1 is not understood; it is seed=N ", "seed=x is not understood; ",
                  "test= is not understood; it is test=NAME[,NAME] (suites or groups to run)\n"):
        assert f"warning: boot: {words}" in machine.serial_text
