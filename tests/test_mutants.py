# SPDX-License-Identifier: MIT
"""The mutants: what is changed, what is left alone, and that a missing test shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Dict, List

import pytest
from mutants import in_turns
from mutation import trial
from mutation.sites import find_mutants, kinds
from mutation.trial import Fate, Laboratory, TrialError
from tessera import suites
from tessera.fuzzing import FuzzError
from tessera.fuzzing import Outcome as FuzzOutcome
from tessera.hostbuild import HostBuildError
from tessera.ktap import Judgement, Report, Verdict

from workbench import ROOT, run, tree_of_lib

SOURCE = """/* SPDX-License-Identifier: MIT */
/* 1 < 2, PURE */
#include <lib/x.h>
#define SIZE (4 + 4)
enum {
\tLIMIT = 7,
};
static int f(int a, const char *text)
{
\tint rest = a - 1;

\tif (a >= LIMIT && *text == '1')
\t\treturn -rest;
\twhile (rest != 0)
\t\trest--;
\tcall(a,
\t     "1 + 1");
\trest += a << 3;
\treturn p->next ? rest : 0x0f;
}
"""

# What stands on the changed line afterwards, for each kind.
CHANGES = {
    "comparison": ["if (a > LIMIT && *text == '1')", "if (a >= LIMIT && *text != '1')",
                   "while (rest == 0)"],
    "constant": ["LIMIT = 8,", "int rest = a - 2;", "while (rest != 1)", "rest += a << 4;",
                 "return p->next ? rest : 0x10;"],
    "sign": ["return rest;"],
    "operator": ["int rest = a + 1;", "rest++;", "rest -= a << 3;", "rest += a >> 3;"],
    "statement": [";", ";", ";"],
    "condition": ["if (!(a >= LIMIT && *text == '1'))", "while (!(rest != 0))"],
    "logic": ["if (a >= LIMIT || *text == '1')"],
}


@pytest.mark.parametrize("kind", kinds())
def test_changes(kind: str) -> None:
    """Each kind finds its places, all of them, and nothing in comments, texts and directives."""
    changed: Dict[int, List[str]] = {}
    for mutant in find_mutants(Path("x.c"), SOURCE):
        if mutant.kind == kind:
            line = mutant.line(SOURCE)
            changed.setdefault(line, []).append(
                mutant.apply(SOURCE).splitlines()[line - 1].strip())
    assert [text for line in sorted(changed) for text in changed[line]] == CHANGES[kind]


@pytest.mark.xdist_group("mutants")
def test_a_good_suite_catches(tmp_path: Path) -> None:
    """The ring's suite notices what is done to the ring, and the cases are named."""
    tree = tree_of_lib(tmp_path / "tree")
    said = run("make", "-s", "-C", tree, "mutants", "COUNT=4", "SEED=3", "T=lib/ring.c").good()
    assert "mutants: 4 of 4 caught, SEED=3" in said
    assert "by lib.ring." in said


def test_the_seed_chooses() -> None:
    """The same seed gives the same order, another one another; the kinds take turns."""
    mutants = find_mutants(Path("x.c"), SOURCE)
    first = in_turns(mutants, 1)
    assert first == in_turns(mutants, 1) != in_turns(mutants, 2)
    assert sorted(first, key=mutants.index) == mutants
    assert [mutant.kind for mutant in first[:len(kinds())]] == kinds()


@pytest.mark.xdist_group("mutants")
def test_a_missing_test_shows(tmp_path: Path) -> None:
    """Without the suite's cases and the fuzz target, mutants survive and are shown as diffs."""
    tree = tree_of_lib(tmp_path / "tree")
    suite = tree / "lib/color_test.c"
    suite.write_text("\n".join([
        "#include <kernel/ktest.h>",
        "static void color_nothing(struct ktest *test) { (void)test; }",
        "static const struct ktest_case color_cases[] = { KTEST_CASE(color_nothing) };",
        "KTEST_SUITE(color, color_cases);", ""]))
    assert "lib/color.c" in (ROOT / "tests/fuzz/shell.c").read_text()
    assert not (tree / "tests/fuzz/shell.c").exists()
    said = run("make", "-s", "-C", tree, "mutants", "COUNT=3", "T=lib/color.c").bad()
    assert "mutants: 0 of 3 caught" in said
    assert said.count("--- a/lib/color.c") == 3


# ---- What counts ------------------------------------------------------------

RING = Path("lib/ring.c")
TIMEOUT = "SUMMARY: libFuzzer: timeout\n"


class FakeBench:
    """In place of fuzzing: what the runs give, one after the other."""

    outcomes: List[FuzzOutcome] = []
    problem = ""
    seconds: List[int] = []

    def __init__(self, _: Path, input_seconds: int = 0, **__: object) -> None:
        self._seconds = input_seconds

    def build(self, *_: object) -> None:
        """Or not."""
        if self.problem:
            raise FuzzError(self.problem)

    def replay(self, name: str, _: object) -> FuzzOutcome:
        """Never finds anything."""
        return FuzzOutcome(name)

    def run(self, *_: object) -> FuzzOutcome:
        """The next."""
        self.seconds.append(self._seconds)
        return self.outcomes.pop(0)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> "type[FakeBench]":
    """No clang is asked."""
    monkeypatch.setattr(trial, "Bench", FakeBench)
    monkeypatch.setattr(trial, "targets_of", lambda path: ["ring"])
    monkeypatch.setattr(FakeBench, "seconds", [])
    return FakeBench


