# SPDX-License-Identifier: MIT
"""Builds, boots and tests configurations in which every pair of values occurs (`make matrix`).

docs/testing.md says which configurations, how each is judged, and what the figures mean.
"""

from __future__ import annotations

import argparse
import difflib
import random
import shlex
import sys
import time
from collections import Counter
from itertools import count as count_from
from pathlib import Path
from typing import Container, List, NamedTuple, Optional

from kconfiglib import KconfigError

from kconf.loading import new_kconfig
from kconf.output import Output
from kconf.values import Faults
from kmatrix import report
from kmatrix.clauses import ModelError
from kmatrix.jobs import Job, Outcome
from kmatrix.plan import Plan, make_plan, once, repeated, share_of
from kmatrix.run import Runner, Settings
from kmatrix.shrink import Shrinker
from tessera import sharding
from tessera.ktap import Verdict

FOLDER = Path("build/matrix")
RESULTS = Path("build/results")
RANDOM = 20
# A tree that is broken fails everywhere: so many failures are repeated, and so many shrunk.
REPEATED, SHRUNK = 10, 3
PATIENCE_S = 15.0  # for a boot that is repeated: three times the slowest one, or this


class Summary(NamedTuple):
    """How a run ended."""

    passed: int
    failed: int


class Matrix:
    """One run."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._seed = given.seed or str(random.SystemRandom().randrange(1 << 32))
        output = Output(given.folder / ".config", given.folder, [], given.external)
        self._kconf = new_kconfig(output)
        self.plan: Plan = make_plan(self._kconf, given.depth, given.random, self._seed)
        self._settings = Settings(self._kconf, given.folder, given.external, given.jobs,
                                  given.timeout, given.objects)
        self._outcomes: List[Outcome] = []

    def jobs(self) -> List[Job]:
        """Those that were asked for."""
        known = {job.name: job for job in self.plan.jobs}
        names = self._names(known)
        jobs = self.plan.jobs if names is None else [known[name] for name in names if name in known]
        return repeated(share_of(jobs, self._given.shard), self._given.repeat)

    def strangers(self) -> List[str]:
        """The names that were asked for and that no configuration has."""
        known = {job.name for job in self.plan.jobs}
        return [name for name in self._names(known) or [] if name not in known]

    def _names(self, known: Container[str]) -> Optional[List[str]]:
        """The names that were asked for, None for all: one, or several with blanks between them."""
        name = self._given.name
        return [name] if name in known else name.split() or None

    def run(self) -> Summary:
        """Run and tell; what passed and failed, the coverage among it."""
        strangers = self.strangers()
        if strangers:
            near = difflib.get_close_matches(strangers[0], [job.name for job in self.plan.jobs])
            print(f"there is no configuration {strangers[0]}"
                  + (f"; near to it: {', '.join(near)}" if near else "")
                  + "; make matrix LIST=1 names them all", file=sys.stderr)
            return Summary(0, 1)
        jobs = self.jobs()
        report.remove_all(self._given.results)
        is_whole = self._tell_coverage() if not self._given.name else None
        begin = time.monotonic()
        runner = Runner(self._settings, self.plan.reference)
        width = max((len(job.name) for job in jobs), default=0)
        print(report.head(width), flush=True)
        try:
            for outcome in runner.run(jobs, self._given.stop):
                self._take(outcome, len(jobs), width)
        finally:
            report.write_all(self._given.results, self._outcomes)
        self._look_into_all(runner)
        self._tell_end(time.monotonic() - begin)
        if runner.changed():
            print("THE TREE CHANGED during this run, which is of no one state of it: "
                  + ", ".join(runner.changed()))
        failures = sum(not outcome.passed for outcome in self._outcomes)
        # The coverage counts as one more, where it was the question.
        return Summary(len(self._outcomes) - failures + (is_whole is True),
                       failures + (is_whole is False))

    def _tell_coverage(self) -> bool:
        coverage = self.plan.coverage
        kind = {2: "pairs", 3: "triples"}[self._given.depth]
        print(f"{kind} of values: {coverage}, by {len(coverage.configurations)} configurations")
        alive = self.plan.alive
        print(f"{alive.feasible} of them can be had with a shell that answers keys, and "
              f"{alive.feasible - len(alive.uncovered)} occur with one")
        for some in [*coverage.unknown, *coverage.uncovered, *alive.uncovered]:
            words = " with ".join(f"{name}={value}" for name, value in some)
            print(f"NOT COVERED: {words}: no configuration was found, and no proof that there is "
                  "none")
        if self._given.random:
            print(f"random configurations: {self._given.random}, SEED={self._seed}")
        return coverage.is_whole and not alive.uncovered

    def _take(self, outcome: Outcome, count: int, width: int) -> None:
        self._outcomes.append(outcome)
        print(report.row(outcome, len(self._outcomes), count, width), flush=True)

    def _look_into_all(self, runner: Runner) -> None:
        """Repeat and shrink the first failures, tell of all."""
        failures = [outcome for outcome in self._outcomes if not outcome.passed]
        slowest = max((outcome.boot_s for outcome in self._outcomes if outcome.passed), default=0)
        patience_s = min(max(PATIENCE_S, 3 * slowest), self._given.timeout)
        for index, outcome in enumerate(failures):
            if index < REPEATED:
                self._look_into(runner, outcome, index < SHRUNK, patience_s)
            self._tell_failure(outcome)
        if failures:
            report.write_all(self._given.results, self._outcomes)

    def _look_into(self, runner: Runner, outcome: Outcome, shrink: bool,
                   patience_s: float) -> None:
        """Do it again, and find the least that fails."""
        job = outcome.job
        print(f"\nrepeating {job.name} from nothing", flush=True)
        again = runner.repeat(job, patience_s)
        if again.passed:
            outcome.why += " (when repeated, it passed: it fails by chance)"
        elif shrink:
            trials = count_from(1)

            def fails(trial: Job) -> bool:
                print(f"\rshrinking {job.name}, trial {next(trials)}", end="", flush=True)
                return self._is_like(runner.attempt(trial, timeout_s=patience_s), outcome)

            outcome.culprit = Shrinker(self._kconf, self.plan.reference, fails).shrink(job)
            print("" if outcome.culprit is not None else
                  "\nnot shrunk: what differs from the reference does not fail by itself")

    def _tell_failure(self, outcome: Outcome) -> None:
        """All that a person needs, and the files that give it again."""
        name = report.file_name(outcome.job.name)
        told = list(report.story(outcome, self._command(outcome.job)))
        config = report.write_config(self._given.results, outcome.job)
        told.append(f"  or, whatever becomes of the options: make O=build/{name} defconfig "
                    f"FRAGMENTS={config} test")
        if outcome.culprit:
            fragment = self._given.results / f"{name}.config"
            fragment.parent.mkdir(parents=True, exist_ok=True)
            fragment.write_text("".join(f"{line}\n" for line in outcome.culprit))
            told.append(f"  or: make O=build/{name} defconfig FRAGMENTS={fragment} test")
        print("\n" + "\n".join(told), flush=True)

    @staticmethod
    def _is_like(one: Outcome, other: Outcome) -> bool:
        return one.verdict is other.verdict and one.verdict is not Verdict.PASSED

    def _command(self, job: Job) -> str:
        """What repeats a job alone."""
        name = once(job.name)
        words = ["make matrix", f"T={shlex.quote(name)}"]
        words += [f"REPEAT={self._given.repeat}"] if name != job.name else []
        if job.name.startswith("random-"):
            words += [f"SEED={self._seed}", f"RANDOM={self._given.random}"]
        words += ["DEPTH=3"] if self._given.depth == 3 else []
        return " ".join(words + ([f"EXTERNAL={self._given.external}"] if self._given.external
                                 else []))

    def _tell_end(self, seconds: float) -> None:
        count = len(self._outcomes)
        verdicts = Counter(outcome.verdict.value.replace("_", " ") for outcome in self._outcomes)
        cases = sum(len(outcome.cases) for outcome in self._outcomes)
        built, booted = (sum(getattr(outcome, name) for outcome in self._outcomes)
                         for name in ("build_s", "boot_s"))
        print(f"{count} configurations, {cases} cases: "
              + ", ".join(f"{number} {word}" for word, number in sorted(verdicts.items())))
        print(f"{60 * count / seconds:.0f} configurations a minute; {built:.0f} s of building, "
              f"{booted:.0f} s of booting, on {self._given.jobs} at once")
        print(f"results: {self._given.results}/matrix.xml, matrix.ktap, matrix/NAME.txt")


def count(text: str) -> int:
    """A number from 1 on, of the command line."""
    if not (text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text}: a number from 1 on is needed")
    return int(text)


def arguments(words: Optional[List[str]] = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--depth", type=int, choices=(2, 3), default=2, help="pairs or triples")
    parser.add_argument("--random", type=int, default=RANDOM, help="how many random ones")
    parser.add_argument("--seed", default="", help="of the random ones")
    parser.add_argument("--shard", default="", help="i/n: the i-th of n parts")
    parser.add_argument("--name", default="", help="one configuration alone, or several")
    parser.add_argument("--repeat", type=count, default=1, help="build and boot each so often")
    parser.add_argument("--stop", action="store_true", help="stop at the first failure")
    parser.add_argument("--list", action="store_true", help="name the configurations, run none")
    parser.add_argument("--external", default="", help="folders outside the tree, with colons")
    parser.add_argument("--jobs", type=int, default=sharding.workers(), help="at once")
    parser.add_argument("--timeout", type=float, default=120.0,
                        help="of a boot, in seconds, from the banner on")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="of builds and objects")
    parser.add_argument("--objects", type=Path, help="of those compiled before, if elsewhere")
    parser.add_argument("--results", type=Path, default=RESULTS, help="of what is told")
    return parser.parse_args(words)


def main() -> int:
    """The command line."""
    try:
        given = arguments()
        matrix = Matrix(given)
        if given.list:
            print("\n".join(job.name for job in matrix.jobs()))
            return 0
        summary = matrix.run()
    except (Faults, KconfigError, ModelError, ValueError) as problem:
        print(str(problem).strip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"{summary.passed} passed, {summary.failed} failed")
    return 1 if summary.failed else 0


if __name__ == "__main__":
    sys.exit(main())
