# SPDX-License-Identifier: MIT
"""The matrix at work: each verdict shown by a fault seeded for it, and the guilty option found.

The faults are options of a folder outside the tree, so that the tree itself stays whole.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

import matrix
import pytest
from building import OBJECTS, ROOT
from kconfig_tree import new_kconfig

from kconf.output import Output
from kmatrix import report
from kmatrix.jobs import Job, Outcome
from kmatrix.model import Model
from kmatrix.plan import Plan, make_plan, near
from kmatrix.run import Runner, Settings
from kmatrix.shrink import Shrinker
from kmatrix.store import Store
from tessera import ktap
from tessera.ktap import Verdict
from workbench import run

pytestmark = pytest.mark.xdist_group("matrix")

HANG_S = 0.5  # for what hangs, from its banner on; less than any loader takes before it

# What a driver of each name does when it starts, and when that is.
FAULTS = {
    "PANIC": ("DRIVER_DEVICE", 'panic("seeded");'),
    "RESET": ("DRIVER_DEVICE", '__asm__ volatile("lidt %0; int3" : : "m"(none));'),
    "HANG": ("DRIVER_DEVICE", 'for (;;) __asm__ volatile("" ::: "memory");'),
    "MUTE": ("DRIVER_EARLY", 'for (;;) __asm__ volatile("cli; hlt" ::: "memory");'),
    "LINK": ("DRIVER_DEVICE", "fault_of_the_linker();"),
    "COMPILE": ("DRIVER_DEVICE", "no such statement;"),
    "LEAVE": ("DRIVER_DEVICE", 'io_write8(0xf4, 0x11);'),
    "EARLY": ("DRIVER_DEVICE", 'io_write8(0xf4, 0x10);'),
}
DRIVER = """// SPDX-License-Identifier: MIT
#include <arch/io.h>
#include <kernel/driver.h>
#include <kernel/panic.h>

void fault_of_the_linker(void);
static const struct {{ uint64_t words[2]; }} none __attribute__((unused));

static int fault_start(void)
{{
	{code}
	return 0;
}}
DRIVER({name}, {level}, fault_start);
"""
SUITE = """// SPDX-License-Identifier: MIT
#include <kernel/ktest.h>

static void fault_shows(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, 1, 2);
}
static const struct ktest_case fault_cases[] = {
	KTEST_CASE(fault_shows),
};
KTEST_SUITE(fault, fault_cases);
"""
OPTION = 'config FAULT_{0}\n\tbool "fault {0}"\n'
# Only both together are bad.
PAIR = "ifeq ($(CONFIG_FAULT_ONE)$(CONFIG_FAULT_TWO),yy)\nobj-y += both.o\nendif\n"


def write_folder(folder: Path) -> Path:
    """A folder outside the tree with an option a fault."""
    folder.mkdir()
    names = [*FAULTS, "SUITE", "ONE", "TWO"]
    (folder / "Kconfig").write_text("".join(OPTION.format(name) for name in names))
    lines = [f"obj-$(CONFIG_FAULT_{name}) += {name.lower()}.o\n" for name in FAULTS]
    (folder / "Makefile").write_text("".join(lines) + PAIR
                                     + "test-$(CONFIG_FAULT_SUITE) += suite.o\n")
    for name, (level, code) in [*FAULTS.items(), ("BOTH", FAULTS["PANIC"])]:
        text = DRIVER.format(code=code, name=f"fault_{name.lower()}", level=level)
        (folder / f"{name.lower()}.c").write_text(text)
    (folder / "suite.c").write_text(SUITE)
    return folder


class Bench(NamedTuple):
    """A plan over the tree and the faulty folder, and what runs it."""

    plan: Plan
    runner: Runner
    settings: Settings
    folder: Path

    def job(self, *lines: str) -> Job:
        """The reference with these values on top, and what they need."""
        wanted = [tuple(line.split("=", 1)) for line in lines]
        return near(Model(self.settings.kconf), self.plan.reference, "+".join(lines), wanted)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One folder for all tests here; what others have compiled is taken."""
    before = os.getcwd()
    os.chdir(ROOT)
    base = tmp_path_factory.mktemp("matrix")
    faulty = write_folder(base / "faulty")
    output = Output(base / "out/.config", base / "out", [], str(faulty))
    kconf = new_kconfig(output)
    plan = make_plan(kconf, 2, 0, "1")
    settings = Settings(kconf, base / "out", str(faulty), 1, objects=OBJECTS)
    yield Bench(plan, Runner(settings, plan.reference), settings, faulty)
    os.chdir(before)


