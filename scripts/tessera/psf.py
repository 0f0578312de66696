# SPDX-License-Identifier: MIT
"""PC screen fonts: read and write PSF1 and PSF2 files, with their Unicode tables.

The kernel embeds such a file and parses it by itself (lib/psf.c). This is the other reader: the
tests hold the screen's pixels against it, the runner reads a screen back into text through it, and
scripts/make_fonts.py writes the fonts of the tree with it.

A glyph is kept as in the file: its rows from the top, each of (width + 7) / 8 bytes, the leftmost
pixel the highest bit.
"""

from __future__ import annotations

import gzip
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional, Union

PSF1_MAGIC = b"\x36\x04"
PSF1_HEADER = struct.Struct("<2sBB")
PSF1_512_GLYPHS = 0x01
PSF1_HAS_TABLE = 0x02
PSF1_HAS_SEQUENCES = 0x04
PSF1_SEQUENCE = 0xFFFE
PSF1_END = 0xFFFF

PSF2_MAGIC = b"\x72\xb5\x4a\x86"
PSF2_HEADER = struct.Struct("<4s7I")
PSF2_HAS_TABLE = 0x01
PSF2_SEQUENCE = 0xFE
PSF2_END = 0xFF

SIDE_MAX = 128
GLYPHS_MAX = 65536

GZIP_MAGIC = b"\x1f\x8b"


class FontError(Exception):
    """The file is no PSF font, or one that is cut short."""


