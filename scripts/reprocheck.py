# SPDX-License-Identifier: MIT
"""Builds the image twice, as two people would, and compares the bytes (`make reprocheck`).

The two copies of the tree lie in different folders; one has its output beside the sources and the
other elsewhere. Date, time zone, language, umask and user's name differ, too. Where the results
differ, the first section of the kernel's file or the first file of the image that does is named.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple, NoReturn, Optional

from tessera.elf import Elf
from tessera.make import environment
from tessera.missing import missing

# What a copy of the sources leaves out, besides the output folder.
NOT_SOURCE = (".git", ".venv", "build", ".config", ".config.old", ".pytest_cache")
# The build puts it into a folder that is an output.
OUTPUT_MARK = ".tessera-output"


class Place(NamedTuple):
    """Where, when and as whom something is built."""

    folder: str
    output: Optional[str]  # None: where the build puts it without O=
    date: str
    umask: int
    environment: Dict[str, str]


PLACES = (
    Place("a", None, "2001-02-03 04:05:06", 0o022,
          {"TZ": "UTC", "LC_ALL": "C", "USER": "ann", "HOME": "/nonexistent"}),
    Place("some/longer/path/b", "another/output", "2033-12-31 23:58:59", 0o077,
          {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "USER": "bob", "HOME": "/"}),
)


class BuildFailed(Exception):
    """One of the builds ended with an error; the text is what it said."""


class Build:
    """One of the two builds, running from the moment it is made."""

    def __init__(self, place: Place, base: Path, options: argparse.Namespace) -> None:
        self.tree = base / place.folder
        self.output = base / place.output if place.output else self.tree / "build"
        copy_tree(self.tree, options.output)
        config = (self.output if place.output else self.tree) / ".config"
        config.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(options.config, config)
        # Folders outside the tree lie elsewhere, too.
        outside = [base / f"{place.folder}-outside" / str(number) / folder.name
                   for number, folder in enumerate(options.external)]
        for folder, where in zip(options.external, outside):
            copy_tree(where, options.output, folder)
        words = ["make", *options.variables, "iso", f"EXTERNAL={':'.join(map(str, outside))}"]
        words += [f"O={self.output}"] if place.output else []
        if shutil.which("faketime"):
            words = ["faketime", place.date, *words]
        own = environment()
        own.pop("SOURCE_DATE_EPOCH", None)  # of the one that asks for the check
        own.update(place.environment)
        self.process = subprocess.Popen(
            words, cwd=self.tree, env=own, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            umask=place.umask)

    def wait(self) -> None:
        """Until the image is there."""
        said, _ = self.process.communicate()
        if self.process.returncode:
            raise BuildFailed(said)

    def result(self, name: str) -> Path:
        """A file that was built."""
        return self.output / name


def copy_tree(where: Path, output: Path, source: Path = Path(".")) -> None:
    """The sources as they are now, committed or not."""
    def unwanted(folder: str, names: List[str]) -> List[str]:
        return [name for name in names if name == "__pycache__"
                or Path(folder) == source and name in NOT_SOURCE
                or (Path(folder) / name).resolve() == output.resolve()
                or (Path(folder) / name / OUTPUT_MARK).exists()]

    shutil.copytree(source, where, ignore=unwanted, symlinks=True)


# ---- What differs -----------------------------------------------------------


def sections(elf: Path) -> Dict[str, bytes]:
    """The contents of a kernel's sections, by their names."""
    file = Elf(elf)
    return {section.name: file.contents(section) for section in file.sections}


def files_of_image(iso: Path, where: Path) -> Dict[str, bytes]:
    """The files in an ISO, by their names."""
    subprocess.run(["xorriso", "-no_rc", "-osirrox", "on", "-indev", str(iso), "-extract", "/",
                    str(where)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return {str(path.relative_to(where)): path.read_bytes()
            for path in sorted(where.rglob("*")) if path.is_file()}


def first_difference(one: Dict[str, bytes], two: Dict[str, bytes]) -> Optional[str]:
    """The first part that is not the same in both, and where in it."""
    for name in [*one, *(name for name in two if name not in one)]:
        a, b = one.get(name), two.get(name)
        if a is None or b is None:
            return f"{name}, which only one of them has"
        if a != b:
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            return f"{name}, at byte {at}: {a[at:at + 24]!r} and {b[at:at + 24]!r}"
    return None


def compare(first: Build, second: Build, base: Path) -> Optional[str]:
    """A sentence about the first difference, or None."""
    kernels = [build.result("tessera.elf") for build in (first, second)]
    if kernels[0].read_bytes() != kernels[1].read_bytes():
        found = first_difference(*map(sections, kernels))
        return f"tessera.elf differs in {found or 'its headers'}"
    images = [build.result("tessera.iso") for build in (first, second)]
    if images[0].read_bytes() != images[1].read_bytes():
        found = first_difference(*(files_of_image(image, base / f"files {number}")
                                   for number, image in enumerate(images)))
        return f"tessera.iso differs in {found or 'what is around its files'}"
    return None


def stop(_number: int, _frame: object) -> NoReturn:
    """Asked to end: what was begun is tidied up on the way out."""
    sys.exit(130)


def parse() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Builds twice and compares.")
    parser.add_argument("--config", type=Path, required=True, help="the .config file")
    parser.add_argument("--output", type=Path, required=True, help="a folder not to be copied")
    parser.add_argument("--external", type=Path, action="append", default=[],
                        help="a folder outside the tree")
    parser.add_argument("variables", nargs="*", help="what both makes are given")
    return parser.parse_args()


def main() -> int:
    """Exit status 0 where both builds gave the same bytes."""
    options = parse()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if not shutil.which("faketime"):
        print(f"both builds have today's date: {missing('faketime')}")
    with tempfile.TemporaryDirectory(prefix="tessera-") as folder:
        base = Path(folder)
        builds = [Build(place, base, options) for place in PLACES]
        try:
            for build in builds:
                build.wait()
        except BuildFailed as failure:
            print(failure, file=sys.stderr)
            return 1
        finally:
            for build in builds:
                build.process.kill()
                build.process.wait()
        difference = compare(*builds, base)
        if difference:
            print(f"reprocheck: {difference}", file=sys.stderr)
            return 1
        for name in ("tessera.elf", "tessera.iso"):
            digest = hashlib.sha256(builds[0].result(name).read_bytes()).hexdigest()
            print(f"reprocheck: {name} is the same in both builds, sha256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