VERDICTS = {
    "FAULT_PANIC=y": Verdict.PANICKED,
    "FAULT_RESET=y": Verdict.TRIPLE_FAULT,
    "FAULT_HANG=y": Verdict.HUNG,
    "FAULT_MUTE=y": Verdict.DID_NOT_BOOT,
    "FAULT_LINK=y": Verdict.DID_NOT_BUILD,
    "FAULT_COMPILE=y": Verdict.DID_NOT_BUILD,
    "FAULT_LEAVE=y": Verdict.FAILED,
    "FAULT_EARLY=y": Verdict.FAILED,
    "FAULT_ONE=y": Verdict.PASSED,
}
# Two more ways to be heard, and judged.
MUTE = ["UART16550=n", "FRAMEBUFFER=n"]
SUITES = ["choice Boot test=BOOT_TEST_SUITES"]


def hangs(*lines: str) -> bool:
    """Is the time over where a fault like this is?"""
    return "FAULT_HANG=y" in lines


def attempt(bench: Bench, *lines: str) -> Outcome:
    """Build and boot; only what hangs is waited for in vain."""
    return bench.runner.attempt(bench.job(*lines), timeout_s=HANG_S if hangs(*lines) else 0)


@pytest.mark.parametrize("fault", VERDICTS)
def test_verdicts(bench: Bench, fault: str) -> None:
    """Each fault has its verdict."""
    outcome = attempt(bench, fault)
    assert outcome.verdict is VERDICTS[fault], f"{outcome.verdict} {outcome.why}\n{outcome.text}"
    assert outcome.passed == (fault == "FAULT_ONE=y")


@pytest.mark.parametrize("ground", [MUTE, SUITES, MUTE + SUITES], ids=" ".join)
@pytest.mark.parametrize("name", ["PANIC", "RESET", "HANG", "MUTE", "EARLY", "ONE"])
def test_verdicts_on_other_grounds(bench: Bench, name: str, ground: List[str]) -> None:
    """The same where the kernel has no serial line, and where it ends QEMU by itself."""
    fault = f"FAULT_{name}=y"
    outcome = attempt(bench, fault, *ground)
    assert outcome.verdict is VERDICTS[fault], f"{outcome.verdict} {outcome.why}\n{outcome.text}"


def test_a_panic_that_reboots(bench: Bench) -> None:
    """It resets the machine on purpose: no triple fault."""
    outcome = attempt(bench, "FAULT_PANIC=y", "choice After a panic=PANIC_REBOOT",
                      "PANIC_REBOOT_SECONDS=0")
    assert outcome.verdict is Verdict.PANICKED, f"{outcome.verdict} {outcome.text}"
    assert "seeded" in outcome.why


def test_a_stack_overflow_that_hangs(bench: Bench) -> None:
    """Where a panic is what the test is about, it is no verdict."""
    overflow = "choice Boot test=BOOT_TEST_STACK_OVERFLOW"
    assert attempt(bench, "FAULT_HANG=y", overflow).verdict is Verdict.HUNG
    assert attempt(bench, overflow).verdict is Verdict.PASSED


@pytest.mark.parametrize("how", ["choice Boot test=BOOT_TEST_SUITES", "SHELL_CMD_TEST=y"])
def test_a_failing_suite(bench: Bench, how: str) -> None:
    """From the boot test and from the shell's command; the case is named."""
    outcome = bench.runner.attempt(bench.job("FAULT_SUITE=y", how))
    assert outcome.verdict is Verdict.FAILED
    assert "fault_shows" in outcome.why
    assert [case.name.split(".")[-1] for case in outcome.cases
            if case.outcome == "failed"][:1] == ["fault_shows"]


