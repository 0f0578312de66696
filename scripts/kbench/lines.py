# SPDX-License-Identifier: MIT
"""Reads the lines that kbench_run() prints (include/kernel/kbench.h has their form).

Whatever else the kernel says around them does not count. A text that is cut short, a line that
makes no sense or a benchmark that was wrong is a BenchError: figures of a run that failed are no
figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Dict, List

from kbench.errors import BenchError

VERSION = 1
WAYS = ("ours", "seed", "limit")

_BEGIN = re.compile(r"KBENCH begin (\d+) (\d+)")
_TIMES = re.compile(r"KBENCH (\w+) (ours|seed|limit) (\d+) (\w+):((?: \d+)+)")
_SAYS = re.compile(r"KBENCH (\w+) says (\w+) (\d+)")
_SKIPPED = re.compile(r"KBENCH (\w+) skipped: (-?\d+)")
_WRONG = re.compile(r"KBENCH (\w+) wrong: (.+)")
_END = re.compile(r"KBENCH end (\d+)")
_NONE = re.compile(r"^There (?:is no benchmark|can be 1 to) .*", re.MULTILINE)


@dataclass
class Result:
    """A benchmark that ran: the ticks of each way, a round each; none where it was skipped."""

    unit: str = ""
    amount: int = 0
    ticks: Dict[str, List[int]] = field(default_factory=dict)
    says: Dict[str, int] = field(default_factory=dict)  # what else it tells, by its kind


@dataclass
class Run:
    """All benchmarks of a run, by their names."""

    clock_hz: int
    results: Dict[str, Result] = field(default_factory=dict)


def parse(text: str) -> Run:
    """The run that a text tells of; BenchError where it is not whole or was not right."""
    reader = _Reader()
    for line in text.replace("\r", "").splitlines():
        if line.startswith("KBENCH "):
            reader.line(line.rstrip())
    if reader.run is None:
        said = _NONE.search(text)
        raise BenchError(said.group() if said else "the benchmarks did not begin")
    if not reader.ended:
        raise BenchError(f"the benchmarks did not end, {reader.how_far()}")
    return reader.run


class _Reader:
    """Goes through the lines."""

    def __init__(self) -> None:
        self.run: "Run | None" = None
        self.ended = False

    def how_far(self) -> str:
        """Where the text ends."""
        names = list(self.run.results) if self.run else []
        return f"the last one was {names[-1]}" if names else "none has run"

    def line(self, line: str) -> None:
        """Take one line."""
        begin = _BEGIN.fullmatch(line)
        if begin:
            self.begin(*map(int, begin.groups()))
            return
        if self.run is None or self.ended:
            raise BenchError(f"{line!r} is outside of a run")
        for form, take in ((_TIMES, self.times), (_SAYS, self.says), (_SKIPPED, self.skipped),
                           (_WRONG, self.wrong), (_END, self.end)):
            found = form.fullmatch(line)
            if found:
                take(*found.groups())
                return
        raise BenchError(f"{line!r} is no line of a benchmark")

    def begin(self, version: int, clock_hz: int) -> None:
        """The first line."""
        if version != VERSION:
            raise BenchError(f"these are lines of version {version}, not {VERSION}")
        if self.run is not None:
            raise BenchError("the benchmarks began twice")
        if clock_hz == 0:
            raise BenchError("the clock stands still")
        self.run = Run(clock_hz)

    def times(self, name: str, way: str, amount: str, unit: str, ticks: str) -> None:
        """The times of a way."""
        assert self.run
        result = self.run.results.setdefault(name, Result(unit, int(amount)))
        if way in result.ticks:
            raise BenchError(f"{name} has two lines of {way}")
        if (result.unit, result.amount) != (unit, int(amount)):
            raise BenchError(f"the ways of {name} did different amounts of work")
        result.ticks[way] = [int(word) for word in ticks.split()]

    def says(self, name: str, kind: str, number: str) -> None:
        """What else there is to know of one that has run."""
        assert self.run
        if name not in self.run.results:
            raise BenchError(f"{name} says something before it has run")
        self.run.results[name].says[kind] = int(number)

    def skipped(self, name: str, _error: str) -> None:
        """This machine lacks what the benchmark needs."""
        assert self.run
        if name in self.run.results:
            raise BenchError(f"{name} was skipped after it had run")
        self.run.results[name] = Result()

    def wrong(self, name: str, why: str) -> None:
        """Ours and seed did not do the same."""
        raise BenchError(f"{name} is wrong: {why}")

    def end(self, count: str) -> None:
        """The last line."""
        assert self.run
        if int(count) != len(self.run.results):
            raise BenchError(f"{count} benchmarks ran, and the lines tell of "
                             f"{len(self.run.results)}")
        self.ended = True
