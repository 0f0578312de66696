# SPDX-License-Identifier: MIT
"""Strict input: what cannot be had stops, with the place, the reason and a mend that works."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import List

import pytest
from kconfiglib import BOOL, STRING
from building import ROOT, make
from kconfig_tree import Mini, faults_of, mend_of, new_kconfig

KCONFIG = """
config BASE
	bool "base"
config MIDDLE
	bool "middle"
	depends on BASE
config TOP
	bool "top"
	depends on MIDDLE
config NUMBER
	int "number"
	default 4
	range 1 64
config HIDDEN
	int "hidden"
	default 2
	range 1 8
	depends on BASE
config BIG
	bool "big"
	depends on NUMBER >= 10
config LONELY
	bool "lonely"
	depends on !BASE
config EITHER
	bool "either"
	depends on MIDDLE || BIG
config HELPER
	bool
config USER
	bool "user"
	depends on BASE
	select HELPER
config DERIVED
	int
	default 7 if TOP
	default 3
choice
	prompt "colour"
	depends on BASE
config RED
	bool "red"
config GREEN
	bool "green"
endchoice
config WORDS
	string "words"
	default "a b"
"""


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mini:
    """The Kconfig file above."""
    monkeypatch.chdir(tmp_path)
    return Mini(tmp_path, KCONFIG)


@pytest.mark.parametrize("line, told, mend", [
    ("CONFIG_MIDDLE=y", "without BASE (n)", ["CONFIG_BASE=y"]),
    ("CONFIG_TOP=y", "without MIDDLE (n, without BASE (n))", ["CONFIG_BASE=y", "CONFIG_MIDDLE=y"]),
    ("CONFIG_BIG=y", "without NUMBER >= 10 (NUMBER is 4)", ["CONFIG_NUMBER=10"]),
    ("CONFIG_EITHER=y", "without MIDDLE || BIG (MIDDLE is n, without BASE (n), BIG is n, without "
     "NUMBER >= 10 (NUMBER is 4))", ["CONFIG_BIG=y", "CONFIG_NUMBER=10"]),
    ("CONFIG_GREEN=y", "without BASE (n)", ["CONFIG_BASE=y"]),
    ("CONFIG_HELPER=y", "none of USER selects it", ["CONFIG_BASE=y", "CONFIG_USER=y"]),
    ("CONFIG_DERIVED=7", "'default 3' at Kconfig:",
     ["CONFIG_BASE=y", "CONFIG_MIDDLE=y", "CONFIG_TOP=y"]),
    ("CONFIG_DERIVED=3", "already", None),
    ("CONFIG_DERIVED=5", "remove the line", None),
    ("CONFIG_NUMBER=65", "1 to 64", None),
    ("CONFIG_HIDDEN=9", "without BASE (n), and is out of range (1 to 8 can be had)", None),
    ("CONFIG_NUMBER=0x4", "decimal", None),
    ("CONFIG_NUMBER=6\u0664", "decimal", None),
    pytest.param(f"CONFIG_NUMBER={'1' * 5000}", "at most 20 digits", None, id="digits"),
    ("CONFIG_WORDS=a", "double quotes", None),
    ("CONFIG_NUMBR=5", "is CONFIG_NUMBER meant?", None),
    ("#CONFIG_BASE is not set", "write '# CONFIG_BASE is not set'", None),
    ("CONFIG_BASE = y", "write CONFIG_BASE=y", None),
    ("BASE=y", "write CONFIG_BASE=y", None),
    ("NONE=y", "write CONFIG_NAME=value", None),
    ("CONFIG_base=y", "is CONFIG_BASE meant?", None),
    ("# CONFIG_NUMBER is not set", "f:1: # CONFIG_NUMBER is not set: the value must be", None),
])
def test_one_line(mini: Mini, line: str, told: str, mend: "List[str] | None") -> None:
    """Each kind of fault: the place, the reason, and lines that mend it, tried here once more."""
    base, fragment = mini.file("d_defconfig"), mini.file("f", line)
    sentence, = mini.faults(base, fragment)
    assert sentence.startswith("f:1: ") and told in sentence and "<choice>" not in sentence
    assert mend_of(sentence) == mend
    if mend:
        kept = [] if "instead" in sentence else [line]
        assert mini.faults(base, mini.file("f", *kept, *mend)) == []
        for number in range(len(mend)):
            fewer = mend[:number] + mend[number + 1:]
            values = mini.faults(base, mini.file("f", *kept, *fewer))
            assert values or "instead" in sentence, "one of the lines was not needed"


def test_mend_in_place(mini: Mini) -> None:
    """A line of the same file that stands in the way is named."""
    fragment = mini.file("f", "# CONFIG_BASE is not set", "CONFIG_MIDDLE=y")
    sentence, = mini.faults(mini.file("d_defconfig"), fragment)
    assert "(n by f:1)" in sentence and "'CONFIG_BASE=y' in place of f:1" in sentence


def test_mend_does_not_harm_other_lines(mini: Mini) -> None:
    """What another line of the user rules out is no mend."""
    sentence, = mini.faults(mini.file("d_defconfig"),
                            mini.file("f", "CONFIG_LONELY=y", "CONFIG_EITHER=y"))
    assert sentence.startswith("f:2: ") and mend_of(sentence) == ["CONFIG_BIG=y",
                                                                  "CONFIG_NUMBER=10"]


def test_selected(mini: Mini, tmp_path: Path) -> None:
    """What something selects cannot be off; who does is named, and how to stop it."""
    (tmp_path / "Kconfig").write_text(KCONFIG.replace("config HELPER\n\tbool",
                                                      'config HELPER\n\tbool "helper"'))
    sentence, = mini.faults(mini.file("d_defconfig"), mini.file(
        "f", "CONFIG_BASE=y", "CONFIG_USER=y", "# CONFIG_HELPER is not set"))
    assert "cannot be off, USER selects it" in sentence
    assert "'# CONFIG_USER is not set' in place of f:2" in sentence


# ---- Files against each other -----------------------------------------------


def test_contradicting_fragments(mini: Mini) -> None:
    """Two fragments with two values: an error that names both places."""
    base = mini.file("d_defconfig", "CONFIG_NUMBER=2")
    one, two = mini.file("one", "CONFIG_NUMBER=8"), mini.file("two", "", "CONFIG_NUMBER=9")
    sentence, = mini.faults(base, one, two)
    assert sentence.startswith("two:2: ") and "one:1" in sentence
    assert mini.faults(base, one, mini.file("two", "CONFIG_NUMBER=8")) == []
    assert mini.load(base, one)[0]["NUMBER"] == "8", "a fragment overrides a defconfig"


def test_contradicting_members_of_a_choice(mini: Mini) -> None:
    """Two members of one choice cannot both be had."""
    sentence, = mini.faults(mini.file("d_defconfig"),
                            mini.file("one", "CONFIG_BASE=y", "CONFIG_RED=y"),
                            mini.file("two", "CONFIG_GREEN=y"))
    assert sentence.startswith("two:1: ") and "one:2" in sentence


def test_override_that_takes_meaning_away(mini: Mini) -> None:
    """A line of the defconfig that a fragment makes pointless is told, not refused."""
    base = mini.file("d_defconfig", "CONFIG_BASE=y", "CONFIG_MIDDLE=y")
    _, loaded = mini.load(base, mini.file("f", "# CONFIG_BASE is not set"))
    assert [note.split(": ")[0] for note in loaded.notes] == ["d_defconfig:2"]
    sentence, = mini.faults(mini.file("e_defconfig", "CONFIG_MIDDLE=y"), mini.file("f"))
    assert sentence.startswith("e_defconfig:1: "), "alone, the defconfig is wrong by itself"


def test_twice_in_a_config(mini: Mini) -> None:
    """In .config a line that somebody added counts, with a note."""
    values, loaded = mini.load(mini.file(".config", "CONFIG_NUMBER=2", "CONFIG_NUMBER=9"))
    assert values["NUMBER"] == "9" and ".config:1" in loaded.notes[0]


def test_renamed(mini: Mini) -> None:
    """An old name works, with a note; one that is gone counts for nothing."""
    config = mini.file(".config", "CONFIG_COUNT=9", "CONFIG_GONE=y", "CONFIG_NUMBER=9")
    assert len(mini.faults(config)) == 2, "without the table both are unknown"
    mini.file("scripts/kconfig_renamed", "# comment", "COUNT NUMBER", "GONE -")
    values, loaded = mini.load(config)
    assert values["NUMBER"] == "9"
    assert "CONFIG_COUNT is called CONFIG_NUMBER now" in loaded.notes[0]
    assert loaded.notes[1].startswith(".config:2: ")
    config = mini.file("d_defconfig", "CONFIG_COUNT=9", "CONFIG_NUMBER=8")
    assert "contradicts" in mini.faults(config)[-1]


def test_all_faults_in_order(mini: Mini) -> None:
    """Every fault of every file in one run, as the lines stand."""
    said = mini.faults(
        mini.file("d_defconfig", "CONFIG_NONE=y", "CONFIG_TOP=y"),
        mini.file("f", "CONFIG_NUMBER=99", "words", "CONFIG_BASE=maybe", "CONFIG_DERIVED=1"),
    )
    assert [sentence.split(": ")[0] for sentence in said if sentence.startswith(
        ("d_defconfig:", "f:"))] == ["d_defconfig:1", "d_defconfig:2", "f:1", "f:2", "f:3", "f:4"]


def test_lines_of_other_systems(mini: Mini, tmp_path: Path) -> None:
    """A mark at the beginning, and lines that end as on Windows, mean what they say."""
    (tmp_path / "f").write_bytes(b"\xef\xbb\xbfCONFIG_NUMBER=9\r\n# CONFIG_BASE is not set\r\n")
    assert mini.load(mini.file("d_defconfig"), Path("f"))[0]["NUMBER"] == "9"
    (tmp_path / "f").write_bytes(b"CONFIG_BASE=y\r\nCONFIG_NUMBER=65\r\n")
    sentence, = mini.faults(mini.file("d_defconfig"), Path("f"))
    assert sentence.startswith("f:2: CONFIG_NUMBER=65: is out of range")


def test_unreadable(mini: Mini, tmp_path: Path) -> None:
    """No file, a folder, a file that is no text."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    base = mini.file("d_defconfig")
    for path in (Path("missing"), Path("."), Path("binary")):
        assert "cannot be read" in mini.faults(base, path)[0]


