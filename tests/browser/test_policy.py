"""The policy for content that `dateline deploy` makes: pages show as they do without, and nothing else runs."""

import shutil

import pytest
from hosting import free_port, nginx, open_folder
from publishing import publish
from support import REPOSITORY, SiteFixture

pytestmark = pytest.mark.real

PAGES = (
    "/",
    "/2025/06/tall-ships-weekend/",
    "/2025/10/rukn-arabi-fi-maktabat-al-mina/",
    "/tags/",
    "/2026/",
    "/nowhere/",
)
PLACE = '[deploy.home]\nkind = "folder"\npath = "public"\nhost_files = ["nginx"]\nsample = 0\nledger = false\n'


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_pages_show_under_the_policy(browser, theme):
    """No page of the example site breaks the policy or loses its style; a script within a page never runs."""
    with open_folder() as scratch:
        port = free_port()
        text = (REPOSITORY / "site.toml").read_text().replace("https://example.org", f"http://127.0.0.1:{port}")
        site = SiteFixture(scratch / "site", {"site.toml": text.replace('"broadsheet"', f'"{theme}"') + PLACE})
        shutil.copytree(REPOSITORY / "content", site.root / "content")
        report = publish(site)
        assert report.done, report.stopped
        (scratch / "run").mkdir()
        with nginx(scratch / "run", site.root / "public/current", port):
            page, faults = browser.new_page(), []
            page.on("console", lambda message: faults.append(message.text))
            for path in PAGES:
                page.goto(f"http://127.0.0.1:{port}{path}")
                assert page.evaluate("document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 9")
            assert [fault for fault in faults if "404" not in fault] == []
            planted = site.root / "public/current/site/planted.html"
            planted.write_text("<!doctype html><title>Good</title><script>document.title = 'Bad'</script>")
            page.goto(f"http://127.0.0.1:{port}/planted.html")
            assert page.title() == "Good"
            assert any("Content Security Policy" in fault for fault in faults)
            page.close()
