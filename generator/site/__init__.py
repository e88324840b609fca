"""From documents to a Site: what is published, under which URL, in which order and company."""

from generator.site.build import Resolved, build, without

__all__ = ["Resolved", "build", "without"]
