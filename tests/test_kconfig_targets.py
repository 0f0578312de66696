# SPDX-License-Identifier: MIT
"""The targets that configure: what each makes, tells, keeps and refuses."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import List

import pytest
from building import ROOT, clean_environment, make
from kconfig_tree import copy_tree, values_in

TINY = "configs/tiny_defconfig"


def configured(folder: Path, *words: str, **more: str) -> str:
    """Run make with the output in this folder; what it said."""
    return make(f"O={folder}", *words, **more).stdout


def refused(folder: Path, *words: str, **more: str) -> str:
    """The same where it must not work."""
    done = make(f"O={folder}", *words, check=False, **more)
    assert done.returncode != 0, done.stdout
    return done.stdout


# ---- From files -------------------------------------------------------------


def test_fragments_as_goals(tmp_path: Path) -> None:
    """NAME.config is a fragment on top of a defconfig, of .config, and along with FRAGMENTS."""
    one, two, out = tmp_path / "one.config", tmp_path / "two", tmp_path / "out"
    one.write_text("CONFIG_HEAP_SIZE_KIB=64\n")
    two.write_text("CONFIG_UART_BAUD=9600\n")
    configured(out, "tiny_defconfig", str(one), f"FRAGMENTS={two}")
    values = values_in(out / ".config")
    assert (values["HEAP_SIZE_KIB"], values["UART_BAUD"]) == ("64", "9600")
    one.write_text("CONFIG_HEAP_SIZE_KIB=128\n")
    said = configured(out, str(one))
    assert "CONFIG_HEAP_SIZE_KIB: 128, was 64" in said
    assert values_in(out / ".config")["UART_BAUD"] == "9600"
    two.write_text("CONFIG_HEAP_SIZE_KIB=256\n")
    assert "contradicts" in refused(out, "tiny_defconfig", str(one), f"FRAGMENTS={two}")
    configured(out, "why", "SYM=SHELL", f"FRAGMENTS={two}")
    assert values_in(out / ".config")["HEAP_SIZE_KIB"] == "256", "it was not lost in silence"


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
    lines = [line for line in configured(out, "tiny_defconfig").splitlines() if line[:2] == "  "]
    assert len(lines) == 13 and lines[-1].startswith("  and ")
    assert "  CONFIG_FRAMEBUFFER: n, was y" in lines
    assert (out / ".config.old").read_bytes() == before
    assert "changes, the old" not in configured(out, "tiny_defconfig")
    assert (out / ".config.old").read_bytes() == before, "no change, nothing to keep"
    config = out / ".config"
    config.write_text("# mine\n" + config.read_text())
    assert "every option as it was" in configured(out, "olddefconfig")
    assert "# mine" in (out / ".config.old").read_text()


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


# ---- Front ends -------------------------------------------------------------


def test_oldconfig_asks(tmp_path: Path) -> None:
    """It asks for what is new only, and takes the answer; without one it says what to do."""
    configured(tmp_path, "defconfig")
    config = tmp_path / ".config"
    short = config.read_text().replace("CONFIG_TIMER_HZ=100\n", "")
    config.write_text(short)
    said = refused(tmp_path, "oldconfig")
    assert "Timer interrupts per second" in said and "make olddefconfig" in said
    assert config.read_text() == short
    said = configured(tmp_path, "oldconfig", input_text="250\n")
    assert said.count("defined at") == 1 and values_in(config)["TIMER_HZ"] == "250"


def test_menuconfig_on_a_terminal(tmp_path: Path) -> None:
    """It starts, saves by its key, and what it changed is told."""
    configured(tmp_path, "tiny_defconfig")
    config = tmp_path / ".config"
    process, master = _menu(tmp_path)
    # Find FRAMEBUFFER, jump there, switch it on, go, and save before.
    said = ""
    for awaited, keys in (("Tessera configuration", "/"), ("Jump to", "Framebuffer (screen)\r"),
                          ("[ ] Framebuffer", " "), ("Width of the screen", "q"),
                          ("Save configuration", "y")):
        said += _read_until(master, awaited)
        os.write(master, keys.encode())
    said += _read_until(master, "is new: y")
    assert process.wait(20) == 0, said
    assert values_in(config)["FRAMEBUFFER"] == "y"
    assert "FRAMEBUFFER" not in values_in(tmp_path / ".config.old")
    os.close(master)


def test_menu_without_its_terminal(tmp_path: Path) -> None:
    """Where the terminal vanishes without a signal it ends, and .config stays."""
    configured(tmp_path, "tiny_defconfig")
    config = (tmp_path / ".config").read_text()
    process, master = _menu(tmp_path)
    try:
        _read_until(master, "Tessera configuration")
        os.close(master)
        assert process.wait(20) != 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert (tmp_path / ".config").read_text() == config


def _menu(out: Path) -> "tuple[subprocess.Popen[bytes], int]":
    """menuconfig on a terminal of its own; the process, and our end of the terminal."""
    master, slave = pty.openpty()
    environment = clean_environment(TERM="xterm", LINES="24", COLUMNS="80")
    process = subprocess.Popen(["make", f"O={out}", "menuconfig"], cwd=ROOT, stdin=slave,
                               stdout=slave, stderr=slave, env=environment,
                               start_new_session=True)
    os.close(slave)
    return process, master


def _read_until(master: int, text: str, seconds: float = 10) -> str:
    """What the terminal shows until it has shown this text."""
    said, end = "", time.monotonic() + seconds
    while text not in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\(B", "", said):
        ready, _, _ = select.select([master], [], [], max(0.0, end - time.monotonic()))
        assert ready, f"no '{text}' in {said[-1500:]!r}"
        try:
            said += os.read(master, 65536).decode(errors="replace")
        except OSError:  # the terminal's other end is closed
            break
    return said


def test_front_ends_that_cannot_run(tmp_path: Path) -> None:
    """One clear sentence without a terminal, a display, tkinter or input."""
    assert "needs a terminal" in refused(tmp_path, "menuconfig")
    assert "needs a display" in refused(tmp_path, "guiconfig")
    fake = tmp_path / "fake"
    fake.mkdir()
    (fake / "tkinter.py").write_text("raise ImportError('seeded')\n")
    said = refused(tmp_path, "guiconfig", DISPLAY=":7", PYTHONPATH=str(fake))
    assert "tkinter (seeded)" in said and "Traceback" not in said
    (fake / "tkinter.py").write_text("class TclError(Exception): pass\n")
    (fake / "guiconfig.py").write_text(
        "import tkinter\ndef menuconfig(kconf): raise tkinter.TclError('no display :7')\n")
    said = refused(tmp_path, "guiconfig", DISPLAY=":7", PYTHONPATH=str(fake))
    assert "no display :7" in said and "Traceback" not in said


# What a person would do in the window, put into Python at its start by this very name.
SITECUSTOMIZE = """\
import tkinter
wait = tkinter.Misc.mainloop

