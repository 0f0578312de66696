# SPDX-License-Identifier: MIT
"""The matrix's configurations against brute force, on small Kconfig trees of every construct.

The oracle sets every combination of user values in kconfiglib and writes down what comes out: what
occurs there is feasible, and nothing else is.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Set, Tuple

import pytest
from building import ROOT
from kconfig_tree import Mini, new_kconfig

import kconfig_rules
from kconf.values import Faults, number_of, prompts
from kmatrix.clauses import ModelError
from kmatrix.cover import all_combinations, cover
from kmatrix.model import Model
from kmatrix.plan import flag_options, make_plan, share_of
from kmatrix.solver import Solver

TREES = {
    "depends": """
config A
	bool "a"
config B
	bool "b"
	depends on A
config C
	bool "c"
	default y if B
	depends on !A || B
""",
    "select and imply": """
config A
	bool "a"
	select X
config B
	bool "b"
	imply Y
	select X if A
config X
	bool
config Y
	bool "y"
	depends on X
config Z
	bool
	default X && !Y
config I
	bool "i"
	imply W
config W
	bool
	depends on A
""",
    "choice": """
config A
	bool "a"
choice
	prompt "pick"
	depends on A
config P
	bool "p"
config Q
	bool "q"
	depends on B
config R
	bool "r"
	select S
endchoice
config B
	bool "b"
config S
	bool
config T
	bool "t"
	depends on !R
config U
	bool "u"
	depends on A && !P && !Q && !R
""",
    "numbers": """
config N
	int "n"
	default 5
	range 1 9
config H
	hex "h"
	default 0x10
	range 0x0 0x20 if A
	range 0x8 0x40
config A
	bool "a"
	depends on N > 4
config B
	bool "b"
	depends on N != 7 && N < 9
config M
	int "m" if A
	default 3
	range 2 4
config D
	int
	default N if A
	default 1
config E
	bool "e"
	depends on D = 9
config F
	bool "f"
	depends on N <= 1
config G
	bool "g"
	depends on N > 5
config I
	bool "i"
	depends on N > 6 && N < 8
config J
	bool "j"
	depends on N >= 9 && H < 0x20
""",
    "texts": """
config A
	bool "a"
config S
	string "s"
	default "x"
	depends on A
config B
	bool "b"
	depends on S = "x"
config C
	bool "c"
	depends on S != "x"
""",
    "an empty text": """
config A
	bool "a"
	select X
config X
	bool
config S
	string "s"
	default ""
	depends on X
config B
	bool "b"
	depends on X
""",
    "two prompts and a menu": """
config A
	bool "a"
config B
	bool "b"
menu "m"
	visible if A
config X
	bool "x"
	default y
endmenu
config X
	bool "x again" if B
if A && B
config Y
	bool "y"
endif
config N
	bool
	default n if Y
	default y
""",
    "nothing to have": """
config A
	bool
config B
	bool "b"
	depends on A
config C
	bool "c"
	default y if B
""",
}


@pytest.fixture(autouse=True)
def no_rules(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest,
             tmp_path: Path) -> None:
    """The made-up trees have no rules of Tessera's; each test works in a folder of its own."""
    if "in_the_tree" in request.fixturenames:
        return
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kconfig_rules, "RULES", ())
    monkeypatch.setattr(kconfig_rules, "ENDS", {})


