# SPDX-License-Identifier: MIT
"""What the project demands of the benchmarks. A new bar is a line of the table."""

from __future__ import annotations

from typing import Dict, List, Mapping, Optional, Tuple

# By place and benchmark: what is looked at, and the least of it.
#     limit  how near it is to memset, 1 as fast
#     seed   how many times as fast as plain code
#     instructions  the same in instructions, which repeat
#     live   the part of the heap that is alive when an allocation fails
#     each   instructions a unit: at most so many
#     speed  units a second on a machine whose memset stores MEMSET_RATE
Bar = Tuple[str, float]
BARS: Dict[str, List[Bar]] = {
    "host/fill": [("limit", 1.00)],
    "host/rect": [("limit", 0.95)],
    "host/circle": [("limit", 0.85)],
    "host/lines_random": [("seed", 1.3)],
    "host/lines_horizontal": [("seed", 5)],
    "host/text_random": [("limit", 0.60), ("seed", 2)],
    "host-panning/text_random": [("seed", 50), ("speed", 35e6)],
    "host-deferred/text_random": [("speed", 300e6)],
    "host/heap_tlsf_pairs": [("each", 60)],
    "host/heap_tlsf_mix": [("each", 70), ("live", 0.87)],
    "host/heap_tlsf_power": [("each", 51), ("live", 0.64)],
    "host/heap_tlsf_holes": [("each", 80)],
    "guest/fill": [("limit", 0.95), ("seed", 10)],
    "guest/rect": [("seed", 10)],
    "guest/circle": [("seed", 10)],
    "guest/text_random": [("seed", 50)],
    "guest-panning/text_random": [("seed", 200)],
    "guest-panning/text_scroll": [("instructions", 1000)],
    "guest-deferred/text_random": [("seed", 200)],
}
# The kinds that do not depend on the machine or its load.
REPEATS = ("instructions", "each", "live")
AT_MOST = ("each",)
MEMSET_RATE = 47e9  # bytes a second, where the bars of speed were set
_WORDS = {"limit": "{:.0%} of memset", "seed": "{:g}x seed",
          "each": "{:g} instructions", "live": "{:.0%} live",
          "instructions": "{:,g}x seed in instructions",
          "speed": "{:,.0f}/s where memset is 47 GB/s"}


def _misses(kind: str, figure: float, bar: float) -> bool:
    return figure > bar if kind in AT_MOST else figure < bar


def judge(key: str, figures: Mapping[str, Optional[float]]) -> List[str]:
    """Each bar in words, with "yes" or "no" where there is a figure to hold against it."""
    told = []
    for kind, least in BARS.get(key, []):
        figure = figures.get(kind)
        verdict = "" if figure is None else ": no" if _misses(kind, figure, least) else ": yes"
        sign = "<=" if kind in AT_MOST else ">="
        told.append(f"{sign} {_WORDS[kind].format(least)}{verdict}")
    return told


def missed(key: str, figures: Mapping[str, Optional[float]]) -> List[str]:
    """The kinds of those bars that a figure misses."""
    told = []
    for kind, least in BARS.get(key, []):
        figure = figures.get(kind)
        if figure is not None and _misses(kind, figure, least):
            told.append(kind)
    return told


def summary(kinds: List[str]) -> str:
    """How many bars were missed, for people, by their kinds."""
    counted = sum(kind in REPEATS for kind in kinds)
    return (f"bars missed: {len(kinds)}, {counted} of them by what repeats, "
            f"{len(kinds) - counted} by time")
