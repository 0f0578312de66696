# SPDX-License-Identifier: MIT
"""What QEMU is told about a machine, in its own words. Pure: nothing is opened or started here."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Sequence

MICROVM = "microvm"  # no PCI: no display, no drive; no keyboard
MACHINES = ("pc", "q35", MICROVM)

_COM_PORTS = {0x3F8: 0, 0x2F8: 1, 0x3E8: 2, 0x2E8: 3}
_DEBUG_EXIT = "isa-debug-exit,iobase=0xf4,iosize=0x04"


def escape(path: Path) -> str:
    """A path within an option of QEMU's: a comma in it is written twice."""
    return str(path).replace(",", ",,")


def machine_arguments(image: Path, *, direct: bool, memory: str, machine: str, accel: str,
                      display: str, vga: str, paused: bool = False, firmware: Sequence[str] = (),
                      debug_exit: bool = False, gdb: Optional[Path] = None) -> List[str]:
    """The machine and what it starts; firmware: the arguments that bring it, gdb: the socket of
    the debugger's stub. See qemu.Machine for the others."""
    return [
        "-machine", machine, "-accel", accel, "-m", memory, "-display", display, "-no-reboot",
        "-nic", "none", "-vga", "none" if machine == MICROVM else vga,
        *_boot_arguments(image, direct),
        *(["-S"] if paused else []),
        *firmware,
        *(["-device", _DEBUG_EXIT] if debug_exit else []),
        *(["-gdb", f"unix:{escape(gdb)},server=on,wait=off"] if gdb else []),
    ]


def stream_arguments(serial_fd: int, control_fd: int, uart_port: int) -> List[str]:
    """The serial line and QMP, each by a descriptor that QEMU is handed."""
    return [
        "-chardev", f"socket,id=tessera-serial,fd={serial_fd}", *_serial_arguments(uart_port),
        "-chardev", f"socket,id=tessera-qmp,fd={control_fd}",
        "-mon", "chardev=tessera-qmp,mode=control",
    ]


def _serial_arguments(port: int) -> List[str]:
    """A serial line at a port; the usual ones are the machine's own."""
    if port in _COM_PORTS:
        return ["-serial", "null"] * _COM_PORTS[port] + ["-serial", "chardev:tessera-serial"]
    return ["-serial", "none", "-device",
            f"isa-serial,iobase={port:#x},irq=4,index=0,chardev=tessera-serial"]


def _boot_arguments(image: Path, direct: bool) -> List[str]:
    """What QEMU starts: no drive without one: the firmware looks into each."""
    if direct:
        return ["-nodefaults", "-kernel", str(image)]
    return ["-cdrom", str(image), "-boot", "d"]
