# SPDX-License-Identifier: MIT
"""What the page tables hold, read from outside the kernel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tessera.qemu import Machine

from building import Build
from debugger import debugger
from harness import Machines
from pagewalk import CACHE_DISABLE, WRITE_THROUGH, Page, find, pages

GIB = 1 << 30
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
    assert [page.virtual for page in low] == list(range(base, end, 4096))
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
    """Physical address P shows at PHYS_MAP_BASE + P: all RAM, that above 4 GiB, too, no more."""
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
    for start, end in ranges:
        at = start
        while at < end - FIRMWARE_BYTES:
            page = find(window, base + at)
            assert page is not None, f"{at:#x} is not mapped"
            at = page.physical + page.size
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


def test_the_framebuffer_is_mapped_for_itself(mapped: list[Page], shell: Machine) -> None:
    """The screen's memory is mapped once, outside the direct map, and not by write-back caching."""
    devices = [page for page in mapped if 0xFFFFC90000000000 <= page.virtual < 0xFFFFC98000000000]
    ranges = re.findall(r"^ *([0-9a-f]{16})-[0-9a-f]{16} .*vga\.vram", shell.hmp("info mtree -f"),
                        re.MULTILINE)
    start = max(int(first, 16) for first in ranges)
    screen = [page for page in devices if start <= page.physical < start + 1280 * 720 * 4]
    assert len({page.physical for page in screen}) == (1280 * 720 * 4 + 4095) // 4096
    assert all(page.writable and not page.executable for page in screen)
    special = CACHE_DISABLE | WRITE_THROUGH
    assert all(page.entry & special for page in screen), "the screen is cached like memory"
    assert len([page for page in mapped if page.physical == start]) == 1
