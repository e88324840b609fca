"""A whole blog moves in: its addresses answer, its links lead to its articles, and what could not be kept is listed."""

import base64
import json
from pathlib import Path

import exports
import pytest
from exports import OLD, PNG, article, export, text
from support import NOW, messages, post

from generator.cli import main
from generator.errors import UsageError
from generator.importer import ImportRequest, Outcome, run
from generator.ledger import derived_id


@pytest.fixture
def move(tmp_path, monkeypatch):
    """A site with nothing in it, and the importer with the format of tests."""
    return exports.move(tmp_path, monkeypatch)


def test_every_old_address_answers(move):
    """Posts and pages stay at their old addresses, aliases lead on, drafts are kept back, and ids are the old ones."""
    report = move.run(
        {"site": {"title": "Old", "base_url": OLD}},
        article("harbour"),
        article("ferry", aliases=["/ferry-old", f"{OLD}/f.html?m=1"]),
        article("about", kind="page", url=f"{OLD}/p/about.html", date="2012-01-01"),
        article("secret", status="draft"),
        article("slashed", url=f"{OLD}/2013/10/slashed/"),
    )
    assert move.site.build().problems == ()
    tree = move.site.tree()
    for path in ("2013/10/harbour.html", "2013/10/ferry.html", "ferry-old.html", "f.html", "p/about.html"):
        assert path in tree
    assert "2013/10/slashed/index.html" in tree
    assert not any("secret" in path for path in tree)
    assert move.document("content/posts/2013/10/harbour.md").front.permalink == "/2013/10/harbour.html"
    assert move.document("content/posts/2013/10/slashed.md").front.permalink is None  # the pattern gives it already
    assert b"tag:old.example,2013:harbour" in tree["feed.xml"]
    assert report.exit_code == 0
    assert report.tally.articles == {("post", "written"): 3, ("page", "written"): 1, ("draft", "written"): 1}


def test_links_between_articles(move):
    """Links to articles that come later, come earlier or are there already become ours; anchors stay, code stays."""
    move.site.add("content/posts/there.md", post("There", permalink="/2013/10/there.html"))
    body = f"""\
See [later]({OLD}/2013/10/later.html#part "T"), [www](http://www.old.example/2013/10/later.html?m=1&utm_source=x),
[root](/2013/10/later.html), [relative](later.html), [there]({OLD}/2013/10/there.html), <{OLD}/2013/10/later.html>
and [r]. Not `[code]({OLD}/2013/10/later.html)`, [another](https://new.example/2013/10/later.html), [top](#top).

<a href="{OLD}/2013/10/later.html">raw</a>

```
[code]({OLD}/2013/10/later.html)
```

[r]: {OLD}/2013/10/later.html
"""
    items = (article("first", body=body), article("later", body=f"[back]({OLD}/2013/10/first.html)"))
    move.run(*items)
    later = "id:tag:old.example,2013:later"
    there = f"id:{derived_id('content/posts/there.md')}"
    assert (
        move.body("content/posts/2013/10/first.md").strip()
        == f"""\
See [later]({later}#part "T"), [www]({later}),
[root]({later}), [relative]({later}), [there]({there}), [{OLD}/2013/10/later.html]({later})
and [r]. Not `[code]({OLD}/2013/10/later.html)`, [another](https://new.example/2013/10/later.html), [top](#top).

<a href="{later}">raw</a>

```
[code]({OLD}/2013/10/later.html)
```

[r]: {later}"""
    )
    assert "[back](id:tag:old.example,2013:first)" in move.body("content/posts/2013/10/later.md")
    assert [problem for problem in messages(move.site.build()) if "error" in problem] == []
    assert '<a href="/2013/10/later.html#part"' in move.site.page("2013/10/first.html")
    before = move.files()
    assert move.outcomes(*items) == ["unchanged", "unchanged"]
    assert move.files() == before


