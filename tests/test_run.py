# SPDX-License-Identifier: MIT
"""`make run` and `make screenshot` as people and scripts use them: by pipe, and at a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Callable, Iterator, Optional

import pytest

from building import ROOT, Build, clean_environment
from configurations import ONLY_PVH

RUNNER = ROOT / "scripts" / "run.py"
TIMEOUT_S = 90.0
LEAVE_KEYS = {"Ctrl-]": b"\x1d", "Ctrl-A X": b"\x01x"}


def run(build: Build, lines: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """The runner with lines on its standard input."""
    return subprocess.run(
        [sys.executable, str(RUNNER), "--output", str(build.path), *options], input=lines,
        capture_output=True, timeout=TIMEOUT_S, env=clean_environment(), check=False)


def qemu_of(runner: int) -> list[int]:
    """The processes that a runner has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == runner:
            found.append(int(stat.parent.name))
    return found


def alive(pid: int) -> bool:
    """The process runs; one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Person:
    """Somebody at a terminal, in which the runner runs."""

    def __init__(self, build: Build, *options: str) -> None:
        environment = {k: v for k, v in clean_environment().items()
                       if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self._own, self._terminal = pty.openpty()
        self.settings = termios.tcgetattr(self._terminal)
        self.seen = ""
        self.process = subprocess.Popen(
            [sys.executable, str(RUNNER), "--output", str(build.path), *options],
            stdin=self._terminal, stdout=self._terminal, stderr=self._terminal,
            env=environment)

    def wait(self, words: str, start: int = 0) -> None:
        """Read the terminal until the words are on it."""
        deadline = time.monotonic() + TIMEOUT_S
        while words not in self.seen[start:]:
            assert time.monotonic() < deadline, f"{words!r} never came:\n{self.seen}"
            if select.select([self._own], [], [], 0.2)[0]:
                self.seen += os.read(self._own, 65536).decode("latin-1").replace("\r\n", "\n")

    def type(self, data: bytes) -> None:
        """Press keys."""
        os.write(self._own, data)

    def end(self) -> int:
        """Wait for the runner's end, reading on; its status."""
        deadline = time.monotonic() + TIMEOUT_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "the runner does not end"
            if select.select([self._own], [], [], 0.1)[0]:
                self.seen += os.read(self._own, 65536).decode("latin-1")
        return self.process.returncode

    def settings_now(self) -> list:
        """The modes of the terminal."""
        return termios.tcgetattr(self._terminal)

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        os.close(self._own)
        os.close(self._terminal)


@pytest.fixture
def person(reference: Build) -> Iterator[Person]:
    """Somebody who has the reference kernel's prompt before them."""
    somebody = Person(reference)
    try:
        somebody.wait("\n> ")
        yield somebody
    finally:
        somebody.close()


def test_lines_are_typed_and_answered(reference: Build) -> None:
    done = run(reference, b"help\ninfo\npage deadbeef\nfoo\n")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for words in ("> help\n", "> info\n", "Architecture: x86_64", "> page deadbeef\n",
                  "PDPT index: 3", "> foo\nUnknown command: foo\n"):
        assert words in text
    assert text.endswith("\n> \n") and not done.stderr


def test_no_lines_boot_to_the_prompt(reference: Build) -> None:
    done = run(reference, b"")
    assert done.returncode == 0 and done.stdout.endswith(b"\n> \n")


def test_a_last_line_without_its_end_is_a_line(reference: Build) -> None:
    done = run(reference, b"echo one\r\necho > two")
    assert done.returncode == 0
    assert b"> echo one\none\n> echo > two\n> two\n> \n" in done.stdout


@pytest.mark.parametrize("lines, status, sentence", [
    (b"halt\n", 0, ""),
    (b"halt\necho x\n", 1, "line 1 halted the guest"),
    (b"panic\necho x\n", 1, "halted after line 1: KERNEL PANIC: "),
    ("echo caf\u00e9\necho after\n".encode(), 1, "line 1 was not typed: .*'\u00e9' \\(U\\+00E9\\)"),
    (b"echo \xff\n", 1, "line 1 was not typed: .*the byte 0xff"),
    (b"x" * 257 + b"\necho after\n", 1, "it has 257 characters, the shell takes 256"),
])
def test_what_cannot_go_on_is_said(
    reference: Build, lines: bytes, status: int, sentence: str
) -> None:
    done = run(reference, lines)
    assert done.returncode == status, done.stderr
    assert re.search(sentence, done.stderr.decode()) if sentence else not done.stderr
    assert (b"\nafter\n" in done.stdout) == (b"after" in lines)


