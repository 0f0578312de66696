# SPDX-License-Identifier: MIT
"""Reads KTAP, the results of suites, and judges a run by them.

A run is good only where everything agrees: the exit status says so, each list has as many results
as its plan, in order, and none failed. A kernel that falls silent, resets or leaves early has not
passed, whatever it said before. https://docs.kernel.org/dev-tools/ktap.html has the format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Iterator, List, Optional, Tuple

EXIT_PASSED = 33  # isa-debug-exit turns the value 0x10 into (0x10 << 1) | 1
EXIT_FAILED = 35
INDENT = 4

_VERSION = re.compile(r"K?TAP version \d+")
_PLAN = re.compile(r"1\.\.(\d+)")
_RESULT = re.compile(r"(not )?ok (\d+) (?:- )?([^#]*?)\s*(?:# ?(SKIP|TODO|XFAIL)\b ?(.*))?")
_SUBTEST = re.compile(r"# Subtest: (.*)")
STAMP = r"(?:\[ *\d+\.\d{6}\] )?"  # the time before a line of the log (LOG_TIMESTAMPS)
BANNER = re.compile(rf"^{STAMP}Tessera \d", re.MULTILINE)
_BAIL_OUT = re.compile(r"^Bail out! *(.*)$", re.MULTILINE)
# A breakpoint's report is the only one after which the kernel goes on.
_PANIC = re.compile(r"^(KERNEL PANIC: .*|EXCEPTION: (?!breakpoint).*)$", re.MULTILINE)


class Outcome(Enum):
    """How a case ended. XFAIL: it failed, as was known."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    XFAIL = "failed as expected"


class Verdict(Enum):
    """How a run ended."""

    PASSED = "passed"
    FAILED = "failed"
    PANICKED = "panicked"
    TRIPLE_FAULT = "triple_fault"
    HUNG = "hung"
    DID_NOT_BOOT = "did_not_boot"
    DID_NOT_BUILD = "did_not_build"


@dataclass
class Result:
    """A line of results: a case, or a list of its own where it has a plan."""

    name: str
    is_ok: bool
    outcome: Outcome
    reason: str = ""
    remarks: List[str] = field(default_factory=list)  # what was said about it, without the '# '
    children: "Optional[List]" = None

    def cases(self, path: Tuple[str, ...] = ()) -> "Iterator[Tuple[Tuple[str, ...], Result]]":
        """All cases below, each with the names of the lists that it is in, and its own."""
        here = (*path, self.name)
        if self.children is None:
            yield here, self
            return
        for child in self.children:
            yield from child.cases(here)


@dataclass
class Report:
    """All results of a run; faults are sentences about what the text lacks."""

    results: List[Result] = field(default_factory=list)
    faults: List[str] = field(default_factory=list)
    found: bool = False  # there is KTAP at all
    seed: Optional[int] = None

    def cases(self) -> "List[Tuple[Tuple[str, ...], Result]]":
        """Each case with its path."""
        return [pair for result in self.results for pair in result.cases()]

    def count(self, outcome: Outcome) -> int:
        """Cases that ended so."""
        return sum(case.outcome is outcome for _, case in self.cases())

    @property
    def failed(self) -> List[str]:
        """The names of the cases that failed, lists before them."""
        return [".".join(path) for path, case in self.cases() if case.outcome is Outcome.FAILED]

    @property
    def complete(self) -> bool:
        """Every plan is whole, and no line contradicts another."""
        return self.found and not self.faults


@dataclass
class QemuResult:
    """What is known of a run from outside."""

    status: Optional[int] = None  # QEMU's exit status; None where it had to be ended
    guest_reset: bool = False     # by QMP's event: a triple fault leaves status 0, too
    built: bool = True


@dataclass
class Judgement:
    """A verdict, why, and the results as far as they came."""

    verdict: Verdict
    why: str
    report: Report

    def __str__(self) -> str:
        name = self.verdict.value.replace("_", " ")
        return f"{name}: {self.why}" if self.why else name


