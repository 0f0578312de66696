# SPDX-License-Identifier: MIT
"""Typing at the shell by the serial line: any way to end a line, any speed, nothing lost."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import time
from pathlib import Path
from threading import Thread
from typing import Iterator

import pytest
from tessera.errors import QEMU
from tessera.promises import read_port
from tessera.qemu import Machine

from building import Build
from harness import BOOT_TIMEOUT_S, SLOWED, Machines, poll
from test_run import Person

PASTE_KIB = int(os.environ.get("TESSERA_PASTE_KIB") or 0)
COM2, MODEM_CONTROL, RTS = 0x2F8, 4, 2
SILENCE_S = 60.0
# The sixteen bytes of the queue are full in the first word.
SMALL = """\
CONFIG_UART_PORT=0x2f8
CONFIG_UART_QUEUE_SIZE=16
CONFIG_UART_FLOW_CONTROL=y
CONFIG_SHELL_CMD_SLEEP=y
"""


@pytest.fixture(scope="module")
def kernel(build) -> Build:
    """As users have it."""
    return build("serial_defconfig", base="serial_defconfig")


@pytest.fixture(scope="module")
def line(kernel: Build) -> Iterator[Machine]:
    """One machine at its prompt; each test leaves it there."""
    machines = Machines()
    yield machines.boot(kernel, direct=True)
    machines.close()


def answer(machine: Machine, typed: bytes) -> str:
    """All that comes for some bytes, from their echo to the next prompt."""
    start = len(machine.serial)
    machine.send_serial(typed)
    machine.wait_text("\n", start=start)
    machine.wait_prompt(start)
    return machine.serial_text[start:]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\r\0"])
def test_each_end_of_a_line_is_one_enter(line: Machine, end: bytes) -> None:
    assert answer(line, b"echo one" + end) == "echo one\none\n> "
    assert answer(line, b"echo two" + end) == "echo two\ntwo\n> "


def test_backspace_as_terminals_send_it(line: Machine) -> None:
    assert answer(line, b"ehcho\x7f\x7f\x08\x7fcho it\r").endswith("echo it\nit\n> ".lstrip("e"))


def test_keys_that_are_no_text(line: Machine) -> None:
    """Nothing of what cursor and function keys send gets into the line; Esc alone takes nothing."""
    typed = b"e\x1b[Ac\x1bOPh\x1b[1;5Do\x1b[[A \x1b[200~[\x1ba\x1b\r"
    assert answer(line, typed) == "echo [a\n[a\n> "


def test_a_break_is_told_before_the_prompt(line: Machine) -> None:
    """It is none of the line's characters, and is told once."""
    line.send_serial(b"echo a")
    line.wait_text("echo a")
    line.qmp("chardev-send-break", id="tessera-serial")
    assert answer(line, b"b\r") == "b\nab\nThe serial line: a break (1 so far).\n> "
    assert answer(line, b"echo c\r") == "echo c\nc\n> "


def test_what_is_typed_before_the_boot_is_kept(machines: Machines, kernel: Build) -> None:
    """The chip is set up under it, and must not be emptied."""
    machine = machines.start(kernel, direct=True, paused=True)
    machine.send_serial(b"echo early\recho " + b"x" * 40 + b"\r")
    machine.qmp("cont")
    machine.wait_text("> echo early\nearly\n> echo " + "x" * 40 + "\n" + "x" * 40 + "\n> ")


def test_a_microvm_is_typed_at(machines: Machines, kernel: Build) -> None:
    """It has neither keyboard nor screen: this is the only way."""
    machine = machines.boot(kernel, direct=True, machine="microvm")
    assert machine.run_command("echo micro") == "micro\n"


def test_without_its_interrupt_the_line_is_read_at_each_tick(build, machines: Machines) -> None:
    made = build("serial-no-irq", "CONFIG_UART_IRQ=5\n", base="serial_defconfig", goal="build")
    machine = machines.boot(made, direct=True)
    assert machine.run_command("echo " + "slow but there " * 4) == "slow but there " * 4 + "\n"


def test_the_sender_is_told_to_wait(build, machines: Machines) -> None:
    """RTS falls while the queue is full, on COM2 with its own interrupt, and nothing is lost."""
    made = build("serial-small", SMALL, base="serial_defconfig", goal="build")
    machine = machines.boot(made, direct=True)

    def asks_for_more() -> bool:
        return bool(read_port(machine, COM2 + MODEM_CONTROL) & RTS)

    assert asks_for_more()
    text = "".join(chr(0x21 + i % 94) for i in range(200))
    machine.send_serial(f"sleep 2\recho {text}\r".encode())
    poll(lambda: not asks_for_more(), "RTS falls")
    machine.wait_text(f"\n> echo {text}\n{text}\n> ")
    assert asks_for_more()


