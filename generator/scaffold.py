"""The beginning of a site, and of a post."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from pathlib import Path

from generator import config, content, dates, languages
from generator.content import placeholder
from generator.content.text import clean
from generator.errors import Problem, UsageError
from generator.ledger import short_id
from generator.model.document import FrontMatter, Status
from generator.permalinks import slugify
from generator.records import Record
from generator.writer import replace_file

_SETTINGS = """\
title = {title}
base_url = "https://example.org"  # where readers will find it; to be set before `dateline deploy`
description = ""
language = "en"
timezone = "UTC"
theme = "broadsheet"

# Sections in the order of the section bar: slug = "Name".
[sections]
news = "News"

# Further links, at the foot of every page.
[[navigation]]
label = "About"
url = "/about/"
"""

_PAGES = """
# Where `dateline deploy` publishes; see .github/workflows/publish.yml.
[deploy.pages]
kind = "git"
branch = "gh-pages"
"""

_WORKFLOW = """\
# Publishes the site to the branch gh-pages. Choose that branch in the repository's settings, under "Pages".
name: Publish
on:
  push:
    branches: [main, master]
  schedule:
    - cron: "*/30 * * * *"  # so that scheduled stories appear
  workflow_dispatch:
permissions:
  contents: write
concurrency:
  group: publish
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - name: Bring back what earlier builds remember
        uses: actions/cache@v4
        with:
          path: .dateline
          key: dateline-${{ github.run_id }}
          restore-keys: dateline-
      - name: Install Dateline, which requirements.txt must name
        run: pip install -r requirements.txt
      - name: Publish
        run: dateline deploy
      - name: Keep the ledger
        run: |
          git add content/ledger.jsonl
          git diff --cached --quiet && exit 0
          git -c user.name=Dateline -c user.email=dateline@localhost commit -m "Record what was published"
          git push
"""

_IGNORED = "/output/\n/.dateline/\n"


def init(folder: Path, title: str | None, ci: str = "") -> list[str]:
    """Make a site in `folder`; the names of the files made.

    Args:
        folder: The site's.
        title: Of the publication.
        ci: `github` for a workflow that publishes it too; one that exists already gets that alone.

    Raises:
        UsageError: There is a site already, or a file where a folder should be.
    """
    if taken := next((path for path in (folder, *folder.parents) if path.exists() and not path.is_dir()), None):
        raise UsageError(Problem(f"{taken} is a file, so no site can be made there", "choose another folder"))
    automatic = {".github/workflows/publish.yml": _WORKFLOW} if ci else {}
    if (folder / config.NAME).exists():
        if automatic:
            return _made(folder, automatic)
        raise UsageError(Problem(f"there is a site in {folder} already", "choose another folder"))
    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").strip().title() or "News"
    files = {
        config.NAME: _SETTINGS.format(title=_quoted(name)) + (_PAGES if ci else ""),
        placeholder.PATH: placeholder.TEXT,
        "content/posts/.gitkeep": "",
        ".gitignore": _IGNORED,
        **automatic,
    }
    return _made(folder, files)


def _made(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Write files that do not exist; their names."""
    made = []
    for path, text in files.items():
        target = folder / path
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, text.encode())
        made.append(path)
    return made


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else " " for char in escaped) + '"'


class NewPost(Record, frozen=True, kw_only=True):
    """What the author says of a post that begins."""

    date: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    draft: bool = False


def new(root: Path, title: str, now: dt.datetime, wanted: NewPost) -> Path:
    """Write the beginning of a post; its file.

    Raises:
        UsageError: The title is empty, the date is none, or there is such a file already.
    """
    settings = config.load(root)
    title = " ".join(title.split())
    if clean(title)[1]:
        raise UsageError(Problem("the title has a character that no page can hold", "type it again"))
    if not title:
        raise UsageError(Problem("the title is empty", "dateline new 'What happened'"))
    try:
        written = dates.parse(wanted.date) if wanted.date else now.astimezone(settings.zone)
    except ValueError as error:
        raise UsageError(Problem(f"--date {error}", "write 2026-11-23 or '2026-11-23 09:30'")) from error
    if wanted.language and not languages.TAG.fullmatch(wanted.language):
        raise UsageError(
            Problem(f"--language is no language tag: {wanted.language!r}", "use a tag such as en or pt-BR")
        )
    slug = slugify(title, wanted.language or settings.language)
    path = root / "content" / "posts" / f"{written.year:04}" / f"{written.month:02}" / f"{slug}.md"
    if path.exists():
        raise UsageError(Problem(f"{path} exists already", "choose another title, or edit that file"))
    front = FrontMatter(
        title=title,
        date=written,
        id=short_id(secrets.token_hex(16)),
        section=wanted.section,
        tags=wanted.tags,
        authors=wanted.authors,
        language=wanted.language,
        status=Status.DRAFT if wanted.draft else Status.PUBLISHED,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content.dump(front, "").encode())
    return path
