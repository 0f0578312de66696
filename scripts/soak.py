# SPDX-License-Identifier: MIT
"""Types at a kernel for an hour of its own time (`make soak`, `make soak MINUTES=5`).

10,000 key events a minute, shell commands and drawing, the timer at 1,000 Hz: every character that
comes back is held against what it has to be, memory at the end against that at the beginning, and
the kernel's time against the machine's real-time clock.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ksoak.session import SoakError, soak
from tessera.config import Config
from tessera.errors import MachineError
from tessera.image import Image
from tessera.make import BuildError, build_kernel

OPTIONS = ("BOOT_PVH=y", "FB_BOCHS=y", "TIMER_HZ=1000", "IRQ_STORM=y", "SHELL_CMD_IRQ=y",
           "SHELL_CMD_UPTIME=y", "SHELL_CMD_HEAP=y")
FRAGMENT = "".join(f"CONFIG_{option}\n" for option in OPTIONS)
STATUS_FAILED, STATUS_USAGE = 1, 2


def number(word: str, text: str) -> float:
    """What a word of make's command line says; ValueError, and how it is to be."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 24 * 60:
        raise ValueError(f"{word}={text}: it is a number above 0, and a day at most")
    return value


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build/soak-kernel"))
    parser.add_argument("--hours", default="")
    parser.add_argument("--minutes", default="")
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    try:
        minutes = number("HOURS", options.hours) * 60 if options.hours else 60.0
        minutes = number("MINUTES", options.minutes) if options.minutes else minutes
        seed = int(number("SEED", options.seed))
    except ValueError as problem:
        print(f"soak: {problem}", file=sys.stderr)
        return STATUS_USAGE
    try:
        kernel = build_kernel(options.output / "out", FRAGMENT)
        image = Image(kernel, Config.load(kernel.with_name(".config")))
        verdict = soak(image, minutes * 60, seed,
                       lambda line: print(f"soak: {line}", flush=True))
    except (SoakError, BuildError, MachineError) as problem:
        print(f"soak: {problem}\nSOAK FAILED", flush=True)
        return STATUS_FAILED
    print(verdict, flush=True)
    return STATUS_FAILED if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
