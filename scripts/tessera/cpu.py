# SPDX-License-Identifier: MIT
"""What the CPU of a machine is doing, and whether it will ever do anything again."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, NamedTuple, Optional, Tuple

from .errors import MachineError

if TYPE_CHECKING:
    from .qemu import Machine

_HIGHER_HALF = 0xFFFF800000000000
_RFLAGS_IF = 0x200
_DEAD_S = 0.1  # a CPU that halts with interrupts off for so long will not wake


class CpuState(NamedTuple):
    """What the first CPU is doing."""

    halted: bool
    interrupts: bool
    rip: int = 0

    @property
    def in_kernel(self) -> bool:
        """It runs in the higher half, where no firmware and no loader is."""
        return self.rip >= _HIGHER_HALF

    @property
    def idle(self) -> bool:
        """It waits for an interrupt: all work is done."""
        return self.halted and self.interrupts

    @property
    def dead(self) -> bool:
        """It halted and no interrupt can wake it."""
        return self.halted and not self.interrupts

    @classmethod
    def parse(cls, registers: str) -> "Optional[CpuState]":
        """Read what QEMU's `info registers` prints."""
        found = re.search(r"[RE]IP=([0-9a-f]+) [RE]FL=([0-9a-f]+).*?HLT=([01])", registers,
                          re.DOTALL)
        if not found:
            return None
        flags = int(found.group(2), 16)
        return cls(found.group(3) == "1", bool(flags & _RFLAGS_IF), int(found.group(1), 16))


class DeadWatch:
    """Notices a CPU that halted with interrupts off, asking rarely and deciding slowly."""

    def __init__(self, machine: "Machine") -> None:
        self._machine = machine
        self._asked = 0.0
        self._since: Optional[Tuple[float, int]] = None

    def check(self) -> bool:
        """The CPU has been dead, and the serial line silent, for a while."""
        now = time.monotonic()
        if now - self._asked < _DEAD_S / 2:
            return False
        self._asked = now
        try:
            dead = self._machine.cpu().dead
        except MachineError:
            return False  # QEMU is ending: who waits will see that
        length = len(self._machine.serial)
        if not dead:
            self._since = None
        elif self._since is None or self._since[1] != length:
            self._since = (now, length)
        return self._since is not None and now - self._since[0] >= _DEAD_S
