# SPDX-License-Identifier: MIT
"""Benchmarks: run in the kernel and on the host, read, compared, shown (`make bench`)."""
