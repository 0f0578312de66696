# SPDX-License-Identifier: MIT
"""`make test`: the configuration at hand, whatever it is, keeps what it promises.

The environment names it: TESSERA_OUTPUT the output directory, TESSERA_CONFIG the .config. Without
them this is the reference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import building
import promises
from building import Build
from harness import Machines


@pytest.fixture
def configured() -> Build:
    """The build that is under test."""
    output = os.environ.get("TESSERA_OUTPUT")
    if output is None:
        return building.build("reference")
    config = os.environ.get("TESSERA_CONFIG")
    return Build(Path(output), Path(config) if config else None)


def test_configuration(configured: Build, machines: Machines, tmp_path: Path) -> None:
    """It boots, and each option has taken effect; a boot test passes instead."""
    if configured.boot_test:
        promises.check_ended(machines, configured)
        return
    promises.check(machines, configured, tmp_path)


def test_configuration_under_uefi(configured: Build, machines: Machines) -> None:
    """The same image starts under UEFI."""
    if not configured.has("BOOT_MULTIBOOT2"):
        pytest.skip("GRUB cannot load this kernel: BOOT_MULTIBOOT2 is off")
    if configured.boot_test:
        promises.check_ended(machines, configured, firmware="uefi")
        return
    machine = machines.start(configured, firmware="uefi", debug_exit=True)
    promises.poll(lambda: promises.is_in_kernel(machine), "the kernel sleeps", 60)
    assert machine.running and not machine.guest_reset
