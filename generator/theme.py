"""A theme: its folders in order of precedence, its needs, its words, its templates. The only door to Jinja."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import languages
from generator.errors import Problem, ThemeError
from generator.model.document import Extra
from generator.permalinks import href

if TYPE_CHECKING:
    from jinja2 import Environment

CONTRACT = 1
TEMPLATES = ("front", "post", "page", "list", "terms", "archive", "period", "404")
NEEDS = re.compile(r"(neighbours)|(section-latest|latest|sections):([1-9]\d{0,2})")
NEEDS_OF = {"sections": ("front",)}
"""Needs that only some templates can have; a post may use any template that the theme brings beside its own eight."""

WORDS = {"tags": "Tags", "authors": "Authors", "archive": "Archive", "not_found": "Page not found"}
"""Words that Dateline itself asks of a theme, for the titles of indexes."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A loaded theme.

    Attributes:
        name: Its folder's name.
        folders: Where its files are looked for, the site's own first, then the theme's, then its parents'.
        needs: Per template name, what the planner adds to the view: `{"post": {"section-latest": 4}}`.
        words: The theme's texts in the site's language.
        assets: Files to copy: path below `assets/` to the file.
        problems: Files that were left out.
    """

    name: str
    folders: tuple[Path, ...]
    needs: Mapping[str, Mapping[str, int]]
    words: Mapping[str, str]
    assets: Mapping[str, Path]
    problems: tuple[Problem, ...] = ()

    def need(self, template: str, name: str) -> int:
        """How many of `name` the template wants; 0 where it wants none."""
        return self.needs.get(template, {}).get(name, 0)


@dataclass(slots=True)
class _Manifest:
    name: str
    folder: Path
    parent: str = ""
    needs: dict[str, dict[str, int]] = field(default_factory=dict)


def built_in() -> Path:
    """The folder of the themes that come with Dateline: in the installed package, or in its source tree."""
    packaged = Path(__file__).parent / "_themes"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "themes"


def load(root: Path, name: str, language: str) -> Theme:
    """Load a theme and all its parents.

    Args:
        root: The site's folder; `themes/NAME/` in it wins over a built-in theme's files.
        name: The theme's name.
        language: Of the site.

    Raises:
        ThemeError: With every problem found in theme.toml, templates and words.
    """
    manifests = _chain(root, name)
    folders = tuple(manifest.folder for manifest in manifests)
    needs: dict[str, dict[str, int]] = {}
    for manifest in reversed(manifests):
        needs.update(manifest.needs)
    assets, problems = _assets(folders)
    return Theme(name, folders, needs, _words(folders, language), assets, tuple(problems))


def _chain(root: Path, name: str) -> list[_Manifest]:
    """Manifests in order of precedence."""
    chain: list[_Manifest] = []
    seen: list[str] = []
    while name:
        if name in seen:
            raise ThemeError(
                Problem(f"themes are each other's parents: {' → '.join([*seen, name])}", "drop one `parent`")
            )
        seen.append(name)
        parent = ""
        found = [place / name for place in (root / "themes", built_in()) if (place / name).is_dir()]
        if not found:
            known = sorted({path.name for place in (root / "themes", built_in()) for path in place.glob("*/")})
            raise ThemeError(Problem(f"there is no theme {name!r}", f"themes at hand: {', '.join(known)}"))
        for folder in dict.fromkeys(path.resolve() for path in found):
            manifest = _manifest(folder)
            chain.append(manifest)
            parent = parent or manifest.parent
        name = parent
    return chain


def _manifest(folder: Path) -> _Manifest:
    """`theme.toml` of a folder; a site's folder that only overrides files of a built-in theme may lack one."""
    path = folder / "theme.toml"
    place = f"{folder.name}/theme.toml"
    if not path.is_file():
        return _Manifest(folder.name, folder)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ThemeError(Problem(f"cannot be read: {error}", "write it as TOML in UTF-8", place)) from error
    problems = [
        Problem(f"has the unknown key `{key}`", "known are name, version, contract, parent, needs", place)
        for key in table.keys() - {"name", "version", "contract", "parent", "needs"}
    ]
    if table.get("contract", CONTRACT) != CONTRACT:
        problems.append(Problem(f"`contract` must be {CONTRACT}", "see docs/themes.md for what changed", place))
    needs: dict[str, dict[str, int]] = {}
    wanted = table.get("needs", {})
    for template, items in wanted.items() if isinstance(wanted, dict) else ():
        for item in items if isinstance(items, list) else [items]:
            match = NEEDS.fullmatch(str(item))
            if not match or template not in NEEDS_OF.get(match[1] or match[2], (template,)):
                fix = "posts can have neighbours, section-latest:N and latest:N; front sections:N; 404 latest:N"
                problems.append(Problem(f"`needs.{template}` has the need {item!r}, which it cannot have", fix, place))
            else:
                needs.setdefault(template, {})[match[1] or match[2]] = int(match[3] or 1)
    if problems:
        raise ThemeError(*problems)
    return _Manifest(folder.name, folder, str(table.get("parent", "")), needs)


