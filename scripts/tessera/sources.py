# SPDX-License-Identifier: MIT
"""Copies of the source tree, for whoever wants to change one."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_SOURCE = shutil.ignore_patterns(".git", "build", ".config*", "__pycache__", ".pytest_cache",
                                     ".venv")


def copy_sources(where: Path) -> Path:
    """The sources as they are now, committed or not, in a folder that is not there yet."""
    return Path(shutil.copytree(ROOT, where, ignore=_NOT_SOURCE))
