# SPDX-License-Identifier: MIT
"""The matrix: which configurations to build, boot and test so that every pair of values occurs."""