def _words(folders: tuple[Path, ...], language: str) -> dict[str, str]:
    """Words of English, then of the language, then of its variant (`pt`, `pt-BR`); near folders win."""
    words = dict(WORDS)
    primary = language.split("-")[0].lower()
    for name in dict.fromkeys(("en", primary, language)):
        for folder in reversed(folders):
            path = folder / "locales" / f"{name}.toml"
            if path.is_file():
                try:
                    words.update(_texts(tomllib.loads(path.read_text("utf-8"))))
                except (OSError, ValueError) as error:
                    place = f"{folder.name}/locales/{name}.toml"
                    raise ThemeError(
                        Problem(f"cannot be read: {error}", "write lines such as tags = 'Tags'", place)
                    ) from error
    return words


def _texts(table: Mapping[str, object]) -> dict[str, str]:
    """A file of words; every value must be a text.

    Raises:
        ValueError: One is not.
    """
    if wrong := [key for key, value in table.items() if not isinstance(value, str)]:
        raise ValueError(f"`{wrong[0]}` is not a text")
    return {key: str(value) for key, value in table.items()}


def _assets(folders: tuple[Path, ...]) -> tuple[dict[str, Path], list[Problem]]:
    """Files to copy by their name below `assets/`, and links that lead out of there, which are left out."""
    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in reversed(folders):
        top = folder / "assets"
        for path in sorted(top.rglob("*")):
            name = path.relative_to(top).as_posix()
            if _LEFTOVER.search(name) or any(part.startswith(".") for part in name.split("/")):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(top.resolve()):
                place = f"themes/{folder.name}/assets/{name}"
                problems.append(Problem("is a link that leads out of assets/", "copy the file instead", place))
            elif path.is_file():
                found[name] = path
    return dict(sorted(found.items())), problems


_LEFTOVER = re.compile(r"(^|/)[.#][^/]*$|~$|\.(swp|swo|bak|orig|tmp|pem|key)$", re.IGNORECASE)
"""What editors leave behind, and keys: never read as a template, never published as an asset."""


