"""Programs of the machine: git, ssh, rsync, sftp. What they say never shows a secret."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from generator.errors import DeployError, Problem

_SECRET = re.compile(
    r"(?<=://)[^/@\s'\"]+@"
    r"|(?i:authorization|password|passwd|secret|token|credential|key)[\w-]*\s*[:=]\s*(?:(?i:bearer|basic)\s+)?\S+"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{20,}|\bglpat-[\w-]{16,}"
)
_LONG = 600


class FailedError(Exception):
    """A program ended otherwise than well; the message is what it said, without secrets."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


def redacted(text: str) -> str:
    """What a program said, fit to be shown: nothing that looks like a secret, and not too much."""
    plain = _SECRET.sub("***", text).strip()
    return plain if len(plain) <= _LONG else f"…{plain[-_LONG:]}"


def run(words: Sequence[str], data: bytes = b"", folder: Path | None = None, seconds: float = 600) -> bytes:
    """Run a program, feed it some bytes, and take what it puts out.

    Raises:
        FailedError: It said no.
        DeployError: There is no such program, or it takes too long.
    """
    try:
        done = subprocess.run(words, input=data, cwd=folder, capture_output=True, timeout=seconds, check=False)
    except FileNotFoundError:
        raise DeployError(Problem(f"there is no program {words[0]!r}", "install it, or put it on the path")) from None
    except subprocess.TimeoutExpired:
        cause = f"{words[0]} did not end within {seconds:.0f} seconds"
        raise DeployError(Problem(cause, "look at the connection, and run `dateline deploy` again")) from None
    if done.returncode:
        raise FailedError(done.returncode, redacted(done.stderr.decode("utf-8", "replace")))
    return done.stdout
