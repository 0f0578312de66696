# SPDX-License-Identifier: MIT
"""Reads pytest's JUnit report: how many, which failed, and the same as KTAP."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import List, NamedTuple


class Test(NamedTuple):
    """One test of the report; outcome is passed, failed or skipped."""

    name: str  # as pytest takes it: tests/test_boot.py::test_name
    outcome: str
    reason: str


class Result(NamedTuple):
    """How many tests ended how."""

    passed: int
    failed: int
    skipped: int

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def read_tests(path: Path) -> List[Test]:
    """The tests of a report; one that could not be set up has failed."""
    root = ElementTree.parse(path).getroot()
    tests = []
    for case in root.iter("testcase"):
        outcome, reason = "passed", ""
        for child in case:
            if child.tag in ("failure", "error", "skipped") and outcome != "failed":
                outcome = "skipped" if child.tag == "skipped" else "failed"
                reason = (child.get("message") or "").split("\n")[0]
        tests.append(Test(_node_id(case), outcome, reason))
    return tests


def _node_id(case: ElementTree.Element) -> str:
    """The report has the module with points, and has no path."""
    parts, name = case.get("classname", "").split("."), case.get("name", "")
    for length in range(len(parts), 0, -1):
        for path in (Path(*parts[:length]), Path("tests", *parts[:length])):
            if path.with_suffix(".py").exists():
                return "::".join([str(path.with_suffix(".py")), *parts[length:], name])
    return "::".join(filter(None, [*parts, name]))


def read_report(path: Path) -> Result:
    """The numbers of a report; without a report, something failed."""
    try:
        suites = list(ElementTree.parse(path).getroot().iter("testsuite"))
    except (OSError, ElementTree.ParseError):
        return Result(0, 1, 0)

    def total(name: str) -> int:
        return sum(int(suite.get(name, "0")) for suite in suites)

    failed = total("failures") + total("errors")
    return Result(total("tests") - failed - total("skipped"), failed, total("skipped"))


def ktap(tests: List[Test]) -> str:
    """A flat list."""
    lines = ["KTAP version 1", f"1..{len(tests)}"]
    for number, test in enumerate(tests, 1):
        word = "not ok" if test.outcome == "failed" else "ok"
        reason = " ".join(test.reason.replace("#", " ").split())
        skip = f" # SKIP {reason}" if test.outcome == "skipped" else ""
        lines.append(f"{word} {number} {test.name.replace('#', ' ')}{skip}")
    return "\n".join(lines) + "\n"
