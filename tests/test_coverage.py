# SPDX-License-Identifier: MIT
"""The PURE modules are run by their suites as far as the house demands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tessera.hostbuild import pure_modules
from tessera.kernel_coverage import as_gcovr, join

from workbench import ROOT, run


@pytest.mark.xdist_group("coverage")
def test_pure_modules(tmp_path: Path) -> None:
    """All lines and 95 % of the branches; every module is in the table, and in the report."""
    said = run("scripts/python.sh", "gcovr", "scripts/coverage.py", "--host-only", "--output",
               tmp_path).good()
    for module in pure_modules():
        assert f"{module.source} " in said
        assert module.name in (tmp_path / "coverage/index.html").read_text()


@pytest.mark.xdist_group("coverage")
def test_a_line_that_no_test_runs(tmp_path: Path) -> None:
    """It is named, and the run ends badly."""
    tree = tmp_path / "tree"
    run("git", "clone", "-q", "--shared", ROOT, tree).good()
    source = tree / "lib/ring.c"
    text = source.read_text()
    source.write_text(text + "\nint ring_unused(int x);\nint ring_unused(int x)\n{\n"
                      "\treturn x + 1;\n}\n")
    run("git", "-C", tree, "add", "-A").good()
    said = run("scripts/python.sh", "gcovr", tree / "scripts/coverage.py", "--host-only",
               "--output", tmp_path / "out").bad()
    last = len(text.splitlines()) + 3
    assert f"not run: {last}, {last + 2}" in said and "wanted are 100 % of the lines" in said


def test_lines_of_several_images() -> None:
    """A line that ran in any of them ran; gcovr can read the sum."""
    joined = join([{"a.c": {1: True, 2: False}}, {"a.c": {2: True, 3: False}, "b.c": {1: False}}])
    assert joined == {"a.c": {1: True, 2: True, 3: False}, "b.c": {1: False}}
    files = as_gcovr(joined)["files"]
    assert [line["count"] for line in files[0]["lines"]] == [1, 1, 0]
