# SPDX-License-Identifier: MIT
"""What to say of a tool that is not here."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SETUP = Path(__file__).resolve().parent.parent / "setup.sh"


def missing(tool: str) -> str:
    """The sentence: its name, and what brings it on this machine."""
    return subprocess.run([_SETUP, "missing", tool], stdout=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL, check=False).stdout.strip()
