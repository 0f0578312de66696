# SPDX-License-Identifier: MIT
"""A machine under the soak, by its own clock.

With -icount the machine's time goes on by a nanosecond an instruction and jumps over sleep: an hour
of it takes as long as its work does, and neither the timer nor a key depends on how busy the host
is. QEMU hands out the keys by that time, an event every 6 ms, from a queue that must not run
empty. So the machine waits at a gate where the shell has read a line: the call of parse_words() is
sent over a loop that reads a register of the serial chip nobody uses, some 5 ns of the machine's
time a turn, until the next line is in the queue and the register says so.
How much time has passed is read from chips that the kernel does not touch: the real-time clock for
the seconds, the ACPI timer for what is between them.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence

from tessera.image import Image
from tessera.qemu import Machine

from .typist import LEARNT, Typist

EXTRA = ("-icount", "shift=0,sleep=off", "-rtc", "base=2026-01-01T00:00:00,clock=vm")
HOLD_MS = 6  # between two key events
PER_MINUTE = 60_000 // HOLD_MS
LINE_READ, SCRATCH = "parse_words", "paging_init"  # called once a line; once
GATE_PORT = 0x3FF  # the scratch register of COM1
# push %rdx; push %rax; mov $GATE_PORT, %dx; 1: in (%dx), %al; test %al, %al; jz 1b; xor %al, %al;
# out %al, (%dx); pop %rax; pop %rdx; jmp (where to is added)
GATE = bytes.fromhex("5250 66baff03 ec 84c0 74fb 30c0 ee 58 5a e9")
CALL = 0xE8
PIT_INPUT_HZ = 1193182
RTC_INDEX, RTC_DATA, RTC_SECONDS, RTC_MINUTES, RTC_HOURS = 0x70, 0x71, 0, 2, 4
PM_TIMER, PM_HZ, PM_SPAN = 0x608, 3579545, 1 << 24
DAY_S = 86400
STALL_S = 60.0
TELL_S = 300.0  # of the machine's time between two lines of progress
RATE_MAX = UPTIME_MAX = 0.001  # off by, at most


class SoakError(Exception):
    """The machine did not do what it must; the text says what."""


@dataclass
class Verdict:
    """What came of it. No faults: passed."""

    faults: List[str] = field(default_factory=list)
    seconds: float = 0.0
    host_seconds: float = 0.0
    events: int = 0
    lines: int = 0
    drift: float = 0.0
    told: str = ""

    def __str__(self) -> str:
        per_minute = self.events * 60 / self.seconds if self.seconds else 0
        head = (f"{self.seconds:.3f} s of the machine's time in {self.host_seconds:.0f} s of ours\n"
                f"{self.events} key events ({per_minute:.1f} a minute), {self.lines} lines\n"
                f"uptime is off by {100 * self.drift:.5f} % of the machine's time\n{self.told}")
        if self.faults:
            return "\n".join([head, *self.faults, "SOAK FAILED"])
        return head + ("\nevery key was echoed, every answer was right, free frames and bytes of "
                       "the heap are as at the start\nSOAK PASSED")


class Moment(NamedTuple):
    """The machine's clocks at one instant."""

    day_second: int
    pm: int
    ticks: int

    def seconds_since(self, before: "Moment") -> float:
        """The machine's time between two, to a microsecond."""
        passed = (self.pm - before.pm) % PM_SPAN / PM_HZ
        about = (self.day_second - before.day_second) % DAY_S
        turns = round((about - passed) / (PM_SPAN / PM_HZ))
        return passed + turns * PM_SPAN / PM_HZ


class Clock:
    """The machine's time, from outside; it stands still."""

    def __init__(self, machine: Machine, image: Image) -> None:
        self._machine = machine
        self._ticks = image.symbols["ticks"]
        self.tick_s = round(PIT_INPUT_HZ / int(image.config["TIMER_HZ"])) / PIT_INPUT_HZ

    def _ask(self, command: str) -> int:
        found = re.search(r"[:=] 0x([0-9a-f]+)", self._machine.hmp(command))
        if not found:
            raise SoakError(f"QEMU does not answer: {command}")
        return int(found.group(1), 16)

    def _rtc(self, register: int) -> int:
        self._machine.hmp(f"o /1xb {RTC_INDEX:#x} {register}")
        return int(f"{self._ask(f'i /1xb {RTC_DATA:#x}'):x}")  # BCD

    def now(self) -> Moment:
        """All of them."""
        hours, minutes, seconds = map(self._rtc, (RTC_HOURS, RTC_MINUTES, RTC_SECONDS))
        return Moment(hours * 3600 + minutes * 60 + seconds, self._ask(f"i /1xw {PM_TIMER:#x}"),
                      self._ask(f"x /1gx {self._ticks:#x}"))


def learn(machine: Machine) -> Dict[str, str]:
    """The answers that stay what they are."""
    for line in ("screenfill black", "color white"):
        machine.run_command(line)
    return {line: machine.run_command(line) for line in LEARNT}


def call_of(text: bytes, start: int, function: int) -> int:
    """The address of the one call of a function."""
    found = [start + at for at in range(len(text) - 5) if text[at] == CALL
             and start + at + 5 + int.from_bytes(text[at + 1:at + 5], "little", signed=True)
             == function]
    if len(found) != 1:
        raise SoakError(f"{len(found)} calls of the function that reads a line, and not 1")
    return found[0]


