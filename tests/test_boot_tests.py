# SPDX-License-Identifier: MIT
"""The tests that run inside the kernel, each boot its own QEMU run.

A pass is the exact exit status of isa-debug-exit, and the line at the end, and no reset: QEMU ends
with status 0 after a triple fault, too.
"""

from __future__ import annotations

import re

import pytest
from tessera.qemu import DEBUG_EXIT_PASSED

from building import Build
from harness import Machines

BOOT_TESTS = {
    "basic_boot": "CONFIG_BOOT_TEST_BASIC=y\n",
    "heap_allocation": "CONFIG_BOOT_TEST_HEAP=y\n",
    "stack_overflow": "CONFIG_BOOT_TEST_STACK_OVERFLOW=y\n",
    # The heap's test on other heaps, too.
    "heap_allocation small": "CONFIG_BOOT_TEST_HEAP=y\nCONFIG_HEAP_SIZE_KIB=64\n",
    "heap_allocation bump": "CONFIG_BOOT_TEST_HEAP=y\nCONFIG_HEAP_BUMP=y\n",
    "heap_allocation tlsf": "CONFIG_BOOT_TEST_HEAP=y\nCONFIG_HEAP_TLSF=y\n",
    "heap_allocation fast": "CONFIG_BOOT_TEST_HEAP=y\nCONFIG_HEAP_FAST=y\n",
    "paging": "CONFIG_BOOT_TEST_PAGING=y\nCONFIG_PHYS_MAP_BASE=0xffff900000000000\n",
}


def boot_test(build, machines: Machines, name: str):
    """Run a boot test to its end; the machine, which has ended, passed."""
    kernel: Build = build(f"boot-test-{name.replace(' ', '-')}", BOOT_TESTS[name])
    machine = machines.start(kernel, debug_exit=True)
    status = machine.exit_status(120)
    text = machine.serial_text
    assert status == DEBUG_EXIT_PASSED, text[-2000:]
    assert f"BOOT TEST {name.split()[0]}: passed" in text.splitlines()[-3:]
    assert not machine.guest_reset
    return machine


@pytest.mark.parametrize("name", BOOT_TESTS)
def test_boot_test_passes(build, machines: Machines, name: str) -> None:
    """Exit status, last line, no reset."""
    boot_test(build, machines, name)


def test_basic_boot_loses_no_line(build, machines: Machines) -> None:
    """Of the 200 lines and more that basic_boot prints, each arrives, once and in order."""
    machine = boot_test(build, machines, "basic_boot")
    numbers = [int(n) for n in re.findall(r"^line (\d+)\b", machine.serial_text, re.MULTILINE)]
    assert len(numbers) >= 200
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_stack_overflow_is_a_report(build, machines: Machines) -> None:
    """The overflow is the double fault's report, on its own stack."""
    text = boot_test(build, machines, "stack_overflow").serial_text
    assert "KERNEL PANIC: double fault (vector 8)" in text
    assert re.search(r"^RIP=[0-9a-f]{16}", text, re.MULTILINE)


def test_a_failing_boot_is_not_a_pass(reference: Build, machines: Machines) -> None:
    """A kernel that never reports leaves QEMU running: silence is no pass."""
    machine = machines.boot(reference, debug_exit=True)
    assert machine.running
    assert "BOOT TEST" not in machine.serial_text
