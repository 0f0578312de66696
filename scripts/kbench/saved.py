# SPDX-License-Identifier: MIT
"""Figures in a file, and the comparison of two runs (`make bench BASE=FILE`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

from kbench.errors import BenchError
from kbench.figures import Figure

SCHEMA = "tessera-bench-1"


def save(path: Path, figures: List[Figure], machine: Dict[str, str]) -> None:
    """Write a run; the file is whole or not there."""
    data = {"schema": SCHEMA, "machine": machine,
            "figures": [figure.to_json() for figure in figures]}
    new = path.with_suffix(".new")
    new.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    new.replace(path)


def load(path: Path) -> Dict[str, Dict[str, Any]]:
    """The figures of a saved run by "place/name"; BenchError where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise BenchError(f"BASE={path} cannot be read: {problem.strerror}") from None
    except ValueError:
        raise BenchError(f"BASE={path} is no JSON file") from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        told = f"of the schema {schema}" if schema else "no saved run of benchmarks"
        raise BenchError(f"BASE={path} is {told}; this is {SCHEMA}")
    try:
        return {f"{row['place']}/{row['name']}": row for row in data["figures"]}
    except (KeyError, TypeError):
        raise BenchError(f"BASE={path} lacks figures, or has some without a name") from None


class Change(NamedTuple):
    """A benchmark now and then: its cost now by its cost then, above 1 where it is worse."""

    key: str
    instructions: Optional[float]
    time: Optional[float]

    def worst(self) -> float:
        """What counts against a limit: instructions, which repeat; else the time."""
        figure = self.instructions if self.instructions is not None else self.time
        return figure if figure is not None else 0.0


def compare(figures: List[Figure], base: Dict[str, Dict[str, Any]]) -> List[Change]:
    """What has changed in the benchmarks that both runs have."""
    changes = []
    for figure in figures:
        then = base.get(figure.key)
        if then is not None and then.get("amount") == figure.amount:
            changes.append(Change(figure.key,
                                  _ratio(figure.instructions, then.get("instructions")),
                                  _ratio(figure.time_ns, then.get("time_ns"))))
    return changes


def _ratio(now: Optional[float], then: Any) -> Optional[float]:
    is_number = isinstance(then, (int, float)) and not isinstance(then, bool) and then > 0
    return now / then if now is not None and is_number else None


def table(changes: List[Change], most: Optional[float] = None) -> str:
    """The comparison for people; most marks what is worse than it."""
    lines = [f"{'beside the base':32} {'instructions':>12} {'time':>7}"]
    for change in changes:
        mark = "  WORSE" if most is not None and change.worst() > most else ""
        lines.append(f"{change.key:32} {_shown(change.instructions):>12} "
                     f"{_shown(change.time):>7}{mark}")
    return "\n".join(lines)


def _shown(ratio: Optional[float]) -> str:
    return "-" if ratio is None else f"{ratio:.3f}"
