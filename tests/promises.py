# SPDX-License-Identifier: MIT
"""What a configuration promises, whatever is on or off in it, and whether its image keeps it.

`make test` asks this of the user's own configuration, the suite of many that differ. A value is
read where it takes effect: pixels, page tables, a chip's registers; the kernel's own words are
held against these, and never stand alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Optional

from tessera.promises import (Mode, check_boot_test, check_interrupts, check_screen, check_serial,
                              has_screen, mode_of, shown_mode, shows_text, without_cursor)
from tessera.qemu import Machine

from building import Build
from harness import BOOT_TIMEOUT_S, Machines, memory_word, poll, screen_rows, wait_on_screen
from pagewalk import Page, entries, find, pages, register, told

NO_SHELL = "init: no shell in this configuration; idle."
KERNEL_BASE = 0xFFFFFFFF80000000


def is_in_kernel(machine: Machine) -> bool:
    """The CPU sleeps in the kernel's own code, interrupts on: the boot is over."""
    return machine.cpu().idle and register(machine, "RIP") >= KERNEL_BASE


def boot(machines: Machines, build: Build, **options: Any) -> Machine:
    """Boot any configuration, and see its last word on each output that it has."""
    machine = machines.start(build, **options)
    last_word = "> " if build.has("SHELL") else NO_SHELL if build.config.tells_steps else ""
    if build.has("UART16550") and last_word:
        if build.has("SHELL"):
            machine.wait_prompt(timeout=BOOT_TIMEOUT_S)
        else:
            machine.wait_text(last_word + "\n", BOOT_TIMEOUT_S)
    poll(lambda: is_in_kernel(machine), "the kernel sleeps", BOOT_TIMEOUT_S)
    if shows_text(machine, build) and last_word:
        wait_on_screen(machine, build, last_word.strip())
    assert machine.running and not machine.guest_reset
    return machine


def ask(machine: Machine, build: Build, line: str) -> list[str]:
    """Type a line; the answer as the configuration's outputs have it (the serial line first)."""
    if build.has("UART16550"):
        return machine.run_command(line).splitlines()
    machine.type_text("clear\n")
    poll(lambda: len(filled_rows(machine, build)) == 1, "an empty screen")
    machine.type_text(line + "\n")
    rows = poll(lambda: answered(filled_rows(machine, build)), f"an answer to {line!r}")
    return rows[1:-1]


