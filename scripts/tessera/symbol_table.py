# SPDX-License-Identifier: MIT
"""The table of the functions' names that is in an image (option SYMBOLS).

kernel/backtrace/symbol_table.h says what is where in it.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from typing import Dict, Iterator, List, NamedTuple, Sequence, Tuple

from .elf import STT_FUNC, STT_NOTYPE, Elf, ElfError

_HEADER = struct.Struct("<QIHBB")
_STEP = 16
_KEPT_MAX, _CODES_MORE = 15, 15
_NAME_MAX = 63
# A pair must be there so often to be worth a token, of at most so many letters.
_PAIR_MIN, _LETTERS_MAX = 3, 24
_CODES = 256
_FIRST_TOKEN = 0x100  # as a character, while the table is made
# What a compiler puts behind the name of a function that it has changed as a whole.
_CLONE = re.compile(r"\.(constprop|isra|lto_priv)\.\d+")
# The linker script's own marks.
_MARKS = ("text_start", "text_end")


class Function(NamedTuple):
    """Where a function begins, and its name as the source has it."""

    address: int
    name: str


def functions_of(elf: Elf) -> Tuple[List[Function], int]:
    """The functions of an image by address, one for each, and where the code ends."""
    text = next((index for index, one in enumerate(elf.sections) if one.name == ".text"), None)
    if text is None:
        raise ElfError(f"{elf.path} has no code")
    found: Dict[int, Tuple[bool, int, str]] = {}
    for symbol in elf.symbols():
        if symbol.section != text or symbol.name in _MARKS or symbol.type not in (
                STT_FUNC, STT_NOTYPE):
            continue
        # Of several names of one place that of a function counts, then the shortest.
        rank = (symbol.type != STT_FUNC, len(symbol.name), symbol.name)
        if symbol.address not in found or rank < found[symbol.address]:
            found[symbol.address] = rank
    section = elf.sections[text]
    return ([Function(address, _CLONE.sub("", rank[2])[:_NAME_MAX])
             for address, rank in sorted(found.items())], section.address + section.size)


# ---- Making -----------------------------------------------------------------


def _kept(before: str, name: str) -> int:
    """How many letters of the name before a name begins with."""
    count = 0
    while count < min(len(before), len(name), _KEPT_MAX) and before[count] == name[count]:
        count += 1
    return count


def _make_tokens(text: str) -> Tuple[str, List[str]]:
    """Replace what is frequent in the text, pair by pair; the text and the pairs."""
    room = _CODES - len(set(text) - {"\n"})
    lengths: Dict[str, int] = {}
    pairs: List[str] = []
    while len(pairs) < room:
        counts = Counter(map("".join, zip(text, text[1:])))
        best = max(((count, pair) for pair, count in counts.items() if "\n" not in pair
                    and sum(lengths.get(code, 1) for code in pair) <= _LETTERS_MAX),
                   default=(0, ""))
        if best[0] < _PAIR_MIN:
            break
        token = chr(_FIRST_TOKEN + len(pairs))
        lengths[token] = sum(lengths.get(code, 1) for code in best[1])
        pairs.append(best[1])
        text = text.replace(best[1], token)
    return text, pairs


def _number(value: int) -> bytes:
    """In groups of 7 bits."""
    groups = bytearray()
    while value >= 0x80:
        groups.append(value & 0x7f | 0x80)
        value >>= 7
    return bytes([*groups, value])


def _distance(value: int) -> bytes:
    return _number(value * 2 + 1 if value % _STEP else value // _STEP * 2)


def encode(functions: Sequence[Function], end: int) -> bytes:
    """The table."""
    if not functions:
        raise ElfError("there is no function to name")
    kept = [_kept(before.name, one.name)
            for before, one in zip([Function(0, ""), *functions], functions)]
    text, pairs = _make_tokens("\n".join(one.name[count:]
                                         for one, count in zip(functions, kept)))
    letters = sorted(set("".join([text, *pairs])) - {"\n"} -
                     {chr(_FIRST_TOKEN + index) for index in range(len(pairs))})
    codes = {letter: len(pairs) + index for index, letter in enumerate(letters)}
    codes.update((chr(_FIRST_TOKEN + index), index) for index in range(len(pairs)))
    table = _HEADER.pack(functions[0].address, end - functions[0].address, len(functions),
                         len(pairs), len(letters))
    table += bytes(codes[code] for pair in pairs for code in pair)
    table += "".join(letters).encode("ascii")
    address = functions[0].address
    for one, count, rest in zip(functions, kept, text.split("\n")):
        length = len(rest)
        table += _distance(one.address - address)
        table += bytes([count << 4 | min(length, _CODES_MORE)])
        table += bytes([length - _CODES_MORE]) if length >= _CODES_MORE else b""
        table += bytes(codes[code] for code in rest)
        address = one.address
    return table


# ---- Reading ----------------------------------------------------------------


class _Reader:
    """Takes a table apart, byte by byte."""

    def __init__(self, table: bytes) -> None:
        base, _, self.count, tokens, letters = _HEADER.unpack_from(table)
        self.address, self._table = base, table
        at = _HEADER.size
        self._pairs = [table[at + 2 * index:at + 2 * index + 2] for index in range(tokens)]
        self._letters = table[at + 2 * tokens:at + 2 * tokens + letters].decode("ascii")
        self._at = at + 2 * tokens + letters

    def _byte(self) -> int:
        self._at += 1
        return self._table[self._at - 1]

    def _number(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7f) << shift
            shift += 7
            if not byte & 0x80:
                return number

    def _spell(self, code: int) -> str:
        if code < len(self._pairs):
            return "".join(map(self._spell, self._pairs[code]))
        return self._letters[code - len(self._pairs)]

    def functions(self) -> Iterator[Function]:
        """All of them."""
        name = ""
        for _ in range(self.count):
            number = self._number()
            self.address += number >> 1 if number & 1 else (number >> 1) * _STEP
            byte = self._byte()
            length = byte & 15
            length += self._byte() if length == _CODES_MORE else 0
            name = name[:byte >> 4] + "".join(self._spell(self._byte()) for _ in range(length))
            yield Function(self.address, name)


def decode(table: bytes) -> List[Function]:
    """The functions that a table has."""
    try:
        return list(_Reader(table).functions())
    except (struct.error, IndexError, RecursionError, UnicodeDecodeError):
        raise ElfError("the table of names is damaged") from None


def table_of(elf: Elf) -> bytes:
    """The table in an image."""
    marks = {symbol.name: symbol for symbol in elf.symbols()
             if symbol.name in ("symbols_start", "symbols_end")}
    if len(marks) != 2:
        raise ElfError(f"{elf.path} has no table of names: it is built without SYMBOLS")
    start, end = marks["symbols_start"], marks["symbols_end"]
    section = elf.sections[start.section]
    return elf.contents(section)[start.address - section.address:end.address - section.address]
