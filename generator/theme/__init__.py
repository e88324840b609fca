"""A theme directory: its files and needs, its templates. The only door to Jinja."""

from generator.theme.load import CONTRACT, NEEDS, OPTIONAL, TEMPLATES, WORDS, Theme, built_in, load
from generator.theme.templates import Survey, Templates

__all__ = ["CONTRACT", "NEEDS", "OPTIONAL", "TEMPLATES", "WORDS", "Survey", "Templates", "Theme", "built_in", "load"]