@pytest.fixture
def laboratory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laboratory:
    """One whose suites see nothing."""
    monkeypatch.setattr(Laboratory, "_try_suites", lambda self: [])
    monkeypatch.setattr(Laboratory, "_ask_suites", lambda *_: None)
    monkeypatch.setattr(Laboratory, "_has_kernel", lambda *_: False)
    return Laboratory(tmp_path, 1)


def test_a_fuzz_target_that_is_broken_beforehand(
    laboratory: Laboratory, fake: "type[FakeBench]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would catch everything: no mutant is tried; nor is one where a tool is missing."""
    monkeypatch.setattr(fake, "outcomes", [FuzzOutcome("ring", why="status 1")])
    assert laboratory.prepare([RING]) == ["fuzz target ring"]
    monkeypatch.setattr(fake, "problem", "clang is missing")
    with pytest.raises(TrialError, match="clang is missing"):
        laboratory.prepare([RING])


def test_a_kernel_that_is_broken_beforehand(
    laboratory: Laboratory, fake: "type[FakeBench]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same."""
    monkeypatch.setattr(fake, "outcomes", [FuzzOutcome("frames")])
    monkeypatch.setattr(Laboratory, "_has_kernel", lambda *_: True)
    monkeypatch.setattr(trial.KernelBench, "_make", lambda *_: None)
    monkeypatch.setattr(suites, "check", lambda *_, **__: Judgement(Verdict.FAILED, "x", Report()))
    assert laboratory.prepare([Path("mm/frames.c")]) == ["the kernel: failed: x"]


def test_only_the_first_compile_may_fail(
    laboratory: Laboratory, fake: "type[FakeBench]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mutant that is no C does not count; one that is C is not lost by a tool that fails."""
    mutants = find_mutants(RING, (ROOT / RING).read_text())
    mutant = next(one for one in mutants if one.kind == "operator")
    assert laboratory.attempt(1, replace(mutant, text="no C")).fate is Fate.NOT_BUILT
    monkeypatch.setattr(fake, "problem", "no space left on device")
    with pytest.raises(TrialError, match="no space left"):
        laboratory.attempt(2, mutant)
    # Of what the optimiser's compiler cannot compile alone, the target is the first.
    frames = Path("mm/frames.c")
    mutant = find_mutants(frames, (ROOT / frames).read_text())[0]
    assert laboratory.attempt(3, mutant).fate is Fate.NOT_BUILT
    monkeypatch.setattr(fake, "problem", "")
    monkeypatch.setattr(fake, "outcomes", [FuzzOutcome("ring")])
    assert laboratory.attempt(4, mutant).fate is Fate.SURVIVED
    monkeypatch.setattr(Laboratory, "_has_kernel", lambda *_: True)
    monkeypatch.setattr(fake, "outcomes", [FuzzOutcome("ring")])

    def fails(*_: object) -> None:
        raise HostBuildError("no linker")

    monkeypatch.setattr(trial.KernelBench, "ask", fails)
    with pytest.raises(TrialError, match="no linker"):
        laboratory.attempt(5, mutant)


def test_a_timeout_has_to_repeat(tmp_path: Path, fake: "type[FakeBench]",
                                 monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy once has noticed no mutant."""
    monkeypatch.setattr(trial, "SECONDS", (2.0, 20.0))
    program = tmp_path / "suites"
    once = f'[ -e "{tmp_path}/second" ] || {{ : >"{tmp_path}/second"; exec sleep 600; }}\n'
    program.write_text(f'#!/bin/sh\n{once}echo "KTAP version 1"\necho 1..1\necho "ok 1 a"\n')
    program.chmod(0o755)
    assert trial.ask(program, []) is None
    monkeypatch.setattr(trial, "SECONDS", (0.1, 0.2))
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    assert trial.ask(program, []) == "it hangs"

    slow = FuzzOutcome("ring", why="timeout", text=TIMEOUT)
    monkeypatch.setattr(fake, "outcomes", [slow, FuzzOutcome("ring")])
    assert trial.ask_fuzz(tmp_path, "ring") is None
    assert fake.seconds == list(trial.INPUT_SECONDS)
    monkeypatch.setattr(fake, "outcomes", [slow, slow])
    assert trial.ask_fuzz(tmp_path, "ring") == "fuzz target ring"

    verdicts = [Verdict.HUNG, Verdict.PASSED]
    monkeypatch.setattr(suites, "check",
                        lambda *_, **__: Judgement(verdicts.pop(0), "", Report()))
    kernel = trial.KernelBench(tmp_path)
    assert kernel._check() is None  # pylint: disable=protected-access
    verdicts = [Verdict.HUNG, Verdict.HUNG]
    assert kernel._check() == "the kernel: hung"  # pylint: disable=protected-access
