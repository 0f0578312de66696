# SPDX-License-Identifier: MIT
"""What a configuration promises, whatever is on or off in it, and whether its image keeps it.

`make test` asks this of the user's own configuration, the suite of many that differ. A value is
read where it takes effect: pixels, page tables, a chip's registers; the kernel's own words are
held against these, and never stand alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Callable

from tessera.qemu import Machine

from building import Build
from harness import BOOT_TIMEOUT_S, Machines, poll, screen_rows, wait_on_screen
from pagewalk import find, pages, register

NO_SHELL = "init: no shell in this configuration; idle."
COMMANDS = "HELP ECHO CLEAR INFO HALT PANIC PAGE COLOR DRAW SCREENFILL".split()
KERNEL_BASE = 0xFFFFFFFF80000000

# QEMU's standard display (Bochs VBE extensions): a register's number, then its value.
VBE_INDEX, VBE_DATA, VBE_BITS = 0x1CE, 0x1CF, 3
UART_LINE_CONTROL, UART_DIVISOR_ACCESS, UART_CLOCK = 3, 0x80, 115200


def commands_of(build: Build) -> list[str]:
    """The commands that the configuration has, sorted."""
    return sorted(name.lower() for name in COMMANDS if build.has(f"SHELL_CMD_{name}"))


def is_in_kernel(machine: Machine) -> bool:
    """The CPU sleeps in the kernel's own code, interrupts on: the boot is over."""
    return machine.cpu().idle and register(machine, "RIP") >= KERNEL_BASE


def has_screen(machine: Machine, build: Build) -> bool:
    """There is a framebuffer: GRUB gives one, else the kernel must set it up itself."""
    return build.has("FRAMEBUFFER") and (not machine.direct or build.has("FB_BOCHS"))


def shows_text(machine: Machine, build: Build) -> bool:
    """The text console is there, and a screen for it."""
    return build.has("FRAMEBUFFER_CONSOLE") and has_screen(machine, build)


def boot(machines: Machines, build: Build, **options: Any) -> Machine:
    """Boot any configuration, and see its last word on each output that it has."""
    machine = machines.start(build, **options)
    last_word = "> " if build.has("SHELL") else NO_SHELL
    if build.has("UART16550"):
        if build.has("SHELL"):
            machine.wait_prompt(timeout=BOOT_TIMEOUT_S)
        else:
            machine.wait_text(last_word + "\n", BOOT_TIMEOUT_S)
    poll(lambda: is_in_kernel(machine), "the kernel sleeps", BOOT_TIMEOUT_S)
    if shows_text(machine, build):
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


def without_cursor(row: str, build: Build) -> str:
    """A blank that the cursor underlines is no glyph of the font."""
    return row.rstrip(" \ufffd") if build.has("CONSOLE_CURSOR_UNDERLINE") else row


def answered(rows: list[str]) -> list[str]:
    """The rows, if a new prompt stands below the first one."""
    return rows if len(rows) > 1 and rows[-1] == ">" else []


