# SPDX-License-Identifier: MIT
"""A small complete SAT solver: is there an assignment that keeps all clauses, given some literals?

Conflict-driven (Marques-Silva, Sakallah: GRASP, 1996), with two watched literals a clause
(Moskewicz and others: Chaff, 2001). A literal is a number, its negation the same number below
zero. It always comes to an answer: None is a proof that there is no assignment.
"""

from __future__ import annotations

from typing import Callable, Dict, Iterable, List, Optional, Sequence, Set

# Names a literal to decide next, of those that have no value yet; None where it does not care.
Pick = Callable[["Solver"], Optional[int]]


class Solver:
    """Clauses over variables 1, 2, …; what it learned in one call is kept for the next."""

    def __init__(self) -> None:
        self.is_contradictory = False
        # Of each literal: 1 where it is true, -1 where it is false, 0 while it is open.
        self.values: Dict[int, int] = {}
        self._level: List[int] = [0]
        self._reason: List[Optional[List[int]]] = [None]
        self._watches: Dict[int, List[List[int]]] = {}
        self._trail: List[int] = []
        self._starts: List[int] = []  # of each level, in the trail
        self._done = 0  # of the trail, what has been propagated

    def new_variable(self) -> int:
        """A fresh variable."""
        self._level.append(0)
        self._reason.append(None)
        number = len(self._level) - 1
        self.values[number] = self.values[-number] = 0
        self._watches[number] = []
        self._watches[-number] = []
        return number

    def add(self, literals: Iterable[int]) -> None:
        """One of the literals must be true. Only between two calls of solve()."""
        self._backtrack(0)
        clause = sorted(set(literals), key=abs)
        if any(-literal in clause or self.values[literal] > 0 for literal in clause):
            return
        clause = [literal for literal in clause if not self.values[literal]]
        if len(clause) > 1:
            self._watch(clause)
        elif not clause or not self._set(clause[0], None) or self._propagate():
            self.is_contradictory = True

    def solve(self, assumed: Sequence[int], pick: Pick) -> Optional[List[int]]:
        """The values of all variables, by number; None is a proof that there are none."""
        self._backtrack(0)
        while not self.is_contradictory:
            conflict = self._propagate()
            if conflict:
                if not self._starts:
                    self.is_contradictory = True
                    break
                self._learn(conflict)
                continue
            literal = self._next(assumed, pick)
            if literal is None:
                return None
            if literal == 0:
                return [0, *(self.values[number] for number in range(1, len(self._level)))]
            self._starts.append(len(self._trail))
            self._set(literal, None)
        return None

    def follows(self, assumed: Sequence[int]) -> Optional[Set[int]]:
        """Literals that are true wherever these are, those seen at once; None: they cannot be."""
        self._backtrack(0)
        for literal in assumed:
            if self.values[literal] < 0:
                return None
            if not self.values[literal]:
                self._starts.append(len(self._trail))
                self._set(literal, None)
                if self._propagate():
                    return None
        return set(self._trail)

    def _next(self, assumed: Sequence[int], pick: Pick) -> Optional[int]:
        """The literal to decide; 0 where all have a value, None where an assumption is false."""
        values = self.values
        for literal in assumed:
            if values[literal] <= 0:
                return None if values[literal] else literal
        wanted = pick(self)
        if wanted is not None:
            return wanted
        return next((-number for number in range(1, len(self._level)) if not values[number]), 0)

    def _watch(self, clause: List[int]) -> None:
        for literal in clause[:2]:
            self._watches[literal].append(clause)

    def _set(self, literal: int, reason: Optional[List[int]]) -> bool:
        if self.values[literal]:
            return self.values[literal] > 0
        number = abs(literal)
        self.values[literal], self.values[-literal] = 1, -1
        self._level[number] = len(self._starts)
        self._reason[number] = reason
        self._trail.append(literal)
        return True

    def _propagate(self) -> Optional[List[int]]:
        """Set what follows; a clause that became false, or None."""
        while self._done < len(self._trail):
            false = -self._trail[self._done]
            self._done += 1
            watching, self._watches[false] = self._watches[false], []
            for index, clause in enumerate(watching):
                if self._rewatched(clause, false):
                    continue
                self._watches[false].append(clause)
                if not self._set(clause[0], clause):
                    self._watches[false] += watching[index + 1:]
                    return clause
        return None

    def _rewatched(self, clause: List[int], false: int) -> bool:
        """Find another literal to watch than the false one; else the first must be true."""
        if clause[0] == false:
            clause[0], clause[1] = clause[1], clause[0]
        if self.values[clause[0]] > 0:
            return False
        for index in range(2, len(clause)):
            if self.values[clause[index]] >= 0:
                clause[1], clause[index] = clause[index], clause[1]
                self._watches[clause[1]].append(clause)
                return True
        return False

    def _learn(self, conflict: List[int]) -> None:
        """Find the first unique implication point, go back, and set what follows from it."""
        level, open_count, seen = len(self._starts), 0, set()
        learned: List[int] = []
        clause, index = conflict, len(self._trail)
        while True:
            for literal in clause:
                number = abs(literal)
                if number not in seen and self._level[number] and self.values[literal] < 0:
                    seen.add(number)
                    if self._level[number] == level:
                        open_count += 1
                    else:
                        learned.append(literal)
            while True:
                index -= 1
                if abs(self._trail[index]) in seen:
                    break
            open_count -= 1
            if not open_count:
                break
            clause = self._reason[abs(self._trail[index])] or []
        learned.sort(key=lambda literal: -self._level[abs(literal)])
        asserted = -self._trail[index]
        self._backtrack(self._level[abs(learned[0])] if learned else 0)
        clause = [asserted, *learned]
        if learned:
            self._watch(clause)
        self._set(asserted, clause if learned else None)

    def _backtrack(self, level: int) -> None:
        if len(self._starts) <= level:
            return
        start = self._starts[level]
        for literal in self._trail[start:]:
            self.values[literal] = self.values[-literal] = 0
        del self._trail[start:]
        del self._starts[level:]
        self._done = min(self._done, start)
