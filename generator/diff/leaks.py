"""Stories that are scheduled for later, sought in what is public already: title, address, text, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import codec
from generator.check.secrets import TEXTS, Needle, needles
from generator.diff.folders import Folder
from generator.diff.report import Leak
from generator.model.document import Document
from generator.model.site import Post
from generator.permalinks import href
from generator.records import Record


class Secret(Record, frozen=True):
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
    sought = [(secret, _needles(secret, taken, base_path)) for secret in secrets]
    digests = {digest: (secret, name) for secret in secrets for name, digest in secret.files.items()}
    for name in sorted(output.files) if secrets else ():
        raw = output.bytes(name)
        if digests and (found := digests.get(codec.digest(raw))):
            yield Leak(found[0].document.path, f"its file {found[1]}", name)
        if not name.lower().endswith(TEXTS):
            continue
        for secret, wanted in sought:
            if what := next((needle.what for needle in wanted if needle.find(raw) >= 0), None):
                yield Leak(secret.document.path, what, name)


def _needles(secret: Secret, taken: set[str], base_path: str) -> list[Needle]:
    post = secret.post
    address = "" if post.out_path in taken else href(post.url, base_path)
    return list(needles(post.title, address, (secret.document.body,)))
