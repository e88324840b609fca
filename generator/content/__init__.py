"""The on-disk format of articles, read and written. The only door to frontmatter and YAML."""

from generator.content.dump import dump, values_of
from generator.content.tree import FOLDER, Found, Parsed, parse, scan

__all__ = ["FOLDER", "Found", "Parsed", "dump", "parse", "scan", "values_of"]
