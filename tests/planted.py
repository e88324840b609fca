"""The faults that the equivalence suite must find, room by room.

Where two safeguards each catch what the other misses, a fault takes both: a file that is no longer planned would be
swept from its folder, too, since the output folder itself is never at rest; a link to what came is looked up again
because it was lost, or because its name came. Some things alone cannot be missed, so they are not here: the body in a
story's digest (its own digest is in the front matter's record), `keep` in the digest of a request (what was kept has
no stamp, so the next build finds it), SLACK (it is for a clock that is not the file system's own).
"""

from __future__ import annotations

from planted_plan import PLANNED
from planting import Edit, Fault, one, several, within, without

from generator import ingest, links
from generator.build import amended, census, engine, front, gather, memory, pipeline, relink, session, survey, write
from generator.cache import stamps, state, tables
from generator.content import tree
from generator.model import entry
from generator.model.site import Brief
from generator.site import amending
from generator.site.resolve import turns
from generator.theme import templates
from generator.theme.load import Theme
from generator.writer import Root

STILL: tuple[Edit, ...] = (
    (stamps.of, "status.st_mtime_ns, status.st_ctime_ns", "0, 0"),
    (tree._walk, "status.st_mtime_ns, status.st_ctime_ns", "0, 0"),
    (survey.folder_stamp, "status.st_mtime_ns, status.st_ctime_ns", "0, 0"),
    (survey._folders_intact, "status.st_mtime_ns != modified or status.st_ctime_ns != changed or ", ""),
    (state.State.moment, "lock.stat().st_ctime_ns", "0"),
)
"""No fault: the clock of the file system stands still, as a coarse one does between two ticks."""

RESTING: Edit = (stamps.at_rest, "moment - SLACK", "moment")
"""No fault on a file system with a fine clock: folders count as at rest, else they are swept for another reason."""

_BODY = "codec.digest(record)"

_SHOWS = {"url": "key slug", "banner": "names"}

INTAKE = (
    *(
        one(
            f"the card's digest forgets the {name}",
            _SHOWS.get(name, f"key {name}"),
            ingest._entry,
            "codec.of(post.brief)",
            without("post.brief", name),
        )
        for name in Brief.__slots__
    ),
    *(
        one(
            f"the link's digest forgets the {name}",
            near,
            ingest._entry,
            "codec.of(post.title, post.url, post.language)",
            rest,
        )
        for name, near, rest in (
            ("title", "key title", "codec.of(post.url, post.language)"),
            ("URL", "links", "codec.of(post.title, post.language)"),
            ("language", "setting language", "codec.of(post.title, post.url)"),
        )
    ),
    *within(
        ingest.Intake._published,
        ("the story's digest forgets the body", "bodies", "codec.digest(record, body)", _BODY),
        ("the story's digest forgets all but the body", "key title", "codec.digest(record, body)",
         "codec.digest(body)"),
    ),
    one("a correction's digest forgets its text", "corrected", ingest._entry, "codec.of(note)", "codec.of(note.date)"),
    *within(
        links._lead,
        ("the picture of a card is forgotten", "unseen", "codec.digest(card, codec.of(picture))", "card"),
        ("where links lead is forgotten", "links", "codec.of(references, picture)", "codec.of(picture)"),
        ("where the lead picture leads is forgotten", "unseen", "codec.of(references, picture)",
         "codec.of(references)"),
    ),
    *within(
        turns,
        ("a date is no turn", "clock", "front.date, front.expires", "front.expires"),
        ("an expiry is no turn", "clock", "front.expires, ", ""),
        ("an update is no turn", "clock", "front.updated, ", ""),
        ("the end of a pin is no turn", "ranks", "until, *", "*"),
        ("a correction is no turn", "clock", ", *(note.date for note in front.corrections)", ""),
    ),
    *within(
        entry.crossed,
        ("the clock never goes back", "clock", "if before <= now else (now, before)", ""),
        ("a turn is passed after its instant", "clock", "low < turn <= high", "low < turn < high"),
    ),
)  # fmt: skip

_ROWS = "(before.get(source), archive.rows.get(source))"

