# SPDX-License-Identifier: MIT
"""The text that a guest has printed, growing, and a way to wait for it.

Offsets count characters of the normalised text, where "\\r\\n" is "\\n". A "\\r" at the end
of what has come is held back until the next byte tells what it was, so that an offset,
once given, never moves.
"""

from __future__ import annotations

import re
import threading
from typing import Optional, Union

PROMPT = "> "

_ESCAPE = r"(?:\x1b\[[0-9;?]*[A-Za-z])"
_PROMPT_AT_END = re.compile(r"(?:\A|[\n\r\f]|\x1b\[[0-9;]*[HJ])" + _ESCAPE + r"*(> )"
                            + _ESCAPE + r"*\Z")
_LOOK_BACK = 256  # characters that a prompt with its escape sequences may take


class Transcript:
    """Text that one thread feeds and others read. The condition may be shared by its owner."""

    def __init__(self, condition: Optional[threading.Condition] = None) -> None:
        self.changed = threading.Condition() if condition is None else condition
        self._raw = bytearray()
        self._text = ""
        self._held = ""
        self.closed = False

    @property
    def text(self) -> str:
        """All so far, normalised."""
        with self.changed:
            return self._text

    @property
    def raw(self) -> bytes:
        """All so far, as it came."""
        with self.changed:
            return bytes(self._raw)

    def __len__(self) -> int:
        with self.changed:
            return len(self._text)

    def feed(self, data: bytes) -> None:
        """Add what came, and wake who waits."""
        chunk = data.decode("latin-1")
        with self.changed:
            self._raw += data
            chunk = self._held + chunk
            self._held = "\r" if chunk.endswith("\r") else ""
            if self._held:
                chunk = chunk[:-1]
            self._text += chunk.replace("\r\n", "\n")
            self.changed.notify_all()

    def take(self) -> str:
        """All so far, which is forgotten: offsets begin anew. For who listens for hours."""
        with self.changed:
            text, self._text = self._text, ""
            self._raw.clear()
            return text

    def feed_text(self, text: str) -> None:
        """Add text that came as characters, not as bytes (from the screen)."""
        with self.changed:
            self._text += text
            self.changed.notify_all()

    def close(self) -> None:
        """No more will come."""
        with self.changed:
            self._text += self._held
            self._held = ""
            self.closed = True
            self.changed.notify_all()

    def search(self, pattern: "Union[str, re.Pattern[str]]",
               start: int) -> "Optional[re.Match[str]]":
        """A str is looked for as it stands; a compiled pattern as a regular expression."""
        if isinstance(pattern, str):
            pattern = re.compile(re.escape(pattern))
        return pattern.search(self.text, start)

    def prompt(self, start: int = 0) -> "Optional[re.Match[str]]":
        """The prompt, if the text ends in one at or after start; group 1 is the prompt itself."""
        text = self.text
        found = _PROMPT_AT_END.search(text, max(0, len(text) - _LOOK_BACK))
        return found if found and found.start(1) >= start else None

    def last_line(self) -> str:
        """The last line that is not empty, without blanks around it."""
        lines = self.text.rstrip().rsplit("\n", 1)
        return lines[-1].strip()
