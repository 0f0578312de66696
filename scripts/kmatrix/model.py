# SPDX-License-Identifier: MIT
"""Which options vary in the matrix, over which values, and what a set of values comes to.

A factor is an option, or a choice, with the values of which every pair has to occur:

	a bool		n and y, those without a prompt as well
	a choice	each member
	a number	its lowest, its default and its highest value
	a text		its default, and another one where it names a file

The ends of a number are those of its ranges; where a rule forbids an end in every configuration,
kconfig_rules.ENDS has those that can be had. A number has further values that no pair asks for,
those next to the constants that conditions compare it with: a condition must be able to come true.
"""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple

from kconfiglib import AND, BOOL, HEX, INT, NOT, OR, STRING, Choice, Kconfig, Symbol, escape

import kconfig_rules
from kconf.generating import texts
from kconf.mend import apply
from kconf.values import Assignment, number_of, prompts
from kmatrix.clauses import ABSENT, Clauses, Domains, ModelError
from kmatrix.solver import Pick, Solver

# A factor's name and a value of it.
Value = Tuple[str, str]


class Factor(NamedTuple):
    """What varies."""

    name: str
    values: Tuple[str, ...]


class Configuration(NamedTuple):
    """A configuration that the model found, and kconfiglib agreed to."""

    name: str
    items: List[Assignment]
    values: FrozenSet[Value]


class Model:
    """The factors, and the solver that knows how they hang together."""

    def __init__(self, kconf: Kconfig) -> None:
        self.kconf = kconf
        tested = _values_of_factors(kconf)
        self.clauses = Clauses(kconf, _domains(kconf, tested))
        self.solver: Solver = self.clauses.solver
        self.factors = list(_factors(kconf, tested))
        self._guards: Dict[FrozenSet[str], int] = {}
        self._rules = _Rules(self)
        # The literal of each factor's value, and back.
        self.literals: Dict[Value, int] = {
            (factor.name, value): self._literal(factor.name, value)
            for factor in self.factors for value in factor.values}

    def _literal(self, name: str, value: str) -> int:
        symbol = self.kconf.syms.get(name)
        if symbol is None or not symbol.nodes:
            return self.clauses.literal(self.kconf.syms[value], "y")  # a member of a choice
        return self.clauses.literal(symbol, value)

    def bools(self, names: Sequence[str], value: str) -> List[int]:
        """The literals of those names that are bools, members of choices among them."""
        symbols = [self.kconf.syms[name] for name in names if name in self.kconf.syms]
        return [self.clauses.literal(symbol, value) for symbol in symbols
                if symbol.nodes and symbol.orig_type == BOOL]

    def defaults(self) -> List[Value]:
        """The first default of each number and text."""
        usual = [(factor.name, str(symbol.defaults[0][0].str_value))
                 for factor in self.factors for symbol in [self.kconf.syms.get(factor.name)]
                 if symbol is not None and symbol.orig_type != BOOL and symbol.defaults]
        return [value for value in usual if value in self.literals]

    # ---- Solving ------------------------------------------------------------

    def solve(self, wanted: Sequence[Value], pick: Optional[Pick] = None) -> Optional[List[int]]:
        """A configuration's literals, by variable, with these values; None where there is none."""
        assumed = [self.literals[value] for value in wanted]
        while True:
            found = self.solver.solve([*self._guards.values(), *assumed], pick or _careless)
            if found is None or not self._rules.forbid(found):
                return found

    def is_impossible(self, wanted: Sequence[Value]) -> bool:
        """Is it proven that no configuration has these values?

        Kconfig's own conditions count, and what a rule says of these options alone. What a rule
        says of other numbers does not: those could have values that are not tried here.
        """
        names = {name for name, _ in wanted}
        guards = [guard if scope <= names else -guard for scope, guard in self._guards.items()]
        assumed = [self.literals[value] for value in wanted]
        return self.solver.solve([*guards, *assumed], _careless) is None

    def refused(self, wanted: Sequence[Value]) -> List[Value]:
        """Values that are impossible with these by Kconfig's own conditions, those seen at once."""
        follow = self.solver.follows([*(-guard for guard in self._guards.values()),
                                      *(self.literals[value] for value in wanted)])
        return [value for value, literal in self.literals.items()
                if follow is None or -literal in follow]

    def forbid(self, values: Dict[Symbol, str]) -> None:
        """A rule does not allow these values together."""
        scope = frozenset(symbol.name for symbol in values)
        if scope not in self._guards:
            self._guards[scope] = self.solver.new_variable()
        self.solver.add([-self._guards[scope], *(-self.clauses.literal(symbol, value)
                                                 for symbol, value in values.items())])

    def values_in(self, found: List[int]) -> Dict[Symbol, str]:
        """The value of every option in what solve() found."""
        return {
            symbol: next(value for value, literal in self.clauses.values(symbol).items()
                         if found[abs(literal)] == (1 if literal > 0 else -1))
            for symbol in self.kconf.unique_defined_syms}

    # ---- Configurations -----------------------------------------------------

    def configuration(self, name: str, found: List[int]) -> Configuration:
        """What solve() found, set in kconfiglib, which must come to the same values."""
        values = self.values_in(found)
        items = [item for symbol, value in values.items()
                 for item in _assignments(symbol, value, name)]
        apply(self.kconf, items)
        wrong = [f"CONFIG_{symbol.name} is {symbol.str_value}, not {value}"
                 for symbol, value in values.items() if symbol.str_value != value]
        if wrong:
            raise ModelError(f"{name}: kconfiglib does not agree: {'; '.join(wrong)}")
        return Configuration(name, items, self.present_values())

    def present_values(self) -> FrozenSet[Value]:
        """The factors' values in kconfiglib's configuration of now, of those that count."""
        found = set()
        for factor in self.factors:
            symbol = self.kconf.syms.get(factor.name)
            if symbol is None or not symbol.nodes:
                found |= {(factor.name, member) for member in factor.values
                          if self.kconf.syms[member].str_value == "y"}
            elif symbol.str_value in factor.values:
                found.add((factor.name, symbol.str_value))
        return frozenset(found)


