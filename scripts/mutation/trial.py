# SPDX-License-Identifier: MIT
"""Tries mutants: builds each, and asks the tests of the host whether they notice.

A PURE module is asked by its own suite first, then by all suites, then by the fuzz targets that
include it, on what is kept and for a fixed number of runs, as `make tests` does it. The rest of
mm/ has its fuzz targets, which stand in for the machine around it, and then its suites in a kernel.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from mutation.sites import Mutant
from tessera import ktap, suites
from tessera.errors import QEMU
from tessera.fuzzing import FLAGS, FOLDER, Bench, FuzzError, Limit, targets
from tessera.hostbuild import (FRAMEWORK, HOST, ROOT, SANITIZERS, HostBuild, HostBuildError,
                               pure_modules, run_suites)
from tessera.sources import copy_sources

FUZZ_RUNS = 5000
SECONDS_MAX = 20  # all suites take two: a mutant that takes so long hangs
# What a mutant makes the compiler say is of no interest.
QUIET = ("-w",)
# The same code from both texts: no test can tell them apart.
PLAIN = ("-O2", "-g0", *QUIET)


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
            if not self._tree.exists():
                self._prepare()
            source = self._tree / path
            before = source.read_text(encoding="utf-8")
            try:
                source.write_text(text, encoding="utf-8")
                self._make("all")
                judged = suites.check(self._out / "kernel/tessera.elf", SECONDS_MAX, direct=True)
            finally:
                source.write_text(before, encoding="utf-8")
            return None if judged.verdict is ktap.Verdict.PASSED else f"the kernel: {judged}"[:100]

    def _prepare(self) -> None:
        copy_sources(self._tree)
        fragment = self._out / "suites.config"
        fragment.write_text(self.OPTIONS)
        self._make("defconfig", f"FRAGMENTS={fragment}")

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
        self._base = HostBuild(out / "base", "gcc", (*SANITIZERS, *QUIET), jobs=jobs)
        self._kernel = KernelBench(out)
        self._objects: Dict[Path, Path] = {}
        self._modules = {module.source: module for module in pure_modules()}

    def prepare(self) -> List[str]:
        """Build and run what is not changed; the faults that make a trial worthless."""
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
            if how is None and mutant.path not in self._modules and shutil.which(QEMU):
                how = self._kernel.ask(mutant.path, changed)
        except (HostBuildError, FuzzError) as problem:
            (folder / "error").write_text(str(problem))
            return Trial(mutant, Fate.NOT_BUILT)
        return Trial(mutant, Fate.CAUGHT if how else Fate.SURVIVED, how or "")

    def _is_same(self, path: Path, text: Path, folder: Path) -> bool:
        """Does the optimiser make the same of both? PURE files only: others need options."""
        if path not in self._modules:
            return False
        was = folder / "was" / path.name
        was.parent.mkdir(exist_ok=True)
        was.write_text(absolute((ROOT / path).read_text(), path))
        build = HostBuild(folder / "plain", "gcc", PLAIN)
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
        for name in targets():
            source = (ROOT / FOLDER / f"{name}.c").read_text()
            line = f'#include "../../{path}"'
            if line not in source:
                continue
            changed = folder / f"fuzz-{name}.c"
            changed.write_text(source.replace(line, f'#include "{text.resolve()}"'))
            bench = Bench(folder, flags=(*FLAGS, *QUIET))
            bench.build([name], changed)
            kept = sorted((ROOT / FOLDER / "corpus" / name).iterdir())
            if not bench.replay(name, kept).good:
                return f"fuzz target {name}, what is kept"
            if not bench.run(name, Limit(FUZZ_RUNS, 0, seed=1)).good:
                return f"fuzz target {name}"
        return None


def absolute(source: str, path: Path) -> str:
    """The text with its private headers named in full: it is compiled from elsewhere."""
    return re.sub(r'^#include "(?!/)', f'#include "{(ROOT / path).parent}/', source,
                  flags=re.MULTILINE)


def ask(program: Path, words: Sequence[str]) -> Optional[str]:
    """What noticed: a case, a sanitizer, or the clock; None where all passed."""
    ran = run_suites(program, *words, timeout=SECONDS_MAX)
    if ran.status is None:
        return "it hangs"
    report = ktap.parse(ran.text)
    if report.failed:
        return report.failed[0]
    if ran.status or not report.complete:
        found = re.search(r"^(?:SUMMARY: |.*runtime error: ).*$", ran.text, re.MULTILINE)
        return found.group()[:100] if found else f"status {ran.status}"
    return None
