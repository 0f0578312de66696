# SPDX-License-Identifier: MIT
"""Shows what the image is made of (`make size`): the bytes of each folder, the largest symbols.

A folder's bytes are the sections of its objects. What the linker adds (padding to whole pages) or
takes away (strings that are the same) has a line of its own, so that the sum is the image's.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Dict, List, Optional

from tessera.elf import Elf, ElfError

KINDS = ("code", "constants", "data", "zeroed")
LARGEST = 20
LINKER = "(linker)"

# Bytes of each kind.
Sizes = Counter


def section_sizes(elf: Elf) -> Sizes:
    """The bytes of a file by kind."""
    sizes: Sizes = Counter()
    for section in elf.sections:
        if section.kind:
            sizes[section.kind] += section.size
    return sizes


def folder_of(name: str) -> str:
    """The part of the kernel that an object belongs to: its top folder, outside the tree two."""
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "external" else parts[0]


def by_folder(output: Path) -> Dict[str, Sizes]:
    """The bytes of each folder, of the objects that the last link took."""
    folders: Dict[str, Sizes] = {}
    for name in (output / ".objects").read_text(encoding="utf-8").split():
        folders.setdefault(folder_of(name), Counter()).update(section_sizes(Elf(output / name)))
    return folders


def by_symbol(elf: Elf) -> Dict[str, int]:
    """The bytes of each name; where assembly gave none, those up to the next name in the code."""
    symbols = sorted(elf.symbols(), key=lambda symbol: (symbol.section, symbol.address))
    sized = {(one.section, one.address) for one in symbols if one.size}
    sizes: Dict[str, int] = {}
    for index, one in enumerate(symbols):
        size, place, section = one.size, (one.section, one.address), elf.sections[one.section]
        # Data without a name (strings, padding) would count as the name before it.
        if not size and section.kind == "code" and place not in sized:
            size = next((other.address - one.address for other in symbols[index + 1:]
                         if other.section == one.section and other.address > one.address), 0)
            sized.add(place)
        sizes[one.name] = sizes.get(one.name, 0) + size
    return sizes


class Build:
    """An image, and its objects where they are there, too."""

    def __init__(self, path: Path) -> None:
        elf_path = path / "tessera.elf" if path.is_dir() else path
        self.elf = Elf(elf_path)
        self.total = section_sizes(self.elf)
        self.symbols = by_symbol(self.elf)
        self.folders: Optional[Dict[str, Sizes]] = None
        if (elf_path.parent / ".objects").exists() and elf_path.name == "tessera.elf":
            self.folders = by_folder(elf_path.parent)
            parts: Sizes = sum(self.folders.values(), Counter())
            self.folders[LINKER] = Counter(self.total)
            self.folders[LINKER].subtract(parts)


def table(head: List[str], rows: List[List[str]]) -> None:
    """Print rows of numbers with a name at the left."""
    print(f"{head[0]:<26}" + "".join(f"{word:>12}" for word in head[1:]))
    for row in rows:
        print(f"{row[0]:<26}" + "".join(f"{word:>12}" for word in row[1:]))
    print()


def signed(number: int) -> str:
    """A difference; none is nothing to look at."""
    return f"{number:+,}" if number else "."


def show(build: Build) -> None:
    """The image alone."""
    folders = build.folders or {}
    rows = [[name, *(f"{sizes[kind]:,}" for kind in KINDS), f"{sum(sizes.values()):,}"]
            for name, sizes in sorted(folders.items(), key=lambda item: (item[0] == LINKER,
                                                                         -sum(item[1].values())))]
    rows.append(["all", *(f"{build.total[kind]:,}" for kind in KINDS),
                 f"{sum(build.total.values()):,}"])
    table(["bytes", *KINDS, "all"], rows)
    largest = sorted(build.symbols.items(), key=lambda item: (-item[1], item[0]))[:LARGEST]
    for name, size in largest:
        print(f"{size:>12,}  {name}")


def show_change(build: Build, base: Build) -> None:
    """What is more or less than in the other image."""
    if build.folders is not None and base.folders is not None:
        names = sorted(set(build.folders) | set(base.folders), key=lambda name: (name == LINKER,
                                                                                 name))
        new, old = build.folders, base.folders
    else:
        print(f"{base.elf.path} has no objects beside it, so folders are not told apart\n")
        names, new, old = [], {}, {}
    rows = []
    for name, now, before in [*((name, new.get(name, Counter()), old.get(name, Counter()))
                                for name in names), ("all", build.total, base.total)]:
        change = {kind: now[kind] - before[kind] for kind in KINDS}
        rows.append([name, *(signed(change[kind]) for kind in KINDS),
                     signed(sum(change.values()))])
    table(["change in bytes", *KINDS, "all"], rows)
    changes = {name: build.symbols.get(name, 0) - base.symbols.get(name, 0)
               for name in {*build.symbols, *base.symbols}}
    changed = [(name, change) for name, change in changes.items() if change]
    for name, change in sorted(changed, key=lambda item: (-abs(item[1]), item[0]))[:LARGEST]:
        print(f"{signed(change):>12}  {name}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Shows what the image is made of.")
    parser.add_argument("output", type=Path, help="the folder of the build")
    parser.add_argument("--base", type=Path, help="another one, or an .elf, to compare with")
    arguments = parser.parse_args()
    try:
        build = Build(arguments.output)
        if arguments.base:
            show_change(build, Build(arguments.base))
        else:
            show(build)
    except ElfError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read: {error.strerror}")


if __name__ == "__main__":
    main()