def test_links_that_lead_nowhere_are_listed(move):
    """A link to an old address without an article, or to a draft, stays as it was and is in the receipt."""
    body = f"[gone]({OLD}/2009/gone.html) [draft](/2013/10/draft.html) [elsewhere](https://b.example/x)"
    report = move.run(article("one", body=body), article("draft", status="draft"))
    assert [(item.target, item.reason) for item in report.unresolved] == [
        (f"{OLD}/2009/gone.html", "no article had this address"),
        (f"{OLD}/2013/10/draft.html", "content/posts/2013/10/draft.md is not public"),
    ]
    assert f"[draft]({OLD}/2013/10/draft.html)" in move.body("content/posts/2013/10/one.md")
    later = move.run(article("gone", url=f"{OLD}/2009/gone.html"), article("one", body=body))
    assert [item.target for item in later.unresolved] == [f"{OLD}/2013/10/draft.html"]
    assert "[gone](id:tag:old.example,2013:gone)" in move.body("content/posts/2013/10/one.md")


def test_addresses_that_cannot_be_kept(move):
    """Queries, the front page, names that Windows refuses and paths that climb are told, one by one."""
    report = move.run(
        article("query", url=f"{OLD}/?p=12"),
        article("front", url=f"{OLD}/"),
        article("device", url=f"{OLD}/2013/con/x.html"),
        article("dots", url=f"{OLD}/a/../../etc/passwd"),
        article("backslash", url=f"{OLD}/a%5Cb.html"),
        article("linked", body=f"[q]({OLD}/?p=12)"),
    )
    assert [(Path(item.path).name, [reason for _, reason in item.unkept]) for item in report.articles] == [
        ("query.md", ["has a query, which no file can answer"]),
        ("front.md", ["is the front page's"]),
        ("device.md", ["uses 'con', a name that Windows reserves"]),
        ("passwd.md", ["has an empty, `.` or `..` segment"]),
        ("backslash.md", ["has a character that file systems refuse in 'a\\\\b.html'"]),
        ("linked.md", []),
    ]
    assert "[q](id:tag:old.example,2013:query)" in move.body("content/posts/2013/10/linked.md")
    assert move.site.build().problems == ()


def test_two_articles_with_one_address(move):
    """The first keeps it, the other gets its own, and both are named."""
    report = move.run(article("one"), article("two", url=f"{OLD}/2013/10/one.html"))
    one, two = report.articles
    assert two.path == "content/posts/2013/10/one-2.md"
    assert one.path in two.problems[0].cause
    assert move.site.build().problems == ()
    assert {"2013/10/one.html", "2013/10/one-2/index.html"} <= move.site.tree().keys()
    assert move.outcomes(article("one"), article("two", url=f"{OLD}/2013/10/one.html")) == ["unchanged", "unchanged"]


def test_addresses_that_never_were_the_publishers(move):
    """With --old-url another site's addresses are not taken over; with - none are."""
    foreign = article("wire", url="https://agency.example/9/wire.html")
    move.run(foreign, article("own"), old_urls=(OLD,))
    assert move.document("content/posts/2013/10/wire.md").front.permalink is None
    assert move.document("content/posts/2013/10/own.md").front.permalink == "/2013/10/own.html"
    move.run(article("own", identity="x-9", date="2014-01-01"), old_urls=("-",))
    assert move.document("content/posts/2014/01/own.md").front.permalink is None
    assert move.document("content/posts/2014/01/own.md").front.source.url == f"{OLD}/2013/10/own.html"


def test_a_changed_source(move):
    """What nobody has edited is brought up to date; beside what somebody has edited the new text is laid, once."""
    path = "content/posts/2013/10/one.md"
    move.run(article("one"), article("two"))
    move.site.edit(
        "content/posts/2013/10/two.md", (move.site.root / "content/posts/2013/10/two.md").read_bytes() + b"\nMine.\n"
    )
    edited = (move.site.root / "content/posts/2013/10/two.md").read_bytes()
    changed = [article(name, body=text(name) + "\n\nNew.") for name in ("one", "two")]
    assert move.outcomes(*changed) == ["updated", "beside"]
    assert "New." in move.body(path)
    assert (move.site.root / "content/posts/2013/10/two.md").read_bytes() == edited
    assert b"New." in (move.site.root / "content/posts/2013/10/two.md.new").read_bytes()
    assert move.site.build().problems == ()
    assert not any(".new" in name for name in move.site.tree())
    before = move.files()
    assert move.outcomes(*changed, now=NOW.replace(year=2027)) == ["unchanged", "beside"]
    assert move.files() == before
    assert move.outcomes(article("one"), article("two")) == ["updated", "kept"]  # the source of `two` is as it was
    taken = (move.site.root / "content/posts/2013/10/two.md.new").read_bytes()
    move.site.edit("content/posts/2013/10/two.md", taken)
    assert move.outcomes(*changed) == ["updated", "unchanged"]


