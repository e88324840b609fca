"""A theme's files: its folders in order of precedence, its needs, its words, its assets."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from generator import codec
from generator.errors import Problem, ThemeError
from generator.records import Record, field

CONTRACT = 1
TEMPLATES = ("front", "post", "page", "list", "terms", "archive", "period", "404")
OPTIONAL = ("corrections", "withdrawn")
"""Templates of pages that a site has only where its theme brings them."""

HIDDEN = "\0"
"""Stands in the name of a template that another hides, before the number of its folder."""

NEEDS = re.compile(r"(neighbours)|(section-latest|related|latest|series|sections):([1-9]\d{0,2})")
NEEDS_OF = {"sections": ("front",)}
"""Needs that only some templates can have; a post may use any template that the theme brings beside its own eight."""

WORDS = {
    "tags": "Tags",
    "authors": "Authors",
    "archive": "Archive",
    "not_found": "Page not found",
    "corrections": "Corrections",
    "correction": "Correction",
    "update": "Update",
    "clarification": "Clarification",
    "retraction": "Retraction",
    "withdrawn": "This story was withdrawn",
    "expired": "This story has expired",
}
"""Words that Dateline itself asks of a theme, for titles of pages and for what feeds carry of corrections."""


class Theme(Record, frozen=True, dict=True):
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

    @cached_property
    def layers(self) -> dict[str, dict[int, Path]]:
        """Template files by name, then by the number of their folder; not what editors leave beside them."""
        found: dict[str, dict[int, Path]] = {}
        for number, folder in reversed([*enumerate(self.folders)]):
            top = folder / "templates"
            for path in _files(top):
                name = path.relative_to(top).as_posix()
                if path.is_file() and not LEFTOVER.search(name):
                    found.setdefault(name, {})[number] = path
        return found

    @cached_property
    def sources(self) -> dict[str, Path]:
        """Template files: the nearest folder's by its name, those that it hides by a name that no file can have."""
        return {
            self._named(name, number): path for name, files in self.layers.items() for number, path in files.items()
        }

    def _named(self, name: str, number: int) -> str:
        return name if number == min(self.layers[name]) else f"{name}{HIDDEN}{number}"

    def meant(self, name: str, asker: str) -> str:
        """The template that `name` stands for in the template `asker`; both as in `sources`.

        `THEME/NAME`, where no file has that very name, is what `THEME` has under NAME, itself or by a parent; folders
        up to the asker's own are passed over, so that a file that hides another can build on it.
        """
        owner, _, rest = name.partition("/")
        if name in self.sources or rest not in self.layers:
            return name
        plain, _, hidden = asker.partition(HIDDEN)
        here = int(hidden or min(self.layers[plain]))
        names = [folder.name for folder in self.folders]
        first = names.index(owner) if owner in names else len(names)
        behind = sorted(number for number in self.layers[rest] if number >= first and number > here)
        return self._named(rest, behind[0]) if behind else name

    @cached_property
    def template_digests(self) -> dict[str, bytes]:
        """The digest of each template's own text."""
        return {name: _digest(path) for name, path in self.sources.items()}

    @cached_property
    def asset_digests(self) -> dict[str, bytes]:
        """The digest of each asset's bytes."""
        return {name: _digest(path) for name, path in self.assets.items()}

    @cached_property
    def digest(self) -> bytes:
        """Of everything in the theme that can change a page."""
        needs = {name: dict(items) for name, items in self.needs.items()}
        names = [folder.name for folder in self.folders]
        return codec.of(self.template_digests, names, self.asset_digests, needs, dict(self.words), self.problems)


class _Manifest(Record):
    name: str
    folder: Path
    parent: str = ""
    needs: dict[str, dict[str, int]] = field(default_factory=dict)


def built_in() -> Path:
    """The folder of the themes that come with Dateline: in the installed package, or in its source tree."""
    packaged = Path(__file__).parent.parent / "_themes"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "themes"


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
    place = f"themes/{folder.name}/theme.toml"
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
                fix = (
                    "posts can have neighbours, section-latest:N, related:N, series:N and latest:N; front sections:N; "
                    "404 latest:N"
                )
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
                    place = f"themes/{folder.name}/locales/{name}.toml"
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
        for path in _files(top):
            name = path.relative_to(top).as_posix()
            if LEFTOVER.search(name) or any(part.startswith(".") for part in name.split("/")):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(top.resolve()):
                place = f"themes/{folder.name}/assets/{name}"
                problems.append(Problem("is a link that leads out of assets/", "copy the file instead", place))
            elif path.is_file():
                found[name] = path
    return dict(sorted(found.items())), problems


LEFTOVER = re.compile(r"(^|/)[.#][^/]*$|~$|\.(swp|swo|bak|orig|tmp|pem|key)$", re.IGNORECASE)
"""What editors leave behind, and keys: never read as a template, never published as an asset."""


def _files(top: Path) -> list[Path]:
    """What lies below a folder, in order; nothing where there is no such folder.

    Raises:
        ThemeError: A folder cannot be read, so what is in it is not known.
    """

    def refuse(error: OSError) -> None:
        place = f"themes/{top.parent.name}/{top.name}"
        raise ThemeError(Problem(f"cannot be read: {error.strerror}", "check its permissions", place)) from error

    found: list[Path] = []
    for folder, folders, names in os.walk(top, onerror=refuse if top.is_dir() else None):
        found += [Path(folder, name) for name in names]
        found += [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
    return sorted(found)


def _digest(path: Path) -> bytes:
    try:
        return codec.digest(path.read_bytes())
    except OSError as error:
        place = f"themes/{path.parent.parent.name}/{path.parent.name}/{path.name}"
        raise ThemeError(Problem(f"cannot be read: {error.strerror}", "check its permissions", place)) from error
