# SPDX-License-Identifier: MIT
"""Makes configurations: the make targets menuconfig, defconfig, olddefconfig and savedefconfig.

kconfiglib reads the Kconfig files and knows what a value means. This script adds strictness: a
line that asks for something that cannot be had stops with a sentence, where kconfiglib would
warn or silently take something else. Every fault is listed, not only the first one.

A line of .config that the previous configuration had, too, asks for nothing new. Such a line is
dropped in silence when it loses its meaning, so that switching off FRAMEBUFFER by hand does not
demand that every line that depends on it be removed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, NoReturn, Optional, Set

import kconfiglib
from kconfiglib import BOOL, HEX, INT, STRING, Kconfig, KconfigError, Symbol

import kconfig_rules

NOTICE = "# Written by the build; `make menuconfig` changes it.\n"
MARKER = ".tessera-output"


class Assignment(NamedTuple):
    """A line that gives an option a value; bool values are y and n."""

    name: str
    value: str
    where: str  # file:line


class Faults(Exception):
    """What is wrong with the input, one sentence each."""

    def __init__(self, sentences: List[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


# ---- Reading ----------------------------------------------------------------

_SET = re.compile(r"CONFIG_(\w+)=(.*)")
_UNSET = re.compile(r"# CONFIG_(\w+) is not set")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_assignments(path: Path, faults: List[str]) -> Iterator[Assignment]:
    """The assignments of a .config, defconfig or fragment, in order."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}")
        return
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{path}:{number}"
        line = line.strip()
        found = _SET.fullmatch(line)
        unset = _UNSET.fullmatch(line)
        if found:
            yield Assignment(found.group(1), found.group(2).strip(), where)
        elif unset:
            yield Assignment(unset.group(1), "n", where)
        elif line and not line.startswith("#"):
            faults.append(f"{where}: '{line}' is no assignment; write CONFIG_NAME=value")


# ---- Checking one assignment ------------------------------------------------


def unknown_fault(kconf: Kconfig, item: Assignment) -> str:
    """There is no such option; say which one may be meant."""
    import difflib

    names = [symbol.name for symbol in kconf.unique_defined_syms]
    near = difflib.get_close_matches(item.name, names, 1)
    mend = f"is CONFIG_{near[0]} meant?" if near else "remove the line"
    return f"{item.where}: there is no option CONFIG_{item.name}; {mend}"


def parsed_value(symbol: Symbol, text: str) -> Optional[str]:
    """The value as kconfiglib wants it, or None where it is not of the option's type."""
    if symbol.orig_type == BOOL:
        return text if text in ("y", "n") else None
    if symbol.orig_type == STRING:
        found = _QUOTED.fullmatch(text)
        return kconfiglib.unescape(found.group(1)) if found else None
    if symbol.orig_type == INT:
        # To C, a zero in front would make it octal.
        return text if re.fullmatch(r"0|-?[1-9]\d*", text) else None
    return text if re.fullmatch(r"0[xX][0-9a-fA-F]+", text) else None


def type_fault(symbol: Symbol, item: Assignment) -> str:
    """The value is not of the option's type; say what would be."""
    wanted = {
        BOOL: "y or n",
        STRING: "a text in double quotes",
        INT: "a decimal number, no zero in front",
        HEX: "a hexadecimal number that begins with 0x",
    }[symbol.orig_type]
    return f"{item.where}: CONFIG_{item.name}={item.value}: the value must be {wanted}"


def number_of(symbol: Symbol, text: str) -> int:
    """The number that an int or hex value stands for."""
    return int(text, 16 if symbol.orig_type == HEX else 10)


def took_effect(symbol: Symbol, value: str) -> bool:
    """Does the configuration have the value that was asked for?"""
    if symbol.orig_type in (INT, HEX) and symbol.str_value:
        return number_of(symbol, symbol.str_value) == number_of(symbol, value)
    return symbol.str_value == value


def range_of(symbol: Symbol) -> Optional[str]:
    """The range that holds now, in words."""
    for low, high, condition in symbol.ranges:
        if kconfiglib.expr_value(condition):
            return f"{low.str_value} to {high.str_value}"
    return None


