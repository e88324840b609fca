"""Versions of installed packages, without the tenth of a no-op build that importing `importlib.metadata` takes."""

from __future__ import annotations

import os
import re
import sys
from functools import cache

_FOLDER = re.compile(r"(.+)-(\d[^-]*)\.(?:dist|egg)-info", re.ASCII)
"""Of an installed distribution (packaging.python.org/specifications/recording-installed-packages)."""


def version(name: str) -> str:
    """The version of a package, by its name in small letters; empty where it is not found."""
    return _versions().get(name) or _slowly(name)


@cache
def _versions() -> dict[str, str]:
    """Of all packages on the path; the first on it counts."""
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or os.curdir)  # noqa: PTH208  # texts are quicker
        except OSError:
            continue
        for match in filter(None, map(_FOLDER.fullmatch, [name for name in names if name.endswith("-info")])):
            found.setdefault(match[1].lower().replace("_", "-"), match[2])
    return found


@cache
def _slowly(name: str) -> str:
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as read

    try:
        return read(name)
    except PackageNotFoundError:
        return ""
