# SPDX-License-Identifier: MIT
"""Checks the source against the rules of the house, as far as a machine can (`make checks`).

Each rule is a function that gives faults: a place and a sentence. docs/architecture.md has the
reasons for the rules.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator, List, NamedTuple, Set, Tuple

import kconfiglib

import check_tools
from floors import floor_of
from tessera.missing import missing
from kconf.lint import lint
from kconf.reading import RENAMED

CODE_FOLDERS = ("arch", "drivers", "examples", "include", "init", "kernel", "lib", "mm", "shell",
                "tests")
OTHER_FOLDERS = ("scripts", "configs", ".ci", "docs")
MARKED_SUFFIXES = (".c", ".h", ".S", ".py", ".sh", ".cfg", ".md", ".config", ".mk", "")
FUNCTION_LINES = 50
COLUMNS = 80
FORMAT_VERSION = 14

# What the compiler itself brings, without any libc.
STANDARD = {"limits.h", "stdalign.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h",
            "stdnoreturn.h"}


class Fault(NamedTuple):
    """A broken rule."""

    where: str
    text: str


class Source:
    """A file of C or assembly, with the comments blanked out of its code."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines()
        blank = re.compile(r"/\*.*?\*/", re.DOTALL)
        self.code = blank.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), self.text).splitlines()

    def at(self, number: int) -> str:
        """The place of a line, as editors like it."""
        return f"{self.path}:{number}"

    def find(self, pattern: str) -> Iterator[Tuple[int, "re.Match[str]"]]:
        """The lines of code that match, with their numbers."""
        for number, line in enumerate(self.code, 1):
            found = re.search(pattern, line)
            if found:
                yield number, found

    @property
    def opening_comment(self) -> str:
        """The paragraph at the top that says what the file is."""
        comments = re.findall(r"/\*.*?\*/", self.text, re.DOTALL)
        return comments[1] if len(comments) > 1 else ""

    @property
    def is_pure(self) -> bool:
        """Does the file promise to depend on nothing but its arguments?"""
        return "PURE" in self.opening_comment

    @property
    def is_suite(self) -> bool:
        """Is it a suite of tests, beside what it tests? It may use the framework on any floor."""
        return self.path.name.endswith("_test.c")

    @property
    def is_host_code(self) -> bool:
        """Tests that run on the host may use the host's libc."""
        return self.path.parts[0] == "tests" and self.path.parts[1] != "boot"


# ---- Rules for C ------------------------------------------------------------


def check_floors(source: Source) -> Iterator[Fault]:
    """A file includes its own floor and the floors below, and nobody's private headers."""
    parts = source.path.parts
    public = parts[parts.index("include") + 1:] if "include" in parts else parts
    own = floor_of("/".join(public))
    for number, found in source.find(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]'):
        kind, name = found.groups()
        if kind == '"':
            yield from check_private(source, number, name)
        elif name in STANDARD or source.is_host_code or name.startswith("generated/"):
            continue
        elif name == "kernel/ktest.h" and source.is_suite:
            continue
        elif floor_of(name) is None or name.startswith("tests/"):
            yield Fault(source.at(number), f"<{name}> is no header that the kernel may include")
        elif floor_of(name) > own:
            yield Fault(source.at(number), f"<{name}> is of a higher floor than this file")


def check_private(source: Source, number: int, name: str) -> Iterator[Fault]:
    """A private header belongs to the folder (of drivers: to the driver) that includes it."""
    if source.path.parts[0] == "tests":
        return
    target = (source.path.parent / name).resolve()
    depth = {"drivers": 2, "arch": 2}.get(source.path.parts[0], 1)
    home = Path(*source.path.parts[:depth]).resolve()
    if not target.exists():
        yield Fault(source.at(number), f'"{name}" is not beside this file')
    elif home not in target.parents:
        yield Fault(source.at(number), f'"{name}" is private to another folder')


