# SPDX-License-Identifier: MIT
"""The soak for some seconds, and that each of its words can be a failure."""

from __future__ import annotations

import random

import pytest
from ksoak.session import (CALL, Moment, SoakError, Verdict, call_of, judge_interrupts, judge_time,
                           soak)
from ksoak.typist import Typist
from soak import FRAGMENT

from building import Build


@pytest.fixture
def kernel(build) -> Build:
    """What `make soak` builds."""
    return build("soak", FRAGMENT, goal="build")


def test_some_seconds(kernel: Build) -> None:
    """10 s of the machine's time at 10,000 key events a minute: as told in the verdict."""
    verdict = soak(kernel, 10)
    assert verdict.faults == [], verdict
    assert 1660 < verdict.events * 10 / verdict.seconds < 1670 and verdict.lines > 20
    assert str(verdict).endswith("\nSOAK PASSED")


def test_a_key_that_is_lost(kernel: Build, monkeypatch) -> None:
    """One stroke that the kernel never gets ends the soak, and is told with its place."""
    whole = Typist.line

    def without_one(self: Typist) -> list:
        line = whole(self)
        return line[:2] + line[3:] if self.lines == 4 else line

    monkeypatch.setattr(Typist, "line", without_one)
    verdict = soak(kernel, 60)
    assert len(verdict.faults) == 1 and "must be" in verdict.faults[0]
    assert verdict.lines < 8 and str(verdict).endswith("\nSOAK FAILED")


def test_memory_that_is_lost() -> None:
    """An answer of `info` that is not what it was at the beginning is a fault."""
    learnt = {"info": "Memory: 129216 KiB free of 129656 KiB\n"}
    for told, is_right in ((learnt["info"], True), ("Memory: 129212 KiB free of", False)):
        typist = Typist(learnt)
        while not typist.is_read or "info" not in typist.wanted:
            typist.hear(typist.wanted)
            typist.line()
            if "info\n" in typist.wanted:
                break
        before = typist.wanted.index(learnt["info"])
        assert typist.hear(typist.wanted[:before])
        assert typist.is_read
        assert typist.hear(told) == is_right
        assert bool(typist.fault) != is_right
        assert is_right or "said '2 KiB free of'" in str(typist.fault)


def test_time_and_interrupts_are_judged() -> None:
    """Uptime, the rate of the keys, spurious interrupts, storms and lost codes."""
    good = Verdict(seconds=60, events=10_000)
    assert judge_time(good) == []
    assert judge_time(Verdict(seconds=60, events=9_900)) == [
        "fewer than 10000 key events a minute were sent"]
    for drift in (0.0011, -0.0011):
        assert judge_time(Verdict(seconds=60, events=10_000, drift=drift)) == [
            "uptime is off by more than 0.1 %"]
    table = "line ...\n   0      40549        0      0  pit8254\n   1       5215        {}  i8042\n"
    assert judge_interrupts(table.format("0      0")) == []
    assert judge_interrupts(table.format("2      1")) == [
        "line 1: 2 spurious interrupts, 1 storms"]
    assert judge_interrupts("Keyboard: 3 codes lost") == [
        "`irq` does not tell of timer and keyboard", "codes were lost"]


def test_time_between_two_moments() -> None:
    """The seconds of one clock say how often the other, which turns in 4.69 s, has turned."""
    choose = random.Random(7)
    for _time in range(1000):
        start, passed = choose.random() * 86400, choose.random() * 80000
        first, last = (Moment(int(at) % 86400, int(at * 3579545) % (1 << 24), 0)
                       for at in (start, start + passed))
        assert abs(last.seconds_since(first) - passed) < 1e-6


def test_the_call_is_found_or_not() -> None:
    """The gate is put where a line is read, and nowhere else."""
    code = bytes([0x90, CALL]) + (0x100 - 6).to_bytes(4, "little") + bytes([0x90])
    assert call_of(code, 0, 0x100) == 1
    for text in (code + code, b"\x90" * 20):
        with pytest.raises(SoakError):
            call_of(text, 0, 0x200 if text == code + code else 0x100)
