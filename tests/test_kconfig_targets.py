# SPDX-License-Identifier: MIT
"""The targets that configure: what each makes, tells, keeps and refuses."""

from __future__ import annotations

import os
import re
import time
from itertools import count
from pathlib import Path
from typing import List

import pytest
from building import ROOT, least_seconds, make
from kconfig_tree import configured, copy_tree, refused, values_in

SERIAL = "configs/serial_defconfig"


# ---- From files -------------------------------------------------------------


def test_fragments_as_goals(tmp_path: Path) -> None:
    """NAME.config is a fragment on top of a defconfig, of .config, and along with FRAGMENTS."""
    one, two, out = tmp_path / "one.config", tmp_path / "two", tmp_path / "out"
    one.write_text("CONFIG_HEAP_SIZE_KIB=64\n")
    two.write_text("CONFIG_UART_BAUD=9600\n")
    configured(out, "serial_defconfig", str(one), f"FRAGMENTS={two}")
    values = values_in(out / ".config")
    assert (values["HEAP_SIZE_KIB"], values["UART_BAUD"]) == ("64", "9600")
    one.write_text("CONFIG_HEAP_SIZE_KIB=128\n")
    said = configured(out, str(one))
    assert "CONFIG_HEAP_SIZE_KIB: 128, was 64" in said
    assert values_in(out / ".config")["UART_BAUD"] == "9600"
    two.write_text("CONFIG_HEAP_SIZE_KIB=256\n")
    assert "contradicts" in refused(out, "serial_defconfig", str(one), f"FRAGMENTS={two}")
    configured(out, "why", "SYM=SHELL", f"FRAGMENTS={two}")
    assert values_in(out / ".config")["HEAP_SIZE_KIB"] == "256", "it was not lost in silence"


def test_environment_does_not_count(tmp_path: Path) -> None:
    """Neither what kconfiglib reads there, nor a variable that happens to be called as ours."""
    (tmp_path / "f").write_text("CONFIG_HEAP_SIZE_KIB=64\n")
    for name, value in (("srctree", "/"), ("CONFIG_", "FOO_"), ("KCONFIG_FUNCTIONS", "nothing"),
                        ("KCONFIG_CONFIG", str(tmp_path / "f")), ("KCONFIG_CONFIG_HEADER", "x"),
                        ("FRAGMENTS", str(tmp_path / "f"))):
        configured(tmp_path / name, "defconfig", **{name: value})
        configured(tmp_path / name, "olddefconfig", **{name: value})
        assert values_in(tmp_path / name / ".config")["HEAP_SIZE_KIB"] == "256"


def test_names_of_defconfigs(tmp_path: Path) -> None:
    """A file of a goal's name does not hide it, and configs/ in front is the same."""
    tree = copy_tree(tmp_path / "tree")
    (tree / "serial_defconfig").write_text("")
    for goal in ("serial_defconfig", "configs/serial_defconfig"):
        (tree / ".config").unlink(missing_ok=True)
        assert "configs/serial_defconfig" in make(goal, cwd=tree).stdout
        assert "FRAMEBUFFER" not in values_in(tree / ".config")
    done = make("configs/none_defconfig", cwd=tree, check=False)
    assert done.returncode and "There is no configs/none_defconfig" in done.stdout


def test_words_with_quotes(tmp_path: Path) -> None:
    """What the user gives is a word for the program, not for the shell."""
    assert "SEED=it's" in configured(tmp_path, "randconfig", "SEED=it's")
    assert "no option CONFIG_a'b" in refused(tmp_path, "why", "SYM=a'b")
    assert "a'b is neither" in refused(tmp_path, "diffconfig", "A=a'b")


def test_fragment_of_the_tree(tmp_path: Path) -> None:
    """A fragment of configs/ goes by its name."""
    configured(tmp_path, "allnoconfig", "tiny.config")
    before = (tmp_path / ".config").read_text()
    configured(tmp_path, "tinyconfig")
    assert (tmp_path / ".config").read_text() == before


