"""Redirects, tombstones for themes that have no template for them, and the style sheet of feeds."""

from __future__ import annotations

from html import escape

from generator.model.machine import RedirectView
from generator.model.notices import WithdrawnView
from generator.model.views import SiteView


def redirect(view: RedirectView) -> str:
    """A page that leads on at once, for hosts that know no redirects."""
    url, title, language = escape(view.url), escape(view.title), escape(view.language)
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={url}">
<link rel="canonical" href="{url}">
<meta name="robots" content="noindex">
</head>
<body>
<p><a href="{url}">{title}</a></p>
</body>
</html>
"""


def tombstone(view: WithdrawnView, site: SiteView) -> str:
    """A page in the place of what was withdrawn."""
    title, language, direction = escape(view.title), escape(view.language), escape(view.direction)
    reason = f'<p lang="{language}" dir="{direction}">{escape(view.reason)}</p>\n' if view.reason else ""
    return f"""<!doctype html>
<html lang="{escape(view.head.language)}" dir="{escape(view.head.direction)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(view.head.title)}</title>
<meta name="robots" content="noindex">
<meta name="prerender-status-code" content="410">
<link rel="canonical" href="{escape(view.head.canonical)}">
</head>
<body>
<h1>{title}</h1>
{reason}<p><a href="{escape(site.home_url)}">{escape(site.title)}</a></p>
</body>
</html>
"""


STYLE = """\
/* A feed as a page, for whoever opens it in a browser. It is meant for a feed reader. */
rss, feed {
  display: block;
  max-inline-size: 42rem;
  margin: 0 auto;
  padding: 2rem 1.25rem 4rem;
  background: #fff;
  color: #15171a;
  font: 1.0625rem/1.55 system-ui, sans-serif;
}
rss::before, feed::before {
  content: "This is a web feed. Copy its address into a feed reader, and new stories come to you.";
  display: block;
  margin-block-end: 2rem;
  padding: 0.75rem 1rem;
  border-inline-start: 4px solid #9b1c13;
  background: #f4f4f2;
}
channel, item, entry { display: block; }
channel > *, feed > *, item > *, entry > * { display: none; }
channel > title, feed > title { display: block; font-size: 2rem; font-weight: 700; line-height: 1.2; }
channel > description, feed > subtitle { display: block; margin-block: 0.5rem 1.5rem; color: #4a4f57; }
channel > item, feed > entry { display: block; padding-block: 1rem; border-block-start: 1px solid #d5d7da; }
item > title, entry > title { display: block; font-size: 1.1875rem; font-weight: 600; line-height: 1.3; }
item > pubDate, entry > published { display: block; color: #4a4f57; font-size: 0.875rem; }
item > description, entry > summary { display: block; margin-block-start: 0.35rem; }
item > link { display: block; color: #4a4f57; font-size: 0.875rem; overflow-wrap: anywhere; }
"""
