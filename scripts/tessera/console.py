# SPDX-License-Identifier: MIT
"""What the person who runs Tessera sees: its text, and what became of it."""

from __future__ import annotations

import enum
import sys
import time
from pathlib import Path
from typing import Callable, Optional, Set

from .config import Config
from .cpu import DeadWatch
from .errors import MachineError
from .psf import Font
from .qemu import DEBUG_EXIT_FAILED, DEBUG_EXIT_PANIC, DEBUG_EXIT_PASSED, Machine
from .screen_reader import ScreenReader
from .transcript import Transcript

NO_SHELL_LINE = "init: no shell in this configuration; idle."
HALTED_LINE = "System halted."
NO_KEYBOARD_TEXT = "i8042: no controller"
_SAME_SCREEN_S = 1.0
_REBOOTING = "Rebooting in "  # kernel/report/panic_action.c
_POWERING_OFF = "Switching the machine off."
_PANIC_WORDS = ("KERNEL PANIC:", "EXCEPTION:")
_OUTPUTS = (("serial", "UART16550"), ("screen", "FRAMEBUFFER_CONSOLE"),
            ("screen", "VGA_TEXT_CONSOLE"), ("debug", "QEMU_DEBUG_CONSOLE"))


def say(text: str) -> None:
    """A sentence of the runner, apart from what the guest says."""
    sys.stdout.flush()
    print(f"tessera: {text}", file=sys.stderr, flush=True)


class Outcome(enum.Enum):
    """Why waiting for the prompt ended."""

    READY = "ready"
    DEAD = "dead"
    ENDED = "ended"
    SILENT = "silent"


def outputs(config: Config, words: str) -> Set[str]:
    """Which outputs of the kernel show text: those that the last console= of its words names."""
    shown = known = {name for name, option in _OUTPUTS if config[option]}
    if config["CONSOLE_PARAM"]:
        for word in f"{config['CMDLINE'] or ''} {words}".split():
            name, _, value = word.partition("=")
            if name == "console":
                shown = known & set(value.split(",")) or shown
    return shown


