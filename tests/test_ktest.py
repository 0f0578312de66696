# SPDX-License-Identifier: MIT
"""The framework of the suites: each verdict shown by a fault that was put there for it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import List

import pytest
from tessera import ktap, suites
from tessera.hostbuild import HostBuild, Ran, run_suites
from tessera.ktap import Outcome, QemuResult, Verdict

import host_tests
from building import ROOT, Build
from harness import Machines
from workbench import Output, run

SEEDED = ROOT / "tests/seeded"
LONG_S = 300.0  # for a boot; no host is so slow
OPTIONS = ("CONFIG_BOOT_TEST_SUITES=y", "CONFIG_HEAP_SIZE_KIB=64")

# What the port says, and what comes of it.
FAULTS = {
    "a case that passes, though it was to fail": (0, Verdict.FAILED),
    "a check that fails": (1, Verdict.FAILED),
    "a panic": (2, Verdict.PANICKED),
    "a triple fault": (3, Verdict.TRIPLE_FAULT),
    "an endless wait": (4, Verdict.HUNG),
    "an early exit with the status of success": (5, Verdict.FAILED),
    "a CPU that halts for good": (6, Verdict.HUNG),
    "an early exit that says the last line, too": (7, Verdict.FAILED),
    "an exception that nobody wanted": (8, Verdict.PANICKED),
    "nothing": (9, Verdict.PASSED),
}

pytestmark = pytest.mark.xdist_group("ktest")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """A kernel with the seeded suite."""
    out = Output(tmp_path_factory.mktemp("ktest") / "out")
    out.configure(*OPTIONS, words=[f"EXTERNAL={SEEDED}"])
    out.build_first(f"EXTERNAL={SEEDED}")
    return out


def boot(seeded: Output, seed: int, last: str = "") -> ktap.Judgement:
    """Boot with a fault, and judge; what hangs says `last` before."""
    extra = ["-chardev", "null,id=seed", "-device",
             f"isa-debugcon,iobase=0x402,readback={seed},chardev=seed"]
    return suites.check(seeded.iso, LONG_S, last, extra=extra)


def seeded_cases(judged: ktap.Judgement) -> "dict[str, ktap.Result]":
    """The results of the seeded suite."""
    return {path[-1]: case for path, case in judged.report.cases() if path[0] == "seeded"}


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault[0] != 1])
def test_verdict(seeded: Output, name: str) -> None:
    """A run that ends so gets this verdict, and the words say where."""
    seed, verdict = FAULTS[name]
    judged = boot(seeded, seed, "ok 1 seeded_passes" if verdict is Verdict.HUNG else "")
    assert judged.verdict is verdict, str(judged)
    if seed in (3, 4, 6):
        assert "after seeded.seeded_passes" in judged.why
    if seed in (5, 7):
        assert "1 results of 6" in judged.why
    if seed == 0:
        assert judged.why == "seeded.seeded_hope"
        assert "was to fail: there is a seed" in seeded_cases(judged)["seeded_hope"].remarks[0]


def test_outcomes(seeded: Output) -> None:
    """Passed, skipped, failed as expected, each with its reason; the seed is told."""
    judged = boot(seeded, 9)
    assert judged.verdict is Verdict.PASSED, str(judged)
    assert judged.report.seed == 1
    cases = seeded_cases(judged)
    assert cases["seeded_passes"].outcome is Outcome.PASSED
    skipped, expected = cases["seeded_is_skipped"], cases["seeded_fails_in_a_loop"]
    assert (skipped.outcome, skipped.reason) == (Outcome.SKIPPED, "there is nothing to see")
    assert (expected.outcome, expected.reason) == (Outcome.XFAIL, "counts up from 0")
    # 1,000 failures are not 1,000 lines.
    assert len(expected.remarks) == 10


def test_every_suite_is_run(seeded: Output) -> None:
    """What the sources of the linked suites register is what the results list, and no more."""
    objects = (seeded.path / ".objects").read_text().split()
    sources = [Path(name.replace("external/seeded/", "tests/seeded/")).with_suffix(".c")
               for name in objects if name.endswith("_test.o")]
    registered = [name for source in sources for name in re.findall(
        r"^KTEST_SUITE(?:_WITH)?\((\w+),", (ROOT / source).read_text(), re.MULTILINE)]
    assert "seeded" in registered and len(registered) > 20
    listed = {path[-2] for path, _ in boot(seeded, 9).report.cases()}
    assert sorted(listed) == sorted(registered)


def test_a_failure_says_where_and_what(seeded: Output) -> None:
    """File, line, the words of the check, and both values."""
    judged = boot(seeded, 1)
    assert judged.verdict is Verdict.FAILED and judged.why == "seeded.seeded_fault"
    failed = seeded_cases(judged)["seeded_fault"]
    lines = (SEEDED / "seeded_test.c").read_text().splitlines()
    told: List[str] = []
    for remark in failed.remarks:
        place = re.match(r"external/seeded/seeded_test\.c:(\d+): (.*)", remark)
        assert place, remark
        assert "KTEST_" in "".join(lines[int(place.group(1)) - 1:][:2]), remark
        told.append(place.group(2))
    assert told == [
        "not so: 2 + 2 == 5: 4 (0x4) and 5 (0x5)",
        "not so: 7U != 7L: 7 (0x7) and 7 (0x7)",
        "not so: -1 < -2: -1 and -2",
        "not so: UINT64_MAX == -1: 18446744073709551615 (0xffffffffffffffff) and -1",
        'not so: text is other: "left" and "ri\\x0aht"',
        "not so: text has other: from byte 0 on 6c6566 and 72690a",
        '__asm__ volatile("ud2"): wanted exception 14, got exception 6',
        "not so: test == NULL",
    ]


def test_did_not_boot(seeded: Output, tmp_path: Path) -> None:
    """A CPU without long mode, and a disc that does not boot."""
    judged = suites.check(seeded.iso, LONG_S, extra=["-cpu", "qemu32"])
    assert judged.verdict is Verdict.DID_NOT_BOOT and "the last line" in judged.why
    empty = tmp_path / "empty.iso"
    empty.write_bytes(bytes(2 ** 20))
    judged = suites.check(empty, 5)
    assert judged.verdict is Verdict.DID_NOT_BOOT


def test_did_not_build(seeded: Output, tmp_path: Path) -> None:
    """The build fails, and what an older build left behind is no pass."""
    out = Output(tmp_path / "out")
    out.configure(*OPTIONS, "CONFIG_SEEDED_SYNTAX=y", words=[f"EXTERNAL={SEEDED}"])
    done = out.make("iso")
    assert "Error 0" not in done.bad() and "no_such_file" in done.text
    good = "Tessera 0\nKTAP version 1\n1..1\nok 1 a\n"
    assert ktap.judge(good, QemuResult(33, built=False)) is Verdict.DID_NOT_BUILD


# ---- The reader -------------------------------------------------------------

GOOD = """Tessera 0.1
KTAP version 1
1..2
# seed=7
    KTAP version 1
    # Subtest: group
    1..1
        KTAP version 1
        # Subtest: suite
        1..2
        # a.c:1: remark
        ok 1 one
