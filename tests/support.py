"""A site in a string: write files, build them in this process, look at what came out."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping
from pathlib import Path

from generator import build as pipeline
from generator.build import BuildReport, BuildRequest

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
SETTINGS = 'title = "The Test"\nbase_url = "https://example.org"\n'
REPOSITORY = Path(__file__).resolve().parent.parent


def post(title: str = "A story", date: str = "2026-01-02 10:00", body: str = "Text.", **keys: str) -> str:
    """An article file; further front-matter lines by keyword, as YAML text."""
    lines = [f"title: {title}", f"date: {date}", *(f"{key}: {value}" for key, value in keys.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


class SiteFixture:
    """A site under a temporary folder.

    Args:
        root: Where it lies.
        files: Paths below the site and their texts (bytes stay as they are); `site.toml` is made where it is missing.
    """

    def __init__(self, root: Path, files: Mapping[str, str | bytes] | None = None) -> None:
        self.root = root
        self.output = root / "output"
        root.mkdir(parents=True, exist_ok=True)
        for name, text in {"site.toml": SETTINGS, **(files or {})}.items():
            self.add(name, text)

    def add(self, name: str, text: str | bytes) -> None:
        """Write one file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())

    edit = add

    def remove(self, name: str) -> None:
        """Delete one file."""
        (self.root / name).unlink()

    def request(self, **options: object) -> BuildRequest:
        """What to build, with the clock at NOW; options are BuildRequest's."""
        values: dict[str, object] = {"root": self.root, "output": self.output, "now": NOW, "jobs": 1, **options}
        return BuildRequest(**values)  # type: ignore[arg-type]

    def build(self, **options: object) -> BuildReport:
        """Build; see `request`."""
        return pipeline.build(self.request(**options))

    def tree(self) -> dict[str, bytes]:
        """Every file of the output folder."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }

    def page(self, name: str) -> str:
        """The text of one output file."""
        return (self.output / name).read_text("utf-8")


def messages(report: BuildReport) -> list[str]:
    """The problems of a build, as a person reads them."""
    return [str(problem) for problem in report.problems]
