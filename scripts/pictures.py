#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the pictures of README.md and docs/screen.md (`make screenshots`): a kernel for each.

    scripts/pictures.py [--build build/pictures] [--output docs/images] [NAME ...]

One output folder is configured anew for each picture, so that little is compiled. A large screen is
scaled down by averaging; of a font's picture the upper part is kept, in full size.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import List

from tessera.elf import Elf
from tessera.make import build_kernel
from tessera.qemu import Machine
from tessera.screen import Screen

ROOT = Path(__file__).resolve().parent.parent
BASE = "CONFIG_BOOT_PVH=y\nCONFIG_FB_BOCHS=y\n"
MODES = ["640x480", "800x600", "1024x768", "1280x720", "1280x1024", "1600x900", "1920x1080",
         "2560x1440", "3840x2160"]
FONTS = ["8x8", "8x14", "8x16", "16x32"]
LARGE = 2000  # a screen as wide as that has the font 16x32
TEXT = ["The quick brown fox jumps over the", "lazy dog. 0123456789 +-*/=<>()[]{}#%&@"]
# Code page 437 but for the bytes that move the cursor; the shell's arguments have their text here.
CODES = bytes(code for code in range(1, 256) if code not in b"\a\b\t\n\r")
REST_OFFSET = 16


@dataclass
class Picture:
    """One picture: its file, the lines of its configuration, what is typed, what is kept."""

    name: str
    options: str
    lines: List[str]
    factor: int = 1
    rows: int = 0  # of pixels that are kept, where it is not all
    shows_codes: bool = False  # all of code page 437 is printed as well


def shapes(width: int, height: int) -> List[str]:
    """Lines for the shell that fill the right half of a screen."""
    x, y, radius = width * 3 // 4, height // 2, height // 5
    colors = ["red", "green", "blue", "cyan", "magenta", "yellow"]
    step = width // 40
    bars = [f"draw rect {x - 3 * step + i * step} {height * 4 // 5} {step} {height // 8} {color}"
            for i, color in enumerate(colors)]
    lines = [f"draw line {width // 2} {at} {width - 1} {height - 1 - at} gray"
             for at in range(0, height, height // 8)]
    return [*lines, f"draw circle {x} {y} {radius} orange",
            f"draw circle {x} {y} {radius // 2} black", *bars]


def mode_picture(mode: str) -> Picture:
    """A screen of text, then shapes."""
    width, height = map(int, mode.split("x"))
    font = "CONFIG_FONT_VGA_16X32=y\n" if width > LARGE else ""
    return Picture(f"mode-{mode}", f"CONFIG_FB_MODE_{mode.upper()}=y\n{font}",
                   ["clear", "info", *shapes(width, height)],
                   factor=1 if width < 1024 else 2 if width < LARGE else 4)


def font_picture(font: str) -> Picture:
    """A sentence, and every glyph."""
    width, height = map(int, font.split("x"))
    codes = "echo " + "x" * len(CODES)
    columns = 640 // width
    rows = 1 + 2 * len(TEXT) - (len(codes) + 2) // -columns - len(CODES) // -columns
    return Picture(f"font-{font}",
                   f"CONFIG_FB_MODE_640X480=y\nCONFIG_FONT_VGA_{font.upper()}=y\n",
                   ["clear", *(f"echo {text}" for text in TEXT)],
                   rows=min(480, rows * height), shows_codes=True)


def all_pictures() -> List[Picture]:
    """README's, each mode, each font, and the logo."""
    shell = Picture("shell", "CONFIG_FB_MODE_1280X720=y\n",
                    ["clear", "help", "page ffffffff80000000", "echo Hello, world!", "color cyan",
                     "draw circle 1040 360 160 orange", "draw rect 960 280 160 160 blue",
                     "draw line 880 200 1200 520 white"], factor=2)
    logo = Picture("logo", "CONFIG_FB_MODE_640X480=y\nCONFIG_CONSOLE_LOGO=y\n", ["info"])
    return [shell, *map(mode_picture, MODES), *map(font_picture, FONTS), logo]


def crop(screen: Screen, rows: int) -> Screen:
    """The upper part of a screen."""
    return Screen(screen.width, rows, screen.rgb[:3 * screen.width * rows])


def show_codes(machine: Machine, kernel: Path) -> None:
    """Print what no keyboard types: the words of an `echo` are replaced before it prints them."""
    echo = next(one.address for one in Elf(kernel).symbols() if one.name == "echo_run")
    with machine.connect_gdb() as gdb:
        gdb.set_breakpoint(echo)
        gdb.resume()
        machine.type_text("echo " + "x" * len(CODES) + "\n")
        gdb.wait_stop()
        gdb.remove_breakpoint(echo)
        words = gdb.read_memory(gdb.read_register("rdi") + REST_OFFSET, 8)
        gdb.write_memory(int.from_bytes(words, "little"), CODES)
        start = len(machine.serial_text)
        gdb.resume()
        machine.wait_prompt(start)


def scaled(screen: Screen, factor: int) -> Screen:
    """The screen with as many pixels less each way, each the average of those it stands for."""
    if factor == 1:
        return screen
    width, height = screen.width // factor, screen.height // factor
    rows, made = screen.rows, bytearray()
    for top in range(0, height * factor, factor):
        channels = []
        for channel in range(3):
            parts = [row[channel + 3 * shift:3 * width * factor:3 * factor]
                     for row in rows[top:top + factor] for shift in range(factor)]
            channels.append([sum(values) // factor ** 2 for values in zip(*parts)])
        for red, green, blue in zip(*channels):
            made += bytes((red, green, blue))
    return Screen(width, height, bytes(made))


def make(picture: Picture, build: Path, output: Path) -> None:
    """Configure, build, boot, type, look."""
    build_kernel(build, BASE + picture.options)
    with Machine(build / "tessera.elf", direct=True, gdb=picture.shows_codes,
                 extra=["-global", "VGA.vgamem_mb=64"]) as machine:
        machine.wait_prompt()
        for line in picture.lines:
            machine.run_command(line)
        if picture.shows_codes:
            show_codes(machine, build / "tessera.elf")
        screen = machine.screenshot()
    if picture.rows:
        screen = crop(screen, picture.rows)
    path = output / f"{picture.name}.png"
    scaled(screen, picture.factor).to_png(path)
    print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}: "
          f"{path.stat().st_size // 1024 + 1} KiB", flush=True)


def main() -> None:
    """All pictures, or those named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--build", type=Path, default=ROOT / "build/pictures")
    parser.add_argument("--output", type=Path, default=ROOT / "docs/images")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    known = {picture.name: picture for picture in all_pictures()}
    for name in arguments.names:
        if name not in known:
            sys.exit(f"pictures: there is no {name}; there are {', '.join(known)}")
    for name in arguments.names or known:
        make(known[name], arguments.build.resolve(), arguments.output.resolve())


if __name__ == "__main__":
    main()
