# SPDX-License-Identifier: MIT
"""A machine that stands at the kernel's first instruction, and can be put back there.

A snapshot of QEMU's takes 50 ms where a boot with its firmware takes a second: so a kernel can be
started a thousand times from what its loader has left. Snapshots need a drive that can hold them:
an empty qcow2 file that no controller shows to the guest.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import List

from tessera.errors import MachineError
from tessera.gdb import GdbRemote
from tessera.image import Image
from tessera.qemu import Machine

_CLUSTER_BITS = 16
_DISK_BYTES = 1 << 20  # as the guest would see it
_NAME = "entry"


def make_qcow2(path: Path) -> None:
    """An empty disk (QEMU, docs/interop/qcow2.txt): header, reference counts, first table."""
    cluster = 1 << _CLUSTER_BITS
    header = struct.pack(">4sIQIIQIIQQIIQQQQII", b"QFI\xfb", 3, 0, 0, _CLUSTER_BITS, _DISK_BYTES, 0,
                         1, 3 * cluster, cluster, 1, 0, 0, 0, 0, 0, 4, 104)
    counts = struct.pack(">Q", 2 * cluster), struct.pack(">4H", 1, 1, 1, 1)
    path.write_bytes(b"".join(part.ljust(cluster, b"\0") for part in (header, *counts, b"")))


class Snapshot:
    """A kernel at its entry, as often as one likes."""

    def __init__(self, image: Image, file: Path, entry: str, workdir: Path, memory: str,
                 extra: List[str]) -> None:
        """`file` is the ELF file or an ISO of it; `entry` the symbol of its first instruction."""
        workdir.mkdir(parents=True, exist_ok=True)
        disk = workdir / "snapshot.qcow2"
        make_qcow2(disk)
        drive = ["-drive", f"if=none,id=snapshot,format=qcow2,file={disk}"]
        self.machine = Machine(file, direct=file.suffix == ".elf", memory=memory, gdb=True,
                               paused=True, workdir=workdir, extra=[*extra, *drive])
        self.gdb: GdbRemote = self.machine.connect_gdb()
        address = image.symbols[entry]
        self.gdb.set_breakpoint(address)
        self.gdb.continue_until_stop()
        self.gdb.remove_breakpoint(address)
        said = self.machine.hmp(f"savevm {_NAME}")
        if said.strip():
            raise MachineError(f"QEMU takes no snapshot: {said.strip()}")

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *exc: object) -> None:
        self.gdb.close()
        self.machine.close()

    def back(self) -> None:
        """Stop the guest, if it runs, and put it back to its entry."""
        self.gdb.stop()
        said = self.machine.hmp(f"loadvm {_NAME}")
        if said.strip():
            raise MachineError(f"QEMU does not go back: {said.strip()}")
