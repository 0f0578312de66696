# SPDX-License-Identifier: MIT
"""What is built anew: exactly what changed, whatever it was that changed, and never less."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Iterator, List

import pytest

from building import least_seconds
from rebuilding import ROOT, Options, Refused, Tree, make, seed
from tessera.sources import copy_sources

TOGGLES = 30
TOGETHER = 10  # options that are changed at a time
KILLS = 6

pytestmark = pytest.mark.xdist_group("rebuild")


@pytest.fixture(scope="module")
def shared_tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """One tree for most tests of this file."""
    return Tree(tmp_path_factory.mktemp("rebuild"), "serial_defconfig")


@pytest.fixture
def tree(shared_tree: Tree) -> Iterator[Tree]:
    """The tree as the repository has it, the smallest configuration built."""
    shared_tree.start()
    yield shared_tree
    restore(shared_tree)


@pytest.fixture(scope="module")
def full_tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A tree with the reference configuration, built, for tests that leave it alone."""
    full = Tree(tmp_path_factory.mktemp("reference"), "defconfig")
    full.start()
    return full


def restore(tree: Tree) -> None:
    """Undo what a test did to the sources and the configuration."""
    wanted = {path.relative_to(ROOT) for path in ROOT.rglob("*")
              if path.is_file() and not {".git", "build"} & set(path.relative_to(ROOT).parts)}
    for path in list(tree.path.rglob("*")):
        name = path.relative_to(tree.path)
        if path.is_file() and name not in wanted:
            path.unlink()
    for name in wanted:
        mine, original = tree.path / name, ROOT / name
        if mine.parent.is_dir() and not (
                mine.exists() and mine.read_bytes() == original.read_bytes()):
            shutil.copy(original, mine)
    tree.version.write_text("pretended 1.0\n")
    tree.configure()


def configure(tree: Tree, options: Options) -> None:
    """Let .config say what the options say, with a date of its own."""
    options.save(tree.out / ".config")


# ---- Options ----------------------------------------------------------------


def check_option(tree: Tree, options: Options, name: str) -> "set[str]":
    """Change one option, build, compare with brute force."""
    for pick in range(5):
        options.load(ROOT / "configs" / tree.config)
        options.reach(name)
        assert options.change(name, pick), f"{name} cannot be changed"
        configure(tree, options)
        # A rule between options may refuse the first number.
        with contextlib.suppress(Refused):
            return tree.step()
    raise AssertionError(f"no other value of {name} is accepted")


def change_together(tree: Tree, options: Options, names: List[str]) -> bool:
    """Change these options; False where one of them changes what another one was changed to."""
    options.load(ROOT / "configs" / tree.config)
    for name in names:
        options.reach(name)
    changed = {}
    for name in names:
        if not options.change(name):
            return False
        changed[name] = options.value(name)
    return all(options.value(name) == value for name, value in changed.items())


def check_options(tree: Tree, options: Options, names: List[str]) -> "set[str]":
    """The same with several at once, or with half of them where they do not go together."""
    if len(names) == 1:
        return check_option(tree, options, names[0])
    if change_together(tree, options, names):
        configure(tree, options)
        with contextlib.suppress(Refused):
            return tree.step()
    half = len(names) // 2
    return (check_options(tree, options, names[:half])
            | check_options(tree, options, names[half:]))


@pytest.mark.first
@pytest.mark.xdist_group("every option")
def test_every_option_compiles_exactly_what_it_changes(full_tree: Tree) -> None:
    """The files compiled after a change of options are those whose preprocessed text or command is
    another one, found by preprocessing every file; and all objects are then of their text.

    Each option has its turn, with nine others that are chosen anew each time: what one should
    compile and does not is hidden where another one compiles it, which is not so the next time.
    """
    options, compiled = Options(), set()
    names = list(options.names)
    random.Random(seed()).shuffle(names)
    for number in range(0, len(names), TOGETHER):
        compiled |= check_options(full_tree, options, names[number:number + TOGETHER])
    assert {"mm/heap.c", "drivers/serial/uart16550.c"} <= compiled


