"""The schema of Atom as RFC 4287 publishes it, read from the copy of the RFC that a machine has."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import rnc2rng
from lxml import etree

RFC = Path("/usr/share/doc/RFC/proposed-standard/rfc4287.txt.gz")
"""Where Debian's package of RFCs puts it."""


def schema() -> etree.RelaxNG:
    """Appendix B of the RFC."""
    text = gzip.decompress(RFC.read_bytes()).decode("utf-8", "replace")
    appendix = text[text.index("# -*- rnc -*-") : text.index("# EOF")]
    grammar = re.sub(r"\n+[^\n]*\[Page \d+\]\n\f?\n?RFC 4287[^\n]*\n+", "\n", appendix)
    whole = rnc2rng.dumps(rnc2rng.loads(grammar))
    # The prefix of no namespace, which the compact syntax may have and XML may not; names stand without it.
    return etree.RelaxNG(etree.fromstring(whole.replace('xmlns:local=""', "").encode()))
