# SPDX-License-Identifier: MIT
"""The soak: a machine that is typed at for an hour of its own time."""
