# SPDX-License-Identifier: MIT
"""allnoconfig, allyesconfig, randconfig, and the oracle: kconfig-conf on the same files.

kconfig-conf is the C program that Linux configures itself with, as the package kconfig-frontends
has it: who reads a Kconfig file otherwise than it does reads it wrongly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Dict, List

import pytest
from kconfiglib import BOOL, STRING
from building import ROOT, make
from kconfig_tree import faults_of, load, new_kconfig, shown_values

import kconfig
from kconf.generating import Dice, all_bools, texts
from kconf.loading import broken_options
from kconf.values import range_now, text_values
from kmatrix.plan import flags_to_set, random_jobs

SEEDS = range(200)
ORACLE = pytest.mark.skipif(not shutil.which("kconfig-conf"), reason="kconfig-conf is missing: "
                            "the package kconfig-frontends-nox has it, where there is one")


@pytest.fixture(autouse=True)
def in_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kconfig files and fonts go by paths from the top folder."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def drawn() -> List[Dict[str, str]]:
    """200 random configurations."""
    before = os.getcwd()
    os.chdir(ROOT)
    kconf, values = new_kconfig(), []
    for seed in SEEDS:
        kconfig.random_configuration(kconf, str(seed), [])
        values.append(shown_values(kconf))
    os.chdir(before)
    return values


# ---- randconfig -------------------------------------------------------------


def test_everything_varies(drawn: List[Dict[str, str]]) -> None:
    """Bools, members of choices, numbers and texts take many values."""
    kconf = new_kconfig()
    for symbol in kconf.unique_defined_syms:
        if not any(node.prompt for node in symbol.nodes):
            continue
        seen = {values.get(symbol.name, "") for values in drawn} - {""}
        ends = range_now(symbol)
        wanted = 8 if ends and symbol.name != "PHYS_MAP_BASE" else 2
        if symbol.orig_type == STRING:
            wanted = min(wanted, len(texts(symbol)))  # of files there may be one
        assert len(seen) >= wanted, f"{symbol.name}: {seen}"


def test_seed_gives_it_again(tmp_path: Path) -> None:
    """The seed is printed, and gives the same configuration; another one does not."""
    said = make(f"O={tmp_path}", "randconfig").stdout
    seed = said.split("SEED=")[1].split()[0]
    first = (tmp_path / ".config").read_text()
    make(f"O={tmp_path}", "randconfig", "SEED=x")
    assert (tmp_path / ".config").read_text() != first
    make(f"O={tmp_path}", "randconfig", f"SEED={seed}")
    assert (tmp_path / ".config").read_text() == first


def test_fragments_hold(tmp_path: Path) -> None:
    """What a fragment asks for is had whatever the dice say, and the rules hold."""
    fragment = tmp_path / "f"
    fragment.write_text("CONFIG_FONT_VGA_8X8=y\nCONFIG_HEAP_BASE=0xffff810000000000\n"
                        "CONFIG_FRAMEBUFFER=y\nCONFIG_FRAMEBUFFER_CONSOLE=y\nCONFIG_MM=y\n")
    kconf = new_kconfig()
    for seed in range(30):
        kconfig.random_configuration(kconf, str(seed), [fragment])
        values = shown_values(kconf)
        assert values["FONT_VGA_8X8"] == "y" and values["HEAP_BASE"] == "0xffff810000000000"


def test_dice_leave_fragments_alone() -> None:
    """They draw nothing for an option that is fixed, nor another member for its choice."""
    kconf = new_kconfig()
    kconf.syms["FONT_VGA_8X8"].set_value("y")
    fixed = {"FRAMEBUFFER", "HEAP_BASE", "FONT_VGA_8X8"}
    for seed in range(20):
        drawn = {item.name for item in Dice(kconf, str(seed), fixed).throw(lambda: ())}
        assert not drawn & (fixed | {"FONT_VGA_8X16", "FONT_VGA_8X14", "FONT_CUSTOM"})


def test_rules_hold_because_of_the_redraw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each draw keeps the rules (a load would fail); a seeded fault: without the redraw few do."""
    kconf = new_kconfig()

    def broken(seed: int) -> bool:
        kconf.unset_values()
        Dice(kconf, str(seed), ()).throw(lambda: broken_options(kconf))
        return bool(broken_options(kconf))

    assert sum(map(broken, range(30))) == 0
    monkeypatch.setattr(Dice, "_obey", lambda *_: None)
    assert sum(map(broken, range(30))) > 10


