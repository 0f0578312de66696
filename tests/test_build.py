# SPDX-License-Identifier: MIT
"""The build itself: what a user types, what he is told, and that nothing is built in vain."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import List

import pytest

import building
from building import ROOT, Build, least_seconds, make
from tessera.sources import copy_sources

# A tool, its package for apt-get, what asks for it.
TOOLS = [("gcc", "gcc", "build"), ("ld", "binutils", "build"), ("objcopy", "binutils", "iso"),
         ("grub-mkimage", "grub-common", "iso"), ("xorriso", "xorriso", "iso"),
         ("mformat", "mtools", "iso"), ("qemu-system-x86_64", "qemu-system-x86", "run"),
         ("gdb", "gdb", "debug"), ("ctags", "universal-ctags", "tags"),
         ("clang", "clang", "LLVM=1 build"),
         ("ld.lld", "lld", "LLVM=1 build"), ("llvm-objcopy", "llvm", "LLVM=1 iso"),
         ("clang-tidy", "clang-tidy", "C=1 CHECK=clang-tidy build")]


def configure(folder: Path, *lines: str, check: bool = True) -> str:
    """Make the reference configuration with these lines on top; returns what make said."""
    fragment = folder / "fragment"
    fragment.write_text("\n".join(lines) + "\n")
    return make(f"O={folder}", "defconfig", f"FRAGMENTS={fragment}", check=check).stdout


def compiled(text: str) -> List[str]:
    """The files that a build compiled."""
    return re.findall(r"^  (?:CC|AS) +(\S+)$", text, re.MULTILINE)


# ---- Nothing in vain --------------------------------------------------------


def test_nothing_to_do_takes_no_time(reference: Build) -> None:
    """A build with nothing to do takes less than 0.2 s, without compiling anything."""
    def build() -> None:
        done = make(f"O={reference.path}", "WERROR=1", "iso")
        assert not re.search(r"^  [A-Z]+ ", done.stdout, re.MULTILINE), done.stdout

    assert least_seconds(build, 5) < 0.2


def test_header_rebuilds_its_readers_only(reference: Build) -> None:
    """A header that changed rebuilds the files that read it, however indirectly."""
    out = f"O={reference.path}"
    done = make(out, "WERROR=1", "-n", "-W", "include/lib/parse.h")
    names = set(re.findall(r"compile\.sh \S+ (\S+)", done.stdout))
    assert "lib/parse.c" in names and "lib/string.c" not in names


def test_options_and_flags_rebuild(tmp_path: Path) -> None:
    """A changed option, edited by hand in .config, or other flags reach the kernel; else nothing
    is compiled, not even after a configuration that changed nothing."""
    out = f"O={tmp_path}"
    make("-j2", out, "tiny_defconfig", "all")
    first = (tmp_path / "tessera.elf").read_bytes()
    assert not compiled(make(out, "tiny_defconfig", "olddefconfig", "all").stdout)
    config = tmp_path / ".config"
    config.write_text(config.read_text().replace("KERNEL_STACK_KIB=64", "KERNEL_STACK_KIB=32"))
    assert compiled(make("-j2", out).stdout)
    assert (tmp_path / "tessera.elf").read_bytes() != first
    assert compiled(make("-j2", out, "CFLAGS=-O1").stdout)
    assert not compiled(make(out, "CFLAGS=-O1").stdout)


def test_font_is_looked_at_again(tmp_path: Path) -> None:
    """A font outside the tree that changes is taken in; one that is broken or gone is told."""
    font = tmp_path / "my $f %#'*()~,ü\\[a]=?.psf"
    out, built = f"O={tmp_path}", f"{tmp_path}/drivers/video/font_data.o"
    name = str(font).replace("\\", "\\\\")
    font.write_bytes((ROOT / "drivers/video/fonts/vga-8x8.psf").read_bytes())
    configure(tmp_path, "CONFIG_FONT_CUSTOM=y", f'CONFIG_FONT_FILE="{name}"')
    assert "font_data.o" in make(out, built).stdout
    assert "up to date" in make(out, built).stdout
    font.write_bytes((ROOT / "drivers/video/fonts/vga-8x14.psf").read_bytes())
    assert "AS      drivers/video/font_data.o" in make(out, built).stdout
    font.write_text("junk")
    assert "is no PSF font that can be used" in make(out, built, check=False).stdout
    font.unlink()
    done = make(out, built, check=False)
    assert done.returncode and "CONFIG_FONT_FILE: " in done.stdout
    assert "cannot be read" in done.stdout


def test_another_grub_makes_the_image_anew(tmp_path: Path) -> None:
    """GRUB's modules of another version, or elsewhere; with the same ones nothing is done."""
    out, modules = tmp_path / "out", Path("/usr/lib/grub")
    make(f"O={out}", "tiny_defconfig", "iso")
    for platform in ("i386-pc", "x86_64-efi"):
        (tmp_path / platform).mkdir()
        for module in (modules / platform).iterdir():
            (tmp_path / platform / module.name).symlink_to(module)
    for text in (None, "grub_package_version=of-today\n", "grub_package_version=of-today\n"):
        information = tmp_path / "x86_64-efi/modinfo.sh"
        before = information.read_text()
        if text:
            information.unlink()
            information.write_text(text)
        said = make(f"O={out}", f"grub-folders={tmp_path}", "iso").stdout
        assert ("ISO " in said) == (text != before), said


