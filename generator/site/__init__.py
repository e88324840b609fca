"""From documents to a Site: what is published, under which URL, in which order and company."""

from generator.site.amending import amend, may_amend, without_company
from generator.site.build import Resolved, build
from generator.site.resolve import View, addresses, author, grave, is_pinned, known_by, resolve, turns
from generator.site.terms import Lines, Terms, Vocabulary, nfc

__all__ = [
    "Lines",
    "Resolved",
    "Terms",
    "View",
    "Vocabulary",
    "addresses",
    "amend",
    "author",
    "build",
    "grave",
    "is_pinned",
    "known_by",
    "may_amend",
    "nfc",
    "resolve",
    "turns",
    "without_company",
]
