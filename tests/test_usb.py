# SPDX-License-Identifier: MIT
"""`make usb`: to the stick that was meant, whole; and to nothing else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import List

import pytest

import usb
from workbench import Output

ISO = bytes(range(256)) * 300


class Machine:
    """A system with a disk, a stick and a card reader without a card, all in a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, monkeypatch
        (folder / "iso").write_bytes(ISO)
        (folder / "mounts").write_text(f"{folder}/dev/sda1 / ext4 rw 0 0\n")
        for name, size, is_removable in (("sda", 4096, 0), ("sdb", 2048, 1), ("sdc", 0, 1)):
            place = folder / "sys/block" / name
            (place / "device").mkdir(parents=True)
            (place / "size").write_text(f"{size}\n")
            (place / "removable").write_text(f"{is_removable}\n")
            (place / "device/model").write_text(f"Model {name}\n")
            (folder / "dev").mkdir(exist_ok=True)
            (folder / "dev" / name).write_bytes(b"x" * size * 512)

    def disk(self, name: str) -> Path:
        """The file that stands for it."""
        return self.folder / "dev" / name

    def usb(self, *words: str, typed: str = "") -> int:
        """Run it; the exit status."""
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        options = [f"--{name}={self.folder / name}" for name in ("sys", "dev", "mounts")]
        return usb.main([str(self.folder / "iso"), *words, *options])


@pytest.fixture(name="here")
def fixture_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine of one's own."""
    return Machine(tmp_path, monkeypatch)


def test_written_and_read_back(here: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """The name is asked for, the image lies at the start of the stick, the rest is left alone."""
    stick = here.disk("sdb")
    assert here.usb(str(stick), typed="sdb\n") == 0
    told = capsys.readouterr().out
    assert "ALL THAT IS ON THIS DISK WILL BE LOST" in told and "Model sdb" in told
    assert stick.read_bytes() == ISO + b"x" * (2048 * 512 - len(ISO))


@pytest.mark.parametrize("name, typed, told", [
    ("", "", "DEVICE= says which"),
    ("sda", "sda\n", "neither removable nor behind USB"),
    ("sdb", "yes\n", "nothing was written"),
    ("sdb", "", "nothing was written"),
    ("sdb1", "sdb1\n", "is no whole disk"),
    ("sdc", "sdc\n", "is no whole disk"),
])
def test_left_alone(here: Machine, capsys: pytest.CaptureFixture[str], name: str, typed: str,
                    told: str) -> None:
    """No stick, no whole disk, or no consent: not a byte is written."""
    before: List[bytes] = [here.disk(disk).read_bytes() for disk in ("sda", "sdb")]
    assert here.usb(*([str(here.disk(name))] if name else []), typed=typed) == 1
    assert told in capsys.readouterr().err
    assert before == [here.disk(disk).read_bytes() for disk in ("sda", "sdb")]


def test_in_use_or_too_small(here: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """A stick that is mounted, or that the image does not fit on."""
    stick = str(here.disk("sdb"))
    for mounted in (stick, f"{stick}2", f"{stick}p1"):
        (here.folder / "mounts").write_text(f"{mounted} /media/mine vfat rw 0 0\n")
        assert here.usb(stick, typed="sdb\n") == 1
        assert "first 'umount /media/mine'" in capsys.readouterr().err
    (here.folder / "mounts").write_text(f"{stick}x /media/other vfat rw 0 0\n")
    (here.folder / "iso").write_bytes(b"i" * (2048 * 512 + 1))
    assert here.usb(stick, typed="sdb\n") == 1
    assert "take a larger one" in capsys.readouterr().err


def test_goal_without_a_device(tmp_path: Path) -> None:
    """`make usb` alone builds the image and lists what is there."""
    said = Output(tmp_path / "out").make("tiny_defconfig", "usb").bad()
    assert "usb: DEVICE= says which stick to write to" in said
