# SPDX-License-Identifier: MIT
"""For the toolchain's people: compilers, warnings, checkers, indexes, sizes, and `make help`."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Dict, Iterator, List, Set

import pytest

from workbench import ROOT, Output, run

SECTION_NAMES = ("code", "constants", "data", "zeroed", "all")

needs_clang = pytest.mark.skipif(not shutil.which("clang"), reason="clang is not here")


@pytest.fixture
def out(tmp_path: Path) -> Output:
    """An output folder of one's own."""
    return Output(tmp_path / "out")


class Tiny(Output):
    """The smallest kernel; what was there before its first build."""

    entries: List[Dict[str, str]] = []
    objects_before: List[Path] = []


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    """It is built once, without a warning at W=1, after its compile_commands.json was made."""
    own = Tiny(tmp_path_factory.mktemp("tiny") / "out")
    own.make("tiny_defconfig", "compile_commands.json").good()
    own.entries = json.loads((own.path / "compile_commands.json").read_text())
    own.objects_before = list(own.path.rglob("*.o"))
    own.make("all", "W=1", "WERROR=1").good()
    yield own


def external(path: Path, source: str) -> str:
    """A folder outside the tree with one source; the argument that brings it in."""
    path.mkdir()
    (path / "Kconfig").write_text("")
    (path / "Makefile").write_text("obj-y += seeded.o\n")
    (path / "seeded.c").write_text(source)
    return f"EXTERNAL={path}"


def path_without(folder: Path, *names: str) -> str:
    """A PATH on which these programs are not, and all others are."""
    folder.mkdir()
    for place in reversed(os.environ["PATH"].split(":")):
        for program in Path(place).glob("*"):
            link = folder / program.name
            if program.name not in names and "pyenv" not in place:
                link.unlink(missing_ok=True)
                link.symlink_to(program)
    return str(folder)


# ---- compile_commands.json --------------------------------------------------


@pytest.mark.xdist_group("tiny")
def test_compile_commands_before_the_first_build(tiny: Tiny) -> None:
    """An entry an object, with the command that the build really runs, and nothing was built."""
    assert tiny.objects_before == []
    linked = {f"{tiny.path}/{name}" for name in (tiny.path / ".objects").read_text().split()}
    assert {entry["output"] for entry in tiny.entries} == linked
    for entry in tiny.entries:
        words = shlex.split(entry["command"])
        assert entry["directory"] == str(ROOT) and (ROOT / entry["file"]).is_file()
        assert words[-1] == entry["file"] and words[words.index("-o") + 1] == entry["output"]
    entry = next(entry for entry in tiny.entries if entry["file"] == "lib/string.c")
    words = shlex.split(entry["command"])
    assert any(re.fullmatch(r'-DTESSERA_VERSION="[\d.]+"', word) for word in words)
    run(*words[:-4], "-fsyntax-only", words[-1]).good()


def test_compile_commands_follow_the_configuration(out: Output) -> None:
    """An option that goes takes its entries with it."""
    out.configure("CONFIG_SHELL_CMD_CLEAR=y", base="tiny_defconfig")
    out.make("compile_commands.json").good()
    assert "clear.c" in (out.path / "compile_commands.json").read_text()
    out.configure(base="tiny_defconfig")
    out.make("compile_commands.json").good()
    assert "clear.c" not in (out.path / "compile_commands.json").read_text()


# ---- Compilers, warnings, checkers ------------------------------------------


