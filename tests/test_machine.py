# SPDX-License-Identifier: MIT
"""tessera.qemu.Machine itself, where QEMU is slow or hangs: a made-up QEMU stands for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Callable

import pytest
from tessera.errors import QEMU
from tessera.qemu import Machine

# The capabilities are negotiated; then comes the story.
PRETENDED = """\
#!{python}
import json, re, socket, sys, time
serial, control = (socket.socket(fileno=int(re.search(r"fd=(\\d+)", word).group(1)))
                   for word in sys.argv if word.startswith("socket,id=tessera-"))
def tell(message):
    control.sendall(json.dumps(message).encode() + b"\\n")
def answer(command, text=""):
    tell({{"id": command["id"], "return": text}})
def shut_down():
    tell({{"event": "SHUTDOWN", "data": {{"guest": True, "reason": "guest-shutdown"}}}})
commands = (json.loads(line) for line in control.makefile())
answer(next(commands))
{story}
"""


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Machine]:
    """A machine whose QEMU does what a few lines of Python say."""

    def start(story: str) -> Machine:
        program = tmp_path / QEMU
        program.write_text(PRETENDED.format(python=sys.executable, story=story))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return Machine(tmp_path / "none.iso", trace=False)

    return start


def test_it_hangs_at_its_end(pretend: Callable[[str], Machine]) -> None:
    """A QEMU that says that it ends, and does not, is ended as if it had."""
    with pretend("shut_down(); time.sleep(600)") as machine:
        assert machine.exit_status(60) == 0
        assert machine.guest_power_off


def test_it_stays_after_its_end(pretend: Callable[[str], Machine]) -> None:
    """With -no-shutdown it tells the same, but it answers, and is left alone."""
    story = "shut_down()\nfor one in commands:\n    answer(one, one['execute'])"
    with pretend(story + "\n    if one['execute'] == 'query-status': tell({'event': 'ASKED'})"
                 ) as machine:
        machine.wait(lambda: machine.events[-1:] == [{"event": "ASKED"}], 60)
        assert machine.events[-1] == {"event": "ASKED"}
        assert machine.hmp("help") == "human-monitor-command" and machine.running


def test_text_comes_before_the_answer(pretend: Callable[[str], Machine]) -> None:
    """What the guest said before QEMU answered is there with the answer."""
    story = ("for one in commands:\n"
             "    serial.sendall(b'x' * 70000)\n"
             "    answer(one)")
    with pretend(story) as machine:
        for count in range(1, 200):
            machine.hmp("info registers")
            assert len(machine.serial_text) == 70000 * count
