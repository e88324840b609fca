"""Raw articles become posts: once, whole, and never over a person's work."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from exports import PNG
from foreign import zipped
from support import NOW, REPOSITORY, SiteFixture

from generator import content
from generator.cli import main
from generator.content.text import MAX_BYTES
from generator.errors import Severity, UsageError
from generator.importer import ImportRequest, Outcome, run

SAMPLE = REPOSITORY.parent / "shared" / "samples" / "raw-article-en.txt"
RAW = """\
Dienstag, 9. Mai 2023

Brücke „Große Mole“ gesperrt

Brücke „Große Mole“ gesperrt



Taucher fanden am Montag einen Riss im nördlichen Pfeiler.


Die Bürgermeisterin, Şükran Yıldız, sagte: „Wir prüfen das.“



Keine Kommentare:"""
PATH = "content/posts/2023/05/brucke-grosse-mole-gesperrt.md"


class Desk:
    """A site and a folder of raw files beside it."""

    def __init__(self, folder: Path) -> None:
        self.site = SiteFixture(folder / "site")
        self.raw = folder / "raw"
        self.raw.mkdir()

    def put(self, name, data):
        """A raw file."""
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    def run(self, *inputs, **values):
        """Import; the report."""
        return run(ImportRequest(root=self.site.root, inputs=inputs, **{"now": NOW, **values}))

    def one(self, *inputs, **values):
        """Import one article; what came of it."""
        (article,) = self.run(*inputs, **values).articles
        return article

    def posts(self):
        """Every post's path and text."""
        files = (self.site.root / "content").rglob("*.md")
        return {path.relative_to(self.site.root).as_posix(): path.read_text("utf-8") for path in files}

    def document(self, path):
        """A post, read."""
        return content.parse((self.site.root / path).read_bytes(), path).document


@pytest.fixture
def desk(tmp_path):
    """A site with nothing in it, and an empty folder for raw files."""
    return Desk(tmp_path)


def test_the_sample(desk):
    """The publisher's own sample becomes one dated post with its headline once, and nothing of the page around it."""
    if not SAMPLE.exists():
        pytest.skip(f"there is no {SAMPLE}")
    article = desk.one(str(SAMPLE))
    assert article.path.startswith("content/posts/2023/05/")
    assert list(desk.posts()) == [article.path]
    text = desk.posts()[article.path]
    document = desk.document(article.path)
    assert str(document.front.date) == "2023-05-09"
    assert text.count("Turkiye rejects US proposal") == 1
    assert "No comments" not in text
    assert "Tuesday, 9 May" not in text
    assert "“The US asked us to send the S-400s to Ukraine, and we said no,” Mevlüt Çavuşoğlu was cited" in text
    assert document.front.summary == document.body.strip().split("\n\n")[0]
    assert document.front.summary.startswith("The US had proposed")
    assert document.front.source.sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
    assert [item.text for item in article.dropped][-1] == "No comments:"
    assert len(document.body.strip().split("\n\n")) == 16
    assert desk.site.build().problems == ()


def test_a_post_in_full(desk):
    """The file that an import writes, to the letter."""
    article = desk.one(desk.put("mole.txt", RAW))
    digest = hashlib.sha256(RAW.encode()).hexdigest()
    assert article.outcome is Outcome.WRITTEN
    assert desk.posts() == {
        PATH: f"""\
---
title: Brücke „Große Mole“ gesperrt
date: 2023-05-09
id: {desk.document(PATH).front.id}
summary: Taucher fanden am Montag einen Riss im nördlichen Pfeiler.
source:
  name: mole.txt
  retrieved: 2026-11-23
  sha256: {digest}
  written: {desk.document(PATH).front.source.written}
---

Taucher fanden am Montag einen Riss im nördlichen Pfeiler.

Die Bürgermeisterin, Şükran Yıldız, sagte: „Wir prüfen das.“
"""
    }


def test_the_slug_follows_the_language(desk):
    """A told language, or the site's, spells the file's name; only one that is not the site's is written."""
    desk.one(desk.put("mole.txt", RAW), language="de")
    path = "content/posts/2023/05/bruecke-grosse-mole-gesperrt.md"
    assert desk.document(path).front.language == "de"
    desk.site.add("site.toml", 'title = "T"\nbase_url = "https://example.org"\nlanguage = "de"\n')
    desk.site.remove(path)
    assert desk.one(desk.put("mole.txt", RAW)).path == path
    assert desk.document(path).front.language is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1254"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings(desk, encoding, end):
    """Whatever a text was saved as, the post is the same."""
    text = RAW.replace("„", "“").replace("\n", end)
    desk.one(desk.put("mole.txt", text.encode(encoding)))
    assert "Die Bürgermeisterin, Şükran Yıldız, sagte: “Wir prüfen das.“" in desk.posts()[PATH]


