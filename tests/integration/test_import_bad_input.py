"""A folder of what is no article, or means harm, beside two that are: the two come in, each other is told."""

import io
import zipfile

from exports import text
from foreign import zipped
from publishing import tree
from shell import dateline
from support import NOW, SiteFixture

GOOD = f"5 May 2023\n\nThe ferry\n\n{text('quay')}\n".encode()
PAGE = (
    "<!doctype html><title>The crane</title><meta property='article:published_time' content='2023-05-06T08:00:00Z'>"
    f"<article><h1>The crane</h1><p>{text('crane')}</p></article>"
).encode()
DEEP = b"<html><title>Deep</title><article>" + b"<div>" * 100_000 + b"<p>Deep down.</p></article></html>"
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss version="2.0"><channel><item><title>&b;'
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><feed xmlns="http://www.w3.org/2005/Atom"><entry>'
WXR = (
    b'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"><channel><item>'
    b"<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>%s</item></channel></rss>"
)


def _bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts.csv", bytes(40_000_000))
        archive.writestr("posts/1.a.html", b"x")
    return packed.getvalue()


BAD = {
    "binary.txt": (bytes(range(256)) * 9, "is no text"),
    "bomb.zip": (_bomb(), "unpacks to more than an export can be"),
    "climbs.zip": (zipped({"../../evil.html": b"x", "/abs.html": b"x"}), "is an archive, and no export"),
    "cut.zip": (zipped({"posts.csv": b"x" * 999})[:60], "is a damaged archive"),
    "deep.html": (DEEP, "nests its HTML too deep"),
    "empty.html": (b"", "is empty"),
    "laughs.xml": (LAUGHS, "declares entities"),
    "long.txt": (b"word " * 4_000_000, "is larger than"),
    "nested.json": (b"[" * 100_000, "is JSON that is no export"),
    "no-date.xml": (
        WXR % b"<title>0</title><guid>tag:zero</guid><wp:post_date>0000-00-00 00:00:00</wp:post_date>",
        "has no date",
    ),
    "outside.atom": (OUTSIDE, "declares entities"),
    "windows.exe": (b"MZ\x90\0\x03\0\0\0", "is no text"),
}


def test_a_folder_of_bad_input(tmp_path):
    """Each is named on the terminal with its cause and a way out; the two good ones, and nothing else, are made."""
    site, raw = SiteFixture(tmp_path / "site"), tmp_path / "raw"
    raw.mkdir()
    (raw / "good.dat").write_bytes(GOOD)
    (raw / "page.txt").write_bytes(PAGE)
    for name, (data, _) in BAD.items():
        (raw / name).write_bytes(data)
    before = tree(tmp_path)
    said = dateline("import", "-s", site.root, raw, "--now", NOW.isoformat(), "-j", "1", "-v")
    assert said.code == 1
    assert f"2 written, {len(BAD)} failed" in said.out
    lines = said.err.splitlines()
    for name, (_, cause) in BAD.items():
        (told,) = [number for number, line in enumerate(lines) if f"/{name}" in line and "error" in line]
        assert cause in lines[told]
        assert lines[told + 1].startswith("    ")
    made = {path: data for path, data in tree(tmp_path).items() if path not in before and "/.dateline/" not in path}
    assert sorted(made) == ["site/content/posts/2023/05/the-crane.md", "site/content/posts/2023/05/the-ferry.md"]
    assert {path: data for path, data in tree(tmp_path).items() if path in before} == before
