"""What pages may load, as a Content-Security-Policy (W3C, CSP Level 3)."""

from __future__ import annotations

from collections.abc import Iterable

from generator.deploy.digests import Known

_MOST = 40
"""Style sheets within pages that a header can name one by one; servers cut headers at 4 to 8 KB."""


def policy(pages: Iterable[Known], *, frames: bool) -> str:
    """The policy under which all pages of a site show as they do without.

    Style sheets, pictures, sound, fonts and scripts from the site's own files; pictures and sound from other sites over
    https; the style sheets that pages have within, each by its digest. No script within a page, and nothing else.

    Args:
        pages: The files.
        frames: Articles may have frames of other sites.
    """
    styles = sorted({digest for page in pages for digest in page.styles})
    within = [f"'sha256-{digest}'" for digest in styles] if len(styles) <= _MOST else ["'unsafe-inline'"]
    parts = [
        "default-src 'none'",
        " ".join(["style-src 'self'", *within]),
        "img-src 'self' data: https:",
        "media-src 'self' https:",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
    if frames:
        parts.append("frame-src https:")
    return "; ".join(parts)
