# SPDX-License-Identifier: MIT
"""One QEMU with a Tessera image in it, seen from outside.

Everything is awaited as an event: a reader thread a stream (serial line, QMP) feeds what
comes under one condition, and who waits is woken by it. Only what QEMU gives no event
for (the state of the CPU, of the keyboard controller) is asked for in short steps.

The streams are socket pairs handed to QEMU as open descriptors: no name in a file system,
nobody else can connect, no limit on the length of a path.
"""

from __future__ import annotations

import atexit
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import weakref
from collections import deque
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

from . import firmware as ovmf
from .cpu import CpuState, DeadWatch
from .errors import QEMU, MachineError, MachineStopped, QemuMissing
from .gdb import GdbRemote
from .key_gate import WINDOW, KeyGate
from .keys import KeyEvent, stroke, strokes
from .layouts import US
from .process import spawn
from .qemu_arguments import MICROVM, machine_arguments, stream_arguments
from .qmp import QmpClient, QmpError, QmpGone, QmpSilent
from .screen import Screen
from .trace_tail import TraceTail
from .transcript import Transcript
from .triple_fault import explain

Pattern = Union[str, "re.Pattern[str]"]

DEBUG_EXIT_PASSED = 33  # isa-debug-exit turns the value 0x10 into (0x10 << 1) | 1
DEBUG_EXIT_FAILED = 35
DEBUG_EXIT_PANIC = 37  # PANIC_EXIT, panic=exit

_POLL_S = 0.005  # between two questions to QEMU where it sends no event
_QUIET_S = 0.5  # a guest that never halts its CPU counts as idle after so long without text,
_QUIET_LOOKS = 50  # and so many looks, which take longer where the guest does, too
_STOPPED_S = 5.0  # for a debugger to let the guest go on
_SEND_S = 0.1  # between two looks whether the guest is still there
_ENDING_S = 5.0  # from its word that it ends to its end
_ANSWER_S = 15.0  # then, for a sign that it stays on purpose
_TAKEN_BYTES = 65536  # of the serial line at once
_START_S = 60.0  # for QEMU to answer its first command, on a busy machine
_SO_SNDBUFFORCE = 32  # Python has no name for it
_ROOM_BYTES = 16 << 20
_SOCKET_PATH_MAX = 90  # a unix socket's name holds 108 bytes, on macOS 104

_machines: "weakref.WeakSet[Machine]" = weakref.WeakSet()


