"""A headline that is a guess, as a publisher is told of it."""

import json
from typing import NamedTuple

import pytest
from shell import Said, dateline
from support import NOW, SiteFixture

PROSE = (
    "The old swing bridge over the harbour was closed on Monday after divers found a crack in a northern pier.\n\n"
    "Ferries carry bicycles without a fee until the swing bridge opens again, the harbour office said."
)
SURE = f"Crack closes old swing bridge\n\n9 May 2023\n\nBy Ada Lund\n\n{PROSE}\n"
RIGHT = "Old swing bridge closed after divers found crack"
UNSURE = f"Ferries <b>& mussels\n\nHome\n\nNews\n\nOur harbour\n\nMore of it\n\n{PROSE}\n\n{RIGHT}\n\nImprint\n"
POST = "content/posts/2023/05/our-harbour.md"


class Run(NamedTuple):
    """What an import said, and its receipts as text, JSON and a page."""

    said: Said
    plain: str
    values: dict
    page: str


@pytest.fixture
def desk(tmp_path):
    """A site, and a function that imports two texts into it: of one the headline is sure, of the other a guess."""
    site = SiteFixture(tmp_path / "site")
    (tmp_path / "sure.txt").write_text(SURE)
    (tmp_path / "unsure.txt").write_text(UNSURE)
    names = [tmp_path / f"report.{end}" for end in ("txt", "json", "html")]

    def run(*options):
        reports = [option for name in names for option in ("--report", name)]
        files = [tmp_path / "sure.txt", tmp_path / "unsure.txt"]
        said = dateline("import", "-s", site.root, *files, "--now", NOW.isoformat(), "-j", 1, *reports, *options)
        plain, values, page = (name.read_text("utf-8") for name in names)
        return Run(said, plain, json.loads(values), page)

    return site, run


def test_a_guess_is_told(desk):
    """Terminal, text, JSON and page name the line that was taken and those that may be it; that is no error."""
    _, run = desk
    said, plain, values, page = run("--date", "2023-05-09")
    assert said.code == 0
    assert "1 headline is a guess; --report FILE tells each" in said.out
    for text in (said.err, plain):
        assert "unsure.txt:7: warning: has a headline that is a guess: 'Our harbour'; it may be" in text
        assert f"'{RIGHT}' (line 15)" in text
    assert values["counts"]["headlines_guessed"] == values["counts"]["warnings"] == 1
    sure, unsure = (item["guess"] for item in values["articles"])
    assert sure is None
    assert unsure["line"] == 7
    assert {"line": 15, "text": RIGHT} in unsure["rivals"]
    assert '<th scope="row">headlines that are a guess</th>' in page
    assert page.count("<h2>Headlines that are a guess</h2>") == 1
    assert f"<strong>Our harbour</strong> in {POST}" in page
    assert "Ferries &lt;b&gt;&amp; mussels" in page
    assert "<b>" not in page


def test_where_all_are_sure_nothing_is_told(desk):
    """A receipt without a guess has neither the list nor the count, and JSON says none."""
    _, run = desk
    said, plain, values, page = run("--date", "2023-05-09", "--only", "crack-closes*", "--only", "Crack*")
    assert [item["title"] for item in values["articles"]] == ["Crack closes old swing bridge"]
    assert values["counts"]["headlines_guessed"] == 0
    assert not any("a guess" in text for text in (said.out, said.err, plain, page))


def test_a_guess_is_told_again_until_the_post_is_edited(desk):
    """Importing the same again tells it again; whoever wrote the right headline into the post hears no more of it."""
    site, run = desk
    run("--date", "2023-05-09")
    assert run("--date", "2023-05-09").values["counts"]["headlines_guessed"] == 1
    site.edit(POST, (site.root / POST).read_text("utf-8").replace("Our harbour", RIGHT))
    again = run("--date", "2023-05-09")
    assert again.values["counts"]["headlines_guessed"] == 0
    assert "a guess" not in again.said.err


def test_what_is_not_imported_is_not_told(desk):
    """A text that fails for want of a date is told as that alone."""
    _, run = desk
    said, _, values, _ = run()
    assert said.code == 1
    assert [item["outcome"] for item in values["articles"]] == ["written", "failed"]
    assert "a guess" not in said.err