def effect_fault(symbol: Symbol, item: Assignment) -> str:
    """The value is of the right type, and yet not what the configuration has: say why."""
    start = f"{item.where}: CONFIG_{item.name}={item.value}"
    prompts = [node for node in symbol.nodes if node.prompt]
    if not prompts:
        return f"{start}: follows from other options and cannot be set; remove the line"
    if not symbol.visibility:
        needs = kconfiglib.expr_str(prompts[0].prompt[1])
        return f"{start}: has no effect without {needs}; set that, or remove the line"
    if symbol.orig_type in (INT, HEX):
        return f"{start}: is out of range; {range_of(symbol)} can be had"
    if symbol.choice:
        names = ", ".join("CONFIG_" + member.name for member in symbol.choice.syms)
        return f"{start}: one of a choice must be y; set one of {names}"
    selectors = [
        kconfiglib.split_expr(expression, kconfiglib.AND)[0].name
        for expression in kconfiglib.split_expr(symbol.rev_dep, kconfiglib.OR)
        if kconfiglib.expr_value(expression)
    ]
    return (f"{start}: cannot be off, {' and '.join(selectors)} needs it; "
            "change that, or remove the line")


# ---- Applying assignments ---------------------------------------------------


def last_of_each(kconf: Kconfig, items: List[Assignment]) -> List[Assignment]:
    """Drop what a later line overrides: the same option, or another member of its choice."""
    last: Dict[object, Assignment] = {}
    for item in items:
        symbol = kconf.syms[item.name]
        last.pop(symbol, None)
        last[symbol] = item
        if symbol.choice and item.value == "y":
            for member in symbol.choice.syms:
                if member is not symbol and last.get(member, item).value == "y":
                    last.pop(member, None)
    return list(last.values())


def read_files(kconf: Kconfig, paths: List[Path], faults: List[str]) -> List[Assignment]:
    """The assignments of all files that name an option and a value of its type."""
    items: List[Assignment] = []
    for path in paths:
        for item in read_assignments(path, faults):
            symbol = kconf.syms.get(item.name)
            if symbol is None or not symbol.nodes:
                faults.append(unknown_fault(kconf, item))
            elif parsed_value(symbol, item.value) is None:
                faults.append(type_fault(symbol, item))
            else:
                items.append(item)
    return last_of_each(kconf, items)


def set_values(kconf: Kconfig, items: List[Assignment], known: Set[str]) -> Dict[str, str]:
    """Set the options; a sentence for each whose value cannot be had, by the option's name.

    known holds lines that ask for nothing new.
    """
    values = [(kconf.syms[item.name], item) for item in items]
    for symbol, item in values:
        symbol.set_value(parsed_value(symbol, item.value))
    faults = {}
    for symbol, item in values:
        hidden = item.value == "n" and not symbol.visibility and symbol.str_value == "n"
        if hidden or f"{item.name}={item.value}" in known:
            continue
        if not took_effect(symbol, parsed_value(symbol, item.value)):
            faults[item.name] = effect_fault(symbol, item)
    return faults


def rule_faults(kconf: Kconfig, items: List[Assignment]) -> Dict[str, str]:
    """A sentence for each option that breaks a rule between options, by its name."""
    places = {item.name: f"{item.where}: " for item in items}

    def value(name: str) -> Optional[int]:
        symbol = kconf.syms.get(name)
        if symbol is None or not symbol.str_value:
            return None
        return number_of(symbol, symbol.str_value)

    sentences: Dict[str, str] = {}
    for option, text in kconfig_rules.check(value):
        sentences.setdefault(option, f"{places.get(option, '')}CONFIG_{option}: {text}")
    font = kconf.syms["FONT_CUSTOM_FILE"]
    text = kconfig_rules.check_font(Path(font.str_value)) if font.str_value else None
    if text:
        sentences[font.name] = f"{places.get(font.name, '')}CONFIG_{font.name}: {text}"
    return sentences


