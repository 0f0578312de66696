# SPDX-License-Identifier: MIT
"""Boot parameters in an ISO that is already made: behind the kernel's name in GRUB's file.

scripts/mkiso.sh leaves room behind that file's text, so that the words fit without anything being
moved. They are put into a copy of the image; the image itself stays what was built.
"""

from __future__ import annotations

from pathlib import Path

ROOM = 600  # blank bytes that scripts/mkiso.sh leaves
WORDS_MAX = 511  # characters of a command line that the kernel reads
_TEXT = b"multiboot2 /boot/tessera.elf\nboot\n"
# What GRUB's own shell would take for something else.
_SPECIAL = "$;&|<>{}\\'#"


class CannotPass(Exception):
    """GRUB cannot be given these words; the text says why, in a sentence."""


def check(words: str) -> None:
    """CannotPass, if GRUB would make something else of them."""
    for char in words:
        if char in _SPECIAL or not " " <= char <= "~":
            raise CannotPass(f"GRUB would not pass on {char!r}")
    if words.count('"') % 2:
        raise CannotPass("a double quote is opened and not closed")
    if len(words) > WORDS_MAX:
        raise CannotPass(f"there are {len(words)} characters, and room for {WORDS_MAX}")


def with_parameters(iso: Path, words: str, copy: Path) -> Path:
    """A copy of an ISO whose kernel is given these words; the copy's path. CannotPass."""
    check(words)
    image = iso.read_bytes()
    old = _TEXT + b"\n" * ROOM
    if image.count(old) != 1:
        raise CannotPass(f"{iso} was made before it had room for them; build it anew")
    new = _TEXT.replace(b"\n", b" " + words.encode("ascii") + b"\n", 1)
    copy.write_bytes(image.replace(old, new.ljust(len(old), b"\n")))
    return copy
