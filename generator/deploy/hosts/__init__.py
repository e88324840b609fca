"""Redirects, answers for what is gone, types, caching and security, each in the words of a web server or host.

values   what a host is to do, whichever it is
policy   what pages may load, as a Content-Security-Policy
nginx, caddy, apache, netlify, vercel   the same in their words
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.deploy.hosts import apache, caddy, netlify, nginx, vercel
from generator.deploy.hosts.values import Addresses, Rules

WRITERS: Mapping[str, Callable[[Rules], dict[str, bytes]]] = {
    "nginx": nginx.files,
    "caddy": caddy.files,
    "apache": apache.files,
    "netlify": netlify.files,
    "cloudflare": netlify.cloudflare,
    "vercel": vercel.files,
}
"""Of each kind of host, what writes its files, by name; those with a `/` before their name go beside the site."""


def files(wanted: Iterable[str], rules: Rules) -> dict[str, bytes]:
    """The files of some hosts."""
    return {name: data for kind in wanted for name, data in WRITERS[kind](rules).items()}


__all__ = ["Addresses", "Rules", "files"]