@pytest.mark.xdist_group("tiny")
def test_cross_compile_takes_the_tools_of_that_name(tiny: Tiny, tmp_path: Path) -> None:
    """CROSS_COMPILE= gives the same kernel by tools of that name, or names the one that lacks."""
    tools = tmp_path / "tools"
    tools.mkdir()
    path = f"{tools}:{os.environ['PATH']}"
    out = Output(tmp_path / "out")
    cross = "CROSS_COMPILE=x86_64-elf-"
    said = out.make(cross, "tiny_defconfig", "all", PATH=path).bad()
    assert "x86_64-elf-gcc is missing, and nothing that 'make setup' installs: CC=" in said
    (tools / "x86_64-elf-gcc").symlink_to(shutil.which("gcc"))
    said = out.make(cross, "all", PATH=path).bad()
    assert "x86_64-elf-ld is missing" in said
    (tools / "x86_64-elf-ld").symlink_to(shutil.which("ld"))
    out.make(cross, "all", PATH=path).good()
    assert out.elf.read_bytes() == tiny.elf.read_bytes()
    assert "x86_64-elf-gcc" in out.make(cross, "V=1", "-B", out.path / "lib/ring.o",
                                        PATH=path).good()


@needs_clang
def test_llvm(out: Output) -> None:
    """LLVM=1 compiles with clang, without it gcc does."""
    target = out.path / "lib/ring.o"
    out.configure(base="tiny_defconfig")
    out.make(target, "WERROR=1").good()
    assert b"GNU C11" in target.read_bytes() and b"clang" not in target.read_bytes()
    out.make(target, "LLVM=1", "WERROR=1").good()
    assert b"clang version" in target.read_bytes()


@needs_clang
def test_an_llvm_of_choice(out: Output, tmp_path: Path) -> None:
    """LLVM=-N takes the tools with that end, LLVM=DIR/ those of a folder; others are refused."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("clang", "ld.lld", "llvm-objcopy"):
        for link in (name, f"{name}-99"):
            (tools / link).symlink_to(shutil.which(name))
    path = f"{tools}:{os.environ['PATH']}"
    out.configure(base="tiny_defconfig")
    for word, compiler in (("LLVM=-99", "clang-99"), (f"LLVM={tools}/", f"{tools}/clang")):
        said = out.make(word, "WERROR=1", "V=1", "all", PATH=path).good()
        assert f" {compiler} --target=x86_64-unknown-none-elf " in said
    relative = f"LLVM={os.path.relpath(tools, ROOT)}/"
    assert "Nothing to be done" in out.make(relative, "WERROR=1", "all", PATH=path).good()
    said = out.make("LLVM=-99", "all").bad()
    assert "clang-99 is missing, and nothing that 'make setup' installs: CC=" in said
    for word in ("16", "yes", "-", "1 -99", f"{tools}/ /"):
        said = out.make(f"LLVM={word}", "all").bad()
        assert f"LLVM={word}, from the command line: it can be 1, a version" in said
    assert "from the environment: it can be 1" in out.make("all", LLVM="yes").bad()
    out.make("help", "clean", LLVM="yes").good()


@pytest.mark.parametrize("level, source", [
    (1, "extern int seeded; extern int seeded; int seeded;\n"),
    (2, "char *f(const char *p); char *f(const char *p) { return (char *)p; }\n"),
    (3, "char f(int i); char f(int i) { return i; }\n"),
])
def test_levels_of_warnings(out: Output, tmp_path: Path, level: int, source: str) -> None:
    """A slip of each level is told from that level on, and not below it."""
    folder = external(tmp_path / "seeded", source)
    target = out.path / "external/seeded/seeded.o"
    out.make(folder, "tiny_defconfig").good()
    assert "warning:" not in out.make(f"W={level - 1}", target).good()
    assert "warning:" in out.make(f"W={level}", target).good()
    assert "error:" in out.make(f"W={level}", "WERROR=1", target).bad()


def test_unknown_levels_are_refused(out: Output) -> None:
    """W= and CHECK= take what they know."""
    out.configure(base="tiny_defconfig")
    assert "W=4: the levels of warnings are 1, 2 and 3" in out.make("W=4").bad()
    assert "CHECK=lint: it can be" in out.make("C=1", "CHECK=lint").bad()


BAD = ("int seeded(void);\nint seeded(void)\n{\n\tint a[2] = { 0, 0 };\n\tint *p = 0;\n"
       "\treturn a[0] + *p;\n}\n")


@pytest.mark.parametrize("checker", ["clang-tidy", "cppcheck"])
def test_c_checks_the_sources(out: Output, tmp_path: Path, checker: str) -> None:
    """C=1 stops at a null pointer that is read; mended, the source is checked once."""
    if not shutil.which(checker):
        pytest.skip(f"{checker} is not here")
    folder = external(tmp_path / "seeded", BAD)
    target = out.path / "external/seeded/seeded.lint"
    words = ["C=1", f"CHECK={checker}", target]
    out.make(folder, "tiny_defconfig").good()
    said = out.make(*words).bad()
    assert "seeded.c:6" in said and re.search("null", said, re.IGNORECASE)
    source = tmp_path / "seeded/seeded.c"
    source.write_text(BAD.replace("*p = 0", "*p = a"))
    assert "LINT" in out.make(*words).good()
    assert "LINT" not in out.make(*words).good()


def test_c_without_a_checker(out: Output, tmp_path: Path) -> None:
    """C=1 names what is missing, and what installs it."""
    path = path_without(tmp_path / "path", "clang-tidy", "cppcheck")
    out.configure(base="tiny_defconfig")
    said = out.make("C=1", out.path / "lib/ring.lint", PATH=path).bad()
    assert "clang-tidy is missing: 'make setup' installs it" in said


# ---- Tags -------------------------------------------------------------------


@pytest.mark.skipif("Universal" not in run("sh", "-c", "ctags --version || :").text,
                    reason="Universal Ctags is not here")
def test_tags(out: Output) -> None:
    """Functions, and options by the name that C has for them; from where the file lies."""
    out.make("tags").good()
    tags = {line.split("\t")[0]: line.split("\t")[1]
            for line in (out.path / "tags").read_text().splitlines()}
    assert (out.path / tags["heap_init"]).resolve() == ROOT / "mm/heap.c"
    assert (out.path / tags["CONFIG_HEAP_SIZE_KIB"]).resolve() == ROOT / "mm/Kconfig"
    out.make("mrproper").good()
    assert not out.path.exists()


def test_tags_without_ctags(out: Output, tmp_path: Path) -> None:
    """Another program by that name counts as none."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "ctags").write_text("#!/bin/sh\necho BSD ctags\n")
    (tools / "ctags").chmod(0o755)
    said = out.make("tags", PATH=f"{tools}:{os.environ['PATH']}").bad()
    assert "Universal Ctags is missing: 'make setup' installs it" in said