@pytest.fixture
def in_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kconfig files and fonts go by paths from the top folder."""
    monkeypatch.chdir(ROOT)


def every_configuration(model: Model) -> Iterator[FrozenSet[Tuple[str, str]]]:
    """The values of every configuration, by setting everything that can be set."""
    kconf = model.kconf
    free = [symbol for symbol in kconf.unique_defined_syms if prompts(symbol)]
    values: List[List[str]] = []
    for symbol in free:
        literals = model.clauses.values(symbol)
        # A text that is empty by default has no other value here.
        values.append([value for value in literals if value] or [""])
    for some in itertools.product(*values):
        kconf.unset_values()
        for symbol, value in zip(free, some):
            symbol.set_value(value)
        # A member that is chosen last counts: each is, once, as the product goes on.
        for choice in kconf.unique_choices:
            for member in choice.syms:
                member.set_value("y")
                yield model.present_values()
        if not any(rule_faults_of(kconf)):
            yield model.present_values()


def rule_faults_of(kconf) -> Iterator[str]:
    """What the rules say, as kconf.loading.rule_faults does, without its texts."""
    def value(name: str):
        symbol = kconf.syms.get(name)
        good = symbol is not None and symbol.nodes and symbol.str_value
        return number_of(symbol, symbol.str_value) if good else None

    def text(name: str) -> str:
        return kconf.syms[name].str_value if name in kconf.syms else ""

    for rule in kconfig_rules.RULES:
        yield from (fault for _, fault in rule(value, text))


def expect_exact(model: Model, depth: int) -> None:
    """What is feasible by brute force is covered, and the rest is proven impossible."""
    wanted: Set[FrozenSet] = set()
    for values in every_configuration(model):
        wanted |= {frozenset(some) for some in itertools.combinations(values, depth)}
    found = cover(model, depth)
    assert found.is_whole
    covered = {frozenset(some) for made in found.configurations
               for some in itertools.combinations(made.values, depth)}
    assert covered == wanted
    everything = {frozenset(some) for some in all_combinations(model, depth)}
    assert {frozenset(some) for some in found.impossible} == everything - wanted
    assert found.feasible == len(wanted)


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("name", TREES)
def test_feasible_pairs_are_those_of_brute_force(tmp_path: Path, name: str, depth: int) -> None:
    """Neither one more nor one less, and all of them covered."""
    Mini(tmp_path, TREES[name])
    expect_exact(Model(new_kconfig()), depth)


@pytest.mark.parametrize("seed", range(25))
def test_random_trees(tmp_path: Path, seed: int) -> None:
    """The same on trees that nobody thought of."""
    Mini(tmp_path, random_tree(random.Random(seed)))
    expect_exact(Model(new_kconfig()), 2)


def random_tree(dice: random.Random) -> str:
    """Six bools and a number, with conditions on those before them."""
    lines: List[str] = []
    names: List[str] = []
    for name in "ABCDEF":
        lines += [f"config {name}", f'\tbool "{name}"' if dice.random() < 0.7 else "\tbool"]
        for word in ("depends on {}", "default y if {}", "default {}"):
            if names and dice.random() < 0.4:
                lines.append("\t" + word.format(condition(dice, names)))
        # What is selected comes later: Kconfig forbids circles.
        if name != "F" and dice.random() < 0.5:
            lines.append(f"\tselect {dice.choice('ABCDEF'['ABCDEF'.index(name) + 1:])}")
        names.append(name)
    lines += ["config N", '\tint "n"', "\tdefault 2", "\trange 1 3", "config G", '\tbool "g"',
              f"\tdepends on N = {dice.choice('1234')} || {condition(dice, names)}"]
    return "\n".join(lines) + "\n"


def condition(dice: random.Random, names: List[str]) -> str:
    """An expression of one or two options."""
    one, other = dice.choice(names), dice.choice(names)
    return dice.choice([one, f"!{one}", f"{one} && {other}", f"{one} || !{other}"])


def test_rules_between_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a rule forbids is impossible, and what it hides behind another number is unknown."""
    Mini(tmp_path, 'config A\n\tint "a"\n\tdefault 2\n\trange 1 9\n'
         'config B\n\tint "b"\n\tdefault 3\n\trange 1 9\nconfig C\n\tint "c"\n\trange 0 4\n'
         '\tdefault 0\n')

    def sum_is_no_ten(value, _text):
        if value("A") is not None and value("B") is not None and value("A") + value("B") == 10:
            yield "A", "ten"

    monkeypatch.setattr(kconfig_rules, "RULES", (sum_is_no_ten,))
    model = Model(new_kconfig())
    expect_exact(model, 2)
    assert (("A", "1"), ("B", "9")) in cover(model, 2).impossible

    def hidden(value, _text):
        if None not in (value("A"), value("B"), value("C")) and value("A") == 9 == value("B"):
            if value("C") in (0, 4):  # 1 to 3 would do, but nobody tries them
                yield "A", "hidden"

    monkeypatch.setattr(kconfig_rules, "RULES", (hidden,))
    found = cover(Model(new_kconfig()), 2)
    assert found.unknown == [(("A", "9"), ("B", "9"))] and not found.is_whole
    assert "1 UNKNOWN" in str(found)


def test_rules_only_grow(in_the_tree: None) -> None:
    """A fault that is there without an option is there with it: the proofs count on it."""
    dice = random.Random(1)
    values: Dict[str, List[int]] = {
        "PHYS_MAP_BASE": [1 << 63, (1 << 64) - (1 << 47), (1 << 64) - (1 << 40)],
        "HEAP_BASE": [0, 0x1000, 0x444444440000, (1 << 64) - (1 << 39) - (1 << 14), 1 << 47],
        "HEAP_SIZE_KIB": [16, 256, 1 << 20], "HEAP_MAX_KIB": [0, 16, 1 << 20],
        "HEAP_QUARANTINE_KIB": [0, 16, 65536], "UART_BAUD": [50, 100000, 115200],
        "KERNEL_STACK_KIB": [16, 18], "DF_STACK_KIB": [8, 9], "FB_WIDTH": [320, 1280],
        "FB_HEIGHT": [200, 720]}
    font = "drivers/video/fonts/vga-16x32.psf"
    for _ in range(500):
        full = {name: dice.choice(some) for name, some in values.items()}
        part = {name: value for name, value in full.items() if dice.random() < 0.6}
        for rule in kconfig_rules.RULES:
            if list(rule(part.get, lambda name: font)):
                assert list(rule(full.get, lambda name: font)), (rule, part, full)


