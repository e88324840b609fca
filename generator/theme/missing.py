"""What a template asks for and does not get, in the words of docs/themes.md: cause and way out, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from jinja2 import StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from generator.errors import similar
from generator.model.document import Extra
from generator.records import Record

SEE = "see docs/themes.md for what a view holds"
_NAMES = ("site", "page", "content", "toc", "structured_data", "t", "asset")
"""What every template can begin with, but for what it sets or imports itself."""

_TYPES = {
    "str": "a text", "Markup": "a text", "bool": "true or false", "int": "a number", "float": "a number",
    "tuple": "a list", "list": "a list", "dict": "a table", "datetime": "a date and time", "date": "a day",
    "NoneType": "none", "Missing": "what is not there",
}  # fmt: skip
"""What templates hold, by Python's names."""

_TYPE = re.compile(r"'(\w+)'(?: object)?")
_NO_FILTER = re.compile(r"No filter named '(\w+)'")


class Words:
    """A theme's texts: `t.read_more`, and nothing of a mapping's own methods."""

    __slots__ = ("words",)

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def __getitem__(self, name: str) -> str:
        return self.words[name]


class Missing(StrictUndefined):
    """A value that is not there; whoever writes it out, or goes on from it, is told so."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        """See the base class, which asks for it when the error is raised."""
        owner, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or name is None:
            return f"{super()._undefined_message}\n{SEE}"
        return lacking(owner, str(name))


def lacking(owner: object, name: str) -> str:
    """That `owner` has no `name`, and what was meant; `owner` is Jinja's `missing` where a template begins with it."""
    kind, otherwise, known = "this value", SEE, cast("Iterable[str]", ())
    if owner is missing:
        return f"there is no `{name}`\n{near(name, _NAMES, SEE)}"
    if isinstance(owner, Words):
        kind, known, otherwise = "the theme", owner.words, "add the word to locales/en.toml"
    elif isinstance(owner, TemplateModule):
        kind, known, otherwise = "what was imported", vars(owner), "define it there, as a macro or by set"
    elif isinstance(owner, Record):
        kind, known = f"a {type(owner).__name__}", owner.__struct_fields__
    elif owner is None or isinstance(owner, Extra):
        kind = "none" if owner is None else "`extra`"
        otherwise = f"ask first whether it is there: {{% if … {'is defined ' * isinstance(owner, Extra)}%}}"
    else:
        kind = _TYPES.get(type(owner).__name__, kind)
    return f"{kind} has no `{name}`\n{near(name, known, otherwise)}"


def told(error: Exception, filters: Iterable[str]) -> str:
    """What Jinja or Python say of a failure, without the names that Python has for what templates hold."""
    if isinstance(error, RecursionError):
        return "templates call for each other without an end\nlet one of them do without"
    if found := _NO_FILTER.match(str(error)):
        return (
            f"there is no filter `{found[1]}`\n{near(found[1], filters, 'see docs/themes.md for those that there are')}"
        )
    if isinstance(error, TypeError):
        return _TYPE.sub(lambda found: _TYPES.get(found[1], f"a {found[1]}"), str(error))
    return str(error)


def near(name: str, known: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """The name that was meant, as a question; `otherwise` where none is like it."""
    found = similar(name, known, cutoff)
    return f"did you mean `{found[0]}`?" if found else otherwise
