# SPDX-License-Identifier: MIT
"""Finds few configurations in which every combination of values occurs that can be had.

A combination is two (or three) values of different factors. One that nothing covers yet is the
start of a configuration, of the value with which most are open; the rest of it is decided value by
value (kmatrix/greedy.py), and the solver sees to it that the whole can be had. Where it cannot,
that is a proof. So each combination ends up covered or proven impossible; a third way there is only
where a rule between numbers is in the way that might allow other values than those tried: such a
combination is unknown, and counts as a failure. In the end, what later configurations have made
superfluous is left out.

That a combination occurs says little where nobody can look: a boot test ends before there is a
prompt. So the search is made twice: for all combinations that can be had together with values that
make a configuration alive, then for those that are left.
"""

from __future__ import annotations

from heapq import heapify, heappop, heapreplace
from itertools import combinations
from typing import FrozenSet, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from kmatrix.greedy import Costs, Greedy, Open, ones
from kmatrix.model import Configuration, Model, Value

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
        self._depth = depth
        self._alive = tuple(alive)
        self._values = list(model.literals)
        self._bit = {value: 1 << number for number, value in enumerate(self._values)}
        own = {factor.name: sum(self._bit[factor.name, value] for value in factor.values)
               for factor in model.factors}
        everything = (1 << len(self._values)) - 1
        # Keyed by depth - 1 values, in order: the values that are open with them.
        self._open: Open = {}
        for some in combinations(self._values, depth - 1):
            names = [name for name, _ in some]
            if len(set(names)) == len(names):
                self._open[some] = everything & ~sum(own[name] for name in names)
        self._greedy = Greedy(model, depth, costs, self._open)
        # The fullest comes first; what is open gets less, so an old number is never too small.
        self._fullest: List[Tuple[int, int, Combination]] = []
        self._impossible: List[Combination] = []
        self._unknown: List[Combination] = []

    def run(self, names: str, before: Sequence[Configuration]) -> Coverage:
        """Cover all; then count again, by what kconfiglib says of the configurations."""
        for configuration in before:
            self._meet(configuration.values)
        self._fullest = [(-ones(bits), number, key)
                         for number, (key, bits) in enumerate(self._open.items())]
        heapify(self._fullest)
        made: List[Configuration] = []
        key = self._next_key()
        while key is not None:
            bit = self._open[key] & -self._open[key]
            wanted = (*key, self._values[bit.bit_length() - 1])
            found = self._model.solve((*self._alive, *wanted), self._greedy.picker())
            if found is None:
                self._give_up(key, wanted[-1])
            else:
                made.append(self._model.configuration(names, found))
                self._meet(made[-1].values)
                if self._open[key] & bit:
                    raise AssertionError(f"{wanted} is not in the configuration made for it")
            key = self._next_key()
        number = sum(one.name.startswith(f"{names}-") for one in before)
        needed = [_named(one, f"{names}-{number}")
                  for number, one in enumerate(self._needed(before, made), number + 1)]
        return self._judged([*before, *needed])

    def _next_key(self) -> Optional[Combination]:
        """The one with which most values are open."""
        while self._fullest:
            count, number, key = self._fullest[0]
            now = ones(self._open[key])
            if now == -count and now:
                return key
            if now:
                heapreplace(self._fullest, (-now, number, key))
            else:
                heappop(self._fullest)
        return None

    def _give_up(self, key: Combination, last: Value) -> None:
        """Nothing has these values together. What is as impossible with the key goes with them."""
        refused = self._model.refused((*self._alive, *key))
        if last not in refused:
            refused = []
        for value in refused or [last]:
            if self._open[key] & self._bit[value]:
                wanted = (*key, value)
                proven = bool(refused) or self._model.is_impossible((*self._alive, *wanted))
                (self._impossible if proven else self._unknown).append(_ordered(wanted))
                for some, bit in self._keys(wanted):
                    self._open[some] &= ~bit

    def _needed(self, before: Sequence[Configuration],
                made: Sequence[Configuration]) -> List[Configuration]:
        """Those made without which something would be missing: the later ones may have it all."""
        once, twice = dict.fromkeys(self._open, 0), dict.fromkeys(self._open, 0)
        for one in [*before, *made]:
            for key, mask in self._present(one.values):
                twice[key] |= once[key] & mask
                once[key] |= mask
        alone = [any(once[key] & ~twice[key] & mask for key, mask in self._present(one.values))
                 for one in made]
        met = dict.fromkeys(self._open, 0)

        def adds(one: Configuration) -> bool:
            """Meet all that it has; was there anything new?"""
            is_new = False
            for key, mask in self._present(one.values):
                is_new |= bool(mask & ~met[key])
                met[key] |= mask
            return is_new

        for one in [*before, *(one for one, is_alone in zip(made, alone) if is_alone)]:
            adds(one)
        return [one for one, is_alone in zip(made, alone) if is_alone or adds(one)]

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

    def _meet(self, values: FrozenSet[Value]) -> None:
        for key, mask in self._present(values):
            self._open[key] &= ~mask

    def _present(self, values: FrozenSet[Value]) -> Iterator[Tuple[Combination, int]]:
        """The keys that have these values, with the bits of all of them."""
        present = [value for value in self._values if value in values]
        mask = sum(self._bit[value] for value in present)
        for key in combinations(present, self._depth - 1):
            if key in self._open:
                yield key, mask


def _named(one: Configuration, name: str) -> Configuration:
    return Configuration(name, [item._replace(where=name) for item in one.items], one.values)


def _ordered(some: Iterable[Value]) -> Combination:
    return tuple(sorted(some))
