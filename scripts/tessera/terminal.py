# SPDX-License-Identifier: MIT
"""The terminal as a keyboard: raw mode, and which keys the bytes that it sends stand for."""

from __future__ import annotations

import codecs
import re
import termios
import tty
from typing import Dict, Iterator, List, Optional, Union

from .keys import NoSuchKey, Stroke, press, stroke
from .layouts import US
from .monitor import MonitorLine

LEAVE_HELP = "Ctrl-] or Ctrl-A X ends the session"

_CTRL_A = "\x01"
_LEAVE = "\x1d"  # Ctrl-]

# What follows ESC [ or ESC O, without parameters; with them: see _modified().
_FINALS: Dict[str, str] = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4",
}
_TILDES: Dict[str, str] = {
    "1": "home", "2": "insert", "3": "delete", "4": "end", "5": "pgup", "6": "pgdn",
    "7": "home", "8": "end", "11": "f1", "12": "f2", "13": "f3", "14": "f4", "15": "f5",
    "17": "f6", "18": "f7", "19": "f8", "20": "f9", "21": "f10", "23": "f11", "24": "f12",
}
_SEQUENCE = re.compile(r"\x1b(?:\[([0-9;?]*)([@-~])|O([@-~]))")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;?]*|O)?")
_CONTROL_KEYS = {"\x00": "spc", "\x1c": "backslash", "\x1e": "6", "\x1f": "minus"}


class Leave(Exception):
    """The keys that end the session were pressed."""


class RawTerminal:
    """Raw mode for as long as the context lasts; restored however it ends."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._saved: Optional[List[Union[int, List[Union[bytes, int]]]]] = None

    def __enter__(self) -> "RawTerminal":
        self._saved = termios.tcgetattr(self._fd)
        tty.setraw(self._fd, termios.TCSANOW)
        return self

    def __exit__(self, *exc: object) -> None:
        if self._saved is not None:
            # Drain, so that the guest's last text is not shown in the restored mode.
            termios.tcsetattr(self._fd, termios.TCSADRAIN, self._saved)


class KeyParser:
    """Turns what a terminal sends into strokes of keys.

    feed() gives what is complete. An ESC may be the key or the begin of a sequence: the
    caller calls flush() when nothing more came for a moment, and then it was the key.
    Characters that no key makes are counted, not lost silently.
    """

    leave_help = LEAVE_HELP

    def __init__(self, monitor: Optional[MonitorLine] = None, layout: str = US) -> None:
        """With a monitor, Ctrl-A C changes over to it and back."""
        self._monitor, self._layout = monitor, layout
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._pending = ""
        self._command = False
        self.refused: List[str] = []

    @property
    def unfinished(self) -> bool:
        """An ESC waits for what follows it."""
        return bool(self._pending)

    def feed(self, data: bytes) -> Iterator[Stroke]:
        """The strokes for some bytes; raises Leave where they say so."""
        self._pending += self._decoder.decode(data)
        while self._pending:
            if self._pending[0] == "\x1b":
                if _UNFINISHED.fullmatch(self._pending):
                    return
                escape = list(self._escape())
                if not self._in_monitor:  # which has no cursor to move
                    yield from escape
                continue
            char, self._pending = self._pending[0], self._pending[1:]
            yield from self._plain(char)

    def flush(self) -> Iterator[Stroke]:
        """Nothing followed: what waits are keys for themselves."""
        pending, self._pending = self._pending, ""
        for char in pending:
            yield from self._plain(char)

    @property
    def _in_monitor(self) -> bool:
        return self._monitor is not None and self._monitor.active

    def _plain(self, char: str) -> Iterator[Stroke]:
        if self._command:
            self._command = False
            yield from self._after_ctrl_a(char)
        elif char == _CTRL_A:
            self._command = True
        elif char == _LEAVE:
            raise Leave
        elif self._monitor is not None and self._monitor.active:
            self._monitor.feed(char)
        else:
            yield from self._key(char)

    def _after_ctrl_a(self, char: str) -> Iterator[Stroke]:
        """Ctrl-A X leaves; Ctrl-A twice, or Ctrl-A A, is Ctrl-A for the guest."""
        if char in "xX" or char == _LEAVE:
            raise Leave
        if char in "cC" and self._monitor is not None:
            self._monitor.toggle()
        elif self._in_monitor:
            return
        elif char in "aA" or char == _CTRL_A:
            yield press("a", "ctrl")
        else:
            yield from self._key(char)

    def _key(self, char: str) -> Iterator[Stroke]:
        try:
            yield stroke(char, self._layout)
            return
        except NoSuchKey:
            pass
        if char in _CONTROL_KEYS:
            yield press(_CONTROL_KEYS[char], "ctrl")
        elif char < " ":
            yield press(chr(ord(char) + 0x60), "ctrl")
        else:
            self.refused.append(char)

    def _escape(self) -> Iterator[Stroke]:
        found = _SEQUENCE.match(self._pending)
        if found:
            self._pending = self._pending[found.end():]
            name = _sequence_key(found.group(1) or "", found.group(2) or found.group(3))
            if name:
                yield name
            else:
                self.refused.append("\x1b")
            return
        char, self._pending = self._pending[1], self._pending[2:]
        if char == "\x1b":  # ESC ESC: the first was the key
            self._pending = char + self._pending
            yield stroke("\x1b")
            return
        for keys in self._key(char):  # ESC x is what a terminal sends for Alt-X
            yield [("alt", True), *keys, ("alt", False)]


def _sequence_key(parameters: str, final: str) -> Optional[Stroke]:
    """The key behind ESC [ parameters final; xterm puts the modifiers last, plus one."""
    values = parameters.split(";")
    name = _TILDES.get(values[0]) if final == "~" else _FINALS.get(final)
    if name is None:
        return None
    bits = int(values[1]) - 1 if len(values) > 1 and values[1].isdigit() else 0
    held = [key for bit, key in ((1, "shift"), (2, "alt"), (4, "ctrl")) if bits & bit]
    return press(name, *held)