@pytest.mark.xdist_group("every option")
def test_font(full_tree: Tree) -> None:
    """The font is taken in by the assembler, which tells nobody: its user alone is built anew."""
    full_tree.configure()
    full_tree.start()
    font = full_tree.path / "drivers/video/fonts/vga-8x16.psf"
    data = font.read_bytes()
    for changed in (data[:100] + bytes([data[100] ^ 1]) + data[101:], data):  # within a glyph
        font.write_bytes(changed)
        full_tree.make()
        assert full_tree.last == ["drivers/video/font_data.S", "link"]


@pytest.mark.parametrize("text, flag", [
    ("#define HEAP(x) CONFIG_HEAP_##x\nint size = HEAP(SIZE_KIB);\n", ""),
    ("#define ANY(x) CONFIG_ ## x\nint size = ANY(HEAP_SIZE_KIB);\n", ""),
    ("#define JOIN(a, b) a ## b\n#define PAIR(a, b) JOIN(a, b)\n"
     "int size = PAIR(CONFIG_HEAP_, SIZE_KIB);\n", ""),
    ("int size = SIZE;\n", "CFLAGS=-DSIZE=CONFIG_HEAP_SIZE_KIB"),
])
def test_name_that_is_put_together(tree: Tree, text: str, flag: str) -> None:
    """An option whose name stands nowhere as a whole, or on the command line alone."""
    words = [flag] if flag else []
    (tree.path / "lib/joined.c").write_text(text)
    tree.edit("lib/Makefile", " parse.o", " parse.o joined.o")
    tree.make(*words)
    options = Options()
    options.load(tree.out / ".config")
    options.change("HEAP_SIZE_KIB")
    configure(tree, options)
    tree.make(*words)
    assert "lib/joined.c" in tree.last and "lib/parse.c" not in tree.last


def test_date_in_the_future(tree: Tree) -> None:
    """A Kconfig file that is newer than anything can be is no reason to start over for ever."""
    now = time.time()
    kconfig = tree.path / "mm/Kconfig"
    os.utime(kconfig, (now + 3600, now + 3600))
    assert " CC " not in make(*tree.words(), cwd=tree.path, timeout=30)
    os.utime(kconfig, (now, now))


def test_nothing_to_do(tree: Tree) -> None:
    """No command but the question for the tools' versions, in less than 0.1 s."""
    asked = tree.tools / "commands"
    for touch in (None, ".config"):
        if touch:
            (tree.out / touch).touch()
        asked.write_text("")
        tree.make(f"SHELL={tree.tools}/shell")
        assert [line for line in asked.read_text().splitlines() if "--version" not in line] == []
    assert least_seconds(tree.make, 10) < 0.1


def test_old_configuration_is_seen(tree: Tree) -> None:
    """A .config with an old date, as `mv .config.old .config` gives it, counts like any other."""
    options = Options()
    options.load(tree.out / ".config")
    options.change("SHELL_CMD_FRAMES")
    configure(tree, options)
    os.utime(tree.out / ".config", (1, 1))
    assert tree.step() == {"shell/commands/frames.c"}


# ---- Commands ---------------------------------------------------------------


@pytest.mark.parametrize("flag, kinds", [
    ("CFLAGS=-DX=1", {".c"}), ("AFLAGS=-DX=1", {".S"}), ("LDFLAGS=-O1", set()),
])
def test_flags(tree: Tree, flag: str, kinds: "set[str]") -> None:
    """A flag builds anew what is built with it, once; and so does its absence."""
    expected = sorted([name for name in tree.sources() if Path(name).suffix in kinds] + ["link"])
    for words in ([flag], []):
        tree.make("-n", flag)  # shows, and leaves everything as it is
        tree.make(*words)
        assert sorted(tree.last) == expected
        tree.make(*words)
        assert tree.last == []


