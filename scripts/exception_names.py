# SPDX-License-Identifier: MIT
"""The names of the CPU's exceptions, as arch/x86_64/kernel/trap_report.c has them.

A module of its own beside the packages, so that gdb's Python imports it as well: there "tessera" is
the file of the commands. A number that Intel has reserved has no name.
"""

EXCEPTIONS = 32  # vectors

NAMES = {
    0: "divide error", 1: "debug", 2: "non-maskable interrupt", 3: "breakpoint", 4: "overflow",
    5: "bound range exceeded", 6: "invalid opcode", 7: "device not available", 8: "double fault",
    9: "coprocessor segment overrun", 10: "invalid TSS", 11: "segment not present",
    12: "stack-segment fault", 13: "general protection", 14: "page fault",
    16: "x87 floating-point error", 17: "alignment check", 18: "machine check",
    19: "SIMD floating-point error", 20: "virtualization", 21: "control protection",
    28: "hypervisor injection", 29: "VMM communication", 30: "security",
}