# ---- The tree's own options -------------------------------------------------


def wishes() -> List[str]:
    """For every option a value that it does not have, and that its range allows."""
    lines = []
    for symbol in new_kconfig().unique_defined_syms:
        if symbol.orig_ranges:
            value = symbol.orig_ranges[0][0].str_value
        else:
            value = {BOOL: "n" if symbol.str_value == "y" else "y", STRING: '"x"'}.get(
                symbol.orig_type, "24")
        lines.append(f"CONFIG_{symbol.name}={value}")
    return lines


def test_every_mend_of_the_tree_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For every option, on top of both defconfigs: where a mend is told, it mends."""
    monkeypatch.chdir(ROOT)
    fragment, told = tmp_path / "f", 0
    for base in ("configs/defconfig", "configs/tiny_defconfig"):
        for line in wishes():
            fragment.write_text(line + "\n")
            for sentence in faults_of([Path(base), fragment]):
                mend = mend_of(sentence)
                if mend is None:
                    continue
                told += 1
                kept = [] if "instead" in sentence else [line]
                fragment.write_text("\n".join([*kept, *mend]) + "\n")
                left = [text for text in faults_of([Path(base), fragment]) if "_FILE" not in text]
                assert left == [], f"{base} with {sentence}"
    assert told >= 15


def test_a_wrong_mend_would_be_seen(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: without the trial, a mend that another line rules out gets through."""
    from kconf.mend import Mender

    monkeypatch.setattr(Mender, "_works", lambda *_: True)
    with pytest.raises(AssertionError):
        test_mend_does_not_harm_other_lines(mini)


