# SPDX-License-Identifier: MIT
"""The table of the campaign, as docs/campaign.md has it."""

from __future__ import annotations

from typing import Dict, Iterable, List, Tuple

from tessera.hostbuild import ROOT

from .corrupt import WRONG
from .expected import GOES_ON, text_of
from .provoke import ENDED, HANG, REPORT, TRIPLE_FAULT, Seen

PAGE = ROOT / "docs" / "campaign.md"


def rows(seen: Iterable[Seen]) -> List[str]:
    """Fault, what it is, what was expected, what was seen."""
    table = ["| fault | what is done | expected | seen |", "|---|---|---|---|"]
    for one in seen:
        expected = ", ".join(map(text_of, one.expected))
        table.append(f"| `{one.name}` | {one.what} | {expected} | {one.words} |")
    return table


def totals(seen: "List[Seen]") -> str:
    """How many there are, and how they ended."""
    good = sum(not one.missing for one in seen)
    triple, hung = (sum(one.end == end for one in seen) for end in (TRIPLE_FAULT, HANG))
    return (f"{len(seen)} faults, {good} as expected, {triple} triple faults, {hung} hangs")


CORRUPTED = "corrupted"


def corruption_rows(runs: "List[Tuple[str, Dict[str, int]]]", boots: int, seed: int) -> List[str]:
    """How it was made; how the boots from a falsified byte have ended, a loader a row."""
    ends = (GOES_ON, REPORT, TRIPLE_FAULT, HANG, ENDED, WRONG)
    table = [f"By `make campaign BOOTS={boots} SEED={seed}`:", "",
             f"| loader | boots | {' | '.join(ends)} |", "|---" * (len(ends) + 2) + "|"]
    for name, counts in runs:
        figures = " | ".join(str(counts.get(end, 0)) for end in ends)
        table.append(f"| {name} | {sum(counts.values())} | {figures} |")
    return table


def between(text: str, name: str) -> str:
    """The part of a page that is made, `name` of it."""
    begin, end = f"<!-- {name}: made by `make campaign` -->\n", f"<!-- end of {name} -->\n"
    if begin not in text or end not in text:
        return ""
    return text[text.index(begin) + len(begin):text.index(end)]


def put_between(text: str, name: str, part: str) -> str:
    """The page with another part."""
    begin, end = f"<!-- {name}: made by `make campaign` -->\n", f"<!-- end of {name} -->\n"
    return text[:text.index(begin) + len(begin)] + part + text[text.index(end):]
