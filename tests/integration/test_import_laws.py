"""Laws of the importer, over any article: what is written is read back, and importing again changes nothing."""

import datetime as dt
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import NOW, SiteFixture

from generator import content
from generator.cli import import_page
from generator.errors import warning
from generator.importer import ImportRequest, Outcome, detect, relink, run
from generator.importer.articles import Article, Comment, Dropped, Media, SiteFound, Skipped
from generator.importer.place import fingerprint
from generator.model.document import Extra, Image, Kind, Status, TextFloat

LAW = settings(
    phases=[Phase.explicit, Phase.generate],  # an example takes too long to be made smaller
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
ODD = st.sampled_from(list("\x00\x07\t\n\r\x85\u2028\u200b\ufeff\ud800\uffff \u00a0'\":#-[]{}<>&*!|%@`,\\/.~=+?"))
TEXT = st.text(st.one_of(ODD, st.characters()), max_size=30)
LINKS = st.sampled_from(
    ["/2013/10/a.html", "https://old.example/2013/10/a.html", "https://old.example/?p=1", "", "x", "//[", "https://["]
)
ADDRESSES = st.one_of(LINKS, TEXT)
DATES = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.timezones() | st.just(dt.timezone(dt.timedelta(hours=23, seconds=7)))),
)
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), TEXT, st.dates(), st.binary(max_size=3)
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
BODIES = st.lists(
    st.one_of(
        TEXT, st.builds("[{}]({})".format, TEXT, ADDRESSES), st.sampled_from(["```", "---", "    code", "+++", "\n\n"])
    ),
    max_size=6,
).map("\n".join)
ARTICLES = st.builds(
    Article,
    title=TEXT,
    body=BODIES,
    kind=st.sampled_from(Kind),
    identity=TEXT | st.just("tag:old.example,2013:a"),
    url=ADDRESSES,
    aliases=st.lists(ADDRESSES.filter(lambda address: "?" not in address), max_size=3).map(tuple),
    slug=TEXT,
    date=DATES,
    updated=DATES,
    expires=DATES,
    status=st.sampled_from([Status.PUBLISHED, Status.DRAFT]),
    summary=st.none() | TEXT,
    image=st.none() | st.builds(Image, ADDRESSES, TEXT, TEXT, TEXT),
    authors=st.lists(TEXT, max_size=3).map(tuple),
    section=st.none() | TEXT,
    tags=st.lists(TEXT, max_size=4).map(tuple),
    series=st.none() | TEXT,
    language=st.none() | st.sampled_from(["en", "pt_BR", "x!"]),
    template=st.none() | TEXT,
    canonical=st.none() | ADDRESSES,
    extra=st.dictionaries(TEXT, VALUES, max_size=3).map(Extra),
    comments=st.lists(st.builds(Comment, id=TEXT, author=TEXT, text=TEXT, date=DATES, url=ADDRESSES), max_size=2).map(
        tuple
    ),
    digest=st.just("ab" * 32),
)


class Holding:
    """A format that holds some articles, whatever the source."""

    NAME = "held"

    def __init__(self, *articles):
        self.articles = articles

    def recognises(self, _source):
        """Any will do."""
        return True

    def read(self, _source):
        """The articles."""
        return self.articles


def request(root, **values):
    """An import of whatever is held."""
    return ImportRequest(root=root, inputs=("-",), stdin=b"x", now=NOW, jobs=1, **values)


def tree(root):
    """Every file, but for what may be deleted at any time."""
    names = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(".dateline/")}


@LAW
@given(st.lists(ARTICLES, min_size=1, max_size=3))
def test_any_article_survives(monkeypatch, articles):
    """Written, read and written again an article is the same to the byte, and a second import changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        root = SiteFixture(Path(folder) / "site").root
        monkeypatch.setattr(detect, "FORMATS", (Holding(SiteFound(base_url="https://old.example"), *articles),))
        dry = run(request(root, dry_run=True))
        assert list(tree(root)) == ["site.toml"]
        assert not (root / ".dateline").exists()
        first = run(request(root))
        assert not any("fault of Dateline" in problem.fix for problem in first.problems)
        assert [(item.outcome, item.path) for item in dry.articles] == [
            (item.outcome, item.path) for item in first.articles
        ]
        files = tree(root)
        assert all(name.startswith("content/") for name in files if name != "site.toml")
        for item in first.articles:
            if item.outcome is Outcome.WRITTEN:
                parsed = content.parse(files[item.path], item.path)
                assert parsed.problems == ()
                front, body = parsed.document.front, parsed.document.body
                assert content.dump(front, body).encode() == files[item.path]
                assert front.source.written == fingerprint(front, body)
        again = run(request(root))
        assert tree(root) == files
        # An address that no file can hold is known late each time, so that its links are put in twice: `updated`.
        assert not {item.outcome for item in again.articles} & {Outcome.WRITTEN, Outcome.BESIDE}


@LAW
@given(BODIES)
def test_links_are_found_where_they_are_put(body):
    """A text whose every address is answered has none but the answers; answered with nothing it stays as it was."""
    assert relink.relinked(body, lambda _: None) == body
    done = relink.relinked(body, lambda _: "id:tag:x,1:y")
    assert {spot.target for spot in relink.spots(done)} <= {"id:tag:x,1:y"}


def test_numbers_keep_their_form(monkeypatch, tmp_path):
    """Values of `extra` keep their kinds: false stays false, 1.10 stays 1.10."""
    root = SiteFixture(tmp_path / "site").root
    extra = Extra({"off": False, "none": None, "zero": 0, "price": TextFloat("1.10"), "list": ["no", {"a": True}]})
    article = Article(title="T", body="x", date=dt.date(2013, 10, 5), extra=extra)
    monkeypatch.setattr(detect, "FORMATS", (Holding(article),))
    (item,) = run(request(root)).articles
    front = content.parse((root / item.path).read_bytes(), item.path).document.front
    assert front.extra == Extra({"off": False, "zero": 0, "price": TextFloat("1.10"), "list": ["no", {"a": True}]})
    assert str(front.extra["price"]) == "1.10"


def test_halves_of_characters(monkeypatch, tmp_path):
    """What is no character, in whatever a source says, breaks neither the import nor its receipt."""
    root = SiteFixture(tmp_path / "site").root
    half = "\ud800"
    article = Article(
        title=f"T{half}",
        body=f"x{half} [a](http://x/{half})",
        identity=f"i{half}",
        url=f"https://old.example/{half}",
        slug=half,
        date=dt.date(2013, 10, 5),
        canonical=f"https://a.example/{half}",
        comments=(Comment(id=half, text=half, url=f"https://a.example/{half}"),),
        media=(Media(half, lambda: 1 / 0),),
        dropped=(Dropped(1, half, half),),
        problems=(warning(half),),
    )
    monkeypatch.setattr(detect, "FORMATS", (Holding(Skipped(half, half, half), article),))
    report = run(request(root))
    assert [item.outcome for item in report.articles] == [Outcome.WRITTEN]
    assert json.loads(report.to_json())["skipped"][0]["name"] == "?"
    assert "cannot be brought along" in "".join(import_page.pieces(report))
