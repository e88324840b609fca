"""The kinds of work that are measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.benchmarks.worksite import Checks, Worksite


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work.

    Attributes:
        title: For the table.
        prepare: What an author does before the build; it gets the site and the number of the repetition, and says what
            the output must show afterwards.
        cold: Whether output and caches are removed first.
        served: Whether the program's server does the work, not a build.
    """

    title: str
    prepare: Callable[[Worksite, int], Checks]
    cold: bool = False
    served: bool = False


def _nothing(_: Worksite, __: int) -> Checks:
    return {"index.html": "The Daily Bench"}


WORKS: Mapping[str, Work] = {
    "cold": Work("cold build", _nothing, cold=True),
    "nothing": Work("nothing changed", _nothing),
    "body": Work("one body edit", lambda site, k: site.edit_text(f"bodymark{k}x")),
    "title": Work("one title edit", lambda site, k: site.edit_title(f"titlemark{k}x")),
    "new": Work("one new post", lambda site, k: site.publish(k)),
    "theme": Work("one theme edit", lambda site, k: site.edit_template(f"thememark{k}x")),
    "serve": Work("save to page", lambda site, k: site.edit_text(f"savemark{k}x"), served=True),
}
"""In the order in which they are measured: a build follows on what the work before it left."""
