# SPDX-License-Identifier: MIT
"""Sets what the files ask for, strictly: a wish that cannot be had is a fault.

kconfiglib knows what a value means; where a line has no effect it warns or silently takes something
else. Here every such line is found and explained, all in one go.

There is a base (a .config, a defconfig, or values that a target such as allnoconfig made up) and
fragments on top. A fragment overrides the base: a line of the base that loses its meaning by that
is told as a note. Two fragments that ask for different things contradict each other.

A line of .config that the previous configuration had, too, asks for nothing new. Such a line is
dropped when it loses its meaning, so that switching off FRAMEBUFFER by hand does not demand that
every line that depends on it be removed; the report of changes lists it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, Iterable, List, NamedTuple, Optional, Sequence, Set, Tuple

from kconfiglib import Kconfig, KconfigError

import kconfig_rules
from kconfig_external import ExternalKconfig
from kconf.mend import Mender, apply, effective
from kconf.output import Output
from kconf.reading import Reader, contradictions, last_of_each, overrides
from kconf.values import NOTICE, Assignment, Faults, number_of, prompts

CONFIGS = "configs"


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
    if kconf.clashes() or kconf.warnings:
        raise Faults(kconf.clashes() or list(kconf.warnings))
    if output:
        kconf.recall(output.auto_conf)
    kconf.warn = False
    kconf.config_header = NOTICE
    return kconf


def find_file(kconf: ExternalKconfig, path: Path) -> Path:
    """A file lies where its name says, or in the configs/ of the tree or of a folder outside."""
    folders = ["", CONFIGS, *(f"{folder.path}/{CONFIGS}" for folder in kconf.folders)]
    places = [Path(folder) / path for folder in folders]
    return next((place for place in places if place.exists()), path)


def load(kconf: ExternalKconfig, paths: Sequence[Path], known: "Set[str] | frozenset" = frozenset(),
         made: Optional[List[Assignment]] = None, is_partial: bool = False) -> Loaded:
    """Set every option that the files name; raise Faults with all that cannot be had.

    The first file is the base, unless `made` gives one that no file holds. `known` has lines, as
    NAME=value, that ask for nothing new. A partial load only sets: whether the values can be had
    shows when the rest is there.
    """
    faults: List[str] = []
    notes: List[str] = []
    reader = Reader(kconf, faults, notes)
    files = [find_file(kconf, path) for path in paths]
    order = list(files)
    base = made
    if base is None:
        base = _read_base(kconf, reader, files.pop(0), faults, notes)
    above = [item for path in files for item in reader.read(path, "fragment")]
    faults += contradictions(kconf, above)
    unmet = settle(kconf, base, last_of_each(kconf, above), known, notes)
    faults += [] if is_partial else unmet
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


def _read_base(kconf: Kconfig, reader: Reader, path: Path, faults: List[str],
               notes: List[str]) -> List[Assignment]:
    role = "config" if path.name == ".config" else "defconfig"
    items = reader.read(path, role)
    if role == "config":
        notes += overrides(kconf, items)
    else:
        faults += contradictions(kconf, items)
    return last_of_each(kconf, items)


def settle(kconf: Kconfig, base: List[Assignment], above: List[Assignment],
           known: "Set[str] | frozenset", notes: List[str]) -> List[str]:
    """Set base and fragments; a sentence for each line whose value cannot be had."""
    apply(kconf, base)
    lost_alone = {item.name for item in base if not granted(kconf, item, known)}
    items = last_of_each(kconf, [*base, *above])
    apply(kconf, items)
    refused: List[Assignment] = []
    for item in items:
        if item.role == "generated" or granted(kconf, item, known):
            continue
        if item.role == "fragment" or item.name in lost_alone:
            refused.append(item)
        else:
            notes += [_fallen(item)] if item.role == "defconfig" else []
    # An option that did not get its value has another one here, which says nothing.
    names = {item.name for item in refused}
    broken = [text for name, text in rule_faults(kconf, items).items() if name not in names]
    return [*_explained(kconf, items, refused), *broken]


def _fallen(item: Assignment) -> str:
    return (f"{item.where}: note: CONFIG_{item.name}={item.value} means nothing any more, with "
            "what the fragments change")


def _explained(kconf: Kconfig, items: List[Assignment], refused: List[Assignment]) -> List[str]:
    if not refused:
        return []
    from kconf.explain import Explainer

    mender = Mender(kconf, items, lambda: rule_faults(kconf, ()))
    explainer = Explainer(kconf, items, mender)
    return [explainer.sentence(item) for item in refused]


def granted(kconf: Kconfig, item: Assignment, known: "Set[str] | frozenset") -> bool:
    """Has the line its effect, or is it one that needs none?"""
    if item.role == "config" and f"{item.name}={item.value}" in known:
        return True
    symbol = kconf.syms[item.name]
    if not prompts(symbol) and not item.full:
        return False  # not a statement, but a wish that nobody can have
    return effective(kconf, item)


def rule_faults(kconf: Kconfig, items: Iterable[Assignment]) -> Dict[str, str]:
    """A sentence for each option that breaks a rule between options, by its name."""
    places = {item.name: f"{item.where}: " for item in items}

    def value(name: str) -> Optional[int]:
        symbol = kconf.syms.get(name)
        if symbol is None or not symbol.nodes or not symbol.str_value:
            return None
        return number_of(symbol, symbol.str_value)

    def text(name: str) -> str:
        symbol = kconf.syms.get(name)
        return symbol.str_value if symbol is not None and symbol.nodes else ""

    sentences: Dict[str, str] = {}
    for option, fault in kconfig_rules.check(value, text):
        sentences.setdefault(option, f"{places.get(option, '')}CONFIG_{option}: {fault}")
    return sentences
