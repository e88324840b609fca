"""A text in Markdown becomes a post as it is: its headline is taken from its head, and nothing is escaped."""

import datetime as dt

import pytest
from support import NOW, SiteFixture

from generator import content
from generator.importer import ImportRequest, Outcome, run

BODY = """\
The market **reopened** on Monday, [after a year](https://quay.example/year).

## What is new

- a roof
- `# no heading`

| stall | rent |
| --- | --- |
| fish | 30 |

```
# not a heading either
```"""


class Desk:
    """A site, and files in Markdown beside it."""

    def __init__(self, folder) -> None:
        self.site = SiteFixture(folder / "site")
        self.folder = folder

    def read(self, text, name="market.md", **values):
        """Import a text; its front matter and its body."""
        file = self.folder / name
        file.write_text(text, "utf-8")
        values = {"date": "2026-05-09", "now": NOW, "auto_tags": False, **values}
        (article,) = run(ImportRequest(root=self.site.root, inputs=(str(file),), **values)).articles
        assert article.outcome is Outcome.WRITTEN, article.problems
        document = content.parse((self.site.root / article.path).read_bytes(), article.path).document
        return document.front, document.body.strip("\n"), article


@pytest.fixture
def desk(tmp_path):
    """A site with nothing in it."""
    return Desk(tmp_path)


@pytest.mark.parametrize(
    "head",
    [
        "# Market reopens",
        "## Market *reopens* ##",
        "Market reopens\n===",
        "Market `reopens`\n---",
        "Title: Market reopens",
        "Market reopens",
        "# Market reopens {#top}",
    ],
)
def test_the_headline_is_taken_and_the_text_stays(desk, head):
    """A first heading of either form, a line `Title: …` or a lone line is the title; the body is as it was."""
    front, body, article = desk.read(f"{head}\n\n{BODY}\n")
    assert (front.title, body) == ("Market reopens", BODY)
    assert article.problems == ()
    assert article.dropped[0].text == head.split("\n")[0]


@pytest.mark.parametrize(
    "head",
    [
        "9 May 2023\n\n# Market reopens\n*By Ada Lund*",
        "# Market reopens\n\nBy Ada Lund\n\n**May 9, 2023**",
        "Title: Market reopens\nDate: 2023-05-09\nBy Ada Lund",
    ],
)
def test_date_and_byline_stand_at_the_headline(desk, head):
    """A date line and a byline above the text are read, whichever comes first."""
    front, body, article = desk.read(f"{head}\n\n{BODY}", date=None)
    assert (front.title, front.date, front.authors) == ("Market reopens", dt.date(2023, 5, 9), ("Ada Lund",))
    assert body == BODY
    assert len(article.dropped) == 3


def test_a_heading_below_a_picture_is_the_headline(desk):
    """The one heading of the first level is the headline wherever it stands; one of several is part of the text."""
    front, body, _ = desk.read(f"Quay Notes\n\n![Quay](/quay.png)\n\n# Market reopens\n\n{BODY}")
    assert (front.title, body) == ("Market reopens", f"Quay Notes\n\n![Quay](/quay.png)\n\n\n{BODY}")
    front, body, _ = desk.read(f"## Trade\n\n# Fish market\n\n{BODY}", "kicker.md")
    assert (front.title, body) == ("Fish market", f"## Trade\n\n\n{BODY}")
    text = f"{BODY}\n\n# Annex\n\nThe rents."
    assert desk.read(f"Rents\n\n{text}", "annex.md")[1] == text
    text = "We tell it in two parts.\n\n# One\n\nThe roof.\n\n# Two\n\nThe stalls."
    front, body, article = desk.read(text, "parts.md")
    assert (front.title, body) == ("We tell it in two parts.", text)
    assert ["has no title" in problem.cause for problem in article.problems] == [True]


def test_a_table_is_no_table_of_articles(desk):
    """Markdown that begins with a table is Markdown."""
    text = "| title | date | body |\n| --- | --- | --- |\n| Roof | 2026-01-02 | new |"
    assert desk.read(f"{text}\n\n# Stalls", "Stalls.MARKDOWN")[:2][1] == text


def test_nothing_of_it_runs(desk):
    """HTML in it is cleaned as in any article, and a file that it names beside it is not read."""
    (desk.folder / "secret.png").write_bytes(b"secret")
    desk.read("# Market\n\n**Hello** <script>alert(1)</script> [x](javascript:alert(1)) ![s](../secret.png)\n")
    assert not list((desk.site.root / "content").rglob("*.png"))
    assert "has HTML that was left out" in desk.site.build().problems[0].cause
    page = desk.site.page("2026/05/market/index.html")
    assert "<strong>Hello</strong>" in page
    assert "alert(1)<" not in page
    assert "javascript:" not in page


def test_front_matter_is_refused(desk):
    """A file that is a post already is to be copied, as ever; the same text twice is imported once."""
    file = desk.folder / "post.md"
    file.write_text("---\ntitle: A\n---\n\nText.\n")
    report = run(ImportRequest(root=desk.site.root, inputs=(str(file),), now=NOW))
    assert "front matter already" in next(iter(report.problems)).cause
    _, _, article = desk.read(f"# Market\n\n{BODY}")
    request = ImportRequest(root=desk.site.root, inputs=(article.source,), now=NOW, date="2026-05-09", auto_tags=False)
    assert [item.outcome for item in run(request).articles] == [Outcome.UNCHANGED]
