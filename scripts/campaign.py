#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The fault campaign (`make campaign`): provokes every fault that the kernel knows, one a boot, and
holds what is seen against what was expected; then boots from what loaders tell, a byte changed.

    scripts/campaign.py [--output build] [--write] [--boots 1000] [--seed 1] [NAME]

The tables are kept as OUT/campaign/NAME.md; --write puts them into docs/campaign.md.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import List, Optional

from kcampaign import corrupt, provoke, table
from kcampaign.expected import CHECKED, KERNELS, Kernel
from tessera.config import Config
from tessera.errors import MachineError
from tessera.hostbuild import ROOT
from tessera.image import Image
from tessera.make import BuildError, build_kernel


def keep(name: str, lines: List[str], folder: Path, write: bool) -> None:
    """The table as a file, and in the page."""
    text = "\n".join(lines) + "\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    if write:
        page = table.PAGE.read_text(encoding="utf-8")
        table.PAGE.write_text(table.put_between(page, name, text), encoding="utf-8")


def run(kernel: Kernel, folder: Path, only: Optional[str], write: bool) -> bool:
    """All faults of a kernel; whether each ended as expected."""
    seen = provoke.campaign(kernel, build_kernel(folder / kernel.name, kernel.options), only)
    for one in seen:
        print(f"{'' if not one.missing else 'NOT '}as expected: {one.name}: {one.words}")
        for words in one.missing:
            print(f"    missing: {words}")
        if one.missing:
            print(one.report)
    print(f"{kernel.name}: {table.totals(seen)}")
    if only is None:
        keep(kernel.name, table.rows(seen), folder, write)
    return not any(one.missing for one in seen)


def falsify(folder: Path, boots: int, seed: int, write: bool) -> bool:
    """So many boots from each loader's information with a byte of it changed."""
    out = folder / CHECKED.name
    image = Image(build_kernel(out, CHECKED.options, "iso"), Config.load(out / ".config"))
    runs, good = [], True
    for loader in corrupt.LOADERS:
        trials = list(corrupt.corruptions(image, out, loader, folder / loader.name, boots, seed))
        runs.append((loader.name, corrupt.counts(trials)))
        for trial in (trial for trial in trials if not trial.is_good):
            good = False
            print(f"{loader.name}: {trial.told}\n{trial.said}")
        print(f"{loader.name}: {boots} boots, each with a byte changed: {runs[-1][1]}")
    keep(table.CORRUPTED, table.corruption_rows(runs, boots, seed), folder, write)
    return good


def main() -> int:
    """Run what was asked for; 1 where a fault ended otherwise than expected."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--output", type=Path, default=ROOT / "build")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--boots", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("name", nargs="?")
    options = parser.parse_args()
    folder = options.output.resolve() / "campaign"
    try:
        good = [run(kernel, folder, options.name or None, options.write) for kernel in KERNELS]
        if not options.name:
            good.append(falsify(folder, options.boots, options.seed, options.write))
    except (MachineError, BuildError) as problem:
        print(f"campaign: {problem}", file=sys.stderr)
        return 2
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
