# SPDX-License-Identifier: MIT
"""What the page tables hold, read from outside the kernel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tessera.qemu import Machine

from building import Build
from debugger import SPIN, assemble, debugger, jump
from harness import Machines
from pagewalk import CACHE_DISABLE, WRITE_THROUGH, Page, find, pages

GIB = 1 << 30
SCREEN_BYTES = 1280 * 720 * 4
PAT_BIT = {4096: 1 << 7, 2 << 20: 1 << 12}  # by the size of the page
WRITE_COMBINING = 1  # a memory type
FIRMWARE_BYTES = 2 << 20  # at the end of each stretch of RAM the firmware may keep some


@pytest.fixture
def mapped(shell: Machine, tmp_path: Path) -> list[Page]:
    """The pages of the reference kernel at its prompt."""
    return pages(shell, tmp_path)


def test_no_page_is_writable_and_executable(mapped: list[Page]) -> None:
    """W^X, over every page there is; and nothing belongs to user mode."""
    assert len(mapped) > 50
    assert not [page for page in mapped if page.writable and page.executable]
    assert not [page for page in mapped if page.user]


def test_rights_of_the_image(mapped: list[Page], reference: Build) -> None:
    """Code can be executed and not written, constants neither, data written and not executed."""
    rights = {
        "text": (False, True), "rodata": (False, False), "data": (True, False),
    }
    for part, expected in rights.items():
        start, end = (reference.symbols[f"{part}_{edge}"] for edge in ("start", "end"))
        assert start < end
        guards = guard_pages(reference)
        for address in range(start, end, 4096):
            page = find(mapped, address)
            if address in guards:
                continue
            assert page is not None, f"{part}: {address:#x} is not mapped"
            assert (page.writable, page.executable) == expected, f"{part}: {page}"


def guard_pages(build: Build) -> list[int]:
    """The lowest page of each stack's area in struct kernel_stacks."""
    base = build.symbols["kernel_stacks"]
    main_bytes = int(build.config["KERNEL_STACK_KIB"]) * 1024
    return [base, base + 4096 + main_bytes]


def test_what_is_not_mapped(mapped: list[Page], reference: Build) -> None:
    """The null page, everything else of the lower half but the heap, and the stacks' guards."""
    base = int(reference.config["HEAP_BASE"])
    end = base + int(reference.config["HEAP_SIZE_KIB"]) * 1024
    low = [page for page in mapped if page.virtual < 1 << 47]
    assert low[0].virtual == base and sum(page.size for page in low) == end - base
    assert low[-1].virtual + low[-1].size == end
    for guard in guard_pages(reference):
        assert find(mapped, guard) is None, f"a guard page is mapped: {guard:#x}"
        assert find(mapped, guard + 4096) is not None
    assert find(mapped, end) is None


def test_the_heap_is_data(mapped: list[Page], reference: Build) -> None:
    """The heap: writable, not executable, frames of its own."""
    base = int(reference.config["HEAP_BASE"])
    heap = [page for page in mapped if base <= page.virtual < base + 256 * 1024]
    assert len(heap) == 64
    assert all(page.writable and not page.executable for page in heap)
    assert len({page.physical for page in heap}) == 64
    assert all(page.physical >= 1 << 20 for page in heap), "a frame of the first MiB"


def test_the_stacks_have_their_size(mapped: list[Page], reference: Build) -> None:
    """Between its guard and its end, the double-fault stack has the bytes that were asked for."""
    guard = guard_pages(reference)[1]
    size = int(reference.config["DF_STACK_KIB"]) * 1024
    for address in range(guard + 4096, guard + 4096 + size, 4096):
        page = find(mapped, address)
        assert page is not None and page.writable and not page.executable


@pytest.mark.parametrize("kind, memory, ranges", [
    ("pc", "128M", [(1 << 20, 128 << 20)]),
    ("pc", "16M", [(1 << 20, 16 << 20)]),
    ("pc", "4G", [(1 << 20, 3 * GIB), (4 * GIB, 5 * GIB)]),
    ("q35", "4G", [(1 << 20, 2 * GIB), (4 * GIB, 6 * GIB)]),
])
def test_all_memory_is_mapped_at_its_offset(
    reference: Build, machines: Machines, tmp_path: Path, kind: str, memory: str, ranges: list
) -> None:
    """Physical address P shows at PHYS_MAP_BASE + P: all RAM, that above 4 GiB, too, no more; but
    not the pages that are to catch a stack's overflow."""
    machine = machines.boot(reference, machine=kind, memory=memory)
    base = int(reference.config["PHYS_MAP_BASE"])
    window = [page for page in pages(machine, tmp_path) if base <= page.virtual < base + (1 << 40)]
    assert all(page.virtual - base == page.physical for page in window)
    assert not [page for page in window if page.executable]
    # What the image may not write cannot be written by the back door either; the rest can.
    code, constants = (reference.symbols[name] for name in ("text_start", "rodata_end"))
    for page in window:
        in_image = code <= page.physical + 0xFFFFFFFF80000000 < constants
        assert page.writable != in_image, page
    guards = {page - 0xFFFFFFFF80000000 for page in guard_pages(reference)}
    for start, end in ranges:
        at = start
        while at < end - FIRMWARE_BYTES:
            page = find(window, base + at)
            assert (page is None) == (at in guards), f"{at:#x}: {page}"
            at = at + 4096 if page is None else page.physical + page.size
    beyond = max(end for _start, end in ranges)
    assert not [page for page in window if page.physical >= beyond]