# ---- The oracle -------------------------------------------------------------


def oracle(folder: Path, mode: str, text: str = "", **more: str) -> Dict[str, str]:
    """What kconfig-conf makes of a file's text."""
    config = folder / "oracle.config"
    config.write_text(text)
    environment = {**os.environ, "KCONFIG_CONFIG": str(config), "CONFIG_": "CONFIG_", **more}
    subprocess.run(["kconfig-conf", mode, "Kconfig"], env=environment, check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return text_values(config.read_text())


def short_form(kconf, folder: Path) -> str:
    """What savedefconfig would write."""
    kconf.write_min_config(str(folder / "short"))
    return (folder / "short").read_text()


@ORACLE
@pytest.mark.parametrize("path", sorted(Path("configs").glob("*defconfig"))
                         or sorted((ROOT / "configs").glob("*defconfig")), ids=lambda p: p.name)
def test_oracle_on_defconfigs(tmp_path: Path, path: Path) -> None:
    """Every defconfig gives the same .config, in the same order."""
    kconf = new_kconfig()
    load(kconf, [path])
    theirs = oracle(tmp_path, "--olddefconfig", (ROOT / path).read_text())
    assert list(shown_values(kconf).items()) == list(theirs.items())


@ORACLE
def test_oracle_on_random_configurations(tmp_path: Path, drawn: List[Dict[str, str]]) -> None:
    """200 random ones, from their short form; a changed value would be seen."""
    kconf = new_kconfig()
    for seed, values in zip(SEEDS, drawn):
        kconfig.random_configuration(kconf, str(seed), [])
        short = short_form(kconf, tmp_path)
        assert oracle(tmp_path, "--olddefconfig", short) == values, f"SEED={seed}"
    assert oracle(tmp_path, "--olddefconfig", short + "CONFIG_DF_STACK_KIB=28\n") != values


@ORACLE
def test_oracle_as_the_dice(tmp_path: Path) -> None:
    """What kconfig-conf draws is taken as it is, but for rules that it cannot know."""
    config = tmp_path / ".config"
    for seed in range(40):
        theirs = oracle(tmp_path, "--randconfig", KCONFIG_SEED=str(seed + 1))
        config.write_text((tmp_path / "oracle.config").read_text())
        kconf = new_kconfig()
        load(kconf, [config])
        assert shown_values(kconf) == theirs


@ORACLE
@pytest.mark.parametrize("value", ["y", "n"])
def test_oracle_on_all(tmp_path: Path, value: str) -> None:
    """allyesconfig and allnoconfig are theirs, too."""
    kconf = new_kconfig()
    load(kconf, [], made=all_bools(kconf, value))
    mode = {"y": "--allyesconfig", "n": "--allnoconfig"}[value]
    assert shown_values(kconf) == oracle(tmp_path, mode)


@ORACLE
def test_oracle_is_the_loose_one(tmp_path: Path) -> None:
    """What it drops without a word is refused here: the reason for all this."""
    path = tmp_path / "d_defconfig"
    path.write_text("CONFIG_NONSENSE=y\nCONFIG_HEAP_SIZE_KIB=7\nCONFIG_FB_BPP=24\n")
    assert "NONSENSE" not in oracle(tmp_path, "--olddefconfig", path.read_text())
    assert len(faults_of([path])) == 3


# ---- They build -------------------------------------------------------------


def test_random_ones_are_those_of_the_matrix(tmp_path: Path) -> None:
    """Which builds and boots 20 of what randconfig makes up, given the compiler's flags, and
    allnoconfig and allyesconfig with them."""
    kconf = new_kconfig()
    jobs = list(random_jobs(kconf, 9, "1"))
    job = next(job for job in jobs[1:] if job.values["MM"] == "y")  # has all of the flags
    fragment = tmp_path / "flags.config"
    fragment.write_text("".join(f"CONFIG_{symbol.name}={job.values[symbol.name]}\n"
                                for symbol in flags_to_set(kconf)
                                if symbol.orig_type == BOOL))
    make(f"O={tmp_path}", "randconfig", f"SEED={job.name}", f"FRAGMENTS={fragment}")
    assert text_values((tmp_path / ".config").read_text()) == job.values
    assert jobs[0].values != job.values
