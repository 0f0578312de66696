# SPDX-License-Identifier: MIT
"""Says why a line cannot be had: what it depends on, who decides instead, what would mend it."""

from __future__ import annotations

from typing import Any, Dict, Iterable, Iterator, List, Optional

import kconfiglib
from kconfiglib import AND, HEX, INT, NOT, OR, Choice, Kconfig, Symbol

from kconf.mend import Mender
from kconf.values import (Assignment, number_of, parsed_value, place, prompts, range_now,
                          shown)


def conditions(item: "Symbol | Choice") -> List[object]:
    """What must hold for an option to be set, part by part; of a choice, its own condition.

    An option with several prompts is visible where one of them is: then there is one part.
    """
    nodes = prompts(item)
    if not nodes:
        return []
    if len(nodes) > 1:
        return [_either(nodes)]
    parts: List[object] = []
    for part in kconfiglib.split_expr(nodes[0].prompt[1], AND):
        parts += conditions(part) if isinstance(part, Choice) else [part]
    return [part for part in parts if part is not item.kconfig.y]


def _either(nodes: List[kconfiglib.MenuNode]) -> object:
    joined = nodes[0].prompt[1]
    for node in nodes[1:]:
        joined = (OR, joined, node.prompt[1])
    return joined


def words(expression: object) -> str:
    """A condition as the Kconfig files have it, a choice by its prompt."""
    def name(item: object) -> str:
        if isinstance(item, Choice):
            return " || ".join(words(part) for part in conditions(item)) or "y"
        return kconfiglib.standard_sc_expr_str(item)

    return kconfiglib.expr_str(expression, name)


def symbols_in(expression: object) -> List[Symbol]:
    """The options in a condition, each once, in their order."""
    found = []

    def walk(part: Any) -> None:
        if isinstance(part, tuple):
            for operand in part[1:]:
                walk(operand)
        elif isinstance(part, Choice):
            for condition in conditions(part):
                walk(condition)
        elif part.nodes and part not in found:
            found.append(part)

    walk(expression)
    return found


def unmet(parts: Iterable[object]) -> List[object]:
    """Those conditions that do not hold."""
    return [part for part in parts if not kconfiglib.expr_value(part)]


def selectors(symbol: Symbol, active: bool) -> List[str]:
    """The options that select it: those that do so now, or all."""
    return [
        kconfiglib.split_expr(expression, AND)[0].name
        for expression in kconfiglib.split_expr(symbol.rev_dep, OR)
        if isinstance(kconfiglib.split_expr(expression, AND)[0], Symbol)
        and kconfiglib.split_expr(expression, AND)[0].nodes
        and (not active or kconfiglib.expr_value(expression))
    ]


def default_words(symbol: Symbol, value: object, condition: object) -> str:
    """A default as its Kconfig line has it, without the word."""
    own = [part for part in kconfiglib.split_expr(condition, AND)
           if part not in kconfiglib.split_expr(symbol.direct_dep, AND)]
    joined = " && ".join(words(part) for part in own if part is not symbol.kconfig.y)
    return f"{words(value)} if {joined}" if joined else words(value)


def active_default(symbol: Symbol) -> Optional[str]:
    """The default that holds now, as its Kconfig line has it."""
    for value, condition in symbol.defaults:
        if kconfiglib.expr_value(condition):
            return f"default {default_words(symbol, value, condition)}"
    return None


def decided_by(symbol: Symbol) -> str:
    """Who gives an option without a prompt its value."""
    active = selectors(symbol, True)
    if active:
        return f"{' and '.join(active)} {'selects' if len(active) == 1 else 'select'} it"
    lacking = unmet(kconfiglib.split_expr(symbol.direct_dep, AND))
    if symbol.defaults and lacking:
        return f"it is not there without {' and '.join(words(part) for part in lacking)}"
    default = active_default(symbol)
    if default:
        return f"'{default}' at {place(symbol)} gives it"
    possible = selectors(symbol, False)
    if possible:
        return f"none of {', '.join(possible)} selects it"
    return f"nothing at {place(symbol)} gives it another one"


