# SPDX-License-Identifier: MIT
"""Binary PPM pictures (P6), as the kernel takes them (lib/ppm.c): this is the other reader."""

from __future__ import annotations

import re

SIDE_MAX = 16384

_NUMBER = rb"(?:[ \t\r\n\v\f]|#[^\r\n]*)+([0-9]+)"
_HEADER = re.compile(rb"P6" + 3 * _NUMBER + rb"[ \t\r\n\v\f]")
_OTHERS = {b"P3": "a PPM picture written as text", b"P5": "a picture in grey (PGM)",
           b"P4": "a picture in black and white (PBM)", b"\x89P": "a PNG picture",
           b"\xff\xd8": "a JPEG picture", b"\x1f\x8b": "compressed"}


class PictureError(Exception):
    """The file is no picture that can be used."""


class Picture:
    """A picture; `rgb` has three bytes a pixel, full brightness 255."""

    def __init__(self, width: int, height: int, rgb: bytes) -> None:
        self.width, self.height, self.rgb = width, height, rgb

    @classmethod
    def parse(cls, data: bytes) -> "Picture":
        """Read the bytes of a file."""
        header = _HEADER.match(data)
        if not header:
            other = _OTHERS.get(data[:2])
            raise PictureError(f"it is {other}" if other else "its header is none of P6")
        width, height, maximum = (int(number) for number in header.groups())
        if not (0 < width <= SIDE_MAX and 0 < height <= SIDE_MAX):
            raise PictureError(f"{width}x{height} is not a size of 1 to {SIDE_MAX} pixels each way")
        if not 0 < maximum <= 255:
            raise PictureError(f"it has values up to {maximum}; 255 is the most that can be used")
        pixels = data[header.end():header.end() + 3 * width * height]
        if len(pixels) < 3 * width * height:
            raise PictureError("it is cut short within its pixels")
        scaled = bytes((min(value, maximum) * 255 + maximum // 2) // maximum
                       for value in range(256))
        return cls(width, height, pixels.translate(scaled))
