#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make drivers/video/logos/tessera.ppm: the name as a mosaic.

Each tile is one pixel of the letters below or of the ground around them, its shade by a small
generator of numbers, so that the file is the same each time.

    scripts/make_logo.py [--output FILE]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Iterator, List, Tuple

ROOT = Path(__file__).resolve().parent.parent

LETTERS = {
    "T": "##### ..#.. ..#.. ..#.. ..#..",
    "E": "##### #.... ####. #.... #####",
    "S": ".#### #.... .###. ....# ####.",
    "R": "####. #...# ####. #..#. #...#",
    "A": ".###. #...# ##### #...# #...#",
}
NAME = "TESSERA"
TILE = 3  # pixels, the last of them is the joint
COLUMNS, ROWS = 42, 9
SIZE = (COLUMNS * TILE + 2, ROWS * TILE + 5)  # 128x32
JOINT = (8, 10, 16)

Color = Tuple[int, int, int]


def numbers() -> Iterator[int]:
    """0 to 31, without an order that the eye sees (Lehmer's generator)."""
    state = 1
    while True:
        state = state * 48271 % 0x7FFFFFFF
        yield state >> 16 & 31


def is_letter(column: int, row: int) -> bool:
    """Does the tile belong to a letter? They stand six tiles apart, two from the top."""
    letter, x = divmod(column, 6)
    return x < 5 and 2 <= row < 7 and LETTERS[NAME[letter]].split()[row - 2][x] == "#"


def tile_color(column: int, row: int, shade: int) -> Color:
    """Gold to red from left to right on a blue ground."""
    if is_letter(column, row):
        return 200 + shade, 190 - 3 * column + shade, 40 + shade
    return 4 + shade // 4, 18 + shade // 2, 40 + shade + 2 * row


def pixels() -> List[List[Color]]:
    """The picture, row by row."""
    width, height = SIZE
    picture = [[JOINT] * width for _ in range(height)]
    shades = numbers()
    for row in range(ROWS):
        for column in range(COLUMNS):
            color = tile_color(column, row, next(shades))
            for y in range(TILE - 1):
                for x in range(TILE - 1):
                    picture[2 + row * TILE + y][1 + column * TILE + x] = color
    return picture


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "drivers/video/logos/tessera.ppm")
    arguments = parser.parse_args()
    data = b"".join(bytes(color) for row in pixels() for color in row)
    arguments.output.write_bytes(b"P6\n%d %d\n255\n" % SIZE + data)


if __name__ == "__main__":
    main()