def check_symbols(build: Build) -> None:
    """An option changes what is in the image: a thing that is off has left no symbol."""
    owners = {f"SHELL_CMD_{name}": f"{name.lower()}_run" for name in COMMANDS}
    owners.update({
        "UART16550": "uart16550_start", "I8042": "i8042_start", "PIT8254": "pit8254_start",
        "FRAMEBUFFER": "framebuffer_surface", "SHELL": "shell_run",
        "QEMU_DEBUG_EXIT": "qemu_debug_exit", "FRAMEBUFFER_CONSOLE": "cell_painter_paint",
        "BOOT_MULTIBOOT2": "multiboot2_parse", "BOOT_PVH": "pvh_parse",
        "CONSOLE_ANSI": "text_terminal_write", "CONSOLE_DEFERRED": "text_way_is_due",
        "CONSOLE_PANNING": "framebuffer_pan_rows", "CONSOLE_UTF8": "utf8_feed",
        "CONSOLE_CURSOR": "text_cursor_show", "CONSOLE_SCROLLBACK": "text_scrollback_start",
        "CONSOLE_CURSOR_BLINK": "text_blink_start", "VGA_TEXT_CONSOLE": "vga_color_nearest",
        "TEXT_CONSOLE": "text_grid_write",
        "MEMORY_FILL_AUTO": "memory_fill_choose",
        "FB_BOCHS": "bochs_display_start", "CONSOLE_LOGO": "console_logo_write",
        "SURFACE_RECT_OUTLINE": "surface_draw_rect",
        "SURFACE_CIRCLE_OUTLINE": "surface_draw_circle", "SURFACE_ELLIPSE": "surface_fill_ellipse",
        "SURFACE_TRIANGLE": "surface_fill_triangle",
        "SURFACE_TEXT": "surface_draw_text", "SURFACE_BLIT": "surface_blit",
    })
    for option, symbol in owners.items():
        assert (symbol in build.symbols) == build.has(option), f"{option} and {symbol}"


def check_shell(machine: Machine, build: Build) -> None:
    """Each command that is on answers; each that is off is unknown, and not in `help`."""
    present = commands_of(build)
    hint = ["Type 'help' for available commands."] if "help" in present else []
    if "help" in present:
        listed = [row.split()[0] for row in ask(machine, build, "help")]
        assert sorted(listed) == present
    for name in (name.lower() for name in COMMANDS):
        if name not in present:
            assert ask(machine, build, name) == [f"Unknown command: {name}", *hint]
    assert ask(machine, build, "no-such-thing") == ["Unknown command: no-such-thing", *hint]
    if "echo" in present:
        assert ask(machine, build, "echo it works") == ["it works"]
    if "info" in present:
        check_info(ask(machine, build, "info"), build, has_screen(machine, build))


def check_info(rows: list[str], build: Build, screen: bool) -> None:
    """The values of the configuration in the kernel's words."""
    text = "\n".join(rows)
    assert "Tessera 0.1.0" in text and "x86_64" in text
    heap = f"{build.config['HEAP_SIZE_KIB']} KiB at 0x{int(build.config['HEAP_BASE']):x}"
    assert heap in text
    assert ("bump" in text) == build.has("HEAP_BUMP")
    if screen:
        mode = "{FB_WIDTH}x{FB_HEIGHT}, {FB_BPP} bit".format(**build.config)
        assert mode in text
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
    assert [page.virtual for page in heap] == list(range(base, base + size, 4096))
    assert find(mapped, base - 1) is None and find(mapped, base + size) is None
    stacks = build.symbols["kernel_stacks"]
    for option in ("KERNEL_STACK_KIB", "DF_STACK_KIB"):
        bytes_ = int(build.config[option]) * 1024
        assert find(mapped, stacks) is None, f"{option}: no guard page"
        assert all(find(mapped, stacks + at) for at in range(4096, bytes_ + 4096, 4096))
        stacks += 4096 + bytes_
    offset = int(build.config["PHYS_MAP_BASE"])
    shown = find(mapped, offset + (64 << 20))
    assert shown is not None and shown.physical <= 64 << 20 < shown.physical + shown.size
    assert find(mapped, 0) is None


def check_memory_fill(machine: Machine, build: Build) -> None:
    """From how many bytes on string instructions are used: always, never, or what was timed."""
    for name in ("fill_string_from", "copy_string_from"):
        found = re.search(r": 0x([0-9a-f]+)", machine.hmp(f"x /1gx {build.symbols[name]:#x}"))
        assert found, name
        limit = int(found.group(1), 16)
        if build.has("MEMORY_FILL_AUTO"):
            assert limit in (256, 1024, 4096, 2**64 - 1), name
        else:
            assert limit == (0 if build.has("MEMORY_FILL_STRING") else 2**64 - 1), name


