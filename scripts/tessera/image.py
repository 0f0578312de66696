# SPDX-License-Identifier: MIT
"""A kernel that was built, and what is known of it without running it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Dict, List

from .config import Config
from .elf import Elf
from .psf import Font

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = "SHELL_CMD_"
# Those that belong to an option of another name.
OTHER_COMMANDS = {"SHELL_ALIAS": ["alias", "unalias"], "SHELL_SCRIPT": ["run"]}
BOOT_TEST, NO_BOOT_TEST = "BOOT_TEST_", "BOOT_TEST_NONE"


class Image:
    """The kernel's file and the configuration that it was built from."""

    def __init__(self, elf: Path, config: Config) -> None:
        self.elf = elf
        self.config = config

    def has(self, option: str) -> bool:
        """Is a bool option on?"""
        return bool(self.config.get(option, False))

    @cached_property
    def symbols(self) -> Dict[str, int]:
        """Name to address, static functions included."""
        return {symbol.name: symbol.address for symbol in Elf(self.elf).symbols()}

    @cached_property
    def font(self) -> Font:
        """The console font as its PSF file has it."""
        return Font.load(ROOT / str(self.config["FONT_FILE"]))

    @property
    def boot_test(self) -> str:
        """The option of the boot test that it is, "" where it is none."""
        return next((name for name, value in self.config.items() if value is True
                     and name.startswith(BOOT_TEST) and name != NO_BOOT_TEST), "")

    @property
    def command_options(self) -> Dict[str, str]:
        """The commands by their options. One of two words, SHELL_CMD_PAGE_WALK, is about what a
        command does."""
        names = {name: name[len(COMMAND):] for name in self.config if name.startswith(COMMAND)}
        return {name: word.lower() for name, word in names.items() if "_" not in word}

    @property
    def commands(self) -> List[str]:
        """The commands of the tree that it has, sorted."""
        other = [word for name, words in OTHER_COMMANDS.items() if self.has(name)
                 for word in words]
        return sorted(other + [word for name, word in self.command_options.items()
                               if self.has(name)])
