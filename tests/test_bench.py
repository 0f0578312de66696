# SPDX-License-Identifier: MIT
"""`make bench`: figures that repeat, and no figures from a run that failed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from math import isqrt
from pathlib import Path
from typing import Any, Dict, Iterator

import bench
import pytest
from kbench import guest, host, saved
from kbench.bars import BARS, judge
from kbench.errors import BenchError
from kbench.figures import Figure, add_counts, add_memset_rate, add_seed_counts, from_times
from kbench.lines import parse
from kbench.places import Place
from kbench.table import table
from tessera.ktap import QemuResult

from building import ROOT
from workbench import Output

pytestmark = pytest.mark.xdist_group("bench")

GOOD = """a line of the log
KBENCH begin 1 2000000000
KBENCH fill ours 100 pixel: 200 400 300
KBENCH fill seed 100 pixel: 2000 8000 2400
KBENCH fill limit 100 pixel: 100 400
KBENCH sound skipped: -19
KBENCH end 2
BOOT TEST bench: passed
"""

# ---- The reader -------------------------------------------------------------


def test_reads_times() -> None:
    """Ways, amounts and skipped ones, whatever stands around them."""
    run = parse(GOOD.replace("\n", "\r\n"))
    assert run.clock_hz == 2_000_000_000 and list(run.results) == ["fill", "sound"]
    assert run.results["fill"].ticks == {"ours": [200, 400, 300], "seed": [2000, 8000, 2400],
                                         "limit": [100, 400]}
    assert (run.results["fill"].amount, run.results["fill"].unit) == (100, "pixel")
    assert not run.results["sound"].ticks


@pytest.mark.parametrize("lines", range(len(GOOD.splitlines()) - 1))
def test_a_text_cut_short_has_no_figures(lines: int) -> None:
    """Wherever the kernel falls silent."""
    with pytest.raises(BenchError, match="did not (begin|end)"):
        parse("\n".join(GOOD.splitlines()[:lines]))


@pytest.mark.parametrize("old, new, why", [
    ("begin 1", "begin 2", "lines of version 2, not 1"),
    ("begin 1 2000000000", "begin 1 0", "the clock stands still"),
    ("KBENCH fill seed 100", "KBENCH begin 1 5\nKBENCH fill seed 100", "began twice"),
    ("seed 100 pixel: 2000", "seed 100 pixel:2000", "no line of a benchmark"),
    ("seed 100 pixel: 2000", "seed 100 pixel: x2000", "no line of a benchmark"),
    ("fill seed 100", "fill seed 101", "different amounts"),
    ("fill limit", "fill seed", "two lines of seed"),
    ("sound skipped", "fill skipped", "skipped after it had run"),
    ("sound skipped: -19", "fill wrong: so", "fill is wrong: so"),
    ("KBENCH end 2", "KBENCH end 3", "3 benchmarks ran"),
    ("KBENCH end 2", "KBENCH end 2\nKBENCH end 2", "outside of a run"),
    ("KBENCH begin 1 2000000000\n", "", "outside of a run"),
])
def test_a_contradiction_has_no_figures(old: str, new: str, why: str) -> None:
    """Each is a sentence."""
    assert old in GOOD
    with pytest.raises(BenchError, match=why):
        parse(GOOD.replace(old, new, 1))


@pytest.mark.parametrize("text, result, why", [
    (GOOD, QemuResult(35), "status 35"), (GOOD, QemuResult(0), "status 0"),
    (GOOD, QemuResult(33, True), "reset itself after fill"),
    (GOOD, QemuResult(None), "did not end in 9 s, after fill"),
    ("KERNEL PANIC: no\n", QemuResult(None), "before the first benchmark: KERNEL PANIC: no"),
    (GOOD + "EXCEPTION: page fault\n", QemuResult(33), "after fill: EXCEPTION: page fault"),
    ("There is no benchmark x.\n", QemuResult(35), "There is no benchmark x."),
])
def test_an_end_that_is_none(text: str, result: QemuResult, why: str) -> None:
    """The figures may be whole: a run that did not end well has none."""
    with pytest.raises(BenchError, match=why):
        guest.judge(text, result, 9)


# ---- Figures ----------------------------------------------------------------


def figure(**more: Any) -> Figure:
    """A figure of the text above."""
    found = from_times("guest", parse(GOOD))[0]
    for name, value in more.items():
        setattr(found, name, value)
    return found


def test_medians() -> None:
    """Times are medians; a ratio is that of two calls of one round, the median of these."""
    found = figure()
    assert (found.time_ns, found.seed_ns, found.limit_ns) == (150, 1200, 125)
    assert found.of_seed == 10  # of 10, 20 and 8
    assert found.of_limit == 0.75  # of 0.5 and 1
    add_counts([found], {"fill": {"ours": 250, "seed": 900}})
    assert (found.instructions, found.seed_instructions) == (250, 900)
    assert len(from_times("guest", parse(GOOD))) == 1, "what was skipped has no figure"


def test_bars() -> None:
    """A bar is held against what was measured, exactly."""
    assert BARS["host/rect"] == [("limit", 0.95)]
    assert judge("host/rect", {"limit": 0.95}) == [">= 95% of memset: yes"]
    assert judge("host/rect", {"limit": 0.949, "seed": 9.0}) == [">= 95% of memset: no"]
    assert judge("host/rect", {"seed": 9.0}) == [">= 95% of memset"]
    assert judge("host/nothing", {"limit": 0.1}) == []


def test_instructions_of_plain_code() -> None:
    """They are counted at one place, and count at the others."""
    known = figure(name="text_scroll", seed_instructions=2_000_000)
    found = figure(place="guest-panning", name="text_scroll", instructions=2000)
    other = figure(name="text_scroll", amount=99)
    assert found.bars == [">= 1,000x seed in instructions"]
    add_seed_counts([found, other], [known])
    assert found.bars == [">= 1,000x seed in instructions: yes"]
    assert other.seed_instructions is None, "another amount of work"


def test_missed_bars(monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                     capsys: pytest.CaptureFixture) -> None:
    """The last line counts them; with BARS=1 those of instructions, which repeat, are status 1."""
    slow = figure(of_seed=9.0)  # of guest/fill: a bar of 10, and one of memset
    scroll = figure(place="guest-panning", name="text_scroll", instructions=2000,
                    seed_instructions=1_999_999)
    unknown = figure(place="guest-panning", name="text_scroll")
    assert (slow.missed, scroll.missed, unknown.missed) == (["limit", "seed"], ["instructions"], [])
    for found, words, status, last in (
            ([scroll], ["--bars"], 1, "bars missed: 1, 1 of them by what repeats, 0 by time"),
            ([scroll], [], 0, "bars missed: 1, 1 of them by what repeats, 0 by time"),
            ([slow], ["--bars"], 0, "bars missed: 2, 0 of them by what repeats, 2 by time"),
            ([unknown], ["--bars"], 0, "bars missed: 0, 0 of them by what repeats, 0 by time")):
        monkeypatch.setattr(bench, "measure", lambda _options, found=found: found)
        monkeypatch.setattr(sys, "argv", ["bench", "--output", str(tmp_path), *words])
        assert bench.main() == status
        assert capsys.readouterr().out.splitlines()[-1] == last


def test_speed() -> None:
    """A bar of speed is for a machine with a certain memset: this one's is reckoned in."""
    fill = figure(place="host", limit_ns=50.0)  # 400 bytes: 8 GB/s
    text = figure(place="host-panning", name="text_random", time_ns=20_000.0)
    assert text.speed() is None and text.bars[1].endswith("47 GB/s")
    add_memset_rate([text])
    assert text.speed() is None, "without a fill nothing is known"
    add_memset_rate([fill, text])
    assert text.memset_rate == 8e9 and text.speed() == pytest.approx(5e6 * 47 / 8)
    assert text.bars[1].endswith("47 GB/s: no")


