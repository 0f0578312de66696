# SPDX-License-Identifier: MIT
"""Physical memory: whose frames the kernel hands out, and whose never.

The heap of this configuration takes nearly all memory, so that every frame that can be handed out
is handed out; the page tables tell which ones these are.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from building import Build
from debugger import debugger
from harness import Machines
from loader import LoaderInformation, Range, StartInformation
from pagewalk import pages, table_frames

MEMORY = "64M"
HEAP_KIB = 63_600  # the free memory of such a machine, less half a MiB for all else
FRAGMENT = f"CONFIG_HEAP_SIZE_KIB={HEAP_KIB}\nCONFIG_BOOT_PVH=y\n"
KERNEL_BASE = 0xFFFFFFFF80000000


@pytest.fixture
def greedy(build) -> Build:
    """The kernel whose heap takes nearly everything."""
    return build("greedy", FRAGMENT)


def image_with_module(kernel: Build, where: Path) -> Path:
    """An image whose loader is told to load a module: the kernel's file once more."""
    config = where / "grub.cfg"
    config.write_text(
        "insmod all_video\nmultiboot2 /boot/tessera.elf\nmodule2 /boot/tessera.elf module\nboot\n"
    )
    image = where / "module.iso"
    subprocess.run(
        ["xorriso", "-no_rc", "-indev", str(kernel.iso), "-outdev", str(image),
         "-map", str(config), "/boot/grub/grub.cfg", "-boot_image", "any", "replay"],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    return image


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
    assert len(heap) == HEAP_KIB // 4
    frames = tables + [page.physical for page in heap]
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
