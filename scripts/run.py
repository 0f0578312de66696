#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a built Tessera in QEMU: `make run` and `make screenshot`.

With a display, QEMU opens its window. Without one the terminal is the screen and the
keyboard: the serial text is shown, what is typed goes to the guest as real key events, or, where
the shell takes it (SHELL_SERIAL_INPUT), to the serial line as it is. With standard input not a
terminal its lines are typed at the prompt, and the run ends with them.
"""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import List, Optional, Tuple

from tessera.config import Config
from tessera.console import Console, say
from tessera.errors import QEMU, MachineError, QemuMissing
from tessera.interactive import run_session
from tessera.kvm import why_kvm_does_not_work
from tessera.layouts import layout_of
from tessera.parameters import CannotPass, with_parameters
from tessera.process import die_with_parent
from tessera.pump import Pump
from tessera.qemu import Machine
from tessera.qemu_arguments import MACHINES, MICROVM
from tessera.scripted import InputLines, Script

ROOT = Path(__file__).resolve().parent.parent
_SILENCE_S = 60.0


class Problem(Exception):
    """The run cannot be made; the text says why, in a sentence."""


def main(argv: List[str]) -> int:
    """The exit status of the run."""
    _keep_descriptors()
    options = parse(argv)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _on_signal)
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)  # a make that is killed leaves nothing behind
    try:
        return run(options)
    except (Problem, MachineError) as problem:
        say(str(problem))
        return 1


def parse(argv: List[str]) -> argparse.Namespace:
    """The command line; what follows -- is for QEMU."""
    own, extra = argv, []
    if "--" in argv:
        at = argv.index("--")
        own, extra = argv[:at], argv[at + 1:]
    parser = argparse.ArgumentParser(prog="run.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--output", type=Path, default=Path("build"), metavar="DIR",
                        help="folder with what was built; the screenshot goes there")
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration of the image")
    parser.add_argument("--screenshot", action="store_true", help="write DIR/screenshot.png")
    parser.add_argument("--boot", default="iso", help="iso (by GRUB) or direct (tessera.elf)")
    parser.add_argument("--machine", default="pc", help="pc, q35 or microvm")
    parser.add_argument("--firmware", default="bios", help="bios or uefi")
    parser.add_argument("--accel", default="tcg", help="tcg or kvm")
    parser.add_argument("--memory", default="128M", help="as QEMU's -m takes it")
    parser.add_argument("--append", default="", metavar="WORDS", help="boot parameters")
    parser.add_argument("--monitor", action="store_true",
                        help="QEMU's monitor on the terminal, too")
    parser.add_argument("--silence", type=float, default=_SILENCE_S, metavar="SECONDS",
                        help="give up after so long without a word from the guest")
    options = parser.parse_args(own)
    options.extra, options.stopped, options.gdb_port = extra, False, 0
    return options


def _keep_descriptors() -> None:
    """A closed standard descriptor would be given to the next socket: open /dev/null there."""
    while True:
        fd = os.open(os.devnull, os.O_RDWR)
        if fd > 2:
            os.close(fd)
            return
        os.set_inheritable(fd, True)


def _on_signal(number: int, _frame: Optional[FrameType]) -> None:
    """Leave by the ordinary way, so that the terminal is restored and QEMU ended."""
    for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


def run(options: argparse.Namespace) -> int:
    """Check what is there, start QEMU, and hand over to the kind of session that fits."""
    config = load_config(options)
    image = choose_image(options, config)
    check_machine(options, config)
    if options.append and options.boot == "iso":
        image = add_parameters(options, image)
    accel = choose_accel(options.accel)
    person = os.isatty(0) and not options.screenshot
    if options.monitor and not person:
        raise Problem("MONITOR=1 is for a person at a terminal, and standard input is none. Leave "
                      "it out, or take QEMU_ARGS=\"-monitor unix:FILE,server=on,wait=off\".")
    machine, window = start(options, config, image, accel, person)
    with machine:
        console = Console(machine, config, ROOT, options.append)
        console.trace_path = options.output / "triple-fault.log"
        try:
            if console.transcript is None:
                say("this configuration has neither a serial line nor a text console that could "
                    "be read on this machine: there is no text to show (UART16550 or "
                    "FRAMEBUFFER_CONSOLE would).")
            elif console.mute:
                say("console= leaves out the serial line, and the text goes where nothing reads "
                    "it; from there on only the report of a panic is shown.")
            elif console.reader and config["UART16550"]:
                say("console= leaves out the serial line; the text is read from the screen.")
            if person and (window or console.transcript is not None):
                return run_session(console, 0, 1, options.monitor)
            return run_script(options, console)
        finally:
            console.close()


def load_config(options: argparse.Namespace) -> Config:
    """The configuration that the image was built from."""
    candidates = [options.config] if options.config else [options.output / ".config",
                                                          Path(".config"), ROOT / ".config"]
    for path in candidates:
        if path.is_file():
            return Config.load(path)
    raise Problem(f"there is no configuration {candidates[0]}; 'make defconfig' makes one.")


def choose_image(options: argparse.Namespace, config: Config) -> Path:
    """What QEMU is to start; it must be there, and be able to start that way."""
    names = {"iso": "tessera.iso", "direct": "tessera.elf"}
    needs = {"iso": "BOOT_MULTIBOOT2", "direct": "BOOT_PVH"}
    if options.boot not in names:
        raise Problem(f"BOOT={options.boot}: it is iso or direct.")
    if not config[needs[options.boot]]:
        raise Problem(f"BOOT={options.boot}: this kernel cannot be started that way; "
                      f"turn on {needs[options.boot]}.")
    image: Path = options.output / names[options.boot]
    if not image.is_file():
        goal = "iso" if options.boot == "iso" else "build"
        raise Problem(f"there is no {image}; 'make {goal}' builds it.")
    return image


def add_parameters(options: argparse.Namespace, image: Path) -> Path:
    """A copy of the ISO, for this run, whose loader passes the parameters on."""
    folder = tempfile.mkdtemp(prefix="tessera-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        return with_parameters(image, options.append, Path(folder) / image.name)
    except CannotPass as problem:
        raise Problem(f"APPEND=: {problem}. CMDLINE or BOOT=direct would do.") from None


def check_machine(options: argparse.Namespace, config: Config) -> None:
    """The machine must have what is asked of it."""
    if options.machine not in MACHINES:
        raise Problem(f"MACHINE={options.machine}: it is {', '.join(MACHINES[:-1])} or "
                      f"{MACHINES[-1]}.")
    if options.firmware not in ("bios", "uefi"):
        raise Problem(f"FIRMWARE={options.firmware}: it is bios or uefi.")
    if options.machine == MICROVM and options.boot != "direct":
        raise Problem("MACHINE=microvm has no drive to boot from; BOOT=direct starts it.")
    if options.boot == "direct" and options.firmware == "uefi":
        raise Problem("FIRMWARE=uefi starts no kernel by itself; leave out BOOT=direct.")
    if options.append and not config["BOOT_PARAMS"]:
        raise Problem("APPEND=: this kernel has no boot parameters; an option that brings one, "
                      "such as HEAP_FAIL_INJECT, would change that.")
    if options.screenshot and options.machine == MICROVM:
        raise Problem("MACHINE=microvm has no screen to write.")
    if options.screenshot and not config["FRAMEBUFFER"]:
        raise Problem("this configuration has no framebuffer, so there is no screen to write; "
                      "turn on FRAMEBUFFER.")


def choose_accel(wanted: str) -> str:
    """tcg, or kvm if it is wanted and a probe shows that it works."""
    if wanted == "tcg":
        return "tcg"
    if wanted != "kvm":
        raise Problem(f"ACCEL={wanted}: it is tcg or kvm.")
    why = why_kvm_does_not_work()
    if why:
        say(f"KVM does not work here ({why}); running with TCG.")
        return "tcg"
    return "kvm"


def start(options: argparse.Namespace, config: Config, image: Path, accel: str,
          person: bool) -> Tuple[Machine, bool]:
    """QEMU with a window where that works, else without; and whether it has one."""
    for display in displays(options, person) + ["none"]:
        try:
            machine = Machine(
                image, direct=options.boot == "direct", machine=options.machine,
                firmware=options.firmware, memory=options.memory, accel=accel,
                display=display,
                gdb=options.stopped and not options.gdb_port, paused=True,
                extra=[*_command_line(options),
                       *(["-gdb", f"tcp:127.0.0.1:{options.gdb_port}"]
                         if options.gdb_port else []), *options.extra],
                debug_exit=bool(config["QEMU_DEBUG_EXIT"]),
                uart_port=int(config["UART_PORT"] or 0x3F8))
            if not options.stopped:
                machine.qmp("cont")  # a kernel that leaves at once does so under our eyes
            machine.elf = options.output / "tessera.elf"
            machine.types_by_serial = bool(config["SHELL_SERIAL_INPUT"])
            machine.layout = layout_of(config)
            return machine, display != "none"
        except QemuMissing:
            raise
        except MachineError as problem:
            if display == "none":
                raise
            say(f"no {display} window: {_reason(problem)}")
    raise AssertionError("unreachable")


def _command_line(options: argparse.Namespace) -> List[str]:
    """QEMU's own, where QEMU is the loader."""
    return ["-append", options.append] if options.append and options.boot == "direct" else []


