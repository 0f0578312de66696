# SPDX-License-Identifier: MIT
"""What any configuration promises of chips and screen, looked up in the running machine.

A value is read where it takes effect: pixels, a chip's registers. The kernel's own word counts only
where it says that the machine did not give what was asked for. Both `make test` (tests/promises.py)
and the matrix (kmatrix/boot.py) ask this.
"""

from __future__ import annotations

import re
from typing import List, Tuple

from .config import Config
from .image import Image
from .ktap import STAMP, QemuResult, examine
from .qemu import DEBUG_EXIT_FAILED, DEBUG_EXIT_PASSED, Machine
from .screen import UNKNOWN, Screen

# QEMU's standard display (Bochs VBE extensions): a register's number, then its value.
VBE_INDEX, VBE_DATA, VBE_BITS = 0x1CE, 0x1CF, 3
UART_LINE_CONTROL, UART_DIVISOR_ACCESS, UART_CLOCK = 3, 0x80, 115200
UART_LINE_STATUS, NO_LINE = 5, 16
BASIC_LINES = 250  # tests/boot/basic_boot.c

_MODE = re.compile(rf"^{STAMP}framebuffer: (\d+)x(\d+), (\d+) bit", re.MULTILINE)
_OTHER_MODE = re.compile(rf"^{STAMP}warning: framebuffer: the display gave (\d+)x(\d+), (\d+) bit",
                         re.MULTILINE)
_FAILS_ON_PURPOSE = "is not given, as heap_fail= or HEAP_FAIL_EVERY asks"  # mm/fail_inject.c
_LAST_WORD = re.compile(r"BOOT TEST (\w+): (passed|failed)")

Mode = Tuple[int, int, int]  # width, height, bits a pixel


class Broken(AssertionError):
    """A promise is not kept; the text says which, and what was seen."""


def expect(seen: object, wanted: object, what: str) -> None:
    """Broken unless both are equal."""
    if seen != wanted:
        raise Broken(f"{what}: {seen!r}, and not {wanted!r}")


def has_screen(machine: Machine, image: Image) -> bool:
    """There is a framebuffer: GRUB gives one, else the kernel must set it up itself."""
    return image.has("FRAMEBUFFER") and (not machine.direct or image.has("FB_BOCHS"))


def shows_text(machine: Machine, image: Image) -> bool:
    """The text console is there, and a screen for it."""
    return image.has("FRAMEBUFFER_CONSOLE") and has_screen(machine, image)


def read_port(machine: Machine, port: int, size: str = "b") -> int:
    """Read an I/O port as the CPU would."""
    found = re.search(r"=\s*0x([0-9a-f]+)", machine.hmp(f"i /1x{size} {port:#x}"))
    assert found
    return int(found.group(1), 16)


def check_interrupts(machine: Machine, image: Image) -> None:
    """Only lines of devices that the configuration drives are unmasked; nor is the timer's where it
    left the kernel no time, which on a busy host 10,000 ticks a second may do."""
    masks = dict(re.findall(r"pic(\d): .*?imr=([0-9a-f]{2})", machine.hmp("info pic")))
    has_ticks = image.has("PIT8254") and not (
        image.has("IRQ_STORM") and "time stands still" in machine.serial_text)
    wanted = 0xFFFF & ~(has_ticks << 0) & ~(image.has("I8042") << 1)
    wanted &= ~(1 << uart_irq(machine, image)) & ~(image.has("PS2_MOUSE") << 12)
    expect(int(masks["0"], 16) | 0b100, wanted & 0xFF | 0b100, "mask of the first PIC")
    expect(int(masks["1"], 16), wanted >> 8, "mask of the second PIC")


def takes_serial_input(config: Config) -> bool:
    """What is sent to the kernel by its serial line arrives: by the interrupt that QEMU's chip
    has, or else with the timer's next tick."""
    port = int(config["UART_PORT"] or 0)
    return bool(config["SHELL_SERIAL_INPUT"]) and (
        bool(config["PIT8254"]) or int(config["UART_IRQ"] or 0) in (0, usual_uart_irq(port)))


def usual_uart_irq(port: int) -> int:
    """As PCs have it, and QEMU."""
    return 3 if port in (0x2F8, 0x2E8) else 4


def uart_irq(machine: Machine, image: Image) -> int:
    """The line by which the serial chip tells of bytes; one that does not exist if it does not."""
    port = int(image.config["UART_PORT"] or 0)
    if not image.has("SHELL_SERIAL_INPUT") or read_port(machine, port + UART_LINE_STATUS) == 0xFF:
        return NO_LINE
    return int(image.config["UART_IRQ"]) or usual_uart_irq(port)


def check_serial(machine: Machine, image: Image) -> None:
    """The chip's divisor, read out of the chip; or, without the driver, a silent line."""
    if not image.has("UART16550"):
        expect(machine.serial_text, "", "text on a serial line without a driver")
        return
    port = int(image.config["UART_PORT"])
    control = read_port(machine, port + UART_LINE_CONTROL)
    expect(control, 0x03, "line control, 8 data bits, no parity, 1 stop bit")
    machine.hmp(f"o /1xb {port + UART_LINE_CONTROL:#x} {control | UART_DIVISOR_ACCESS:#x}")
    divisor = read_port(machine, port) | read_port(machine, port + 1) << 8
    machine.hmp(f"o /1xb {port + UART_LINE_CONTROL:#x} {control:#x}")
    expect(divisor, round(UART_CLOCK / int(image.config["UART_BAUD"])), "divisor of the UART")


