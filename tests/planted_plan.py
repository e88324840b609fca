"""Faults of the planner that the equivalence suite must find: what a family's mark and an output's parts forget."""

from __future__ import annotations

from planting import Fault, one, within, without

from generator.plan import (
    corrections,
    ground,
    lists,
    periods,
    planner,
    redirects,
    related,
    series,
    sitemaps,
    stories,
    tombstones,
)

# What two digests hold is not missed by either: so no fault here takes the blocks out of the front page's mark (its
# cards), days out of a year's (likewise), languages and addresses out of templates' digests (the chrome), or out of the
# chrome (those of templates, the settings).
_SET = ("title", "description", "sections", "navigation", "copyright", "extra")
_CHROME = {**{name: f"setting {name}" for name in _SET}, "corrections_url": "corrected"}

GROUND = (
    *(
        one(
            f"the chrome forgets the {name}",
            near,
            ground.Ground.frame,
            "codec.of(self.chrome.view)",
            without("self.chrome.view", name),
        )
        for name, near in _CHROME.items()
    ),
    *within(ground.Ground.around, ("the chrome is forgotten", "setting title", "self.frame", "codec.digest()")),
    *within(
        ground.Ground.address,
        ("the site's address is forgotten", "setting base_url", "codec.of(self.chrome.settings.base_url)",
         "codec.digest()"),
    ),
    one("the template is forgotten", "templates", ground.Ground.template, "self.templates[name]", "codec.digest()"),
    *within(
        ground.Ground.base,
        ("families forget the settings", "setting page_size", "codec.of(self.chrome.settings, needs)",
         "codec.of(needs)"),
        ("families forget the theme's needs", "theme", ", needs)", ")"),
        ("families forget templates", "templates", ", *templates)", ")"),
        ("families forget the chrome", "deletes", "self.frame, ", ""),
    ),
    *within(ground.Ground.family, ("families forget the base", "setting title", "self.base, ", "")),
    *within(
        ground.cards, ("a list looks at its first story only", "key title", "each_card(posts)", "each_card(posts)[:1]")
    ),
    *within(ground.links, ("links are forgotten", "key title", 'post.link if post else b""', 'b""')),
)  # fmt: skip

STORIES = (
    *within(
        stories._mark,
        ("a month forgets its stories", "bodies", "codec.joined([post.story for post in posts]), ", ""),
        ("a month forgets aliases", "key aliases", ", *aliases", ""),
    ),
    *within(
        stories.families,
        ("a month forgets neighbours", "adds",
         " + links(posts[max(0, start - 1) : start]) + links(posts[stop : stop + 1])", ""),
        ("a month forgets its sections", "alone", "walk.over(span)", "codec.digest()"),
        ("a month forgets the newest stories", "adds", "beside, newest)", "beside)"),
        ("standing pages forget the newest stories", "adds", "own, authors, newest)", "own, authors)"),
    ),
    *within(stories._Walk.over, ("a month forgets earlier stories of its sections", "alone", " + self._window", "")),
    *within(
        stories._story,
        ("a story forgets itself", "key title", "(Part.STORY, post.story)", "(Part.STORY, codec.digest())"),
        ("a story forgets the newer one", "key title", "links([newer])", "codec.digest()"),
        ("a story forgets the older one", "alone", "links([older])", "codec.digest()"),
        ("a story forgets its section", "alone", "cards(around.section)", "codec.digest()"),
        ("a story forgets the newest ones", "adds", "cards(latest)", "codec.digest()"),
    ),
    *within(
        stories._story,
        ("a story forgets related ones", "related", "cards(around.related)", "codec.digest()"),
    ),
    *within(
        related.Related.over,
        ("a month forgets what is shown of related stories", "related", "self._cards_of(name)[first:last]",
         "b''"),
        ("a month forgets all but the nearest with a name", "related", " + self._reach", " + 1"),
    ),
    *within(
        stories._Company.over,
        ("a month forgets related stories", "related", "digest(related, ", "digest("),
        ("a month forgets parts of series", "series", "self.series.over(self.ground.site.posts[start:stop])", "b''"),
    ),
    *within(
        series.Portion.digest,
        ("a part forgets its number", "series", "self.number, numbers", "numbers"),
        ("a part forgets the one before", "series", "self.previous, ", ""),
        ("a part forgets the one after", "series", "self.next, ", ""),
    ),
    *within(
        stories._story,
        ("a story forgets its place in its series", "series",
         "around.part.digest if around.part else codec.digest()", "codec.digest()"),
        ("a story forgets its authors' files", "profiles", "(Part.AUTHORS, cards(authors))",
         "(Part.AUTHORS, codec.digest())"),
    ),
    *within(
        stories.families, ("a month forgets authors' files", "profiles", "around, authors, ", "around, ")
    ),
    *within(stories._redirects, ("a redirect forgets where it leads", "key title", "post.link", "codec.digest()")),
)  # fmt: skip

