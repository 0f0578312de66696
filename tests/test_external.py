# SPDX-License-Identifier: MIT
"""EXTERNAL=: folders outside the tree, from the menu to the running kernel (docs/external.md)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Iterator, Tuple

import pytest

from workbench import ROOT, SCRIPTS, Output, run

EXAMPLE = ROOT / "examples/hello"
SOURCE_SUFFIXES = (".c", ".h", ".py", "")


@pytest.fixture
def out(tmp_path: Path) -> Output:
    """An output folder of one's own."""
    return Output(tmp_path / "out")


def copy_example(place: Path) -> Path:
    """The example, somewhere else."""
    return Path(shutil.copytree(EXAMPLE, place, ignore=shutil.ignore_patterns("__pycache__")))


def folder(path: Path, kconfig: str = "", makefile: str = "") -> Path:
    """A folder outside the tree with nothing but options."""
    path.mkdir(parents=True)
    (path / "Kconfig").write_text(kconfig)
    (path / "Makefile").write_text(makefile)
    return path


def option(name: str, kind: str = "bool") -> str:
    """An option, as Kconfig has it."""
    return f'config {name}\n\t{kind} "{name.lower()}"\n\tdefault y\n\thelp\n\t  Some help.\n'


# ---- From the menu to the running kernel ------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tuple[Output, Path]]:
    """The example, far from the tree, built into an image; one build for the tests below."""
    base = tmp_path_factory.mktemp("built")
    hello = copy_example(base / "far/hello")
    out = Output(base / "out")
    out.make(f"EXTERNAL={hello}", "hello_defconfig", "iso", "WERROR=1").good()
    yield out, hello


@pytest.mark.xdist_group("external")
def test_external_code_is_built_and_remembered(built: Tuple[Output, Path]) -> None:
    """Its menu, objects and commands are in; a later make need not be told again."""
    out, _ = built
    config = out.config.read_text()
    assert "# External: hello\n" in config and "CONFIG_HELLO_RTC=y\n" in config
    assert "# CONFIG_SHELL_CMD_PANIC is not set" in config, "not from the folder's own defconfig"
    assert (out.path / "external/hello/greet.o").exists()
    again = out.make("iso", "WERROR=1").good()
    assert " CC " not in again and " LD " not in again


@pytest.mark.xdist_group("external")
def test_make_runs_the_folders_tests(built: Tuple[Output, Path]) -> None:
    """`make test` and `make tests` name the folder's tests to pytest."""
    out, hello = built
    for goal in ("test", "tests"):
        assert f"{hello}/tests" in out.make("WERROR=1", "-n", goal).good()
    assert f"{hello}/tests" not in out.make("-n", "EXTERNAL=", "tests").good()


def run_folder_tests(out: Output, hello: Path) -> str:
    """What `make test` does with the tests of a folder."""
    return run(sys.executable, SCRIPTS / "run_tests.py", hello / "tests/test_hello.py",
               TESSERA_OUTPUT=str(out.path), TESSERA_CONFIG=str(out.config)).text


@pytest.mark.xdist_group("external")
def test_external_tests_run(built: Tuple[Output, Path]) -> None:
    """The folder's tests boot the image and pass; with a fault in its command they do not."""
    out, hello = built
    assert run_folder_tests(out, hello).endswith("1 passed, 0 failed\n")
    source = hello / "greet.c"
    good = source.read_text()
    source.write_text(good.replace("Hello, %s", "Hullo, %s"))
    said = out.make("iso", "WERROR=1").good()
    source.write_text(good)
    assert said.split()[:2] == ["CC", "external/hello/greet.o"] and said.count(" CC ") == 1
    assert run_folder_tests(out, hello).endswith("0 passed, 1 failed\n")


def test_example_is_short() -> None:
    """Its command, its driver and its test have under 60 lines in all, as docs/external.md says."""
    names = ("greet.c", "rtc.c", "rtc.h", "tests/test_hello.py")
    lines = sum(len((EXAMPLE / name).read_text().splitlines()) for name in names)
    assert 30 < lines < 60
    assert f"test in {lines} lines" in (ROOT / "docs/external.md").read_text()


def test_place_of_the_folder_does_not_matter(tmp_path: Path) -> None:
    """The same folder at two places gives the same bytes; and a moved one is built anew."""
    out = Output(tmp_path / "out")
    target = out.path / "external/hello/greet.o"
    objects = []
    for place in ("one", "another/longer"):
        hello = copy_example(tmp_path / place / "hello")
        with open(hello / "greet.c", "a", encoding="utf-8") as stream:
            stream.write("const char *greet_place(void);\n"
                         "const char *greet_place(void)\n{\n\treturn __FILE__;\n}\n")
        out.make(f"EXTERNAL={hello}", "hello_defconfig").good()
        assert "external/hello/greet.o" in out.make(target).good()
        objects.append(target.read_bytes())
        assert b"external/hello/greet.c" in objects[-1], "the seeded __FILE__ is not there"
    assert objects[0] == objects[1]


