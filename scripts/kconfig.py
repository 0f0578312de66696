# SPDX-License-Identifier: MIT
"""Makes configurations: the command line behind the make targets that configure.

kconfiglib reads the Kconfig files and knows what a value means. The package kconf adds strictness:
a line that asks for something that cannot be had stops with a sentence, where kconfiglib would
warn or silently take something else. docs/configuration.md describes every target and every fault.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, NoReturn, Optional

from kconfiglib import Kconfig, KconfigError

from kconf.loading import Loaded, broken_options, load, new_kconfig, rule_faults
from kconf.output import Output
from kconf.values import Assignment, Faults


class Request(NamedTuple):
    """What the user asks for, beside the command."""

    output: Output
    files: List[Path]  # a defconfig, then fragments; or fragments alone
    seed: str
    symbol: str
    pair: List[str]


def write(kconf: Kconfig, output: Output, loaded: Loaded, headline: str,
          before: Optional[bytes] = None, unchanged: str = "") -> None:
    """Write the configuration, and tell what that means; `unchanged`, where nothing changes.

    `before` is what a front end has already replaced.
    """
    told = output.write_config(kconf, output.present() if before is None else before)
    # Told before more can fail: .config is another one from here on.
    for line in [*loaded.notes, *([headline] if headline else []),
                 *(told or ([unchanged] if unchanged else []))]:
        print(line, flush=True)
    output.write_made(kconf, loaded.items)


def load_present(kconf: Kconfig, output: Output, fragments: List[Path]) -> Loaded:
    """The configuration that is there, fragments on top."""
    return load(kconf, [output.require(), *fragments], output.known_lines())


# ---- From files -------------------------------------------------------------


def run_defconfig(kconf: Kconfig, request: Request) -> None:
    """A configuration from nothing but the files."""
    loaded = load(kconf, request.files)
    sources = " and ".join(str(file) for file in request.files)
    write(kconf, request.output, loaded, f"{request.output.config} is made from {sources}")


def run_olddefconfig(kconf: Kconfig, request: Request) -> None:
    """The present configuration, fragments on top; new options get their default."""
    loaded = load_present(kconf, request.output, request.files)
    write(kconf, request.output, loaded, "", unchanged=f"{request.output.config} is up to date")


def run_generate(kconf: Kconfig, request: Request) -> None:
    """What the build reads, from the present configuration."""
    write(kconf, request.output, load_present(kconf, request.output, []), "")


def run_savedefconfig(kconf: Kconfig, request: Request) -> None:
    """The shortest file that gives the present configuration."""
    output = request.output
    load_present(kconf, output, [])
    output.claim()
    path = output.folder / "defconfig"
    kconf.write_min_config(str(path), "# SPDX-License-Identifier: MIT\n")
    print(f"{path} is written; as configs/NAME_defconfig it is `make NAME_defconfig`")


# ---- Made up ----------------------------------------------------------------


def run_all(kconf: Kconfig, request: Request, value: str) -> None:
    """Every option off, or on."""
    from kconf.generating import all_bools

    made = all_bools(kconf, value)
    loaded = load(kconf, request.files, made=made)
    sources = " and ".join([made[0].where, *map(str, request.files)])
    write(kconf, request.output, loaded, f"{request.output.config} is made from {sources}")


def run_randconfig(kconf: Kconfig, request: Request) -> None:
    """Anything that can be had; the fragments hold."""
    import random

    seed = request.seed or str(random.SystemRandom().randrange(1 << 32))
    print(f"randconfig: SEED={seed}", flush=True)
    loaded = random_configuration(kconf, seed, request.files)
    write(kconf, request.output, loaded, f"{request.output.config} is made from SEED={seed}")


def random_configuration(kconf: Kconfig, seed: str, fragments: List[Path]) -> Loaded:
    """Draw a configuration that keeps every rule, and load it."""
    from kconf.generating import Dice

    fixed = load(kconf, fragments, made=[], is_partial=True).items
    made: List[Assignment] = Dice(kconf, seed, (item.name for item in fixed)).throw(
        lambda: broken_options(kconf))
    return load(kconf, fragments, made=made)


# ---- Front ends -------------------------------------------------------------


def run_front_end(kconf: Kconfig, request: Request, name: str) -> None:
    """Let the user choose, in a menu or a window, then look at what was saved."""
    from kconf import frontends

    output = request.output
    before = output.present()
    if before is not None:
        # What cannot be had is a note here: this is the place to mend it.
        for note in load(kconf, [output.config], output.known_lines(), is_partial=True).notes:
            print(note)
    frontends.take_over(kconf, output, before)
    {"menuconfig": frontends.menu, "guiconfig": frontends.window}[name](kconf, output.config)
    if not output.config.exists():
        return
    fresh = new_kconfig(output)
    try:
        loaded = load(fresh, [output.config], output.known_lines())
    except Faults as faults:
        kept = f", the old one is {output.old}" if output.present() != before else ""
        raise Faults([*faults.sentences, f"{output.config} has these faults{kept}; "
                      f"'make {name}' opens it again"]) from None
    write(fresh, output, loaded, "", before)


def run_oldconfig(kconf: Kconfig, request: Request) -> None:
    """The present configuration; each new option is asked for."""
    from kconf import frontends

    output = request.output
    loaded = load_present(kconf, output, request.files)
    frontends.ask_new(kconf, lambda: [text for _, text in rule_faults(kconf, loaded.items)])
    write(kconf, output, loaded, "", unchanged=f"{output.config} is up to date")


# ---- Telling ----------------------------------------------------------------


def run_listnewconfig(kconf: Kconfig, request: Request) -> None:
    """The options that .config does not have yet."""
    from kconf import frontends

    load_present(kconf, request.output, [])
    for line in frontends.new_options(kconf, request.output):
        print(line)


def run_why(kconf: Kconfig, request: Request) -> None:
    """All about one option."""
    from kconf.why import Report, find_symbol

    symbol = find_symbol(kconf, request.symbol)
    output = request.output
    loaded = load_present(kconf, output, [])
    report = Report(kconf, loaded.items, output.known_origins())
    print("\n".join(report.lines(symbol)))


def run_diffconfig(_kconf: Kconfig, request: Request) -> None:
    """Two configurations; by default the one before the last change, and the present one."""
    from kconf.diff import diff

    output = request.output
    one, other = (Path(name) if name else usual
                  for name, usual in zip(request.pair, (output.old, output.config)))
    for line in diff(output, one, other):
        print(line)


COMMANDS: Dict[str, Callable[[Kconfig, Request], None]] = {
    "defconfig": run_defconfig,
    "olddefconfig": run_olddefconfig,
    "generate": run_generate,
    "savedefconfig": run_savedefconfig,
    "allnoconfig": lambda kconf, request: run_all(kconf, request, "n"),
    "allyesconfig": lambda kconf, request: run_all(kconf, request, "y"),
    "randconfig": run_randconfig,
    "menuconfig": lambda kconf, request: run_front_end(kconf, request, "menuconfig"),
    "guiconfig": lambda kconf, request: run_front_end(kconf, request, "guiconfig"),
    "oldconfig": run_oldconfig,
    "listnewconfig": run_listnewconfig,
    "why": run_why,
    "diffconfig": run_diffconfig,
}


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
    parser.add_argument("--external", default="", help="folders outside the tree, with colons")
    parser.add_argument("--seed", default="", help="of randconfig")
    parser.add_argument("--symbol", default="", help="the option for why")
    parser.add_argument("--pair", nargs=2, default=["", ""], help="the files for diffconfig")
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("files", type=Path, nargs="*", help="a defconfig, then fragments")
    given = parser.parse_args()
    output = Output(given.config, given.output, given.made, given.external)
    request = Request(output, given.files, given.seed, given.symbol, given.pair)
    try:
        COMMANDS[given.command](new_kconfig(output), request)
    except Faults as faults:
        fail(faults.sentences)
    except KconfigError as error:
        fail([str(error).strip()])
    except OSError as error:
        fail([f"{error.filename}: {error.strerror}"])
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
