# SPDX-License-Identifier: MIT
"""What the screen must show, worked out without a line of the kernel's code.

A second opinion is worth something only if it was formed independently: shapes are drawn here
pixel by pixel from their definitions, with Python's unbounded integers, so that no coordinate can
overflow. The definitions that jump to the visible part (needed for a line of four billion steps)
are themselves held against the plain stepping algorithms in test_oracle.py.
"""

from __future__ import annotations

from math import isqrt
from typing import Iterator, Optional, Sequence

COLORS = {
    "white": 0xFFFFFF,
    "red": 0xFF0000,
    "green": 0x00FF00,
    "blue": 0x0000FF,
    "cyan": 0x00FFFF,
    "yellow": 0xFFFF00,
    "magenta": 0xFF00FF,
    "black": 0x000000,
    "gray": 0x808080,
    "grey": 0x808080,
    "orange": 0xFFA500,
}
TEXT_COLORS = ("white", "red", "green", "blue", "cyan", "yellow", "magenta")

Point = tuple[int, int]


def step_line(start: Point, end: Point) -> Iterator[Point]:
    """Bresenham's line by its error term, as in the book; a tie goes to the farther pixel."""
    (x, y), (x2, y2) = start, end
    dx, dy = abs(x2 - x), abs(y2 - y)
    sx, sy = (1 if x2 >= x else -1), (1 if y2 >= y else -1)
    steep = dy > dx
    long, short = (dy, dx) if steep else (dx, dy)
    error = 2 * short - long
    for _ in range(long + 1):
        yield x, y
        if error >= 0:
            x, y = (x + sx, y) if steep else (x, y + sy)
            error -= 2 * long
        x, y = (x, y + sy) if steep else (x + sx, y)
        error += 2 * short


