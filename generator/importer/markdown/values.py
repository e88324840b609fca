"""What an article is made of, whatever it was written in: blocks, and the runs of text within them."""

from __future__ import annotations

from dataclasses import dataclass, field

NO_MARKS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look.

    Attributes:
        text: As read, with blanks where it had white space.
        marks: Names of HTML elements: `strong`, `em`, `code`, `sup` and the like.
        href: Where it leads; empty for nowhere.
    """

    text: str
    marks: frozenset[str] = NO_MARKS
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture within text."""

    src: str
    alt: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote is called; `text` is what stood there."""

    label: str
    text: str


Inline = Run | Break | Picture | NoteMark


@dataclass(slots=True)
class Paragraph:
    """A paragraph; never empty."""

    inlines: list[Inline]


@dataclass(slots=True)
class Heading:
    """A heading; `anchor` is its id where the article links to it."""

    level: int
    inlines: list[Inline]
    anchor: str = ""


@dataclass(slots=True)
class Code:
    """A block of code, or of any text whose blanks count."""

    text: str
    language: str = ""


@dataclass(slots=True)
class Rule:
    """A break of theme; `more` where the part ends that lists show."""

    more: bool = False


@dataclass(slots=True)
class Listing:
    """A list; `start` is None where it is not numbered."""

    start: int | None
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """What someone else said."""

    blocks: list[Block]


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    blocks: list[Block]
    head: bool = False
    columns: int = 1
    rows: int = 1
    align: str = ""


@dataclass(slots=True)
class Grid:
    """A table of data."""

    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class Figure:
    """Pictures with their caption."""

    pictures: list[Picture]
    caption: list[Inline]


@dataclass(slots=True)
class Player:
    """Sound or film by its address, with its caption; `tag` is `audio` or `video`."""

    tag: str
    src: str
    poster: str = ""
    caption: list[Inline] = field(default_factory=list)


@dataclass(slots=True)
class Definitions:
    """Terms and what they mean; a term is told by True."""

    entries: list[tuple[bool, list[Block]]] = field(default_factory=list)


Block = Paragraph | Heading | Code | Rule | Listing | Quote | Grid | Figure | Player | Definitions


@dataclass(slots=True)
class Text:
    """A whole article: its blocks, and its footnotes by label."""

    blocks: list[Block]
    notes: dict[str, list[Block]] = field(default_factory=dict)
