"""The benchmark suite itself: its corpus, its sites, its figures. No other program is needed, and none is started."""

import hashlib
import sys
import tomllib
from xml.etree import ElementTree

import pytest

from generator import config
from tests.benchmarks import corpus, counting, measuring, report, running, worksite
from tests.benchmarks import results as kept
from tests.benchmarks.peers import BASELINE, OURS, PEERS, SITES
from tests.benchmarks.results import Output, Pair, Results, Run, Series
from tests.benchmarks.tables import fraction
from tests.benchmarks.targets import TARGETS
from tests.benchmarks.works import WORKS

FLAVOURS = sorted({peer.flavour for peer in PEERS.values()})
MACHINE = {"processor": "Abacus", "cores": "2", "memory": "4 GiB", "system": "Debian", "Python": "3.11.7"}


def run(wall, memory=100.0, **more):
    """A run of so many seconds."""
    return Run(wall=wall, cpu=wall, memory=memory, resident=memory, **more)


def series(posts, work, *pairs, program=OURS, memory=(100.0, 100.0), written=0):
    """A series from pairs of seconds."""
    made = [Pair(base=run(base, memory[0]), own=run(own, memory[1], written=written)) for base, own in pairs]
    versions = {BASELINE: "0.168.0", program: "1.0"}
    return Series(
        posts=posts, work=work, program=program, versions=versions, machine=MACHINE, day="2026-11-24", pairs=made
    )


def digest(parts):
    """One digest of many byte strings."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()[:16]


def test_the_corpus_is_the_same_bytes_for_a_seed():
    """The digests of the first articles and pictures are those of the day when they were first measured."""
    articles = [corpus.render(article, "base").encode() for article in corpus.articles(60)]
    assert digest(articles) == "e5780b852c60a697"
    assert digest(data for _, data in corpus.pictures()) == "bb2a54dbe609325f"


def test_another_seed_gives_another_corpus():
    """The seed decides."""
    assert next(corpus.articles(4, seed=1)) != next(corpus.articles(4, seed=2))


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_flavour_has_the_same_body_and_title(flavour):
    """Programs read the same article, each in its own front matter."""
    article = next(corpus.articles(4))
    text = corpus.render(article, flavour)
    assert text.endswith(f"\n\n{article.body}")
    assert article.title in text


def test_new_posts_are_newer_than_the_archive_and_the_same_for_any_size():
    """What one new post costs may be compared over sizes."""
    small, large = corpus.newcomers(10, 2), corpus.newcomers(40, 2)
    assert [post.body for post in small] == [post.body for post in large]
    assert [post.tags for post in small] == [post.tags for post in large]
    assert small[0].date > max(article.date for article in corpus.articles(10))
    assert small[1].date > small[0].date


@pytest.mark.parametrize("name", PEERS)
def test_every_program_has_its_site(name):
    """Each row of the table has a site whose article template a theme edit can change."""
    peer = PEERS[name]
    assert 'class="post"' in (SITES / peer.site / peer.template).read_text("utf-8")


def test_the_settings_of_our_site_are_valid():
    """The benchmark's own site.toml names the sections of the corpus, and has no mistake."""
    text = (SITES / PEERS[OURS].site / "site.toml").read_text("utf-8")
    assert config.parse(text)
    assert tuple(tomllib.loads(text)["sections"]) == corpus.SECTIONS


def test_a_site_is_laid_out_edited_and_put_back(tmp_path):
    """Every edit changes the files that it should, in each program's site, and restoring leaves no trace."""
    archive = worksite.archive_of(6)
    for name, site in worksite.lay_out(tmp_path, archive, PEERS).items():
        before = digest(path.read_bytes() for path in sorted(site.folder.rglob("*")) if path.is_file())
        site.edit_text("marktext")
        site.edit_title("marktitle")
        edited = site.file(archive.edited).read_text("utf-8")
        assert "marktext" in edited, name
        assert "marktitle" in edited, name
        site.publish(0)
        assert site.file(archive.newcomers[0]).is_file()
        site.edit_template("marktheme")
        assert "marktheme" in (site.folder / site.peer.template).read_text("utf-8")
        site.restore()
        after = digest(path.read_bytes() for path in sorted(site.folder.rglob("*")) if path.is_file())
        assert after == before, name


def test_a_ratio_is_the_median_of_the_ratios_of_the_pairs():
    """Not the ratio of the medians: pairs that a busy machine slowed stay comparable."""
    measured = series(10_000, "cold", (10, 5), (20, 12), (40, 8))
    assert measured.ratios() == [0.5, 0.6, 0.2]
    assert measured.ratio() == 0.5
    assert (measured.base(), measured.own()) == (20, 8)


def test_the_report_says_ratio_target_and_verdict():
    """A made-up series shows in the table with its ratio, the target and whether it is reached."""
    results = Results([series(10_000, "cold", (10, 5), (20, 12), (40, 8)), series(10_000, "body", (10, 2))])
    text = report.render(results)
    assert "| cold build | 20.0 s | 8.00 s | **0.50** | 0.20 to 0.60 | 0.50 | 3 | ≤ 0.60 | reached |" in text
    assert "| one body edit | 10.0 s | 2.00 s | **0.20** | 0.20 to 0.20 | 0.20 | 1 | ≤ 1/25 | **missed** |" in text
    assert "memory, cold | 100 MiB | 100 MiB | **1.00**" in text
    assert "one new post at 10,000 posts: not measured yet" in text