def test_tinyconfig_is_tiny_defconfig(tmp_path: Path) -> None:
    """Told as what is on or as what is off, the smallest kernel is the same."""
    configured(tmp_path, "tinyconfig")
    before = (tmp_path / ".config").read_text()
    configured(tmp_path, "tiny_defconfig")
    assert (tmp_path / ".config").read_text() == before


def test_changes_are_told(tmp_path: Path) -> None:
    """What a target changes it says, not too much of it, and keeps the old file."""
    out = tmp_path
    assert "changes, the old" not in configured(out, "defconfig")
    before = (out / ".config").read_bytes()
    lines = [line for line in configured(out, "serial_defconfig").splitlines() if line[:2] == "  "]
    assert len(lines) == 13 and lines[-1].startswith("  and ")
    assert "  CONFIG_FRAMEBUFFER: n, was y" in lines
    assert (out / ".config.old").read_bytes() == before
    assert "changes, the old" not in configured(out, "serial_defconfig")
    assert (out / ".config.old").read_bytes() == before, "no change, nothing to keep"
    config = out / ".config"
    assert configured(out, "olddefconfig") == f"{config} is up to date\n"
    config.write_text("# mine\n" + config.read_text())
    said = configured(out, "olddefconfig")
    assert "every option as it was" in said and "up to date" not in said
    assert "# mine" in (out / ".config.old").read_text()


def test_link_and_read_only(tmp_path: Path) -> None:
    """A .config that is a link stays one; one that nobody may write does not make .old so."""
    configured(tmp_path, "defconfig")
    config, real = tmp_path / ".config", tmp_path / "real"
    config.rename(real)
    config.symlink_to("real")
    real.chmod(0o444)
    before = real.read_bytes()
    configured(tmp_path, "serial_defconfig")
    assert config.is_symlink() and real.read_bytes() != before
    old = tmp_path / ".config.old"
    assert old.read_bytes() == before and old.stat().st_mode & 0o200


def test_what_cannot_be_written(tmp_path: Path) -> None:
    """A sentence that names the file, and what .config became by then is told; nothing stays."""
    configured(tmp_path, "defconfig")
    header = tmp_path / "include/generated/autoconf.h"
    header.unlink()
    header.mkdir()
    said = refused(tmp_path, "serial_defconfig")
    assert "CONFIG_FRAMEBUFFER: n, was y" in said and f"the old one is {tmp_path}/" in said
    assert f"{header}: cannot be written: Is a directory" in said
    old = tmp_path / ".config.old"
    old.unlink()
    old.mkdir()
    said = refused(tmp_path, "defconfig")
    assert f"{old}: cannot be written: Is a directory" in said
    assert not list(tmp_path.glob(".config*new")) and "Errno" not in said
    assert "FRAMEBUFFER" not in values_in(tmp_path / ".config")


def test_faults_leave_the_config_alone(tmp_path: Path) -> None:
    """A .config with a fault is told and stays, byte for byte, whatever target is asked for."""
    configured(tmp_path, "defconfig")
    config = tmp_path / ".config"
    config.write_text(config.read_text() + "CONFIG_HEAP_SIZ_KIB=64\n")
    before = config.read_bytes()
    for goal in ("olddefconfig", "oldconfig", "savedefconfig", "listnewconfig", "all"):
        said = refused(tmp_path, goal)
        assert f"{config}:" in said and "CONFIG_HEAP_SIZE_KIB meant?" in said
        assert config.read_bytes() == before


