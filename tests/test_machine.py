# SPDX-License-Identifier: MIT
"""tessera.qemu.Machine itself, where QEMU is slow or hangs: a made-up QEMU stands for it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, Callable

import pytest
from tessera import qemu
from tessera.errors import QEMU
from tessera.qemu import Machine

# The capabilities are negotiated; then comes the story.
PRETENDED = """\
#!{python}
import json, os, re, socket, sys, time
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
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Machine]:
    """A machine whose QEMU does what a few lines of Python say; it is given less time to end."""
    monkeypatch.setattr(qemu, "_ENDING_S", 0.5)
    monkeypatch.setattr(qemu, "_ANSWER_S", 2.0)

    def start(story: str, **options: Any) -> Machine:
        program = tmp_path / QEMU
        program.write_text(PRETENDED.format(python=sys.executable, story=story))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return Machine(tmp_path / "none.iso", trace=False, **options)

    return start


@pytest.mark.parametrize("debug_exit, status", [(False, 0), (True, -signal.SIGKILL)])
def test_it_hangs_at_its_end(pretend: Callable[..., Machine], debug_exit: bool, status: int
                             ) -> None:
    """A QEMU that says that it ends, and does not, is ended; with 0, where it can have no other."""
    with pretend("shut_down(); time.sleep(600)", debug_exit=debug_exit) as machine:
        assert machine.exit_status(60) == status
        assert machine.guest_power_off


def test_it_takes_long_to_end(pretend: Callable[..., Machine]) -> None:
    """What QEMU ended with counts, though it closed the connection long before it did."""
    story = "shut_down(); next(commands); control.shutdown(2); time.sleep(3); os._exit(35)"
    with pretend(story) as machine:
        assert machine.exit_status(60) == 35


def test_it_stays_after_its_end(pretend: Callable[..., Machine]) -> None:
    """With -no-shutdown it tells the same, but it answers, and is left alone."""
    story = "shut_down()\nfor one in commands:\n    answer(one, one['execute'])"
    with pretend(story + "\n    if one['execute'] == 'query-status': tell({'event': 'ASKED'})"
                 ) as machine:
        machine.wait(lambda: machine.events[-1:] == [{"event": "ASKED"}], 60)
        assert machine.events[-1] == {"event": "ASKED"}
        assert machine.hmp("help") == "human-monitor-command"
        assert not machine.wait(lambda: machine.status is not None, 1)


def test_text_comes_before_the_answer(pretend: Callable[..., Machine]) -> None:
    """What the guest said before QEMU answered is there with the answer."""
    story = ("for one in commands:\n"
             "    serial.sendall(b'x' * 70000)\n"
             "    answer(one)")
    with pretend(story) as machine:
        for count in range(1, 200):
            machine.hmp("info registers")
            assert len(machine.serial_text) == 70000 * count
