# SPDX-License-Identifier: MIT
"""Boots one configuration and judges it, by what the configuration itself promises.

	a boot test		QEMU's exit status, and the test's last word
	all suites		the same, and every plan of the KTAP whole
	a shell			the prompt with the CPU asleep; where it can be typed at, the answer to
				nonsense and to a line of each command that is there
	neither			the kernel's last word, and the CPU asleep

Of a kernel that stays, the chips' registers and the screen's pixels are looked at as well
(tessera/promises.py).

Nothing is forced on the configuration: what it needs, the machine gets. A large heap gets memory, a
serial line at an odd port gets a chip there, a large screen a display that can show it. Where there
is no serial line, the kernel is heard through the debugger (kmatrix/listen.py).
"""

from __future__ import annotations

import time
from typing import Any, Dict, List, NamedTuple, Optional

from tessera.config import Config
from tessera.cpu import DeadWatch
from tessera.errors import MachineError
from tessera.image import Image
from tessera.ktap import BANNER, EXIT_PASSED, Judgement, QemuResult, Report, Verdict, examine
from tessera.ktap import Outcome as CaseOutcome
from tessera.layouts import layout_of
from tessera.promises import (Broken, check_boot_test, check_interrupts, check_screen,
                              check_serial, expect, takes_serial_input)
from tessera.qemu import DEBUG_EXIT_PANIC, Machine

from kmatrix.build import Builder
from kmatrix.jobs import Case
from kmatrix.listen import Listener

TIMEOUT_S = 120.0  # from the kernel's banner on
# Suites take long where KASAN checks each pixel of a large screen. They hang when they say nothing
# for the timeout, or do not end in so many of it.
SUITES_TIMEOUTS = 5
BANNER_S = 120.0  # from QEMU's start on: firmware and loader are a matter of the host's speed
MEMORY_MIB = 128
IDLE = "init: no shell in this configuration; idle.\n"
HINT = "Type 'help' for available commands.\n"
# A line for each command, of at most 16 characters, the least that a shell takes, and what its
# answer holds; of halt and panic one ends the session.
LINES = {
    "echo": ("echo it works", "it works\n"),
    "clear": ("clear", ""),
    "info": ("info", "Architecture: x86_64\n"),
    "page": ("page deadbeef", "PML4"),
    "color": ("color mauve", "Unknown color: mauve\n"),
    "draw": ("draw", "Usage: draw"),
    "log": ("log level", "Shown: info\n"),
    "screenfill": ("screenfill mauve", "Unknown color: mauve\n"),
    "config": ("config", "CONFIG_"),
    "keymap": ("keymap", " us       US\n"),
    "mouse": ("mouse", "At column 0, row 0:\n"),
    "sleep": ("sleep 10ms", ""),
    "reboot": ("reboot now", "Usage: reboot"),
    "poweroff": ("poweroff now", "Usage: poweroff"),
    "history": ("history", "history\n"),
    "repeat": ("repeat 1 repeat", "Usage: repeat"),
    "time": ("time time", " ms\n"),
    "alias": ("alias a=nope; a", "Unknown command: nope\n"),
    "unalias": ("unalias a", ""),
    "run": ("run", "The loader brought no modules.\n"),
    "mem": ("mem", "RAM that may be used"),
    "frames": ("frames", "frames of 4 KiB"),
    "maps": ("maps", "r-x"),
    "pci": ("pci", "00:00.0 "),
    "symbols": ("symbols shell_ru", " shell_run\n"),
    "bench": ("bench memset", " cycles per byte\n"),
    "cpuid": ("cpuid", "Vendor: "),
    "msr": ("msr c0000080", "0xc0000080: 0x"),
    "peek": ("peek 18", "nothing is mapped there"),
    "poke": ("poke 18 1", "nothing is mapped there"),
    "hexdump": ("hexdump 18", "nothing is mapped there"),
    "in": ("in 64", "0x64: 0x"),
    "out": ("out 80 0", ""),
    "demo": ("demo lines 2", ""),
    "font": ("font 16x32", "The font "),
    "life": ("life 2", "Generation 2, "),
    "mode": ("mode 640x480", "640x480"),
}
ENDS = {"panic": "KERNEL PANIC", "halt": "halted"}
# What may be chosen besides halting: the kernel's word of it, QEMU's status (None: it goes on).
AFTER_PANIC = {
    "PANIC_REBOOT": ("Rebooting in {} s.", 0),
    "PANIC_POWER_OFF": ("Switching the machine off.", 0),
    "PANIC_EXIT": ("Leaving QEMU with status 37.", DEBUG_EXIT_PANIC),
    "PANIC_DEBUGGER": ("KERNEL PANIC", None),
}
# What the machine `pc` has at fixed ports: a second device there would be in the way.
_TAKEN = ((0x170, 8), (0x1CE, 3), (0x1F0, 8), (0x376, 1), (0x3B4, 0x2C), (0x3F0, 8), (0x4D0, 2),
          (0x510, 12), (0x600, 0x40), (0x700, 0x40), (0xAE00, 0x18), (0xAF00, 0x20), (0xAFE0, 4),
          (0xB000, 0x40), (0xC000, 0x1000), (0xCF8, 8))
