# SPDX-License-Identifier: MIT
"""Provokes one fault in one boot, and says how it ended."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

from tessera.cpu import DeadWatch
from tessera.errors import MachineError
from tessera.qemu import Machine

from .expected import GOES_ON, OUTSIDE, Kernel, Words, is_said, text_of

TIMEOUT_S = 90.0  # until a boot counts as hung, on a busy host; it takes 0.2 s
MEMORY = "64M"
# All that QEMU has: SMEP, SMAP and UMIP among it.
PROCESSOR = ("-cpu", "max")
JOBS = 2
REPORT, TRIPLE_FAULT, HANG, ENDED = "report", "triple fault", "hang", "QEMU ended"
_LATE_S = 5.0

_HEADER = re.compile(r"^(?:EXCEPTION|KERNEL PANIC): .*$", re.MULTILINE)
_NUMBER = re.compile(r"0x[0-9a-f]+")
ACTIONS: Dict[str, Callable[[Machine], object]] = {
    "nmi": lambda machine: machine.qmp("inject-nmi"),
    # CPU, bank, status (valid, uncorrected, enabled, context corrupt), global status, address, more
    "machine_check": lambda machine: machine.hmp("mce 0 1 0xb200000000000000 0x5 0 0"),
}


class Seen(NamedTuple):
    """How a fault ended."""

    name: str
    what: str
    end: str  # REPORT, GOES_ON, TRIPLE_FAULT, HANG
    report: str  # what was said from the fault on
    expected: Words

    @property
    def missing(self) -> List[str]:
        """What was expected and did not come."""
        end = GOES_ON if GOES_ON in self.expected else REPORT
        faults = [] if self.end == end else [f"{end}, and not {self.end}"]
        return faults + [text_of(words) for words in self.expected
                         if words != GOES_ON and not is_said(words, self.report)]

    @property
    def words(self) -> str:
        """In one line, without addresses: the head of the report, and what was looked for."""
        header = _HEADER.search(self.report)
        first = header.group().split(", error code")[0] if header else ""
        parts = [_NUMBER.sub("…", first)] if first else []
        parts += [text_of(words) for words in self.expected
                  if words != GOES_ON and is_said(words, self.report)
                  and text_of(words) not in first]
        return ", ".join([*parts, *([self.end] if self.end != REPORT else [])])


def listed(machine: Machine) -> Dict[str, str]:
    """The faults that a booted kernel has, by the command's own list."""
    said = machine.run_command("fault")
    return dict(re.findall(r"^  (\w+) +(\S.*)$", said, re.MULTILINE))


def boot(elf: Path, line: str = "") -> Machine:
    """Start a kernel with a command line."""
    return Machine(elf, direct=True, memory=MEMORY, extra=["-append", line, *PROCESSOR])


def await_end(machine: Machine, start: int = 0, timeout: float = TIMEOUT_S) -> str:
    """Wait for a prompt behind `start`, a CPU that halts for good, or a reset."""
    deadline, dead = time.monotonic() + timeout, DeadWatch(machine)
    while time.monotonic() < deadline:
        try:
            if not machine.running:
                return TRIPLE_FAULT if machine.guest_reset else ENDED
            if machine.prompt_now(start):
                return GOES_ON
            if dead.check() and machine.cpu().in_kernel:
                return _end_of_dead(machine, start)
        except MachineError:
            continue  # it is ending
        machine.wait_change(0.02)
    return HANG


def _end_of_dead(machine: Machine, start: int) -> str:
    """The CPU has halted: was there a report? On a busy host its text may still be on its way."""
    machine.wait(lambda: machine.serial.search("CPU halted.\n", start), _LATE_S)
    return REPORT if _HEADER.search(machine.serial_text, start) else HANG


def provoke(elf: Path, name: str, what: str, expected: Words) -> Seen:
    """Boot with the fault; what comes of it."""
    with boot(elf, "" if name in ACTIONS else f"fault={name}") as machine:
        start, mark = 0, f"fault: {name}: {what}\n"
        if name in ACTIONS:
            machine.wait_prompt()
            start = len(machine.serial)
            ACTIONS[name](machine)
            machine.wait(lambda: len(machine.serial) > start, TIMEOUT_S)
            mark = ""
        end = await_end(machine, start)
        said = machine.serial_text[start:]
        at = said.find(mark)
        if end == HANG or at < 0:
            said += machine.hmp("info registers") if machine.running else machine.log()
        return Seen(name, what, end if at >= 0 else f"not provoked, {end}", said[at + len(mark):],
                    expected)


OUTSIDE_WHAT = {name: f"{what}, from outside, `make campaign` only" for name, what in {
    "nmi": "a non-maskable interrupt", "machine_check": "an error that the hardware tells"}.items()}


def campaign(kernel: Kernel, elf: Path, only: Optional[str] = None) -> List[Seen]:
    """All faults of a kernel, each in a boot of its own, two at a time."""
    with boot(elf) as machine:
        machine.wait_prompt()
        known = listed(machine)
    known.update({name: OUTSIDE_WHAT[name] for name in kernel.outside})
    expected = {**kernel.expected, **{name: OUTSIDE[name] for name in kernel.outside}}
    faults: List[Tuple[str, str, Words]] = [
        (name, what, expected.get(name, ("nobody wrote down what is expected",)))
        for name, what in known.items()
        if only in (None, name) and (name in expected or not kernel.is_part)]
    faults += [(name, "", ("the kernel does not have it",))
               for name in expected if only in (None, name) and name not in known]
    with ThreadPoolExecutor(JOBS) as pool:
        return list(pool.map(lambda fault: provoke(elf, *fault), faults))
