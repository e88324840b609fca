"""Fixtures for all tests, and what a missing real part means."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from support import SiteFixture

settings.register_profile("shared machines", deadline=None)
settings.load_profile("shared machines")  # where other work takes its time, an example's time proves nothing

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells start what runs in the background so, and every program that a test starts would be deaf to Ctrl-C, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., SiteFixture]:
    """A maker of sites: `site({"content/posts/a.md": post()})`."""
    count = 0

    def make(files: Mapping[str, str | bytes] | None = None) -> SiteFixture:
        nonlocal count
        count += 1
        return SiteFixture(tmp_path / f"site{count}", files)

    return make


def require(part: str, *names: str) -> str:
    """The path of a program that a test drives.

    A machine of a user may lack it: the test is skipped and says so. Where `CI=true`, a lacking part is a failure.
    """
    for name in names:
        if found := shutil.which(name):
            return found
    absent(f"{part} is not installed (looked for {', '.join(names)})")
    raise AssertionError


def absent(message: str) -> None:
    """Skip, or with `CI=true` fail, for a part that this machine lacks."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
