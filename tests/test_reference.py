# SPDX-License-Identifier: MIT
"""The page of all options: each is there, all links lead somewhere, nothing is from elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Dict, List, Tuple

import pytest
import reference
import size_options
from kconf.loading import new_kconfig
from kconfiglib import Kconfig
from kmatrix.jobs import Job
from kmatrix.store import Store
from kreference import costs
from kreference.costs import NOT_YET, Cost, Costs, Measurer, Planner
from kreference.facts import options_of
from kreference.meter import Meter
from kreference.page import linked, page

from building import BUILDS, OBJECTS, locked
from workbench import ROOT, Output

VOID = {"meta", "input"}


class Page(HTMLParser):
    """What stands in the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: List[str] = []
        self.links: List[str] = []
        self.outside: List[Tuple[str, str]] = []
        self.texts: Dict[str, str] = {}
        self._open: List[str] = []
        self._article = ""
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: "List[Tuple[str, str | None]]") -> None:
        """Anchors, links, and what a browser would fetch."""
        given = dict(attrs)
        if tag == "article":
            self._article = given["id"] or ""
            self.ids.append(self._article)
        if tag == "a":
            self.links.append(given["href"] or "")
        self.outside += [(tag, name) for name in ("src", "srcset", "data", "action")
                         if name in given]
        if tag in ("link", "iframe", "img", "object", "base"):
            self.outside.append((tag, ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Each closes the last one that is open."""
        assert self._open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        """The text of an option."""
        if "article" in self._open:
            self.texts[self._article] = self.texts.get(self._article, "") + data + "\n"


@pytest.fixture(scope="module")
def kconf() -> Kconfig:
    """The tree's options."""
    return new_kconfig()


def test_the_goal(kconf: Kconfig, tmp_path: Path) -> None:
    """`make reference`: one file, each option once, with all that is to be told of one."""
    out = Output(tmp_path / "out")
    assert str(out.path / "reference.html") in out.make("reference").good()
    text = (out.path / "reference.html").read_text()
    made = Page(text)
    names = [symbol.name for symbol in kconf.unique_defined_syms]
    assert sorted(made.ids) == sorted(names) and len(names) > 200
    assert {link[1:] for link in made.links} <= set(names)
    assert not made.outside and "http" not in text and "@import" not in text and "url(" not in text
    for symbol in kconf.unique_defined_syms:
        told = made.texts[symbol.name].splitlines()
        assert {"type", "defined in", "costs"} <= set(told), symbol.name
        words = " ".join(" ".join(told).split())
        assert not symbol.nodes[0].prompt or " ".join(symbol.nodes[0].prompt[0].split()) in words
    size = made.texts["HEAP_SIZE_KIB"].splitlines()
    assert size[size.index("default") + 1] == "256" and size[size.index("menu") + 1] == (
        "Memory management")
    assert " to " in size[size.index("range") + 1]
    assert "prefers-color-scheme: dark" in text and "width=device-width" in text


KCONFIG = '''mainmenu "t"
config BASE
	bool "base"
	default y if PLAIN = 7
	default y
config PLAIN
	int "plain"
	default 7
config HELPER
	bool
menu "a menu"
config SOME
	bool "some <b>"
	depends on BASE
	select HELPER if !OTHER
	help
	  One
	  line with `code`.

	  Two & BASE.
config OTHER
	bool "other" if BASE
config NUMBER
	int "number"
	range 1 9 if SOME
	range 2 8
	default 3 if SOME
	default 4
choice
	prompt "which"
	depends on SOME
	default SECOND
config FIRST
	bool "first"
config SECOND
	bool "second"
endchoice
endmenu
'''


def test_facts(tmp_path: Path) -> None:
    """Of each kind of option."""
    (tmp_path / "Kconfig").write_text(KCONFIG)
    made = {option.name: option for option in options_of(Kconfig(str(tmp_path / "Kconfig")))}
    facts = {name: dict(option.facts) for name, option in made.items()}
    assert facts["BASE"]["default"] == "y if PLAIN = 7, else y"
    assert facts["BASE"]["needed by"] == "SOME" and facts["SOME"]["needed by"] == "FIRST, SECOND"
    assert facts["SOME"]["selects"] == "HELPER if !OTHER"
    assert facts["SOME"]["depends on"] == "BASE" and facts["SOME"]["default"] == "n"
    assert facts["HELPER"]["selected by"] == "SOME" and made["HELPER"].prompt == ""
    assert facts["OTHER"]["changed if"] == "BASE" and "depends on" not in facts["OTHER"]
    assert facts["NUMBER"]["range"] == "1 to 9 if SOME, 2 to 8"
    assert facts["NUMBER"]["default"] == "3 if SOME, else 4" and facts["NUMBER"]["type"] == "int"
    assert facts["FIRST"]["choice"] == "one of FIRST, SECOND" and facts["FIRST"]["default"] == "n"
    assert facts["SECOND"]["default"] == "y" and facts["SECOND"]["depends on"] == "SOME"
    assert made["SECOND"].menu == ("a menu", "which")
    assert made["SOME"].help == ["One line with `code`.", "Two & BASE."]
    assert facts["SOME"]["defined in"].endswith("Kconfig:12")
    text = page(list(made.values()), dict.fromkeys(made, Cost(None, NOT_YET)), "7", "cc")
    assert "some &lt;b&gt;" in text and "<code>code</code>" in text
    assert 'Two &amp; <a href="#BASE">BASE</a>.' in text


def test_links() -> None:
    """Whole names, and only those of options."""
    assert linked("HEAP_TLSF & HEAP, FREE", {"HEAP"}) == \
        'HEAP_TLSF &amp; <a href="#HEAP">HEAP</a>, FREE'


def test_each_option_has_a_cost_or_a_reason(kconf: Kconfig) -> None:
    """What is new may wait for the next measurement: `make reference COSTS=new`."""
    known = costs.read(ROOT / costs.FILE)
    measurable = {symbol.name for symbol in costs.measurable(kconf)}
    assert set(known.options) <= measurable, set(known.options) - measurable
    assert known.compiler.startswith("gcc ")
    told = reference.cost_of_each(kconf, known)
    assert all(cost.sizes is not None or cost.note for cost in told.values())
    waiting = [name for name, cost in told.items() if cost.note == NOT_YET]
    assert len(waiting) < len(measurable) // 5, waiting


def test_what_is_compared(kconf: Kconfig) -> None:
    """Two configurations that differ by the option and what follows from it."""
    planner = Planner(kconf)
    for name, note, only in (
            ("SHELL_CMD_ECHO", "", {"SHELL_CMD_ECHO"}),
            ("SHELL_CMD_DATE", "with RTC", {"SHELL_CMD_DATE"}),
            ("HEAP_BUMP", "in place of HEAP_LIST", {"HEAP_BUMP", "HEAP_LIST"}),
            ("LOG_TIMESTAMPS", "with LOG_RING", {"LOG_TIMESTAMPS"}),
            ("BOOT_MULTIBOOT2", "in place of BOOT_PVH", {"BOOT_MULTIBOOT2", "BOOT_PVH"})):
        pair = planner.pair(kconf.syms[name])
        assert pair is not None and pair.note == note
        assert pair.with_it.values[name] == "y" != pair.without.values.get(name)
        on = [{key for key, value in job.values.items() if value == "y"
               and kconf.syms[key].nodes[0].prompt} for job in (pair.with_it, pair.without)]
        assert on[0] ^ on[1] == only, name


@pytest.mark.xdist_group("reference costs")
def test_a_cost_is_measured(kconf: Kconfig) -> None:
    """By two kernels: a small command is a small file, and an allocator another one."""
    with locked(BUILDS / "costs.lock"):
        measurer = Measurer(kconf, BUILDS / "costs", Store(OBJECTS))
        echo = measurer.cost(kconf.syms["SHELL_CMD_ECHO"])
        assert echo.sizes and 20 < echo.sizes["code"] < 200 and not echo.sizes["zeroed"]
        fast = measurer.cost(kconf.syms["HEAP_BUMP"])
        assert fast.sizes and fast.sizes["code"] < -500 and fast.note == "in place of HEAP_LIST"


def test_one_meter_for_all(kconf: Kconfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                           capsys: pytest.CaptureFixture) -> None:
    """The page and `make size EACH=1` have their bytes from the same measurement."""
    asked = []

    def difference(_: object, with_it: Job, without: Job) -> Dict[str, int]:
        names = {name for name in with_it.values
                 if "y" == with_it.values[name] != without.values.get(name)}
        asked.append(names)
        return {"code": 3_000, "constants": 200, "data": 1, "zeroed": 7} if len(names) == 1 else (
            {"code": 9_000, "constants": 0, "data": 0, "zeroed": 0})

    monkeypatch.setattr(Meter, "__init__", lambda *_: None)
    monkeypatch.setattr(Meter, "difference", difference)
    out = Output(tmp_path / "out")
    out.configure(base="tiny_defconfig")
    monkeypatch.setattr("sys.argv", ["", str(out.path), str(out.config)])
    size_options.main()
    told = capsys.readouterr().out.splitlines()
    assert told[0].split() == "off, with what needs it in the image zeroed".split()
    assert [line.split() for line in told if "SHELL_CMD" in line] == [
        [f"SHELL_CMD_{name}", "3,201", "7"] for name in ("ECHO", "HALT", "HELP")]
    assert told[1].split()[1:] == ["9,000", "0"], "the dearest does not come first"
    assert {"SHELL_CMD_ECHO"} in asked

    cost = Measurer(kconf, tmp_path, Store(tmp_path)).cost(kconf.syms["SHELL_CMD_ECHO"])
    assert cost == Cost(difference(None, *[Job("", [], {"A": value}) for value in "yn"]), "")
    assert asked[-2] == {"SHELL_CMD_ECHO"}


def test_the_file_of_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known is kept, what is gone goes, what is new is measured; one may stop."""
    class Fake:
        """Measures nothing."""

        def __init__(self, *_: object) -> None:
            pass

        def cost(self, symbol: object) -> Cost:
            """Always the same; one option stops it all."""
            if getattr(symbol, "name") == "THIRD":
                raise KeyboardInterrupt
            return Cost({"code": 1, "constants": -2, "data": 3, "zeroed": 4}, "with A, B")

    monkeypatch.setattr(costs, "Measurer", Fake)
    kconfig = tmp_path / "Kconfig"
    kconfig.write_text("".join(f'config {name}\n\tbool "x"\n' for name in ("FIRST", "SECOND")))
    path, said = tmp_path / "costs.csv", []
    old = Costs("cc 1", {"FIRST": Cost(None, "it cannot be had"), "GONE": Cost(None, "x")})
    assert costs.read(path) == Costs("", {})
    made = costs.measure(Kconfig(str(kconfig)), tmp_path, old, path, said.append)
    assert said == ["1/1 SECOND: 6 bytes (1 code, -2 constants, 3 data, 4 zeroed), with A, B"]
    assert costs.read(path) == made and sorted(made.options) == ["FIRST", "SECOND"]
    assert made.options["FIRST"] == old.options["FIRST"] and made.compiler.startswith("gcc")
    again = costs.measure(Kconfig(str(kconfig)), tmp_path, made, path, said.append)
    assert again == made and len(said) == 1
    with open(kconfig, "a", encoding="utf-8") as stream:
        stream.write('config NEW\n\tbool "x"\nconfig THIRD\n\tbool "x"\n')
    with pytest.raises(KeyboardInterrupt):
        costs.measure(Kconfig(str(kconfig)), tmp_path, made, path, said.append)
    assert sorted(costs.read(path).options) == ["FIRST", "NEW", "SECOND"]
