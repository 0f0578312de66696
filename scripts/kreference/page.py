# SPDX-License-Identifier: MIT
"""The page: one file of HTML, with its style and its script, that needs nothing else.

All options stand in it, so that it can be read, searched by the browser and linked to without the
script, which only hides what does not fit what is looked for.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

from kreference.costs import Cost, words
from kreference.facts import Option

TEMPLATE = Path(__file__).parent / "page.html"


def page(options: List[Option], costs: Dict[str, Cost], version: str, compiler: str) -> str:
    """The whole file."""
    names = {option.name for option in options}
    body = "\n".join(part for menu, members in by_menu(options)
                     for part in section(menu, members, costs, names))
    text = TEMPLATE.read_text(encoding="utf-8")
    filled = {"VERSION": escape(version), "COUNT": str(len(options)), "OPTIONS": body,
              "COMPILER": escape(compiler or "nothing yet: make reference COSTS=1")}
    return re.sub(r"@(VERSION|COUNT|OPTIONS|COMPILER)@", lambda found: filled[found[1]], text)


def by_menu(options: List[Option]) -> Iterator[Tuple[Tuple[str, ...], List[Option]]]:
    """The menus in order, each once, with what stands in it."""
    menus: Dict[Tuple[str, ...], List[Option]] = {}
    for option in options:
        menus.setdefault(option.menu, []).append(option)
    yield from menus.items()


def section(menu: Tuple[str, ...], options: List[Option], costs: Dict[str, Cost],
            names: "set[str]") -> Iterator[str]:
    """A menu."""
    title = " › ".join(menu) or "Top"
    yield f'<section><h2>{escape(title)}</h2>'
    for option in options:
        yield article(option, costs[option.name], names)
    yield "</section>"


def article(option: Option, cost: Cost, names: "set[str]") -> str:
    """An option."""
    rows = [*option.facts, ("menu", " › ".join(option.menu)), ("costs", words(cost))]
    facts = "".join(f"<dt>{name}</dt><dd>{linked(text, names - {option.name})}</dd>"
                    for name, text in rows if text)
    texts = "".join(f"<p>{linked(text, names - {option.name})}</p>" for text in option.help)
    prompt = escape(option.prompt) or "<i>follows from others</i>"
    kind = "" if option.prompt else ' class="derived"'
    return (f'<article id="{option.name}"{kind}><h3><a href="#{option.name}">{option.name}</a> '
            f"<span>{prompt}</span></h3>{texts}<dl>{facts}</dl></article>")


def linked(text: str, names: "set[str]") -> str:
    """Text with links where it names an option, and what is in backquotes as code."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    return re.sub(r"[A-Z][A-Z0-9_]+", lambda found: f'<a href="#{found[0]}">{found[0]}</a>'
                  if found[0] in names else found[0], text)
