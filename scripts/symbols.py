# SPDX-License-Identifier: MIT
"""Makes the table of the functions' names for an image, and checks the one that is in it.

scripts/link_symbols.sh links twice: the table comes from the first image, and must be right for the
second, which has it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tessera.elf import Elf, ElfError
from tessera.symbol_table import decode, encode, functions_of, table_of

_A_LINE = 16


def source_of(table: bytes) -> str:
    """The table as assembly."""
    lines = [", ".join(map(str, table[at:at + _A_LINE])) for at in range(0, len(table), _A_LINE)]
    return "\n".join(['\t.section .symbols, "a", @progbits',
                      *(f"\t.byte {line}" for line in lines),
                      '\t.section .note.GNU-stack, "", @progbits', ""])


def make(image: Path, source: Path) -> None:
    """Write the table that an image needs."""
    functions, end = functions_of(Elf(image))
    source.write_text(source_of(encode(functions, end)), encoding="ascii")


def check(image: Path) -> str:
    """Hold the table in an image against the image; how many names it has, and what they cost."""
    elf = Elf(image)
    table = table_of(elf)
    named, (there, _) = decode(table), functions_of(elf)
    for one, other in zip(named, there):
        if one != other:
            raise ElfError(f"the table of names has {one.name} at {one.address:#x}, where "
                           f"{other.name} is at {other.address:#x}: linking it in has moved the "
                           "code. In the linker script .symbols must lie behind .text, and "
                           "nothing of .text may depend on its size")
    if len(named) != len(there):
        raise ElfError(f"the table has {len(named)} names, the image {len(there)} functions")
    return f"{len(named)} symbols, {len(table) / 1024:.1f} KiB"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="The functions' names, in an image.")
    parser.add_argument("image", type=Path)
    parser.add_argument("--make", type=Path, metavar="FILE", help="write the table, as assembly")
    arguments = parser.parse_args()
    try:
        if arguments.make:
            make(arguments.image, arguments.make)
        else:
            print(check(arguments.image))
    except ElfError as error:
        sys.exit(f"symbols: {error}")


if __name__ == "__main__":
    main()
