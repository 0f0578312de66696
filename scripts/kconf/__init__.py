# SPDX-License-Identifier: MIT
"""The configuration: kconfiglib with strict input, and the helpers around it."""
