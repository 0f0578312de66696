# SPDX-License-Identifier: MIT
"""Boot parameters, and allocations that these make fail (HEAP_FAIL_INJECT).

One kernel, started in a tenth of a second each time: whatever allocation of a boot fails, the
kernel says what it could not have, and goes on without it or stops with a sentence.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Callable, Optional

import pytest
from tessera import parameters

import kconfig_rules
from building import ROOT, Build, make
from harness import Machines

FRAGMENT = """\
CONFIG_BOOT_PVH=y
CONFIG_FB_BOCHS=y
CONFIG_CONSOLE_ANSI=y
CONFIG_CONSOLE_UTF8=y
CONFIG_CONSOLE_SCROLLBACK=y
CONFIG_HEAP_FAIL_INJECT=y
CONFIG_CMDLINE="vm_fail=1 built=\\"i n\\""
"""
TAKES = "N (every N-th fails) or N,M (the N-th after M)"
END = re.compile(r"(?:\A|\n)> \Z|KERNEL PANIC: .*\n")
GRUB_CFG = ROOT / "arch/x86_64/boot/grub.cfg"

# Each allocation of ranges in the boot of that kernel, and what is said where it fails.
RANGES = [
    "framebuffer: no memory to map 3600 KiB of pixels",
    "console_characters: no memory for 263 characters; only ASCII is shown",
    "text_console: there is memory for 250 rows to look back at, not for 500",
]
# What is said where the frame after so many is not to be had. Frames are taken, in this order, by
# the page tables, the timing of fills, the screen's tables and text, the heap.
FRAMES = (*range(17), 100, 200, 250)
NO_FRAME = [
    "KERNEL PANIC: paging: no memory for the page tables",
    "memory_fill: no memory to time fills in; they are loops of stores",
    *RANGES,
    "KERNEL PANIC: heap: no memory for 256 KiB; HEAP_SIZE_KIB is too large for this machine",
]


@pytest.fixture
def kernel(build: Callable[..., Build]) -> Build:
    """A kernel with boot parameters, some of them built in."""
    return build("boot-params", FRAGMENT)


def end_of_boot(machines: Machines, kernel: Build, line: str) -> str:
    """Start it with a command line; all that it says until its prompt or its panic."""
    with machines.start(kernel, append=line, memory="64M") as machine:
        machine.wait_text(END, 20)
        assert not machine.guest_reset
        return machine.serial_text


def told(text: str) -> list[str]:
    """The warnings in a log, and its panic."""
    return re.findall(r"^(?:warning: )?((?<=warning: ).*|KERNEL PANIC: .*)$", text, re.MULTILINE)


def test_words_of_the_command_line(kernel: Build, machines: Machines) -> None:
    """Unknown names and bad values are told; the loader's word of a name wins over the built-in."""
    said = end_of_boot(machines, kernel, 'vm-fail=0 x "y z=1 2" heap_fail heap-fail=1,')
    assert told(said) == [
        "boot: unknown parameter 'built'",
        "boot: unknown parameter 'x'",
        "boot: unknown parameter 'y z'",
        f"boot: heap_fail is not understood; it is heap_fail={TAKES}",
        f"boot: heap-fail=1, is not understood; it is heap_fail={TAKES}",
    ]
    assert 'boot: command line: vm-fail=0 x "y z=1 2" heap_fail heap-fail=1,\n' in said
    assert 'boot: built-in parameters: vm_fail=1 built="i n"\n' in said
    known = re.findall(r"^boot: this kernel knows (\w+)=(.*)$", said, re.MULTILINE)
    assert known == [(name, TAKES) for name in ("frame_fail", "heap_fail", "vm_fail")]


def test_the_built_in_line_counts(kernel: Build, machines: Machines) -> None:
    """Without a word of the loader's every range fails, and the prompt is there all the same."""
    said = end_of_boot(machines, kernel, "")
    assert told(said)[1:] == [RANGES[0], "framebuffer: not started (error 12)"]
    assert said.endswith("> ")


def test_a_line_that_is_too_long(kernel: Build, machines: Machines) -> None:
    """It is cut, and that is told."""
    said = end_of_boot(machines, kernel, "vm_fail=0 " + "a" * 600)
    assert "boot: the command line is longer than 511 characters; the rest of it is not read" \
        in told(said)
    assert said.endswith("> ")


