# SPDX-License-Identifier: MIT
"""The same sources and options give the same bytes, wherever, whenever and by whom."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Callable, List

import pytest

from building import clean_environment
from rebuilding import make
from tessera.sources import copy_sources

BUILT = ("tessera.elf", "tessera.iso")


def bytes_of(out: Path) -> List[bytes]:
    """The kernel and the image of an output folder."""
    return [(out / name).read_bytes() for name in BUILT]


def edited(tree: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a source, which must have it."""
    text = (tree / name).read_text()
    assert old in text
    (tree / name).write_text(text.replace(old, new))


# ---- make reprocheck --------------------------------------------------------


@pytest.mark.parametrize("words, external", [([], "examples/hello"), (["LLVM=1"], "")],
                         ids=["gcc", "clang"])
def test_two_places_two_dates(tmp_path: Path, words: List[str], external: str) -> None:
    """Path, output folder, date, time zone, language, umask and user leave no trace, nor does the
    place of a folder outside the tree."""
    if words and not shutil.which("clang"):
        pytest.skip("clang is not installed: make LLVM=1 cannot be tried")
    out = f"O={tmp_path}"
    make(out, f"EXTERNAL={external}", "tiny_defconfig")
    said = make(out, *words, "reprocheck")
    for name in BUILT:
        assert f"reprocheck: {name} is the same in both builds" in said


def faulty_date(tree: Path) -> None:
    """A constant that says when it was compiled."""
    edited(tree, "init/main.c", "#include <shell/command.h>\n",
           '#include <shell/command.h>\nconst char built[] = __DATE__ " " __TIME__;\n')


def faulty_image(tree: Path) -> None:
    """Only what the configuration of GRUB says depends on the day."""
    edited(tree, "scripts/mkiso.sh", '{ cat "$grub_cfg";', '{ cat "$grub_cfg"; date "+# %x";')


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")
@pytest.mark.parametrize("fault, told", [
    (faulty_date, "tessera.elf differs in .rodata, at byte "),
    (faulty_image, "tessera.iso differs in boot/"),
])
def test_reprocheck_finds(tmp_path: Path, fault: Callable[[Path], None], told: str) -> None:
    """What differs is found, and the first part that does is named."""
    tree = copy_sources(tmp_path / "tree")
    fault(tree)
    make("serial_defconfig", cwd=tree)
    done = subprocess.run(["make", "-s", "reprocheck"], cwd=tree, env=clean_environment(),
                          text=True, stdin=subprocess.DEVNULL, capture_output=True)
    assert done.returncode and told in done.stderr, done


# ---- Where sources and output may lie ---------------------------------------


def test_sources_that_cannot_be_written(tmp_path: Path) -> None:
    """With O= nothing is written to the sources: here the system would not let it."""
    tree, out = copy_sources(tmp_path / "tree"), tmp_path / "out"
    script = ('mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" || exit 77\n'
              "touch Makefile 2>/dev/null && exit 77\n"
              'make -j2 "O=$1" tiny_defconfig iso checks && make "O=$1"')
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script, str(tree), str(out)], text=True,
                          env=clean_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode == 77 or "unshare" in done.stdout:
        pytest.skip(f"no read-only mount can be made here: {done.stdout.strip()}")
    assert done.returncode == 0, done.stdout
    assert "Nothing to be done" in done.stdout and (out / "tessera.iso").exists()
    assert not list(tree.rglob("__pycache__"))


def test_two_outputs_at_once(tmp_path: Path) -> None:
    """Two builds of one source tree, started together, do not know of each other."""
    tree = copy_sources(tmp_path / "tree")
    outs = [tmp_path / name for name in ("one", "two")]
    runs = [subprocess.Popen(["make", "-j2", f"O={out}", "tiny_defconfig", "iso"], cwd=tree,
                             env=clean_environment(), text=True, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for out in outs]
    for run in runs:
        said, _ = run.communicate()
        assert run.returncode == 0, said
    assert bytes_of(outs[0]) == bytes_of(outs[1])


def test_everything_at_once(tmp_path: Path) -> None:
    """-j without a number, and goals that follow from each other, in one go."""
    make("-j", f"O={tmp_path}", "tiny_defconfig", "clean", "all", "iso")
    assert all(bytes_of(tmp_path))


def test_sources_in_a_folder_of_any_name(tmp_path: Path) -> None:
    """Blanks and what else the shell takes for its own, in the path of the sources."""
    tree = copy_sources(tmp_path / "it's a=b,(c);d & *e*")
    make("-j2", "tiny_defconfig", "iso", cwd=tree)
    assert "Nothing to be done" in make(cwd=tree)
    assert os.fsencode(str(tmp_path)) not in b"".join(bytes_of(tree / "build"))


def test_output_with_a_blank(tmp_path: Path) -> None:
    """make cannot do that, and says so."""
    for goal in ("tiny_defconfig", "all", "clean"):
        said = make(f"O={tmp_path}/a b", goal, check=False)
        assert "make cannot handle a path with a space in it" in said
    assert list(tmp_path.iterdir()) == []


def test_output_in_the_default_folder(tmp_path: Path) -> None:
    """O=build has a configuration of its own, but the same folder: neither takes the other's."""
    tree = copy_sources(tmp_path / "tree")
    make("tiny_defconfig", cwd=tree)
    make("O=build", "defconfig", cwd=tree)
    for words, expected in (([], False), (["O=build"], True), ([], False)):
        said = make("-n", "-B", *words, cwd=tree)
        assert ("framebuffer.c" in said) == expected
