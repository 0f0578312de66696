# SPDX-License-Identifier: MIT
"""Builds and runs the libFuzzer targets of tests/fuzz.

A target is a source that includes the module that it looks into. It is built as the PURE modules
are (tessera.hostbuild), with clang, AddressSanitizer, UndefinedBehaviorSanitizer and libFuzzer.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence

from tessera.hostbuild import ROOT, HostBuild, HostBuildError
from tessera.missing import missing

FOLDER = Path("tests/fuzz")
FLAGS = ("-O1", "-fno-omit-frame-pointer", "-fsanitize=fuzzer,address,undefined",
         "-fno-sanitize-recover=all")
# The kernel's memcpy and the like, which its sources call by those names.
LIBRARY = (Path("lib/string.c"), Path("lib/fill.c"))

INPUT_SECONDS_MAX = 5  # an input that takes longer is a finding
MEMORY_MIB_MAX = 2048
LENGTH_MAX = 4096


class FuzzError(Exception):
    """A target cannot be built; the text is a sentence, or what the compiler said."""


class Limit(NamedTuple):
    """When a run ends: after so many runs, or after so many seconds where runs is None."""

    runs: Optional[int]
    seconds: int
    seed: int = 0


@dataclass
class Outcome:
    """How the run of a target ended."""

    name: str
    runs: int = 0
    rate: int = 0   # runs a second
    edges: int = 0  # of the control flow, seen so far
    why: str = ""   # what was found, in a line
    repeat: str = ""  # the command that shows it again
    text: str = ""  # all that was said

    @property
    def good(self) -> bool:
        """Nothing was found, and the run was whole."""
        return not self.why

    @property
    def timed_out(self) -> bool:
        """It was an input that took too long."""
        return bool(re.search(r"^SUMMARY: libFuzzer: timeout", self.text, re.MULTILINE))


def targets(folder: Path = FOLDER) -> List[str]:
    """The names of all targets."""
    return sorted(path.stem for path in (ROOT / folder).glob("*.c"))


def call(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run a target to its end; both its streams are in stdout."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


class Bench:
    """A folder with the built targets, and what their runs left."""

    def __init__(self, out: Path, folder: Path = FOLDER, jobs: int = 2,
                 flags: Sequence[str] = FLAGS, input_seconds: int = INPUT_SECONDS_MAX) -> None:
        self.out = out
        self._input_seconds = input_seconds
        self.folder = folder
        self._jobs = jobs
        self._build = HostBuild(out, "clang", flags)

    def build(self, names: Sequence[str], text: Optional[Path] = None) -> None:
        """Compile and link, from another file's text where one is given; else FuzzError."""
        if not shutil.which("clang"):
            raise FuzzError(missing("clang"))
        try:
            library = [self._build.compile(source) for source in LIBRARY]
            with ThreadPoolExecutor(self._jobs) as pool:
                list(pool.map(lambda name: self._build_one(name, library, text),
                              names))
        except HostBuildError as problem:
            text = str(problem)
            if "libclang_rt.fuzzer" in text:
                text = "clang has no libFuzzer here: 'make setup' installs it"
            raise FuzzError(text) from problem

    def _build_one(self, name: str, library: List[Path], text: Optional[Path]) -> None:
        target = self._build.compile(self.folder / f"{name}.c", text)
        self._build.link([target, *library], name)

    def run(self, name: str, limit: Limit) -> Outcome:
        """Run a target on what is kept and on what it makes of that."""
        if limit.runs is None:
            return self._run(name, limit, self.out / "corpus" / name)
        # A run of a fixed length is to be the same each time: nothing is carried over.
        with tempfile.TemporaryDirectory() as found:
            return self._run(name, limit, Path(found))

    def _run(self, name: str, limit: Limit, found: Path) -> Outcome:
        """New inputs of interest go to found: libFuzzer writes to its first folder."""
        found.mkdir(parents=True, exist_ok=True)
        kept = ROOT / self.folder / "corpus" / name
        command = [str(self.out / name), f"-artifact_prefix={self.out}/{name}-",
                   f"-seed={limit.seed}", f"-timeout={self._input_seconds}",
                   f"-rss_limit_mb={MEMORY_MIB_MAX}", f"-max_len={LENGTH_MAX}",
                   "-use_value_profile=1", "-print_final_stats=1",
                   f"-max_total_time={limit.seconds}" if limit.runs is None
                   else f"-runs={limit.runs}",
                   *(str(path) for path in (found, kept) if path.is_dir())]
        begin = time.monotonic()
        outcome = self._judge(name, limit, call(command))
        outcome.rate = int(outcome.runs / (time.monotonic() - begin))
        return outcome

    def replay(self, name: str, inputs: Sequence[Path]) -> Outcome:
        """Run a target once on each of some inputs."""
        done = call([str(self.out / name), f"-timeout={self._input_seconds}",
                     f"-artifact_prefix={self.out}/{name}-", *map(str, inputs)])
        outcome = self._judge(name, None, done)
        outcome.runs = len(re.findall(r"^Executed .* in \d+ ms$", done.stdout, re.MULTILINE))
        return outcome

    def _judge(self, name: str, limit: Optional[Limit],
               done: "subprocess.CompletedProcess[str]") -> Outcome:
        text = done.stdout
        outcome = Outcome(name, text=text)
        outcome.runs = _number(r"stat::number_of_executed_units: +(\d+)", text)
        outcome.edges = _number(r"cov: (\d+)", text)
        if done.returncode:
            outcome.why = _finding(text) or f"it ended with status {done.returncode}"
            unit = re.search(r"Test unit written to (\S+)", text)
            if unit:
                outcome.repeat = shlex.join([str(self.out / name), unit.group(1)])
        elif limit is not None and (not outcome.runs or outcome.runs < (limit.runs or 0)):
            outcome.why = f"it ended after {outcome.runs} runs"
        return outcome


def _number(pattern: str, text: str) -> int:
    """The last number that a pattern finds, 0 where there is none."""
    return int((re.findall(pattern, text) or ["0"])[-1])


def _finding(text: str) -> str:
    """The line that says what is wrong."""
    for pattern in (r"^.*: does not hold: .*$", r"^.*: runtime error: .*$",
                    r"^SUMMARY: .*$"):
        found = re.search(pattern, text, re.MULTILINE)
        if found:
            return found.group()
    return ""
