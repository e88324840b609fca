"""Real parts: the built example site behind a loopback server, and a browser."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import require
from support import NOW, REPOSITORY

from generator import build as pipeline
from generator.build import BuildRequest

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    path = require("Chromium", "chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield chromium
        chromium.close()


class _Host(http.server.SimpleHTTPRequestHandler):
    """A static host: a folder, with the site's own 404 page."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *_: object) -> None:
        """Answer with 404.html."""
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="session", params=["broadsheet", "plain"])
def example(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, Path]]:
    """Each theme's name, the example site's URL in that theme, and the folder behind it."""
    output = tmp_path_factory.mktemp("example") / request.param
    handler = functools.partial(_Host, directory=str(output))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    report = pipeline.build(
        BuildRequest(root=REPOSITORY, output=output, now=NOW, overrides={"base_url": url, "theme": request.param})
    )
    assert report.problems == ()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield request.param, url, output
    server.shutdown()
    server.server_close()
