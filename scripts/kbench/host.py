# SPDX-License-Identifier: MIT
"""The benchmarks on the host: PURE modules with the kernel's flags, libc's memset as the limit."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Dict, Iterable, List, Optional

from kbench.errors import BenchError
from kbench.lines import Run, parse
from kbench.places import IMMEDIATE
from tessera.hostbuild import ROOT, HostBuild, HostBuildError, pure_modules
from tessera.missing import missing

# As the Makefile has them for the kernel, as far as a program of the host can.
FLAGS = ("-O2", "-mgeneral-regs-only", "-mno-red-zone", "-fno-stack-protector",
         "-fno-asynchronous-unwind-tables", "-fcf-protection=none")
FONT = "drivers/video/fonts/vga-8x16.psf"
# What they need besides the PURE modules.
KERNEL = (Path("kernel/kbench.c"), Path("kernel/memory_fill_timing.c"))
BENCHES = Path("tests/bench")
TIMEOUT_S = 300.0
CALLGRIND_TIMEOUT_S = 900.0
# kernel/kbench.c: all that is measured is inside of it.
MEASURED = "kbench_call"
# tests/bench/heap_bench.c: but not the replay, of which only the allocator's calls are. One heap a
# run: a heap that is built on another calls that one's functions, too.
HEAP = re.compile(r"(heap_[a-z0-9]+)_\w+")
REPLAY = "heap_replay"
CALLS = ("alloc", "free", "resize", "realloc")


def build(out: Path, compiler: str = "gcc") -> Path:
    """The program; BenchError where it does not build."""
    if not shutil.which(compiler.split()[0]):
        raise BenchError(missing(compiler.split()[0]))
    maker = HostBuild(out, compiler, FLAGS, link_flags=())
    sources = [module.source for module in pure_modules()] + list(KERNEL)
    sources += [path.relative_to(ROOT) for folder in (BENCHES, BENCHES / "host")
                for path in sorted((ROOT / folder).glob("*.c"))]
    try:
        return maker.link([maker.compile(source) for source in sources], "bench")
    except HostBuildError as problem:
        raise BenchError(f"the benchmarks of the host did not build\n{problem}") from None


def run(program: Path, rounds: int, only: Optional[str] = None, mode: str = IMMEDIATE) -> Run:
    """All ways, in turns."""
    return parse(_output([*_command(program, mode, rounds, "all", only)], TIMEOUT_S))


def instructions(program: Path, names: Iterable[str],
                 mode: str = IMMEDIATE) -> Dict[str, Dict[str, int]]:
    """Of one call of each benchmark's own way, by callgrind; nothing where that is not here."""
    counts: Dict[str, Dict[str, int]] = {}
    if not shutil.which("valgrind"):
        return counts
    groups: Dict[str, List[str]] = {}
    for name in names:
        groups.setdefault(_counted_with(name), []).append(name)
    for group, members in sorted(groups.items()):
        only = members[0] if len(members) == 1 else group
        counts.update(_count(program, only, group, mode))
    return counts


def _counted_with(name: str) -> str:
    """What it is counted together with: the same heap's, or all of its group."""
    heap = HEAP.fullmatch(name)
    return heap.group(1) if heap else name.partition("_")[0]


def _count(program: Path, only: str, group: str, mode: str) -> Dict[str, Dict[str, int]]:
    """One run; the functions whose instructions count are those of the group."""
    names = [MEASURED]
    if group.startswith("heap_"):
        names += [REPLAY, *(f"{group}_{call}" for call in CALLS)]
    with tempfile.TemporaryDirectory(prefix="tessera-") as folder:
        command = ["valgrind", "-q", "--tool=callgrind",
                   *(f"--toggle-collect={name}" for name in names),
                   f"--dump-after={MEASURED}", f"--callgrind-out-file={folder}/out",
                   *_command(program, mode, 1, "ours", only)]
        done = parse(_output(command, CALLGRIND_TIMEOUT_S))
        found = [name for name, result in done.results.items() if result.ticks]
        return {name: {"ours": total}
                for name, total in zip(found, _totals(Path(folder), len(found)))}


def _command(program: Path, mode: str, rounds: int, ways: str, only: Optional[str]) -> List[str]:
    return [str(program), FONT, mode, str(rounds), ways, *([only] if only else [])]


def _totals(folder: Path, count: int) -> List[int]:
    """What each dump counted, in the order of the calls."""
    found = []
    for number in range(1, count + 1):
        text = (folder / f"out.{number}").read_text(encoding="utf-8")
        found.append(int(re.findall(r"^totals: (\d+)$", text, re.MULTILINE)[-1]))
    return found


def _output(command: List[str], timeout: float) -> str:
    try:
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
                              errors="replace", check=False)
    except subprocess.TimeoutExpired:
        raise BenchError(f"{Path(command[0]).name} did not end in {timeout:g} s") from None
    if done.returncode < 0:
        raise BenchError(f"{Path(command[0]).name} was ended by signal {-done.returncode}")
    if done.returncode not in (0, 1):
        raise BenchError(f"{Path(command[0]).name} ended with status {done.returncode}: "
                         f"{done.stdout.strip()[-300:]}")
    return done.stdout
