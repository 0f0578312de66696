# SPDX-License-Identifier: MIT
"""Writes .config and what the build reads, and tells what that changes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Optional, Set

import kconfiglib
from kconfiglib import Kconfig

from kconfig_external import ExternalKconfig, folders_of

from kconf.values import Assignment, Faults, prompts, shown_values, text_values

MARKER = ".tessera-output"
# More changes than this fill a screen and are read by nobody.
CHANGES_SHOWN = 12


class Output:
    """The configuration's file, and the folder in which all that is made from it lies."""

    def __init__(self, config: Path, folder: Path, made: List[str], external: str) -> None:
        self.config = config
        self.folder = folder
        self.made = made
        self.external = folders_of(external)
        self.auto_conf = folder / "include/generated/auto.conf"
        self.copy = folder / "include/generated/config"
        self.autoconf_h = folder / "include/generated/autoconf.h"
        self.origins = folder / "include/generated/origins"
        self.options = folder / "include/config"

    @property
    def old(self) -> Path:
        """The configuration before the last change."""
        return self.config.with_name(self.config.name + ".old")

    def require(self) -> Path:
        """The configuration's file, or a sentence where there is none."""
        if not self.config.exists():
            raise Faults([
                f"There is no configuration ({self.config}) yet: 'make defconfig' takes the usual "
                "one, 'make menuconfig' lets you choose."
            ])
        return self.config

    def claim(self) -> None:
        """Mark the folder as ours, so that clean may remove what the build made in it.

        A folder that has one of the build's names already is not taken: O=$HOME is likely a slip
        of the keyboard, and clean must not remove anybody's ~/lib. The default folder is ours.
        """
        marker = self.folder / MARKER
        if marker.exists():
            return
        strangers = [name for name in self.made if (self.folder / name).exists()]
        if strangers and self.config.parent == self.folder:
            raise Faults([
                f"{self.folder} has a {strangers[0]} that this build did not make; name another "
                "folder for the output"
            ])
        self.folder.mkdir(parents=True, exist_ok=True)
        marker.write_text("This folder is the output of Tessera's build; clean empties it.\n")

    def known_lines(self) -> Set[str]:
        """NAME=value of every option of the previous configuration."""
        try:
            text = self.copy.read_text(encoding="utf-8")
        except OSError:
            return set()
        return {f"{name}={value}" for name, value in text_values(text).items()}

    def present(self) -> Optional[bytes]:
        """The configuration as it is, or None."""
        try:
            return self.config.read_bytes()
        except OSError:
            return None

    def write_config(self, kconf: Kconfig, before: Optional[bytes]) -> List[str]:
        """Write .config, and `before`, what it replaces, as .config.old; no change, no write.

        Returns what changes, for the user. A link to .config stays one.
        """
        self.claim()
        target = self.config.resolve()
        fresh = target.with_name(target.name + ".new")
        with writing(target):
            try:
                Kconfig.write_config(kconf, str(fresh), save_old=False)
                is_rewritten = self.present() != fresh.read_bytes()
                if is_rewritten and before is not None:
                    write_whole(self.old, before)
                if is_rewritten:
                    os.replace(fresh, target)
            finally:
                fresh.unlink(missing_ok=True)
        if before is None:
            return []
        told = changes(kconf, text_values(before.decode(errors="replace")))
        if told:
            return [f"{self.config} changes, the old one is {self.old}:", *bounded(told)]
        if is_rewritten:
            return [f"{self.config} is written anew, every option as it was; the old one is "
                    f"{self.old}"]
        return []

    def write_made(self, kconf: ExternalKconfig, items: Iterable[Assignment]) -> None:
        """Write what the build reads, .config being there.

        The copy of .config, by which make sees that all of it was written, comes last.
        """
        origins = self._new_origins(kconf, items)
        with writing(self.folder):
            self.autoconf_h.parent.mkdir(parents=True, exist_ok=True)
            write_options(kconf, self.options)
            kconf.write_autoconf(str(self.autoconf_h), "/* SPDX-License-Identifier: MIT */\n")
            write_where_changed(self.origins, origins)
            write_where_changed(self.autoconf_h.parent / "config_text.h", config_text(kconf))
            text = kconf.remember(self.folder) + auto_conf_text(kconf)
            write_whole(self.auto_conf, text.encode())
            write_whole(self.copy, self.config.read_bytes())

    def known_origins(self) -> Dict[str, Assignment]:
        """Which line of which file gave an option its value when it was configured."""
        try:
            lines = self.origins.read_text(encoding="utf-8").splitlines()
        except OSError:
            return {}
        parts = (line.split("\t") for line in lines)
        return {part[0]: Assignment(part[0], part[1], part[2]) for part in parts if len(part) == 3}

    def _new_origins(self, kconf: Kconfig, items: Iterable[Assignment]) -> str:
        """The lines that count now. .config itself is no origin: it has every option."""
        known = self.known_origins()
        origins: Dict[str, Assignment] = {}
        for item in items:
            if item.role == "config":
                item = known.get(item.name, item)
            if item.where and item.role != "config" or item.name in known:
                origins[item.name] = item
        values = shown_values(kconf)
        kept = [item for item in origins.values() if values.get(item.name) == item.value]
        return "".join(f"{item.name}\t{item.value}\t{item.where}\n" for item in kept)


