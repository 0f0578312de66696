# SPDX-License-Identifier: MIT
"""Mutants: small mechanical changes of the source, which the tests are to notice."""
