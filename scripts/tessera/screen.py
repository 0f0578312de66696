# SPDX-License-Identifier: MIT
"""A picture of the guest's screen: its pixels, its text, and its PNG file.

QEMU writes a screen as PPM. Nothing here needs more than the standard library, so that
a screenshot works on a machine that has QEMU and Python and nothing else.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Dict, Iterator, List, Optional, Tuple, Union

if TYPE_CHECKING:
    from .psf import Font

UNKNOWN = "\ufffd"
"""What Screen.text() gives for a cell that holds no glyph of the font."""

_UPPER_FIVE_BITS = bytes(byte & 0xF8 for byte in range(256))
_PPM = re.compile(rb"P6\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+255\s")


class Screen:
    """One picture, 24 bit a pixel, top left first."""

    def __init__(self, width: int, height: int, rgb: bytes) -> None:
        if len(rgb) != width * height * 3:
            raise ValueError(f"{width}x{height} needs {width * height * 3} bytes, got {len(rgb)}")
        self.width = width
        self.height = height
        self.rgb = rgb

    @classmethod
    def from_ppm(cls, source: Union[bytes, str, Path]) -> "Screen":
        """Read a binary PPM (P6, 8 bit) from bytes or from a file."""
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        header = _PPM.match(data)
        if not header:
            raise ValueError("not a binary PPM picture with 8 bit a channel")
        width, height = int(header.group(1)), int(header.group(2))
        return cls(width, height, data[header.end():header.end() + width * height * 3])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Screen):
            return NotImplemented
        return (self.width, self.height, self.rgb) == (other.width, other.height, other.rgb)

    def __repr__(self) -> str:
        return f"Screen({self.width}x{self.height})"

    def of_depth(self, bits: int) -> "Screen":
        """The same from any QEMU: of 15 bits QEMU 7.2 leaves the low ones of each byte empty, and
        10.0 stretches them."""
        if bits != 15:
            return self
        return Screen(self.width, self.height, self.rgb.translate(_UPPER_FIVE_BITS))

    def pixel(self, x: int, y: int) -> int:
        """The colour at (x, y) as 0xRRGGBB; IndexError outside."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise IndexError(f"({x}, {y}) is outside {self.width}x{self.height}")
        at = (y * self.width + x) * 3
        return int.from_bytes(self.rgb[at:at + 3], "big")

    @property
    def rows(self) -> List[bytes]:
        """The lines of the picture, three bytes a pixel."""
        pitch = self.width * 3
        return [self.rgb[at:at + pitch] for at in range(0, len(self.rgb), pitch)]

    def colors(self) -> Dict[int, int]:
        """How many pixels have each colour."""
        counts: Dict[int, int] = {}
        for row, often in Counter(self.rows).items():  # most rows of a screen are alike
            for pixel, count in Counter(zip(row[::3], row[1::3], row[2::3])).items():
                color = pixel[0] << 16 | pixel[1] << 8 | pixel[2]
                counts[color] = counts.get(color, 0) + often * count
        return counts

    def to_png(self, path: Union[str, Path]) -> None:
        """Write the picture as a PNG file."""
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        lines = b"".join(b"\0" + row for row in self.rows)
        Path(path).write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(lines, 9))
            + _chunk(b"IEND", b"")
        )

    def cells(self, width: int, height: int) -> Iterator[List[bytes]]:
        """The text rows of the screen, each a list of cells of width x height pixels."""
        rows = self.rows
        pitch = width * 3
        for top in range(0, self.height - height + 1, height):
            lines = rows[top:top + height]
            yield [
                b"".join([line[left:left + pitch] for line in lines])
                for left in range(0, self.width * 3 - pitch + 1, pitch)
            ]

    def text(self, font: "Font") -> List[str]:
        """Read the screen back through the font: one string a text row, blanks at the end off.

        A cell of one colour reads as a blank, in whatever colour (a block cursor, too).
        A cell that is no glyph of the font in two colours reads as U+FFFD.
        """
        reader = _GlyphReader(font)
        return [
            "".join([reader.read(cell) for cell in row]).rstrip(" ")
            for row in self.cells(font.width, font.height)
        ]


def _chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file: length, kind, data, checksum."""
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


class _GlyphReader:
    """Turns cells into characters. Most cells of a screen are alike, so each is read once."""

    def __init__(self, font: "Font") -> None:
        self._known: Dict[bytes, str] = {}
        self._chars: Dict[Tuple[bool, ...], str] = {}
        # Where glyphs look alike, printable ASCII wins: 0x00 and 0xFF are blanks, too.
        order = sorted(range(min(256, len(font.glyphs))), key=lambda i: not 0x20 <= i < 0x7F)
        for index in order:
            bits = tuple(_glyph_bits(font.glyphs[index], font.width, font.height))
            self._chars.setdefault(bits, bytes([index]).decode("cp437"))

    def read(self, cell: bytes) -> str:
        """The character in the cell."""
        char = self._known.get(cell)
        if char is None:
            char = self._known[cell] = self._match(cell)
        return char

    def _match(self, cell: bytes) -> str:
        pixels = [cell[at:at + 3] for at in range(0, len(cell), 3)]
        colors = set(pixels)
        if len(colors) == 1:
            return " "
        if len(colors) != 2:
            return UNKNOWN
        found: List[Optional[str]] = [
            self._chars.get(tuple(pixel == color for pixel in pixels)) for color in colors
        ]
        # A glyph and its inverse may both be in the font (the blocks of code page 437).
        readable = [char for char in found if char is not None]
        return min(readable, key=lambda char: (not char.isascii(), char), default=UNKNOWN)


def _glyph_bits(glyph: bytes, width: int, height: int) -> Iterator[bool]:
    """The pixels of one glyph, row by row, the leftmost in the highest bit."""
    pitch = (width + 7) // 8
    for y in range(height):
        for x in range(width):
            yield bool(glyph[y * pitch + x // 8] & (0x80 >> (x % 8)))
