# SPDX-License-Identifier: MIT
"""Physical memory: whose frames the kernel hands out, and whose never; the most that there can be.

The heap of one configuration takes nearly all memory, so that every frame that can be handed out is
handed out; the page tables tell which ones these are.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from building import Build, image_with
from configurations import PVH
from debugger import RDTSC_TO_RAX, SPIN, assemble, debugger, jump
from harness import ICOUNT, Machines, log_line
from loader import LoaderInformation, Range, StartInformation
from pagewalk import pages, table_frames

MEMORY = "64M"
HEAP_KIB = 63_600  # the free memory of such a machine, less half a MiB for all else
FRAGMENT = f"CONFIG_HEAP_SIZE_KIB={HEAP_KIB}\nCONFIG_BOOT_PVH=y\n"
KERNEL_BASE = 0xFFFFFFFF80000000
MIB, GIB = 1 << 20, 1 << 30
GROWTH_MAX = 200_000  # instructions a GiB, of which a CPU does 1,000,000 in less than 1 ms


@pytest.fixture
def greedy(build) -> Build:
    """The kernel whose heap takes nearly everything."""
    return build("greedy", FRAGMENT)


def image_with_module(kernel: Build, where: Path) -> Path:
    """An image whose loader is told to load a module: the kernel's file once more."""
    return image_with(kernel, where, "multiboot2 /boot/tessera.elf\n"
                                     "module2 /boot/tessera.elf module\n")


def frames_of_tables(frames: int) -> int:
    """Frames that the allocator takes for itself where it has numbers below this: for each size of
    a block, a power of two, a bit a block and a tree of bits above, each level with a bit more."""
    words = 0
    while frames:
        bits, frames = frames, frames // 2
        words += bits // 64 + 1
        while bits >= 64:
            bits = bits // 64 + 1
            words += bits // 64 + 1
    return (words * 8 + 4095) // 4096


def large(memory: str, kind: str = "pc", cpu: str = "max") -> dict:
    """Options of a machine whose memory is more than the host has: what nobody uses takes none."""
    backend = f"memory-backend-ram,id=ram,size={memory},reserve=off"
    return {"memory": memory, "machine": f"{kind},memory-backend=ram", "direct": True,
            "extra": ["-object", backend, "-cpu", cpu]}


def kernel_image(kernel: Build) -> Range:
    """The physical memory of the kernel's own image, boot part included."""
    return Range(kernel.symbols["image_start"], kernel.symbols["data_end"] - KERNEL_BASE)


@pytest.mark.parametrize("direct", [False, True], ids=["by GRUB", "by -kernel"])
@pytest.mark.xdist_group("build greedy")
def test_only_free_memory_is_handed_out(
    greedy: Build, machines: Machines, tmp_path: Path, direct: bool
) -> None:
    """Each frame is usable memory by the loader's map, outside the kernel, the loader's
    information and the modules, and is handed out once; nobody has written to the latter two."""
    image, extra = image_with_module(greedy, tmp_path), []
    if direct:
        # As short as the module of the image: most of the memory is the heap's.
        module = tmp_path / "module"
        subprocess.run(["objcopy", "--strip-debug", str(greedy.elf), str(module)], check=True)
        image, extra = greedy.elf, ["-initrd", str(module), "-append", "a command line"]
    machine = machines.start(greedy, gdb=True, paused=True, memory=MEMORY, image=image,
                             direct=direct, extra=extra)
    with debugger(machine, greedy) as guest:
        guest.run_to("pvh_start" if direct else "_start")
        told = (StartInformation if direct else LoaderInformation)(guest.gdb)
        if direct:
            told.move(32 << 20)
        usable, modules, own = told.usable(), told.modules(), told.own_ranges
        assert len(modules) == 1 and len(own) == (4 if direct else 1)
        kept = {area: guest.gdb.read_memory(area.start, area.end - area.start)
                for area in modules + own}
        guest.gdb.resume()
        machine.wait_prompt()
        assert machine.run_command("echo alive") == "alive\n"
        guest.gdb.interrupt()
        shown = int(greedy.config["PHYS_MAP_BASE"])
        for area, content in kept.items():
            assert guest.gdb.read_memory(shown + area.start, len(content)) == content
        base = int(greedy.config["HEAP_BASE"])
        mapped = pages(machine, tmp_path)
        tables = table_frames(machine, tmp_path)
    heap = [page for page in mapped if base <= page.virtual < base + HEAP_KIB * 1024]
    heap_frames = [page.physical + at for page in heap for at in range(0, page.size, 4096)]
    assert len(heap_frames) == HEAP_KIB // 4
    frames = tables + heap_frames
    assert len(frames) == len(set(frames))
    taken = [kernel_image(greedy), Range(0, 1 << 20), *kept]
    for frame in frames:
        assert any(r.start <= frame and frame + 4096 <= r.end for r in usable), f"{frame:#x}"
        for area in taken:
            assert not area.meets(frame, frame + 4096), f"{frame:#x} is taken by {area}"


