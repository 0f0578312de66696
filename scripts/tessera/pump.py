# SPDX-License-Identifier: MIT
"""Writes the guest's text to a file descriptor as it comes, in a thread of its own."""

from __future__ import annotations

import os
import re
import threading
from typing import Optional

from .console import Console

_KERNEL_BEGINS = re.compile(rb"Tessera \d")
_ESCAPE = re.compile(rb"\x1b\[[0-9;?=]*[A-Za-z]")
_UNFINISHED_ESCAPE = re.compile(rb"\x1b[0-9;?=\[]*\Z")


class Pump:
    """The thread. It ends with the machine, by stop(), or when nobody reads any more."""

    def __init__(self, console: Console, fd: int, raw: bool) -> None:
        """raw: the descriptor is a terminal in raw mode, where a new line needs its "\\r"."""
        self._changed = console.machine.changed
        self._machine = console.machine
        self._transcript = console.transcript
        self._encoding = "utf-8" if console.reader else "latin-1"
        self._newline = "\r\n" if raw else "\n"
        self._firmware = FirmwareFilter()
        self._fd = fd
        self._at = 0
        self._stopping = False
        self._writing = False
        self.broken = False
        self._last = b"\n"
        self._thread = threading.Thread(target=self._run, name="pump", daemon=True)
        console.before_saying = self.flush
        self._thread.start()

    def flush(self) -> None:
        """Wait until all that has come so far is written; begin a new line on a terminal."""
        with self._changed:
            self._changed.wait_for(lambda: self.broken or not (self._writing or self._more()))
        if self.in_line and not self.broken and (os.isatty(self._fd) or _same_file(self._fd, 2)):
            self._write(self._newline.encode())
            self._last = b"\n"

    def stop(self, timeout: Optional[float] = None) -> None:
        """Write all that has come so far, and end. A slow reader of a pipe is waited for."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout)

    @property
    def in_line(self) -> bool:
        """What was written last did not end its line."""
        return self._last != b"\n"

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._more() or self._done())
                if not self._more():
                    return  # told to stop, or QEMU ended, and all is written
                self._writing = True
                data = self._take()
            if not self._write(data):
                return
            with self._changed:
                self._last = data[-1:] or self._last
                self._writing = False
                self._changed.notify_all()

    def _more(self) -> bool:
        return self._transcript is not None and len(self._transcript) > self._at

    def _done(self) -> bool:
        return self._stopping or self._machine.status is not None

    def _take(self) -> bytes:
        """The text that has not been written yet, as bytes. Called with the condition held."""
        assert self._transcript is not None
        text = self._transcript.text[self._at:]
        self._at += len(text)
        return self._firmware.feed(text.replace("\n", self._newline).encode(self._encoding))

    def _write(self, data: bytes) -> bool:
        try:
            while data:
                data = data[os.write(self._fd, data):]
        except OSError:  # a pipe that was closed, a terminal that is gone
            with self._changed:
                self.broken = True
                self._changed.notify_all()
            return False
        return True


def _same_file(one: int, other: int) -> bool:
    """Both descriptors lead to the same place, as with 2>&1."""
    first, second = os.fstat(one), os.fstat(other)
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)


class FirmwareFilter:
    """Takes the escape sequences out of what comes before the kernel.

    UEFI writes its screen to the serial line, too, and would clear the person's terminal.
    From the kernel's first line on everything passes as it is.
    """

    def __init__(self) -> None:
        self._kernel = False
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """What to show of some bytes; a sequence that has only begun waits for its rest."""
        if self._kernel:
            return data
        data, self._held = self._held + data, b""
        begin = _KERNEL_BEGINS.search(data)
        if begin:
            self._kernel = True
            return _ESCAPE.sub(b"", data[:begin.start()]) + data[begin.start():]
        unfinished = _UNFINISHED_ESCAPE.search(data)
        if unfinished:
            data, self._held = data[:unfinished.start()], data[unfinished.start():]
        return _ESCAPE.sub(b"", data)