warning: a line of the kernel's log
        ok 2 two # SKIP no need
    ok 1 suite
ok 1 group
    KTAP version 1
    # Subtest: other
    1..1
    not ok 1 three # TODO known
ok 2 other
# Totals: pass:1 fail:0 xfail:1 skip:1
"""


def test_reads_lists_within_lists() -> None:
    """Cases with their paths, remarks and reasons."""
    report = ktap.parse(GOOD.replace("\n", "\r\n"))
    assert report.complete and report.seed == 7 and not report.failed
    cases = {".".join(path): case for path, case in report.cases()}
    assert list(cases) == ["group.suite.one", "group.suite.two", "other.three"]
    assert cases["group.suite.one"].remarks == ["a.c:1: remark"]
    assert cases["group.suite.two"].reason == "no need"
    assert [report.count(outcome) for outcome in Outcome] == [1, 0, 1, 1]
    assert ktap.judge(GOOD, QemuResult(33)) is Verdict.PASSED


@pytest.mark.parametrize("lines", range(1, len(GOOD.splitlines()) - 1))
def test_a_text_cut_short_is_no_pass(lines: int) -> None:
    """Wherever the kernel falls silent, the status of success does not help."""
    text = "\n".join(GOOD.splitlines()[:lines]) + "\n"
    if lines < len(GOOD.splitlines()) - 1:
        assert ktap.judge(text, QemuResult(33)) in (Verdict.FAILED, Verdict.DID_NOT_BOOT)


@pytest.mark.parametrize("line", [
    line for line in GOOD.splitlines()
    if not re.match(r"\s*# (?!Subtest)|warning|Tessera", line)
])
def test_a_lost_line_is_no_pass(line: str) -> None:
    """Nor does it where any one line of the plan or the results is not there."""
    at = GOOD.splitlines().index(line)
    text = "\n".join(GOOD.splitlines()[:at] + GOOD.splitlines()[at + 1:]) + "\n"
    assert ktap.judge(text, QemuResult(33)) is not Verdict.PASSED


@pytest.mark.parametrize("status, reset, verdict", [
    (33, False, Verdict.PASSED), (35, False, Verdict.FAILED), (0, False, Verdict.FAILED),
    (1, False, Verdict.FAILED), (124, False, Verdict.FAILED), (None, False, Verdict.HUNG),
    (0, True, Verdict.TRIPLE_FAULT), (33, True, Verdict.TRIPLE_FAULT),
])
def test_the_status_must_agree(status: "int | None", reset: bool, verdict: Verdict) -> None:
    """A whole plan is no pass without the exact status; a reset is a triple fault."""
    assert ktap.judge(GOOD, QemuResult(status, reset)) is verdict


@pytest.mark.parametrize("old, new", [
    ("ok 1 suite", "not ok 1 suite"), ("        ok 1 one", "        not ok 1 one"),
    ("ok 2 two", "ok 3 two"), ("ok 1 suite", "ok 1 sweet"), ("1..2\n# seed", "1..3\n# seed"),
])
def test_a_contradiction_is_no_pass(old: str, new: str) -> None:
    """A list and its one line, numbers, names."""
    assert old in GOOD
    assert ktap.judge(GOOD.replace(old, new, 1), QemuResult(33)) is Verdict.FAILED


# ---- In a shell, on the host, and not at all --------------------------------


def test_command(build, machines: Machines) -> None:
    """A person runs a suite, with another seed; a wrong name and too many words are told."""
    kernel: Build = build("shell-test", "CONFIG_KTEST=y\nCONFIG_SHELL_CMD_TEST=y\n"
                          "CONFIG_SHELL_ERROR_MARK=y\n")
    machine = machines.boot(kernel)
    report = ktap.parse(machine.run_command("test ring"))
    assert report.complete and not report.failed and report.seed == 1
    assert {path[:2] for path, _ in report.cases()} == {("lib", "ring")}
    report = ktap.parse(machine.run_command("test seed=77 lib"))
    assert report.complete and report.seed == 77 and {p[0] for p, _ in report.cases()} == {"lib"}
    usage = "Usage: test [suite,...] [seed=N]\n"
    for line, answer in (("test nonsense", "There is no suite or group nonsense.\n"
                          "  test nonsense\n       ^~~~~~~~\n"),
                         ("test a seed=7 bc", usage + "  test a seed=7 bc\n                ^~\n"),
                         ("test ring seed=x", usage + "  test ring seed=x\n            ^~~~~~\n")):
        assert machine.run_command(line) == answer
    report = ktap.parse(machine.run_command("test", timeout=120))
    assert report.complete and not report.failed and len(report.results) > 1
    assert machine.run_command("echo still here") == "still here\n"


CLASH = """
#include <kernel/ktest.h>

