# SPDX-License-Identifier: MIT
"""The seeded bugs: only a test that fails, and by the bug, counts as caught."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Dict, List

import pytest
import seeded_bugs
from seeded_bugs import BUGS, Bug

from workbench import ROOT

GOOD, BAD = "ring_room(ring) == 0", "ring_room(ring) == 5"


def command(with_bug: str, without: str = "pass") -> List[str]:
    """A test that looks whether the bug is there; it notes that it was run."""
    return ["-c", f"import sys, time\nopen('../runs', 'a').write('.')\n"
                  f"if {BAD!r} in open('lib/ring.c').read():\n\t{with_bug}\nelse:\n\t{without}"]


FATES: Dict[str, str] = {
    "sys.exit('not ok 1 ring')": "",  # a text is status 1
    "pass": "its test passes",
    "print('not ok 1 ring'); sys.exit(4)": "its test ended with status 4, and not by the bug",
    "sys.exit('it does not compile')": "its test ended with status 1, and not by the bug",
    "print('not ok 1 ring', flush=True); time.sleep(600)": "its test did not end in time",
}


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bugs: List[Bug]) -> int:
    """The script with these bugs."""
    monkeypatch.setattr(seeded_bugs, "BUGS", bugs)
    monkeypatch.setattr(sys, "argv", ["x", "--output", str(tmp_path), "--timeout", "20"])
    return seeded_bugs.main()


def bug(name: str, words: List[str]) -> Bug:
    """One of the ring's."""
    return Bug(name, "lib/ring.c", GOOD, BAD, words, "^not ok 1 ring")


def test_only_a_failing_test_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                    capsys: pytest.CaptureFixture[str]) -> None:
    """Neither another status, nor another text, nor silence; nor a test that fails anyway."""
    bugs = [bug(f"bug {number}", command(code)) for number, code in enumerate(FATES)]
    bugs.append(bug("fails anyway", command("sys.exit('not ok 1 ring')", "sys.exit(1)")))
    assert run(tmp_path, monkeypatch, bugs) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[:-2] == [
        f"MISSED  bug {number}: {why}" if why else f"caught  bug {number}"
        for number, why in enumerate(FATES.values())]
    assert said[-2:] == ["MISSED  fails anyway: its test fails without it, too",
                         "1 of 6 seeded bugs caught"]
    results = tmp_path / "seeded"
    assert (results / "tree/lib/ring.c").read_text() == (ROOT / "lib/ring.c").read_text()
    assert "not ok 1 ring" in (results / "bug-0.txt").read_text()


def test_bugs_of_one_test_share_its_first_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    """It is run once without any of them, and once with each."""
    words = command("sys.exit('not ok 1 ring')")
    assert run(tmp_path, monkeypatch, [bug("one", words), bug("two", words)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 of 2 seeded bugs caught"
    assert (tmp_path / "seeded/runs").read_text() == "..."


def test_the_places_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bug can still be seeded; one that cannot ends the run before any is tried."""
    for one in BUGS:
        assert one.good in (ROOT / one.path).read_text(), one.name
    gone = bug("gone", command("pass"))._replace(good="no such text")
    with pytest.raises(SystemExit, match="lib/ring.c has no 'no such text', where 'gone' was"):
        run(tmp_path, monkeypatch, [gone])