def test_new_header_of_the_folder(out: Output, tmp_path: Path) -> None:
    """A header that comes and hides another one is seen."""
    path = folder(tmp_path / "late", "", "obj-y += late.o\n")
    (path / "late.c").write_text('#include "late.h"\nint late = LATE;\n')
    (path / "include").mkdir()
    (path / "include/late.h").write_text("#define LATE 1\n")
    target = out.path / "external/late/late.o"
    out.make(f"EXTERNAL={path}", "tiny_defconfig", target).good()
    before = target.read_bytes()
    (path / "late.h").write_text("#define LATE 2\n")
    out.make(target).good()
    assert target.read_bytes() != before


def test_source_is_relative_to_the_folder(out: Output, tmp_path: Path) -> None:
    """Two folders with a sub/Kconfig each: every one sources its own; so do their Makefiles."""
    paths = []
    for name in ("first", "second"):
        path = folder(tmp_path / name, 'source "sub/Kconfig"\n', "obj-y += sub/\n")
        folder(path / "sub", option(f"OF_{name.upper()}"),
               f"obj-$(CONFIG_OF_{name.upper()}) += {name}.o\n")
        (path / f"sub/{name}.c").write_text(f"int {name};\n")
        paths.append(str(path))
    out.make(f"EXTERNAL={':'.join(paths)}", "tiny_defconfig").good()
    text = out.config.read_text()
    assert "CONFIG_OF_FIRST=y\n" in text and "CONFIG_OF_SECOND=y\n" in text
    out.make(out.path / "external/first/sub/first.o").good()
    out.make(out.path / "external/second/sub/second.o").good()


@pytest.mark.skipif(not shutil.which("kconfig-conf"), reason="kconfig-frontends is not here")
def test_other_front_ends_read_the_menu(out: Output) -> None:
    """kconfig-frontends gives the folder's options the same values."""
    out.make(f"EXTERNAL={EXAMPLE}", "hello_defconfig").good()
    before = out.config.read_text()
    menu = out.path / "include/generated/external.Kconfig"
    run("kconfig-conf", "--olddefconfig", menu, KCONFIG_CONFIG=str(out.config)).good()
    for line in ("CONFIG_HELLO_RTC=y", "CONFIG_HELLO_GREET=y", "# CONFIG_SHELL_CMD_PANIC is"):
        assert line in before and line in out.config.read_text()


# ---- Forgetting -------------------------------------------------------------


def test_external_empty_forgets(out: Output) -> None:
    """EXTERNAL= drops the folder and says which lines go with it; the old ones are kept."""
    out.make(f"EXTERNAL={EXAMPLE}", "tiny_defconfig", f"FRAGMENTS={os_fragment(out)}").good()
    assert "# CONFIG_HELLO_RTC is not set" in out.config.read_text()
    said = out.make("EXTERNAL=", "olddefconfig").good()
    assert "CONFIG_HELLO_RTC=n is dropped" in said and str(EXAMPLE) in said
    assert "HELLO" not in out.config.read_text()
    assert "HELLO" in (out.path / ".config.old").read_text()
    assert "dropped" not in out.make("olddefconfig").good()
    # Now nobody knows the option: a line that asks for it is a fault again.
    with open(out.config, "a", encoding="utf-8") as stream:
        stream.write("CONFIG_HELLO_RTC=y\n")
    assert "CONFIG_HELLO_RTC" in out.make("olddefconfig").bad()


def os_fragment(out: Output) -> Path:
    """A fragment that switches the example's driver off."""
    fragment = out.path.parent / "fragment"
    fragment.write_text("# CONFIG_HELLO_RTC is not set\n")
    return fragment


def test_build_notices_another_external(out: Output) -> None:
    """EXTERNAL= on a later make is obeyed, although nothing else is newer."""
    out.configure(base="tiny_defconfig")
    assert "HELLO" not in out.config.read_text()
    out.make(f"EXTERNAL={EXAMPLE}", out.path / "external/hello/rtc.o").good()
    assert "CONFIG_HELLO_RTC=y" in out.config.read_text()
    out.make("EXTERNAL=", out.path / "lib/string.o").good()
    assert "HELLO" not in out.config.read_text()
    out.make("mrproper").good()
    assert not out.path.exists()


# ---- Faults -----------------------------------------------------------------


def test_missing_folder_is_named(out: Output, tmp_path: Path) -> None:
    """A folder that is not there, at first or any more, stops make with a sentence."""
    said = out.make(f"EXTERNAL={EXAMPLE}:{tmp_path}/none", "defconfig").bad()
    assert f"there is no folder {tmp_path}/none" in said and "EXTERNAL" in said
    path = folder(tmp_path / "short", option("SHORT"))
    out.make(f"EXTERNAL={path}", "tiny_defconfig").good()
    shutil.rmtree(path)
    said = out.make("all").bad()
    assert f"there is no folder {path}" in said and f"remembered in {out.path}/.external" in said
    out.make("clean").good()
    (tmp_path / "bare").mkdir()
    said = out.make(f"EXTERNAL={tmp_path}/bare", "defconfig").bad()
    assert f"{tmp_path}/bare has no Kconfig" in said