def test_shrinking_finds_the_guilty_pair(bench: Bench) -> None:
    """A pair's configuration has dozens of options; two of them are to blame."""
    job = bench.job("FAULT_ONE=y", "FAULT_TWO=y", "SHELL_CMD_TEST=y", "HEAP_SIZE_KIB=16",
                    "PIT8254=n", "FRAMEBUFFER=n", "choice Heap allocator=HEAP_BUMP")
    first = bench.runner.attempt(job)
    assert first.verdict is Verdict.PANICKED
    tried: List[Job] = []

    def fails(one: Job) -> bool:
        tried.append(one)
        return bench.runner.attempt(one).verdict is first.verdict

    lines = Shrinker(bench.settings.kconf, bench.plan.reference, fails).shrink(job)
    assert sorted(lines or []) == ["CONFIG_FAULT_ONE=y", "CONFIG_FAULT_TWO=y"]
    assert len(tried) < 40


def test_shrinking_knows_when_the_reference_fails(bench: Bench) -> None:
    """Then no option is to blame; and what cannot be had again is told as that."""
    kconf, reference = bench.settings.kconf, bench.plan.reference
    job = bench.job("PIT8254=n")
    assert Shrinker(kconf, reference, lambda one: True).shrink(job) == []
    assert Shrinker(kconf, reference, lambda one: False).shrink(job) is None


def test_every_pair_of_faults_is_in_the_plan(bench: Bench) -> None:
    """Options from outside take part: the bad pair is in one configuration, at least."""
    assert bench.plan.coverage.is_whole
    assert [job for job in bench.plan.jobs
            if job.values["FAULT_ONE"] == job.values["FAULT_TWO"] == "y"]


# ---- What is told -----------------------------------------------------------


def outcomes(bench: Bench) -> List[Outcome]:
    """One that passed, one that did not."""
    return [bench.runner.attempt(bench.job("SHELL_CMD_TEST=y")),
            bench.runner.attempt(bench.job("FAULT_PANIC=y"))]


def test_results_are_ktap_and_junit(bench: Bench, tmp_path: Path) -> None:
    """Both can be read again, and agree with what was judged."""
    both = outcomes(bench)
    report.write_all(tmp_path, both)
    read = ktap.parse((tmp_path / "matrix.ktap").read_text())
    assert read.complete and [result.is_ok for result in read.results] == [True, False]
    suites = ElementTree.parse(tmp_path / "matrix.xml").getroot().findall("testsuite")
    assert [suite.get("failures") for suite in suites] == ["0", "1"]
    assert [int(suite.get("tests", "0")) for suite in suites] == [len(one.cases) for one in both]
    assert "seeded" in (tmp_path / "matrix" / "FAULT_PANIC=y.txt").read_text()
    told = "\n".join(report.story(both[1], "make matrix T=x"))
    assert "panicked: KERNEL PANIC: seeded" in told and "again: make matrix T=x" in told


def words_of(bench: Bench, tmp_path: Path, *words: str) -> List[str]:
    """What scripts/matrix.py is told: folders of its own, and more."""
    return ["--external", str(bench.folder), "--folder", str(tmp_path / "m"), "--results",
            str(tmp_path / "r"), "--random", "2", "--objects", str(OBJECTS), "--seed", "5",
            "--timeout", "8", *words]


def test_command_line(bench: Bench, tmp_path: Path) -> None:
    """One configuration that fails: told, shrunk, with the command that repeats it."""
    text = run("scripts/python.sh", "kconfiglib", "scripts/matrix.py",
               *words_of(bench, tmp_path, "--name", "FAULT_LINK=y"), timeout=300).bad()
    assert text.splitlines()[-1] == "0 passed, 1 failed"
    assert "FAILED FAULT_LINK=y: did not build" in text and "fault_of_the_linker" in text
    assert f"again: make matrix T=FAULT_LINK=y EXTERNAL={bench.folder}" in text
    assert (tmp_path / "r/FAULT_LINK=y.config").read_text() == "CONFIG_FAULT_LINK=y\n"


Command = Callable[..., Tuple[int, str]]
_plans: Dict[Tuple[object, ...], Plan] = {}


@pytest.fixture
def command(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
            capsys: pytest.CaptureFixture[str]) -> Command:
    """The same in this process, with a plan that is made once; its status and text."""
    def plan_once(kconf: object, *more: object) -> Plan:
        if more not in _plans:
            _plans[more] = make_plan(kconf, *more)
        return _plans[more]

    def call(*words: str) -> Tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["matrix.py", *words_of(bench, tmp_path, *words)])
        try:
            status = matrix.main()
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out + said.err

    monkeypatch.setattr(matrix, "make_plan", plan_once)
    return call


