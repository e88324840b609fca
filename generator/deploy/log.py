"""The book of what this machine published, `.dateline/deploys.jsonl`: a line for each publication."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from generator.cache.state import FOLDER, ready
from generator.deploy.request import DeployReport

_FILE = "deploys.jsonl"


def entry(report: DeployReport, now: dt.datetime) -> dict[str, object]:
    """What to remember of a publication."""
    work = report.publication
    return {
        "when": now.isoformat(),
        "place": report.name,
        "release": report.release,
        "sent": len(work.send) or report.made_up if work else 0,
        "deleted": len(work.delete) if work else 0,
        "files": len(work.send) + len(work.kept) if work else 0,
        "notes": [problem.cause for problem in report.notes],
    }


def add(root: Path, line: Mapping[str, object]) -> None:
    """Write a line down."""
    ready(root / FOLDER)
    with (root / FOLDER / _FILE).open("ab") as file:
        file.write(json.dumps(line).encode() + b"\n")


def read(root: Path, place: str) -> list[Mapping[str, object]]:
    """What was published to a place, the newest first; lines that are damaged are passed over."""
    try:
        lines = (root / FOLDER / _FILE).read_bytes().splitlines()
    except OSError:
        return []
    found: list[Mapping[str, object]] = []
    for line in reversed(lines):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict) and value.get("place") == place:
            found.append(value)
    return found
