# SPDX-License-Identifier: MIT
"""The picture above the text: every pixel, at every depth, clipped, scrolled away, cleared away."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from tessera.ppm import Picture, PictureError
from tessera.promises import shown_color
from tessera.qemu import Machine

import kconfig_rules
import oracle
import promises
from building import ROOT, Build, make
from configurations import PVH
from debugger import debugger
from harness import Machines, poll, wait_idle
from oracle import Canvas
from terminal import Terminal

WHITE, BLACK = 0xFFFFFF, 0x000000
PIECE = 256  # a cell's code from which on it is a piece of the picture

of_one_build = pytest.mark.xdist_group("build logo")


class LogoTerminal(Terminal):
    """A terminal that begins with a picture, in pieces as large as its cells."""

    def __init__(self, build: Build, width: int, height: int, bits: int, picture: Picture) -> None:
        self._bits, self._picture = bits, picture
        super().__init__(build.font, width, height, shown_color(WHITE, bits), BLACK)
        font = build.font
        self._across = min(self.columns, -(-picture.width // font.width))
        for row in range(min(self.rows // 2, -(-picture.height // font.height))):
            for column in range(self._across):
                self._show(PIECE + row * self._across + column)
            self._next_row(False)

    def _paint_cell(self, canvas: Canvas, x: int, y: int, byte: int, fg: int) -> None:
        if byte < PIECE:
            super()._paint_cell(canvas, x, y, byte, fg)
            return
        width, height, picture = self.font.width, self.font.height, self._picture
        row, column = divmod(byte - PIECE, self._across)
        for down in range(min(height, picture.height - row * height)):
            for right in range(min(width, picture.width - column * width)):
                at = 3 * ((row * height + down) * picture.width + column * width + right)
                color = int.from_bytes(picture.rgb[at:at + 3], "big")
                canvas.rect(x * width + right, y * height + down, 1, 1,
                            shown_color(color, self._bits))


def make_picture(path: Path, width: int, height: int, maximum: int) -> Picture:
    """A picture of noise, written and read again."""
    noise = random.Random(f"{width}x{height}")
    pixels = bytes(noise.randint(0, maximum) for _ in range(3 * width * height))
    path.write_bytes(b"P6\n# of noise\n%d %d\n%d\n" % (width, height, maximum) + pixels)
    return Picture.parse(path.read_bytes())


def configured(build, logo: Path, more: str) -> Build:
    """A kernel with this logo, in the folder that these tests share."""
    lines = f'CONFIG_CONSOLE_LOGO=y\nCONFIG_CONSOLE_LOGO_FILE="{logo}"\n'
    return build("logo", PVH + lines + more, goal="build")


def model_of(machine: Machine, kernel: Build, picture: Picture) -> LogoTerminal:
    """The screen that belongs to all that was said since the first line of the log."""
    width, height, bits = (int(kernel.config[f"FB_{name}"]) for name in ("WIDTH", "HEIGHT", "BPP"))
    model = LogoTerminal(kernel, width, height, bits, picture)
    model.feed(machine.serial_text[machine.serial_text.index("uart16550: "):])
    return model


def expect_pixels(machine: Machine, model: Terminal, bits: int = 32) -> None:
    """The screen is the model's."""
    screen = machine.screenshot().of_depth(bits)
    assert not oracle.difference(model.canvas(), screen.width, screen.height, screen.rgb)


@of_one_build
@pytest.mark.parametrize("bits, size, maximum, font, way", [
    (32, (128, 64), 255, "8X16", "IMMEDIATE"), (24, (37, 21), 200, "8X14", "DEFERRED"),
    (16, (5, 33), 255, "8X8", "PANNING"), (15, (300, 40), 1, "16X32", "IMMEDIATE"),
    (32, (90, 100), 255, "8X14", "PANNING"),
])
def test_logo(
    build, machines: Machines, tmp_path: Path, bits: int, size: "tuple[int, int]", maximum: int,
    font: str, way: str
) -> None:
    """At the top when the console starts; it goes up with the text, and away with `clear`."""
    picture = make_picture(tmp_path / "logo.ppm", *size, maximum)
    kernel = configured(build, tmp_path / "logo.ppm", (
        f"CONFIG_FB_BPP_{bits}=y\nCONFIG_FONT_VGA_{font}=y\nCONFIG_FB_MODE_800X600=y\n"
        f"CONFIG_CONSOLE_{way}=y\n"))
    machine = machines.boot(kernel, direct=True)
    wait_idle(machine)
    expect_pixels(machine, model_of(machine, kernel, picture), bits)
    for _time in range(5):  # 12 lines each
        machine.run_command("help")
    expect_pixels(machine, model_of(machine, kernel, picture), bits)
    machine.run_command("clear")
    model = Terminal(kernel.font, 800, 600, shown_color(WHITE, bits), BLACK)
    model.feed("> ")
    expect_pixels(machine, model, bits)


