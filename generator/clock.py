"""The one door to the machine's clock; everything else is handed an instant."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, to the second."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251


def parse_instant(text: str) -> datetime:
    """An instant from the command line: RFC 3339 with offset (`2026-11-23T09:00:00+01:00`, `...Z`).

    Raises:
        ValueError: Not an instant; a time without an offset is none.
    """
    instant = datetime.fromisoformat(text.strip())
    if instant.tzinfo is None:
        raise ValueError("an offset is missing")
    return instant