def test_table() -> None:
    """What a person reads."""
    add_counts([found := figure()], {"fill": {"ours": 1250}})
    line = next(line for line in table("guest", [found]).splitlines() if line.startswith("fill"))
    assert line.split()[:10] == ["fill", "1,250", "12.50", "150", "ns", "1.5", "ns", "75%", "10x",
                                 ">="]


# ---- Saved runs -------------------------------------------------------------


def test_saved_and_compared(tmp_path: Path) -> None:
    """What was written is read again; a cost is compared by instructions, else by time."""
    path = tmp_path / "bench.json"
    saved.save(path, [figure(instructions=200)], {"cpu": "any"})
    data = json.loads(path.read_text())
    assert data["schema"] == "tessera-bench-1" and data["machine"] == {"cpu": "any"}
    assert data["figures"][0]["of_seed"] == 10 and data["figures"][0]["bars"]
    base = saved.load(path)
    change = saved.compare([figure(instructions=210, time_ns=75.0)], base)[0]
    assert change == ("guest/fill", 1.05, 0.5) and change.worst() == 1.05
    assert "1.050" in saved.table([change], 1.05) and "WORSE" not in saved.table([change], 1.05)
    assert "WORSE" in saved.table([change], 1.04)
    assert saved.compare([figure(time_ns=300.0)], base)[0].worst() == 2
    assert not saved.compare([figure(amount=99)], base), "another amount of work"
    assert not saved.compare([figure(place="host")], base)


