# SPDX-License-Identifier: MIT
"""`make debug`: gdb in front of a stopped kernel, and its commands for this kernel."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Callable

import pytest

from building import ROOT, Build, clean_environment, make
from test_pvh import FRAGMENT

pytestmark = pytest.mark.xdist_group("debugging")


@pytest.fixture(scope="module")
def made() -> Build:
    """A kernel that starts in a fifth of a second."""
    import building
    return building.build("pvh", FRAGMENT)


def debug(made: Build, *commands: str, words: "tuple[str, ...]" = (), **environment: str) -> str:
    """What gdb says to these commands, at the kernel's first breakpoint."""
    arguments = " ".join(f"-ex '{command}'" for command in commands)
    return make("-s", f"O={made.path}", "WERROR=1", "BOOT=direct", *words, "debug",
                f"GDB_ARGS=-nx -batch {arguments}", check=False, timeout=90, **environment).stdout


def test_gdb_stands_at_kernel_main(made: Build) -> None:
    """Before anything has run, each command that needs more than that says so."""
    said = debug(made, "bt", "tessera idt", words=("MACHINE=q35",))
    assert re.search(r"breakpoint 1, kernel_main \(\) at init/main\.c:\d+", said), said
    assert "#0  kernel_main () at init/main.c" in said
    assert "tessera idt: the table is empty: irq_init() has not run yet" in said
    for name in ("frames", "heap"):
        late = debug(made, f"tessera {name}")
        assert re.search(rf"tessera {name}: \w+_init\(\) has not run yet", late)


def test_views(made: Build) -> None:
    """At the prompt: page tables, vectors, memory, stacks, each as it is; typing."""
    said = debug(
        made, "break shell_run", "continue", "tessera pagewalk kernel_main",
        "tessera pagewalk 0x444444440000", "tessera pagewalk 0", "tessera idt",
        "tessera areas", "tessera frames", "tessera heap", "tessera stack",
        "tessera type help", "break help_run", "continue", "bt", "help tessera")
    for line in (
        r"physical 0x1\w+, in a page of 4 KiB: read, execute; kernel only",
        r"physical 0x\w+, in a page of 4 KiB: read, write; kernel only",
        r"PT +\[ *\d+\] 8\w{15}  present writable accessed dirty global no-execute",
        r"not mapped: the PML4 entry is not present",
        r" 8  trap_entries\+0x80  interrupt, selector 0x8, IST 1  \(double fault\)",
        r" 32  .*\(IRQ 0: time_tick\)", r"48-255  trap_ignore",
        r"0x0000444444440000 - 0x0000444444480000    256 KiB  the heap", r"64 KiB  stack main",
        r"\d+ of \d+ frames are free", r"allocator list, arena from 0x444444440000",
        r"0 bytes used in 0 allocations", r"main: \d+ of 65536 bytes in use",
        r"Breakpoint 3, help_run", r"#2  .*shell_run \(\)", r"#3  .*kernel_main \(\)",
        r"tessera pagewalk -- ",
    ):
        assert re.search(line, said), f"no {line}:\n{said}"
    assert "\n> help\n" in (made.path / "debug-serial.log").read_text()


def test_what_cannot_be_shown_is_said(made: Build) -> None:
    """Slips end in one sentence each, never in a traceback."""
    said = debug(made, "tessera pagewalk 0x800000000000")
    assert "tessera pagewalk: 0x800000000000 is not canonical" in said
    assert "tessera pagewalk: whose?" in debug(made, "tessera pagewalk")
    log = debug(made, "tessera log")
    assert "LOG_RING would" in log and "Traceback" not in log
    alone = subprocess.run(
        ["gdb", "-nx", "-batch", "-ex", f"source {ROOT}/scripts/gdb/tessera.py",
         "-ex", "tessera frames", str(made.elf)],
        capture_output=True, text=True, check=False, env=clean_environment())
    assert "tessera frames: gdb has no machine; 'make debug' starts one" in alone.stderr


def test_a_port_for_other_front_ends(made: Build) -> None:
    """GDB_PORT= is QEMU's stub on TCP; what is no port is said."""
    assert "GDB_PORT=x: it is a number" in debug(made, words=("GDB_PORT=x",))
    said = debug(made, "info inferiors", words=("GDB_PORT=61234",))
    assert "127.0.0.1:61234" in said and "kernel_main ()" in said


@pytest.mark.parametrize("tool", ["gdb", "qemu-system-x86_64"])
def test_a_missing_tool_is_named(made: Build, tmp_path: Path, tool: str,
                                 path_without: Callable[..., str]) -> None:
    """One line, with the mend."""
    said = debug(made, PATH=path_without(tool))
    assert f"{tool} is " in said and "make setup" in said


@pytest.fixture
def path_without(tmp_path: Path) -> Callable[..., str]:
    """A PATH without one program."""
    import os

    def make_path(tool: str) -> str:
        for folder in os.environ["PATH"].split(os.pathsep):
            for program in Path(folder).glob("*"):
                link = tmp_path / program.name
                if program.name != tool and "gdb" not in program.name and not link.exists():
                    link.symlink_to(program)
        return str(tmp_path)

    return make_path