# ---- Size -------------------------------------------------------------------


def rows_of(text: str) -> Dict[str, List[int]]:
    """The numbers of a table, by the name of each row."""
    found = re.findall(r"^(\S+)((?: +(?:[-+]?[\d,]+|\.))+)$", text, re.MULTILINE)
    return {name: [int(word.replace(",", "").replace(".", "0")) for word in words.split()]
            for name, words in found}


def symbols_of(text: str) -> Dict[str, int]:
    """The bytes of each symbol."""
    found = re.findall(r"^ *([-+]?[\d,]+)  (\S+)$", text, re.MULTILINE)
    return {name: int(number.replace(",", "")) for number, name in found}


@pytest.mark.xdist_group("tiny")
def test_size_adds_up(tiny: Tiny) -> None:
    """The folders and the linker's part are the whole, which is what size(1) says."""
    text = tiny.make("size", "W=1", "WERROR=1").good()
    rows = rows_of(text)
    whole = rows.pop("all")
    assert {"arch", "lib", "drivers", "shell"} <= set(rows)
    assert [sum(column) for column in zip(*rows.values())] == whole
    said = run("size", tiny.elf).good().split()
    assert whole[-1] == int(said[9])
    symbols = symbols_of(text)
    assert len(symbols) == 20 and list(symbols.values()) == sorted(symbols.values(), reverse=True)
    assert max(symbols.values()) < whole[-1]


