"""What an import chooses, proposes and tells: tags, parity, hostile items, dry runs, receipts."""

import base64
import json
from pathlib import Path

import exports
import pytest
from exports import OLD, PNG, article, export, text
from publishing import tree
from shell import dateline
from support import NOW, SiteFixture, post

from generator.cli import main
from generator.errors import UsageError
from generator.importer import ImportRequest, Outcome, run


@pytest.fixture
def move(tmp_path, monkeypatch):
    """A site with nothing in it, and the importer with the format of tests."""
    return exports.move(tmp_path, monkeypatch)


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
        "https://elsewhere.example/2013/10/one.html",
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
        report = move.run(article("one", tags=["Town"]), parity=file)
        assert report.parity.total == 7
        assert list(report.parity.missing) == [
            (f"{OLD}/2013/10/draft.html", "content/posts/2013/10/draft.md is not public"),
            (f"{OLD}/gone", "no article has it"),
            (f"{OLD}/?p=1", "has a query, which no file can answer"),
            ("https://elsewhere.example/2013/10/one.html", "is not on the old site, old.example"),
        ]
        assert "4 of 7" in report.general[-1].cause


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
    for wrong in ("../x", "a/../../b", "_x", "pages", "", ".x", "/etc", "~/x"):
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


def test_an_article_that_is_left_out(move):
    """An article that cannot be one here is an error with its way out; what is no article is counted."""
    items = ({"skipped": "menu", "name": "Top", "reason": "no article"},
             {"skipped": "post", "name": "Long", "reason": "it is too long", "line": 7, "fix": "split it"})  # fmt: skip
    file = move.folder / "a.jsonl"
    file.write_bytes(export(*items, article("one")))
    said = dateline("import", "-s", move.site.root, file, "--now", NOW.isoformat())
    assert said.code == 1
    assert "1 written, 1 failed" in said.out
    assert "left out: menu (1); --report FILE tells each with its reason" in said.out
    assert "a.jsonl:7: error: post 'Long' cannot be imported: it is too long\n    split it" in said.err


def test_what_words_keep(move):
    """Case and quotation marks stay, blanks are single, letters composed, control characters blanks."""
    title = 'O\u2019Hara  SAYS \u201cno\u201d:\u00a0ZU\u0308RICH "wins"\x07\ufeff'
    body = "Cafe\u0301 \u2018x\u2019\x1b\u201ey\u201c"
    move.run(article("one", title=title, body=body, tags=["e\u0301t\u00e9"]))
    front = move.document("content/posts/2013/10/one.md").front
    assert front.title == 'O\u2019Hara SAYS \u201cno\u201d: Z\u00dcRICH "wins"'
    assert front.tags == ("\u00e9t\u00e9",)
    assert move.body("content/posts/2013/10/one.md").strip() == "Caf\u00e9 \u2018x\u2019 \u201ey\u201c"


def test_errors_come_before_warnings(move):
    """However many warnings there are, the terminal shows the errors first, and says how many problems it does not."""
    items = [article(f"a{n}", identity=f"a b{n}") for n in range(60)]
    file = move.folder / "a.jsonl"
    file.write_bytes(export(*items, {"title": "No date", "body": "x"}))
    said = dateline("import", "-s", move.site.root, file, "--now", NOW.isoformat(), "-j", "1")
    assert said.err.splitlines()[0].endswith("a.jsonl: error: has no date")
    assert "there are 11 more problems" in said.err


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
        'title = "The \\"Old\\" Site"  # instead of "The Test"',
        f'base_url = "{OLD}"  # instead of "https://example.org"',
        'language = "tr"',
    )
    assert (move.site.root / "site.toml").read_bytes() == before


@pytest.mark.parametrize(("old", "told"), [((), True), ((OLD,), False), (("-",), False)])
def test_a_source_that_names_no_host(move, old, told):
    """Addresses without a host are told, with the way out, unless a person has said where the old site was."""
    report = move.run(article("one", url="/2013/10/one.html"), old_urls=old)
    assert [("stay as they are" in problem.cause, "--old-url" in problem.fix) for problem in report.general] == (
        [(True, True)] if told else []
    )


