"""What a check is to seek in a built site: articles that are off it, as secrets."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator import config
from generator.build import BuildRequest
from generator.build.gather import place_of
from generator.build.hidden import Hidden, backstage, contents
from generator.check import Embargo, Secret
from generator.model.document import CorrectionKind
from generator.model.site import Absence
from generator.permalinks import href, split_base

_ENDED = (Absence.WITHDRAWN, Absence.EXPIRED)
"""Why a page may stand in an article's place that says of it what its notes have."""

_COMING = (Absence.SCHEDULED, Absence.DRAFT)
"""Why an article is off the site whose address and files nobody knows yet."""


def kept_back(request: BuildRequest) -> Embargo:
    """What readers of a site are not to see at the request's instant."""
    seen, base_path = backstage(request), split_base(config.load(request.root, request.overrides).base_url)[1]
    secrets = tuple(_secret(item, request, base_path) for item in seen.hidden)
    return Embargo(secrets, seen.public, seen.files)


def _secret(item: Hidden, request: BuildRequest, base_path: str) -> Secret:
    post, front, coming = item.post, item.document.front, item.why in _COMING
    known = item.why is not Absence.SCHEDULED or (request.output / post.out_path).is_file()
    reasons = [note.text for note in front.corrections if note.kind is CorrectionKind.RETRACTION]
    return Secret(
        source=item.document.path,
        why=item.why.value,
        title=post.title,
        address="" if known else href(post.url, base_path),
        texts=(front.summary or "", item.document.body),
        told="\n".join(reasons) if item.why in _ENDED else "",
        files={name: href(f"/{_place(item, name)}", base_path) if coming else "" for name in item.files},
        contents=contents(request.root, item.files),
    )


def _place(item: Hidden, name: str) -> str:
    """Where a file would be."""
    folder = item.document.path.removesuffix("index.md")
    if not item.document.path.endswith("/index.md") or not name.startswith(folder):
        return place_of(name)
    page = PurePosixPath(item.post.out_path)
    home = page.parent if page.name == "index.html" else page.with_suffix("")
    return str(home / name.removeprefix(folder))
