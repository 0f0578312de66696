# SPDX-License-Identifier: MIT
"""The ways of updating the screen: whatever is written, each shows the same pixels in the end."""

from __future__ import annotations

import random
from typing import Iterator

import pytest

import oracle
from building import Build
from console_output import output_of
from debugger import debugger
from harness import ICOUNT, Machines, poll, wait_dead, wait_idle
from terminal import Terminal
from test_screen import same

# Instructions of a copy of the screen but for a row of text: loads and stores of 8 bytes, eight
# times in a loop with a subtraction and a jump.
COPY = 1280 * 704 * 4 / 8 * 2.25
WAYS = {
    "immediate": "",
    "deferred": "CONFIG_CONSOLE_DEFERRED=y\n",
    "panning": "CONFIG_CONSOLE_PANNING=y\n",
}
# What is left at the edges of cells of 8x14, at 1024x768, are 12 rows of pixels.
UNEVEN = """CONFIG_FONT_VGA_8X14=y
CONFIG_FB_MODE_1024X768=y
CONFIG_CONSOLE_BG=0x203040
"""
BITS_16 = """CONFIG_FB_BPP_16=y
CONFIG_FB_MODE_800X600=y
"""
MORE = {
    "deferred-uneven": WAYS["deferred"] + UNEVEN,
    "panning-uneven": WAYS["panning"] + UNEVEN,
    "panning-16": WAYS["panning"] + BITS_16,
}


def builds(names: "list[str]") -> "list[object]":
    """Parameters, grouped by their build."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(f"build ways-{name}"))
            for name in names]


@pytest.fixture
def kernel(build, request) -> Build:
    """The build of a way."""
    name = request.param
    return build(f"ways-{name}", {**WAYS, **MORE}[name])


def model_of(kernel: Build) -> Terminal:
    """A terminal like the kernel's console, the prompt on it."""
    number = {name: int(kernel.config[name])
              for name in ("FB_WIDTH", "FB_HEIGHT", "CONSOLE_FG", "CONSOLE_BG")}
    model = Terminal(kernel.font, *number.values())
    model.feed("> ")
    return model


def streams(seed: int) -> Iterator[str]:
    """Pieces of output of every kind: lines short and long, what moves the cursor, floods."""
    choose = random.Random(seed)
    printable = "".join(map(chr, range(0x20, 0x7F))) + " " * 40
    for _piece in range(40):
        kind = choose.random()
        if kind < 0.5:
            yield "".join(choose.choices(printable, k=choose.randrange(1, 200))) + "\n"
        elif kind < 0.7:
            yield "".join(choose.choices("ab \b\b\n\x01\xfe\x1b[", k=choose.randrange(1, 300)))
        elif kind < 0.9:
            yield choose.choice("xyz ") * choose.randrange(1, 400) + "\b \b" * choose.randrange(99)
        else:
            yield "".join(f"line {number}\n" for number in range(choose.randrange(1, 300)))


@pytest.mark.parametrize("kernel", builds([*WAYS, *MORE]), indirect=True)
def test_random_streams(kernel: Build, machines: Machines) -> None:
    """Random output gives the pixels of a plain terminal, however it is painted."""
    model = model_of(kernel)
    with output_of(machines, kernel) as output:
        for number, piece in enumerate(streams(5)):
            output.write(piece.encode("latin-1"))
            model.feed(piece)
            if number % 10 == 9:
                output.flush()
                show = model.canvas() if kernel.config["FB_BPP"] != 16 else None
                screen = output.machine.screenshot()
                assert screen.text(kernel.font) == model.text()
                if show:
                    same(screen, show)


@pytest.mark.parametrize("kernel", builds(["panning", "panning-uneven"]), indirect=True)
def test_shapes_do_not_come_back(kernel: Build, machines: Machines) -> None:
    """What is drawn moves with the text, and is not met again when the display's memory is."""
    machine = machines.boot(kernel)
    machine.run_command("clear")
    width, height = int(kernel.config["FB_WIDTH"]), int(kernel.config["FB_HEIGHT"])
    for _time in range(3):
        machine.run_command("help")
    machine.run_command("screenfill red")
    screen = machine.screenshot()
    assert screen.pixel(width - 1, height - 1) == oracle.COLORS["red"]
    start = len(machine.serial_text)
    for _time in range(60):
        machine.run_command("help")
    wait_idle(machine)
    assert oracle.COLORS["red"] not in machine.screenshot().colors()
    model = model_of(kernel)
    model.feed(machine.serial_text[start:])
    assert machine.screenshot().text(kernel.font) == model.text()
    same(machine.screenshot(), model.canvas())


