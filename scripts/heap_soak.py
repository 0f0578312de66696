# SPDX-License-Identifier: MIT
"""Random operations on the heaps, held against a model (`make heapsoak OPS=1000000000`).

tests/soak/heap.c is compiled as the kernel is, without sanitizers, so that a thousand million
operations take minutes. Heaps run side by side, as many as there are CPUs.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import List

from kbench.host import FLAGS
from tessera.hostbuild import ROOT, HostBuild, HostBuildError, pure_modules

SOURCE = Path("tests/soak/heap.c")
FLOORS = ("lib", "mm")
NAME = re.compile(r'\.name = "(\w+)"')
STATUS_USAGE = 2


def heaps() -> List[str]:
    """The allocators by their names: each mm/heap_X.c with a table of functions."""
    found = []
    for path in sorted((ROOT / "mm").glob("heap_*.c")):
        text = path.read_text(encoding="utf-8")
        if "HEAP_ALLOCATOR(" in text:
            found += NAME.findall(text)
    return found


def build(out: Path, compiler: str = "gcc") -> Path:
    """The program."""
    maker = HostBuild(out, compiler, FLAGS, link_flags=())
    sources = [module.source for module in pure_modules() if module.source.parts[0] in FLOORS]
    sources.append(SOURCE)
    return maker.link([maker.compile(source) for source in sources], "heap")


def soak(program: Path, heap: str, operations: int, seed: int) -> bool:
    """One heap; tells how it went."""
    done = subprocess.run([str(program), heap, str(operations), str(seed)], text=True, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    told = done.stdout.strip()
    print(told or f"{heap}: ended with status {done.returncode}", flush=True)
    return done.returncode == 0


def number(word: str, text: str, least: int) -> int:
    """What a word of make's command line says; ValueError, and how it is to be."""
    if not text.isdecimal() or int(text) < least:
        raise ValueError(f"{word}={text}: it is a whole number from {least} on")
    return int(text)


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build/soak"))
    parser.add_argument("--operations", default="10000000")
    parser.add_argument("--seed", default="1")
    parser.add_argument("heaps", nargs="*", help="all where none is named")
    options = parser.parse_args()
    try:
        operations = number("OPS", options.operations, 1)
        seed = number("SEED", options.seed, 0)
    except ValueError as problem:
        print(f"heapsoak: {problem}", file=sys.stderr)
        return STATUS_USAGE
    unknown = set(options.heaps) - set(heaps())
    if unknown:
        print(f"heapsoak: there is no heap {unknown.pop()}; there are {', '.join(heaps())}",
              file=sys.stderr)
        return STATUS_USAGE
    try:
        program = build(options.output)
    except HostBuildError as problem:
        print(f"heapsoak: it did not build\n{problem}", file=sys.stderr)
        return STATUS_USAGE
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        went = list(pool.map(lambda heap: soak(program, heap, operations, seed),
                             options.heaps or heaps()))
    return 0 if all(went) else 1


if __name__ == "__main__":
    sys.exit(main())
