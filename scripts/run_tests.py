# SPDX-License-Identifier: MIT
"""Runs pytest and the matrix, and ends with one line that says it all: `N passed, N failed`.

pytest's own last line has many forms. Scripts that only want to know the numbers get one that
never changes, taken from pytest's report file, with an error counted as a failure. A configuration
of the matrix counts as one, and so does its coverage.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Dict, List, Tuple

from tessera import make, sharding
from tessera.results import Result, Test, ktap, read_report, read_tests

if TYPE_CHECKING:
    from matrix import Matrix

COMMANDS_SHOWN = 20
NO_TESTS = 5  # pytest's status where it collected none


def environment() -> Dict[str, str]:
    """Tests call make themselves: what this make was told is not meant for those."""
    clean = make.environment()
    paths = [str(Path(__file__).resolve().parent), clean.get("PYTHONPATH", "")]
    return {**clean, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def pytest_command(arguments: List[str], report: Path) -> List[str]:
    """pytest, on all cores where that is to be had and where there is more than one file."""
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}",
               "-p", "tessera.external_tests", "-p", "tessera.sharding"]
    one_file = any(argument.endswith(".py") for argument in arguments)
    if importlib.util.find_spec("xdist") and not one_file:
        command += ["-n", str(sharding.workers()), "--dist", "loadgroup"]
    return command + arguments


def run_pytest(given: argparse.Namespace, words: List[str]) -> Result:
    """Run it, keep its report, and name the commands that repeat what failed."""
    given.results.mkdir(parents=True, exist_ok=True)
    report = given.results / "tests.xml"
    report.unlink(missing_ok=True)
    more = {"TESSERA_SHARD": given.shard, "TESSERA_SLOWED": "1" if given.slowed else ""}
    process = subprocess.Popen(pytest_command(words, report), env={**environment(), **more})
    interrupted = False
    while True:
        try:
            status = process.wait()
            break
        except KeyboardInterrupt:
            # pytest was interrupted, too, and is tidying up.
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    result = read_report(report)
    if report.exists():
        tests = read_tests(report)
        (given.results / "tests.ktap").write_text(ktap(tests), encoding="utf-8")
        for test in [test for test in tests if test.outcome == "failed"][:COMMANDS_SHOWN]:
            print(f"again: {again(test.name)}")
        tell_skipped(tests)
    if status == NO_TESTS and given.shard and not given.name:
        return result._replace(failed=0)  # a part may be empty
    if status == NO_TESTS and given.name:
        print(f"no test and no configuration is called {given.name}: T= takes a word of a test's "
              "name, tests/test_x.py::test_y, or a configuration (make matrix LIST=1)")
    if status and not result.failed:
        # pytest itself failed, or there was nothing to run.
        result = result._replace(failed=1)
    return result


def again(name: str) -> str:
    """The command that repeats a test; one of the configuration at hand is repeated as such."""
    output = os.environ.get("TESSERA_OUTPUT")
    if output is None:
        return f"make tests T={shlex.quote(name)}"
    where = "" if output == str(Path("build").resolve()) else f"O={shlex.quote(output)} "
    return f"make {where}test"


def tell_skipped(tests: List[Test]) -> None:
    """What was not tested here, and why: it must not look like success."""
    reasons = Counter(test.reason for test in tests if test.outcome == "skipped")
    for reason, count in reasons.most_common():
        print(f"NOT TESTED: {count} tests: {reason}")


def run_matrix(matrix: "Matrix") -> Result:
    """Build, boot and judge configurations."""
    print("", flush=True)
    summary = matrix.run()
    return Result(summary.passed, summary.failed, 0)


def arguments() -> "Tuple[argparse.Namespace, List[str]]":
    """Our own options, and the words for pytest."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--matrix", action="store_true", help="the configurations, too")
    parser.add_argument("--name", default="", help="one test or configuration alone")
    parser.add_argument("--shard", default="", help="i/n: the i-th of n parts")
    parser.add_argument("--stop", action="store_true", help="stop at the first failure")
    parser.add_argument("--strict", action="store_true", help="what is skipped has failed")
    parser.add_argument("--slowed", action="store_true", help="QEMU ten times slower")
    parser.add_argument("--seed", default="1", help="of random configurations")
    for name in ("--random", "--repeat", "--depth", "--external", "--folder"):
        parser.add_argument(name, default="", help="as scripts/matrix.py has it")
    parser.add_argument("--results", type=Path, default=Path("build/results"), help="folder")
    given, words = parser.parse_known_args()
    sharding.parse(given.shard)
    return given, words


def make_matrix(given: argparse.Namespace) -> "Matrix":
    """The matrix, with the options that were given."""
    import matrix

    names = ("name", "shard", "seed", "random", "repeat", "depth", "external", "folder", "results")
    words = [word for name in names if getattr(given, name)
             for word in (f"--{name}", str(getattr(given, name)))]
    return matrix.Matrix(matrix.arguments(words + (["--stop"] if given.stop else [])))


def for_pytest(given: argparse.Namespace, words: List[str]) -> List[str]:
    """One test is named by pytest's own name for it, or by a word."""
    if given.name:
        words = [given.name] + [word for word in words if word.startswith("-")] if (
            ".py" in given.name) else [*words, "-k", given.name]
    return [*words, "-x"] if given.stop else words


def main() -> int:
    """pytest, then the matrix; or the one of both that has the name that was asked for."""
    given, words = arguments()
    matrix = make_matrix(given) if given.matrix else None
    is_configuration = bool(matrix and given.name and not matrix.strangers())
    result = Result(0, 0, 0)
    if not is_configuration:
        result = run_pytest(given, for_pytest(given, words))
    if matrix and given.strict and result.skipped:
        result = Result(result.passed, result.failed + result.skipped, 0)
    if matrix and (is_configuration or not given.name) and not (given.stop and result.failed):
        more = run_matrix(matrix)
        result = Result(*(one + other for one, other in zip(result, more)))
    print(result, flush=True)
    is_empty = not result.passed and not given.shard  # a part may be
    return 1 if result.failed or is_empty else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    except ValueError as problem:
        sys.exit(str(problem))
