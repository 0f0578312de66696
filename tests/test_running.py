# SPDX-License-Identifier: MIT
"""scripts/run_tests.py itself: one last line, results as files, one test alone, shards."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Dict, Set

import pytest
from workbench import SCRIPTS, Done, run

from tessera import ktap, sharding

TESTS = """
import pytest

def test_good():
    pass

def test_other():
    pass

@pytest.mark.parametrize("n", range(6))
@pytest.mark.xdist_group("together")
def test_many(n):
    pass

@pytest.mark.parametrize("n", range(12))
def test_each(n):
    pass

def test_skipped():
    pytest.skip("no moon")
"""
BAD = """

def test_bad():
    assert 1 == 2, "one is # not two"

@__import__("pytest").fixture
def broken():
    raise RuntimeError("set-up")

def test_broken(broken):
    pass
"""


def made_up(folder: Path, text: str = TESTS) -> Path:
    """A file of tests far from the tree."""
    path = folder / "test_made_up.py"
    path.write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    xdist_group: x\n")
    return path


def run_tests(path: Path, *words: str) -> Done:
    """The runner, its results beside the tests."""
    return run(sys.executable, SCRIPTS / "run_tests.py", "--results", path.parent / "results",
               path, *words)


def outcomes(path: Path) -> Dict[str, str]:
    """What the KTAP file says of each test."""
    report = ktap.parse((path.parent / "results/tests.ktap").read_text())
    assert report.complete
    return {result.name.split("::")[-1]: result.outcome.value for result in report.results}


def test_last_line_and_files(tmp_path: Path) -> None:
    """The numbers on the last line are those of both files; what failed can be repeated."""
    path = made_up(tmp_path, TESTS + BAD)
    text = run_tests(path).bad()
    assert text.splitlines()[-1] == "20 passed, 2 failed, 1 skipped"
    assert re.search(r"^again: make tests T=\S*test_bad$", text, re.MULTILINE)
    told = outcomes(path)
    assert told["test_bad"] == told["test_broken"] == "failed" and told["test_skipped"] == "skipped"
    assert len(told) == 23
    suites = ElementTree.parse(tmp_path / "results/tests.xml").getroot().iter("testsuite")
    assert sum(int(suite.get("tests", "0")) for suite in suites) == 23


def test_one_alone(tmp_path: Path) -> None:
    """--name takes a word, or pytest's own name; where nothing has it, that is a failure."""
    path = made_up(tmp_path)
    assert run_tests(path, "--name", "test_good").good().splitlines()[-1] == "1 passed, 0 failed"
    text = run_tests(path, "--name", f"{path}::test_each[3]").good()
    assert text.splitlines()[-1] == "1 passed, 0 failed"
    assert run_tests(path, "--name", "nobody").bad().splitlines()[-1] == "0 passed, 1 failed"


def test_it_stops(tmp_path: Path) -> None:
    """--stop: what would come after the first failure does not run."""
    path = made_up(tmp_path, "def test_a():\n    assert 0\n\ndef test_b():\n    assert 0\n")
    assert run_tests(path, "--stop").bad().splitlines()[-1] == "0 passed, 1 failed"


def test_shards_cover_every_test_once(tmp_path: Path) -> None:
    """Each test is in one part; a group stays together."""
    path = made_up(tmp_path)
    whole: Set[str] = set()
    for number in (1, 2, 3):
        run_tests(path, "--shard", f"{number}/3").good()
        part = set(outcomes(path))
        assert not part & whole
        whole |= part
        assert len([name for name in part if name.startswith("test_many")]) in (0, 6)
    run_tests(path).good()
    assert whole == set(outcomes(path))


def test_machines_are_slowed(tmp_path: Path) -> None:
    """--slowed reaches the tests: their machines get what makes QEMU slow, and else nothing."""
    tests = Path(__file__).parent
    text = (f"import sys\nsys.path[:0] = {[str(SCRIPTS), str(tests)]!r}\nimport harness\n"
            "from types import SimpleNamespace as Namespace\n"
            "def test_slowed(monkeypatch):\n"
            "    monkeypatch.setattr(harness, 'Machine',\n"
            "                        lambda image, **options: Namespace(**options))\n"
            "    class Plain:\n        config = {}\n        iso = 'x'\n"
            "        has = lambda self, option: True\n"
            "    assert harness.Machines().start(Plain()).extra[-4:] == list(harness.SLOWED)\n")
    path = made_up(tmp_path, text)
    run_tests(path, "--slowed").good()
    assert "has no attribute 'extra'" in run_tests(path).bad()


def test_no_shard_that_cannot_be(tmp_path: Path) -> None:
    """A slip must not pass for an empty part."""
    assert "SHARD=3/2" in run_tests(made_up(tmp_path), "--shard", "3/2").bad()
    for wrong in ("0/1", "1", "a/b", "-1/2"):
        with pytest.raises(ValueError):
            sharding.parse(wrong)
    assert {sharding.part_of(f"tests/x.py::test_{n}", 4) for n in range(50)} == {1, 2, 3, 4}
