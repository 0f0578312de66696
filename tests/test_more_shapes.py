# SPDX-License-Identifier: MIT
"""The shapes that are options: pixels against the oracle, and each answer of `draw`."""

from __future__ import annotations

import random

import pytest

import oracle
import promises
from building import Build
from harness import Machines
from test_screen import HIGHEST, LOWEST, check_shapes

SHAPES = """\
CONFIG_SURFACE_RECT_OUTLINE=y
CONFIG_SURFACE_CIRCLE_OUTLINE=y
CONFIG_SURFACE_ELLIPSE=y
CONFIG_SURFACE_TRIANGLE=y
CONFIG_SURFACE_TEXT=y
CONFIG_SURFACE_BLIT=y
"""
DEPTHS = {"32": "", "24": "CONFIG_FB_BPP_24=y\nCONFIG_MEMORY_FILL_STRING=y\n"}

USAGES = [f"Usage: draw {usage}" for usage in (
    "rect <x> <y> <w> <h> <color>", "line <x1> <y1> <x2> <y2> <color>",
    "circle <cx> <cy> <r> <color>", "rect-outline <x> <y> <w> <h> <color>",
    "circle-outline <cx> <cy> <r> <color>", "ellipse <cx> <cy> <rx> <ry> <color>",
    "ellipse-outline <cx> <cy> <rx> <ry> <color>",
    "triangle <x1> <y1> <x2> <y2> <x3> <y3> <color>", "text <x> <y> <color> <text>",
)]

ANSWERS = [
    ("draw", USAGES),
    ("draw square 1 2 3", USAGES),
    ("draw rect-outline 1 2 3 red", USAGES[3:4]),
    ("draw circle-outline", USAGES[4:5]),
    ("draw ellipse 1 2 3 red", USAGES[5:6]),
    ("draw ellipse-outline 1 2 3 4", USAGES[6:7]),
    ("draw triangle 1 2 3 4 5 6", USAGES[7:8]),
    ("draw text 1 2 red", USAGES[8:]),
    ("draw text 1", USAGES[8:]),
    ("draw rect-outline 1 2 -3 4 red", ["Invalid coordinates"]),
    ("draw circle-outline 1 2 -3 red", ["Invalid coordinates"]),
    ("draw ellipse 1 2 3 -4 red", ["Invalid coordinates"]),
    ("draw ellipse-outline 1 x 3 4 red", ["Invalid coordinates"]),
    ("draw triangle 1 2 3 4 5 2147483648 red", ["Invalid coordinates"]),
    ("draw text 1 y red words", ["Invalid coordinates"]),
]

OUTLINES = [
    "draw rect-outline 100 300 300 150 red",
    "draw rect-outline -20 650 100 100 green",
    "draw rect-outline 900 700 500 500 blue",
    "draw rect-outline 500 400 1 90 yellow",
    "draw rect-outline 510 400 90 1 yellow",
    "draw rect-outline 520 420 2 2 white",
    "draw rect-outline 540 420 0 2 white",
    f"draw rect-outline {LOWEST} 360 {HIGHEST} {HIGHEST} cyan",
    f"draw rect-outline 1000 -5 {HIGHEST} 600 orange",
    "draw circle-outline 640 360 0 white",
    "draw circle-outline 640 360 1 white",
    "draw circle-outline 640 360 200 magenta",
    "draw circle-outline 1279 719 300 red",
    "draw circle-outline 1350 400 100 green",
    "draw circle-outline -2147480000 360 2147480300 white",
    f"draw circle-outline {HIGHEST} {HIGHEST} {HIGHEST} gray",
    f"draw circle-outline 640 {HIGHEST} 2147483100 blue",
]

