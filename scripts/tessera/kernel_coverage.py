# SPDX-License-Identifier: MIT
"""Which lines of the kernel ran in QEMU: an unmodified image, watched from outside.

QEMU translates a block of code just before it runs for the first time, and `-d in_asm` writes down
each instruction that it translates. addr2line says which line an instruction belongs to. The image
needs no counters, no way to get them out, and is the one that users boot. What this cannot tell:
branches, and how often a line ran; and a line counts as soon as one of its instructions does.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Callable, Dict, Iterable, List, Set

from tessera.addr2line import addr2line, place_of
from tessera.qemu import Machine

# Of a file's lines, by number: did any of its instructions run?
Lines = Dict[int, bool]
ADDRESSES_A_CALL = 2000


def watch(image: Path, log: Path, session: Callable[[Machine], None]) -> Set[int]:
    """Boot an image, do something with it; the addresses of all instructions that ran."""
    with Machine(image, debug_exit=True, extra=["-d", "in_asm", "-D", str(log)]) as machine:
        session(machine)
    found = re.findall(r"^0x([0-9a-f]+):", log.read_text(errors="replace"), re.MULTILINE)
    log.unlink()
    return {int(digits, 16) for digits in found}


def instructions(elf: Path) -> List[int]:
    """The addresses of all instructions of an image."""
    done = subprocess.run(["objdump", "-d", "--no-show-raw-insn", str(elf)], text=True,
                          stdout=subprocess.PIPE, check=True)
    return [int(digits, 16) for digits in re.findall(r"^ *([0-9a-f]+):\t", done.stdout,
                                                     re.MULTILINE)]


def places(elf: Path, addresses: List[int]) -> Iterable[str]:
    """FILE:LINE of each address, or nothing."""
    for start in range(0, len(addresses), ADDRESSES_A_CALL):
        some = addresses[start:start + ADDRESSES_A_CALL]
        done = subprocess.run(addr2line(elf), text=True, check=True, stdout=subprocess.PIPE,
                              input="\n".join(map(hex, some)))
        yield from map(place_of, done.stdout.splitlines())


def lines_of(elf: Path, ran: Set[int]) -> Dict[str, Lines]:
    """The lines of each source that have instructions, and whether these ran."""
    files: Dict[str, Lines] = {}
    addresses = instructions(elf)
    for address, place in zip(addresses, places(elf, addresses)):
        found = re.match(r"([^?:]+\.c):(\d+)", place)
        if found:
            lines = files.setdefault(found.group(1), {})
            number = int(found.group(2))
            lines[number] = lines.get(number, False) or address in ran
    return files


def join(all_files: Iterable[Dict[str, Lines]]) -> Dict[str, Lines]:
    """Lines of several images of the same sources: one that ran in any of them ran."""
    joined: Dict[str, Lines] = {}
    for files in all_files:
        for name, lines in files.items():
            own = joined.setdefault(name, {})
            for number, ran in lines.items():
                own[number] = own.get(number, False) or ran
    return joined


def as_gcovr(files: Dict[str, Lines]) -> dict:
    """The same in the form in which gcovr reads figures of others."""
    return {"gcovr/format_version": "0.3", "files": [
        {"file": name, "functions": [], "lines": [
            {"line_number": number, "count": int(ran), "branches": [], "gcovr/noncode": False,
             "gcovr/excluded": False}
            for number, ran in sorted(lines.items())]}
        for name, lines in sorted(files.items())]}
