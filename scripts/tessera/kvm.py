# SPDX-License-Identifier: MIT
"""Finds out whether KVM works by running something in it: /dev/kvm alone proves nothing.

There are hosts (virtual machines themselves) whose KVM opens, and runs, and emulates every
instruction at a hundredth of TCG's speed. So the probe has work to do, and little time.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from .errors import QEMU
from .process import spawn
from .qemu import DEBUG_EXIT_PASSED

# 16 million turns of a loop, then a word to isa-debug-exit that we ran.
_CODE = bytes([
    0x66, 0xB9, 0x00, 0x00, 0x00, 0x01,  # mov ecx, 0x1000000
    0x67, 0xE2, 0xFD,                    # loop with ecx, to itself
    0xB0, 0x10,                          # mov al, 0x10
    0xBA, 0xF4, 0x00,                    # mov dx, 0xf4
    0xEE,                                # out dx, al
    0xF4,                                # hlt
])
_BOOT_SECTOR = _CODE + bytes(510 - len(_CODE)) + b"\x55\xaa"
_PROBE_S = 5.0  # SeaBIOS and the loop take half a second, under TCG, too


def why_kvm_does_not_work() -> str:
    """Boot one sector under KVM. Empty if it ran, else the reason in a few words."""
    with tempfile.TemporaryDirectory(prefix="tessera-") as folder:
        disk = Path(folder) / "probe.img"
        disk.write_bytes(_BOOT_SECTOR)
        log = Path(folder) / "log"
        with log.open("wb") as stderr:
            process = spawn([
                QEMU, "-accel", "kvm", "-display", "none", "-nic", "none", "-no-reboot",
                "-drive", f"file={disk},format=raw,if=ide", "-serial", "none",
                "-monitor", "none", "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04",
            ], stderr)
        try:
            status = process.wait(_PROBE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return f"a probe boot did not end in {_PROBE_S:g} s"
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    if status == DEBUG_EXIT_PASSED:
        return ""
    return said[-1] if said else f"a probe boot ended with {status}"