def test_changed_tree(tmp_path: Path) -> None:
    """A new option in an older .config takes its default and is named; a renamed one goes on."""
    tree = copy_tree(tmp_path / "tree")
    make("defconfig", cwd=tree)
    kconfig = tree / "mm/Kconfig"
    text = kconfig.read_text().replace("HEAP_SIZE_KIB", "HEAP_KIB")
    kconfig.write_text(text.replace('endmenu', 'config NEW\n\tint "new"\n\tdefault 5\n\nendmenu'))
    assert "no option CONFIG_HEAP_SIZE_KIB" in make("olddefconfig", cwd=tree, check=False).stdout
    with open(tree / "scripts/kconfig_renamed", "a", encoding="utf-8") as table:
        table.write("HEAP_SIZE_KIB HEAP_KIB\n")
    for name in ("HEAP_KIB", "HEAP_SIZE_KIB"):
        said = make("why", f"SYM={name}", cwd=tree).stdout
        assert "CONFIG_HEAP_KIB: " in said
        assert re.search(r"from +its default .* which .config:\d+ repeats", said)
    assert make("listnewconfig", cwd=tree).stdout.splitlines()[0] == "CONFIG_HEAP_KIB=256"
    said = make("olddefconfig", cwd=tree).stdout
    assert "CONFIG_NEW is new: 5 (its default)" in said
    assert "CONFIG_HEAP_SIZE_KIB is called CONFIG_HEAP_KIB now" in said
    assert make("listnewconfig", cwd=tree).stdout == ""


def test_savedefconfig(tmp_path: Path) -> None:
    """It says where it wrote, and what it wrote gives the same again."""
    configured(tmp_path, "randconfig", "SEED=3")
    before = (tmp_path / ".config").read_text()
    said = configured(tmp_path, "savedefconfig")
    assert f"{tmp_path}/defconfig is written" in said
    configured(tmp_path, "defconfig", f"FRAGMENTS={tmp_path}/defconfig")
    assert (tmp_path / ".config").read_text() == before


# ---- Telling ----------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder, configured from serial_defconfig and a fragment."""
    out = tmp_path_factory.mktemp("why")
    (out / "f").write_text("\nCONFIG_HEAP_SIZE_KIB=64\nCONFIG_BOOT_TEST_HEAP=y\n")
    configured(out, "serial_defconfig", f"FRAGMENTS={out / 'f'}")
    return out


@pytest.mark.parametrize("name, told", [
    ("HEAP_SIZE_KIB", ["value        64", "from         {out}/f:2", "range        16 to 1048576",
                       "default      256 (mm/Kconfig:"]),
    ("CONFIG_UART_BAUD", ["value        115200",
                          "from         its default (drivers/serial/Kconfig:",
                          "needs        UART16550"]),
    ("FRAMEBUFFER", ["value        n", f"from         {SERIAL}:", "needed by    FB_MODE_640X480"]),
    ("SHELL_CMD_COLOR", ["value        none", "unmet        FRAMEBUFFER_CONSOLE (n, without "
                         "FRAMEBUFFER (n by ", "to get it    'CONFIG_FRAMEBUFFER=y'",
                         "selects      SHELL_COLOR_ARGUMENT"]),
    ("QEMU_DEBUG_EXIT", ["value        y", "from         BOOT_TEST_HEAP selects it"]),
    ("BOOT_TEST_NONE", ["value        n", "from         BOOT_TEST_HEAP is chosen instead"]),
    ("BOOT_TEST_HEAP", ["from         {out}/f:3", "choice       one of BOOT_TEST_NONE"]),
    ("FB_BPP", ["value        none", "because      it is not there without FRAMEBUFFER"]),
    ("FB_BPP_24", ["decides      FB_BPP"]),
])
def test_why(small: Path, name: str, told: List[str]) -> None:
    """An option's value, who gave it, what it needs, what needs it."""
    said = configured(small, "why", f"SYM={name}")
    for text in told:
        assert text.format(out=small) in said


