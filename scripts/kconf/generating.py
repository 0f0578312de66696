# SPDX-License-Identifier: MIT
"""Makes configurations up: allnoconfig, allyesconfig, randconfig.

They serve the tests of the build: what Kconfig and the rules between options allow must build. So
numbers, strings and choices vary as well, and what breaks a rule is drawn again.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Callable, Iterable, List, Optional

from kconfiglib import BOOL, HEX, INT, STRING, Kconfig, Symbol, escape, expr_value

from kconf.values import Assignment, number_of, prompts

# A draw that breaks a rule is drawn again so often before the default is taken.
REDRAWS = 300


def all_bools(kconf: Kconfig, value: str) -> List[Assignment]:
    """Every option that is no member of a choice; choices and numbers keep their default."""
    where = {"y": "allyesconfig", "n": "allnoconfig"}[value]
    return [
        Assignment(symbol.name, value, where, "generated")
        for symbol in kconf.unique_defined_syms
        if symbol.orig_type == BOOL and prompts(symbol) and not symbol.choice
    ]


class Dice:
    """Draws a configuration; the options that fragments set are left alone."""

    def __init__(self, kconf: Kconfig, seed: str, fixed: Iterable[str]) -> None:
        self._kconf = kconf
        self._random = random.Random(seed)
        self._where = f"randconfig SEED={seed}"
        self._fixed = set(fixed)

    def throw(self, broken: Callable[[], Iterable[str]]) -> List[Assignment]:
        """Values for all options; `broken` names those that break a rule, as things stand.

        What fragments ask for must be set in the configuration already.
        """
        open_symbols = [symbol for symbol in self._kconf.unique_defined_syms
                        if prompts(symbol) and symbol.name not in self._fixed]
        for symbol in open_symbols:
            if symbol.orig_type == BOOL and not symbol.choice:
                symbol.set_value(self._random.choice("ny"))
        self._throw_choices()
        # Ranges and visibility may depend on what is set by now.
        values = [symbol for symbol in open_symbols if symbol.orig_type != BOOL]
        for symbol in values:
            self._throw_value(symbol)
        self._obey(values, broken)
        return self._items(open_symbols)

    def _throw_choices(self) -> None:
        for choice in self._kconf.unique_choices:
            members = [symbol for symbol in choice.syms if prompts(symbol)]
            if not any(symbol.name in self._fixed and symbol.user_value == 2
                       for symbol in members):
                free = [symbol for symbol in members if symbol.name not in self._fixed]
                if free:
                    self._random.choice(free).set_value("y")

    def _throw_value(self, symbol: Symbol) -> None:
        if symbol.orig_type == STRING:
            symbol.set_value(self._random.choice(texts(symbol)))
            return
        ends = range_now(symbol)
        if ends is None:
            return
        number = self._number(*ends)
        symbol.set_value(hex(number) if symbol.orig_type == HEX else str(number))

    def _number(self, low: int, high: int) -> int:
        """Any number of the range, small and large, round and crooked ones alike."""
        bits = max(1, (high - low).bit_length())
        number = self._random.choice([
            low, high, self._random.randint(low, high),
            low + (1 << self._random.randrange(bits)),
            high - (1 << self._random.randrange(bits)),
            low + self._random.randint(0, 1 << self._random.randrange(bits)),
        ])
        if self._random.random() < 0.6:
            number -= number % (1 << self._random.randrange(bits))
        return min(max(number, low), high)

    def _obey(self, values: List[Symbol], broken: Callable[[], Iterable[str]]) -> None:
        """Draw again what breaks a rule; where that does not help, take defaults."""
        for attempt in range(REDRAWS):
            names = set(broken())
            if not names:
                return
            own = [symbol for symbol in values if symbol.name in names]
            for symbol in own or values:
                self._throw_value(symbol)
                if attempt > REDRAWS // 2:
                    symbol.unset_value()

    def _items(self, symbols: List[Symbol]) -> List[Assignment]:
        items = []
        for symbol in symbols:
            chosen = symbol.choice and symbol.choice.user_selection
            if symbol.user_value is None or symbol.choice and chosen is not symbol:
                continue
            value = symbol.user_value
            text = {0: "n", 2: "y"}[value] if symbol.orig_type == BOOL else value
            if symbol.orig_type == STRING:
                text = f'"{escape(value)}"'
            items.append(Assignment(symbol.name, text, self._where, "generated"))
        return items


def range_now(symbol: Symbol) -> "Optional[tuple[int, int]]":
    """The ends of the range that holds now."""
    for low, high, condition in symbol.ranges:
        if expr_value(condition) and symbol.orig_type in (INT, HEX):
            return number_of(symbol, low.str_value), number_of(symbol, high.str_value)
    return None


def texts(symbol: Symbol) -> List[str]:
    """What a text could be: another file like the default's, or the default."""
    default = next((value.str_value for value, _ in symbol.defaults), "")
    if not symbol.name.endswith("_FILE"):
        return [default]
    path = Path(default)
    return [str(file) for file in sorted(path.parent.glob(f"*{path.suffix}"))] or [default]