@pytest.mark.xdist_group("tiny")
def test_size_tells_the_difference(tiny: Tiny, tmp_path: Path) -> None:
    """A kernel with one command more, against the folder and against the bare .elf of the other."""
    out = Output(tmp_path / "out")
    same = rows_of(tiny.make("size", f"BASE={tiny.path}", "W=1", "WERROR=1").good())
    assert not any(map(any, same.values())), "the same kernel differs from itself"
    out.configure("CONFIG_SHELL_CMD_CLEAR=y", base="tiny_defconfig")
    for base in (tiny.path, shutil.copy(tiny.elf, tmp_path / "bare.elf")):
        text = out.make("size", f"BASE={base}").good()
        assert symbols_of(text)["clear_run"] > 0
        rows = rows_of(text)
        if base == tiny.path:
            assert rows["shell"][0] > 0 and not any(rows["drivers"])
    (tmp_path / "bare.elf").write_bytes(tiny.elf.read_bytes()[:1000])
    assert "is no whole ELF file" in out.make("size", f"BASE={tmp_path}/bare.elf").bad()
    assert "/none cannot be read" in out.make("size", f"BASE={tmp_path}/none").bad()


@pytest.mark.xdist_group("tiny")
def test_size_of_each_option(tiny: Tiny) -> None:
    """Every option that is on and can be off has a price; a larger one includes its parts'."""
    rows = rows_of(tiny.make("size", "EACH=1", "W=1", "WERROR=1").good())
    assert {"SHELL", "SHELL_CMD_HELP", "SHELL_CMD_ECHO", "UART16550"} <= set(rows)
    assert rows["SHELL"][0] > rows["SHELL_CMD_HELP"][0] + rows["SHELL_CMD_ECHO"][0] > 100
    assert "FRAMEBUFFER" not in rows


# ---- Help, and the checks ---------------------------------------------------


def targets_of(makefile: str) -> Set[str]:
    """What a user can ask of a Makefile: its phony targets and those with a fixed name."""
    text = makefile.replace("\\\n", " ")
    phony = {word for line in re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
             for word in line.split()}
    fixed = {word for line in re.findall(r"^([a-z%][\w%. -]*):(?![=:])", text, re.MULTILINE)
             for word in line.split()}
    hidden = {"FORCE", "one-by-one"}
    return {word.replace("%", "NAME") for word in phony | fixed if "$" not in word} - hidden


def told_of(page: str) -> Set[str]:
    """The words of a page of help that could be targets."""
    return set(re.findall(r"[\w.-]*\w", page))


def test_help_tells_of_every_target() -> None:
    """All targets are on a page of help, and each page fits a screen; a new one must be, too."""
    makefile = "".join(path.read_text() for path in
                       [ROOT / "Makefile", *(ROOT / "scripts/make").glob("*.mk")])
    goals = ("help", "help-config", "help-tests", "help-debug", "help-more")
    pages = [run("make", goal).good() for goal in goals]
    for page in pages:
        assert len(page.splitlines()) <= 24 and max(map(len, page.splitlines())) <= 80
    told = set.union(*map(told_of, pages))
    assert targets_of(makefile) <= told, targets_of(makefile) - told
    seeded = makefile + ".PHONY: \\\n\tbrand-new\nbrand-other: x\n\ttrue\n"
    assert targets_of(seeded) - told == {"brand-new", "brand-other"}


