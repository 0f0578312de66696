# SPDX-License-Identifier: MIT
"""Finds the smallest lines that make a wish come true.

A plan is worked out from the conditions: an "and" needs all of its parts, an "or" one of them, an
option that cannot be set needs what selects it or the condition of one of its defaults. A plan is
only a guess (conditions hang together in ways that it does not see), so each is tried: the lines
are really set, and the wish must take effect, without harm to any other line of the user. Where
that fails, what is lacking then is planned for in a second round. Needless lines are left out.
"""

from __future__ import annotations

from itertools import product
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Optional, Tuple

import kconfiglib
from kconfiglib import AND, BOOL, EQUAL, HEX, NOT, OR, UNEQUAL, Choice, Kconfig, Symbol

from kconf.values import Assignment, parsed_value, prompts, shown_values, took_effect

Line = Tuple[str, str]  # name and value, as in a file
Plan = FrozenSet[Line]
NOTHING: Plan = frozenset()

# How many plans are kept at each step, and how often they may grow: a sentence must come at once.
PLANS = 12
ROUNDS = 2


def _best(plans: Iterable[Plan]) -> List[Plan]:
    """The shortest few, without those that set one option twice, in an order that never changes."""
    sound = {plan for plan in plans if len({name for name, _ in plan}) == len(plan)}
    return sorted(sound, key=lambda plan: (len(plan), sorted(plan)))[:PLANS]


def _all_of(parts: Iterable[List[Plan]]) -> List[Plan]:
    joined = [NOTHING]
    for plans in parts:
        joined = _best(one | other for one, other in product(joined, plans))
    return joined


def _any_of(parts: Iterable[List[Plan]]) -> List[Plan]:
    return _best(plan for plans in parts for plan in plans)


class Planner:
    """Plans from the conditions in the Kconfig files and the values of now."""

    def __init__(self) -> None:
        self._busy: set = set()  # what is being planned for: conditions may go in circles

    def value(self, symbol: Symbol, value: str) -> List[Plan]:
        """What could give an option this value."""
        if (symbol, value) in self._busy:
            return []
        self._busy.add((symbol, value))
        try:
            return _any_of([self._by_line(symbol, value), self._by_others(symbol, value)])
        finally:
            self._busy.discard((symbol, value))

    def _by_line(self, symbol: Symbol, value: str) -> List[Plan]:
        """A line for the option, and whatever makes the line count."""
        if not prompts(symbol):
            return []
        if value == "n" and symbol.choice:
            return _any_of(self.value(other, "y") for other in symbol.choice.syms
                           if other is not symbol)
        line = [frozenset([(symbol.name, _quoted(symbol, value))])]
        visible = _any_of(self._condition(node.prompt[1], True) for node in prompts(symbol))
        free = self._condition(symbol.rev_dep, False) if value == "n" else [NOTHING]
        return _all_of([line, visible, free])

    def _by_others(self, symbol: Symbol, value: str) -> List[Plan]:
        """Not by a line for it: something selects it, or a default of it fits."""
        ways = []
        if symbol.orig_type == BOOL and not symbol.choice:
            if value == "y":
                ways.append(self._condition(symbol.rev_dep, True))
            elif not prompts(symbol):
                ways.append(self._condition(symbol.rev_dep, False))
        if not prompts(symbol):
            ways += [_all_of([self._condition(symbol.direct_dep, True), plans])
                     for plans in self._defaults(symbol, value)]
        return _any_of(ways)

    def _defaults(self, symbol: Symbol, value: str) -> Iterable[List[Plan]]:
        """For each default of the value: its condition holds, and none before it does."""
        before: List[List[Plan]] = []
        for default, condition in symbol.defaults:
            if getattr(default, "str_value", None) == value:
                yield _all_of([*before, self._condition(condition, True)])
            before.append(self._condition(condition, False))

    def _condition(self, expression: Any, want: bool) -> List[Plan]:
        """What could make a condition true, or false."""
        if (kconfiglib.expr_value(expression) > 0) == want:
            return [NOTHING]
        if isinstance(expression, Choice):
            return _any_of(self._condition(node.prompt[1], want) for node in prompts(expression))
        if isinstance(expression, Symbol):
            constant = expression.is_constant or not expression.nodes
            return [] if constant else self.value(expression, "y" if want else "n")
        operator = expression[0]
        if operator == NOT:
            return self._condition(expression[1], not want)
        if operator in (AND, OR):
            join = _all_of if (operator == AND) == want else _any_of
            return join([self._condition(part, want) for part in expression[1:]])
        return _any_of(self.value(symbol, value)
                       for symbol, value in _values_around(expression, want))


def _values_around(relation: tuple, want: bool) -> Iterable[Tuple[Symbol, str]]:
    """Values of an option that could turn a comparison with a constant round."""
    operator, left, right = relation
    for symbol, other in ((left, right), (right, left)):
        if symbol.is_constant or not symbol.nodes:
            continue
        if symbol.orig_type == BOOL:
            yield symbol, "n" if symbol.str_value == "y" else "y"
        elif (operator == EQUAL) == want and operator in (EQUAL, UNEQUAL):
            yield symbol, other.str_value
        elif symbol.orig_type not in (kconfiglib.INT, HEX):
            yield symbol, "" if other.str_value else "x"
        else:
            base = 16 if symbol.orig_type == HEX else 10
            for step in (0, 1, -1):
                number = int(other.str_value or "0", base) + step
                yield symbol, hex(number) if base == 16 else str(number)