def test_a_broken_byte_is_marked_and_told(desk):
    """A text of UTF-8 with one broken byte becomes a post; a warning names the file and the line."""
    source = desk.put("mole.txt", RAW.encode().replace(b"Riss", b"Ri\xffss"))
    article = desk.one(source)
    assert article.outcome is Outcome.WRITTEN
    assert "Taucher fanden am Montag einen Ri\ufffdss" in desk.posts()[PATH]
    (told,) = [problem for problem in article.problems if "broken" in problem.cause]
    assert (told.path, told.line, told.severity) == (source, 9, Severity.WARNING)


def test_importing_again_changes_nothing(desk):
    """The same text again, later, from elsewhere or under another name, leaves the file alone and says so."""
    first = desk.one(desk.put("mole.txt", RAW))
    before = desk.posts()
    stamp = (desk.site.root / PATH).stat()
    for again in (
        desk.one(desk.put("mole.txt", RAW), now=NOW.replace(year=2027)),
        desk.one(desk.put("copy.txt", RAW)),
        desk.one("-", stdin=RAW.encode()),
    ):
        assert (again.outcome, again.path, again.title) == (Outcome.UNCHANGED, PATH, first.title)
    assert desk.posts() == before
    assert (desk.site.root / PATH).stat() == stamp


def test_a_file_that_a_person_changed_is_kept(desk):
    """An edited post is never overwritten, and the report says why."""
    source = desk.put("mole.txt", RAW)
    desk.one(source)
    edited = desk.posts()[PATH].replace("einen Riss", "zwei Risse")
    desk.site.edit(PATH, edited.encode())
    article = desk.one(source)
    assert (article.outcome, article.path) == (Outcome.KEPT, PATH)
    assert "delete it to import afresh" in article.note
    assert desk.posts() == {PATH: edited}


@pytest.mark.parametrize("break_it", [False, True])
def test_a_moved_file_is_found(desk, break_it):
    """A post that was moved and renamed, or that can no longer be read, is known by its id and not made again."""
    source = desk.put("mole.txt", RAW)
    desk.one(source)
    text = desk.posts()[PATH]
    desk.site.remove(PATH)
    text = text.replace("title: ", "title: [") if break_it else text
    desk.site.add("content/posts/harbour/moved.md", text.encode())
    article = desk.one(source)
    assert article.path == "content/posts/harbour/moved.md"
    assert article.outcome is (Outcome.KEPT if break_it else Outcome.UNCHANGED)
    assert list(desk.posts()) == ["content/posts/harbour/moved.md"]


def test_ids(desk):
    """An id is made of the text alone: equal on every machine, another for another text."""
    desk.one(desk.put("a.txt", RAW))
    first = desk.document(PATH).front.id
    desk.site.remove(PATH)
    desk.one("-", stdin=RAW.encode(), source_name="Elsewhere")
    assert desk.document(PATH).front.id == first
    assert len(first) == 12
    assert set(first) <= set("0123456789abcdefghjkmnpqrstvwxyz")
    other = desk.one("-", stdin=RAW.replace("Brücke", "Fähre").encode())
    assert desk.document(other.path).front.id != first


def test_a_changed_source_is_told(desk):
    """A text that was changed at its source changes the post, which keeps its id and says so."""
    desk.one(desk.put("mole.txt", RAW))
    before = desk.document(PATH).front.id
    article = desk.one(desk.put("mole.txt", RAW.replace("Riss", "Spalt")))
    assert (article.outcome, article.path) == (Outcome.UPDATED, PATH)
    assert "Spalt" in desk.posts()[PATH]
    assert desk.document(PATH).front.id == before
    assert len(desk.posts()) == 1