def test_memory_reads_the_same_both_ways(reference: Build, machines: Machines) -> None:
    """What the kernel's image holds is found through the direct map as well."""
    machine = machines.boot(reference, gdb=True)
    with debugger(machine, reference) as guest:
        text = reference.symbols["text_start"]
        physical = text - 0xFFFFFFFF80000000
        through_map = guest.gdb.read_memory(int(reference.config["PHYS_MAP_BASE"]) + physical, 4096)
        assert through_map == guest.gdb.read_memory(text, 4096)


def screen_pages(machine: Machine, mapped: list[Page]) -> list[Page]:
    """The pages that show the screen's memory, in the window for devices."""
    ranges = re.findall(r"^ *([0-9a-f]{16})-[0-9a-f]{16} .*vga\.vram", machine.hmp("info mtree -f"),
                        re.MULTILINE)
    start = max(int(first, 16) for first in ranges)
    return [page for page in mapped if 0xFFFFC90000000000 <= page.virtual < 0xFFFFC98000000000
            and start <= page.physical < start + SCREEN_BYTES]


def cache_bits(screen: list[Page]) -> set[int]:
    """Which entries of the PAT the pages select: PAT, PCD and PWT (Intel SDM vol. 3, 12.12)."""
    assert sum(page.size for page in screen) == (SCREEN_BYTES + 4095) // 4096 * 4096
    assert {page.size for page in screen} == {4096, 2 << 20}
    assert all(page.writable and not page.executable for page in screen)
    return {page.entry & (PAT_BIT[page.size] | CACHE_DISABLE | WRITE_THROUGH) for page in screen}


def test_the_framebuffer_is_mapped_for_itself(mapped: list[Page], shell: Machine) -> None:
    """The screen's memory is mapped once, outside the direct map, by the PAT's entry 1."""
    screen = screen_pages(shell, mapped)
    assert cache_bits(screen) == {WRITE_THROUGH}
    start = min(page.physical for page in screen)
    assert len([page for page in mapped if page.physical == start]) == 1


def write_msrs(values: dict[int, int]) -> bytes:
    """Machine code that sets model-specific registers."""
    code = b""
    for number, value in values.items():
        low, high = value & 0xFFFFFFFF, value >> 32
        for load, operand in ((b"\xb9", number), (b"\xb8", low), (b"\xba", high)):
            code += load + operand.to_bytes(4, "little")  # mov to %ecx, %eax, %edx
        code += b"\x0f\x30"  # wrmsr
    return code


# What firmware may say of the display's memory: registers, and how the kernel maps it.
MTRR_DEFAULT, MTRR_ON, UNCACHED, THROUGH, BACK = 0x2FF, 0x800, 0, 4, 6
ALL_OF_IT = 0xF_0000_0000 | 0x800  # a mask: the 4 GiB from the base on
UPPER_PART = 0xF_FD20_0000 | 0x800  # within the display's 16 MiB every second 2 MiB
FIRMWARES = {
    "off": ({MTRR_DEFAULT: BACK}, WRITE_THROUGH),
    "all is write-back": ({MTRR_DEFAULT: MTRR_ON | BACK, 0x201: 0}, 0),
    "all is write-through": ({MTRR_DEFAULT: MTRR_ON | THROUGH, 0x201: 0}, WRITE_THROUGH),
    "a range is write-back": (
        {MTRR_DEFAULT: MTRR_ON | UNCACHED, 0x200: BACK, 0x201: ALL_OF_IT}, 0),
    "uncached over write-back": (
        {MTRR_DEFAULT: MTRR_ON | BACK, 0x200: BACK, 0x201: ALL_OF_IT,
         0x202: UNCACHED, 0x203: ALL_OF_IT}, WRITE_THROUGH),
    "uncached in parts": (
        {MTRR_DEFAULT: MTRR_ON | BACK, 0x200: 0xFD200000 | UNCACHED, 0x201: UPPER_PART},
        WRITE_THROUGH),
}


@pytest.mark.parametrize("name", FIRMWARES)
def test_the_framebuffer_by_the_firmwares_word(
    reference: Build, machines: Machines, tmp_path: Path, name: str
) -> None:
    """Write-combining, but for a range that the MTRRs call write-back: that is left so."""
    registers, wanted = FIRMWARES[name]
    machine = machines.start(reference, gdb=True, paused=True)
    with debugger(machine, reference) as guest:
        start = guest.run_to("framebuffer_start")
        code = write_msrs(registers)
        guest.run_code(code + jump(guest.scratch + len(code), start))
        machine.wait_prompt()
    assert cache_bits(screen_pages(machine, pages(machine, tmp_path))) == {wanted}
    said = "framebuffer: write-back by the machine's word\n" in machine.serial_text
    assert said == (wanted == 0)


def test_entry_1_of_the_pat_is_write_combining(reference: Build, machines: Machines) -> None:
    """The entry that those pages select; and entry 0, which all others do, is write-back."""
    machine = machines.boot(reference, gdb=True)
    with debugger(machine, reference) as guest:
        code = assemble("b977020000 0f32")  # mov $0x277, %ecx; rdmsr
        guest.run_code(code + SPIN)
        guest.gdb.interrupt()
        guest.run_to(guest.scratch + len(code))
        assert guest.gdb.read_register("rax") & 0xFFFF == WRITE_COMBINING << 8 | BACK