@pytest.mark.parametrize("kernel", builds(["deferred", "panning"]), indirect=True)
def test_shapes_lie_over_the_text_before(kernel: Build, machines: Machines) -> None:
    """A shape is drawn on the part of the memory that is seen, over all text that came before."""
    machine = machines.boot(kernel)
    for _time in range(5):
        machine.run_command("help")
    machine.run_command("screenfill blue")
    screen = machine.screenshot()
    points = [(x, y) for y in range(700) for x in range(0, 1280, 7)]
    assert {screen.pixel(x, y) for x, y in points} == {oracle.COLORS["blue"]}
    machine.run_command("draw rect 100 50 300 200 red")
    screen = machine.screenshot()
    inside = [(x, y) for x, y in points if 100 <= x < 400 and 50 <= y < 250]
    assert {screen.pixel(x, y) for x, y in inside} == {oracle.COLORS["red"]}
    edge = [(99, 60), (400, 60), (200, 49), (200, 250)]
    assert oracle.COLORS["red"] not in {screen.pixel(x, y) for x, y in edge}


@pytest.mark.parametrize("kernel", builds(["deferred"]), indirect=True)
def test_last_words_are_shown(kernel: Build, machines: Machines) -> None:
    """What was put off is on the screen when the kernel ends, by `halt` or by a panic."""
    for line, words in (("halt", "System halted."), ("panic", "CPU halted.")):
        machine = machines.boot(kernel)
        machine.run_command("clear")
        machine.type_text(line + "\n")
        wait_dead(machine)
        assert words in machine.screenshot().text(kernel.font)
        machine.close()


@pytest.mark.parametrize("kernel", builds(["deferred"]), indirect=True)
def test_a_report_is_not_put_off(kernel: Build, machines: Machines) -> None:
    """Ticks stand still while a panic is told; each part of it is shown when it is written."""
    with output_of(machines, kernel) as output:
        output.write(b"before")
        output.call("console_take_over", 0)
        output.write(b"\nKERNEL PANIC: some")
        output.write(b" words")
        screen = output.machine.screenshot()
    assert "KERNEL PANIC: some words" in screen.text(kernel.font)


@pytest.mark.parametrize("kernel", builds(["deferred"]), indirect=True)
def test_deferred_text_waits_for_the_flush(kernel: Build, machines: Machines) -> None:
    """While the thread does not rest, text is kept; a tick later, or asked to, it is shown."""
    with output_of(machines, kernel, extra=ICOUNT) as output:
        output.stop_ticks()
        output.make_due()
        output.write(b"seen ")
        before = output.cost("console_sink_write", b"x" * 80)
    assert before < 80 * 40, "a line that is not shown is stored, not painted"


@pytest.mark.parametrize("kernel", builds(["deferred"]), indirect=True)
def test_a_flush_counts_as_shown(kernel: Build, machines: Machines) -> None:
    """The next time is counted from it: what follows at once is put off."""
    with output_of(machines, kernel, extra=ICOUNT) as output:
        output.stop_ticks()
        output.make_due()
        output.flush()
        assert output.cost("console_sink_write", b"x" * 80) < 80 * 40


@pytest.mark.parametrize("kernel", builds(["deferred"]), indirect=True)
def test_deferred_text_is_shown_when_idle(kernel: Build, machines: Machines) -> None:
    """Nobody has to ask: what is typed appears."""
    machine = machines.boot(kernel)
    machine.run_command("clear")
    machine.type_text("echo typed")
    poll(lambda: machine.screenshot().text(kernel.font)[0] == "> echo typed", "the line is shown")


@pytest.mark.parametrize("kernel", builds(["panning"]), indirect=True)
def test_a_scroll_by_the_display_costs_nothing(kernel: Build, machines: Machines) -> None:
    """1,000 times less than copying the screen, 8 bytes an instruction pair."""
    with output_of(machines, kernel, extra=ICOUNT) as output:
        output.write(b"some text\n" * 60)
        cost = output.cost("console_sink_write", b"\n")
    print("instructions of a scroll:", cost)
    assert cost * 1000 < COPY


