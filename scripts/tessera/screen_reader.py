# SPDX-License-Identifier: MIT
"""Reads a guest without a serial line: its text, from the pixels of its screen.

The screen is looked at again and again, turned into text through the font, and what is new
since the last look goes into a transcript. Lines that scroll past between two looks are
lost; the reader says so in the transcript's place.
"""

from __future__ import annotations

import threading
import time
from typing import List, Optional

from .errors import MachineError
from .psf import Font
from .qemu import Machine
from .screen import UNKNOWN, Screen
from .transcript import PROMPT, Transcript

LOST = "[lines that scrolled past unseen]"

_LOOK_S = 0.05
_TORN_S = 5.0  # a screen that fits to nothing for so long is taken as it is


class ScreenReader:
    """A thread that feeds a transcript from the screen until the machine ends."""

    def __init__(self, machine: Machine, font: Font) -> None:
        self.transcript = Transcript(machine.changed)
        self._machine = machine
        self._font = font
        self._seen: Optional[Screen] = None
        self._lines: List[str] = []
        self._read_at = 0.0
        self._looking = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="screen", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._stop.wait(_LOOK_S):
            self.look()
            if not self._machine.running:
                break
        self.transcript.close()

    def look(self) -> None:
        """Look at the screen once, now."""
        with self._looking:
            try:
                self._read_screen()
            except (MachineError, OSError, ValueError):
                pass  # QEMU is ending, or changing its mode: there is no picture now

    def _read_screen(self) -> None:
        screen = self._machine.screenshot()
        if screen == self._seen:
            return
        idle = self._machine.cpu().halted
        if not self._lines and not self._machine.cpu().in_kernel:
            return  # the screen of the firmware or of the loader
        lines = text_lines(screen, self._font)
        news = what_is_new(self._lines, lines) if self._lines else "\n".join(lines)
        if news is None:
            if not idle and time.monotonic() - self._read_at < _TORN_S:
                return  # perhaps half a line, or half scrolled: look again
            if self._machine.screenshot() != screen:
                return  # it went on between the picture and the look at the CPU
            lost = len(lines) >= len(self._lines)
            news = "\n".join(["", *([LOST] if lost else []), *lines])
        self._seen, self._lines, self._read_at = screen, lines, time.monotonic()
        if news:
            self.transcript.feed_text(news)


def text_lines(screen: Screen, font: Font) -> List[str]:
    """The text on the screen up to its last line; what is drawn around it is left out."""
    lines = [line.rstrip(" " + UNKNOWN) for line in screen.text(font)]
    while lines and not lines[-1]:
        lines.pop()
    if lines and lines[-1] == PROMPT.rstrip():
        lines[-1] = PROMPT
    return lines


def what_is_new(before: List[str], now: List[str]) -> Optional[str]:
    """What was printed between two looks; None where `now` is not `before` grown or scrolled."""
    for scrolled in range(len(before)):
        grown = _grown(before[scrolled:], now)
        if grown is not None:
            return grown
    if now and now[:-1] == before[:-1] and before[-1].startswith(now[-1]):
        return "\b \b" * (len(before[-1]) - len(now[-1]))  # Backspace was pressed
    return None


def _grown(before: List[str], now: List[str]) -> Optional[str]:
    """What follows `before` in `now`; None where now does not begin with it."""
    last = len(before) - 1
    if len(now) <= last or now[:last] != before[:last] or not now[last].startswith(before[last]):
        return None
    return "\n".join([now[last][len(before[last]):], *now[last + 1:]])