def check_interrupts(machine: Machine, build: Build) -> None:
    """Only lines of devices that the configuration drives are unmasked."""
    masks = dict(re.findall(r"pic(\d): .*?imr=([0-9a-f]{2})", machine.hmp("info pic")))
    wanted = 0xFF & ~(build.has("PIT8254") << 0) & ~(build.has("I8042") << 1)
    assert int(masks["0"], 16) | 0b100 == wanted | 0b100
    assert int(masks["1"], 16) == 0xFF


def check_serial(machine: Machine, build: Build) -> None:
    """The chip's divisor, read out of the chip; or, without the driver, a silent line."""
    if not build.has("UART16550"):
        assert machine.serial_text == ""
        return
    port = int(build.config["UART_PORT"])
    control = read_port(machine, port + UART_LINE_CONTROL)
    assert control == 0x03, "8 data bits, no parity, 1 stop bit"
    machine.hmp(f"o /1xb {port + UART_LINE_CONTROL:#x} {control | UART_DIVISOR_ACCESS:#x}")
    divisor = read_port(machine, port) | read_port(machine, port + 1) << 8
    machine.hmp(f"o /1xb {port + UART_LINE_CONTROL:#x} {control:#x}")
    assert divisor == round(UART_CLOCK / int(build.config["UART_BAUD"]))


def read_port(machine: Machine, port: int, size: str = "b") -> int:
    """Read an I/O port as the CPU would."""
    found = re.search(r"=\s*0x([0-9a-f]+)", machine.hmp(f"i /1x{size} {port:#x}"))
    assert found
    return int(found.group(1), 16)


def shown_color(rgb: int, bits: int) -> int:
    """A colour as the display shows it: 16 bits are 5, 6 and 5, which QEMU stretches to 8; of 15 it
    leaves the low bits empty."""
    if bits > 16:
        return rgb
    if bits == 15:
        return rgb & 0xF8F8F8
    red, green, blue = rgb >> 19 & 0x1F, rgb >> 10 & 0x3F, rgb >> 3 & 0x1F
    return (
        (red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 | (blue << 3 | blue >> 2)
    )


def check_screen(machine: Machine, build: Build) -> None:
    """The mode, the depth, and the colours of the text."""
    if not has_screen(machine, build):
        return
    screen = machine.screenshot()
    width, height, bits = (int(build.config[f"FB_{name}"]) for name in ("WIDTH", "HEIGHT", "BPP"))
    assert (screen.width, screen.height) == (width, height)
    machine.hmp(f"o /2xh {VBE_INDEX:#x} {VBE_BITS}")
    assert read_port(machine, VBE_DATA, "h") == bits
    if shows_text(machine, build):
        wanted = {shown_color(int(build.config[f"CONSOLE_{name}"]), bits) for name in ("FG", "BG")}
        assert set(screen.colors()) == wanted
        rows = screen.text(build.font)
        assert len(rows) == height // build.font.height
        rows = [without_cursor(row, build) for row in rows]
        assert "\ufffd" not in "".join(rows), "a cell that is no glyph of the font"


def check(machines: Machines, build: Build, workdir: Path, **options: Any) -> Machine:
    """Everything above; the machine (see Machine for its options), which goes on running."""
    check_symbols(build)
    machine = boot(machines, build, **options)
    checks: list[Callable[[], None]] = [
        lambda: check_screen(machine, build), lambda: check_serial(machine, build),
        lambda: check_interrupts(machine, build), lambda: check_memory(machine, build, workdir),
        lambda: check_memory_fill(machine, build),
    ]
    for one in checks:
        one()
    if build.has("SHELL") and build.has("I8042"):
        if build.has("UART16550") or shows_text(machine, build):
            check_shell(machine, build)
    else:
        check_deaf(machine, build)
    assert machine.running and not machine.guest_reset
    return machine
