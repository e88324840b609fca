"""Schemas as those who made the formats publish them, read from the copies that a machine has."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import rnc2rng
from lxml import etree

RFC = Path("/usr/share/doc/RFC/proposed-standard/rfc4287.txt.gz")
"""Where Debian's package of RFCs puts it."""

SITEMAPS = Path("/usr/share/doc/r-cran-pkgdown/tests/testthat/assets/search-site/sitemaps-schema-0.9.xsd")
"""Where a package of Debian's has it that tests sitemaps of its own."""


def sitemaps() -> etree.XMLSchema:
    """Of the protocol's version 0.9."""
    return etree.XMLSchema(etree.parse(SITEMAPS))


def atom() -> etree.RelaxNG:
    """Appendix B of RFC 4287."""
    text = gzip.decompress(RFC.read_bytes()).decode("utf-8", "replace")
    appendix = text[text.index("# -*- rnc -*-") : text.index("# EOF")]
    grammar = re.sub(r"\n+[^\n]*\[Page \d+\]\n\f?\n?RFC 4287[^\n]*\n+", "\n", appendix)
    whole = rnc2rng.dumps(rnc2rng.loads(grammar))
    # The prefix of no namespace, which the compact syntax may have and XML may not; names stand without it.
    return etree.RelaxNG(etree.fromstring(whole.replace('xmlns:local=""', "").encode()))
