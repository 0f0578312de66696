# SPDX-License-Identifier: MIT
"""Reads a .config file, so that the host side knows what the kernel was built with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, Union

Value = Union[bool, int, str]

_SET = re.compile(r"CONFIG_(\w+)=(.*)")
_UNSET = re.compile(r"# CONFIG_(\w+) is not set")
_ESCAPED = re.compile(r"\\(.)")


class Config(Dict[str, Value]):
    """A mapping without the CONFIG_ prefix; y is True, n is False, hex is int.

    A symbol whose dependencies are off is not in the file at all. It reads as
    False, which is what every caller means by asking for it.
    """

    @classmethod
    def load(cls, path: Union[str, Path]) -> "Config":
        """Read the file as kconfig wrote it; lines of any other form are comments."""
        return cls.parse(Path(path).read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> "Config":
        """Read the text of a .config file."""
        config = cls()
        for line in text.splitlines():
            unset = _UNSET.fullmatch(line.strip())
            if unset:
                config[unset.group(1)] = False
                continue
            found = _SET.fullmatch(line.strip())
            if found:
                config[found.group(1)] = _value(found.group(2))
        return config

    @property
    def tells_steps(self) -> bool:
        """The log says each step of the boot: lines of information are built in."""
        return not (self["LOG_LEVEL_ERROR"] or self["LOG_LEVEL_WARNING"])

    def __missing__(self, name: str) -> Value:
        return False


def _value(text: str) -> Value:
    """One value: the quotes tell the string "1" from the number 1."""
    if text in ("y", "m"):
        return True
    if text == "n":
        return False
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return _ESCAPED.sub(r"\1", text[1:-1])
    try:
        return int(text, 0) if not re.fullmatch(r"0\d+", text) else int(text, 10)
    except ValueError:
        return text
