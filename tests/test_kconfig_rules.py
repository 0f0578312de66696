# SPDX-License-Identifier: MIT
"""The rules between options: all that are broken are told, and what is offered keeps them."""

from __future__ import annotations

import random
import re
from typing import Dict, Iterator, Optional

import pytest

import kconfig_rules
from kconfig_rules import CANONICAL_HIGH, CANONICAL_LOW_END, PAGE, SLOT, UART_BASE_BAUD

GOOD = {"KERNEL_STACK_KIB": 64, "DF_STACK_KIB": 20, "HEAP_SIZE_KIB": 256,
        "HEAP_BASE": 0x4444_4444_0000, "PHYS_MAP_BASE": 0xFFFF_8000_0000_0000, "UART_BAUD": 115200}


def faults(**values: int) -> "list[kconfig_rules.Fault]":
    """What is wrong with the usual values and these."""
    return kconfig_rules.check({**GOOD, **values}.get)


@pytest.mark.parametrize("option, number, offered", [
    ("HEAP_BASE", 0x7FFF_FFFF_FFFF, "0x444444440000"),
    ("HEAP_BASE", 0x7FFF_FFFF_0000, "0x444444440000"),
    ("HEAP_BASE", 0xFFFF_80FF_FFFF_FFFF, "0xffff810000000000"),
    ("HEAP_BASE", 0x4444_4444_0001, "0x444444441000"),
    ("PHYS_MAP_BASE", 0xFFFF_C888_0000_1000, "0xffff800000000000"),
    ("HEAP_SIZE_KIB", 66, "68"),
])
def test_way_out(option: str, number: int, offered: str) -> None:
    """Near the value where that is right, else a usual one."""
    assert {text.rpartition("; ")[2] for _, text in faults(**{option: number})} == {
        f"{offered} can be had"}


@pytest.mark.parametrize("number, sentence", [
    (66, "66 is not a multiple of 4; 68 can be had"),
    (252, "252 is less than the heap has at first, HEAP_SIZE_KIB (256); 0 would keep it at that"),
    (0, None), (256, None), (1048576, None),
])
def test_growth(number: int, sentence: Optional[str]) -> None:
    """The size up to which a heap grows: none, or whole pages, and no less than it has."""
    told = [text for _, text in faults(HEAP_MAX_KIB=number)]
    assert sentence in told[0] if sentence else not told


@pytest.mark.parametrize("size, most, number, sentence", [
    (256, 0, 256, "256 is no less than the whole heap, HEAP_SIZE_KIB (256), and nothing would be "
     "left beside what waits; 64 can be had, and 0 keeps nothing waiting"),
    (256, 1024, 65536, "65536 is no less than the whole heap, HEAP_MAX_KIB (1024)"),
    (256, 0, 255, None), (256, 1024, 1023, None), (16, 0, 0, None),
])
def test_quarantine(size: int, most: int, number: int, sentence: Optional[str]) -> None:
    """Not the whole heap may wait."""
    told = faults(HEAP_SIZE_KIB=size, HEAP_MAX_KIB=most, HEAP_QUARANTINE_KIB=number)
    assert [option for option, _ in told] == ["HEAP_QUARANTINE_KIB"] * (sentence is not None)
    assert not sentence or told[0][1].startswith(sentence)


def test_a_heap_with_a_quarantine_must_fit() -> None:
    """Where no heap that is large enough would have room, that is told as well."""
    base = kconfig_rules.DEVICES.start - 256 * 1024
    told = [text for _, text in faults(HEAP_BASE=base, HEAP_QUARANTINE_KIB=256, HEAP_MAX_KIB=0)]
    assert len(told) == 2 and "meets the window for devices" in told[0]
    assert told[0].startswith("the heap must be larger than these 256, but then the heap, ")
    assert not faults(HEAP_BASE=base, HEAP_QUARANTINE_KIB=252, HEAP_MAX_KIB=0)


def test_a_heap_must_have_room_to_grow() -> None:
    """What the heap may grow into is nobody else's."""
    base = kconfig_rules.DEVICES.start - 256 * 1024
    assert not faults(HEAP_BASE=base)
    (fault,) = faults(HEAP_BASE=base, HEAP_MAX_KIB=260)
    assert fault[0] == "HEAP_BASE" and "meets the window for devices" in fault[1]