def test_grub_passes_them_on(kernel: Build, machines: Machines, tmp_path: Path) -> None:
    """The same words behind the kernel's name in GRUB's file, patched into the ISO."""
    old = GRUB_CFG.read_bytes()
    new = old[old.index(b"insmod"):].replace(b"tessera.elf", b'tessera.elf vm_fail=0 "x=a b" y')
    image = kernel.iso.read_bytes()
    assert image.count(old) == 1 and len(new) <= len(old)
    patched = tmp_path / "patched.iso"
    patched.write_bytes(image.replace(old, new.ljust(len(old), b"\n")))
    machine = machines.start(kernel, patched)
    machine.wait_text(END, 60)
    assert 'boot: command line: vm_fail=0 "x=a b" y\n' in machine.serial_text
    assert told(machine.serial_text) == [f"boot: unknown parameter '{name}'"
                                         for name in ("built", "x", "y")]


@pytest.mark.parametrize("which", range(len(RANGES)))
def test_a_range_fails(kernel: Build, machines: Machines, which: int) -> None:
    """One range is not to be had: it is told which, and the shell is reached."""
    said = end_of_boot(machines, kernel, f"vm_fail=1,{which}")
    assert RANGES[which] in told(said)
    assert said.count("fail: ") == 1
    assert f"fail: range {which + 1} is not given, as vm_fail= asks\n" in said
    assert said.endswith("> ")


def test_a_frame_fails(kernel: Build, machines: Machines) -> None:
    """One frame is not to be had, wherever in the boot: a sentence says for what, each time."""
    seen = set()
    for which in FRAMES:
        said = end_of_boot(machines, kernel, f"vm_fail=0 frame_fail=1,{which}")
        found = [text for text in told(said) if text in NO_FRAME]
        assert len(found) == 1, f"frame_fail=1,{which}:\n{said}"
        assert said.endswith("> ") or "PANIC" in found[0]
        assert f"fail: frame {which + 1} is not given, as frame_fail= asks\n" in said
        seen.add(found[0])
    assert seen == set(NO_FRAME), f"the frames of this boot are others than the list's: {seen}"


@pytest.mark.parametrize("line, sentence", [
    ("heap_fail=\u00e9", "a boot parameter cannot have '\u00e9' in it"),
    ("a=$(shell)", "a boot parameter cannot have '$' in it"),
    ("a" * 512, "it has 512 characters, and there is room for 511"),
    ('a="b', "a double quote is opened and not closed"),
    ('a="b c" d', None),
    ("a" * 511, None),
])
def test_a_built_in_line_that_cannot_be(line: str, sentence: Optional[str]) -> None:
    """What the kernel or make could not take is refused, with the reason."""
    faults = kconfig_rules.check(lambda _name: None, {"CMDLINE": line}.get)
    assert len(faults) == (sentence is not None)
    assert all(option == "CMDLINE" and sentence in text for option, text in faults)


@pytest.mark.parametrize("way", ["BOOT=direct", "BOOT=iso"])
def test_make_run_passes_them_on(kernel: Build, way: str) -> None:
    """APPEND= is the command line, by GRUB in a copy of the ISO, which itself stays as it was."""
    before = kernel.iso.read_bytes()
    said = make("-s", "WERROR=1", "run", 'APPEND=vm_fail=0 "two words" a=[b]', f"O={kernel.path}",
                way, input_text="echo x\n").stdout
    assert 'boot: command line: vm_fail=0 "two words" a=[b]\n' in said
    assert "boot: unknown parameter 'two words'\n" in said and "> echo x\nx\n" in said
    assert kernel.iso.read_bytes() == before


@pytest.mark.parametrize("words, why", [
    ("a=b;c", "GRUB would not pass on ';'"),
    ("a=$b", "GRUB would not pass on '$'"),
    ("a=\u00e9", "GRUB would not pass on '\u00e9'"),
    ('a="b', "a double quote is opened and not closed"),
    ("a" * 512, "there are 512 characters, and room for 511"),
    ("a" * 511, None),
])
def test_what_grub_cannot_pass_on(words: str, why: Optional[str]) -> None:
    """It would become something else on the way."""
    if why is None:
        parameters.check(words)
        return
    with pytest.raises(parameters.CannotPass, match=re.escape(why)):
        parameters.check(words)


def test_make_run_tells_what_grub_cannot_pass_on(kernel: Build) -> None:
    """With what would do."""
    done = make("-s", "WERROR=1", "run", "APPEND=a;b", f"O={kernel.path}", check=False)
    assert done.returncode
    assert "APPEND=: GRUB would not pass on ';'. CMDLINE or BOOT=direct would do." in done.stdout
