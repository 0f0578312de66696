# SPDX-License-Identifier: MIT
"""The text console as its users know it: what a screen shows after a stream of text.

Fed with what came over the serial line, it gives the screen that belongs to it, cell by cell and
pixel by pixel, since all text goes to both. A line longer than the screen goes on in the next row;
Backspace goes back into the row above where the text came from there; the last row scrolls.
"""

from __future__ import annotations

import re

from tessera.psf import Font

from oracle import Canvas

Cell = tuple[int, int]  # code page 437, colour

_TOKENS = re.compile(r"\x1b\[2J\x1b\[H|.", re.DOTALL)
BLANK = 0x20


class Terminal:
    """Cells of text in colours, on one background."""

    def __init__(self, font: Font, width: int, height: int, fg: int, bg: int) -> None:
        self.font, self.fg, self.bg = font, fg, bg
        self.width, self.height = width, height
        self.columns, self.rows = width // font.width, height // font.height
        self.clear()

    def clear(self) -> None:
        """Empty, the cursor at the top left."""
        self._cells: list[list[Cell]] = [self._empty_row() for _row in range(self.rows)]
        self._wrapped = [False] * self.rows  # does the row continue the one above?
        self._x = self._y = 0

    def feed(self, text: str) -> None:
        """Show text as it came over the serial line."""
        for token in _TOKENS.findall(text):
            if len(token) > 1:
                self.clear()
            elif token == "\n":
                self._next_row(False)
            elif token == "\b":
                self._back()
            else:
                self._show(ord(token))

    def text(self) -> list[str]:
        """The rows, blanks at their ends off."""
        return [
            bytes(byte for byte, _fg in row).decode("cp437").rstrip(" ") for row in self._cells
        ]

    def canvas(self) -> Canvas:
        """The pixels."""
        canvas = Canvas(self.width, self.height, self.bg)
        self.paint(canvas)
        return canvas

    def paint(self, canvas: Canvas, first: int = 0) -> None:
        """Draw the cells that hold a character, from a row on, over what is there."""
        for y, row in enumerate(self._cells[first:], first):
            for x, (byte, fg) in enumerate(row):
                if byte != BLANK:
                    self._paint_cell(canvas, x, y, byte, fg)

    def _paint_cell(self, canvas: Canvas, x: int, y: int, byte: int, fg: int) -> None:
        font = self.font
        canvas.glyph(x * font.width, y * font.height, font.glyphs[byte], font.width, font.height,
                     fg, self.bg)

    def _empty_row(self) -> list[Cell]:
        return [(BLANK, self.fg)] * self.columns

    def _next_row(self, wrapped: bool) -> None:
        self._x = 0
        if self._y + 1 < self.rows:
            self._y += 1
        else:
            self._cells = self._cells[1:] + [self._empty_row()]
            self._wrapped = self._wrapped[1:] + [False]
        self._wrapped[self._y] = wrapped

    def _back(self) -> None:
        if self._x:
            self._x -= 1
        elif self._y and self._wrapped[self._y]:
            self._y -= 1
            self._x = self.columns - 1

    def _show(self, byte: int) -> None:
        if self._x == self.columns:
            self._next_row(True)
        self._cells[self._y][self._x] = (byte, self.fg)
        self._x += 1
