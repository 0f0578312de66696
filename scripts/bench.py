# SPDX-License-Identifier: MIT
"""Runs the benchmarks and shows what they cost (`make bench`).

In the kernel, in QEMU: instructions, which repeat to the last digit, and times. On the host: the
PURE modules, compiled as the kernel is, against the C library's memset. Both against plain
per-pixel code, in turns. The figures are kept as OUT/bench.json; --base compares with such a file.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple

from kbench import bars, guest, host, places, saved
from kbench.errors import BenchError
from kbench.figures import (Figure, add_counts, add_memset_rate, add_seed_counts, from_counts,
                            from_times)
from kbench.places import Place
from kbench.table import LEGEND, table
from tessera.errors import QEMU, QemuMissing

HOST_ROUNDS = 21
GUEST_ROUNDS = 5


def on_host(options: argparse.Namespace) -> List[Figure]:
    """The figures of this machine."""
    program = host.build(options.output / "host")
    is_counting = options.callgrind and shutil.which("valgrind") is not None
    if not is_counting and options.callgrind:
        print("valgrind is missing, so instructions are not counted on the host")
    figures: List[Figure] = []
    for place, only in wanted(places.HOSTS, options.name):
        run = host.run(program, options.rounds or HOST_ROUNDS, only, place.mode)
        found = from_times(place.name, run)
        if is_counting and not place.is_timed:
            names = [figure.name for figure in found]
            add_counts(found, host.instructions(program, names, place.mode))
        figures += found
        add_memset_rate(figures)
        print(table(place.name, found), flush=True)
    return figures


def in_guests(options: argparse.Namespace) -> List[Figure]:
    """The figures of each configuration. Plain code is counted in the first: it is the same."""
    if not shutil.which(QEMU):
        raise BenchError(str(QemuMissing()))
    figures: List[Figure] = []
    for place, only in wanted(places.GUESTS, options.name):
        kernel = guest.build(place, options.output / place.name)
        counted = guest.count(kernel, only,
                              ours_alone=place.group is not None and not place.tells_counts)
        if place.tells_counts:
            found = from_counts(place.name, counted)
        else:
            found = from_times(place.name,
                               guest.measure(kernel, options.rounds or GUEST_ROUNDS, only))
        add_counts(found, guest.instructions(counted))
        add_seed_counts(found, figures)
        figures += found
        print(table(place.name, found), flush=True)
    return figures


def wanted(all_places: Iterable[Place], name: Optional[str]
           ) -> Iterator[Tuple[Place, Optional[str]]]:
    """The places where there is something to run, and what."""
    for place in all_places:
        only = place.wanted(name)
        if only != "":
            yield place, only


def machine() -> Dict[str, str]:
    """What the figures were measured on."""
    told = {"cpu": platform.processor() or platform.machine(), "system": platform.platform()}
    for name, command in (("compiler", "gcc"), ("qemu", QEMU)):
        if shutil.which(command):
            done = subprocess.run([command, "--version"], text=True, stdout=subprocess.PIPE,
                                  stdin=subprocess.DEVNULL, check=False)
            told[name] = done.stdout.partition("\n")[0]
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        told["cpu"] = text.partition("model name\t: ")[2].partition("\n")[0] or told["cpu"]
    except OSError:
        pass
    return told


def measure(options: argparse.Namespace) -> List[Figure]:
    """What is asked for; both places where neither is."""
    both = options.host == options.guest
    figures = in_guests(options) if both or options.guest else []
    return figures + (on_host(options) if both or options.host else [])


def run(options: argparse.Namespace) -> int:
    """Measure, tell, keep, compare; the exit status."""
    base = saved.load(options.base) if options.base else None
    use_files({"HEAP_PEER": options.peer, "HEAP_TRACE": options.trace})
    figures = measure(options)
    print(LEGEND)
    options.output.mkdir(parents=True, exist_ok=True)
    saved.save(options.output / "bench.json", figures, machine())
    print(f"kept as {options.output / 'bench.json'}")
    is_worse = base is not None and is_worse_than(base, figures, options)
    missed = [kind for figure in figures for kind in figure.missed]
    print(bars.summary(missed))
    return 1 if is_worse or (options.bars and any(kind in bars.REPEATS for kind in missed)) else 0


def use_files(files: Dict[str, Optional[Path]]) -> None:
    """Let the host's program know of the user's files, and of none that are not named here."""
    for name, path in files.items():
        os.environ.pop(name, None)
        if path is None:
            continue
        if not path.is_file():
            raise BenchError(f"{path}: there is no such file")
        os.environ[name] = str(path.resolve())


def is_worse_than(base: Dict[str, Dict[str, Any]], figures: List[Figure],
                  options: argparse.Namespace) -> bool:
    """Show what has changed since a saved run; is something above the limit?"""
    changes = saved.compare(figures, base)
    if not changes:
        raise BenchError(f"BASE={options.base} has none of these benchmarks")
    print(f"\n{saved.table(changes, options.base_max)}")
    most = options.base_max or float("inf")
    return any(change.worst() > most for change in changes)


def arguments() -> argparse.Namespace:
    """What the user asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build/bench"))
    parser.add_argument("--host", action="store_true", help="the host alone")
    parser.add_argument("--guest", action="store_true", help="the kernel alone")
    parser.add_argument("--rounds", type=int, help="by wall clock; else as many as are usual")
    parser.add_argument("--name", help="one benchmark alone, or a group: text, lines")
    parser.add_argument("--base", type=Path, help="a bench.json to compare with")
    parser.add_argument("--base-max", type=float, help="status 1 where a cost is above so many "
                        "times the base's")
    parser.add_argument("--bars", action="store_true",
                        help="status 1 where a bar of instructions is missed")
    parser.add_argument("--peer", type=Path, help="another allocator beside the heaps, on the "
                        "host: a shared object with peer_init, peer_alloc and peer_free")
    parser.add_argument("--trace", type=Path, help="calls to replay on each heap, on the host: "
                        "lines 'a ID BYTES', 'r ID BYTES' and 'f ID'")
    parser.add_argument("--no-callgrind", dest="callgrind", action="store_false")
    return parser.parse_args()


def main() -> int:
    """Errors are sentences."""
    try:
        return run(arguments())
    except BenchError as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
