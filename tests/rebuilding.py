# SPDX-License-Identifier: MIT
"""A copy of the tree that a test may edit, built by a compiler that only pretends.

The pretended object is what a compiler would see: its command and the preprocessed text. That is
quick to make, and it shows whether an object is of today's text or of yesterday's: `texts()` asks
the real preprocessor about every source, without any of the build's own reasoning.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set

import building
from building import ROOT, clean_environment
from tessera.sources import copy_sources

FONT = "drivers/video/fonts/vga-8x8.psf"
# What a text can be: of the logo there is one, so it gets another path.
TEXTS = {"FONT_FILE": [FONT, FONT.replace("8x8", "8x14")],
         "CONSOLE_LOGO_FILE": ["drivers/video/logos/tessera.ppm",
                               "./drivers/video/logos/tessera.ppm"],
         "CMDLINE": ["", "heap_fail=0"]}

# What the Makefile says, as far as it changes the text that the preprocessor gives.
CPP = ("gcc -E -g -O2 -std=gnu11 -ffreestanding -m64 -mcmodel=kernel -mno-red-zone "
       "-mgeneral-regs-only -fno-pic -fno-pie -fcf-protection=none -fno-stack-protector "
       "-Iinclude -Iarch/x86_64/include").split()

# For make: the line "x.o FLAGS|LIMITS" of every object, with what options add to its command.
TELL = ("$(foreach object,$(objects),$(eval this-object := $(patsubst $(OUT)/%,%,$(object)))"
        "$(info $(object) $(flags-c)|$(limits-c)))")

COMPILER = """\
#!/bin/sh
case " $* " in
*" --version"*) read -r line <"${0%/*}/version" && echo "$line"; exit ;;
*" -E "*) exec gcc "$@" ;;
esac
out=
for word; do
	test "$out" != -o || out=$word
	test "$word" != -o || out=-o
done
echo "$word" >>"${0%/*}/log"
test ! -x "${0%/*}/meanwhile" || "${0%/*}/meanwhile"
gcc -E "$@" || exit 1
test -z "$SLOW" || sleep "$SLOW"
echo "$*" >>"$out"
"""

LINKER = """\
#!/bin/bash
test "$1" != --version || exit 0
while test $# -gt 0; do
	case $1 in
	-o) out=$2; shift ;;
	*.o) objects+=("$1") ;;
	esac
	shift
