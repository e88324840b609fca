"""`dateline check` proves that what is off the site is in no file of the output, and raises no false alarm."""

import html
import json
import os
import time

import pytest
from markupsafe import escape
from shell import dateline
from support import NOW, messages, post

AT = NOW.isoformat()
STORY = "content/posts/mayor/index.md"
PICTURE = "content/posts/mayor/tears-of-the-mayor.svg"
SHARED = "content/images/mayor-at-home.svg"
TITLE = "Mayor resigns in tears"
SECRET = "The mayor will resign on Tuesday after nine long years in office"
LATER = "2026-12-24 10:00"


def hidden(**keys):
    """A story that is off the site, with a picture beside it and one elsewhere."""
    body = f"Short one.\n\n{SECRET}.\n\n![Home](/images/mayor-at-home.svg)"
    date = keys.pop("date", "2026-01-05 10:00")
    return {
        STORY: post(TITLE, date, body, **{"id": "m1", "image": "tears-of-the-mayor.svg", **keys}),
        PICTURE: b"<svg xmlns='http://www.w3.org/2000/svg'><!-- tears --></svg>",
        SHARED: b"<svg xmlns='http://www.w3.org/2000/svg'><!-- home --></svg>",
        "content/posts/other.md": post("Other", id="o1"),
    }


KINDS = {
    "scheduled for later": {"date": LATER},
    "a draft": {"status": "draft"},
    "withdrawn": {"status": "withdrawn"},
    "expired": {"expires": "2026-02-01"},
}


def check(site, *options):
    """What the check finds of the embargo: rule, place and cause."""
    said = dateline("check", "-s", site.root, "--now", AT, "--format", "json", *options)
    found = [item for item in json.loads(said.out)["findings"] if item["rule"].startswith("embargo")]
    return [(item["rule"], item["path"].removeprefix("output/"), item["line"], item["cause"]) for item in found]


@pytest.mark.parametrize("keys", KINDS.values(), ids=KINDS)
def test_a_sound_site(site, keys):
    """Nothing is found in what a build wrote, whatever keeps the story off."""
    made = site(hidden(**keys))
    assert messages(made.build()) == []
    assert check(made) == []
    assert check(made) == []


PLANTED = {
    "its title": ("feed.xml", f"<title>{TITLE}</title>"),
    "its text": ("notes.txt", f"... {SECRET}!"),
    "a file that it alone has": ("pictures/x.svg", hidden()[PICTURE]),
}


@pytest.mark.parametrize(("what", "planted"), PLANTED.items(), ids=PLANTED)
@pytest.mark.parametrize(("why", "keys"), KINDS.items(), ids=KINDS)
def test_what_shows_is_found(site, why, keys, what, planted):
    """Title, text and bytes of its files, in whatever file of the output, with file, line and reason."""
    made, (name, data) = site(hidden(**keys)), planted
    made.build()
    path = made.output / name
    path.parent.mkdir(exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    text = data if isinstance(data, bytes) else f"\n<!-- {data} -->".encode()
    path.write_bytes(before + text)
    found = check(made)
    line = None if isinstance(data, bytes) else before.count(b"\n") + 2
    assert found == [("embargo-leak", name, line, f"this shows {what}: {STORY}, which is {why}")]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("Mayor resigns in &quot;tears&quot; &amp; more", "its title"),
        ('Mayor resigns in \\"tears\\" & more', "its title"),
        ("Mayor resigns in &#34;tears&#34; &amp; more", "its title"),
        ("https://example.org/2026/12/mayor/", "its address"),
        ("/2026/12/mayor/", "its address"),
        ("/2026/12/mayor/tears-of-the-mayor.svg", f"the name of its file {PICTURE}"),
        ("/images/mayor-at-home.svg", f"the name of its file {SHARED}"),
        ("/2026/12/mayor-2/", ""),
        ("/2026/12/mayor/x/", ""),
    ],
)
def test_how_it_may_be_written(site, written, what):
    """As HTML, as JSON, as an address with or without the host; another address is none of it."""
    files = hidden(date=LATER)
    made = site({**files, STORY: files[STORY].replace(TITLE, 'Mayor resigns in "tears" & more')})
    made.build()
    (made.output / "x.txt").write_text(f"a\nb {written}\n")
    found = check(made)
    assert [(path, line, cause.partition(":")[0]) for _, path, line, cause in found] == (
        [("x.txt", 2, f"this shows {what}")] if what else []
    )


def test_an_article_on_the_site_that_says_it(site):
    """What an article on the site says itself is no leak; of a story to come it is a warning, in that article."""
    for keys, wanted in ((KINDS["scheduled for later"], 1), (KINDS["a draft"], 0), (KINDS["withdrawn"], 0)):
        made = site({**hidden(**keys), "content/posts/other.md": post("Other", body=f"One.\n\n{SECRET}.", id="o1")})
        made.build()
        found = check(made)
        assert (
            found
            == [
                (
                    "embargo-quoted",
                    "content/posts/other.md",
                    9,
                    f"this has its text: {STORY}, which is scheduled for later",
                )
            ]
            * wanted
        )


