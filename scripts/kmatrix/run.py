# SPDX-License-Identifier: MIT
"""Runs the jobs: a thread with an output folder of its own for each core.

A job that fails is done again in a folder that is empty, without the store. Whatever comes of that,
it has failed: a second success says that it fails by chance, which is worse. One that fails twice
is shrunk (kmatrix/shrink.py).

An error of the tools themselves (no memory, a debugger that does not answer) is the outcome of its
job; the other jobs go on. An interrupt ends the run: what runs is waited for, nothing else begins.
"""

from __future__ import annotations

import shutil
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Iterator, List, NamedTuple, Optional

from tessera.config import Config
from tessera.errors import MachineError
from tessera.ktap import Verdict

from kconfig_external import ExternalKconfig
from kmatrix import boot
from kmatrix.build import Builder
from kmatrix.jobs import Job, Outcome
from kmatrix.store import Store

# What a kernel is made of, and by.
TREE = ("arch", "configs", "drivers", "include", "init", "kernel", "lib", "mm", "scripts", "shell",
        "tests")


class Settings(NamedTuple):
    """How to run."""

    kconf: ExternalKconfig
    folder: Path
    external: str = ""
    workers: int = 2
    timeout_s: float = boot.TIMEOUT_S
    objects: Optional[Path] = None  # in the folder, unless told otherwise


class Runner:
    """The workers' folders, and the store that they share."""

    def __init__(self, settings: Settings, reference: Job) -> None:
        self._settings = settings
        self._store = Store(settings.objects or settings.folder / "objects")
        self._free = [self._builder(f"w{number}") for number in range(settings.workers)]
        self._free[0].prepare(reference)
        self._lock = threading.Lock()

    def _builder(self, name: str, store: Optional[Store] = None) -> Builder:
        settings = self._settings
        return Builder(settings.kconf, settings.folder / name, store or self._store,
                       settings.external)

    def run(self, jobs: List[Job], stop: bool) -> Iterator[Outcome]:
        """The outcomes as they come; with `stop`, none begins after one that failed."""
        ended = threading.Event()
        with ThreadPoolExecutor(self._settings.workers) as pool:
            waiting = [pool.submit(self._one, job, stop, ended) for job in jobs]
            try:
                for done in as_completed(waiting):
                    outcome = done.result()
                    if outcome:
                        yield outcome
            finally:
                ended.set()

    def _one(self, job: Job, stop: bool, ended: threading.Event) -> Optional[Outcome]:
        if ended.is_set():
            return None
        with self._lock:
            builder = self._free.pop()
        try:
            outcome = self._attempt(job, builder)
            if stop and not outcome.passed:
                ended.set()
            return outcome
        finally:
            with self._lock:
                self._free.append(builder)

    def _attempt(self, job: Job, builder: Builder) -> Outcome:
        try:
            return self.attempt(job, builder)
        except Exception as problem:  # pylint: disable=broad-except
            why = f"{type(problem).__name__}: {problem}"
            return Outcome(job, Verdict.FAILED, why, text=traceback.format_exc())

    def attempt(self, job: Job, builder: Optional[Builder] = None,
                timeout_s: float = 0) -> Outcome:
        """Build, boot and judge once."""
        builder = builder or self._free[0]
        begin = time.monotonic()
        config = Config.parse("\n".join(f"CONFIG_{name}={value}"
                                        for name, value in job.values.items()))
        built = builder.build(job, boot.goal(config))
        booting = time.monotonic()
        outcome = Outcome(job, Verdict.DID_NOT_BUILD, built.why, [], built.text, booting - begin)
        if built.is_good:
            try:
                judged = boot.judge(builder, config,
                                    timeout_s or self._settings.timeout_s)
            except MachineError as problem:
                judged = boot.Judged(Verdict.DID_NOT_BOOT, str(problem), [], "", "")
            outcome.verdict, outcome.why, outcome.cases, outcome.text, outcome.how = judged
            outcome.boot_s = time.monotonic() - booting
        return outcome

    def changed(self) -> List[str]:
        """The files that somebody changed since the run began: it is of no one state of them."""
        folders = [Path(name) for name in (*TREE, *self._settings.external.split(":")) if name]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        names = [str(path) for path in files if path.suffix != ".pyc" and path.name[0] != "."]
        return sorted({*filter(self._store.is_changed, names), *self._store.changed()})

    def repeat(self, job: Job, timeout_s: float = 0) -> Outcome:
        """The same from nothing: an empty folder, and no store."""
        store = self._settings.folder / "again-objects"
        for folder in (store, self._settings.folder / "again"):
            shutil.rmtree(folder, ignore_errors=True)
        builder = self._builder("again", Store(store))
        builder.prepare(job)
        return self.attempt(job, builder, timeout_s)
