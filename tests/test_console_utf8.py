# SPDX-License-Identifier: MIT
"""Text as UTF-8 on the screen of a booted kernel; the details are in the suites of the code."""

from __future__ import annotations

import pytest

from console_output import output_of
from harness import Machines

UTF8 = "CONFIG_CONSOLE_UTF8=y\n"


@pytest.mark.parametrize("font, ansi", [("8X16", ""), ("16X32", "CONFIG_CONSOLE_ANSI=y\n")],
                         ids=["plain", "ansi"])
def test_utf8(build, machines: Machines, font: str, ansi: str) -> None:
    """Every character of code page 437, others, faults; ASCII behind a fault is never lost."""
    name = f"utf8-{font.lower()}{'-ansi' if ansi else ''}"
    kernel = build(name, f"{UTF8}{ansi}CONFIG_FONT_VGA_{font}=y\n")
    cp437 = [bytes(range(start, start + 32)).decode("cp437") for start in range(0x80, 0x100, 32)]
    with output_of(machines, kernel) as output:
        output.write(b"\r" + "\n".join(cp437).encode() + b"\n")
        output.write("é".encode()[:1])
        output.write("é".encode()[1:] + b"|\xe2\x82(|\xff\n")
        output.write("|\u20ac|\U0001f600|\n".encode())
        rows = output.machine.screenshot().text(kernel.font)
    # Blocks read as blanks, or as the other half in exchanged colours.
    looks = [row.translate(str.maketrans("█▐\xa0", " ▌ ")).rstrip() for row in cp437]
    assert [row.rstrip() for row in rows[:4]] == looks
    replacement = rows[4][2]
    assert rows[4] == f"é|{replacement}(|{replacement}" and replacement not in "é|( "
    assert rows[5] == f"|{replacement}|{replacement}|"
