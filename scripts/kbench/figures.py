# SPDX-License-Identifier: MIT
"""Figures of the benchmarks: medians of time, medians of ratios, instructions, bars.

A ratio is that of two calls in the same round, the median over the rounds: both had the same
neighbours on the machine. A ratio above 1 means that ours is the faster one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Dict, List, Mapping, Optional

from kbench.bars import MEMSET_RATE, judge, missed
from kbench.lines import Result, Run

BYTES_PER_PIXEL = 4  # of the host's screen


@dataclass
class Figure:
    """A benchmark at one place: "host", "guest" or a guest in another configuration."""

    place: str
    name: str
    unit: str
    amount: int
    instructions: Optional[int] = None
    time_ns: Optional[float] = None
    of_limit: Optional[float] = None  # the limit's time by ours: 1 is as good as can be
    of_seed: Optional[float] = None
    seed_instructions: Optional[int] = None
    limit_instructions: Optional[int] = None
    seed_ns: Optional[float] = None
    limit_ns: Optional[float] = None
    says: Dict[str, int] = field(default_factory=dict)  # what else the benchmark told
    memset_rate: Optional[float] = None  # bytes a second of this machine, where it is known

    @property
    def key(self) -> str:
        """What it is compared by."""
        return f"{self.place}/{self.name}"

    @property
    def bars(self) -> List[str]:
        """What the project demands of it, and whether that is so."""
        return judge(self.key, self._judged())

    @property
    def missed(self) -> List[str]:
        """The kinds of the bars that it misses."""
        return missed(self.key, self._judged())

    def _judged(self) -> Dict[str, Optional[float]]:
        live, small = self.says.get("live_permille"), self.says.get("small_permille")
        return {"limit": self.of_limit, "seed": self.of_seed, "each": self.each(),
                "live": None if live is None else live / 1000,
                "small": None if small is None else small / 1000,
                "worst": self.says.get("worst_instructions"), "ns": self.each_ns(),
                "instructions": self.of_seed_instructions(), "speed": self.speed()}

    def each(self) -> Optional[float]:
        """Instructions a unit."""
        return None if self.instructions is None else self.instructions / self.amount

    def each_ns(self) -> Optional[float]:
        """Nanoseconds a unit."""
        return None if self.time_ns is None else self.time_ns / self.amount

    def of_seed_instructions(self) -> Optional[float]:
        """The plain code's instructions by ours."""
        if not self.instructions or not self.seed_instructions:
            return None
        return self.seed_instructions / self.instructions

    def speed(self) -> Optional[float]:
        """Units a second, had this machine the memset that the bars speak of."""
        if not self.time_ns or not self.memset_rate:
            return None
        return self.amount * 1e9 / self.time_ns * MEMSET_RATE / self.memset_rate

    def to_json(self) -> Dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "bars": self.bars}


def _ratio(result: Result, way: str) -> Optional[float]:
    pairs = list(zip(result.ticks.get(way, ()), result.ticks["ours"]))
    return median(other / max(ours, 1) for other, ours in pairs) if pairs else None


def _time_ns(result: Result, way: str, clock_hz: int) -> Optional[float]:
    ticks = result.ticks.get(way)
    return median(ticks) * 1e9 / clock_hz if ticks else None


def from_times(place: str, run: Run) -> List[Figure]:
    """The figures of a run by wall clock."""
    return [Figure(place, name, result.unit, result.amount,
                   time_ns=_time_ns(result, "ours", run.clock_hz),
                   says=result.says,
                   of_limit=_ratio(result, "limit"), of_seed=_ratio(result, "seed"),
                   seed_ns=_time_ns(result, "seed", run.clock_hz),
                   limit_ns=_time_ns(result, "limit", run.clock_hz))
            for name, result in run.results.items() if result.ticks]


def add_counts(figures: List[Figure], counts: Mapping[str, Mapping[str, int]]) -> None:
    """Tell the figures how many instructions a call of each way took, by name."""
    for figure in figures:
        count = counts.get(figure.name, {})
        figure.instructions = count.get("ours", figure.instructions)
        figure.seed_instructions = count.get("seed", figure.seed_instructions)
        figure.limit_instructions = count.get("limit", figure.limit_instructions)


def from_counts(place: str, run: Run) -> List[Figure]:
    """The figures of a run in which a tick is an instruction; there is no time."""
    return [Figure(place, name, result.unit, result.amount, says=result.says)
            for name, result in run.results.items() if result.ticks]


def add_memset_rate(figures: List[Figure]) -> None:
    """Tell the host's figures how fast its memset is: as in the fill of the screen."""
    fill = next((figure for figure in figures if figure.key == "host/fill"), None)
    if fill is None or not fill.limit_ns:
        return
    for figure in figures:
        if figure.place.startswith("host"):
            figure.memset_rate = fill.amount * BYTES_PER_PIXEL * 1e9 / fill.limit_ns


def add_seed_counts(figures: List[Figure], counted: List[Figure]) -> None:
    """Plain code is the same at every place of the kernel: take its instructions from another."""
    known = {(figure.name, figure.amount): figure.seed_instructions for figure in counted}
    for figure in figures:
        if figure.seed_instructions is None:
            figure.seed_instructions = known.get((figure.name, figure.amount))