@pytest.mark.parametrize("kernel", builds(["panning"]), indirect=True)
def test_a_scroll_costs_nothing_once_all_rows_were_used(kernel: Build, machines: Machines) -> None:
    """The display's memory has been full of text: the same when idle, else one row is filled."""
    costs = []
    for is_idle in (True, False):
        with output_of(machines, kernel, extra=ICOUNT) as output:
            for _time in range(26):
                output.write(((b"more text of 80 characters " * 3)[:80] + b"\n") * 10)
            while is_idle and output.call("idle_work_run") & 1:
                pass
            costs.append(output.cost("console_sink_write", b"\n"))
    print("instructions of a scroll, having idled, and not:", costs)
    assert costs[0] * 1000 < COPY
    assert costs[1] < 1280 * 16 * 4 / 8 * 2, "not more than a loop over one row"


@pytest.mark.parametrize("kernel", builds(["panning-uneven"]), indirect=True)
def test_idling_is_not_seen(kernel: Build, machines: Machines) -> None:
    """Rows that are emptied ahead lie below the screen: also by half a row, after a clear."""
    model = model_of(kernel)
    with output_of(machines, kernel) as output:
        for round_ in range(4):
            for number, piece in enumerate(streams(round_)):
                output.write(piece.encode("latin-1"))
                model.feed(piece)
                if number % 8 == 7:
                    while output.call("idle_work_run") & 1:
                        pass
                    same(output.machine.screenshot(), model.canvas())
            output.call("console_clear")
            model.clear()
            same(output.machine.screenshot(), model.canvas())


@pytest.mark.parametrize("kernel", builds(["panning"]), indirect=True)
def test_little_memory(kernel: Build, machines: Machines) -> None:
    """Memory for all rows of the display is not to be had: fewer are used, down to the screen's."""
    for failures in (1, 2, 3):
        machine = machines.start(kernel, gdb=True, paused=True)
        with debugger(machine, kernel) as guest:
            guest.run_to("text_console_start")
            for _time in range(failures):
                guest.run_to("vm_alloc")
                stack = guest.gdb.read_register("rsp")
                back = guest.return_address()
                guest.gdb.write_register("rax", 0)
                guest.gdb.write_register("rsp", stack + 8)
                guest.gdb.write_register("rip", back)
            guest.gdb.resume()
            machine.wait_prompt()
            machine.run_command("clear")
            start = len(machine.serial_text)
            for _time in range(20):
                machine.run_command("help")
            wait_idle(machine)
            model = model_of(kernel)
            model.feed(machine.serial_text[start:])
            same(machine.screenshot(), model.canvas())
        machine.close()


@pytest.mark.parametrize("kernel", builds(["panning"]), indirect=True)
def test_who_does_not_draw_does_not_ask(kernel: Build, machines: Machines) -> None:
    """The screen is not taken for drawn on by what only tells of it, or refuses."""
    machine = machines.boot(kernel, gdb=True)
    with debugger(machine, kernel) as guest:
        guest.gdb.set_breakpoint(guest.address("framebuffer_surface"))
        guest.gdb.resume()
        assert "1280x720" in machine.run_command("info")
        assert "Invalid" in machine.run_command("draw rect 1 2 3 a red")
        assert "Usage" in machine.run_command("draw rect 1 2")
        machine.run_command("screenfill nothing")
        machine.run_command("screenfill")


def test_a_display_that_does_not_move(build, machines: Machines) -> None:
    """Other cards: it is said, and the text moves."""
    kernel = build("ways-panning", WAYS["panning"])
    for options in ({"extra": ["-vga", "virtio"]}, {"extra": ["-global", "VGA.vgamem_mb=4"]}):
        machine = machines.boot(kernel, **options)
        assert "framebuffer_pan: this display " in machine.serial_text
        assert "text is repainted instead" in machine.serial_text
        assert machine.serial_text.count("bochs_display: ") == 1
        for _time in range(6):
            machine.run_command("help")
        assert "> help" in machine.screenshot().text(kernel.font)
        machine.close()


def test_the_display_that_grub_set_moves(build, machines: Machines) -> None:
    """By VBE and by GOP."""
    kernel = build("ways-panning", WAYS["panning"])
    for firmware in ("bios", "uefi"):
        machine = machines.boot(kernel, firmware=firmware)
        assert "framebuffer_pan: 3276 rows of pixels, the screen shows 720" in machine.serial_text
        machine.close()
