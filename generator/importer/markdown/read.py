"""HTML to blocks: one walk over the tree, without recursion, in time linear to its size.

Only what is known here gets into an article; all else is its text at most, so nothing that runs can pass. What readers
would miss is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from generator import trees
from generator.errors import Problem, warning
from generator.importer.articles import Dropped
from generator.importer.markdown import classes, embeds, frames, notes, places
from generator.importer.markdown.frames import Frame
from generator.importer.markdown.styles import MARKS, hidden, styled
from generator.importer.markdown.values import NO_MARKS, Break, Code, NoteMark, Picture, Player, Rule, Run, Text
from generator.records import Record, field
from generator.trees import Element

DEEPEST = 24
"""Quotes, lists and tables within one another; deeper ones are what they hold."""

MOST = 100
"""Entries of the report for one article; what is more is a number."""

_WHITE = re.compile("[ \t\n\r\f\u00a0\u2028\u2029\x85]+")
_REMOVED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\u200b\u2060\ufeff]")
_SILENT = frozenset({"head", "title", "meta", "link", "base", "param", "area", "col", "colgroup"})
_GONE = frozenset({
    "script", "style", "template", "svg", "math", "button", "input", "select", "textarea", "canvas", "applet",
    "frameset", "datalist", "dialog", "amp-ad", "amp-analytics", "amp-pixel", "amp-sidebar", "amp-consent", "marquee",
})  # fmt: skip
_UNTOLD = frozenset({"amp-analytics", "amp-pixel", "amp-ad", "amp-sidebar", "amp-consent"})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "fieldset",
    "form", "details", "hgroup", "tbody", "thead", "tfoot", "body", "html", "legend", "menu", "dir", "search",
    "optgroup", "option", "picture-block", "noframes", "figure-block", "summary",
})  # fmt: skip
_FRAMES = {
    "blockquote": "quote", "ul": "list", "ol": "list", "li": "item", "figure": "figure", "figcaption": "caption",
    "table": "table", "tr": "row", "td": "cell", "th": "cell", "caption": "caption", "dl": "terms", "dt": "term",
    "dd": "meaning", **{f"h{level}": "heading" for level in range(1, 7)},
}  # fmt: skip
_WITHIN = {"row": "table", "cell": "row"}
"""Frames that mean something in another one only."""

_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*|highlight-source-|sourceCode )([A-Za-z0-9+#_-]{1,20})")


class Read(Record):
    """What was found.

    Attributes:
        text: The article.
        dropped: What is not in it as it was.
        media: Addresses of pictures, sound and film, in order.
        framed: Addresses at which a reader finds what frames showed.
        problems: What a person should look at.
    """

    text: Text
    dropped: list[Dropped] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    framed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(root: Element | None, base: str, line_of: Callable[[Element], int]) -> Read:
    """All of an element, as an article.

    Args:
        root: None where there is nothing.
        base: Address of the page, against which others are read; may be empty.
        line_of: Tells where an element stands in the source.
    """
    if root is None:
        return Read(Text([]))
    reader = _Reader(root, base, line_of)
    reader.run(root)
    return reader.result()


class _Reader:
    """A walk. `open` are the frames, outermost first; `looks` what the end of an element restores."""

    def __init__(self, root: Element, base: str, line_of: Callable[[Element], int]) -> None:
        self._base = base
        self._line_of = line_of
        self._notes = notes.survey(list(trees.elements(root)), base)
        self._demoted = next(root.iter("h1"), None) is not None  # that is the headline of the page
        self._open = [Frame("root")]
        self._marks = NO_MARKS
        self._href = ""
        self._looks: list[tuple[Element, frozenset[str], str]] = []
        self._found = Read(Text(self._open[0].blocks))
        self._unlisted = 0

    def result(self) -> Read:
        """What the walk has found."""
        self._open[0].flush()
        blocks = self._found.text.blocks
        while blocks and isinstance(blocks[0], Rule) and not blocks[0].more:
            del blocks[0]
        while blocks and isinstance(blocks[-1], Rule):
            blocks.pop()
        if self._unlisted:
            cause = f"leaves out {self._unlisted} parts of its HTML more than the report lists"
            self._found.problems.append(warning(cause, "compare the post with its source"))
        return self._found

    def run(self, root: Element) -> None:
        """Walk."""
        walk = trees.walk(root)
        for event, element in walk:
            if event == "start":
                if self._starts(element):
                    self._text(element.text)
                    continue
                walk.skip_subtree()
            else:
                self._ends(element)
                if element is not root:
                    self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        clean = _WHITE.sub(" ", _REMOVED.sub("", text))
        frame = self._open[-1]
        if clean == " " and not frame.inlines:
            return
        if clean:
            frame.inlines.append(Run(clean, self._marks, self._href))

    def _starts(self, element: Element) -> bool:  # noqa: PLR0911  # one for each kind of element
        """Take an element in; False where what it holds is dealt with."""
        tag = element.tag
        if tag in _SILENT:
            return False
        framed = embeds.is_frame(element)
        if (tag in _GONE and not framed) or hidden(element):
            self._gone(element)
            return False
        if element in self._notes.bodies:
            self._push("note", element)
            return True
        if tag in MARKS or tag in ("a", "span", "font"):
            return self._styled(element)
        if tag in self._LEAVES:
            self._LEAVES[tag](self, element)
            return False
        if framed:
            self._embed(element)
            return bool(tag == "embed")  # it has no end, so what follows it seems to be in it
        self._block(element)
        return True

    def _block(self, element: Element) -> None:
        """Open what is a block, or nothing where an element is not known."""
        kind = classes.kind(element) or _FRAMES.get(element.tag, "")
        if kind in _WITHIN and self._open[-1].kind != _WITHIN[kind]:
            kind = ""
        if kind:
            self._push(kind, element)
        elif element.tag in _BLOCKS or element.tag in _FRAMES:
            self._open[-1].flush()

    def _push(self, kind: str, element: Element) -> None:
        self._open[-1].flush()
        if len(self._open) < DEEPEST and self._open[-1].kind not in ("heading", "caption"):
            self._open.append(self._frame(kind, element))

    def _frame(self, kind: str, element: Element) -> Frame:
        if kind != "heading":
            return Frame(kind, element)
        level = min(int(element.tag[1]) + self._demoted, 6)
        return Frame(kind, element, level=level, anchor=self._notes.headings.get(element, ""))

    def _ends(self, element: Element) -> None:
        if self._looks and self._looks[-1][0] is element:
            _, self._marks, self._href = self._looks.pop()
        frame = self._open[-1]
        if frame.element is element:
            self._open.pop()
            if frame.kind == "note":
                frame.flush()
                if frame.blocks:
                    self._found.text.notes.setdefault(self._notes.bodies[element], []).extend(frame.blocks)
            else:
                frames.close(frame, self._open[-1])
        elif element.tag in _BLOCKS or element.tag in _FRAMES:
            frame.flush()

    def _styled(self, element: Element) -> bool:
        """An element that changes the look of text, or links it."""
        if element in self._notes.backs:
            return False
        if element in self._notes.calls:
            text = " ".join("".join(element.itertext()).split())
            self._open[-1].inlines.append(NoteMark(self._notes.calls[element], text))
            return False
        self._looks.append((element, self._marks, self._href))
        self._marks = styled(element, self._marks)
        if element.tag == "a" and element.get("href"):
            self._href = self._address(element, element.get("href"))
        return True

    def _address(self, element: Element, written: str) -> str:
        if target := notes.fragment(element, self._base):
            return (
                f"#{target}"
                if target in self._notes.anchors
                else self._lost(element, "a link to a place within the page")
            )
        if written.strip() in ("#", ""):
            return ""
        try:
            return places.whole(written, self._base)
        except places.RefusedError as error:
            return self._lost(element, f"a link with {error}; its words are kept")

    def _lost(self, element: Element, reason: str) -> str:
        self._drop(element, reason)
        return ""

    def _gone(self, element: Element) -> None:
        tag = element.tag
        if tag in _UNTOLD or (tag == "script" and "json" in (element.get("type") or "")):
            return
        if not hidden(element) or "".join(element.itertext()).strip():
            self._drop(element, "HTML that an article must not have" if tag in _GONE else "hidden on the page")

    def _drop(self, element: Element, reason: str) -> None:
        if len(self._found.dropped) < MOST:
            self._found.dropped.append(Dropped(self._line_of(element), trees.opening(element)[:300], reason))
        else:
            self._unlisted += 1

    def _break(self, _element: Element) -> None:
        self._open[-1].inlines.append(Break())

    def _rule(self, element: Element) -> None:
        frame = self._open[-1]
        frame.flush()
        if frame.kind not in ("heading", "caption"):
            frame.blocks.append(Rule(more=element.get("data-more") is not None))

    def _picture(self, element: Element) -> None:
        if places.is_emoji(element):
            self._text(element.get("alt"))
            return
        try:
            found = places.picture(element, self._base)
        except places.RefusedError as error:
            if not (element.get("src") or "").startswith("data:image/"):  # a place held for a script
                self._drop(element, str(error))
            return
        src, href = found.src, self._href
        if href and places.is_of_one_picture(href, src):  # a small one that leads to its large one
            src, href = href, ""
        self._show(Picture(src, found.alt, href))

    def _show(self, picture: Picture) -> None:
        if picture.src not in self._found.media:
            self._found.media.append(picture.src)
        self._open[-1].inlines.append(picture)

    def _unscripted(self, element: Element) -> None:
        """What is for browsers without scripts: the picture that one would have put in, if it is not there."""
        inlines = self._open[-1].inlines
        if any(isinstance(item, Picture) for item in inlines[-2:]):
            return
        for inner in element.iter("img"):
            self._picture(inner)

    def _code(self, element: Element) -> None:
        frame = self._open[-1]
        frame.flush()
        text = "".join(_lines(element)).replace("\r\n", "\n").replace("\r", "\n")
        text = _REMOVED.sub("", text).expandtabs(4).strip("\n").rstrip()
        if frame.kind in ("heading", "caption"):
            self._text(text)
        elif text.strip():
            kinds = " ".join(inner.get("class") or "" for inner in (element, *element.iterchildren("code")))
            named = _LANGUAGE.search(kinds)
            frame.blocks.append(Code(text, named[1].lower() if named else ""))

    def _player(self, element: Element) -> None:
        tag = "audio" if element.tag.endswith("audio") else "video"
        addresses = [element.get("src"), *(inner.get("src") for inner in element.iter("source"))]
        written = next((address for address in addresses if address), "")
        try:
            src = places.whole(written, self._base, shown=True) if written else ""
            poster = places.whole(element.get("poster") or "", self._base, shown=True) if element.get("poster") else ""
        except places.RefusedError as error:
            self._drop(element, f"a player with {error}")
            return
        if not src:
            self._drop(element, "a player without an address")
            return
        self._found.media.extend(address for address in (src, poster) if address)
        self._alone(Player(tag, src, poster))

    def _alone(self, player: Player) -> None:
        frame = self._open[-1]
        frame.flush()
        if frame.kind in ("heading", "caption"):
            frame.inlines.append(Run(player.src, NO_MARKS, player.src))
        else:
            frame.blocks.append(player)

    def _embed(self, element: Element) -> None:
        try:
            found = embeds.link(element, self._base)
        except places.RefusedError as error:
            self._drop(element, str(error))
            return
        if found is None:
            return
        self._drop(element, "what another site shows there became a link to it")
        frame = self._open[-1]
        frame.flush()
        frame.inlines.append(Run(found[0], NO_MARKS, found[1]))
        frame.flush()
        self._found.framed.append(found[1])

    _LEAVES: ClassVar[dict[str, Callable[[_Reader, Element], None]]] = {
        "br": _break, "hr": _rule, "img": _picture, "amp-img": _picture, "amp-anim": _picture, "pre": _code,
        "listing": _code, "xmp": _code, "noscript": _unscripted, "video": _player, "audio": _player,
        "amp-video": _player, "amp-audio": _player,
    }  # fmt: skip


def _lines(element: Element) -> Iterator[str]:
    """The text of a `pre`, with its breaks."""
    yield element.text or ""
    for inner in element.iterdescendants():
        if inner.tag == "br":
            yield "\n"
        yield inner.text or "" if isinstance(inner.tag, str) else ""
        yield inner.tail or ""
