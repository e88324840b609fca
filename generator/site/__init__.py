"""From documents to a Site: what is published, under which URL, in which order and company."""

from generator.site.amending import amend, keeps_place, shows_otherwise, without_company
from generator.site.build import Resolved, build
from generator.site.outline import Outline
from generator.site.resolve import View, addresses, author, grave, is_pinned, known_by, resolve, turns
from generator.site.shelf import Shelf
from generator.site.terms import Lines, Terms, Vocabulary, nfc

__all__ = [
    "Lines",
    "Outline",
    "Resolved",
    "Shelf",
    "Terms",
    "View",
    "Vocabulary",
    "addresses",
    "amend",
    "author",
    "build",
    "grave",
    "is_pinned",
    "keeps_place",
    "known_by",
    "nfc",
    "resolve",
    "shows_otherwise",
    "turns",
    "without_company",
]
