# SPDX-License-Identifier: MIT
"""What `tessera ...` shows in gdb, a module a command."""
