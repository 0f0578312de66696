# SPDX-License-Identifier: MIT
"""What the kernel has to say of each fault that it can provoke, written down before it is asked.

A fault ends in a report that has all of these words, or, where GOES_ON is said, in correct work:
the prompt comes.
"""

from __future__ import annotations

import re
from typing import Dict, NamedTuple, Tuple, Union

GOES_ON = "goes on"


class Like(NamedTuple):
    """What differs from run to run: a regular expression, and what the table says of it."""

    told: str
    pattern: str


Words = Tuple[Union[str, Like], ...]


def text_of(words: Union[str, Like]) -> str:
    """What the table says."""
    return words.told if isinstance(words, Like) else words


def is_said(words: Union[str, Like], report: str) -> bool:
    """Whether a report has it."""
    if isinstance(words, Like):
        return re.search(words.pattern, report) is not None
    return words in report


class Kernel(NamedTuple):
    """A kernel of the campaign: what is provoked in it, and what it is to say."""

    name: str
    options: str
    expected: Dict[str, Words]
    outside: Words = ()  # provoked through QEMU's monitor
    is_part: bool = False  # what it has besides is provoked in another kernel


BASE = "CONFIG_BOOT_PVH=y\nCONFIG_FB_BOCHS=y\nCONFIG_FAULTS=y\nCONFIG_SHELL_CMD_FAULT=y\n"
# Found by hardware where it happens, whatever is checked besides.
NULL, GUARD = "null pointer, at offset", "stack overflow of"
ABSENT, FORBIDS = "a page that is not present", "a page that forbids it"
READ, WRITE, FETCH = "read from", "write to", "instruction fetch from"
PAGE_FAULT = "page fault (vector 14)"
PROTECTION = "general protection (vector 13)"
RESERVED = {number: f"reserved exception (vector {number})" for number in (15, *range(22, 28), 31)}

EXCEPTIONS: Dict[str, Words] = {
    "divide": ("divide error (vector 0)",),
    "divide_overflow": ("divide error (vector 0)",),
    "debug_step": ("debug (vector 1)",),
    "debug_watch": ("debug (vector 1)",),
    "breakpoint": ("breakpoint (vector 3)", GOES_ON),
    "overflow": ("overflow (vector 4)",),
    "bound": ("bound range exceeded (vector 5)",),
    "invalid_opcode": ("invalid opcode (vector 6)",),
    "device_not_available": ("device not available (vector 7)",),
    "stack_pointer_wild": ("double fault (vector 8)",),
    "segment_not_present": ("segment not present (vector 11)",),
    "gate_not_present": ("segment not present (vector 11)",),
    "stack_segment": ("stack-segment fault (vector 12)",),
    "stack_address": (PROTECTION,),
    "segment_beyond": (PROTECTION,),
    "general_protection": (PROTECTION,),
    "jump_wild": (PROTECTION,),
    "x87": ("x87 floating-point error (vector 16)",),
    "simd": (GOES_ON,),
    "interrupt_unknown": (GOES_ON,),
    "panic_asked": ("KERNEL PANIC: asked for",),
}
DELIVERED: Dict[str, Words] = {
    "vector_2": ("non-maskable interrupt (vector 2)",),
    "vector_8": ("double fault (vector 8)",),
    "vector_9": ("coprocessor segment overrun (vector 9)",),
    "vector_10": ("invalid TSS (vector 10)",),
    "vector_17": ("alignment check (vector 17)",),
    "vector_18": ("machine check (vector 18)",),
    "vector_19": ("SIMD floating-point error (vector 19)",),
    "vector_20": ("virtualization (vector 20)",),
    "vector_21": ("control protection (vector 21)",),
    "vector_28": ("hypervisor injection (vector 28)",),
    "vector_29": ("VMM communication (vector 29)",),
    "vector_30": ("security (vector 30)",),
    **{f"vector_{number}": (name,) for number, name in RESERVED.items()},
}
PAGES: Dict[str, Words] = {
    "null_read": (PAGE_FAULT, READ, NULL),
    "null_write": (PAGE_FAULT, WRITE, NULL),
    "null_call": (PAGE_FAULT, FETCH, NULL),
    "read_not_mapped": (PAGE_FAULT, READ, ABSENT),
    "write_not_mapped": (PAGE_FAULT, WRITE, ABSENT),
    "write_code": (PAGE_FAULT, WRITE, FORBIDS),
    "write_code_alias": (PAGE_FAULT, WRITE, FORBIDS),
    "write_rodata": (PAGE_FAULT, WRITE, FORBIDS),
    "write_rodata_alias": (PAGE_FAULT, WRITE, FORBIDS),
    "run_data": (PAGE_FAULT, FETCH, FORBIDS),
    "run_heap": (PAGE_FAULT, FETCH, FORBIDS),
    "run_rodata": (PAGE_FAULT, FETCH, FORBIDS),
    "run_stack": (PAGE_FAULT, FETCH, FORBIDS),
    "past_the_heap": (PAGE_FAULT, WRITE, "past the end of the heap"),
    "past_a_range": (PAGE_FAULT, WRITE, "1 byte past the end of a range"),
    "past_the_screen": (PAGE_FAULT, WRITE, "past the end of the framebuffer"),
    "past_memory": (PAGE_FAULT, READ, ABSENT),
    "user_read": (PAGE_FAULT, READ, FORBIDS),
    "user_call": (PAGE_FAULT, FETCH, FORBIDS),
    "stack_overflow": ("double fault (vector 8)", f"{GUARD} main"),
    "stack_below": (PAGE_FAULT, WRITE, "in the guard page of main, 8 bytes below"),
    "stack_below_double": (PAGE_FAULT, WRITE, "in the guard page of double-fault, 8 bytes below"),
    "stack_smashed": (PROTECTION,),
    "stack_zeroed": (PAGE_FAULT, FETCH, NULL),
}
TABLES: Dict[str, Words] = {
    "table_cleared": (PAGE_FAULT, READ, ABSENT),
    "table_reserved": (PAGE_FAULT, READ, "reserved bits"),
    "table_read_only": (PAGE_FAULT, WRITE, FORBIDS),
    "table_text": (PAGE_FAULT, WRITE, "reserved bits"),
    "table_unmapped": ("KERNEL PANIC: vm: the range at", "is no longer what it was"),
    "idt_gate_cleared": (PROTECTION,),
    "idt_gate_text": (PROTECTION,),
    "idt_gate_wild": (PROTECTION,),
}
MEMORY: Dict[str, Words] = {
    "frame_freed_twice": ("KERNEL PANIC: frames:", "is freed twice"),
    "frame_foreign": ("KERNEL PANIC: frames: 0x0 is freed but was never handed out",),
    "range_foreign": ("KERNEL PANIC: vm:", "is freed but is no range"),
    "range_freed_twice": ("KERNEL PANIC: vm:", "is freed but is no range"),
}
NOT_ALLOCATED = ("KERNEL PANIC: heap:", "is freed but not allocated")
HEAP: Dict[str, Words] = {
    "heap_header": NOT_ALLOCATED,
    "heap_overrun": (PAGE_FAULT, READ, ABSENT),
    "heap_off_by_one": (GOES_ON,),
    "heap_use_after_free": (GOES_ON,),
    "heap_freed_twice": NOT_ALLOCATED,
    "heap_free_inside": NOT_ALLOCATED,
    "heap_free_foreign": NOT_ALLOCATED,
    "heap_free_wild": NOT_ALLOCATED,
    "heap_wrong_size": ("KERNEL PANIC: heap:", "is freed as 1000 bytes, but has 104"),
    "heap_wiped": (PAGE_FAULT, READ, ABSENT),
}
OUTSIDE: Dict[str, Words] = {
    "nmi": ("non-maskable interrupt (vector 2)",),
    "machine_check": ("machine check (vector 18)",),
}

