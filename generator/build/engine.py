"""What besides a site's own files decides about the bytes of its pages."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from generator import codec, installed
from generator.config import Settings

_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pillow", "pyyaml")


@cache
def engine() -> bytes:
    """The digest of Dateline's own code, the libraries that shape pages, and Python's release.

    By content, not by version number, so that a developer's edit counts and a fresh installation of the same does not.
    """
    package = Path(__file__).parent.parent
    own = [path.read_bytes() for path in sorted(package.rglob("*.py"))]
    versions = " ".join(f"{name} {installed.version(name)}" for name in _LIBRARIES)
    return codec.digest(versions.encode(), sys.version.encode(), *own)


def intake(settings: Settings) -> bytes:
    """The digest of the settings that decide what a document means by itself."""
    extensions = [_extension(name) for name in settings.markup.extensions]
    meaning = (settings.language, settings.timezone, settings.permalink, dict(settings.sections), settings.markup)
    return codec.digest(codec.of(*meaning), *extensions)


def _extension(name: str) -> bytes:
    """The code of a Markdown extension that does not come with the library, as far as it is one file."""
    if "." not in name:
        return b""
    from importlib import util  # few sites have one

    try:
        found = util.find_spec(name.partition(":")[0])
        return Path(found.origin).read_bytes() if found and found.origin else b""
    except (ImportError, OSError, ValueError):
        return b""