class Machine:
    """A running QEMU. Use it as a context manager, or call close()."""

    def __init__(self, image: Union[str, Path], *, direct: bool = False, firmware: str = "bios",
                 memory: str = "128M", machine: str = "pc", accel: str = "tcg",
                 display: str = "none", vga: str = "std", debug_exit: bool = False,
                 gdb: bool = False, paused: bool = False, extra: Sequence[str] = (),
                 workdir: Union[str, Path, None] = None, uart_port: int = 0x3F8,
                 trace: bool = True) -> None:
        """Start QEMU with an ISO in its CD drive; direct: with a tessera.elf as its kernel.

        A microvm (direct only) has neither a display nor a keyboard. extra is appended to
        QEMU's arguments. workdir is for screenshots and the variable store of the firmware;
        without it there is a temporary one, removed by close().
        paused starts with the CPU stopped: qmp("cont") lets it run.
        trace keeps the end of QEMU's trace of exceptions, for triple_fault(); it costs some
        microseconds an interrupt, and extra with a -d of its own goes before.
        """
        self.changed = threading.Condition()
        self.serial = Transcript(self.changed)
        self.status: Optional[int] = None
        self.direct = direct
        self.has_screen = machine != MICROVM
        self.types_by_serial = False  # type_text() and what uses it
        self.layout = US  # that the kernel's keyboard has: see layouts.layout_of()
        self.elf = Path(image).with_suffix(".elf")  # of the kernel in it, for its symbols
        self._sockets: List[socket.socket] = []
        self._workdir = Path(workdir) if workdir else None
        self._temporary: Optional[Path] = None
        # Without a name, so that even a killed Python leaves nothing behind.
        self._log = tempfile.TemporaryFile()
        self._gdb_folder: Optional[str] = None
        self._trace: Optional[TraceTail] = None
        self._wants_trace = trace and TraceTail.is_free(extra)
        self._is_ending = self._hung = False
        try:
            self._start(machine_arguments(
                Path(image).resolve(), direct=direct, memory=memory, machine=machine, accel=accel,
                display=display, vga=vga, paused=paused, debug_exit=debug_exit,
                firmware=ovmf.pflash_arguments(self.workdir) if firmware == "uefi" else (),
                gdb=self._gdb_path() if gdb else None,
            ), list(extra), uart_port)
        except ovmf.FirmwareMissing as problem:
            self.close()
            raise MachineError(str(problem)) from None
        except BaseException:
            self.close()
            raise

    # Starting and ending.

    def _start(self, arguments: List[str], extra: List[str], uart_port: int) -> None:
        qemu = shutil.which(QEMU)
        if qemu is None:
            raise QemuMissing()
        serial, serial_fd = self._pair()
        self._serial_socket = serial
        control, control_fd = self._pair()
        command = [qemu, "-name", "Tessera", *arguments, *stream_arguments(
            serial_fd.fileno(), control_fd.fileno(), uart_port), *extra]
        descriptors = [serial_fd.fileno(), control_fd.fileno()]
        if self._wants_trace:
            self._trace = TraceTail()
            command += self._trace.arguments
            descriptors.append(self._trace.fd)
        self.command = command
        self._process = spawn(command, self._log, descriptors)
        if self._trace:
            self._trace.start()
        serial_fd.close()
        control_fd.close()
        _machines.add(self)
        self._serial_thread = threading.Thread(target=self._read_serial, name="serial",
                                               daemon=True)
        self._serial_thread.start()
        self._qmp = QmpClient(control, self.changed, self._heard)
        threading.Thread(target=self._await_end, name="qemu", daemon=True).start()
        try:
            self._qmp.negotiate(_START_S)
        except QmpGone as problem:
            ended = self.wait(lambda: self.status is not None, 1)
            raise self._error("QEMU did not start" if ended else str(problem)) from None

    def _pair(self) -> Tuple[socket.socket, socket.socket]:
        ours, theirs = socket.socketpair()
        _make_roomy(theirs)
        self._sockets += [ours, theirs]
        return ours, theirs

    def _gdb_path(self) -> Path:
        path = self.workdir / "gdb.sock"
        if len(str(path)) > _SOCKET_PATH_MAX:
            self._gdb_folder = tempfile.mkdtemp(prefix="tessera-", dir="/tmp")
            path = Path(self._gdb_folder) / "gdb.sock"
        self.gdb_socket = path
        return path

    def _read_serial(self) -> None:
        waiting = select.poll()
        waiting.register(self._serial_socket, select.POLLIN)
        while True:
            waiting.poll()
            if self._take_serial() == 0:
                break
        self.serial.close()

    def _take_serial(self) -> int:
        """Feed what has come by the serial line, without waiting; how many bytes the socket gave,
        0 at its end. Threads that do so at a time do not mix the order."""
        with self.changed:
            try:
                data = self._serial_socket.recv(_TAKEN_BYTES, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return -1
            except OSError:
                return 0
            if data:
                self.serial.feed(data)
            return len(data)

    def _await_end(self) -> None:
        """Learn that QEMU ended, after all that it said before has been read."""
        status = self._process.wait()
        self._serial_thread.join(5)
        self._qmp.join(5)
        if self._hung and status == -signal.SIGKILL and not self._has_debug_exit():
            status = 0  # as it would have been: of a power-off or a reset nothing else is told
        with self.changed:
            self.status = status
            self.changed.notify_all()

    def _has_debug_exit(self) -> bool:
        """The guest can choose QEMU's status."""
        return any("isa-debug-exit" in word for word in self.command)

    def _heard(self, event: Dict[str, Any]) -> None:
        if event["event"] == "SHUTDOWN" and not self._is_ending:
            self._is_ending = True
            threading.Thread(target=self._end_if_hung, name="ending", daemon=True).start()

    def _end_if_hung(self) -> None:
        """QEMU 7.2 can hang while it ends, where a command of ours came just then: it waits in
        monitor_cleanup() for what nobody does any more. It is killed here."""
        if self.wait(lambda: self.status is not None, _ENDING_S):
            return
        try:
            self._qmp.command("query-status", timeout=_ANSWER_S)  # with -no-shutdown it stays
        except QmpSilent:
            self._hung = True
            self._process.kill()
        except (QmpError, QmpGone):
            pass  # it ends, or answers

    def __enter__(self) -> "Machine":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill QEMU if it still runs, and remove what was temporary. May be called twice."""
        process: Optional["subprocess.Popen[bytes]"] = getattr(self, "_process", None)
        if process is not None:
            if process.poll() is None:
                process.kill()
            self.wait(lambda: self.status is not None, 15)
            qmp: Optional[QmpClient] = getattr(self, "_qmp", None)
            if qmp is not None:
                qmp.close()
        for sock in self._sockets:
            sock.close()
        _machines.discard(self)
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)
        if self._gdb_folder:
            shutil.rmtree(self._gdb_folder, ignore_errors=True)

    def exit_status(self, timeout: float = 30.0) -> int:
        """Wait until QEMU ends by itself; its exit status (negative: killed by that signal)."""
        if not self.wait(lambda: self.status is not None, timeout):
            raise self._error(f"QEMU did not end in {timeout:g} s")
        assert self.status is not None
        return self.status

    @property
    def running(self) -> bool:
        """QEMU has not ended."""
        with self.changed:
            return self.status is None

    def log(self) -> str:
        """What QEMU itself had to say (its standard error)."""
        size = os.fstat(self._log.fileno()).st_size
        # pread: the file offset is shared with QEMU, which writes there.
        return os.pread(self._log.fileno(), size, 0).decode("utf-8", "replace").strip()

    @property
    def workdir(self) -> Path:
        """A folder for the files of this run; a temporary one is made when first needed."""
        if self._workdir is None:
            self._workdir = self._temporary = Path(tempfile.mkdtemp(prefix="tessera-"))
        self._workdir.mkdir(parents=True, exist_ok=True)
        return self._workdir

    # What the guest says.

    @property
    def serial_text(self) -> str:
        """All serial output so far, decoded as latin-1, "\\r\\n" as "\\n"."""
        return self.serial.text

    @property
    def serial_raw(self) -> bytes:
        """All serial output so far, as it came."""
        return self.serial.raw

    @property
    def events(self) -> List[Dict[str, Any]]:
        """All QMP events so far."""
        with self.changed:
            return list(self._qmp.events)

    @property
    def guest_reset(self) -> bool:
        """The guest has reset itself: by a triple fault, or on purpose."""
        return self._ended_by("guest-reset")

    @property
    def guest_power_off(self) -> bool:
        """The guest has switched itself off."""
        return self._ended_by("guest-shutdown")

    def _ended_by(self, reason: str) -> bool:
        return any(event["event"] in ("RESET", "SHUTDOWN")
                   and event.get("data", {}).get("reason") == reason for event in self.events)

    def triple_fault(self) -> List[str]:
        """How it came about, where QEMU has ended by one: the last exceptions, and a line that
        sums it up."""
        if self._trace is None or self.running or not self.guest_reset:
            return []
        return explain(self._trace.text(), self.elf)

    def trace(self) -> str:
        """The end of QEMU's trace of exceptions, once it has ended."""
        return self._trace.text() if self._trace and not self.running else ""

    def wait(self, predicate: Callable[[], Any], timeout: Optional[float]) -> Any:
        """Wait until the predicate, asked after every change, is true; its last value."""
        with self.changed:
            return self.changed.wait_for(predicate, timeout)

    def wait_text(self, pattern: Pattern, timeout: float = 30.0,
                  start: int = 0) -> "re.Match[str]":
        """Wait for text on the serial line at or after the offset start.

        A str is looked for as it stands, a compiled pattern as a regular expression.
        MachineError with the end of the serial text if the time is over or QEMU ends.
        """
        found = self.wait(lambda: self.serial.search(pattern, start) or self.status is not None,
                          timeout)
        if isinstance(found, re.Match):
            return found
        wanted = pattern if isinstance(pattern, str) else pattern.pattern
        why = "QEMU ended" if self.status is not None else f"{timeout:g} s passed"
        raise self._error(f"{why} before {wanted!r} came")

    def wait_prompt(self, start: int = 0, timeout: float = 60.0,
                    longest: float = 0.0) -> "re.Match[str]":
        """Wait until the serial text ends in a prompt (at or after start) and the CPU is idle.

        A line that merely begins like a prompt does not count, and when this returns the
        screen shows what the serial line said. Group 1 of the match is the prompt.
        With longest, the timeout begins anew whenever anything is said, until so much is over.
        MachineError at once if the CPU halts for good or QEMU ends.
        """
        deadline = time.monotonic() + timeout
        end, heard = time.monotonic() + longest, len(self.serial)
        dead = DeadWatch(self)
        while True:
            if longest and heard != len(self.serial):
                heard, deadline = len(self.serial), min(time.monotonic() + timeout, end)
            found = self.prompt_now(start)
            if found:
                return found
            if not self.running:
                raise self._error("QEMU ended before the prompt came")
            if dead.check():
                raise self._error("the CPU halted for good before the prompt came")
            if time.monotonic() > deadline:
                raise self._error(f"{timeout:g} s passed before the prompt came")
            self.wait_change(0.02)

    def prompt_now(self, start: int = 0,
                   transcript: Optional[Transcript] = None) -> "Optional[re.Match[str]]":
        """The prompt, if the text ends in it and the guest has nothing left to do."""
        transcript = self.serial if transcript is None else transcript
        found = transcript.prompt(start)
        quiet_since, looks = time.monotonic(), 0
        while found:
            length = len(transcript)
            idle = self.running and self.cpu().halted
            looks += 1
            if length == len(transcript) and (idle or (
                    looks > _QUIET_LOOKS and time.monotonic() - quiet_since > _QUIET_S)):
                return found
            if length != len(transcript) or not self.running:
                return None
            time.sleep(_POLL_S)
            found = transcript.prompt(start)
        return None

    def wait_change(self, timeout: float) -> None:
        """Wait until anything comes: text, an event, the end; or until the time is over."""
        with self.changed:
            if self.status is None:
                self.changed.wait(timeout)

    # Talking to QEMU.

    def qmp(self, command: str, **arguments: Any) -> Any:
        """Run one QMP command; '_' in an argument's name stands for '-'.

        What the guest said before the answer has been read when this returns.
        """
        named = {name.replace("_", "-"): value for name, value in arguments.items()}
        try:
            answer = self._qmp.command(command, named)
        except (QmpError, QmpGone) as problem:
            raise self._error(str(problem)) from None
        while self._take_serial() == _TAKEN_BYTES:
            pass
        return answer

    def hmp(self, line: str) -> str:
        """Run one line of QEMU's human monitor; what it prints."""
        return str(self.qmp("human-monitor-command", command_line=line)).replace("\r\n", "\n")

    def cpu(self) -> CpuState:
        """What the CPU is doing at this moment."""
        state = CpuState.parse(self.hmp("info registers"))
        if state is None:
            raise self._error("QEMU shows no registers")
        return state

    def screenshot_ppm(self, path: Union[str, Path]) -> None:
        """Write what the screen shows as a PPM file."""
        self.qmp("screendump", filename=str(Path(path).resolve()))

    def screenshot(self) -> Screen:
        """What the screen shows."""
        path = self.workdir / f"screen-{threading.get_ident()}.ppm"
        self.screenshot_ppm(path)
        return Screen.from_ppm(path)

    def connect_gdb(self, timeout: float = 30.0) -> GdbRemote:
        """A connection to the stub of a machine made with gdb=True; it stops the guest."""
        return GdbRemote(self.gdb_socket, timeout)

    # Keys.

    def send_keys(self, events: Sequence[KeyEvent], interval_s: float = 0.0) -> None:
        """Send key events as they are, however fast; what QEMU's queue cannot hold is lost.

        With an interval each event comes alone and on its own point in time.
        """
        if interval_s <= 0:
            self._send_events(events)
            return
        self._send_on_time([[event] for event in events], interval_s)

    def send_serial(self, data: bytes, patience_s: float = 30.0,
                    stop: Callable[[], bool] = lambda: False) -> None:
        """Send bytes by the serial line, at the pace at which the guest takes them.

        MachineError when it takes none for patience_s, or has ended. stop is asked meanwhile.
        """
        deadline = time.monotonic() + patience_s
        while data and not stop():
            if not self.running:
                raise self._error("QEMU ended while it was typed at")
            if select.select([], [self._serial_socket], [], _SEND_S)[1]:
                data = data[self._send_some(data):]
                deadline = time.monotonic() + patience_s
            elif time.monotonic() > deadline:
                raise self._error(f"the guest has taken nothing from its serial line for "
                                  f"{patience_s:g} s")

    def _send_some(self, data: bytes) -> int:
        try:
            return self._serial_socket.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0
        except OSError as problem:
            raise self._error(f"the serial line is closed ({problem.strerror})") from None

    def queue_strokes(self, wanted: Sequence[Sequence[str]], hold_ms: int) -> None:
        """Have QEMU press and release keys by the machine's own clock, an event every hold_ms.

        A stroke is the keys that go down one after the other and then come up. QEMU's queue has
        1024 places and a key takes 6; what is too much is lost. Returns at once.
        """
        try:
            self._qmp.post([{"execute": "send-key", "arguments": {
                "keys": [{"type": "qcode", "data": key} for key in keys], "hold-time": hold_ms,
            }} for keys in wanted])
        except QmpGone as problem:
            raise self._error(str(problem)) from None

    def type_text(self, text: str, interval_s: float = 0.0, window: int = WINDOW,
                  patience_s: float = 30.0) -> None:
        """Type a text: each key pressed and released, shift where the US layout needs it.

        Without an interval the guest sets the pace, so that nothing is lost: see KeyGate.
        With one, a character is sent every interval_s whatever the guest does.
        Where types_by_serial is set, a terminal's characters go to the serial line instead.
        """
        if self.types_by_serial:
            data = text.replace("\n", "\r").encode("utf-8", "surrogateescape")
            self.send_serial(data, patience_s)
            return
        wanted = strokes(text, self.layout)
        if interval_s > 0:
            self._send_on_time(wanted, interval_s)
            return
        gate = KeyGate(self, window, patience_s)
        queue = deque(wanted)
        while queue:
            gate.wait()
            self._send_events(gate.take(queue))

    def run_command(self, line: str, timeout: float = 60.0, longest: float = 0.0) -> str:
        """Type a line and Enter; the serial text between the echoed line and the next prompt."""
        start = len(self.serial)
        self.type_text(line + "\n", patience_s=timeout)
        self.wait_text("\n", timeout, start)
        prompt = self.wait_prompt(start, timeout, longest)
        said = self.serial.text[start:prompt.start(1)]
        return said[said.index("\n") + 1:]

    def keyboard_full(self) -> bool:
        """The keyboard controller holds a byte that the guest has not taken.

        Reading the status register of QEMU's i8042 through the monitor changes nothing.
        """
        found = re.search(r"=\s*(0x[0-9a-fA-F]+)", self.hmp("i /1xb 0x64"))
        if not found:
            raise self._error("QEMU shows no keyboard controller")
        return bool(int(found.group(1), 16) & 0x01)

    def _send_on_time(self, groups: Sequence[Sequence[KeyEvent]], interval_s: float) -> None:
        """Each group at its own time from the start, so that delays do not add up."""
        begin = time.monotonic()
        for index, events in enumerate(groups):
            left = begin + index * interval_s - time.monotonic()
            if left > 0:
                time.sleep(left)
            self._send_events(events)

    def _send_events(self, events: Sequence[KeyEvent]) -> None:
        """QEMU takes no keys while a debugger has the guest stopped, which may be any moment."""
        deadline = time.monotonic() + _STOPPED_S
        while True:
            try:
                self.qmp("input-send-event", events=[
                    {"type": "key",
                     "data": {"down": down, "key": {"type": "qcode", "data": _qcode(key)}}}
                    for key, down in events
                ])
                return
            except MachineError as problem:
                if "VM not running" not in str(problem):
                    raise
                if time.monotonic() > deadline:
                    raise MachineStopped(str(problem)) from None
            time.sleep(_POLL_S)

    def _error(self, text: str) -> MachineError:
        """An error with what one needs to see: QEMU's own words, the end of the serial text."""
        parts = [text]
        if self.log():
            parts.append("QEMU: " + self.log()[-2000:])
        parts += self.triple_fault()[-1:]
        tail = self.serial_text[-1500:].rstrip().replace("\x1b", "^[")
        if tail:
            parts.append("serial text, its end:\n" + tail)
        return MachineError("\n".join(parts))


def _make_roomy(sock: socket.socket) -> None:
    """Room for what a guest says while this process waits for a core: QEMU writes single bytes,
    each counts as most of a KiB, and where the socket is full the guest's chip takes no more."""
    for option in (getattr(socket, "SO_SNDBUFFORCE", _SO_SNDBUFFORCE), socket.SO_SNDBUF):
        try:
            sock.setsockopt(socket.SOL_SOCKET, option, _ROOM_BYTES)
            return
        except OSError:
            continue  # the first one is for the superuser, on Linux


def _qcode(key: str) -> str:
    """A key by QEMU's name for it, or as the one character that it makes."""
    return stroke(key)[0][0] if len(key) == 1 and not key.isalnum() else key


@atexit.register
def _close_all() -> None:
    """No QEMU outlives Python, even where nobody called close()."""
    for machine in list(_machines):
        machine.close()
