# SPDX-License-Identifier: MIT
"""Values of options: as text in a file, as kconfiglib wants them, and as they came out."""

from __future__ import annotations

import re
from typing import Dict, List, NamedTuple, Optional

import kconfiglib
from kconfiglib import BOOL, HEX, INT, STRING, Kconfig, Symbol

# Every .config that the build writes begins with this line, and so is known for a full one.
NOTICE = "# Written by the build; `make menuconfig` changes it.\n"

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LINE = re.compile(r"CONFIG_(\w+)=(.*)|# CONFIG_(\w+) is not set")

TYPE_WORDS = {
    BOOL: "y or n",
    STRING: "a text in double quotes",
    INT: "a decimal number of at most 20 digits, no zero in front",
    HEX: "a hexadecimal number that begins with 0x and has at most 16 digits",
}


class Assignment(NamedTuple):
    """A line that gives an option a value; bool values are y and n."""

    name: str
    value: str
    where: str  # file:line
    role: str = "config"  # of its file: config, defconfig, fragment
    full: bool = False  # from a file that the build wrote: it states what follows from others, too

    text: str = ""  # as the file has it

    @property
    def line(self) -> str:
        """As it stands in a file, or would."""
        return self.text or line_of(self.name, self.value)


class Faults(Exception):
    """What is wrong with the input, one sentence each."""

    def __init__(self, sentences: List[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def line_of(name: str, value: str) -> str:
    """An assignment as everybody writes it; n has a form of its own."""
    return f"# CONFIG_{name} is not set" if value == "n" else f"CONFIG_{name}={value}"


def parse_line(line: str) -> Optional["tuple[str, str]"]:
    """Name and value of an assignment; None for any other line."""
    found = _LINE.fullmatch(line.strip())
    if not found:
        return None
    return (found[1], found[2].strip()) if found[1] else (found[3], "n")


def parsed_value(symbol: Symbol, text: str) -> Optional[str]:
    """The value as kconfiglib wants it, or None where it is not of the option's type."""
    if symbol.orig_type == BOOL:
        return text if text in ("y", "n") else None
    if symbol.orig_type == STRING:
        found = _QUOTED.fullmatch(text)
        return kconfiglib.unescape(found.group(1)) if found else None
    if symbol.orig_type == INT:
        # To C, a zero in front would make it octal.
        return text if re.fullmatch(r"0|-?[1-9][0-9]{0,19}", text) else None
    return text if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}", text) else None


def number_of(symbol: Symbol, text: str) -> int:
    """The number that an int or hex value stands for."""
    return int(text, 16 if symbol.orig_type == HEX else 10)


def range_now(symbol: Symbol) -> Optional["tuple[str, str]"]:
    """The ends of the range that holds now, as the Kconfig files have them."""
    for low, high, condition in symbol.ranges:
        if kconfiglib.expr_value(condition):
            return low.str_value, high.str_value
    return None


def same_value(symbol: Symbol, one: str, other: str) -> bool:
    """Do two values, as kconfiglib has them, mean the same? 0x10 and 0X10 do."""
    if symbol.orig_type in (INT, HEX) and one and other:
        return number_of(symbol, one) == number_of(symbol, other)
    return one == other


def took_effect(symbol: Symbol, value: str) -> bool:
    """Does the configuration have the value that was asked for?"""
    return same_value(symbol, symbol.str_value, value)


def shown(symbol: Symbol) -> str:
    """The value as .config has it; empty where the option is not in there."""
    found = parse_line(symbol.config_string)
    return found[1] if found else ""


def shown_values(kconf: Kconfig) -> Dict[str, str]:
    """Every option that .config has, with its value there, in its order."""
    values = {symbol.name: shown(symbol) for symbol in kconf.unique_defined_syms}
    return {name: value for name, value in values.items() if value}


def text_values(text: str) -> Dict[str, str]:
    """The assignments in a file's text, the last of each; other lines count for nothing."""
    found = (parse_line(line) for line in text.splitlines())
    return dict(pair for pair in found if pair)


def place(item: "kconfiglib.Symbol | kconfiglib.Choice") -> str:
    """Where the Kconfig files define it, first."""
    node = item.nodes[0]
    return f"{node.filename}:{node.linenr}"


def prompts(item: "kconfiglib.Symbol | kconfiglib.Choice") -> List[kconfiglib.MenuNode]:
    """The places where a user can set it; none for one that follows from others."""
    return [node for node in item.nodes if node.prompt]


def nearest(kconf: Kconfig, name: str) -> Optional[str]:
    """The option that a misspelt name most likely means; capitals do not count."""
    import difflib

    names = {symbol.name.upper(): symbol.name for symbol in kconf.unique_defined_syms}
    return next((names[near] for near in difflib.get_close_matches(name.upper(), names, 1)), None)
