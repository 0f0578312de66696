# SPDX-License-Identifier: MIT
"""The console of a booted kernel, interrupted for good at any instruction: the next text is right.

What a fatal exception does is done by the debugger: the CPU is taken out of the middle of a write,
console_take_over() is called, and a report is written.
"""

from __future__ import annotations

import pytest

from building import Build
from console_output import Output, output_of
from harness import Machines

BUILDS = {
    "reference": "",
    "ways-panning": "CONFIG_CONSOLE_PANNING=y\n",
    "ways-deferred": "CONFIG_CONSOLE_DEFERRED=y\n",
}


def interrupt_at(output: Output, function: str, steps: int, data: bytes) -> None:
    """Begin to write, and stop so many instructions behind the first one of a function."""
    if "shown_at" in output.guest.build.symbols:
        output.make_due()
    output.begin_write(data)
    output.guest.run_to(function)
    for _step in range(steps):
        output.guest.gdb.step()


def color_of(number: int) -> int:
    """Another colour for each number, bright enough to differ from black."""
    return 0x808080 + number * 0x010307


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.xdist_group(f"build {name}")) for name in BUILDS])
def test_colors_are_whole(build, machines: Machines, name: str) -> None:
    """In the middle of making the table of colours: text in the same ones has no others."""
    kernel: Build = build(name, BUILDS[name])
    with output_of(machines, kernel) as output:
        for number, steps in enumerate(range(20, 240, 12)):
            output.call("console_clear")
            output.call("console_set_color", color_of(number))
            interrupt_at(output, "cell_painter_change", steps, b"text")
            output.call("console_take_over", 0)
            output.write(b"\nthe report")
            output.flush()
            screen = output.machine.screenshot()
            assert screen.text(kernel.font)[1] == "the report", f"{steps} instructions"
            assert set(screen.colors()) == {0, color_of(number)}, f"{steps} instructions"