RELINKING = (
    several("a target that came is forgotten", "links", (relink._changed, _ROWS, "(before.get(source),)"),
             (relink.relink, "if archive.rows[source].lost", "if False")),
    *within(
        relink._changed,
        ("a target that went is forgotten", "links", _ROWS, "(archive.rows.get(source),)"),
        ("a deleted target is forgotten", "links", " | went", ""),
        ("a target that was read anew is forgotten", "fails", "moved | ", ""),
        ("a target that clashed is forgotten", "clashes", " | (lost ^ resolved.lost)", ""),
        ("a file that was linked is forgotten", "links", "in archive.changed_files", "in ()"),
        ("files beside a story that moved are forgotten", "links", "in homes", "in ()"),
    ),
    *within(
        relink._is_where_it_was,
        ("another address is taken for the same", "key permalink", "(old.id, old.url, old.out_path) == ", "None != "),
        ("a target that comes is taken for one that stays", "links", "return old is new", "return True"),
    ),
    *within(
        relink.relink,
        ("an article that clashed is not looked up", "clashes", "memory.head.lost if memory.head else ()", "()"),
        ("what was asked for is forgotten", "links", "not changed.isdisjoint(row.lookups)", "False"),
        ("a row with new addresses is not remembered", "links",
         "archive.put(source, found)", "archive.rows[source] = found"),
    ),
    *within(
        links.names_of,
        ("an id that was asked for is forgotten", "deletes", 'f"id:{entry.id}"', '""'),
        ("a source that was asked for is forgotten", "links", "_nfc(entry.source)", '""'),
    ),
    *within(
        links.names_of_file,
        ("a file's address is forgotten", "unseen", 'f"/{file.out_path}"', '""'),
        ("a file's source is forgotten", "links", "_nfc(file.source)", '""'),
    ),
    *within(
        pipeline._Build._resolve,
        ("another name's term is no part of a digest", "key tags", "if resolved.vocabulary.stolen", "if not resolved"),
    ),
)  # fmt: skip

_SAME = "found.{0}.same_files(manifest.{0})"

NOTHING_NEW = tuple(
    one(what, near, front._nothing_changed, old, "True")
    for what, near, old in (
        ("settings and theme are not looked at", "setting title", "head.whole == frame.whole"),
        ("neither clock nor turns are looked at", "clock", "head.holds(frame.now)"),
        ("articles are not looked at", "key title", _SAME.format("documents")),
        ("files are not looked at", "deletes", _SAME.format("files")),
        ("names and links are not looked at", "flags", "head.oddities == oddities(found)"),
        (
            "the output is not looked at",
            "harm",
            "frame.seen == Survey()",
        ),
    )
)

REQUEST = (
    *within(
        front.Frame.whole,
        ("the settings are forgotten", "setting title", "self.settings, ", ""),
        ("strictness is forgotten", "flags", ", request.strict", ""),
        ("the theme is forgotten", "templates", "self.theme.digest,", ""),
        ("the flags are forgotten", "flags", "self.intake,", ""),
    ),
    *within(
        front.Frame.intake,
        ("whether drafts show is forgotten", "flags", "{self.request.drafts} ", ""),
        ("whether scheduled posts show is forgotten", "flags", "{self.request.future} ", ""),
        ("the base URL's path is forgotten", "setting base_url", " {self.base_path}", ""),
    ),
    *(
        one(f"an article's own meaning forgets the setting {name}", f"setting {name}", engine.intake, old, new)
        for name, old, new in (
            ("language", "settings.language, ", ""),
            ("timezone", "settings.timezone, ", ""),
            ("permalink", "settings.permalink, ", ""),
            ("sections", "dict(settings.sections), ", ""),
            ("markup", ", settings.markup)", ")"),
        )
    ),
    *within(
        pipeline._Build.run,
        ("other settings do not make documents mean another thing", "setting permalink",
         "memory.head.intake != frame.intake", "False"),
    ),
)  # fmt: skip

THEME = (
    *within(
        templates.Templates._whole,
        ("parts of a template are forgotten", "templates", "for one in seen", "for one in ()"),
        ("parts of parts of a template are forgotten", "templates", "for one in seen", "for one in [name]"),
        ("the text of a template is forgotten", "templates", 'digests.get(one, b"")', 'b""'),
    ),
    *within(
        templates.Templates.survey,
        ("the theme's words are forgotten", "theme", "dict(self._theme.words), ", ""),
        ("the names of assets are forgotten", "fails", "sorted(self._theme.assets), ", ""),
    ),
    *within(
        pipeline._Build._survey_theme,
        ("another theme's survey is kept", "templates", "head.theme == self._theme_digest", "True"),
    ),
    *within(
        Theme.digest,
        ("the theme's digest forgets templates", "templates", "self.template_digests, ", ""),
        ("the theme's digest forgets assets", "theme", "self.asset_digests, ", ""),
        ("the theme's digest forgets needs", "theme", "needs, dict", "dict"),
        ("the theme's digest forgets words", "theme", "dict(self.words), ", ""),
    ),
)  # fmt: skip

