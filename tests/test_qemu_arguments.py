# SPDX-License-Identifier: MIT
"""What QEMU is told, by what was asked for: no QEMU runs."""

from __future__ import annotations

from pathlib import Path
from typing import List

import pytest
from tessera.qemu_arguments import MICROVM, machine_arguments, stream_arguments


def told(image: str = "/k/tessera.iso", direct: bool = False, machine: str = "pc",
         **options: object) -> str:
    """The arguments of a machine as one text."""
    return " ".join(machine_arguments(Path(image), direct=direct, machine=machine, memory="64M",
                                      accel="tcg", display="none", vga="std", **options))


def test_a_machine() -> None:
    """An ISO or a kernel; what is off says nothing; a comma in a name is no end of it."""
    plain = told()
    assert plain == ("-machine pc -accel tcg -m 64M -display none -no-reboot -nic none -vga std "
                     "-cdrom /k/tessera.iso -boot d")
    assert told("/k/tessera.elf", direct=True).endswith("-vga std -nodefaults -kernel "
                                                        "/k/tessera.elf")
    assert "-vga none" in told(direct=True, machine=MICROVM)
    assert told(paused=True, firmware=["-drive", "x"], debug_exit=True, gdb=Path("/a,b")) == (
        f"{plain} -S -drive x -device isa-debug-exit,iobase=0xf4,iosize=0x04 "
        "-gdb unix:/a,,b,server=on,wait=off")


@pytest.mark.parametrize("port, words", [
    (0x3F8, ["-serial", "chardev:tessera-serial"]),
    (0x3E8, ["-serial", "null", "-serial", "null", "-serial", "chardev:tessera-serial"]),
    (0x300, ["-serial", "none", "-device",
             "isa-serial,iobase=0x300,irq=4,index=0,chardev=tessera-serial"]),
])
def test_the_streams(port: int, words: List[str]) -> None:
    """The serial line is at the port of the configuration, the usual ones by their number."""
    assert stream_arguments(5, 7, port) == [
        "-chardev", "socket,id=tessera-serial,fd=5", *words,
        "-chardev", "socket,id=tessera-qmp,fd=7", "-mon", "chardev=tessera-qmp,mode=control"]
