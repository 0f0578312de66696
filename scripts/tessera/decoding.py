# SPDX-License-Identifier: MIT
"""Finds the addresses of code in a log, and what line of the source each is (scripts/decode-trace).

Addresses are known by their form: 0x and 16 digits within the image's code, the RIP of a report,
and name+0x1c of a function. Where a call returns to is the line behind the call, or another
function: so the byte before it is looked up, except where the CPU itself was ("RIP=", "at 0x...").
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from .addr2line import addr2line, place_of
from .elf import Elf, ElfError
from .errors import Addr2lineMissing
from .symbol_table import functions_of

# Answered in a known way by every tool: the end of an answer. LLVM's say it as 0x0.
_NOTHING = "0x0000000000000000"
_NOTHING_SAID = re.compile(r"0x0+\n")
_BUILD = re.compile(r"\bbuild ([0-9a-f]{16})\b")
_PLACES = re.compile(r"RIP=(?P<rip>[0-9a-f]{16})\b|(?P<at>\bat )?0x(?P<address>[0-9a-f]{16})\b"
                     r"(?P<named> \S+\+0x[0-9a-f]+)?|\b(?P<name>[A-Za-z_][\w.]*)\+0x"
                     r"(?P<offset>[0-9a-f]+)\b")
_NOTE_HEAD, _BUILD_BYTES = 16, 8


class DecodeError(Exception):
    """The log cannot be decoded; the text is a sentence with the mend."""


class Line(NamedTuple):
    """A place in the source; of those that an address has, the innermost comes first."""

    place: str
    function: str


class Lines:
    """Asks a tool that is kept running."""

    def __init__(self, elf: Path) -> None:
        try:
            command = addr2line(elf, functions=True)
        except Addr2lineMissing as problem:
            raise DecodeError(str(problem)) from None
        self._process = subprocess.Popen(command, text=True, stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                         bufsize=1)
        self._known: Dict[int, List[Line]] = {}

    def close(self) -> None:
        """End the tool."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.wait()

    def at(self, address: int) -> List[Line]:
        """The lines of an address, none where the tool knows none."""
        if address not in self._known:
            self._known[address] = self._ask(address)
        return self._known[address]

    def _ask(self, address: int) -> List[Line]:
        asked, told = self._process.stdin, self._process.stdout
        assert asked and told
        try:
            asked.write(f"{address:#x}\n{_NOTHING}\n")
            asked.flush()
        except OSError:
            raise DecodeError(f"{self._process.args[0]} has ended") from None
        answer: List[str] = []
        while True:
            line = told.readline()
            if not line:
                raise DecodeError(f"{self._process.args[0]} has ended")
            if _NOTHING_SAID.fullmatch(line):
                break
            answer.append(line.strip())
        for _ in range(2):  # what it says of nothing
            told.readline()
        pairs = zip(answer[1::2], map(place_of, answer[2::2]))
        return [Line(place, function) for function, place in pairs if place]


class Image:
    """What has to be known of an .elf."""

    def __init__(self, path: Path) -> None:
        try:
            elf = Elf(path)
            functions, self.end = functions_of(elf)
        except OSError as error:
            raise DecodeError(f"{path} cannot be read: {error.strerror}; build it, or name another "
                              "one by --elf FILE or O=FOLDER") from None
        except ElfError as error:
            raise DecodeError(str(error)) from None
        self.path = path
        self.start = functions[0].address
        ends = [one.address for one in functions[1:]] + [self.end]
        self._functions: Dict[str, List[range]] = {}
        for one, end in zip(functions, ends):
            self._functions.setdefault(one.name, []).append(range(one.address, end + 1))
        self.build = self._read_build(elf)

    @staticmethod
    def _read_build(elf: Elf) -> Optional[str]:
        mark = next((one for one in elf.symbols() if one.name == "build_id_start"), None)
        if mark is None:
            return None
        section = elf.sections[mark.section]
        at = mark.address - section.address + _NOTE_HEAD
        return elf.contents(section)[at:at + _BUILD_BYTES].hex()

    def has(self, address: int) -> bool:
        """Is it an address of code?"""
        return self.start <= address <= self.end

    def find(self, name: str, offset: int) -> List[int]:
        """The addresses that a name and an offset may be: static functions share names."""
        return [one.start + offset for one in self._functions.get(name, ())
                if one.start + offset in one]


class Decoder:
    """Takes a log line by line."""

    def __init__(self, elf: Path) -> None:
        self._image = Image(elf)
        self._lines = Lines(elf)
        self._is_ours = True
        self.others: List[str] = []  # builds that were told and are not this one

    def close(self) -> None:
        """End what was begun."""
        self._lines.close()

    def feed(self, line: str) -> List[str]:
        """What is to be said below a line of the log."""
        build = _BUILD.search(line)
        if build:
            return self._begin(build[1])
        if not self._is_ours:
            return []
        return [text for match in _PLACES.finditer(line) for text in self._tell(match)]

    def _begin(self, build: str) -> List[str]:
        ours = self._image.build
        self._is_ours = build == ours
        if self._is_ours or build in self.others:
            return []
        self.others.append(build)
        which = f"is build {ours}" if ours else "has no build id (it is built without BACKTRACE)"
        return [f"(decode-trace: this is of build {build}, but {self._image.path} {which}: the "
                "lines would be wrong; give the .elf that ran by --elf FILE)"]

    def _tell(self, match: "re.Match[str]") -> List[str]:
        if match["name"]:
            addresses = self._image.find(match["name"], int(match["offset"], 16))
        else:
            addresses = [int(match["rip"] or match["address"], 16)]
        is_return = not (match["rip"] or match["at"])
        return [text for address in addresses if self._image.has(address)
                for text in self._describe(address - is_return)]

    def _describe(self, address: int) -> List[str]:
        lines = self._lines.at(address)
        return [f"        {one.place} in {one.function}"
                f"{', inlined' if one is not lines[-1] else ''}" for one in lines]