@pytest.mark.parametrize("title", ["Weather", "Letters", "Letters to the editor"])
def test_common_titles(site, title):
    """A short title is not sought; neither does one alarm that an article on the site has too."""
    files = hidden(date=LATER)
    made = site({**files, STORY: files[STORY].replace(TITLE, title), "content/posts/other.md": post(title, id="o1")})
    made.build()
    assert [rule for rule, *_ in check(made)] == (["embargo-quoted"] if " " in title else [])


def test_a_file_that_others_have_too(site):
    """A picture of which another article has a copy, or that it names too, is no secret."""
    files = hidden(date=LATER)
    made = site({**files, "content/copy.svg": files[PICTURE]})
    made.edit("content/posts/other.md", post("Other", body="![Home](/images/mayor-at-home.svg)", id="o1"))
    made.build()
    assert [(rule, path) for rule, path, *_ in check(made)] == [("embargo-quoted", "content/copy.svg")]


def test_what_is_told_by_right(site):
    """A reason that names the story's own title is the editor's word."""
    reason = f"[{{date: 2026-02-01, kind: retraction, text: We called it {TITLE}.}}]"
    made = site(hidden(status="withdrawn", corrections=reason))
    made.build()
    assert TITLE in made.page("2026/01/mayor/index.html")
    assert check(made) == []


def test_an_output_of_yesterday(site):
    """A story that was taken back since the build shows in all that it was in, each file with its clearest sign."""
    made = site(hidden())
    made.build()
    assert check(made) == []
    made.edit(STORY, hidden(status="withdrawn")[STORY])
    found = {path: cause for _, path, _, cause in check(made)}
    assert {"index.html", "feed.xml", "atom.xml", "feed.json", "2026/01/mayor/index.html"} <= found.keys()
    assert found["index.html"] == f"this shows its title: {STORY}, which is withdrawn"
    assert "images/mayor-at-home.svg" in found


def test_the_clock_decides(site):
    """What is public by the clock of the check is no secret any more."""
    made = site(hidden(date=LATER))
    made.build(future=True)
    assert check(made) != []
    said = dateline("check", "-s", made.root, "--now", "2026-12-24T10:00:00Z", "--skip", "feed-future")
    assert "embargo" not in said.err


def test_files_are_looked_through_once(site, monkeypatch):
    """A second check reads nothing; an edited file, or another story that is hidden, is enough to look again."""
    made = site(hidden(date=LATER))
    made.build()
    old = time.time() - 60
    for path in [*made.output.rglob("*"), *(made.root / "content").rglob("*")]:
        os.utime(path, (old, old))
    time.sleep(2.1)  # until changes of status are at rest too
    from generator.check import embargo

    read, looked = embargo.read, []
    monkeypatch.setattr(embargo, "read", lambda path: looked.append(path.name) or read(path))
    options = ("-j", "1")
    check(made, *options)
    assert len(looked) > 5
    looked.clear()
    check(made, *options)
    assert looked == []
    (made.output / "index.html").write_text(TITLE)
    assert [path for _, path, *_ in check(made, *options)] == ["index.html"]
    assert looked == ["index.html"]
    looked.clear()
    made.add("content/posts/more.md", post("Another secret story", LATER))
    check(made, *options)
    assert len(looked) > 5


def test_without_a_build_that_is_remembered(site):
    """A check on a machine that never built finds the same."""
    made = site(hidden(date=LATER))
    made.build()
    (made.output / "x.txt").write_text(TITLE)
    before = check(made)
    for path in sorted((made.root / ".dateline").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert check(made) == before != []


@pytest.mark.parametrize(
    "title", ["Düsseldorf löst den Stadtrat auf", "The mayor's \"tears\" aren't dry", "Ünlü Ş çiçek"]
)
@pytest.mark.parametrize("form", [str, lambda text: json.dumps(text)[1:-1], escape, html.escape], ids=range(4))
def test_every_form_of_a_title(site, title, form):
    """Raw, in JSON of ASCII alone, as Jinja escapes it, as others do; with and without something joined to its ends."""
    made = site({"content/posts/a.md": post(json.dumps(title), LATER), "content/posts/b.md": post()})
    made.build()
    for before, after in (("x ", " y"), ("\\n", "\\n"), ("ab", "cd")):
        (made.output / "x.txt").write_text(f"{before}{form(title)}{after}")
        assert [path for _, path, *_ in check(made)] == ["x.txt"], (before, after)


def test_text_without_latin_letters(site):
    """A title and a text of another script are found too."""
    text = "东京港的新桥将在星期二开放,市长将在开幕式上宣布她的辞职决定,记者们已经等待了整整九年"
    made = site({"content/posts/a.md": post("东京 港的新桥将在星期二开放", LATER, text), "content/posts/b.md": post()})
    made.build()
    for planted in ("x 东京 港的新桥将在星期二开放 y", f"x{text}y"):
        (made.output / "x.txt").write_text(planted)
        assert [path for _, path, *_ in check(made)] == ["x.txt"]
