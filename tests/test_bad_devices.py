# SPDX-License-Identifier: MIT
"""Devices that misbehave: each is told, every wait ends, and the rest of the system goes on.

Faults come from outside: lines held up, registers written, chips in whose place another one stands,
port numbers in the kernel's code that lead to nothing.
"""

from __future__ import annotations

import re

import pytest
from tessera.promises import read_port
from tessera.qemu import Machine

import promises
from building import Build
from debugger import Debugger, assemble, debugger, jump
from harness import Machines, poll, wait_on_screen

FRAGMENT = """CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_KTEST=y
CONFIG_SHELL_CMD_TEST=y
CONFIG_IRQ_STORM=y
CONFIG_IRQ_STORM_LIMIT=100
CONFIG_TIMER_HZ=1000
CONFIG_SHELL_CMD_IRQ=y
CONFIG_SHELL_CMD_UPTIME=y
CONFIG_SHELL_CMD_SLEEP=y
CONFIG_RTC=y
CONFIG_SHELL_CMD_DATE=y
CONFIG_DEVICE_WATCH=y
"""

FREE_LINE = 5  # the suite `irq` leaves a handler on it
ELCR, INTERRUPT_ENABLE, ROOM_INTERRUPT = 0x4D0, 0x2E9, 0x02
UART_ON_5 = ["-chardev", "null,id=nobody",
             "-device", "isa-serial,iobase=0x2e8,irq=5,index=2,chardev=nobody"]
LINE_STATUS, STUCK_STATUS, NO_STATUS = 0x3FD, 0x5FD, 0x6FD
CHIP_THAT_IS_STUCK = ["-chardev", "null,id=stuck",
                      "-device", f"isa-debugcon,iobase={STUCK_STATUS},readback=0,chardev=stuck"]
PIC_MASK = 0x21
CMOS_INDEX, CMOS_DATA, CMOS_YEAR, OTHER_CMOS_DATA = 0x70, 0x71, 9, 0x73
IN_IMMEDIATE = 0xE4  # in $port, %al
ALIVE = "alive\n"


@pytest.fixture
def kernel(build) -> Build:
    """The reference, which keeps an eye on its devices."""
    return build("bad-devices", FRAGMENT, goal="build")


def write_port(machine: Machine, port: int, value: int) -> None:
    """As the CPU would."""
    machine.hmp(f"o /1xb {port:#x} {value:#x}")


def row_of(machine: Machine, line: int) -> "list[str]":
    """What `irq` says of a line: interrupts, spurious ones, storms, by whom served."""
    rows = re.findall(r"^ +(\d+) +(\d+) +(\d+) +(\d+)  (.*)$", machine.run_command("irq"),
                      re.MULTILINE)
    (found,) = [row[1:] for row in rows if int(row[0]) == line]
    return list(found)


def is_masked(machine: Machine, line: int) -> bool:
    """In the first interrupt controller."""
    masks = dict(re.findall(r"pic(\d): .*?imr=([0-9a-f]{2})", machine.hmp("info pic")))
    return bool(int(masks["0"], 16) >> line & 1)


def expect_alive(machine: Machine) -> None:
    """Keys are taken and answered."""
    assert machine.run_command("echo alive") == ALIVE


# ---- Lines -------------------------------------------------------------------


def test_a_line_that_is_held(kernel: Build, machines: Machines) -> None:
    """A line that nobody lets go of fires as soon as it was served: masked, told, and let through
    again when somebody says so."""
    machine = machines.boot(kernel, direct=True, extra=UART_ON_5)
    machine.run_command("test irq")
    write_port(machine, ELCR, 1 << FREE_LINE)  # by level, as PCI has it
    write_port(machine, INTERRUPT_ENABLE, ROOM_INTERRUPT)
    machine.wait_text("warning: irq: line 5 (no driver) fires without end, so it is masked; its "
                      "device is asked by the timer\n")
    machine.wait_text("warning: irq: `irq 5` lets it through again\n")
    expect_alive(machine)
    count, spurious, storms, name = row_of(machine, FREE_LINE)
    # A whole number of stretches: how many depends on what the host does meanwhile.
    assert int(count) % 100 == 0 < int(count) and (spurious, storms) == ("0", "1")
    assert name.endswith(", masked by a storm") and is_masked(machine, FREE_LINE)
    start = len(machine.serial_text)
    machine.type_text("irq 5\n")
    told = re.compile(r"Line 5 comes through again\.\n.*line 5 .* is masked.*"
                      r"`irq 5` lets it through again\n", re.DOTALL)
    machine.wait_text(told, start=start)
    assert row_of(machine, FREE_LINE)[2] == "2"
    write_port(machine, INTERRUPT_ENABLE, 0)
    assert machine.run_command("irq 5") == "Line 5 comes through again.\n"
    assert machine.run_command("irq 5") == "Line 5 is not masked by a storm.\n"
    assert not is_masked(machine, FREE_LINE)
    for words in ("irq 16", "irq -1", "irq x", "irq 1 2"):
        assert machine.run_command(words) == "Usage: irq [line]\n"
    assert row_of(machine, 0)[3] == "pit8254" and row_of(machine, 1)[3] == "i8042"


