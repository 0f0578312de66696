# SPDX-License-Identifier: MIT
"""The drawing in docs/architecture.md is that of today's sources."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import draw_includes
from draw_includes import PICTURE, ROOT, draw, read_uses


def write(tree: Path, name: str, *headers: str) -> None:
    """A source with these #includes."""
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text("".join(f"#include <{header}>\n" for header in headers))


def test_the_picture_is_of_today() -> None:
    """Else `make drawing` makes it anew."""
    picture = draw(ROOT)
    assert PICTURE.read_text() == picture, "make drawing"
    ElementTree.fromstring(picture)
    assert "(images/includes.svg)" in (ROOT / "docs/architecture.md").read_text()


def test_includes_are_counted(tmp_path: Path) -> None:
    """Whose a header is; what every file may include, suites and one's own headers are left out."""
    write(tmp_path, "shell/a.c", "lib/ring.h", "lib/parse.h", "kernel/types.h", "stddef.h",
          "shell/command.h")
    write(tmp_path, "shell/a_test.c", "mm/heap.h")
    write(tmp_path, "include/video/b.h", "kernel/log.h")
    write(tmp_path, "mm/c.c", "video/surface.h", "generated/autoconf.h")
    write(tmp_path, "arch/x86_64/kernel/d.S", "mm/frames.h")
    assert read_uses(tmp_path) == {("shell", "lib"): 2, ("drivers", "kernel"): 1,
                                   ("mm", "drivers"): 1, ("arch", "mm"): 1}


def test_each_use_is_an_arrow(tmp_path: Path) -> None:
    """Dashed where it goes up; a box names the folders within."""
    for name, header in (("init/a.c", "lib/ring.h"), ("lib/b.c", "arch/string.h"),
                         ("shell/edit/c.c", "kernel/log.h"), ("kernel/d.c", "arch/cpu.h"),
                         ("shell/edit/e/f.c", "mm/heap.h")):
        write(tmp_path, name, header)
    picture = ElementTree.fromstring(draw(tmp_path))
    svg = {"svg": "http://www.w3.org/2000/svg"}
    told = {(path.attrib["class"], path[0].text) for path in picture.findall("svg:path", svg)
            if len(path)}
    assert told == {("use", "init uses lib"), ("use up", "lib uses arch"),
                    ("use", "kernel uses arch"), ("use", "shell uses kernel"),
                    ("use", "shell uses mm")}
    assert "edit" in [text.text for text in picture.findall("svg:text", svg)]


def test_the_command(tmp_path: Path, monkeypatch) -> None:
    """Where the picture goes."""
    monkeypatch.setattr("sys.argv", ["draw_includes.py", "--output", str(tmp_path / "a.svg")])
    draw_includes.main()
    assert (tmp_path / "a.svg").read_text() == PICTURE.read_text()
