# SPDX-License-Identifier: MIT
"""A client of QEMU's machine protocol (QMP): commands, their answers, and events."""

from __future__ import annotations

import json
import socket
import threading
import time
from typing import Any, Callable, Dict, List, Optional


class QmpError(Exception):
    """QEMU refused a command."""


class QmpGone(Exception):
    """QEMU closed the connection, or does not answer: that is QmpSilent."""


class QmpSilent(QmpGone):
    """QEMU does not answer, and the connection stands."""


class QmpClient:
    """One connection with a reader thread. Commands may come from any thread.

    on_event is called in that thread with the condition held: it must not wait for an answer.
    """

    def __init__(self, sock: socket.socket, condition: threading.Condition,
                 on_event: Optional[Callable[[Dict[str, Any]], None]] = None) -> None:
        self._socket = sock
        self._changed = condition
        self._on_event = on_event
        self._replies: Dict[int, Dict[str, Any]] = {}
        self._next_id = 0
        self._closed = False
        self.events: List[Dict[str, Any]] = []
        self._thread = threading.Thread(target=self._read, name="qmp", daemon=True)
        self._thread.start()

    def negotiate(self, timeout: float) -> None:
        """Leave the state in which QEMU takes nothing but this."""
        self.command("qmp_capabilities", timeout=timeout)

    def command(self, name: str, arguments: Optional[Dict[str, Any]] = None,
                timeout: float = 30.0) -> Any:
        """Run one command; its return value. QmpError where QEMU refuses it."""
        message: Dict[str, Any] = {"execute": name}
        if arguments:
            message["arguments"] = arguments
        with self._changed:
            self._next_id += 1
            number = message["id"] = self._next_id
        try:
            self._socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            raise QmpGone(f"QEMU is gone ({name})") from None
        reply = self._wait(number, name, timeout)
        if "error" in reply:
            raise QmpError(f"{name}: {reply['error'].get('desc', 'refused')}")
        return reply.get("return")

    def post(self, commands: List[Dict[str, Any]]) -> None:
        """Send commands and go on: they are obeyed in their order, and nobody hears their answers,
        which have no number."""
        try:
            self._socket.sendall(b"".join(json.dumps(one).encode() + b"\n" for one in commands))
        except OSError:
            raise QmpGone("QEMU is gone") from None

    def join(self, timeout: float) -> None:
        """Wait until all that QEMU said before it ended has been read."""
        self._thread.join(timeout)

    def close(self) -> None:
        """Drop the connection; the reader thread ends."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._thread.join(5)
        self._socket.close()

    def _wait(self, number: int, name: str, timeout: float) -> Dict[str, Any]:
        deadline = time.monotonic() + timeout
        with self._changed:
            while number not in self._replies:
                left = deadline - time.monotonic()
                if self._closed:
                    raise QmpGone(f"QEMU is gone ({name})")
                if left <= 0:
                    raise QmpSilent(f"QEMU did not answer {name} in {timeout:g} s")
                self._changed.wait(left)
            return self._replies.pop(number)

    def _read(self) -> None:
        buffer = b""
        while True:
            try:
                data = self._socket.recv(65536)
            except OSError:
                data = b""
            if not data:
                break
            *lines, buffer = (buffer + data).split(b"\n")
            for line in lines:
                if line.strip():
                    self._take(json.loads(line))
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _take(self, message: Dict[str, Any]) -> None:
        with self._changed:
            if "event" in message:
                self.events.append(message)
                if self._on_event:
                    self._on_event(message)
            elif "id" in message:
                self._replies[message["id"]] = message
            self._changed.notify_all()