class _List:
    """A list of results while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.plan: Optional[int] = None
        self.results: List[Result] = []
        self.remarks: List[str] = []


class _Reader:
    """Goes through the lines; the innermost open list is the last of the stack."""

    def __init__(self) -> None:
        self.report = Report()
        self.stack: List[_List] = []
        self.closed: Optional[_List] = None  # a list whose one line is awaited

    def fault(self, text: str) -> None:
        self.report.faults.append(text)

    def read(self, text: str) -> Report:
        for line in text.replace("\r", "").splitlines():
            bare = line.lstrip(" ")
            self.line(bare.rstrip(), (len(line) - len(bare)) // INDENT)
        if not self.report.found:
            self.fault("there are no results")
            return self.report
        self.finish()
        return self.report

    def finish(self) -> None:
        """The text is over. What came of lists that are not closed counts as far as it came."""
        open_lists = self.stack + ([self.closed] if self.closed is not None else [])
        for ended in self.stack:
            self.end_list(ended)
        for outer, inner in reversed(list(zip(open_lists, open_lists[1:]))):
            self.fault(f"the list {inner.name} has no line of its own")
            outer.results.append(Result(inner.name, False, Outcome.FAILED,
                                        children=inner.results))
        self.report.results = self.stack[0].results if self.stack else []

    def line(self, text: str, depth: int) -> None:
        if _VERSION.fullmatch(text):
            self.begin_list(depth)
            return
        if not self.stack:
            return
        plan, result = _PLAN.fullmatch(text), _RESULT.fullmatch(text)
        if plan or result:  # the kernel may say anything that begins with a '#'
            self.close_down_to(depth + 1)
        if len(self.stack) != depth + 1:
            if plan or result:
                self.fault(f"{text!r} is in no list")
            return
        if plan:
            self.take_plan(int(plan.group(1)))
        elif result:
            self.take_result(result)
        elif text.startswith("#"):
            self.take_remark(text)

    def begin_list(self, depth: int) -> None:
        self.report.found = True
        self.close_down_to(depth)
        if len(self.stack) != depth:
            self.fault("a list begins where none can be")
            return
        if self.closed is not None:
            self.fault(f"the list {self.closed.name} has no line of its own")
            self.closed = None
        self.stack.append(_List("" if depth else "all"))

    def close_down_to(self, depth: int) -> None:
        """Lists that lie deeper have ended."""
        while len(self.stack) > max(depth, 1):
            if self.closed is not None:
                self.fault(f"the list {self.closed.name} has no line of its own")
            self.closed = self.stack.pop()
            self.end_list(self.closed)

    def end_list(self, ended: _List) -> None:
        if ended.plan is None:
            self.fault(f"the list {ended.name} has no plan")
        elif ended.plan != len(ended.results):
            self.fault(f"the list {ended.name} has {len(ended.results)} results of {ended.plan}")

    def take_plan(self, count: int) -> None:
        now = self.stack[-1]
        if now.plan is not None or now.results:
            self.fault(f"the list {now.name} has a second plan")
        now.plan = count

    def take_result(self, found: "re.Match[str]") -> None:
        bad, number, name, directive, reason = found.groups()
        now, children, self.closed = self.stack[-1], self.closed, None
        if int(number) != len(now.results) + 1:
            self.fault(f"{name} is number {number} where {len(now.results) + 1} is due")
        outcome = Outcome.FAILED if bad else Outcome.PASSED
        if directive == "SKIP" and not bad:
            outcome = Outcome.SKIPPED
        elif directive in ("TODO", "XFAIL"):
            outcome = Outcome.XFAIL if bad else Outcome.FAILED
        result = Result(name, not bad, outcome, reason or "", now.remarks)
        now.remarks = []
        if children is not None:
            self.take_children(result, children)
        now.results.append(result)

    def take_children(self, result: Result, children: _List) -> None:
        if children.name != result.name:
            self.fault(f"the list {children.name} ends as {result.name}")
        result.children = children.results
        is_ok = all(case.outcome is not Outcome.FAILED for _, case in result.cases())
        if is_ok != result.is_ok:
            self.fault(f"the line of {result.name} contradicts its results")

    def take_remark(self, text: str) -> None:
        subtest = _SUBTEST.fullmatch(text)
        now = self.stack[-1]
        if subtest and now.plan is None:
            now.name = subtest.group(1)
            return
        seed = re.fullmatch(r"# seed=(\d+)", text)
        if seed:
            self.report.seed = int(seed.group(1))
        elif not text.startswith("# Totals:"):
            now.remarks.append(text[1:].strip())


def parse(text: str) -> Report:
    """Read the KTAP in a text; what stands around and between its lines does not count."""
    return _Reader().read(text)


def judge(text: str, result: QemuResult) -> Verdict:
    """The verdict on a run: its serial text, and what was seen from outside."""
    return examine(text, result).verdict


def examine(text: str, result: QemuResult) -> Judgement:
    """The verdict, with its reason and the results."""
    report = parse(text) if result.built else Report()
    verdict, why = _verdict(text, result, report)
    return Judgement(verdict, why, report)


def _verdict(text: str, result: QemuResult, report: Report) -> Tuple[Verdict, str]:
    panic = _PANIC.search(text)
    if not result.built:
        return Verdict.DID_NOT_BUILD, ""
    if panic:
        return Verdict.PANICKED, panic.group(1)
    if result.guest_reset:
        return Verdict.TRIPLE_FAULT, how_far(report)
    if not BANNER.search(text) and not report.found:
        return Verdict.DID_NOT_BOOT, "the kernel said nothing" if not text.strip() else (
            "the last line was: " + text.strip().splitlines()[-1])
    if result.status is None:
        return Verdict.HUNG, how_far(report)
    gave_up = _BAIL_OUT.search(text)
    if gave_up:
        return Verdict.FAILED, gave_up.group(1)
    if report.failed:
        return Verdict.FAILED, ", ".join(report.failed)
    if result.status != EXIT_PASSED:
        return Verdict.FAILED, f"QEMU ended with status {result.status}, {how_far(report)}"
    if not report.complete:
        return Verdict.FAILED, "; ".join(report.faults)
    return Verdict.PASSED, ""


def how_far(report: Report) -> str:
    """After which case a run fell silent."""
    cases = report.cases()
    if not report.found:
        return "before any test"
    return f"after {'.'.join(cases[-1][0])}" if cases else "before the first case had ended"
