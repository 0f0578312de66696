# SPDX-License-Identifier: MIT
"""Reads .config files, defconfigs and fragments: which lines ask for what.

Found here is all that a line can have wrong by itself or against another line: its form, an option
that does not exist, a value of the wrong type, two fragments that ask for different things. What
the values then make of each other is for kconf/loading.py.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple

from kconfiglib import Kconfig

from kconfig_external import ExternalKconfig
from kconf.values import (NOTICE, TYPE_WORDS, Assignment, nearest, parse_line, parsed_value,
                          same_value)

RENAMED = Path("scripts/kconfig_renamed")
GONE = "-"
# Nearly an assignment: no CONFIG_, or blanks around the sign.
_LOOSE = re.compile(r"(?:CONFIG_)?(\w+)\s*=\s*(.*)")
# "# CONFIG_X is not set" means something, unlike other comments; a slip in it must not be lost.
_SLIPPED = re.compile(r"#\s*CONFIG_(\w+)\s+is\s+not\s+set\.?")

# The menu of a folder outside the tree, in a .config; where it ends and where it begins.
_SECTION = re.compile(r"# (end of )?External: (\S+)")


class Reader:
    """Collects the assignments of one or more files, with what is wrong and what is to be told."""

    def __init__(self, kconf: ExternalKconfig, faults: List[str], notes: List[str]) -> None:
        self._kconf = kconf
        self._faults = faults
        self._notes = notes
        self._renamed: Optional[Dict[str, str]] = None
        self._section: Optional[str] = None

    def read(self, path: Path, role: str) -> List[Assignment]:
        """The assignments of a file that name an option and a value of its type, in order."""
        lines = self._lines(path)
        full = lines[:1] == [NOTICE.strip()]
        items: List[Assignment] = []
        for number, line in enumerate(lines, 1):
            section = _SECTION.fullmatch(line)
            if section:
                self._section = None if section[1] else section[2]
            pair = self._parsed(line, f"{path}:{number}")
            if pair:
                item = self._checked(Assignment(*pair, f"{path}:{number}", role, full, line))
                items += [item] if item else []
        return items

    def _lines(self, path: Path) -> List[str]:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            self._faults.append(f"{path}: cannot be read: {reason}")
            return []
        return [line.strip() for line in text.splitlines()]

    def _parsed(self, line: str, where: str) -> Optional[Tuple[str, str]]:
        pair = parse_line(line)
        if pair is None and line and not line.startswith("#"):
            loose = _LOOSE.fullmatch(line)
            meant = self._kconf.syms.get(loose[1]) if loose else None
            better = f"{loose[1]}={loose[2]}" if loose and meant and meant.nodes else "NAME=value"
            self._faults.append(f"{where}: '{line}' is no assignment; write CONFIG_{better}")
        slipped = _SLIPPED.fullmatch(line)
        if pair is None and slipped:
            self._faults.append(
                f"{where}: '{line}' is a mere comment; write '# CONFIG_{slipped[1]} is not set'"
            )
        return pair

    def _checked(self, item: Assignment) -> Optional[Assignment]:
        """The assignment, under the name that the option has now; None where it means nothing."""
        symbol = self._kconf.syms.get(item.name)
        if item.name in self._kconf.gone:
            self._notes.append(f"{item.where}: CONFIG_{item.name}={item.value} is dropped: "
                               f"{self._kconf.gone[item.name]} is not in EXTERNAL any more")
            return None
        if symbol is None or not symbol.nodes:
            return self._under_new_name(item)
        if parsed_value(symbol, item.value) is None:
            wanted = TYPE_WORDS[symbol.orig_type]
            self._faults.append(f"{item.where}: {item.line}: the value must be {wanted}")
            return None
        return item

    def _under_new_name(self, item: Assignment) -> Optional[Assignment]:
        if self._renamed is None:
            self._renamed = read_renamed(RENAMED)
        name = self._renamed.get(item.name)
        if name == GONE:
            self._notes.append(f"{item.where}: note: CONFIG_{item.name} exists no more; the line "
                               "counts for nothing")
            return None
        if name and self._kconf.syms.get(name) and self._kconf.syms[name].nodes:
            self._notes.append(f"{item.where}: note: CONFIG_{item.name} is called CONFIG_{name} "
                               "now, and is taken as that")
            return self._checked(item._replace(name=name))
        near = nearest(self._kconf, item.name)
        mend = (f"is CONFIG_{near} meant? Else remove the line" if near else
                "remove the line, or have a `source` name its Kconfig file")
        if self._section not in (None, *(folder.name for folder in self._kconf.folders)):
            mend = (f"it came from a folder {self._section} outside the tree, which EXTERNAL= "
                    "brings back")
        self._faults.append(f"{item.where}: there is no option CONFIG_{item.name}; {mend}")
        return None


def read_renamed(path: Path) -> Dict[str, str]:
    """Old names to new ones; an option that went away altogether has '-'."""
    if not path.exists():
        return {}
    lines = (line.split("#")[0].split() for line in path.read_text(encoding="utf-8").splitlines())
    return {words[0]: words[1] for words in lines if len(words) == 2}


# ---- Lines against each other -----------------------------------------------


def rivals(kconf: Kconfig, items: List[Assignment]) -> Iterator[Tuple[Assignment, Assignment]]:
    """Pairs, earlier and later, that cannot both be had: two values, two members of a choice."""
    seen: Dict[str, Assignment] = {}
    chosen: Dict[object, Assignment] = {}
    for item in items:
        symbol = kconf.syms[item.name]
        before = seen.get(item.name)
        if before and not same_value(symbol, *(parsed_value(symbol, one.value) or ""
                                               for one in (before, item))):
            yield before, item
        seen[item.name] = item
        if symbol.choice and item.value == "y":
            other = chosen.get(symbol.choice)
            if other and other.name != item.name and seen[other.name].value == "y":
                yield other, item
            chosen[symbol.choice] = item


def contradictions(kconf: Kconfig, items: List[Assignment]) -> List[str]:
    """A sentence for each pair of lines, of one file or of two, that ask for different things."""
    return [
        f"{later.where}: '{later.line}' contradicts '{before.line}' at {before.where}"
        + (" (one choice has one member)" if later.name != before.name else "")
        + "; keep one of the two"
        for before, later in rivals(kconf, items)
    ]


def overrides(kconf: Kconfig, items: List[Assignment]) -> List[str]:
    """In a .config a line may have been added at the end: it counts, and that is told."""
    return [
        f"{later.where}: note: '{later.line}' counts, '{before.line}' at {before.where} does not"
        for before, later in rivals(kconf, items)
    ]


def last_of_each(kconf: Kconfig, items: List[Assignment]) -> List[Assignment]:
    """Drop what a later line overrides: the same option, or another member of its choice."""
    last: Dict[str, Assignment] = {}
    for item in items:
        symbol = kconf.syms[item.name]
        last.pop(item.name, None)
        last[item.name] = item
        if symbol.choice and item.value == "y":
            for member in symbol.choice.syms:
                if member is not symbol and last.get(member.name, item).value == "y":
                    last.pop(member.name, None)
    return list(last.values())
