# SPDX-License-Identifier: MIT
"""Single bytes of what the loader tells the kernel, made wrong: each boot must work or explain.

The kernel stands at its first instruction, one byte of the loader's information is changed at
random, and it goes on. It works where it reaches its prompt, answers, and has no more memory than
the machine.
"""

from __future__ import annotations

import random
import re
import struct
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

from tessera.errors import MachineError
from tessera.gdb import GdbRemote
from tessera.image import Image

from .expected import GOES_ON
from .provoke import PROCESSOR, REPORT, await_end
from .snapshot import Snapshot

MEMORY_MIB = 64
TIMEOUT_S = 30.0  # a boot takes a tenth of a second
LINE = "fault=none x=1"
WRONG = "wrong result"
_PVH_BYTES, _PVH_ENTRY_BYTES = 56, 24

Places = List[Tuple[str, int, int]]  # name, address, bytes


class Trial(NamedTuple):
    """One byte, and what came of it."""

    place: str
    offset: int
    flip: int
    end: str
    said: str

    @property
    def told(self) -> str:
        """In one line."""
        return f"{self.place}, byte {self.offset} turned by {self.flip:#x}: {self.end}"

    @property
    def is_good(self) -> bool:
        """Correct work, or a report."""
        return self.end in (GOES_ON, REPORT)


class Loader(NamedTuple):
    """A way to be loaded, and where it keeps its information."""

    name: str
    entry: str
    places: Callable[[GdbRemote], Places]


def _pvh_places(gdb: GdbRemote) -> Places:
    base = gdb.read_register("rbx")
    fields = gdb.read_memory(base, _PVH_BYTES)
    line, table, count = (struct.unpack_from("<Q", fields, at)[0] for at in (24, 40, 48))
    return [("start info", base, _PVH_BYTES), ("command line", line, len(LINE) + 1),
            ("memory map", table, (count & 0xFFFFFFFF) * _PVH_ENTRY_BYTES)]


def _multiboot2_places(gdb: GdbRemote) -> Places:
    base = gdb.read_register("rbx")
    size = int.from_bytes(gdb.read_memory(base, 4), "little")
    return [("information", base, size)]


PVH = Loader("PVH", "pvh_start", _pvh_places)
MULTIBOOT2 = Loader("Multiboot2", "_start", _multiboot2_places)
LOADERS = (PVH, MULTIBOOT2)


def changes(places: Places, seed: int) -> "Iterator[Tuple[str, int, int, int]]":
    """Place, its address, offset and the bits to turn; without end, the same for a seed."""
    numbers = random.Random(seed)
    total = sum(size for _name, _address, size in places)
    while True:
        at = numbers.randrange(total)
        flip = numbers.choice([1 << numbers.randrange(8), numbers.randrange(1, 256)])
        for name, address, size in places:
            if at < size:
                yield name, address, at, flip
                break
            at -= size


def _judge(snapshot: Snapshot, start: int) -> str:
    """How a boot ended."""
    machine = snapshot.machine
    end = await_end(machine, start, TIMEOUT_S)
    if end != GOES_ON:
        return end
    free = re.search(r"^frames: .* \((\d+) KiB\)$", machine.serial_text[start:], re.MULTILINE)
    if free is None:
        return f"{WRONG}: nothing is said of the memory"
    if int(free[1]) > MEMORY_MIB * 1024:
        return f"{WRONG}: {free[1]} KiB of memory in {MEMORY_MIB} MiB"
    answer = machine.run_command("echo it works", timeout=20)
    return GOES_ON if answer == "it works\n" else f"{WRONG}: echo answers {answer!r}"


def _trial(snapshot: Snapshot, change: Tuple[str, int, int, int]) -> Trial:
    name, address, offset, flip = change
    snapshot.back()
    old = snapshot.gdb.read_memory(address + offset, 1)[0]
    snapshot.gdb.write_memory(address + offset, bytes([old ^ flip]))
    start = len(snapshot.machine.serial)
    snapshot.gdb.resume()
    try:
        end = _judge(snapshot, start)
    except MachineError as problem:
        end = f"{WRONG}: {str(problem).splitlines()[0]}"
    return Trial(name, offset, flip, end, snapshot.machine.serial_text[start:])


def snapshot_of(image: Image, folder: Path, loader: Loader, workdir: Path) -> Snapshot:
    """A kernel that was loaded so, at its first instruction."""
    is_pvh = loader is PVH
    line = ["-append", LINE] if is_pvh else []
    return Snapshot(image, folder / ("tessera.elf" if is_pvh else "tessera.iso"), loader.entry,
                    workdir, f"{MEMORY_MIB}M", [*line, *PROCESSOR])


def corruptions(image: Image, folder: Path, loader: Loader, workdir: Path, count: int,
                seed: int) -> "Iterator[Trial]":
    """So many bytes, one a boot. A machine that has ended is followed by another one."""
    left = count
    todo: "Optional[Iterator[Tuple[str, int, int, int]]]" = None
    while left:
        with snapshot_of(image, folder, loader, workdir) as snapshot:
            todo = todo or changes(loader.places(snapshot.gdb), seed)
            while left and snapshot.machine.running:
                yield _trial(snapshot, next(todo))
                left -= 1


def counts(trials: "List[Trial]") -> Dict[str, int]:
    """How many ended how."""
    ends: Dict[str, int] = {}
    for trial in trials:
        end = trial.end.split(":")[0]
        ends[end] = ends.get(end, 0) + 1
    return ends