def slow_down(guest: Debugger, line: int, turns: int) -> None:
    """The handler of a line takes some milliseconds more from now on."""
    entry = guest.address("irq_handlers") + 8 * line
    # mov $turns, %ecx; 1: dec %ecx; jnz 1b
    delay = assemble("b9", turns.to_bytes(4, "little").hex(), "ffc9 75fc")
    handler = guest.read_u64(entry)
    guest.gdb.write_memory(guest.scratch, delay + jump(guest.scratch + len(delay), handler))
    guest.gdb.write_memory(entry, guest.scratch.to_bytes(8, "little"))


def test_time_stands_still(kernel: Build, machines: Machines) -> None:
    """A timer whose interrupts take all the time is masked, and the keyboard goes on."""
    machine = machines.boot(kernel, direct=True, gdb=True)
    with debugger(machine, kernel) as guest:
        slow_down(guest, 0, 4_000_000)
        guest.gdb.resume()
        machine.wait_text("warning: irq: line 0 (pit8254) fires without end, so it is masked; time "
                          "stands still\n")
        machine.wait_text("`irq 0` lets it through again\n")
        expect_alive(machine)
        assert is_masked(machine, 0)
        assert machine.run_command("uptime") == machine.run_command("uptime")
        assert machine.run_command("sleep 1") == (
            "Time stands still: the timer's interrupt is masked.\n")


def test_a_masked_line_is_asked_by_the_timer(kernel: Build, machines: Machines) -> None:
    """What its handler takes goes on coming: here the keyboard's, whose own line is shut off."""
    machine = machines.boot(kernel, direct=True, gdb=True, extra=UART_ON_5)
    machine.run_command("test irq")
    with machine.connect_gdb() as gdb:
        guest = Debugger(gdb, kernel)
        keyboard = gdb.read_memory(guest.address("irq_handlers") + 8, 8)
        gdb.write_memory(guest.address("irq_handlers") + 8 * FREE_LINE, keyboard)
        gdb.detach()
    write_port(machine, ELCR, 1 << FREE_LINE)
    write_port(machine, INTERRUPT_ENABLE, ROOM_INTERRUPT)
    machine.wait_text("`irq 5` lets it through again\n")
    write_port(machine, PIC_MASK, read_port(machine, PIC_MASK) | 1 << 1)
    expect_alive(machine)


def test_spurious_interrupts_are_told(kernel: Build, machines: Machines) -> None:
    """The first of a line, once; all are counted, and none is taken for an interrupt."""
    machine = machines.boot(kernel, direct=True, gdb=True)
    with debugger(machine, kernel) as guest:
        guest.gdb.set_breakpoint(guest.address("date_run"))
        guest.gdb.resume()
        machine.type_text("date\n")
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(guest.address("date_run"))
        code = assemble("cd27 cd27 cd2f")  # int $39, twice; int $47
        guest.gdb.write_memory(guest.scratch, code + jump(guest.scratch + len(code),
                                                          guest.address("date_run")))
        guest.gdb.write_register("rip", guest.scratch)
        guest.gdb.resume()
        machine.wait_text("warning: irq: a spurious interrupt of line 15; more are counted in "
                          "silence\n")
        expect_alive(machine)
        assert row_of(machine, 7) == ["0", "2", "0", "none"]
        assert row_of(machine, 15) == ["0", "1", "0", "none"]
        assert machine.serial_text.count("a spurious interrupt of line 7;") == 1


# ---- Keyboard controllers that are none --------------------------------------


@pytest.mark.parametrize("status, data, error", [
    (0x02, 0x00, 110), (0x00, 0x00, 110), (0x01, 0x1E, 5), (0x01, 0xFF, 5), (0x03, 0xFA, 110),
], ids=["takes nothing", "answers nothing", "sends without end", "sends ff without end",
        "sends and takes nothing"])
def test_a_controller_that_is_none(
    kernel: Build, machines: Machines, status: int, data: int, error: int
) -> None:
    """Whatever status and data read as, for ever: the boot goes on, and says why there is no
    keyboard."""
    devices = []
    for port, value in ((0x60, data), (0x64, status)):
        devices += ["-chardev", f"null,id=none{port}", "-device",
                    f"isa-debugcon,iobase={port:#x},readback={value},chardev=none{port}"]
    machine = machines.start(kernel, direct=True, extra=["-machine", "pc,i8042=off", *devices])
    machine.wait_text(f"warning: i8042: the controller does not work (error -{error})\n", 60)
    machine.wait_prompt()
    poll(lambda: promises.is_in_kernel(machine), "the kernel sleeps at its prompt")


