# SPDX-License-Identifier: MIT
"""What each option costs, as docs/option-costs.csv has it, and how that is measured.

An option that is off in the reference is measured by two kernels: the reference with it and with
what it needs, and the same with it off. One that is on there, by the reference without it; what
depends on it goes with it. A member of a choice, against the member that stands there otherwise.
"""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path
from typing import Callable, Container, Dict, Iterator, List, NamedTuple, Optional

from kconfiglib import BOOL, Kconfig, Symbol

from kconf.loading import broken_options, load
from kconf.values import Assignment, prompts
from kmatrix.build import Builder
from kmatrix.jobs import Job
from kmatrix.model import Model, choice_name
from kmatrix.plan import REFERENCE, job_of, near
from kmatrix.store import Store
from kreference.meter import Meter
from size import KINDS

FILE = Path("docs/option-costs.csv")
COLUMNS = ["option", *KINDS, "note"]
HEAD = """# SPDX-License-Identifier: MIT
# Bytes that an option adds to the reference kernel. `make reference COSTS=1` measures all anew,
# COSTS=new those that are not here. Measured with:
"""
NOT_YET = "not measured yet"


class Cost(NamedTuple):
    """Bytes of each kind, and what was compared; no bytes where it cannot be had."""

    sizes: Optional[Dict[str, int]]
    note: str


class Costs(NamedTuple):
    """What the file has."""

    compiler: str
    options: Dict[str, Cost]


def read(path: Path) -> Costs:
    """The file; nothing where there is none."""
    if not path.exists():
        return Costs("", {})
    lines = path.read_text(encoding="utf-8").splitlines()
    compiler = [line[1:].strip() for line in lines if line.startswith("#")][-1]
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return Costs(compiler, {row["option"]: Cost(
        {kind: int(row[kind]) for kind in KINDS} if row[KINDS[0]] else None, row["note"])
        for row in rows})


