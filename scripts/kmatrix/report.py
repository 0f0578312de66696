# SPDX-License-Identifier: MIT
"""Tells the results: lines on the terminal while they come, JUnit XML and KTAP files at the end."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Iterator, List

from kconf.values import line_of
from kmatrix.jobs import Case, Job, Outcome

# XML 1.0 has no way to write these.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT_SHOWN = 15


def head(width: int) -> str:
    """The table's first line."""
    return f"{'':9}{'configuration':{width}}  built  booted  cases  verdict"


def row(outcome: Outcome, number: int, count: int, width: int) -> str:
    """A line of the table."""
    booted = f"{outcome.boot_s:5.1f}s" if outcome.boot_s else f"{'-':>6}"
    verdict = outcome.verdict.value.replace("_", " ")
    return (f"{number:4}/{count:<4}{outcome.job.name:{width}} {outcome.build_s:5.1f}s {booted} "
            f"{len(outcome.cases):6}  {verdict}")


def story(outcome: Outcome, command: str) -> Iterator[str]:
    """What a person needs who looks into a failure."""
    yield f"FAILED {outcome.job.name}: {outcome.verdict.value.replace('_', ' ')}: {outcome.why}"
    if outcome.how:
        yield f"  booted from {outcome.how}"
    for case in outcome.cases:
        if case.outcome == "failed":
            yield f"  {case.name}: {case.reason}"
    for line in outcome.text.rstrip().splitlines()[-_TEXT_SHOWN:]:
        yield f"  | {line}"
    if outcome.culprit:
        yield "  the reference fails as well with no more than"
        yield from (f"    {line}" for line in outcome.culprit)
    elif outcome.culprit is not None:
        yield "  the reference fails as well"
    yield f"  again: {command}"


def file_name(job_name: str) -> str:
    """A file's name for a job."""
    return re.sub(r"[^\w.=+-]", "_", job_name)


def remove_all(folder: Path) -> None:
    """What an earlier run has told: it must not pass for this one's."""
    shutil.rmtree(folder / "matrix", ignore_errors=True)
    for name in ("matrix.ktap", "matrix.xml"):
        (folder / name).unlink(missing_ok=True)


def write_config(folder: Path, job: Job) -> Path:
    """The lines that give a job; the file."""
    path = folder / "matrix" / f"{file_name(job.name)}.config"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line_of(item.name, item.value)}\n" for item in job.items))
    return path


def write_all(folder: Path, outcomes: List[Outcome]) -> None:
    """matrix.xml, matrix.ktap, and what each kernel said."""
    texts = folder / "matrix"
    texts.mkdir(parents=True, exist_ok=True)
    for outcome in outcomes:
        name = file_name(outcome.job.name)
        (texts / f"{name}.txt").write_text(outcome.text, encoding="utf-8", errors="replace")
    (folder / "matrix.ktap").write_text(ktap(outcomes), encoding="utf-8", errors="replace")
    junit(outcomes).write(folder / "matrix.xml", encoding="utf-8", xml_declaration=True)


# ---- KTAP -------------------------------------------------------------------


def ktap(outcomes: List[Outcome]) -> str:
    """A list of configurations, each with the list of its cases."""
    lines = ["KTAP version 1", f"1..{len(outcomes)}"]
    for number, outcome in enumerate(outcomes, 1):
        name = _plain(outcome.job.name)
        cases = _cases(outcome)
        lines += ["    KTAP version 1", f"    # Subtest: {name}", f"    1..{len(cases)}"]
        lines += [f"    {_result(case, at)}" for at, case in enumerate(cases, 1)]
        lines.append(f"{'' if outcome.passed else 'not '}ok {number} {name}")
    return "\n".join(lines) + "\n"


def _cases(outcome: Outcome) -> List[Case]:
    """The cases; where the whole is bad and none of them is, one that says so."""
    verdict = outcome.verdict.value
    if outcome.passed or any(case.outcome == "failed" for case in outcome.cases):
        return outcome.cases
    return [*outcome.cases, Case(f"verdict {verdict}", "failed", outcome.why)]


def _result(case: Case, number: int) -> str:
    word = "not ok" if case.outcome == "failed" else "ok"
    skip = f" # SKIP {_plain(case.reason)}" if case.outcome == "skipped" else ""
    return f"{word} {number} {_plain(case.name)}{skip}"


def _plain(text: str) -> str:
    return " ".join(text.replace("#", " ").split())


# ---- JUnit ------------------------------------------------------------------


def junit(outcomes: List[Outcome]) -> ElementTree.ElementTree:
    """A suite a configuration, a case a test."""
    root = ElementTree.Element("testsuites", name="matrix")
    for outcome in outcomes:
        cases = _cases(outcome)
        suite = ElementTree.SubElement(
            root, "testsuite", name=outcome.job.name, tests=str(len(cases)),
            failures=str(sum(case.outcome == "failed" for case in cases)), errors="0",
            skipped=str(sum(case.outcome == "skipped" for case in cases)),
            time=f"{outcome.build_s + outcome.boot_s:.3f}")
        for case in cases:
            _junit_case(suite, outcome, case)
        if not outcome.passed:
            ElementTree.SubElement(suite, "system-out").text = _NO_XML.sub("?", outcome.text)
    return ElementTree.ElementTree(root)


def _junit_case(suite: ElementTree.Element, outcome: Outcome, case: Case) -> None:
    element = ElementTree.SubElement(suite, "testcase", name=_NO_XML.sub("?", case.name),
                                     classname=f"matrix.{outcome.job.name}")
    if case.outcome != "passed":
        tag = "failure" if case.outcome == "failed" else "skipped"
        told = ElementTree.SubElement(element, tag, message=_NO_XML.sub("?", case.reason))
        told.text = outcome.verdict.value if tag == "failure" else ""
