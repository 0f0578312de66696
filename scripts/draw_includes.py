# SPDX-License-Identifier: MIT
"""Draws which folder uses which, from the #includes of today (`make drawing`).

A row of boxes is a floor. An arrow leads from a folder to one whose public headers it includes; the
headers in include/ belong to the folder that they are named after. Arrows to the next floor go
straight down, those that pass a floor run beside it, in lanes. What goes up is dashed: each is an
exception that `make checks` knows. Suites are left out, as they may include anything.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from html import escape
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

from floors import FLOORS, LOWER

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/images/includes.svg"

# What a header's folder is in the tree, where that is another name.
FOLDERS = {"video": "drivers"}
WORDS = {"init": "the order of boot", "shell": "loop, commands, line editors",
         "drivers": "one folder a kind of device", "mm": "frames, address ranges, heaps",
         "kernel": "console, log, panic, input", "arch": "the machine",
         "lib": "string, printf, ring, parsers: pure code"}
COLORS = {"init": "#8b5cf6", "shell": "#d9480f", "drivers": "#2b8a3e", "mm": "#1971c2",
          "kernel": "#c2255c", "arch": "#997404", "lib": "#0b7285"}

WIDTH, BOX, GAP, ROW, TOP = 900, 500, 30, 78, 16
BETWEEN, LANE, PORT = 36, 26, 11
# From so many #includes on a line is so thick.
THICKNESS = ((100, 4.0), (10, 2.4), (1, 1.2))

Uses = Dict[Tuple[str, str], int]


def folder_of(path: Path) -> str:
    """The top folder that a source belongs to."""
    name = path.parts[1] if path.parts[0] == "include" else path.parts[0]
    return FOLDERS.get(name, name)


def read_uses(tree: Path) -> Uses:
    """How many #includes lead from a folder to another one."""
    uses: Counter = Counter()
    for top in ("include", *COLORS):
        for path in sorted((tree / top).rglob("*.[chS]")):
            if path.name.endswith("_test.c"):
                continue
            source = folder_of(path.relative_to(tree))
            for name in re.findall(r"^\s*#\s*include\s+<([^>]+)>", path.read_text("utf-8"),
                                   re.MULTILINE):
                target = FOLDERS.get(name.split("/")[0], name.split("/")[0])
                if target in COLORS and target != source and not is_ground(name):
                    uses[source, target] += 1
    return dict(uses)


def is_ground(name: str) -> bool:
    """Is it one of the headers that every file may include?"""
    return name.startswith("kernel/") and LOWER.get(name) == 0


def subfolders(tree: Path, top: str) -> List[str]:
    """The folders with code below a top folder."""
    base = tree / top / ("x86_64" if top == "arch" else "")
    found = {path.relative_to(base).parts for path in base.rglob("*.c")}
    return sorted({parts[0] for parts in found if len(parts) > 1})


class Box(NamedTuple):
    """Where a folder is drawn."""

    name: str
    row: int
    x: int
    y: int
    width: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + ROW


def place(names: List[str]) -> Dict[str, Box]:
    """The boxes: a row a floor, the highest at the top."""
    boxes: Dict[str, Box] = {}
    floors = sorted({FLOORS[name] for name in names}, reverse=True)
    left = (WIDTH - BOX) // 2
    for row, floor in enumerate(floors):
        on_floor = sorted((name for name in names if FLOORS[name] == floor), reverse=True)
        width = (BOX - GAP * (len(on_floor) - 1)) // len(on_floor)
        for column, name in enumerate(on_floor):
            boxes[name] = Box(name, row, left + column * (width + GAP),
                              TOP + row * (ROW + BETWEEN), width)
    return boxes


class Lane(NamedTuple):
    """An arrow that passes a floor: its side, and how far out it runs."""

    source: Box
    target: Box
    side: int
    number: int


def lanes(passing: List[Tuple[Box, Box]]) -> List[Lane]:
    """Short arrows inside, long ones outside, on the side of the target."""
    made: List[Lane] = []
    middle = WIDTH // 2
    for source, target in sorted(passing, key=lambda ends: (ends[1].row - ends[0].row,
                                                            ends[0].row)):
        is_left = target.right < middle or target.x < middle < target.right and target.name != "lib"
        side = -1 if is_left else 1
        taken = {one.number for one in made if one.side == side
                 and one.source.row < target.row and source.row < one.target.row}
        number = next(number for number in range(len(taken) + 1) if number not in taken)
        made.append(Lane(source, target, side, number))
    return made


def ports(made: List[Lane]) -> Dict[Tuple[Lane, str], int]:
    """Where lanes begin and end: above what comes in, the inner first; then what goes out, the
    outer first, so that they do not cross."""
    places: Dict[Tuple[Lane, str], int] = {}
    for box in {lane.source for lane in made} | {lane.target for lane in made}:
        for side in (-1, 1):
            coming = sorted((lane for lane in made if lane.target == box and lane.side == side),
                            key=lambda lane: lane.number)
            going = sorted((lane for lane in made if lane.source == box and lane.side == side),
                           key=lambda lane: -lane.number)
            ends = [(lane, "to") for lane in coming] + [(lane, "from") for lane in going]
            first = box.y + ROW // 2 - PORT * (len(ends) - 1) // 2
            for index, end in enumerate(ends):
                places[end] = first + index * PORT
    return places


def line(uses: Uses, ends: Tuple[str, str], path: str) -> str:
    """An arrow; the words are shown where the mouse rests."""
    count = uses[ends]
    thickness = next(width for least, width in THICKNESS if count >= least)
    up = " up" if FLOORS[ends[0]] < FLOORS[ends[1]] else ""
    return (f'<path class="use{up}" d="{path}" stroke="{COLORS[ends[0]]}" '
            f'stroke-width="{thickness}" marker-end="url(#{ends[0]})">'
            f"<title>{ends[0]} uses {ends[1]}</title></path>")


