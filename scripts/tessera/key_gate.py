# SPDX-License-Identifier: MIT
"""Typing at the pace of the guest."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable, Deque, List

from .errors import MachineError
from .keys import KeyEvent, Stroke

if TYPE_CHECKING:
    from .qemu import Machine

WINDOW = 3  # keys of up to 4 bytes; the smallest queue of the kernel holds 16

_POLL_S = 0.001
_CONTROLLER_BYTES = 16


class KeyGate:
    """Lets keys through as the guest takes them.

    Two queues lie between us and the shell. QEMU's holds 16 bytes and drops what is too
    much: the next keys are sent when the controller's output is empty, as many as fit. The
    kernel's is filled by its interrupt handler and drops, too: after every `window` keys we
    wait until the CPU is idle (it has nothing left to read) or has printed as much as was
    typed (the echo).
    A guest that shows neither gets its keys after unhurried_s; one whose controller stays
    full for patience_s is an error, since a lost key would be worse.
    """

    def __init__(self, machine: "Machine", window: int = WINDOW, patience_s: float = 30.0,
                 unhurried_s: float = 2.0, stop: Callable[[], bool] = lambda: False) -> None:
        """stop is asked while waiting; once it is true, wait() returns at once."""
        self._machine = machine
        self._stop = stop
        self._window = max(1, window)
        self._patience_s = patience_s
        self._unhurried_s = unhurried_s
        self._sent = 0
        self._length = len(machine.serial)

    def wait(self) -> None:
        """Wait until more may be sent."""
        self._await_controller()
        if self._sent >= self._window:
            self._await_guest()
            self._sent = 0
            self._length = len(self._machine.serial)

    def take(self, queue: Deque[Stroke]) -> List[KeyEvent]:
        """What may be sent now, taken from the queue: at least one stroke, if there is one."""
        events: List[KeyEvent] = []
        room = _CONTROLLER_BYTES
        while queue and self._sent < self._window:
            room -= sum(_code_bytes(event) for event in queue[0])
            if events and room < 0:
                break
            events += queue.popleft()
            self._sent += 1
        return events

    def _await_controller(self) -> None:
        deadline = time.monotonic() + self._patience_s
        while not self._stop() and self._machine.keyboard_full():
            if time.monotonic() > deadline:
                raise MachineError(f"the guest has not taken a key from the keyboard controller "
                                   f"for {self._patience_s:g} s")
            time.sleep(_POLL_S)

    def _await_guest(self) -> None:
        deadline = time.monotonic() + self._unhurried_s
        while not self._stop() and time.monotonic() < deadline:
            if len(self._machine.serial) - self._length >= self._sent:
                return
            self._machine.wait_change(_POLL_S)  # the echo wakes us, mostly
            if len(self._machine.serial) - self._length >= self._sent:
                return
            if self._machine.cpu().halted:
                return


def _code_bytes(event: KeyEvent) -> int:
    """The longest code that a key has in any of the common sets (E0 F0 xx in set 2)."""
    _, down = event
    return 2 if down else 3
