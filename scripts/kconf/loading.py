# SPDX-License-Identifier: MIT
"""Sets what the files ask for, strictly: a wish that cannot be had is a fault.

kconfiglib knows what a value means; where a line has no effect it warns or silently takes something
else. Here every such line is found and explained, all in one go.

There is a base (a .config, a defconfig, or values that a target such as allnoconfig made up) and
fragments on top. A fragment overrides the base: a line of the base that loses its meaning by that
is told as a note. Two fragments that ask for different things contradict each other.

A line of .config that had its effect in the previous configuration, too, asks for nothing new. It
is dropped where another line of .config took its meaning away, so that switching off FRAMEBUFFER by
hand does not demand that every line that depends on it be removed; the report of changes lists it.
Where a change of the tree took it away, or its range, the user is asked.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import AbstractSet, Iterable, List, NamedTuple, Optional, Sequence, Set, Tuple

from kconfiglib import HEX, INT, Kconfig, KconfigError

import kconfig_rules
from kconfig_external import ExternalKconfig
from kconf.mend import Mender, apply, effective
from kconf.output import Output
from kconf.reading import Reader, contradictions, last_of_each, overrides
from kconf.values import (NOTICE, Assignment, Faults, number_of, parsed_value, place, prompts,
                          shown)

CONFIGS = "configs"


# Lines of the previous configuration, as NAME=value.
Known = AbstractSet[str]


class Loaded(NamedTuple):
    """What was set, and what the user should know of it."""

    items: List[Assignment]
    notes: List[str]


def new_kconfig(output: Optional[Output] = None) -> ExternalKconfig:
    """Read the Kconfig files; without an output, the tree's alone.

    Their own faults are for the developer, and stop as well.
    """
    if output and output.external:
        output.claim()
    try:
        kconf = (ExternalKconfig(output.external, output.folder) if output
                 else ExternalKconfig([], Path()))
    except KconfigError as error:
        raise Faults([str(error).strip()]) from error
    faults = (kconf.clashes() or kconf.unsupported() or kconf.warnings
              or _faults_outside(kconf))
    if faults:
        raise Faults(list(faults))
    if output:
        kconf.recall(output.auto_conf)
    kconf.warn = False
    kconf.config_header = NOTICE
    return kconf


def _faults_outside(kconf: ExternalKconfig) -> List[str]:
    """What `make checks` would say of the Kconfig files, in those that it does not see."""
    if not kconf.folders:
        return []
    from kconf.lint import structure

    return [f"{where}: {text}" for where, text in structure(kconf)
            if any(folder.holds(where) for folder in kconf.folders)]


def find_file(kconf: ExternalKconfig, path: Path) -> Path:
    """A file lies where its name says, or in the configs/ of the tree or of a folder outside."""
    folders = ["", CONFIGS, *(f"{folder.path}/{CONFIGS}" for folder in kconf.folders)]
    places = [Path(folder) / path for folder in folders]
    return next((place for place in places if place.exists()), path)


def load(kconf: ExternalKconfig, paths: Sequence[Path], known: Known = frozenset(),
         made: Optional[List[Assignment]] = None, is_partial: bool = False) -> Loaded:
    """Set every option that the files name; raise Faults with all that cannot be had.

    The first file is the base, unless `made` gives one that no file holds. `known` has lines, as
    NAME=value, that ask for nothing new. After a partial load somebody sets more: values that
    cannot be had so far are mere notes.
    """
    faults: List[str] = []
    notes: List[str] = []
    reader = Reader(kconf, faults, notes)
    files = [find_file(kconf, path) for path in paths]
    order = list(files)
    base = made
    if base is None:
        base = _read_base(kconf, reader, files.pop(0), known, faults, notes)
        known = _still_good(kconf, known)
    above = [item for path in files for item in reader.read(path, "fragment")]
    faults += contradictions(kconf, above)
    unmet = settle(kconf, base, last_of_each(kconf, above), known, notes)
    (notes if is_partial else faults).extend(unmet)
    if faults:
        raise Faults([*notes, *_in_order(faults, order)])
    return Loaded(last_of_each(kconf, [*base, *above]), notes)


def _in_order(faults: List[str], files: List[Path]) -> List[str]:
    """As the lines stand in the files; what has no place comes last."""
    order = {str(path): number for number, path in enumerate(files)}

    def key(fault: str) -> Tuple[int, int]:
        found = re.match(r"(.*?):(\d+): ", fault)
        return (order.get(found[1], len(order)), int(found[2])) if found else (len(order), 0)

    return sorted(faults, key=key)


def _read_base(kconf: Kconfig, reader: Reader, path: Path, known: Known, faults: List[str],
               notes: List[str]) -> List[Assignment]:
    role = "config" if path.name == ".config" else "defconfig"
    items = reader.read(path, role)
    if role == "config":
        # Of two lines the one that the user added counts, wherever it stands; else the later.
        items.sort(key=lambda item: known_as(item) not in known)
        notes += overrides(kconf, items)
    else:
        faults += contradictions(kconf, items)
    return last_of_each(kconf, items)


def known_as(item: Assignment) -> str:
    """The line, as `known` has it."""
    return f"{item.name}={item.value}"


def _still_good(kconf: Kconfig, known: Known) -> Known:
    """The known lines that had their effect, or were derived, before .config became another one."""
    before = [Assignment(*line.split("=", 1), "") for line in sorted(known)]
    before = [item for item in before if item.name in kconf.syms and kconf.syms[item.name].nodes
              and parsed_value(kconf.syms[item.name], item.value) is not None]
    apply(kconf, before)
    return {known_as(item) for item in before
            if not prompts(kconf.syms[item.name]) or effective(kconf, item)}


def settle(kconf: Kconfig, base: List[Assignment], above: List[Assignment],
           known: Known, notes: List[str]) -> List[str]:
    """Set base and fragments; a sentence for each line whose value cannot be had."""
    apply(kconf, base)
    lost_alone = {item.name for item in base if not granted(kconf, item, known)}
    items = last_of_each(kconf, [*base, *above])
    apply(kconf, items)
    refused: List[Assignment] = []
    for item in items:
        if item.role == "generated" or granted(kconf, item, known):
            continue
        if item.full and not known and not prompts(kconf.syms[item.name]):
            notes.append(_stale(kconf, item))
        elif item.role == "fragment" or item.name in lost_alone:
            refused.append(item)
        else:
            notes += [_fallen(item)] if item.role == "defconfig" else []
    # An option that did not get its value has another one here, which says nothing.
    names = {item.name for item in refused}
    broken = [text for name, text in rule_faults(kconf, items) if name not in names]
    return [*_explained(kconf, items, refused), *broken]


def _fallen(item: Assignment) -> str:
    return (f"{item.where}: note: CONFIG_{item.name}={item.value} means nothing any more, with "
            "what the fragments change")


def _stale(kconf: Kconfig, item: Assignment) -> str:
    """A line that the build itself wrote, of another tree or before an edit."""
    value = shown(kconf.syms[item.name]) or "not there"
    return f"{item.where}: note: '{item.line}' follows from other options, and is {value} now"


def _explained(kconf: Kconfig, items: List[Assignment], refused: List[Assignment]) -> List[str]:
    if not refused:
        return []
    from kconf.explain import Explainer

    mender = Mender(kconf, items, lambda: broken_options(kconf))
    explainer = Explainer(kconf, items, mender)
    return [explainer.sentence(item) for item in refused]


def granted(kconf: Kconfig, item: Assignment, known: Known) -> bool:
    """Has the line its effect, or is it one that needs none?"""
    symbol = kconf.syms[item.name]
    is_number = symbol.orig_type in (INT, HEX) and symbol.visibility
    if item.role == "config" and known_as(item) in known and not is_number:
        return True
    if not prompts(symbol) and not item.full and item.role != "config":
        return False  # not a statement, but a wish that nobody can have
    return effective(kconf, item)


def broken_options(kconf: Kconfig) -> Set[str]:
    """The options that break a rule between options."""
    return {name for name, _ in rule_faults(kconf, ())}


def rule_faults(kconf: Kconfig, items: Iterable[Assignment]) -> List[kconfig_rules.Fault]:
    """The options that break a rule between options, with a sentence for each rule."""
    places = {item.name: item.where for item in items}

    def value(name: str) -> Optional[int]:
        symbol = kconf.syms.get(name)
        if symbol is None or not symbol.nodes or not symbol.str_value:
            return None
        return number_of(symbol, symbol.str_value)

    def text(name: str) -> Optional[str]:
        symbol = kconf.syms.get(name)
        return symbol.str_value if symbol is not None and symbol.config_string else None

    return [(option, f"{places.get(option) or place(kconf.syms[option])}: CONFIG_{option}: {fault}")
            for option, fault in kconfig_rules.check(value, text)]
