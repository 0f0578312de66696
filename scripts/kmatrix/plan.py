# SPDX-License-Identifier: MIT
"""Which configurations the matrix runs: every pair, and besides it those that people make.

	allnoconfig, …		the configurations from nothing, and each configs/*defconfig
	NAME=value		the reference with one option changed, and what that needs
	pair-N, triple-N	what kmatrix/cover.py adds to these, so that every pair occurs
	random-SEED-N		as randconfig makes them, but for the compiler's flags
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Dict, FrozenSet, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from kconfiglib import BOOL, Symbol

from kconf.generating import Dice, all_bools
from kconf.loading import CONFIGS, broken_options, load
from kconf.mend import apply
from kconf.values import Assignment, prompts, shown_values
from kconfig_external import ExternalKconfig
from tessera import sharding
from kmatrix.cover import Coverage, cover
from kmatrix.greedy import Costs
from kmatrix.jobs import Job
from kmatrix.model import Configuration, Model, Value
from kmatrix.solver import Solver

REFERENCE = "defconfig"
_COMBINATIONS = {2: "pair", 3: "triple"}
# What a configuration needs so that it can be asked: as factors and values have it.
ALIVE = (("SHELL", "y"), ("I8042", "y"), ("BOOT_TEST_NONE", "y"))
# All suites, some seconds each time. Small code takes three times as long where it checks accesses.
_SLOW = (("SHELL_CMD_TEST", "y"), ("CC_OPTIMIZE_FOR_SIZE", "y"))
# Where each access is checked, suites take a minute, and a heap that is 1 GiB from the start 25 s.
_SLOWING = ("KASAN",)
_SLOWED = (("choice Boot test", "BOOT_TEST_SUITES"), ("HEAP_SIZE_KIB", "1048576"))
_FLAGS = Path("scripts/make/checks-flags.mk")


def flag_options() -> List[str]:
    """Those of _flag_names() that are not slow."""
    return [name for name in _flag_names() if (name, "y") not in _SLOW]


def _flag_names() -> List[str]:
    """The bools that add to the flags that all objects are compiled by, as the Makefiles say."""
    text = _FLAGS.read_text(encoding="utf-8").replace("\\\n", "")
    (names,) = re.findall(r"^flag-options-c := (.*)", text, re.MULTILINE)
    return names.split()


class Plan(NamedTuple):
    """All jobs, and what the pairs (or triples) among them cover."""

    jobs: List[Job]
    coverage: Coverage
    alive: Coverage  # of what can be had with a shell that answers keys
    reference: Job


def make_plan(kconf: ExternalKconfig, depth: int, random: int, seed: str) -> Plan:
    """Every job of a run."""
    model = Model(kconf)
    plain = list(plain_jobs(kconf))
    reference = next(job for job in plain if job.name == REFERENCE)
    usual = _different([*plain, *toggled_jobs(model, reference)])
    alive, coverage = _cover_rest(model, depth, usual)
    known = {job.name for job in usual}
    jobs = [job_of(kconf, made.name, made.items) for made in coverage.configurations
            if made.name not in known]
    # An object that keeps a smaller budget serves a larger one (kmatrix/store.py).
    jobs.sort(key=lambda job: int(job.values.get("STACK_USAGE_BYTES", 0)))
    return Plan([*jobs, *usual, *random_jobs(kconf, random, seed)], coverage, alive, reference)


def _cover_rest(model: Model, depth: int, jobs: Sequence[Job]) -> Tuple[Coverage, Coverage]:
    """What is alive, and everything: what these jobs, which run anyway, do not cover is added."""
    before = []
    for job in jobs:
        apply(model.kconf, job.items)
        before.append(Configuration(job.name, job.items, model.present_values()))
    name, wanted = _COMBINATIONS[depth], alive_values(model)
    living = [one for one in before if one.values.issuperset(wanted)]
    others = [one for one in before if not one.values.issuperset(wanted)]
    costs = Costs(flag_options(), _values_of(model, _SLOW), _SLOWING, _SLOWED)
    alive = cover(model, depth, name, wanted, living, costs)
    return alive, cover(model, depth, name, before=[*alive.configurations, *others], costs=costs)


def alive_values(model: Model) -> List[Value]:
    """ALIVE, as factors and values."""
    return _values_of(model, ALIVE)


def _values_of(model: Model, options: Sequence[Value]) -> List[Value]:
    """Options by their names; the factor of a choice's member is the choice."""
    return [value for value in model.literals for name, wanted in options
            if value in ((name, wanted), (value[0], name))]


