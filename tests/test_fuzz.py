# SPDX-License-Identifier: MIT
"""The fuzz targets: what they ever found stays mended, and a short run of each finds nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tessera.fuzzing import FOLDER, Bench, Limit, targets
from tessera.hostbuild import ROOT

RUNS = 5000
# Of targets whose check of everything takes its time after each step.
RUNS_OF = {"heap_guard": 2500, "page_table": 1500}

pytestmark = [
    pytest.mark.skipif(not shutil.which("clang"), reason="clang is not here"),
    # They share the object of lib/string.c.
    pytest.mark.xdist_group("fuzz"),
]

# A target that is not content with what it is given.
SEEDED = """
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(3);

	for (size_t i = 0; i < size; i++)
		FUZZ_CHECK(data[i] != 'F' || size != 1);
	if (size > 3 && data[0] == 'A')
		copy[size] = 0;
	free(copy);
	return 0;
}
"""


@pytest.fixture(scope="module")
def bench() -> Bench:
    """Where the targets are built; they stay for the next run."""
    return Bench(ROOT / "build/tests/fuzz")


@pytest.mark.parametrize("name", targets())
def test_target(bench: Bench, name: str) -> None:
    """What is kept, then a fixed number of random inputs: the same ones each time."""
    kept = sorted((ROOT / FOLDER / "corpus" / name).iterdir())
    bench.build([name])
    again = bench.replay(name, kept)
    assert again.good and again.runs == len(kept) > 0, again.text
    runs = RUNS_OF.get(name, RUNS)
    outcome = bench.run(name, Limit(runs, 0, seed=1))
    assert outcome.good and outcome.runs >= runs, outcome.text


def test_every_corpus_has_its_target() -> None:
    """A target that is renamed takes its inputs with it."""
    assert sorted(path.name for path in (ROOT / FOLDER / "corpus").iterdir()) == targets()


def test_a_finding_is_told(tmp_path: Path) -> None:
    """A check that does not hold and a write out of bounds are found, told, and can be repeated."""
    shutil.copy(ROOT / FOLDER / "fuzz.h", tmp_path)
    (tmp_path / "seeded.c").write_text(SEEDED)
    bench = Bench(tmp_path / "out", folder=tmp_path)
    bench.build(["seeded"])
    for text, wanted in ((b"F", "does not hold: data[i] != 'F'"),
                         (b"AAAA", "heap-buffer-overflow"), (b"ok", "")):
        (tmp_path / "input").write_bytes(text)
        outcome = bench.replay("seeded", [tmp_path / "input"])
        assert wanted in outcome.why and outcome.good == (not wanted), outcome.text
    outcome = bench.run("seeded", Limit(200000, 0, seed=1))
    assert "does not hold" in outcome.why or "overflow" in outcome.why, outcome.text
    unit = Path(outcome.repeat.split()[-1])
    assert not bench.replay("seeded", [unit]).good
