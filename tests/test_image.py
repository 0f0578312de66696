# SPDX-License-Identifier: MIT
"""What a build leaves behind: the kernel's file, the image, the header, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import building
import oracle
from building import ROOT, Build, make
from harness import Machines

ISO_LIMIT = 6 << 20
TINY_LIMIT = 16 << 10
KERNEL_BASE = 0xFFFFFFFF80000000


def output_of(*command: str) -> str:
    """What a program says."""
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def test_no_segment_is_writable_and_executable(reference: Build) -> None:
    """W^X begins in the file."""
    headers = output_of("readelf", "-lW", str(reference.elf))
    flags = re.findall(r"^\s+LOAD\s+(?:0x\S+\s+){5}([RWE ]{3})", headers, re.MULTILINE)
    assert len(flags) >= 4
    assert not [each for each in flags if "W" in each and "E" in each]


def test_linked_in_the_higher_half(reference: Build) -> None:
    """C runs in the last 2 GiB; nothing is left open that a libc would have to fill."""
    assert reference.symbols["kernel_main"] >= KERNEL_BASE
    assert output_of("nm", "-u", str(reference.elf)) == ""
    assert "INTERP" not in output_of("readelf", "-lW", str(reference.elf))


def test_is_a_multiboot2_kernel(reference: Build) -> None:
    """GRUB's own tool recognises the header; the older protocol's it must not find."""
    def grub_file(kind: str) -> int:
        return subprocess.run(["grub-file", kind, str(reference.elf)]).returncode

    assert grub_file("--is-x86-multiboot2") == 0
    assert grub_file("--is-x86-multiboot") == 1


def test_image_is_small(reference: Build) -> None:
    """For BIOS and UEFI together, with only the modules of GRUB that it needs."""
    assert reference.iso.stat().st_size < ISO_LIMIT


def test_tiny_is_under_16_kib(build, tmp_path: Path) -> None:
    """All that GRUB loads of tiny_defconfig: code, constants, data and the file's own tables."""
    loaded = tmp_path / "tessera.elf"
    output_of("xorriso", "-osirrox", "on", "-indev",
              str(build("tiny_defconfig", base="tiny_defconfig").iso),
              "-extract", "/boot/tessera.elf", str(loaded))
    assert loaded.stat().st_size < TINY_LIMIT
    assert output_of("grub-file", "--is-x86-multiboot2", str(loaded)) == ""


def test_autoconf_has_every_value(reference: Build) -> None:
    """autoconf.h is .config as the preprocessor sees it."""
    header = (reference.path / "include" / "generated" / "autoconf.h").read_text()
    defined = dict(re.findall(r"^#define CONFIG_(\w+) (.+)$", header, re.MULTILINE))
    wanted = {
        name: 1 if value is True else value
        for name, value in reference.config.items() if value is not False
    }
    assert set(defined) == set(wanted)
    for name, value in wanted.items():
        text = defined[name]
        said = text.strip('"') if isinstance(value, str) else int(text.rstrip("UL"), 0)
        assert said == value, name


def test_nothing_but_the_reference_is_on(reference: Build) -> None:
    """What the reference page does not name is neither on nor in the image."""
    assert not reference.has("QEMU_DEBUG_EXIT")
    assert reference.has("BOOT_TEST_NONE") and reference.has("HEAP_LIST")
    assert not [name for name in reference.symbols if "boot_test_" in name or "debug_exit" in name]
    values = {
        "PHYS_MAP_BASE": 0xFFFF800000000000, "HEAP_SIZE_KIB": 256, "HEAP_BASE": 0x444444440000,
        "DF_STACK_KIB": 20, "TIMER_HZ": 100, "KBD_QUEUE_SIZE": 128, "FB_WIDTH": 1280,
        "FB_HEIGHT": 720, "FB_BPP": 32, "CONSOLE_FG": 0xFFFFFF, "CONSOLE_BG": 0,
        "UART_BAUD": 115200, "UART_PORT": 0x3F8, "SHELL_LINE_MAX": 256,
    }
    assert {name: reference.config[name] for name in values} == values
    assert reference.has("FONT_VGA_8X16") and reference.has("BOOT_MULTIBOOT2")


def test_clang(machines: Machines) -> None:
    """LLVM=1 builds without a warning, and what it builds boots and draws."""
    missing = [name for name in ("clang", "ld.lld", "llvm-objcopy") if not shutil.which(name)]
    if missing:
        pytest.skip(f"{missing[0]} is not installed: make LLVM=1 cannot be tried")
    machine = machines.boot(building.build("llvm", llvm=True))
    assert machine.run_command("echo clang") == "clang\n"
    machine.run_command("clear")
    machine.run_command("draw circle 640 360 100 red")
    half = oracle.circle_half_width(100, 50)
    assert half is not None
    screen = machine.screenshot()
    row = [screen.pixel(x, 410) == 0xFF0000 for x in range(1280)]
    assert row == [abs(x - 640) <= half for x in range(1280)]


def copy_of_tree(where: Path) -> Path:
    """The sources, without what was built of them."""
    tree = where / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(
        ".git", "build", ".config*", "__pycache__", ".pytest_cache", ".venv"
    ))
    return tree


def files_of(tree: Path) -> "set[str]":
    """Every file below a folder, but for what Python keeps for itself."""
    return {
        str(path.relative_to(tree)) for path in tree.rglob("*") if "__pycache__" not in path.parts
    }


def test_nothing_is_made_beside_the_sources(tmp_path: Path) -> None:
    """With O= a build leaves the folder of the sources as it was."""
    tree, out = copy_of_tree(tmp_path), tmp_path / "out"
    before = files_of(tree)
    make(f"O={out}", "-j2", "tiny_defconfig", "iso", cwd=tree)
    assert files_of(tree) == before
    assert {".config", "tessera.elf", "tessera.iso"} <= files_of(out)


def test_without_an_output_folder(tmp_path: Path) -> None:
    """Without O= the configuration is .config at the root, and all else lies under build/."""
    tree = copy_of_tree(tmp_path)
    before = files_of(tree)
    make("-j2", "tiny_defconfig", "build", cwd=tree)
    made = files_of(tree) - before
    assert {".config", "build/tessera.elf"} <= made
    assert all(name.startswith(("build", ".config")) for name in made)
    make("mrproper", cwd=tree)
    assert files_of(tree) == before


def test_the_same_sources_give_the_same_kernel(tmp_path: Path) -> None:
    """Wherever it is built: no path and no time of day is in the image."""
    kernels = []
    for name in ("one", "two"):
        make(f"O={tmp_path / name}", "-j2", "tiny_defconfig", "build")
        stripped = tmp_path / name / "stripped"
        subprocess.run(["strip", "-o", str(stripped), str(tmp_path / name / "tessera.elf")],
                       check=True)
        kernels.append(stripped.read_bytes())
    assert kernels[0] == kernels[1]