def check_pure(source: Source) -> Iterator[Fault]:
    """A PURE file depends on its arguments only: no options, no header that does I/O."""
    if source.path.suffix != ".c" or not source.is_pure:
        return
    for number, found in source.find(r"\bCONFIG_\w+"):
        yield Fault(source.at(number), f"a PURE file reads no option like {found.group()}")
    for number, found in source.find(r"^\s*#\s*include\s+<([^>]+)>"):
        name = found.group(1)
        if name in STANDARD or floor_of(name) == 0:
            continue
        header = next(iter(Path(".").glob(f"**/include/{name}")), None)
        if header is None or not Source(header).is_pure:
            yield Fault(source.at(number), f"<{name}> is not PURE, so a PURE file cannot use it")


def check_conditionals(source: Source) -> Iterator[Fault]:
    """What an option changes is a file or a registration, not lines within a .c file."""
    if source.path.suffix == ".c":
        for number, _ in source.find(r"^\s*#\s*(el)?if.*\bCONFIG_"):
            yield Fault(source.at(number), "an #if on an option belongs in a Makefile or header")


def check_comments(source: Source) -> Iterator[Fault]:
    """What names an option is compiled anew with it, and so is all that includes it: comments
    write it as menus do."""
    if source.path.suffix != ".h":
        return
    code = set(re.findall(r"\bCONFIG_\w+", "\n".join(source.code)))
    for number, line in enumerate(source.lines, 1):
        for name in set(re.findall(r"\bCONFIG_\w+", line)) - code - {"CONFIG_X"}:
            yield Fault(source.at(number), f"a comment alone names {name}: leave out CONFIG_")


def check_lengths(source: Source) -> Iterator[Fault]:
    """Lines fit 80 columns, functions a screen."""
    start = 0
    for number, line in enumerate(source.lines, 1):
        if len(line.expandtabs(8)) > COLUMNS:
            yield Fault(source.at(number), f"the line is longer than {COLUMNS} columns")
        if source.path.suffix != ".c":
            continue
        if line == "{":
            start = number
        elif line == "}" and start:
            if number - start - 1 > FUNCTION_LINES:
                yield Fault(source.at(start), f"the function has {number - start - 1} lines, "
                            f"over {FUNCTION_LINES}")
            start = 0


CODE_RULES: List[Callable[[Source], Iterator[Fault]]] = [
    check_floors, check_pure, check_conditionals, check_comments, check_lengths,
]


# ---- Rules for the whole tree -----------------------------------------------


def check_licence(files: List[Path]) -> Iterator[Fault]:
    """Every file that can hold a comment begins with its licence."""
    for path in files:
        if path.suffix not in MARKED_SUFFIXES:
            continue
        first = path.read_text(encoding="utf-8").splitlines()[:2]
        if not any("SPDX-License-Identifier: MIT" in line for line in first):
            yield Fault(f"{path}:1", "the first line is not SPDX-License-Identifier: MIT")


