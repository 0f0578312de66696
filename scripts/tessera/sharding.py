# SPDX-License-Identifier: MIT
"""How tests are shared out. A pytest plugin: SHARD=i/n, as TESSERA_SHARD, runs the i-th of n parts.

Which part a test is in follows from its name alone, so that machines need not agree on anything.
Tests that share a build or a boot (their xdist_group) stay together, and so do the parameters of
one test.
"""

from __future__ import annotations

import os
import zlib
from typing import Tuple

import pytest


def parse(shard: str) -> Tuple[int, int]:
    """Both numbers of i/n."""
    number, _, count = (shard or "1/1").partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise ValueError(f"SHARD={shard}: write i/n, with i from 1 to n")
    return int(number), int(count)


def workers() -> int:
    """How many at a time: one more than there are cores, as each now and then waits for a key's
    time, for a guest that sleeps, or for a look at one that may have halted."""
    return max(2, os.cpu_count() or 2) + 1


def part_of(name: str, count: int) -> int:
    """Which of the parts, from 1 on, a name is in."""
    return zlib.crc32(name.encode()) % count + 1


def pytest_collection_modifyitems(config: pytest.Config, items: "list[pytest.Item]") -> None:
    """Leave the other parts out."""
    number, count = parse(os.environ.get("TESSERA_SHARD", ""))
    kept, left_out = [], []
    for item in items:
        group = item.get_closest_marker("xdist_group")
        name = str(group.args[0]) if group and group.args else item.nodeid.split("[")[0]
        (kept if part_of(name, count) == number else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
