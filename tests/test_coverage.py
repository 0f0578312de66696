# SPDX-License-Identifier: MIT
"""The PURE modules are run by their suites as far as the house demands."""

from __future__ import annotations

from pathlib import Path

import pytest
from tessera.figures import Figures, Share, has_code, lacks
from tessera.hostbuild import pure_modules
from tessera.kernel_coverage import as_gcovr, join

from workbench import ROOT, run, tree_of_lib


@pytest.mark.xdist_group("coverage")
def test_pure_modules(tmp_path: Path) -> None:
    """All lines and 95 % of the branches of each; every module is in the table and the report."""
    said = run("scripts/python.sh", "gcovr", "scripts/coverage.py", "--host-only", "--output",
               tmp_path).good()
    page = (tmp_path / "coverage/index.html").read_text()
    for module in pure_modules():
        is_run = has_code(ROOT / module.source)
        assert (f"{module.source} " in said) == is_run and (not is_run or module.name in page)


@pytest.mark.xdist_group("coverage")
def test_a_line_that_no_test_runs(tmp_path: Path) -> None:
    """It is named, and the run ends badly; so is a header of which nothing was compiled."""
    tree = tree_of_lib(tmp_path / "tree")
    source = tree / "lib/ring.c"
    text = source.read_text()
    source.write_text(text + "\nint ring_unused(int x);\nint ring_unused(int x)\n{\n"
                      "\treturn x + 1;\n}\n")
    header = tree / "include/lib/ring.h"
    header.write_text(header.read_text() + "static inline int ring_idle(int x)\n{\n"
                      "\treturn x;\n}\n")
    said = run("scripts/python.sh", "gcovr", tree / "scripts/coverage.py", "--host-only",
               "--output", tmp_path / "out").bad()
    last = len(text.splitlines()) + 3
    assert f"not run: {last}, {last + 2}" in said and "wanted are 100 % of the lines" in said
    assert "\ninclude/lib/ring.h: there are no figures of it\n" in said
    assert "\nlib/ring.c: 95." in said and said.count(" % of the lines, ") == 1


def test_each_file_for_itself() -> None:
    """A file below the mark is named, however well the others do; nothing is not all."""
    good, half = Figures(Share(9, 9), Share(99, 100), []), Figures(Share(9, 9), Share(3, 5), [])
    plain, empty = Figures(Share(4, 4), Share(0, 0), []), Figures(Share(0, 0), Share(0, 0), [])
    files = {"a.c": good, "b.c": half, "c.h": plain, "d.c": empty}
    wanted = {"a.c": True, "b.c": True, "c.h": True, "d.c": True, "e.h": False, "f.h": True}
    assert lacks(files, wanted) == [
        "d.c: there are no figures of it", "f.h: there are no figures of it",
        "b.c: 100.0 % of the lines, 60.0 % of the branches"]
    assert lacks({"a.c": good}, {"a.c": True}) == []


def test_tables_have_no_figures() -> None:
    """A source without a function is never run."""
    assert not has_code(ROOT / "drivers/input/layouts/de.c")
    assert has_code(ROOT / "lib/ring.c") and has_code(ROOT / "arch/x86_64/kernel/page_entry.h")


def test_lines_of_several_images() -> None:
    """A line that ran in any of them ran; gcovr can read the sum."""
    joined = join([{"a.c": {1: True, 2: False}}, {"a.c": {2: True, 3: False}, "b.c": {1: False}}])
    assert joined == {"a.c": {1: True, 2: True, 3: False}, "b.c": {1: False}}
    files = as_gcovr(joined)["files"]
    assert [line["count"] for line in files[0]["lines"]] == [1, 1, 0]