@of_one_build
def test_logo_larger_than_the_screen(build, machines: Machines, tmp_path: Path) -> None:
    """All of the width and half of the height are used, and the text has the rest."""
    picture = make_picture(tmp_path / "logo.ppm", 700, 300, 255)
    kernel = configured(build, tmp_path / "logo.ppm", (
        "CONFIG_FB_MODE_CUSTOM=y\nCONFIG_FB_WIDTH=328\nCONFIG_FB_HEIGHT=203\n"
        "CONFIG_FONT_VGA_8X8=y\n# CONFIG_SHELL is not set\n"))
    machine = machines.start(kernel, direct=True)
    machine.wait_text(promises.NO_SHELL + "\n")
    poll(lambda: promises.is_in_kernel(machine), "the kernel sleeps")
    expect_pixels(machine, model_of(machine, kernel, picture))


@of_one_build
def test_the_logo_of_the_tree(build, machines: Machines, tmp_path: Path) -> None:
    """It is what the script makes, it is shown, and without it the kernel says so and goes on."""
    logo = "drivers/video/logos/tessera.ppm"
    data = (ROOT / logo).read_bytes()
    make_it = f"{ROOT}/scripts/make_logo.py"
    subprocess.run([sys.executable, make_it, "--output", tmp_path / "again.ppm"], check=True)
    assert (tmp_path / "again.ppm").read_bytes() == data
    kernel = configured(build, Path(logo), "")
    machine = machines.start(kernel, direct=True, gdb=True, paused=True)
    with debugger(machine, kernel) as guest:
        guest.run_to("console_logo_load")
        guest.gdb.write_memory(kernel.symbols["logo_data_start"], b"Q")
        guest.gdb.resume()
        machine.wait_prompt()
    assert (f"warning: console_logo: {logo} is no PPM picture that can be used\n"
            in machine.serial_text)
    nothing = Terminal(kernel.font, 1280, 720, WHITE, BLACK)
    nothing.feed(machine.serial_text[machine.serial_text.index("uart16550: "):])
    expect_pixels(machine, nothing)
    machine = machines.boot(kernel, direct=True)
    wait_idle(machine)
    expect_pixels(machine, model_of(machine, kernel, Picture.parse(data)))


WRONG = {
    "": "names no file", "nowhere.ppm": "cannot be read: No such file", "a;b.ppm": "make cannot",
}
WRONG_BYTES = {
    b"": "its header is none of P6", b"P6 1 1": "its header is none of P6",
    b"P3 1 1 255 1 2 3": "a PPM picture written as text", b"P5 1 1 255 x": "in grey",
    b"\x89PNG\r\n": "a PNG picture", b"\x1f\x8b": "compressed",
    b"P6 0 5 255\n": "0x5 is not a size", b"P6 16385 5 255\n": "is not a size",
    b"P6 1 1 65535\nxxxxxx": "values up to 65535", b"P6 2 1 255\nxxxxx": "cut short",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_logo_that_is_no_file(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The configuration is refused with a sentence."""
    monkeypatch.chdir(ROOT)
    (fault,) = kconfig_rules.check(lambda _name: None, {"CONSOLE_LOGO_FILE": name}.get)
    assert fault[0] == "CONSOLE_LOGO_FILE" and WRONG[name] in fault[1]


@pytest.mark.parametrize("data", WRONG_BYTES)
def test_a_logo_that_is_no_picture(tmp_path: Path, data: bytes) -> None:
    """So it is for a file that the kernel could not use."""
    with pytest.raises(PictureError):
        Picture.parse(data)
    path = tmp_path / "logo.ppm"
    path.write_bytes(data)
    (fault,) = kconfig_rules.check(lambda _name: None, {"CONSOLE_LOGO_FILE": str(path)}.get)
    assert WRONG_BYTES[data] in fault[1]


def test_logo_is_looked_at_again(tmp_path: Path) -> None:
    """One that changes is taken in; one that is broken or gone is told."""
    out, built = f"O={tmp_path}", f"{tmp_path}/drivers/video/logo_data.o"
    make_picture(tmp_path / "my logo.ppm", 3, 2, 255)
    (tmp_path / "f").write_text(
        f'CONFIG_CONSOLE_LOGO=y\nCONFIG_CONSOLE_LOGO_FILE="{tmp_path}/my logo.ppm"\n')
    make(out, "defconfig", f"FRAGMENTS={tmp_path}/f")
    assert "logo_data.o" in make(out, built).stdout
    assert "up to date" in make(out, built).stdout
    make_picture(tmp_path / "my logo.ppm", 2, 2, 9)
    assert "AS      drivers/video/logo_data.o" in make(out, built).stdout
    (tmp_path / "my logo.ppm").write_text("P3 1 1 1 0 0 0")
    assert "a PPM picture written as text" in make(out, built, check=False).stdout
    (tmp_path / "my logo.ppm").unlink()
    done = make(out, built, check=False)
    assert done.returncode and "CONFIG_CONSOLE_LOGO_FILE: " in done.stdout
    assert "cannot be read" in done.stdout
