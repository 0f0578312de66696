# SPDX-License-Identifier: MIT
"""A .config that was good: what an edit by hand, a changed tree or a lost build makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import make
from kconfig_tree import copy_tree, values_in


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree of one's own, with the reference configuration."""
    folder = copy_tree(tmp_path / "tree")
    make("defconfig", cwd=folder)
    return folder


def edit(path: Path, before: str, after: str) -> None:
    """Replace a text that is there once."""
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))


def refused(tree: Path, *words: str) -> str:
    """What make says where it must stop, and leave .config alone."""
    before = (tree / ".config").read_bytes()
    done = make(*words, cwd=tree, check=False)
    assert done.returncode and (tree / ".config").read_bytes() == before, done.stdout
    return done.stdout


@pytest.mark.parametrize("before, after, told", [
    ("range 16 1048576", "range 512 1048576", "CONFIG_HEAP_SIZE_KIB=256: is out of range; 512 to"),
    ("\tdefault 256\n", "\tdefault 256\n\tdepends on !SHELL\n",
     "CONFIG_HEAP_SIZE_KIB=256: has no effect without !SHELL"),
])
def test_the_tree_takes_a_value_away(tree: Path, before: str, after: str, told: str) -> None:
    """The user is asked, whatever has been built before."""
    edit(tree / "mm/Kconfig", before, after)
    assert told in refused(tree, "olddefconfig")


def test_default_that_breaks_a_rule(tree: Path) -> None:
    """No file has a line for it: the place is that of the option."""
    edit(tree / "mm/Kconfig", "\tdefault 256\n", "\tdefault 66\n")
    line = (tree / "mm/Kconfig").read_text().splitlines().index("config HEAP_SIZE_KIB") + 1
    assert (f"mm/Kconfig:{line}: CONFIG_HEAP_SIZE_KIB: 66 is not a multiple"
            in refused(tree, "defconfig"))


def test_an_edit_takes_values_away(tree: Path) -> None:
    """What depended on the option goes; a number that is visible still, but out of range, stays."""
    kconfig = tree / "mm/Kconfig"
    edit(kconfig, "range 16 1048576", "range 512 1048576 if !SHELL\n\trange 16 1048576")
    edit(tree / ".config", "CONFIG_FRAMEBUFFER=y", "# CONFIG_FRAMEBUFFER is not set")
    assert "CONFIG_FB_WIDTH is gone" in make("olddefconfig", cwd=tree).stdout
    edit(tree / ".config", "CONFIG_SHELL=y", "# CONFIG_SHELL is not set")
    assert "is out of range; 512 to" in refused(tree, "olddefconfig")


def test_derived_lines_without_a_build(tree: Path) -> None:
    """In a file that the build wrote they are notes, where nothing is known of before."""
    config = tree / ".config"
    edit(config, "CONFIG_FB_BPP_32=y", "# CONFIG_FB_BPP_32 is not set")
    edit(config, "# CONFIG_FB_BPP_24 is not set", "CONFIG_FB_BPP_24=y")
    text = config.read_text()
    (tree / "other").mkdir()
    (tree / "other/.config").write_text(text)
    said = make("O=other", "olddefconfig", cwd=tree).stdout
    assert "note: 'CONFIG_FB_BPP=32' follows from other options, and is 24 now" in said
    assert values_in(tree / "other/.config")["FB_BPP"] == "24"
    assert "follows" not in make("olddefconfig", cwd=tree).stdout, "it was known here"
    (tree / "third").mkdir()
    (tree / "third/.config").write_text("# of another program\n" + text)
    done = make("O=third", "olddefconfig", cwd=tree, check=False)
    assert "CONFIG_FB_BPP=32: has no prompt" in done.stdout


def test_derived_line_that_was_edited(tree: Path) -> None:
    """A user who writes one asks for what cannot be had."""
    edit(tree / ".config", "CONFIG_FB_BPP=32", "CONFIG_FB_BPP=24")
    assert "CONFIG_FB_BPP=24: has no prompt" in refused(tree, "olddefconfig")


def test_chosen_by_hand(tree: Path) -> None:
    """The member of a choice that the user wrote counts, even above the one that was chosen."""
    config = tree / ".config"
    (tree / "f").write_text("CONFIG_FONT_VGA_8X8=y\n")
    make("olddefconfig", "FRAGMENTS=f", cwd=tree)
    edit(config, "# CONFIG_FONT_VGA_8X16 is not set", "CONFIG_FONT_VGA_8X16=y")
    said = make("olddefconfig", cwd=tree).stdout
    assert "'CONFIG_FONT_VGA_8X16=y' counts, 'CONFIG_FONT_VGA_8X8=y' at" in said
    assert values_in(config)["FONT_VGA_8X16"] == "y"
