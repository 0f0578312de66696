# SPDX-License-Identifier: MIT
"""What the runner and the tests share: QEMU, its screen, its debugger, the configuration."""
