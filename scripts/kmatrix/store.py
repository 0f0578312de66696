# SPDX-License-Identifier: MIT
"""Keeps objects, so that no two configurations compile the same thing.

The build writes beside each object (x.d, scripts/preprocess.sh) which headers it comes from and
which options these name. So an object that was built once serves every configuration that agrees
on those options: it is put in its place, with all that make looks at, dated now, and make finds
nothing to do. What is not here make builds, by the usual rules, and it is here from then on. What
the whole build depends on (commands, versions of tools, Makefiles, names of headers) names the
store.

Who edits a file while a run goes on gets what make makes of it: from then on no object that comes
from that file is given out or kept, as nobody knows which of its texts was compiled.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
import time
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Set

# In place of the output's own name in what is kept.
OUT = "@OUT@"
_OPTIONS = f"{OUT}/include/config/"
_GENERATED = f"{OUT}/include/generated/"
# By these the build knows its commands again.
WORDS = (".words-cc", ".words-as", ".words-headers")
# An object that keeps one of these is the same where more is allowed.
LIMITS = ("STACK_USAGE_BYTES",)


class Entry(NamedTuple):
    """An object that was built: what it needs to be the right one again."""

    stem: str  # in the output, without suffix
    product: str  # what was made of it
    name: str  # of its files in the store
    files: Dict[str, str]  # the source, then headers, with the sums of their contents
    options: Dict[str, str]  # what the options' files said


class Store:
    """A folder of objects. Several threads may use this, and several processes the folder."""

    def __init__(self, folder: Path, root: Path = Path(".")) -> None:
        self._folder = folder
        self._root = root
        self._lock = threading.Lock()
        self._begin_ns = time.time_ns()
        self._sums: Dict[str, str] = {}
        self._makefiles: Set[str] = set()
        self._entries: Dict[str, List[Entry]] = {}
        self._names: Set[str] = set()
        self.restored = 0
        self.built = 0

    def open(self, output: Path, external: str = "") -> None:
        """Find what an earlier run left for the commands that this output was built with.

        Of sources outside the tree only those in the folders that are given, with colons.
        """
        words = [(output / name).read_text().replace(str(output), OUT) for name in WORDS]
        makefiles = sorted(self._root.glob("*/**/Makefile")) + [
            self._root / "Makefile", self._root / "scripts/preprocess.sh",
            *sorted(self._root.glob("drivers/video/fonts/*"))]
        self._makefiles = {str(path) for path in makefiles if "build" not in path.parts}
        words += [self._sum(name) for name in sorted(self._makefiles)]
        self._folder /= hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
        self._folder.mkdir(parents=True, exist_ok=True)
        folders = tuple(f"{os.path.abspath(name)}/" for name in external.split(":") if name)
        for path in self._folder.glob("*.json"):
            entry = Entry(**json.loads(path.read_text()))
            source = next(iter(entry.files))
            if os.path.isabs(source) and not source.startswith(folders):
                continue
            if all(self._sum(name) == known for name, known in entry.files.items()
                   if not name.startswith(OUT)):
                self._keep(entry)

    def _keep(self, entry: Entry) -> None:
        if entry.name not in self._names:
            self._names.add(entry.name)
            self._entries.setdefault(entry.stem, []).append(entry)

    def _sum(self, name: str, output: Optional[Path] = None) -> str:
        """Of a file's content; of one of the tree, as it was when it was first asked for."""
        if name.startswith(OUT) and output is not None:
            return _digest(Path(name.replace(OUT, str(output), 1)))
        if name not in self._sums:
            self._sums[name] = _digest(self._root / name)
        return self._sums[name]

    def changed(self) -> Set[str]:
        """The files of the tree that count and are not as they were when the run began."""
        return {name for name in list(self._sums) if self.is_changed(name)}

    def is_changed(self, name: str) -> bool:
        """Since the run began, by the time that nobody can set: copies bring old dates along."""
        try:
            return (self._root / name).stat().st_ctime_ns >= self._begin_ns
        except OSError:
            return True

    # ---- From the store into an output --------------------------------------

    def restore(self, output: Path, options: Dict[str, str], placed: Dict[str, str]) -> None:
        """Put every object in place that fits these options.

        placed has what restore() and collect() left there for each stem, and is brought up to date.
        """
        changed = self.changed()
        is_void = not changed.isdisjoint(self._makefiles)
        with self._lock:
            entries = {stem: list(known) for stem, known in self._entries.items()}
        for stem, known in entries.items():
            entry = next((one for one in known if not is_void and changed.isdisjoint(one.files)
                          and self._fits(one, output, options)), None)
            if entry:
                self._place(entry, output, placed)
            else:
                placed.pop(stem, None)

    def _fits(self, entry: Entry, output: Path, options: Dict[str, str]) -> bool:
        return all(_does(name, value, options.get(name))
                   for name, value in entry.options.items()) and all(
            self._sum(name, output) == known for name, known in entry.files.items()
            if name.startswith(OUT))

    def _place(self, entry: Entry, output: Path, placed: Dict[str, str]) -> None:
        stem = output / entry.stem
        parts = [stem.with_name(stem.name + suffix) for suffix in (".chk", ".i")]
        product = output / entry.product
        if placed.get(entry.stem) != entry.name:
            stem.parent.mkdir(parents=True, exist_ok=True)
            text = (self._folder / f"{entry.name}.d").read_text().replace(OUT, str(output))
            stem.with_name(stem.name + ".d").write_text(text)
            parts[0].write_bytes(b"")
            # No such text can come out of the compiler: the next one that does is another one.
            parts[1].write_text(f"restored {entry.name}\n")
            shutil.copyfile(self._folder / f"{entry.name}.o", product)
            placed[entry.stem] = entry.name
        for path in (*parts, product):
            os.utime(path)
        self.restored += 1

    # ---- From an output into the store --------------------------------------

    def collect(self, output: Path, options: Dict[str, str], placed: Dict[str, str],
                since: float) -> None:
        """Keep what make has just built, since a point in time, in a build that went well."""
        is_void = any(map(self.is_changed, self._makefiles))
        for path in output.rglob("*.d"):
            stem = path.relative_to(output).as_posix()[:-len(".d")]
            product = stem if (output / stem).is_file() else f"{stem}.o"
            if stem in placed or not (output / product).exists():
                continue
            if (output / f"{stem}.chk").stat().st_mtime < since:
                continue
            entry = self._entry(path, stem, product, output, options)
            self.built += 1
            if is_void or any(self.is_changed(name) for name in entry.files
                              if not name.startswith(OUT)):
                continue
            placed[stem] = entry.name
            with self._lock:
                if entry.name not in self._names:
                    self._write(entry, path, output)
                    self._keep(entry)

    def _entry(self, path: Path, stem: str, product: str, output: Path,
               options: Dict[str, str]) -> Entry:
        """What an object was built from, by the rule that the build wrote."""
        text = path.read_text().replace(str(output), OUT)
        # Two rules: where the source is, and all that it reads.
        words = " ".join(line.split(":", 1)[1] for line in text.splitlines()[:2]).split()
        source = text.split("$(wildcard ", 1)[1].split(")", 1)[0]
        names = [word for word in words if not word.startswith(("$(", "FORCE")) and ")" not in word]
        on_options = [name[len(_OPTIONS):] for name in names if name.startswith(_OPTIONS)]
        files = [source, *(name for name in names if not name.startswith(_OPTIONS))]
        if f"{_GENERATED}autoconf.h" in files:
            # Any option may count.
            on_options = list(options)
        known = {name: options[name] for name in on_options}
        sums = {name: self._sum(name, output) for name in files}
        name = hashlib.sha256(json.dumps([stem, known, sums], sort_keys=True).encode())
        return Entry(stem, product, name.hexdigest()[:24], sums, known)

    def _write(self, entry: Entry, path: Path, output: Path) -> None:
        """The description comes last: what was cut off in the middle is not there.

        Another process may write, or read, the same entry meanwhile.
        """
        fresh = self._folder / f"{entry.name}.{os.getpid()}.new"
        fresh.write_text(path.read_text().replace(str(output), OUT))
        os.replace(fresh, self._folder / f"{entry.name}.d")
        shutil.copyfile(output / entry.product, fresh)
        os.replace(fresh, self._folder / f"{entry.name}.o")
        fresh.write_text(json.dumps(entry._asdict()))
        os.replace(fresh, self._folder / f"{entry.name}.json")


def _does(name: str, built: str, wanted: Optional[str]) -> bool:
    """Does what was built with this value of an option do where another one is wanted?"""
    if name in LIMITS and built and wanted:
        return _number(built) <= _number(wanted)
    return built == wanted


def _number(line: str) -> int:
    return int(line.split("=", 1)[1])


def options_of(output: Path) -> Dict[str, str]:
    """What the file of each option says, where make has configured an output."""
    return {path.name: path.read_text(encoding="utf-8")
            for path in (output / "include/config").iterdir() if not path.name.startswith(".")}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
