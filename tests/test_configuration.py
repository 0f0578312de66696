# SPDX-License-Identifier: MIT
"""`make test`: the configuration at hand, whatever it is, keeps what it promises.

The environment names it: TESSERA_OUTPUT the output directory, TESSERA_CONFIG the .config. Without
them this is the reference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tessera.qemu import DEBUG_EXIT_PASSED

import building
import promises
from building import Build
from harness import Machines

BOOT_TESTS = ("BOOT_TEST_BASIC", "BOOT_TEST_HEAP", "BOOT_TEST_STACK_OVERFLOW")


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
    if not any(configured.has(option) for option in BOOT_TESTS):
        promises.check(machines, configured, tmp_path)
        return
    machine = machines.start(configured, debug_exit=True)
    assert machine.exit_status(120) == DEBUG_EXIT_PASSED, machine.serial_text[-2000:]
    assert not machine.guest_reset


def test_configuration_under_uefi(configured: Build, machines: Machines) -> None:
    """The same image starts under UEFI."""
    if not configured.has("BOOT_MULTIBOOT2"):
        pytest.skip("GRUB cannot load this kernel: BOOT_MULTIBOOT2 is off")
    machine = machines.start(configured, firmware="uefi", debug_exit=True)
    if any(configured.has(option) for option in BOOT_TESTS):
        assert machine.exit_status(120) == DEBUG_EXIT_PASSED
        return
    promises.poll(lambda: promises.is_in_kernel(machine), "the kernel sleeps", 60)
    assert machine.running and not machine.guest_reset
