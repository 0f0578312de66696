# SPDX-License-Identifier: MIT
"""The suite `security`: it holds, and each thing that it promises is missed where it is gone."""

from __future__ import annotations

import contextlib
import re
from typing import Callable, ContextManager, Iterator

from tessera.gdb import GdbRemote
from tessera.qemu import Machine

from building import Build
from debugger import Debugger
from harness import Machines
from pagewalk import ADDRESS, LARGE, NO_EXECUTE, USER, WRITE

FRAGMENT = "CONFIG_BOOT_PVH=y\nCONFIG_KTEST=y\nCONFIG_SHELL_CMD_TEST=y\n"
KERNEL_BASE = 0xFFFFFFFF80000000
CR0_WP, CR4_UMIP, CR4_SMEP, CR4_SMAP = 1 << 16, 1 << 11, 1 << 20, 1 << 21
PAGE = 4096

# What no page may be, code and constants may not, data may not, what tables may not.
ANY, IMAGE, DATA, TABLES, STACKS, EDGES, NULL, CPU, IDT, GDT = range(1, 11)

Change = Callable[[Debugger], ContextManager[None]]


def entry_address(guest: Debugger, virtual: int, last: int = 1) -> int:
    """Where the entry of an address's page stands, or that of a table above it, in the direct
    map."""
    table = guest.gdb.read_register("cr3")
    for level in (4, 3, 2, 1):
        at = int(guest.build.config["PHYS_MAP_BASE"]) + (table & ADDRESS)
        at += (virtual >> 12 + 9 * (level - 1) & 511) * 8
        table = guest.read_u64(at)
        if level == last or level < 4 and table & LARGE:
            return at
    raise AssertionError("not reached")


@contextlib.contextmanager
def memory(guest: Debugger, address: int, data: bytes) -> Iterator[None]:
    """Other bytes in the guest's memory, for a while."""
    before = guest.gdb.read_memory(address, len(data))
    guest.gdb.write_memory(address, data)
    try:
        yield
    finally:
        guest.gdb.write_memory(address, before)


def entry(where: "Callable[[Debugger], int]", flip: int,
          levels: "tuple[int, ...]" = (1,)) -> Change:
    """The entries of some levels, on the way to an address, with some bits turned round."""
    @contextlib.contextmanager
    def change(guest: Debugger) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            for level in levels:
                at = entry_address(guest, where(guest), level)
                value = guest.read_u64(at) ^ flip
                stack.enter_context(memory(guest, at, value.to_bytes(8, "little")))
            yield
    return change


def shown(where: "Callable[[Debugger], int]", what: "Callable[[Debugger], int]",
          level: int = 1) -> Change:
    """What is mapped at one address is mapped at another one, too."""
    def change(guest: Debugger) -> ContextManager[None]:
        value = guest.read_u64(entry_address(guest, what(guest), level))
        return memory(guest, entry_address(guest, where(guest), level),
                      value.to_bytes(8, "little"))
    return change


def register(name: str, clear: int) -> Change:
    """A register of the CPU without some bits."""
    @contextlib.contextmanager
    def change(guest: Debugger) -> Iterator[None]:
        before = guest.gdb.read_register(name)
        assert before & clear == clear, f"{name} is {before:#x}"
        guest.gdb.write_register(name, before & ~clear)
        yield
        guest.gdb.write_register(name, before)
    return change


def byte(symbol: str, offset: int, value: int) -> Change:
    """A byte of a table of descriptors."""
    return lambda guest: memory(guest, guest.address(symbol) + offset, bytes([value]))


def at(symbol: str, offset: int = 0) -> "Callable[[Debugger], int]":
    """A place in the image."""
    return lambda guest: guest.address(symbol) + offset


def alias(symbol: str, offset: int = 0) -> "Callable[[Debugger], int]":
    """The same place as the direct map shows it."""
    return lambda guest: (guest.address(symbol) + offset - KERNEL_BASE
                          + int(guest.build.config["PHYS_MAP_BASE"]))