def test_a_default_for_another_value_is_no_end(tmp_path: Path) -> None:
    """Of a number that other options set as well, pairs ask for both ends and the default alone."""
    Mini(tmp_path, 'config S\n\tbool "s"\nconfig M\n\tbool "m"\nconfig N\n\tint "n" if !S\n'
         '\tdefault 3 if S\n\tdefault 4 if M\n\tdefault 5\n\trange 1 9\n')
    (factor,) = [factor for factor in Model(new_kconfig()).factors if factor.name == "N"]
    assert factor.values == ("1", "5", "9")


def test_a_condition_on_a_number_can_come_true(tmp_path: Path) -> None:
    """Though the value that it wants is neither end nor default."""
    Mini(tmp_path, 'config N\n\tint "n"\n\tdefault 1\n\trange 1 9\n'
         'config A\n\tbool "a"\n\tdepends on N > 2 && N < 4\nconfig B\n\tbool "b"\n')
    found = cover(Model(new_kconfig()), 2)
    assert found.is_whole
    assert any({("A", "y"), ("B", "y")} <= made.values for made in found.configurations)


@pytest.mark.parametrize("text", [
    'config A\n\ttristate "a"\n',
    'choice\n\tprompt "c"\n\toptional\nconfig P\n\tbool "p"\nendchoice\n',
    'config A\n\tint "a"\n\trange 1 B\n\tdefault 2\nconfig B\n\tint "b"\n\tdefault 3\n',
    'config A\n\tint "a"\n\tdefault 1\n\trange 1 2\nconfig B\n\tint "b"\n\tdefault 1\n'
    '\trange 1 2\nconfig C\n\tbool "c"\n\tdepends on A = B\n',
])
def test_what_it_cannot_reason_about_is_an_error(tmp_path: Path, text: str) -> None:
    """Nothing is left out in silence."""
    Mini(tmp_path, text)
    with pytest.raises((ModelError, Faults)):
        Model(new_kconfig())


def test_the_largest_factors_say_how_many(tmp_path: Path) -> None:
    """Two choices of five and four members take 20 configurations, and 15 bools take none more."""
    members = ["".join(f'config {name}{number}\n\tbool "{name}{number}"\n'
                       for number in range(count)) for name, count in (("P", 5), ("Q", 4))]
    Mini(tmp_path, "".join(f'config B{number}\n\tbool "b{number}"\n' for number in range(15))
         + "".join(f'choice\n\tprompt "{number}"\n{text}endchoice\n'
                   for number, text in enumerate(members)))
    found = cover(Model(new_kconfig()), 2)
    assert found.is_whole and len(found.configurations) == 20


def test_solver_against_brute_force() -> None:
    """Random clauses: an assignment where there is one, and a proof where there is none."""
    dice = random.Random(7)
    answers = set()
    for _ in range(150):
        count = dice.randint(3, 12)
        clauses = [[dice.choice((-1, 1)) * dice.randint(1, count) for _ in range(3)]
                   for _ in range(dice.randint(3, 5 * count))]
        solver = Solver()
        for _ in range(count):
            solver.new_variable()
        for clause in clauses:
            solver.add(clause)
        assumed = [dice.choice((-1, 1)) * dice.randint(1, count)]

        def holds(values: "tuple[int, ...]") -> bool:
            return all(any(values[abs(one) - 1] * one > 0 for one in clause)
                       for clause in [*clauses, assumed])

        expected = any(holds(some) for some in itertools.product((-1, 1), repeat=count))
        order = dice.sample([sign * n for n in range(1, count + 1) for sign in (-1, 1)], 2 * count)
        found = solver.solve(assumed, lambda one: next(
            (literal for literal in order if not one.values[literal]), None))
        assert (found is not None) == expected
        assert found is None or holds(tuple(found[1:]))
        answers.add(expected)
    assert answers == {True, False}


# ---- The tree itself --------------------------------------------------------


@pytest.fixture(scope="module")
def plan():
    """The jobs of the tree, with five random ones."""
    import os

    before = os.getcwd()
    os.chdir(ROOT)
    made = make_plan(new_kconfig(), 2, 5, "1")
    os.chdir(before)
    return made