def _careless(_solver: Solver) -> Optional[int]:
    return None


def _assignments(symbol: Symbol, value: str, where: str) -> Iterator[Assignment]:
    """The line that gives an option its value, where it can have one."""
    if not prompts(symbol) or value == ABSENT or symbol.choice and value == "n":
        return
    text = f'"{escape(value)}"' if symbol.orig_type == STRING else value
    yield Assignment(symbol.name, text, where, "generated")


# ---- Factors ----------------------------------------------------------------


def _factors(kconf: Kconfig, tested: Domains) -> Iterator[Factor]:
    for number, choice in enumerate(kconf.unique_choices):
        yield Factor(choice_name(choice, number), tuple(symbol.name for symbol in choice.syms))
    for symbol in kconf.unique_defined_syms:
        if symbol.orig_type == BOOL and not symbol.choice:
            yield Factor(symbol.name, ("n", "y"))
        elif symbol.orig_type != BOOL and prompts(symbol):
            yield Factor(symbol.name, tuple(tested[symbol.name]))


def choice_name(choice: Choice, number: int) -> str:
    """A name for a choice, which is no option's: its prompt."""
    text = next((node.prompt[0] for node in prompts(choice)), "")
    return choice.name or f"choice {text or number}"


def _values_of_factors(kconf: Kconfig) -> Domains:
    """The values of numbers and texts that pairs ask for."""
    return {symbol.name: _ends(symbol) if symbol.orig_type != STRING else texts(symbol)[:2]
            for symbol in kconf.unique_defined_syms
            if symbol.orig_type != BOOL and prompts(symbol)}


def _ends(symbol: Symbol) -> List[str]:
    """Lowest, default and highest, as Kconfig or else as the rules have it. A default that is there
    for some other value is no end: that value's own pairs have it."""
    lows, highs = ([_number(symbol, ends[index]) for ends in symbol.ranges] for index in (0, 1))
    lows, highs = kconfig_rules.ENDS.get(symbol.name, (lows, highs))
    always = symbol.kconfig.y
    defaults = [_number(symbol, value) for value, condition in symbol.defaults if not value.nodes
                and (condition is always or condition is symbol.direct_dep)]
    numbers = sorted({*lows, *defaults, *highs})
    return [_text(symbol, number) for number in numbers]


def _number(symbol: Symbol, value: Any) -> int:
    if value.nodes:
        raise ModelError(f"CONFIG_{symbol.name}: the ends of a range are options")
    return number_of(symbol, value.str_value)


