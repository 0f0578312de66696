# SPDX-License-Identifier: MIT
"""The lint of the Kconfig files: each fault is found where it is seeded, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import List, Set

import pytest
from building import make
from kconfig_tree import Mini, copy_tree, new_kconfig

from kconf.lint import lint

GOOD = """
config BASE
	bool "base"
	help
	  One. Two.
config LEAF
	bool "leaf"
	depends on BASE
	select HELPER
	help
	  One. Two.
config HELPER
	bool
	depends on BASE
config COUNT
	int "count"
	default 8 if LEAF
	default 4
	range 1 16
	help
	  One. Two.
choice
	prompt "colour"
	help
	  One. Two.
config RED
	bool "red"
	help
	  One. Two.
config GREEN
	bool "green"
	help
	  One. Two.
endchoice
config SHADE
	int
	default 1 if RED
	default 2 if GREEN
"""
USED = {"BASE", "HELPER", "COUNT", "RED", "SHADE"}


def found(folder: Path, kconfig: str, used: Set[str] = frozenset(USED)) -> List[str]:
    """What the lint says."""
    Mini(folder, kconfig)
    return [f"{fault.where}: {fault.text}" for fault in lint(new_kconfig(), set(used),
                                                             Path("renamed"))]


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder to itself."""
    monkeypatch.chdir(tmp_path)


def test_nothing_in_a_good_one(tmp_path: Path) -> None:
    """LEAF is read by a default, GREEN is there because RED is, and a select may need BASE."""
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize("before, after, told", [
    ("depends on BASE\n\tselect", "depends on BAES\n\tselect", "nothing defines BAES"),
    ("default 8 if LEAF\n\tdefault 4", "default 4\n\tdefault 8 if LEAF", "default 2 of COUNT"),
    ("default 8 if LEAF", "default 8 if LEAF\n\tdefault 9 if LEAF && BASE", "default 2 of COUNT"),
    ("default 8 if LEAF", "default 8 if LEAF && !BASE", "default 1 of COUNT"),
    ("default 1 if RED", "default 1 if RED && GREEN", "default 1 of SHADE"),
    ("default 8 if", "default 80 if", "outside of its range 1 to 16"),
    ("depends on BASE\n\tselect", "select", "LEAF selects HELPER, which needs BASE"),
    ("\tbool \"leaf\"", "\tbool \"leaf\"\n\timply SHADED", "nothing defines SHADED"),
    ("range 1 16\n", "", "COUNT has no range"),
    ("\thelp\n\t  One. Two.\nconfig HELPER", "config HELPER", "'leaf' has no help"),
    ("One. Two.\nconfig GREEN", "One.\nconfig GREEN", "less than two sentences"),
    ("config SHADE", "config LOST\n\tbool\nconfig SHADE", "no other option reads LOST"),
])
def test_seeded_fault(tmp_path: Path, before: str, after: str, told: str) -> None:
    """One change to the good file, one fault; a name that is always off may bring a second."""
    assert before in GOOD
    faults = found(tmp_path, GOOD.replace(before, after, 1))
    assert told in faults[0] and faults[0].startswith("Kconfig:")
    assert len(faults) == 1 or "nothing defines" in told and len(faults) == 2


def test_unused_choice(tmp_path: Path) -> None:
    """A choice none of whose members is read changes nothing."""
    text = GOOD[:GOOD.index("config SHADE")]
    assert found(tmp_path, text) == []
    assert len(found(tmp_path, text, USED - {"RED"})) == 2


def test_renamed(tmp_path: Path) -> None:
    """The table of old names is held against the options."""
    (tmp_path / "renamed").write_text("OLD COUNT\nBASE LEAF\nAWAY -\nOLDER NOWHERE\n")
    first, second = found(tmp_path, GOOD)
    assert "BASE is an option of today" in first and "NOWHERE, which is no option" in second


def test_make_checks_runs_it(tmp_path: Path) -> None:
    """`make checks` tells a fault of the tree's own files."""
    tree = copy_tree(tmp_path / "tree")
    with open(tree / "mm/Kconfig", "a", encoding="utf-8") as kconfig:
        kconfig.write("\nconfig LOST\n\tbool\n\tdefault y if NOWHERE\n")
    said = make("checks", cwd=tree, check=False).stdout
    assert "nothing defines NOWHERE" in said and "no other option reads LOST" in said
