"""The pages of both themes in a real browser, an accessibility checker and an HTML checker."""

import itertools
import json
import os
import subprocess
from urllib.parse import quote

import pytest
from conftest import absent, require
from support import REPOSITORY

pytestmark = pytest.mark.real

PAGES = {
    "front": "/",
    "numbered": "/page/1/",
    "post": "/2025/12/choir-in-the-ice-house/",
    "post with pictures": "/2025/06/tall-ships-weekend/",
    "post with a wide table": "/2025/07/summer-ferry-timetable/",
    "Arabic post": "/2025/10/rukn-arabi-fi-maktabat-al-mina/",
    "Turkish post": "/2025/08/carsida-bir-firin/",
    "page": "/about/",
    "section": "/harbour/",
    "tag": "/tags/ferry/",
    "tags": "/tags/",
    "author": "/authors/imogen-farr/",
    "authors": "/authors/",
    "series": "/series/the-new-ferry/",
    "archive": "/archive/",
    "year": "/2026/",
    "month": "/2026/03/",
    "day": "/2026/03/05/",
    "corrections": "/corrections/",
    "corrected post": "/2025/04/net-lofts-homes-approved/",
    "withdrawn": "/2026/02/harbour-fees-to-treble/",
    "404": "/no-such-page/",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def test_every_kind_of_page_is_listed(example):
    """Each address above is a page of the example site, but for the one that must not exist."""
    _, _, output = example
    missing = [url for name, url in PAGES.items() if name != "404" and not (output / url[1:] / "index.html").is_file()]
    assert missing == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_fit(browser, example, width, scheme):
    """No page scrolls sideways or writes to the console."""
    _, url, _ = example
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    faults = []
    page = context.new_page()
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    for name, path in PAGES.items():
        page.goto(url + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            faults.append(f"{name}: {wide} px too wide")
    context.close()
    # Chromium itself notes the status of the page that is missing on purpose.
    assert [fault for fault in faults if "status of 404" not in fault] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_are_accessible(browser, example, width, scheme):
    """No page breaks a WCAG 2.2 A or AA rule that axe knows."""
    from axe_playwright_python.sync_playwright import Axe

    theme, url, _ = example
    if theme == "plain" and width == 768:
        return  # between two widths that are checked; the plain theme has one layout
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, axe, faults = context.new_page(), Axe(), []
    for name, path in PAGES.items():
        page.goto(url + path)
        result = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
        faults += [
            f"{name}: {violation['id']}: {[node['target'] for node in violation['nodes']][:3]}"
            for violation in result.response["violations"]
        ]
    context.close()
    assert faults == []


@pytest.mark.parametrize("width", [768, 1280])
def test_measure_of_text(browser, example, width):
    """A story's lines hold 62 to 70 letters from 768 px up, in the default theme."""
    theme, url, _ = example
    if theme != "broadsheet":
        return
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(url + PAGES["post"])
    letters = page.evaluate(
        """() => {
        const text = [...document.querySelectorAll('article p')].filter(p => p.textContent.length > 250)[0];
        const range = document.createRange(), node = text.firstChild, counts = [];
        let top = null, count = 0;
        for (let i = 0; i < node.length; i++) {
            range.setStart(node, i); range.setEnd(node, i + 1);
            const box = range.getClientRects()[0];
            if (!box) continue;
            if (top !== null && box.top > top + 5) { counts.push(count); count = 0; }
            top = box.top; count++;
        }
        return counts; }"""
    )
    page.close()
    assert letters, "the paragraph has one line only"
    assert 60 <= sum(letters) / len(letters) <= 71, letters


def test_every_page_says_what_it_is(example):
    """Each page has a title, a description, a canonical address of its own, an icon and the site's feed; one h1."""
    from lxml import html

    _, url, output = example
    for path in output.rglob("*.html"):
        page = html.fromstring(path.read_bytes().decode())
        place = path.relative_to(output).as_posix()
        assert page.xpath("string(//title)").strip(), place
        assert page.xpath("string(//meta[@name='description']/@content)").strip(), place
        canonical = f"{url}/{quote(place)}".removesuffix("index.html")
        assert page.xpath("//link[@rel='canonical']/@href") == [canonical], place
        assert page.xpath("//link[@rel='icon']/@href"), place
        feeds = page.xpath("//link[@rel='alternate'][@type='application/rss+xml']")
        assert feeds[0].get("href") == f"{url}/feed.xml", place
        titles = [feed.get("title") for feed in feeds]
        assert len(titles) == len(set(titles)), place
        assert len(page.xpath("//h1")) == 1, place
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (place, levels)
        assert not page.xpath('//script[not(@type="application/ld+json")]'), place


def vnu_jar():
    """The Nu HTML checker."""
    jar = os.environ.get("VNU_JAR") or REPOSITORY / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not os.path.exists(jar):
        absent("the Nu HTML checker is absent (npm install vnu-jar, or set VNU_JAR)")
    return str(jar)


def test_nu_checker_finds_no_error(example):
    """Every page of the example site is valid HTML."""
    java = require("a Java runtime", "java")
    _, _, output = example
    result = subprocess.run(
        [java, "-Xss8m", "-jar", vnu_jar(), "--format", "json", "--skip-non-html", str(output)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    assert [f"{m['url'].rsplit('/', 4)[1:]}: {m['message']}" for m in messages if m["type"] == "error"] == []
