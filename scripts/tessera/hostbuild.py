# SPDX-License-Identifier: MIT
"""Builds the PURE modules, each with its suite, as a program of the host.

A PURE module (its first comment says so) depends on nothing but its arguments, so the same .c and
the same _test.c that are in the kernel make a program here, under whatever the compiler offers:
sanitizers, coverage, a fuzzer. All modules are linked together; the program takes the name of a
suite, which is the name of its module.

    build = HostBuild(Path("build/host/gcc"), "gcc")
    program = build.build()                                  # all modules, all suites
    program = build.build(replace={Path("lib/ring.c"): mutant})  # one module from another file
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import List, Mapping, NamedTuple, Optional, Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = Path("scripts/host")
FOLDERS = ("arch", "drivers", "kernel", "lib", "mm", "shell")
# What the suites need besides the modules. It is not PURE: it prints.
FRAMEWORK = (Path("kernel/ktest.c"), Path("kernel/ktest_check.c"))

INCLUDES = ("include", "arch/x86_64/include")
# As the kernel is compiled, as far as it means something here. The suites are not position
# independent: the linker sets hold addresses.
BASE_FLAGS = ("-std=gnu11", "-ffreestanding", "-DKTEST_HOST", "-g", "-fno-strict-aliasing",
              "-fno-common", "-fno-pie", "-Wall", "-Wextra", "-Werror")
SANITIZERS = ("-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined",
              "-fno-sanitize-recover=all")

TIMEOUT_S = 300.0  # all suites take seconds


class HostBuildError(Exception):
    """The compiler or the linker refused; the text is what it said."""


@dataclass(frozen=True)
class Module:
    """A PURE file, and the suite beside it where there is one. Paths are relative to the root."""

    source: Path
    suite: Optional[Path]

    @property
    def name(self) -> str:
        """Of the module, and of its suite."""
        return self.source.stem


def is_pure(path: Path) -> bool:
    """Does the file's first comment behind the licence say PURE?"""
    comments = re.findall(r"/\*.*?\*/", path.read_text(encoding="utf-8"), re.DOTALL)
    return len(comments) > 1 and "PURE" in comments[1]


def pure_modules(root: Path = ROOT) -> List[Module]:
    """All PURE modules of the tree, by their paths."""
    found = []
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.c")):
        if path.name.endswith("_test.c") or not is_pure(path):
            continue
        suite = path.with_name(f"{path.stem}_test.c")
        found.append(Module(path.relative_to(root),
                            suite.relative_to(root) if suite.exists() else None))
    return found


class HostBuild:
    """One way to build the program: a compiler, flags, and a folder for what is made."""

    def __init__(self, out: Path, compiler: str = "gcc", flags: Sequence[str] = SANITIZERS,
                 link_flags: Optional[Sequence[str]] = None, root: Path = ROOT,
                 jobs: int = os.cpu_count() or 1) -> None:
        """flags go to the compiler and, unless link_flags says otherwise, to the linker."""
        self.out = out.resolve()
        self.root = root
        self._compiler = shlex.split(compiler)
        self._version = version_of(self._compiler)
        self._flags = list(flags)
        self._link_flags = list(flags if link_flags is None else link_flags)
        self._jobs = jobs

    def build(self, modules: Optional[Sequence[Module]] = None,
              replace: Mapping[Path, Path] = {}, name: str = "suites",
              main: Path = HOST / "main.c") -> Path:
        """The program, of these modules (None: all) and their suites.

        replace gives the text of a source from another file. Only what is older than its source,
        a header, its command or its compiler is compiled. HostBuildError where that fails.
        """
        modules = pure_modules(self.root) if modules is None else modules
        sources = [module.source for module in modules]
        sources += [module.suite for module in modules if module.suite]
        sources += [*FRAMEWORK, main]
        with ThreadPoolExecutor(self._jobs) as pool:
            objects = list(pool.map(lambda at: self.compile(at, replace.get(at)), sources))
        return self.link(objects, name)

    def compile(self, source: Path, text: Optional[Path] = None) -> Path:
        """The object of a source; from another file's text where one is given."""
        target = self.out / source.with_suffix(".o" if text is None else ".replaced.o")
        target.parent.mkdir(parents=True, exist_ok=True)
        depends = target.with_suffix(".d")
        command = [*self._compiler, *BASE_FLAGS, *self._flags,
                   "-include", str(HOST / "names.h"),
                   *(f"-I{folder}" for folder in INCLUDES), "-iquote", str(source.parent),
                   "-MMD", "-MF", str(depends), "-c", "-o", str(target),
                   str(source if text is None else Path(text).resolve())]
        if text is not None or not self._is_fresh(target, depends, command):
            self._run(command)
            target.with_suffix(".command").write_text(self._recipe(command), encoding="utf-8")
        return target

    def link(self, objects: Sequence[Path], name: str = "suites") -> Path:
        """The program of some objects."""
        program = self.out / name
        self._run([*self._compiler, *self._link_flags, "-no-pie", f"-Wl,-T,{HOST / 'sets.ld'}",
                   "-o", str(program), *map(str, objects)])
        return program

    def _is_fresh(self, target: Path, depends: Path, command: List[str]) -> bool:
        """Is the object newer than all that it was made from, and its command the same?"""
        try:
            made = target.stat().st_mtime_ns
            made_by = target.with_suffix(".command").read_text(encoding="utf-8")
            if made_by != self._recipe(command):
                return False
            names = depends.read_text(encoding="utf-8").replace("\\\n", " ").split()[1:]
            return all((self.root / name).stat().st_mtime_ns < made for name in names)
        except OSError:
            return False

    def _recipe(self, command: List[str]) -> str:
        """What an object was made by: the command, and which compiler that was."""
        return f"{shlex.join(command)}\n{self._version}"

    def _run(self, command: List[str]) -> None:
        done = subprocess.run(command, cwd=self.root, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            raise HostBuildError(f"{shlex.join(command)}\n{done.stdout}")


class Ran(NamedTuple):
    """How the program ended, and all that it said on both its streams."""

    status: Optional[int]  # None where it did not end in time
    text: str


def run_suites(program: Path, *words: str, timeout: float = TIMEOUT_S) -> Ran:
    """Run the program, with a suite's name or seed=N as words."""
    command = [str(program), *words]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        try:
            text, status = running.communicate(timeout=timeout)[0], running.returncode
        except subprocess.TimeoutExpired:
            running.kill()
            text, status = running.communicate()[0], None
    return Ran(status, text)


def version_of(compiler: Sequence[str]) -> str:
    """What a compiler says of itself; nothing where it is not here."""
    try:
        return subprocess.run([*compiler, "--version"], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              errors="replace", check=False).stdout
    except OSError:
        return ""
