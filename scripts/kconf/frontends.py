# SPDX-License-Identifier: MIT
"""The front ends that ask a user: menuconfig, guiconfig, oldconfig; kconfiglib brings all three.

Files are read and written here as by the other targets: kconfiglib's own reader would drop what it
does not understand, and the front end would then save the rest over it.
"""

from __future__ import annotations

import errno
import os
import select
import sys
from pathlib import Path
from typing import Callable, Iterable, List, Optional

from kconfiglib import HEX, STRING, Choice, Kconfig, Symbol

from kconf.loading import load
from kconf.output import Output
from kconf.values import TYPE_WORDS, Faults, number_of, parsed_value, range_now, text_values

WITHOUT = ("without one, 'make defconfig FRAGMENTS=FILE' puts the options of a file on top of the "
           "usual ones")


def take_over(kconf: Kconfig, output: Output, before: Optional[bytes]) -> None:
    """Let a front end, whose options are set already, read and write strictly.

    `before` is .config as it was: however often it is saved, that is what .config.old keeps.
    """
    save_elsewhere = kconf.write_config

    def read(filename: Optional[str] = None) -> str:
        if filename is None:
            return f"{output.config} is read" if before else "Every option has its default"
        try:
            load(kconf, [Path(filename)], is_partial=True)
        except Faults as faults:
            raise OSError(errno.EINVAL, str(faults)) from faults
        return f"{filename} is read"

    def save(filename: str) -> str:
        if Path(filename) != output.config:
            return save_elsewhere(filename)
        try:
            output.write_config(kconf, before)
        except Faults as faults:
            raise OSError(errno.EIO, str(faults), filename) from faults
        return f"{filename} is written"

    kconf.load_config, kconf.write_config = read, save


def menu(kconf: Kconfig, config: Path) -> None:
    """The menu on a terminal; it saves to the file where the user says so."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "") == "dumb":
        raise Faults([f"menuconfig needs a terminal; {WITHOUT}"])
    try:
        import menuconfig
    except ImportError as error:
        raise Faults([f"menuconfig needs Python's curses: {error}"]) from error

    # Where the terminal goes away without a hang-up signal, menuconfig would ask it for ever.
    next_key = menuconfig._getch_compat

    def key_or_end(window: object) -> object:
        key = next_key(window)
        if key == -1 and _hung_up(sys.stdin.fileno()):
            raise Faults(["menuconfig: the terminal is gone; nothing was saved"])
        return key

    menuconfig._getch_compat = key_or_end
    os.environ["KCONFIG_CONFIG"] = str(config)
    menuconfig.menuconfig(kconf)


def _hung_up(terminal: int) -> bool:
    poll = select.poll()
    poll.register(terminal, 0)
    return any(events & (select.POLLHUP | select.POLLERR) for _, events in poll.poll(0))


def window(kconf: Kconfig, config: Path) -> None:
    """The same in a window."""
    on_x11 = sys.platform not in ("darwin", "win32")
    if on_x11 and not os.environ.get("DISPLAY"):
        raise Faults(["guiconfig needs a display (DISPLAY is not set); 'make menuconfig' does "
                      "with a terminal"])
    try:
        import tkinter
        import guiconfig
    except ImportError as error:
        raise Faults([f"guiconfig needs Python's tkinter ({error}): the package is python3-tk "
                      "(Debian), python3-tkinter (Fedora), tk (Arch), python-tk (Homebrew); "
                      "'make menuconfig' does without"]) from error

    os.environ["KCONFIG_CONFIG"] = str(config)
    try:
        guiconfig.menuconfig(kconf)
    except tkinter.TclError as error:
        raise Faults([f"guiconfig cannot open a window: {error}; 'make menuconfig' does with a "
                      "terminal"]) from error


def ask_new(kconf: Kconfig, broken: Callable[[], Iterable[str]]) -> None:
    """Ask on the terminal, or on standard input, for each option that has no value yet.

    `broken` has a sentence for each rule between options that is broken, as things stand.
    """
    import oldconfig

    try:
        while True:
            oldconfig.conf_changed = False
            for node in kconf.node_iter():
                # oldconfig asks by input(): this one lets no wrong answer through.
                oldconfig.input = lambda prompt: _answer(node.item, prompt)
                oldconfig.oldconfig(node)
                while broken():
                    print("\n".join(broken()))
                    _forget(node.item)
                    oldconfig.oldconfig(node)
            if not oldconfig.conf_changed:
                return
    except EOFError:
        print()
        raise Faults(["oldconfig asks for the new options, and there is no more input; 'make "
                      "olddefconfig' takes their defaults"]) from None


def _answer(item: "Symbol | Choice", prompt: str) -> str:
    """Ask until the answer can be had; an empty one takes the default, '?' asks for help."""
    while True:
        text = input(prompt).strip()
        if text in ("", "?") or isinstance(item, Choice):
            return text
        fault = _fault_of_answer(item, text)
        if not fault:
            return text
        print(fault)


def _fault_of_answer(symbol: Symbol, text: str) -> Optional[str]:
    if symbol.orig_type == HEX and not text.lower().startswith("0x"):
        text = "0x" + text
    if symbol.orig_type == STRING:
        return None
    if parsed_value(symbol, text) is None:
        return f"{text}: the value must be {TYPE_WORDS[symbol.orig_type]}"
    ends = range_now(symbol)
    numbers = [number_of(symbol, end) for end in ends or ()]
    if numbers and not numbers[0] <= number_of(symbol, text) <= numbers[1]:
        return f"{text} is out of range; {ends[0]} to {ends[1]} can be had"
    return None


def _forget(item: "Symbol | Choice") -> None:
    """Take an answer back."""
    for symbol in item.syms if isinstance(item, Choice) else [item]:
        symbol.unset_value()


def new_options(kconf: Kconfig, output: Output) -> List[str]:
    """The options that .config does not have and that a user could set, with their defaults."""
    known = text_values((output.present() or b"").decode(errors="replace"))
    found = []
    for symbol in kconf.unique_defined_syms:
        if symbol.name not in known and _can_be_set(symbol):
            found.append(symbol.config_string.strip())
    return found


def _can_be_set(symbol: Symbol) -> bool:
    return symbol.visibility > 0 and any(node.prompt for node in symbol.nodes)
