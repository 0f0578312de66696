# SPDX-License-Identifier: MIT
"""What a configuration of the covering set gets next: the value that meets most of what is open.

A configuration has one value of each factor. So it meets one of the pairs of two factors, and the
factors with the most values say how many configurations it takes: pairs count by how many there
are of those two factors.

Values that make a build or a boot slow are left out as long as there is a choice.
"""

from __future__ import annotations

from math import inf
from typing import Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

from kmatrix.model import Model, Value
from kmatrix.solver import Solver

# Keyed by all values but one of a combination, in the model's order: bits of those that are open.
Open = Dict[Tuple[Value, ...], int]
# What a value could meet later counts less than what it meets now.
_LATER = 1e-3


def _count_ones(bits: int) -> int:
    return bin(bits).count("1")


# From Python 3.10 on there is a faster way.
ones: Callable[[int], int] = getattr(int, "bit_count", _count_ones)


class Costs(NamedTuple):
    """What makes a configuration slow. Where there is a choice, it is cheap."""

    # Names of options. An object is compiled anew for each set of values that these have: they are
    # all off or all on, as far as that can be had.
    flags: Sequence[str] = ()
    # These take long: another value is taken.
    slow: Sequence[Value] = ()
    # Of the flags, those that slow these, or what is slow, down further: not both. Where that is
    # asked for, once is enough.
    slowing: Sequence[str] = ()
    slowed: Sequence[Value] = ()


class Greedy:
    """Decides for the solver, value by value."""

    def __init__(self, model: Model, depth: int, costs: Costs, still_open: Open) -> None:
        self._open = still_open
        self._literals = model.literals
        self._number = {value: number for number, value in enumerate(model.literals)}
        self._on, self._off = (model.bools(costs.flags, value) for value in "yn")
        self._slow, self._slowed = (
            {model.literals[value]: 1 << self._number[value]
             for value in values if value in model.literals}
            for values in (costs.slow, [*costs.slow, *costs.slowed]))
        self._slowing = {model.literals[name, "y"]: (name, "y") for name in costs.slowing
                         if (name, "y") in model.literals}
        # Of triples there are so many that they are only counted.
        self._is_paired = depth == 2
        self._sizes = {(factor.name, value): len(factor.values) if self._is_paired else 1
                       for factor in model.factors for value in factor.values}
        sizes = sorted(set(self._sizes.values()))
        # Bits of all values, then of those with larger factors, and how much more these count.
        self._steps = [(sum(1 << number for value, number in self._number.items()
                            if self._sizes[value] >= size), size - before)
                       for before, size in zip([0, *sizes], sizes)]

    def worth(self, bits: int) -> int:
        """The sum of the sizes of these values' factors."""
        worth = 0
        for mask, more in self._steps:
            bits &= mask
            if not bits:
                break
            worth += more * ones(bits)
        return worth

    def picker(self) -> Callable[[Solver], Optional[int]]:
        """For one configuration: what is open must not change meanwhile."""
        later: Dict[Tuple[Value, ...], float] = {}
        ranked: List[Tuple[float, Value]] = []

        def pick(solver: Solver) -> Optional[int]:
            cheap = self._cheap(solver)
            if cheap is not None:
                return cheap
            if not ranked:
                ranked.extend(self._ranked(later))
            known = solver.values
            decided = [value for value, literal in self._literals.items() if known[literal] > 0]
            mask = sum(1 << self._number[value] for value in decided)
            best, chosen = -1.0, None
            for most, value in ranked:
                if most <= best:
                    break
                if not known[self._literals[value]]:
                    gain = self._gain(value, decided, mask, later)
                    if gain > best:
                        best, chosen = gain, self._literals[value]
            return chosen

        return pick

    def _ranked(self, later: Dict[Tuple[Value, ...], float]) -> List[Tuple[float, Value]]:
        """The values, and the most that each could gain, which comes first."""
        if not self._is_paired:
            return [(inf, value) for value in self._literals]
        ranked = [(self._gain(value, [], -1, later), value) for value in self._literals]
        return sorted(ranked, key=lambda one: -one[0])

    def _gain(self, value: Value, decided: Sequence[Value], mask: int,
              later: Dict[Tuple[Value, ...], float]) -> float:
        """The open combinations that a value would meet; what it could later counts less."""
        gain = 0.0
        for key in self._keys(value, decided):
            bits = self._open[key]
            if bits:
                if key not in later:
                    later[key] = _LATER * self.worth(bits)
                gain += self.worth(bits & mask) + later[key]
        return gain * self._sizes[value]

    def _keys(self, value: Value, decided: Sequence[Value]) -> List[Tuple[Value, ...]]:
        if self._is_paired:
            return [(value,)]
        number = self._number[value]
        return [(value, other) if number < self._number[other] else (other, value)
                for other in decided if other[0] != value[0]]

    def _cheap(self, solver: Solver) -> Optional[int]:
        """The next of those values that cost least; a wish, not a must."""
        known = solver.values
        wished = [-literal for literal in self._slow]
        slowed = sum(bit for literal, bit in self._slowed.items() if known[literal] > 0)
        if slowed:
            # But for the first time that both are there.
            wished += [-literal for literal, value in self._slowing.items()
                       if not self._open.get((value,), 0) & slowed]
        if any(known[literal] > 0 for literal in self._slowing):
            wished += [-literal for literal in self._slowed]
        if any(known[literal] > 0 for literal in self._on):
            wished += self._on
        elif slowed or any(known[literal] > 0 for literal in self._off
                           if -literal not in self._slowing):
            wished += self._off
        return next((literal for literal in wished if not known[literal]), None)