class Console:
    """The text of a machine from its serial line or, where it shows none, its screen."""

    def __init__(self, machine: Machine, config: Config, root: Path, words: str = "") -> None:
        """words: the boot parameters, besides those that are built in."""
        self.machine = machine
        self.config = config
        self.mute = False  # console= leaves out all that could be read, but for the last report
        shown = outputs(config, words)
        self.trace_path: Optional[Path] = None  # where the trace of a triple fault goes
        self.before_saying: Callable[[], None] = lambda: None
        self.reader: Optional[ScreenReader] = None
        self.transcript: Optional[Transcript] = None
        if "serial" in shown:
            self.transcript = machine.serial
        elif "screen" in shown and config["FRAMEBUFFER_CONSOLE"] and machine.has_screen:
            self.reader = ScreenReader(machine, Font.load(root / str(config["FONT_FILE"])))
            self.transcript = self.reader.transcript
        elif config["UART16550"]:
            self.transcript = machine.serial
            self.mute = True

    @property
    def text(self) -> str:
        """All text so far."""
        return "" if self.transcript is None else self.transcript.text

    def say(self, text: str) -> None:
        """A sentence of the runner, after all text of the guest that came before it."""
        self.before_saying()
        say(text)

    def close(self) -> None:
        """End the reader of the screen."""
        if self.reader:
            self.reader.stop()

    def await_ready(self, start: int, silence_s: float) -> Outcome:
        """Wait until the guest has done what it was told (its boot, or a line) from start on."""
        dead = DeadWatch(self.machine)
        length, since = -1, time.monotonic()
        while True:
            try:
                if self._ready(start) or self._same_screen(time.monotonic() - since):
                    return Outcome.READY
            except MachineError:
                pass  # QEMU is ending: the next question sees that
            if not self.machine.running:
                return Outcome.ENDED
            if dead.check():
                self._settle()
                return Outcome.DEAD
            if len(self.text) != length:
                length, since = len(self.text), time.monotonic()
            elif time.monotonic() - since > silence_s:
                return Outcome.SILENT
            self.machine.wait_change(0.02)

    def _ready(self, start: int) -> bool:
        if self.transcript is None or self.mute or not (
                self.config["SHELL"] or self.config.tells_steps):
            cpu = self.machine.cpu()
            return cpu.idle and cpu.in_kernel
        if self.config["SHELL"]:
            return self.machine.prompt_now(start, self.transcript) is not None
        return NO_SHELL_LINE in self.text[start:] and self.machine.cpu().halted

    def look_at_line(self) -> int:
        """Where the screen is read: read it with the typed line on it, before Enter.

        Without that, a screen that scrolled by what it showed before looks as if nothing
        had happened. The length of the text then; 0 where it comes from the serial line.
        """
        if self.reader is None:
            return 0
        deadline = time.monotonic() + _SAME_SCREEN_S
        while not self.machine.cpu().halted and time.monotonic() < deadline:
            self.machine.wait_change(0.01)
        self.reader.look()
        return len(self.text)

    def _same_screen(self, silent_s: float) -> bool:
        """The screen shows a prompt, the guest idles, and nothing changes any more.

        Enter at the prompt of a screen full of prompts changes nothing that could be seen.
        """
        return (self.reader is not None and silent_s > _SAME_SCREEN_S
                and self.reader.transcript.prompt() is not None
                and self.machine.running and self.machine.cpu().idle)

    def _settle(self) -> None:
        """Read the screen once more: what it shows now is all that it will show."""
        if self.reader:
            self.reader.look()

    def last_words(self) -> str:
        """The line in which the guest says why it stopped, or its last one."""
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        for line in reversed(lines):
            if line.startswith(_PANIC_WORDS):
                return line
        return lines[-1] if lines else ""

    def explain_end(self) -> int:
        """QEMU ended by itself: say why, and with which status the runner ends."""
        status = self.machine.status
        if self.machine.guest_reset:
            return self._explain_reset()
        if self.config["QEMU_DEBUG_EXIT"] and status in (DEBUG_EXIT_PASSED, DEBUG_EXIT_FAILED):
            passed = status == DEBUG_EXIT_PASSED
            self.say("the boot test passed." if passed else "the boot test failed.")
            return 0 if passed else 1
        if self.config["QEMU_DEBUG_EXIT"] and status == DEBUG_EXIT_PANIC:
            self.say("the kernel has panicked, and ended QEMU as it was told to.")
            return 1
        if self.machine.guest_power_off and _POWERING_OFF in self.text:
            self.say("the kernel has panicked, and switched the machine off.")
            return 1
        if status:
            self.say(f"QEMU ended with status {status}. {self.machine.log()}".rstrip())
        return 1 if status else 0

    def _explain_reset(self) -> int:
        """By a triple fault, of which there is a trace, or on purpose."""
        story = self.machine.triple_fault()
        if not story:
            rebooted = _REBOOTING in self.text
            self.say("the kernel has panicked, and would reboot now; make run does not, but with "
                     'QEMU_ARGS="-action reboot=reset".' if rebooted else
                     "the guest reset itself (a triple fault, or on purpose).")
            return 1
        said = f"the kernel reset the machine by a {story[-1]}."
        if self.trace_path is not None:
            self.trace_path.write_text("\n".join([*story, "", self.machine.trace()]))
            said += f" {self.trace_path} has it, with the registers."
        self.say(said)
        return 1


def what_typing_needs(console: Console) -> str:
    """Why a line cannot be typed in this configuration, and what to turn on; or nothing."""
    config = console.config
    if console.transcript is None:
        return ("this configuration shows no text: to type lines, turn on UART16550 (the serial "
                "line) or FRAMEBUFFER_CONSOLE.")
    if console.mute:
        return ("the boot parameter console= leaves out what is read here, so no line is typed: "
                "name serial in it, or screen where there is FRAMEBUFFER_CONSOLE.")
    if not config["SHELL"]:
        return "this configuration has no shell: to type lines, turn on SHELL."
    if config["SHELL_SERIAL_INPUT"]:
        return ""
    if not config["I8042"]:
        return ("this configuration has no keyboard driver: to type lines, turn on "
                "SHELL_SERIAL_INPUT (for the serial line), or turn on I8042.")
    if NO_KEYBOARD_TEXT in console.text:
        return "the machine has no PS/2 keyboard, so nothing can be typed."
    return ""