def test_compiler_of_another_version(tree: Tree) -> None:
    """Everything is compiled anew."""
    tree.version.write_text("pretended 1.1\n")
    tree.make()
    assert sorted(tree.last) == sorted([*tree.sources(), "link"])


def test_line_of_a_makefile(tree: Tree) -> None:
    """A file that a Makefile names or no longer names links anew, and compiles just that."""
    tree.edit("lib/Makefile", " color.o", "")
    assert tree.step() == set()
    shutil.copy(tree.path / "lib/color.c", tree.path / "lib/hue.c")
    tree.edit("lib/Makefile", " parse.o", " parse.o hue.o")
    assert tree.step() == {"lib/hue.c"}
    # A comment is no reason.
    tree.edit("lib/Makefile", "obj-y", "# Words.\nobj-y")
    tree.make()
    assert tree.last == []


def test_source_that_is_not_there(tree: Tree) -> None:
    """The Makefile that asks for it is named."""
    tree.edit("lib/Makefile", " color.o", " color.o nothing.o")
    said = tree.make(check=False)
    assert "lib/Makefile asks for nothing.o, but there is no lib/nothing.c" in said


# ---- Headers ----------------------------------------------------------------


def test_header(tree: Tree) -> None:
    """Its readers are compiled; where its text says the same to the compiler, nobody."""
    (tree.path / "include/lib/parse.h").touch()
    tree.make()
    assert tree.last == []
    header = tree.path / "include/lib/parse.h"
    header.write_text(header.read_text() + "extern int added;\n")
    compiled = tree.step()
    assert "lib/parse.c" in compiled and "lib/string.c" not in compiled


def test_header_renamed_removed_hidden(tree: Tree) -> None:
    """A header of another name; one that goes; one that comes and hides another."""
    include = tree.path / "include"
    (include / "lib/ring.h").rename(include / "lib/loop.h")
    for source in ("lib/ring.c", "drivers/input/scan_queue.h", "kernel/input.c"):
        if "lib/ring.h" in (tree.path / source).read_text():
            tree.edit(source, "lib/ring.h", "lib/loop.h")
    for path in tree.path.rglob("*.[ch]"):
        if "<lib/ring.h>" in path.read_text():
            path.write_text(path.read_text().replace("<lib/ring.h>", "<lib/loop.h>"))
    assert "lib/ring.c" in tree.step()
    hidden = tree.path / "arch/x86_64/include/arch/io.h"
    (include / "arch").mkdir()
    (include / "arch/io.h").write_text(hidden.read_text() + "extern int hides;\n")
    assert tree.step()
    shutil.rmtree(include / "arch")
    assert tree.step()


def test_c_becomes_assembly(tree: Tree) -> None:
    """x.c that is replaced by an older x.S is compiled as what it is."""
    os.utime(tree.path / "lib/color.c", (1, 1))
    (tree.path / "lib/color.c").rename(tree.path / "lib/color.S")
    (tree.path / "lib/color.S").write_text("nop\n")
    os.utime(tree.path / "lib/color.S", (1, 1))
    assert tree.step() == {"lib/color.S"}


# ---- Accidents --------------------------------------------------------------


# Each line goes at once.
REMOVED = (
    ("lib/parse.i", "lib/string.d", "lib/printf.chk", "lib/bitmap.why", "lib/ring.o"),
    ("lib", "tessera.elf", ".words-headers"),
    ("include/config/HEAP_SIZE_KIB", ".words-cc", "arch/x86_64/kernel.lds"),
    ("include/config/.names",),
    ("include/config",),
    ("include/generated",),
    ("include/generated/autoconf.h",),
    ("include/generated/auto.conf",),
    ("include/generated/config",),
)


MODULES = ("parse", "string", "printf", "bitmap", "ring")


