# SPDX-License-Identifier: MIT
"""Shows what each option costs (`make size EACH=1`), by building the kernel without it.

One output, in which one option after the other is switched off: only what changes is compiled. What
depends on an option goes with it and counts. Bytes are those of the objects, before the linker
fills pages up.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Dict, List, NamedTuple

from kconfiglib import BOOL, Symbol

import size
from kconfig_external import ExternalKconfig, read_memory


class Cost(NamedTuple):
    """What goes away with an option."""

    name: str
    loaded: int
    zeroed: int


def environment() -> Dict[str, str]:
    """The variables of the make that called, but not its place among its parents' jobs."""
    words = [word for word in os.environ.get("MAKEFLAGS", "").split()
             if not word.startswith(("-j", "--jobserver", "O=", "EXTERNAL=", "EACH="))]
    return {**os.environ, "MAKEFLAGS": " ".join(words)}


def build(output: Path, external: str) -> Counter:
    """Build; the bytes of all objects, by kind."""
    command = ["make", "-s", f"-j{os.cpu_count() or 1}", f"O={output}", f"EXTERNAL={external}",
               "all"]
    done = subprocess.run(command, env=environment(), stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}")
    return sum(size.by_folder(output).values(), Counter())


def candidates(kconf: ExternalKconfig) -> List[Symbol]:
    """The options that are on and may be off; a member of a choice gives way to another one."""
    return [symbol for symbol in kconf.unique_defined_syms
            if symbol.orig_type == BOOL and symbol.str_value == "y" and symbol.visibility
            and not symbol.choice]


def main() -> None:
    """The command line: the output of the build, and its .config."""
    output, config = Path(sys.argv[1]), Path(sys.argv[2])
    folders = read_memory(output)
    external = ":".join(folder.path for folder in folders)
    kconf = ExternalKconfig(folders, output)
    kconf.warn = False
    scratch = output / "size"
    scratch.mkdir(exist_ok=True)

    def measure() -> Counter:
        kconf.write_config(str(scratch / ".config"), save_old=False)
        return build(scratch, external)

    def load() -> None:
        kconf.load_config(str(config))
        # The image would carry another text with each option.
        kconf.syms["EMBED_CONFIG"].set_value("n")

    load()
    whole = measure()
    costs, needed = [], []
    for symbol in candidates(kconf):
        symbol.set_value("n")
        if symbol.str_value == "y":
            needed.append(symbol.name)
        else:
            less = whole.copy()
            less.subtract(measure())
            zeroed = less.pop("zeroed", 0)
            costs.append(Cost(symbol.name, sum(less.values()), zeroed))
        load()
    size.table(["off, with what needs it", "in the image", "zeroed"],
               [[cost.name, f"{cost.loaded:,}", f"{cost.zeroed:,}"]
                for cost in sorted(costs, key=lambda cost: (-cost.loaded, cost.name))])
    if needed:
        print(f"Other options need {', '.join(needed)}.")


if __name__ == "__main__":
    main()