def test_an_edited_post_whose_links_find_more(move):
    """Where the source is as it was, an edited post gets no new text beside it because its links would now lead on."""
    one = article("one", body=f"[two]({OLD}/2013/10/two.html)", digest="ab" * 32)
    move.run(one)
    path = move.site.root / "content/posts/2013/10/one.md"
    path.write_bytes(path.read_bytes() + b"\nMine.\n")
    assert move.outcomes(one, article("two")) == ["kept", "written"]
    assert "content/posts/2013/10/one.md.new" not in move.files()


def test_a_person_may_move_reformat_and_clone(move):
    """What tells an edited post survives a move, another form of the same front matter, and Windows' line ends."""
    move.run(article("one", tags=["Town", "Harbour"]))
    old = move.site.root / "content/posts/2013/10/one.md"
    data = old.read_text("utf-8").replace("tags:\n  - Town\n  - Harbour\n", "tags: [Town, 'Harbour']\n")
    assert "[Town" in data
    old.unlink()
    move.site.add("content/posts/moved/anew.md", data.replace("\n", "\r\n").encode())
    report = move.run(article("one", tags=["Town", "Harbour"], body=text("one") + "\n\nNew."))
    assert [(item.outcome, item.path) for item in report.articles] == [(Outcome.UPDATED, "content/posts/moved/anew.md")]


def test_nearly_the_same_text(move):
    """An article with the text of another, of this import or of the archive, is told and kept, or left out if asked."""
    move.site.add("content/posts/old.md", post("Old", body=text("harbour", 40)))
    near = text("harbour", 40).replace("number 7", "number seven")
    items = (
        article("copy", body=near),
        article("other", body=text("ferry", 40)),
        article("again", body=text("ferry", 41)),
    )
    report = move.run(*items)
    told = [[problem.cause for problem in item.problems] for item in report.articles]
    assert told[0] == ["'Copy' has nearly the same text as content/posts/old.md, so both are there"]
    assert told[1] == []
    assert told[2] == ["'Again' has nearly the same text as content/posts/2013/10/other.md, so both are there"]
    assert move.outcomes(*items) == ["unchanged"] * 3
    third = article("third", body=text("ferry", 42))
    left = next(iter(move.run(third, skip_similar=True).articles))
    assert (left.outcome, left.note) == (Outcome.KEPT, "it holds nearly the same text")
    assert [problem.cause for item in move.run(third, similarity=0).articles for problem in item.problems] == []


def test_comments_are_data(move):
    """Comments lie beside the content, are published by nobody, and stay as a person has edited them."""
    said = [
        {"id": "c1", "author": "Ana", "date": "2013-10-06T10:00:00+02:00", "text": "Well <b>said</b>."},
        {"id": "c2", "parent": "c1", "author": "Deniz", "text": "Indeed.", "url": "https://deniz.example/"},
    ]
    report = move.run(article("one", comments=said))
    (path,) = (name for name in move.files() if name.startswith("content/comments/"))
    values = json.loads(move.files()[path])
    assert values["post"] == "tag:old.example,2013:one"
    assert [comment["text"] for comment in values["comments"]] == ["Well <b>said</b>.", "Indeed."]
    assert values["comments"][1]["parent"] == "c1"
    assert report.tally.comments == 2
    move.site.build()
    assert not any(b"Well" in data for data in move.site.tree().values())
    assert move.outcomes(article("one", comments=said[:1])) == ["unchanged"]
    assert len(json.loads(move.files()[path])["comments"]) == 1
    move.site.edit(path, move.files()[path].replace(b"Well", b"Quite well"))
    (item,) = move.run(article("one", comments=said)).articles
    assert "edited by hand" in item.problems[0].cause
    assert b"Quite well" in move.files()[path]


