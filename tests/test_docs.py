# SPDX-License-Identifier: MIT
"""What the pages say is so: each command is run, each link leads somewhere, each command of the
shell is told of.

A command of a page is run as it stands, in a copy of the tree, by a shell that finds a `make` of
ours: it really runs the goals that take a moment, and asks make what it would do for the others
(`make -n`), so that a misspelt goal or a fragment that is not there shows. Who runs those for good
is in RUN_BY. A command that is in neither fails. docs/tutorial.md has a test of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import chain
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Set, Tuple

import pytest

from building import clean_environment
from tessera.image import OTHER_COMMANDS
from tessera.sources import copy_sources
from workbench import ROOT

PAGES = sorted(path.relative_to(ROOT) for path in
               [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("examples/**/*.md")]
               if path.name != "CHANGELOG.md")
TYPED_BY_ANOTHER_TEST = Path("docs/tutorial.md")

# Goals that are run here.
QUICK = ("help help-config help-tests help-debug help-more defconfig serial_defconfig "
         "tiny_defconfig debug_defconfig hello_defconfig olddefconfig savedefconfig randconfig "
         "why diffconfig clean compile_commands.json tags").split()
# Who runs the others, and the words by which that shows, where those are not the goal.
RUN_BY = {
    "all": ("test_build.py::test_options_and_flags_rebuild", ""),
    "bench": ("test_bench.py::test_sentences", "bench.main()"),
    "campaign": ("test_campaign.py::test_every_fault_ends_as_expected", "provoke."),
    "checks": ("test_build.py::test_rules_of_the_house", ""),
    "coverage": ("test_coverage.py::test_pure_modules", "scripts/coverage.py"),
    "debug": ("test_debugging.py::test_gdb_stands_at_kernel_main", ""),
    "drawing": ("test_drawing.py::test_the_picture_is_of_today", ""),
    "fuzz": ("test_fuzz.py::test_target", "bench.run("),
    "heapsoak": ("test_bench.py::test_heap_soak", "scripts/heap_soak.py"),
    "hosttests": ("test_ktest.py::test_host_suites", "scripts/host_tests.py"),
    "matrix": ("test_matrix_run.py::test_command_line", "scripts/matrix.py"),
    "menuconfig": ("test_kconfig_front_ends.py::test_menuconfig_on_a_terminal", ""),
    "mutants": ("test_mutants.py::test_a_good_suite_catches", ""),
    "paste": ("test_serial_input.py::test_a_paste_arrives_whole", "TESSERA_PASTE_KIB"),
    "reference": ("test_reference.py::test_the_goal", ""),
    "reprocheck": ("test_reproducible.py::test_two_places_two_dates", ""),
    "run": ("test_make_run.py::test_lines_are_typed_and_answered", ""),
    "screenshot": ("test_make_run.py::test_screenshot", ""),
    "screenshots": ("test_fonts.py::test_pictures_are_of_this_kernel", "scripts/pictures.py"),
    "seeded": ("test_seeded_bugs.py::test_only_a_failing_test_counts", "seeded_bugs"),
    "setup": ("test_build.py::test_setup_with_nothing_missing", ""),
    "size": ("test_tooling.py::test_size_adds_up", ""),
    "soak": ("test_soak.py::test_some_seconds", "soak("),
    "test": ("test_external.py::test_external_tests_run", "run_tests.py"),
    "tests": ("test_running.py::test_one_alone", "run_tests.py"),
    "usb": ("test_usb.py::test_goal_without_a_device", ""),
}
# The same for other programs.
PROGRAMS = {
    "scripts/decode-qemu-log": ("test_debugging.py::test_a_run_that_ends_in_a_triple_fault", ""),
    "scripts/decode-trace": ("test_backtrace.py::test_decode_trace_does_not_wait", "decode-trace"),
    "scripts/extract-config": ("test_embedded_config.py::"
                               "test_elf_and_iso_carry_the_configuration", "extract-config"),
    "qemu-system-x86_64": ("test_serial_input.py::test_lines_piped_into_qemu", "QEMU"),
    "zcat": ("test_fonts.py::test_fonts_of_the_tree", "drivers/video/fonts"),  # a stand-in here
    "python3": ("test_running.py::test_one_alone", "run_tests.py"),
    "printf": ("", ""),
}
# What a page leaves to its reader.
STAND_INS = {"NAME_defconfig": "tiny_defconfig", "SYM=NAME": "SYM=HEAP_SIZE_KIB",
             "DIR1:DIR2": "$HOME/hello:$HOME/board", "APPEND=": "APPEND=x"}
NOT_COMMANDS = {"make cannot handle a path with …"}
FRAGMENTS = ("big-heap.config", "no-screen.config", "big-heap", "no-screen", "mine")

MAKE = """#!/bin/bash
words=() quick=() slow=() fragments=()
for word; do
	case " {quick} " in (*" $word "*) quick+=("$word"); continue ;; esac
	case $word in
	(*.config) fragments+=("$word") ;;
	(*=* | -*) words+=("$word") ;;
	(*) slow+=("$word") ;;
	esac
