"""How `dateline check` runs: what it prints, what it remembers, and what it makes of hostile files."""

import json
import os
import re
import socket
import sys
import time

import pytest
from checking import ALIAS, BRIDGE, FERRY, damage, found, good_site, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shell import dateline
from support import NOW, REPOSITORY

from generator.check import RULES
from generator.cli.checking import _annotation

EXTRA = "extra.html"
IMAGE_LINE = 22
ALT = ' alt="A bridge"'


def told(site, *arguments):
    """What the command says of a site."""
    return dateline("check", "-s", site.root, "-j", 1, "--now", NOW.isoformat(), *arguments)


def at_rest():
    """Let the file system's clock pass the last change, so that stamps may be trusted."""
    time.sleep(0.03)


# What it prints


def test_a_clean_site_is_one_line(site):
    """Nothing wrong: a summary on standard output, nothing on standard error; with -q nothing at all."""
    made = good_site(site)
    said = told(made)
    assert (said.code, said.err) == (0, "")
    assert re.fullmatch(r"Checked \d+ files: (\d+) of \1 read anew, nothing wrong\n", said.out)
    assert told(made, "-q") == (0, "", "")


def test_people_read_place_cause_way_out_and_rule(site):
    """Errors come before warnings; one cause in several files is told once, with its other places."""
    made = good_site(site)
    damage(made.output / BRIDGE, "<h1>Bridge opens</h1>", "")
    for name in ("index.html", "archive/index.html", "tags/index.html", "404.html", "about/index.html", FERRY):
        damage(made.output / name, '<a href="/archive/">', '<a href="/none/">')
    said = told(made, "--skip", "news-title")
    assert said.code == 1
    error, warning = (said.err.index(f" {word}: ") for word in ("error", "warning"))
    assert error < warning
    assert f"output/{FERRY}:" in said.err
    assert "error: the link to '/none/' leads to no file\n    mend the address, or add an alias" in said.err
    assert "[link-target]\n    also output/404.html:" in said.err
    assert "and in 2 more places; -v shows all" in said.err
    assert "6 errors, 1 warning\n" in said.err
    assert said.err.count("leads to no file") == 1
    assert told(made, "-v").err.count("    also output/") == 5


def test_the_documented_example_is_what_is_said(site):
    """The findings in docs/check.md are those of a check, word for word."""
    made = good_site(site)
    for name in ("index.html", "about/index.html"):
        path = made.output / name
        page = (made.output / EXTRA).read_text().replace("/extra.html", f"/{name.removesuffix('index.html')}")
        lines = page.split("\n")
        path.write_text("\n".join([*lines[:9], *lines[17:19], "", "", "", '<a href="/abuot/">About</a>', *lines[19:]]))
    example = (REPOSITORY / "docs" / "check.md").read_text("utf-8").split("```text\n")[1].split("```")[0]
    assert told(made).err == example


def test_json_is_one_object(site):
    """`--format json` gives every finding with rule, place, cause and way out, and whether the site passed."""
    made = good_site(site)
    damage(made.output / EXTRA, ALT, "")
    said = told(made, "--format", "json")
    data = json.loads(said.out)
    assert (said.code, said.err, data["passed"], data["errors"], data["warnings"]) == (1, "", False, 1, 0)
    [finding] = data["findings"]
    assert finding["rule"] == "image-alt"
    assert finding["path"] == "output/extra.html"
    assert finding["line"] == IMAGE_LINE
    assert finding["severity"] == "error"
    assert finding["cause"]
    assert finding["fix"] == RULES["image-alt"].fix


def test_github_gets_annotations(site):
    """`--format github` prints workflow commands, with what they hold escaped."""
    made = good_site(site)
    (made.output / "a,b%:c.html").write_text("<title>x")
    said = told(made, "--format", "github")
    lines = said.out.splitlines()
    assert said.code == 1
    assert all(re.fullmatch(r"::(error|warning) file=[^:,]+,line=\d+,title=[a-z0-9-]+::.+", line) for line in lines)
    assert all("file=output/a%2Cb%25%3Ac.html,line=1," in line for line in lines)


def test_annotations_hold_no_line_ends(site):
    """A cause with a line end, a percent sign, a comma and a colon stays one annotation."""
    made = good_site(site)
    damage(made.output / "atom.xml", "<title>Ferry", "<title>&amp;lt;b: 100%,\n")
    [finding] = run(made).findings
    assert _annotation(finding).count("\n") == 0


def test_rules_are_listed(site):
    """`--rules` lists each rule and checks nothing, even where there is no site."""
    said = dateline("check", "--rules", "-s", "/nowhere")
    assert said.code == 0
    assert [line.partition(":")[0] for line in said.out.splitlines()[::2]] == list(RULES)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--skip", "no-such"), "there is no rule 'no-such'"),
        (("-o", "/nowhere/at/all"), "run `dateline build` first"),
        (("--format", "xml"), "xml"),
        (("--base-url", "example.org"), "--base-url"),
        (("--now", "noon"), "noon"),
    ],
)
def test_wrong_usage(site, arguments, message):
    """What cannot be asked is exit code 2, with a way out."""
    said = told(good_site(site), *arguments)
    assert said.code == 2
    assert message in said.err
    assert said.out == ""


