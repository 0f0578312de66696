# SPDX-License-Identifier: MIT
"""Commands for gdb that know the kernel: `tessera pagewalk ADDR` and its like.

`make debug` loads this file; into another gdb it comes by `source scripts/gdb/tessera.py`. What
is shown is read from the machine's memory by the names of the debug information: nothing runs in
the kernel, so that it may be in any state.
"""

import os
import sys

import gdb

_FOLDER = os.path.dirname(os.path.abspath(__file__))
# The folder above goes last: its "tessera" is a package of the host's, and here is this file.
sys.path.insert(0, _FOLDER)
sys.path.append(os.path.dirname(_FOLDER))

from views import areas, frames, heap, idt, keys, log, outermost, pagewalk, stack  # noqa: E402
from views.target import Trouble, need_target  # noqa: E402


class Tessera(gdb.Command):
    """Look at the kernel: page tables, memory, interrupts, log.

List: help tessera. Each needs a machine: make debug, or target remote."""

    def __init__(self) -> None:
        super().__init__("tessera", gdb.COMMAND_DATA, prefix=True)

    def invoke(self, argument: str, from_tty: bool) -> None:
        """Without a subcommand: the list of them."""
        if argument:
            raise gdb.GdbError(f"tessera: there is no command {argument.split()[0]}; "
                               "'help tessera' lists them")
        gdb.execute("help tessera")


class View(gdb.Command):
    """One subcommand, made of a module with NAME, HELP and show(words)."""

    def __init__(self, module) -> None:
        self.__doc__ = module.HELP
        self._module = module
        super().__init__("tessera " + module.NAME, gdb.COMMAND_DATA,
                         getattr(module, "COMPLETE", gdb.COMPLETE_NONE))

    def invoke(self, argument: str, from_tty: bool) -> None:
        """What goes wrong is one sentence, never a Python traceback."""
        try:
            need_target()
            for line in self._module.show(argument.strip()):
                gdb.write(line + "\n")
        except Trouble as trouble:
            raise gdb.GdbError(f"tessera {self._module.NAME}: {trouble}") from None
        except gdb.MemoryError as trouble:
            raise gdb.GdbError(f"tessera {self._module.NAME}: {trouble}; is the kernel "
                               "set up that far?") from None
        except gdb.error as trouble:
            raise gdb.GdbError(f"tessera {self._module.NAME}: {trouble}") from None


Tessera()
outermost.Outermost()
for each in (areas, frames, heap, idt, keys, log, pagewalk, stack):
    View(each)
