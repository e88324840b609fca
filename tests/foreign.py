"""Exports of other systems, read; and what was read, as a text to be looked at.

`python tests/foreign.py` writes the golden texts beside the fixtures anew: look at what changed before you commit it.
"""

import importlib
import io
import sys
import zipfile
from functools import partial
from pathlib import Path

from generator.importer.articles import Article, SiteFound, Skipped
from generator.importer.sources import RawSource

FOLDER = Path(__file__).parent / "fixtures" / "import"
FIXTURES = {
    "blogger/legacy.xml": "blogger",
    "blogger/feed.atom": "blogger",
    "blogger/traps.xml": "blogger",
    "blogger/takeout-traps.atom": "blogger",
    "wordpress/wxr-1.2.xml": "wordpress",
    "wordpress/wxr-1.1.xml": "wordpress",
    "wordpress/wxr-1.0.xml": "wordpress",
    "wordpress/traps.xml": "wordpress",
    "ghost/export.json": "ghost",
    "ghost/traps.json": "ghost",
    "substack/": "substack",
    "medium/": "medium",
}
_SILENT = ("title", "body", "comments", "media", "dropped", "problems", "digest", "extra", "template")


def source(data, name="export"):
    """Bytes as a source."""
    return RawSource(name, name, partial(io.BytesIO, data))


def zipped(files):
    """An archive of files by path."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path), data)
    return packed.getvalue()


def fixture(name):
    """A fixture's bytes; those of a folder as an archive."""
    path = FOLDER / name
    if not name.endswith("/"):
        return path.read_bytes()
    files = [file for file in path.rglob("*") if file.is_file() and file.name != "golden.md"]
    return zipped({file.relative_to(path).as_posix(): file.read_bytes() for file in files})


def items(form, data):
    """What a format reads from bytes."""
    module = importlib.import_module(f"generator.importer.formats.{form}")
    raw = source(data)
    assert module.recognises(raw)
    return list(module.read(raw))


def articles(form, data):
    """The articles of an export, by headline."""
    return {item.title: item for item in items(form, data) if isinstance(item, Article)}


def shown(found):
    """Items as a text: what an article says, its Markdown, what became of the rest."""
    return "\n".join(_shown(item) for item in found)


def _shown(item):
    if isinstance(item, Skipped):
        return f"SKIPPED {item.kind}: {item.name} ({item.reason}; line {item.line})\n"
    if isinstance(item, SiteFound):
        return f"SITE {item}\n"
    fields = [name for name in Article.__struct_fields__ if name not in _SILENT]
    default = Article(title="", body="")
    lines = [f"# {item.title}", ""]
    lines += [f"{name}: {getattr(item, name)}" for name in fields if getattr(item, name) != getattr(default, name)]
    lines += [f"extra: {item.extra}"] if item.extra else []
    lines += [f"media: {media.address}{_origin(media)}" for media in item.media]
    lines += [f"dropped {dropped.line}: {dropped.text} ({dropped.reason})" for dropped in item.dropped]
    lines += [f"{problem.severity} {problem.line}: {problem.cause}" for problem in item.problems]
    lines += [f"comment {comment}" for comment in item.comments]
    return "\n".join([*lines, "", item.body, "", "=" * 60, ""])


def _origin(media):
    return (" (brought along)" if media.open else "") + (f" of {media.original}" if media.original else "")


def golden(name):
    """The file that has a fixture's golden text."""
    return FOLDER / name / "golden.md" if name.endswith("/") else (FOLDER / name).with_suffix(".golden.md")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    for name, form in FIXTURES.items():
        golden(name).write_text(shown(items(form, fixture(name))), "utf-8")
