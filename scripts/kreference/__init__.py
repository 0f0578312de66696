# SPDX-License-Identifier: MIT
"""The reference of all options as one page of HTML (`make reference`)."""