def _text(symbol: Symbol, number: int) -> str:
    """As the default has it, where it has it: kconfiglib compares texts."""
    for value, _ in symbol.defaults:
        if not value.nodes and number_of(symbol, value.str_value) == number:
            return str(value.str_value)
    return hex(number) if symbol.orig_type == HEX else str(number)


# ---- Domains ----------------------------------------------------------------


def _domains(kconf: Kconfig, tested: Domains) -> Domains:
    """All values of numbers and texts: those of the pairs, and those that conditions ask for."""
    domains = {symbol.name: dict.fromkeys(tested.get(symbol.name, []))
               for symbol in kconf.unique_defined_syms if symbol.orig_type != BOOL}
    for symbol, other in _relations(kconf):
        for value in _around(symbol, other.str_value):
            domains[symbol.name].setdefault(value)
    for symbol in kconf.unique_defined_syms:
        for value, _ in symbol.defaults if symbol.orig_type != BOOL else ():
            if not value.nodes:
                domains[symbol.name].setdefault(value.str_value)
    # A default may be another option's value.
    for _ in kconf.unique_defined_syms:
        for symbol in kconf.unique_defined_syms:
            for value, _ in symbol.defaults if symbol.orig_type != BOOL else ():
                domains[symbol.name].update(domains.get(value.name, {}))
    return {name: list(values) for name, values in domains.items()}


def _around(symbol: Symbol, text: str) -> List[str]:
    """Values next to one that a condition compares with, of those that the option can have."""
    if symbol.orig_type == STRING:
        return [text]
    try:
        middle = number_of(symbol, text)
    except ValueError:
        return []
    return [_text(symbol, number) for number in (middle - 1, middle, middle + 1)
            if any(_number(symbol, low) <= number <= _number(symbol, high)
                   for low, high, _ in symbol.ranges) or not symbol.ranges]


def _relations(kconf: Kconfig) -> Iterator[Tuple[Symbol, Symbol]]:
    """Each number or text that some condition compares, and what with."""
    seen: Set[int] = set()

    def walk(expression: Any) -> Iterator[Tuple[Symbol, Symbol]]:
        if not isinstance(expression, tuple) or id(expression) in seen:
            return
        seen.add(id(expression))
        if expression[0] in (AND, OR, NOT):
            for part in expression[1:]:
                yield from walk(part)
            return
        for symbol, other in (expression[1:], expression[:0:-1]):
            if symbol.nodes and symbol.orig_type in (INT, HEX, STRING):
                if other.nodes:
                    raise ModelError(f"CONFIG_{symbol.name} is compared with another option")
                yield symbol, other

    for item in [*kconf.unique_defined_syms, *kconf.unique_choices]:
        for node in item.nodes:
            yield from walk(node.prompt[1] if node.prompt else None)
        for expression in [getattr(item, "rev_dep", None), getattr(item, "weak_rev_dep", None),
                           *(condition for _, condition in item.defaults),
                           *(ends[2] for ends in getattr(item, "ranges", ()))]:
            yield from walk(expression)


# ---- Rules between options --------------------------------------------------


class _Rules:
    """kconfig_rules, asked of what the solver found; what they forbid becomes clauses."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def forbid(self, found: List[int]) -> bool:
        """Forbid what breaks a rule; was there anything?"""
        values = self._model.values_in(found)
        present = {symbol.name: value for symbol, value in values.items() if value != ABSENT}
        faulty = [rule for rule in kconfig_rules.RULES if self._breaks(rule, present)]
        for rule in faulty:
            core = self._core(rule, present)
            self._model.forbid({self._model.kconf.syms[name]: value
                                for name, value in core.items()})
        return bool(faulty)

    def _breaks(self, rule: kconfig_rules.Rule, present: Dict[str, str]) -> bool:
        kconf = self._model.kconf

        def number(name: str) -> Optional[int]:
            return number_of(kconf.syms[name], present[name]) if name in present else None

        return any(True for _ in rule(number, present.get))

    def _core(self, rule: kconfig_rules.Rule, present: Dict[str, str]) -> Dict[str, str]:
        """The fewest options whose values break the rule, whatever the others are."""
        core = {name: value for name, value in present.items()
                if self._model.kconf.syms[name].orig_type != BOOL}
        for name in list(core):
            fewer = {key: value for key, value in core.items() if key != name}
            if self._breaks(rule, fewer):
                core = fewer
        return core
