# SPDX-License-Identifier: MIT
"""Finds the smallest fragment on top of the reference with which a configuration still fails.

Zeller and Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002 (ddmin): parts of
what differs from the reference are left out, ever smaller ones, while it fails in the same way.
"""

from __future__ import annotations

from typing import Callable, Dict, List, Optional, Tuple

from kconf.loading import rule_faults
from kconf.mend import apply
from kconf.values import Assignment, line_of, prompts, shown_values
from kconfig_external import ExternalKconfig
from kmatrix.jobs import Job

# A line of a fragment: an option's name and value.
Line = Tuple[str, str]
# Does a configuration fail in the way that is looked for?
Fails = Callable[[Job], bool]
TRIALS = 150


class Shrinker:
    """Fragments of one failing job."""

    def __init__(self, kconf: ExternalKconfig, reference: Job, fails: Fails) -> None:
        self._kconf = kconf
        self._reference = reference
        self._fails = fails
        self._seen: Dict[frozenset, bool] = {}

    def shrink(self, job: Job) -> Optional[List[str]]:
        """The lines of the fragment; empty where the reference fails, None where no set of the
        lines that differ does."""
        lines = self._difference(job)
        if self._is_bad([]):
            return []
        if not self._is_bad(lines):
            return None
        return [line_of(*line) for line in self._minimal(lines)]

    def _difference(self, job: Job) -> List[Line]:
        """The lines that the reference does not have; n of a choice's member says nothing."""
        usual = self._reference.values
        return [(name, value) for name, value in job.values.items()
                if usual.get(name) != value and prompts(self._kconf.syms[name])
                and not (self._kconf.syms[name].choice and value == "n")]

    def _minimal(self, lines: List[Line]) -> List[Line]:
        parts = 2
        while len(lines) >= 2:
            size = -(-len(lines) // parts)
            chunks = [lines[at:at + size] for at in range(0, len(lines), size)]
            rests = [[line for line in lines if line not in chunk] for chunk in chunks]
            smaller = next((some for some in [*chunks, *rests]
                            if some and len(some) < len(lines) and self._is_bad(some)), None)
            if smaller is not None:
                parts = 2 if smaller in chunks else max(parts - 1, 2)
                lines = smaller
            elif parts >= len(lines):
                break
            else:
                parts = min(len(lines), 2 * parts)
        return lines

    def _is_bad(self, lines: List[Line]) -> bool:
        key = frozenset(lines)
        if key not in self._seen:
            job = self._job(lines) if len(self._seen) < TRIALS else None
            self._seen[key] = job is not None and self._fails(job)
        return self._seen[key]

    def _job(self, lines: List[Line]) -> Optional[Job]:
        """The reference with the lines on top, None where that breaks a rule."""
        own = [Assignment(name, value, "shrink", "fragment") for name, value in lines]
        items = [*self._reference.items, *own]
        apply(self._kconf, items)
        if rule_faults(self._kconf, ()):
            return None
        return Job("shrink", items, shown_values(self._kconf))
