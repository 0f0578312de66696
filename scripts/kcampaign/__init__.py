# SPDX-License-Identifier: MIT
"""The fault campaign: what goes wrong on purpose, and what is seen of it (`make campaign`)."""