OUTPUT = (
    *within(
        survey.survey,
        ("altered files are not noticed", "harm", "found.altered.add(name)", "pass"),
        ("deleted files are not noticed", "harm", "found.gone.add(name)", "pass"),
        ("what others laid there is not noticed", "harm", "found.disturbed.add(name)", "pass"),
        ("outputs are only looked for", "harm", "stamp == known and stamps.at_rest(stamp, moment)",
         "stat.S_ISREG(status.st_mode)"),
    ),
    *within(
        pipeline._Build._sweep,
        ("a new folder is not tidied", "harm", "if seen.first", "if not seen"),
        ("what others laid there stays", "harm", "elif seen.disturbed", "elif not seen"),
    ),
    several("only size and time of outputs are compared", "harm",
             (survey._files_intact, " or status.st_ctime_ns != changed", ""),
             (survey.survey, "if stamp == known and", "if stamp[:2] == known[:2] and")),
    several("an old output beside a new cache is not noticed", "unseen",
             (survey._files_intact, "status.st_mtime_ns != modified or status.st_ctime_ns != changed or ", ""),
             (survey.survey, "if stamp == known and", "if stamp[0] == known[0] and")),
    *within(
        pipeline._Build._planned,
        ("what was harmed is not planned again", "harm", "if name not in lost}", "}"),
    ),
    *within(
        write._reason,
        ("what was altered is not rendered again", "harm", "output.path in found.altered", "False"),
        ("what was deleted is not rendered again", "harm", "output.path in found.gone", "False"),
        ("only the first part is compared", "key title", "old.fingerprint == output.fingerprint",
         "old.fingerprint[:_PART] == output.fingerprint[:_PART]"),
    ),
    several("what is no longer planned stays", "deletes", RESTING,
            (write.Writer.into_place, "root.remove(work.gone)", "root.remove([])")),
    several("what was kept is not remembered", "fails", RESTING,
            (write.Writer.into_place, "for name in work.gone", "for name in ()")),
    several("an old redirect stays", "key aliases", RESTING,
            (write.compare, "if name not in work.paths]", 'if name not in work.paths and not name.startswith("old")]')),
    several("empty folders stay", "deletes", RESTING, (Root.remove, "self._prune(target.parent)", "pass")),
    *within(
        write.compare,
        ("a family that was planned leaves files", "deletes", " - plan.planned", ""),
    ),
)  # fmt: skip

_BY_TIME: Edit = (stamps.at_rest, "max(stamp.modified, stamp.changed)", "stamp.modified")

MEMORY = (
    *within(
        pipeline._Build._remember,
        ("who clashed is not remembered", "clashes", "tuple(sorted(news.planned.contested))", "()"),
        ("which articles clashed is not remembered", "clashes", "tuple(sorted(news.resolved.lost))", "()"),
        ("no turn is remembered", "clock", "(turn for turn in turns if turn > frame.now)", "()"),
    ),
    *within(
        census.Census.count,
        ("what is odd among new rows is not noted", "withdrawn", "if row.is_odd", "if False"),
    ),
    *within(
        gather._stale,
        ("turns are not looked at", "clock", "crossed(rows[name].turns, head.now, now)", "False"),
    ),
    *within(
        memory.Head.holds,
        ("a clock that went back is not looked at", "clock", "self.now <= now", "True"),
        ("the next turn is not looked at", "clock", "(self.turn is None or now < self.turn)", "True"),
    ),
    *within(
        pipeline._Build._broken_links,
        ("links to what went are not looked at", "deletes", " and not work.gone", ""),
        ("links that led nowhere are not looked at", "links", ".union(head.dead)", ""),
    ),
    *within(
        gather._read_files,
        ("files that went are forgotten", "links", "places.keys() - set(table.names)", "()"),
    ),
    several("an article of the same size and time is not read", "unseen", _BY_TIME,
            (gather.doubtful, "s != before.get(name) or s[1] >= rest or s[2] >= rest",
             "s[:2] != before.get(name, s)[:2] or s[1] >= rest"),
            (tables.different, "ours[at : at + 3] != theirs[at : at + 3]", "ours[at : at + 2] != theirs[at : at + 2]")),
    several("a file of the same size and time is not read", "unseen", _BY_TIME,
            (gather._read_files, "stamp == old.stamp(place)", "stamp[:2] == old.stamp(place)[:2]")),
    one("stamps are always trusted", "unseen", stamps.at_rest, "max(stamp.modified, stamp.changed) < moment - SLACK",
         "True", still=True),
    one("an article's stamp is trusted too early", "unseen", gather.doubtful,
         "s != before.get(name) or s[1] >= rest or s[2] >= rest", "s != before.get(name)", still=True),
    one("a file's stamp is trusted too early", "unseen", gather._read_files, " and stamps.at_rest(stamp, moment)", "",
         still=True),
    one("an output's stamp is trusted too early", "unseen", survey.survey,
         "stamp == known and stamps.at_rest(stamp, moment)", "stamp == known", still=True),
    one("a folder's stamp is trusted too early", "unseen", survey.survey, " or not stamps.at_rest(stamp, moment)", "",
         still=True),
    several("nothing is ever restless", "unseen", (memory.restless, ">= moment - stamps.SLACK", "> moment"),
             (memory.restless, "not stamps.at_rest(ledger, moment) or ", ""),
             (survey._files_intact, "status.st_mtime_ns != modified or status.st_ctime_ns != changed or ", ""),
             still=True),
)  # fmt: skip

