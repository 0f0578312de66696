# SPDX-License-Identifier: MIT
"""What things cost, in the machine's own time.

With -icount shift=0 the machine's clock, and with it the time stamp counter, goes on by a
nanosecond an instruction and jumps over sleep. Two readings give the instructions between them: the
same figure on a fast host and on a busy one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tessera.qemu import Machine

from building import Build
from configurations import CONFIGURATIONS
from debugger import RDTSC_TO_RAX, Debugger, assemble, debugger, jump
from harness import ICOUNT, Machines, memory_word, poll, wait_idle

PIT_INPUT_HZ = 1193182
PIXELS = 1280 * 720


def command_cost(machines: Machines, build: Build, line: str, function: str) -> int:
    """Instructions from the call of a function, by a command, to its return."""
    machine = machines.boot(build, gdb=True, extra=ICOUNT)
    with debugger(machine, build) as guest:
        guest.gdb.resume()
        machine.type_text(line)
        wait_idle(machine)
        guest.gdb.interrupt()
        command = guest.address(f"{line.split()[0]}_run")
        guest.gdb.set_breakpoint(command)
        guest.gdb.resume()
        machine.type_text("\n")
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(command)
        guest.run_to(function)
        return guest.measure_call()


@pytest.mark.parametrize("name, fragment", [
    pytest.param(name, fragment, marks=pytest.mark.xdist_group(f"build {name}"))
    for name, fragment in (("reference", ""), ("fill-loop", "CONFIG_MEMORY_FILL_LOOP=y\n"))
])
def test_fill(build, machines: Machines, name: str, fragment: str) -> None:
    """A fill of 921,600 pixels takes less than an instruction each: no test, no call a pixel.

    Both ways of MEMORY_FILL_...: with -icount the timing at boot finds string instructions the
    faster ones, because eight bytes of them are one instruction.
    """
    kernel = build(name, fragment)
    cost = command_cost(machines, kernel, "screenfill red", "surface_fill_rect")
    assert PIXELS / 2 <= cost < PIXELS * 0.75


HUGE = {
    "draw rect -2147483648 -2147483648 2147483647 2147483647 red": "surface_fill_rect",
    "draw rect 2147483647 2147483647 2147483647 2147483647 red": "surface_fill_rect",
    "draw line -2147483648 -2147483648 2147483647 2147483647 red": "surface_draw_line",
    "draw line -2147483648 2147483647 2147483647 -2147483648 red": "surface_draw_line",
    "draw line 2147483647 0 2147483646 2147483647 red": "surface_draw_line",
    "draw rect 1270 710 2147483647 2147483647 red": "surface_fill_rect",
    "draw rect -2147483648 700 2147483647 2147483647 red": "surface_fill_rect",
    "draw line 640 -2147483648 640 2147483647 red": "surface_draw_line",
    "draw circle -2147483648 360 2147483647 red": "surface_fill_circle",
    "draw circle 2147483647 2147483647 2147483647 red": "surface_fill_circle",
}


@pytest.mark.parametrize("line", HUGE)
def test_huge_shapes(reference: Build, machines: Machines, line: str) -> None:
    """A shape mostly outside costs what its visible part costs, not what its size would."""
    cost = command_cost(machines, reference, line, HUGE[line])
    assert cost < 2_000_000


# In place of time_tick(): a record of { first, last, count } at %rcx. The first tick to count is
# the one after SKIPPED_TICKS: those that came due while the debugger held the machine are late.
SKIPPED_TICKS = 10
MISSED_TICKS_MAX = 5
TICK_RECORDER = (
    "50 52 51",  # push %rax; push %rdx; push %rcx
    RDTSC_TO_RAX,
    "48b9 {record}",  # movabs $record, %rcx
    "488379100a 7503 488901",  # cmpq $10, 16(%rcx); jne 1f; mov %rax, (%rcx)
    "48894108",  # 1: mov %rax, 8(%rcx)
    "48ff4110",  # incq 16(%rcx)
    "59 5a 58 c3",  # pop %rcx; pop %rdx; pop %rax; ret
)


def time_of_ticks(guest: Debugger, machine: Machine) -> "tuple[float, int]":
    """Seconds of the machine's time, and how many ticks it saw in them: 90 and more."""
    config = guest.build.config
    record = int(config["HEAP_BASE"]) + int(config["HEAP_SIZE_KIB"]) * 1024 - 24  # nobody uses it
    code = "".join(TICK_RECORDER).format(record=record.to_bytes(8, "little").hex())
    guest.gdb.write_memory(record, bytes(24))
    guest.gdb.write_memory(guest.scratch, assemble(code))
    tick = guest.address("time_tick")
    guest.gdb.write_memory(tick, jump(tick, guest.scratch))
    guest.gdb.resume()
    poll(lambda: memory_word(machine, record + 16) > 100, "100 ticks")
    guest.gdb.interrupt()
    first, last, ticks = (guest.read_u64(record + at) for at in (0, 8, 16))
    return (last - first) / 1e9, ticks - 1 - SKIPPED_TICKS


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.xdist_group(f"build {name}"))
    for name in ("reference", "small-heap", "large-heap", "bits-24")
])
def test_timer_rate(build, machines: Machines, name: str) -> None:
    """The timer interrupts at the rate of the 8254's nearest divisor, and of no other one."""
    kernel = build(name, CONFIGURATIONS.get(name, ""))
    divisor = round(PIT_INPUT_HZ / int(kernel.config["TIMER_HZ"]))
    machine = machines.boot(kernel, gdb=True, extra=ICOUNT)
    with debugger(machine, kernel) as guest:
        seconds, seen = time_of_ticks(guest, machine)
    # A host that stalls may have QEMU's timer pass over a tick: then the time is one period longer.
    passed = round(seconds * PIT_INPUT_HZ / divisor)
    assert seen <= passed <= seen + MISSED_TICKS_MAX
    assert seconds * PIT_INPUT_HZ / passed == pytest.approx(divisor, abs=0.4)


