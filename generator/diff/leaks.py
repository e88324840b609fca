"""Stories that are scheduled for later, sought in what is public already: title, address, text, files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import codec
from generator.diff.folders import Folder
from generator.diff.report import Leak
from generator.model.document import Document
from generator.model.site import Post
from generator.permalinks import href

_TEXTS = (".html", ".htm", ".xhtml", ".xml", ".json", ".txt", ".js", ".css", ".svg", ".rss", ".atom", ".opml", ".md")
_LONG = 12
"""Letters that a title must have to be told from other words; and it must be two words at least."""
_PIECE = re.compile(r"[^\n*_`~\[\]<>(){}|\\!#&\"'’…“”–—:/-]{40,}")
"""A run of text that Markdown leaves as it is."""
_PIECES = 6


@dataclass(frozen=True, slots=True)
class Secret:
    """A story to come; `files` are the digests of what lies beside it, by path."""

    document: Document
    post: Post
    files: Mapping[str, bytes]


def leaks(output: Folder, secrets: list[Secret], taken: set[str], base_path: str) -> Iterator[Leak]:
    """What of the stories to come is found in an output folder; each once for each file.

    Args:
        output: What was built.
        secrets: The stories.
        taken: Output paths that public pages and files have by right.
        base_path: The base URL's own path.
    """
    needles = [(secret, _needles(secret, taken, base_path)) for secret in secrets]
    digests = {digest: (secret, name) for secret in secrets for name, digest in secret.files.items()}
    for name in sorted(output.files) if secrets else ():
        raw = output.bytes(name)
        if digests and (found := digests.get(codec.digest(raw))):
            yield Leak(found[0].document.path, f"its file {found[1]}", name)
        if not name.lower().endswith(_TEXTS):
            continue
        for secret, wanted in needles:
            if what := next((what for what, pattern in wanted if pattern.search(raw)), None):
                yield Leak(secret.document.path, what, name)


def _needles(secret: Secret, taken: set[str], base_path: str) -> list[tuple[str, re.Pattern[bytes]]]:
    """What to seek, the clearest first."""
    found, title = [], secret.post.title
    if len(title) >= _LONG and " " in title:
        found.append(("its title", _any(title)))
    if secret.post.out_path not in taken:
        path = re.escape(href(secret.post.url, base_path).encode())
        found.append(("its address", re.compile(rb"(?<![\w/-])(?:https?://[^/\s\"'<>]+)?" + path + rb"(?![\w/-])")))
    pieces = sorted((piece.strip() for piece in _PIECE.findall(secret.document.body)), key=len, reverse=True)
    found += [("its text", _any(piece)) for piece in pieces[:_PIECES]]
    return found


def _any(text: str) -> re.Pattern[bytes]:
    """A text as HTML, JSON and plain files write it."""
    forms = {text, html.escape(text), html.escape(text, quote=False), json.dumps(text)[1:-1]}
    return re.compile(b"|".join(re.escape(form.encode()) for form in sorted(forms)))