def test_another_story_of_the_same_headline_and_day(desk):
    """Another text with the same headline and date is another post, and both are named."""
    desk.one(desk.put("mole.txt", RAW))
    before = desk.posts()[PATH]
    other = RAW[: RAW.index("Taucher")] + "Nichts davon stimmt, teilte am Abend das Hafenamt in einer Erwiderung mit."
    article = desk.one(desk.put("reply.txt", other))
    assert (article.outcome, article.path) == (Outcome.WRITTEN, PATH.replace(".md", "-2.md"))
    (problem,) = article.problems
    assert problem.severity is Severity.WARNING
    assert problem.path.endswith("reply.txt")
    assert PATH in problem.cause
    assert "delete one" in problem.fix
    assert desk.posts()[PATH] == before


def test_a_taken_name_gets_a_number(desk):
    """Another article of the same month and slug gets a number, and keeps it when imported again."""
    desk.one(desk.put("a.txt", RAW))
    numbered = PATH.replace(".md", "-2.md")
    for outcome in (Outcome.WRITTEN, Outcome.UNCHANGED):
        article = desk.one(desk.put("b.txt", RAW.replace("9. Mai", "10. Mai").replace("Dienstag", "Mittwoch")))
        assert (article.outcome, article.path) == (outcome, numbered)
    assert len(desk.posts()) == 2
    assert desk.site.build().problems == ()


def test_index_is_no_name(desk):
    """A story titled Index does not take the name that stands for its folder."""
    assert desk.one("-", stdin=b"9 May 2023\nIndex\n\nText.").path == "content/posts/2023/05/index-page.md"


def test_no_date(desk):
    """A text without a date line is an error with three ways out; each of them works."""
    source = desk.put("mole.txt", RAW.split("\n", 1)[1])
    article = desk.one(source)
    assert (article.outcome, article.path) == (Outcome.FAILED, None)
    (problem,) = article.problems
    assert "--date" in problem.fix
    assert "--draft" in problem.fix
    assert desk.posts() == {}
    drafted = desk.one(source, draft=True)
    assert drafted.path == "content/posts/drafts/brucke-grosse-mole-gesperrt.md"
    assert "status: draft" in desk.posts()[drafted.path]
    desk.site.remove(drafted.path)
    assert desk.one(source, date="2023-05-09 10:30").path == PATH
    assert "date: 2023-05-09 10:30:00" in desk.posts()[PATH]
    again = desk.one(source)
    assert again.outcome is Outcome.UNCHANGED  # the post has the date by now


def test_what_is_told_of_all(desk):
    """Section, tags and the source's name are written; the date line comes before the date that is told."""
    desk.one(
        desk.put("mole.txt", RAW), date="1999-01-01", section="News", tags=("harbour", "a"), source_name="Kreisblatt"
    )
    front = desk.document(PATH).front
    assert (front.section, front.tags, str(front.date)) == ("News", ("harbour", "a"), "2023-05-09")
    assert front.source.name == "Kreisblatt"


def test_a_folder(desk):
    """A folder is read in order, hidden files and links are passed over, and a bad source does not stop the rest."""
    desk.put("b/two.txt", RAW)
    desk.put("a.bin", b"\x00\x01\x02\x03")
    desk.put("c.txt", RAW.replace("Brücke", "Fähre"))
    desk.put(".hidden.txt", RAW)
    (desk.raw / "link.txt").symlink_to("c.txt")
    report = desk.run(str(desk.raw))
    found = [(Path(item.source).name, item.outcome.value) for item in report.articles]
    assert found == [("a.bin", "failed"), ("two.txt", "written"), ("c.txt", "written"), ("link.txt", "failed")]
    errors = [problem for problem in report.problems if problem.severity is Severity.ERROR]
    assert [(Path(problem.path).name, "offset 0" in problem.cause) for problem in errors] == [("a.bin", True)]
    assert len(desk.posts()) == 2
    assert list(report.lines())[-1] == "2 written, 2 failed"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_saved_page_loads(desk, jobs):
    """Of the folder that a browser lays beside a page come the pictures that the article shows, and nothing else."""
    words = "The ferry came late, and nobody on the quay could say why it had been so long at sea. " * 5
    shown = '<p><img src="./My%20page_files/boat.png" alt="A boat"></p>'
    head = "<title>Ferry late</title><link rel=canonical href=https://a.example/ferry>"
    date = "<h1>Ferry late</h1><time datetime=2023-05-09>9 May</time>"
    page = f"<html><head>{head}</head><body><article>{date}<p>{words}</p>{shown}<p>{words}</p></article></body></html>"
    desk.put("My page.html", page)
    desk.put("My page_files/boat.png", PNG)
    desk.put("My page_files/frame.html", page)
    desk.put("My page_files/main.js", "var a = 1")
    desk.put("other_files/news.txt", RAW)
    report = desk.run(str(desk.raw), jobs=jobs)
    assert [(Path(item.source).name, item.outcome.value) for item in report.articles] == [
        ("My page.html", "written"),
        ("news.txt", "written"),
    ]
    assert report.tally.pictures == 1
    assert "![A boat](/images/2023/05/boat.png)" in desk.document(next(iter(report.articles)).path).body


