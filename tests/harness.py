# SPDX-License-Identifier: MIT
"""Machines for the tests, and ways to wait for what QEMU sends no event about."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

import pytest
from tessera.errors import QEMU
from tessera.promises import takes_serial_input
from tessera.qemu import Machine
from tessera.screen import Screen

from building import Build

BOOT_TIMEOUT_S = 60.0  # for a host that has much else to do; a boot takes about 1 s
# Has QEMU note each block of code that it runs, nowhere: the guest is ten times slower.
SLOWED = ("-d", "exec", "-D", "/dev/null")
# The guest's time is what it executes: a ns an instruction, and none while it sleeps.
ICOUNT = ["-icount", "shift=0,sleep=off"]
VGA_VIDEO_MEMORY = "VGA.vgamem_mb"  # -global: a MiB and more
_POLL_S = 0.01

Answer = TypeVar("Answer")


def poll(question: Callable[[], Optional[Answer]], what: str, timeout: float = 30.0) -> Answer:
    """Ask until the answer is true. Pixels and the CPU's state change without an event."""
    deadline = time.monotonic() + timeout
    while True:
        answer = question()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"{timeout:g} s passed, and not: {what}"
        time.sleep(_POLL_S)


def wait_dead(machine: Machine) -> None:
    """Wait until the CPU has halted with interrupts off."""
    poll(lambda: machine.cpu().dead, "the CPU halts for good")


def wait_idle(machine: Machine) -> None:
    """Wait until every key sent has been taken and the CPU sleeps with interrupts on.

    In this order: a key in the controller has not woken the CPU yet, one that was taken has.
    """
    poll(lambda: not machine.keyboard_full() and machine.cpu().idle, "the CPU has nothing to do")


def need_card(card: str) -> None:
    """Skip the test where QEMU lacks a graphics card: qxl is a package of its own on some systems.
    """
    if card != "qxl":
        return
    devices = subprocess.run([QEMU, "-device", "help"], stdout=subprocess.PIPE, text=True,
                             check=True).stdout
    if '"qxl-vga"' not in devices:
        pytest.skip("QEMU has no card qxl here: on Debian 13 it is in qemu-system-modules-spice")


def screen_rows(machine: Machine, build: Build) -> list[str]:
    """The text on the screen, read through the font of the configuration."""
    return machine.screenshot().text(build.font)


def wait_on_screen(machine: Machine, build: Build, words: str, timeout: float = 60.0) -> list[str]:
    """Wait until a row of the screen holds the words; all rows then."""

    def look() -> Optional[list[str]]:
        rows = screen_rows(machine, build)
        return rows if any(words in row for row in rows) else None

    return poll(look, f"{words!r} on the screen", timeout)


def expect_screen(machine: Machine, build: Build, rows: list[str]) -> Screen:
    """The screen shows these rows from its top, and nothing below them."""
    screen = machine.screenshot()
    shown = screen.text(build.font)
    assert shown[:len(rows)] == [row.rstrip(" ") for row in rows]
    assert not any(shown[len(rows):])
    return screen


def memory_word(machine: Machine, address: int) -> int:
    """Eight bytes of a running guest's memory."""
    said = machine.hmp(f"x /1gx {address:#x}")
    found = re.search(r": 0x([0-9a-f]+)", said)
    assert found, said
    return int(found.group(1), 16)


def log_line(machine: Machine, module: str) -> str:
    """What a module says in the boot log."""
    found = re.search(rf"^(?:warning: )?{module}: (.*)$", machine.serial_text, re.MULTILINE)
    assert found, f"{module} says nothing:\n{machine.serial_text}"
    return found.group(1)


class Machines:
    """Starts machines, and closes them all."""

    def __init__(self) -> None:
        self._running: list[Machine] = []

    def start(self, build: Build, image: Optional[Path] = None, append: Optional[str] = None,
              **options: Any) -> Machine:
        """Start QEMU with the build's image, or another one; see Machine for the options.

        A kernel that GRUB cannot load is started directly, and so is one with a command line of
        ours: append.
        """
        if append is not None:
            options.setdefault("direct", True)
            options["extra"] = [*options.get("extra", ()), "-append", append]
        options.setdefault("uart_port", int(build.config.get("UART_PORT", 0x3F8)))
        if os.environ.get("TESSERA_SLOWED"):
            options["extra"] = [*options.get("extra", ()), *SLOWED]
        direct = options.setdefault("direct", not build.has("BOOT_MULTIBOOT2"))
        machine = Machine(image or (build.elf if direct else build.iso), **options)
        machine.types_by_serial = not build.has("I8042") and takes_serial_input(build.config)
        self._running.append(machine)
        return machine

    def boot(self, build: Build, **options: Any) -> Machine:
        """Start, and wait for the prompt on the serial line."""
        machine = self.start(build, **options)
        machine.wait_prompt(timeout=BOOT_TIMEOUT_S)
        return machine

    def close(self) -> None:
        """End all that were started."""
        while self._running:
            self._running.pop().close()
