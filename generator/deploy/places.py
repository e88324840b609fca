"""From settings to a place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.config import Deploy
from generator.deploy.place import Clock, Place
from generator.errors import Problem, UsageError


def chosen(deploy: Mapping[str, Deploy], name: str) -> tuple[str, Deploy]:
    """The place of that name; the first one where there is none.

    Raises:
        UsageError: There is none.
    """
    if not deploy:
        fix = 'add a table such as [deploy.production] with kind = "folder" and path = "/srv/news"; see docs/deploy.md'
        raise UsageError(Problem("site.toml names no place to publish to", fix))
    if not name:
        return next(iter(deploy.items()))
    if name not in deploy:
        raise UsageError(Problem(f"there is no [deploy.{name}] in site.toml", f"known are {', '.join(deploy)}"))
    return name, deploy[name]


def opened(root: Path, name: str, settings: Deploy, clock: Clock) -> Place:
    """The place.

    Args:
        root: The site's folder.
        name: Of the place.
        settings: The place's.
        clock: What time it is, and how to wait.
    """
    match settings.kind:
        case "files":
            from generator.deploy.files import Files

            return Files(_apart(root, settings), root, name, clock.now)
        case "git":
            from generator.deploy.branch import Branch

            return Branch(root, name, settings, clock.now)
        case "ssh":
            from generator.deploy.remote import Remote

            return Remote(root, settings, clock)
        case "bucket":
            from generator.deploy import bucket

            return bucket.Bucket(settings, clock, bucket.opened(settings))
        case _:
            from generator.deploy.folder import Folder

            return Folder(_apart(root, settings), settings.releases, clock.now)


def _apart(root: Path, settings: Deploy) -> Path:
    """The place's folder.

    Raises:
        UsageError: It overlaps what the site is made from or built into.
    """
    path = root / Path(settings.path).expanduser()
    real, site = path.resolve(), root.resolve()
    ours = [(site / name).resolve() for name in ("content", "themes", "output", ".dateline", ".git")]
    if site.is_relative_to(real) or any(real.is_relative_to(folder) for folder in ours):
        fix = 'choose another `path`, such as "/srv/news"'
        raise UsageError(Problem(f"the folder {path} overlaps the site's own files", fix))
    return path


def public(root: Path, settings: Deploy) -> tuple[Path | None, set[str]]:
    """What is public now, where that lies on this machine; and files there that are not of the site."""
    if settings.kind != "folder":
        return None, set()
    from generator.deploy.folder import Folder

    place = Folder(root / Path(settings.path).expanduser(), settings.releases, 0)
    return place.public()
