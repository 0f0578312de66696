# SPDX-License-Identifier: MIT
"""Fonts of every size, most of them noise, so that each bit of a glyph counts."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tessera.promises import shown_color
from tessera.psf import Font

import oracle
from building import ROOT, Build, clean_environment
from configurations import PVH
from harness import Machines, wait_idle
from terminal import Terminal

WHITE, BLACK = 0xFFFFFF, 0x000000
FONTS = sorted(path.name for path in (ROOT / "drivers/video/fonts").glob("*.psf"))


def noise(width: int, height: int, count: int) -> Font:
    """A font of random glyphs; the space is empty. Bits behind a row's end are set: nobody may
    show them."""
    dice = random.Random(f"{width}x{height}")
    row_bytes = (width + 7) // 8
    behind = (1 << 8 * row_bytes - width) - 1
    glyphs = []
    for glyph in range(count):
        rows = [0 if glyph == 0x20 else dice.getrandbits(width) for _ in range(height)]
        glyphs.append(b"".join((row << 8 * row_bytes - width | behind).to_bytes(row_bytes, "big")
                               for row in rows))
    return Font(width, height, glyphs)


def configured(build, bits: int, path: Path) -> Build:
    """A kernel with this font, in the folder that these tests share."""
    return build("fonts", f"{PVH}CONFIG_FB_MODE_800X600=y\nCONFIG_FB_BPP_{bits}=y\n"
                 f'CONFIG_FONT_CUSTOM=y\nCONFIG_FONT_FILE="{path}"\n', goal="build")


@pytest.mark.xdist_group("build fonts")
@pytest.mark.parametrize("bits, width, height", [
    (32, 6, 8), (24, 6, 8), (16, 6, 8), (32, 7, 13), (32, 8, 16), (24, 9, 16), (32, 10, 20),
    (16, 12, 24), (24, 14, 28), (32, 15, 31), (16, 16, 32), (32, 16, 32), (32, 32, 64),
])
def test_any_size(
    build, machines: Machines, tmp_path: Path, bits: int, width: int, height: int
) -> None:
    """Each pixel of the log and of text that scrolls; PSF1 where it can be told so."""
    font = noise(width, height, 256 if width == 8 else 300)
    path = tmp_path / "noise.psf"
    path.write_bytes(font.to_psf1() if width == 8 else font.to_psf2())
    machine = machines.boot(configured(build, bits, path), direct=True)
    machine.run_command("help")
    machine.run_command("echo " + "0123456789" * 15)
    machine.run_command("info")
    wait_idle(machine)
    model = Terminal(font, 800, 600, shown_color(WHITE, bits), BLACK)
    model.feed(machine.serial_text[machine.serial_text.index("uart16550: "):])
    screen = machine.screenshot()
    assert not oracle.difference(model.canvas(), screen.width, screen.height, screen.rgb)


@pytest.mark.parametrize("name", FONTS)
def test_fonts_of_the_tree(name: str) -> None:
    """All have code page 437, by their own Unicode tables, and an empty space."""
    font = Font.load(ROOT / "drivers/video/fonts" / name)
    assert f"{font.width}x{font.height}" in name and len(font.glyphs) == 256
    for code in range(0x20, 0x7F):
        assert font.glyph_of(chr(code)) == code
    for code in range(0x80, 0x100):
        assert bytes([code]).decode("cp437") in font.unicode[code]
    assert not any(font.glyphs[0x20]) and all(any(font.glyphs[code]) for code in range(0x21, 0x7F))
    assert len({font.glyphs[code] for code in range(0x21, 0x7F)}) == 0x7F - 0x21


def test_every_font_and_mode_is_in_a_picture(reference: Build) -> None:
    """docs/screen.md shows each, and the pictures stay small."""
    images = ROOT / "docs/images"
    shown = set(re.findall(r"\(images/(\S+)\.png\)", (ROOT / "docs/screen.md").read_text()))
    text = (reference.path / ".config").read_text()
    modes = {f"mode-{size.lower()}" for size in re.findall(r"CONFIG_FB_MODE_(\d+X\d+)", text)}
    fonts = {f"font-{size.lower()}" for size in re.findall(r"CONFIG_FONT_VGA_(\d+X\d+)", text)}
    assert len(modes) == 9 and len(fonts) == 4 and modes | fonts <= shown
    shown.add("shell")
    assert shown <= {path.stem for path in images.glob("*.png")}
    assert sum(path.stat().st_size for path in images.glob("*.png")) < 600_000


def test_pictures_are_of_this_kernel(tmp_path: Path) -> None:
    """`make screenshots` makes those that are there, byte for byte."""
    command = [f"{ROOT}/scripts/pictures.py", "--build", tmp_path / "build", "--output", tmp_path]
    names = ["shell", "font-8x8"]
    subprocess.run([sys.executable, *command, *names], check=True, env=clean_environment())
    for name in names:
        made = (tmp_path / f"{name}.png").read_bytes()
        assert made == (ROOT / f"docs/images/{name}.png").read_bytes(), f"make screenshots T={name}"
    assert subprocess.run([sys.executable, *command, "nothing"]).returncode
