#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`make debug`: QEMU stopped at its first instruction, and gdb on the kernel in front of it.

gdb has the terminal. What the kernel writes to its serial line goes into DIR/debug-serial.log;
a window shows the screen where there is a display. QEMU ends with gdb.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Dict, List, Optional

import run
from tessera.config import Config
from tessera.console import Console, say, what_typing_needs
from tessera.errors import QEMU, MachineError
from tessera.interactive import Typist
from tessera.keys import strokes
from tessera.process import die_with_parent
from tessera.pump import Pump
from tessera.missing import missing
from tessera.qemu import Machine

GDBS = ("gdb", "x86_64-elf-gdb", "gdb-multiarch")
SCRIPT = run.ROOT / "scripts" / "gdb" / "tessera.py"


def main(argv: List[str]) -> int:
    """The exit status of gdb."""
    options = parse(argv)
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)
    try:
        return debug(options)
    except (run.Problem, MachineError) as problem:
        say(str(problem))
        return 1


def parse(argv: List[str]) -> argparse.Namespace:
    """Our own words, the rest is as run.py takes it."""
    parser = argparse.ArgumentParser(prog="debug.py", add_help=False)
    parser.add_argument("--gdb", default="", metavar="PROGRAM")
    parser.add_argument("--gdb-port", default="", metavar="PORT")
    parser.add_argument("--gdb-args", default="", metavar="WORDS")
    own, rest = parser.parse_known_args(argv)
    options = run.parse(rest)
    options.gdb, options.gdb_port, options.gdb_args = own.gdb, own.gdb_port, own.gdb_args
    return options


def debug(options: argparse.Namespace) -> int:
    """Check what is there, start both, and wait for gdb."""
    config = run.load_config(options)
    image = run.choose_image(options, config)
    run.check_machine(options, config)
    if options.append and options.boot == "iso":
        image = run.add_parameters(options, image)
    options.gdb_words = gdb_words(options.gdb_args)
    gdb = find_gdb(options.gdb)
    port = check_port(options.gdb_port)
    accel = run.choose_accel(options.accel)
    options.stopped = True
    options.gdb_port = port
    machine, _ = run.start(options, config, image, accel, person=True)
    with machine:
        return session(options, config, machine, gdb, port)


def find_gdb(wanted: str) -> str:
    """The debugger's program."""
    for name in [wanted] if wanted else GDBS:
        found = shutil.which(name)
        if found:
            return found
    raise run.Problem(missing("gdb") if not wanted else
                      f"GDB={wanted}: there is no such program; without GDB= it is gdb.")


def gdb_words(text: str) -> List[str]:
    """GDB_ARGS, taken apart as a shell would."""
    try:
        return shlex.split(text)
    except ValueError as problem:
        raise run.Problem(f"GDB_ARGS={text}: {str(problem).lower()}.") from None


def check_port(text: str) -> int:
    """The number of a port; 0: a socket of our own."""
    if not text:
        return 0
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise run.Problem(f"GDB_PORT={text}: it is a number from 1 to 65535.")
    return int(text)


def session(options: argparse.Namespace, config: Config, machine: Machine, gdb: str,
            port: int) -> int:
    """gdb in front of a machine that stands still."""
    path = options.output / "debug-serial.log"
    console = Console(machine, config, run.ROOT, options.append)
    with open(path, "wb", buffering=0) as stream:
        pump = Pump(console, stream.fileno(), raw=False)
        keys = machine.workdir / "keys"
        os.mkfifo(keys)
        threading.Thread(target=type_lines, args=(console, keys), daemon=True).start()
        say(f"the kernel's serial text goes to {path}; 'help tessera' lists commands for it, "
            "'monitor' asks QEMU; leaving gdb ends both.")
        try:
            return run_gdb(command(options, machine, gdb, port), {
                "TESSERA_CONFIG": str(config_file(options)), "TESSERA_KEYS": str(keys)})
        finally:
            pump.stop()
            console.close()


def config_file(options: argparse.Namespace) -> Path:
    """The configuration of the image, for gdb's commands."""
    path: Path = options.config or options.output / ".config"
    return (path if path.is_file() else Path(".config")).resolve()


def command(options: argparse.Namespace, machine: Machine, gdb: str, port: int) -> List[str]:
    """gdb's command line. A hardware breakpoint: nothing is loaded yet where it is set."""
    target = f"127.0.0.1:{port}" if port else str(machine.gdb_socket)
    words = [gdb, "-q", "-iex", "set pagination off", "-iex", "set confirm off"]
    words += ["-d", str(run.ROOT), "-ex", f"source {SCRIPT}",
              "-ex", f"target remote {target}", "-ex", "thbreak kernel_main", "-ex", "continue"]
    return words + options.gdb_words + [str(options.output / "tessera.elf")]


def run_gdb(words: List[str], more: Dict[str, str]) -> int:
    """Ctrl-C is gdb's alone: it stops the guest. To us and to make it would be the end."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _leave)
    foreground = os.isatty(0) and os.tcgetpgrp(0) == os.getpgrp()
    if foreground:
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # whoever takes the terminal is told by it
    process = subprocess.Popen(words, env={**os.environ, **more},
                               preexec_fn=_take_terminal if foreground else None)
    try:
        return process.wait()
    finally:
        process.kill()
        if foreground:
            os.tcsetpgrp(0, os.getpgrp())


def _take_terminal() -> None:
    """In gdb's process, before it is gdb: a group of its own, to which the terminal's keys go."""
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)


def _leave(number: int, _frame: Optional[object]) -> None:
    raise SystemExit(128 + number)


def type_lines(console: Console, keys: Path) -> None:
    """What `tessera type` writes is typed once the prompt is there, while the guest runs."""
    typist = Typist(console, boot_s=None)
    # Also open for writing, by us: so it does not end with a writer.
    with open(os.open(keys, os.O_RDWR), encoding="utf-8") as stream:
        for line in iter(stream.readline, ""):
            missing = what_typing_needs(console)
            try:
                wanted = [] if missing else strokes(line)
            except ValueError as problem:
                missing, wanted = f"{problem}.", []
            if missing:
                say(missing)
            for keys_of_one in wanted:
                typist.add(keys_of_one)


if __name__ == "__main__":
    if not shutil.which(QEMU):
        say(f"{QEMU} is not installed; 'make setup' installs it")
        sys.exit(1)
    sys.exit(main(sys.argv[1:]))
