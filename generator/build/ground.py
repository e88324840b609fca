"""A resolved site and its theme, put together for the planner."""

from __future__ import annotations

from operator import attrgetter

from generator import config, plan, site, theme


def ground_of(
    settings: config.Settings, chosen: theme.Theme, resolved: site.Resolved, templates: theme.Survey, now: int
) -> plan.Ground:
    """The site ready to be planned.

    Args:
        settings: Its settings.
        chosen: Its theme.
        resolved: The site.
        templates: What is known of the theme's templates.
        now: The clock, in microseconds since 1970.
    """
    sections = tuple(group.term for group in resolved.site.sections)
    corrected = settings.corrections and any(
        span.chosen("remarks", attrgetter("remarks")) for span in resolved.site.spans
    )
    chrome = plan.Chrome(
        settings=settings,
        needs=chosen.needs,
        words=chosen.words,
        sections=sections,
        stolen=resolved.vocabulary.stolen,
        corrected=corrected and plan.CORRECTED in templates.digests,
    )
    assets = {name: (str(path), chosen.asset_digests[name]) for name, path in chosen.assets.items()}
    return plan.Ground(resolved.site, chrome, templates.digests, templates.stories, assets, now)