class Explainer:
    """Sentences on lines without effect, for one configuration."""

    def __init__(self, kconf: Kconfig, items: List[Assignment], mender: Mender) -> None:
        self._kconf = kconf
        self._mender = mender
        self._where: Dict[str, str] = {item.name: item.where for item in items}

    def sentence(self, item: Assignment) -> str:
        """Why the line has no effect, and the mend."""
        symbol = self._kconf.syms[item.name]
        start = f"{item.where}: {item.line}"
        if not prompts(symbol):
            return f"{start}: has no prompt and cannot be set: {self._fixed(symbol, item)}"
        if not symbol.visibility:
            lacks = " and ".join(self.condition(part) for part in unmet(conditions(symbol)))
            return f"{start}: has no effect without {lacks}{_beyond(symbol, item)}; " + (
                self._mend(item))
        if symbol.orig_type in (INT, HEX):
            return f"{start}: is out of range; {' to '.join(range_now(symbol))} can be had"
        if symbol.choice:
            return f"{start}: one of a choice must be y; {self._mend(item)}"
        return f"{start}: cannot be off, {decided_by(symbol)}; {self._mend(item)}"

    def _fixed(self, symbol: Symbol, item: Assignment) -> str:
        value = shown(symbol)
        wanted = parsed_value(symbol, item.value)
        if value == item.value or symbol.str_value == wanted:
            return f"it has this value already, {decided_by(symbol)}; remove the line"
        return (f"it {'is ' + value if value else 'has no value'}, {decided_by(symbol)}; "
                f"{self._mend(item, instead=True)}")

    def _mend(self, item: Assignment, instead: bool = False) -> str:
        """The lines that make the wish come true, or the one that gives it up."""
        lines = self._mender.mend(item)
        if not lines:
            return "remove the line"
        joined = " and ".join(
            f"'{line.line}'" + (f" in place of {line.where}" if line.where else "")
            for line in lines)
        if instead:
            return f"write {joined} instead of this line"
        return f"add {joined}, or remove the line"

    def condition(self, part: object) -> str:
        """A condition that does not hold, and the values that it sees."""
        symbols = symbols_in(part)
        is_bare = len(symbols) == 1 and (not isinstance(part, tuple) or part[0] == NOT)
        values = ", ".join(
            ("" if is_bare else f"{symbol.name} is ") + self._value(symbol) for symbol in symbols
        )
        text = words(part)
        return f"{text} ({values})" if values else text

    def _value(self, symbol: Symbol) -> str:
        """Its value, and who says so: a line, or the lack of what it needs itself."""
        text = shown(symbol) or "n"
        where = self._where.get(symbol.name)
        lacking = unmet(conditions(symbol)) if text == "n" and prompts(symbol) else []
        if lacking:
            return f"{text}, without {' and '.join(self.condition(part) for part in lacking)}"
        return f"{text} by {where}" if where else text


def _beyond(symbol: Symbol, item: Assignment) -> str:
    """A second fault of a number that has no effect anyway: it is out of range as well."""
    if symbol.orig_type not in (INT, HEX) or len(symbol.orig_ranges) != 1:
        return ""
    low, high, _condition = symbol.orig_ranges[0]
    if low.nodes or high.nodes:
        return ""
    ends = [number_of(symbol, end.str_value) for end in (low, high)]
    if ends[0] <= number_of(symbol, item.value) <= ends[1]:
        return ""
    return f", and is out of range ({low.str_value} to {high.str_value} can be had)"


def dependants(symbol: Symbol) -> Iterator[Symbol]:
    """The options that can be set only where this one has a certain value."""
    for other in symbol.kconfig.unique_defined_syms:
        if other is not symbol and any(symbol in symbols_in(node.dep) for node in other.nodes):
            yield other
