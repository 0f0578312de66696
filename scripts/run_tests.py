# SPDX-License-Identifier: MIT
"""Runs pytest and ends with one line that says it all: `N passed, N failed`.

pytest's own last line has many forms. Scripts that only want to know the numbers get one that
never changes, taken from pytest's report file, with an error counted as a failure.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Dict, List, NamedTuple


class Result(NamedTuple):
    """How many tests ended how."""

    passed: int
    failed: int
    skipped: int

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def read_report(path: Path) -> Result:
    """The numbers of a junit report; without a report, something failed."""
    try:
        suites = list(ElementTree.parse(path).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Result(0, 1, 0)

    def total(name: str) -> int:
        return sum(int(suite.get(name, "0")) for suite in suites)

    failed = total("failures") + total("errors")
    return Result(total("tests") - failed - total("skipped"), failed, total("skipped"))


def environment() -> Dict[str, str]:
    """Tests call make themselves: what this make was told is not meant for those."""
    ours = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "O", "V", "FRAGMENTS", "EXTERNAL")
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    paths = [str(Path(__file__).resolve().parent), clean.get("PYTHONPATH", "")]
    return {**clean, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def pytest_command(arguments: List[str], report: Path) -> List[str]:
    """pytest, on every core where that is to be had and where there is more than one file."""
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}",
               "-p", "tessera.external_tests"]
    one_file = any(argument.endswith(".py") for argument in arguments)
    if importlib.util.find_spec("xdist") and not one_file:
        command += ["-n", str(max(2, os.cpu_count() or 2)), "--dist", "loadgroup"]
    return command + arguments


def main() -> int:
    """Run pytest with the arguments of this command."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        process = subprocess.Popen(pytest_command(sys.argv[1:], report), env=environment())
        while True:
            try:
                status = process.wait()
                break
            except KeyboardInterrupt:
                # pytest was interrupted, too, and is tidying up.
                continue
        result = read_report(report)
    if status and not result.failed:
        # pytest itself failed, or there was nothing to run.
        result = result._replace(failed=1)
    print(result, flush=True)
    return 0 if not result.failed and result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