done
echo "$(basename "$0") ${{slow[*]}}" >>{log}
quick=("${{fragments[@]}}" "${{quick[@]}}")
test "${{quick[*]}}" || test "${{slow[*]}}" || slow=(all)
if test "${{quick[*]}}"; then {make} -s "${{words[@]}}" "${{quick[@]}}" || exit; fi
if test "${{slow[*]}}"; then exec {make} -n "${{words[@]}}" "${{slow[@]}}"; fi
"""
OTHER = '#!/bin/sh\necho "{name}" >>{log}\n'


class Command(NamedTuple):
    """A command of a page."""

    where: str
    text: str


def fences(text: str) -> Iterator[Tuple[str, str, int]]:
    """The language, the text and the line of what stands between fences."""
    for found in re.finditer(r"^( *)```(\w*).*\n((?:.*\n)*?)\1```$", text, re.MULTILINE):
        yield found[2], found[3], text.count("\n", 0, found.start()) + 2


def unfenced(text: str) -> str:
    """A page without what stands between fences, with the same lines."""
    return re.sub(r"^( *)```.*\n(?:.*\n)*?\1```$", lambda found: "\n" * found[0].count("\n"), text,
                  flags=re.MULTILINE)


def is_command(text: str) -> bool:
    """Is this a command, among all that stands in a line of text as code?"""
    return bool(re.match(r"make($| )|printf '|qemu-system-\S+ |python3 -|zcat |"
                         r"scripts/[\w-]+ +\S|scripts/(decode|extract)-[\w-]+", text))


def commands_of(name: str, text: str) -> Iterator[Command]:
    """All commands of a page."""
    for language, content, line in fences(text):
        for number, one in enumerate(content.splitlines(), line):
            assert language == "sh" or not is_command(one), f"{name}:{number}: no ```sh before it"
            if language == "sh" and one.strip():
                yield Command(f"{name}:{number}", one.strip())
    for number, line_text in enumerate(unfenced(text).splitlines(), 1):
        for code in re.findall(r"`([^`]+)`", line_text):
            if is_command(code) and code not in NOT_COMMANDS:
                yield Command(f"{name}:{number}", code.replace("\\|", "|"))


class Reader:
    """Somebody who types all that a page says, in a copy of the tree."""

    def __init__(self, path: Path) -> None:
        self.tree = copy_sources(path / "tree")
        self.log = path / "log"
        self._path = path
        self._bin = path / "bin"
        self._bin.mkdir()
        (path / "home").mkdir()
        for name in ("hello", "board"):
            shutil.copytree(ROOT / "examples/hello", path / "home" / name)
        shutil.rmtree(path / "home/board/configs")
        (path / "home/board/Kconfig").write_text("")
        (path / "home/board/Makefile").write_text("")
        for name in FRAGMENTS:
            (self.tree / name).write_text("CONFIG_HEAP_SIZE_KIB=512\n")
        self._program("make", MAKE.format(quick=" ".join(QUICK), log=self.log,
                                          make=shutil.which("make")))
        for name in ("qemu-system-x86_64", "python3"):
            self._program(name, OTHER.format(name=name, log=self.log))
        font = self.tree / "drivers/video/fonts/vga-8x16.psf"
        self._program("zcat", OTHER.format(name="zcat", log=self.log) + f"cat {font}\n")

    def _program(self, name: str, text: str) -> None:
        (self._bin / name).write_text(text)
        (self._bin / name).chmod(0o755)

    def begin(self) -> None:
        """Each page begins with the reference."""
        assert self.type("make EXTERNAL= defconfig").returncode == 0

    def type(self, text: str) -> "subprocess.CompletedProcess[str]":
        """A command line."""
        for name, instead in STAND_INS.items():
            text = re.sub(rf"(?<!\S){re.escape(name)}(?!\S)|(?<==){re.escape(name)}", instead, text)
        text = re.sub(r"(?<=[= ])/tmp/", f"{self._path}/", text)
        environment = {**clean_environment(), "HOME": str(self._path / "home"),
                       "PATH": f"{self._bin}:{os.environ['PATH']}"}
        return subprocess.run(["bash", "-o", "pipefail", "-c", text], cwd=self.tree, text=True,
                              env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
                              stdout=subprocess.PIPE, check=False)

    def called(self) -> Set[str]:
        """The goals and programs that were called since the last time, but not run."""
        words = self.log.read_text().split("\n") if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return {goal for line in words if line.startswith("make ") for goal in line.split()[1:]} \
            | {line for line in words if line and not line.startswith("make ")}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """One for all pages."""
    return Reader(tmp_path_factory.mktemp("reader"))


def fault_of(reader: Reader, command: Command) -> str:
    """What is wrong with a command."""
    programs = re.findall(r"(?:^|\| *)([\w./-]+)", command.text)
    for name in programs:
        if name != "make" and name not in PROGRAMS:
            return f"nobody runs {name}"
    if programs[0].startswith("scripts/"):
        return "" if os.access(ROOT / programs[0], os.X_OK) else "it cannot be run"
    text = command.text.split("| scripts/")[0]
    done = reader.type(text)
    if done.returncode:
        return f"ended with {done.returncode}:\n{done.stdout}"
    unknown = {name for name in reader.called() if name not in {**RUN_BY, **PROGRAMS}}
    return f"nobody runs {', '.join(sorted(unknown))}" if unknown else ""


def test_every_command_is_run(reader: Reader) -> None:
    """Here, or by whom RUN_BY names."""
    faults, seen = [], 0
    for page in PAGES:
        if page == TYPED_BY_ANOTHER_TEST:
            continue
        done: Dict[str, str] = {}
        for command in commands_of(str(page), (ROOT / page).read_text()):
            if not done:
                reader.begin()
            if command.text not in done:
                done[command.text] = fault_of(reader, command)
                if done[command.text]:
                    faults.append(f"{command.where}: {command.text}: {done[command.text]}")
        seen += len(done)
    assert not faults, "\n".join(faults)
    assert seen > 120, "commands are not found any more"


def test_a_wrong_command_is_found(reader: Reader) -> None:
    """One of each kind."""
    reader.begin()
    for text, told in (("make rum", "No rule"), ("make defconfig no-such.config", "no-such.config"),
                       ("make coverage nothing.o", "No rule"), ("ls -l", "nobody runs ls"),
                       ("make why SYM=HEAP_SIZE", "HEAP_SIZE"), ("scripts/decode", "nobody runs"),
                       ("make iso | less", "nobody runs less"), ("make mrproper", "nobody runs"),
                       ("make run | scripts/decode-traces", "nobody runs"), ("make run", "")):
        fault = fault_of(reader, Command("page", text))
        assert told in fault and bool(told) == bool(fault), text
    with pytest.raises(AssertionError, match="page:2: no ```sh"):
        list(commands_of("page", "```\nmake run\n```\n"))
    page = "`make a` and `x`\n```sh\nmake b\n```\n| `make c \\| d` | `make cannot` |\n"
    assert [(one.where, one.text) for one in commands_of("page", page)] == [
        ("page:3", "make b"), ("page:1", "make a"), ("page:5", "make c | d"),
        ("page:5", "make cannot")]


@pytest.mark.parametrize("name", sorted({**RUN_BY, **PROGRAMS}))
def test_whoever_runs_it_is_there(name: str) -> None:
    """The test that a table names exists, and its file has the words."""
    who, words = {**RUN_BY, **PROGRAMS}[name]
    if who:
        file, function = who.split("::")
        text = (ROOT / "tests" / file).read_text()
        assert f"def {function}(" in text and (words or name) in text


def given_variables(commands: List[Command]) -> Iterator[Tuple[Command, str, str]]:
    """The variables that commands give to make."""
    for command in commands:
        if "make" in command.text:
            for name, value in re.findall(r"\b([A-Z]+)=(\"[^\"]*\"|\S*)", command.text):
                yield command, name, value.strip('"')


def all_commands() -> List[Command]:
    """Of all pages."""
    return [command for page in PAGES
            for command in commands_of(str(page), (ROOT / page).read_text())]


def test_every_variable_is_read() -> None:
    """make is silent about one that nobody reads; a test that T= names is there."""
    makefiles = "".join(path.read_text() for path in
                        [ROOT / "Makefile", *(ROOT / "scripts/make").glob("*.mk")])
    makefiles = re.sub(r"^define help.*?^endef|#.*?$", "", makefiles, flags=re.M | re.S)
    for command, name, value in given_variables(all_commands()):
        assert re.search(rf"[(,]{name}[),]|^{name} [?:]=", makefiles, re.MULTILINE), command
        for path in re.findall(r"tests/\w+\.py", value):
            assert (ROOT / path).exists(), command


def shell_commands() -> Set[str]:
    """The commands of the shell."""
    return {name for path in (ROOT / "shell").rglob("*.c")
            for name in re.findall(r"^SHELL_COMMAND\((\w+),", path.read_text(), re.MULTILINE)}


def test_every_command_of_the_shell_is_told_of() -> None:
    """docs/commands.md has each once, and none that is not there; each is an option."""
    text = (ROOT / "docs/commands.md").read_text()
    cells = re.findall(r"^\| (`[a-z].*?) \| ", text.replace("\\|", "¦"), re.MULTILINE)
    told = sorted(name for cell in cells for name in re.findall(r"`(\w+)", cell))
    assert told == sorted(shell_commands())
    options = "".join(path.read_text() for path in (ROOT / "shell").rglob("Kconfig"))
    names = {f"SHELL_CMD_{name.upper()}" for name in told if name not in
             chain.from_iterable(OTHER_COMMANDS.values())}
    assert all(f"config {name}\n" in options for name in [*names, *OTHER_COMMANDS])


def test_what_is_piped_to_the_shell_is_a_command() -> None:
    """`printf 'help\\n' | make run`."""
    known = {*shell_commands(), "hello", "wave"}  # README.md and the tutorial write these
    lines = [line for command in all_commands()
             for typed in re.findall(r"^printf '(.*)' \| make", command.text)
             for line in typed.split("\\n") if line]
    assert len(lines) > 10 and {line.split()[0] for line in lines} <= known


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def is_there(page: Path, link: str) -> bool:
    """Does a link of a page lead to a file, and to a heading there?"""
    path, _, anchor = link.partition("#")
    target = (ROOT / page).parent / path if path else ROOT / page
    return target.exists() and (not anchor or anchor in map(
        slug, re.findall(r"^#+ (.*)", target.read_text(), re.MULTILINE)))


def test_links_lead_somewhere() -> None:
    """Files and headings, pictures as well; scripts and folders that a page names."""
    names = re.compile(r"`((?:scripts|tests|docs|configs|include|\.ci)/[\w./-]+)`")
    for page in [*PAGES, Path("CHANGELOG.md")]:
        text = unfenced((ROOT / page).read_text())
        for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", text)):
            assert "://" in link or is_there(page, link), f"{page}: {link}"
        if page.name != "CHANGELOG.md" and page.parent.name != "decisions":
            for name in names.findall(text):  # the others tell of the past, too
                assert (ROOT / name.split("NAME")[0]).exists(), f"{page}: {name}"
    assert not is_there(Path("README.md"), "docs/nothing.md")
    assert not is_there(Path("README.md"), "docs/testing.md#nothing")
