"""Goal S1 in a real browser: no payload runs, in any page that is built or that a tool writes, in both themes."""

import functools
import http.server
import re
import shutil
import threading
from urllib.parse import quote

import pytest
from payloads import NAIVE, PAYLOADS, QUICK, hostile, pieces, settings, tools
from support import SiteFixture

from generator.server import handlers

pytestmark = pytest.mark.real

POLICY = (
    "script-src 'none'; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-src 'none'; base-uri 'none'; "
    "form-action 'none'"
)
"""Sent to report only, so that Chromium tells in its console what would run, and runs it all the same."""
SCAN = """() => {
    const found = [], leading = ['href', 'src', 'action', 'data', 'formaction', 'poster', 'xlink:href'];
    for (const {contentDocument: page} of document.querySelectorAll('iframe'))
        for (const node of page ? page.querySelectorAll('*') : [])
            for (const {name, value} of node.attributes) {
                let scheme = 'https:';
                try { if (leading.includes(name)) scheme = new URL(value, page.baseURI).protocol } catch {}
                if (name.startsWith('on') || !['http:', 'https:', 'mailto:', 'tel:'].includes(scheme))
                    found.push(`${page.URL}: <${node.localName} ${name}=${value}>`);
                if (scheme == 'javascript:' && node.click) node.click();
            }
    return found;
}"""
"""What has a handler or leads to a script, as the browser reads addresses; such links are followed."""


class _Host(http.server.SimpleHTTPRequestHandler):
    """A folder, each file with the policy; `/?a.html&b.html` has several in frames."""

    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        """Answer."""
        if not self.path.startswith("/?"):
            super().do_GET()
            return
        frames = "".join(f'<iframe src="/{path}"></iframe>' for path in self.path[2:].split("&"))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        super().end_headers()
        self.wfile.write(f"<!doctype html>{frames}".encode())

    def end_headers(self):
        """Add the policy."""
        self.send_header("Content-Security-Policy-Report-Only", POLICY)
        super().end_headers()


class Watch:
    """A tab in which whatever runs is noticed."""

    def __init__(self, browser, url):
        self._url, self._faults = url, []
        context = browser.new_context()
        context.expose_binding("hit", lambda source, *_: self._faults.append(f"ran in {source['frame'].url}"))
        context.add_init_script("window.alert = window.confirm = window.prompt = window.print = () => hit()")
        self._page = context.new_page()
        self._page.on("console", self._heard)
        self._page.on("pageerror", lambda error: self._faults.append(f"failed: {error}"))
        self._page.on("dialog", lambda dialog: (self._faults.append("dialog"), dialog.dismiss()))
        self._page.on("popup", lambda _: self._faults.append("a window"))

    def _heard(self, message):
        if "Failed to load resource" not in message.text:  # pictures that are nowhere
            self._faults.append(f"{message.location['url']}: {message.text}")

    def faults(self, paths):
        """What happened on pages, and what on them might."""
        self._faults.clear()
        self._page.goto(f"{self._url}/?{'&'.join(map(quote, paths))}")
        found = self._page.evaluate(SCAN)
        return [*self._faults, *found]


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A folder and the address at which it is served."""
    folder = tmp_path_factory.mktemp("host")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def faults(browser, host, folder):
    """What happened on each page of a folder, in each feed and map; how many they are."""
    root, url = host
    watch = Watch(browser, url)
    paths = [
        path.relative_to(root).as_posix() for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".xml")
    ]
    pages = [path for path in paths if path.endswith(".html") or "tags/" not in path]
    return [fault for batch in batched(pages, 20) for fault in watch.faults(batch)], len(pages)


def batched(items, size):
    """Slices."""
    return [items[start : start + size] for start in range(0, len(items), size)]


@pytest.mark.parametrize(("theme", "half"), [("broadsheet", 0), ("plain", 1)])
def test_nothing_runs(browser, host, theme, half):
    """Payloads in every field and text: every page of the site, its feeds, its maps, what its feeds carry."""
    check_site(browser, host, theme, QUICK[half::2])


@pytest.mark.long
@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_none_of_all_runs(browser, host, theme):
    """All 150 of them."""
    check_site(browser, host, theme, PAYLOADS)


def check_site(browser, host, theme, payloads):
    """Build a site with payloads and open all of it."""
    made = SiteFixture(host[0] / f"{theme}-{len(payloads)}", hostile(payloads, theme))
    made.build(jobs=2)
    read = made.output / "read"  # as a feed reader shows it
    read.mkdir()
    for number, text in enumerate(pieces(made.output / "atom.xml")):
        (read / f"{number}.html").write_text(text, "utf-8")
    found, count = faults(browser, host, made.output)
    assert found == []
    assert count > 6 * len(payloads)


def test_nothing_runs_by_settings_or_in_pages_of_tools(browser, host):
    """Payloads in `site.toml`; comparison, profile, the receipt of an import, and what a preview says is wrong."""
    folder = host[0] / "more"
    made = SiteFixture(folder / "site", hostile(QUICK[::4], "plain"))
    tools(made, folder / "told")
    panel = handlers._panel([problem for problem in made.build().problems if "refused" in str(problem.path)])
    (folder / "told/preview.html").write_text(f"<!doctype html><body>{panel}</body>", "utf-8")
    for number, theme in enumerate(("broadsheet", "plain") * 2):
        told = SiteFixture(folder / str(number), settings(QUICK[number * 10 : number * 10 + 10], theme))
        told.build()
        shutil.copytree(told.output, folder / "told" / str(number))
    assert faults(browser, host, folder / "told")[0] == []


def test_each_payload_runs_where_nothing_is_escaped(browser, host):
    """The watch sees every payload on some page of a site without care, or the tests above proved nothing."""
    watch, quiet = Watch(browser, host[1]), dict(enumerate(QUICK))
    for kind, page in enumerate(NAIVE):
        for number, text in quiet.items():
            (host[0] / f"naive-{number}-{kind}.html").write_text(page.format(text), "utf-8")
        paths = [f"naive-{number}-{kind}.html" for number in quiet]
        said = " ".join(fault for batch in batched(paths, 20) for fault in watch.faults(batch))
        for number in {int(found) for found in re.findall(rf"naive-(\d+)-{kind}\.html", said)}:
            quiet.pop(number, None)
    assert quiet == {}
