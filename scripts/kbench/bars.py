# SPDX-License-Identifier: MIT
"""What the project demands of the benchmarks. A new bar is a line of the table."""

from __future__ import annotations

from typing import Dict, List, Optional, Tuple

# By place and benchmark: what is looked at ("limit", "seed", "speed" in units a second), the least.
Bar = Tuple[str, float]
BARS: Dict[str, List[Bar]] = {
    "host/fill": [("limit", 1.00)],
    "host/rect": [("limit", 0.95)],
    "host/circle": [("limit", 0.85)],
    "host/lines_random": [("seed", 1.3)],
    "host/lines_horizontal": [("seed", 5)],
    "host/text_random": [("limit", 0.60), ("seed", 2)],
    "guest/fill": [("limit", 0.95), ("seed", 10)],
    "guest/rect": [("seed", 10)],
    "guest/circle": [("seed", 10)],
    "guest/text_random": [("seed", 50)],
}
_WORDS = {"limit": "{:.0%} of memset", "seed": "{:g}x seed", "speed": "{:,.0f}/s"}


def judge(place: str, name: str, of_limit: Optional[float], of_seed: Optional[float],
          speed: Optional[float]) -> List[str]:
    """Each bar in words, with "yes" or "no" where there is a figure to hold against it."""
    figures = {"limit": of_limit, "seed": of_seed, "speed": speed}
    told = []
    for kind, least in BARS.get(f"{place}/{name}", []):
        figure = figures[kind]
        verdict = "" if figure is None else ": yes" if figure >= least else ": no"
        told.append(f">= {_WORDS[kind].format(least)}{verdict}")
    return told
