# SPDX-License-Identifier: MIT
"""What the matrix runs: a configuration with a name, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, NamedTuple, Optional

from tessera.ktap import Verdict

from kconf.values import Assignment


class Job(NamedTuple):
    """A configuration to build, boot and judge."""

    name: str
    items: List[Assignment]  # the lines that give it
    values: Dict[str, str]  # of every option, as .config has them


@dataclass
class Case:
    """A test of a configuration; reason is what failed, or why it was skipped."""

    name: str
    outcome: str = "passed"  # failed, skipped
    reason: str = ""


@dataclass
class Outcome:
    """What became of a job."""

    job: Job
    verdict: Verdict
    why: str = ""
    cases: List[Case] = field(default_factory=list)
    text: str = ""  # what the kernel said, or the build where it failed
    build_s: float = 0.0
    boot_s: float = 0.0
    how: str = ""  # how it was booted and listened to
    culprit: Optional[List[str]] = None  # the smallest fragment that fails as well

    @property
    def passed(self) -> bool:
        """Is all well?"""
        return self.verdict is Verdict.PASSED
