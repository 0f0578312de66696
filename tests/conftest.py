# SPDX-License-Identifier: MIT
"""Fixtures: builds, machines of one's own, and the booted reference kernel that tests share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Callable, Iterator, Optional

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from tessera.qemu import Machine  # noqa: E402

import building  # noqa: E402
from building import Build  # noqa: E402
from harness import Machines  # noqa: E402

FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def reference() -> Build:
    """The reference kernel: what `make defconfig iso` builds."""
    return building.build("reference")


@pytest.fixture
def machines() -> Iterator[Machines]:
    """Machines for one test alone."""
    own = Machines()
    yield own
    own.close()


class SharedShell:
    """One booted reference kernel a worker: booted once, and again after a test that failed."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._machines = Machines()
        self._machine: Optional[Machine] = None

    def get(self) -> Machine:
        """The machine, at its prompt, the screen empty, text white."""
        if self._machine is None:
            self._machine = self._machines.boot(self._build)
        machine = self._machine
        machine.run_command("color white")
        machine.run_command("clear")
        return machine

    def drop(self) -> None:
        """Boot anew for the next test."""
        self._machines.close()
        self._machine = None


@pytest.fixture(scope="session")
def _shared_shell(reference: Build) -> Iterator[SharedShell]:
    shared = SharedShell(reference)
    yield shared
    shared.drop()


def pytest_collection_modifyitems(items: "list[pytest.Item]") -> None:
    """The longest test first: at the end the other worker would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember on the item that it failed, for fixtures that must not be used again then."""
    outcome = yield
    if outcome.get_result().failed:
        item.stash[FAILED] = True


@pytest.fixture
def shell(request: pytest.FixtureRequest, _shared_shell: SharedShell) -> Iterator[Machine]:
    """The reference kernel at its prompt, shared with other tests: leave it usable."""
    try:
        machine = _shared_shell.get()
    except Exception:
        _shared_shell.drop()
        raise
    yield machine
    if request.node.stash.get(FAILED, False) or not machine.running:
        _shared_shell.drop()


@pytest.fixture(scope="session")
def build() -> Callable[..., Build]:
    """Build a configuration of one's own: build(name, fragment)."""
    return building.build
