# SPDX-License-Identifier: MIT
"""The mutants: what is changed, what is left alone, and that a missing test shows."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List

import pytest
from mutants import in_turns
from mutation.sites import find_mutants, kinds

from workbench import ROOT, run

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
    said = run("make", "-s", "mutants", f"O={tmp_path}", "COUNT=4", "SEED=3",
               "T=lib/ring.c").good()
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
    tree = tmp_path / "tree"
    run("git", "clone", "-q", "--shared", ROOT, tree).good()
    suite = tree / "lib/color_test.c"
    suite.write_text("\n".join([
        "#include <kernel/ktest.h>",
        "static void color_nothing(struct ktest *test) { (void)test; }",
        "static const struct ktest_case color_cases[] = { KTEST_CASE(color_nothing) };",
        "KTEST_SUITE(color, color_cases);", ""]))
    (tree / "tests/fuzz/shell.c").unlink()
    said = run("make", "-s", "-C", tree, "mutants", "COUNT=3", "T=lib/color.c").bad()
    assert "mutants: 0 of 3 caught" in said
    assert said.count("--- a/lib/color.c") == 3
