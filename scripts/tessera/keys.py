# SPDX-License-Identifier: MIT
"""Which keys of a US keyboard make which character, in QEMU's names (qcodes).

A stroke is a list of (qcode, down): all that one character needs, presses and releases.
"""

from __future__ import annotations

from typing import Dict, List, Tuple

from .layouts import US, keys_of

KeyEvent = Tuple[str, bool]
Stroke = List[KeyEvent]

_PLAIN: Dict[str, str] = {
    " ": "spc", "\n": "ret", "\r": "ret", "\b": "backspace", "\x7f": "backspace",
    "\t": "tab", "\x1b": "esc",
    "-": "minus", "=": "equal", "[": "bracket_left", "]": "bracket_right",
    ";": "semicolon", "'": "apostrophe", "`": "grave_accent", "\\": "backslash",
    ",": "comma", ".": "dot", "/": "slash",
}
_PLAIN.update({char: char for char in "abcdefghijklmnopqrstuvwxyz0123456789"})

_SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', "1234567890-=[];'`\\,./"))
_SHIFTED.update({char.upper(): char for char in "abcdefghijklmnopqrstuvwxyz"})


class NoSuchKey(ValueError):
    """No key of a US keyboard makes this character."""

    def __init__(self, char: str) -> None:
        super().__init__(f"no key of a US keyboard makes {describe(char)}")
        self.char = char


def describe(char: str) -> str:
    """A character for a message: as itself where it can be seen, and by number always."""
    if 0xDC80 <= ord(char) <= 0xDCFF:  # a byte that is not UTF-8, by surrogateescape
        return f"the byte 0x{ord(char) - 0xDC00:02x}"
    number = f"U+{ord(char):04X}"
    return f"'{char}' ({number})" if char.isprintable() else number


def press(qcode: str, *modifiers: str) -> Stroke:
    """Press and release one key while the modifiers are held."""
    events: Stroke = [(name, True) for name in modifiers]
    events += [(qcode, True), (qcode, False)]
    events += [(name, False) for name in reversed(modifiers)]
    return events


def stroke(char: str, layout: str = US) -> Stroke:
    """What to press for one character; NoSuchKey where there is nothing."""
    if layout != US and char.isprintable() and char != " ":
        if char not in keys_of(layout):
            raise NoSuchKey(char)
        qcode, held = keys_of(layout)[char]
        return press(qcode, *held)
    if char in _PLAIN:
        return press(_PLAIN[char])
    if char in _SHIFTED:
        return press(_PLAIN[_SHIFTED[char]], "shift")
    raise NoSuchKey(char)


def strokes(text: str, layout: str = US) -> List[Stroke]:
    """What to press for a text. Raises before anything is typed, not halfway."""
    return [stroke(char, layout) for char in text]
