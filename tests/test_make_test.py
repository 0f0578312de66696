# SPDX-License-Identifier: MIT
"""What `make test` asks of the configuration at hand: suites, boot tests and commands among it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from tessera.config import Config
from tessera.image import Image
from tessera.promises import Broken, check_boot_test, mode_of

import promises
from harness import Machines
from workbench import run

CONFIGURATIONS = {
    "suites": "CONFIG_KTEST=y\nCONFIG_BOOT_TEST_SUITES=y\n",
    "the command test": "CONFIG_KTEST=y\nCONFIG_SHELL_CMD_TEST=y\nCONFIG_SHELL_CMD_CONFIG=y\n",
}


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_any_configuration(build, machines: Machines, tmp_path: Path, name: str) -> None:
    """One whose kernel ends by itself, and one with commands that the reference has not."""
    kernel = build(f"make-test-{name.split()[-1]}", CONFIGURATIONS[name])
    if kernel.boot_test:
        promises.check_ended(machines, kernel)
    else:
        promises.check(machines, kernel, tmp_path)


def image(option: str) -> Image:
    """An image with a boot test."""
    return Image(Path("none"), Config.parse(f"CONFIG_{option}=y\n"))


BASIC = "".join(f"line {n} of 250\n" for n in range(1, 251)) + "BOOT TEST basic_boot: passed\n"
PAGING = "BOOT TEST paging: passed\n"
PLAN = "Tessera 0\nKTAP version 1\n1..1\nok 1 a\n"


@pytest.mark.parametrize("option, text, status, reset", [
    ("BOOT_TEST_BASIC", BASIC, 33, False), ("BOOT_TEST_PAGING", PAGING, 33, False),
])
def test_good_ends(option: str, text: str, status: int, reset: bool) -> None:
    """The test's own word, its status, no reset."""
    check_boot_test(image(option), text, status, reset)


def test_allocations_that_fail_on_purpose() -> None:
    """They may fail the heap's test where the kernel tells of them, or cannot."""
    lines = ["BOOT_TEST_HEAP=y", "HEAP_FAIL_EVERY=131072", "LOG_LEVEL_WARNING=y"]
    failed = "BOOT TEST heap_allocation: failed\n"
    for config, may_fail in ((lines, True), (lines[:2], False), (lines[::2], False)):
        kernel = Image(Path("none"), Config.parse("".join(f"CONFIG_{line}\n" for line in config)))
        with nullcontext() if may_fail else pytest.raises(Broken):
            check_boot_test(kernel, failed, 35, False)


@pytest.mark.parametrize("option, text, status, reset", [
    ("BOOT_TEST_BASIC", BASIC, 35, False),
    ("BOOT_TEST_BASIC", BASIC, 33, True),
    ("BOOT_TEST_BASIC", BASIC.replace("line 7 of 250\n", ""), 33, False),
    ("BOOT_TEST_BASIC", BASIC.replace("line 9 of", "line 8 of"), 33, False),
    ("BOOT_TEST_BASIC", PAGING, 33, False),
    ("BOOT_TEST_PAGING", "", 33, False),
    ("BOOT_TEST_PAGING", PAGING + "BOOT TEST paging: passed\n", 33, False),
    ("BOOT_TEST_SUITES", PLAN.replace("1..1", "1..2"), 33, False),
    ("BOOT_TEST_SUITES", "Tessera 0\n", 33, False),
])
def test_bad_ends(option: str, text: str, status: int, reset: bool) -> None:
    """Silence, another test's word, a line that is lost or there twice, half a plan: no pass."""
    with pytest.raises(Broken):
        check_boot_test(image(option), text, status, reset)


def test_another_mode_must_be_told() -> None:
    """What the display gave counts where the kernel says so, and only there."""
    kernel = Image(Path("none"), Config.parse(
        "CONFIG_FB_WIDTH=1234\nCONFIG_FB_HEIGHT=700\nCONFIG_FB_BPP=32\n"))
    given = "framebuffer: 800x600, 24 bit, pitch 2400, at 0xfd000000\n"
    told = "warning: framebuffer: the display gave 800x600, 24 bit instead of ...\n"
    seen = (640, 480, 16)
    assert mode_of(kernel, given + told, seen) == (800, 600, 24)
    assert mode_of(kernel, "", seen) == (1234, 700, 32)
    for lie in (given, given.replace("800x600, 24", "1234x700, 32") + told):
        with pytest.raises(Broken):
            mode_of(kernel, lie, seen)
    silent = Image(Path("none"), Config.parse("CONFIG_FB_WIDTH=1234\nCONFIG_LOG_LEVEL_ERROR=y\n"))
    assert mode_of(silent, "", seen) == seen


def test_the_command_that_repeats_it(tmp_path: Path) -> None:
    """It tests the configuration that failed, and not the reference."""
    output = tmp_path / "out"
    output.mkdir()
    (output / ".config").write_text("")
    script = ("import os, run_tests\n"
              "print(run_tests.again('tests/test_configuration.py::test_configuration'))\n"
              "os.environ['TESSERA_OUTPUT'] = '/tmp/a b'\nprint(run_tests.again('x'))\n"
              "os.environ['TESSERA_OUTPUT'] = os.path.abspath('build')\n"
              "print(run_tests.again('x'))\n")
    said = run("scripts/python.sh", "-", "-c", script, PYTHONPATH="scripts").good()
    assert said.splitlines() == [
        "make tests T=tests/test_configuration.py::test_configuration",
        "make O='/tmp/a b' test", "make test"]
