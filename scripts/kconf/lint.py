# SPDX-License-Identifier: MIT
"""Finds what is wrong with the Kconfig files themselves (`make checks`).

kconfiglib accepts much that cannot be meant: a name that nothing defines is always off, a default
behind one that always holds is never taken, a select that overrides a dependency gives a
configuration that no menu can reach. Conditions are compared by trying all values of the options in
them; those of one choice exclude each other.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Set

import kconfiglib
from kconfiglib import AND, BOOL, HEX, INT, NOT, OR, Choice, Kconfig, MenuNode, Symbol

from kconf.explain import conditions
from kconf.reading import GONE, read_renamed
from kconf.values import number_of, place

# Conditions with more options than this are not compared: 2 to the power of it are tried.
ATOMS_MAX = 14


class Fault(NamedTuple):
    """A place and what is wrong there."""

    where: str
    text: str


def lint(kconf: Kconfig, used: Set[str], renamed: Path) -> Iterator[Fault]:
    """All faults. `used` has the names that sources and Makefiles read."""
    yield from structure(kconf)
    yield from unused(kconf, used)
    yield from stale_names(kconf, renamed)
    for node in kconf.node_iter():
        yield from poor_help(node)


def structure(kconf: Kconfig) -> Iterator[Fault]:
    """What gives configurations that cannot be meant."""
    yield from undefined(kconf)
    for symbol in kconf.unique_defined_syms:
        yield from missing_default(symbol)
        yield from unreachable_defaults(symbol)
        yield from defaults_out_of_range(symbol)
        yield from forcing_selects(symbol)


# ---- Names ------------------------------------------------------------------


def undefined(kconf: Kconfig) -> Iterator[Fault]:
    """A name in a condition, default, select or range that no Kconfig file defines."""
    for symbol in kconf.syms.values():
        is_number = re.fullmatch(r"-?\d+|0[xX][0-9a-fA-F]+", symbol.name)
        if symbol.nodes or symbol.is_constant or is_number or symbol is kconf.modules:
            continue
        for node in kconf.node_iter():
            if symbol in node.referenced:
                yield Fault(f"{node.filename}:{node.linenr}",
                            f"nothing defines {symbol.name}, so that it is always off")


def unused(kconf: Kconfig, used: Set[str]) -> Iterator[Fault]:
    """An option that no source, no Makefile and no other option reads changes nothing."""
    read = set(used)
    for node in kconf.node_iter():
        own = {node.item, *(node.item.syms if isinstance(node.item, Choice) else ())}
        read |= {symbol.name for symbol in node.referenced
                 if isinstance(symbol, Symbol) and symbol not in own}
    for symbol in kconf.unique_defined_syms:
        # That a choice has this member shows in the others being off.
        names = {member.name for member in symbol.choice.syms} if symbol.choice else {symbol.name}
        if not names & read:
            yield Fault(place(symbol), f"no source and no other option reads {symbol.name}")


def stale_names(kconf: Kconfig, renamed: Path) -> Iterator[Fault]:
    """An old name must be free, and lead to an option that exists."""
    def exists(name: str) -> bool:
        return name in kconf.syms and bool(kconf.syms[name].nodes)

    for old, new in read_renamed(renamed).items():
        if exists(old):
            yield Fault(str(renamed), f"{old} is an option of today, and not an old name")
        if new != GONE and not exists(new):
            yield Fault(str(renamed), f"{old} leads to {new}, which is no option")


# ---- Conditions -------------------------------------------------------------


def atoms(expressions: Iterable[object]) -> List[object]:
    """What the truth of conditions depends on: options, and comparisons as a whole."""
    found: List[object] = []

    def walk(part: Any) -> None:
        if isinstance(part, Choice):
            for condition in conditions(part):
                walk(condition)
        elif isinstance(part, tuple) and part[0] in (AND, OR, NOT):
            for operand in part[1:]:
                walk(operand)
        elif (isinstance(part, tuple) or part.nodes) and part not in found:
            found.append(part)

    for expression in expressions:
        walk(expression)
    return found


def holds(expression: Any, values: Dict[object, bool]) -> bool:
    """Is a condition true where its parts are as given?"""
    if isinstance(expression, Choice):
        return all(holds(part, values) for part in conditions(expression))
    if expression in values:
        return values[expression]
    if isinstance(expression, tuple):
        if expression[0] == NOT:
            return not holds(expression[1], values)
        join = all if expression[0] == AND else any
        return join(holds(part, values) for part in expression[1:])
    return expression.str_value == "y"  # the constants y and n


def worlds(expressions: List[object]) -> Iterator[Dict[object, bool]]:
    """All values of what the conditions read that can be had together, as far as is seen here."""
    parts = atoms(expressions)
    if len(parts) > ATOMS_MAX:
        return
    for truth in product((False, True), repeat=len(parts)):
        values = dict(zip(parts, truth))
        on = [part for part, is_on in values.items() if is_on and isinstance(part, Symbol)]
        choices = [symbol.choice for symbol in on if symbol.choice]
        # One is on where what it needs holds. What is not among the parts is taken to be so.
        possible = all(_is_selected(symbol) or holds(symbol.direct_dep, {
            **dict.fromkeys(atoms([symbol.direct_dep]), True), **values}) for symbol in on)
        if possible and len(choices) == len(set(choices)):
            yield values


def _is_selected(symbol: Symbol) -> bool:
    return symbol.rev_dep is not symbol.kconfig.n


def unreachable_defaults(symbol: Symbol) -> Iterator[Fault]:
    """A default is taken where its condition holds and none before it does; it must be able to."""
    before: List[object] = []
    for number, (_value, condition) in enumerate(symbol.defaults, 1):
        read = [symbol.direct_dep, condition, *before]
        can = len(atoms(read)) > ATOMS_MAX or any(
            holds(symbol.direct_dep, world) and holds(condition, world)
            and not any(holds(other, world) for other in before)
            for world in worlds(read)
        )
        if not can:
            yield Fault(place(symbol), f"default {number} of {symbol.name} is never taken")
        before.append(condition)


def missing_default(symbol: Symbol) -> Iterator[Fault]:
    """A number that nobody set would have no value, and a .config a line that is none."""
    if symbol.orig_type in (INT, HEX) and not symbol.defaults:
        yield Fault(place(symbol), f"{symbol.name} has no default")


def defaults_out_of_range(symbol: Symbol) -> Iterator[Fault]:
    """Kconfig would take the nearest end of the range, and the file would tell a lie."""
    if symbol.orig_type not in (INT, HEX):
        return
    for value, _condition in symbol.defaults:
        if not isinstance(value, Symbol) or value.nodes:
            continue
        for low, high, _holds in symbol.ranges:
            if low.nodes or high.nodes:
                continue
            ends = [number_of(symbol, end.str_value) for end in (low, high)]
            if not ends[0] <= number_of(symbol, value.str_value) <= ends[1]:
                yield Fault(place(symbol), f"the default {value.str_value} of {symbol.name} is "
                            f"outside of its range {low.str_value} to {high.str_value}")


def forcing_selects(symbol: Symbol) -> Iterator[Fault]:
    """A select switches on whatever it names, even where that cannot work: so what it names needs
    nothing, or nothing that the selecting option does not need as well."""
    for kind, targets in (("selects", symbol.selects), ("implies", symbol.implies)):
        for target, condition in targets:
            if not target.nodes:
                continue
            need = target.direct_dep
            own = [symbol.direct_dep, condition]
            if any(all(holds(part, world) for part in [symbol, *own]) and not holds(need, world)
                   for world in worlds([symbol, *own, need])):
                yield Fault(place(symbol), f"{symbol.name} {kind} {target.name}, which needs "
                            f"{kconfiglib.expr_str(need)}; need that as well")
            elif kind == "selects" and target.orig_type != BOOL:
                yield Fault(place(symbol), f"{symbol.name} selects {target.name}, no bool")


# ---- Help -------------------------------------------------------------------


def poor_help(node: MenuNode) -> Iterator[Fault]:
    """What a user can set is explained, and a number has its range."""
    item = node.item
    if not node.prompt or not isinstance(item, (Symbol, Choice)):
        return
    where = f"{node.filename}:{node.linenr}"
    if not node.help:
        yield Fault(where, f"'{node.prompt[0]}' has no help")
    elif len(re.findall(r"[.!](?=\s|$)", node.help)) < 2:
        yield Fault(where, f"the help of '{node.prompt[0]}' has less than two sentences")
    if isinstance(item, Symbol) and item.orig_type in (INT, HEX) and not item.orig_ranges:
        yield Fault(where, f"{item.name} has no range")
