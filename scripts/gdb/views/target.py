# SPDX-License-Identifier: MIT
"""The machine as gdb has it: memory, registers, symbols, and the kernel's options."""

import os
import re
from pathlib import Path
from typing import Dict, Optional

import gdb

WORD = 8
_options: Dict[str, Dict[str, str]] = {}


class Trouble(Exception):
    """What was asked for cannot be shown; the text is a sentence for the user."""


def need_target() -> None:
    """There must be a stopped machine behind gdb."""
    thread = gdb.selected_thread()
    if thread is None:
        raise Trouble("gdb has no machine; 'make debug' starts one, 'target remote' connects")
    if thread.is_running():
        raise Trouble("the machine runs; Ctrl-C stops it")


def symbol(name: str, file: Optional[str] = None) -> gdb.Value:
    """A variable of the kernel, a static one by the name of its file, too."""
    try:
        return gdb.parse_and_eval(f"'{file}'::{name}" if file else name)
    except gdb.error:
        raise Trouble(f"this kernel has no variable {name}: an option left it out (MM=n has "
                      "neither heap nor frames), or gdb has not loaded the kernel's tessera.elf "
                      "('file build/tessera.elf')") from None


def read(address: int, size_bytes: int) -> bytes:
    """Bytes at a virtual address."""
    return bytes(gdb.selected_inferior().read_memory(address, size_bytes))


def read_word(address: int, size_bytes: int = WORD) -> int:
    """A number at a virtual address."""
    return int.from_bytes(read(address, size_bytes), "little")


def monitor(line: str) -> Optional[str]:
    """What QEMU's monitor answers; None where QEMU is not what gdb talks to."""
    try:
        return gdb.execute(f"monitor {line}", to_string=True)
    except gdb.error:
        return None


def is_qemu() -> bool:
    """Is it QEMU, and not the kernel's own stub on a serial line?"""
    return (monitor("info version") or "")[:1].isdigit()


def read_physical(address: int, size_bytes: int = WORD) -> int:
    """A number at a physical address: asked of QEMU, else read by the kernel's direct map."""
    said = monitor(f"xp /1{'g' if size_bytes == WORD else 'w'}x {address:#x}")
    found = re.search(r":\s*0x([0-9a-f]+)", said or "")
    if found:
        return int(found.group(1), 16)
    return read_word(option_number("PHYS_MAP_BASE") + address, size_bytes)


def register(name: str) -> Optional[int]:
    """A register, or None where the stub does not tell it."""
    try:
        value = gdb.parse_and_eval(f"${name}")
        return int(value.cast(gdb.lookup_type("unsigned long")))
    except gdb.error:
        pass
    said = monitor("info registers") or ""
    found = re.search(rf"\b{name.upper()}=([0-9a-f]+)", said)
    return int(found.group(1), 16) if found else None


def number(text: str) -> int:
    """An address that the user gave: any expression of gdb."""
    try:
        value = gdb.parse_and_eval(text)
        if value.type.strip_typedefs().code in (gdb.TYPE_CODE_FUNC, gdb.TYPE_CODE_STRUCT,
                                                gdb.TYPE_CODE_ARRAY):
            value = value.address
        return int(value.cast(gdb.lookup_type("unsigned long")))
    except gdb.error as problem:
        raise Trouble(f"{text}: {problem}") from None


def describe(address: int) -> str:
    """ "kmalloc+0x1c", "kmalloc", or the number where no symbol has it."""
    said = gdb.execute(f"info symbol {address:#x}", to_string=True)
    found = re.match(r"(\S+)(?: \+ (\d+))? in section", said)
    if not found:
        return f"{address:#x}"
    return found.group(1) + (f"+{int(found.group(2)):#x}" if found.group(2) else "")


def describe_return(address: int) -> str:
    """ "run_line, inlined in shell_run+0x1b5": the functions of the call before an address."""
    # The call is looked up: nothing of its function may follow it.
    name, _, offset = describe(address - 1).partition("+")
    names = []
    block = gdb.block_for_pc(address - 1)
    while block:
        names += [str(block.function)] if block.function else []
        block = block.superblock
    if names and not name.startswith(names[-1]):
        name = names[-1]  # describe() said a mark of the linker's
    return "".join(f"{inner}, inlined in " for inner in names[:-1]) + (
        f"{name}+{int(offset or '0', 16) + 1:#x}")


def place(address: int) -> str:
    """ "kernel/log.c:34", or nothing where the debug information does not have it."""
    line = gdb.find_pc_line(address)
    return f"{line.symtab.filename}:{line.line}" if line.symtab and line.line else ""


def options() -> Dict[str, str]:
    """The kernel's configuration: what make debug names, else beside the kernel's file."""
    files = [os.environ.get("TESSERA_CONFIG", "")]
    name = gdb.current_progspace().filename
    files += [str(Path(name).parent / ".config")] if name else []
    for path in [*files, ".config"]:
        if path and os.path.isfile(path):
            if path not in _options:
                pairs = (line.partition("=") for line in open(path, encoding="utf-8"))
                _options[path] = {key[len("CONFIG_"):]: value.strip().strip('"')
                                  for key, _, value in pairs if key.startswith("CONFIG_")}
            return _options[path]
    raise Trouble("the kernel's configuration is not known; name it by TESSERA_CONFIG=FILE in "
                  "gdb's environment")


def option_number(name: str) -> int:
    """The value of an option that is a number; 0 where it is not set."""
    return int(options().get(name, "0"), 0)
