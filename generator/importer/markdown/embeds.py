"""What other sites show within a page: frames and players, as the address at which a reader finds the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from generator.importer.markdown import places
from generator.trees import Element

TAGS = frozenset({
    "iframe", "embed", "object", "amp-iframe", "amp-youtube", "amp-vimeo", "amp-twitter", "amp-instagram",
    "amp-facebook", "amp-soundcloud", "amp-dailymotion", "amp-tiktok", "lite-youtube",
})  # fmt: skip
_SILENT = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adservice|adsystem|amazon-adsystem|taboola|outbrain"
    r"|plugins/like|plugins/page|plugins/share|platform\.twitter\.com/widgets/(?:tweet_button|follow)|recaptcha|about:"
)
_PAGES = (
    (
        r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live)/([\w-]{6,})",
        "YouTube",
        "https://www.youtube.com/watch?v={}",
    ),
    (r"youtu\.be/([\w-]{6,})", "YouTube", "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com/video/(\d+)", "Vimeo", "https://vimeo.com/{}"),
    (r"(?:www\.)?dailymotion\.com/embed/video/(\w+)", "Dailymotion", "https://www.dailymotion.com/video/{}"),
    (
        r"open\.spotify\.com/embed/((?:track|album|playlist|episode|show|artist)/\w+)",
        "Spotify",
        "https://open.spotify.com/{}",
    ),
    (r"(?:www\.)?instagram\.com/((?:p|reel|tv)/[\w-]+)", "Instagram", "https://www.instagram.com/{}/"),
    (r"(?:www\.)?tiktok\.com/embed/(?:v2/)?(\d+)", "TikTok", "https://www.tiktok.com/embed/{}"),
    (r"gist\.github\.com/([\w-]+/\w+)\.js", "Gist", "https://gist.github.com/{}"),
    (r"(?:www\.)?tiktok\.com/player/v1/(\d+)", "TikTok", "https://www.tiktok.com/embed/{}"),
)
_GIST = re.compile(r"(?:https?:)?//gist\.github\.com/[\w-]+/\w+\.js")
_NAMES = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo", "twitter.com": "X", "x.com": "X",
    "soundcloud.com": "SoundCloud", "open.spotify.com": "Spotify", "instagram.com": "Instagram",
    "tiktok.com": "TikTok", "facebook.com": "Facebook", "dailymotion.com": "Dailymotion", "bsky.app": "Bluesky",
}  # fmt: skip
_LISTS = re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/?(?:videoseries)?(?:\?|$)")
_INNER = {
    "facebook.com": ("href", "Facebook"),
    "w.soundcloud.com": ("url", "SoundCloud"),
    "platform.twitter.com": ("url", "X"),
    "cdn.embedly.com": ("url", ""),
}
_AMP = {
    "amp-youtube": ("data-videoid", "YouTube", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("videoid", "YouTube", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "Vimeo", "https://vimeo.com/{}"),
    "amp-twitter": ("data-tweetid", "X", "https://x.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "Instagram", "https://www.instagram.com/p/{}/"),
    "amp-facebook": ("data-href", "Facebook", "{}"),
    "amp-soundcloud": ("data-trackid", "SoundCloud", "https://api.soundcloud.com/tracks/{}"),
    "amp-dailymotion": ("data-videoid", "Dailymotion", "https://www.dailymotion.com/video/{}"),
    "amp-tiktok": ("data-src", "TikTok", "https://www.tiktok.com/embed/{}"),
}


def is_frame(element: Element) -> bool:
    """Whether an element shows what another site has; of scripts those that write a piece of code into the page."""
    return element.tag in TAGS or (element.tag == "script" and bool(_GIST.match(element.get("src") or "")))


def link(element: Element, base: str) -> tuple[str, str] | None:
    """What to call the page that a frame shows, and its address; None for advertising and buttons.

    Raises:
        RefusedError: There is no address that one may follow.
    """
    title = " ".join((element.get("title") or "").split())
    if element.tag in _AMP:
        attribute, name, pattern = _AMP[element.tag]
        value = element.get(attribute)
        if not value:
            raise places.RefusedError("a frame without an address")
        return title or name, places.whole(pattern.format(value.strip()), base)
    written = next((value for name in ("src", "data-src", "data-lazy-src", "data") if (value := element.get(name))), "")
    written = written or _parameter(element)
    if not written.strip():
        raise places.RefusedError("a frame without an address")
    if _SILENT.search(written):
        return None
    name, url = page(places.whole(written, base, shown=True))
    return title or name, url


def page(url: str) -> tuple[str, str]:
    """The name of a site, and the page of it that the address of a frame or player shows."""
    parts = urlsplit(url)
    rest = f"{(parts.netloc or '').lower()}{parts.path}"
    for pattern, name, target in _PAGES:
        if found := re.match(pattern, rest):
            return name, target.format(found[1])
    query = parse_qs(parts.query)
    if _LISTS.match(rest) and query.get("list"):
        return "YouTube", f"https://www.youtube.com/playlist?list={query['list'][0]}"
    for host, (key, name) in _INNER.items():
        inner = (query.get(key) or [""])[0]
        if (parts.hostname or "").endswith(host) and inner.startswith(("http://", "https://")) and _host(inner):
            return name or _host(inner), inner
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return _NAMES.get(host, host) or url, url


def _host(url: str) -> str:
    """The host of an address; empty where it is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _parameter(element: Element) -> str:
    """The address among the parameters of an `object`."""
    for inner in element.iter("param", "embed"):
        if inner.tag == "embed" or (inner.get("name") or "").lower() in ("movie", "src", "url"):
            return str(inner.get("src") or inner.get("value") or "")
    return ""