class Templates:
    """A theme's templates, compiled and checked.

    Args:
        theme: The theme.
        language: Of the site, for dates.
        base_path: The base URL's own path, for `asset()`.

    Raises:
        ThemeError: A template is missing, has a syntax error, or includes by a name that is not a plain string.
    """

    def __init__(self, theme: Theme, language: str, base_path: str) -> None:
        self._theme = theme
        self._base_path = base_path
        self._parts: set[str] = set()
        self._environment = self._make(language)
        self._check()

    def story_names(self) -> list[str]:
        """Templates, without `.html`, that a post may name: no other kind of page's, no part of another template."""
        own = {name.removesuffix(".html") for name in self._names() if name.endswith(".html") and "/" not in name}
        return sorted((own - set(TEMPLATES) - self._parts) | {"post", "page"})

    def _names(self) -> list[str]:
        """Template files, but for what editors leave beside them."""
        return self._environment.list_templates(filter_func=lambda name: not _LEFTOVER.search(name))

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
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 100 ms that `--version` need not pay

        class Keyed(Environment):
            """`page.extra.items` is the author's key `items`, not a method of mappings."""

            def getattr(self, obj: Any, attribute: str) -> Any:
                return (
                    self.getitem(obj, attribute) if isinstance(obj, Extra | Words) else super().getattr(obj, attribute)
                )

        environment = Keyed(
            loader=FileSystemLoader([folder / "templates" for folder in self._theme.folders]),
            autoescape=True,
            undefined=StrictUndefined,
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
            raise KeyError(f"asset({name!r}): the theme has no such file in assets/")
        return href(f"/assets/{name}", self._base_path)

    def _check(self) -> None:
        """Parse every template, so that an error shows even where no page uses it."""
        from jinja2 import TemplateError, TemplateSyntaxError

        problems = []
        names = self._names()
        for name in TEMPLATES:
            if f"{name}.html" not in names:
                fix = 'bring it, or name a theme to fall back to: parent = "broadsheet"'
                problems.append(Problem(f"the theme {self._theme.name!r} has no template {name}.html", fix))
        for name in names:
            try:
                problems.extend(self._dynamic(name))
            except TemplateSyntaxError as error:
                fix = "see Jinja's documentation of its syntax"
                problems.append(Problem(f"template error: {error.message}", fix, self._place(name), error.lineno))
            except TemplateError as error:
                problems.append(Problem(f"cannot be read: {error}", "check that the file exists", self._place(name)))
            except UnicodeDecodeError as error:
                problems.append(Problem(f"is not UTF-8: {error}", "save it as UTF-8", self._place(name)))
        if problems:
            raise ThemeError(*problems)

    def _dynamic(self, name: str) -> Iterator[Problem]:
        from jinja2 import nodes

        loader = self._environment.loader
        source = loader.get_source(self._environment, name)[0] if loader else ""
        kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
        for node in self._environment.parse(source, name).find_all(kinds):
            target = getattr(node, "template", None)
            if isinstance(target, nodes.Const) and isinstance(target.value, str):
                self._parts.add(target.value.removesuffix(".html"))
            else:
                yield Problem(
                    "a template is named by an expression, so what a page depends on cannot be known",
                    'name it by a plain string: {% include "part.html" %}',
                    self._place(name),
                    node.lineno,
                )

    def _place(self, name: str) -> str:
        """A template's file, as messages name it."""
        for folder in self._theme.folders:
            if (folder / "templates" / name).is_file():
                return f"themes/{folder.name}/templates/{name}"
        return name

    def _located(self, error: Exception, name: str) -> Problem:
        """The innermost template line of a failure."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            for folder in self._theme.folders:
                file = Path(frame.filename)
                if file.is_relative_to(folder / "templates"):
                    place = f"themes/{folder.name}/templates/{file.relative_to(folder / 'templates').as_posix()}"
                    return Problem(
                        f"template error: {error}", "see docs/themes.md for what a view holds", place, frame.lineno
                    )
        return Problem(f"template error: {error}", "see docs/themes.md", self._place(f"{name}.html"))


class Words:
    """A theme's texts: `t.read_more`, and nothing of a mapping's own methods."""

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __getitem__(self, name: str) -> str:
        return self._words[name]


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    def date_filter(value: dt.date, style: str = "long", of: str = "") -> str:
        return languages.format_date(value, style, of or language)

    def time_filter(value: dt.datetime, of: str = "") -> str:
        return languages.format_time(value, of or language)

    return {"date": date_filter, "time": time_filter, "iso": languages.iso}