def test_pictures_that_come_along(move):
    """A picture is written once under a safe name, whatever it was called, and shown from there; others are refused."""
    coded = base64.b64encode(PNG).decode()
    other = base64.b64encode(PNG + b"x").decode()
    page = base64.b64encode(b"<html><script>alert(1)</script>").decode()
    body = f"![b](<img/Große Brücke.png>) ![c]({OLD}/2013/10/img/bridge.png) ![d](x.svg)"
    media = [
        {"address": f"{OLD}/2013/10/img/bridge.png", "data": coded},
        {"address": "../../../etc/con.jpg", "data": coded},
        {"address": "up/bridge.png", "data": other},
        {"address": "x.svg", "data": page},
    ]
    report = move.run(article("one", body=body, media=media, image={"src": "up/bridge.png", "alt": "A"}))
    (item,) = report.articles
    assert sorted(name for name in move.files() if "images" in name) == sorted(
        [
            "content/images/2013/10/bridge.png",
            "content/images/2013/10/con-page.png",
            next(name for name in move.files() if name.startswith("content/images/2013/10/bridge-")),
        ]
    )
    assert "![c](/images/2013/10/bridge.png)" in move.body(item.path)
    assert move.document(item.path).front.image.src.startswith("/images/2013/10/bridge-")
    assert [problem.cause for problem in item.problems if "x.svg" in problem.cause] == [
        "'One' has a file that cannot be brought along: x.svg: is no picture, sound, film or PDF"
    ]
    before = move.files()
    move.run(article("one", body=body, media=media, image={"src": "up/bridge.png", "alt": "A"}))
    assert move.files() == before


def test_pictures_elsewhere_are_listed(move):
    """A picture on another host stays there and is in the receipt."""
    (item,) = move.run(
        article("one", body="![a](https://cdn.example/a.jpg)\n\n<img src='https://cdn.example/b.jpg'>")
    ).articles
    assert item.pictures == ("https://cdn.example/a.jpg", "https://cdn.example/b.jpg")
    assert "https://cdn.example/a.jpg" in move.body(item.path)


def test_tags_for_the_untagged(move):
    """An article without tags gets those of the site's that it names; one with tags keeps its own."""
    move.site.add("content/posts/a.md", post("A", tags="[US, ferry, Harbour Office, Ankara, 東京, C++, Ra]"))
    body = "Give us the Ferry. The Harbour Office in Ankara'da, HARBOUR OFFICE again; Random 東京都 and C++."
    report = move.run(article("one", body=body), article("two", body=body, tags=["Own"]), article("three", body=body))
    one, two, _ = report.articles
    assert set(move.document(one.path).front.tags) == {"ferry", "Harbour Office", "Ankara", "東京", "C++"}
    assert move.document(one.path).front.tags[0] == "Harbour Office"
    assert move.document(two.path).front.tags == ("Own",)
    move.site.edit("content/posts/a.md", post("A", tags="[Random]"))
    assert move.outcomes(article("one", body=body)) == ["unchanged"]
    assert move.outcomes(article("one", body=body), accepted_tags=("Random",)) == ["updated"]
    assert "Random" in move.document(one.path).front.tags
    (plain,) = move.run(article("four", body=body), auto_tags=False).articles
    assert move.document(plain.path).front.tags == ()


def test_tags_are_proposed(move):
    """Names that several articles are about are proposed, not those that only begin a sentence."""
    items = [
        article(name, body=f"Today the Harbour Office spoke. {name}. At noon the Harbour Office met Mia Lund. Mia Lund "
                "left. Later the Harbour Office, and Mia Lund, closed. However it rained. However it snowed. However.")
        for name in ("one", "two", "three")
    ]  # fmt: skip
    report = move.run(*items, suggest_tags=True)
    assert report.suggested == (("Harbour Office", 3), ("Mia Lund", 3))


def test_one_spelling_of_names(move):
    """Names that would share a page get the spelling that was there first, so that the site builds."""
    move.site.add("content/posts/a.md", post("A", tags="[Energy]", authors="[Ana Flores]"))
    move.run(article("one", tags=["energy", "ENERGY", "Ferry"], authors=["ana flores"]), article("two", tags=["ferry"]))
    assert move.document("content/posts/2013/10/one.md").front.tags == ("Energy", "Ferry")
    assert move.document("content/posts/2013/10/two.md").front.tags == ("Ferry",)
    assert move.site.build().problems == ()


