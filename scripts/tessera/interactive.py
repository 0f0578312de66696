# SPDX-License-Identifier: MIT
"""A session at a terminal: the guest's text on it, what is typed to the guest, by its keyboard or
by its serial line."""

from __future__ import annotations

import math
import os
import select
import threading
import time
from collections import deque
from typing import Any, Deque, List, Optional, Union

from .console import Console, say, what_typing_needs
from .cpu import DeadWatch
from .errors import MachineError, MachineStopped
from .key_gate import KeyGate
from .keys import Stroke, describe
from .monitor import MONITOR_HELP, MonitorLine
from .pump import Pump
from .serial_keys import SerialKeys
from .terminal import KeyParser, Leave, RawTerminal

_ESCAPE_S = 0.05  # an ESC that nothing follows for so long was the key
_WATCH_S = 0.5
_BOOT_S = 60.0  # what is typed before the prompt is kept for so long
_WRITE_S = 2.0  # a terminal that takes no text for so long gets no more
_BYTES_A_KEY = 4  # Shift down, key down, key up, Shift up


def run_session(console: Console, keyboard_fd: int, screen_fd: int,
                monitor: bool = False) -> int:
    """Run until the person leaves or QEMU ends; the exit status.

    monitor: the keyboard is QEMU's monitor's, too, in turns.
    """
    missing = what_typing_needs(console)
    if missing:
        say(missing)
    line = MonitorLine(console.machine, screen_fd) if monitor else None
    by_serial = console.machine.types_by_serial
    parser = SerialKeys(line) if by_serial else KeyParser(line, console.machine.layout)
    say(f"{MONITOR_HELP}; {parser.leave_help}." if monitor else parser.leave_help + ".")
    typist = SerialTypist(console) if by_serial else Typist(console)
    left = False
    with RawTerminal(keyboard_fd):
        pump = Pump(console, screen_fd, raw=os.isatty(screen_fd))
        try:
            _Loop(console, keyboard_fd, screen_fd, parser, typist, pump).run()
        except Leave:
            left = True
        finally:
            typist.stop()
            pump.stop(_WRITE_S)
            if pump.in_line and not pump.broken:
                os.write(screen_fd, b"\r\n")
    _tell_refused(parser.refused)
    return 0 if left or pump.broken or console.machine.running else console.explain_end()


class Typist:
    """A thread that types what is queued, at the pace of the guest, nothing lost."""

    def __init__(self, console: Console, boot_s: Optional[float] = _BOOT_S) -> None:
        """boot_s: how long the prompt is waited for before the first key; None: for ever."""
        self._console = console
        self._boot_s = boot_s
        self._queue: Deque[Any] = deque()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="typist", daemon=True)
        self._thread.start()

    def add(self, keys: Union[Stroke, bytes]) -> None:
        """Queue one stroke, or what goes to a serial line."""
        with self._console.machine.changed:
            self._queue.append(keys)
            self._console.machine.changed.notify_all()

    def stop(self) -> None:
        """Drop what is queued, and end soon."""
        with self._console.machine.changed:
            self._stopping = True
            self._queue.clear()
            self._console.machine.changed.notify_all()

    def _run(self) -> None:
        try:
            self._await_boot()
            self._type()
        except MachineError:
            pass  # QEMU ended: the session says so

    def _await_boot(self) -> None:
        """Firmware and loader eat keys: those for the shell wait until it is there."""
        machine, transcript = self._console.machine, self._console.transcript
        if transcript is None or self._console.mute or not self._console.config["SHELL"]:
            return
        seen = transcript

        def arrived() -> bool:
            return self._stopping or machine.status is not None or seen.prompt() is not None

        machine.wait(arrived, self._boot_s)

    def _type(self) -> None:
        machine = self._console.machine
        gate = self._gate()
        while True:
            machine.wait(lambda: self._queue or self._stopping, None)
            if self._stopping:
                return
            gate.wait()
            with machine.changed:
                events = gate.take(self._queue)
            while events and not self._stopping:
                try:
                    machine.send_keys(events)
                    break
                except MachineStopped:
                    pass  # a debugger has it, and may take its time

    def _gate(self) -> KeyGate:
        """A shell echoes or idles; while it does neither, its queue must not overflow."""
        config = self._console.config
        queue = int(config["KBD_QUEUE_SIZE"] or 16)
        window = min(8, max(1, (queue - 1) // _BYTES_A_KEY))
        return KeyGate(self._console.machine, window, patience_s=math.inf,
                       unhurried_s=math.inf if config["SHELL"] else 2.0,
                       stop=lambda: self._stopping)


class SerialTypist(Typist):
    """The same by the serial line: QEMU holds what the guest does not take yet."""

    def _type(self) -> None:
        machine = self._console.machine
        while True:
            machine.wait(lambda: self._queue or self._stopping, None)
            if self._stopping:
                return
            with machine.changed:
                data = b"".join(self._queue)
                self._queue.clear()
            machine.send_serial(data, math.inf, lambda: self._stopping)


class _Loop:
    """Reads the keyboard, and looks now and then at what became of the guest."""

    def __init__(self, console: Console, keyboard_fd: int, screen_fd: int,
                 parser: Union[KeyParser, SerialKeys], typist: Typist, pump: Pump) -> None:
        self._console = console
        self._keyboard_fd = keyboard_fd
        self._screen_fd = screen_fd
        self._parser = parser
        self._typist = typist
        self._pump = pump
        self._dead = DeadWatch(console.machine)
        self._told = False
        self._looked = 0.0

    def run(self) -> None:
        """Until QEMU ends, the terminal is gone, or Leave is raised."""
        while self._console.machine.running and not self._pump.broken:
            wait = _ESCAPE_S if self._parser.unfinished else _WATCH_S
            ready, _, _ = select.select([self._keyboard_fd], [], [], wait)
            if ready:
                if not self._read():
                    return
            else:
                self._type(list(self._parser.flush()))
            self._watch()

    def _read(self) -> bool:
        try:
            data = os.read(self._keyboard_fd, 4096)
        except OSError:
            return False
        if not data:
            return False
        before = len(self._parser.refused)
        for keys in self._parser.feed(data):
            self._typist.add(keys)
        if len(self._parser.refused) > before:
            os.write(self._screen_fd, b"\a")
        return True

    def _type(self, typed: Union[List[Stroke], List[bytes]]) -> None:
        for keys in typed:
            self._typist.add(keys)

    def _watch(self) -> None:
        """Say once that nothing more will come, so that nobody waits for it."""
        now = time.monotonic()
        if self._told or now - self._looked < _WATCH_S / 2:
            return
        self._looked = now
        if self._dead.check():
            self._told = True
            note = f"\r\ntessera: the CPU has halted for good; {self._parser.leave_help}.\r\n"
            os.write(self._screen_fd, note.encode())


def _tell_refused(refused: List[str]) -> None:
    characters = [char for char in refused if char != "\x1b"]
    if characters:
        names = ", ".join(describe(char) for char in dict.fromkeys(characters))
        say(f"not typed, since no key of a US keyboard makes it: {names}.")