def filled_rows(machine: Machine, build: Build) -> list[str]:
    """The rows of the screen down to the last that is not empty."""
    rows = [without_cursor(row, build) for row in screen_rows(machine, build)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def answered(rows: list[str]) -> list[str]:
    """The rows, if a new prompt stands below the first one."""
    return rows if len(rows) > 1 and rows[-1] == ">" else []


def check_symbols(build: Build) -> None:
    """An option changes what is in the image: a thing that is off has left no symbol. One that is
    on has, unless nothing calls it and the linker leaves that out."""
    owners = {name: f"{word}_run" for name, word in build.command_options.items()}
    owners.update({
        "MM": "page_map_range",
        "UTF8": "utf8_feed", "CP437": "cp437_byte_of", "KEY_TEXT": "key_text_feed",
        "KEYBOARD_LAYOUTS": "key_layout_character", "KEYBOARD_SET2": "scan_set2_feed",
        "PS2_MOUSE": "ps2_mouse_take", "MOUSE_POINTER": "text_pointer_show",
        "KEYBOARD_LEDS": "key_leds_next", "KEYBOARD_REPEAT": "keyboard_repeat_set",
        "UART16550": "uart16550_start", "SHELL_SERIAL_INPUT": "uart_input_start",
        "UART_FLOW_CONTROL": "uart_input_may_send",
        "I8042": "i8042_start", "PIT8254": "pit8254_start",
        "FRAMEBUFFER": "framebuffer_surface", "SHELL": "shell_run",
        "QEMU_DEBUG_EXIT": "qemu_debug_exit", "FRAMEBUFFER_CONSOLE": "cell_painter_paint",
        "BOOT_MULTIBOOT2": "multiboot2_parse", "BOOT_PVH": "pvh_parse",
        "LOG_RING": "log_ring_append", "IRQ_CONTEXT": "irq_in_handler",
        "CYCLES_RATE": "cpu_cycles_hz", "CONSOLE_PARAM": "console_choose",
        "BOOT_TEST_PARAM": "suites_chosen",
        "IRQ_COUNT": "irq_stats_get", "IRQ_STORM": "irq_storm_note", "UPTIME": "time_uptime_us",
        "RTC": "rtc_date_decode", "BOOT_PARAMS": "boot_params_apply",
        "HEAP_FAIL_INJECT": "fail_inject",
        "REPORT_DETAIL": "report_go_on", "PAGE_ENTRY_TEXT": "page_entry_describe",
        "PAGE_REGIONS": "page_region_find", "PARSE_U64": "parse_u64", "MSR_TRY": "msr_read",
        "PCI_SCAN": "pci_scan", "SYMBOLS_WALK": "symbols_walk", "KBENCH": "kbench_next",
        "ACPI_POWER_OFF": "acpi_power_off",
        "PANIC_SCREEN": "text_page_begin",
        "SHELL_EDIT": "editor_key", "SHELL_HISTORY": "recall_key",
        "SHELL_SEQUENCE_SKIP": "sequence_skip_feed",
        "SHELL_COMPLETE": "completer_key", "SHELL_LANGUAGE": "language_run",
        "SHELL_ALIAS": "alias_run", "SHELL_SCRIPT": "run_run",
        "BOOT_MODULE_NAMES": "boot_modules_note",
        "EXCEPTION_STACKS": "exception_stacks_init",
        "PANIC_ACTION": "panic_act", "MACHINE_END": "machine_reboot",
        "GDB_STUB": "gdb_receive", "FAULT_GUARD": "fault_catch",
        "HEAP_GUARD": "heap_guard_alloc", "HEAP_GROW": "heap_grow",
        "CONSOLE_ANSI": "text_terminal_write", "CONSOLE_DEFERRED": "text_way_is_due",
        "CONSOLE_PANNING": "framebuffer_pan_rows", "CONSOLE_UTF8": "text_utf8_write",
        "CONSOLE_SCROLLBACK": "text_scrollback_start",
        "CONSOLE_CURSOR_BLINK": "text_blink_start", "VGA_TEXT_CONSOLE": "vga_color_nearest",
        "TEXT_CONSOLE": "text_grid_write",
        "MEMORY_FILL_AUTO": "memory_fill_choose",
        "STACK_PROTECTOR": "stack_protector_begin", "UBSAN": "ubsan_report",
        "CHECK_CONTEXT": "context_stop", "STACK_WATERMARK": "stack_watermark_begin",
        "CPU_IBT": "ibt_enable",
        "KASAN": "kasan_report", "SYMBOLS": "symbol_describe",
        "BACKTRACE": "backtrace_print", "BUILD_ID": "build_id_start",
        "FB_BOCHS": "bochs_display_start", "CONSOLE_LOGO": "console_logo_write",
        "SURFACE_RECT_OUTLINE": "surface_draw_rect",
        "SURFACE_CIRCLE_OUTLINE": "surface_draw_circle", "SURFACE_ELLIPSE": "surface_fill_ellipse",
        "SURFACE_TRIANGLE": "surface_fill_triangle",
        "SURFACE_TEXT": "surface_draw_text", "SURFACE_GLYPH": "surface_draw_glyph",
        "SURFACE_BLIT": "surface_blit", "SHELL_CMD_PAGE_WALK": "page_walk_print",
    })
    for option, symbol in owners.items():
        is_in_a_set = option in build.command_options
        if not build.has("CC_OPTIMIZE_FOR_SIZE") or is_in_a_set or not build.has(option):
            assert (symbol in build.symbols) == build.has(option), f"{option} and {symbol}"
    if build.has("CC_OPTIMIZE_FOR_SIZE"):
        return
    assert ("text_cursor_show" in build.symbols) == (
        build.has("CONSOLE_CURSOR") or build.has("MOUSE_POINTER"))
    for symbol in ("text_grid_check", "text_view_check"):
        assert (symbol in build.symbols) == (build.has("KTEST") and build.has("TEXT_CONSOLE"))


def unknown(build: Build, name: str) -> list[str]:
    """What is said of a command that there is not."""
    mark = [f"  {name}", f"  ^{'~' * (len(name) - 1)}"]
    return [f"Unknown command: {name}", *(mark if build.has("SHELL_ERROR_MARK") else [])]


def check_shell(machine: Machine, build: Build) -> None:
    """Each command that is on answers; each that is off is unknown, and not in `help`."""
    present = build.commands
    hint = ["Type 'help' for available commands."] if "help" in present else []
    if "help" in present:
        rows = ask(machine, build, "help")
        assert max(map(len, rows)) <= 80
        listed = [row.split()[0] for row in rows]
        assert sorted(listed) == present
    for option, name in build.command_options.items():
        if not build.has(option):
            assert ask(machine, build, name) == [*unknown(build, name), *hint]
    assert ask(machine, build, "no-such-thing") == [*unknown(build, "no-such-thing"), *hint]
    if "echo" in present:
        assert ask(machine, build, "echo it works") == ["it works"]
    if "log" in present:
        assert ask(machine, build, "log level") == ["Shown: info"]
    if "heap" in present:
        check_heap(machine, build)
    check_clocks(machine, build)
    if "info" in present:
        seen = shown_mode(machine, machine.screenshot()) if has_screen(machine, build) else None
        check_info(ask(machine, build, "info"), build,
                   seen and mode_of(build, machine.serial_text, seen))


def check_clocks(machine: Machine, build: Build) -> None:
    """`irq`, `uptime` and `date`, where they are: each device's line, and time that goes on."""
    present = build.commands
    if "irq" in present:
        rows = ask(machine, build, "irq")
        assert rows[0] == "line interrupts spurious storms  served by"
        served = {int(row.split()[0]): row.split()[-1] for row in rows[1:]
                  if re.match(r" +\d+ +[1-9]\d* +\d+ +0  ", row)}
        assert (served.get(0), served.get(1)) == (
            "pit8254" if build.has("PIT8254") else None,
            "i8042" if build.has("I8042") else None)
        assert "Line 3 is not masked by a storm." in ask(machine, build, "irq 3")
    if "uptime" in present:
        (row,) = ask(machine, build, "uptime")
        assert re.fullmatch(r"Up for 0 days, 00:\d\d:\d\d\.\d{6}", row)
    if "date" in present:
        (row,) = ask(machine, build, "date")
        assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", row)


def check_page_walk(machine: Machine, build: Build, workdir: Path) -> None:
    """`page` tells the entries that stand in memory, or, without the option, none."""
    stacks, text = build.symbols["kernel_stacks"], build.symbols["text_start"]
    offset = int(build.config["PHYS_MAP_BASE"])
    addresses = (0x18, text + 9, stacks, stacks + 4096, offset + (64 << 20) + 5)
    for address in addresses if build.has("SHELL_CMD_PAGE_WALK") else addresses[:1]:
        said = ask(machine, build, f"page {address:x}")[6:]
        wanted = told(entries(machine, workdir, address), address)
        if address == stacks:
            wanted.append("Where it is: in the guard page of main, 4096 bytes below")
        if address == 0x18:
            wanted.append("Where it is: null pointer, at offset 0x18")
        assert said == (wanted if build.has("SHELL_CMD_PAGE_WALK") else []), f"{address:#x}"


def check_heap(machine: Machine, build: Build) -> None:
    """What the options of the heap have `heap` tell; nothing is alive at the prompt."""
    rows = ask(machine, build, "heap")
    size = int(build.config["HEAP_SIZE_KIB"]) * 1024
    assert re.match(r"0 bytes in 0 allocations of (\d+) bytes, ", rows[0])
    assert size - 64 < int(rows[0].split()[6]) <= size
    grows = [f"grows up to {int(build.config['HEAP_MAX_KIB']) * 1024} bytes"]
    waits = ["waiting: 0 bytes in 0 freed blocks"]
    classes = ["nothing was allocated so far"]
    nothing = ["nothing that was allocated is alive"]
    assert rows[2:] == (grows * build.has("HEAP_GROW") + waits * build.has("HEAP_GUARD")
                        + classes * build.has("HEAP_STATS") + nothing * build.has("HEAP_TRACK"))
    assert ask(machine, build, "heap check") == ["the heap is sound"]
    assert "Usage: heap [check|mark|leaks]" in ask(machine, build, "heap what")


def check_info(rows: list[str], build: Build, mode: Optional[Mode]) -> None:
    """The values of the configuration in the kernel's words."""
    text = "\n".join(rows)
    assert "Tessera 0.1.0" in text and "x86_64" in text
    heap = f"{build.config['HEAP_SIZE_KIB']} KiB at 0x{int(build.config['HEAP_BASE']):x}"
    assert heap in text
    for name in ("bump", "tlsf", "fast"):
        assert (name in text) == build.has(f"HEAP_{name.upper()}")
    if mode:
        assert "{}x{}, {} bit".format(*mode) in text
    else:
        assert re.search(r"Framebuffer: none", text)


def check_deaf(machine: Machine, build: Build) -> None:
    """Without a keyboard what is typed goes nowhere, and does no harm."""
    before = machine.serial_text
    for key in ("a", "ret"):
        machine.send_keys([(key, True), (key, False)])
    poll(lambda: machine.cpu().idle, "the CPU sleeps on")
    assert machine.serial_text == before


def check_memory(machine: Machine, build: Build, workdir: Path) -> None:
    """Page tables: W^X, the heap where and as large as asked for, the stacks, the direct map."""
    mapped = pages(machine, workdir)
    assert not [page for page in mapped if page.writable and page.executable]
    base, size = int(build.config["HEAP_BASE"]), int(build.config["HEAP_SIZE_KIB"]) * 1024
    heap = [page for page in mapped if base <= page.virtual < base + size]
    assert heap[0].virtual == base and sum(page.size for page in heap) == size
    assert all(page.writable for page in heap)
    assert find(mapped, base - 1) is None and find(mapped, base + size) is None
    stacks = build.symbols["kernel_stacks"]
    for option in ("KERNEL_STACK_KIB", "DF_STACK_KIB"):
        bytes_ = int(build.config[option]) * 1024
        assert find(mapped, stacks) is None, f"{option}: no guard page"
        assert all(find(mapped, stacks + at) for at in range(4096, bytes_ + 4096, 4096))
        stacks += 4096 + bytes_
    check_exception_stacks(build, mapped)
    offset = int(build.config["PHYS_MAP_BASE"])
    shown = find(mapped, offset + (64 << 20))
    assert shown is not None and shown.physical <= 64 << 20 < shown.physical + shown.size
    assert find(mapped, 0) is None


def check_boot_tables(machine: Machine, build: Build, workdir: Path) -> None:
    """Without memory management: 4 GiB, at 0 and in the direct map, with all rights."""
    mapped = pages(machine, workdir)
    assert all(page.writable and page.executable for page in mapped)
    offset = int(build.config["PHYS_MAP_BASE"])
    for start in (0, offset):
        for at in (0, (64 << 20) + 5, (4 << 30) - 1):
            page = find(mapped, start + at)
            assert page is not None and page.physical + start + at - page.virtual == at
        assert find(mapped, start + (4 << 30)) is None


def check_exception_stacks(build: Build, mapped: list[Page]) -> None:
    """Where they are on, each has its size and a guard page below it."""
    if not build.has("EXCEPTION_STACKS"):
        return
    at, bytes_ = build.symbols["exception_stacks"], int(build.config["EXCEPTION_STACK_KIB"]) * 1024
    for _stack in range(3):
        assert find(mapped, at) is None, "EXCEPTION_STACKS: no guard page"
        assert all(find(mapped, at + page) for page in range(4096, bytes_ + 4096, 4096))
        at += 4096 + bytes_


def check_memory_fill(machine: Machine, build: Build) -> None:
    """From how many bytes on string instructions are used: always, never, or what was timed."""
    for name in ("fill_string_from", "copy_string_from"):
        if build.has("CC_OPTIMIZE_FOR_SIZE") and name not in build.symbols:
            continue  # nothing is filled, or copied
        limit = memory_word(machine, build.symbols[name])
        if build.has("MEMORY_FILL_AUTO"):
            assert limit in (256, 1024, 4096, 2**64 - 1), name
        else:
            assert limit == (0 if build.has("MEMORY_FILL_STRING") else 2**64 - 1), name


def check_ended(machines: Machines, build: Build, **options: Any) -> None:
    """A boot test: it ends QEMU by itself, and says so in full."""
    machine = machines.start(build, debug_exit=True, **options)
    status = machine.exit_status(120)
    check_boot_test(build, machine.serial_text, status, machine.guest_reset)


def check(machines: Machines, build: Build, workdir: Path, **options: Any) -> Machine:
    """Everything above; the machine (see Machine for its options), which goes on running."""
    check_symbols(build)
    machine = boot(machines, build, **options)
    check_screen(machine, build, machine.serial_text)
    check_serial(machine, build)
    check_interrupts(machine, build)
    if build.has("MM"):
        check_memory(machine, build, workdir)
    else:
        check_boot_tables(machine, build, workdir)
    check_memory_fill(machine, build)
    if build.has("SHELL") and (build.has("I8042") or machine.types_by_serial):
        if build.has("UART16550") or shows_text(machine, build):
            check_shell(machine, build)
        if build.has("UART16550") and "page" in build.commands:
            check_page_walk(machine, build, workdir)
    else:
        check_deaf(machine, build)
    assert machine.running and not machine.guest_reset
    return machine
