# SPDX-License-Identifier: MIT
"""What the project demands of the benchmarks. A new bar is a line of the table."""

from __future__ import annotations

from typing import Dict, List, Mapping, Optional, Tuple

# By place and benchmark: what is looked at, and the least of it.
#     limit  how near it is to memset, 1 as fast
#     seed   how many times as fast as plain code
#     instructions  the same in instructions, which repeat
#     live   the part of the heap that is alive when an allocation fails
#     small  the part of the heap that blocks of 8 bytes can be
#     each   instructions a unit: at most so many
#     worst  instructions of the worst call: at most so many
#     ns     time of a unit: at most so many nanoseconds
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
    "guest/fill": [("limit", 0.95), ("seed", 10)],
    "guest/rect": [("seed", 10)],
    "guest/circle": [("seed", 10)],
    "guest/text_random": [("seed", 50)],
    "guest-panning/text_random": [("seed", 200)],
    "guest-panning/text_scroll": [("instructions", 1000)],
    "guest-deferred/text_random": [("seed", 200)],
    # A quarter of what a heap of a linked list takes, 224 and 710.
    "guest-tlsf/kmalloc_pairs": [("each", 56)],
    "guest-tlsf/kmalloc_mix": [("each", 177)],
}
# Of the heaps: by the trace, instructions of a call, on the mean, in an arena of 256 KiB.
_EACH = {
    "list": {"pairs": 82, "mix": 270, "power": 189, "holes": 444},
    "tlsf": {"pairs": 60, "mix": 70, "power": 51, "holes": 80},
    "fast": {"pairs": 16, "mix": 40, "power": 40, "holes": 40},
}
# The part that is alive, of the arena, with sizes of each law.
_LIVE = {"list": {"mix": 0.88, "power": 0.71}, "tlsf": {"mix": 0.87, "power": 0.64},
         "fast": {"mix": 0.88, "power": 0.68}}
# Instructions of the worst call, in 256 KiB and in 16 MiB.
_WORST = {"list": (7289, 54909), "tlsf": (130, 130), "fast": (400, 400)}
_VECTOR_NS = 50  # to double a vector once


def _add_heap(heap: str) -> None:
    for trace, instructions in _EACH[heap].items():
        host = BARS.setdefault(f"host/heap_{heap}_{trace}", [])
        host.append(("each", instructions))
        if trace in _LIVE[heap]:
            host.append(("live", _LIVE[heap][trace]))
        for suffix, worst in zip(("", "_16m"), _WORST[heap]):
            BARS[f"guest-heaps/heap_{heap}_{trace}{suffix}"] = [("worst", worst)]
    BARS[f"host/heap_{heap}_vector"] = [("ns", _VECTOR_NS)]


for _name in _EACH:
    _add_heap(_name)
BARS["host/heap_fast_pairs"].append(("small", 0.90))
# The kinds that do not depend on the machine or its load.
REPEATS = ("instructions", "each", "live", "small", "worst")
AT_MOST = ("each", "worst", "ns")
MEMSET_RATE = 47e9  # bytes a second, where the bars of speed were set
_WORDS = {"limit": "{:.0%} of memset", "seed": "{:g}x seed",
          "each": "{:g} instructions", "live": "{:.0%} live", "small": "{:.0%} live, 8 bytes each",
          "worst": "{:,g} instructions, the worst call", "ns": "{:g} ns",
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
