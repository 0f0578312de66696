# SPDX-License-Identifier: MIT
"""Which lines and branches are run by tests (`make coverage`).

On the host: the PURE modules, built with gcc's counters and without optimisation, under their
suites: lines and branches, and what the house demands of them. In QEMU: the lines of all the rest,
in the reference kernel with its suites and in a session with its shell. gcovr makes one HTML
report of both, OUT/coverage/index.html. Suites and headers that are not PURE do not count.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

from tessera import kernel_coverage
from tessera.errors import QEMU, Addr2lineMissing, MachineError
from tessera.figures import (BRANCHES_WANTED, LINES_WANTED, Figures, has_code, lacks, read_figures,
                             total)
from tessera.hostbuild import (FOLDERS, ROOT, HostBuild, HostBuildError, is_pure, pure_modules,
                               run_suites)
from tessera.qemu import DEBUG_EXIT_PASSED, Machine

FLAGS = ("-O0", "--coverage", "-fprofile-abs-path")
TITLE = "Tessera: PURE modules on the host, the rest in QEMU"
SUITES_SECONDS = 120

# A line for each command, and one for each of its mistakes.
SESSION = ("help", "info", "echo a b", "color red", "color no", "clear", "config", "page 0x1234",
           "page x", "page", "draw rect 1 2 30 40 red", "draw line 0 0 90 70 blue",
           "draw circle 50 50 20 green", "draw circle 1 1 -1 red", "draw", "draw x",
           "draw rect 1", "draw line 1 1 2 2 no", "screenfill black", "nothing")
LAST_WORDS = "KERNEL PANIC: "


def pure_files() -> List[Path]:
    """The PURE modules and the PURE headers."""
    headers = [path.relative_to(ROOT) for folder in ("include", *FOLDERS)
               for path in (ROOT / folder).rglob("*.h")]
    return [module.source for module in pure_modules()] + [
        path for path in headers if is_pure(ROOT / path) and path.name != "ktest.h"]


def gcovr(*arguments: str) -> None:
    """Run gcovr over the tree."""
    subprocess.run([sys.executable, "-m", "gcovr", "--root", str(ROOT), *arguments], cwd=ROOT,
                   check=True, stdin=subprocess.DEVNULL)


def run_host(report: Path) -> Path:
    """Build and run the modules and their suites; gcovr's figures of them."""
    out = report / "host"
    ran = run_suites(HostBuild(out, "gcc", FLAGS).build())
    if ran.status != 0:
        raise HostBuildError(f"the suites {'hang' if ran.status is None else 'fail'}:\n{ran.text}")
    filters = [argument for path in pure_files()
               for argument in ("--filter", re.escape(str(ROOT / path)) + "$")]
    figures = report / "host.json"
    gcovr(*filters, "--object-directory", str(out), "--exclude-unreachable-branches",
          "--json", str(figures), str(out))
    return figures


def session(machine: Machine) -> None:
    """What a user types, at the reference kernel."""
    machine.wait_prompt()
    for line in SESSION:
        machine.run_command(line)
    machine.type_text("panic\n")
    machine.wait_text(LAST_WORDS)


def suites(machine: Machine) -> None:
    """The kernel does it by itself, and leaves."""
    if machine.exit_status(SUITES_SECONDS) != DEBUG_EXIT_PASSED:
        raise MachineError(f"the suites fail:\n{machine.serial_text}")


def run_kernel(report: Path) -> Path:
    """Build two kernels, watch them; the figures of all that is not PURE, as gcovr reads them."""
    pure = {str(path) for path in pure_files()}
    watched = []
    for name, options, what in (("reference", "", session),
                                ("suites", "CONFIG_BOOT_TEST_SUITES=y\n", suites)):
        out = report / name
        out.mkdir(parents=True, exist_ok=True)
        (out / "coverage.config").write_text(options)
        subprocess.run(["make", "-s", f"O={out}", f"FRAGMENTS={out}/coverage.config", "defconfig",
                        "iso"], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
        ran = kernel_coverage.watch(out / "tessera.iso", out / "in_asm.log", what)
        watched.append(kernel_coverage.lines_of(out / "tessera.elf", ran))
    files = {name: lines for name, lines in kernel_coverage.join(watched).items()
             if name not in pure and not name.endswith("_test.c") and "tests/" not in name}
    figures = report / "kernel.json"
    figures.write_text(json.dumps(kernel_coverage.as_gcovr(files)), encoding="utf-8")
    return figures


def show(figures: Dict[str, Figures], has_branches: bool) -> None:
    """A table of the files, and its sums."""
    rows = [(name, figures[name]) for name in sorted(figures)]
    lines = total([own.lines for _, own in rows])
    branches = total([own.branches for _, own in rows])
    print(f"{'file':42} {'lines':>19}{' ':>12}{'branches' if has_branches else ''}")
    for name, own in rows:
        text = f"{name:42} {own.lines}"
        if has_branches:
            text += f" {own.branches}"
            text += f"  not run: {', '.join(own.missing)}" if own.missing else ""
        print(text)
    print(f"{'all':42} {lines} {branches if has_branches else ''}\n")


def main() -> int:
    """Build, run, count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("--host-only", action="store_true", help="no kernel in QEMU")
    options = parser.parse_args()
    report = (options.output / "coverage").absolute()
    shutil.rmtree(report, ignore_errors=True)  # old counters would be added to
    try:
        parts = [run_host(report)]
    except HostBuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    print("PURE modules, on the host:")
    figures = read_figures(parts[0])
    show(figures, True)
    if options.host_only or not shutil.which(QEMU):
        print("The kernel is left out.")
    else:
        try:
            parts.append(run_kernel(report))
        except (Addr2lineMissing, MachineError) as problem:
            print(problem, file=sys.stderr)
            return 1
        print("The rest, in QEMU:")
        show(read_figures(parts[1]), False)
    gcovr(*(word for part in parts for word in ("--add-tracefile", str(part))),
          "--html-details", str(report / "index.html"), "--html-title", TITLE)
    print(f"coverage: {report / 'index.html'}")
    lacking = lacks(figures, {str(path): has_code(ROOT / path) for path in pure_files()})
    if lacking:
        print("\n".join(lacking) + f"\ncoverage: wanted are {LINES_WANTED:g} % of the lines and "
              f"{BRANCHES_WANTED:g} % of the branches of each PURE file", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
