# SPDX-License-Identifier: MIT
"""menuconfig on a terminal, guiconfig in a window, oldconfig: they read and write strictly."""

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

import pytest
from building import ROOT, clean_environment
from kconfig_tree import configured, copy_tree, refused, values_in


# No terminal shows this: reading until it comes is reading to the end.
END = "\0"


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


def test_oldconfig_asks_again(tmp_path: Path) -> None:
    """An answer that cannot be had, by its range, its form or a rule, is told; it asks again."""
    configured(tmp_path, "defconfig")
    config = tmp_path / ".config"
    config.write_text(config.read_text().replace("CONFIG_HEAP_SIZE_KIB=256\n", ""))
    before = config.read_text()
    said = refused(tmp_path, "oldconfig", input_text="7\n")
    assert "7 is out of range; 16 to 1048576 can be had" in said and "no more input" in said
    assert config.read_text() == before
    said = configured(tmp_path, "oldconfig", input_text="7\nmany\n66\n64\n")
    assert "many: the value must be a decimal number" in said
    assert "66 is not a multiple of 4" in said
    assert values_in(config)["HEAP_SIZE_KIB"] == "64"


def test_menuconfig_on_a_terminal(tmp_path: Path) -> None:
    """It starts, saves by its key, and what it changed is told."""
    configured(tmp_path, "serial_defconfig")
    # Find FRAMEBUFFER, jump there, switch it on, go, and save before.
    status, said = _menu_says(tmp_path, [
        ("Tessera configuration", "/"), ("Jump to", "Framebuffer (screen)\r"),
        ("[ ] Framebuffer", " "), ("Screen mode", "q"), ("Save configuration", "y")])
    assert status == 0 and "CONFIG_FRAMEBUFFER: y, was n" in said
    assert values_in(tmp_path / ".config")["FRAMEBUFFER"] == "y"
    assert "FRAMEBUFFER" not in values_in(tmp_path / ".config.old")


def _value(option: str, value: str) -> "list[tuple[str, str]]":
    """The keys that give an option another value and save."""
    return [("Tessera configuration", "/"), ("Jump to", f"{option}\r\r"),
            ("Range:", "\x15" + value + "\rs"), ("Filename to save", "\r"), ("Success", "\r")]


def test_menu_reads_as_the_other_targets_do(tmp_path: Path) -> None:
    """An option of another name, blanks, and the mark of Windows' editors: nothing gets lost."""
    tree = copy_tree(tmp_path / "tree")
    with open(tree / "scripts/kconfig_renamed", "a", encoding="utf-8") as table:
        table.write("POOL_KIB HEAP_SIZE_KIB\n")
    out = tmp_path / "out"
    configured(out, "serial_defconfig")
    config = out / ".config"
    text = config.read_text().replace("CONFIG_HEAP_SIZE_KIB=256", "  CONFIG_POOL_KIB= 64")
    config.write_text("\ufeff" + text)
    status, said = _menu_says(out, _value("KERNEL_STACK_KIB", "128") + [("", "q")], tree)
    assert status == 0 and "CONFIG_POOL_KIB is called CONFIG_HEAP_SIZE_KIB now" in said
    values = values_in(config)
    assert (values["HEAP_SIZE_KIB"], values["KERNEL_STACK_KIB"]) == ("64", "128")


def test_menu_keeps_what_was_there_first(tmp_path: Path) -> None:
    """However often it saves, .config.old is the file from before."""
    configured(tmp_path, "serial_defconfig")
    config = tmp_path / ".config"
    config.write_text("# mine\n" + config.read_text())
    before = config.read_text()
    again = [("", "\r"), ("Range:", "\x15" + "32\rq"), ("Save configuration", "y")]
    status, said = _menu_says(tmp_path, _value("HEAP_SIZE_KIB", "64") + again)
    assert status == 0 and "CONFIG_HEAP_SIZE_KIB: 32, was 256" in said
    assert (tmp_path / ".config.old").read_text() == before


def test_menu_mends_what_it_broke(tmp_path: Path) -> None:
    """A rule that it cannot know: told, both files named, and it opens again to mend it."""
    configured(tmp_path, "serial_defconfig")
    before = (tmp_path / ".config").read_text()
    status, said = _menu_says(
        tmp_path, _value("HEAP_BASE", "0x800000000000") + [("", "q")])
    assert status and "leaves the canonical addresses" in said
    assert f"the old one is {tmp_path}/.config.old" in said and "make menuconfig" in said
    assert (tmp_path / ".config.old").read_text() == before
    status, said = _menu_says(tmp_path, _value("HEAP_BASE", "0x444444440000") + [("", "q")])
    assert status == 0 and "leaves the canonical addresses" in said
    assert (tmp_path / ".config").read_text() == before


def test_menu_loads_strictly(tmp_path: Path) -> None:
    """Another file that is loaded in the menu must be right, too."""
    configured(tmp_path, "serial_defconfig")
    (tmp_path / "bad").write_text("CONFIG_NONSENSE=y\n")
    _, said = _menu_says(tmp_path, [
        ("Tessera configuration", "o"), ("File to load", f"\x15{tmp_path}/bad\r"),
        ("there is no option CONFIG_NONSENSE", "\r"), ("File to load", "\x1b"), ("", "q")])
    assert "Traceback" not in said


def test_menu_without_its_terminal(tmp_path: Path) -> None:
    """Where the terminal vanishes without a signal it ends, and .config stays."""
    configured(tmp_path, "serial_defconfig")
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


def _menu_says(out: Path, steps: "list[tuple[str, str]]", cwd: Path = ROOT) -> "tuple[int, str]":
    """Type the keys of each step, once the menu shows what it awaits; status and all it said."""
    process, master = _menu(out, cwd)
    try:
        said = ""
        for awaited, keys in steps:
            said += _read_until(master, awaited)
            os.write(master, keys.encode())
        said += _read_until(master, END)
        return process.wait(20), said
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        os.close(master)


def _menu(out: Path, cwd: Path = ROOT) -> "tuple[subprocess.Popen[bytes], int]":
    """menuconfig on a terminal of its own; the process, and our end of the terminal."""
    master, slave = pty.openpty()
    environment = clean_environment(TERM="xterm", LINES="24", COLUMNS="160")
    process = subprocess.Popen(["make", f"O={out}", "menuconfig"], cwd=cwd, stdin=slave,
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
    configured(tmp_path, "serial_defconfig")
    (tmp_path / "sitecustomize.py").write_text(SITECUSTOMIZE)
    with subprocess.Popen(["Xvfb", "-displayfd", "1", "-nolisten", "tcp"], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            display = f":{server.stdout.readline().strip()}"
            said = configured(tmp_path, "guiconfig", DISPLAY=display,
                              PYTHONPATH=str(tmp_path), timeout=30)
        finally:
            server.kill()
    assert "CONFIG_SHELL: n, was y" in said
    assert "SHELL" not in values_in(tmp_path / ".config")
