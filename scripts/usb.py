#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the boot image to a USB stick (`make usb DEVICE=/dev/sdX`).

    scripts/usb.py ISO [DEVICE]

Without DEVICE it lists the sticks that are here. It writes to whole disks that are removable or
behind USB, that are not mounted and large enough; asks for the disk's name first; and reads back
what it wrote. Where things are can be said, for tests: --sys, --dev, --mounts.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Optional

SECTOR_BYTES = 512  # of /sys/block/*/size, whatever the disk's own are
PART_BYTES = 1 << 20
MACOS = """On macOS: 'diskutil list external' names the stick, diskN; then
  diskutil unmountDisk /dev/diskN
  sudo dd if={iso} of=/dev/rdiskN bs=1m
All that was on it is lost."""


class UsbError(Exception):
    """A sentence for the user: nothing was written, unless it says so."""


@dataclass
class Disk:
    """A whole disk, as the system tells of it."""

    path: Path
    size_bytes: int
    model: str
    is_removable: bool
    mounted_on: List[str]

    def __str__(self) -> str:
        mounts = f", mounted on {', '.join(self.mounted_on)}" if self.mounted_on else ""
        return f"{self.path}  {self.size_bytes / (1 << 30):.1f} GiB  {self.model}{mounts}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _mounts(device: str, table: Path) -> List[str]:
    """Where the disk or a part of it is mounted."""
    lines = [line.split() for line in _read(table).splitlines()]
    return [words[1] for words in lines
            if len(words) > 1 and words[0].startswith(device)
            and words[0][len(device):].lstrip("p").isdigit() | (words[0] == device)]


def disks(options: argparse.Namespace) -> Iterator[Disk]:
    """All disks that are there; a drive without a medium is none."""
    for folder in sorted((options.sys / "block").glob("*")):
        size = int(_read(folder / "size") or 0) * SECTOR_BYTES
        if size:
            path = options.dev / folder.name
            is_removable = _read(folder / "removable") == "1" or "/usb" in str(folder.resolve())
            yield Disk(path, size, _read(folder / "device/model") or "no name", is_removable,
                       _mounts(str(path), options.mounts))


def choose(device: Optional[str], here: List[Disk], iso_bytes: int) -> Disk:
    """The disk to write to; UsbError with what to do where it cannot be."""
    sticks = [disk for disk in here if disk.is_removable]
    listed = "\n".join(f"  {disk}" for disk in sticks) or "  none: plug one in"
    if not device:
        raise UsbError(f"DEVICE= says which stick to write to. Here are:\n{listed}\n"
                       "All that is on it will be lost: make usb DEVICE=/dev/...")
    disk = next((disk for disk in here if str(disk.path) == device), None)
    if disk is None:
        raise UsbError(f"{device} is no whole disk that is here. Sticks:\n{listed}")
    if not disk.is_removable:
        raise UsbError(f"{device} ({disk.model}) is neither removable nor behind USB, so that it "
                       f"may be the disk you work on; it is left alone. Sticks:\n{listed}")
    if disk.mounted_on:
        raise UsbError(f"{device} is in use: first 'umount {' '.join(disk.mounted_on)}'")
    if disk.size_bytes < iso_bytes:
        raise UsbError(f"{device} has {disk.size_bytes} bytes, the image {iso_bytes}: take a "
                       "larger one")
    return disk


def confirm(disk: Disk, iso: Path) -> None:
    """Have the user type the disk's name."""
    print(f"{iso} will be written to\n  {disk}\nALL THAT IS ON THIS DISK WILL BE LOST.\n"
          f"Type {disk.path.name} to go on, anything else to leave it: ", end="", flush=True)
    if sys.stdin.readline().strip() != disk.path.name:
        raise UsbError("nothing was written")


def write(iso: Path, disk: Disk) -> None:
    """Copy, make sure that it is on the stick, and compare."""
    try:
        with open(iso, "rb") as source, open(disk.path, "r+b") as target:
            for part in iter(lambda: source.read(PART_BYTES), b""):
                target.write(part)
            target.flush()
            os.fsync(target.fileno())
            source.seek(0)
            target.seek(0)
            for part in iter(lambda: source.read(PART_BYTES), b""):
                if target.read(len(part)) != part:
                    raise UsbError(f"{disk.path} does not hold what was written to it: the stick "
                                   "may be broken, take another one")
    except PermissionError:
        raise UsbError(f"only root may write to {disk.path}: sudo make usb DEVICE={disk.path}"
                       ) from None
    except OSError as problem:
        raise UsbError(f"{disk.path}: {problem.strerror}; what is on it is not whole") from None


def main(arguments: Optional[List[str]] = None) -> int:
    """Write, or say why not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("iso", type=Path)
    parser.add_argument("device", nargs="?")
    parser.add_argument("--sys", type=Path, default=Path("/sys"))
    parser.add_argument("--dev", type=Path, default=Path("/dev"))
    parser.add_argument("--mounts", type=Path, default=Path("/proc/self/mounts"))
    options = parser.parse_args(arguments)
    if platform.system() == "Darwin":
        print(MACOS.format(iso=options.iso))
        return 1
    try:
        disk = choose(options.device, list(disks(options)), options.iso.stat().st_size)
        confirm(disk, options.iso)
        write(options.iso, disk)
    except UsbError as problem:
        print(f"usb: {problem}", file=sys.stderr)
        return 1
    print(f"usb: {disk.path} holds the image now, and was read back: boot from it by BIOS or UEFI")
    return 0


if __name__ == "__main__":
    sys.exit(main())