def line_pixels(start: Point, end: Point, width: int, height: int) -> Iterator[Point]:
    """The pixels of a line within width x height: step i lies at floor(i * n / m + 1/2)."""
    (x1, y1), (x2, y2) = start, end
    if abs(y2 - y1) > abs(x2 - x1):
        for y, x in line_pixels((y1, x1), (y2, x2), height, width):
            yield x, y
        return
    m, n = abs(x2 - x1), abs(y2 - y1)
    sign = 1 if y2 >= y1 else -1
    for x in range(max(min(x1, x2), 0), min(max(x1, x2), width - 1) + 1):
        y = y1 + sign * ((2 * abs(x - x1) * n + m) // (2 * m) if m else 0)
        if 0 <= y < height:
            yield x, y


def step_circle_rows(radius: int) -> dict[int, int]:
    """Half the width of each row of a filled circle: the midpoint algorithm, as in the book."""
    rows: dict[int, int] = {}
    x, y, d = 0, radius, 1 - radius
    while x <= y:
        rows[y] = max(rows.get(y, 0), x)
        rows[x] = max(rows.get(x, 0), y)
        if d < 0:
            d += 2 * x + 3
        else:
            d += 2 * (x - y) + 5
            y -= 1
        x += 1
    return rows


def circle_half_width(radius: int, row: int) -> Optional[int]:
    """As step_circle_rows() for a single row, at any radius; None for a row outside.

    At column x of the first octant the algorithm stands at the largest y for which the midpoint
    below it, (x, y - 1/2), lies within the circle: x*x + y*(y - 1) < r*r in integers.
    """
    row = abs(row)
    if row > radius:
        return None
    if radius == 0:
        return 0
    y = (1 + isqrt(1 + 4 * (radius * radius - row * row - 1))) // 2 if row < radius else 0
    if row <= y:
        return y  # the row crosses the octants left and right
    return isqrt(radius * radius - row * (row - 1) - 1)


def in_ellipse(rx: int, ry: int, x: int, y: int) -> bool:
    """Does the pixel lie in the ellipse around 0, 0? The point half a pixel towards an axis does.

    All in halves of a pixel. An ellipse without one of its half axes is a line.
    """
    x, y = abs(x), abs(y)
    if x > rx or y > ry:
        return False
    if rx == 0 or ry == 0:
        return True
    return any(
        across * across * ry * ry + down * down * rx * rx < 4 * rx * rx * ry * ry
        for across, down in ((max(2 * x - 1, 0), 2 * y), (2 * x, max(2 * y - 1, 0)))
    )


def ellipse_half_width(rx: int, ry: int, row: int) -> Optional[int]:
    """Pixels beside the middle one in a row; None for a row outside."""
    if not in_ellipse(rx, ry, 0, row):
        return None
    low, high = 0, rx
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if in_ellipse(rx, ry, middle, row) else (low, middle - 1)
    return low


def in_triangle(corners: Sequence[Point], x: int, y: int) -> bool:
    """Is the pixel's point in the triangle, or on a top or a left edge of it?"""
    def area(a: Point, b: Point, c: Point) -> int:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    a, b, c = corners
    if area(a, b, c) < 0:
        b, c = c, b
    if area(a, b, c) == 0:
        return False
    return all(
        area(p, q, (x, y)) > 0
        or (area(p, q, (x, y)) == 0 and (q[1] < p[1] or (q[1] == p[1] and q[0] > p[0])))
        for p, q in ((a, b), (b, c), (c, a))
    )


def triangle_row(corners: Sequence[Point], y: int) -> tuple[int, int]:
    """The pixels [from, end) of a row: from one edge that crosses it, up to another."""
    crossings = []
    for p, q in zip(corners, [*corners[1:], corners[0]]):
        (x1, y1), (x2, y2) = sorted((p, q), key=lambda point: point[1])
        if y1 <= y < y2:
            crossings.append(x1 - (x1 - x2) * (y - y1) // (y2 - y1))
    return (min(crossings), max(crossings)) if crossings else (0, 0)


class Canvas:
    """A screen of the oracle's own."""

    def __init__(self, width: int, height: int, rgb: int = 0) -> None:
        self.width = width
        self.height = height
        self.data = bytearray(rgb.to_bytes(3, "big") * (width * height))

    def copy(self) -> "Canvas":
        """A canvas of the same content."""
        twin = Canvas(0, 0)
        twin.width, twin.height, twin.data = self.width, self.height, bytearray(self.data)
        return twin

    def plot(self, x: int, y: int, rgb: int) -> None:
        """Set one pixel, which may lie anywhere."""
        if 0 <= x < self.width and 0 <= y < self.height:
            at = 3 * (y * self.width + x)
            self.data[at:at + 3] = rgb.to_bytes(3, "big")

    def rect(self, x: int, y: int, width: int, height: int, rgb: int) -> None:
        """A filled rectangle."""
        left, right = max(x, 0), min(x + width, self.width)
        for row in range(max(y, 0), min(y + height, self.height)):
            self._span(row, left, right, rgb)

    def line(self, start: Point, end: Point, rgb: int) -> None:
        """A line, both ends drawn."""
        for x, y in line_pixels(start, end, self.width, self.height):
            self.plot(x, y, rgb)

    def circle(self, cx: int, cy: int, radius: int, rgb: int) -> None:
        """A filled circle."""
        for row in range(self.height):
            half = circle_half_width(radius, row - cy)
            if half is not None:
                self._span(row, max(cx - half, 0), min(cx + half + 1, self.width), rgb)

    def rect_outline(self, x: int, y: int, width: int, height: int, rgb: int) -> None:
        """A rectangle without the one that is a pixel smaller on each side."""
        if width > 0 and height > 0:
            for row in (y, y + height - 1):
                self.rect(x, row, width, 1, rgb)
            for column in (x, x + width - 1):
                self.rect(column, y, 1, height, rgb)

    def ellipse(self, cx: int, cy: int, rx: int, ry: int, rgb: int) -> None:
        """A filled ellipse."""
        for row in range(self.height):
            half = ellipse_half_width(rx, ry, row - cy)
            if half is not None:
                self._span(row, max(cx - half, 0), min(cx + half + 1, self.width), rgb)

    def ellipse_outline(self, cx: int, cy: int, rx: int, ry: int, rgb: int) -> None:
        """The pixels of a filled ellipse with a neighbour outside of it."""
        for row in range(self.height):
            half = ellipse_half_width(rx, ry, row - cy)
            if half is None:
                continue
            outer = ellipse_half_width(rx, ry, abs(row - cy) + 1)
            inner = min(half, 0 if outer is None else outer + 1)
            for start, end in ((cx - half, cx - inner + 1), (cx + inner, cx + half + 1)):
                self._span(row, max(start, 0), min(end, self.width), rgb)

    def triangle(self, corners: Sequence[Point], rgb: int) -> None:
        """A filled triangle."""
        for row in range(self.height):
            start, end = triangle_row(corners, row)
            self._span(row, max(start, 0), min(end, self.width), rgb)

    def glyph(
        self, x: int, y: int, bitmap: bytes, width: int, height: int, fg: int, bg: int
    ) -> None:
        """A glyph of a PSF file: rows of whole bytes, the leftmost pixel the highest bit."""
        stride = (width + 7) // 8
        for row in range(height):
            bits = int.from_bytes(bitmap[row * stride:(row + 1) * stride], "big")
            for column in range(width):
                lit = bits >> (8 * stride - 1 - column) & 1
                self.plot(x + column, y + row, fg if lit else bg)

    def _span(self, row: int, left: int, right: int, rgb: int) -> None:
        if left < right:
            at = 3 * (row * self.width + left)
            self.data[at:at + 3 * (right - left)] = rgb.to_bytes(3, "big") * (right - left)


def difference(canvas: Canvas, width: int, height: int, rgb: bytes) -> str:
    """Where a screen differs from what it must show, in words; empty where it does not."""
    if (width, height) != (canvas.width, canvas.height):
        return f"the screen is {width}x{height}, not {canvas.width}x{canvas.height}"
    if rgb == canvas.data:
        return ""
    wrong = [
        at // 3
        for at in range(0, len(rgb), 3)
        if rgb[at:at + 3] != canvas.data[at:at + 3]
    ]
    xs, ys = [at % width for at in wrong], [at // width for at in wrong]
    x, y, at = xs[0], ys[0], 3 * wrong[0]
    return (
        f"{len(wrong)} pixels differ, in x {min(xs)}..{max(xs)}, y {min(ys)}..{max(ys)}; the first "
        f"at ({x}, {y}) is {rgb[at:at + 3].hex()}, must be {canvas.data[at:at + 3].hex()}"
    )
