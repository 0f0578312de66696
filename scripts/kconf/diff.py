# SPDX-License-Identifier: MIT
"""Compares two configurations, option by option (`make diffconfig`)."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List

from kconfig_external import ExternalKconfig
from kconf.loading import CONFIGS, find_file, load, new_kconfig
from kconf.output import Output
from kconf.values import NOTICE, Faults, shown_values, text_values


def find(kconf: ExternalKconfig, name: Path) -> Path:
    """A file, or a defconfig of the tree or of a folder outside, by its name."""
    path = find_file(kconf, name)
    if path.is_file():
        return path
    raise Faults([f"{name} is neither a file nor in {CONFIGS}/; diffconfig compares two of them, "
                  "as in 'make diffconfig A=.config.old B=.config'"])


def options_of(output: Output, name: Path) -> Dict[str, str]:
    """What a configuration comes to. A short form is worked out in full, as a target would."""
    kconf = new_kconfig(output)
    path = find(kconf, name)
    text = path.read_text(encoding="utf-8", errors="replace")
    if text.startswith(NOTICE):
        return text_values(text)
    load(kconf, [path])
    return shown_values(kconf)


def differences(before: Dict[str, str], after: Dict[str, str]) -> List[str]:
    """As Linux' diffconfig says it: '-' gone, '+' come, else the old and the new value."""
    gone = [f"-{name} {value}" for name, value in before.items() if name not in after]
    changed = [f" {name} {before[name]} -> {value}" for name, value in after.items()
               if name in before and before[name] != value]
    come = [f"+{name} {value}" for name, value in after.items() if name not in before]
    return gone + changed + come


def diff(output: Output, one: Path, other: Path) -> List[str]:
    """The lines that tell two configurations apart."""
    return differences(options_of(output, one), options_of(output, other))
