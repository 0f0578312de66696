# SPDX-License-Identifier: MIT
"""Boots a kernel with the boot test "All suites" and gives what judge() of ktap.py asks for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Tuple

from .cpu import DeadWatch
from .ktap import Judgement, QemuResult, examine
from .qemu import Machine

TIMEOUT_S = 120.0


def run(image: Path, timeout: float = TIMEOUT_S, **options: Any) -> Tuple[str, QemuResult]:
    """The serial text and the end of a run; options are Machine's.

    It is over when QEMU ends, when the CPU has halted for good, or when the time is over.
    """
    with Machine(image, debug_exit=True, **options) as machine:
        deadline = time.monotonic() + timeout
        dead = DeadWatch(machine)
        while machine.running and time.monotonic() < deadline and not dead.check():
            machine.wait_change(0.05)
        return machine.serial_text, QemuResult(machine.status, machine.guest_reset)


def check(image: Path, timeout: float = TIMEOUT_S, **options: Any) -> Judgement:
    """Boot, and judge."""
    return examine(*run(image, timeout, **options))
