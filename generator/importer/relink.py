"""The addresses in an article's Markdown: found, and put in anew where an answer is known. Code is left alone."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from generator.records import Record

_TARGET = r"(?:[^\s()<>\\]|\\.|\((?:[^\s()<>\\]|\\.)*\))+"
_SPOTS = re.compile(
    rf"""
    (?P<fence>^[ ]{{0,3}}(?P<mark>`{{3,}}|~{{3,}})[^\n]*\n(?:.*?^[ ]{{0,3}}(?P=mark)[`~]*[ \t]*$|.*))
  | (?P<code>(?P<ticks>(?<!`)`{{1,10}})(?!`)[^\n]{{1,1000}}?(?<!`)(?P=ticks)(?!`))
  | \\[\\`\[\]<]
  | !\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\([ ]*(?:<(?P<picture_angle>[^<>\n]*)>|(?P<picture>{_TARGET}))
  | \]\([ ]*(?:<(?P<angle>[^<>\n]*)>|(?P<inline>{_TARGET}))
  | ^[ ]{{0,3}}\[(?!\^)[^\[\]\n]+\]:[ \t]*(?:<(?P<definition_angle>[^<>\n]*)>|(?P<definition>[^\s<]\S*))
  | <(?P<auto>https?://[^<>\s]+)>
  | (?<![\w-])(?P<attribute>href|src|poster)[ ]*=[ ]*(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)')
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_FORMS = ("picture_angle", "picture", "angle", "inline", "definition_angle", "definition", "auto", "double", "single")
_PICTURES = frozenset({"picture_angle", "picture"})
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PLAIN = re.compile(r"[^\s()<>\\\[\]\"'`*]+")


class Spot(Record, frozen=True):
    """An address in a text.

    Attributes:
        target: As its writer meant it: entities and escapes resolved.
        picture: It is shown, not linked to.
    """

    target: str
    picture: bool


Answer = Callable[[Spot], str | None]
"""The address to put in; None leaves what is there."""


def spots(body: str) -> Iterator[Spot]:
    """Every address, in order."""
    for match in _SPOTS.finditer(body):
        if form := _form(match):
            yield _spot(match, form)


def relinked(body: str, answer: Answer) -> str:
    """The text with the addresses that are answered."""

    def put(match: re.Match[str]) -> str:
        form = _form(match)
        new = answer(_spot(match, form)) if form else None
        if new is None or form is None:
            return match[0]
        if form == "auto":
            return f"[{match[form]}]({_written(new)})"
        start, end = (at - match.start() for at in match.span(form))
        whole = match[0]
        if form in ("double", "single"):
            return whole[:start] + html.escape(new) + whole[end:]
        if form.endswith("angle"):
            return whole[: start - 1] + _written(new) + whole[end + 1 :]
        return whole[:start] + _written(new) + whole[end:]

    return _SPOTS.sub(put, body)


def _form(match: re.Match[str]) -> str | None:
    """The group that holds the address."""
    return next((form for form in _FORMS if match[form] is not None), None)


def _spot(match: re.Match[str], form: str) -> Spot:
    target = html.unescape(match[form])
    if form not in ("double", "single", "auto"):
        target = _ESCAPED.sub(r"\1", target)
    shown = form in _PICTURES or (match["attribute"] or "").lower() in ("src", "poster")
    return Spot(target.strip(), shown)


def _written(target: str) -> str:
    """An address as it stands in Markdown."""
    return target if _PLAIN.fullmatch(target) else f"<{target}>"
