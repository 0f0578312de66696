# SPDX-License-Identifier: MIT
"""Finds the UEFI firmware (OVMF) for QEMU, wherever this system's package puts it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Iterator, List, Tuple

from .qemu_arguments import escape

# Code and variable store belong together: the two halves of one flash chip.
_PAIRS: List[Tuple[str, str]] = [
    ("/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"),
    ("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"),
    ("/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"),
    ("/usr/share/edk2/x64/OVMF_CODE.fd", "/usr/share/edk2/x64/OVMF_VARS.fd"),
    ("/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"),
    ("/usr/share/edk2-ovmf/x64/OVMF_CODE.fd", "/usr/share/edk2-ovmf/x64/OVMF_VARS.fd"),
]


class FirmwareMissing(Exception):
    """There is no OVMF on this machine."""


def _candidates() -> Iterator[Tuple[Path, Path]]:
    for code, variables in _PAIRS:
        yield Path(code), Path(variables)
    # QEMU's own copies; the i386 store is the one that fits x86_64, too.
    prefixes = [Path(os.environ.get("HOMEBREW_PREFIX", "/opt/homebrew")), Path("/usr/local"),
                Path("/usr")]
    qemu = shutil.which("qemu-system-x86_64")
    if qemu:
        prefixes.insert(0, Path(qemu).resolve().parent.parent)
    for prefix in prefixes:
        share = prefix / "share" / "qemu"
        yield share / "edk2-x86_64-code.fd", share / "edk2-i386-vars.fd"


def find_ovmf() -> Tuple[Path, Path]:
    """The code image and the variable store to copy."""
    for code, variables in _candidates():
        if code.is_file() and variables.is_file():
            return code, variables
    raise FirmwareMissing("OVMF, the UEFI firmware for QEMU, is not installed; "
                          "'make setup' installs it")


def pflash_arguments(folder: Path) -> List[str]:
    """QEMU's arguments for OVMF, with a variable store of its own in the folder."""
    code, variables = find_ovmf()
    copy = folder / "ovmf-vars.fd"
    shutil.copyfile(variables, copy)
    return [
        "-drive", f"if=pflash,format=raw,unit=0,readonly=on,file={escape(code)}",
        "-drive", f"if=pflash,format=raw,unit=1,file={escape(copy)}",
    ]
