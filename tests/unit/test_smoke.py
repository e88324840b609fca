"""The harness itself."""

from support import messages, post


def test_one_post_becomes_a_site(site):
    """A single post gives its page, the front page and the feed."""
    fixture = site({"content/posts/a.md": post("Hello")})
    report = fixture.build()
    assert messages(report) == []
    assert "Hello" in fixture.page("2026/01/a/index.html")
    assert "Hello" in fixture.page("index.html")
    assert "<title>Hello</title>" in fixture.page("feed.xml")
