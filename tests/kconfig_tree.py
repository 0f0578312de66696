# SPDX-License-Identifier: MIT
"""What the tests of the configuration share: the tree's make, a tree of one's own, and loading.

Most of it goes on in this process: hundreds of configurations are read in the time of one make.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

from building import ROOT, make
from kconf.loading import Loaded, load, new_kconfig
from kconf.values import Faults, shown_values

# What a target that configures reads: a tree of these few files is a tree to configure.
_READ = ("Makefile", "Kconfig", "configs", "scripts", "drivers/video/fonts")


def copy_tree(folder: Path) -> Path:
    """A tree that can be configured, and changed by a test."""
    for name in _READ:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for kconfig in ROOT.glob("*/**/Kconfig"):
        target = folder / kconfig.relative_to(ROOT)
        if target.parts[len(folder.parts)] not in ("build", "scripts"):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(kconfig, target)
    return folder


class Mini:
    """A Kconfig file of a few lines, in the working directory."""

    def __init__(self, folder: Path, kconfig: str) -> None:
        self.folder = folder
        (folder / "Kconfig").write_text(kconfig)

    def file(self, name: str, *lines: str) -> Path:
        """Write a file of lines."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(line + "\n" for line in lines))
        return Path(name)

    def load(self, *paths: Path) -> "Tuple[Dict[str, str], Loaded]":
        """The options with their values, and what was loaded."""
        kconf = new_kconfig()
        loaded = load(kconf, list(paths))
        return shown_values(kconf), loaded

    def faults(self, *paths: Path) -> List[str]:
        """The sentences; none where all is well."""
        return faults_of(paths)


def faults_of(paths: Sequence[Path]) -> List[str]:
    """What is wrong with these files, in the tree at hand."""
    try:
        load(new_kconfig(), list(paths))
    except Faults as faults:
        return faults.sentences
    return []


def mend_of(sentence: str) -> Optional[List[str]]:
    """The lines that a sentence says to add; None where it knows of none."""
    found = re.search(r"; (?:add|write) ('.*?)(?:, or remove the line| instead of this line)$",
                      sentence)
    return re.findall(r"'([^']+)'", found[1]) if found else None


def configured(folder: Path, *words: str, **more: object) -> str:
    """Run make with the output in this folder; what it said."""
    return make(f"O={folder}", *words, **more).stdout


def refused(folder: Path, *words: str, **more: str) -> str:
    """The same where it must not work."""
    done = make(f"O={folder}", *words, check=False, **more)
    assert done.returncode != 0, done.stdout
    return done.stdout


def values_in(path: Path) -> Dict[str, str]:
    """The lines CONFIG_NAME=value of a file, by name."""
    return dict(re.findall(r"^CONFIG_(\w+)=(.*)$", path.read_text(), re.MULTILINE))
