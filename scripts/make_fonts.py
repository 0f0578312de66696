#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make drivers/video/fonts/vga-*.psf: the VGA glyphs in the order of code page 437.

The glyphs come from the console fonts of Debian's package console-setup-linux, whose files are
ordered for Linux, none of them with all characters of code page 437. Each glyph is found by the
files' Unicode tables, the first file of a size's list that has the character wins; what none has,
or has wrong, is drawn below. Run again on the same package, it writes the same bytes.

    scripts/make_fonts.py [--source /usr/share/consolefonts] [--output drivers/video/fonts]
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Tuple

from tessera.psf import Font

ROOT = Path(__file__).resolve().parent.parent

# What code page 437 shows below 0x20, where its text has control characters; 0x00 is empty.
SYMBOLS = "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"

# Other characters that look the same in this code page, so that text in Unicode finds its glyph.
LOOK_ALIKES = {"ß": "β", "µ": "μ", "Ω": "Ω", "Σ": "∑", "δ": "ð", "φ": "ϕ", "ε": "∈", "•": "●"}

EMPTY = "\0\xa0"

# Where the lists of files below would give a poor glyph: the file to take, and the character that
# it lists the glyph under. The 8x8 files have the Greek letters of code page 437 under the names of
# their bytes in ISO 8859-7; most of the 14 high ones have single lines under the names of double.
CORRECTED: Dict[str, Dict[str, Tuple[str, str]]] = {
    "VGA8": {right: ("FullGreek", wrong) for right, wrong in zip("αΓπΣστΦΘΩδφε∩", "ΰβγδεηθικλνξο")},
    "VGA14": {character: ("FullGreek", character) for character in "╢╖╕╜╤╥╓╫ΓΦ"},
}

# In none of the package's files of that size, or wrong in all of them. A picture gives the rows of
# a glyph, "#" for a set pixel; 16x32 shows the one of 8x16 at twice its size.
DRAWN: Dict[str, Dict[str, str]] = {
    "VGA8": {
        "►": "#....... ###..... #####... #######. #####... ###..... #....... ........",
        "◄": "......#. ....###. ..#####. #######. ..#####. ....###. ......#. ........",
        "₧": "#####... ##..##.. ##..##.. #####.#. ##..#### ##...##. ##...##. ##....##",
        "⌐": "........ ........ ........ #######. ##...... ##...... ........ ........",
        "∞": "........ ........ .######. ##.##.## ##.##.## .######. ........ ........",
        "≡": "........ #######. ........ #######. ........ #######. ........ ........",
    },
    "VGA14": {
        "►": "........ ........ #....... ##...... ####.... ######.. ########"
             " ######.. ####.... ##...... #....... ........ ........ ........",
        "◄": "........ ........ .......# ......## ....#### ..###### ########"
             " ..###### ....#### ......## .......# ........ ........ ........",
        "₧": "........ ........ #####... ##..##.. ##..##.. #####... ##...#.."
             " ##..##.. ##.####. ##..##.. ##..##.# ##...##. ........ ........",
        "⌐": "........ ........ ........ ........ ........ ........ #######."
             " ##...... ##...... ##...... ........ ........ ........ ........",
        "∞": "........ ........ ........ ........ ........ .######. ##.##.##"
             " ##.##.## ##.##.## .######. ........ ........ ........ ........",
        "∩": "........ ........ ........ .#####.. ##...##. ##...##. ##...##."
             " ##...##. ##...##. ##...##. ##...##. ##...##. ........ ........",
        "≡": "........ ........ ........ ........ #######. ........ ........"
             " #######. ........ ........ #######. ........ ........ ........",
        "ⁿ": "........ ##.##... .##.##.. .##.##.. .##.##.. .##.##.. ........"
             " ........ ........ ........ ........ ........ ........ ........",
    },
    "VGA16": {
        "►": "........ #....... ##...... ###..... ####.... #####... ######.. #######."
             " ######.. #####... ####.... ###..... ##...... #....... ........ ........",
        "◄": "........ .......# ......## .....### ....#### ...##### ..###### .#######"
             " ..###### ...##### ....#### .....### ......## .......# ........ ........",
    },
}


@dataclass
class Size:
    """A font to make: its file, and where its glyphs are."""

    output: str
    suffix: str         # of the package's files
    drawn: str          # key of DRAWN
    scale: int          # pixels that one of the drawing becomes each way; bytes of a row
    sets: List[str]     # the package's files, the first that has a character wins


# FullCyrSlav and FullGreek have the box drawings as the VGA shows them, the others thinner ones.
SIZES = [
    Size("vga-8x8.psf", "VGA8", "VGA8", 1, ["FullCyrSlav", "FullGreek", "Uni2"]),
    Size("vga-8x14.psf", "VGA14", "VGA14", 1, ["FullCyrSlav", "Uni1", "FullGreek", "Uni2"]),
    Size("vga-8x16.psf", "VGA16", "VGA16", 1, ["FullCyrSlav", "FullGreek", "Lat15"]),
    Size("vga-16x32.psf", "VGA32x16", "VGA16", 2, ["FullCyrSlav", "FullGreek", "Lat15"]),
]


def code_page_437() -> List[str]:
    """The character of each byte."""
    shown = [bytes([byte]).decode("cp437") for byte in range(256)]
    shown[1:0x20] = SYMBOLS
    shown[0x7F] = "⌂"
    return shown


def draw(picture: str, scale: int) -> bytes:
    """The bitmap of a drawing, each of its pixels `scale` pixels wide and high."""
    rows = []
    for line in picture.split():
        bits = "".join(character * scale for character in line)
        row = int(bits.replace(".", "0").replace("#", "1"), 2).to_bytes(len(bits) // 8, "big")
        rows += [row] * scale
    return b"".join(rows)


def find_glyph(character: str, fonts: Dict[str, Font], size: Size) -> bytes:
    """The bitmap of a character: drawn here, else of the first font that has it."""
    height = next(iter(fonts.values())).height
    if character in EMPTY:
        return bytes(size.scale * height)
    picture = DRAWN[size.drawn].get(character)
    if picture:
        return draw(picture, size.scale)
    corrected = CORRECTED.get(size.suffix, {}).get(character)
    for name, listed in [corrected] if corrected else [(name, character) for name in size.sets]:
        glyph = fonts[name].glyph_of(listed)
        if glyph is not None:
            return fonts[name].glyphs[glyph]
    sys.exit(f"make_fonts: no glyph of U+{ord(character):04X} for {size.output}")


def make_font(size: Size, source: Path) -> Font:
    """A font of 256 glyphs in the order of code page 437."""
    fonts = {name: Font.load(source / f"{name}-{size.suffix}.psf.gz") for name in size.sets}
    characters = code_page_437()
    glyphs = [find_glyph(character, fonts, size) for character in characters]
    table = [[character, *LOOK_ALIKES.get(character, "")] for character in characters]
    table[0] = []
    first = fonts[size.sets[0]]
    return Font(first.width, first.height, glyphs, table)


def main() -> None:
    """Write each font: PSF1 where it can be told so, PSF2 for the wide one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, default=Path("/usr/share/consolefonts"))
    parser.add_argument("--output", type=Path, default=ROOT / "drivers/video/fonts")
    arguments = parser.parse_args()
    for size in SIZES:
        font = make_font(size, arguments.source)
        data = font.to_psf1() if font.width == 8 else font.to_psf2()
        (arguments.output / size.output).write_bytes(data)


if __name__ == "__main__":
    main()