# ---- Serial chips ------------------------------------------------------------


def move_status(guest: Debugger, before: int, after: int) -> None:
    """The kernel looks for the chip's line status at another port: in `mov $port, %edx`."""
    start, size = guest.address("uart_wait_room"), 128
    code = guest.gdb.read_memory(start, size)
    wanted = b"\xba" + before.to_bytes(4, "little")
    assert code.count(wanted) == 1
    guest.gdb.write_memory(start + code.index(wanted), b"\xba" + after.to_bytes(4, "little"))


@pytest.mark.parametrize("port, words", [
    (NO_STATUS, "the chip is gone"),
    (STUCK_STATUS, "the chip takes no byte; nobody waits for it any more"),
])
def test_a_serial_chip_that_fails_midway(
    kernel: Build, machines: Machines, port: int, words: str
) -> None:
    """The screen tells, and that it works again; the shell goes on all the while."""
    machine = machines.boot(kernel, direct=True, gdb=True, extra=CHIP_THAT_IS_STUCK)
    with debugger(machine, kernel) as guest:
        move_status(guest, LINE_STATUS, port)
        guest.gdb.resume()
        machine.type_text("echo on the screen\n")
        wait_on_screen(machine, kernel, f"warning: uart16550: {words}")
        wait_on_screen(machine, kernel, "on the screen")
        machine.type_text("echo still here\n")
        wait_on_screen(machine, kernel, "still here")
        guest.gdb.interrupt()
        move_status(guest, port, LINE_STATUS)
        guest.gdb.resume()
        machine.type_text("echo again\n")
        wait_on_screen(machine, kernel, "warning: uart16550: the chip takes bytes again")
        machine.wait_text("warning: uart16550: the chip takes bytes again\n")
    expect_alive(machine)


# ---- Clocks ------------------------------------------------------------------


def test_a_timer_that_does_not_tick(kernel: Build, machines: Machines) -> None:
    """Told once; time stands still, and all else goes on."""
    machine = machines.boot(kernel, direct=True, extra=["-machine", "pc,pit=off"])
    machine.wait_text("warning: timer: it does not tick, so time stands still\n")
    expect_alive(machine)
    assert machine.run_command("uptime") == "Up for 0 days, 00:00:00.000000\n"
    machine.run_command("date")
    assert machine.serial_text.count("it does not tick") == 1


def test_a_timer_that_ticks(kernel: Build, machines: Machines) -> None:
    """Nothing is told of devices that work."""
    machine = machines.boot(kernel, direct=True)
    expect_alive(machine)
    assert "warning:" not in machine.serial_text


def test_a_clock_that_jumps(kernel: Build, machines: Machines) -> None:
    """`date` says what the clock says, and that it jumped; the uptime does not follow."""
    machine = machines.boot(kernel, direct=True,
                            extra=["-rtc", "base=2024-06-15T12:00:00,clock=vm"])
    assert re.search(r"^mc146818: it is 2024-06-15 12:00:\d\d$", machine.serial_text,
                     re.MULTILINE)
    write_port(machine, CMOS_INDEX, CMOS_YEAR)
    write_port(machine, CMOS_DATA, 0x25)
    said = machine.run_command("date")
    found = re.match(r"warning: mc146818: the clock jumped by (\d+) s; the uptime goes on as "
                     r"before\n2025-06-15 12:0\d:\d\d\n", said)
    assert found and abs(int(found.group(1)) - 365 * 86400) <= 1
    assert machine.run_command("date").startswith("2025-06-15 12:0")
    assert machine.run_command("uptime").startswith("Up for 0 days, 00:0")
    assert machine.serial_text.count("jumped") == 1


@pytest.mark.parametrize("readback, words", [
    (0x80, "The clock does not get ready.\n"), (0x7F, "The clock says what is no date.\n"),
])
def test_a_clock_that_is_none(
    kernel: Build, machines: Machines, readback: int, words: str
) -> None:
    """One that is for ever about to change, and one that has no date, behind another port: the
    firmware would not start without its own."""
    machine = machines.boot(kernel, direct=True, gdb=True, extra=[
        "-chardev", "null,id=cmos", "-device",
        f"isa-debugcon,iobase={OTHER_CMOS_DATA:#x},readback={readback},chardev=cmos"])
    with debugger(machine, kernel) as guest:
        start = guest.address("text_start")
        text = guest.gdb.read_memory(start, guest.address("text_end") - start)
        reads = bytes([IN_IMMEDIATE, CMOS_DATA])
        assert text.count(reads) >= 9
        for found in re.finditer(re.escape(reads), text):
            guest.gdb.write_memory(start + found.start() + 1, bytes([OTHER_CMOS_DATA]))
        guest.gdb.resume()
        assert machine.run_command("date") == words
        expect_alive(machine)
