# SPDX-License-Identifier: MIT
"""full_defconfig: everything on, on two machines, by each way to start but one."""

from __future__ import annotations

from typing import Any, Dict

import pytest
from kconf.generating import all_bools
from kconf.loading import load, new_kconfig
from tessera.ktap import Outcome, parse

from building import ROOT, Build
from harness import Machines

FULL = ROOT / "configs/full_defconfig"
# The matrix has the same by PVH on a pc. All six pairs of them take three times as long and have
# shown no more.
WAYS: Dict[str, Dict[str, Any]] = {
    "pc, BIOS": {},
    "q35, UEFI": {"machine": "q35", "firmware": "uefi", "memory": "256M"},
}
# With KASAN, on a busy host: the suites take half a minute on one that is not.
SUITES_S = 300.0


def test_everything_is_on() -> None:
    """What allyesconfig has on is on here, but for other members of choices: a new option, too."""
    kconf = new_kconfig()
    load(kconf, [], made=all_bools(kconf, "y"))
    on = {name for name, symbol in kconf.syms.items() if symbol.str_value == "y"}
    load(kconf, [FULL])
    missing = [name for name in sorted(on)
               if kconf.syms[name].str_value != "y" and kconf.syms[name].choice is None]
    assert not missing, f"turn them on in {FULL.name}"


@pytest.mark.parametrize("way", WAYS)
def test_all_suites_pass(build, machines: Machines, way: str) -> None:
    """Typed at its serial line: a shell that answers, and every suite there is."""
    kernel: Build = build(FULL.name, base=FULL.name)
    machine = machines.boot(kernel, **WAYS[way])
    machine.types_by_serial = True
    report = parse(machine.run_command("test", timeout=SUITES_S))
    assert report.found and not report.faults
    outcomes = {"/".join(path): case.outcome for path, case in report.cases()}
    passed = (Outcome.PASSED, Outcome.SKIPPED, Outcome.XFAIL)
    assert not [name for name, outcome in outcomes.items() if outcome not in passed]
    assert list(outcomes.values()).count(Outcome.PASSED) > 700
    assert "Usage: " in machine.run_command("poweroff now")
