"""Files that nobody may see yet: those that only articles off the site name."""

from __future__ import annotations

from generator import links, site
from generator.build.gather import Archive
from generator.model.entry import Row
from generator.records import replace


def withhold(resolved: site.Resolved, archive: Archive, finder: links.Finder) -> site.Resolved:
    """The site without the pictures and other files that a scheduled story, a draft, or one that is gone has to itself.

    A file that an article on the site names, or none at all, stays. Files beside an article that is a folder of its own
    share its fate in any case; see site.build.
    """
    rows = archive.rows
    hidden = {
        file
        for source in archive.odd | resolved.lost
        if rows[source].entry is None or source in resolved.lost
        for target in named(rows[source])
        if (file := finder.file_of(source, target))
    }
    if not hidden:
        return resolved
    names = {name: file for file in hidden for name in links.names_of_file(finder.files[file])}
    for source, row in rows.items():
        if row.entry is not None and source not in resolved.lost and not names.keys().isdisjoint(row.lookups):
            hidden.difference_update(names[name] for name in row.lookups if name in names)
    shown = tuple(file for file in resolved.site.files if file.source not in hidden)
    return replace(resolved, site=replace(resolved.site, files=shown))


def named(row: Row) -> list[str]:
    """The addresses in an article's body and of its lead picture."""
    traces = row.traces
    return [*(target for target, _ in traces.mentions), *([traces.picture[0]] if traces.picture else [])]
