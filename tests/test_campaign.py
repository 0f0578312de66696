# SPDX-License-Identifier: MIT
"""The fault campaign: every fault that a kernel can provoke ends as was written down before.

The tables in docs/campaign.md are those of the last run, or this fails: `make campaign WRITE=1`
makes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kcampaign import corrupt, provoke, table
from kcampaign.corrupt import LOADERS, MULTIBOOT2, PVH, Loader
from kcampaign.expected import CHECKED, FAILURES, GOES_ON, KERNELS, PLAIN, Kernel
from kcampaign.provoke import REPORT, Seen

from harness import Machines
from loader import StartInformation


@pytest.mark.parametrize("kernel", [
    pytest.param(kernel, marks=pytest.mark.xdist_group(f"build {kernel.name}"), id=kernel.name)
    for kernel in KERNELS
])
def test_every_fault_ends_as_expected(build, kernel: Kernel) -> None:
    """A report with its words, or correct work; no reset, no hang; and the page says so."""
    goal = "iso" if kernel is CHECKED else "build"
    seen = provoke.campaign(kernel, build(kernel.name, kernel.options, goal=goal).elf)
    bad = [f"{one.name}: {one.missing}\n{one.report}" for one in seen if one.missing]
    assert not bad, "\n".join(bad)
    made = table.between(table.PAGE.read_text(encoding="utf-8"), kernel.name)
    assert made == "\n".join(table.rows(seen)) + "\n", "`make campaign WRITE=1` makes it anew"


@pytest.mark.parametrize("loader, boots", [(PVH, 70), (MULTIBOOT2, 50)],
                         ids=[loader.name for loader in LOADERS])
@pytest.mark.xdist_group(f"build {CHECKED.name}")
def test_a_byte_of_the_loader(build, tmp_path: Path, loader: Loader, boots: int) -> None:
    """Any byte of its information may be wrong: correct work or a report, each time."""
    kernel = build(CHECKED.name, CHECKED.options)
    trials = list(corrupt.corruptions(kernel, kernel.path, loader, tmp_path, boots, seed=2))
    bad = [f"{trial.told}\n{trial.said}" for trial in trials if not trial.is_good]
    assert len(trials) == boots and not bad, "\n".join(bad)


@pytest.mark.xdist_group(f"build {CHECKED.name}")
def test_memory_that_is_not_there(build, tmp_path: Path) -> None:
    """A map that has a TiB where there are 64 MiB; one whose only large range is elsewhere."""
    kernel = build(CHECKED.name, CHECKED.options)
    with corrupt.snapshot_of(kernel, kernel.path, PVH, tmp_path) as snapshot:
        info = StartInformation(snapshot.gdb)
        known = info.map()
        at = max(range(len(known)), key=lambda index: known[index][1] * (known[index][2] == 1))
        base, size, kind = known[at]
        for changed, words in [
            ((base, 1 << 40, kind), f"not there from {corrupt.MEMORY_MIB << 20:#x} on"),
            ((1 << 35, size, kind), f"not there from {1 << 35:#x} on"),
        ]:
            snapshot.back()
            info.set_map(info["map"], [*known[:at], changed, *known[at + 1:]])
            start = len(snapshot.machine.serial)
            snapshot.gdb.resume()
            end = provoke.await_end(snapshot.machine, start)
            said = snapshot.machine.serial_text[start:]
            assert words in said and end == (GOES_ON if changed[0] == base else REPORT), said


def test_the_page_has_the_boots() -> None:
    """A thousand of each loader, and none that ended badly."""
    made = table.between(table.PAGE.read_text(encoding="utf-8"), table.CORRUPTED)
    said = re.match(r"By `make campaign BOOTS=(\d+) SEED=(\d+)`:\n", made)
    assert said and int(said[1]) >= 1000
    runs = []
    for line in made.splitlines()[4:]:
        name, boots, *ends = (cell.strip() for cell in line.strip("|").split("|"))
        assert boots == said[1] and set(ends[2:]) == {"0"}
        runs.append((name, {GOES_ON: int(ends[0]), REPORT: int(ends[1])}))
    assert [name for name, _ends in runs] == [loader.name for loader in LOADERS]
    assert made == "\n".join(table.corruption_rows(runs, int(said[1]), int(said[2]))) + "\n"


@pytest.mark.parametrize("end, report, expected, missing", [
    (REPORT, "EXCEPTION: divide error (vector 0)\n", ("divide error",), []),
    (GOES_ON, "EXCEPTION: breakpoint\n", ("breakpoint", GOES_ON), []),
    (REPORT, "EXCEPTION: debug (vector 1)\n", ("divide error",), ["divide error"]),
    ("hang", "EXCEPTION: debug (vector 1)\n", ("debug",), ["report, and not hang"]),
    ("triple fault", "", (GOES_ON,), ["goes on, and not triple fault"]),
    (REPORT, "EXCEPTION: debug (vector 1)\n", (GOES_ON,), ["goes on, and not report"]),
    (GOES_ON, "x: 712 failed, one at a time, in 36 cases: 173 passed all the same, 328 failed with "
     "a line, 211 panicked, 0 were wrong\n", (*FAILURES, GOES_ON), []),
    (GOES_ON, "x: 0 failed, one at a time, in 0 cases: 0 passed all the same, 0 failed with a "
     "line, 0 panicked, 0 were wrong\n", (*FAILURES, GOES_ON),
     ["100 or more failed, one at a time", "some of them with a line"]),
])
def test_what_counts_as_expected(end: str, report: str, expected: tuple, missing: list) -> None:
    """Another end or a word that is missing is a fault of the campaign."""
    assert Seen("name", "what", end, report, expected).missing == missing


def test_the_command(build, machines: Machines) -> None:
    """The list, a fault that is survived, one that there is not; the boot parameter's bad value."""
    kernel = build(PLAIN.name, PLAIN.options, goal="build")
    machine = machines.boot(kernel, append="fault=nonsense")
    assert "warning: boot: fault=nonsense is not understood; it is fault=NAME" \
        in machine.serial_text
    assert provoke.listed(machine).keys() == PLAIN.expected.keys()
    assert machine.run_command("fault nonsense") == \
        "Unknown fault: nonsense; 'fault' lists them\n"
    begin = {name for name in PLAIN.expected if name.startswith("heap_")}
    said = machine.run_command("fault heap_")
    assert {line.split()[0] for line in said.splitlines()} == begin != set()
    assert machine.run_command("fault a b") == "Usage: fault [name]\n"
    said = machine.run_command("fault interrupt_unknown").splitlines()
    assert said[0].startswith("fault: interrupt_unknown: int 0x80")
    assert said[-1] == "fault: interrupt_unknown: the kernel goes on"
