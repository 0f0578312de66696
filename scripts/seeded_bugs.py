# SPDX-License-Identifier: MIT
"""Puts one bug after the other into a copy of the tree: does the test that should notice fail?

    make seeded [T=name]

The bugs are of the kinds that kernels have. Each has the command that finds it, and a text that
this command says where it finds it. The command has to pass on the copy as it is, or its failure
would mean nothing; with the bug in it has to end with status 1 and say that text. A test that was
renamed, a tool that is missing, a bug that does not compile: none of them counts as caught. What
the commands said is kept in build/seeded/NAME.txt.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple

from tessera.sources import copy_sources

TIMEOUT_S = 900.0
FAILED = 1  # the status of pytest, the matrix and the host's suites where a test failed
Ended = Tuple[Optional[int], str]  # status, None where it did not end in time; what it said


class Bug(NamedTuple):
    """A text of a file, what comes in its place, the test that must then fail, and how."""

    name: str
    path: str
    good: str
    bad: str
    words: List[str]
    shows: str  # a regular expression


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
        "size = block_size_for(size_bytes);\n\tif (heap->largest",
        "size = block_size_for(size_bytes > 8 ? size_bytes - 8 : 1);\n\tif (heap->largest",
        hosted("heap_list"),
        r"not ok \d+ heap_list_takes_the_first_that_fits"),
    Bug("PIC: no end of interrupt to the master", "arch/x86_64/kernel/pic.c",
        "if (on_slave || !spurious)", "if (on_slave)",
        outside("test_cost.py::test_each_tick_is_counted"),
        "GdbError: no answer from the stub in time"),
    Bug("PIC: a line without a handler is unmasked", "arch/x86_64/kernel/pic.c",
        "pic_write(PIC_MASTER_DATA, MASK_ALL);",
        "pic_write(PIC_MASTER_DATA, MASK_ALL & ~(1 << 4));",
        outside("test_interrupts.py::test_only_lines_with_a_handler_are_unmasked"),
        r"assert \(236 \| 4\) == 252"),
    Bug("PIC: a spurious IRQ 7 is taken for a real one", "arch/x86_64/kernel/pic.c",
        "if (bit != LOWEST_LINE)", "if (bit <= LOWEST_LINE)",
        outside("test_interrupts.py::test_spurious_interrupts"), r"\{0: 0\} != \{0: 1\}"),
    Bug("keyboard: a code is lost, the overrun marker stays", "drivers/input/scan_queue.c",
        "ring_room(&queue->ring) < 2", "ring_room(&queue->ring) < 1", hosted("scan_queue"),
        r"not ok \d+ scan_queue_needs_room_for_two"),
    Bug("keyboard: Caps Lock changes on release", "drivers/input/scancode.c",
        "modifier == &decoder->caps_down && !decoder->caps_down",
        "modifier == &decoder->caps_down && decoder->caps_down", hosted("scancode"),
        r"not ok \d+ scancode_caps_lock"),
    Bug("screen: a rectangle is clipped one column late", "drivers/video/surface_rect.c",
        "*end = to < 0 ? 0 : to > limit ? limit :", "*end = to < 0 ? 0 : to > limit ? limit + 1 :",
        hosted("surface_rect"), r"not ok \d+ surface_rect_at_the_edges"),
    Bug("screen: circles a pixel too wide", "drivers/video/surface_circle.h",
        "k * k - (x > k ? x : k) <", "k * k - (x > k ? x : k) <=",
        hosted("surface_circle"), r"not ok \d+ surface_circle_of_every_radius"),
    Bug("console: Backspace stops at a wrapped line", "drivers/video/text_grid_write.c",
        "} else if (grid->y > 0 && grid_row(grid, grid->y)->continues) {",
        "} else if (grid->y > 0 && grid_row(grid, grid->y - 1)->continues) {",
        hosted("text_grid_write"), r"not ok \d+ write_backspace"),
    Bug("entry of interrupts: the stack is not aligned", "arch/x86_64/kernel/vectors.S",
        "\tcall trap_handle\n", "\tsubq $8, %rsp\n\tcall trap_handle\n\taddq $8, %rsp\n",
        configuration("BOOT_TEST_SUITES"), "arch.irq.irq_handler_has_an_aligned_stack: "),
    Bug("double fault on the stack that overflowed", "arch/x86_64/kernel/irq.c",
        "i == VECTOR_DOUBLE_FAULT", "i == 255",
        configuration("BOOT_TEST_STACK_OVERFLOW"),
        "^FAILED BOOT_TEST_STACK_OVERFLOW: triple fault"),
    Bug("paging: data may be executed", "arch/x86_64/kernel/page_entry.h",
        "if ((flags & PAGE_EXECUTE) == 0)", "if ((flags & (PAGE_EXECUTE | PAGE_WRITE)) == 0)",
        outside("test_memory.py::test_no_page_is_writable_and_executable"), r"assert not \[Page\("),
    Bug("paging: no guard page below the stack", "arch/x86_64/kernel/paging_init.c",
        "unmap_guard(kernel_stacks.main_guard);", "",
        outside("test_memory.py::test_what_is_not_mapped"),
        "a guard page is mapped"),
    Bug("frames: a module of the loader is handed out", "mm/frames.c",
        "use_ranges(info->modules, info->module_count);", "use_ranges(info->modules, 0);",
        outside("test_frames.py"),
        # Which of both comes first is a matter of where the image ends.
        r"frames: 0x\w+ is freed but was never handed out|assert b'.* == b'\\x7fELF"),
    Bug("UART: bytes are written without room", "drivers/serial/uart16550.c",
        "if (uart.room == 0 && !uart_wait_room())", "if (uart.room > 99 && !uart_wait_room())",
        outside("test_serial.py::test_no_byte_without_room"), "is written without a look for room"),
    Bug("timer: a wrong input frequency", "arch/x86_64/include/arch/pit8254.h",
        "PIT_INPUT_HZ = 1193182", "PIT_INPUT_HZ = 1200000",
        outside("test_cost.py::test_timer_rate"), r"assert 11\d+\.\d+ == 11932"),
    Bug("shell: a line of 257 characters", "shell/line_editor.c",
        "if (editor->length == editor->capacity)", "if (editor->length > editor->capacity)",
        hosted("line_editor"), r"not ok \d+ line_editor_is_full"),
    Bug("shell: a number of 65 bits is taken", "lib/parse.c",
        "parse_digits(text, 16, UINT64_MAX, value)", "parse_digits(text, 16, 0, value)",
        hosted("parse"), r"not ok \d+ parse_hex_reads_numbers"),
    Bug("boot: a tag longer than the information", "arch/x86_64/boot/multiboot2.c",
        "if (tag.size < sizeof(tag) || tag.size > size - at)", "if (tag.size < sizeof(tag))",
        hosted("multiboot2"), r"not ok \d+ multiboot2_tags_that_do_not_fit"),
    Bug("build: an option's object is forgotten, it does not link", "drivers/debug/Makefile",
        "obj-$(CONFIG_QEMU_DEBUG_EXIT) += qemu_debug_exit.o\n", "",
        configuration("BOOT_TEST_HEAP"),
        "did not build: .*undefined reference to `qemu_debug_exit"),
    Bug("ring: one byte too many", "lib/ring.c",
        "ring_room(ring) == 0", "ring_room(ring) > ring->capacity", hosted("ring"),
        r"not ok \d+ ring_takes_all_its_bytes_and_no_more"),
)


class Trials:
    """A copy of the tree, and the commands that were tried on it as it is."""

    def __init__(self, results: Path, timeout: float) -> None:
        self._results = results
        self._timeout = timeout
        self._tree = copy_sources(results / "tree")
        self._passes: Dict[str, bool] = {}

    def strangers(self, bugs: List[Bug]) -> List[str]:
        """The bugs whose place is not there any more: they have to be written anew."""
        return [f"{bug.path} has no '{bug.good}', where '{bug.name}' was" for bug in bugs
                if bug.good not in (self._tree / bug.path).read_text(encoding="utf-8")]

    def attempt(self, bug: Bug) -> str:
        """Seed a bug, run its test, take the bug out: why it is not caught, "" where it is."""
        if not self._passes_as_it_is(bug):
            return "its test fails without it, too"
        source = self._tree / bug.path
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace(bug.good, bug.bad, 1), encoding="utf-8")
        try:
            ended = self._run(bug.words, bug.name)
        finally:
            source.write_text(text, encoding="utf-8")
        return judge(bug, ended)

    def _passes_as_it_is(self, bug: Bug) -> bool:
        """Once for all bugs that the same command finds."""
        key = shlex.join(bug.words)
        if key not in self._passes:
            self._passes[key] = self._run(bug.words, f"without {bug.name}")[0] == 0
        return self._passes[key]

    def _run(self, words: List[str], name: str) -> Ended:
        command = ["scripts/python.sh", "pytest,kconfiglib", *words]
        with subprocess.Popen(command, cwd=self._tree, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace",
                              start_new_session=True) as running:
            try:
                said, status = running.communicate(timeout=self._timeout)[0], running.returncode
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                said, status = running.communicate()[0], None
        file = "".join(char if char.isalnum() else "-" for char in name)
        (self._results / f"{file}.txt").write_text(f"{shlex.join(command)}\n{said}",
                                                   encoding="utf-8")
        return status, said


def judge(bug: Bug, ended: Ended) -> str:
    """Why the bug is not caught; "" where the test failed, and by what the bug does."""
    status, said = ended
    if status is None:
        return "its test did not end in time"
    if status == 0:
        return "its test passes"
    if status != FAILED or not re.search(bug.shows, said, re.MULTILINE):
        return f"its test ended with status {status}, and not by the bug"
    return ""


def main() -> int:
    """Try all, or those whose name has the given word."""
    parser = argparse.ArgumentParser(description="Do the tests notice bugs?")
    parser.add_argument("--output", type=Path, default=Path("build"))
    parser.add_argument("--timeout", type=float, default=TIMEOUT_S, help="of a test, in seconds")
    parser.add_argument("word", nargs="?", default="")
    options = parser.parse_args()
    results = options.output.resolve() / "seeded"
    shutil.rmtree(results, ignore_errors=True)
    chosen = [bug for bug in BUGS if options.word in bug.name]
    trials = Trials(results, options.timeout)
    strangers = trials.strangers(chosen)
    if strangers:
        sys.exit("\n".join(strangers))
    caught = 0
    for bug in chosen:
        why = trials.attempt(bug)
        caught += not why
        print(f"MISSED  {bug.name}: {why}" if why else f"caught  {bug.name}", flush=True)
    print(f"{caught} of {len(chosen)} seeded bugs caught")
    return 0 if chosen and caught == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