def relative(end: int, to: int) -> bytes:
    """The operand of a near jump or call that ends at an address."""
    return (to - end).to_bytes(4, "little", signed=True)


def put_gate(machine: Machine, image: Image) -> None:
    """From now on each line that was read waits for open_gate()."""
    function, gate = image.symbols[LINE_READ], image.symbols[SCRATCH]
    start, end = image.symbols["text_start"], image.symbols["text_end"]
    machine.hmp(f"o /1xb {GATE_PORT:#x} 0")
    with machine.connect_gdb() as gdb:
        call = call_of(gdb.read_memory(start, end - start), start, function)
        code = GATE + relative(gate + len(GATE) + 4, function)
        gdb.write_memory(gate, code)
        gdb.write_memory(call + 1, relative(call + 5, gate))
        gdb.detach()


class Session:
    """One run: a line is typed up to its end, where the machine waits."""

    def __init__(self, machine: Machine, typist: Typist) -> None:
        self._machine = machine
        self._typist = typist

    def type_line(self) -> bool:
        """Put a line into the queue, let the machine go on, and await the line's end. False where
        something was not right."""
        self._machine.queue_strokes(self._typist.line(), HOLD_MS)
        self.open_gate()
        return self._hear_until(lambda: self._typist.is_read, "a line is read")

    def open_gate(self) -> None:
        """QEMU obeys in the order of what it is told."""
        if self._typist.lines > 1:
            self._machine.hmp(f"o /1xb {GATE_PORT:#x} 1")

    def end(self) -> bool:
        """Hear the rest."""
        self.open_gate()
        return self._hear_until(lambda: not self._typist.owed, "the last answer comes")

    def _hear_until(self, done: Callable[[], bool], what: str) -> bool:
        deadline = time.monotonic() + STALL_S
        while True:
            if not self._typist.hear(self._machine.serial.take()):
                return False
            if done():
                return True
            if not self._machine.running:
                raise SoakError("QEMU ended")
            if time.monotonic() > deadline:
                raise SoakError(f"{STALL_S:g} s passed, and not: {what}; {self._typist.owed} "
                                "characters are missing")
            self._machine.wait(lambda: len(self._machine.serial), 1.0)


def judge_interrupts(told: str) -> List[str]:
    """Nothing spurious, no storm; and no lost code, of which `info` would have a line."""
    rows = re.findall(r"^ +(\d+) +\d+ +(\d+) +(\d+)  ", told, re.MULTILINE)
    faults = [f"line {line}: {spurious} spurious interrupts, {storms} storms"
              for line, spurious, storms in rows if (spurious, storms) != ("0", "0")]
    if len(rows) < 2:
        faults.append("`irq` does not tell of timer and keyboard")
    if "codes lost" in told:
        faults.append("codes were lost")
    return faults


def judge_time(verdict: Verdict) -> List[str]:
    """Uptime by the machine's time, and whether the keys were as many as they had to be."""
    faults = []
    if abs(verdict.drift) > UPTIME_MAX:
        faults.append(f"uptime is off by more than {100 * UPTIME_MAX} %")
    if verdict.events < PER_MINUTE * verdict.seconds / 60 * (1 - RATE_MAX):
        faults.append(f"fewer than {PER_MINUTE} key events a minute were sent")
    return faults


def soak(image: Image, seconds: float, seed: int = 1,
         tell: Optional[Callable[[str], None]] = None) -> Verdict:
    """Boot an image, and type at it for so long of its time."""
    begin, verdict, told_at = time.monotonic(), Verdict(), TELL_S
    with Machine(image.elf, direct=True, gdb=True, extra=EXTRA, trace=False) as machine:
        machine.wait_prompt()
        typist, clock = Typist(learn(machine), seed), Clock(machine, image)
        put_gate(machine, image)
        machine.serial.take()
        session = Session(machine, typist)
        goes_on = session.type_line()
        first = last = clock.now()
        sent = typist.events
        while goes_on and verdict.seconds < seconds:
            goes_on = session.type_line()
            last = clock.now()
            verdict.seconds = last.seconds_since(first)
            if tell and verdict.seconds >= told_at:
                tell(f"{told_at / 60:.0f} min of {seconds / 60:g}: {typist.events} key events, "
                     f"{typist.lines} lines")
                told_at += TELL_S
        verdict.events, verdict.lines = typist.events - sent, typist.lines - 1
        verdict.drift = (last.ticks - first.ticks) * clock.tick_s / (verdict.seconds or 1) - 1
        if not goes_on or not session.end():
            verdict.faults = [typist.fault or ""]
        else:
            verdict.told = ask(machine, ("uptime", "irq", "info"))
            verdict.faults = judge_time(verdict) + judge_interrupts(verdict.told)
        verdict.host_seconds = time.monotonic() - begin
        return verdict


def ask(machine: Machine, lines: Sequence[str]) -> str:
    """What some commands say; the gate lets each through."""
    told = []
    for line in lines:
        machine.hmp(f"o /1xb {GATE_PORT:#x} 1")
        told.append(machine.run_command(line))
    return "".join(told).rstrip()
