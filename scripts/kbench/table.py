# SPDX-License-Identifier: MIT
"""Figures as a table for people."""

from __future__ import annotations

from typing import Iterable, List, Optional

from kbench.figures import Figure

_HEAD = (f"{'':20} {'instructions':>14} {'a unit':>8} {'time':>9} {'a unit':>9} "
         f"{'memset':>7} {'seed':>7}  bar")
LEGEND = "memset: its time for the same bytes by ours; seed: the plain code's time by ours."


def duration(ns: Optional[float]) -> str:
    """Three digits and a unit."""
    if ns is None:
        return "-"
    for limit, unit in ((1e3, "ns"), (1e6, "us"), (1e9, "ms")):
        if ns < limit:
            return f"{ns * 1e3 / limit:.3g} {unit}"
    return f"{ns / 1e9:.3g} s"


def times(ratio: Optional[float]) -> str:
    """So many times as fast."""
    return "-" if ratio is None else f"{ratio:.3g}x" if ratio < 1000 else f"{ratio:,.0f}x"


def said(figure: Figure) -> List[str]:
    """What else the benchmark told."""
    told = []
    for kind, number in figure.says.items():
        name, _, unit = kind.partition("_")
        amount = f"{number / 10:g} %" if unit == "permille" else f"{number:,d} {unit}".rstrip()
        told.append(f"{name}: {amount}")
    return told


def row(figure: Figure) -> str:
    """One line."""
    count, amount = figure.instructions, figure.amount
    each = "-" if figure.time_ns is None else f"{figure.time_ns / amount:.3g} ns"
    return (f"{figure.name:20} {'-' if count is None else format(count, ',d'):>14} "
            f"{'-' if count is None else format(count / amount, '.2f'):>8} "
            f"{duration(figure.time_ns):>9} {each:>9} "
            f"{'-' if figure.of_limit is None else format(figure.of_limit, '.0%'):>7} "
            f"{times(figure.of_seed):>7}  {'; '.join([*figure.bars, *said(figure)])}").rstrip()


def table(place: str, figures: Iterable[Figure]) -> str:
    """All of a place."""
    return "\n".join([place, _HEAD, *map(row, figures), ""])