PLAIN = Kernel("faults", BASE, {**EXCEPTIONS, **DELIVERED, **PAGES, **TABLES, **MEMORY, **HEAP},
               tuple(OUTSIDE))

# What the options that check find, where hardware alone finds nothing, or finds it late.
CHECKS = """\
CONFIG_PROTECT_TABLES=y
CONFIG_MEMORY_PROBE=y
CONFIG_STACK_PROTECTOR=y
CONFIG_EXCEPTION_STACKS=y
CONFIG_HEAP_REDZONE=y
CONFIG_HEAP_POISON=y
CONFIG_HEAP_QUARANTINE_KIB=16
CONFIG_HEAP_TRACK=y
CONFIG_HEAP_CHECK_EVERY=1
"""
NOT_ALIVE = ("KERNEL PANIC: heap:", "is freed or resized, but not allocated")
FORBIDDEN = (PAGE_FAULT, WRITE, FORBIDS)
CHECKED = Kernel("faults-checked", BASE + CHECKS, {
    **{name: FORBIDDEN for name in TABLES},
    **{name: FORBIDDEN for name in ("idt_cleared", "gdt_cleared", "tss_cleared", "table_root")},
    "stack_smashed": ("KERNEL PANIC: stack protector", "an array on the stack was overrun"),
    "stack_zeroed": ("KERNEL PANIC: stack protector", "an array on the stack was overrun"),
    "heap_header": ("KERNEL PANIC: heap:", "was written to before its start"),
    "heap_overrun": ("KERNEL PANIC: heap:", "was written to behind its end"),
    "heap_off_by_one": ("KERNEL PANIC: heap:", "was written to behind its end, 1 byte behind it"),
    "heap_use_after_free": ("KERNEL PANIC: heap:", "was written to after it was freed, at byte 0"),
    "heap_freed_twice": ("KERNEL PANIC: heap:", "was freed before"),
    "heap_free_inside": NOT_ALIVE,
    "heap_free_foreign": NOT_ALIVE,
    "heap_free_wild": NOT_ALIVE,
    "heap_wrong_size": ("KERNEL PANIC: heap:", "is freed as 1000 bytes"),
    "heap_wiped": ("KERNEL PANIC: heap:", "is broken"),
}, is_part=True)
# The suites in a kernel whose allocations fail. The full run takes ten times as long as the sample.
FAILURES = (Like("100 or more failed, one at a time", r": [1-9]\d{2,} failed, one at a time, in "),
            Like("some of them with a line", r", [1-9]\d* failed with a line, "),
            Like("0 were wrong", r" panicked, 0 were wrong\n"))
ALLOCATIONS = Kernel("faults-allocations",
                     BASE + "CONFIG_KTEST=y\nCONFIG_HEAP_FAIL_INJECT=y\n",
                     {"allocations": (*FAILURES, GOES_ON)},
                     is_part=True)
KERNELS = (PLAIN, CHECKED, ALLOCATIONS)
