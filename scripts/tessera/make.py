# SPDX-License-Identifier: MIT
"""make, started by a script. The one that is started is nobody's child: what an outer make, or its
user, has told is not meant for it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Dict

from .hostbuild import ROOT

# By these make tells its children of itself.
VARIABLES = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "GNUMAKEFLAGS")
_OF_THE_USER = ("O", "V", "FRAGMENTS", "EXTERNAL")
_SHOWN_CHARACTERS = 2000


class BuildError(Exception):
    """A kernel did not build; the text has the end of what was said."""


def environment() -> Dict[str, str]:
    """That of this process, without what an outer make has put there."""
    return {name: value for name, value in os.environ.items()
            if name not in VARIABLES + _OF_THE_USER}


def build_kernel(out: Path, options: str, goal: str = "build") -> Path:
    """The kernel of the reference with lines of a fragment, in a folder of its own."""
    out.mkdir(parents=True, exist_ok=True)
    fragment = out / "asked.config"
    fragment.write_text(options, encoding="utf-8")
    done = subprocess.run(
        ["make", f"-j{os.cpu_count() or 1}", f"O={out.resolve()}",
         f"FRAGMENTS={fragment.resolve()}", "defconfig", goal],
        cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, text=True, errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise BuildError(f"the kernel in {out} did not build\n"
                         f"{done.stdout.strip()[-_SHOWN_CHARACTERS:]}")
    return out / "tessera.elf"
