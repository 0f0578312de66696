# SPDX-License-Identifier: MIT
"""Finds the places of a C source that can be changed mechanically.

It knows C only as far as the house's style fixes it: clang-format puts blanks around binary
operators and none behind unary ones, a function's body lies between a brace in the first column
and the next one. What it gets wrong does not compile, and then does not count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Tuple

# Comments, strings and characters: nothing is changed in those.
_OPAQUE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*|\b(?:static_assert|__asm__)\b[^;]*;",
                        re.MULTILINE)
_BODY = re.compile(r"^\{\n.*?^\}", re.MULTILINE | re.DOTALL)

_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
_OPERATORS = {"+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "<<": ">>", ">>": "<<", "&": "|",
              "|": "&", "^": "|", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "|=": "&=",
              "&=": "|=", "<<=": ">>=", ">>=": "<<=", "^=": "|="}
_LOGIC = {"&&": "||", "||": "&&"}

# A place: where it begins and ends in the text, and what stands there instead; @ in it is what
# stood there before.
Change = Tuple[int, int, str]


@dataclass(frozen=True)
class Mutant:
    """A change of one file."""

    path: Path
    kind: str
    start: int
    end: int
    text: str

    def apply(self, source: str) -> str:
        """The changed source."""
        return source[:self.start] + self.text + source[self.end:]

    def line(self, source: str) -> int:
        """The number of the line in which it begins."""
        return source.count("\n", 0, self.start) + 1


def _blank(found: "re.Match[str]") -> str:
    """As long, with the same lines, and nothing in it that a pattern would find."""
    return re.sub(r"[^\n]", "@", found.group())


def _code(source: str) -> str:
    """The source with everything blanked out that is not to be changed; as long as it was."""
    return _DIRECTIVE.sub(_blank, _OPAQUE.sub(_blank, source))


def _binary(table: Dict[str, str]) -> Callable[[str], Iterator[Change]]:
    """Operators with a blank on each side (a line's end counts as one)."""
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    pattern = re.compile(rf"(?<=[\s])({words})(?=\s)")

    def find(code: str) -> Iterator[Change]:
        for found in pattern.finditer(code):
            yield found.start(), found.end(), table[found.group()]

    return find


def _steps(code: str) -> Iterator[Change]:
    """++ and --."""
    for found in re.finditer(r"\+\+|--", code):
        yield found.start(), found.end(), "--" if found.group() == "++" else "++"


def _arithmetic(code: str) -> Iterator[Change]:
    yield from _binary(_OPERATORS)(code)
    yield from _steps(code)


def _constants(code: str) -> Iterator[Change]:
    """A number becomes the next one."""
    for found in re.finditer(r"(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)(?![\w.])", code):
        digits, suffix = found.groups()
        more = int(digits, 0) + 1
        yield found.start(), found.end(), (hex(more) if digits[:2] in ("0x", "0X")
                                           else str(more)) + suffix


def _signs(code: str) -> Iterator[Change]:
    """A minus before its operand goes; a decrement is none."""
    for found in re.finditer(r"(?<![-\w)\]])-(?=[\w(])(?!>)", code):
        yield found.start(), found.end(), ""


def _statements(code: str) -> Iterator[Change]:
    """A statement of its own line, or lines, goes: calls, assignments, break, continue."""
    for found in re.finditer(r"^\t+((?!return\b|goto\b|else\b|do\b|case\b|default\b|@)[^\s{}#;]"
                             r"[^;{}]*);$", code, re.MULTILINE):
        words = found.group(1)
        if words.count("(") != words.count(")") or re.match(
                r"(if|for|while|switch)\b|(?:[\w]+ )+\*?\w+(\[.*\])?(,|$)", words):
            continue
        yield found.start(1), found.end(1), ""


def _matching(code: str, at: int) -> int:
    """Where the parenthesis that opens at a place closes."""
    depth = 0
    for place in range(at, len(code)):
        depth += {"(": 1, ")": -1}.get(code[place], 0)
        if depth == 0:
            return place
    return len(code)


def _conditions(code: str) -> Iterator[Change]:
    """The condition of an if or a while is turned round: its opening parenthesis tells where."""
    for found in re.finditer(r"\b(?:if|while) \(", code):
        start = found.end() - 1
        yield start, _matching(code, start) + 1, "(!@)"


# The kinds, and whether they apply outside functions, to tables and enumerations, too.
_KINDS: Dict[str, Tuple[Callable[[str], Iterator[Change]], bool]] = {
    "comparison": (_binary(_COMPARISONS), False),
    "constant": (_constants, True),
    "sign": (_signs, False),
    "operator": (_arithmetic, False),
    "statement": (_statements, False),
    "condition": (_conditions, False),
    "logic": (_binary(_LOGIC), False),
}


def kinds() -> List[str]:
    """The names of all kinds."""
    return list(_KINDS)


def find_mutants(path: Path, source: str) -> List[Mutant]:
    """All mutants of a file, in the order of the text."""
    code = _code(source)
    bodies = [(found.start(), found.end()) for found in _BODY.finditer(code)]
    found = []
    for kind, (find, everywhere) in _KINDS.items():
        for start, end, text in find(code):
            # The condition goes in as it was: strings are blank in the code.
            text = text.replace("@", source[start:end])
            if everywhere or any(begin < start < stop for begin, stop in bodies):
                found.append(Mutant(path, kind, start, end, text))
    return sorted(found, key=lambda mutant: (mutant.start, mutant.kind, mutant.text))
