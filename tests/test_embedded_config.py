# SPDX-License-Identifier: MIT
"""The configuration travels with the image: EMBED_CONFIG, `config`, scripts/extract-config."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import ROOT, SCRIPTS, Done, Output, run

from tessera.qemu import Machine  # noqa: E402

# Far from the reference, quick to build; the example's options are there, too.
LINES = ("CONFIG_SHELL_CMD_CONFIG=y", "# CONFIG_FRAMEBUFFER is not set", "CONFIG_TIMER_HZ=250",
         "CONFIG_HEAP_BASE=0x555555550000", "# CONFIG_HELLO_GREET is not set")
EXTERNAL = f"EXTERNAL={ROOT / 'examples/hello'}"

pytestmark = pytest.mark.xdist_group("embedded")


def extract(path: Path) -> Done:
    """Run scripts/extract-config."""
    return run(SCRIPTS / "extract-config", path)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """An image that carries its configuration."""
    out = Output(tmp_path_factory.mktemp("embedded") / "out")
    out.configure(*LINES, words=[EXTERNAL])
    out.build_first(EXTERNAL)
    return out


@pytest.fixture(scope="module")
def rebuilt(image: Output) -> Output:
    """What is built from the configuration that the first image carries."""
    out = Output(image.path.parent / "rebuilt")
    text = image.path.parent / "extracted"
    text.write_text(extract(image.iso).good())
    out.make(EXTERNAL, "defconfig", f"FRAGMENTS={text}", "iso").good()
    return out


def test_elf_and_iso_carry_the_configuration(image: Output) -> None:
    """Both hold it as a whole: every line that was asked for, and where more options come from."""
    text = extract(image.elf).good()
    assert text == extract(image.iso).good()
    assert set(LINES) <= set(text.splitlines())
    assert "# EXTERNAL: hello" in text.splitlines()
    assert str(ROOT) not in text


def test_building_from_it_gives_the_same_bytes(image: Output, rebuilt: Output) -> None:
    """Kernel and image are the same byte for byte, and so is .config; one number changed, they
    are not."""
    assert rebuilt.iso.read_bytes() == image.iso.read_bytes()
    assert rebuilt.elf.read_bytes() == image.elf.read_bytes()
    assert rebuilt.config.read_text() == image.config.read_text()
    text = image.path.parent / "extracted"
    seeded = image.path.parent / "seeded"
    seeded.write_text(text.read_text().replace("TIMER_HZ=250", "TIMER_HZ=251"))
    rebuilt.make(EXTERNAL, "defconfig", f"FRAGMENTS={seeded}", "iso").good()
    assert rebuilt.iso.read_bytes() != image.iso.read_bytes()
    assert rebuilt.elf.read_bytes() != image.elf.read_bytes()
    assert "TIMER_HZ=251" in extract(rebuilt.elf).good()
    rebuilt.make(EXTERNAL, "defconfig", f"FRAGMENTS={text}", "all").good()
    assert rebuilt.elf.read_bytes() == image.elf.read_bytes()


def test_shell_prints_it(image: Output) -> None:
    """`config` prints what extract-config reads."""
    with Machine(image.iso) as machine:
        machine.wait_prompt()
        assert machine.run_command("config") == extract(image.iso).good()


def test_off_it_costs_nothing(image: Output, rebuilt: Output) -> None:
    """Without the option not a byte of it is in the kernel, and extract-config says so."""
    rebuilt.configure(*LINES[1:], words=[EXTERNAL])
    rebuilt.make("all").good()
    assert b"config_text" in image.elf.read_bytes()
    data = rebuilt.elf.read_bytes()
    assert not any(word in data for word in (b"config_text", b"CONFIG_HEAP", b"- Configuration of"))
    said = extract(rebuilt.elf).bad()
    assert str(rebuilt.elf) in said and "EMBED_CONFIG" in said and said.count("\n") == 1


def test_what_is_no_image_is_told(image: Output, tmp_path: Path) -> None:
    """A sentence, and no traceback, for a file that is none, cut short, or two in one."""
    empty, cut, two = (tmp_path / name for name in ("empty", "cut", "two"))
    empty.write_bytes(b"")
    assert "carries no configuration" in extract(empty).bad()
    data = image.elf.read_bytes()
    cut.write_bytes(data[:data.index(b"CONFIG_TIMER_HZ=250")])
    assert "cut short or damaged" in extract(cut).bad()
    two.write_bytes(data + data.replace(b"TIMER_HZ=250", b"TIMER_HZ=100"))
    assert "2 different configurations" in extract(two).bad()
    two.write_bytes(data + data)
    extract(two).good()
    piped = run("sh", "-c", f"{SCRIPTS}/extract-config /dev/stdin <{two} >/dev/full").bad()
    assert piped == "The configuration cannot be written: No space left on device\n"
    assert run("sh", "-c", f"cat {two} | {SCRIPTS}/extract-config /dev/stdin").good()
    for path in (tmp_path / "none", tmp_path):
        said = extract(path).bad()
        assert said.startswith(f"{path} cannot be read: ") and said.count("\n") == 1
    assert "Usage" in run(SCRIPTS / "extract-config").bad()