def test_a_skipped_rule_does_not_count(site):
    """`--skip` leaves a rule out of findings and exit code."""
    made = good_site(site)
    damage(made.output / EXTRA, ALT, "")
    assert told(made, "--skip", "image-alt").code == 0


# What it remembers


def test_a_second_check_parses_nothing(site):
    """What was checked and has not changed is not parsed again; one edit parses one file."""
    made = good_site(site)
    at_rest()
    first = run(made)
    assert first.parsed == first.read
    second = run(made)
    assert (second.parsed, second.read, second.findings) == (0, first.read, ())
    damage(made.output / EXTRA, ALT, "")
    third = run(made)
    assert (third.parsed, found(third)) == (1, [("image-alt", EXTRA, IMAGE_LINE)])
    assert run(made).parsed == 0


def test_times_alone_parse_nothing(site):
    """A file whose times changed and whose bytes did not is read, not parsed."""
    made = good_site(site)
    at_rest()
    run(made)
    for path in made.output.rglob("*.html"):
        os.utime(path, (1, 1))
    assert run(made).parsed == 0


def test_a_change_of_the_same_size_and_time_is_seen(site):
    """An edit that keeps size and modification time is no match for the time of the status change."""
    made = good_site(site)
    at_rest()
    run(made)
    path = made.output / EXTRA
    status = path.stat()
    damage(path, ' alt="A', ' abc="A')
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert found(run(made)) == [("image-alt", EXTRA, IMAGE_LINE)]


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-7],
        lambda data: data[:0],
        lambda data: data[:-99] + bytes([data[-99] ^ 1]) + data[-98:],
        lambda data: data * 2,
    ],
    ids=["cut", "empty", "flipped", "doubled"],
)
def test_a_damaged_memory_is_an_empty_one(site, harm):
    """Whatever lies where the memory lay, the findings are the same."""
    made = good_site(site)
    damage(made.output / EXTRA, ALT, "")
    before = run(made)
    [memory] = (made.root / ".dateline").glob("check-*")
    memory.write_bytes(harm(memory.read_bytes()))
    after = run(made)
    assert (after.findings, after.parsed) == (before.findings, before.read)


def test_a_memory_that_cannot_be_written_costs_only_time(site):
    """A file in the place of `.dateline/` is left alone."""
    made = good_site(site)
    (made.root / ".dateline").write_text("mine")
    assert run(made).findings == ()
    assert (made.root / ".dateline").read_text() == "mine"


def test_deleted_files_are_forgotten_and_missed(site):
    """A page that is gone is what links to it are told about."""
    made = good_site(site)
    run(made)
    (made.output / ALIAS).unlink()
    assert run(made).findings == ()
    (made.output / "news.xml").unlink()
    (made.output / "bridge.svg").unlink()
    assert {code for code, _, _ in found(run(made))} == {"asset-target", "data-image"}


NAMES = [EXTRA, BRIDGE, FERRY, ALIAS, "index.html", "feed.xml", "atom.xml", "feed.json", "news.xml", "sitemap.xml"]
HARM = st.tuples(
    st.sampled_from(NAMES), st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12) | st.just(b"<") | st.just(b"&")
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(HARM, min_size=1, max_size=3), min_size=1, max_size=3))
def test_what_is_remembered_changes_no_finding(site, rounds):
    """After any damage to any files, a check that remembers finds what one from nothing finds."""
    made = good_site(site)
    run(made)
    for harms in rounds:
        for name, place, cut, new in harms:
            path = made.output / name
            data = path.read_bytes()
            at = int(place * len(data))
            path.write_bytes(data[:at] + new + data[at + cut :])
        remembered = run(made)
        for memory in (made.root / ".dateline").glob("check-*"):
            memory.unlink()
        assert run(made).findings == remembered.findings


def test_processes_change_no_finding(site):
    """With two processes the findings are those of one."""
    made = good_site(site)
    for number in range(70):
        (made.output / f"{number}.html").write_text(f"<title>{number}</title><a href='/{number + 1}.html'>x</a>")
    alone = run(made)
    [memory] = (made.root / ".dateline").glob("check-*")
    memory.unlink()
    both = run(made, jobs=2)
    assert both.findings == alone.findings
    assert both.parsed == alone.parsed > 70


# What it makes of hostile files

BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>\n<a>&j;</a>"
)
HOSTILE = {
    "junk.html": bytes(range(256)) * 40,
    "junk.xml": bytes(range(256)) * 40,
    "junk.json": bytes(range(256)) * 40,
    "empty.html": b"",
    "empty.xml": b"",
    "empty.json": b"",
    "robots.txt": b"Sitemap: \xff\xfe\nsitemap:\n",
    "nul.html": b"<title>\0</title><a href='\0'>x</a>",
    "deep.html": b"<div>" * 100_000,
    "deep.xml": b"<a>" * 100_000,
    "half.json": b'{"feed_url": "x", "items": [{"id": "\\ud800"}]}',
    "deep.json": b"[" * 100_000,
    "bomb.xml": BOMB.encode(),
    "external.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<rss version="2.0">&x;</rss>',
    "utf16.xml": '<?xml version="1.0" encoding="UTF-16"?><rss/>'.encode("utf-16"),
    "list.json": b'{"version": "https://jsonfeed.org/version/1.1", "items": [1, null, {"id": []}], "authors": 3}',
    "odd.json": b'{"version": 1, "items": {}, "feed_url": [], "home_page_url": 3, "hubs": 1, "author": 1}',
    "r.xml": b"<rss><channel><item><guid/><enclosure/><pubDate/></item><image/><language/></channel><channel/></rss>",
    "a.xml": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link/><title type="xhtml"/><author/></entry></feed>',
    "map.xml": b'<urlset><url/><url><loc/></url><news xmlns="sitemap-news"/></urlset>',
    "opml.xml": b"<opml><outline type='rss'/></opml>",
    "data.html": b'<script type="application/ld+json">[{"@type": ["Article", 3], "author": [1, {}],'
    b' "image": [{"url": 3}, 4],'
    b' "mainEntityOfPage": 7, "datePublished": 5, "headline": {}}, {"@graph": [3]}, 4]</script>',
    "long.html": b"<p>" + b"x" * 10_000_000,
    "links.html": b"<a href=http://[::1>x</a><a href=//>y</a><a href='http://x:99999/'>z</a><base href='http://['>",
    "refresh.html": b'<meta http-equiv="refresh" content="0; url=refresh.html">',
    "date.xml": b"<rss version='2.0'><channel><pubDate>Mon, 99 Xyz 9999 99:99:99 +9999</pubDate></channel></rss>",
}


@pytest.mark.parametrize("depth", [100, 300, 900, 950, 980, 990, 1000, 3000])
def test_json_of_any_depth_is_told(site, depth):
    """Where the reader of JSON gives up, and just before, there are findings."""
    made = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\n\nText.\n"})
    made.build()
    deep = "[" * depth + "]" * depth
    (made.output / "x.json").write_text(
        f'{{"feed_url": {deep}, "items": [{{"date_published": {deep}}}], "version": {deep}}}'
    )
    script = f'{{"@type": "Article", "author": {deep}, "datePublished": {deep}}}'
    (made.output / "x.html").write_text(f'<script type="application/ld+json">{script}</script>')
    assert {path for _, path, _ in found(run(made))} == {"x.json", "x.html"}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_give_findings(site, name):
    """Whatever a file holds, there is a finding and no traceback, in the file itself."""
    made = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\n---\n\nText.\n"})
    made.build()
    (made.output / name).write_bytes(HOSTILE[name])
    findings = found(run(made))
    assert findings
    assert {path for _, path, _ in findings} <= {name, "robots.txt"}


def test_links_pipes_and_sockets_are_told_and_left_alone(site, tmp_path, monkeypatch):
    """What is no regular file is told; nothing is followed, and nothing waits."""
    made = good_site(site)
    (tmp_path / "secret.html").write_text("<title>secret</title>")
    (made.output / "out.html").symlink_to(tmp_path / "secret.html")
    (made.output / "in.html").symlink_to(made.output / "index.html")
    (made.output / "folder").symlink_to(tmp_path)
    os.mkfifo(made.output / "pipe.xml")
    monkeypatch.chdir(made.output)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.html")
    names = ("folder", "in.html", "out.html", "pipe.xml", "socket.html")
    assert found(run(made)) == [("file-irregular", name, None) for name in names]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the system has no such names")
def test_names_that_are_no_text_are_told(site):
    """A file whose name is no UTF-8 is told, its bytes made visible."""
    made = good_site(site)
    (made.output / os.fsdecode(b"caf\xe9.html")).write_text("x")
    assert found(run(made)) == [("file-name", "caf\\xe9.html", None)]


def test_files_that_cannot_be_read_are_told(site, monkeypatch):
    """What the system refuses to give is told, and the rest is checked."""
    from generator.check import survey

    made = good_site(site)
    real = os.open

    def refusing(path, *arguments, **keywords):
        if str(path).endswith("output/feed.json"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **keywords)

    monkeypatch.setattr(survey.os, "open", refusing)
    assert found(run(made)) == [("file-unreadable", "feed.json", None)]


def test_files_that_are_too_large_are_not_read(site):
    """A file above 50 MB is told by its size; its holes are never read."""
    made = good_site(site)
    with (made.output / "huge.xml").open("wb") as file:
        file.truncate(3_000_000_000)
    assert found(run(made)) == [("file-size", "huge.xml", None)]
