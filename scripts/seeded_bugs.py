# SPDX-License-Identifier: MIT
"""Puts one bug after the other into a copy of the tree: does the test that should notice fail?

    make seeded [T=name]

The bugs are of the kinds that kernels have. Each has the command that finds it; the last lines that
the command said are kept in build/seeded/NAME.txt, so that one can see it failed for the bug.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List, NamedTuple

from tessera.sources import copy_sources


class Bug(NamedTuple):
    """A text of a file, what comes in its place, and the words of make that must then fail."""

    name: str
    path: str
    good: str
    bad: str
    words: List[str]


def hosted(suite: str) -> List[str]:
    """A suite of a PURE module, on the host."""
    return ["scripts/host_tests.py", "--output", "build", "--compiler", "gcc", suite]


def outside(test: str) -> List[str]:
    """A test of tests/, by file and name."""
    return ["-m", "pytest", "-q", "-x", f"tests/{test}"]


def configuration(name: str) -> List[str]:
    """A configuration of the matrix."""
    return ["scripts/matrix.py", "--name", name]


BUGS = (
    Bug("heap: a block too small by one header is taken", "mm/heap_list.c",
        "(*link)->size < size)", "(*link)->size + 16 < size)", hosted("heap_list")),
    Bug("PIC: no end of interrupt to the master", "arch/x86_64/kernel/pic.c",
        "if (on_slave || !spurious)", "if (on_slave)",
        outside("test_cost.py::test_each_tick_is_counted")),
    Bug("PIC: a line without a handler is unmasked", "arch/x86_64/kernel/pic.c",
        "pic_write(MASTER_DATA, MASK_ALL);", "pic_write(MASTER_DATA, MASK_ALL & ~(1 << 4));",
        outside("test_interrupts.py::test_only_lines_with_a_handler_are_unmasked")),
    Bug("PIC: a spurious IRQ 7 is taken for a real one", "arch/x86_64/kernel/pic.c",
        "if (bit != LOWEST_LINE)", "if (bit <= LOWEST_LINE)",
        outside("test_interrupts.py::test_spurious_interrupts")),
    Bug("keyboard: a code is lost, the overrun marker stays", "drivers/input/scan_queue.c",
        "ring_room(&queue->ring) < 2", "ring_room(&queue->ring) < 1", hosted("scan_queue")),
    Bug("keyboard: Caps Lock changes on release", "drivers/input/scancode.c",
        "modifier == &decoder->caps_down && !decoder->caps_down",
        "modifier == &decoder->caps_down && decoder->caps_down", hosted("scancode")),
    Bug("screen: a rectangle is clipped one column late", "drivers/video/surface_rect.c",
        "*end = to < 0 ? 0 : to > limit ? limit :", "*end = to < 0 ? 0 : to > limit ? limit + 1 :",
        hosted("surface_rect")),
    Bug("screen: circles a pixel too wide", "drivers/video/surface_circle.c",
        "k * k - (x > k ? x : k) <", "k * k - (x > k ? x : k) <=",
        hosted("surface_circle")),
    Bug("console: Backspace stops at a wrapped line", "drivers/video/text_grid_write.c",
        "} else if (grid->y > 0 && grid_row(grid, grid->y)->continues) {",
        "} else if (grid->y > 0 && grid_row(grid, grid->y - 1)->continues) {",
        hosted("text_grid_write")),
    Bug("entry of interrupts: the stack is not aligned", "arch/x86_64/kernel/vectors.S",
        "\tcall trap_handle\n", "\tsubq $8, %rsp\n\tcall trap_handle\n\taddq $8, %rsp\n",
        configuration("BOOT_TEST_SUITES")),
    Bug("double fault on the stack that overflowed", "arch/x86_64/kernel/irq.c",
        "i == VECTOR_DOUBLE_FAULT ? IST_DOUBLE_FAULT : 0", "i == 255 ? IST_DOUBLE_FAULT : 0",
        configuration("BOOT_TEST_STACK_OVERFLOW")),
    Bug("paging: data may be executed", "arch/x86_64/kernel/paging.c",
        "if ((flags & PAGE_EXECUTE) == 0)", "if ((flags & (PAGE_EXECUTE | PAGE_WRITE)) == 0)",
        outside("test_memory.py::test_no_page_is_writable_and_executable")),
    Bug("paging: no guard page below the stack", "arch/x86_64/kernel/paging_init.c",
        "map_span(KERNEL_BASE, image_phys(data_start), main_guard, PAGE_WRITE);",
        "map_span(KERNEL_BASE, image_phys(data_start),\n\t\t main_guard + STACK_GUARD_BYTES, "
        "PAGE_WRITE);", outside("test_memory.py::test_what_is_not_mapped")),
    Bug("frames: memory of the firmware is handed out", "mm/frames.c",
        "if (ranges[i].kind != BOOT_RANGE_USABLE && first < end)",
        "if (ranges[i].kind == BOOT_RANGE_BAD && first < end)", outside("test_frames.py")),
    Bug("UART: bytes are written without room", "drivers/serial/uart16550.c",
        "if (uart.room == 0 && !uart_wait_room())", "if (uart.room > 99 && !uart_wait_room())",
        outside("test_serial.py::test_no_byte_without_room")),
    Bug("timer: a wrong input frequency", "drivers/timer/pit8254.c",
        "PIT_INPUT_HZ = 1193182", "PIT_INPUT_HZ = 1200000",
        outside("test_cost.py::test_timer_rate")),
    Bug("shell: a line of 257 characters", "shell/line_editor.c",
        "if (editor->length == editor->capacity)", "if (editor->length > editor->capacity)",
        hosted("line_editor")),
    Bug("shell: a number of 65 bits is taken", "lib/parse.c",
        "parse_digits(text, 16, UINT64_MAX, value)", "parse_digits(text, 16, 0, value)",
        hosted("parse")),
    Bug("boot: a tag longer than the information", "arch/x86_64/boot/multiboot2.c",
        "if (tag.size < sizeof(tag) || tag.size > size - at)", "if (tag.size < sizeof(tag))",
        hosted("multiboot2")),
    Bug("build: an option's object is forgotten, it does not link", "drivers/debug/Makefile",
        "obj-$(CONFIG_QEMU_DEBUG_EXIT) += qemu_debug_exit.o\n", "",
        configuration("BOOT_TEST_HEAP")),
    Bug("ring: one byte too many", "lib/ring.c",
        "ring_room(ring) == 0", "ring_room(ring) > ring->capacity", hosted("ring")),
)


def try_one(bug: Bug, tree: Path, results: Path) -> bool:
    """Seed a bug, run its test, take the bug out again; True where the test failed."""
    source = tree / bug.path
    text = source.read_text(encoding="utf-8")
    if text.count(bug.good) < 1:
        sys.exit(f"{bug.path} has no '{bug.good}': the bug '{bug.name}' has to be written anew")
    source.write_text(text.replace(bug.good, bug.bad, 1), encoding="utf-8")
    words = ["scripts/python.sh", "pytest,kconfiglib", *bug.words]
    done = subprocess.run(words, cwd=tree, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    source.write_text(text, encoding="utf-8")
    results.mkdir(parents=True, exist_ok=True)
    name = "".join(char if char.isalnum() else "-" for char in bug.name)
    (results / f"{name}.txt").write_text(" ".join(words) + "\n" + done.stdout, encoding="utf-8")
    return done.returncode != 0


def main() -> int:
    """Try all, or those whose name has the given word."""
    parser = argparse.ArgumentParser(description="Do the tests notice bugs?")
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("word", nargs="?", default="")
    options = parser.parse_args()
    results = options.output.resolve() / "seeded"
    tree = results / "tree"
    shutil.rmtree(results, ignore_errors=True)
    copy_sources(tree)
    chosen = [bug for bug in BUGS if options.word in bug.name]
    caught = 0
    for bug in chosen:
        is_caught = try_one(bug, tree, results)
        caught += is_caught
        print(f"{'caught' if is_caught else 'MISSED'}  {bug.name}", flush=True)
    print(f"{caught} of {len(chosen)} seeded bugs caught")
    return 0 if chosen and caught == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
