# SPDX-License-Identifier: MIT
"""QEMU's monitor on the terminal of a session, in turns with the guest: Ctrl-A C changes over."""

from __future__ import annotations

import os

from .errors import MachineError
from .qemu import Machine

MONITOR_HELP = "Ctrl-A C changes to QEMU's monitor and back (help lists its commands)"
_PROMPT = "(qemu) "
_ENTER, _ERASE, _KILL = "\r\n", "\x7f\b", "\x15\x03"  # Ctrl-U and Ctrl-C drop the line


class MonitorLine:
    """The line that is being typed to the monitor; off until the first change."""

    def __init__(self, machine: Machine, screen_fd: int) -> None:
        self._machine = machine
        self._fd = screen_fd
        self._line = ""
        self.active = False

    def toggle(self) -> None:
        """To the monitor, or back to the guest."""
        self.active = not self.active
        self._line = ""
        self._write(f"\n{_PROMPT}" if self.active else "\n[the guest again]\n")

    def feed(self, char: str) -> None:
        """One character from the keyboard."""
        if char in _ENTER:
            self._run()
        elif char in _ERASE:
            if self._line:
                self._line = self._line[:-1]
                self._write("\b \b")
        elif char in _KILL:
            self._line = ""
            self._write(f"\n{_PROMPT}")
        elif char.isprintable():
            self._line += char
            self._write(char)

    def _run(self) -> None:
        line, self._line = self._line.strip(), ""
        self._write("\n")
        try:
            said = self._machine.hmp(line) if line else ""
        except MachineError as problem:
            if not self._machine.running:
                return  # `quit`
            said = str(problem).splitlines()[0]
        if said and not said.endswith("\n"):
            said += "\n"
        self._write(said + _PROMPT)

    def _write(self, text: str) -> None:
        os.write(self._fd, text.replace("\n", "\r\n").encode("utf-8", "replace"))