def check_kconfig(files: List[Path]) -> Iterator[Fault]:
    """The Kconfig files mean what they say, and any front end can parse them."""
    kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=False)
    for warning in kconf.warnings:
        yield Fault("Kconfig", warning)
    for fault in lint(kconf, options_read(files), RENAMED):
        yield Fault(*fault)
    for name in sorted(set(kconf.kconfig_filenames)):
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\$\(|^\s*(rsource|osource|orsource|def_int|def_hex|def_string)\b", line):
                yield Fault(f"{name}:{number}", "not every Kconfig front end can parse this")


def options_read(files: List[Path]) -> Set[str]:
    """The names of the options that sources and Makefiles read."""
    texts = (path.read_text(encoding="utf-8") for path in files
             if path.parts[0] in CODE_FOLDERS and path.suffix != ".py" or path.name == "Makefile")
    return {name for text in texts for name in re.findall(r"\bCONFIG_(\w+)", text)}


def check_option_names(files: List[Path]) -> Iterator[Fault]:
    """An option that no Kconfig file defines is always off: most likely a slip."""
    kconf = kconfiglib.Kconfig("Kconfig", warn_to_stderr=False)
    known = {symbol.name for symbol in kconf.unique_defined_syms} | {"X"}
    for path in [*Path("examples").glob("*/Kconfig"), *Path("tests").glob("*/Kconfig")]:
        known.update(re.findall(r"^config (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    for path in files:
        if path.parts[0] not in CODE_FOLDERS or path.suffix == ".py":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in re.findall(r"\bCONFIG_(\w+)", line):
                if name not in known:
                    yield Fault(f"{path}:{number}", f"no Kconfig file defines {name}")


def check_suites(files: List[Path]) -> Iterator[Fault]:
    """A suite that its folder's Makefile does not name is never run, and nothing fails."""
    for path in files:
        if not path.name.endswith("_test.c") or "KTEST_SUITE" not in path.read_text("utf-8"):
            continue
        makefile = next((folder / "Makefile" for folder in path.parents
                         if (folder / "Makefile").exists()), Path("Makefile"))
        name = path.relative_to(makefile.parent).with_suffix(".o").as_posix()
        words = re.findall(r"^test-\S+\s*\+?=(.*)", makefile.read_text("utf-8"), re.MULTILINE)
        if name not in " ".join(words).split():
            yield Fault(str(path), f"{makefile} does not name this suite: it is never run")


def check_format(sources: List[Source]) -> Iterator[Fault]:
    """clang-format decides about white space; each version decides a little differently."""
    if not shutil.which("clang-format"):
        print(f"the format is not checked: {missing('clang-format')}")
        return
    version = subprocess.run(["clang-format", "--version"], text=True, stdout=subprocess.PIPE,
                             check=False).stdout
    if f"version {FORMAT_VERSION}." not in version:
        print(f"{version.strip()} is not version {FORMAT_VERSION}, so the format is not checked")
        return
    names = [str(source.path) for source in sources if source.path.suffix in (".c", ".h")]
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *names], text=True,
                          stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    places = sorted(set(re.findall(r"^(\S+:\d+):\d+: error", done.stderr, re.MULTILINE)))
    for place in places:
        yield Fault(place, "clang-format would write this otherwise")
    if done.returncode and not places:
        yield Fault("clang-format", done.stderr.strip())


def check_merges(files: List[Path]) -> Iterator[Fault]:
    """No file has what a merge leaves behind where two sides differ."""
    for path in [*files, *Path(".").glob("*.md")]:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        yield from (Fault(f"{path}:{number}", "a merge was not finished here")
                    for number, line in enumerate(lines, 1)
                    if line.startswith(("<" * 7 + " ", ">" * 7 + " ")))


# ---- The whole --------------------------------------------------------------


def files_under(folders: List[str]) -> List[Path]:
    """The text files of the source tree that lie in these folders."""
    found = [path for folder in folders for path in sorted(Path(folder).rglob("*"))]
    skip = ("__pycache__", ".pytest_cache")
    return [path for path in found if path.is_file() and not set(skip) & set(path.parts)
            and path.suffix in MARKED_SUFFIXES]


def main() -> int:
    """Check everything, list every fault."""
    files = files_under([*CODE_FOLDERS, *OTHER_FOLDERS]) + [Path("Makefile"), Path("Kconfig")]
    sources = [Source(path) for path in files
               if path.suffix in (".c", ".h", ".S") and path.parts[0] in CODE_FOLDERS]
    faults = [fault for source in sources for rule in CODE_RULES for fault in rule(source)]
    faults += [*check_licence(files), *check_merges(files), *check_kconfig(files),
               *check_option_names(files), *check_suites(files), *check_format(sources),
               *(Fault(*pair) for pair in check_tools.check_all(files))]
    for fault in faults:
        print(f"{fault.where}: {fault.text}")
    print(f"checks: {len(files)} files, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