def test_shards_and_seeds(command: Command) -> None:
    """What --list names: shards share it out, and a seed gives the same again."""
    everything = command("--list")[1].splitlines()
    for number in (1, 3):
        part = command("--list", "--shard", f"{number}/3")[1].splitlines()
        assert part == everything[number - 1::3]
    assert {"random-5-1", "random-5-2"} <= set(everything)
    assert "SHARD=4/3" in command("--shard", "4/3")[1]
    assert "no configuration nobody" in command("--name", "nobody")[1]


def test_repeats(bench: Bench, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several names, each so often: every boot counts, and one that fails is told by its number."""
    def pretend(_runner: Runner, job: Job, *_: object, **__: object) -> Outcome:
        fails = job.values["FAULT_COMPILE"] == "y"
        return Outcome(job, Verdict.DID_NOT_BUILD if fails else Verdict.PASSED)

    monkeypatch.setattr(Runner, "attempt", pretend)
    names = "FAULT_COMPILE=y BOOT_TEST_BASIC"
    listed = command("--list", "--name", names, "--repeat", "2")[1].splitlines()
    assert listed == [f"{name} #{number}" for number in (1, 2) for name in names.split()]
    status, text = command("--name", names, "--repeat", "2")
    assert status == 1 and text.splitlines()[-1] == "2 passed, 2 failed"
    assert f"again: make matrix T=FAULT_COMPILE=y REPEAT=2 EXTERNAL={bench.folder}" in text
    text = command("--name", "defconfig BOOT_TEST_BASICS")[1]
    assert "there is no configuration BOOT_TEST_BASICS; near to it: BOOT_TEST_" in text
    status, text = command("--repeat", "0")
    assert status == 2 and "a number from 1 on" in text


def test_it_stops_at_the_first_failure(bench: Bench) -> None:
    """Nothing begins any more."""
    jobs = [bench.job("FAULT_COMPILE=y"), bench.job("PIT8254=n"), bench.job("I8042=n")]
    assert [one.verdict for one in bench.runner.run(jobs, True)] == [Verdict.DID_NOT_BUILD]
    assert len(list(bench.runner.run(jobs, False))) == 3


def test_an_error_of_the_tools_is_one_outcome(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told with its place, the other jobs run; what was asked to end begins no more."""
    jobs = [bench.job("TIMER_HZ=19"), bench.job("PIT8254=n"), bench.job("I8042=n")]
    begun: List[str] = []
    go_on, second = threading.Event(), threading.Event()
    go_on.set()

    def attempt_one(job: Job, builder: object, timeout_s: float = 0) -> Outcome:
        begun.append(job.name)
        if len(begun) > 1:
            second.set()
            assert go_on.wait(60)
        if job is jobs[0]:
            raise OSError("no room")
        return Outcome(job, Verdict.PASSED)

    monkeypatch.setattr(bench.runner, "attempt", attempt_one)
    outcomes = {one.job.name: one for one in bench.runner.run(jobs, False)}
    broken = outcomes.pop("TIMER_HZ=19")
    assert broken.verdict is Verdict.FAILED and broken.why == "OSError: no room"
    assert "attempt_one" in broken.text and all(one.passed for one in outcomes.values())
    begun.clear()
    second.clear()
    go_on.clear()  # the second job waits until the run has been told to end
    run_of_many = bench.runner.run(jobs * 50, False)
    next(run_of_many)
    assert second.wait(60)
    threading.Timer(0.5, go_on.set).start()
    run_of_many.close()  # as an interrupt does
    assert len(begun) == 2


def test_results_of_an_earlier_run_do_not_stay(tmp_path: Path) -> None:
    """Neither what kernels said nor the tables."""
    (tmp_path / "matrix").mkdir()
    for name in ("matrix.xml", "matrix.ktap", "matrix/pair-1.txt"):
        (tmp_path / name).write_text("old")
    report.remove_all(tmp_path)
    assert not list(tmp_path.iterdir())
    report.remove_all(tmp_path)


def test_a_wrong_screen_is_seen(bench: Bench) -> None:
    """The kernel speaks and answers, and shows another font and other colours than configured."""
    job = bench.job("SHELL_CMD_ECHO=n")
    lies = {"FONT_FILE": '"drivers/video/fonts/vga-8x14.psf"', "CONSOLE_FG": "0xff0000",
            "UART_BAUD": "9600"}
    why = {"FONT_FILE": "a cell is no glyph", "CONSOLE_FG": "colours of the screen",
           "UART_BAUD": "divisor of the UART"}
    for name, value in lies.items():
        lying = job._replace(values={**job.values, name: value})
        outcome = bench.runner.attempt(lying)
        assert outcome.verdict is Verdict.FAILED and why[name] in outcome.why, outcome.why
        assert outcome.cases[-1].name == "chips and screen"
    assert bench.runner.attempt(job).passed


def test_the_store_gives_back_what_was_built(bench: Bench) -> None:
    """A configuration built again comes from the store, byte by byte; a changed option does not."""
    one, other = bench.job("TIMER_HZ=19"), bench.job("TIMER_HZ=10000")
    builder = bench.runner._free[0]  # pylint: disable=protected-access
    store = builder._store  # pylint: disable=protected-access
    images: Dict[str, bytes] = {}

    def build(job: Job) -> int:
        before = store.built
        assert builder.build(job, "build").is_good
        images.setdefault(job.name, builder.elf.read_bytes())
        assert images[job.name] == builder.elf.read_bytes()
        return store.built - before

    build(one)
    build(other)
    assert build(one) == 0
    assert images[one.name] != images[other.name]


def test_an_edit_while_it_runs(bench: Bench) -> None:
    """Each text gives its own kernel: what comes from an edited file is not taken for another."""
    job = bench.job("FAULT_EARLY=y")
    builder = bench.runner._free[0]  # pylint: disable=protected-access
    source = bench.folder / "early.c"
    text = source.read_text()

    def image(now: str) -> bytes:
        source.write_text(now)
        assert builder.build(bench.job("TIMER_HZ=19"), "build").is_good
        assert builder.build(job, "build").is_good
        return builder.elf.read_bytes()

    assert builder.build(job, "build").is_good
    first = builder.elf.read_bytes()
    other = image(text.replace("0x10", "0x12"))
    assert other != first
    assert str(source) in bench.runner.changed()
    assert image(text) == first
    assert image(text.replace("0x10", "0x12")) == other


def test_an_edit_is_told(bench: Bench, tmp_path: Path) -> None:
    """Whoever reads the results knows that they are of no one state of the tree."""
    command = ["scripts/python.sh", "kconfiglib", "scripts/matrix.py", "--folder", tmp_path / "m",
               "--objects", OBJECTS,
               "--external", bench.folder, "--results", tmp_path / "r", "--name", "PIT8254=n",
               "--seed", "1"]
    source = bench.folder / "link.c"
    text = source.read_text()
    with subprocess.Popen(list(map(str, command)), cwd=ROOT, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        assert running.stdout is not None
        assert "configuration" in running.stdout.readline()
        source.write_text(text)
        said = running.stdout.read()
    assert f"THE TREE CHANGED during this run, which is of no one state of it: {source}" in said


def test_objects_of_other_folders_do_not_count(bench: Bench) -> None:
    """What another run kept of its folder outside the tree is neither read nor told as changed."""
    assert bench.runner.attempt(bench.job("FAULT_PANIC=y")).verdict is Verdict.PANICKED
    source = bench.folder / "panic.c"
    whose, others = Store(OBJECTS), Store(OBJECTS)
    whose.open(bench.settings.folder / "w0", str(bench.folder))
    others.open(bench.settings.folder / "w0", "examples/hello")
    source.write_text(source.read_text())
    assert str(source) in whose.changed() and str(source) not in others.changed()


def test_repeating_is_from_nothing(bench: Bench) -> None:
    """Neither folder nor objects of the first time, nor of another repetition, are used."""
    job = next(job for job in bench.plan.jobs if job.name == "tiny_defconfig")
    for _ in range(2):
        assert bench.runner.repeat(job).passed
        output, objects = (bench.settings.folder / name for name in ("again", "again-objects"))
        assert output not in objects.parents and list(objects.rglob("*.d"))
