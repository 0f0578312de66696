# SPDX-License-Identifier: MIT
"""Runs the benchmarks and shows what they cost (`make bench`).

On the host the PURE modules are compiled as the kernel is and measured against the C library's
memset and against plain per-pixel code, in turns.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import List

from kbench import host
from kbench.errors import BenchError
from kbench.figures import Figure, add_instructions, from_times
from kbench.table import table


def on_host(options: argparse.Namespace) -> List[Figure]:
    """The figures of this machine."""
    program = host.build(options.output / "host")
    figures = from_times("host", host.run(program, options.rounds, options.name))
    counts = host.instructions(program, options.name) if options.callgrind else {}
    add_instructions(figures, counts)
    if options.callgrind and not counts:
        print("valgrind is missing, so instructions are not counted on the host")
    return figures


def main() -> int:
    """Run what is asked for, tell it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build/bench"))
    parser.add_argument("--rounds", type=int, default=21, help="of each way, by wall clock")
    parser.add_argument("--name", help="one benchmark alone")
    parser.add_argument("--no-callgrind", dest="callgrind", action="store_false")
    options = parser.parse_args()
    try:
        print(table(on_host(options)))
    except BenchError as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