def test_why_after_an_edit(tmp_path: Path) -> None:
    """A value edited in .config comes from there, and no more from the fragment."""
    (tmp_path / "f").write_text("CONFIG_HEAP_SIZE_KIB=64\n")
    configured(tmp_path, "serial_defconfig", f"FRAGMENTS={tmp_path / 'f'}")
    config = tmp_path / ".config"
    config.write_text(config.read_text().replace("KIB=64", "KIB=128", 1))
    told = configured(tmp_path, "why", "SYM=KERNEL_STACK_KIB")
    assert re.search(r"from +\S+/\.config:\d+$", told, re.MULTILINE)
    assert f"{tmp_path / 'f'}:1" in configured(tmp_path, "why", "SYM=HEAP_SIZE_KIB")


def test_why_of_nothing(small: Path) -> None:
    """A misspelt or missing name."""
    assert "CONFIG_HEAP_SIZE_KIB meant?" in refused(small, "why", "SYM=heap_siz_kib")
    assert "make why SYM=" in refused(small, "why")


def test_diffconfig(small: Path, tmp_path: Path) -> None:
    """Two configurations, given as files, by name, or as the last change."""
    said = configured(tmp_path, "diffconfig", "A=defconfig", "B=serial_defconfig").splitlines()
    assert " FRAMEBUFFER y -> n" in said and "-FB_WIDTH 1280" in said
    said = configured(small, "diffconfig", "A=serial_defconfig").splitlines()
    assert " HEAP_SIZE_KIB 256 -> 64" in said and "+PANIC_EXIT n" in said and len(said) == 5
    assert configured(small, "diffconfig", f"A={small}/.config") == ""
    configured(tmp_path, "defconfig")
    configured(tmp_path, "serial_defconfig")
    assert "-FB_WIDTH 1280" in configured(tmp_path, "diffconfig")
    assert "neither a file nor" in refused(tmp_path, "diffconfig", "A=nowhere")


def test_help_lists_the_targets() -> None:
    """Every target that configures, on a screen of 24 by 80; a target left out would be seen."""
    makefile = (ROOT / "Makefile").read_text()
    begins = re.search(r"^begins := ((?:.*\\\n)*.*)", makefile, re.MULTILINE)
    others = re.search(r"^\.PHONY: \$\(filter-out.*\) ((?:.*\\\n)*.*)", makefile, re.MULTILINE)
    targets = set(re.findall(r"[a-z]+", f"{begins[1]} {others[1]}".replace("%_defconfig", "")))
    assert {"randconfig", "why", "guiconfig"} <= targets
    for goal in ("help", "help-config"):
        text = make(goal).stdout
        lines = text.splitlines()
        assert len(lines) <= 24 and max(map(len, lines)) <= 80
        assert {name for name in targets if not re.search(rf"\b{name}\b", text)} == set()
        assert not re.search(r"\bwhy\b", text.replace("why", "")), "the seeded fault"


# ---- Speed ------------------------------------------------------------------


def test_configure_from_nothing_is_fast(tmp_path: Path) -> None:
    """Under 0.3 s, the search for a Python included."""
    folders = (tmp_path / str(number) for number in count())
    assert least_seconds(lambda: configured(next(folders), "defconfig"), 4) < 0.3


def test_no_python_where_nothing_changed(tmp_path: Path) -> None:
    """With no Python to be had, a configured tree is still read; a changed option needs one."""
    configured(tmp_path, "serial_defconfig")
    broken = tmp_path / "broken.py"
    broken.write_text("#!/bin/sh\necho python ran >&2\nexit 9\n")
    broken.chmod(0o755)
    # A goal that is there already: all of the Makefile is read, and nothing is built.
    words = (f"O={tmp_path}", f"{tmp_path}/include/config/SHELL", f"PY={broken}")
    assert "python ran" not in make(*words).stdout
    config = tmp_path / ".config"
    os.utime(config, (time.time() + 2, time.time() + 2))
    assert "python ran" not in make(*words).stdout
    config.write_text(config.read_text() + "CONFIG_SHELL_CMD_INFO=n\n")
    assert "python ran" in make(*words, check=False).stdout
