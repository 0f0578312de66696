# SPDX-License-Identifier: MIT
"""Shows what each option costs (`make size EACH=1`), by building the kernel without it.

What depends on an option goes with it and counts; a member of a choice gives way to another one,
and is left out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Iterable, Iterator, List, NamedTuple

from kconfiglib import BOOL

import size
from kconf.loading import new_kconfig
from kconf.output import Output
from kconf.values import Assignment, Faults, shown_values
from kconfig_external import ExternalKconfig, read_memory
from kmatrix.build import Builder, Call
from kmatrix.jobs import Job
from kmatrix.plan import job_of
from kmatrix.store import Store
from kreference.meter import Meter


class Cost(NamedTuple):
    """What goes away with an option."""

    name: str
    loaded: int
    zeroed: int


def as_called() -> Call:
    """As the make that called, with its variables, but not its place among its parents' jobs."""
    words = [word for word in os.environ.get("MAKEFLAGS", "").split()
             if not word.startswith(("-j", "--jobserver", "O=", "EXTERNAL=", "EACH="))]
    return Call((f"-j{os.cpu_count() or 1}",), {**os.environ, "MAKEFLAGS": " ".join(words)})


def whole_job(kconf: ExternalKconfig, config: Path) -> Job:
    """The configuration, but for its text: the image would carry another one with each option."""
    kconf.load_config(str(config))
    kconf.syms["EMBED_CONFIG"].set_value("n")
    return job_of(kconf, "the whole", [Assignment(name, value, "")
                                       for name, value in shown_values(kconf).items()])


def jobs_without(kconf: ExternalKconfig, whole: Job) -> Iterator[Job]:
    """The configuration without each option that is on and may be off, by the option's name.

    kconf has the whole one's values. Where others need the option, it is on here, too.
    """
    names = [symbol.name for symbol in kconf.unique_defined_syms
             if symbol.orig_type == BOOL and symbol.str_value == "y" and symbol.visibility
             and not symbol.choice]
    for name in names:
        yield job_of(kconf, name, [*whole.items, Assignment(name, "n", "")])


def is_needed(job: Job) -> bool:
    """Is the option on that the job is to be without?"""
    return job.values.get(job.name) == "y"


def cost(meter: Meter, whole: Job, without: Job) -> Cost:
    """Of the option that the second job is without."""
    less = meter.difference(whole, without)
    zeroed = less.pop("zeroed")
    return Cost(without.name, sum(less.values()), zeroed)


def show(costs: Iterable[Cost], needed: List[str]) -> None:
    """For people, the dearest first."""
    size.table(["off, with what needs it", "in the image", "zeroed"],
               [[cost.name, f"{cost.loaded:,}", f"{cost.zeroed:,}"]
                for cost in sorted(costs, key=lambda cost: (-cost.loaded, cost.name))])
    if needed:
        print(f"Other options need {', '.join(needed)}.")


def main() -> None:
    """The command line: the output of the build, and its .config."""
    output, config = Path(sys.argv[1]), Path(sys.argv[2])
    external = ":".join(folder.path for folder in read_memory(output))
    scratch = output / "size"
    try:
        kconf = new_kconfig(Output(config, output, [], external))
        whole = whole_job(kconf, config)
        jobs = list(jobs_without(kconf, whole))
        meter = Meter(Builder(kconf, scratch / "kernel", Store(scratch / "objects"), external,
                              as_called()), whole)
    except Faults as faults:
        sys.exit("\n".join(faults.sentences))
    show([cost(meter, whole, job) for job in jobs if not is_needed(job)],
         [job.name for job in jobs if is_needed(job)])


if __name__ == "__main__":
    main()
