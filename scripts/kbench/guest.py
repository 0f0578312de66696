# SPDX-License-Identifier: MIT
"""The benchmarks in the kernel, in QEMU without hardware's help (TCG).

With -icount shift=0 the time stamp counter counts instructions: the same figure in every run, to
the last digit. Without it the counter goes by the host's clock, and gives times.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Dict, List, Optional, Tuple

from kbench.errors import BenchError
from kbench.lines import Run, parse
from kbench.places import Place
from tessera import suites
from tessera.errors import MachineError
from tessera.ktap import EXIT_FAILED, EXIT_PASSED, QemuResult
from tessera.make import BuildError, build_kernel

ICOUNT = ("-icount", "shift=0,sleep=off")
ICOUNT_HZ = 1_000_000_000
TIMEOUT_S = 600.0
# Without GRUB: it starts in a fifth of a second, with the same screen. Nothing is timed at boot:
# with -icount a string instruction is one instruction a step and would win, so that the figures of
# instructions and those of time would be of different code.
OPTIONS = ("BOOT_TEST_BENCH=y", "BOOT_PVH=y", "FB_BOCHS=y", "MEMORY_FILL_LOOP=y")
_PANIC = re.compile(r"^(KERNEL PANIC: .*|EXCEPTION: .*)$", re.MULTILINE)


def build(place: Place, out: Path) -> Path:
    """The kernel of a configuration; BenchError where it does not build."""
    text = "".join(f"CONFIG_{option}\n" for option in (*OPTIONS, *place.options))
    try:
        return build_kernel(out / "out", text)
    except BuildError as problem:
        raise BenchError(str(problem)) from None


def count(kernel: Path, only: Optional[str] = None, ours_alone: bool = False,
          timeout: float = TIMEOUT_S) -> Run:
    """One round in which a tick is an instruction."""
    ways = "" if ours_alone else "all "
    return _run(kernel, f"{ways}quiet rounds=1 hz={ICOUNT_HZ}", only, ICOUNT, timeout)


def measure(kernel: Path, rounds: int, only: Optional[str] = None,
            timeout: float = TIMEOUT_S) -> Run:
    """Several rounds by the clock."""
    return _run(kernel, f"all rounds={rounds}", only, (), timeout)


def instructions(run: Run) -> Dict[str, Dict[str, int]]:
    """Of each way of each benchmark, from a run of count()."""
    return {name: {way: ticks[0] for way, ticks in result.ticks.items()}
            for name, result in run.results.items()}


def _run(kernel: Path, request: str, only: Optional[str], extra: Tuple[str, ...],
         timeout: float) -> Run:
    words = f"{request} {only}" if only else request
    if "," in words:
        raise BenchError(f"{only} is no name of a benchmark")
    arguments = [*extra, "-fw_cfg", f"name=opt/tessera/bench,string={words}"]
    try:
        text, result = suites.run(kernel, timeout, direct=True, extra=arguments)
    except MachineError as problem:
        raise BenchError(str(problem)) from None
    return judge(text, result, timeout)


def judge(text: str, result: QemuResult, timeout: float = TIMEOUT_S) -> Run:
    """The run that a kernel told of; BenchError where it did not end as it should."""
    panic = _PANIC.search(text)
    if panic:
        raise BenchError(f"the kernel did not survive {_where(text)}: {panic.group(1)}")
    if result.guest_reset:
        raise BenchError(f"the machine reset itself {_where(text)}")
    if result.status is None:
        raise BenchError(f"the kernel did not end in {timeout:g} s, {_where(text)}")
    run = parse(text)
    if result.status != EXIT_PASSED:
        what = "failed" if result.status == EXIT_FAILED else "did not end"
        raise BenchError(f"the benchmarks {what}: QEMU ended with status {result.status}")
    return run


def _where(text: str) -> str:
    names: List[str] = re.findall(r"^KBENCH (\w+) \w+ \d+ \w+:", text, re.MULTILINE)
    return f"after {names[-1]}" if names else "before the first benchmark"
