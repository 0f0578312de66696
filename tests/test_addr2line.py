# SPDX-License-Identifier: MIT
"""The lines of addresses, with whichever tool a machine has."""

from __future__ import annotations

import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from tessera.decoding import Line, Lines
from tessera.elf import Elf
from tessera.kernel_coverage import places
from tessera.places import Places

SOURCE = """\
int three(int count)
{
	return 3 * count;
}
int main(int count, char **words)
{
	return three(count);
}
"""
ANSWER_S = 20.0  # a tool that is asked in vain is ended, which is an error


@pytest.mark.parametrize("tool", ["addr2line", "llvm-addr2line", "llvm-symbolizer"])
def test_each_tool_tells_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                  tool: str) -> None:
    """One address after the other, a single one, many at once; also one that is nothing's."""
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is missing")
    (tmp_path / "three.c").write_text(SOURCE)
    subprocess.run(["gcc", "-g", "three.c", "-o", "three"], cwd=tmp_path, check=True)
    elf = tmp_path / "three"
    at = {one.name: one.address for one in Elf(elf).symbols()}
    own = tmp_path / "bin"
    own.mkdir()
    (own / tool).symlink_to(found)
    monkeypatch.setenv("PATH", str(own))
    lines = Lines(elf)
    watch = threading.Timer(ANSWER_S, lines._process.kill)
    watch.start()
    told = [lines.at(address) for address in (at["three"], 0x10, at["main"])]
    watch.cancel()
    lines.close()
    where = [f"{tmp_path}/three.c:{line}" for line in (2, 6)]
    assert told == [[Line(where[0], "three")], [], [Line(where[1], "main")]]
    assert Places(elf).describe(at["main"]) == f"main ({where[1]})"
    assert list(places(elf, [at["main"], at["three"]])) == [where[1], where[0]]