def test_parity(move):
    """Each address of a sitemap, a feed or a list answers, or is listed with the reason."""
    move.run(article("one", tags=["Town"]), article("draft", status="draft"), article("q", url=f"{OLD}/?p=1"))
    addresses = [
        f"{OLD}/",
        f"{OLD}/2013/10/one.html",
        f"{OLD}/2013/10/draft.html",
        f"{OLD}/tags/town/",
        f"{OLD}/gone",
        f"{OLD}/?p=1",
    ]
    sitemap = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">'
    sitemap += "".join(
        f"<url><loc> {url} </loc><i:image><i:loc>{OLD}/x.png</i:loc></i:image></url>" for url in addresses
    )
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://old.example/feed"/>'
    feed += "".join(f'<entry><link rel="alternate" href="{url}"/></entry>' for url in addresses) + "</feed>"
    rss = "<rss><channel><link>https://old.example/x</link>" + "".join(
        f"<item><link>{url}</link></item>" for url in addresses
    )
    for name, data in {
        "s.xml": sitemap + "</urlset>",
        "f.xml": feed,
        "r.xml": rss + "</channel></rss>",
        "l.txt": "\n".join(addresses),
    }.items():
        file = move.folder / name
        file.write_text(data)
        report = move.run(parity=file)
        assert report.parity.total == 6
        assert list(report.parity.missing) == [
            (f"{OLD}/2013/10/draft.html", "content/posts/2013/10/draft.md is not public"),
            (f"{OLD}/gone", "no article has it"),
            (f"{OLD}/?p=1", "has a query, which no file can answer"),
        ]
        assert "3 of 6" in report.general[0].cause


@pytest.mark.parametrize(
    "data",
    [
        b"<urlset><url>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>',
        b"\x1f\x8bbroken",
        b"<a>" * 5000,
        b"<sitemapindex><sitemap><loc>https://old.example/s1.xml</loc></sitemap></sitemapindex>",
    ],
)
def test_a_broken_sitemap(move, data):
    """One that cannot be read, or declares entities, is a wrong request, told with its name."""
    file = move.folder / "s.xml"
    file.write_bytes(data)
    with pytest.raises(UsageError, match=r"s\.xml"):
        move.run(article("one"), parity=file)
    assert not any(name.startswith("content") for name in move.files())


def test_a_dry_run_writes_nothing(move):
    """What would be done is told as an import tells it, and no file is made."""
    coded = base64.b64encode(PNG).decode()
    items = (
        article("one", body=f"[two]({OLD}/2013/10/two.html) [x]({OLD}/x)", comments=[{"text": "Hm."}]),
        article("two", url=f"{OLD}/2013/10/two.html", body="![a](a.png)", media=[{"address": "a.png", "data": coded}]),
        article("two", identity="x-2", url=f"{OLD}/2013/10/other.html"),
    )
    before = move.files()
    dry = move.run(*items, dry_run=True)
    assert move.files() == {
        **before,
    }
    wet = move.run(*items)
    assert [(item.outcome, item.path) for item in dry.articles] == [(item.outcome, item.path) for item in wet.articles]
    assert list(dry.unresolved) == list(wet.unresolved)
    assert len(move.files()) == 5


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"only": ("pages",)}, ["about"]),
        ({"only": ("posts", "drafts")}, ["first", "second", "secret"]),
        ({"only": ("*/2014/*",)}, ["second"]),
        ({"only": ("SECO",)}, ["second"]),
        ({"only": ("posts", "first")}, ["first"]),
        ({"since": "2014-01-01"}, ["second", "about"]),
        ({"limit": 2}, ["first", "second"]),
        ({"limit": 1, "only": ("pages",)}, ["about"]),
    ],
)
def test_choosing(move, options, names):
    """Kinds, patterns, a first day and a number choose what is imported; what is not chosen is in the receipt."""
    report = move.run(
        article("first"),
        article("second", day="2014-02-03"),
        article("secret", status="draft"),
        article("about", kind="page", date="2010-01-01"),
        **options,
    )
    assert [Path(item.path).stem for item in report.articles] == names
    if "limit" not in options:
        assert len(report.skipped) == 4 - len(names)