def _different(jobs: List[Job]) -> List[Job]:
    """Without a change that comes to a configuration which is there already."""
    seen: Dict[str, Job] = {}
    for job in jobs:
        key = repr(sorted(job.values.items())) if "=" in job.name else job.name
        seen.setdefault(key, job)
    return list(seen.values())


def job_of(kconf: ExternalKconfig, name: str, items: List[Assignment]) -> Job:
    """A job from the lines that give it."""
    apply(kconf, items)
    return Job(name, items, shown_values(kconf))


def plain_jobs(kconf: ExternalKconfig) -> Iterator[Job]:
    """What make has a goal for."""
    for path in sorted(Path(CONFIGS).glob("*defconfig")):
        yield job_of(kconf, path.name, load(kconf, [path]).items)
    for name, value in (("allnoconfig", "n"), ("allyesconfig", "y")):
        yield job_of(kconf, name, load(kconf, [], made=all_bools(kconf, value)).items)
    tiny = load(kconf, [Path(CONFIGS, "tiny.config")], made=all_bools(kconf, "n"))
    yield job_of(kconf, "tinyconfig", tiny.items)


def toggled_jobs(model: Model, reference: Job) -> Iterator[Job]:
    """For each value that the reference does not have: the reference with it, and no more."""
    apply(model.kconf, reference.items)
    usual = model.present_values()
    # Options that a user sees come first: what they bring along is named after them.
    for value in sorted(model.literals, key=lambda value: not is_seen(model.kconf, value[0])):
        name = value[1] if value[0].startswith("choice ") else "=".join(value)
        job = None if value in usual else near(model, reference, name, [value])
        if job:
            yield job


def is_seen(kconf: ExternalKconfig, name: str) -> bool:
    """Is it a choice, or an option with a prompt?"""
    symbol = kconf.syms.get(name)
    return symbol is None or not symbol.nodes or bool(prompts(symbol))


def near(model: Model, reference: Job, name: str, wanted: Sequence[Value]) -> Optional[Job]:
    """The reference with some values, and what they need; None where they cannot be had."""
    apply(model.kconf, reference.items)
    found = model.solve(wanted, _prefer(model, model.present_values()))
    return job_of(model.kconf, name, model.configuration(name, found).items) if found else None


def _prefer(model: Model, usual: FrozenSet[Value]):  # type: ignore[no-untyped-def]
    """Decides for the values of the reference, as far as they can be had, then for defaults."""
    wanted = [*(value for value in model.literals if value in usual), *model.defaults()]
    literals = [model.literals[value] for value in wanted]

    def pick(solver: Solver) -> Optional[int]:
        return next((literal for literal in literals if not solver.values[literal]), None)

    return pick


def flags_to_set(kconf: ExternalKconfig) -> List[Symbol]:
    """The options with a prompt that decide about the compiler's flags."""
    names = _flag_names()
    return [symbol for symbol in kconf.unique_defined_syms if prompts(symbol) and (
        symbol.name in names or any(chosen.name in names for chosen, _ in symbol.selects))]


def random_jobs(kconf: ExternalKconfig, count: int, seed: str) -> Iterator[Job]:
    """The same ones for the same seed; the compiler's flags are all on, or all off, and the slow
    ones off."""
    flags = flags_to_set(kconf)
    for number in range(1, count + 1):
        name = f"random-{seed}-{number}"
        kconf.unset_values()
        value = Random(name).choice("nnny")
        fixed = [Assignment(symbol.name, "n" if (symbol.name, "y") in _SLOW else value, name,
                            "generated") for symbol in flags if symbol.orig_type == BOOL]
        apply(kconf, fixed)
        items = Dice(kconf, name, [symbol.name for symbol in flags]).throw(
            lambda: broken_options(kconf))
        yield job_of(kconf, name, load(kconf, [], made=[*fixed, *items]).items)


def share_of(jobs: List[Job], shard: str) -> List[Job]:
    """Every n-th job, from the i-th on, of a shard i/n."""
    number, count = sharding.parse(shard)
    return jobs[number - 1::count]


def repeated(jobs: List[Job], count: int) -> List[Job]:
    """Each job so often, the first ones again before the second ones a third time: "NAME #7"."""
    if count == 1:
        return jobs
    return [job._replace(name=f"{job.name} #{number}") for number in range(1, count + 1)
            for job in jobs]


def once(name: str) -> str:
    """The name that a job had before it was repeated."""
    return re.sub(r" #\d+$", "", name)