def load(kconf: Kconfig, paths: List[Path], known: Set[str]) -> None:
    """Set every option that the files name; raise Faults with all that cannot be had.

    known holds lines that ask for nothing new.
    """
    faults: List[str] = []
    items = read_files(kconf, paths, faults)
    refused = set_values(kconf, items, known)
    # An option that did not get its value has another one here, which says nothing.
    broken = {name: text for name, text in rule_faults(kconf, items).items() if name not in refused}
    faults += [*refused.values(), *broken.values()]
    if faults:
        raise Faults(faults)


# ---- Writing ----------------------------------------------------------------


class Output:
    """The configuration's file, and the folder in which all that is made from it lies."""

    def __init__(self, config: Path, folder: Path, made: List[str]) -> None:
        self.config = config
        self.folder = folder
        self.made = made
        self.auto_conf = folder / "include/generated/auto.conf"
        self.autoconf_h = folder / "include/generated/autoconf.h"
        self.options = folder / "include/config"

    def claim(self) -> None:
        """Mark the folder as ours, so that clean may remove what the build made in it.

        A folder that has one of the build's names already is not taken: O=$HOME is likely a slip
        of the keyboard, and clean must not remove anybody's ~/lib. The default folder is ours.
        """
        marker = self.folder / MARKER
        if marker.exists():
            return
        strangers = [name for name in self.made if (self.folder / name).exists()]
        if strangers and self.config.parent == self.folder:
            raise Faults([
                f"{self.folder} has a {strangers[0]} that this build did not make; name another "
                "folder for the output"
            ])
        self.folder.mkdir(parents=True, exist_ok=True)
        marker.write_text("This folder is the output of Tessera's build; clean empties it.\n")

    def known_lines(self) -> Set[str]:
        """NAME=value of every option of the previous configuration."""
        try:
            lines = self.auto_conf.read_text(encoding="utf-8").splitlines()
        except OSError:
            return set()
        return {line[len("#CONFIG_"):] for line in lines if line.startswith("#CONFIG_")}

    def write(self, kconf: Kconfig) -> None:
        """Write .config and what the build reads.

        The copy of .config, by which make sees that all of it was written, comes last.
        """
        self.claim()
        write_config(kconf, self.config)
        config = self.config.read_bytes()
        self.autoconf_h.parent.mkdir(parents=True, exist_ok=True)
        write_options(kconf, self.options)
        kconf.write_autoconf(str(self.autoconf_h), "/* SPDX-License-Identifier: MIT */\n")
        write_whole(self.auto_conf, auto_conf_text(kconf).encode())
        write_whole(self.auto_conf.with_name("config"), config)


def write_config(kconf: Kconfig, path: Path) -> None:
    """Write .config; what it replaces is kept as .config.old. No change, no write."""
    fresh = path.with_name(path.name + ".new")
    kconf.write_config(str(fresh), save_old=False)
    if path.exists():
        if path.read_bytes() == fresh.read_bytes():
            fresh.unlink()
            return
        shutil.copy2(path, path.with_name(path.name + ".old"))
    os.replace(fresh, path)


def write_options(kconf: Kconfig, folder: Path) -> None:
    """A file an option, written where its value changes: make sees by it what to look at anew.

    kconfiglib's sync_deps() keeps such files, too, but for no option that is off: a source that
    reads one must have something to depend on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    symbols = kconf.unique_defined_syms
    for symbol in symbols:
        write_where_changed(folder / symbol.name, symbol.config_string)
    write_where_changed(folder / ".names", "".join(f"{symbol.name}\n" for symbol in symbols))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever is killed meanwhile leaves the old one, or none."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(data)
    os.replace(fresh, path)


def write_where_changed(path: Path, text: str) -> None:
    """Leave the file, and its time, alone where it says so already."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def auto_conf_text(kconf: Kconfig) -> str:
    """The options for make, and, as comments, the lines of .config that gave them."""
    files = " ".join(sorted(set(kconf.kconfig_filenames)))
    names = " ".join(symbol.name for symbol in kconf.unique_defined_syms)
    lines = ["# SPDX-License-Identifier: MIT", f"KCONFIG_FILES := {files}",
             f"OPTION_NAMES := {names}"]
    for symbol in kconf.unique_defined_syms:
        text = symbol.config_string.strip()
        if not text.startswith("CONFIG_"):
            continue
        value = symbol.str_value.replace("$", "$$").replace("#", "\\#")
        lines += [f"#{text}", f"CONFIG_{symbol.name} := {value}"]
    return "\n".join(lines) + "\n"