ELLIPSES = [
    "draw ellipse 640 400 300 100 red",
    "draw ellipse 200 500 40 190 green",
    "draw ellipse 640 400 0 50 white",
    "draw ellipse 640 400 50 0 white",
    "draw ellipse 1279 719 200 100 blue",
    "draw ellipse -10 600 9 9 white",
    "draw ellipse -2147480000 600 2147480100 30 cyan",
    f"draw ellipse 900 {HIGHEST} 100 2147483000 yellow",
    f"draw ellipse {HIGHEST} {HIGHEST} {HIGHEST} {HIGHEST} gray",
    "draw ellipse-outline 640 400 310 110 white",
    "draw ellipse-outline 400 500 300 3 orange",
    "draw ellipse-outline 1000 300 5 400 magenta",
    "draw ellipse-outline 1200 -2147480000 60 2147480400 green",
    f"draw ellipse-outline 640 360 {HIGHEST} 300 red",
]

TRIANGLES = [
    "draw triangle 100 300 500 350 200 600 red",
    "draw triangle 640 300 640 500 900 400 green",
    "draw triangle 900 400 640 500 880 700 blue",
    "draw triangle 1000 500 1000 500 1200 600 white",
    "draw triangle 1000 500 1050 500 1100 500 white",
    "draw triangle 1000 600 1100 600 1050 650 yellow",
    "draw triangle 1000 600 1100 600 1050 550 cyan",
    "draw triangle -100 700 50 800 50 650 magenta",
    f"draw triangle {LOWEST} {LOWEST} {HIGHEST} {HIGHEST} 700 {HIGHEST} orange",
    f"draw triangle {HIGHEST} {LOWEST} {HIGHEST} {HIGHEST} 1270 360 gray",
]

TEXTS = [
    "draw text 300 400 red Hello, pixel!",
    "draw text 301 433 Yellow two  blanks and   three",
    "draw text -12 500 green cut on the left",
    "draw text 1240 517 blue cut on the right",
    "draw text 700 711 white cut below",
    "draw text 700 720 white nothing of it",
    f"draw text {LOWEST} {HIGHEST} white far away",
]


def random_shapes() -> list[str]:
    """Shapes that nobody thought of, the same in each run."""
    choose = random.Random(5)
    names = sorted(oracle.COLORS)
    lines = []
    for _shape in range(6):
        numbers = [choose.randrange(-200, 1500) if choose.random() < 0.85
                   else choose.randrange(LOWEST, HIGHEST + 1) for _number in range(6)]
        sizes = [abs(number) & HIGHEST for number in numbers]
        x, y = numbers[:2]
        lines += [
            f"draw triangle {' '.join(map(str, numbers))} {choose.choice(names)}",
            f"draw ellipse {x} {y} {sizes[2]} {sizes[3]} {choose.choice(names)}",
            f"draw ellipse-outline {y} {x} {sizes[3]} {sizes[4]} {choose.choice(names)}",
            f"draw circle-outline {x} {y} {sizes[5]} {choose.choice(names)}",
            f"draw rect-outline {x} {y} {sizes[2]} {sizes[4]} {choose.choice(names)}",
        ]
    return lines


@pytest.mark.parametrize("depth", [
    pytest.param(depth, marks=pytest.mark.xdist_group(f"build shapes-{depth}")) for depth in DEPTHS
])
def test_shapes(build, machines: Machines, depth: str) -> None:
    """Inside, across and outside the edges, and with the largest coordinates there are."""
    kernel: Build = build(f"shapes-{depth}", SHAPES + DEPTHS[depth])
    machine = machines.boot(kernel)
    for lines in (OUTLINES, ELLIPSES, TRIANGLES, TEXTS, random_shapes()):
        check_shapes(machine, kernel, lines)
    promises.check_symbols(kernel)


@pytest.mark.xdist_group("build shapes-32")
def test_answers(build, machines: Machines) -> None:
    """What `draw` says of arguments that make no sense, and `help` of `draw`."""
    machine = machines.boot(build("shapes-32", SHAPES))
    wrong = [(line, said) for line, answer in ANSWERS
             if (said := machine.run_command(line).splitlines()) != answer]
    assert not wrong
    said = machine.run_command("draw triangle 1 2 3 4 5 6 pink")
    assert said.startswith("Unknown color: pink\nColors: ")
    assert any(row.split()[:2] == ["draw", "<shape>"]
               for row in machine.run_command("help").splitlines())
