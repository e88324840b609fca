"""A theme's templates, compiled, checked and run. The only door to Jinja."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import codec, languages
from generator.errors import Problem, ThemeError
from generator.model.document import Extra
from generator.permalinks import href
from generator.records import Record
from generator.theme.load import HIDDEN, OPTIONAL, TEMPLATES, Theme

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Node


class Survey(Record, frozen=True):
    """What is known of a theme's templates without compiling them.

    Attributes:
        digests: By template, without `.html`: of its text, all that it includes, and the theme's own texts.
        stories: Those that a post may name.
    """

    digests: dict[str, bytes]
    stories: tuple[str, ...]


class Templates:
    """A theme's templates, compiled when they are used.

    Args:
        theme: The theme.
        language: Of the site, for dates.
        base_path: The base URL's own path, for `asset()`.
    """

    def __init__(self, theme: Theme, language: str, base_path: str) -> None:
        self._theme = theme
        self._base_path = base_path
        self._language = language
        self._environment = self._make(language)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Render `name`.html.

        Raises:
            ThemeError: The template reads what does not exist, or fails; with its file and line.
        """
        try:
            return self._environment.get_template(f"{name}.html").render(values)
        except Exception as error:
            raise ThemeError(self._located(error, name)) from error

    def _make(self, language: str) -> Environment:
        from jinja2 import Environment, FunctionLoader  # 100 ms that `--version` need not pay

        from generator.theme import once
        from generator.theme.missing import Missing, Words

        theme = self._theme

        class Keyed(Environment):
            """`page.extra.items` is the author's key `items`, not a method of mappings."""

            code_generator_class = once.Generator
            kept = once.Kept()
            escaped = staticmethod(once.escaped)

            def getattr(self, obj: Any, attribute: str) -> Any:
                kind = type(obj)
                if kind is Extra or kind is Words:
                    return self.getitem(obj, attribute)
                try:
                    return getattr(obj, attribute)  # the usual case, without a further call
                except AttributeError:
                    return super().getattr(obj, attribute)

            def join_path(self, template: str, parent: str) -> str:
                """What a template's words for another stand for."""
                return theme.meant(template, parent)

        environment = Keyed(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        environment.filters.update(_filters(language))
        environment.globals.update(t=Words(self._theme.words), asset=self._asset)
        return environment

    def _asset(self, name: str) -> str:
        if name not in self._theme.assets:
            from generator.theme.missing import near

            raise LookupError(f"there is no `{name}` in assets/\n{near(name, self._theme.assets, 'bring it', 0.8)}")
        return href(f"/assets/{name}", self._base_path)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """Text and file of a template, for Jinja; None where the theme has none of that name."""
        path = self._theme.sources.get(name)
        return (path.read_text("utf-8"), str(path), None) if path else None

    def survey(self) -> Survey:
        """Parse every template, so that an error shows even where no page uses it.

        Raises:
            ThemeError: One is missing, has a syntax error, or includes by a name that is not a plain string.
        """
        problems = []
        parts: dict[str, list[str]] = {}
        for name in TEMPLATES:
            if f"{name}.html" not in self._theme.sources:
                fix = 'bring it, or name a theme to fall back to: parent = "broadsheet"'
                problems.append(Problem(f"the theme {self._theme.name!r} has no template {name}.html", fix))
        wanted = [name for name in self._theme.sources if HIDDEN not in name]
        for name in wanted:
            parts[name] = []
            problems.extend(self._parsed(name, parts[name]))
            wanted += [part for part in dict.fromkeys(parts[name]) if HIDDEN in part and part not in wanted]
        if problems:
            raise ThemeError(*problems)
        included = {part for found in parts.values() for part in found}
        whole = {name.removesuffix(".html"): name for name in parts if name.endswith(".html") and "/" not in name}
        stories = {short for short, name in whole.items() if name not in included} - {*TEMPLATES, *OPTIONAL}
        texts = codec.of(dict(self._theme.words), sorted(self._theme.assets), self._language, self._base_path)
        digests = {short: self._whole(name, parts, texts) for short, name in whole.items()}
        return Survey(digests, tuple(sorted(stories | {"post", "page"})))

    def _whole(self, name: str, parts: Mapping[str, list[str]], texts: bytes) -> bytes:
        """The digest of a template and all that it includes, however deep."""
        seen = [name]
        for one in seen:
            seen.extend(part for part in parts.get(one, []) if part not in seen)
        digests = self._theme.template_digests
        return codec.digest(texts, *(one.encode() + digests.get(one, b"") for one in sorted(set(seen))))

    def closure(self, name: str) -> list[str]:
        """The files of a template and of all that it includes, the template first."""
        seen = [f"{name}.html"]
        for one in seen:
            parts: list[str] = []
            list(self._parsed(one, parts))
            seen.extend(part for part in dict.fromkeys(parts) if part not in seen and part in self._theme.sources)
        return [self._place(one) for one in seen]

    def _parsed(self, name: str, parts: list[str]) -> Iterator[Problem]:
        """Parse one template; what it includes is added to `parts`, what is wrong is yielded."""
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            yield from self._included(name, parts)
        except TemplateSyntaxError as error:
            fix = "see Jinja's documentation of its syntax"
            yield Problem(f"template error: {error.message}", fix, self._place(name), error.lineno)
        except TemplateError as error:
            yield Problem(f"cannot be read: {error}", "check that the file exists", self._place(name))
        except UnicodeDecodeError as error:
            yield Problem(f"is not UTF-8: {error}", "save it as UTF-8", self._place(name))

    def _included(self, name: str, parts: list[str]) -> Iterator[Problem]:
        from jinja2 import nodes

        loader = self._environment.loader
        source = loader.get_source(self._environment, name)[0] if loader else ""
        kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
        for node in self._environment.parse(source, name).find_all(kinds):
            target = getattr(node, "template", None)
            if isinstance(target, nodes.Const) and isinstance(target.value, str):
                parts.append(self._theme.meant(target.value, name))
                cause, fix = self._astray(node, target.value, name)
            else:
                cause = "a template is named by an expression, so what a page depends on cannot be known"
                fix = 'name it by a plain string: {% include "part.html" %}'
            if cause:
                yield Problem(cause, fix, self._place(name), node.lineno)

    def _astray(self, node: Node, target: str, name: str) -> tuple[str, str]:
        """What is wrong with the name by which the template `name` calls for another, and the way out."""
        from jinja2 import nodes

        from generator.theme.missing import near

        meant = self._theme.meant(target, name)
        if isinstance(node, nodes.Extends) and meant == name:
            files = self._theme.layers[target]
            behind = [self._theme.folders[number].name for number in sorted(files)[1:]]
            fix = f'to build on the one that it hides, write {{% extends "{behind[0]}/{target}" %}}' if behind else ""
            return "the template extends itself", fix or "name another one"
        if meant in self._theme.sources or getattr(node, "ignore_missing", False):
            return "", ""
        plain, folders = [*self._theme.layers], self._theme.folders[1:]
        known = [*plain, *[f"{folder.name}/{one}" for folder in folders for one in plain]]
        known = [one for one in known if self._theme.meant(one, name) in self._theme.sources]
        return f"there is no template `{target}`", near(target, known, "bring it in templates/", 0.8)

    def _place(self, name: str) -> str:
        """A template's file, as messages name it."""
        path, (plain, _, _) = self._theme.sources.get(name), name.partition(HIDDEN)
        return f"themes/{path.parents[plain.count('/') + 1].name}/templates/{plain}" if path else name

    def _located(self, error: Exception, name: str) -> Problem:
        """The innermost template line of a failure."""
        import traceback  # which a theme without faults has no use for

        from generator.theme.missing import told

        cause, _, fix = told(error, self._environment.filters).partition("\n")
        place, line = self._place(f"{name}.html"), None
        for frame in traceback.extract_tb(error.__traceback__):
            for folder in self._theme.folders:
                file = Path(frame.filename)
                if file.is_relative_to(folder / "templates"):
                    place = f"themes/{folder.name}/templates/{file.relative_to(folder / 'templates').as_posix()}"
                    line = frame.lineno
        return Problem(f"template error: {cause}", fix or "see docs/themes.md for what a view holds", place, line)


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    def date_filter(value: dt.date, style: str = "long", of: str = "") -> str:
        return languages.format_date(value, style, of or language)

    def time_filter(value: dt.datetime, of: str = "") -> str:
        return languages.format_time(value, of or language)

    return {"date": date_filter, "time": time_filter, "iso": languages.iso, "locale": languages.locale_of}
