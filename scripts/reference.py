# SPDX-License-Identifier: MIT
"""Writes the reference of all options (`make reference`); measures what they cost (COSTS=).

The page is one file, to be opened in a browser. What an option costs comes from
docs/option-costs.csv, so that the page takes a moment; COSTS=1 builds a few hundred kernels to
write that file anew, COSTS=new only those for options that it does not have.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Dict

from kconfiglib import Kconfig

from kconf.loading import new_kconfig
from kconf.values import Faults
from kreference import costs
from kreference.costs import NOT_YET, Cost, Costs
from kreference.facts import options_of
from kreference.page import page


def cost_of_each(kconf: Kconfig, known: Costs) -> Dict[str, Cost]:
    """Every option's cost, or why there is none."""
    return {symbol.name: known.options.get(symbol.name) or Cost(
        None, costs.reason_for_none(symbol) or NOT_YET) for symbol in kconf.unique_defined_syms}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Writes the reference of all options.")
    parser.add_argument("--output", type=Path, required=True, help="folder of the page")
    parser.add_argument("--version", default="", help="of the kernel")
    parser.add_argument("--costs", choices=("1", "new"), help="measure all, or what is missing")
    parser.add_argument("--file", type=Path, default=costs.FILE, help="where the costs are kept")
    given = parser.parse_args()
    try:
        kconf = new_kconfig()
    except Faults as faults:
        sys.exit("\n".join(faults.sentences))
    known = costs.read(given.file)
    if given.costs:
        before = known if given.costs == "new" else Costs("", {})
        known = costs.measure(kconf, given.output / "reference", before, given.file,
                              lambda line: print(line, flush=True))
    path = given.output / "reference.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(options_of(kconf), cost_of_each(kconf, known), given.version,
                         known.compiler), encoding="utf-8")
    print(f"{path} has all options; open it in a browser")


if __name__ == "__main__":
    main()