def test_each_rule_is_told() -> None:
    """One option may break two rules; both are told in one run."""
    told = [text for _, text in faults(HEAP_BASE=0x7FFF_FFFF_FFFF)]
    assert len(told) == 2 and "multiple" in told[0] and "canonical" in told[1]


def test_a_page_behind_the_heap() -> None:
    """It must not be a page of the map of physical memory; one page lower all is well."""
    edge = 0xFFFF_A000_0000_0000
    values = {"PHYS_MAP_BASE": edge, "HEAP_BASE": edge - 256 * 1024}
    assert [option for option, text in faults(**values) if "must be free" in text] == ["HEAP_BASE"]
    assert not faults(**{**values, "HEAP_BASE": edge - 256 * 1024 - PAGE})


def draws(count: int) -> Iterator[Dict[str, int]]:
    """Values near the borders of what is allowed."""
    dice = random.Random(3)
    borders = [0x1000, CANONICAL_LOW_END, CANONICAL_HIGH, (1 << 64) - SLOT,
               kconfig_rules.DEVICES.start, kconfig_rules.DEVICES.end]
    for _ in range(count):
        near = dice.choice(borders) + dice.choice([0, 1, PAGE, SLOT]) * dice.randint(-3, 3)
        base = max(CANONICAL_HIGH, dice.choice(borders) + SLOT * dice.randint(-3, 3))
        yield {"HEAP_BASE": min(max(near, 0x1000), (1 << 64) - PAGE),
               "HEAP_SIZE_KIB": dice.choice([16, 17, 256, 1048576, 1048575]),
               "PHYS_MAP_BASE": min(base, 0xFFFF_FF00_0000_0000)}


def test_what_is_offered_mends() -> None:
    """Taken one after the other, the offers lead to a configuration that breaks no rule."""
    broken = 0
    for values in draws(2000):
        for _ in range(4):
            found = faults(**values)
            if not found:
                break
            broken += 1
            option, text = found[0]
            values[option] = int(re.search(r"(\S+) can be had$", text)[1], 0)
        assert faults(**values) == []
    assert broken > 500


def test_baud_that_is_nearest() -> None:
    """No rate that the chip can make is nearer to the one that was asked for."""
    rates = sorted({UART_BASE_BAUD // divisor for divisor in range(1, 2400)})
    for baud in range(50, UART_BASE_BAUD + 1, 7):
        for _, text in faults(UART_BAUD=baud):
            offered = int(re.search(r"(\d+) is the nearest", text)[1])
            assert abs(offered - baud) == min(abs(rate - baud) for rate in rates)
            assert faults(UART_BAUD=offered) == []
    assert "6776 is the nearest" in faults(UART_BAUD=6982)[0][1]
    limit = [baud for baud in (110000, 111750, 112000) if faults(UART_BAUD=baud)]
    assert limit == [110000, 111750], "3 % and no more"


def test_one_port_has_one_speed() -> None:
    """The console and gdb on one serial port; each has its own rate elsewhere."""
    shared = {"UART_PORT": 0x3F8, "GDB_STUB_PORT": 0x3F8, "UART_BAUD": 115200}
    assert [option for option, _ in faults(**shared, GDB_STUB_BAUD=9600)] == ["GDB_STUB_PORT"]
    assert faults(**shared, GDB_STUB_BAUD=115200) == []
    assert faults(**{**shared, "UART_PORT": 0x2F8}, GDB_STUB_BAUD=9600) == []
    assert "is the nearest" in faults(GDB_STUB_BAUD=6982)[0][1]


def test_gdb_and_the_shell_do_not_share_a_port() -> None:
    """Each would take bytes that are the other's; without serial input nobody else reads."""
    shared = {"UART_PORT": 0x3F8, "GDB_STUB_PORT": 0x3F8, "UART_BAUD": 9600, "GDB_STUB_BAUD": 9600}
    assert faults(**shared) == []
    (option, reason), = faults(**shared, UART_QUEUE_SIZE=16)
    assert option == "GDB_STUB_PORT" and "SHELL_SERIAL_INPUT" in reason
    assert faults(**{**shared, "UART_PORT": 0x2F8}, UART_QUEUE_SIZE=16) == []