def test_telnet(kernel: Build, tmp_path: Path) -> None:
    """QEMU speaks telnet, whose clients send a carriage return and a NUL."""
    path = tmp_path / "line"
    command = [QEMU, "-display", "none", "-nodefaults", "-kernel", str(kernel.elf), "-chardev",
               f"socket,id=line,path={path},server=on,wait=on,telnet=on", "-serial",
               "chardev:line"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            with socket.socket(socket.AF_UNIX) as sock:
                poll(path.exists, "QEMU listens")
                sock.connect(str(path))
                read_until(sock.fileno(), b"\n> ")
                sock.sendall(b"echo far\r\0echo away\r\0")
                read_until(sock.fileno(), b"echo far\r\nfar\r\n> echo away\r\naway\r\n> ")
        finally:
            process.kill()


def test_lines_piped_into_qemu(kernel: Build) -> None:
    """Without the runner, and without waiting for a prompt."""
    command = [QEMU, "-display", "none", "-nodefaults", "-kernel", str(kernel.elf),
               "-serial", "stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdin and process.stdout
            process.stdin.write(b"echo one\necho two\n")
            process.stdin.flush()
            read_until(process.stdout.fileno(),
                       b"> echo one\r\none\r\n> echo two\r\ntwo\r\n> ")
        finally:
            process.kill()


def read_until(fd: int, words: bytes) -> bytes:
    """All that comes until the words do."""
    seen, deadline = b"", time.monotonic() + BOOT_TIMEOUT_S
    while words not in seen:
        assert time.monotonic() < deadline, f"{words!r} never came:\n{seen!r}"
        if select.select([fd], [], [], 0.2)[0]:
            seen += os.read(fd, 65536)
    return seen


def test_a_person_at_a_terminal(kernel: Build) -> None:
    """`make run`: what is typed goes to the line as it is, Ctrl-A too; Ctrl-] ends."""
    person = Person(kernel, "--boot", "direct")
    try:
        person.wait("\n> ")
        assert "goes to the serial line; Ctrl-] ends the session" in person.seen
        start = len(person.seen)
        person.type(b"ehcho\x7f\x7f\x7f\x7fcho caf\xc3\xa9\x01\r")
        person.wait("\ncaf\u00c3\u00a9\n> ", start)
        start = len(person.seen)
        lines = [f"echo {i} The quick brown Fox jumps over the lazy Dog" for i in range(100)]
        typing = Thread(target=person.type, args=("".join(f"{x}\r" for x in lines).encode(),))
        typing.start()
        person.wait(f"\n{lines[-1][5:]}\n> ", start)
        typing.join()
        assert person.seen[start:] == "".join(f"{x}\n{x[5:]}\n> " for x in lines)
        person.type(b"\x1d")
        assert person.end() == 0
        assert person.settings_now() == person.settings
    finally:
        person.close()


def pasted(kib: int) -> "list[str]":
    """So many KiB of commands, each of 80 characters with its Enter, no two alike."""
    begin = [f"echo {number:07d} " for number in range((kib * 1024 + 79) // 80)]
    return [words + "".join(chr(0x21 + (number * 7 + at * 3) % 94) for at in range(79 - len(words)))
            for number, words in enumerate(begin)]


class Expected:
    """What has to come, held against what comes."""

    def __init__(self, lines: "list[str]") -> None:
        self._text = "".join(f"{line}\n{line[5:]}\n> " for line in lines)
        self.at = 0

    def take(self, came: str) -> bool:
        """Is that all? The first character that differs ends it."""
        wanted = self._text[self.at:self.at + len(came)]
        assert came == wanted, f"at {self.at} of {len(self._text)}: {came[:200]!r}"
        self.at += len(came)
        return self.at == len(self._text)


@pytest.mark.parametrize("speed", ["full", "a tenth"])
def test_a_paste_arrives_whole(machines: Machines, kernel: Build, speed: str) -> None:
    """Every byte is echoed, whatever the guest is slower by than who sends."""
    is_slow = speed != "full"
    lines = pasted(PASTE_KIB or (4 if is_slow else 64))
    machine = machines.boot(kernel, direct=True, extra=SLOWED if is_slow else [])
    expected, data = Expected(lines), "".join(f"{line}\r" for line in lines).encode()
    machine.serial.take()
    begin = heard = time.monotonic()
    sender = Thread(target=machine.send_serial, args=(data, SILENCE_S), daemon=True)
    sender.start()
    while not expected.take(came := machine.serial.take()):
        now = time.monotonic()
        heard = now if came else heard
        assert now - heard < SILENCE_S, f"nothing more came, at {expected.at}"
        machine.wait_change(0.1)
    sender.join()
    seconds = time.monotonic() - begin
    print(f"\n{len(data)} bytes at {speed} of the speed: all echoed, none lost, in {seconds:.1f} s,"
          f" {len(data) / seconds / 1024:.1f} KiB/s")
    assert not machine.serial.take()
