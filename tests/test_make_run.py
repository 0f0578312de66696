# SPDX-License-Identifier: MIT
"""`make run` and `make screenshot` through make itself; test_run.py asks the runner alone."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from building import Build, make
from configurations import LOG, ONLY_PVH, PVH


def run(reference: Build, lines: str, *words: str, check: bool = True):
    """make run with these lines as its input."""
    return make("-s", f"O={reference.path}", "WERROR=1", *words, "run", input_text=lines,
                check=check, timeout=180)


@pytest.mark.parametrize("firmware", ["bios", "uefi"])
def test_lines_are_typed_and_answered(reference: Build, firmware: str) -> None:
    """Each line is answered, and the run ends with 0 when they are done."""
    lines = "help\ninfo\npage deadbeef\nfoo\n"
    said = run(reference, lines, f"FIRMWARE={firmware}").stdout.replace("\r\n", "\n")
    at = 0
    for words in ("> help\n", "screenfill <color>", "> info\n", "256 KiB at 0x444444440000",
                  "> page deadbeef\n", "PDPT index: 3\n", "PT index: 219\n", "> foo\n",
                  "Unknown command: foo\nType 'help' for available commands.\n> "):
        found = said.find(words, at)
        assert found >= 0, f"no {words!r} in its place:\n{said}"
        at = found


def test_options_reach_qemu(reference: Build) -> None:
    """MEMORY= and QEMU_ARGS= are passed on."""
    said = run(reference, "info\n", "MEMORY=64M", "QEMU_ARGS=-vga none").stdout
    assert "Framebuffer: none" in said
    free = int(said.split("KiB free of ")[1].split()[0])
    assert 60_000 < free < 65536


@pytest.mark.parametrize("name, typed, told", [
    ("screen", True, "console= leaves out the serial line; the text is read from the screen."),
    ("screen MACHINE=microvm", False, "console= leaves out the serial line, and the text goes"),
    ("debug", False, "console= leaves out the serial line, and the text goes where nothing"),
    ("serial,debug", True, ""),
])
def test_an_output_that_is_left_out(build, name: str, typed: bool, told: str) -> None:
    """console= may leave nothing on the serial line: it is not waited for, and that is said."""
    made = build("log", LOG, goal="build")
    words = ["BOOT=direct", *f"APPEND=console={name}".split()]
    said = run(made, "echo x\n", *words, check=False)
    text = said.stdout.replace("\r\n", "\n")
    assert told in text and ("tessera: " in text) == bool(told)
    assert (said.returncode == 0) == ("> echo x\nx\n> " in text) == typed
    assert typed or "name serial in it, or screen" in text
    run(made, "", *words)


def test_screenshot(reference: Build) -> None:
    """A PNG of what the screen shows after the lines."""
    picture = reference.path / "screenshot.png"
    picture.unlink(missing_ok=True)
    make("-s", f"O={reference.path}", "WERROR=1", "screenshot", input_text="screenfill blue\n",
         timeout=180)
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1280, 720)


def path_without_grub(where: Path) -> str:
    """A PATH with everything but what makes an ISO."""
    for folder in reversed(os.environ["PATH"].split(os.pathsep)):
        for tool in Path(folder).glob("*"):
            if not tool.name.startswith(("grub", "xorriso", "mformat", "mtools", "mcopy", "mmd")):
                link = where / tool.name
                link.unlink(missing_ok=True)
                link.symlink_to(tool)
    return str(where)


def test_a_direct_boot_needs_no_grub(build, tmp_path: Path) -> None:
    """BOOT=direct runs the kernel where nothing of GRUB is installed, and would make no ISO."""
    made = build("pvh", PVH)
    words = ["-s", f"O={made.path}", "WERROR=1", "run"]
    path = path_without_grub(tmp_path)
    done = make(*words, "BOOT=direct", input_text="echo x\n", PATH=path)
    assert "\n> echo x\nx\n> " in done.stdout.replace("\r\n", "\n")
    assert "\n> " in make(*words, "BOOT=direct", "MACHINE=microvm", PATH=path).stdout
    with_new_kernel = ["-n", "-W", str(made.elf), *words]
    assert "mkiso.sh" in make(*with_new_kernel).stdout
    assert "mkiso.sh" not in make(*with_new_kernel, "BOOT=direct").stdout


def test_a_kernel_that_grub_cannot_load(build) -> None:
    """It has no ISO, and every goal that wants one says what to do."""
    made = build("pvh-only", ONLY_PVH, goal="build")
    for goal in ("iso", "run", "screenshot"):
        done = make("-s", f"O={made.path}", "WERROR=1", goal, check=False)
        assert done.returncode and "turn on BOOT_MULTIBOOT2, or run it without GRUB by " \
            "BOOT=direct." in done.stdout
    assert not made.iso.exists()
    assert "\n> " in make("-s", f"O={made.path}", "WERROR=1", "run", "BOOT=direct").stdout


@pytest.mark.parametrize("lines, sentence", [
    ("# CONFIG_BOOT_MULTIBOOT2 is not set\n", "has no effect without BOOT_PVH"),
    ("# CONFIG_BOOT_MULTIBOOT2 is not set\nCONFIG_FB_BOCHS=y\n", "BOOT_PVH"),
])
def test_no_kernel_without_a_way_to_boot(tmp_path: Path, lines: str, sentence: str) -> None:
    """Neither way on is no configuration, whatever is asked for."""
    fragment = tmp_path / "fragment"
    fragment.write_text(lines)
    done = make(f"O={tmp_path / 'out'}", "defconfig", f"FRAGMENTS={fragment}", check=False)
    assert done.returncode and sentence in done.stdout
    make(f"O={tmp_path / 'out'}", "allnoconfig")
    assert "CONFIG_BOOT_MULTIBOOT2=y\n" in (tmp_path / "out" / ".config").read_text()
