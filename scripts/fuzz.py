# SPDX-License-Identifier: MIT
"""Fuzzes what reads data from outside, and the heaps (`make fuzz SECONDS=n T=name`).

Each tests/fuzz/NAME.c is a libFuzzer target. It begins with the inputs of tests/fuzz/corpus/NAME/
and those that earlier runs found to be of interest (OUT/fuzz/corpus/NAME/), as many targets at a
time as there are cores. An input that fails is kept as OUT/fuzz/NAME-crash-...; once the fault is
mended, it belongs into tests/fuzz/corpus/NAME/, where `make tests` runs it for ever.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import List

from tessera.fuzzing import Bench, FuzzError, Limit, Outcome, targets


def share(seconds: float, count: int, cores: int) -> int:
    """Whole seconds for each of the targets, so that all together take so long."""
    rounds = -(-count // cores)
    return max(1, round(seconds / rounds))


def show(outcome: Outcome) -> None:
    """A line of the table; all that the target said where it is bad."""
    print(f"{outcome.name:14} {outcome.runs:>10,} {outcome.rate:>9,} {outcome.edges:>6}  "
          f"{'ok' if outcome.good else outcome.why}", flush=True)
    if not outcome.good:
        print(outcome.text.rstrip())
        if outcome.repeat:
            print(f"again: {outcome.repeat}", flush=True)


def run_all(bench: Bench, names: List[str], limit: Limit, cores: int) -> List[Outcome]:
    """Run the targets, as many at a time as there are cores; tell each when it ends."""
    print(f"{'target':14} {'runs':>10} {'a second':>9} {'edges':>6}  result", flush=True)

    def one(name: str) -> Outcome:
        outcome = bench.run(name, limit)
        show(outcome)
        return outcome

    with ThreadPoolExecutor(cores) as pool:
        return list(pool.map(one, names))


def main() -> int:
    """Build the targets, run them, sum up."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together")
    parser.add_argument("--runs", type=int, help="runs of each target, in place of a time")
    parser.add_argument("--seed", type=int, default=0, help="of the random inputs; 0: the time")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("names", nargs="*", help="targets; else all")
    options = parser.parse_args()
    known = targets()
    names = options.names or known
    strange = [name for name in names if name not in known]
    if strange:
        print(f"There is no target {strange[0]}; there are: {', '.join(known)}", file=sys.stderr)
        return 1
    bench = Bench(options.output / "fuzz", jobs=options.jobs)
    try:
        bench.build(names)
    except FuzzError as problem:
        print(problem, file=sys.stderr)
        return 1
    limit = Limit(options.runs, share(options.seconds, len(names), options.jobs), options.seed)
    outcomes = run_all(bench, names, limit, options.jobs)
    bad = sum(not outcome.good for outcome in outcomes)
    print(f"fuzz: {len(outcomes)} targets, {sum(o.runs for o in outcomes):,} runs, "
          f"{bad} with a finding")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
