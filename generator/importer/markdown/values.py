"""What an article is made of, whatever it was written in: blocks, and the runs of text within them."""

from __future__ import annotations

from generator.records import Record, field

NO_MARKS: frozenset[str] = frozenset()


class Run(Record, frozen=True):
    """Text of one look.

    Attributes:
        text: As read, with blanks where it had white space.
        marks: Names of HTML elements: `strong`, `em`, `code`, `sup` and the like.
        href: Where it leads; empty for nowhere.
    """

    text: str
    marks: frozenset[str] = NO_MARKS
    href: str = ""


class Break(Record, frozen=True):
    """The end of a line within a paragraph."""


class Picture(Record, frozen=True):
    """A picture within text."""

    src: str
    alt: str = ""
    href: str = ""


class NoteMark(Record, frozen=True):
    """Where a footnote is called; `text` is what stood there."""

    label: str
    text: str


Inline = Run | Break | Picture | NoteMark


class Paragraph(Record):
    """A paragraph; never empty."""

    inlines: list[Inline]


class Heading(Record):
    """A heading; `anchor` is its id where the article links to it."""

    level: int
    inlines: list[Inline]
    anchor: str = ""


class Code(Record):
    """A block of code, or of any text whose blanks count."""

    text: str
    language: str = ""


class Rule(Record):
    """A break of theme; `more` where the part ends that lists show."""

    more: bool = False


class Listing(Record):
    """A list; `start` is None where it is not numbered."""

    start: int | None
    items: list[list[Block]] = field(default_factory=list)


class Quote(Record):
    """What someone else said."""

    blocks: list[Block]


class Cell(Record):
    """A cell of a table."""

    blocks: list[Block]
    head: bool = False
    columns: int = 1
    rows: int = 1
    align: str = ""


class Grid(Record):
    """A table of data."""

    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[Inline] = field(default_factory=list)


class Figure(Record):
    """Pictures with their caption."""

    pictures: list[Picture]
    caption: list[Inline]


class Player(Record):
    """Sound or film by its address, with its caption; `tag` is `audio` or `video`."""

    tag: str
    src: str
    poster: str = ""
    caption: list[Inline] = field(default_factory=list)


class Definitions(Record):
    """Terms and what they mean; a term is told by True."""

    entries: list[tuple[bool, list[Block]]] = field(default_factory=list)


Block = Paragraph | Heading | Code | Rule | Listing | Quote | Grid | Figure | Player | Definitions


class Text(Record):
    """A whole article: its blocks, and its footnotes by label."""

    blocks: list[Block]
    notes: dict[str, list[Block]] = field(default_factory=dict)
