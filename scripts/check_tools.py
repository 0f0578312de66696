# SPDX-License-Identifier: MIT
"""The rules of the house that other programs check: compiler, shellcheck, pyflakes, pycodestyle.

Every public header compiles alone, and twice over, in the default and in the smallest
configuration. A program that is not here is named, and its rule is not checked.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator, List, Tuple

import kconfiglib

from tessera.missing import missing

PYTHON_COLUMNS = 100
HEADER_FOLDERS = ("include", "arch/x86_64/include")
CONFIGURATIONS = ("configs/defconfig", "configs/tiny_defconfig")
HEADER_FLAGS = ["-std=gnu11", "-ffreestanding", "-m64", "-mgeneral-regs-only", "-fsyntax-only",
                "-Wall", "-Wextra", "-Wundef", "-Werror", "-x", "c", "-"]

# A place, and what is wrong there.
Fault = Tuple[str, str]


def check_all(files: List[Path]) -> Iterator[Fault]:
    """All rules of this file, on the text files of the tree."""
    yield from check_headers()
    yield from check_shell([path for path in files if is_script(path, ".sh", "sh", "bash")])
    yield from check_python([path for path in files if is_script(path, ".py", "python3")])


def is_script(path: Path, suffix: str, *interpreters: str) -> bool:
    """Is it written in a language, by its name or by its first line?"""
    if path.suffix:
        return path.suffix == suffix
    with open(path, encoding="utf-8") as stream:
        words = re.split(r"[/\s]+", stream.readline())
    return words[0] == "#!" and any(name in words for name in interpreters)


def unchecked(tool: str, rule: str) -> None:
    """Say that a rule is not checked."""
    print(f"{rule} not checked: {missing(tool)}")


# ---- Headers ----------------------------------------------------------------


def check_headers() -> Iterator[Fault]:
    """A public header brings all that it needs, and may be included twice."""
    compiler = shlex.split(os.environ.get("CC", "gcc"))
    if not shutil.which(compiler[0]):
        unchecked(compiler[0], "public headers are")
        return
    headers = [(folder, path) for folder in HEADER_FOLDERS
               for path in sorted(Path(folder).rglob("*.h"))]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(os.cpu_count()) as pool:
        for configuration in CONFIGURATIONS:
            autoconf = Path(scratch) / "autoconf.h"
            kconf = kconfiglib.Kconfig("Kconfig", warn=False)
            kconf.load_config(configuration)
            kconf.write_autoconf(str(autoconf))
            command = [*compiler, "-include", str(autoconf),
                       *(f"-I{folder}" for folder in HEADER_FOLDERS), *HEADER_FLAGS]
            done = pool.map(lambda pair: compile_header(command, *pair), headers)
            for (_, path), text in zip(headers, list(done)):
                if text:
                    yield str(path), f"does not compile alone with {configuration}: {text}"


def compile_header(command: List[str], folder: str, path: Path) -> str:
    """What the compiler has against a header, its first error; nothing in a good one."""
    line = f"#include <{path.relative_to(folder)}>\n"
    done = subprocess.run(command, input=line * 2, text=True, stderr=subprocess.PIPE, check=False)
    errors = re.findall(r"^(.*error: .*)$", done.stderr, re.MULTILINE)
    return (errors or [done.stderr.strip()])[0] if done.returncode else ""


# ---- Scripts ----------------------------------------------------------------


def lines_of(command: List[str]) -> List[str]:
    """What a checker prints, line by line."""
    done = subprocess.run(command, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    return done.stdout.splitlines()


def check_shell(paths: List[Path]) -> Iterator[Fault]:
    """shellcheck has nothing to say."""
    if not shutil.which("shellcheck"):
        unchecked("shellcheck", "shell scripts are")
        return
    for line in lines_of(["shellcheck", "--format=gcc", *map(str, paths)]):
        place, _, text = line.partition(": ")
        yield place, text


def check_python(paths: List[Path]) -> Iterator[Fault]:
    """pyflakes and pycodestyle have nothing to say."""
    names = list(map(str, paths))
    for module, options in (("pyflakes", []),
                            ("pycodestyle", [f"--max-line-length={PYTHON_COLUMNS}",
                                             "--ignore=E101,W191,W503,W504"])):
        runner = ["scripts/python.sh", module]
        if subprocess.run([*runner, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode:
            unchecked(module, "Python files are")
            continue
        for line in lines_of([*runner, "-m", module, *options, *names]):
            place, _, text = line.partition(": ")
            yield place, text