static void passes(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, 1, 1);
}
static const struct ktest_case cases[] = { KTEST_CASE(passes) };
KTEST_SUITE_WITH(suite_in_group, cases, .parent = "clash");
KTEST_SUITE(clash, cases);
"""


def test_a_suite_with_the_name_of_a_group(tmp_path: Path) -> None:
    """The group's suites would not be run: no suite is, and both are named."""
    (tmp_path / "ring_test.c").write_text(CLASH)
    program = HostBuild(ROOT / "build/host/gcc", "gcc").build(
        replace={Path("lib/ring_test.c"): tmp_path / "ring_test.c"}, name=f"clash-{tmp_path.name}")
    ran = run_suites(program)
    program.unlink()
    assert ran.status == 1 and ran.text == (
        "The suite clash has the name of the group of the suite suite_in_group: rename one.\n")


COMPILERS = pytest.mark.parametrize("compiler", [
    pytest.param(name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"no {name} here"))
    for name in host_tests.COMPILERS
])


@COMPILERS
def test_host_suites(compiler: str) -> None:
    """Each PURE module has a suite, and all pass on the host."""
    done = run(sys.executable, "scripts/host_tests.py", "--compiler", compiler, timeout=600)
    assert re.search(rf"^{compiler}: \d+ passed[^;]*$", done.good(), re.MULTILINE)


