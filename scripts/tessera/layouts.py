# SPDX-License-Identifier: MIT
"""Which keys make which character where the kernel begins with another layout than the US one.

The kernel's own tables are read (drivers/input/key_layout.h says how they are written), so that
there is one place for what is on a key.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Tuple

from .config import Config

_FOLDER = Path(__file__).resolve().parents[2] / "drivers/input/layouts"
_KEYS = ["grave_accent", *"1234567890", "minus", "equal", *"qwertyuiop", "bracket_left",
         "bracket_right", *"asdfghjkl", "semicolon", "apostrophe", "backslash", "less",
         *"zxcvbnm", "comma", "dot", "slash"]
# What is held for each level; Caps Lock and the keys of every layout stay out of it.
_HELD: List[Tuple[str, ...]] = [(), ("shift",), ("alt_r",), ("shift", "alt_r")]
US = "us"

Keys = Dict[str, Tuple[str, Tuple[str, ...]]]  # of a character: the key, and what is held with it


def layout_of(config: Config) -> str:
    """The one that a kernel's keyboard has until somebody chooses another."""
    return next((name[len("KEYBOARD_STARTS_"):].lower() for name, value in config.items()
                 if name.startswith("KEYBOARD_STARTS_") and value), US)


@lru_cache(maxsize=None)
def keys_of(layout: str) -> Keys:
    """The characters of a layout but the US one, each by the least that has to be held."""
    text = (_FOLDER / f"{layout}.c").read_text(encoding="utf-8")
    body = text[text.index(".levels"):text.index("};")]
    found: Keys = {}
    for level, part in enumerate(re.split(r",\n", body)):
        row = "".join(ast.literal_eval(word) for word in re.findall(r'"(?:[^"\\]|\\.)*"', part))
        for key, char in zip(_KEYS, row):
            if char != " ":
                found.setdefault(char, (key, _HELD[level]))
    return found
