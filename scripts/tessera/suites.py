# SPDX-License-Identifier: MIT
"""Boots a kernel with the boot test "All suites" and gives what judge() of ktap.py asks for."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any, Dict, Tuple

from .cpu import DeadWatch
from .ktap import Judgement, QemuResult, examine
from .qemu import Machine

TIMEOUT_S = 120.0
_SILENCE_S = 2.0


def run(image: Path, timeout: float = TIMEOUT_S, last: str = "",
        **options: Any) -> Tuple[str, QemuResult]:
    """The serial text and the end of a run; options are Machine's.

    It is over when QEMU ends, when the CPU has halted for good, when the time is over, or soon
    after the text `last`, where one is given: whoever expects a run to hang knows how far it comes,
    and need not guess how long this host takes. The text is that of the debug console, where the
    kernel has it: a configuration may lack the serial line.
    """
    with tempfile.TemporaryDirectory(prefix="tessera-") as folder:
        return _run(image, timeout, Path(folder) / "debugcon", last, options)


def _said(log: Path) -> str:
    return log.read_text(encoding="latin-1") if log.exists() else ""


def _run(image: Path, timeout: float, log: Path, last: str,
         options: Dict[str, Any]) -> Tuple[str, QemuResult]:
    extra = [*options.pop("extra", ()), "-chardev", f"file,id=tessera-debug,path={log}",
             "-device", "isa-debugcon,iobase=0xe9,chardev=tessera-debug"]
    with Machine(image, debug_exit=True, extra=extra, **options) as machine:
        deadline = time.monotonic() + timeout
        dead = DeadWatch(machine)
        while machine.running and time.monotonic() < deadline and not dead.check():
            machine.wait_change(0.05)
            if last and last in _said(log):
                last, deadline = "", min(deadline, time.monotonic() + _SILENCE_S)
        result = QemuResult(machine.status, machine.guest_reset)
    text = _said(log)
    return text or machine.serial_text, result


def check(image: Path, timeout: float = TIMEOUT_S, last: str = "", **options: Any) -> Judgement:
    """Boot, and judge."""
    return examine(*run(image, timeout, last, **options))
