# SPDX-License-Identifier: MIT
"""Builds for the tests: one output directory a configuration, each built once a run.

Two workers of xdist may ask for the same configuration at the same moment: a lock file lets one
build while the other waits, and a stamp with the run's id tells the second that nothing is left to
do. Make itself decides what has to be compiled, so a second run of the suite starts at once. A
folder that has no kernel yet gets the objects that others have compiled, from the matrix's store.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import subprocess
import time
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Mapping, Optional

from kmatrix.store import WORDS, Store, options_of
from tessera.config import Config
from tessera.image import Image
from tessera.make import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
BUILDS = Path(os.environ.get("TESSERA_TEST_BUILDS", ROOT / "build" / "tests"))
# Where the matrix has its own, unless told otherwise: what is compiled here is not compiled there.
OBJECTS = ROOT / "build" / "matrix" / "objects"

OUR_VARIABLES = ("O", "V", "FRAGMENTS", "EXTERNAL", "LLVM", "WERROR", "FIRMWARE", "ACCEL", "MEMORY",
                 "QEMU_ARGS", "APPEND", "BOOT", "MACHINE", "TESSERA_OUTPUT", "TESSERA_CONFIG")
# What pytest tells its workers, a front end its display, and kconfiglib where things are.
OTHER_VARIABLES = ("PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS", "DISPLAY", "KCONFIG_CONFIG", "srctree")


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a user's shell: without what an outer make or its user has set."""
    drop = VARIABLES + OUR_VARIABLES + OTHER_VARIABLES
    return {k: v for k, v in os.environ.items() if k not in drop} | more


def make(
    *words: str, check: bool = True, timeout: float = 300, input_text: Optional[str] = None,
    cwd: Path = ROOT, **environment: str,
) -> subprocess.CompletedProcess:
    """Run make at the project's root; its output, both streams together, is in .stdout."""
    done = subprocess.run(
        ["make", *words], cwd=cwd, env=clean_environment(**environment), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout,
        input=input_text if input_text is not None else "", errors="replace",
    )
    if check and done.returncode:
        raise AssertionError(f"make {' '.join(words)} ended with {done.returncode}:\n{done.stdout}")
    return done


def least_seconds(what: Callable[[], object], runs: int) -> float:
    """How long programs have a core that are run in what() one after the other, in the best of some
    runs: who else keeps the cores busy does not count. Nor may they wait for anything else.
    """
    def core_s() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    least = by_the_clock = float("inf")
    for _ in range(runs):
        begin, begin_core = time.monotonic(), core_s()
        what()
        least = min(least, core_s() - begin_core)
        by_the_clock = min(by_the_clock, time.monotonic() - begin)
    assert by_the_clock < 10 * least + 2
    return least


class Build(Image):
    """An output directory and what is known of it."""

    def __init__(self, path: Path, config_file: Optional[Path] = None) -> None:
        """Without a file, the configuration is the output directory's own."""
        super().__init__(path / "tessera.elf", Config.load(config_file or path / ".config"))
        self.path = path

    @property
    def iso(self) -> Path:
        """The bootable image."""
        return self.path / "tessera.iso"


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone among all processes that lock this path; the system frees a lock of the dead."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def run_id() -> str:
    """What both workers of one run share, and two runs do not."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process {os.getpid()}"


def build(name: str, fragment: str = "", base: str = "defconfig", llvm: bool = False,
          goal: str = "iso", external: str = "") -> Build:
    """Build a configuration: `base` with the lines of `fragment` on top, and folders outside of the
    tree. Warnings are errors."""
    out = BUILDS / name
    stamp, fragment_file = BUILDS / f"{name}.stamp", BUILDS / f"{name}.config"
    token = f"{run_id()}\n{base} {llvm} {goal} {external}\n{fragment}"
    with locked(BUILDS / f"{name}.lock"):
        if not (stamp.exists() and stamp.read_text() == token):
            stamp.unlink(missing_ok=True)
            fragment_file.write_text(fragment)
            words = [f"O={out}", "WERROR=1", *(["LLVM=1"] if llvm else []),
                     *([f"EXTERNAL={external}"] if external else [])]
            make(*words, base, *([f"FRAGMENTS={fragment_file}"] if fragment else []))
            if (out / "tessera.elf").exists():
                make("-j2", *words, goal)
            else:
                build_first(out, words, goal)
            stamp.write_text(token)
    return Build(out)


def build_first(out: Path, words: List[str], goal: str) -> None:
    """Build what was just configured with the objects that are there, and keep the new ones.

    The words are those for make, O= among them.
    """
    store, options = Store(OBJECTS, ROOT), options_of(out)
    placed: Dict[str, str] = {}
    make(*words, *(str(out / name) for name in WORDS))
    store.open(out)
    store.restore(out, options, placed)
    begin = time.time()
    make("-j2", *words, goal)
    store.collect(out, options, placed, begin)


def image_with(kernel: Build, where: Path, commands: str, files: Mapping[str, bytes] = {}) -> Path:
    """The kernel's image with other commands for GRUB, and with more files, by their paths."""
    (where / "grub.cfg").write_text(f"insmod all_video\n{commands}boot\n")
    maps = ["-map", str(where / "grub.cfg"), "/boot/grub/grub.cfg"]
    for i, (path, content) in enumerate(files.items()):
        (where / f"file-{i}").write_bytes(content)
        maps += ["-map", str(where / f"file-{i}"), path]
    image = where / "other.iso"
    subprocess.run(
        ["xorriso", "-no_rc", "-indev", str(kernel.iso), "-outdev", str(image), *maps,
         "-boot_image", "any", "replay"],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    return image
