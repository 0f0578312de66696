# SPDX-License-Identifier: MIT
"""Finds few configurations in which every combination of values occurs that can be had.

A combination is two (or three) values of different factors. One that nothing covers yet is the
start of a configuration; the rest of it is decided value by value, always the one that meets most
open combinations, and the solver sees to it that the whole can be had. Where it cannot, that is a
proof. So each combination ends up covered or proven impossible; a third way there is only where a
rule between numbers is in the way that might allow other values than those tried: such a
combination is unknown, and counts as a failure.

That a combination occurs says little where nobody can look: a boot test ends before there is a
prompt. So the search is made twice: for all combinations that can be had together with values that
make a configuration alive, then for those that are left.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import (Dict, FrozenSet, Iterable, Iterator, List, NamedTuple, Optional, Sequence,
                    Tuple)

from kmatrix.model import Configuration, Model, Value
from kmatrix.solver import Solver

Combination = Tuple[Value, ...]


class Coverage(NamedTuple):
    """The configurations, and what became of each combination."""

    configurations: List[Configuration]
    feasible: int
    impossible: List[Combination]
    unknown: List[Combination]
    uncovered: List[Combination]

    @property
    def is_whole(self) -> bool:
        """Does every combination occur that can be had?"""
        return not self.unknown and not self.uncovered

    def __str__(self) -> str:
        covered = self.feasible - len(self.uncovered)
        percent = 100 * covered // max(self.feasible, 1)
        told = (f"{self.feasible} feasible, {covered} covered ({percent}%), "
                f"{len(self.impossible)} proven impossible")
        return told + (f", {len(self.unknown)} UNKNOWN" if self.unknown else "")


class Costs(NamedTuple):
    """What makes a configuration slow: names of options. Where there is a choice, it is cheap."""

    # An object is compiled anew for each set of values that these have: they are all off or, where
    # one of them has to be on, all on, as far as that can be had.
    flags: Sequence[str] = ()
    # Takes long: it is off.
    slow: Sequence[str] = ()


def cover(model: Model, depth: int, names: str = "pair", alive: Sequence[Value] = (),
          before: Sequence[Configuration] = (), costs: Costs = Costs()) -> Coverage:
    """Configurations with every combination of `depth` values, those made before among them.

    With `alive`, all have these values, and combinations that cannot be had with them count as
    impossible.
    """
    return _Search(model, depth, alive, costs).run(names, before)


def all_combinations(model: Model, depth: int) -> Iterator[Combination]:
    """All combinations of values of different factors, feasible or not, in a fixed order."""
    for factors in combinations(model.factors, depth):
        chosen: List[Combination] = [()]
        for factor in factors:
            chosen = [(*some, (factor.name, value)) for some in chosen for value in factor.values]
        yield from chosen


class _Search:
    """What is open, as bit sets: for each value (or pair of values), which values go with it."""

    def __init__(self, model: Model, depth: int, alive: Sequence[Value] = (),
                 costs: Costs = Costs()) -> None:
        self._model = model
        self._on, self._off = (model.bools(costs.flags, value) for value in "yn")
        self._slow = model.bools(costs.slow, "n")
        self._depth = depth
        self._alive = tuple(alive)
        self._values = list(model.literals)
        self._bit = {value: 1 << number for number, value in enumerate(self._values)}
        self._by_literal: Dict[int, List[Value]] = defaultdict(list)
        for value, literal in model.literals.items():
            self._by_literal[literal].append(value)
        own = {factor.name: sum(self._bit[factor.name, value] for value in factor.values)
               for factor in model.factors}
        everything = (1 << len(self._values)) - 1
        # Keyed by depth - 1 values, in order: the values that are open with them.
        self._open: Dict[Combination, int] = {}
        for some in combinations(self._values, depth - 1):
            names = [name for name, _ in some]
            if len(set(names)) == len(names):
                self._open[some] = everything & ~sum(own[name] for name in names)
        self._impossible: List[Combination] = []
        self._unknown: List[Combination] = []

    def run(self, names: str, before: Sequence[Configuration]) -> Coverage:
        """Cover all; then count again, by what kconfiglib says of the configurations."""
        made = list(before)
        number = sum(one.name.startswith(f"{names}-") for one in before)
        for configuration in made:
            self._meet(configuration.values)
        for key in list(self._open):
            while self._open[key]:
                bit = self._open[key] & -self._open[key]
                wanted = (*key, self._values[bit.bit_length() - 1])
                together = (*self._alive, *wanted)
                found = self._model.solve(together, self._picker())
                if found is None:
                    proven = self._model.is_impossible(together)
                    (self._impossible if proven else self._unknown).append(_ordered(wanted))
                    self._close(wanted)
                    continue
                number += 1
                configuration = self._model.configuration(f"{names}-{number}", found)
                made.append(configuration)
                self._meet(configuration.values)
                if self._open[key] & bit:
                    raise AssertionError(f"{wanted} is not in the configuration made for it")
        return self._judged(made)

    def _judged(self, made: List[Configuration]) -> Coverage:
        """From the values alone, without a trace of how they were found."""
        met = {some for configuration in made
               for some in combinations(sorted(configuration.values), self._depth)}
        no_need = {*self._impossible, *self._unknown}
        wanted = [_ordered(some) for some in all_combinations(self._model, self._depth)]
        feasible = [some for some in wanted if some not in no_need]
        wrong = met & set(self._impossible)
        if wrong:
            raise AssertionError(f"{wrong} was called impossible, and is there")
        return Coverage(made, len(feasible), self._impossible, self._unknown,
                        [some for some in feasible if some not in met])

    def _keys(self, some: Combination) -> Iterator[Tuple[Combination, int]]:
        """Each value's bit, with the key of the others."""
        for index, value in enumerate(some):
            others = sorted(some[:index] + some[index + 1:], key=self._values.index)
            yield tuple(others), self._bit[value]

    def _close(self, some: Combination) -> None:
        for key, bit in self._keys(some):
            self._open[key] &= ~bit

    def _meet(self, values: FrozenSet[Value]) -> None:
        present = [value for value in self._values if value in values]
        mask = sum(self._bit[value] for value in present)
        for key in combinations(present, self._depth - 1):
            if key in self._open:
                self._open[key] &= ~mask

    def _picker(self):  # type: ignore[no-untyped-def]
        """Decides for the value that meets most of what is open with the values decided so far."""
        def pick(solver: Solver) -> Optional[int]:
            cheap = self._cheap(solver)
            if cheap is not None:
                return cheap
            decided = [value for value in self._values
                       if solver.value(self._model.literals[value]) > 0]
            undecided = [value for value in self._values
                         if not solver.value(self._model.literals[value])]
            if not undecided:
                return None
            gains = self._gains(decided, undecided)
            best = max(undecided, key=lambda value: gains[value])
            return self._model.literals[best]

        return pick

    def _cheap(self, solver: Solver) -> Optional[int]:
        """The next of those values that cost least; a wish, not a must."""
        is_on = any(solver.value(literal) > 0 for literal in self._on)
        wished = [*self._slow, *(self._on if is_on else self._off)]
        return next((literal for literal in wished if not solver.value(literal)), None)

    def _gains(self, decided: List[Value], undecided: List[Value]) -> Dict[Value, float]:
        """How many open combinations each value would meet; what it could later counts less."""
        mask = sum(self._bit[value] for value in decided)
        gains: Dict[Value, float] = {}
        if self._depth == 2:
            for value in undecided:
                rest = self._open[value,]
                gains[value] = _ones(rest & mask) + 1e-3 * _ones(rest)
            return gains
        order = {value: number for number, value in enumerate(self._values)}
        for value in undecided:
            keys = ((value, other) if order[value] < order[other] else (other, value)
                    for other in decided if other[0] != value[0])
            rests = [self._open[key] for key in keys]
            gains[value] = sum(_ones(rest & mask) + 1e-3 * _ones(rest)
                               for rest in rests)
        return gains


def _ones(bits: int) -> int:
    return bin(bits).count("1")


def _ordered(some: Iterable[Value]) -> Combination:
    return tuple(sorted(some))