def heap(offset: int, from_end: bool = False) -> "Callable[[Debugger], int]":
    """A place at the heap's start or end."""
    def address(guest: Debugger) -> int:
        config = guest.build.config
        size = int(config["HEAP_SIZE_KIB"]) * 1024
        return int(config["HEAP_BASE"]) + offset + (size if from_end else 0)
    return address


CHANGES: "dict[str, tuple[Change, set[int]]]" = {
    "code is writable": (entry(at("text_start"), WRITE), {ANY, IMAGE, TABLES}),
    "code is not executable": (entry(at("text_start"), NO_EXECUTE), {DATA}),
    "constants are writable": (entry(at("rodata_start"), WRITE), {IMAGE, TABLES}),
    "constants are executable": (entry(at("rodata_start"), NO_EXECUTE), {DATA}),
    "code is writable in the direct map": (
        entry(alias("text_start"), WRITE), {IMAGE, TABLES}),
    "constants are writable in the direct map": (
        entry(alias("rodata_start"), WRITE), {IMAGE, TABLES}),
    "data is executable": (entry(at("data_start"), NO_EXECUTE), {ANY, DATA, TABLES}),
    "the stack is executable": (
        entry(at("kernel_stacks", PAGE), NO_EXECUTE), {ANY, DATA, TABLES}),
    "the heap is executable": (entry(heap(0), NO_EXECUTE), {ANY, DATA, TABLES}),
    "the direct map is executable": (
        entry(alias("image_end", KERNEL_BASE + (64 << 20)), NO_EXECUTE), {ANY, DATA, TABLES}),
    "a page is of user mode in its last entry": (entry(at("data_start"), USER), {TABLES}),
    "a page is of user mode": (entry(at("data_start"), USER, (1, 2, 3, 4)), {ANY, TABLES}),
    "a guard in the image": (
        shown(at("kernel_stacks"), at("kernel_stacks", PAGE)), {STACKS}),
    "a guard in the direct map": (
        shown(alias("kernel_stacks"), alias("kernel_stacks", PAGE)), {STACKS}),
    "the page before the heap": (shown(heap(-PAGE), heap(0)), {EDGES}),
    "the page behind the heap": (shown(heap(0, True), heap(-PAGE, True)), {EDGES}),
    "the null page": (shown(lambda _guest: 0, alias("text_start"), 4), {ANY, NULL}),
    "no WP": (register("cr0", CR0_WP), {CPU}),
    "no SMEP": (register("cr4", CR4_SMEP), {CPU}),
    "no SMAP": (register("cr4", CR4_SMAP), {CPU}),
    "no UMIP": (register("cr4", CR4_UMIP), {CPU}),
    "a gate for user mode": (byte("idt", 200 * 16 + 5, 0xEE), {IDT}),
    "a gate out of the code": (byte("idt", 200 * 16 + 11, 0x7F), {IDT}),
    "a task state for user mode": (byte("gdt", 3 * 8 + 5, 0xEB), {GDT}),
}


def failed(machine: Machine) -> "set[int]":
    """Which cases of the suite fail."""
    said = machine.run_command("test security")
    assert len(re.findall(r"^ +(?:not )?ok \d+ security_", said, re.MULTILINE)) >= GDT, said
    return set(map(int, re.findall(r"not ok (\d+) security_", said)))


def missed(machine: Machine, gdb: GdbRemote, build: Build, change: Change) -> "set[int]":
    """Which cases fail where something was changed from outside; all is as before then."""
    guest = Debugger(gdb, build)
    gdb.interrupt()
    with change(guest):
        gdb.resume()
        try:
            cases = failed(machine)
        finally:
            gdb.interrupt()
    gdb.resume()
    return cases


def test_each_loss_is_seen(build, machines: Machines) -> None:
    """Pages, guards, registers, descriptors: broken from outside, one at a time, and told."""
    kernel: Build = build("security", FRAGMENT, goal="build")
    machine = machines.boot(kernel, direct=True, gdb=True, extra=["-cpu", "max"])
    with machine.connect_gdb() as gdb:
        gdb.resume()
        assert failed(machine) == set()
        seen = {name: missed(machine, gdb, kernel, change)
                for name, (change, _cases) in CHANGES.items()}
        assert failed(machine) == set()
    assert seen == {name: cases for name, (_change, cases) in CHANGES.items()}
