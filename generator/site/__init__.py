"""From documents to a Site: what is published, under which URL, in which order and company."""

from generator.site.amending import add, amend, keeps_place, shows_otherwise, without_company
from generator.site.build import Resolved, build
from generator.site.outline import Outline
from generator.site.resolve import View, addresses, author, grave, is_pinned, known_by, resolve, turns
from generator.site.shelf import Numbers, Posts, Shelf, each_card
from generator.site.terms import Lines, Terms, Vocabulary, nfc

__all__ = [
    "Lines",
    "Numbers",
    "Outline",
    "Posts",
    "Resolved",
    "Shelf",
    "Terms",
    "View",
    "Vocabulary",
    "add",
    "addresses",
    "amend",
    "author",
    "build",
    "each_card",
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
