# SPDX-License-Identifier: MIT
"""Runs the suites of all PURE modules on the host, under sanitizers (`make hosttests`).

Each compiler that is here builds the modules with AddressSanitizer and UndefinedBehaviorSanitizer;
what the program prints is the KTAP that the kernel would print. It is kept as OUT/COMPILER.ktap.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path
from typing import List, Tuple

from tessera import ktap
from tessera.hostbuild import HostBuild, HostBuildError, pure_modules, run_suites

COMPILERS = ("gcc", "clang")


def judge(status: int, text: str) -> Tuple[bool, str]:
    """Did all go well, and a line about it: the status and the whole plan must say so."""
    report = ktap.parse(text)
    counts = ", ".join(f"{report.count(outcome)} {outcome.value}" for outcome in ktap.Outcome
                       if report.count(outcome))
    if status == 0 and report.complete and not report.failed:
        return True, counts
    why = report.failed + report.faults or [f"it ended with status {status}"]
    return False, f"{counts}; {'; '.join(why)}" if counts else "; ".join(why)


def run(compiler: str, out: Path, words: List[str]) -> bool:
    """Build and run with one compiler; tells the result, and all that was said where it is bad."""
    begin = time.monotonic()
    try:
        program = HostBuild(out / compiler, compiler).build()
    except HostBuildError as problem:
        print(f"{compiler}: did not build\n{problem}")
        return False
    done = run_suites(program, *words)
    (out / f"{compiler}.ktap").write_text(done.stdout, encoding="utf-8")
    good, line = judge(done.returncode, done.stdout)
    if not good:
        print(done.stdout)
    print(f"{compiler}: {line} ({time.monotonic() - begin:.1f} s)")
    return good


def main() -> int:
    """Every compiler, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("--compiler", action="append", help="in place of gcc and clang")
    parser.add_argument("words", nargs="*", help="a suite, seed=N")
    options = parser.parse_args()
    bare = [str(module.source) for module in pure_modules() if module.suite is None]
    if bare:
        print("without a suite: " + ", ".join(bare))
    wanted = options.compiler or COMPILERS
    here = [name for name in wanted if shutil.which(name.split()[0])]
    for name in wanted:
        if name not in here:
            print(f"{name} is missing, so it is not tried: 'make setup' installs it")
    good = [run(name, options.output / "host", options.words) for name in here]
    return 0 if good and all(good) and not bare else 1


if __name__ == "__main__":
    sys.exit(main())
