# SPDX-License-Identifier: MIT
"""Tells all about one option (`make why SYM=NAME`): its value, why it has it, what hangs on it."""

from __future__ import annotations

from typing import Dict, List, Optional

import kconfiglib
from kconfiglib import HEX, INT, STRING, Kconfig, Symbol

from kconf.explain import (Explainer, active_default, conditions, decided_by, dependants,
                           selectors, symbols_in, unmet, words)
from kconf.mend import Mender, apply
from kconf.reading import RENAMED, read_renamed
from kconf.values import (TYPE_WORDS, Assignment, Faults, nearest, place, prompts, range_now,
                          shown)


def find_symbol(kconf: Kconfig, name: str) -> Symbol:
    """The option of that name, with or without CONFIG_."""
    if not name:
        raise Faults(["why needs the name of an option, as in 'make why SYM=HEAP_SIZE_KIB'"])
    name = name[len("CONFIG_"):] if name.startswith("CONFIG_") else name
    symbol = kconf.syms.get(read_renamed(RENAMED).get(name, name))
    if symbol is not None and symbol.nodes:
        return symbol
    near = nearest(kconf, name)
    raise Faults([f"there is no option CONFIG_{name}" + (f"; is CONFIG_{near} meant?"
                                                         if near else "")])


class Report:
    """The lines on one option, in a configuration that is loaded."""

    def __init__(self, kconf: Kconfig, items: List[Assignment],
                 origins: Dict[str, Assignment]) -> None:
        self._kconf = kconf
        self._items = items
        self._lines = {item.name: item.where for item in items}
        self._origins = origins

    def lines(self, symbol: Symbol) -> List[str]:
        """Everything, one fact a line."""
        prompt = prompts(symbol)[0].prompt[0] if prompts(symbol) else "no prompt"
        value = shown(symbol)
        facts = [
            ("value", value or "none: it is not in the configuration"),
            ("from", self._origin(symbol) if value else None),
            ("because", decided_by(symbol) if not value and not prompts(symbol) else None),
            ("default", self._default(symbol)),
            ("type", f"{kconfiglib.TYPE_TO_STR[symbol.orig_type]}, {TYPE_WORDS[symbol.orig_type]}"),
            ("range", " to ".join(range_now(symbol) or ()) or None),
            ("choice", self._choice(symbol)),
            ("needs", " && ".join(words(part) for part in conditions(symbol)) or None),
            *self._lacking(symbol),
            ("selected by", ", ".join(selectors(symbol, False)) or None),
            ("selects", ", ".join(target.name for target, _ in symbol.selects) or None),
            ("needed by", ", ".join(other.name for other in dependants(symbol)) or None),
            ("decides", ", ".join(self._influenced(symbol)) or None),
        ]
        head = f"CONFIG_{symbol.name}: {prompt} ({place(symbol)})"
        return [head] + [f"  {name:<12} {text}" for name, text in facts if text]

    def _origin(self, symbol: Symbol) -> str:
        """Who gave it the value: a selecting option, a line of a file, or its default."""
        if not prompts(symbol) or symbol.rev_dep is not self._kconf.n and selectors(symbol, True):
            return decided_by(symbol)
        value = shown(symbol)
        origin = self._origins.get(symbol.name)
        line = self._lines.get(symbol.name)
        if origin and origin.value == value:
            return origin.where + (f" (now {line})" if line else "")
        chosen = symbol.choice and symbol.choice.selection
        if chosen and chosen is not symbol:
            return f"{chosen.name} is chosen instead"
        if value == self._without_line(symbol):
            return f"its default ({place(symbol.choice or symbol)})" + (
                f", which {line} repeats" if line else "")
        return line or "an option that changed with it"

    def _without_line(self, symbol: Symbol) -> str:
        """The value that it would have if no line set it."""
        names = {member.name for member in symbol.choice.syms} if symbol.choice else {symbol.name}
        apply(self._kconf, [item for item in self._items if item.name not in names])
        value = shown(symbol)
        apply(self._kconf, self._items)
        return value

    def _default(self, symbol: Symbol) -> Optional[str]:
        default = active_default(symbol)
        if symbol.choice or not default:
            return None
        return f"{default[len('default '):]} ({place(symbol)})"

    def _choice(self, symbol: Symbol) -> Optional[str]:
        if not symbol.choice:
            return None
        members = ", ".join(member.name for member in symbol.choice.syms)
        return f"one of {members} ({place(symbol.choice)})"

    def _lacking(self, symbol: Symbol) -> "List[tuple[str, str]]":
        """Each condition that does not hold, and the lines that would make the option available."""
        lacking = unmet(conditions(symbol)) if prompts(symbol) else []
        if not lacking:
            return []
        mender = Mender(self._kconf, self._items, lambda: ())
        explainer = Explainer(self._kconf, self._items, mender)
        facts = [("unmet", explainer.condition(part)) for part in lacking]
        lines = mender.mend(Assignment(symbol.name, _some_value(symbol), ""))
        if lines:
            facts.append(("to get it", " and ".join(f"'{line.line}'" for line in lines)))
        return facts

    def _influenced(self, symbol: Symbol) -> List[str]:
        """The options whose default, range or visibility reads this one, beyond `needs`."""
        needing = set(dependants(symbol))
        found = []
        for other in self._kconf.unique_defined_syms:
            read = [part for value, condition in other.defaults for part in (value, condition)]
            read += [part for entry in other.ranges for part in entry]
            if other not in needing and other is not symbol and any(
                    symbol in symbols_in(part) for part in read):
                found.append(other.name)
        return found


def _some_value(symbol: Symbol) -> str:
    """A value that it could be asked to have."""
    if symbol.orig_type == STRING:
        return '"x"'
    if symbol.orig_type not in (INT, HEX):
        return "y"
    ends = [low.str_value for low, _, _ in symbol.ranges]
    return ends[0] if ends else {INT: "1", HEX: "0x1"}[symbol.orig_type]