# In place of a compiler: its "program" says so much, and does what is put in.
PRETENDED = """#!/bin/sh
[ "$1" != --version ] || exit 0
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho "KTAP version 1"\\necho 1..{}\\necho "ok 1 early"\\n{}\\n' >"$2"
chmod +x "$2"
"""
HANGS = PRETENDED.format(2, "exec sleep 600")
PASSES = PRETENDED.format(1, "exit 0")


def test_a_suite_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                            capfd: pytest.CaptureFixture[str]) -> None:
    """It is ended, what it said is told, nothing of an older run stays, and the next is tried."""
    for name in ("cc-one", "cc-two"):
        (tmp_path / name).write_text(HANGS)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(sys, "argv", ["x", "--output", str(tmp_path), "--timeout", "5",
                                      "--compiler", "cc-one", "--compiler", "cc-two"])
    assert host_tests.main() == 1
    said = capfd.readouterr().out
    assert [line.split(" (")[0] for line in said.splitlines() if line.startswith("cc-")] == [
        f"cc-{name}: 1 passed; hung, after early" for name in ("one", "two")]
    assert said.count("ok 1 early\n") == 2
    results = tmp_path / "host/cc-one.ktap"
    assert results.read_text().endswith("ok 1 early\n")
    (tmp_path / "cc-one").write_text("#!/bin/sh\nexit 1\n")
    assert not host_tests.run("cc-one", tmp_path / "host", [], 5)
    assert not results.exists()


def test_a_compiler_that_is_missing(tmp_path: Path) -> None:
    """The last line says that a part was not run."""
    (tmp_path / "cc-good").write_text(PASSES)
    (tmp_path / "cc-good").chmod(0o755)
    done = run(sys.executable, "scripts/host_tests.py", "--output", tmp_path, "--compiler",
               "cc-good", "--compiler", "no-such-cc", "ring",
               PATH=f"{tmp_path}:{os.environ['PATH']}")
    passed, missing = done.text.splitlines()[-2:]
    assert ": 1 passed (" in passed
    assert missing.startswith("NOT RUN with no-such-cc, 1 of 2 compilers")


def test_another_compiler_of_the_same_name(tmp_path: Path) -> None:
    """Objects of the compiler that was there before are made anew."""
    compiler, calls = tmp_path / "cc", tmp_path / "calls"

    def compile_with(version: str) -> int:
        compiler.write_text(f'#!/bin/sh\n[ "$1" != --version ] || exec echo {version}\n'
                            f'echo >>{calls}\nexec gcc "$@"\n')
        compiler.chmod(0o755)
        HostBuild(tmp_path / "out", str(compiler)).compile(Path("lib/ring.c"))
        return len(calls.read_text())

    assert [compile_with(version) for version in ("1", "1", "2", "2")] == [1, 1, 2, 2]


# One slip each that no value shows, and who sees it.
SLIPS = {
    "ring->bytes[place(ring, head)] = byte": ("ring->bytes[place(ring, head) + 16] = byte",
                                              "AddressSanitizer"),
    "ring->capacity = capacity;": ("ring->capacity = capacity << (capacity + 60);",
                                   "runtime error: shift exponent"),
}


@COMPILERS
@pytest.mark.parametrize("good", SLIPS)
def test_sanitizers_see_slips(tmp_path: Path, compiler: str, good: str) -> None:
    """A byte written beside the ring, a shift by too much: the program ends, which is no pass."""
    bad, said = SLIPS[good]
    text = (ROOT / "lib/ring.c").read_text()
    assert good in text
    (tmp_path / "ring.c").write_text(text.replace(good, bad))
    build = HostBuild(ROOT / "build/host" / compiler, compiler)
    source = Path("lib/ring.c")
    program = build.build(replace={source: tmp_path / "ring.c"}, name=f"slip-{tmp_path.name}")
    ran = run_suites(program, "ring")
    program.unlink()
    assert ran.status != 0 and said in ran.text
    assert not host_tests.judge(ran)[0]
    assert not host_tests.judge(Ran(0, ran.text))[0], "a plan cut short is no pass, whatever status"


def test_off_it_costs_nothing(reference: Build) -> None:
    """Without the option there is no trace of a test in the image."""
    traces = re.compile(r"ktest|fault_guard|fault_catch|_test$|_cases$")
    assert not [name for name in reference.symbols if traces.search(name)]
    image = reference.elf.read_bytes()
    assert b"KTAP" not in image and b"Subtest" not in image
