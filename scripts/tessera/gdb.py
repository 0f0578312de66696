# SPDX-License-Identifier: MIT
"""A small client of the GDB remote protocol, for QEMU's stub.

The tests use it to look at, and to break, a kernel from outside: registers, memory,
breakpoints. It speaks only what they need; QEMU stops all CPUs when a client connects.
"""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path
from typing import Dict, List, Union

REGISTERS = [
    "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp",
    "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip",
]
_REGISTER_BYTES = 8
_EFLAGS = 17  # the 18th register is 4 bytes wide, all before it 8
_SEGMENTS = ["cs", "ss", "ds", "es", "fs", "gs"]  # 18..23, 4 bytes each
_CONTROL = {"cr0": 27, "cr2": 28, "cr3": 29, "cr4": 30, "efer": 32}
_CHUNK = 1024  # bytes of memory in one packet; QEMU takes packets of 4096 digits


class GdbError(Exception):
    """The stub refused something, or does not answer."""


class GdbRemote:
    """One connection. The guest stands still from here until resume() or detach()."""

    def __init__(self, path: Union[str, Path], timeout: float = 30.0) -> None:
        self._timeout = timeout
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout)
        self._socket.connect(str(path))
        self._buffer = b""
        self._running = False
        # QEMU says that it stopped the guest once by itself and once because we ask. The
        # answer to the next question comes after both, so neither is taken for a later stop.
        self._send("?")
        self.wait_stop(timeout)
        # QEMU reads single registers only for a client that has asked for their description.
        self._request("qXfer:features:read:target.xml:0,1000")

    def __enter__(self) -> "GdbRemote":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection. A guest that stands goes on (QEMU does that by itself)."""
        self._socket.close()

    # Registers and memory: the guest must stand still.

    def read_register(self, name: str) -> int:
        """One register: rax..r15, rip, eflags, cs..gs, cr0..cr4, efer."""
        reply = self._request(f"p{_number(name):x}")
        return int.from_bytes(_bytes(reply), "little")

    def read_registers(self) -> Dict[str, int]:
        """rax..r15 and rip, in one question."""
        data = _bytes(self._request("g"))
        return {name: int.from_bytes(data[at:at + _REGISTER_BYTES], "little")
                for name, at in zip(REGISTERS, range(0, len(data), _REGISTER_BYTES))}

    def write_register(self, name: str, value: int) -> None:
        """Set one register."""
        number = _number(name)
        size = 4 if _EFLAGS <= number <= _EFLAGS + len(_SEGMENTS) else _REGISTER_BYTES
        data = (value & (1 << size * 8) - 1).to_bytes(size, "little")
        self._expect_ok(f"P{number:x}={data.hex()}")

    def read_memory(self, address: int, length: int) -> bytes:
        """Read at a virtual address; GdbError where nothing is mapped."""
        parts: List[bytes] = []
        for at in range(0, length, _CHUNK):
            size = min(_CHUNK, length - at)
            part = _bytes(self._request(f"m{address + at:x},{size:x}"))
            if len(part) != size:
                raise GdbError(f"short read at {address + at:#x}")
            parts.append(part)
        return b"".join(parts)

    def write_memory(self, address: int, data: bytes) -> None:
        """Write at a virtual address; QEMU does so on read-only pages, too."""
        for at in range(0, len(data), _CHUNK):
            part = data[at:at + _CHUNK]
            self._expect_ok(f"M{address + at:x},{len(part):x}:{part.hex()}")

    # Breakpoints: hardware ones need no memory to be mapped when they are set.

    def set_breakpoint(self, address: int, hardware: bool = True) -> None:
        """Stop before the instruction at this address."""
        self._expect_ok(f"Z{int(hardware)},{address:x},1")

    def remove_breakpoint(self, address: int, hardware: bool = True) -> None:
        """Take the breakpoint away again."""
        self._expect_ok(f"z{int(hardware)},{address:x},1")

    # Running and standing.

    def resume(self) -> None:
        """Let the guest run."""
        self._send("c")
        self._running = True

    def continue_until_stop(self, timeout: float = 30.0) -> int:
        """Let the guest run to a breakpoint; the signal number (5 is a breakpoint)."""
        self.resume()
        return self.wait_stop(timeout)

    def wait_stop(self, timeout: float = 30.0) -> int:
        """Wait until the guest stands; the signal number."""
        stop = self._receive(timeout)
        self._running = False
        found = re.match(r"[TS]([0-9a-fA-F]{2})", stop)
        if not found:
            raise GdbError(f"the guest did not stop but ended: {stop}")
        return int(found.group(1), 16)

    def step(self, timeout: float = 30.0) -> int:
        """Run one instruction."""
        self._send("s")
        return self.wait_stop(timeout)

    def interrupt(self, timeout: float = 30.0) -> int:
        """Stop a running guest where it is."""
        self._socket.sendall(b"\x03")
        return self.wait_stop(timeout)

    def stop(self) -> None:
        """Stop the guest if it runs."""
        if self._running:
            self.interrupt()

    def detach(self) -> None:
        """Remove what this client set, let the guest run, and close."""
        self.stop()
        self._expect_ok("D")
        self.close()

    # The protocol: $text#sum, each packet acknowledged by '+'.

    def _request(self, text: str) -> str:
        self._send(text)
        reply = self._receive(self._timeout)
        while re.match(r"[TS][0-9a-f]{2}", reply):
            reply = self._receive(self._timeout)
        if re.fullmatch(r"E[0-9a-fA-F]{2}", reply):
            raise GdbError(f"{text}: the stub answered {reply}")
        if not reply:
            raise GdbError(f"{text}: the stub does not know this")
        return reply

    def _expect_ok(self, text: str) -> None:
        reply = self._request(text)
        if reply != "OK":
            raise GdbError(f"{text}: the stub answered {reply}")

    def _send(self, text: str) -> None:
        data = text.encode("ascii")
        self._socket.sendall(b"$%s#%02x" % (data, sum(data) & 0xFF))

    def _receive(self, timeout: float) -> str:
        """The next packet that is not console output of the guest ('O...')."""
        deadline = time.monotonic() + timeout
        while True:
            found = re.search(rb"\$([^#]*)#..", self._buffer, re.DOTALL)
            if found:
                self._buffer = self._buffer[found.end():]
                self._socket.sendall(b"+")
                text = found.group(1).decode("ascii")
                if text.startswith("O") and text != "OK":
                    continue
                return text
            self._fill(deadline - time.monotonic())

    def _fill(self, seconds: float) -> None:
        if seconds <= 0:
            raise GdbError("no answer from the stub in time")
        self._socket.settimeout(seconds)
        try:
            data = self._socket.recv(65536)
        except socket.timeout:
            raise GdbError("no answer from the stub in time") from None
        if not data:
            raise GdbError("QEMU closed the connection")
        self._buffer += data


def _number(name: str) -> int:
    """The number that QEMU gives to a register of x86_64."""
    if name in REGISTERS:
        return REGISTERS.index(name)
    if name in ("eflags", "rflags"):
        return _EFLAGS
    if name in _SEGMENTS:
        return _EFLAGS + 1 + _SEGMENTS.index(name)
    if name in _CONTROL:
        return _CONTROL[name]
    raise GdbError(f"unknown register {name}")


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise GdbError(f"not hexadecimal: {digits[:40]}") from None
