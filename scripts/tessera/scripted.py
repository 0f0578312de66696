# SPDX-License-Identifier: MIT
"""A session without a person: the lines of standard input, typed at the prompt."""

from __future__ import annotations

import os
import threading
from collections import deque
from typing import Callable, Deque, Optional

from .console import HALTED_LINE, Console, Outcome, what_typing_needs
from .errors import MachineError
from .keys import NoSuchKey, stroke
from .qemu import Machine

_NOT_TEXT = "\b\r\n\x1b\x7f"  # there are keys for these, but in a line they are no text
_READ_AHEAD = 1000  # lines; `yes help | make run` must not fill the memory
_END_S = 5.0  # from the end of QEMU's monitor to that of QEMU
_LAST_LINE_S = 5.0  # after `halt`, for the end of the input to show


class InputLines:
    """The lines of a file descriptor, read by a thread, so that waiting can be interrupted."""

    def __init__(self, machine: Machine, fd: Optional[int]) -> None:
        """Without a descriptor there are no lines."""
        self._changed = machine.changed
        self._machine = machine
        self._fd = fd
        self._lines: Deque[bytes] = deque()
        self.ended = fd is None
        if fd is not None:
            threading.Thread(target=self._read, name="input", daemon=True).start()

    def _read(self) -> None:
        """os.read, since a buffered reader that blocks cannot be left at exit."""
        rest = b""
        while True:
            try:
                data = os.read(self._fd or 0, 65536)
            except OSError:
                data = b""
            *lines, rest = (rest + data).split(b"\n")
            if not data and rest:
                lines.append(rest)
            with self._changed:
                self._lines.extend(lines)
                self.ended = not data
                self._changed.notify_all()
                if not data:
                    return
                self._changed.wait_for(lambda: len(self._lines) < _READ_AHEAD)

    def next(self, timeout: Optional[float] = None) -> Optional[str]:
        """The next line without its end; None at the end, after the time, or without QEMU."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._lines or self.ended or self._machine.status is not None, timeout)
            if not self._lines:
                return None
            line = self._lines.popleft()
            self._changed.notify_all()
        return line.decode("utf-8", "surrogateescape").rstrip("\r")


class Script:
    """Types the lines one by one, each at its prompt."""

    def __init__(self, console: Console, lines: InputLines, silence_s: float,
                 reader_gone: Callable[[], bool]) -> None:
        """reader_gone: nobody reads the output any more, so that nothing is left to be done."""
        self._console = console
        self._reader_gone = reader_gone
        self._lines = lines
        self._silence_s = silence_s
        self._number = 0
        self._failed = False

    def run(self) -> int:
        """Boot, type all lines; the exit status."""
        outcome = self._console.await_ready(0, self._silence_s)
        if outcome is not Outcome.READY:
            return self._explain(outcome, "before it was ready")
        while True:
            line = self._lines.next()
            if line is None:
                break
            if self._reader_gone():
                return 1
            self._number += 1
            if self._number == 1:
                line = line.lstrip("\ufeff")
            ended = self._one(line)
            if ended is not None:
                return ended
        if not self._console.machine.running:
            return self._explain(Outcome.ENDED, "while it waited at its prompt")
        return 1 if self._failed else 0

    def _one(self, line: str) -> Optional[int]:
        """Type one line and wait for what it does; a status where nothing can follow."""
        missing = what_typing_needs(self._console)
        if missing:
            self._console.say(missing)
            return 1
        if not self._can_be_typed(line):
            self._failed = True
            return None
        start = len(self._console.text)
        try:
            self._console.machine.type_text(line, patience_s=self._silence_s)
            start = max(start, self._console.look_at_line())
            self._console.machine.type_text("\n", patience_s=self._silence_s)
        except MachineError as problem:
            # QEMU's monitor ends a moment before QEMU itself does.
            machine = self._console.machine
            if not machine.wait(lambda: machine.status is not None, _END_S):
                self._console.say(f"line {self._number}: {str(problem).splitlines()[0]}.")
                return 1
        outcome = self._console.await_ready(start, self._silence_s)
        self._check_echo(line, start)
        if outcome is Outcome.READY:
            return None
        if outcome is Outcome.DEAD and self._was_halt(line, start):
            return 1 if self._failed else 0
        return self._explain(outcome, f"after line {self._number}")

    def _can_be_typed(self, line: str) -> bool:
        why = _why_not_typed(line, int(self._console.config["SHELL_LINE_MAX"] or 0),
                             self._console.machine)
        if why:
            self._console.say(f"line {self._number} was not typed: {why}.")
        return not why

    def _check_echo(self, line: str, start: int) -> None:
        """Compare what the guest echoed to what was typed. A screen wraps its lines."""
        if self._console.reader:
            return
        echo, newline, _ = self._console.text[start:].partition("\n")
        wanted = line.replace("\t", " ").encode("utf-8", "surrogateescape").decode("latin-1")
        if newline and echo != wanted:
            self._console.say(f"line {self._number} arrived as {echo!r}, not as {line!r}.")
            self._failed = True

    def _was_halt(self, line: str, start: int) -> bool:
        """The guest halted because it was told to, and nothing was left to type."""
        if line.split()[:1] != ["halt"] or HALTED_LINE not in self._console.text[start:]:
            return False
        after = self._lines.next(_LAST_LINE_S)
        if after is None:
            return True
        self._console.say(f"line {self._number} halted the guest; the lines after it were not "
                          "typed.")
        self._failed = True
        return True

    def _explain(self, outcome: Outcome, when: str) -> int:
        """Say why the guest will not go on; the exit status."""
        words = self._console.last_words()
        quoted = f": {words}" if words else "."
        if outcome is Outcome.ENDED:
            return self._explain_end(when)
        if outcome is Outcome.DEAD:
            self._console.say(f"the guest halted {when}{quoted}")
        else:
            self._console.say(f"the guest said nothing for {self._silence_s:g} s {when}{quoted}")
        return 1

    def _explain_end(self, when: str) -> int:
        """QEMU ended: a boot test says how with its status, anything else is a failure."""
        status = self._console.explain_end()
        if status == 0 and not self._console.config["QEMU_DEBUG_EXIT"]:
            self._console.say(f"QEMU ended {when}.")
            return 1
        return status


def _why_not_typed(line: str, limit: int, machine: Machine) -> str:
    """What is wrong with a line, or nothing. A serial line takes more than keys can make."""
    try:
        for char in line:
            if char in _NOT_TEXT:
                raise NoSuchKey(char)
            if not machine.types_by_serial:
                stroke(char, machine.layout)
    except NoSuchKey as problem:
        return str(problem)
    length = len(line.encode("utf-8", "surrogateescape"))
    if limit and length > limit:
        return f"it has {length} characters, the shell takes {limit} (SHELL_LINE_MAX)"
    return ""