def test_into_a_folder(move):
    """Posts go where they are wanted, pages to their own place, and nothing leaves content/."""
    report = move.run(article("one"), article("about", kind="page"), into="content/posts/old")
    assert [item.path for item in report.articles] == ["content/posts/old/2013/10/one.md", "content/pages/about.md"]
    for wrong in ("../x", "a/../../b", "_x", "pages", "", ".x"):
        with pytest.raises(UsageError, match="--into"):
            move.run(article("two"), into=wrong)


@pytest.mark.parametrize(
    "values",
    [{"since": "soon"}, {"old_urls": ("nowhere",)}, {"date": "0000-00-00"}],
)
def test_wrong_wishes(move, values):
    """A wish that cannot be meant is refused as a whole, before anything is written."""
    with pytest.raises(UsageError):
        move.run(article("one"), **values)
    assert not any(name.startswith("content") for name in move.files())


def test_hostile_items(move):
    """Names that lead elsewhere, devices of Windows, no title, no text, no date: each is told, the rest is imported."""
    report = move.run(
        article("good"),
        {"title": "", "body": "Only a *text*. It goes on.", "date": "2013-10-05"},
        {"title": "../../../etc/passwd", "body": "x", "date": "2013-10-05", "slug": "../../../etc/passwd"},
        {"title": "CON", "body": "x", "date": "2013-10-05"},
        {"title": "a\\b/c:d", "body": "x", "date": "2013-10-05", "slug": "a\\..\\b"},
        {"title": "", "body": "", "date": "2013-10-05"},
        {"title": "No date", "body": "x"},
        {"title": "Year one", "body": "x", "date": "0001-01-01"},
        {"title": "Bad\0 title\7\n\tof  lines", "body": "a\0b\ud800c", "date": "2013-10-05", "tags": ["", " a  b "]},
        {"title": "Odd", "body": "x", "date": "2013-10-05", "identity": "a b<c>", "language": "x!", "template": "../x",
         "image": {"src": "javascript:alert(1)"}},
        article("last"),
    )  # fmt: skip
    found = [(item.outcome.value, item.path and Path(item.path).name) for item in report.articles]
    assert found == [
        ("written", "good.md"),
        ("written", "only-a-text-it-goes-on.md"),
        ("written", "etc-passwd.md"),
        ("written", "con-page.md"),
        ("written", "a-b.md"),
        ("failed", None),
        ("failed", None),
        ("failed", None),
        ("written", "bad-title-of-lines.md"),
        ("written", "odd.md"),
        ("written", "last.md"),
    ]
    assert all(name.startswith("content/posts/2013/10/") for name in move.files())
    assert report.exit_code == 1
    assert move.site.build().problems == ()
    document = move.document("content/posts/2013/10/bad-title-of-lines.md")
    assert document.front.title == "Bad title of lines"
    assert document.front.tags == ("a b",)


def test_a_source_that_breaks_off(move):
    """What came before the break is there, the break is told, and the next source is read."""
    file, other = move.folder / "a.jsonl", move.folder / "b.jsonl"
    file.write_bytes(export(article("one")) + b"{broken\n" + export(article("lost")))
    other.write_bytes(export(article("two")))
    report = run(ImportRequest(root=move.site.root, inputs=(str(file), str(other)), now=NOW, jobs=1))
    assert [item.outcome.value for item in report.articles] == ["written", "failed", "written"]
    assert "cannot be read after 1 of its articles" in next(iter(report.problems)).cause


def test_one_article_twice(move):
    """An id that comes twice in one import is one post, of the first, and is told."""
    report = move.run(article("one"), article("one", body="Short."))
    assert [item.outcome.value for item in report.articles] == ["written", "kept"]
    assert "twice" in next(iter(report.problems)).cause
    assert "Short." not in move.body("content/posts/2013/10/one.md")