def test_clean_and_mrproper(tmp_path: Path) -> None:
    """They remove what the build made, and nothing else."""
    (tmp_path / "mine").write_text("x")
    out = f"O={tmp_path}"
    make("-j2", out, "tiny_defconfig", "all")
    make(out, "clean")
    assert not list(tmp_path.rglob("*.o")) and (tmp_path / ".config").exists()
    make(out, "mrproper")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_folder_of_somebody_else(tmp_path: Path) -> None:
    """O= with a folder of the same name as ours in it is refused, and left alone."""
    (tmp_path / "lib").mkdir()
    done = make(f"O={tmp_path}", "defconfig", check=False)
    assert done.returncode and "lib" in done.stdout
    make(f"O={tmp_path}", "mrproper")
    assert (tmp_path / "lib").is_dir()


def test_slips_of_who_adds_a_command(tmp_path: Path) -> None:
    """An option that no Kconfig file has is not off in silence, and two commands of a name do not
    hide each other."""
    tree = copy_sources(tmp_path / "tree")
    make("-j2", "tiny_defconfig", "build", cwd=tree)
    makefile, command = tree / "shell/commands/Makefile", tree / "shell/commands/halt.c"
    right = makefile.read_text()
    makefile.write_text(right.replace("CMD_HALT", "CMD_HLAT"))
    said = make("build", cwd=tree, check=False)
    assert said.returncode and "shell/commands/Makefile: no Kconfig file has " \
        "CONFIG_SHELL_CMD_HLAT: is it misspelt" in said.stdout
    makefile.write_text(right)
    make("build", cwd=tree)
    command.write_text(command.read_text().replace("SHELL_COMMAND(halt,", "SHELL_COMMAND(echo,"))
    said = make("build", cwd=tree, check=False)
    assert said.returncode and "multiple definition of `shell_command_named_echo'" in said.stdout


# ---- Configurations ---------------------------------------------------------