@pytest.mark.xdist_group("build greedy")
def test_too_little_memory_is_said(greedy: Build, machines: Machines) -> None:
    """A heap that the machine cannot hold: a sentence that says so, no reset."""
    machine = machines.start(greedy, memory="32M")
    machine.wait_text("KERNEL PANIC: heap")
    machine.wait_text("CPU halted.\n")
    assert not machine.guest_reset


@pytest.mark.xdist_group("build pvh")
@pytest.mark.parametrize("kind", ["pc", "q35"])
def test_64_gib(build, machines: Machines, tmp_path: Path, kind: str) -> None:
    """All of it is counted, and what has no need for low memory gets none of it."""
    kernel = build("pvh", PVH)
    machine = machines.boot(kernel, **large("64G", kind))
    free = int(log_line(machine, "frames").split()[0])
    own = frames_of_tables(((3 if kind == "pc" else 2) + 64 + 1) * GIB // 4096)
    assert 64 * GIB - 3 * MIB < (free + own) * 4096 < 64 * GIB
    base = int(kernel.config["HEAP_BASE"])
    mapped = pages(machine, tmp_path)
    heap = [page for page in mapped
            if base <= page.virtual < base + int(kernel.config["HEAP_SIZE_KIB"]) * 1024]
    assert heap and all(page.physical >= 4 * GIB for page in heap)
    # The tables of the direct map are made before there is one: below 4 GiB, and above 16 MiB.
    tables = table_frames(machine, tmp_path)
    assert all(frame >= 16 * MIB for frame in tables) and min(tables) < 4 * GIB
    assert machine.run_command("echo alive") == "alive\n"


def boot_cost(machines: Machines, kernel: Build, **options) -> int:
    """Instructions from kernel_main() to the shell, by two readings that the guest makes itself."""
    options["extra"] = [*options["extra"], *ICOUNT]
    machine = machines.start(kernel, gdb=True, paused=True, **options)
    with debugger(machine, kernel) as guest:
        guest.run_to("kernel_main")
        begin, end = guest.address("panic"), guest.address("shell_run")  # both not needed here
        cell = begin + 64
        read = assemble(RDTSC_TO_RAX)
        code = read + assemble("48a3", cell.to_bytes(8, "little").hex())  # movabs %rax, cell
        code += jump(begin + len(code), guest.address("kernel_main"))
        guest.gdb.write_memory(begin, code)
        guest.gdb.write_memory(end, read + SPIN)
        guest.gdb.write_register("rip", begin)
        guest.run_to(end + len(read))
        return guest.gdb.read_register("rax") - guest.read_u64(cell)


@pytest.mark.xdist_group("build pvh")
@pytest.mark.parametrize("cpu", ["max", "qemu64"], ids=["1 GiB pages", "2 MiB pages"])
def test_growth_of_the_boot(build, machines: Machines, cpu: str) -> None:
    """What a GiB more of memory adds to the boot."""
    kernel = build("pvh", PVH)
    few, many = (boot_cost(machines, kernel, **large(memory, "q35", cpu))
                 for memory in ("1G", "33G"))
    assert few > 100_000  # the clock goes on by an instruction each
    assert many - few < 32 * GROWTH_MAX, f"{(many - few) / 32:,.0f} instructions a GiB"
