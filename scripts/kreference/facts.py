# SPDX-License-Identifier: MIT
"""What the Kconfig files say of an option, as words."""

from __future__ import annotations

from typing import List, NamedTuple, Tuple

import kconfiglib
from kconfiglib import AND, BOOL, Choice, Kconfig, MenuNode, Symbol, split_expr

from kconf.explain import conditions, default_words, dependants, selectors, words
from kconf.values import place, prompts


class Option(NamedTuple):
    """An option, ready to be shown; in the facts its names are options of the page, too."""

    name: str
    prompt: str  # empty for one that follows from others
    menu: Tuple[str, ...]
    facts: List[Tuple[str, str]]
    help: List[str]  # paragraphs


def options_of(kconf: Kconfig) -> List[Option]:
    """All, in the menu's order."""
    return [option_of(symbol) for symbol in kconf.unique_defined_syms]


def option_of(symbol: Symbol) -> Option:
    """One."""
    node = next(iter(prompts(symbol)), symbol.nodes[0])
    text = next((place_.help for place_ in symbol.nodes if place_.help), "") or ""
    return Option(symbol.name, node.prompt[0] if node.prompt else "", menu_of(node),
                  [fact for fact in facts_of(symbol) if fact[1]],
                  [" ".join(part.split()) for part in text.split("\n\n") if part.strip()])


def menu_of(node: MenuNode) -> Tuple[str, ...]:
    """The prompts on the way to it, without the top."""
    path: List[str] = []
    while node.parent and node.parent.parent:
        node = node.parent
        if node.prompt:
            path.insert(0, node.prompt[0])
    return tuple(path)


def facts_of(symbol: Symbol) -> List[Tuple[str, str]]:
    """What is to be told of every option; empty where there is nothing."""
    mine = [member.name for member in symbol.choice.syms] if symbol.choice else []
    return [
        ("type", kconfiglib.TYPE_TO_STR[symbol.orig_type]),
        ("default", default_of(symbol)),
        ("range", ", ".join(f"{low.str_value} to {high.str_value}" + condition_of(symbol, condition)
                            for low, high, condition in symbol.orig_ranges)),
        ("choice", f"one of {', '.join(mine)}" if mine else ""),
        ("depends on", " && ".join(words(part) for part in depends(symbol))),
        ("changed if", " && ".join(words(part) for part in conditions(symbol)
                                   if part not in depends(symbol))),
        ("selects", ", ".join(target.name + condition_of(symbol, condition)
                              for target, condition in symbol.orig_selects)),
        ("selected by", ", ".join(dict.fromkeys(selectors(symbol, False)))),
        ("needed by", ", ".join(other.name for other in dependants(symbol))),
        ("defined in", place(symbol)),
    ]


def depends(symbol: Symbol) -> List[object]:
    """What it depends on, part by part; of a choice, what that does."""
    parts: List[object] = []
    for part in split_expr(symbol.direct_dep, AND):
        parts += conditions(part) if isinstance(part, Choice) else [part]
    return [part for part in parts if part is not symbol.kconfig.y]


def default_of(symbol: Symbol) -> str:
    """Its defaults, one after the other; the first that holds counts."""
    if symbol.choice:
        held = [condition for member, condition in symbol.choice.defaults if member is symbol]
        is_first = not symbol.choice.defaults and symbol.choice.syms[0] is symbol
        return (default_words(symbol.choice, symbol.kconfig.y, held[0]) if held
                else "y" if is_first else "n")
    texts = [default_words(symbol, value, condition) for value, condition in symbol.defaults]
    return ", else ".join(texts) or ("n" if symbol.orig_type == BOOL else "")


def condition_of(symbol: Symbol, condition: object) -> str:
    """Behind a value that does not always hold."""
    return "" if condition is symbol.kconfig.y else f" if {words(condition)}"
