# SPDX-License-Identifier: MIT
"""The interrupt controllers and what reaches the kernel through them."""

from __future__ import annotations

import re

from tessera.qemu import Machine

from building import Build
from debugger import assemble, debugger, jump
from harness import Machines


def in_service(machine: Machine) -> "dict[int, int]":
    """The in-service register of each controller, 0 the first."""
    found = re.findall(r"pic(\d): .*?isr=([0-9a-f]{2})", machine.hmp("info pic"))
    return {int(number): int(lines, 16) for number, lines in found}


def test_only_lines_with_a_handler_are_unmasked(shell: Machine) -> None:
    """Timer and keyboard, and the cascade to the second controller at most."""
    masks = re.findall(r"pic(\d): .*?imr=([0-9a-f]{2})", shell.hmp("info pic"))
    by_number = {int(number): int(mask, 16) for number, mask in masks}
    assert by_number[1] == 0xFF, "a line of the second controller is unmasked"
    assert by_number[0] | 0b100 == 0b11111100


def test_vectors_of_the_controllers(shell: Machine) -> None:
    """The pair is remapped to 32 to 47, away from the exceptions."""
    bases = re.findall(r"pic(\d): .*?irq_base=([0-9a-f]{2})", shell.hmp("info pic"))
    assert {int(number): int(base, 16) for number, base in bases} == {0: 32, 1: 40}


def test_spurious_interrupts(reference: Build, machines: Machines) -> None:
    """Vectors 39 and 47 without a line behind them: no end of interrupt for the first, one to the
    first controller alone for the second, and the kernel goes on.

    They are raised while the timer's line is in service, so that a wrong end would be seen: it
    would end the timer's.
    """
    machine = machines.start(reference, gdb=True, paused=True)
    with debugger(machine, reference) as guest:
        guest.run_to("shell_run")
        tick = guest.run_to("time_tick")
        assert in_service(machine) == {0: 1, 1: 0}
        guest.gdb.write_memory(guest.scratch, assemble("cd27 cd2f"))  # int $39; int $47
        guest.gdb.write_register("rip", guest.scratch)
        guest.run_to(guest.scratch + 2)
        assert in_service(machine) == {0: 1, 1: 0}
        guest.run_to(guest.scratch + 4)
        assert in_service(machine) == {0: 0, 1: 0}
        guest.gdb.write_memory(guest.scratch, jump(guest.scratch, tick))
        guest.gdb.write_register("rip", guest.scratch)
        guest.gdb.resume()
        machine.wait_prompt()
        assert machine.run_command("echo alive") == "alive\n"
        assert in_service(machine) == {0: 0, 1: 0}
