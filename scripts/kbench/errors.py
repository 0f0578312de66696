# SPDX-License-Identifier: MIT
"""What can go wrong with a run of benchmarks."""


class BenchError(Exception):
    """A sentence to the user: what is missing, what did not end as it should."""
