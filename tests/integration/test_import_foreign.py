"""Whole exports move in: every old address answers, feed items keep their ids, a second import changes nothing."""

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from foreign import FIXTURES, fixture, items, zipped
from support import NOW, SiteFixture

from generator.importer import ImportRequest, Outcome, run
from generator.importer.articles import Article
from generator.model.document import Status

FEED_IDS = {
    "blogger/legacy.xml": "tag:blogger.com,1999:blog-77.post-1001",
    "blogger/feed.atom": "tag:blogger.com,1999:blog-88.post-11",
    "wordpress/wxr-1.2.xml": "https://gazette.example/?p=12",
    "medium/": "https://medium.com/p/4f2a1b9c0d3e",
}
SECRETS = (
    b"Secret.",
    b"Mine.",
    b"Not yet.",
    b"Old.",
    b"Gone.",
    b"Soon.",
    b"swordfish",
    b"For those who pay.",
    b"Sent.",
)


class Moved:
    """An export imported into a site of its own."""

    def __init__(self, folder, name) -> None:
        self.site = SiteFixture(folder / "site")
        self.file = folder / ("export" + ("" if name.endswith("/") else name[name.rindex(".") :]))
        self.file.write_bytes(fixture(name))
        self.articles = [item for item in items(FIXTURES[name], fixture(name)) if isinstance(item, Article)]

    def report(self):
        """Import; the receipt."""
        return run(ImportRequest(root=self.site.root, inputs=(str(self.file),), now=NOW, jobs=1, date="2020-01-01"))

    def run(self):
        """Import; what became of each article."""
        return [item.outcome for item in self.report().articles if item.path]

    def addresses(self):
        """Paths of the old addresses that must answer."""
        shown = [item for item in self.articles if item.url and item.status is Status.PUBLISHED]
        urls = [url for item in shown if "2031" not in str(item.date) for url in (item.url, *item.aliases)]
        return [unquote(re.sub(r"^https?://[^/]+", "", url)) for url in urls]


@pytest.mark.parametrize("name", ["substack/", "medium/", "takeout"])
@pytest.mark.parametrize("above", ["", "downloads/"])
def test_an_archive_that_was_unpacked(tmp_path, name, above):
    """The folder that an archive unpacks to gives what the archive gives, also in a folder of downloads."""
    feed = {"Takeout/Blogger/Blogs/Quay Notes/feed.atom": fixture("blogger/feed.atom"), "Takeout/x.html": b"<html>"}
    data = zipped(feed) if name == "takeout" else fixture(name)
    made = []
    for form in ("packed", "unpacked"):
        site, place = SiteFixture(tmp_path / form), tmp_path / f"{form}-export/{above}export"
        place.parent.mkdir(parents=True)
        if form == "packed":
            place.write_bytes(data)
        else:
            zipfile.ZipFile(io.BytesIO(data)).extractall(place)
        report = run(ImportRequest(root=site.root, inputs=(str(place if not above else place.parent),), now=NOW))
        told = [str(problem).replace(f"{form}-export", "") for problem in report.problems]
        written = {path.name: re.sub("(name|written):.*", "", path.read_text()) for path in site.root.rglob("*.md")}
        made.append((dict(report.tally.articles), told, written))
    assert made[0] == made[1]
    assert made[0][0]["post", "written"] > 0


def test_the_numbered_files_of_wordpress_are_one_export(tmp_path):
    """In a folder of their own they find in each other what they name; beside other files each is one of its own."""
    whole = fixture("wordpress/traps.xml").decode()
    start, end = whole.index("<item><title>The lock gate"), whole.index("<item><title>Gate opens")
    parts = (whole[: whole.index("<item>")] + whole[start:end] + "</channel></rss>", whole[:start] + whole[end:])
    folder = tmp_path / "export"
    folder.mkdir()
    for number, part in enumerate(parts):
        (folder / f"lock.wordpress.2026-11-23.00{number}.xml").write_text(part, "utf-8")
    site = SiteFixture(tmp_path / "site")

    def again():
        return run(ImportRequest(root=site.root, inputs=(str(folder),), now=NOW))

    assert again().tally.outcomes()[Outcome.WRITTEN] > 10
    assert "uploads/2020/05/gate.jpg" in (site.root / "content/posts/2020/05/gate-opens.md").read_text()
    assert set(again().tally.outcomes()) == {Outcome.UNCHANGED}
    (folder / "notes.txt").write_text("5 May 2023\n\nNotes\n\nOf the lock, and what the keeper saw.\n")
    assert any("not in this file (attachment 50)" in problem.cause for problem in again().problems)


def test_problems_name_archive_and_file(tmp_path):
    """What is wrong with an article of an archive is told with the archive's name and the file's in it."""
    moved = Moved(tmp_path, "substack/")
    (paid,) = [item for item in moved.report().articles if item.title == "Paid notes"]
    assert re.fullmatch(r".*/export/posts/\d+\.[\w-]+\.html", paid.source)
    assert {problem.path for problem in paid.problems} == {paid.source}


@pytest.mark.parametrize("name", FIXTURES)
def test_an_export_moves_in(tmp_path, name):
    """Each article is a file, its old address a page, its feed id the old one; what was withheld is nowhere."""
    moved = Moved(tmp_path, name)
    assert moved.run() == [Outcome.WRITTEN] * len(moved.articles)
    problems = moved.site.build().problems
    assert [problem for problem in problems if "is no page of the site" not in problem.cause] == []
    output = moved.site.tree()
    for path in moved.addresses():
        assert {f"{path[1:]}index.html", path[1:], f"{path[1:]}.html"} & set(output), path
    feeds = [data.decode() for file, data in output.items() if file.endswith(".xml")]
    assert any(FEED_IDS.get(name, "") in feed for feed in feeds)
    assert [secret for secret in SECRETS for data in output.values() if secret in data] == []
    assert set(moved.run()) == {Outcome.UNCHANGED}