# ---- Commands ---------------------------------------------------------------


def require_config(output: Output) -> Path:
    """The configuration's file, or a sentence where there is none."""
    if not output.config.exists():
        raise Faults([
            f"There is no configuration ({output.config}) yet: 'make defconfig' takes the usual "
            "one, 'make menuconfig' lets you choose."
        ])
    return output.config


def run_defconfig(kconf: Kconfig, output: Output, files: List[Path]) -> None:
    """A configuration from nothing but the files."""
    load(kconf, files, set())
    output.write(kconf)
    print(f"{output.config} is made from {' and '.join(str(file) for file in files)}")


def run_olddefconfig(kconf: Kconfig, output: Output, files: List[Path]) -> None:
    """The present configuration, fragments on top; new options get their default."""
    load(kconf, [require_config(output), *files], output.known_lines())
    output.write(kconf)
    print(f"{output.config} is up to date")


def run_generate(kconf: Kconfig, output: Output, _files: List[Path]) -> None:
    """What the build reads, from the present configuration."""
    load(kconf, [require_config(output)], output.known_lines())
    output.write(kconf)


def run_savedefconfig(kconf: Kconfig, output: Output, _files: List[Path]) -> None:
    """The shortest file that gives the present configuration."""
    load(kconf, [require_config(output)], output.known_lines())
    output.claim()
    path = output.folder / "defconfig"
    kconf.write_min_config(str(path), "# SPDX-License-Identifier: MIT\n")
    print(f"{path} is written; as configs/NAME_defconfig it is `make NAME_defconfig`")


def run_menuconfig(kconf: Kconfig, output: Output, _files: List[Path]) -> None:
    """Let the user choose, on a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "") == "dumb":
        raise Faults(["menuconfig needs a terminal; without one, make defconfig FRAGMENTS=FILE "
                      "puts the options of a file on top of the usual ones"])
    import menuconfig

    output.claim()
    os.environ["KCONFIG_CONFIG"] = str(output.config)
    menuconfig.menuconfig(kconf)
    if output.config.exists():
        fresh = new_kconfig()
        load(fresh, [output.config], output.known_lines())
        output.write(fresh)


COMMANDS = {
    "defconfig": run_defconfig,
    "olddefconfig": run_olddefconfig,
    "generate": run_generate,
    "savedefconfig": run_savedefconfig,
    "menuconfig": run_menuconfig,
}


def new_kconfig() -> Kconfig:
    """Read the Kconfig files. Their own faults are for the developer, and stop as well."""
    kconf = Kconfig("Kconfig", warn_to_stderr=False)
    if kconf.warnings:
        raise Faults(list(kconf.warnings))
    kconf.warn = False
    kconf.config_header = NOTICE
    return kconf


def fail(sentences: List[str]) -> NoReturn:
    """Tell all that is wrong, one line each."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    sys.exit(1)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Makes a configuration.")
    parser.add_argument("--config", type=Path, required=True, help="the .config file")
    parser.add_argument("--output", type=Path, required=True, help="folder of what is made")
    parser.add_argument("--made", action="append", default=[], help="a name the build puts there")
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("files", type=Path, nargs="*", help="a defconfig, then fragments")
    arguments = parser.parse_args()
    output = Output(arguments.config, arguments.output, arguments.made)
    try:
        COMMANDS[arguments.command](new_kconfig(), output, arguments.files)
    except Faults as faults:
        fail(faults.sentences)
    except (KconfigError, OSError) as error:
        fail([str(error).strip()])


if __name__ == "__main__":
    main()
