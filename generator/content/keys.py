"""Keys of front matter: which belong into which kind of document, and what is said of those that do not."""

from __future__ import annotations

from collections.abc import Collection

from generator.errors import Problem, Severity, similar
from generator.model.document import Kind

_HINTS = {
    "category": "section",
    "categories": "section",
    "description": "summary",
    "excerpt": "summary",
    "subtitle": "summary",
    "lastmod": "updated",
    "modified": "updated",
    "cover": "image",
    "lang": "language",
    "url": "permalink",
    "keywords": "tags",
    "layout": "template",
    "guid": "id",
}
_HIDING = {
    "draft": "status: draft, or delete the line where the post is public",
    "published": "status: draft, or delete the line where the post is public",
    "hidden": "status: draft, or delete the line where the post is public",
    "private": "status: draft, or delete the line where the post is public",
    "publishdate": "its value behind date:, which keeps a post back until then",
    "publish_date": "its value behind date:, which keeps a post back until then",
    "embargo": "its value behind date:, which keeps a post back until then",
    "expirydate": "expires: instead",
    "expiry_date": "expires: instead",
}
"""Keys by which other generators keep a post back; passing over one might publish what must not be."""

OF_AUTHORS = ("title", "slug", "summary", "image", "language", "links", "email", "extra")
"""Keys that an author file may have."""

OF_AUTHORS_ALONE = ("links", "email")
"""Keys that nothing else may have."""

_HINTS_OF_AUTHORS = {
    "name": "title",
    "bio": "summary",
    "avatar": "image",
    "photo": "image",
    "picture": "image",
    "mail": "email",
    "social": "links",
    "profiles": "links",
    "website": "links",
}


def belongs(name: str, kind: Kind) -> bool:
    """Whether a key may stand in a document of that kind."""
    return name in OF_AUTHORS if kind is Kind.AUTHOR else name not in OF_AUTHORS_ALONE


def misplaced(key: str, line: int | None, kind: Kind) -> Problem:
    """A key of stories in an author file, where it might mean that something is to be held back; or the reverse."""
    if kind is Kind.AUTHOR:
        cause = f"`{key}` is a key of stories, and this is an author file, since it lies in content/authors/"
        return Problem(cause, f"take it out, or move the story; an author has {', '.join(OF_AUTHORS)}", line=line)
    cause, fix = f"`{key}` is a key of author files, so it is not used", "write it into content/authors/NAME.md"
    return Problem(cause, fix, line=line, severity=Severity.WARNING)


def unknown(key: str, line: int | None, kind: Kind, readable: Collection[str]) -> Problem:
    """A key that nobody reads, with the nearest that there is."""
    if hiding := _HIDING.get(key.lower()):
        return Problem(
            f"`{key}` is not a key here, and without it the post might be public", f"write {hiding}", line=line
        )
    hints = {**_HINTS, **_HINTS_OF_AUTHORS} if kind is Kind.AUTHOR else _HINTS
    known = OF_AUTHORS if kind is Kind.AUTHOR else readable
    near = [hints[key.lower()]] if key.lower() in hints else similar(key, known)
    fix = f"did you mean `{near[0]}`?" if near else "values of your own belong under `extra:`"
    return Problem(
        f"`{key}` is not a key of front matter, so it is not used", fix, line=line, severity=Severity.WARNING
    )
