# SPDX-License-Identifier: MIT
"""Starts QEMU so that it never outlives whoever started it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from typing import IO, Any, Callable, Optional, Sequence

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _load_prctl() -> Optional[Callable[..., int]]:
    """prctl() of the C library, looked up before any fork, where there is one."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        return ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return None


_prctl = _load_prctl()


def die_with_parent(sig: int = signal.SIGKILL) -> None:
    """Have the kernel send us sig when our parent ends, even by kill -9 (Linux only)."""
    if _prctl is not None:
        _prctl(_PR_SET_PDEATHSIG, int(sig), 0, 0, 0)


def spawn(command: Sequence[str], stderr: "IO[Any]",
          pass_fds: Sequence[int] = ()) -> "subprocess.Popen[bytes]":
    """Start a child that dies with us, gets no terminal signal, and never reads our input.

    The child dies with the *thread* that started it: start it in one that lasts.
    """
    parent = os.getpid()

    def in_child() -> None:
        die_with_parent()
        if os.getppid() != parent:  # we ended between the fork and the line before
            os._exit(1)

    return subprocess.Popen(
        list(command), stdin=subprocess.DEVNULL, stdout=stderr, stderr=stderr,
        pass_fds=tuple(pass_fds), start_new_session=True,
        preexec_fn=in_child if _prctl is not None else None,
    )
