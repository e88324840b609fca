"""The preview: watch, rebuild in place, reload. The only door to livereload, tornado and watchfiles."""

from generator.server.serve import Address, Announcer, serve

__all__ = ["Address", "Announcer", "serve"]
