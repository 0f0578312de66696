# SPDX-License-Identifier: MIT
"""Builds one configuration after the other in one output folder, by make, with the store's help."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from pathlib import Path
from typing import Dict, NamedTuple, Optional, Tuple

from kconf.mend import apply
from kconf.output import Output
from kconf.values import Faults
from kconfig_external import ExternalKconfig
from kmatrix.jobs import Job
from kmatrix.store import WORDS, Store
from tessera.make import environment

TIMEOUT_S = 300.0
# kconfiglib's configuration is one for all threads.
_kconf_lock = threading.Lock()


_ERROR = re.compile(r"\berror: |undefined (reference|symbol)|\*\*\* ")


class Built(NamedTuple):
    """How a build ended."""

    is_good: bool
    text: str

    @property
    def why(self) -> str:
        """The first line that tells of an error, as compiler, linker or make write it."""
        lines = self.text.splitlines()
        return next((line for line in lines if _ERROR.search(line)), lines[0] if lines else "")


class Call(NamedTuple):
    """How make is called: more words, and the variables around it."""

    words: Tuple[str, ...]
    variables: Dict[str, str]


class Builder:
    """An output folder. One thread uses it."""

    def __init__(self, kconf: ExternalKconfig, folder: Path, store: Store,
                 external: str = "", call: Optional[Call] = None) -> None:
        self.folder = folder
        self._kconf = kconf
        self._store = store
        self._external = external
        self._call = call or Call(("WERROR=1",), environment())
        self._placed: Dict[str, str] = {}

    @property
    def elf(self) -> Path:
        """The kernel."""
        return self.folder / "tessera.elf"

    @property
    def iso(self) -> Path:
        """The boot image."""
        return self.folder / "tessera.iso"

    def prepare(self, job: Job) -> None:
        """Have the store opened for the commands that make would use; any job will do."""
        self._configure(job)
        built = self._make(*(str(self.folder / name) for name in WORDS))
        if not built.is_good:
            raise Faults([built.text])
        self._store.open(self.folder, self._external)

    def build(self, job: Job, goal: str) -> Built:
        """Configure and build; goal is build or iso."""
        options = self._configure(job)
        self._store.restore(self.folder, options, self._placed)
        begin = time.time()
        try:
            built = self._make(goal)
        except subprocess.TimeoutExpired:
            return Built(False, f"make did not end in {TIMEOUT_S:g} s")
        if built.is_good:
            self._store.collect(self.folder, options, self._placed, begin)
        else:
            # Who knows what lies there now.
            self._placed.clear()
        return built

    def _configure(self, job: Job) -> Dict[str, str]:
        """Write what the build reads; what each option's file says."""
        output = Output(self.folder / ".config", self.folder, [],
                        self._external)
        with _kconf_lock:
            apply(self._kconf, job.items)
            output.write_config(self._kconf, None)
            output.write_made(self._kconf, job.items)
            return {symbol.name: symbol.config_string
                    for symbol in self._kconf.unique_defined_syms}

    def _make(self, *goals: str) -> Built:
        done = subprocess.run(["make", "-s", f"O={self.folder}", f"EXTERNAL={self._external}",
                               *self._call.words, *goals],
                              env=self._call.variables, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              errors="replace", timeout=TIMEOUT_S)
        return Built(not done.returncode, done.stdout)
