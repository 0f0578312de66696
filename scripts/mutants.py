# SPDX-License-Identifier: MIT
"""Changes the source mechanically and looks whether the tests notice (`make mutants`).

    make mutants [COUNT=100] [SEED=1] [T=lib/ring.c]

From all places of the PURE files and of mm/ that can be changed, the seed chooses an order in
which the kinds of change take turns. Mutants are tried in that order until COUNT have counted: one
that does not compile, or of which the optimiser makes the same code as before, does not count.
Nine of ten must be caught. Those that are not are shown: each is a missing test, or a change that
no test can see.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import shutil
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Deque, Iterator, List, Tuple

from collections import deque

from mutation.sites import Mutant, find_mutants, kinds
from mutation.trial import Fate, Laboratory, Trial, TrialError
from tessera.hostbuild import ROOT

SHARE_WANTED = 0.9
AHEAD = 4  # trials begun before the first of them is told, for each core


def in_turns(mutants: List[Mutant], seed: int) -> List[Mutant]:
    """Shuffled, the kinds taking turns as long as they have any left."""
    chance = random.Random(seed)
    heaps = []
    for kind in kinds():
        heap = [mutant for mutant in mutants if mutant.kind == kind]
        chance.shuffle(heap)
        heaps.append(heap)
    longest = max(map(len, heaps), default=0)
    return [heap[turn] for turn in range(longest) for heap in heaps if turn < len(heap)]


def attempts(laboratory: Laboratory, mutants: List[Mutant], jobs: int) -> Iterator[Trial]:
    """Trials in the order of the mutants, some of them at a time."""
    waiting: Deque["Future[Trial]"] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for number, mutant in enumerate(mutants, 1):
                waiting.append(pool.submit(laboratory.attempt, number, mutant))
                if len(waiting) > AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def describe(mutant: Mutant) -> str:
    """Where it is, and what was changed into what."""
    source = (ROOT / mutant.path).read_text(encoding="utf-8")
    was = " ".join(source[mutant.start:mutant.end].split())
    now = " ".join(mutant.text.split()) or "nothing"
    return f"{mutant.path}:{mutant.line(source)} {mutant.kind} {was} -> {now}"


def diff(mutant: Mutant) -> str:
    """What a mutant changes, as patches show it."""
    source = (ROOT / mutant.path).read_text(encoding="utf-8")
    return "".join(difflib.unified_diff(
        source.splitlines(True), mutant.apply(source).splitlines(True),
        f"a/{mutant.path}", f"b/{mutant.path}", n=3))


def run(laboratory: Laboratory, mutants: List[Mutant], count: int,
        jobs: int) -> Tuple[List[Trial], List[Trial]]:
    """Try mutants until so many have counted; these, and those that did not count."""
    counted: List[Trial] = []
    others: List[Trial] = []
    for trial in attempts(laboratory, mutants, jobs):
        counts = trial.fate in (Fate.CAUGHT, Fate.SURVIVED)
        (counted if counts else others).append(trial)
        print(f"{len(counted) if counts else '-':>4} {trial.fate.value:13} "
              f"{describe(trial.mutant)[:100]}{f'  by {trial.how}' if trial.how else ''}",
              flush=True)
        if len(counted) == count:
            break
    return counted, others


def choose_and_try(laboratory: Laboratory, options: argparse.Namespace) -> int:
    """Choose, try, sum up."""
    sources = options.paths or laboratory.sources()
    faults = laboratory.prepare(sources)
    if faults:
        print("The tests fail on what is not changed: " + ", ".join(faults), file=sys.stderr)
        return 1
    mutants = [mutant for path in sources
               for mutant in find_mutants(path, (ROOT / path).read_text(encoding="utf-8"))]
    print(f"mutants: {len(mutants)} places in {len(sources)} files, SEED={options.seed}")
    counted, others = run(laboratory, in_turns(mutants, options.seed), options.count, options.jobs)
    survivors = [trial for trial in counted if trial.fate is Fate.SURVIVED]
    for trial in survivors:
        print(f"\nsurvived: {describe(trial.mutant)}\n{diff(trial.mutant)}", end="")
    caught = len(counted) - len(survivors)
    built = sum(trial.fate is Fate.SAME for trial in others)
    print(f"\nmutants: {caught} of {len(counted)} caught, SEED={options.seed} "
          f"({built} more are the same code, {len(others) - built} do not compile)")
    return 0 if counted and caught >= SHARE_WANTED * len(counted) else 1


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("paths", nargs="*", type=Path, help="files; else all PURE ones and mm/")
    options = parser.parse_args()
    out = (options.output / "mutants").absolute()
    shutil.rmtree(out, ignore_errors=True)
    laboratory = Laboratory(out, options.jobs)
    try:
        return choose_and_try(laboratory, options)
    except TrialError as problem:
        print(f"mutants: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