def _quoted(symbol: Symbol, value: str) -> str:
    if symbol.orig_type == kconfiglib.STRING:
        return f'"{kconfiglib.escape(value)}"'
    return value


# ---- Trying -----------------------------------------------------------------


def apply(kconf: Kconfig, items: Iterable[Assignment]) -> None:
    """Set all options anew: these, and nothing that was set before."""
    kconf.unset_values()
    for item in items:
        symbol = kconf.syms[item.name]
        symbol.set_value(parsed_value(symbol, item.value))


def effective(kconf: Kconfig, item: Assignment) -> bool:
    """Did the line have its effect?"""
    symbol = kconf.syms[item.name]
    return took_effect(symbol, parsed_value(symbol, item.value) or "")


def _on_top(kconf: Kconfig, items: List[Assignment], lines: Iterable[Line]) -> List[Assignment]:
    """The items with a plan's lines in place of what they contradict."""
    own = [Assignment(name, value, "") for name, value in sorted(lines)]
    names = {item.name for item in own}
    choices = {kconf.syms[item.name].choice for item in own if item.value == "y"} - {None}
    return [item for item in items if item.name not in names and not (
        item.value == "y" and kconf.syms[item.name].choice in choices)] + own


class Mender:
    """Tries plans on a configuration, and leaves it as it was."""

    def __init__(self, kconf: Kconfig, items: List[Assignment],
                 broken: Callable[[], Iterable[str]]) -> None:
        self._kconf = kconf
        self._items = items
        self._broken = broken  # the names of options that break a rule, as things stand
        self._rules = set(broken())
        # A .config states everything, and so forbids nothing; other lines are there on purpose.
        self._good = [item for item in items if item.role in ("defconfig", "fragment")
                      and prompts(kconf.syms[item.name]) and effective(kconf, item)]

    def mend(self, wish: Assignment) -> Optional[List[Assignment]]:
        """The fewest lines that make the wish take effect, or None; where "" is a new line, and
        else the line that it stands in place of. Of two such ways the one that changes less."""
        symbol = self._kconf.syms[wish.name]
        value = parsed_value(symbol, wish.value)
        if value is None:
            return None
        before = shown_values(self._kconf)
        plans = Planner().value(symbol, value)
        found: List[Tuple[int, int, int, int, List[Assignment]]] = []
        try:
            for _ in range(ROUNDS):
                grown: List[Plan] = []
                for plan in _best(plan - {(wish.name, wish.value)} for plan in plans):
                    if not plan or not self._works(wish, plan):
                        grown += self._grown(wish, plan)
                        continue
                    lines = self._placed(wish, self._shortened(wish, plan))
                    replaced = sum(bool(line.where) for line in lines)
                    found.append((replaced, len(lines), self._changes(before), len(found), lines))
                if found:
                    break
                plans = grown
        finally:
            apply(self._kconf, self._items)
        return min(found)[-1] if found else None

    def _changes(self, before: Dict[str, str]) -> int:
        """How many options have another value than before."""
        return len(set(before.items()) ^ set(shown_values(self._kconf).items()))

    def _grown(self, wish: Assignment, plan: Plan) -> List[Plan]:
        """The plan, and whatever else the lines need that have no effect with it."""
        failing = self._failing(wish, plan)
        needs = [Planner().value(symbol, parsed_value(symbol, item.value) or "")
                 for item in failing for symbol in [self._kconf.syms[item.name]]]
        return _all_of([[plan], *needs]) if failing else []

    def _works(self, wish: Assignment, plan: Plan) -> bool:
        """With these lines, does all have effect, and does no other rule break?"""
        return (not self._failing(wish, plan)
                and set(self._broken()) <= self._rules | {wish.name})

    def _failing(self, wish: Assignment, plan: Plan) -> List[Assignment]:
        """With these lines: what has no effect of the wish, themselves, and all that was good."""
        lines = {**dict(plan), **({wish.name: wish.value} if prompts(
            self._kconf.syms[wish.name]) else {})}
        items = _on_top(self._kconf, self._items, lines.items())
        apply(self._kconf, items)
        own = [item for item in items if not item.where]
        kept = [item for item in self._good if item in items]
        return [item for item in [wish, *own, *kept] if not effective(self._kconf, item)]

    def _shortened(self, wish: Assignment, plan: Plan) -> Plan:
        """Without the lines that it can do without."""
        for line in sorted(plan):
            if len(plan) > 1 and self._works(wish, plan - {line}):
                plan = plan - {line}
        self._works(wish, plan)  # as things stand with it
        return plan

    def _placed(self, wish: Assignment, plan: Plan) -> List[Assignment]:
        """The lines, each with the line that it takes the place of: one of the same option, or one
        that chooses another member of its choice. A fragment overrides the file below it."""
        present: Dict[object, str] = {}
        for item in self._items:
            if item.role not in ("fragment", wish.role):
                continue
            present[item.name] = item.where
            choice = self._kconf.syms[item.name].choice
            if choice and item.value == "y":
                present[choice] = item.where
        return [
            Assignment(name, value, present.get(name, "") or present.get(
                self._kconf.syms[name].choice if value == "y" else None, ""))
            for name, value in sorted(plan)
        ]
