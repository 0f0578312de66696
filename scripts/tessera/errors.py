# SPDX-License-Identifier: MIT
"""What can go wrong with a machine."""

QEMU = "qemu-system-x86_64"


class MachineError(Exception):
    """QEMU did not start, ended, or the guest did not do what was awaited."""


class MachineStopped(MachineError):
    """A debugger has the guest stopped, which was not to be."""


class QemuMissing(MachineError):
    """There is no QEMU on this machine."""

    def __init__(self) -> None:
        super().__init__(f"{QEMU} is not installed; 'make setup' installs it")
