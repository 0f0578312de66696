# SPDX-License-Identifier: MIT
"""The front ends that ask a user: menuconfig, guiconfig, oldconfig; kconfiglib brings all three.

Each begins with a strict look at .config: kconfiglib's own reader would drop what it does not
understand, and the front end would then save the rest over it.
"""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path

from kconfiglib import Kconfig, Symbol

from kconf.output import Output
from kconf.values import Faults, text_values

WITHOUT = ("without one, 'make defconfig FRAGMENTS=FILE' puts the options of a file on top of the "
           "usual ones")


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


def ask_new(kconf: Kconfig) -> None:
    """Ask on the terminal, or on standard input, for each option that has no value yet."""
    import oldconfig

    kconf.warn = kconf.warn_to_stderr = True  # an answer that is no value is told by kconfiglib
    try:
        while True:
            oldconfig.conf_changed = False
            for node in kconf.node_iter():
                oldconfig.oldconfig(node)
            if not oldconfig.conf_changed:
                return
    except EOFError:
        print()
        raise Faults(["oldconfig asks for the new options, and there is no more input; 'make "
                      "olddefconfig' takes their defaults"]) from None


def new_options(kconf: Kconfig, output: Output) -> "list[str]":
    """The options that .config does not have and that a user could set, with their defaults."""
    known = text_values(output.present() or "")
    found = []
    for symbol in kconf.unique_defined_syms:
        if symbol.name not in known and _can_be_set(symbol):
            found.append(symbol.config_string.strip())
    return found


def _can_be_set(symbol: Symbol) -> bool:
    return symbol.visibility > 0 and any(node.prompt for node in symbol.nodes)
