# SPDX-License-Identifier: MIT
"""What can go wrong with a machine, and what may be missing on this one."""

QEMU = "qemu-system-x86_64"


class MachineError(Exception):
    """QEMU did not start, ended, or the guest did not do what was awaited."""


class MachineStopped(MachineError):
    """A debugger has the guest stopped, which was not to be."""


class QemuMissing(MachineError):
    """There is no QEMU on this machine."""

    def __init__(self) -> None:
        super().__init__(f"{QEMU} is not installed; 'make setup' installs it")


class Addr2lineMissing(Exception):
    """There is nothing on this machine that tells the line of an address."""

    def __init__(self) -> None:
        super().__init__("addr2line is missing: 'make setup' installs it (package binutils; "
                         "llvm-symbolizer of LLVM does as well)")
