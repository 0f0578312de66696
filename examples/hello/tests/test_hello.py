# SPDX-License-Identifier: MIT
"""The example: its driver starts, its command answers."""

import re


def test_greet(machine):
    assert re.search(r"^rtc: it is [0-2]\d[0-5]\d$", machine.serial_text, re.MULTILINE)
    assert re.fullmatch(r"Hello, Ada! It is \d{4}\.\n", machine.run_command("greet Ada"))
