"""From documents to a Site: what is published, under which URL, in which order and company."""

from generator.site.build import Resolved, build
from generator.site.resolve import View, resolve, turns
from generator.site.terms import Lines, Terms, Vocabulary, nfc

__all__ = ["Lines", "Resolved", "Terms", "View", "Vocabulary", "build", "nfc", "resolve", "turns"]