def test_folders_of_one_name_are_refused(out: Output, tmp_path: Path) -> None:
    """Their objects would share a place; the same folder twice is once. The tree is none."""
    out.make(f"EXTERNAL={EXAMPLE}:{EXAMPLE}/", "tiny_defconfig").good()
    for path in (ROOT, ROOT / "mm"):
        assert f"{path} is of the tree itself" in out.make(f"EXTERNAL={path}", "defconfig").bad()
    other = copy_example(tmp_path / "hello")
    said = out.make(f"EXTERNAL={EXAMPLE}:{other}", "defconfig").bad()
    assert str(EXAMPLE) in said and str(other) in said and "same name" in said.replace("\n", " ")


def test_space_in_a_path_is_refused(out: Output) -> None:
    """make could not handle it, nor other characters that it takes for its own."""
    assert "space" in out.make("EXTERNAL=/a b", "defconfig").bad()
    for char in "%#='(&;~":
        assert f"a path with {char} in it" in out.make(f"EXTERNAL=/a{char}b", "defconfig").bad()
        assert f"a path with {char} in it" in run("make", f"O=/a{char}b", "defconfig").bad()


@pytest.mark.parametrize("kconfig, names", [
    (option("HEAP_LIST"), ("CONFIG_HEAP_LIST", "mm/Kconfig:")),
    (option("HEAP_SIZE_KIB"), ("CONFIG_HEAP_SIZE_KIB", "mm/Kconfig:")),
    (option("HELLO_RTC"), ("CONFIG_HELLO_RTC", "examples/hello/Kconfig:")),
])
def test_clash_names_both(out: Output, tmp_path: Path, kconfig: str,
                          names: Tuple[str, ...]) -> None:
    """A name that the tree or another folder has already is a fault that names both places."""
    path = folder(tmp_path / "clash", option("CLASH") + kconfig)
    said = out.make(f"EXTERNAL={EXAMPLE}:{path}", "defconfig").bad()
    assert f"{path}/Kconfig:" in said and all(name in said for name in names), said
    assert "CONFIG_CLASH " not in said
    # The same folder without the clash is taken.
    (path / "Kconfig").write_text(option("CLASH"))
    out.make(f"EXTERNAL={EXAMPLE}:{path}", "defconfig").good()


@pytest.mark.parametrize("lines, told", [
    ("\tselect FRAMEBUFFER_CONSOLE\n", "selects FRAMEBUFFER_CONSOLE, which needs FRAMEBUFFER"),
    ("\tdepends on NOSUCH\n", "nothing defines NOSUCH"),
    ("config SIZE\n\tint \"size\"\n\trange 1 9\n\thelp\n\t  Some help.\n", "SIZE has no default"),
])
def test_faults_of_its_kconfig(out: Output, tmp_path: Path, lines: str, told: str) -> None:
    """What the tree's own files would be refused for by `make checks` stops at once, with place."""
    path = folder(tmp_path / "odd", f'config ODD\n\tbool "odd"\n{lines}')
    said = out.make(f"EXTERNAL={path}", "tiny_defconfig").bad()
    assert f"{path}/Kconfig:1: " in said or f"{path}/Kconfig:3: " in said
    assert told in said


def test_configuration_without_its_folder(out: Output) -> None:
    """Where the memory of the folder went with the output, its lines still say what they are of."""
    config = out.path.parent / "kept"
    out.make(f"EXTERNAL={EXAMPLE}", "hello_defconfig").good()
    shutil.copy(out.config, config)
    out.make("mrproper").good()
    out.path.mkdir()
    shutil.copy(config, out.config)
    said = out.make("all").bad()
    assert "CONFIG_HELLO_RTC; it came from a folder hello outside the tree" in said
    out.make(f"EXTERNAL={EXAMPLE}", "olddefconfig").good()


def test_configurations_of_a_folder(out: Output, tmp_path: Path) -> None:
    """NAME_defconfig is looked for in every folder; one that two have is refused."""
    said = out.make(f"EXTERNAL={EXAMPLE}", "nix_defconfig").bad()
    assert "hello_defconfig" in said and "tiny_defconfig" in said
    path = folder(tmp_path / "second", option("SECOND"))
    (path / "configs").mkdir()
    (path / "configs/tiny_defconfig").write_text("")
    said = out.make(f"EXTERNAL={path}", "tiny_defconfig").bad()
    assert "configs/tiny_defconfig" in said and f"{path}/configs/tiny_defconfig" in said
