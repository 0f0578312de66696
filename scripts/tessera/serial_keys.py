# SPDX-License-Identifier: MIT
"""The terminal as what it is: its bytes for a serial line, but for those that are the runner's."""

from __future__ import annotations

from typing import Iterator, List, Optional

from .monitor import MonitorLine
from .terminal import Leave

_LEAVE = 0x1D  # Ctrl-]
_CTRL_A = 0x01


class SerialKeys:
    """Passes everything on, as a KeyParser does for keys.

    Ctrl-] ends the session. Ctrl-A is the guest's, whose line editor may want it; with a monitor,
    Ctrl-A C changes over to it and back, and Ctrl-A A is the guest's Ctrl-A.
    """

    leave_help = "what is typed goes to the serial line; Ctrl-] ends the session"
    unfinished = False

    def __init__(self, monitor: Optional[MonitorLine] = None) -> None:
        self._monitor = monitor
        self._command = False
        self.refused: List[str] = []

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What to send for some bytes; raises Leave where they say so."""
        sent = bytearray()
        for byte in data:
            if byte == _LEAVE:
                if sent:
                    yield bytes(sent)
                raise Leave
            sent += self._one(byte)
        if sent:
            yield bytes(sent)

    def flush(self) -> Iterator[bytes]:
        """Nothing ever waits for what follows it."""
        return iter(())

    def _one(self, byte: int) -> bytes:
        if self._monitor is None:
            return bytes([byte])
        if self._command:
            self._command = False
            return self._after_ctrl_a(byte, self._monitor)
        if byte == _CTRL_A:
            self._command = True
            return b""
        if self._monitor.active:
            self._monitor.feed(chr(byte))
            return b""
        return bytes([byte])

    @staticmethod
    def _after_ctrl_a(byte: int, monitor: MonitorLine) -> bytes:
        if byte in b"xX":
            raise Leave
        if byte in b"cC":
            monitor.toggle()
        elif not monitor.active:
            return b"\x01" if byte in b"aA\x01" else bytes([byte])
        return b""