def test_every_pair_of_the_tree(plan) -> None:
    """100 %, nothing unknown, and the ends of every number are among the values."""
    assert plan.coverage.is_whole and plan.coverage.feasible > 4000
    values = {pair for job in plan.coverage.configurations for pair in job.values}
    for pair in (("HEAP_SIZE_KIB", "16"), ("HEAP_SIZE_KIB", "1048576"), ("UART_PORT", "0xfff8"),
                 ("choice Boot test", "BOOT_TEST_SUITES"), ("FRAMEBUFFER", "n")):
        assert pair in values


def test_what_covers_is_run(plan) -> None:
    """Every configuration that the coverage counts on is a job, with these very values."""
    jobs = {job.name: job.values for job in plan.jobs}
    for made in plan.coverage.configurations:
        values = jobs[made.name]
        for name, value in made.values:
            name, value = (value, "y") if name.startswith("choice ") else (name, value)
            assert (values.get(name, "").strip('"') or "n") == (value or "n"), made.name


def test_every_pair_that_can_be_lived_with_is(plan) -> None:
    """The first configurations have a shell that answers keys, and every pair that can with one."""
    assert plan.alive.is_whole and plan.alive.feasible > 4000
    made = plan.alive.configurations
    assert made == plan.coverage.configurations[:len(made)]
    alive = {("SHELL", "y"), ("I8042", "y"), ("choice Boot test", "BOOT_TEST_NONE")}
    assert all(alive <= one.values for one in made)
    assert not any(alive <= one.values for one in plan.coverage.configurations[len(made):])


def test_no_configuration_is_made_in_vain(plan) -> None:
    """Each one that was added has a pair that occurs in no other of those it was to complete."""
    living = plan.alive.configurations
    for configurations, added in ((living, living),
                                  (plan.coverage.configurations,
                                   plan.coverage.configurations[len(living):])):
        times = Counter(pair for one in configurations
                        for pair in itertools.combinations(sorted(one.values), 2))
        for one in added:
            pairs = itertools.combinations(sorted(one.values), 2)
            assert not one.name.startswith("pair-") or any(times[pair] == 1 for pair in pairs), one
    numbers = [one.name[len("pair-"):] for one in plan.coverage.configurations
               if one.name.startswith("pair-")]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_the_plan_has_every_kind(plan) -> None:
    """Each configuration that the matrix promises is there, once."""
    names = [job.name for job in plan.jobs]
    assert len(set(names)) == len(names)
    assert {"allnoconfig", "allyesconfig", "tinyconfig", "defconfig", "tiny_defconfig",
            "SHELL=n", "HEAP_BUMP", "HEAP_SIZE_KIB=16", "random-1-5"} <= set(names)


def test_one_option_toggled_changes_little(plan) -> None:
    """The others keep the reference's value."""
    reference = plan.reference.values
    job = next(job for job in plan.jobs if job.name == "PIT8254=n")
    different = {name for name in reference if job.values.get(name, "n") != reference[name]}
    assert different == {"PIT8254", "TIMER_HZ"}
    # What only comes with it has its default.
    job = next(job for job in plan.jobs if job.name == "KTEST=y")
    different = {name: value for name, value in job.values.items() if reference.get(name) != value}
    assert different == {"KTEST": "y", "KTEST_SEED": "1", "SHELL_CMD_TEST": "n",
                         "SURFACE_GLYPH": "y", "FAULT_GUARD": "y", "NAME_LIST": "y"}


def test_shards_cover_all_once(plan) -> None:
    """Together all jobs, each in one shard; a shard that cannot be is refused."""
    for count in (1, 2, 3, 7):
        parts = [share_of(plan.jobs, f"{number}/{count}") for number in range(1, count + 1)]
        names = [job.name for part in parts for job in part]
        assert sorted(names) == sorted(job.name for job in plan.jobs)
        assert max(map(len, parts)) - min(map(len, parts)) <= 1
    for wrong in ("0/2", "3/2", "x", "1/0", "1"):
        with pytest.raises(ValueError, match="SHARD="):
            share_of(plan.jobs, wrong)


def test_few_sets_of_flags(in_the_tree: None, plan) -> None:
    """What is compiled anew for each set of them occurs in few; suites rarely run, and a
    heap is rarely large, where each access is checked."""
    flags = flag_options()
    assert {"KASAN", "UBSAN", "FRAME_POINTER"} <= set(flags)
    sets = {tuple(job.values.get(name, "n") == "y" for name in flags) for job in plan.jobs}
    assert len(sets) <= 12, sets
    slow = [job.name for job in plan.jobs
            if job.values.get("KASAN") == "y" and "y" in map(
                job.values.get, ("SHELL_CMD_TEST", "BOOT_TEST_SUITES"))]
    assert 1 <= len(slow) <= 4, slow
    large = [job.name for job in plan.jobs
             if job.values.get("KASAN") == "y" and job.values.get("HEAP_SIZE_KIB") == "1048576"]
    assert 1 <= len(large) <= 8, large