def test_a_line_of_full_length_is_typed(reference: Build) -> None:
    words = bytes(0x21 + i % 94 for i in range(256 - len("echo ")))
    done = run(reference, b"echo " + words + b"\n")
    assert done.returncode == 0 and b"\n" + words + b"\n" in done.stdout


@pytest.mark.parametrize("options, sentence", [
    (["--memory", "garbage"], "-m garbage"),
    (["--firmware", "coreboot"], "FIRMWARE=coreboot"),
    (["--accel", "magic"], "ACCEL=magic"),
    (["--boot", "grub"], "BOOT=grub: it is iso or direct."),
    (["--boot", "direct"], "BOOT=direct: this kernel cannot be started that way; turn on "
     "BOOT_PVH."),
    (["--machine", "isapc"], "MACHINE=isapc: it is pc, q35 or microvm."),
    (["--machine", "microvm"], "MACHINE=microvm has no drive to boot from; BOOT=direct"),
    (["--", "-bogus"], "-bogus: invalid option"),
])
def test_wrong_settings_are_said(reference: Build, options: list[str], sentence: str) -> None:
    done = run(reference, b"", *options)
    assert done.returncode and sentence in done.stderr.decode()


@pytest.mark.parametrize("options, sentence", [
    (["--firmware", "uefi"], "FIRMWARE=uefi starts no kernel by itself; leave out BOOT=direct."),
    (["--machine", "microvm", "--screenshot"], "MACHINE=microvm has no screen to write."),
    (["--boot", "iso"], "BOOT=iso: this kernel cannot be started that way; turn on "
     "BOOT_MULTIBOOT2."),
])
def test_wrong_settings_of_a_direct_boot(
    build: Callable[..., Build], options: list[str], sentence: str
) -> None:
    made = build("pvh-only", ONLY_PVH, goal="build")
    done = run(made, b"", "--boot", "direct", *options)
    assert done.returncode == 1 and sentence in done.stderr.decode()


@pytest.mark.parametrize("kind", ["pc", "q35"])
def test_a_direct_boot(build: Callable[..., Build], kind: str) -> None:
    made = build("pvh-only", ONLY_PVH, goal="build")
    done = run(made, b"echo directly\n", "--boot", "direct", "--machine", kind, "--screenshot")
    assert done.returncode == 0 and b"> echo directly\ndirectly\n> " in done.stdout
    assert b"(1280x720)" in done.stderr


def test_a_microvm_has_nothing_to_type_on(build: Callable[..., Build]) -> None:
    made = build("pvh-only", ONLY_PVH, goal="build")
    options = ["--boot", "direct", "--machine", "microvm"]
    silent = run(made, b"", *options)
    assert silent.returncode == 0 and silent.stdout.endswith(b"\n> \n")
    typed = run(made, b"help\n", *options)
    assert typed.returncode == 1 and b"no PS/2 keyboard" in typed.stderr


def test_without_qemu_one_line_says_so(reference: Build, tmp_path: Path) -> None:
    environment = {**clean_environment(), "PATH": str(tmp_path)}
    done = subprocess.run([sys.executable, str(RUNNER), "--output", str(reference.path)], input=b"",
                          capture_output=True, env=environment, timeout=TIMEOUT_S, check=False)
    assert done.returncode and b"make setup" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("name, off, line, option", [
    ("no-shell", "SHELL", "init: no shell in this configuration; idle.", "SHELL"),
    ("no-keyboard", "I8042", "> ", "I8042"),
])
def test_lines_without_what_typing_needs(
    build: Callable[..., Build], name: str, off: str, line: str, option: str
) -> None:
    made = build(f"run-{name}", f"# CONFIG_{off} is not set\n")
    silent = run(made, b"")
    assert silent.returncode == 0 and line in silent.stdout.decode()
    typed = run(made, b"echo x\n")
    assert typed.returncode == 1 and f"turn on {option}." in typed.stderr.decode()