_UART_PORTS = 8
_LOOK_S = 0.05  # between two looks at a CPU that may have halted for good
_REBOOT_S = 5  # a longer wait is not waited for
_ENDING_S = 0.2  # for QEMU to end, where it is about to


class Judged(NamedTuple):
    """What a boot showed."""

    verdict: Verdict
    why: str
    cases: List[Case]
    text: str
    how: str


def has_serial_line(config: Config) -> bool:
    """Can QEMU have a chip where the configuration wants to find it?"""
    if not config["UART16550"]:
        return False
    port = int(config["UART_PORT"])
    return not any(port < start + size and start < port + _UART_PORTS for start, size in _TAKEN)


def machine_options(config: Config) -> Dict[str, Any]:
    """What the machine needs for this configuration."""
    heap = int(config["HEAP_SIZE_KIB"]) // 1024
    memory = MEMORY_MIB + heap * 17 // 16 + (heap // 8 if config["KASAN"] else 0)
    extra: List[str] = []
    if config["FRAMEBUFFER"]:
        mib = int(config["FB_WIDTH"]) * int(config["FB_HEIGHT"]) * 4 >> 20
        extra += ["-global", f"VGA.vgamem_mb={max(16, 1 << mib.bit_length())}"]
    options: Dict[str, Any] = {"memory": f"{memory}M", "debug_exit": True, "extra": extra}
    if has_serial_line(config):
        options["uart_port"] = int(config["UART_PORT"])
    else:
        options.update(gdb=True, paused=True)
    return options


def types_by_serial(config: Config) -> bool:
    """There is no keyboard, but a serial line that the shell reads."""
    return not config["I8042"] and has_serial_line(config) and takes_serial_input(config)


def goal(config: Config) -> str:
    """What make has to build for the boot: an ISO where the kernel needs its loader."""
    return "build" if config["BOOT_PVH"] else "iso"


def judge(builder: Builder, config: Config, timeout: float = TIMEOUT_S) -> Judged:
    """Boot what the builder has built, and see what comes."""
    options = machine_options(config)
    options["direct"] = config["BOOT_PVH"]
    image = builder.elf if config["BOOT_PVH"] else builder.iso
    how = [image.name, options["memory"], "serial line" if "uart_port" in options else "listening"]
    with Machine(image, **options) as machine:
        machine.types_by_serial, machine.layout = types_by_serial(config), layout_of(config)
        listener = Listener(machine, builder.elf) if options.get("gdb") else None
        try:
            judged = _Boot(machine, Image(builder.elf, config), timeout).judge(", ".join(how))
        finally:
            machine.close()
            if listener:
                listener.close()
    return judged


