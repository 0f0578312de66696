# SPDX-License-Identifier: MIT
"""A pytest plugin for the tests of folders outside the tree (docs/external.md).

It gives them `machine`: QEMU with the folder's code in the kernel, at the shell's prompt. `make
test` names the output to boot by TESSERA_OUTPUT. Without it (`make tests`) the folder is built on
its own, from its configs/NAME_defconfig or else from the tree's defconfig.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path
from typing import Iterator

import pytest

from .config import Config
from .layouts import layout_of
from .qemu import Machine

ROOT = Path(__file__).resolve().parents[2]
BUILDS = Path(os.environ.get("TESSERA_TEST_BUILDS", ROOT / "build/tests"))
BOOT_TIMEOUT_S = 60.0


def folder_of(test: Path) -> Path:
    """The folder outside the tree that a test file belongs to."""
    for folder in test.parents:
        if (folder / "Kconfig").exists() and (folder / "Makefile").exists():
            return folder
    raise AssertionError(f"{test} lies in no folder with a Kconfig and a Makefile")


def build(folder: Path) -> Path:
    """Build the folder's own configuration; the output. Two workers build one after the other."""
    out = BUILDS / f"external-{folder.name}"
    named = f"{folder.name}_defconfig"
    goal = named if (folder / "configs" / named).exists() else "defconfig"
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    BUILDS.mkdir(parents=True, exist_ok=True)
    with open(f"{out}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["make", "-C", str(ROOT), f"O={out}", f"EXTERNAL={folder}", goal,
                               "iso"], env=environment, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, done.stdout
    return out


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    """The kernel with the folder's code, booted to its prompt."""
    given = os.environ.get("TESSERA_OUTPUT")
    out = Path(given) if given else build(folder_of(request.path))
    config = Config.load(os.environ.get("TESSERA_CONFIG") or out / ".config")
    direct = not config["BOOT_MULTIBOOT2"]  # GRUB cannot load it
    with Machine(out / ("tessera.elf" if direct else "tessera.iso"), direct=direct,
                 uart_port=int(config["UART_PORT"]) or 0x3F8) as own:
        own.types_by_serial = bool(config["SHELL_SERIAL_INPUT"]) and not config["I8042"]
        own.layout = layout_of(config)
        own.wait_prompt(timeout=BOOT_TIMEOUT_S)
        yield own