@pytest.mark.parametrize("lines, told", [
    (["CONFIG_HEAP_BASE=0x7fffffff0000"], "canonical"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="nowhere.psf"'], "cannot be read"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="{font}"'], "2 columns and 1 rows"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE=""'], "names no file"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="{font}.gz"'], "is compressed"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="{font}.wide"'], "128x128 are the most"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="{font}.high"'], "its glyphs have 200 rows"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="{font}.new"'], "PSF2 of version 1"),
    (["CONFIG_FONT_CUSTOM=y", 'CONFIG_FONT_FILE="README.md"'], "neither a PSF1 nor a PSF2 font"),
    *[(["CONFIG_FONT_CUSTOM=y", f'CONFIG_FONT_FILE="a{sign}b.psf"'], "make cannot handle")
      for sign in (":", ";", "|", '\\"', "\t")],
])
def test_rules_between_options(tmp_path: Path, lines: List[str], told: str) -> None:
    """What no range of one number can say: addresses, and a font that fits the mode."""
    from tessera.psf import PSF2_HEADER, PSF2_MAGIC

    font = tmp_path / "huge.psf"
    size = 128 * 16
    font.write_bytes(PSF2_HEADER.pack(PSF2_MAGIC, 0, 32, 0, 256, size, 128, 128)
                     + bytes(256 * size))
    (tmp_path / "huge.psf.gz").write_bytes(gzip.compress(font.read_bytes()))
    for name, change in (("wide", {7: 129}), ("new", {1: 1})):
        header = list(PSF2_HEADER.unpack(font.read_bytes()[:32]))
        for at, value in change.items():
            header[at] = value
        (tmp_path / f"huge.psf.{name}").write_bytes(
            PSF2_HEADER.pack(*header[:5], 17 * 128, *header[6:]) + bytes(256 * 17 * 128))
    (tmp_path / "huge.psf.high").write_bytes(b"\x36\x04\x00\xc8" + bytes(256 * 200))
    fragment = tmp_path / "f"
    lines = [line.format(font=font) for line in lines]
    size = ["CONFIG_FB_MODE_CUSTOM=y", "CONFIG_FB_WIDTH=320", "CONFIG_FB_HEIGHT=200"]
    fragment.write_text("\n".join([*lines, *size]) + "\n")
    done = make(f"O={tmp_path / 'out'}", "defconfig", f"FRAGMENTS={fragment}", check=False)
    assert done.returncode and f"{fragment}:" in done.stdout and told in done.stdout
    assert not (tmp_path / "out" / ".config").exists()


@pytest.mark.parametrize("change, told", [
    ('\nconfig THREE\n\ttristate "three"\n', "THREE is a tristate, and there are no modules"),
    ('\nchoice\n\tprompt "which"\n\toptional\nconfig ONE\n\tbool "one"\nendchoice\n',
     "the choice is optional"),
])
def test_what_this_build_has_not(mini: Mini, change: str, told: str) -> None:
    """What Kconfig has beyond bools and numbers: a sentence with the place."""
    (mini.folder / "Kconfig").write_text(KCONFIG + change)
    sentence, = mini.faults(mini.file("d_defconfig"))
    assert sentence.startswith("Kconfig:") and told in sentence