@pytest.mark.parametrize("line, told", [
    ("CONFIG_HEAP_SIZ_KIB=64", "is CONFIG_HEAP_SIZE_KIB meant?"),
    ("CONFIG_HEAP_SIZE_KIB=7", "16 to 1048576"),
    ("CONFIG_HEAP_SIZE_KIB=0x40", "decimal"),
    ("CONFIG_TIMER_HZ=0100", "decimal"),
    ("CONFIG_HEAP_BASE=4096", "0x"),
    ("CONFIG_SHELL=yes", "y or n"),
    ("CONFIG_FB_BPP=24", "cannot be set"),
    ("# CONFIG_HEAP_LIST is not set", "CONFIG_HEAP_BUMP"),
    ("some words", "CONFIG_NAME=value"),
    ("CONFIG_DF_STACK_KIB=22", "24"),
    ("CONFIG_EXCEPTION_STACK_KIB=9\nCONFIG_EXCEPTION_STACKS=y", "12"),
    ("CONFIG_PHYS_MAP_BASE=0xffff800040000000", "512 GiB"),
    ("CONFIG_PHYS_MAP_BASE=0xffffc90000000000", "window"),
    ("CONFIG_PHYS_MAP_BASE=0xffffff0000000000", "image"),
    ("CONFIG_HEAP_BASE=0x444444440001", "4 KiB"),
    ("CONFIG_HEAP_BASE=0x7fffffff0000", "canonical"),
    ("CONFIG_HEAP_BASE=0xffff800000000000", "physical memory"),
    ("CONFIG_HEAP_BASE=0xffffc90000000000", "window"),
    ("CONFIG_HEAP_BASE=0xffffffff80000000", "image"),
])
def test_impossible_wish(tmp_path: Path, line: str, told: str) -> None:
    """A line that cannot be had stops with its place and a way out, and makes nothing."""
    said = configure(tmp_path, line, check=False)
    assert f"{tmp_path}/fragment:1: " in said and told in said
    assert not (tmp_path / ".config").exists()


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Three faults, of three kinds, are told in one go; the configuration stays as it was."""
    configure(tmp_path)
    before = (tmp_path / ".config").read_bytes()
    said = configure(tmp_path, "# CONFIG_FRAMEBUFFER is not set", "CONFIG_SHELL_CMD_DRAW=y",
                     "CONFIG_NONSENSE=y", "CONFIG_KERNEL_STACK_KIB=66", check=False)
    for number in (2, 3, 4):
        assert f"fragment:{number}: " in said
    assert (tmp_path / ".config").read_bytes() == before


def test_switching_off_by_hand(tmp_path: Path) -> None:
    """What depended on the option goes with it; a new wish that depends on it is refused."""
    configure(tmp_path)
    config = tmp_path / ".config"
    config.write_text(config.read_text().replace("CONFIG_FRAMEBUFFER=y", "CONFIG_FRAMEBUFFER=n"))
    make(f"O={tmp_path}", "olddefconfig")
    assert "CONFIG_FB_WIDTH" not in config.read_text()
    config.write_text(config.read_text() + "CONFIG_FB_WIDTH=640\n")
    done = make(f"O={tmp_path}", "olddefconfig", check=False)
    assert done.returncode and "without FRAMEBUFFER" in done.stdout


def test_savedefconfig_and_back(tmp_path: Path) -> None:
    """The shortest file gives the same configuration again, and the reference is empty."""
    configure(tmp_path, "CONFIG_HEAP_SIZE_KIB=64", "CONFIG_FONT_VGA_8X8=y")
    before = (tmp_path / ".config").read_bytes()
    make(f"O={tmp_path}", "savedefconfig")
    short = (tmp_path / "defconfig").read_text()
    assert len(re.findall(r"^[^#]", short, re.MULTILINE)) == 2
    configure(tmp_path)
    assert (tmp_path / ".config.old").read_bytes() == before
    configure(tmp_path, short)
    assert (tmp_path / ".config").read_bytes() == before
    assert not re.findall(r"^[^#]", (ROOT / "configs/defconfig").read_text(), re.MULTILINE)


# ---- Sentences --------------------------------------------------------------


@pytest.mark.parametrize("goals, told", [
    (["all"], "make defconfig"),
    (["run"], "make menuconfig"),
    (["olddefconfig"], "make defconfig"),
    (["savedefconfig"], "make defconfig"),
    (["nonsense_defconfig"], "tiny_defconfig"),
    (["menuconfig"], "terminal"),
])
def test_what_cannot_be_done_is_told(tmp_path: Path, goals: List[str], told: str) -> None:
    """One sentence, and a status that is not 0."""
    done = make(f"O={tmp_path}", *goals, check=False)
    assert done.returncode and told in done.stdout.splitlines()[0]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every program on PATH, from which a test can take one away."""
    farm = tmp_path_factory.mktemp("bin")
    for folder in map(Path, os.environ["PATH"].split(os.pathsep)):
        for program in folder.iterdir() if folder.is_dir() else []:
            if not (farm / program.name).exists():
                (farm / program.name).symlink_to(program)
    return farm