def test_links_are_not_followed(move):
    """A folder of content/ that is a link is not written through."""
    outside = move.folder / "outside"
    outside.mkdir()
    (move.site.root / "content/posts").mkdir(parents=True)
    (move.site.root / "content/posts/2013").symlink_to(outside)
    (item,) = move.run(article("one")).articles
    assert item.outcome is Outcome.FAILED
    assert list(outside.iterdir()) == []


def test_the_old_sites_settings_are_proposed(move):
    """What a source says of its site is told as lines of site.toml, valid ones only, and site.toml is left alone."""
    before = (move.site.root / "site.toml").read_bytes()
    site = {
        "title": 'The "Old"\nSite',
        "base_url": OLD,
        "language": "tr",
        "timezone": "Nowhere/Never",
        "permalink": "/x/",
    }
    report = move.run({"site": site}, article("one"))
    assert report.proposal == (
        'title = "The \\"Old\\" Site"',
        f'base_url = "{OLD}"',
        'language = "tr"',
    )
    assert (move.site.root / "site.toml").read_bytes() == before


def test_receipts(move, capsys):
    """The command writes the receipt as JSON, as text and as a page, all escaped, and tells the first few."""
    source = move.folder / "export.jsonl"
    evil = "<script>alert(1)</script>"
    source.write_bytes(
        export(
            {"skipped": "attachment", "name": evil, "reason": "no article"},
            *(article(f"story{n}", body=text(f"w{n}") + f" [x]({OLD}/gone{n})") for n in range(25)),
            article("evil", title=evil, body=text("evil"), url=f"{OLD}/?p={evil}"),
            {"title": "No date", "body": "x"},
        )
    )
    names = [str(move.folder / f"report.{end}") for end in ("json", "html", "txt")]
    options = [option for name in names for option in ("--report", name)]
    with pytest.raises(SystemExit) as raised:
        main(["import", "-s", str(move.site.root), str(source), "--now", NOW.isoformat(), "-j", "1", *options])
    assert raised.value.code == 1
    shown = capsys.readouterr()
    assert "and 6 more; -v shows all" in shown.out
    assert "26 written, 1 failed" in shown.out
    assert "left out: 1 attachment" in shown.out
    assert "25 links to the old site for which there is no article" in shown.out
    values = json.loads(Path(names[0]).read_text("utf-8"))
    assert len(values["articles"]) == 27
    assert values["counts"]["articles"]["post"] == {"failed": 1, "written": 26}
    assert values["skipped"][0]["name"] == evil
    assert len(values["unresolved"]) == 25
    page = Path(names[1]).read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    plain = Path(names[2]).read_text("utf-8")
    assert plain.count("written content/posts/") == 26
    assert "left out: attachment" in plain


def test_addresses_without_a_host(move):
    """Where no source says the host, paths are read against --old-url; without it one is told to give it."""
    items = [
        article(
            "one", url="/2013/10/one.html", body="[x](/gone) ![p](/p.png) [two](two.html)", image={"src": "/q.png"}
        ),
        article("two", url="/2013/10/two.html"),
    ]
    report = move.run(*items)
    assert "--old-url" in report.general[0].fix
    assert move.document("content/posts/2013/10/one.md").front.permalink == "/2013/10/one.html"
    report = move.run(*items, old_urls=(OLD,))
    assert report.general == []
    one = next(iter(report.articles))
    assert one.pictures == (f"{OLD}/p.png", f"{OLD}/q.png")
    assert f"[x]({OLD}/gone) ![p]({OLD}/p.png) [two](id:tag:old.example,2013:two)" in move.body(one.path)
    assert move.document(one.path).front.image.src == f"{OLD}/q.png"
    assert move.site.build().problems == ()


def test_files_that_lie_where_they_lay(move):
    """A picture of the old site that was copied to its old path below content/ is shown from there."""
    move.site.add("content/wp-content/uploads/a.png", PNG)
    body = f"![a]({OLD}/wp-content/uploads/a.png) ![b]({OLD}/wp-content/uploads/b.png)"
    (item,) = move.run(article("one", body=body)).articles
    assert move.body(item.path).strip() == f"![a](/wp-content/uploads/a.png) ![b]({OLD}/wp-content/uploads/b.png)"
    assert item.pictures == (f"{OLD}/wp-content/uploads/b.png",)