def test_receipts(move, capsys):
    """The command writes the receipt as JSON, as text and as a page, all escaped, and tells the first few."""
    source = move.folder / "export.jsonl"
    evil = "<script>alert(1)</script>"
    source.write_bytes(
        export(
            {"skipped": "attachment", "name": evil, "reason": "no article"},
            *(article(f"story{n}", body=text(f"w{n}") + f" [x]({OLD}/gone{n})") for n in range(25)),
            article("evil", title=evil, body=f"{text('evil')} ![]({OLD}/a.png)", url=f"{OLD}/?p={evil}"),
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
    assert "left out: attachment (1)" in shown.out
    assert "1 old address cannot be kept; --report FILE" in shown.out
    assert "1 picture left where they are" in shown.out
    assert "25 links to the old site for which there is no article" in shown.out
    values = json.loads(Path(names[0]).read_text("utf-8"))
    assert len(values["articles"]) == 27
    assert values["counts"]["articles"]["post"] == {"failed": 1, "written": 26}
    assert values["skipped"][0]["name"] == evil
    assert len(values["unresolved"]) == 25
    assert (values["counts"]["pictures_elsewhere"], values["counts"]["addresses_lost"]) == (1, 1)
    page = Path(names[1]).read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    plain = Path(names[2]).read_text("utf-8")
    assert plain.count("written content/posts/") == 26
    assert "left out: attachment" in plain


@pytest.mark.parametrize(
    "name",
    [
        "site/site.toml",
        "site/content/posts/x.html",
        "site/themes/x.json",
        "old/a.txt",
        "sitemap.xml",
        "old",
        "no/x.json",
    ],
)
def test_a_receipt_replaces_nothing(tmp_path, name):
    """A receipt that would replace a source or the site's own, or cannot be written, is refused before the import."""
    site = SiteFixture(tmp_path / "site", {"themes/mine/theme.toml": b""})
    files = {"old/a.txt": "Ferry ends\n\n9 May 2023\n\nIt ended.\n", "sitemap.xml": "https://old.example/a"}
    (tmp_path / "old").mkdir()
    for path, words in files.items():
        (tmp_path / path).write_text(words)
    before = tree(tmp_path)
    options = ("--report", tmp_path / name, "--parity", tmp_path / "sitemap.xml")
    said = dateline("import", "-s", site.root, tmp_path / "old", *options)
    assert said.code == 2
    assert "--report" in said.err
    assert tree(tmp_path) == before


def test_sections_that_the_site_lacks_are_proposed(move):
    """Where the site has sections, those that came in besides are lines to put there; then no build warns of them."""
    settings = 'title = "T"\nbase_url = "https://example.org"\n'
    move.site.add("site.toml", f'{settings}[sections]\nnews = "News"\n')
    named = ("News", "Hafen & Küste", "Port", None)
    report = move.run(*(article(f"a{number}", section=section) for number, section in enumerate(named)))
    assert report.proposal == ('hafen-kuste = "Hafen & Küste"  # below [sections]', 'port = "Port"  # below [sections]')
    assert move.run(article("a8", section="News")).proposal == ()
    assert len(move.site.build().problems) == 2
    move.site.add("site.toml", "\n".join([f'{settings}[sections]\nnews = "News"', *report.proposal, ""]))
    assert move.site.build().problems == ()
    assert move.run(article("a9", section="Port")).proposal == ()
    move.site.add("site.toml", settings)
    assert move.run(article("a10", section="Harbour")).proposal == ()


@pytest.mark.parametrize("known", ["base_url", "source"])
def test_pictures_of_the_sites_own_address(move, known):
    """A picture that lies on the old site alone, where the new one will be, is told until content/ has it."""
    site = () if known == "base_url" else ({"site": {"base_url": OLD}},)
    base = OLD if known == "base_url" else "https://example.org"
    move.site.add("site.toml", f'title = "T"\nbase_url = "{base}"\n')
    shown = "![Boat](/up/boat.png) ![Gull](https://elsewhere.example/gull.png)"
    (told,) = move.run(*site, article("one", body=shown)).general
    assert f"pictures lie on the old site alone (1), such as {OLD}/up/boat.png" in told.cause
    assert "--fetch-images" in told.fix
    move.site.add("content/up/boat.png", PNG)
    assert list(move.run(*site, article("one", body=shown)).general) == []
    assert move.site.build().problems == ()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"only": ("nonsense",)}, ["nothing was imported: of 2 articles none fits --only nonsense"]),
        ({"only": ("drafts",)}, []),
        ({"only": ("drafts", "first")}, ["nothing was imported: of 2 articles none fits --only drafts first"]),
        ({"only": ("first",), "since": "2020-01-01"}, []),
        ({"since": "2020-01-01"}, []),
        ({"only": ("first",)}, []),
    ],
)
def test_a_choice_that_nothing_fits(move, options, told):
    """Words that no article fits are an error; that none is new enough, or of a kind, is none: it may be so any day."""
    report = move.run(article("first"), article("second"), **options)
    assert [problem.cause for problem in report.general] == told
    assert report.exit_code == (1 if told else 0)