def drive(root, n=0):
    import guiconfig
    def keys():
        tree = guiconfig._tree
        tree.focus_force()
        item = next(i for i in tree.get_children() if "Shell" in tree.item(i)["text"])
        tree.selection_set(item)
        tree.focus(item)
        for key in ("n", "<Control-s>", "<Escape>"):
            root.update()
            tree.event_generate(key)
    root.after(0, keys)
    wait(root, n)

tkinter.Misc.mainloop = drive
"""


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")
def test_window(tmp_path: Path) -> None:
    """It opens, takes keys, saves by its key, and what it changed is told."""
    if subprocess.run(["scripts/python.sh", "kconfiglib,tkinter", "-c", ""], cwd=ROOT,
                      capture_output=True).returncode:
        pytest.skip("Python's tkinter is not installed")
    configured(tmp_path, "tiny_defconfig")
    (tmp_path / "sitecustomize.py").write_text(SITECUSTOMIZE)
    with subprocess.Popen(["Xvfb", "-displayfd", "1", "-nolisten", "tcp"], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            display = f":{server.stdout.readline().strip()}"
            said = configured(tmp_path, "guiconfig", DISPLAY=display, PYTHONPATH=str(tmp_path))
        finally:
            server.kill()
    assert "CONFIG_SHELL: n, was y" in said
    assert "SHELL" not in values_in(tmp_path / ".config")


# ---- Telling ----------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder, configured from tiny_defconfig and a fragment."""
    out = tmp_path_factory.mktemp("why")
    (out / "f").write_text("\nCONFIG_HEAP_SIZE_KIB=64\nCONFIG_BOOT_TEST_HEAP=y\n")
    configured(out, "tiny_defconfig", f"FRAGMENTS={out / 'f'}")
    return out


@pytest.mark.parametrize("name, told", [
    ("HEAP_SIZE_KIB", ["value        64", "from         {out}/f:2", "range        16 to 1048576",
                       "default      256 (mm/Kconfig:"]),
    ("CONFIG_UART_BAUD", ["value        115200",
                          "from         its default (drivers/serial/Kconfig:",
                          "needs        UART16550"]),
    ("FRAMEBUFFER", ["value        n", f"from         {TINY}:", "needed by    FB_WIDTH"]),
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
    configured(tmp_path, "tiny_defconfig", f"FRAGMENTS={tmp_path / 'f'}")
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
    said = configured(tmp_path, "diffconfig", "A=defconfig", "B=tiny_defconfig").splitlines()
    assert " FRAMEBUFFER y -> n" in said and "-FB_WIDTH 1280" in said
    said = configured(small, "diffconfig", "A=tiny_defconfig").splitlines()
    assert " HEAP_SIZE_KIB 256 -> 64" in said and len(said) == 4
    assert configured(small, "diffconfig", f"A={small}/.config") == ""
    configured(tmp_path, "defconfig")
    configured(tmp_path, "tiny_defconfig")
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
    """Under 0.3 s, the search for a Python included; more where others keep the cores busy."""
    times = []
    for number in range(4):
        start = time.monotonic()
        configured(tmp_path / str(number), "defconfig")
        times.append(time.monotonic() - start)
    waiting = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert min(times) < 0.3 * waiting, times


def test_no_python_where_nothing_changed(tmp_path: Path) -> None:
    """With no Python to be had, a configured tree is still read; a changed option needs one."""
    configured(tmp_path, "tiny_defconfig")
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