def test_growth_compares_the_small_archive_with_the_large_one():
    """Cost of a post and files written for a new one are told for each size, and held against the targets."""
    small, large = series(1_000, "cold", (2, 1)), series(100_000, "cold", (200, 110))
    new = [series(posts, "new", (2, 1), written=15) for posts in (1_000, 100_000)]
    text = report.render(Results([small, large, *new]))
    assert "| 100,000 | 1.10 ms | 1.10 | 1.10 ms | 1.0 KiB | 15 |" in text
    assert "cost of a post at 100,000" not in text
    assert "as many files written" not in text


def test_a_target_with_seconds_needs_both():
    """A fast ratio on a slow machine is not enough where a time is promised."""
    target = next(target for target in TARGETS if target.work == "serve" and target.posts == 10_000)
    assert target.reached(series(10_000, "serve", (2, 0.09)))
    assert not target.reached(series(10_000, "serve", (6, 0.2)))


@pytest.mark.parametrize(("ratio", "words"), [(0.583, "0.58"), (1 / 27, "1/27"), (12.3, "12.30"), (None, "–")])
def test_a_ratio_in_words(ratio, words):
    """Small ratios read as fractions."""
    assert fraction(ratio) == words


def test_results_come_back_as_they_were_kept(tmp_path):
    """The file holds every pair; a new series takes the place of the old one of its kind, and of no other."""
    results = Results([series(10, "cold", (1, 2)), series(10, "body", (1, 2))])
    results.add(series(10, "cold", (3, 4)))
    results.add_output(Output(posts=10, program=OURS, counts={"files": 3}))
    kept.save(results, tmp_path / "results.json")
    again = kept.load(tmp_path / "results.json")
    assert {one.key: one.own() for one in again.series} == {(10, "cold", OURS): 4, (10, "body", OURS): 2}
    assert again.outputs == results.outputs


def test_the_picture_says_in_words_what_it_shows():
    """The plot is sound XML with a title, a description and a label for each time."""
    drawn = report.picture(Results([series(10_000, "cold", (12.8, 6.4)), series(10_000, "body", (12.8, 0.05))]))
    root = ElementTree.fromstring(drawn)
    texts = "".join(root.itertext())
    assert "one body edit: Dateline 50 ms, Hugo 12.8 s" in texts
    assert {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")} >= {"6.40 s", "50 ms", "12.8 s"}
    assert "prefers-color-scheme:dark" in drawn


def test_the_page_is_what_the_results_give():
    """docs/performance.md and its picture were made from the results that lie beside the suite."""
    results = kept.load(SITES.parent / "results.json")
    page = (report.DOCS / "performance.md").read_text("utf-8")
    assert f"{report.BEGIN}\n\n{report.render(results)}\n\n{report.END}" in page
    assert (report.DOCS / report.PICTURE).read_text("utf-8") == report.picture(results)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("articles/a-story/index.html", "article pages"),
        ("page/2/index.html", "front pages"),
        ("sections/city/page/2/index.html", "section pages"),
        ("city/feed.xml", "section feeds"),
        ("tags/x.xml", "tag feeds"),
        ("tags/index.html", "indexes"),
        ("404.html", "others"),
    ],
)
def test_files_are_counted_by_kind(path, kind):
    """The same kind of page counts as one, whatever URL a program gives it."""
    assert counting.kind_of(path) == kind


def test_traces_of_work_are_counted(tmp_path):
    """Stories in lists and feeds are counted, so that a page with nothing on it is seen."""
    (tmp_path / "index.html").write_text('<article class="item">a</article><article class=item>b</article>')
    (tmp_path / "feed.xml").write_text("<item></item>")
    found = counting.tally(tmp_path)
    assert (found["files"], found["stories in lists"], found["stories in feeds"]) == (2, 2, 1)


def test_a_command_is_measured(tmp_path):
    """Wall time, processor time and memory of a command and of what it starts."""
    code = "import time; block = bytearray(40 * 2**20); time.sleep(0.2)"
    cost = measuring.run([sys.executable, "-c", code], tmp_path, {}, tmp_path / "log", 20)
    assert cost.wall > 0.2
    assert cost.cpu > 0
    assert 40 < cost.memory < 200


def test_a_command_that_fails_is_told(tmp_path):
    """A failure is an error with the end of what the command said, never a fast result."""
    line = [sys.executable, "-c", "raise SystemExit('no such luck')"]
    with pytest.raises(measuring.CommandError, match="no such luck"):
        measuring.run(line, tmp_path, {}, tmp_path / "log", 20)


def test_an_absent_program_is_named_and_left_out(tmp_path, monkeypatch, capsys):
    """The others are measured, and the output says what is missing."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert running.installed([OURS, "eleventy"], tmp_path)[-1] == OURS
    assert "Eleventy is not installed and is left out" in capsys.readouterr().out


def test_other_programs_are_asked_for_less():
    """All kinds of work are measured for ours; what is named is measured for all that can do it."""
    wanted = running.Wanted(sizes=[10], programs=[OURS, "nikola"], works=[], pairs=5, others=2, edits=10)
    assert dict(wanted.of(OURS)) == {work: 10 if kind.served else 5 for work, kind in WORKS.items()}
    assert dict(wanted.of("nikola")) == dict.fromkeys(running.OTHERS_WORK, 2)
