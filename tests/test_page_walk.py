# SPDX-License-Identifier: MIT
"""`page` with SHELL_CMD_PAGE_WALK against the tables as they are read from outside, on a CPU that
has all that the kernel turns on; and the CPU's registers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tessera.qemu import Machine

from building import Build
from harness import Machines, log_line
from pagewalk import GLOBAL, Page, entries, pages, register, told

FRAGMENT = """CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_SHELL_CMD_PAGE_WALK=y
CONFIG_KTEST=y
CONFIG_SHELL_CMD_TEST=y
"""
WP, NXE = 1 << 16, 1 << 11  # of CR0, of EFER
PGE, UMIP, SMEP, SMAP = 1 << 7, 1 << 11, 1 << 20, 1 << 21  # of CR4
GIB = 1 << 30


@pytest.fixture(scope="module")
def kernel(build) -> Build:
    """The reference with the walk, and with its suites."""
    return build("page-walk", FRAGMENT, goal="build")


def one_of_each(mapped: list[Page]) -> list[int]:
    """An address in the first and in the last page of each kind."""
    kinds: dict[tuple, list[Page]] = {}
    for page in mapped:
        kinds.setdefault((page.size, page.entry & 0x8000000000000FFF), []).append(page)
    return [page.virtual + page.size // 3
            for found in kinds.values() for page in (found[0], found[-1])]


def ask(machine: Machine, address: int) -> list[str]:
    """What `page` says behind the indices."""
    return machine.run_command(f"page {address:x}").splitlines()[6:]


def test_the_walk_is_the_hardwares(kernel: Build, machines: Machines, tmp_path: Path) -> None:
    """Pages of every size, right and type of cache; what is not mapped, by its level and owner."""
    machine = machines.boot(kernel, direct=True, memory="3G", extra=["-cpu", "max"])
    mapped = pages(machine, tmp_path)
    assert {page.size for page in mapped} == {4096, 2 << 20, GIB}
    assert all(page.entry & GLOBAL for page in mapped)
    addresses = one_of_each(mapped)
    assert len(addresses) >= 14
    for address in addresses:
        assert ask(machine, address) == told(entries(machine, tmp_path, address), address)
    stacks, heap = kernel.symbols["kernel_stacks"], int(kernel.config["HEAP_BASE"])
    screen = max(page.virtual + page.size for page in mapped if page.virtual >> 39 == 0x1FFFF92)
    for address, level, owner in (
        (0x18, "PML4", "null pointer, at offset 0x18"),
        (heap + (1 << 31), "PDPT", ""),
        (heap + (8 << 20), "PD", f"{(8 << 20) - (256 << 10) + 1} bytes past the end of the heap"),
        (heap - 3, "PT", "3 bytes before the heap"),
        (stacks + 4088, "PT", "in the guard page of main, 8 bytes below"),
        (screen, "PT", "1 byte past the end of the framebuffer"),
    ):
        said = ask(machine, address)
        wanted = told(entries(machine, tmp_path, address), address)
        assert wanted[-1] == f"Not mapped: the {level} entry is not present"
        assert said == [*wanted, *([f"Where it is: {owner}"] if owner else [])]
    assert " fail:0 " in machine.run_command("test vm")


@pytest.mark.parametrize("cpu, words, bits", [
    ("qemu64", "WP, NX, PGE", PGE),
    ("max", "WP, NX, PGE, SMEP, SMAP, UMIP", PGE | SMEP | SMAP | UMIP),
    ("max,-pge,-smap", "WP, NX, SMEP, UMIP", SMEP | UMIP),
    ("max,level=6", "WP, NX, PGE", PGE),
])
def test_what_the_cpu_has_is_on(
    kernel: Build, machines: Machines, cpu: str, words: str, bits: int
) -> None:
    """What CPUID has is turned on and told, and no more; without global pages all works, too."""
    machine = machines.boot(kernel, direct=True, extra=["-cpu", cpu])
    assert log_line(machine, "protection") == words
    assert register(machine, "CR4") & (PGE | UMIP | SMEP | SMAP) == bits
    assert register(machine, "CR0") & WP and register(machine, "EFER") & NXE
    assert " fail:0 " in machine.run_command("test arch")
