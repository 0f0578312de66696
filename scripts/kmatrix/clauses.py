# SPDX-License-Identifier: MIT
"""The Kconfig model as clauses: an assignment that keeps them is a configuration that can be had.

What a value may be follows kconfiglib's Symbol.tri_value and str_value, and Choice.selection. A
construct that is not translated is an error: nothing is guessed. Numbers and texts take the values
of their domain, see kmatrix/model.py.
"""

from __future__ import annotations

from itertools import product
from typing import Any, Dict, Iterable, List, Tuple

from kconfiglib import (AND, BOOL, EQUAL, GREATER, GREATER_EQUAL, HEX, INT, LESS, LESS_EQUAL, NOT,
                        OR, STRING, UNEQUAL, Choice, Kconfig, Symbol)

from kconf.values import place, prompts
from kmatrix.solver import Solver

# Values of a number or text that the solver can choose of, by the option's name.
Domains = Dict[str, List[str]]
ABSENT = ""

_HOLDS = {EQUAL: lambda c: c == 0, UNEQUAL: lambda c: c != 0, LESS: lambda c: c < 0,
          LESS_EQUAL: lambda c: c <= 0, GREATER: lambda c: c > 0, GREATER_EQUAL: lambda c: c >= 0}


class ModelError(Exception):
    """The Kconfig files have something that the matrix cannot reason about."""