@pytest.mark.xdist_group("missing tools")
@pytest.mark.parametrize("tool, package, goals", TOOLS)
def test_missing_tool(programs: Path, tool: str, package: str, goals: str) -> None:
    """A tool that is missing is named, and its package on this machine; no more is said."""
    is_llvm = "LLVM=1" in goals
    tiny = building.build("tiny-llvm" if is_llvm else "tiny", base="tiny_defconfig",
                          llvm=is_llvm).path
    for made in ("lib/string.o", "tessera.elf", "tessera.iso"):
        (tiny / made).unlink(missing_ok=True)
    (programs / tool).rename(programs / "away")
    try:
        done = make(f"O={tiny}", "WERROR=1", *goals.split(), check=False, PATH=str(programs))
    finally:
        (programs / "away").rename(programs / tool)
    assert done.returncode
    name = "Universal Ctags" if tool == "ctags" else tool
    manager = next(name for name in ("apt-get", "dnf", "pacman", "brew") if shutil.which(name))
    told = f"{name} is missing: 'make setup' installs it ("
    if manager == "apt-get":
        told += f"package {package} of apt-get)"
    said = [line for line in done.stdout.splitlines() if not re.match(r"  [A-Z]+ |make", line)]
    assert len(said) == 1 and told in said[0], done.stdout


@pytest.mark.parametrize("modules, package", [
    ("-", "python3"), ("kconfiglib,nonsense", "nonsense"), ("nonsense,pytest", "nonsense"),
])
def test_missing_python(tmp_path: Path, modules: str, package: str) -> None:
    """A Python that is not there, or lacks a module: which, and its package."""
    for name in ("python.sh", "setup.sh"):
        text = (ROOT / "scripts" / name).read_text()
        if modules == "-":
            text = text.replace("python3 /usr/bin/python3 python3", "nowhere")
        (tmp_path / "scripts").mkdir(exist_ok=True)
        (tmp_path / "scripts" / name).write_text(text)
        (tmp_path / "scripts" / name).chmod(0o755)
    done = subprocess.run(["scripts/python.sh", modules, "x.py"], cwd=tmp_path, text=True,
                          capture_output=True, check=False)
    assert done.returncode == 1
    words = "" if modules == "-" else f" with {modules}"
    assert f"Python 3.9 or later{words} is missing: 'make setup' installs it" in done.stderr
    assert package == "nonsense" or f"package {package} of" in done.stderr


def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """A bar and a count on a terminal, up to the last object; elsewhere the plain lines."""
    make(f"O={tmp_path}", "tiny_defconfig")
    words = f"make -j2 O={tmp_path} build"
    done = subprocess.run(["script", "-qec", words, "/dev/null"], cwd=ROOT, text=True,
                          env=building.clean_environment(), capture_output=True, check=True)
    steps = re.findall(r"^\[(#*)\.*\] +(\d+)/(\d+)  (?:CC|AS) +\S+\.o", done.stdout, re.M)
    total = len(list(tmp_path.rglob("*.o")))
    counts = [int(count) for _, count, _ in steps]
    assert len(counts) == total == max(counts)
    assert {int(of) for _, _, of in steps} == {total} and len(steps[-1][0]) in (19, 20)


def test_setup_with_nothing_missing() -> None:
    """One line, and quickly."""
    start = time.monotonic()
    done = make("setup")
    assert done.stdout == "setup: everything is there\n" and time.monotonic() - start < 5


def test_rules_of_the_house() -> None:
    """The source keeps the rules that a machine can check."""
    done = make("checks", check=False)
    assert done.returncode == 0, done.stdout


def test_tools_that_tests_hide_are_here() -> None:
    """The tests above mean something only where the tools are there in the first place."""
    assert [tool for tool, _, _ in TOOLS if not shutil.which(tool)] == []