BAD_FILES: Dict[str, str] = {
    "": "is no JSON file", "{": "is no JSON file", "[]": "is no saved run",
    '{"schema": "tessera-bench-0"}': "is of the schema tessera-bench-0; this is tessera-bench-1",
    '{"schema": "tessera-bench-1"}': "lacks figures",
    '{"schema": "tessera-bench-1", "figures": [{"place": "x"}]}': "lacks figures",
}


@pytest.mark.parametrize("text", BAD_FILES)
def test_a_base_that_is_none(tmp_path: Path, text: str) -> None:
    """Nothing is run, and a sentence says what the file is."""
    path = tmp_path / "base"
    path.write_text(text)
    with pytest.raises(BenchError, match=BAD_FILES[text]):
        saved.load(path)


def test_sentences(tmp_path: Path) -> None:
    """A file that is not there, no QEMU: the program ends with status 2 and one line."""
    for words, environment, why in (
            (["--base", "/no/such"], None, "BASE=/no/such cannot be read: No such file"),
            (["--guest"], {"PATH": str(tmp_path)}, "qemu-system-x86_64 is not installed")):
        done = subprocess.run([sys.executable, "scripts/bench.py", "--output", str(tmp_path),
                               *words], cwd=ROOT, env=environment, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert done.returncode == 2 and not done.stdout and len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith(f"bench: {why}")


def test_groups() -> None:
    """A place whose options change the text alone runs no shapes."""
    text = Place("guest-x", group="text")
    assert text.wanted(None) == text.wanted("text") == "text"
    assert text.wanted("text_random") == "text_random"
    assert text.wanted("fill") == text.wanted("textual") == ""
    heaps = Place("host", lacks="kmalloc")
    assert heaps.wanted("kmalloc") == heaps.wanted("kmalloc_mix") == ""
    assert heaps.wanted("heap_list_mix") == "heap_list_mix" and heaps.wanted(None) is None
    assert Place("guest").wanted("fill") == "fill" and Place("guest").wanted(None) is None


# ---- In the kernel ----------------------------------------------------------


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kernel with the benchmarks, and with some that do not end well."""
    out = Output(tmp_path_factory.mktemp("bench") / "out")
    out.configure(*(f"CONFIG_{option}" for option in guest.OPTIONS),
                  words=[f"EXTERNAL={ROOT / 'tests/seeded'}", "build", "WERROR=1"])
    return out.elf


def test_instructions_repeat(kernel: Path) -> None:
    """Two boots count the same, to the digit, of each way."""
    first, second = (guest.instructions(guest.count(kernel, "fill")) for _boot in range(2))
    assert first == second and set(first["fill"]) == {"ours", "seed", "limit"}
    alone = guest.instructions(guest.count(kernel, "fill", ours_alone=True))
    assert alone == {"fill": {"ours": first["fill"]["ours"]}}
    assert first["fill"]["limit"] < first["fill"]["ours"] < first["fill"]["seed"]


def test_times(kernel: Path) -> None:
    """As many rounds as asked for, by a clock that the kernel has measured."""
    run = guest.measure(kernel, 3, "seeded_good")
    assert 2e8 < run.clock_hz < 2e10
    assert {way: len(ticks) for way, ticks in run.results["seeded_good"].ticks.items()} == {
        "ours": 3, "seed": 3, "limit": 3}
    assert not guest.measure(kernel, 1, "seeded_skipped").results["seeded_skipped"].ticks


@pytest.mark.parametrize("name, why", [
    ("seeded_wrong", "seeded_wrong is wrong: ours and seed made different things"),
    ("seeded_panic", "did not survive before the first benchmark: KERNEL PANIC: seeded"),
    ("seeded_reset", "the machine reset itself before the first"),
    ("seeded_leave", "the benchmarks did not end, none has run"),
    ("seeded_dead", "the kernel did not end"),
    ("nonsense", "There is no benchmark nonsense."),
    ("a,b", "a,b is no name of a benchmark"),
])
def test_a_kernel_that_fails_has_no_figures(kernel: Path, name: str, why: str) -> None:
    """Status 33 does not help: each is a sentence."""
    with pytest.raises(BenchError, match=why):
        guest.count(kernel, name, timeout=20)


def test_rounds_out_of_range(kernel: Path) -> None:
    """The kernel refuses what it has no room for."""
    with pytest.raises(BenchError, match="There can be 1 to 101 rounds, not 102."):
        guest.measure(kernel, 102, "seeded_good")


# ---- Of heaps ---------------------------------------------------------------


def test_what_a_benchmark_says() -> None:
    """Bars of what it says and of instructions a unit, which are to be few."""
    text = ("KBENCH begin 1 1000\nKBENCH heap_tlsf_mix ours 10 call: 5\n"
            "KBENCH heap_tlsf_mix says live_permille {}\nKBENCH end 1\n")
    for live, instructions, told, lacks in (
            (870, 700, ["<= 70 instructions: yes", ">= 87% live: yes"], []),
            (869, 701, ["<= 70 instructions: no", ">= 87% live: no"], ["each", "live"])):
        found, = from_times("host", parse(text.format(live)))
        found.instructions = instructions
        assert (found.bars, found.missed) == (told, lacks)
    with pytest.raises(BenchError, match="before it has run"):
        parse("KBENCH begin 1 1000\nKBENCH heap_tlsf_mix says failures 1\nKBENCH end 1\n")


# ---- On the host ------------------------------------------------------------


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The benchmarks of the host."""
    return host.build(tmp_path_factory.mktemp("bench-host"))


def test_host(program: Path) -> None:
    """The same benchmarks as a program; what cannot be is refused."""
    found = from_times("host", host.run(program, 3, "rect"))
    assert [(one.name, one.amount) for one in found] == [("rect", 600_000)]
    assert found[0].of_seed > 1 and found[0].of_limit > 0.01
    with pytest.raises(BenchError, match="There is no benchmark nonsense."):
        host.run(program, 1, "nonsense")
    with pytest.raises(BenchError, match="1 to 101 rounds, not 0"):
        host.run(program, 0)
    circle = host.run(program, 1, "circle").results["circle"]
    assert circle.amount == circle_pixels(300)


@pytest.mark.parametrize("mode", ["panning", "deferred"])
def test_host_modes(program: Path, mode: str) -> None:
    """Whenever the screen follows the text, it is the plain code's in the end."""
    result = host.run(program, 1, "text_scroll", mode).results["text_scroll"]
    assert set(result.ticks) == {"ours", "seed", "limit"}


@pytest.mark.skipif(not shutil.which("valgrind"), reason="no valgrind here")
def test_callgrind_repeats(program: Path) -> None:
    """Instructions of the host, of the benchmark alone."""
    first, second = (host.instructions(program, ["circle"]) for _run in range(2))
    assert first == second and 1e4 < first["circle"]["ours"] < 1e6


PEER = """
#include <stddef.h>
static unsigned char *next, *end;
void peer_init(void *arena, size_t bytes) { next = arena; end = next + bytes; }
void *peer_alloc(size_t size)
{
	unsigned char *block = next;

	if (size > (size_t)(end - next) - 64)
		return NULL;
	next += (size + 15) / 16 * 16 - LOST;
	return block;
}
void peer_free(void *block) { (void)block; }
"""
TRACE = "100\n2\n5\n1\na 0 100\na 1 16\nr 0 300\nf 1\nf 0\n"


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What bench.use_files() tells the program ends with the test."""
    monkeypatch.delenv("HEAP_PEER", raising=False)
    monkeypatch.delenv("HEAP_TRACE", raising=False)
    yield
    bench.use_files({"HEAP_PEER": None, "HEAP_TRACE": None})


def peer(folder: Path, name: str, lost: int) -> Path:
    """An allocator of a user's, whose blocks share so many bytes."""
    source = folder / f"{name}.c"
    source.write_text(PEER.replace("LOST", str(lost)), encoding="utf-8")
    library = source.with_suffix(".so")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def test_peer(program: Path, tmp_path: Path, files: None) -> None:
    """An allocator of the user's beside ours; without one it is left out, a wrong one is caught."""
    assert not host.run(program, 1, "heap_peer_holes").results["heap_peer_holes"].ticks
    bench.use_files({"HEAP_PEER": peer(tmp_path, "good", 0)})
    assert host.run(program, 1, "heap_peer_holes").results["heap_peer_holes"].amount > 1000
    bench.use_files({"HEAP_PEER": peer(tmp_path, "bad", 16)})
    with pytest.raises(BenchError, match="heap_peer_holes is wrong: a block was written to by"):
        host.run(program, 1, "heap_peer_holes")
    with pytest.raises(BenchError, match="/no/such: there is no such file"):
        bench.use_files({"HEAP_PEER": Path("/no/such")})
    broken = tmp_path / "broken.so"
    broken.write_text("", encoding="utf-8")
    bench.use_files({"HEAP_PEER": broken})
    with pytest.raises(BenchError, match="broken.so"):
        host.run(program, 1, "heap_peer_holes")


def test_trace_of_a_file(program: Path, tmp_path: Path, files: None) -> None:
    """Calls in the form that courses use; a line that is none is named."""
    trace = tmp_path / "calls.rep"
    trace.write_text(TRACE, encoding="utf-8")
    bench.use_files({"HEAP_TRACE": trace})
    for heap in ("list", "tlsf", "libc"):
        result = host.run(program, 1, f"heap_{heap}_file").results[f"heap_{heap}_file"]
        assert result.amount == 5 and result.says["failures"] == 0
    for text, why in (("a 0 1\nb 0\n", "line 2: \"a ID BYTES\", \"r ID BYTES\" or"),
                      ("a 0 1\na 0 1\n", "line 2: the ID is alive"),
                      ("f 3\n", "line 1: the ID is not alive"), ("r 3 1\n", "the ID is not alive"),
                      ("a 3 0\n", "the BYTES must be 1 to"), ("a 4 5 6\n", "is wanted"),
                      ("a 9999999 5\n", "the ID is too large"), ("1\n2\n", "it has no calls")):
        trace.write_text(text, encoding="utf-8")
        with pytest.raises(BenchError, match=why):
            host.run(program, 1, "heap_list_file")


def test_heap_soak(tmp_path: Path) -> None:
    """Random operations on every heap; one that is not there is named with those that are."""
    def soak(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, "scripts/heap_soak.py", "--output", str(tmp_path),
                               "--operations", "300000", *words], cwd=ROOT, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    done = soak()
    assert done.returncode == 0 and len(done.stdout.splitlines()) >= 3, done.stdout
    assert all("300000 operations, no fault" in line for line in done.stdout.splitlines())
    done = soak("heap")
    assert done.returncode == 2 and "there is no heap heap; there are bump," in done.stdout


def circle_pixels(radius: int) -> int:
    """Pixels of the midpoint circle, filled (surface_circle.c derives the widths)."""
    def half(k: int) -> int:
        rest = radius * radius - k * k
        flat = (isqrt(4 * rest) + 1) // 2
        return flat if k <= flat else isqrt(rest + k - 1)

    return sum(2 * half(abs(y)) + 1 for y in range(-radius, radius + 1))
