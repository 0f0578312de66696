# SPDX-License-Identifier: MIT
"""Tries mutants: builds each, and asks the tests of the host whether they notice.

A PURE module is asked by its own suite first, then by all suites, then by the fuzz targets that
include it, on what is kept and for a fixed number of runs, as `make tests` does it. The rest of
mm/ has its fuzz targets, which stand in for the machine around it, and then its suites in a kernel.

What is asked has to pass on what is not changed, or its failure means nothing. What takes too long
is asked again with more time: a busy machine is no test that notices.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

from mutation.sites import Mutant
from tessera import ktap, suites
from tessera.errors import QEMU
from tessera.fuzzing import FLAGS, FOLDER, Bench, FuzzError, Limit, targets
from tessera.fuzzing import Outcome as FuzzOutcome
from tessera.hostbuild import (FRAMEWORK, HOST, ROOT, SANITIZERS, HostBuild, HostBuildError,
                               pure_modules, run_suites)
from tessera.sources import copy_sources

FUZZ_RUNS = 5000
# All suites take two seconds. A mutant that takes the first of these is tried with the second.
SECONDS = (20.0, 60.0)
INPUT_SECONDS = (5, 15)  # for an input of a fuzz target, in the same way
# What a mutant makes the compiler say is of no interest.
QUIET = ("-w",)
# The same code from both texts: no test can tell them apart.
PLAIN = ("-O2", "-g0", *QUIET)


class TrialError(Exception):
    """What tries the mutants does not work: a sentence, or what the compiler said."""


class DoesNotCompile(Exception):
    """A mutant that is no C any more."""


class Fate(Enum):
    """What became of a mutant."""

    CAUGHT = "caught"
    SURVIVED = "survived"
    NOT_BUILT = "not built"
    SAME = "the same code"


@dataclass
class Trial:
    """A mutant, what became of it, and which test noticed."""

    mutant: Mutant
    fate: Fate
    how: str = ""


class KernelBench:
    """A copy of the tree that is built as a kernel with all suites, and boots without a loader."""

    OPTIONS = "CONFIG_BOOT_TEST_SUITES=y\nCONFIG_BOOT_PVH=y\n"

    def __init__(self, out: Path) -> None:
        self._out = out
        self._tree = out / "tree"
        self._alone = threading.Lock()

    def ask(self, path: Path, text: str) -> Optional[str]:
        """What the suites say of a changed file; None where all pass. One at a time."""
        with self._alone:
            source = self._tree / path
            before = source.read_text(encoding="utf-8")
            try:
                source.write_text(text, encoding="utf-8")
                self._make("all")
                return self._check()
            finally:
                source.write_text(before, encoding="utf-8")

    def _check(self) -> Optional[str]:
        for seconds in SECONDS:
            judged = suites.check(self._out / "kernel/tessera.elf", seconds, direct=True)
            if judged.verdict not in (ktap.Verdict.HUNG, ktap.Verdict.DID_NOT_BOOT):
                break
        return None if judged.verdict is ktap.Verdict.PASSED else f"the kernel: {judged}"[:100]

    def prepare(self) -> Optional[str]:
        """Build what is not changed; what its suites say, None where all pass."""
        copy_sources(self._tree)
        fragment = self._out / "suites.config"
        fragment.write_text(self.OPTIONS)
        self._make("defconfig", f"FRAGMENTS={fragment}")
        self._make("all")
        return self._check()

    def _make(self, *words: str) -> None:
        done = subprocess.run(["make", "-s", "-C", str(self._tree), f"O={self._out / 'kernel'}",
                               *words], stdin=subprocess.DEVNULL, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            raise HostBuildError(done.stdout)


class Laboratory:
    """The tree as it is, built once, and a folder for what is made of it."""

    def __init__(self, out: Path, jobs: int) -> None:
        self.out = out
        self._jobs = jobs
        self._base = HostBuild(out / "base", "gcc", (*SANITIZERS, *QUIET), jobs=jobs)
        self._kernel = KernelBench(out)
        self._objects: Dict[Path, Path] = {}
        self._modules = {module.source: module for module in pure_modules()}

    def prepare(self, sources: Sequence[Path]) -> List[str]:
        """Build and run what is not changed, as far as these files are asked by it.

        The faults that make a trial worthless; TrialError where a tool is missing.
        """
        try:
            faults = self._try_suites() + self._try_fuzz(sources)
            if self._has_kernel(sources):
                faults += filter(None, [self._kernel.prepare()])
        except (HostBuildError, FuzzError) as problem:
            raise TrialError(str(problem)) from problem
        return faults

    def _has_kernel(self, sources: Sequence[Path]) -> bool:
        """Is any of them asked in the kernel?"""
        return bool(set(sources) - set(self._modules)) and shutil.which(QEMU) is not None

    def _try_fuzz(self, sources: Sequence[Path]) -> List[str]:
        """The fuzz targets that find something in what is not changed."""
        names = sorted({name for path in sources for name in targets_of(path)})
        folder = self.out / "fuzz"
        if names:
            Bench(folder, jobs=self._jobs, flags=(*FLAGS, *QUIET)).build(names)
        return [how for how in (ask_fuzz(folder, name) for name in names) if how]

    def _try_suites(self) -> List[str]:
        program = self._base.build()
        for module in self._modules.values():
            for source in filter(None, (module.source, module.suite)):
                self._objects[source] = self._base.compile(source)
        for source in (*FRAMEWORK, HOST / "main.c"):
            self._objects[source] = self._base.compile(source)
        report = ktap.parse(run_suites(program).text)
        return report.failed + report.faults

    def sources(self) -> List[Path]:
        """The files that are changed: all PURE ones, and mm/."""
        mm = (path.relative_to(ROOT) for path in (ROOT / "mm").glob("*.c")
              if not path.name.endswith("_test.c"))
        return sorted({*self._modules, *mm})

    def attempt(self, number: int, mutant: Mutant) -> Trial:
        """Build a mutant and put it before the tests."""
        folder = self.out / f"{number}"
        folder.mkdir(parents=True, exist_ok=True)
        text = folder / mutant.path.name
        changed = mutant.apply((ROOT / mutant.path).read_text(encoding="utf-8"))
        text.write_text(absolute(changed, mutant.path), encoding="utf-8")
        try:
            if self._is_same(mutant.path, text, folder):
                return Trial(mutant, Fate.SAME)
            how = self._ask_suites(mutant.path, text, folder) or self._ask_fuzz(
                mutant.path, text, folder)
            if how is None and self._has_kernel([mutant.path]):
                with may_not_compile(not targets_of(mutant.path)):
                    how = self._kernel.ask(mutant.path, changed)
        except DoesNotCompile as problem:
            (folder / "error").write_text(str(problem))
            return Trial(mutant, Fate.NOT_BUILT)
        except (HostBuildError, FuzzError) as problem:
            raise TrialError(f"a mutant of {mutant.path} compiles, and what tries it does not "
                             f"build:\n{problem}") from problem
        return Trial(mutant, Fate.CAUGHT if how else Fate.SURVIVED, how or "")

    def _is_same(self, path: Path, text: Path, folder: Path) -> bool:
        """Does the optimiser make the same of both? PURE files only: others need options."""
        if path not in self._modules:
            return False
        was = folder / "was" / path.name
        was.parent.mkdir(exist_ok=True)
        was.write_text(absolute((ROOT / path).read_text(), path))
        build = HostBuild(folder / "plain", "gcc", PLAIN)
        with may_not_compile(True):
            after = build.compile(path, text).read_bytes()
        return after == build.compile(path, was).read_bytes()

    def _ask_suites(self, path: Path, text: Path, folder: Path) -> Optional[str]:
        """The name of the suite that notices; None where none does, or there is none."""
        if path not in self._modules:
            return None
        build = HostBuild(folder, "gcc", (*SANITIZERS, *QUIET))
        objects = [build.compile(path, text) if source == path else known
                   for source, known in self._objects.items()]
        program = build.link(objects)
        words = [[path.stem]] if self._modules[path].suite else []
        for only in [*words, []]:
            how = ask(program, only)
            if how:
                return how
        return None

    def _ask_fuzz(self, path: Path, text: Path, folder: Path) -> Optional[str]:
        """The fuzz target that notices, of those that include the file."""
        is_first = path not in self._modules
        for name in targets_of(path):
            source = (ROOT / FOLDER / f"{name}.c").read_text()
            changed = folder / f"fuzz-{name}.c"
            changed.write_text(source.replace(line_of(path), f'#include "{text.resolve()}"'))
            with may_not_compile(is_first):
                Bench(folder, flags=(*FLAGS, *QUIET)).build([name], changed)
            is_first = False
            how = ask_fuzz(folder, name)
            if how:
                return how
        return None


@contextlib.contextmanager
def may_not_compile(is_first: bool) -> Iterator[None]:
    """Only what compiles a mutant first tells whether it is C; later the fault lies elsewhere."""
    try:
        yield
    except (HostBuildError, FuzzError) as problem:
        if is_first:
            raise DoesNotCompile(str(problem)) from problem
        raise


def line_of(path: Path) -> str:
    """The line by which a fuzz target includes a file."""
    return f'#include "../../{path}"'


def targets_of(path: Path) -> List[str]:
    """The fuzz targets that include a file."""
    return [name for name in targets()
            if line_of(path) in (ROOT / FOLDER / f"{name}.c").read_text()]


def ask_fuzz(folder: Path, name: str) -> Optional[str]:
    """What a target finds that was built there: by what is kept, then by what it makes."""
    for seconds in INPUT_SECONDS:
        how, outcome = _run_fuzz(Bench(folder, input_seconds=seconds), name)
        if not outcome.timed_out:
            break
    return None if outcome.good else how


def _run_fuzz(bench: Bench, name: str) -> Tuple[str, FuzzOutcome]:
    kept = sorted((ROOT / FOLDER / "corpus" / name).iterdir())
    outcome = bench.replay(name, kept)
    if not outcome.good:
        return f"fuzz target {name}, what is kept", outcome
    return f"fuzz target {name}", bench.run(name, Limit(FUZZ_RUNS, 0, seed=1))


def absolute(source: str, path: Path) -> str:
    """The text with its private headers named in full: it is compiled from elsewhere."""
    return re.sub(r'^#include "(?!/)', f'#include "{(ROOT / path).parent}/', source,
                  flags=re.MULTILINE)


def ask(program: Path, words: Sequence[str]) -> Optional[str]:
    """What noticed: a case, a sanitizer, or the clock; None where all passed."""
    for seconds in SECONDS:
        ran = run_suites(program, *words, timeout=seconds)
        if ran.status is not None:
            break
    if ran.status is None:
        return "it hangs"
    report = ktap.parse(ran.text)
    if report.failed:
        return report.failed[0]
    if ran.status or not report.complete:
        found = re.search(r"^(?:SUMMARY: |.*runtime error: ).*$", ran.text, re.MULTILINE)
        return found.group()[:100] if found else f"status {ran.status}"
    return None