SESSIONS = (
    *within(
        pipeline._Build._templates,
        ("templates stay another theme's", "templates", "session.templates[0] != self._theme_digest", "False"),
        lasting=True,
    ),
    *within(
        pipeline._Build._planned,
        ("the output is never looked at", "harm", "frame.session.trusted", "frame.session.lasts"),
        lasting=True,
    ),
    *within(
        session.Session.forget,
        ("a build that failed is not forgotten", "fails", "self._memory = self._found = None", "pass"),
        lasting=True,
    ),
    *within(
        session.Session.found,
        ("saved articles are forgotten", "key title", "edited = [names[row] for row in stamped]", "edited = []"),
        lasting=True,
    ),
    several("only what is told is looked at", "deletes",
            (session.Session.found, "request.edited is None", "request is None"),
            (session.Session.found, "in request.edited:", "in request.edited or ():"), lasting=True),
    *within(
        session.Session.memory,
        ("what another process built is not noticed", "harm", "state.stamp() != self._saved", "False"),
        lasting=True,
    ),
)  # fmt: skip

AMENDING = (
    *within(
        amending._place,
        ("an amended site forgets when stories are", "key date", "entry.when, ", ""),
        ("an amended site forgets where they are", "key permalink", "entry.url, entry.out_path, ", ""),
        ("an amended site forgets why they are not there", "key status",
         "return row.absence, row.since, row.id, row.derived, row.grave, row.traces.known", "return ()"),
    ),
    *within(
        amending.amend,
        ("an amended site forgets its groups", "bodies", "in own else", "in () else"),
        ("an amended site forgets who shows others", "related", "if otherwise:", "if False:"),
    ),
    *within(
        amending._seeking,
        ("newer stories show older ones as they were", "related", "int(span.name) >= oldest", "False"),
        ("other parts of a series are shown as they were", "series", "any(post.series is not None for post in posts)",
         "False"),
    ),
    *within(
        amending._anew,
        ("what was worked out stays", "key title", "Memo() if shown else ", ""),
        ("what was worked out from bodies stays", "bodies", "stories=None, ", ""),
        ("what feeds carry stays", "bodies", ", feed=None", ""),
    ),
    *within(amending.shows_otherwise, ("another headline is none", "key title", "!= new", "is None")),
    *within(
        amending._with, ("a story that came has no place in time", "adds", "posts.inserted(place", "posts.inserted(0")
    ),
    *within(
        amended.amended,
        ("an amended site forgets other settings", "setting feeds", "made.settings != codec.of(frame.settings)",
         "False"),
    ),
    *within(
        amended._added,
        ("the clock changes nothing about an amended site", "clock", " or not head.holds(frame.now)", ""),
        ("an amended site forgets files", "links", "not found.files.same_files(files) or ", ""),
    ),
    *within(
        amended._Short._is_plain,
        ("nobody waits for a story that came", "links", "if row.lost", "if False"),
    ),
    *within(
        amended._Short.amended,
        ("a document that moved is where it was", "key slug", "site.keeps_place(old[name], taken[name])", "True"),
    ),
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (
    *INTAKE, *RELINKING, *NOTHING_NEW, *REQUEST, *THEME, *PLANNED, *OUTPUT, *MEMORY, *SESSIONS, *AMENDING
)  # fmt: skip
