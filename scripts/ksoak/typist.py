# SPDX-License-Identifier: MIT
"""What is typed, and the text that has to come of it, to the last character."""

from __future__ import annotations

import random
from typing import Callable, Dict, List, Mapping, Optional

from tessera.keys import strokes

ERASED = "\b \b"  # what a Backspace sends
LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789,._-+"
COLORS = "white red green blue cyan yellow magenta".split()
# Their answers are learnt at the beginning and stay what they are: `info` and `heap` tell of
# memory, so that anything that is lost on the way is seen in the next of them.
LEARNT = ("help", "info", "heap", "heap check", "page ffffffff80000000", "draw", "color violet")


def echo(choose: random.Random) -> "tuple[str, str]":
    """A text and the same text."""
    words = "".join(choose.choice(LETTERS) for _ in range(choose.randrange(5, 50)))
    return f"echo {words}", words + "\n"


def drawing(choose: random.Random) -> "tuple[str, str]":
    """A shape anywhere, in part or wholly outside; it says nothing."""
    x, y, other_x, other_y = (choose.randrange(-300, 1500) for _ in range(4))
    size = choose.randrange(700)
    color = choose.choice(COLORS)
    return choose.choice([
        f"draw rect {x} {y} {size} {size // 2} {color}", f"draw circle {x} {y} {size} {color}",
        f"draw line {x} {y} {other_x} {other_y} {color}", f"screenfill {color}", f"color {color}",
    ]), ""


def unknown(choose: random.Random) -> "tuple[str, str]":
    """No command of any kernel."""
    word = "x" + "".join(choose.choice("qxz") for _ in range(choose.randrange(3, 20)))
    return word, f"Unknown command: {word}\nType 'help' for available commands.\n"


class Typist:
    """Types lines without end, and knows what the serial line has to say to each.

    What comes is held against that at once; the first character that differs ends it.
    """

    def __init__(self, learnt: Mapping[str, str], seed: int = 1) -> None:
        self._choose = random.Random(seed)
        self._learnt: Dict[str, str] = dict(learnt)
        self.wanted = ""  # from what is typed, and not seen yet
        self._answer = 0  # characters behind the last line
        self._seen = ""  # the last that was right, to show
        self.lines = 0
        self.events = 0  # presses and releases
        self.fault: Optional[str] = None

    def line(self) -> List[List[str]]:
        """The strokes of the next line; a stroke is the keys that are held together."""
        kinds: List[Callable[[random.Random], "tuple[str, str]"]] = [
            echo, echo, drawing, drawing, unknown, self._learnt_one]
        line, answer = self._choose.choice(kinds)(self._choose)
        typed = line
        if self._choose.random() < 0.2:  # a slip, taken back
            at = self._choose.randrange(len(line))
            typed = line[:at] + "Q\b" + line[at:]
        self.wanted += typed.replace("\b", ERASED) + f"\n{answer}> "
        self._answer = len(answer) + len("> ")
        self.lines += 1
        wanted = [[key for key, is_down in one if is_down] for one in strokes(typed + "\n")]
        self.events += 2 * sum(map(len, wanted))
        return wanted

    def _learnt_one(self, choose: random.Random) -> "tuple[str, str]":
        line = choose.choice(sorted(self._learnt))
        return line, self._learnt[line]

    def hear(self, text: str) -> bool:
        """What came: True where it is what had to come, as all before it."""
        if self.fault:
            return False
        if not self.wanted.startswith(text):
            same = next((at for at, (one, other) in enumerate(zip(text, self.wanted))
                         if one != other), min(len(text), len(self.wanted)))
            self.fault = (f"after {(self._seen + text[:same])[-60:]!r}: said "
                          f"{text[same:same + 80]!r}, must be {self.wanted[same:same + 80]!r}")
            return False
        self.wanted = self.wanted[len(text):]
        self._seen = (self._seen + text)[-200:]
        return True

    @property
    def is_read(self) -> bool:
        """The last line's end was echoed: only its answer is owed."""
        return len(self.wanted) <= self._answer

    @property
    def owed(self) -> int:
        """Characters that have not come yet."""
        return len(self.wanted)