# ---- What changes -----------------------------------------------------------


def changes(kconf: Kconfig, before: Dict[str, str]) -> List[str]:
    """A line for each option whose value is not what it was."""
    after = shown_values(kconf)
    told = []
    for name, value in after.items():
        if name not in before:
            symbol = kconf.syms[name]
            if symbol.choice and value == "n":
                continue  # the member that is y tells it all
            fresh = " (its default)" if symbol.user_value is None and prompts(symbol) else ""
            told.append(f"  CONFIG_{name} is new: {value}{fresh}")
        elif before[name] != value:
            told.append(f"  CONFIG_{name}: {value}, was {before[name]}")
    told += [f"  CONFIG_{name} is gone, was {value}" for name, value in before.items()
             if name not in after and value != "n"]
    return told


def bounded(lines: List[str]) -> List[str]:
    """As many as one reads."""
    if len(lines) <= CHANGES_SHOWN + 1:
        return lines
    rest = len(lines) - CHANGES_SHOWN
    return [*lines[:CHANGES_SHOWN], f"  and {rest} more: 'make diffconfig' shows all"]


# ---- Writing ----------------------------------------------------------------


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in a sentence which file cannot be written; `path`, where the system does not know."""
    try:
        yield
    except OSError as error:
        name = error.filename2 or error.filename or path
        raise Faults([f"{name}: cannot be written: {error.strerror}"]) from error


def write_options(kconf: Kconfig, folder: Path) -> None:
    """A file an option, written where its value changes: make sees by it what to look at anew.

    kconfiglib's sync_deps() keeps such files, too, but for no option that is off: a source that
    reads one must have something to depend on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    symbols = kconf.unique_defined_syms
    for symbol in symbols:
        write_where_changed(folder / symbol.name, symbol.config_string)
    write_where_changed(folder / ".names", "".join(f"{symbol.name}\n" for symbol in symbols))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever is killed meanwhile leaves the old one, or none."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.write_bytes(data)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def write_where_changed(path: Path, text: str) -> None:
    """Leave the file, and its time, alone where it says so already."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def config_text(kconf: ExternalKconfig) -> str:
    """The configuration as a string for C, for the image to carry.

    All that a user could choose, not only what differs from the defaults: it stays the same when
    a default changes. What follows from the rest is left out. A folder outside the tree is only
    named: where it lies would make the image differ from one machine to the next.
    """
    lines = [f"# EXTERNAL: {folder.name}\n" for folder in kconf.folders]
    lines += [symbol.config_string for symbol in kconf.unique_defined_syms if symbol.visibility]
    quoted = "".join('\\\n\t"{}\\n"'.format(kconfiglib.escape(line.rstrip("\n"))) for line in lines)
    return f"/* SPDX-License-Identifier: MIT */\n#define KERNEL_CONFIGURATION {quoted}\n"


def auto_conf_text(kconf: Kconfig) -> str:
    """The options for make."""
    files = " ".join(sorted(set(kconf.kconfig_filenames)))
    names = " ".join(symbol.name for symbol in kconf.unique_defined_syms)
    lines = ["# SPDX-License-Identifier: MIT", f"KCONFIG_FILES := {files}",
             f"OPTION_NAMES := {names}"]
    for symbol in kconf.unique_defined_syms:
        if symbol.config_string.startswith("CONFIG_"):
            value = symbol.str_value.replace("$", "$$").replace("#", "\\#")
            lines.append(f"CONFIG_{symbol.name} := {value}")
    return "\n".join(lines) + "\n"