def test_checks_see_what_is_wrong(tmp_path: Path) -> None:
    """A fault of each kind that other programs look for."""
    pytest.importorskip("kconfiglib")
    import check_tools  # what it needs may lie in another Python

    def text_of(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text)
        return tmp_path / name

    command = ["gcc", f"-I{tmp_path}", *check_tools.HEADER_FLAGS]
    guarded = "#ifndef A_H\n#define A_H\n{}\n#endif\n"
    for text, why in (("struct a { int b; };\n", "redefinition"),
                      (guarded.format("size_t a(void);"), "size_t")):
        header = text_of("a.h", text)
        assert why in check_tools.compile_header(command, str(tmp_path), header)
    header = text_of("a.h", guarded.format("#include <stddef.h>\nsize_t a(void);"))
    assert check_tools.compile_header(command, str(tmp_path), header) == ""
    if shutil.which("shellcheck"):
        script = text_of("a", "#!/bin/sh\nrm $1\n")
        assert check_tools.is_script(script, ".sh", "sh")
        assert any("SC2086" in fault[1] for fault in check_tools.check_shell([script]))
    script = text_of("a.py", "import os\n\nx = '" + "y" * 100 + "'\n")
    said = " ".join(fault[1] for fault in check_tools.check_python([script]))
    assert "imported but unused" in said and "E501" in said


def test_checks_see_a_suite_that_no_makefile_names(tmp_path: Path) -> None:
    """It would never be run, and all tests would pass."""
    pytest.importorskip("kconfiglib")
    import check_house

    suites = [tmp_path / name for name in ("ring_test.c", "boot/pvh_test.c", "ring.c", "a_test.c")]
    (tmp_path / "boot").mkdir()
    for path in suites[:3]:
        path.write_text("KTEST_SUITE(x, y);\n")
    suites[3].write_text("not a suite\n")
    makefile = tmp_path / "Makefile"
    for text, missing in (("", 2), ("test-y += a.o boot/pvh_test.o\n# ring_test.o\n", 1),
                          ("test-y += ring_test.o\ntest-$(CONFIG_X) += boot/pvh_test.o\n", 0)):
        makefile.write_text(text)
        assert [fault.where for fault in check_house.check_suites(suites)] == [
            str(path) for path in suites[:missing]]


def test_checks_see_an_option_in_a_comment(tmp_path: Path) -> None:
    """Whatever includes such a header would be compiled anew for each value of the option."""
    pytest.importorskip("kconfiglib")
    import check_house

    header = tmp_path / "a.h"
    for text, lines in (("/* CONFIG_A kibibytes. */\n", [1]), ("/* A kibibytes. */\n", []),
                        ("/* IS_ENABLED(CONFIG_X) */\n", []),
                        ("/* As CONFIG_A: */\nenum { A = CONFIG_A };\n/* CONFIG_AB\n */\n", [3])):
        header.write_text(text)
        assert [fault.where for fault in check_house.check_comments(check_house.Source(header))] \
            == [f"{header}:{line}" for line in lines]


@pytest.mark.parametrize("word, least", [("OPS=abc", 1), ("OPS=0", 1), ("SEED=-1", 0)])
def test_heapsoak_names_its_words(out: Output, word: str, least: int) -> None:
    """A number that is none is told by the word of make that has it."""
    said = out.make("-s", "heapsoak", word).bad()
    assert f"heapsoak: {word}: it is a whole number from {least} on\n" in said


# ---- Continuous integration -------------------------------------------------


@pytest.mark.parametrize("path", [".github/workflows/ci.yml", ".gitlab-ci.yml"])
def test_ci_runs_every_shard(path: str) -> None:
    """The shards are 1 to n of n, and what is called is the command of README."""
    text = (ROOT / path).read_text()
    assert re.search(r"make setup tests SHARD=\$", text) and "make setup defconfig" in text
    shards = re.search(r"(?i)shard: \[(.*)\]", text)
    assert shards
    parts = [int(word.strip(' "').split("/")[0]) for word in shards.group(1).split(",")]
    assert parts == list(range(1, len(parts) + 1))
    of = re.findall(r"(?:\}\}|\d)/(\d+)", text)
    assert set(of) == {str(len(parts))}
