# SPDX-License-Identifier: MIT
"""Options of folders outside the tree: EXTERNAL=DIR1:DIR2 (docs/external.md).

The menu is then a generated file: the tree's own top Kconfig, and a menu for each folder. It holds
nothing but what any Kconfig front end parses, so that another one can be used on it as well.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, TextIO

import kconfiglib

TOP = "Kconfig"
GENERATED = Path("include/generated/external.Kconfig")
MEMORY = ".external"


class Folder(NamedTuple):
    """A folder of code outside the tree; the name is the last part of its path."""

    name: str
    path: str

    def holds(self, filename: str) -> bool:
        """Does a file lie in it?"""
        return os.path.abspath(filename).startswith(self.path + "/")


def folders_of(text: str) -> List[Folder]:
    """The folders of a list with colons, of absolute paths; make has seen that they are there."""
    return [Folder(os.path.basename(path), path) for path in text.split(":") if path]


def read_memory(output: Path) -> List[Folder]:
    """The folders that this output was configured with."""
    try:
        return folders_of((output / MEMORY).read_text(encoding="utf-8").strip())
    except OSError:
        return []


class ExternalKconfig(kconfiglib.Kconfig):
    """The Kconfig files of the tree and of the folders.

    In a folder, `source` takes paths from the folder's own top, as the tree's files take theirs
    from the tree's: each is whole in itself.
    """

    def __init__(self, folders: List[Folder], output: Path) -> None:
        self.folders = folders
        # Options that went away with a folder, and that folder's path.
        self.gone: Dict[str, str] = {}
        forget_environment()
        top = str(write_top(folders, output)) if folders else TOP
        super().__init__(top, warn_to_stderr=False)
        if folders:
            self.kconfig_filenames.append(TOP)

    def _open(self, filename: str, mode: str) -> TextIO:
        # kconfiglib opens all files through this one.
        stream = super()._open(filename, mode)
        folder = next((one for one in self.folders if one.holds(filename)), None)
        if folder is None or mode != "r":
            return stream
        with stream:
            text = stream.read()
        own = re.compile(r"""^(\s*o?source\s+["'])(?!/)""", re.MULTILINE)
        return io.StringIO(own.sub(lambda found: f"{found.group(1)}{folder.path}/", text))

    def home(self, node: kconfiglib.MenuNode) -> Optional[Folder]:
        """The folder that defines a node, None for the tree."""
        return next((one for one in self.folders if one.holds(node.filename)), None)

    def clashes(self) -> List[str]:
        """A sentence for each name that a folder and somebody else define."""
        sentences = []
        for item in self.unique_defined_syms + self.unique_choices:
            places = {self.home(node): node for node in reversed(item.nodes)}
            if len(places) > 1 and item.name:
                kind = "CONFIG_" if isinstance(item, kconfiglib.Symbol) else "the choice "
                where = " and ".join(f"{n.filename}:{n.linenr}" for n in reversed(places.values()))
                sentences.append(f"{kind}{item.name} is defined twice, in {where}; rename one")
        return sentences

    def unsupported(self) -> List[str]:
        """A sentence for each thing that Kconfig has and this build has not."""
        sentences = []
        for item in self.unique_defined_syms + self.unique_choices:
            where = f"{item.nodes[0].filename}:{item.nodes[0].linenr}"
            if item.orig_type == kconfiglib.TRISTATE:
                sentences.append(f"{where}: {item.name or 'the choice'} is a tristate, and there "
                                 "are no modules; make it a bool")
            elif isinstance(item, kconfiglib.Choice) and item.is_optional:
                sentences.append(f"{where}: the choice is optional, which no line of a .config "
                                 "can say; give it a member that stands for none")
        return sentences

    def external_symbols(self) -> Dict[str, List[str]]:
        """The names of the options of each folder, by its path."""
        names: Dict[str, List[str]] = {folder.path: [] for folder in self.folders}
        for symbol in self.unique_defined_syms:
            home = self.home(symbol.nodes[0])
            if home:
                names[home.path].append(symbol.name)
        return names

    def recall(self, auto_conf: Path) -> None:
        """Learn which options went away with a folder since auto.conf was written."""
        try:
            text = auto_conf.read_text(encoding="utf-8")
        except OSError:
            return
        now = {folder.path for folder in self.folders}
        for path, names in re.findall(r"^#EXTERNAL (\S+):(.*)$", text, re.MULTILINE):
            if path not in now:
                self.gone.update(dict.fromkeys(names.split(), path))

    def remember(self, output: Path) -> str:
        """Keep the list of folders in the output; the lines for auto.conf that tell of them."""
        paths = ":".join(folder.path for folder in self.folders)
        memory = output / MEMORY
        if paths:
            memory.write_text(paths + "\n", encoding="utf-8")
        elif memory.exists():
            memory.unlink()
        lines = [f"EXTERNAL_LIST := {paths}"]
        lines += [f"#EXTERNAL {path}: {' '.join(names)}"
                  for path, names in self.external_symbols().items()]
        return "\n".join(lines) + "\n"


def forget_environment() -> None:
    """What kconfiglib would take from the user's shell: other sources, other names, more code."""
    for name in list(os.environ):
        if name in ("srctree", "CONFIG_") or name.startswith("KCONFIG_"):
            del os.environ[name]


def write_top(folders: List[Folder], output: Path) -> Path:
    """Write the top Kconfig with the folders' menus, where it changes."""
    text = Path(TOP).read_text(encoding="utf-8")
    for folder in folders:
        text += f'\nmenu "External: {folder.name}"\nsource "{folder.path}/Kconfig"\nendmenu\n'
    path = output / GENERATED
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path
