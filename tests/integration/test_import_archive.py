"""A whole blog moves in: its addresses answer, its links lead to its articles, and what could not be kept is listed."""

import base64
import json
from pathlib import Path

import exports
import pytest
from exports import OLD, PNG, article, text
from support import NOW, messages, post

from generator.importer import Outcome
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


def test_names_that_windows_reserves(move):
    """A section, a tag and a slug of such a name get another address, lose no article, and clashes are told."""
    names = ["CON", "con-page", "con", "aux"]
    report = move.run(
        *(article(f"s{n}", url=f"{OLD}/{name}/", section="CON", tags=["AUX"]) for n, name in enumerate(names))
    )
    assert report.tally.outcomes() == {"written": 4}
    assert [item.unkept != () for item in report.articles] == [True, False, True, True]
    (clash,) = report.general
    assert clash.cause == "the section 'CON' has its list at /con-page/, where content/posts/2013/10/con-page-2.md is"
    (told,) = move.site.build().problems
    assert "'CON'" in told.cause
    assert all(any(f"{word} number 3".encode() in data for data in move.site.tree().values()) for word in ("s0", "s3"))


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
        article("index", url=f"{OLD}/index.html"),
        article("feed", url=f"{OLD}/feed.xml"),
        article("device", url=f"{OLD}/2013/con/x.html"),
        article("dots", url=f"{OLD}/a/../../etc/passwd"),
        article("backslash", url=f"{OLD}/a%5Cb.html"),
        article("linked", body=f"[q]({OLD}/?p=12)"),
    )
    assert [(Path(item.path).name, [reason for _, reason in item.unkept]) for item in report.articles] == [
        ("query.md", ["has a query, which no file can answer"]),
        ("front.md", ["is the front page's"]),
        ("index-page.md", ["is the front page's"]),
        ("feed-xml.md", ["is that of a file which the site makes itself"]),
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
