# SPDX-License-Identifier: MIT
"""Checks in the kernel (menu Checks), looked at from outside: what they say, and what they cost."""

from __future__ import annotations

import re
from typing import Callable

import pytest
from tessera.qemu import Machine

from building import Build
from harness import Machines

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_STACK_PROTECTOR=y
CONFIG_UBSAN=y
CONFIG_BOOT_TEST_SUITES=y
"""

pytestmark = pytest.mark.xdist_group("checks")


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel with all checks, whose suites provoke what they find."""
    return build("checks", FRAGMENT, goal="build")


def word(machine: Machine, build: Build, symbol: str) -> int:
    """A word of memory."""
    found = re.search(r": 0x([0-9a-f]+)", machine.hmp(f"x /1gx {build.symbols[symbol]:#x}"))
    assert found
    return int(found.group(1), 16)


def test_the_canary_differs_from_boot_to_boot(kernel: Build, machines: Machines) -> None:
    """A random word whose lowest byte is 0, with the CPU's generator and without."""
    seen = []
    for cpu in ("qemu64", "qemu64", "max"):
        machine = machines.start(kernel, direct=True, debug_exit=True, extra=["-cpu", cpu])
        machine.wait_text("KTAP version 1\n", 60)
        seen.append(word(machine, kernel, "__stack_chk_guard"))
        machine.close()
    assert len(set(seen)) == 3 and 0 not in seen
    assert not any(canary & 0xFF for canary in seen)
