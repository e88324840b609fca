"""Bytes to trees of elements, with lines. The only door to lxml.

HTML is read as browsers do, without complaint. XML is read strictly, whole or as a stream, and nothing outside the
file is ever fetched: no DTD, no entity, no network.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, Protocol

from lxml import etree

Element = Any
"""An element of lxml, which ships no types: `tag`, `text`, `tail`, `get(name)`, `iter()`, `sourceline`."""

VERSION = f"lxml {etree.__version__} libxml2 {'.'.join(map(str, etree.LIBXML_VERSION))}"

_TOO_DEEP = re.compile("depth", re.IGNORECASE)
_ROWS_UP = 200
"""Lines that a start tag may have and still be found."""


_OF_HEAD = frozenset({"title", "meta", "link", "base", "script", "style", "noscript", "template", "object", "bgsound"})


class UnreadableError(Exception):
    """Not XML.

    Attributes:
        line: Where reading ended.
        cause: Why.
    """

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(cause)
        self.line = line
        self.cause = cause


class Page:
    """A page as elements in document order.

    Attributes:
        whole: False where nesting was too deep to be read to the end.
    """

    def __init__(self, text: str) -> None:
        parser = etree.HTMLParser(encoding="utf-8", recover=True, remove_pis=True, remove_comments=True, huge_tree=True)
        data = text.encode("utf-8", "replace")
        self._lines = data.split(b"\n")
        self._root = None
        self.whole = True
        try:
            self._root = etree.fromstring(data, parser)
        except etree.LxmlError:
            self.whole = not data.strip()
        if any(_TOO_DEEP.search(entry.message) for entry in parser.error_log.filter_from_fatals()):
            self.whole = False
        if self._root is not None:
            _end_head(self._root)

    @property
    def root(self) -> Element | None:
        """The element `html`; None where there is nothing."""
        return self._root

    def elements(self) -> Iterator[Element]:
        """Every element."""
        return iter(()) if self._root is None else self._root.iter(etree.Element)

    def line(self, element: Element) -> int:
        """The line on which an element's start tag begins; the library counts to the tag's end."""
        last = int(element.sourceline or 1)
        opening = b"<" + element.tag.encode()
        for at in range(min(last, len(self._lines)), max(0, last - _ROWS_UP), -1):
            line = self._lines[at - 1]
            if opening in line or opening in line.lower():
                return at
        return last


def _end_head(root: Element) -> None:
    """End the head where browsers do, if its end is not written: the library does not know newer elements."""
    head = next(root.iterchildren("head"), ())
    behind = list(itertools.dropwhile(_OF_HEAD.__contains__, (child.tag for child in head)))
    if behind:
        body = next(root.iterchildren("body"), None)
        body = etree.SubElement(root, "body") if body is None else body
        body[:0] = head[-len(behind) :]


def document(data: bytes) -> Element:
    """The root of an XML document, entities left alone.

    Raises:
        UnreadableError: It is not well-formed, or declares what it uses as entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = int(error.lineno or 1)
        raise UnreadableError(line, re.sub(r", line \d+, column \d+.*", "", error.msg or "cannot be read")) from error
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(1, str(error)) from error


def elements(root: Element) -> Iterator[Element]:
    """Every element below and with `root`, without comments and instructions."""
    return iter(root.iter(etree.Element))


def children(element: Element, *tags: str) -> list[Element]:
    """Its child elements of these tags, or all."""
    return list(element.iterchildren(*(tags or (etree.Element,))))


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line(element: Element) -> int:
    """The line on which the start tag ends; feeds write it on one."""
    return int(element.sourceline or 1)


def text(element: Element | None) -> str:
    """All text below an element, blanks at the ends taken off."""
    return "" if element is None else "".join(element.itertext(etree.Element)).strip()


def inner(element: Element) -> str:
    """What an element holds, as markup."""
    parts = [element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)]
    return "".join(parts)


def walk(root: Element) -> Any:
    """An iterator over `start` and `end` of every element below and with `root`; it has `skip_subtree()`."""
    return etree.iterwalk(root, events=("start", "end"), tag=etree.Element)


def opening(element: Element) -> str:
    """An element's start tag, for messages."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; none at the end."""


class Stream:
    """A large XML document, an element of the wanted names at a time, each freed when the next is asked for.

    Namespaces do not matter to `names`. What is not well-formed is read as far as it can be; see `faults`.
    """

    def __init__(self, file: Readable, *names: str) -> None:
        self._reader = etree.iterparse(
            file,
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        self._names = frozenset(names)
        self._told = 0

    def __iter__(self) -> Iterator[Element]:
        """Every wanted element, as it ends.

        Raises:
            UnreadableError: It is no XML at all, or declares entities.
        """
        checked = False
        try:
            for _, element in self._reader:
                if not checked:
                    _refuse_entities(element)
                    checked = True
                yield element
                self._free(element)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(int(error.lineno or 1), _bare(error.msg or "cannot be read")) from error

    def _free(self, element: Element) -> None:
        """Forget an element, and the one before it; not what a broken one around it holds."""
        element.clear()
        before = element.getprevious()
        if before is not None and local(before) in self._names:
            element.getparent().remove(before)

    def faults(self) -> list[tuple[int, str]]:
        """Where the document is not well-formed, and why: what was found since this was asked last."""
        log = self._reader.error_log
        found = [(int(entry.line), _bare(entry.message)) for entry in list(log)[self._told :]]
        self._told = len(log)
        return found


def _refuse_entities(element: Element) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnreadableError(1, "declares entities, which no export does")


def _bare(message: str) -> str:
    return re.sub(r",? line \d+, column \d+.*", "", " ".join(message.split()))[:200]


def first(element: Element, name: str) -> Element | None:
    """The first child of a name, whatever its namespace."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def field(element: Element, name: str) -> str:
    """The text of the first child of a name, blanks at the ends taken off."""
    found = first(element, name)
    return text(found) if found is not None else ""


def add(element: Element, tag: str, words: str, **attributes: str) -> None:
    """Put a new element with words in it at an element's end."""
    child = etree.SubElement(element, tag, {name: _legal(value) for name, value in attributes.items()})
    child.text = _legal(words)


def made(tag: str, *parts: Element, **attributes: str) -> Element:
    """A new element that holds others: they leave where they are, and the text that follows them stays."""
    element = etree.Element(tag, {name: _legal(value) for name, value in attributes.items()})
    for part in parts:
        remove(part)
        element.append(part)
    return element


def _legal(text: str) -> str:
    """A text without what the library refuses."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text)


def remove(element: Element) -> None:
    """Take an element out of its tree, and leave the text that follows it."""
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
        element.tail = None
    above.remove(element)
