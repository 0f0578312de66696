# SPDX-License-Identifier: MIT
"""Tells by how many bytes two kernels differ: what an option costs is asked here, by all that ask.

Bytes are those of the objects, before the linker fills pages up, as `make size` has them.
"""

from __future__ import annotations

from collections import Counter
from typing import Dict

from kmatrix.build import Builder
from kmatrix.jobs import Job
from size import KINDS, by_folder


class Meter:
    """Builds, each configuration once."""

    def __init__(self, builder: Builder, first: Job) -> None:
        self._builder = builder
        self._builder.prepare(first)
        self._known: Dict[str, Dict[str, int]] = {}

    def difference(self, with_it: Job, without: Job) -> Dict[str, int]:
        """What the first kernel has more than the second one, by kind; less is below zero."""
        more, less = self._sizes(with_it), self._sizes(without)
        return {kind: more[kind] - less[kind] for kind in KINDS}

    def _sizes(self, job: Job) -> Dict[str, int]:
        key = repr(sorted(job.values.items()))
        if key not in self._known:
            built = self._builder.build(job, "build")
            if not built.is_good:
                raise SystemExit(f"{job.name} does not build:\n{built.text}")
            whole = sum(by_folder(self._builder.folder).values(), Counter())
            self._known[key] = {kind: whole[kind] for kind in KINDS}
        return self._known[key]