LISTS = (
    *within(
        lists._page,
        ("the front page forgets its blocks", "unseen", "_blocks(blocks)", "codec.digest()"),
        ("a list forgets its stories", "key title", "cards(shown)", "codec.digest()"),
        ("a list forgets its place", "adds", "codec.of(here, parts)", "codec.digest()"),
    ),
    *within(
        lists._term,
        ("a list's mark forgets its stories", "key title", "shown, whole", "whole"),
        ("a list's mark forgets its name", "names", "term.name.encode(), ", ""),
    ),
    *within(
        lists._listed,
        ("a run of pages forgets its stories", "key title", "(shown, place, ", "(place, "),
        ("a run of pages forgets that there is a next one", "adds", ", codec.of(relevant(numbers[-1], last))", ""),
    ),
    *within(lists._front, ("the front page's mark forgets its stories", "key title", "all_cards(site.spans), ", "")),
    *within(
        lists._carried,
        ("a feed forgets bodies", "bodies", "_items(full)", "cards(full)"),
    ),
    *within(
        lists._feed,
        ("a feed forgets its articles", "bodies", "(Part.ITEMS, carried.items)", "(Part.ITEMS, codec.digest())"),
        ("a feed's mark forgets its articles", "bodies", "make, carried.items, ", "make, "),
    ),
    *within(lists._carried, ("a feed forgets its name", "names", "codec.of(name, url, ", "codec.of(url, ")),
    *within(
        lists._List.heads,
        ("a list's mark forgets what is pinned", "ranks", "cards(self.pinned), ", ""),
        ("a list's mark forgets numbers of parts", "series",
         "codec.of([self.parts.get(post.source) for post in self.posts] if self.parts else [])", "b''"),
    ),
    *within(
        lists._front,
        ("the front page's mark forgets ranks", "ranks", "whole.heads, ranks", "whole.heads"),
        ("the front page's mark forgets what is pinned", "ranks", "whole.heads, ranks", "ranks"),
    ),
    *within(
        lists._page,
        ("the front page forgets ranks", "ranks", "codec.digest(codec.of(pinned), cards(order))", "codec.of(pinned)"),
        ("a list forgets how many are pinned", "ranks", "codec.digest(codec.of(pinned), cards(order))", "cards(order)"),
        ("a list forgets numbers of parts", "series", "codec.of(here, parts)", "codec.of(here)"),
        ("an author's page forgets the file", "profiles", "(Part.AUTHORS, _said(whole.profile))",
         "(Part.AUTHORS, codec.digest())"),
    ),
    *within(
        lists._said,
        ("an author's page forgets the text of the file", "profiles", "profile.card, profile.story", "profile.card"),
    ),
    *within(
        lists._term, ("an author's mark forgets the file", "profiles", "term.name.encode(), _said(group.profile))",
                      "term.name.encode())"),
    ),
    *within(
        lists._carried, ("a feed forgets authors' files", "profiles",
                         "codec.digest(_items(full), cards(ground.profiles_of(authors)))", "_items(full)"),
    ),
    *within(
        lists._index,
        ("an index forgets how many", "adds", "mark = codec.of(counts)", "mark = codec.of([c[:2] for c in counts])"),
        ("an index forgets names", "names", "mark = codec.of(counts)", "mark = codec.of([c[1:] for c in counts])"),
    ),
    *within(lists._not_found, ("the 404 page forgets its stories", "adds", "cards(latest)", "codec.digest()")),
    *within(lists.families, ("the 404 page's mark forgets its stories", "adds", ", cards(latest))", ")")),
)  # fmt: skip

PERIODS = (
    *within(
        periods.families,
        ("the archive forgets how many", "adds", "mark = codec.of(counts)", "mark = codec.of(len(counts))"),
        ("a year's mark forgets its stories", "key title", "all_cards(year), ", ""),
        ("a year's mark forgets its neighbours", "adds", ', f"{newer} {older}".encode()', ""),
    ),
    *within(
        periods._period,
        ("a period forgets its stories", "key title", "codec.of(counts) if kind is PageKind.YEAR else cards(posts)",
         "codec.digest()"),
        ("a period forgets its neighbours", "adds", "codec.of(around, [day for day, _ in days])",
         "codec.of([day for day, _ in days])"),
    ),
)  # fmt: skip

