# SPDX-License-Identifier: MIT
"""The fault campaign: every fault that a kernel can provoke ends as was written down before.

The tables in docs/reliability.md are those of the last run, or this fails: `make campaign WRITE=1`
makes them anew.
"""

from __future__ import annotations

import pytest
from kcampaign import provoke, table
from kcampaign.expected import GOES_ON, KERNELS, PLAIN, Kernel
from kcampaign.provoke import REPORT, Seen

from building import ROOT
from harness import Machines

PAGE = ROOT / "docs" / "reliability.md"


@pytest.mark.parametrize("kernel", [
    pytest.param(kernel, marks=pytest.mark.xdist_group(f"build {kernel.name}"), id=kernel.name)
    for kernel in KERNELS
])
def test_every_fault_ends_as_expected(build, kernel: Kernel) -> None:
    """A report with its words, or correct work; no reset, no hang; and the page says so."""
    elf = build(kernel.name, kernel.options, goal="build").elf
    seen = provoke.campaign(kernel, elf)
    bad = [f"{one.name}: {one.missing}\n{one.report}" for one in seen if one.missing]
    assert not bad, "\n".join(bad)
    made = table.between(PAGE.read_text(encoding="utf-8"), kernel.name)
    assert made == "\n".join(table.rows(seen)) + "\n", "`make campaign WRITE=1` makes it anew"


@pytest.mark.parametrize("end, report, expected, missing", [
    (REPORT, "EXCEPTION: divide error (vector 0)\n", ("divide error",), []),
    (GOES_ON, "EXCEPTION: breakpoint\n", ("breakpoint", GOES_ON), []),
    (REPORT, "EXCEPTION: debug (vector 1)\n", ("divide error",), ["divide error"]),
    ("hang", "EXCEPTION: debug (vector 1)\n", ("debug",), ["report, and not hang"]),
    ("triple fault", "", (GOES_ON,), ["goes on, and not triple fault"]),
    (REPORT, "EXCEPTION: debug (vector 1)\n", (GOES_ON,), ["goes on, and not report"]),
])
def test_what_counts_as_expected(end: str, report: str, expected: tuple, missing: list) -> None:
    """Another end or a word that is missing is a fault of the campaign."""
    assert Seen("name", "what", end, report, expected).missing == missing


def test_the_command(build, machines: Machines) -> None:
    """The list, a fault that is survived, one that there is not; the boot parameter's bad value."""
    kernel = build(PLAIN.name, PLAIN.options, goal="build")
    machine = machines.boot(kernel, direct=True, extra=["-append", "fault=nonsense"])
    assert "warning: boot: fault=nonsense is not understood; it is fault=NAME" \
        in machine.serial_text
    assert provoke.listed(machine).keys() == PLAIN.expected.keys()
    assert machine.run_command("fault nonsense") == "Unknown fault: nonsense\n"
    assert machine.run_command("fault a b") == "Usage: fault [name]\n"
    said = machine.run_command("fault interrupt_unknown").splitlines()
    assert said[0].startswith("fault: interrupt_unknown: int 0x80")
    assert said[-1] == "fault: interrupt_unknown: the kernel goes on"
