# SPDX-License-Identifier: MIT
"""Configurations that several modules of tests build: lines over those of defconfig.

Who asks building.build() for the same name with the same lines shares what is built.
"""

from __future__ import annotations

# Starts without GRUB as well, which takes a fifth of a second.
PVH = "CONFIG_BOOT_PVH=y\nCONFIG_FB_BOCHS=y\n"
ONLY_PVH = PVH + "# CONFIG_BOOT_MULTIBOOT2 is not set\n"
# All of the log, a shell and the suites.
LOG = """\
CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_LOG_RING=y
CONFIG_LOG_RING_KIB=4
CONFIG_LOG_TIMESTAMPS=y
CONFIG_LOG_LEVEL_DEBUG=y
CONFIG_CONSOLE_PARAM=y
CONFIG_QEMU_DEBUG_CONSOLE=y
CONFIG_KTEST=y
CONFIG_SHELL_CMD_TEST=y
CONFIG_TIMER_HZ=1000
"""
# All that reports can have, and every end of a panic.
REPORTS = """\
CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_VGA_TEXT_CONSOLE=y
CONFIG_CONSOLE_DEFERRED=y
CONFIG_CONSOLE_ANSI=y
CONFIG_CONSOLE_CURSOR_UNDERLINE=y
CONFIG_BACKTRACE=y
CONFIG_SYMBOLS=y
CONFIG_REPORT_DETAIL=y
CONFIG_PANIC_SCREEN=y
CONFIG_EXCEPTION_STACKS=y
CONFIG_CHECK_CONTEXT=y
CONFIG_QEMU_DEBUG_EXIT=y
CONFIG_PANIC_POWER_OFF=y
CONFIG_PANIC_PARAM=y
"""

# Each of them builds the kernel without, or with less of, something that a report needs.
WITHOUT_A_PART = {
    "reference": "",
    "no-framebuffer": "# CONFIG_FRAMEBUFFER is not set\n",
    "no-serial": "# CONFIG_UART16550 is not set\n",
    "no-keyboard": "# CONFIG_I8042 is not set\n",
    "no-shell": "# CONFIG_SHELL is not set\n",
    "no-timer": "# CONFIG_PIT8254 is not set\n",
}

COMMANDS = "HELP ECHO CLEAR INFO HALT PANIC PAGE COLOR DRAW SCREENFILL".split()

CONFIGURATIONS = {
    "small-heap": """
        CONFIG_HEAP_SIZE_KIB=64
        CONFIG_HEAP_BASE=0x500000000000
        CONFIG_DF_STACK_KIB=8
        CONFIG_KERNEL_STACK_KIB=16
        CONFIG_FB_MODE_CUSTOM=y
        CONFIG_FB_WIDTH=1024
        CONFIG_FB_HEIGHT=768
        CONFIG_FONT_VGA_8X14=y
        CONFIG_CONSOLE_FG=0xffff00
        CONFIG_CONSOLE_BG=0x000080
        CONFIG_TIMER_HZ=1000
        CONFIG_KBD_QUEUE_SIZE=32
        CONFIG_UART_BAUD=9600
        CONFIG_SHELL_LINE_MAX=64
    """,
    "large-heap": """
        CONFIG_HEAP_SIZE_KIB=16384
        CONFIG_HEAP_BUMP=y
        CONFIG_PHYS_MAP_BASE=0xffff900000000000
        CONFIG_DF_STACK_KIB=64
        CONFIG_KERNEL_STACK_KIB=128
        CONFIG_FB_MODE_1920X1080=y
        CONFIG_FONT_VGA_16X32=y
        CONFIG_TIMER_HZ=19
        CONFIG_KBD_QUEUE_SIZE=4096
        CONFIG_UART_PORT=0x2f8
        CONFIG_UART_BAUD=57600
    """,
    "bits-24": """
        CONFIG_FB_BPP_24=y
        CONFIG_MEMORY_FILL_STRING=y
        CONFIG_FONT_VGA_8X8=y
        CONFIG_CONSOLE_FG=0x123456
        CONFIG_CONSOLE_BG=0xfedcba
        CONFIG_HEAP_BASE=0xffffa00000000000
        CONFIG_TIMER_HZ=10000
    """,
    "bits-16": """
        CONFIG_FB_BPP_16=y
        CONFIG_FB_MODE_800X600=y
        CONFIG_MEMORY_FILL_LOOP=y
        CONFIG_CONSOLE_FG=0x40c080
    """,
    "rich-console": """
        CONFIG_CONSOLE_DEFERRED=y
        CONFIG_CONSOLE_ANSI=y
        CONFIG_CONSOLE_UTF8=y
        CONFIG_CONSOLE_CURSOR_UNDERLINE=y
        CONFIG_CONSOLE_SCROLLBACK=y
        CONFIG_VGA_TEXT_CONSOLE=y
        # CONFIG_UART16550 is not set
    """,
    "panning-console": """
        CONFIG_CONSOLE_PANNING=y
        CONFIG_CONSOLE_CURSOR_BLOCK=y
        CONFIG_CONSOLE_CURSOR_BLINK=y
    """,
    "no-text-console": "# CONFIG_FRAMEBUFFER_CONSOLE is not set\n",
    "nothing": """
        # CONFIG_FRAMEBUFFER is not set
        # CONFIG_UART16550 is not set
        # CONFIG_I8042 is not set
        # CONFIG_PIT8254 is not set
        # CONFIG_SHELL is not set
    """,
    **{name: text for name, text in WITHOUT_A_PART.items() if name != "reference"},
}


def plain(fragment: str) -> str:
    """A fragment without the indentation that it has here."""
    return "".join(line.strip() + "\n" for line in fragment.strip().splitlines())


CONFIGURATIONS = {name: plain(text) for name, text in CONFIGURATIONS.items()}


def commands_off(bit: int) -> str:
    """Turns off those commands whose number, counted from 1, has this bit.

    Ten commands in four builds: each command is on in one build and off in another, and no two
    commands go together in all of them, so that one that hangs on another is found.
    """
    return "".join(
        f"# CONFIG_SHELL_CMD_{name} is not set\n"
        for number, name in enumerate(COMMANDS, 1) if number >> bit & 1
    )


CONFIGURATIONS.update({f"commands-{bit}": commands_off(bit) for bit in range(4)})
