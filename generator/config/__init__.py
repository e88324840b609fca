"""`site.toml`: read and checked once, key by key, so that every mistake is told in one run.

hosting   `[deploy.NAME]`: where a site is published
checks    what must hold of single settings
settings  all settings, and how they are read
"""

from generator.config.checks import ARCHIVES, FEED_CONTENT, FEED_FORMATS, RAW_HTML
from generator.config.hosting import LIVE, RELEASED, Deploy
from generator.config.settings import NAME, Feeds, Markup, NavigationEntry, Settings, load, parse

__all__ = [
    "ARCHIVES",
    "FEED_CONTENT",
    "FEED_FORMATS",
    "LIVE",
    "NAME",
    "RAW_HTML",
    "RELEASED",
    "Deploy",
    "Feeds",
    "Markup",
    "NavigationEntry",
    "Settings",
    "load",
    "parse",
]
