# SPDX-License-Identifier: MIT
"""The lines that a sentence offers: each is put where it says, and then nothing is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List

import pytest
from building import ROOT
from kconfig_tree import Mini, faults_of

KCONFIG = """
config V
	bool "v"
config B
	bool "b" if V
	default y
choice
	prompt "colour"
	depends on V
config RED
	bool "red"
config GREEN
	bool "green"
config BLUE
	bool "blue"
endchoice
config W
	bool "w"
	depends on !RED && V
config S
	string "s"
	default "a"
config T
	bool "t"
	depends on S != "a"
config NUMBER
	int "number" if V
	default 4
	range 1 64
"""

BASE = "d_defconfig"


def mended(sentence: str) -> Dict[str, List[str]]:
    """The files of a fault, as the sentence wants them."""
    place, number = re.match(r"(.*?):(\d+): ", sentence).groups()
    files = {place: Path(place).read_text().splitlines()}
    said = sentence.rpartition("; ")[2]
    for line, file, at in re.findall(r"'([^']+)'(?: in place of (\S+?):(\d+))?", said):
        if not file:
            files[place].append(line)
            continue
        lines = files.setdefault(file, Path(file).read_text().splitlines())
        lines[int(at) - 1] = line
    if "instead of this line" in sentence:
        files[place][int(number) - 1] = ""
    return files


def hold(sentence: str, *paths: Path) -> None:
    """The sentence offers lines, and with them nothing is wrong."""
    assert "'" in sentence.rpartition("; ")[2], sentence
    for file, lines in mended(sentence).items():
        Path(file).write_text("\n".join(lines) + "\n")
    assert faults_of(paths) == [], sentence


@pytest.mark.parametrize("files, told", [
    ([["# CONFIG_V is not set"], ["CONFIG_NUMBER=9"]], "'CONFIG_V=y' in place of f0:1"),
    ([["CONFIG_V=y", "# CONFIG_RED is not set", "# CONFIG_GREEN is not set",
       "# CONFIG_BLUE is not set"]], "in place of f0:"),
    ([["CONFIG_V=y", "# CONFIG_RED is not set", "# CONFIG_BLUE is not set"],
      ["# CONFIG_GREEN is not set"]], "in place of f"),
    ([["# CONFIG_B is not set"]], "'CONFIG_V=y'"),
    ([["CONFIG_W=y"]], "'CONFIG_V=y'"),
    ([["CONFIG_T=y"]], "'CONFIG_S=\"\"'"),
    ([["# CONFIG_RED is not set", "CONFIG_NUMBER=9"]], "'CONFIG_V=y'"),
])
def test_lines_that_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                         files: List[List[str]], told: str) -> None:
    """Each of these was not found once, or contradicted another line."""
    monkeypatch.chdir(tmp_path)
    mini = Mini(tmp_path, KCONFIG)
    paths = [mini.file(BASE)] + [mini.file(f"f{number}", *lines)
                                 for number, lines in enumerate(files)]
    sentences = mini.faults(*paths)
    assert any(told in sentence for sentence in sentences), sentences
    hold(sentences[0], *paths)


def test_member_that_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the members of a choice one is offered that no line switches off."""
    monkeypatch.chdir(tmp_path)
    mini = Mini(tmp_path, KCONFIG)
    paths = [mini.file(BASE), mini.file("f", "CONFIG_V=y", "# CONFIG_RED is not set",
                                        "# CONFIG_BLUE is not set")]
    sentence, = mini.faults(*paths)
    assert sentence.endswith("one of a choice must be y; add 'CONFIG_GREEN=y', or remove the line")


def test_second_round_in_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that comes into being with the mend, where a line forbids its default."""
    monkeypatch.chdir(ROOT)
    fragment = tmp_path / "f"
    fragment.write_text("# CONFIG_FONT_VGA_8X16 is not set\nCONFIG_SHELL_CMD_SCREENFILL=y\n")
    paths = [Path("configs/serial_defconfig"), fragment]
    sentence, = faults_of(paths)
    assert "'CONFIG_FRAMEBUFFER=y'" in sentence and "in place of" not in sentence
    hold(sentence, *paths)