def shown_color(rgb: int, bits: int) -> int:
    """A colour as the display shows it: 16 bits are 5, 6 and 5, which QEMU stretches to 8; of 15
    the low bits are empty, as Screen.of_depth() has them."""
    if bits > 16:
        return rgb
    if bits == 15:
        return rgb & 0xF8F8F8
    red, green, blue = rgb >> 19 & 0x1F, rgb >> 10 & 0x3F, rgb >> 3 & 0x1F
    return (
        (red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 | (blue << 3 | blue >> 2)
    )


def mode_of(image: Image, text: str, seen: Mode) -> Mode:
    """The configured mode, or the one that the kernel says it got instead.

    Of a kernel without warnings nobody knows which of the two it is: that of the display, `seen`.
    """
    wanted = tuple(int(image.config[f"FB_{name}"]) for name in ("WIDTH", "HEIGHT", "BPP"))
    told, warned = _MODE.search(text), _OTHER_MODE.search(text)
    if image.has("LOG_LEVEL_ERROR"):
        return seen
    if told is None and (warned is None or image.config.tells_steps):
        return wanted  # type: ignore[return-value]
    given = tuple(map(int, (told or warned).groups()))  # type: ignore[union-attr]
    expect(bool(warned), given != wanted, f"is it said that {given} is not {wanted}")
    return given  # type: ignore[return-value]


def shown_mode(machine: Machine, screen: Screen) -> Mode:
    """The display's own."""
    machine.hmp(f"o /2xh {VBE_INDEX:#x} {VBE_BITS}")
    return screen.width, screen.height, read_port(machine, VBE_DATA, "h")


def check_screen(machine: Machine, image: Image, text: str) -> List[str]:
    """The mode, the depth, the colours and the glyphs of the text; its rows. `text` is what the
    kernel said."""
    if not has_screen(machine, image):
        return []
    screen = machine.screenshot()
    seen = shown_mode(machine, screen)
    expect(seen, mode_of(image, text, seen), "mode of the screen")
    return check_text(screen, image, seen[2]) if shows_text(machine, image) else []


def without_cursor(row: str, image: Image) -> str:
    """A blank that the cursor underlines is no glyph of the font, or another one than a blank."""
    return row.rstrip(f" _{UNKNOWN}") if image.has("CONSOLE_CURSOR_UNDERLINE") else row


def check_text(screen: Screen, image: Image, bits: int) -> List[str]:
    """Colours and glyphs of a screen of text; its rows. A logo is above the text."""
    wanted = {shown_color(int(image.config[f"CONSOLE_{name}"]), bits) for name in ("FG", "BG")}
    seen = set(screen.of_depth(bits).colors())
    expect(seen & wanted if image.has("CONSOLE_LOGO") else seen, wanted, "colours of the screen")
    rows = [without_cursor(row, image) for row in screen.text(image.font)]
    expect(len(rows), screen.height // image.font.height, "rows of text")
    if image.has("CONSOLE_LOGO"):
        rows = [row for row in rows if UNKNOWN not in row]
    if UNKNOWN in "".join(rows):
        raise Broken("a cell is no glyph of the font")
    return rows


def check_boot_test(image: Image, text: str, status: int, guest_reset: bool) -> None:
    """A boot test's exit status, its own last word or its whole plan, and no reset."""
    name = image.boot_test
    if name == "BOOT_TEST_SUITES":
        judgement = examine(text, QemuResult(status, guest_reset))
        expect((judgement.verdict.value, judgement.why), ("passed", ""), "verdict of the suites")
        return
    # Allocations that fail on purpose fail the test of allocations; not all kernels tell of them.
    may_fail = name == "BOOT_TEST_HEAP" and (
        _FAILS_ON_PURPOSE in text if image.config.tells_steps
        else int(image.config["HEAP_FAIL_EVERY"] or 0) > 0)
    wanted, result = DEBUG_EXIT_PASSED, "passed"
    if may_fail and status == DEBUG_EXIT_FAILED:
        wanted, result = DEBUG_EXIT_FAILED, "failed"
    expect((status, guest_reset), (wanted, False), "QEMU's exit status, and a reset")
    words = [_LAST_WORD.fullmatch(line) for line in text.splitlines()[-3:]]
    told = [word.group(1) for word in words if word and word.group(2) == result]
    if len(told) != 1 or not told[0].startswith(name[len("BOOT_TEST_"):].lower()):
        raise Broken(f"the last word of {name} is {told}, of the lines {text.splitlines()[-3:]}")
    if name == "BOOT_TEST_BASIC":
        lines = [int(number) for number in re.findall(r"^line (\d+) of", text, re.MULTILINE)]
        expect(lines, list(range(1, BASIC_LINES + 1)), "lines of the boot test")
