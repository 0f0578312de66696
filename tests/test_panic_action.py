# SPDX-License-Identifier: MIT
"""What happens after a panic (PANIC_..., panic=): each way, on the machines of QEMU.

One kernel, started directly, that faults where its shell begins. Of a reset or a power-off QEMU
tells, by QMP; the kernel's word must come before it, and whole.
"""

from __future__ import annotations

import time
from typing import Any, Callable

import pytest
from tessera.qemu import Machine
from tessera.qemu_arguments import MICROVM

from building import Build, make
from configurations import REPORTS
from debugger import Debugger, debugger
from harness import Machines, wait_dead

EXIT_STATUS = 37
UD2 = b"\x0f\x0b"
MACHINES = {"pc": {}, "q35": {"machine": "q35"}, "microvm": {"machine": MICROVM}}

# Shares its build with test_reports.py.
pytestmark = pytest.mark.xdist_group("build reports")


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel that knows every end."""
    return build("reports", REPORTS, goal="build")


def start(machines: Machines, kernel: Build, line: str, **options: Any) -> Machine:
    """Before its first instruction, with a command line."""
    return machines.start(kernel, append=line, gdb=True, paused=True, **options)


def panic(machine: Machine, kernel: Build, command: bool = False) -> None:
    """Where the shell begins, also without a keyboard: an invalid instruction, or what the command
    `panic` does."""
    with debugger(machine, kernel) as guest:
        guest.run_to("shell_run")
        if not command:
            guest.run_code(UD2)
            return
        guest.gdb.write_register("rip", guest.address("panic_run"))
        guest.gdb.resume()


def ended(machine: Machine) -> tuple[int, list[str]]:
    """QEMU's status, and why it ended."""
    status = machine.exit_status(30)
    return status, [event["data"]["reason"] for event in machine.events
                    if event["event"] == "SHUTDOWN"]


@pytest.mark.parametrize("name", MACHINES)
def test_reboot(kernel: Build, machines: Machines, name: str) -> None:
    """The machine starts anew, by whatever means it has: each lacks some."""
    machine = start(machines, kernel, "panic=reboot:0", **MACHINES[name])
    panic(machine, kernel)
    assert ended(machine) == (0, ["guest-reset"])
    assert "\nEXCEPTION: invalid opcode" in machine.serial_text
    assert machine.serial_text.endswith("\nRebooting in 0 s.\n")


def test_reboot_after_a_while(kernel: Build, machines: Machines) -> None:
    """The seconds are counted, each on its own, and pass."""
    machine = start(machines, kernel, "panic=reboot:2")
    began = time.monotonic()
    panic(machine, kernel)
    assert ended(machine) == (0, ["guest-reset"])
    assert time.monotonic() - began >= 2
    assert machine.serial_text.endswith("\nRebooting in 2 s. 2 1\n")


@pytest.mark.parametrize("name", ["pc", "q35"])
def test_power_off(kernel: Build, machines: Machines, name: str) -> None:
    """The configuration's choice, where no parameter says anything else."""
    machine = start(machines, kernel, "", **MACHINES[name])
    panic(machine, kernel)
    assert ended(machine) == (0, ["guest-shutdown"])
    assert machine.serial_text.endswith("\nSwitching the machine off.\n")


def test_power_that_stays_on(kernel: Build, machines: Machines) -> None:
    """A machine without such a port is halted, and that is said."""
    machine = start(machines, kernel, "", **MACHINES["microvm"])
    panic(machine, kernel)
    machine.wait_text("\nSwitching the machine off.\nIt stays on.\nCPU halted.\n")
    wait_dead(machine)


def test_exit(kernel: Build, machines: Machines) -> None:
    """QEMU ends with a status that means a panic, after panic() as after an exception."""
    machine = start(machines, kernel, "panic=exit", debug_exit=True)
    panic(machine, kernel, command=True)
    assert ended(machine)[0] == EXIT_STATUS
    assert "\nKERNEL PANIC: user request\n" in machine.serial_text
    assert machine.serial_text.endswith(f"\nLeaving QEMU with status {EXIT_STATUS}.\n")


def test_halt(kernel: Build, machines: Machines) -> None:
    """The last word of the command line counts; the machine without the device halts as well."""
    for line in ("panic=exit panic=halt", "panic=exit"):
        with start(machines, kernel, line) as machine:
            panic(machine, kernel)
            machine.wait_text("\nCPU halted.\n" if "halt" in line else "\nLeaving QEMU")
            wait_dead(machine)
            assert machine.running and not machine.guest_reset


def panic_broken(guest: Debugger, broken: str) -> None:
    """An invalid instruction where the shell begins, and at the beginning of a function."""
    guest.run_to("shell_run")
    guest.gdb.write_memory(guest.address(broken), UD2)
    guest.run_code(UD2)


def test_reboot_without_a_word(kernel: Build, machines: Machines) -> None:
    """Each word of a report faults: the machine reboots all the same."""
    machine = start(machines, kernel, "panic=reboot:0")
    with debugger(machine, kernel) as guest:
        panic_broken(guest, "console_vprintf")
        assert ended(machine) == (0, ["guest-reset"])


def test_reboot_that_faults(kernel: Build, machines: Machines) -> None:
    """Where what is to happen faults, the CPU halts in the end, and does not go in circles."""
    machine = start(machines, kernel, "panic=reboot:0")
    with debugger(machine, kernel) as guest:
        panic_broken(guest, "machine_reboot")
        wait_dead(machine)
    said = machine.serial_text
    assert machine.running and not machine.guest_reset
    assert said.count("\nEXCEPTION: invalid opcode") == said.count("\nRIP: ") == 1
    assert said.count("in the report") == said.count("Rebooting in 0 s.") - 1 == 15


def test_bad_values_are_told(kernel: Build, machines: Machines) -> None:
    """A name that nobody has, a number that is none; the choice stays what it was."""
    line = "panic=reboot:3601 panic panic=bogus panic=halt:x"
    machine = start(machines, kernel, f"{line} panic=debugger")
    panic(machine, kernel, command=True)
    assert ended(machine) == (0, ["guest-shutdown"])
    said = machine.serial_text
    takes = "panic=halt, reboot, reboot:SECONDS, poweroff, exit"
    for word in line.split():
        assert f"\nwarning: boot: {word} is not understood; it is {takes}\n" in said
    assert "\nwarning: panic: this kernel is built without 'debugger'\n" in said
    assert said.count("\nwarning: ") == len(line.split()) + 1


@pytest.mark.parametrize("word, sentence", [
    ("exit", "the kernel has panicked, and ended QEMU as it was told to."),
    ("reboot:0", "the kernel has panicked, and would reboot now; make run does not, but with "
     'QEMU_ARGS="-action reboot=reset".'),
    ("poweroff", "the kernel has panicked, and switched the machine off."),
])
def test_make_run_says_so(kernel: Build, word: str, sentence: str) -> None:
    """The runner knows these ends from a triple fault, and fails."""
    said = make("-s", f"O={kernel.path}", "WERROR=1", "run", "BOOT=direct",
                f"APPEND=panic={word}", input_text="panic\n", check=False, timeout=120)
    assert said.returncode != 0
    assert sentence in said.stdout
