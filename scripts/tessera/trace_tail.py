# SPDX-License-Identifier: MIT
"""QEMU's trace of exceptions and resets (-d), of which the end is kept.

A trace grows by a kilobyte an interrupt for as long as the machine runs, so it goes through a
pipe, and what is old is dropped here. Only the end tells how a triple fault came about.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from typing import Deque, List, Sequence

KEPT_BYTES = 256 * 1024
_WHAT = "int,cpu_reset,guest_errors"
_F_SETPIPE_SZ = 1031  # linux/fcntl.h: QEMU waits for us only where we are late by so much
_PIPE_BYTES = 1 << 20
_END_S = 5.0


class TraceTail:
    """The end of one trace."""

    def __init__(self) -> None:
        self._own, self.fd = os.pipe()
        try:
            fcntl.fcntl(self.fd, _F_SETPIPE_SZ, _PIPE_BYTES)
        except OSError:
            pass
        self._parts: Deque[bytes] = deque()
        self._thread = threading.Thread(target=self._read, name="trace", daemon=True)

    @staticmethod
    def is_free(extra: Sequence[str]) -> bool:
        """The user has no trace of their own: QEMU has one."""
        return not {"-d", "-D"} & set(extra)

    @property
    def arguments(self) -> List[str]:
        """For QEMU, which is given the descriptor, too."""
        return ["-d", _WHAT, "-D", f"/dev/fd/{self.fd}"]

    def start(self) -> None:
        """QEMU has been started, and has its own copy of the descriptor."""
        os.close(self.fd)
        self._thread.start()

    def text(self) -> str:
        """What there is, all of it where QEMU has ended."""
        self._thread.join(_END_S)
        return b"".join(self._parts).decode("latin-1")

    def _read(self) -> None:
        kept = 0
        while True:
            data = os.read(self._own, 65536)
            if not data:
                break
            self._parts.append(data)
            kept += len(data)
            while kept - len(self._parts[0]) >= KEPT_BYTES:
                kept -= len(self._parts.popleft())
        os.close(self._own)
