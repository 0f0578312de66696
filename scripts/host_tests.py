# SPDX-License-Identifier: MIT
"""Runs the suites of all PURE modules on the host, under sanitizers (`make hosttests`).

Each compiler that is here builds the modules with AddressSanitizer and UndefinedBehaviorSanitizer;
what the program prints is the KTAP that the kernel would print. It is kept as OUT/COMPILER.ktap.
One that hangs is ended and has failed; the next compiler is tried all the same.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path
from typing import List, Tuple

from tessera import ktap
from tessera.hostbuild import (TIMEOUT_S, HostBuild, HostBuildError, Ran, pure_modules,
                               run_suites)

COMPILERS = ("gcc", "clang")


def judge(ran: Ran) -> Tuple[bool, str]:
    """Did all go well, and a line about it: the status and the whole plan must say so."""
    report = ktap.parse(ran.text)
    counts = ", ".join(f"{report.count(outcome)} {outcome.value}" for outcome in ktap.Outcome
                       if report.count(outcome))
    if ran.status == 0 and report.complete and not report.failed:
        return True, counts
    if ran.status is None:
        return False, f"{f'{counts}; ' if counts else ''}hung, {ktap.how_far(report)}"
    why = report.failed + report.faults or [f"it ended with status {ran.status}"]
    return False, f"{counts}; {'; '.join(why)}" if counts else "; ".join(why)


def run(compiler: str, out: Path, words: List[str], timeout: float) -> bool:
    """Build and run with one compiler; tells the result, and all that was said where it is bad."""
    if not (out / compiler).exists():
        print(f"building by {compiler}: all PURE modules with their suites, which takes minutes "
              "the first time", flush=True)
    begin = time.monotonic()
    results = out / f"{compiler}.ktap"
    results.unlink(missing_ok=True)  # those of another run
    try:
        program = HostBuild(out / compiler, compiler).build()
    except HostBuildError as problem:
        print(f"{compiler}: did not build\n{problem}")
        return False
    ran = run_suites(program, *words, timeout=timeout)
    results.write_text(ran.text, encoding="utf-8")
    good, line = judge(ran)
    if not good:
        print(ran.text)
    print(f"{compiler}: {line} ({time.monotonic() - begin:.1f} s)", flush=True)
    return good


def main() -> int:
    """Every compiler, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("--compiler", action="append", help="in place of gcc and clang")
    parser.add_argument("--timeout", type=float, default=TIMEOUT_S, help="in seconds, of each run")
    parser.add_argument("words", nargs="*", help="a suite, seed=N")
    options = parser.parse_args()
    bare = [str(module.source) for module in pure_modules() if module.suite is None]
    if bare:
        print("without a suite: " + ", ".join(bare))
    wanted = options.compiler or COMPILERS
    here = [name for name in wanted if shutil.which(name.split()[0])]
    good = [run(name, options.output / "host", options.words, options.timeout) for name in here]
    missing = [name for name in wanted if name not in here]
    if missing:
        print(f"NOT RUN with {', '.join(missing)}, {len(missing)} of {len(wanted)} compilers: "
              "it is missing, 'make setup' installs it")
    return 0 if good and all(good) and not bare else 1


if __name__ == "__main__":
    sys.exit(main())