def lane_path(lane: Lane, places: Dict[Tuple[Lane, str], int]) -> str:
    """Out, down and in again, with round corners."""
    begin, end = places[lane, "from"], places[lane, "to"]
    edge, goal = ((lane.source.x, lane.target.x - 3) if lane.side < 0
                  else (lane.source.right, lane.target.right + 3))
    out = ((WIDTH - BOX) // 2 if lane.side < 0 else (WIDTH + BOX) // 2) \
        + lane.side * (LANE + lane.number * LANE)
    bend = 10 * lane.side
    return (f"M{edge} {begin}H{out - bend}Q{out} {begin} {out} {begin + 10}"
            f"V{end - 10}Q{out} {end} {out - bend} {end}H{goal}")


def straight_paths(near: List[Tuple[Box, Box]]) -> List[Tuple[Tuple[str, str], str]]:
    """Arrows between neighbours: down or up where both boxes are, or across."""
    made = []
    for source, target in near:
        ends = (source.name, target.name)
        if source.row == target.row:
            y = source.y + ROW // 2 + (8 if source.x < target.x else -8)
            edges = ((source.right, target.x - 3) if source.x < target.x
                     else (source.x, target.right + 3))
            made.append((ends, f"M{edges[0]} {y}H{edges[1]}"))
            continue
        narrow = source if source.width <= target.width else target
        is_up = source.row > target.row
        x = narrow.x + narrow.width // 2 + (14 if is_up else -14)
        heights = (source.y, target.bottom + 3) if is_up else (source.bottom, target.y - 3)
        made.append((ends, f"M{x} {heights[0]}V{heights[1]}"))
    return made


STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.name { font-weight: 600; font-size: 15px }
.small { font-size: 11.5px; fill: #59636e }
.box { fill: #ffffff; stroke-width: 1.6 }
.ground { fill: none; stroke: #818b98; stroke-dasharray: 2 3 }
.use { fill: none }
.up { stroke-dasharray: 6 4 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .small { fill: #b1bac4 } .box { fill: #161b22 }
}
"""


def draw_box(tree: Path, box: Box) -> List[str]:
    """A folder: its name, what it is, the folders in it."""
    middle = box.x + box.width // 2
    inside = subfolders(tree, box.name)
    texts = [("name", box.name + "/" + ("x86_64/" if box.name == "arch" else ""), 24),
             ("", WORDS[box.name], 44), ("small", " · ".join(inside), 63)]
    return [f'<rect class="box" x="{box.x}" y="{box.y}" width="{box.width}" height="{ROW}" rx="8" '
            f'stroke="{COLORS[box.name]}"/>',
            *(f'<text class="{kind}" x="{middle}" y="{box.y + below + (8 if not inside else 0)}" '
              f'text-anchor="middle">{escape(text)}</text>' for kind, text, below in texts if text)]


def draw_ground(y: int) -> List[str]:
    """What stands below all, and what lines mean."""
    left, lines = (WIDTH - BOX) // 2, []
    ground = [Path(name).stem for name in LOWER if is_ground(name)]
    words = ", ".join(ground)
    lines.append(f'<rect class="ground" x="{left}" y="{y}" width="{BOX}" height="46" rx="8"/>')
    for text, below in ((words, 19), ("headers of kernel/ that every file may include", 36)):
        lines.append(f'<text class="small" x="{WIDTH // 2}" y="{y + below}" '
                     f'text-anchor="middle">{text}</text>')
    x = left - 32
    for words, style, thickness in (("1 #include", "", 1.2), ("10", "", 2.4),
                                    ("100 and more", "", 4.0), ("an exception", " up", 1.2)):
        lines.append(f'<path class="use{style}" d="M{x} {y + 68}h30" stroke="#818b98" '
                     f'stroke-width="{thickness}"/>')
        lines.append(f'<text class="small" x="{x + 36}" y="{y + 72}">{words}</text>')
        x += 62 + 7 * len(words)
    return lines


def draw(tree: Path) -> str:
    """The picture."""
    uses = read_uses(tree)
    boxes = place(list(COLORS))
    ends = [(boxes[source], boxes[target]) for source, target in sorted(uses)]
    near = [pair for pair in ends if abs(pair[0].row - pair[1].row) <= 1
            or pair[0].row > pair[1].row]
    made = lanes([pair for pair in ends if pair not in near])
    places = ports(made)
    below = max(box.bottom for box in boxes.values()) + 14
    markers = [f'<marker id="{name}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="9" '
               f'markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
               f'<path d="M0 0L8 4L0 8z" fill="{color}"/></marker>'
               for name, color in COLORS.items()]
    return "\n".join([
        "<!-- SPDX-License-Identifier: MIT -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {below + 84}" role="img">',
        "<title>Which folder includes headers of which</title>",
        f"<style>{STYLE}</style>", "<defs>", *markers, "</defs>",
        *(line(uses, (lane.source.name, lane.target.name), lane_path(lane, places))
          for lane in sorted(made, key=lambda lane: (lane.source.row, lane.target.row))),
        *(line(uses, names, path) for names, path in straight_paths(near)),
        *(text for box in boxes.values() for text in draw_box(tree, box)),
        *draw_ground(below), "</svg>", ""])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Draws which folder uses which.")
    parser.add_argument("--output", type=Path, default=PICTURE, help="the picture")
    given = parser.parse_args()
    given.output.write_text(draw(ROOT), encoding="utf-8")


if __name__ == "__main__":
    main()