def test_inputs_that_are_not_there(desk):
    """A missing file, an unreadable one and an empty folder are told, each with its way out."""
    (desk.raw / "empty").mkdir()
    report = desk.run(str(desk.raw / "none.txt"), str(desk.raw / "empty"))
    assert [problem.cause for problem in report.problems] == ["there is no such file or folder", "holds no files"]
    assert desk.run(str(desk.raw / "empty")).exit_code == 1
    assert all(problem.fix for problem in report.problems)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.html", b"\xef\xbb\xbf \n\n", "is empty"),
        ("other.json", b'{"a": 1}', "is JSON that is no export, feed or table, which `dateline import` does not read"),
        (
            "cut.jsonl",
            b'[\n {"title": "A"',
            "is JSON that is no export, feed or table, which `dateline import` does not read",
        ),
        ("letter.docx", zipped({"word/document.xml": b"<x/>"}), "is a document of a word processor"),
        (
            "page.mhtml",
            b"From: <Saved by Blink>\r\nSubject: x\r\n y\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n",
            "is a page in one file (MHTML), which `dateline import` does not read",
        ),
        ("export.xml.gz", gzip.compress(b"<rss/>", mtime=0), "is packed with gzip"),
        ("files.zip", zipped({"a.txt": b"x"}), "is an archive, and no export that `dateline import` knows"),
    ],
)
def test_what_holds_no_article(desk, name, data, cause):
    """What it is instead is told, with a way out; the exit code is 1."""
    report = desk.run(desk.put(name, data))
    (problem,) = report.problems
    assert (problem.cause, report.exit_code) == (cause, 1)
    assert problem.fix
    assert desk.posts() == {}


def test_nothing_at_all(desk):
    """A site folder without an article is told, and is an error; beside another source it is none."""
    desk.put("jekyll/_config.yml", "title: Old\n")
    desk.put("jekyll/_posts/.keep", "")
    folder = str(desk.raw / "jekyll")
    report = desk.run(folder)
    assert [(str(problem.severity), problem.cause) for problem in report.problems] == [
        ("warning", "holds no article"),
        ("error", "nothing was imported: there is no article"),
    ]
    assert report.exit_code == 1
    assert desk.run(folder, desk.put("mole.txt", RAW)).exit_code == 0
    assert desk.run(desk.put("mole.txt", RAW), only=("pages",)).exit_code == 0  # there is one, and it was not wanted


def test_a_dry_run_speaks_of_what_would_be(desk):
    """Each line and the sum say what would become of an article."""
    two = [desk.put("a.txt", RAW), desk.put("b.txt", "5 May 2023\nThe ferry\n\nIt was late again today.\n")]
    desk.run(two[0])
    dry = list(desk.run(*two, dry_run=True).lines())
    assert dry[1].startswith("would be written content/posts/2023/05/the-ferry.md from ")
    assert dry[2] == "1 would be written, 1 unchanged"
    assert list(desk.run(*two).lines())[2] == "1 written, 1 unchanged"


def test_what_is_no_file(desk):
    """A device, which may never end, is told and not read."""
    report = desk.run("/dev/zero")
    assert [problem.cause for problem in report.problems] == ["is no regular file"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"date": "soon"}, "--date"),
        ({"date": "2023-02-31"}, "--date"),
        ({"language": "german!"}, "--language"),
        ({"inputs": ("-",)}, "standard input"),
    ],
)
def test_wrong_requests(desk, values, message):
    """A request that cannot be meant is refused as a whole."""
    inputs = values.pop("inputs", ())
    with pytest.raises(UsageError, match=message):
        desk.run(*inputs, **values)


def test_a_folder_that_cannot_be_written(desk):
    """Where the post cannot be written, the source fails with the path, and the others go on."""
    desk.site.add("content/posts/2023", b"a file where a folder belongs")
    article = desk.one(desk.put("mole.txt", RAW))
    assert article.outcome is Outcome.FAILED
    assert "2023" in article.problems[0].cause
    assert "move what is there away" in article.problems[0].fix
    assert article.problems[0].fix