class Clauses:
    """Literals for the options' values, and a solver that holds what Kconfig says of them."""

    def __init__(self, kconf: Kconfig, domains: Domains) -> None:
        self.solver = Solver()
        self.true = self.solver.new_variable()
        self.solver.add([self.true])
        self._kconf = kconf
        self._known: Dict[object, int] = {}
        # Of each option: its values, as kconfiglib writes them, and their literals.
        self._literals: Dict[Symbol, Dict[str, int]] = {}
        for symbol in kconf.unique_defined_syms:
            self._literals[symbol] = self._make_values(symbol, domains)
        for choice in kconf.unique_choices:
            self._say_choice(choice)
        for symbol in kconf.unique_defined_syms:
            if symbol.orig_type != BOOL:
                self._say_value(symbol)
            elif not symbol.choice:
                self._say_bool(symbol)

    def literal(self, symbol: Symbol, value: str) -> int:
        """True where the option has this value."""
        return self._literals[symbol][value]

    def values(self, symbol: Symbol) -> Dict[str, int]:
        """All values that an option can have here, with their literals."""
        return self._literals[symbol]

    def visible(self, item: "Symbol | Choice") -> int:
        """True where a user can set it."""
        return self.any_of(self._truth(node.prompt[1]) for node in prompts(item))

    # ---- Literals of their own ----------------------------------------------

    def all_of(self, literals: Iterable[int]) -> int:
        """True where all of them are."""
        return -self.any_of(-literal for literal in literals)

    def any_of(self, literals: Iterable[int]) -> int:
        """True where one of them is."""
        parts = sorted(set(literals) - {-self.true})
        if self.true in parts or any(-part in parts for part in parts):
            return self.true
        if len(parts) < 2:
            return parts[0] if parts else -self.true
        key = tuple(parts)
        if key not in self._known:
            joined = self._known[key] = self.solver.new_variable()
            self.solver.add([-joined, *parts])
            for part in parts:
                self.solver.add([joined, -part])
        return self._known[key]

    def _truth(self, expression: Any) -> int:
        """The literal of a condition."""
        if isinstance(expression, Choice):
            return self._mode(expression)
        if isinstance(expression, Symbol):
            return self._value_literals(expression).get("y", -self.true) if (
                not expression.nodes or expression.orig_type == BOOL) else -self.true
        if expression[0] == NOT:
            return -self._truth(expression[1])
        if expression[0] in (AND, OR):
            parts = [self._truth(part) for part in expression[1:]]
            return self.all_of(parts) if expression[0] == AND else self.any_of(parts)
        return self._relation(*expression)

    def _relation(self, operator: int, left: Symbol, right: Symbol) -> int:
        one, other = self._value_literals(left), self._value_literals(right)
        return self.any_of(
            self.all_of([one[a], other[b]]) for a, b in product(one, other)
            if _HOLDS[operator](_compare((left, a), (right, b))))

    def _value_literals(self, symbol: Symbol) -> Dict[str, int]:
        if symbol in self._literals:
            return self._literals[symbol]
        return {symbol.str_value: self.true}  # a constant, or a name that nothing defines

    # ---- What Kconfig says --------------------------------------------------

    def _make_values(self, symbol: Symbol, domains: Domains) -> Dict[str, int]:
        if symbol.orig_type == BOOL:
            literal = self.solver.new_variable()
            return {"n": -literal, "y": literal}
        if symbol.orig_type not in (INT, HEX, STRING):
            raise ModelError(f"CONFIG_{symbol.name}: its type is not one that the matrix knows")
        values = list(dict.fromkeys([ABSENT, *domains[symbol.name]]))
        literals = {value: self.solver.new_variable() for value in values}
        self._exactly_one(list(literals.values()))
        return literals

    def _exactly_one(self, literals: List[int]) -> None:
        self.solver.add(literals)
        for index, one in enumerate(literals):
            for other in literals[:index]:
                self.solver.add([-one, -other])

    def _mode(self, choice: Choice) -> int:
        """True where one of its members is chosen, if any can be."""
        if choice.orig_type != BOOL or choice.is_optional:
            raise ModelError(f"the choice at {place(choice)} is optional, or not of bools")
        return self.visible(choice)

    def _say_choice(self, choice: Choice) -> None:
        mode = self._mode(choice)
        members = [(self.literal(symbol, "y"), self.visible(symbol)) for symbol in choice.syms]
        for index, (chosen, visible) in enumerate(members):
            self.solver.add([-chosen, mode])
            self.solver.add([-chosen, visible])
            for other, _ in members[:index]:
                self.solver.add([-chosen, -other])
            self.solver.add([-mode, -visible, *(literal for literal, _ in members)])

    def _defaults(self, symbol: Symbol) -> Iterable[Tuple[Any, int]]:
        """Each default, and where it is the one that counts."""
        before: List[int] = []
        for value, condition in symbol.defaults:
            holds = self._truth(condition)
            yield value, self.all_of([holds, *before])
            before.append(-holds)

    def _say_bool(self, symbol: Symbol) -> None:
        on, add = self.literal(symbol, "y"), self.solver.add
        visible, selected = self.visible(symbol), self._truth(symbol.rev_dep)
        implied = self.all_of([self._truth(symbol.weak_rev_dep), self._truth(symbol.direct_dep)])
        default = self.any_of([implied, *(self.all_of([counts, self._truth(value)])
                                          for value, counts in self._defaults(symbol))])
        add([-on, visible, selected, default])
        add([-selected, on])
        add([visible, -default, on])

    def _say_value(self, symbol: Symbol) -> None:
        """Where it can be set, any value in range; else its default, or none."""
        visible = self.visible(symbol)
        defaults = list(self._defaults(symbol))
        for value, literal in self.values(symbol).items():
            given = self.any_of(
                self.all_of([counts, self._value_literals(default).get(value, -self.true)])
                for default, counts in defaults)
            if value == ABSENT:
                given = self.any_of([given, self.all_of(-counts for _, counts in defaults)])
                if not _may_be_empty(symbol):
                    self.solver.add([-literal, -visible])
            else:
                self.solver.add([-literal, -visible, self._in_range(symbol, value)])
            self.solver.add([-literal, visible, given])
        if symbol.ranges and not prompts(symbol):
            raise ModelError(f"CONFIG_{symbol.name} has a range and no prompt")

    def _in_range(self, symbol: Symbol, value: str) -> int:
        before: List[int] = []
        parts: List[int] = []
        for low, high, condition in symbol.ranges:
            if low.nodes or high.nodes:
                raise ModelError(f"CONFIG_{symbol.name}: the ends of a range are options")
            holds = self._truth(condition)
            inside = _number(low.str_value) <= _number(value) <= _number(high.str_value)
            parts += [self.all_of([holds, *before])] if inside else []
            before.append(-holds)
        return self.any_of([*parts, self.all_of(before)])


def _may_be_empty(symbol: Symbol) -> bool:
    """A text that is empty by default looks as if it were absent, and is there."""
    return symbol.orig_type == STRING and any(value.str_value == ABSENT
                                              for value, _ in symbol.defaults)


def _number(text: str) -> int:
    return int(text, 0)


def _compare(left: Tuple[Symbol, str], right: Tuple[Symbol, str]) -> int:
    """Below zero, zero or above, as kconfiglib.expr_value() compares."""
    if not left[0].orig_type == right[0].orig_type == STRING:
        try:
            return _as_number(*left) - _as_number(*right)
        except ValueError:
            pass
    return (left[1] > right[1]) - (left[1] < right[1])


def _as_number(symbol: Symbol, value: str) -> int:
    if symbol.orig_type == BOOL:
        return {"n": 0, "y": 2}[value]
    return int(value, {INT: 10, HEX: 16}.get(symbol.orig_type, 0))