def test_a_key_is_taken_at_once(reference: Build, machines: Machines) -> None:
    """The keyboard's interrupt takes its byte in a few hundred instructions, whatever is printed.

    How fast keys may come depends on nothing else: no printing turns interrupts off
    (test_keyboard.py). The floods of test_keyboard.py cannot tell, because they wait for the guest
    where the host is slow.
    """
    machine = machines.boot(reference, gdb=True, extra=ICOUNT)
    with debugger(machine, reference) as guest:
        handler = guest.address("i8042_take")
        guest.gdb.set_breakpoint(handler)
        guest.gdb.resume()
        machine.send_keys([("a", True)])
        guest.gdb.wait_stop()
        guest.gdb.remove_breakpoint(handler)
        assert 0 < guest.measure_call() < 500


def test_each_tick_is_counted(reference: Build, machines: Machines) -> None:
    """The counter goes on by one with each interrupt."""
    machine = machines.boot(reference, gdb=True)
    with debugger(machine, reference) as guest:
        guest.run_to("time_tick")
        before = guest.read_u64(guest.address("ticks"))
        for _tick in range(20):
            guest.run_to("time_tick")
        assert guest.read_u64(guest.address("ticks")) == before + 20


def test_boot_to_prompt(reference: Build, machines: Machines, tmp_path: Path) -> None:
    """From power-on to the prompt QEMU itself works for less than 2 s."""
    pid_file = tmp_path / "pid"
    machines.boot(reference, extra=["-pidfile", str(pid_file)])
    stat = Path(f"/proc/{pid_file.read_text().strip()}/stat")
    if not stat.exists():
        pytest.skip("this system does not tell the CPU time of a process under /proc")
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    assert (int(user) + int(system)) / 100 < 2.0