def test_report(desk):
    """The report has, as JSON, what was made and every line that was left out, word for word."""
    source = desk.put("mole.txt", RAW)
    values = json.loads(desk.run(source).to_json())
    (article,) = values["articles"]
    assert (article["source"], article["path"], article["outcome"]) == (source, PATH, "written")
    assert article["encoding"] == "utf-8"
    assert article["title"] == "Brücke „Große Mole“ gesperrt"
    assert article["dropped"] == [
        {"line": 1, "text": "Dienstag, 9. Mai 2023", "reason": "read as the date"},
        {"line": 5, "text": "Brücke „Große Mole“ gesperrt", "reason": "the headline again"},
        {"line": 16, "text": "Keine Kommentare:", "reason": "the line of comments"},
    ]


def test_command(desk, capsys):
    """The command writes the post and the report, says what it did, and fails where a source failed."""
    report = desk.raw / "report.json"
    good, bad = desk.put("good.txt", RAW), desk.put("bad.txt", "No date\n\nText.")
    with pytest.raises(SystemExit) as raised:
        main(["import", "-s", str(desk.site.root), good, bad, "--report", str(report), "--now", NOW.isoformat()])
    assert raised.value.code == 1
    shown = capsys.readouterr()
    assert f"written {PATH} from {good}" in shown.out
    assert "bad.txt: error: has no date line" in shown.err
    assert len(json.loads(report.read_text("utf-8"))["articles"]) == 2


def test_what_a_build_would_refuse_is_not_written(desk):
    """A post that a build could not read is told with the source, and no file is made."""
    article = desk.one(desk.put("mole.txt", RAW), section=" ")
    assert article.outcome is Outcome.FAILED
    assert "`section` is empty" in article.problems[0].cause
    assert desk.posts() == {}


def test_a_name_taken_by_an_unreadable_file(desk):
    """A file that is no article keeps its name, and the import takes the next."""
    desk.site.add(PATH, b"\xff no article")
    article = desk.one(desk.put("mole.txt", RAW))
    assert article.path == PATH.replace(".md", "-2.md")
    assert (desk.site.root / PATH).read_bytes() == b"\xff no article"


def test_a_source_beyond_all_articles(desk):
    """A file that is too large for an article is refused unread, by file and by standard input."""
    data = b"x" * (MAX_BYTES + 1)
    report = desk.run(desk.put("big.txt", data), "-", stdin=data)
    assert [problem.path.rsplit("/")[-1] for problem in report.problems] == ["big.txt", "stdin"]
    assert all("larger than" in problem.cause for problem in report.problems)


@pytest.mark.parametrize(("name", "told"), [("market.txt", 1), ("market.md", 1), ("market.csv", 0)])
def test_a_text_in_another_language_than_the_site(desk, name, told):
    """A single text gets the language of its words, by which its name is spelled, and a warning; a table's row none."""
    text = "Der Rat hat am Montag über die Brücke beraten, und sie wird für das Jahr nicht mehr offen sein. " * 3
    source = {
        "market.txt": f"9. Mai 2023\n\nÜber die Brücke\n\n{text}",
        "market.md": f"# Über die Brücke\n\n9. Mai 2023\n\n{text}",
        "market.csv": f'title,date,text\nÜber die Brücke,2023-05-09,"{text}"\n',
    }[name]
    article = desk.one(desk.put(name, source))
    assert desk.document(article.path).front.language == ("de" if told else None)
    assert article.path.endswith("/ueber-die-bruecke.md" if told else "/uber-die-brucke.md")
    assert ["`language: de`" in problem.cause for problem in article.problems] == [True] * told
    assert desk.site.build().problems == ()


def test_a_language_that_is_given_is_not_guessed(desk):
    """Neither with --language, nor in a site of that language, is a word said."""
    text = "Der Rat hat am Montag über die Brücke beraten, und sie wird für das Jahr nicht mehr offen sein. " * 3
    source = desk.put("market.txt", f"9. Mai 2023\n\nÜber die Brücke\n\n{text}")
    assert desk.one(source, language="en", dry_run=True).problems == ()
    desk.site.add("site.toml", 'title = "T"\nbase_url = "https://example.org"\nlanguage = "de"\n')
    article = desk.one(source)
    assert (article.problems, desk.document(article.path).front.language) == ((), None)
