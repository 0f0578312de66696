# SPDX-License-Identifier: MIT
"""`make run` and `make screenshot` through make itself; test_run.py asks the runner alone."""

from __future__ import annotations

import struct

import pytest

from building import Build, make


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


def test_screenshot(reference: Build) -> None:
    """A PNG of what the screen shows after the lines."""
    picture = reference.path / "screenshot.png"
    picture.unlink(missing_ok=True)
    make("-s", f"O={reference.path}", "WERROR=1", "screenshot", input_text="screenfill blue\n",
         timeout=180)
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1280, 720)
