"""What can go wrong, and how it is told: each problem carries its place, its cause and a way out.

The tree:

    DatelineError            something a person can mend; carries the Problems
      ContentError           an article, page or raw source          (exit code 1)
      VanishedError          a source that went while it was read    (exit code 1)
      LedgerError            content/ledger.jsonl is broken         (exit code 1)
      OutputError            a file or folder could not be written   (exit code 1)
      DeployError            a place could not be published to      (exit code 1)
      UsageError             wrong arguments, site or settings       (exit code 2)
        SettingsError        site.toml
        ThemeError           theme.toml or a template

Anything else that escapes is a fault of Dateline.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from generator.records import Record, replace


class Severity(StrEnum):
    """How much a problem weighs: an error makes the exit code 1, a warning only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Record, frozen=True):
    """One thing that is wrong, as a value.

    Attributes:
        cause: What is wrong, in one sentence without a full stop.
        fix: What to do about it; empty only where the cause says it all.
        path: The file, relative to the site's root, with `/`; None where there is no file.
        line: 1-based line in that file, counted from the file's first line.
        severity: Error or warning.
    """

    cause: str
    fix: str = ""
    path: str | None = None
    line: int | None = None
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """`path:line`, as terminals and editors link it; empty where there is no file."""
        if self.path is None:
            return ""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def at(self, path: str, line: int | None = None) -> Problem:
        """The same problem, placed in a file where it has no place of its own."""
        return replace(self, path=self.path or path, line=self.line if self.line is not None else line)

    def __str__(self) -> str:
        head = f"{self.place}: " if self.path else ""
        tail = f"\n    {self.fix}" if self.fix else ""
        return f"{head}{self.severity}: {self.cause}{tail}"


def warning(cause: str, fix: str = "", path: str | None = None, line: int | None = None) -> Problem:
    """A Problem that fails a build only with `--strict`."""
    return Problem(cause, fix, path, line, Severity.WARNING)


def similar(wanted: str, known: Iterable[str], alike: float = 0.6, most: int = 1) -> list[str]:
    """The names that were probably meant, the likeliest first, for a way out of a problem.

    Args:
        wanted: A name that is not known; small and capital letters are all the same.
        known: Those that are.
        alike: How alike they must be, from 0 to 1.
        most: How many, at most.
    """
    import difflib  # 3 ms, for the few runs that find such a thing

    folded = {name.lower(): name for name in sorted(known)}
    return [folded[name] for name in difflib.get_close_matches(wanted.lower(), folded, most, alike)]


class DatelineError(Exception):
    """Something a person can mend.

    Attributes:
        problems: At least one Problem; all that were found, not the first.
        exit_code: What the command line exits with.
    """

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[DatelineError], tuple[Problem, ...]]:
        return type(self), self.problems


class ContentError(DatelineError):
    """An article, page or raw source cannot be read as what it should be."""


class VanishedError(DatelineError):
    """A file that lay in `content/` a moment ago is not there any more; whoever looks again sees a site without it."""

    @classmethod
    def of(cls, path: str) -> VanishedError:
        """Of a file, relative to the site's root."""
        return cls(Problem("went while the site was being read", "build again once its folder is at rest", path))


class LedgerError(DatelineError):
    """The ledger cannot be read, or must not be written yet; what it holds is left as it is."""


class OutputError(DatelineError):
    """A file or folder could not be written, or must not be."""


class DeployError(DatelineError):
    """A site could not be published, or must not be; what readers see is whole, old or new."""


class UsageError(DatelineError):
    """Arguments, site or settings are wrong."""

    exit_code = 2


class SettingsError(UsageError):
    """`site.toml` holds what cannot be used."""


class ThemeError(UsageError):
    """A theme is missing, incomplete or breaks the rules for templates."""


def worst(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """The exit code that these problems call for: 1 with any error (or, when strict, any warning), else 0."""
    return int(any(strict or problem.severity is Severity.ERROR for problem in problems))
