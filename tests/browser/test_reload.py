"""The preview in Chromium: an edit shows by itself, a mistake is told in the page, the last good page stays."""

import re
import signal
import subprocess
import sys
import threading
import time

import pytest
from support import REPOSITORY, SiteFixture, post

WAIT = 15_000
"""Milliseconds that a change may take to show, on a machine that does much else."""


@pytest.fixture
def preview(tmp_path):
    """A site and the address at which `dateline serve` shows it."""
    fixture = SiteFixture(tmp_path / "site", {"content/posts/a.md": post("First title", body="A good text.")})
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "generator", "serve", "-s", str(fixture.root), "-p", "0"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True)
    reader.start()
    end = time.monotonic() + 30
    found = None
    while not found and time.monotonic() < end and process.poll() is None:
        found = re.search(r"Serving at (http://\S+)/", "".join(lines))
        time.sleep(0.02)
    assert found, lines
    try:
        yield fixture, found[1]
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(20)
        reader.join(5)
        process.stdout.close()
    assert code == 130
    assert "Traceback" not in "".join(lines)


@pytest.fixture
def page(browser):
    """A page of Chromium, which notes what goes wrong in it."""
    opened = browser.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    yield opened
    opened.close()


def shows(page, text):
    """Wait until the page, without being asked to load again, shows a text."""
    page.wait_for_function("text => document.body && document.body.innerText.includes(text)", arg=text, timeout=WAIT)


@pytest.mark.real
def test_edits_and_mistakes_show_by_themselves(page, preview):
    """A new title comes; a broken post brings a panel with file and line over the last good page; mended, it goes."""
    fixture, address = preview
    story = f"{address}/2026/01/a/"
    page.goto(story, wait_until="networkidle")
    assert "First title" in page.inner_text("h1")
    assert page.locator("[role=alert]").count() == 0

    fixture.edit("content/posts/a.md", post("Second title", body="A good text."))
    shows(page, "Second title")
    assert "First title" not in page.inner_text("body")

    fixture.edit("content/posts/b.md", "---\ntitle: Broken\ndate: 2026-99-99\n---\n\nText.\n")
    shows(page, "content/posts/b.md:3")
    panel = page.locator("[role=alert]")
    assert panel.is_visible()
    assert "1 problem in the last build" in panel.inner_text()
    assert "2026-99-99" in panel.inner_text()
    assert "Second title" in page.inner_text("h1")
    assert "A good text." in page.inner_text("body")

    fixture.edit("content/posts/b.md", post("Mended"))
    page.wait_for_function("() => document.body && !document.querySelector('[role=alert]')", timeout=WAIT)
    page.goto(f"{address}/", wait_until="networkidle")
    assert "Mended" in page.inner_text("body")

    fixture.remove("content/posts/b.md")
    page.wait_for_function("() => document.body && !document.body.innerText.includes('Mended')", timeout=WAIT)
    assert page.url == f"{address}/"
    assert page.faults == []


@pytest.mark.real
def test_what_stops_a_build_is_shown_and_the_page_stays(page, preview):
    """Settings that cannot be read: the page of before, with a panel; a message with markup runs nothing."""
    fixture, address = preview
    page.goto(f"{address}/2026/01/a/", wait_until="networkidle")
    good = (fixture.root / "site.toml").read_text()
    fixture.edit("site.toml", good + '"<img src=x onerror=document.title=1>" = 1\n')
    shows(page, "site.toml:3")
    assert "<img src=x onerror=document.title=1>" in page.inner_text("[role=alert]")
    assert page.locator("[role=alert] img").count() == 0
    assert page.title() != "1"
    assert "A good text." in page.inner_text("body")
    fixture.edit("site.toml", good)
    page.wait_for_function("() => document.body && !document.querySelector('[role=alert]')", timeout=WAIT)


@pytest.mark.real
def test_a_story_that_breaks_keeps_its_last_good_page(page, preview):
    """The very post that one looks at is broken: what stood there stands, with the mistake below it."""
    fixture, address = preview
    page.goto(f"{address}/2026/01/a/", wait_until="networkidle")
    fixture.edit("content/posts/a.md", "---\ntitle: First title\ndate: 2026-01-02\n\nNo end of the block.\n")
    shows(page, "content/posts/a.md:1")
    assert "A good text." in page.inner_text("body")
    fixture.edit("content/posts/a.md", post("First title", body="A better text."))
    shows(page, "A better text.")
    assert page.locator("[role=alert]").count() == 0


@pytest.mark.real
def test_an_edit_of_everything_shows_once(page, preview):
    """Where all pages change, the one that is open loads again once, and then shows the change."""
    fixture, address = preview
    for number in range(80):
        fixture.add(f"content/posts/s{number}.md", post(f"Story {number}"))
    page.goto(f"{address}/", wait_until="networkidle")
    assert comes(fixture, "2026/01/s79/index.html", "Story 79")
    shows(page, "Story")
    loads = []
    page.on("load", lambda loaded: loads.append(loaded))
    loads.append(page)
    while loads:  # the burst of files may be more than one
        loads.clear()
        page.wait_for_timeout(2000)  # events are heard while the page is waited for, not while Python sleeps
    settings = (fixture.root / "site.toml").read_text()
    fixture.edit("site.toml", settings.replace("The Test", "Another Name"))
    shows(page, "Another Name")
    assert comes(fixture, "2026/01/s40/index.html", "Another Name")
    page.wait_for_timeout(2000)
    assert len(loads) == 1
    assert page.faults == []


def comes(fixture, name, text):
    """Wait until a file of the preview holds a text."""
    file = fixture.root / ".dateline" / "preview" / name
    end = time.monotonic() + WAIT / 1000
    while time.monotonic() < end:
        if file.is_file() and text in file.read_text():
            return True
        time.sleep(0.05)
    return False