class _Boot:
    """One boot of one configuration."""

    def __init__(self, machine: Machine, image: Image, timeout: float) -> None:
        self._machine = machine
        self._image = image
        self._config = image.config
        self._cases: List[Case] = []
        self._timeout = timeout
        self._deadline = 0.0

    def judge(self, how: str) -> Judged:
        """Everything that the configuration promises."""
        try:
            self._await_banner()
            self._deadline = time.monotonic() + self._timeout
            if self._image.boot_test:
                verdict, why = self._judge_ended()
            else:
                verdict, why = self._judge_running()
        except (Broken, MachineError) as problem:
            verdict, why = self._worse(problem)
        return Judged(verdict, why, self._cases, self._machine.serial_text, how)

    def _await_banner(self) -> None:
        """Or for the end; what came then is for others to judge."""
        deadline, dead = time.monotonic() + BANNER_S, DeadWatch(self._machine)
        if not self._config.tells_steps:
            return
        while not BANNER.search(self._machine.serial_text) and self._machine.running:
            if dead.check() or time.monotonic() > deadline:
                break
            self._machine.wait_change(_LOOK_S)

    # ---- A kernel that ends QEMU by itself -----------------------------------

    def _judge_ended(self) -> "tuple[Verdict, str]":
        status = self._exit_status()
        text = self._machine.serial_text
        if self._image.boot_test == "BOOT_TEST_SUITES":
            return self._take(examine(text, self._result(status)))
        self._cases.append(Case(self._image.boot_test))
        check_boot_test(self._image, text, status, self._machine.guest_reset)
        return Verdict.PASSED, ""

    def _exit_status(self) -> int:
        """QEMU's, unless the kernel has halted for good, or says nothing for too long."""
        dead, heard = DeadWatch(self._machine), 0
        end = self._deadline + (SUITES_TIMEOUTS - 1) * self._timeout
        while self._machine.running and time.monotonic() < self._deadline:
            if heard != len(self._machine.serial_text):
                heard = len(self._machine.serial_text)
                self._deadline = min(time.monotonic() + self._timeout, end)
            if dead.check():
                raise MachineError("the CPU halted for good")
            self._machine.wait(lambda: self._machine.status is not None, _LOOK_S)
        if self._machine.running:
            raise MachineError(f"it said nothing for {self._timeout:g} s, or does not end")
        return self._machine.exit_status(0)

    def _take(self, judgement: Judgement) -> "tuple[Verdict, str]":
        self._cases += cases_of(judgement.report)
        return judgement.verdict, judgement.why

    def _result(self, status: Optional[int]) -> QemuResult:
        return QemuResult(status, self._machine.guest_reset)

    # ---- A kernel that stays ------------------------------------------------

    def _judge_running(self) -> "tuple[Verdict, str]":
        self._cases.append(Case("boots and sleeps"))
        if self._config["SHELL"]:
            self._machine.wait_prompt(timeout=self._left())
        elif self._config.tells_steps:
            self._machine.wait_text(IDLE, self._left())
        self._wait_idle()
        self._cases.append(Case("chips and screen"))
        self._judge_parts()
        if self._config["SHELL"] and (self._config["I8042"] or types_by_serial(self._config)):
            self._judge_shell()
        return Verdict.PASSED, ""

    def _wait_idle(self) -> None:
        while not (self._machine.running and self._machine.cpu().idle
                   and self._machine.cpu().in_kernel):
            if time.monotonic() > self._deadline or self._machine.guest_reset:
                raise Broken("the CPU does not sleep")
            time.sleep(0.005)

    def _judge_parts(self) -> None:
        """Where each option takes effect: registers and pixels."""
        check_interrupts(self._machine, self._image)
        if has_serial_line(self._config):
            check_serial(self._machine, self._image)
        rows = check_screen(self._machine, self._image, self._machine.serial_text)
        if self._config["SHELL"] and any(rows):
            expect([row for row in rows if row][-1], ">", "the last row of the screen")

    def _judge_shell(self) -> None:
        commands = self._image.commands
        self._cases.append(Case("answers what it does not know"))
        hint = HINT if "help" in commands else ""
        mark = "  nonsense\n  ^~~~~~~~\n" if self._config["SHELL_ERROR_MARK"] else ""
        expect(self._ask("nonsense"), f"Unknown command: nonsense\n{mark}{hint}",
               "answer to nonsense")
        if "help" in commands:
            self._cases.append(Case("lists its commands"))
            listed = sorted(line.split()[0] for line in self._ask("help").splitlines())
            expect(listed, commands, "what help lists")
        for name in [name for name in commands if name in LINES]:
            self._cases.append(Case(f"command {name}"))
            line, wanted = LINES[name]
            if self._image.has("SHELL_CMD_PAGE_WALK") and name == "page":
                wanted = "PML4 entry: 0x"
            told = self._ask(line)
            expect(wanted in told, True, f"is {wanted!r} in the answer {told!r} to {line!r}")
        if "test" in commands:
            self._judge_suites()
        self._judge_end(next((name for name in ENDS if name in commands), ""))

    def _judge_suites(self) -> None:
        """As the command `test` runs them."""
        self._cases.append(Case("command test"))
        told = self._machine.run_command("test", self._timeout, SUITES_TIMEOUTS * self._timeout)
        self._deadline = time.monotonic() + self._timeout
        verdict, why = self._take(examine(f"Tessera 0\n{told}", QemuResult(EXIT_PASSED)))
        expect((verdict, why), (Verdict.PASSED, ""), "verdict of the command test")

    def _judge_end(self, command: str) -> None:
        """A command that halts for good, or does what happens after a panic."""
        if not command:
            return
        self._cases.append(Case(f"command {command}"))
        start = len(self._machine.serial_text)
        try:
            self._machine.type_text(command + "\n")
        except MachineError:
            if self._machine.running:  # else it was gone before Enter was let go of
                raise
        self._machine.wait_text(ENDS[command], self._left(), start)
        chosen = next((name for name in AFTER_PANIC if self._config[name]), "")
        if command == "panic" and chosen:
            self._judge_after_panic(chosen, start)
            return
        while not self._machine.cpu().dead:
            expect(time.monotonic() < self._deadline, True, f"does the CPU halt after {command}")
            time.sleep(0.005)

    def _judge_after_panic(self, chosen: str, start: int) -> None:
        """The word of what is chosen, and QEMU's end, where that is near."""
        words, status = AFTER_PANIC[chosen]
        seconds = int(self._config["PANIC_REBOOT_SECONDS"])
        self._machine.wait_text(words.format(seconds), self._left(), start)
        if status is None or chosen == "PANIC_REBOOT" and seconds > _REBOOT_S:
            return
        expect((self._machine.exit_status(self._left()), self._machine.guest_reset),
               (status, chosen == "PANIC_REBOOT"), f"QEMU's end by {chosen}")

    def _ask(self, line: str) -> str:
        return self._machine.run_command(line, self._left())

    def _left(self) -> float:
        return max(1.0, self._deadline - time.monotonic())

    # ---- A boot that failed -------------------------------------------------

    def _worse(self, problem: Exception) -> "tuple[Verdict, str]":
        """The verdict of a boot that is not what it should be."""
        why = str(problem).splitlines()[0]
        self._machine.wait(lambda: self._machine.status is not None, _ENDING_S)
        result = self._result(self._machine.status)
        verdict = examine(self._machine.serial_text, result).verdict
        story = self._machine.triple_fault()
        if story or verdict is Verdict.TRIPLE_FAULT:  # a reset after a panic may be on purpose
            verdict, why = Verdict.TRIPLE_FAULT, story[-1] if story else why
        elif verdict is Verdict.PANICKED and self._config["BOOT_TEST_STACK_OVERFLOW"] or (
                verdict not in (Verdict.PANICKED, Verdict.DID_NOT_BOOT)):
            # A panic is what that test is about.
            is_silent = isinstance(problem, MachineError) and result.status is None
            verdict = Verdict.HUNG if is_silent else Verdict.FAILED
        if verdict is Verdict.PANICKED:
            why = examine(self._machine.serial_text, result).why
        if self._cases:
            self._cases[-1].outcome, self._cases[-1].reason = "failed", why
        return verdict, why


def cases_of(report: Report) -> List[Case]:
    """The cases of suites."""
    words = {CaseOutcome.FAILED: "failed", CaseOutcome.SKIPPED: "skipped"}
    return [Case(".".join(path), words.get(case.outcome, "passed"),
                 "; ".join(filter(None, [case.reason, *case.remarks])))
            for path, case in report.cases()]