CORRECTIONS = (
    *within(
        corrections.families,
        ("the list of corrections' mark forgets them", "corrected", "ground, notes), _shown(notes))",
         "ground, notes))"),
        ("the feed of corrections' mark forgets them", "corrected", "carried, mark), mark, ", "carried, mark), "),
    ),
    *within(
        corrections._pages,
        ("a list of corrections forgets them", "corrected", "(Part.NOTES, _shown(shown))",
         "(Part.NOTES, codec.digest())"),
        ("a list of corrections forgets its place", "corrected", "codec.of(place)", "codec.digest()"),
    ),
    *within(
        corrections._feeds,
        ("a feed of corrections forgets them", "corrected", "(Part.NOTES, mark)", "(Part.NOTES, codec.digest())"),
        ("a feed of corrections forgets its words", "corrected",
         '[ground.chrome.words[name] for name in ("corrections", *CorrectionKind)]', "[]"),
        ("a feed of corrections forgets its hubs", "corrected", "codec.of(settings.feeds.hubs, settings.feeds.id)",
         "codec.digest()"),
    ),
    *within(
        corrections._shown,
        ("a list of corrections forgets their stories", "corrected", "codec.digest(note.post.link, note.remark.digest)",
         "note.remark.digest"),
        ("a list of corrections forgets what they say", "corrected",
         "codec.digest(note.post.link, note.remark.digest)", "note.post.link"),
    ),
    *within(
        corrections._carried,
        ("a feed of corrections forgets canonical addresses", "corrected", "(note.post.id, note.post.canonical)",
         "note.post.id"),
    ),
)  # fmt: skip

TOMBSTONES = (
    *within(
        tombstones.families,
        ("the withdrawn are forgotten", "withdrawn", ", codec.of(gone))", ")"),
        ("reasons of the withdrawn are forgotten", "withdrawn", "codec.of(gone)", "codec.of([g.urls for g in gone])"),
    ),
    *within(
        tombstones._pages,
        ("a tombstone forgets the reason", "withdrawn", "codec.of(item.reason, item.date, item.language, item.expired)",
         "codec.digest()"),
        ("a tombstone forgets the reason's language", "withdrawn",
         "codec.of(item.reason, item.date, item.language, item.expired)",
         "codec.of(item.reason, item.date, item.expired)"),
        ("a tombstone forgets that it expired", "withdrawn",
         "codec.of(item.reason, item.date, item.language, item.expired)",
         "codec.of(item.reason, item.date, item.language)"),
        ("a tombstone forgets its template", "withdrawn", "(WITHDRAWN, ground.template(WITHDRAWN))",
         "(WITHDRAWN, words)"),
        ("a tombstone without a template forgets its words", "withdrawn", "else (None, words)",
         "else (None, (Part.TEMPLATE, codec.digest()))"),
    ),
)  # fmt: skip

SITEMAPS = (
    *within(
        sitemaps.families,
        ("the sitemap of pages forgets them", "key tags", "page_mark = codec.of(pages)",
         "page_mark = codec.of(len(pages))"),
        ("the sitemap's mark forgets the others", "key updated", "codec.digest(page_mark, *marks)",
         "codec.digest()"),
    ),
    *within(
        sitemaps._mapped, ("a sitemap forgets when stories changed", "key updated", ", post.modified)", ",)")
    ),
    *within(
        sitemaps._month,
        ("a sitemap forgets its pages", "key updated", "(Part.PAGES, mark)", "(Part.PAGES, codec.digest())"),
    ),
    *within(
        sitemaps._sitemap_index,
        ("the sitemap forgets the others", "key updated",
         "shown = codec.of([(entry.loc, entry.lastmod) for entry in index])", "shown = codec.digest()"),
    ),
)  # fmt: skip

REDIRECTS = (
    *within(
        redirects.families,
        ("feeds at old addresses stay as they were", "redirects", ", *marks", ""),
        ("feeds at old addresses are forgotten", "redirects", "if is_feed_name(old)", "if False"),
    ),
    *within(
        redirects._page,
        ("where an old address leads is forgotten", "redirects", "codec.of(view)", "b''"),
    ),
    *within(
        planner.make,
        ("redirects are forgotten", "redirects", "in redirects.families(ground, families)", "in ()"),
    ),
)  # fmt: skip

PLAN = (
    *within(
        planner._files,
        ("the bytes of files are forgotten", "unseen", "(Part.FILE, digest)", "(Part.FILE, codec.digest())"),
    ),
    *within(
        planner._families,
        ("the files' mark forgets their bytes", "unseen", "file.source, file.digest)", "file.source, codec.digest())"),
        ("the assets' mark forgets their bytes", "unseen", "codec.of(assets)", "codec.of([a[:2] for a in assets])"),
    ),
    *within(
        planner._assets,
        ("the bytes of assets are forgotten", "unseen", "(Part.FILE, digest)", "(Part.FILE, codec.digest())"),
    ),
    *within(
        planner.make,
        ("families that clashed are forgotten", "key permalink", "in known.contested if name in families", "in ()"),
        ("sitemaps that had the path are forgotten", "places", " | made.missed", ""),
    ),
    *within(
        planner._Made.plan,
        ("families that had the path are forgotten", "clashes", "self._rivals(output.path, name)", "()"),
    ),
    *within(
        planner._Made._rivals,
        ("families above and below are forgotten", "places", "yield from owners.around(path)", "yield from ()"),
    ),
)  # fmt: skip

PLANNED: tuple[Fault, ...] = (
    *GROUND, *STORIES, *LISTS, *PERIODS, *CORRECTIONS, *TOMBSTONES, *SITEMAPS, *REDIRECTS, *PLAN,
)  # fmt: skip