done
echo link >>"${0%/*}/log"
cat "${objects[@]}" >"$out"
"""

SHELL = """\
#!/bin/sh
echo "$*" >>"${0%/*}/commands"
exec /bin/sh "$@"
"""


def make(*words: str, cwd: Path = ROOT, check: bool = True, timeout: float = 300,
         **more: str) -> str:
    """Run make; returns what it said, on both streams."""
    return building.make(*words, cwd=cwd, check=check, timeout=timeout, **more).stdout


def seed() -> int:
    """SEED of the environment, or a new one; printed, so that a failure can be had again."""
    number = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"SEED={number}")
    return number


class Refused(Exception):
    """The configuration breaks a rule between options; the text is what was said."""


class Tree:
    """A copy of the sources, an output folder, the pretended tools, and what was compiled."""

    def __init__(self, base: Path, config: str) -> None:
        self.config = config
        self.path = base / "tree"
        self.out = base / "out"
        self.tools = base / "tools"
        copy_sources(self.path)
        self.tools.mkdir()
        for name, text in (("cc", COMPILER), ("ld", LINKER), ("shell", SHELL)):
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)
        self.version = self.tools / "version"
        self.version.write_text("pretended 1.0\n")
        self.present: List[str] = []  # the sources of the configuration, as texts() saw them
        self.flags: Dict[str, str] = {}  # what options add to the command of each, by the Makefile
        self.limits: Dict[str, str] = {}  # what each is held against when it is compiled
        self.compiled: Dict[str, str] = {}  # the text that each object was compiled of, and flags
        self.last: List[str] = []  # what the last make compiled, and "link"
        self.configure()

    def words(self, *words: str) -> List[str]:
        """The command line of a make here; a pretended kernel has no symbols to make a table of."""
        return ["-j2", f"O={self.out}", f"CC={self.tools}/cc", f"LD={self.tools}/ld", "table=",
                *words]

    def make(self, *words: str, check: bool = True, **more: str) -> str:
        """Run make, and note what it compiled."""
        log = self.tools / "log"
        log.write_text("")
        said = make(*self.words(*words), cwd=self.path, check=check, **more)
        self.last = log.read_text().split()
        return said

    def configure(self) -> None:
        """Make the configuration that tests begin with."""
        make(f"O={self.out}", self.config, cwd=self.path)

    # ---- The truth ------------------------------------------------------

    def sources(self, *words: str) -> List[str]:
        """What the present configuration compiles; all of that must have been built."""
        lines = self.make("-s", f"--eval=told: all; @:{TELL}", *words, "told").splitlines()
        assert self.last == [], "the second make did something"
        self.flags, self.limits = {}, {}
        for line in lines:
            stem, more = line[len(f"{self.out}/"):].split(".o ", 1)
            is_c = (self.path / f"{stem}.c").exists()
            source = stem + (".c" if is_c else ".S")
            self.flags[source], self.limits[source] = more.split("|") if is_c else ("", "")
        return list(self.flags)

    def texts(self, *words: str) -> Dict[str, str]:
        """Every source's text, preprocessed anew; all must have been built."""
        command = CPP + ["-include", f"{self.out}/include/generated/autoconf.h",
                         f"-I{self.out}/include", '-DTESSERA_VERSION="0.1.0"']
        found: Dict[str, str] = {}
        sources = self.sources(*words)
        groups = {"-D__ASSEMBLY__": [name for name in sources if name.endswith(".S")]}
        for name in set(sources).difference(groups["-D__ASSEMBLY__"]):
            groups.setdefault(self.flags[name], []).append(name)
        runs = [subprocess.Popen([*command, *flags.split(), *names], cwd=self.path, text=True,
                                 stdout=subprocess.PIPE)
                for flags, whole in groups.items() for names in (whole[::2], whole[1::2]) if names]
        for run in runs:
            parts = re.split(r'^# 0 "([^<"]*)"\n', run.communicate()[0], flags=re.MULTILINE)[1:]
            assert run.returncode == 0
            found.update(zip(parts[::2], parts[1::2]))
        assert set(found) == set(sources)
        self.present = sources
        return found

    def marked(self, texts: Dict[str, str]) -> Dict[str, str]:
        """The texts with the flags of each behind them: what an object hangs on."""
        return {name: f"{text}\n{self.flags[name]}\n{self.limits[name]}"
                for name, text in texts.items()}

    def check_objects(self, texts: Dict[str, str], flags: str = "") -> None:
        """Every object is of today's text and command, and so is the kernel."""
        whole = b""
        for source in self.present:
            data = (self.out / source).with_suffix(".o").read_bytes()
            whole += data
            text, command = data.decode().rstrip("\n").rsplit("\n", 1)
            assert text == f'# 0 "{source}"\n{texts[source]}'.rstrip("\n"), source
            assert flags in command and self.flags[source] in command, source
        assert (self.out / "tessera.elf").read_bytes() == whole, "the kernel is not linked anew"

    # ---- Steps ----------------------------------------------------------

    def start(self) -> None:
        """Build whatever has to be built; from here on, all is known."""
        self.make()
        if self.last:
            now = self.texts()
            self.check_objects(now)
            self.compiled.update(self.marked(now))

    def step(self, *words: str) -> Set[str]:
        """Build, and see that exactly what changed was compiled; returns that.

        A configuration that is refused raises Refused, and changes nothing.
        """
        said = self.make(*words, check=False)
        if not self.last and "CONFIG_" in said:
            raise Refused(said)
        got = [name for name in self.last if name != "link"]
        now = self.texts(*words)
        marked = self.marked(now)
        expected = {name for name, text in marked.items() if self.compiled.get(name) != text}
        assert sorted(got) == sorted(expected)
        self.compiled.update(marked)
        self.check_objects(now)
        return expected

    # ---- Edits ----------------------------------------------------------

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text in a source, which must have it."""
        path = self.path / name
        text = path.read_text()
        assert old in text, f"{name} has no {old}"
        path.write_text(text.replace(old, new))

    def interrupt(self, after_s: float, *words: str) -> None:
        """Start a make and kill it, and all that it started, after a while."""
        process = subprocess.Popen(["make", *self.words(*words)], cwd=self.path,
                                   env=clean_environment(SLOW="0.02"), start_new_session=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(after_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# ---- Configurations ---------------------------------------------------------


class Options:
    """The options of the tree, and ways to change each of them."""

    def __init__(self) -> None:
        import kconfiglib

        self.lib = kconfiglib
        here = os.getcwd()
        os.chdir(ROOT)
        try:
            self.kconf = kconfiglib.Kconfig("Kconfig", warn=False)
        finally:
            os.chdir(here)
        self.names = [symbol.name for symbol in self.kconf.unique_defined_syms
                      if any(node.prompt for node in symbol.nodes)]

    def value(self, name: str) -> str:
        """What an option is now."""
        return self.kconf.syms[name].str_value

    def load(self, config: Path) -> None:
        """Start from a configuration."""
        self.kconf.load_config(str(config))

    def save(self, config: Path) -> None:
        """Write .config."""
        # A font of one's own needs its file.
        for symbol in self.kconf.unique_defined_syms:
            if symbol.name.endswith("_FILE") and symbol.visibility and not symbol.str_value:
                symbol.set_value(FONT)
        self.kconf.write_config(str(config), save_old=False)

    def numbers(self, symbol: object) -> Iterator[str]:
        """Other values of a number, within its range; the first keep rules between options."""
        base = 16 if symbol.orig_type == self.lib.HEX else 10
        value = int(symbol.str_value, base)
        low, high = next(((int(low.str_value, base), int(high.str_value, base))
                          for low, high, condition in symbol.ranges
                          if self.lib.expr_value(condition)), (0, 1 << 64))
        tries = [value * 2, value // 2, value + 4, low, high] if base == 10 else \
            [value + (1 << 40), value + (1 << 20), value ^ 0x100, low, high]
        for other in tries:
            if other != value and low <= other <= high:
                yield hex(other) if base == 16 else str(other)

    def change(self, name: str, pick: int = 0) -> bool:
        """Give an option another value; False where it can have none now."""
        symbol = self.kconf.syms[name]
        if not symbol.visibility:
            return False
        before = symbol.str_value
        if symbol.choice and before == "y":
            others = [member for member in symbol.choice.syms
                      if member is not symbol and member.visibility]
            others[pick % len(others)].set_value("y")
        elif symbol.orig_type == self.lib.BOOL:
            symbol.set_value("n" if before == "y" else "y")
        elif symbol.orig_type == self.lib.STRING:
            symbol.set_value(next(text for text in TEXTS[name] if text != before))
        else:
            others = list(self.numbers(symbol))
            symbol.set_value(others[pick % len(others)])
        return symbol.str_value != before

    def reach(self, name: str) -> None:
        """Switch on what an option, or its prompt, directly depends on; one of a choice needs
        another member as well."""
        symbol = self.kconf.syms[name]
        self._reach(symbol)
        others = [member for member in symbol.choice.syms if member is not symbol] \
            if symbol.choice else []
        if others and not any(member.visibility for member in others):
            self._reach(others[0])

    def _reach(self, symbol: Any) -> None:
        needs = [symbol.direct_dep, *(node.prompt[1] for node in symbol.nodes if node.prompt)]
        for other in set().union(*map(self.lib.expr_items, needs)) - {symbol}:
            if isinstance(other, self.lib.Symbol) and other.orig_type == self.lib.BOOL:
                other.set_value("y")
                # One without a prompt is on where another one selects it.
                for selector in self.lib.expr_items(other.rev_dep) - {other}:
                    if not other.nodes[0].prompt and selector.nodes:
                        selector.set_value("y")
