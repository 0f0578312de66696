# SPDX-License-Identifier: MIT
"""How many lines and branches of each file were run: read from gcovr's JSON, held to the mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Dict, List, NamedTuple

LINES_WANTED = 100.0
BRANCHES_WANTED = 95.0


class Share(NamedTuple):
    """So many of all."""

    hit: int
    whole: int

    @property
    def percent(self) -> float:
        return 100.0 * self.hit / self.whole if self.whole else 100.0

    def __str__(self) -> str:
        return f"{self.hit:>5}/{self.whole:<5} {self.percent:5.1f} %"


class Figures(NamedTuple):
    """What ran of a file, and the lines that have something that did not."""

    lines: Share
    branches: Share
    missing: List[str]


def read_figures(path: Path) -> Dict[str, Figures]:
    """The figures of each file."""
    files = json.loads(path.read_text(encoding="utf-8"))["files"]
    return {entry["file"]: figures_of(entry["lines"]) for entry in files}


def figures_of(lines: List[dict]) -> Figures:
    """The figures of a file of gcovr's report."""
    lines = [line for line in lines if not line.get("gcovr/noncode")]
    branches = [(line["line_number"], branch["count"]) for line in lines
                for branch in line["branches"]]
    dead = {line["line_number"] for line in lines if not line["count"]}
    half = {number for number, count in branches if not count} - dead
    missing = [f"{number}{' (a branch)' if number in half else ''}"
               for number in sorted(dead | half)]
    return Figures(Share(len(lines) - len(dead), len(lines)),
                   Share(sum(count > 0 for _, count in branches), len(branches)), missing)


def total(shares: List[Share]) -> Share:
    """All of them together."""
    return Share(sum(share.hit for share in shares), sum(share.whole for share in shares))


def has_code(path: Path) -> bool:
    """Is there a function in it? A header may only declare, a layout be a table."""
    return "\n{\n" in path.read_text(encoding="utf-8")


def lacks(figures: Dict[str, Figures], wanted: Dict[str, bool]) -> List[str]:
    """What is below the mark, file by file; of wanted ones, whether there is code in them."""
    found = [f"{name}: there are no figures of it" for name, is_code in wanted.items()
             if is_code and not (name in figures and figures[name].lines.whole)]
    for name, own in sorted(figures.items()):
        if own.lines.percent < LINES_WANTED or own.branches.percent < BRANCHES_WANTED:
            found.append(f"{name}: {own.lines.percent:.1f} % of the lines, "
                         f"{own.branches.percent:.1f} % of the branches")
    return found