def displays(options: argparse.Namespace, person: bool) -> List[str]:
    """The kinds of window to try, the best first; none where nobody would see it."""
    mac = sys.platform == "darwin"
    if not person or "-display" in options.extra or "-nographic" in options.extra:
        return []
    if options.machine == MICROVM:
        return []  # there would be nothing in it
    if not (mac or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return []
    try:
        listed = subprocess.run([QEMU, "-display", "help"], stdin=subprocess.DEVNULL,
                                capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []  # starting it says what is wrong
    found = [kind for kind in ("gtk", "sdl", "cocoa") if kind in listed.split()]
    if not found:
        say("this QEMU opens no window (Debian: package qemu-system-gui); the terminal is "
            "the screen.")
    return found


def _reason(problem: MachineError) -> str:
    """What QEMU itself said, in one line."""
    lines = [line for line in str(problem).splitlines() if line.startswith("QEMU: ")]
    return (lines or [str(problem)])[0].removeprefix("QEMU: ")


def run_script(options: argparse.Namespace, console: Console) -> int:
    """Type the lines of standard input, write the screenshot if one is wanted."""
    pump = Pump(console, 1, raw=False)
    lines = InputLines(console.machine, None if os.isatty(0) else 0)
    try:
        status = Script(console, lines, options.silence, lambda: pump.broken).run()
    finally:
        pump.stop()
        if pump.in_line and not pump.broken:
            os.write(1, b"\n")
    if options.screenshot:
        status = max(status, write_screenshot(options, console))
    return status


def write_screenshot(options: argparse.Namespace, console: Console) -> int:
    """The picture as the guest left it, whether it still runs or has halted."""
    path = options.output / "screenshot.png"
    try:
        screen = console.machine.screenshot()
        screen.to_png(path)
    except (MachineError, ValueError) as problem:
        say(f"there is no screenshot: {str(problem).splitlines()[0]}.")
        return 1
    say(f"{path} shows the screen ({screen.width}x{screen.height}).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