def test_removed_by_hand(tree: Tree) -> None:
    """Whatever goes from the output comes back, and the next change is seen."""
    options = Options()
    for number, gone in enumerate(REMOVED):
        for path in [tree.out / name for name in gone]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        tree.make()
        # The reason of an object that is not compiled is of no use.
        assert [name for name in gone if not (tree.out / name).exists()] in ([], ["lib/bitmap.why"])
        options.load(tree.out / ".config")
        options.change("HEAP_SIZE_KIB")
        configure(tree, options)
        modules = MODULES if "lib/parse.i" in gone else MODULES[:1]
        for name in modules:
            with (tree.path / f"include/lib/{name}.h").open("a") as header:
                header.write(f"extern int added_{number};\n")
        assert {"mm/heap.c", *(f"lib/{name}.c" for name in modules)} <= tree.step(), gone


def test_failure_that_is_mended(tree: Tree) -> None:
    """After a source that did not preprocess, the option that changed meanwhile is not lost."""
    options = Options()
    options.load(tree.out / ".config")
    options.change("HEAP_SIZE_KIB")
    configure(tree, options)
    header = tree.path / "include/mm/heap.h"
    text, times = header.read_text(), header.stat()
    header.write_text("#error broken\n" + text)
    assert "broken" in tree.make("-k", check=False)
    header.write_text(text)
    os.utime(header, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert "mm/heap.c" in tree.step()


def test_edit_while_it_is_compiled(tree: Tree) -> None:
    """An edit between the two halves of a compilation that is taken back when it is over: the
    object is of the edit, the text is not, and no comparison of texts would ever tell."""
    source, meanwhile = tree.path / "lib/parse.c", tree.tools / "meanwhile"
    text = source.read_text()
    source.write_text(text + "int first;\n")
    meanwhile.write_text(f"#!/bin/sh\nsed -i s/first/second/ {source}\n")
    meanwhile.chmod(0o755)
    tree.make()
    meanwhile.unlink()
    assert "int second" in (tree.out / "lib/parse.o").read_text()
    source.write_text(text + "int first;\n")
    tree.make()
    tree.check_objects(tree.texts())


def test_killed(tree: Tree) -> None:
    """A build that is killed at any moment leaves nothing wrong and nothing stuck behind."""
    options, dice = Options(), random.Random(seed())
    flag = ""
    for number in range(KILLS):
        options.load(tree.out / ".config")
        options.change("HEAP_SIZE_KIB", number)
        options.change("SHELL_CMD_ECHO")
        configure(tree, options)
        flag = f"-DKILL={number}"
        tree.interrupt(dice.uniform(0.05, 1.5), f"CFLAGS={flag}", f"AFLAGS={flag}")
    flags = f"CFLAGS={flag}", f"AFLAGS={flag}"
    tree.make(*flags)
    tree.check_objects(tree.texts(*flags), flag)


# ---- V=2 --------------------------------------------------------------------


def reasons(said: str) -> "dict[str, str]":
    """What V=2 told of each object."""
    return dict(re.findall(r"^  (?:CC|AS) +(\S+)\.o\n {10}(.*)$", said, re.MULTILINE))


def test_reasons(tree: Tree) -> None:
    """V=2 says why, for each object: option, header, command, or that there is none yet."""
    options = Options()
    options.load(tree.out / ".config")
    options.change("HEAP_SIZE_KIB")
    configure(tree, options)
    (tree.out / "lib/string.o").unlink()
    said = reasons(tree.make("V=2"))
    assert said.pop("lib/string") == "not built yet"
    assert "mm/heap" in said and set(said.values()) == {"because of CONFIG_HEAP_SIZE_KIB"}
    with (tree.path / "include/lib/parse.h").open("a") as header:
        header.write("extern int added;\n")
    assert reasons(tree.make("V=2"))["lib/parse"] == "because of include/lib/parse.h"
    said = reasons(tree.make("V=2", "CFLAGS=-DX"))
    assert said["lib/parse"] == "because of the command" and "kernel/vectors" not in said


# ---- The tests themselves ---------------------------------------------------


def add_to_header(tree: Tree) -> None:
    """A step that a build without headers among its dependencies does not pass."""
    with (tree.path / "include/lib/parse.h").open("a") as header:
        header.write("extern int added;\n")
    tree.step()


@pytest.mark.parametrize("name, good, bad, option", [
    ("scripts/preprocess.sh", 'test ! -e "$file" || wanted="$wanted $file"', ":",
     "HEAP_SIZE_KIB"),
    ("scripts/preprocess.sh", 'cmp -s "$stem.i.new" "$stem.i"', "false", "KERNEL_STACK_KIB"),
    ("scripts/preprocess.sh", '"${source:+$headers $file}"', "", ""),
    ("Makefile", "$(KERNEL_LDFLAGS) $(objects) $(versions)", "$(KERNEL_LDFLAGS) $(versions)",
     "SHELL_CMD_INFO"),
    ("scripts/kconf/output.py", "symbol.name, symbol.config_string", 'symbol.name, ""',
     "HEAP_SIZE_KIB"),
], ids=["options ignored", "text not compared", "headers ignored", "objects not compared",
        "options not written"])
def test_faults_are_found(tree: Tree, name: str, good: str, bad: str, option: str) -> None:
    """A build with a fault in it does not pass the tests above."""
    tree.edit(name, good, bad)
    tree.start()
    with pytest.raises(AssertionError):
        if option:
            check_option(tree, Options(), option)
        else:
            add_to_header(tree)


# ---- The real compiler ------------------------------------------------------


def built(out: Path) -> List[bytes]:
    """The kernel and the image."""
    make("-j2", f"O={out}", "iso")
    return [(out / name).read_bytes() for name in ("tessera.elf", "tessera.iso")]


@pytest.mark.xdist_group("every option")
@pytest.mark.parametrize("words", [[], ["LLVM=1"]], ids=["gcc", "clang"])
def test_comments_are_in_no_object(tmp_path: Path, words: List[str]) -> None:
    """After edits of comments and blanks nothing is compiled, and the kernel still has the bytes
    of a build from nothing: what the preprocessor drops leaves no trace, columns or sums."""
    if words and not shutil.which("clang"):
        pytest.skip("clang is not installed: make LLVM=1 cannot be tried")
    tree = tmp_path / "tree"
    copy_sources(tree)
    make("-j2", *words, "serial_defconfig", "all", cwd=tree)
    for path in [*tree.glob("lib/*.c"), tree / "include/lib/parse.h"]:
        text = path.read_text().replace("if (", "if /* a word */  (")
        path.write_text(text.replace("/*\n * ", "/*\n * x"))
    assert " CC " not in make(*words, cwd=tree)
    before = (tree / "build/tessera.elf").read_bytes()
    make("-j2", *words, "clean", "all", cwd=tree)
    assert (tree / "build/tessera.elf").read_bytes() == before


@pytest.mark.xdist_group("random toggles")
def test_random_toggles_equal_a_clean_build(tmp_path: Path) -> None:
    """After 30 random changes of options, built now and then, kernel and image have the bytes of
    a build from nothing; and the comparison would see a single object that is not as it was."""
    options, dice = Options(), random.Random(seed())
    out, clean = tmp_path / "out", tmp_path / "clean"
    config = out / ".config"
    make("-j2", f"O={out}", "defconfig", "all")
    done = 0
    while done < TOGGLES:
        options.load(config)
        before = config.read_bytes()
        batch = [options.change(dice.choice(options.names), dice.randrange(2))
                 for _ in range(dice.randint(5, 13))]
        options.save(config)
        if "CONFIG_" in make("-j2", f"O={out}", check=False):
            config.write_bytes(before)  # refused by a rule between options
        else:
            done += sum(batch)
    # Without a Multiboot2 header there is no image.
    options.load(config)
    options.kconf.syms["BOOT_MULTIBOOT2"].set_value("y")
    options.save(config)
    incremental = built(out)
    clean.mkdir()
    shutil.copy(config, clean / ".config")
    assert incremental == built(clean)
    subprocess.run(["objcopy", "--strip-debug", str(out / "lib/ring.o")], check=True)
    assert built(out)[0] != incremental[0]