def test_without_serial_the_screen_is_read(build: Callable[..., Build]) -> None:
    made = build("run-no-serial", "# CONFIG_UART16550 is not set\n")
    # More than a screen of lines, no two alike: what has scrolled can be told from what is new.
    lines = "".join(f"echo line {number}\n" for number in range(30))
    done = run(made, f"help\n{lines}halt\n".encode())
    assert done.returncode == 0, done.stderr
    answers = "".join(f"> echo line {number}\nline {number}\n" for number in range(30))
    assert f"{answers}> halt\nSystem halted." in done.stdout.decode()


def test_a_screenshot_shows_what_the_lines_did(reference: Build) -> None:
    picture = reference.path / "screenshot.png"
    picture.unlink(missing_ok=True)
    done = run(reference, b"screenfill blue\n", "--screenshot")
    assert done.returncode == 0 and str(picture) in done.stderr.decode()
    assert picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\0\0\0\x02\xd0")


def test_no_screenshot_without_a_screen(build: Callable[..., Build]) -> None:
    done = run(build("run-no-screen", "# CONFIG_FRAMEBUFFER is not set\n"), b"", "--screenshot")
    assert done.returncode == 1 and b"turn on FRAMEBUFFER." in done.stderr


@pytest.mark.parametrize("keys", list(LEAVE_KEYS.values()), ids=list(LEAVE_KEYS))
def test_a_person_types_and_leaves(person: Person, keys: bytes) -> None:
    assert "Ctrl-]" in person.seen and "Ctrl-A X" in person.seen
    assert person.settings_now() != person.settings
    start = len(person.seen)
    person.type(b"ehcho\x7f\x7f\x7f\x7fcho \"Hi\" ~\r")
    person.wait("\n\"Hi\" ~\n> ", start)
    qemu = qemu_of(person.process.pid)
    assert len(qemu) == 1
    person.type(keys)
    assert person.end() == 0
    assert person.settings_now() == person.settings
    assert not alive(qemu[0])


def test_a_long_paste_arrives_whole(person: Person) -> None:
    lines = [f"echo {i} The quick brown Fox jumps over the lazy Dog" for i in range(60)]
    start = len(person.seen)
    person.type("".join(line + "\r" for line in lines).encode())
    person.wait("\n" + lines[-1][len("echo "):] + "\n> ", start)
    answers = "".join(f"{line}\n{line[len('echo '):]}\n> " for line in lines)
    assert person.seen[start:] == answers


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_killed_runner_leaves_no_qemu(person: Person, number: signal.Signals) -> None:
    qemu = qemu_of(person.process.pid)
    person.process.send_signal(number)
    status: Optional[int] = person.end()
    assert status == (128 + number if number != signal.SIGKILL else -number)
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in qemu):
        assert time.monotonic() < deadline, "QEMU outlived the runner"
        time.sleep(0.01)
    if number != signal.SIGKILL:
        assert person.settings_now() == person.settings


def test_the_monitor_in_turns(build: Callable[..., Build]) -> None:
    """Ctrl-A C: lines for QEMU and lines for the guest; `quit` there ends the run."""
    made = build("pvh-only", ONLY_PVH, goal="build")
    both = Person(made, "--boot", "direct", "--monitor")
    try:
        both.wait("Ctrl-A C changes to QEMU's monitor and back")
        both.wait("\n> ")
        both.type(b"\x01c")
        both.wait("(qemu) ")
        both.type(b"infx\x7fo statuz\bs\r")
        both.wait("VM status: running\n(qemu) ")
        both.type(b"no\x15\x01c")
        both.wait("[the guest again]")
        both.type(b"echo \"guest\"\r")
        both.wait("\n\"guest\"\n> ")
        both.type(b"\x01cquit\r")
        assert both.end() == 0
        assert both.settings_now() == both.settings
    finally:
        both.close()


def test_no_monitor_without_a_terminal(reference: Build) -> None:
    """Nobody could press Ctrl-A C."""
    done = run(reference, b"", "--monitor")
    assert done.returncode == 1 and b"MONITOR=1 is for a person at a terminal" in done.stderr
