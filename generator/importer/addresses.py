"""Addresses of the site that articles come from: what they have in common, and where the new site can answer them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from generator.permalinks import PathError, is_feed_name, site_path

_BLOGSPOT = re.compile(r"([\w-]+)\.blogspot(?:\.[a-z]{2,3}){1,2}")
"""A blog of Blogger has one host for each country from which it is read."""

_TRACKING = re.compile(
    r"(?:utm_.*|fbclid|gclid|igshid|m|amp|spref|showcomment|replytocom|share|ref|mc_[ce]id)", re.IGNORECASE
)
"""Names of a query that say how a reader came, not where to."""

FRONT = "is the front page's"
"""Why no article can keep the address `/`, or `/index.html`."""

MADE = "is that of a file which the site makes itself"
"""Why no article can keep `/feed.xml` and the like."""

_MADE = frozenset(
    {
        *("/feed.xml", "/atom.xml", "/feed.json", "/feed.css", "/feeds.opml"),
        *("/404.html", "/robots.txt", "/sitemap.xml", "/sitemap-news.xml"),
    }
)

_INDEX = re.compile(r"(?:^|(?<=/))index\.(?:html?|php)$", re.IGNORECASE)


def host_of(url: str) -> str:
    """The host of an absolute address as it is compared: small letters, no `www.`; empty where there is none."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    blog = _BLOGSPOT.fullmatch(host)
    return f"{blog[1]}.blogspot" if blog else host


def key(url: str, host: str = "") -> str:
    """What two spellings of one address have in common; `host` stands in where `url` is a path.

    Scheme, `www.`, a slash or `index.html` at the end, the fragment and what says how a reader came do not count.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = unicodedata.normalize("NFC", unquote(parts.path, errors="replace"))
    path = _INDEX.sub("", path).strip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    return f"{host_of(url) or host}/{path}" + (f"?{query}" if query else "")


def is_absolute(url: str) -> bool:
    """Whether an address names its host, as http and https do."""
    return url[:8].lower().startswith(("http://", "https://"))


def own_path(url: str, base_path: str) -> str:
    """The site path at which the new site answers an old address.

    Args:
        url: Absolute, or a path from the old site's root.
        base_path: The path of the new site's own base URL, below which all of it lies.

    Raises:
        PathError: It cannot; the message says why.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise PathError("is no address") from error
    if any(not _TRACKING.fullmatch(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise PathError("has a query, which no file can answer")
    path = site_path(parts.path or "/")
    if base_path:
        if not path.startswith(f"{base_path}/"):
            raise PathError(f"is not below {base_path}/, the path of the site's base_url")
        path = path.removeprefix(base_path)
    if " ".join(path.split()) != path:
        raise PathError("has blanks that no front matter can hold")
    if fault := _taken(path):
        raise PathError(fault)
    return path


def _taken(path: str) -> str:
    """Why no page of a story may stand at a site path; empty where one may."""
    if path == "/" or path.lower() == "/index.html":
        return FRONT
    if path.lower() in _MADE:
        return MADE
    return "ends as the names of feeds do, where no page may stand" if is_feed_name(path) else ""


def slug_of(url: str) -> str:
    """The part of an address that speaks; empty where none does (`?p=12`, `/4711.html`, `/`)."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    segment = next((part for part in reversed(_INDEX.sub("", path).split("/")) if part), "")
    stem = re.sub(r"\.(?:html?|php|aspx?)$", "", segment, flags=re.IGNORECASE)
    return stem if sum(char.isalpha() for char in stem) > 2 else ""
