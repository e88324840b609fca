"""The on-disk format of articles, read and written. The only door to frontmatter and YAML."""

from generator.content.dump import dump
from generator.content.tree import Loaded, Parsed, load, parse

__all__ = ["Loaded", "Parsed", "dump", "load", "parse"]