def write(path: Path, costs: Costs) -> None:
    """The file, by name, so that a change is a few lines."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write(f"{HEAD}# {costs.compiler}\n")
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for name, cost in sorted(costs.options.items()):
            rows.writerow([name, *((cost.sizes or {}).get(kind, "") for kind in KINDS), cost.note])


def reason_for_none(symbol: Symbol) -> str:
    """Why an option has no cost of its own; empty where it has one."""
    if not prompts(symbol):
        return "it follows from others, and counts with them"
    if symbol.orig_type != BOOL:
        return "a number or a text: the cost depends on it"
    if symbol.choice and usual_member(symbol) is symbol:
        return "what its choice has otherwise: the others are measured against it"
    return ""


def usual_member(symbol: Symbol) -> Symbol:
    """The member that a choice has where nobody chooses: its first default that can hold."""
    choice = symbol.choice
    for member, condition in choice.defaults:
        if condition is choice.kconfig.y or condition is choice.direct_dep:
            return member
    return choice.syms[0]


def measurable(kconf: Kconfig) -> Iterator[Symbol]:
    """The options that have a cost."""
    for symbol in kconf.unique_defined_syms:
        if not reason_for_none(symbol):
            yield symbol


# ---- Measuring --------------------------------------------------------------


class Pair(NamedTuple):
    """Two configurations whose difference is an option."""

    with_it: Job
    without: Job
    note: str


class Planner:
    """Finds the two configurations of an option."""

    def __init__(self, kconf: Kconfig) -> None:
        self._kconf = kconf
        self._model = Model(kconf)
        self.reference = job_of(kconf, REFERENCE, load(kconf, [Path("configs", REFERENCE)]).items)

    def pair(self, symbol: Symbol) -> Optional[Pair]:
        """None where the reference cannot have it, and where it cannot be without it."""
        if symbol.choice:
            return self._member(symbol)
        if self.reference.values.get(symbol.name) == "y":
            without = self._near(symbol, symbol.name, "n")
            return without and Pair(self.reference, without, self._added(without, "in place of"))
        with_it = self._near(symbol, symbol.name, "y")
        if not with_it:
            return None
        items = [item for item in with_it.items if item.name != symbol.name]
        without = self._job(symbol, [*items, Assignment(symbol.name, "n", "")])
        if not without or without.values.get(symbol.name) == "y":
            return Pair(with_it, self.reference, "what it needs counts, too")
        return Pair(with_it, without, self._added(without, "with"))

    def _member(self, symbol: Symbol) -> Optional[Pair]:
        choice = symbol.choice
        factor = choice_name(choice, self._kconf.unique_choices.index(choice))
        with_it = self._near(symbol, factor, symbol.name)
        if not with_it:
            return None
        names = {member.name for member in choice.syms}
        without = self._job(symbol, [item for item in with_it.items if item.name not in names])
        chosen = choice.selection
        if not without or chosen is symbol:
            return None
        notes = [f"in place of {chosen.name}", self._added(without, "with", names)]
        return Pair(with_it, without, ", ".join(filter(None, notes)))

    def _near(self, symbol: Symbol, factor: str, value: str) -> Optional[Job]:
        """The reference with a line for the option, or with what that needs as well."""
        wanted = "n" if value == "n" else "y"
        plain = self._job(symbol, [*self.reference.items, Assignment(symbol.name, wanted, "")])
        if plain and plain.values.get(symbol.name) == wanted:
            return plain
        return near(self._model, self.reference, symbol.name, [(factor, value)])

    def _job(self, symbol: Symbol, items: List[Assignment]) -> Optional[Job]:
        """The configuration without an option; None where it breaks a rule."""
        job = job_of(self._kconf, f"{symbol.name}=n", items)
        return None if list(broken_options(self._kconf)) else job

    def _added(self, job: Job, words_before: str, but: Container[str] = ()) -> str:
        """What a user would have to switch on to come here from the reference."""
        names = [option.name for option in self._kconf.unique_defined_syms
                 if prompts(option) and option.name not in but
                 and job.values.get(option.name) == "y" != self.reference.values.get(option.name)]
        return f"{words_before} {' '.join(names)}" if names else ""


class Measurer:
    """Knows the cost of every option."""

    def __init__(self, kconf: Kconfig, folder: Path, store: Store) -> None:
        self._planner = Planner(kconf)
        self._meter = Meter(Builder(kconf, folder, store), self._planner.reference)

    def cost(self, symbol: Symbol) -> Cost:
        """Of an option."""
        pair = self._planner.pair(symbol)
        if pair is None:
            return Cost(None, "it cannot be had beside the reference alone")
        return Cost(self._meter.difference(pair.with_it, pair.without), pair.note)


def compiler() -> str:
    """What the kernels are built by."""
    lines = [subprocess.run([tool, "--version"], text=True, stdout=subprocess.PIPE,
                            check=True).stdout.splitlines()[0] for tool in ("gcc", "ld")]
    return ", ".join(lines)


def measure(kconf: Kconfig, folder: Path, known: Costs, path: Path,
            tell: Callable[[str], None]) -> Costs:
    """Measure what is not known, and write it down as it comes, so that one may stop."""
    wanted = {symbol.name: symbol for symbol in measurable(kconf)}
    done = {name: cost for name, cost in known.options.items() if name in wanted}
    missing = [symbol for name, symbol in wanted.items() if name not in done]
    measurer = (Measurer(kconf, folder / "kernel", Store(folder / "objects")) if missing
                else None)
    for number, symbol in enumerate(missing, 1):
        assert measurer
        done[symbol.name] = measurer.cost(symbol)
        write(path, Costs(compiler(), done))
        tell(f"{number}/{len(missing)} {symbol.name}: {words(done[symbol.name])}")
    costs = Costs(compiler() if missing else known.compiler, done)
    write(path, costs)
    return costs


def words(cost: Cost) -> str:
    """For people: all bytes, and of which kind."""
    if cost.sizes is None:
        return cost.note
    total = sum(cost.sizes.values())
    parts = ", ".join(f"{size:,} {kind}" for kind, size in cost.sizes.items() if size)
    text = f"{total:,} bytes" + (f" ({parts})" if parts else "")
    return f"{text}, {cost.note}" if cost.note else text