@dataclass
class Font:
    """A bitmap font of glyphs of one size.

    `unicode[g]` lists what glyph g shows: characters, and (longer strings) sequences of combining
    characters. It is empty where the file has no table.
    """

    width: int
    height: int
    glyphs: List[bytes]
    unicode: List[List[str]] = field(default_factory=list)

    @classmethod
    def load(cls, path: Union[str, Path]) -> "Font":
        """Read a PSF1 or PSF2 file; one packed by gzip, as distributions ship them, too."""
        data = Path(path).read_bytes()
        if data.startswith(GZIP_MAGIC):
            data = gzip.decompress(data)
        try:
            return cls.parse(data)
        except FontError as error:
            raise FontError(f"{path}: {error}") from None

    @classmethod
    def parse(cls, data: bytes) -> "Font":
        """Read the bytes of a PSF1 or PSF2 file."""
        if data.startswith(PSF1_MAGIC):
            return _parse_psf1(data)
        if data.startswith(PSF2_MAGIC):
            return _parse_psf2(data)
        raise FontError("neither a PSF1 nor a PSF2 font")

    @property
    def row_bytes(self) -> int:
        """Bytes of one row of a glyph."""
        return (self.width + 7) // 8

    def pixel(self, glyph: int, x: int, y: int) -> bool:
        """Is the pixel (x, y) of a glyph set? A glyph that the font lacks is empty."""
        if glyph >= len(self.glyphs):
            return False
        byte = self.glyphs[glyph][y * self.row_bytes + x // 8]
        return bool(byte >> (7 - x % 8) & 1)

    def rows(self, glyph: int) -> List[List[bool]]:
        """A glyph as rows of pixels."""
        return [[self.pixel(glyph, x, y) for x in range(self.width)] for y in range(self.height)]

    def glyph_of(self, character: str) -> Optional[int]:
        """The first glyph that shows a character by the Unicode table, or None."""
        for glyph, shown in enumerate(self.unicode):
            if character in shown:
                return glyph
        return None

    def glyph_numbers(self) -> Dict[bytes, int]:
        """From a bitmap to the glyph that looks so.

        Glyphs that look alike are told apart by nothing on a screen: the space wins over other
        empty ones, then printable ASCII, then the lowest number.
        """
        numbers: Dict[bytes, int] = {}
        order = sorted(range(len(self.glyphs)), key=lambda g: (g != 0x20, not 0x20 < g < 0x7F, g))
        for glyph in order:
            numbers.setdefault(self.glyphs[glyph], glyph)
        return numbers

    def to_psf1(self) -> bytes:
        """The file in the older form: 8 pixels wide, 256 or 512 glyphs, UCS-2 table."""
        if self.width != 8 or len(self.glyphs) not in (256, 512) or self.height > 255:
            raise FontError("PSF1 holds 256 or 512 glyphs, 8 wide and at most 255 high")
        mode = (PSF1_512_GLYPHS if len(self.glyphs) == 512 else 0)
        table = b""
        if self.unicode:
            mode |= PSF1_HAS_TABLE
            if any(len(shown) > 1 for entry in self.unicode for shown in entry):
                mode |= PSF1_HAS_SEQUENCES
            table = b"".join(_psf1_entry(entry) for entry in self.unicode)
        return PSF1_HEADER.pack(PSF1_MAGIC, mode, self.height) + b"".join(self.glyphs) + table

    def to_psf2(self) -> bytes:
        """The file in the newer form: any size, UTF-8 table."""
        header = PSF2_HEADER.pack(
            PSF2_MAGIC, 0, PSF2_HEADER.size, PSF2_HAS_TABLE if self.unicode else 0,
            len(self.glyphs), self.row_bytes * self.height, self.height, self.width)
        return header + b"".join(self.glyphs) + b"".join(map(_psf2_entry, self.unicode))


def _take(data: bytes, offset: int, size: int, what: str) -> bytes:
    """A slice that must be there in full."""
    if offset + size > len(data):
        raise FontError(f"cut short within its {what}")
    return data[offset:offset + size]


def _cut_glyphs(data: bytes, offset: int, count: int, size: int) -> List[bytes]:
    """The bitmaps of all glyphs."""
    bitmaps = _take(data, offset, count * size, "glyphs")
    return [bitmaps[at:at + size] for at in range(0, count * size, size)]


def _parse_psf1(data: bytes) -> Font:
    """PSF1: four bytes of header, glyphs 8 pixels wide, a table of 16-bit characters."""
    _, mode, height = PSF1_HEADER.unpack(_take(data, 0, PSF1_HEADER.size, "header"))
    if not 0 < height <= SIDE_MAX:
        raise FontError(f"its glyphs have {height} rows; 1 to {SIDE_MAX} can be used")
    count = 512 if mode & PSF1_512_GLYPHS else 256
    glyphs = _cut_glyphs(data, PSF1_HEADER.size, count, height)
    font = Font(8, height, glyphs)
    if mode & (PSF1_HAS_TABLE | PSF1_HAS_SEQUENCES):
        font.unicode = _parse_psf1_table(data[PSF1_HEADER.size + count * height:], count)
    return font


def _parse_psf1_table(table: bytes, count: int) -> List[List[str]]:
    """An entry a glyph: single characters, then sequences, each begun by 0xFFFE, then 0xFFFF."""
    entries: List[List[str]] = []
    entry: List[str] = []
    in_sequence = False
    for (unit,) in struct.iter_unpack("<H", table[:len(table) & ~1]):
        if unit == PSF1_END:
            entries.append(entry)
            entry, in_sequence = [], False
        elif unit == PSF1_SEQUENCE:
            entry.append("")
            in_sequence = True
        elif in_sequence:
            entry[-1] += chr(unit)
        else:
            entry.append(chr(unit))
    if len(entries) < count:
        raise FontError("cut short within its Unicode table")
    return entries[:count]


def _parse_psf2(data: bytes) -> Font:
    """PSF2: a header that tells all sizes, glyphs, a table in UTF-8."""
    header = PSF2_HEADER.unpack(_take(data, 0, PSF2_HEADER.size, "header"))
    _, version, header_size, flags, count, size, height, width = header
    if version != 0:
        raise FontError(f"PSF2 of version {version}; 0 is the one that is known")
    if not (width and height and count) or size < (width + 7) // 8 * height:
        raise FontError("the sizes in its header contradict each other")
    if header_size < PSF2_HEADER.size:
        raise FontError("its header is too small")
    if width > SIDE_MAX or height > SIDE_MAX or count > GLYPHS_MAX:
        raise FontError(f"{count} glyphs of {width}x{height} are too large; {GLYPHS_MAX} of "
                        f"{SIDE_MAX}x{SIDE_MAX} are the most")
    used = (width + 7) // 8 * height
    glyphs = [glyph[:used] for glyph in _cut_glyphs(data, header_size, count, size)]
    font = Font(width, height, glyphs)
    if flags & PSF2_HAS_TABLE:
        font.unicode = _parse_psf2_table(data[header_size + count * size:], count)
    return font


def _parse_psf2_table(table: bytes, count: int) -> List[List[str]]:
    """An entry a glyph, ended by 0xFF; 0xFE begins each sequence. Neither occurs in UTF-8."""
    entries = table.split(bytes([PSF2_END]))[:-1]
    if len(entries) < count:
        raise FontError("cut short within its Unicode table")
    return [_parse_psf2_entry(entry) for entry in entries[:count]]


def _parse_psf2_entry(entry: bytes) -> List[str]:
    """Single characters, then sequences."""
    singles, *sequences = entry.split(bytes([PSF2_SEQUENCE]))
    try:
        return list(singles.decode()) + [sequence.decode() for sequence in sequences]
    except UnicodeDecodeError:
        raise FontError("its Unicode table is not UTF-8") from None


def _psf1_entry(entry: List[str]) -> bytes:
    """The table's entry of a glyph, in 16-bit units."""
    units = [ord(shown) for shown in entry if len(shown) == 1]
    for sequence in (shown for shown in entry if len(shown) > 1):
        units += [PSF1_SEQUENCE, *map(ord, sequence)]
    return struct.pack(f"<{len(units) + 1}H", *units, PSF1_END)


def _psf2_entry(entry: List[str]) -> bytes:
    """The table's entry of a glyph, in UTF-8."""
    singles = "".join(shown for shown in entry if len(shown) == 1).encode()
    sequences = (shown.encode() for shown in entry if len(shown) > 1)
    return singles + b"".join(bytes([PSF2_SEQUENCE]) + s for s in sequences) + bytes([PSF2_END])
