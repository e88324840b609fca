"""Goals S2 and S3: whatever an article says, a build writes below output/ and publishes from content/ only."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import require
from support import REPOSITORY, SETTINGS, SiteFixture, messages, post

from generator.errors import UsageError

SECRET = "sentinel-51c0de"
CANARY = "canary-4471"
"""A name that only payloads hold."""

FIELDS = ("slug", "permalink", "aliases", "tags", "authors", "section", "series", "image", "id", "template")
PAYLOADS = (
    "..", "../", "/..", "../{c}", "../../{c}", "/../{c}", "/../../{c}/", "../../../../../../../../tmp/{c}", "./../{c}",
    "a/../../{c}", "a/..", "/a/b/../../../{c}/", "..\\{c}", "..\\..\\{c}", "..%2f{c}", "..%5c{c}", "%2e%2e/{c}",
    "%2e%2e%2f{c}", "%252e%252e%252f{c}", "....//{c}", "..;/{c}", ".../{c}", "..\x00/{c}", "{c}\x00/../x", "..\n/{c}",
    "..\u2215{c}", "\uff0e\uff0e/{c}", "\uff0e\uff0e\uff0f{c}", "\u202e../{c}", "..\u200b/{c}", "%c0%ae%c0%ae/{c}",
    "/{c}/", "//{c}", "///{c}", "/tmp/{c}", "C:\\{c}", "C:/{c}", "\\\\host\\{c}", "file:///tmp/{c}", "~/{c}",
    "$HOME/{c}", "-rf {c}", "con", "con/{c}", "nul.html", "{c}:stream", "{c}. ", " {c}", "..%00/{c}", "a//../{c}",
    "/./{c}", "%2f{c}", "../output-{c}", "../content/posts/{c}.md", "../site.toml", "../../site.toml",
    "../.dateline/{c}",
)  # fmt: skip


def hostile(field, value):
    """An article that says `value` in one of its fields; JSON, so that every character gets through."""
    front = {
        "title": f"{field} {value!r}",
        "date": "2026-01-02",
        field: [value] if field in ("aliases", "tags") else value,
    }
    return json.dumps(front) + "\n\nText.\n"


NAMES = (
    b"..%2f{c}.md", b"%2e%2e%2f{c}.txt", b"..\\{c}.md", b"..\\{c}.txt", b"...md", b"....md", b"-rf {c}.md", b"~{c}.md",
    b"con.md", b"nul.txt", b"{c}:x.md", b"{c}\n..\n.md", b"{c}\xff\xfe.md", b"{c}\xff.txt", b"{c}\xff/a.md",
    b"{c}\n/a.txt", b"..\xe2\x88\x95{c}.md", b"\xef\xbc\x8e\xef\xbc\x8e/{c}.md", b"..a/{c}.md", b"a../{c}.txt",
    b"...../index.md", b"$HOME.md", b"2026-01-02-...md", b"2026-01-02-..%2f{c}.md", b"C:\\{c}/index.md", b"%00{c}.md",
    b"{c}/..%2f..%2f/index.md",
)  # fmt: skip


def fill(root):
    """Put every payload into `content/` of a site, and a few neighbours into its folder; how many payloads."""
    count = 0
    for field in FIELDS:
        for number, payload in enumerate(PAYLOADS):
            path = root / "content" / "posts" / f"{field}-{number}.md"
            path.write_text(hostile(field, payload.format(c=CANARY)), "utf-8")
            count += 1
    for name in NAMES:
        for folder in (b"posts", b"pages", b""):
            path = root / "content" / os.fsdecode(folder) / os.fsdecode(name.replace(b"{c}", CANARY.encode()))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("---\ntitle: Named\ndate: 2026-01-02\n---\n\nText.\n" if name.endswith(b".md") else "x")
            count += 1
    return count


def snapshot(folder, *but):
    """Every path below a folder with its kind, time and bytes, apart from some folders."""
    seen = {}
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(base, name) not in but]
        for name in [*folders, *files]:
            path = Path(base, name)
            info = path.lstat()
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            seen[str(path)] = (info.st_mode, info.st_mtime_ns if path.is_file() else 0, data)
    return seen


def _segments(text):
    return unicodedata.normalize("NFC", unquote(text)).split("/")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A site with every payload, built: the site, its messages, and what lay around its output before and after."""
    around = tmp_path_factory.mktemp("around")
    (around / "neighbour.txt").write_text("ours")
    fixture = SiteFixture(around / "deep" / "site", {"content/posts/a.md": post(), "content/pages/p.md": post("P")})
    assert fill(fixture.root) >= 200
    ours = (fixture.output, fixture.root / ".dateline")
    before = snapshot(around, *ours)
    report = fixture.build()
    assert report.posts > 100
    return fixture, messages(report), before, snapshot(around, *ours)


def test_no_payload_writes_outside_output(attacked):
    """Hundreds of escapes by every field and by file names: around the output folder not a byte changes."""
    fixture, _, before, after = attacked
    assert after == before
    assert not list(Path(tempfile.gettempdir()).glob(f"*{CANARY}*"))
    for path in fixture.output.rglob("*"):
        assert not path.is_symlink()
        assert path.resolve().is_relative_to(fixture.output.resolve())
        name = path.relative_to(fixture.output)
        assert not re.search(r'[<>:"|?*\\\x00-\x1f\x7f]', str(name)), name
        assert all(len(os.fsencode(part)) <= 200 for part in name.parts), name


def test_every_climbing_path_is_told(attacked):
    """A slug, permalink or alias with a `..` segment, however spelled, is an error at its line."""
    _, told, _, _ = attacked
    for field in ("slug", "permalink", "aliases"):
        for number, payload in enumerate(PAYLOADS):
            if ".." in _segments(payload.format(c=CANARY)):
                place = f"content/posts/{field}-{number}.md:1: error: "
                assert any(text.startswith((f"{place}`{field}`", f"{place}its URL")) for text in told), (field, payload)


@pytest.mark.parametrize("bad", ["{c}\xff/a.md", "{c}\n/a.txt", "{c}\xff.txt"])
def test_names_that_no_url_can_carry_are_told_once_and_printably(site, bad):
    """A folder or file whose name has control characters or undecodable bytes is left out with a message."""
    fixture = site({"content/posts/a.md": post()})
    path = fixture.root / "content" / os.fsdecode(bad.format(c=CANARY).encode("latin-1"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    told = [text for text in messages(fixture.build()) if "name that cannot be published" in text]
    assert len(told) == 1
    assert CANARY in told[0]
    assert told[0].encode()


DOTTED = {
    "content/posts/b/index.md": post(permalink="/.git/"),
    "content/posts/b/config": "[core]\n\tfsmonitor = touch /tmp/owned\n",
}


@pytest.mark.parametrize(
    "files",
    [
        DOTTED,
        {"content/posts/a.md": post(permalink="/.git/config")},
        {"content/posts/a.md": post(permalink="/.git/hooks/post-checkout.html")},
        {"content/posts/a.md": post(aliases="[/.git/HEAD.html]")},
        {"content/posts/a.md": post(aliases="[/.dateline-output/]")},
        {"content/posts/a.md": post(permalink="/.dateline-output")},
        {"content/posts/a.md": post(permalink="/.htaccess")},
    ],
)
def test_what_is_not_ours_in_output_cannot_be_claimed(site, files):
    """A `.git` of a publishing branch and the folder's own mark stay; the article is told, the rest is built."""
    fixture = site({"content/posts/ok.md": post("Fine")})
    fixture.build()
    (fixture.output / ".git" / "hooks").mkdir(parents=True)
    (fixture.output / ".git" / "config").write_text("[core]\n")
    before = snapshot(fixture.output / ".git")
    mark = (fixture.output / ".dateline-output").read_bytes()
    for name, text in files.items():
        fixture.add(name, text)
    report = fixture.build()
    assert any("begins with a dot" in text and text.startswith("content/posts/") for text in messages(report))
    assert "Fine" in fixture.page("2026/01/ok/index.html")
    assert snapshot(fixture.output / ".git") == before
    assert (fixture.output / ".dateline-output").read_bytes() == mark
    assert not (fixture.output / ".htaccess").exists()
    for name in files:
        fixture.remove(name)
    assert fixture.build().problems == ()


TRACED = (
    "openat,open,creat,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir,link,linkat,symlink,symlinkat,"
    "truncate"
)


def _effects(log):
    """Every path that a traced program made, opened for writing, moved or deleted."""
    for line in log.read_text().splitlines():
        found = re.match(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)", line)
        if not found or found[3] == "-1":
            continue
        call, arguments = found[1], found[2]
        if call in ("openat", "open") and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", arguments):
            continue
        folders = [
            bytes.fromhex(text.replace("\\x", "")).decode()
            for text in re.findall(r"<((?:\\x[0-9a-f]{2})+)>", arguments)
        ]
        paths = [
            bytes.fromhex(text.replace("\\x", "")).decode()
            for text in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)
        ]
        for number, path in enumerate(paths):
            base = folders[min(number, len(folders) - 1)] if folders else str(REPOSITORY)
            yield call, os.path.normpath(Path(base, path))


@pytest.mark.real
def test_the_system_sees_no_write_elsewhere(site, tmp_path):
    """Under strace, each file opened to write, moved, made or deleted lies in output, temp or a bytecode cache."""
    strace = require("strace", "strace")
    fixture = site({"content/posts/a.md": post()})
    fill(fixture.root)
    log = tmp_path / "log"
    # -xx: every string in hexadecimal, so that no name can confuse the reading; -y: folders of descriptors by name.
    done = subprocess.run(
        [
            strace, "-f", "-y", "-xx", "-s", "4096", "-o", str(log), "-e", f"trace={TRACED}",
            sys.executable, "-m", "generator", "build", "-s", str(fixture.root), "-j", "2",
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr[-2000:]
    effects = list(_effects(log))
    output = str(fixture.output)  # made beside its place, then put there as a whole
    assert sum(path.startswith((f"{output}/", f"{output}.dateline-tmp-")) for _, path in effects) > 300
    ours = (f"{output}/", f"{output}.dateline-tmp-", f"{fixture.root}/.dateline/", "/dev/")
    strangers = [
        (call, path)
        for call, path in effects
        if not (path in (output, f"{fixture.root}/.dateline") or path.startswith(ours) or "__pycache__" in path)
        and not (path.startswith(tempfile.gettempdir()) and not path.startswith(str(tmp_path)))
    ]
    assert strangers == []


# --- S3: what is read


@pytest.fixture
def vault(tmp_path):
    """A folder beside the site, with things that are nobody's business."""
    folder = tmp_path / "vault"
    (folder / "inner").mkdir(parents=True)
    for name in ("passwd", "story.md", "photo.png", "inner/deep.txt", "inner/index.md"):
        (folder / name).write_text(f"---\ntitle: {SECRET}\ndate: 2026-01-02\n---\n\n{SECRET}\n")
    return folder


def links(content, vault):
    """Links and other things that are no files, by their path below content/, with what a message says."""
    out = "leads out of content/"
    return {
        "posts/leak.md": (vault / "story.md", out),
        "leak.txt": (vault / "passwd", out),
        "relative.txt": (os.path.relpath(vault / "passwd", content), out),
        "folder": (vault / "inner", out),
        "posts/bundle": (vault / "inner", out),
        "posts/own/photo.png": (vault / "photo.png", out),
        "chain1.txt": ("chain2.txt", out),
        "chain2.txt": ("chain3.txt", out),
        "chain3.txt": (vault / "passwd", out),
        "through.txt": ("folder/deep.txt", out),
        "settings.txt": ("../site.toml", out),
        "root": ("/", out),
        "passwd": ("/etc/passwd", out),
        "zero.bin": ("/dev/zero", out),
        "environ.txt": ("/proc/self/environ", out),
        "loop": ("loop", "leads nowhere"),
        "gone.txt": ("no-such-file", "leads nowhere"),
        "up": ("posts", "link to a folder"),
        "hidden.txt": ("_drafts/idea.txt", "not content"),
        "key.txt": ("server.pem", "not content"),
    }


def test_no_link_publishes_what_lies_elsewhere(site, vault):
    """File, folder, chain, device, loop: not a byte comes out, and each link is named with its cause."""
    fixture = site({
        "content/posts/own/index.md": post("Bundle", body="![x](photo.png) ![y](ok.txt)"),
        "content/posts/own/ok.txt": "open",
        "content/_drafts/idea.txt": SECRET,
        "content/server.pem": SECRET,
        "content/.env": SECRET,
        ".env": SECRET,
        "content/a.txt": "open",
    })  # fmt: skip
    content = fixture.root / "content"
    (content / "fine.txt").symlink_to("a.txt")
    made = links(content, vault)
    for name, (target, _) in made.items():
        (content / name).symlink_to(target)
    os.mkfifo(content / "pipe")
    plug = socket.socket(socket.AF_UNIX)
    old = Path.cwd()
    try:
        os.chdir(content)  # a socket's name has 108 bytes at most
        plug.bind("plug")
    finally:
        os.chdir(old)
        plug.close()
    report = fixture.build()
    told = messages(report)
    tree = fixture.tree()
    assert not [name for name, data in tree.items() if SECRET.encode() in data or b"root:" in data]
    assert tree["fine.txt"] == b"open"
    assert tree["2026/01/own/ok.txt"] == b"open"
    for name, (_, cause) in made.items():
        assert any(text.startswith(f"content/{name}: error: is a link") and cause in text for text in told), name
    for name in ("pipe", "plug"):
        assert any(text.startswith(f"content/{name}: error: is not a regular file") for text in told)
    assert report.exit_code() == 1
    assert not {"pipe", "plug", *made} & set(tree)


REACHING = (
    "../../../vault/photo.png", "../../../../../../../../etc/passwd", "/../vault/photo.png", "/etc/passwd",
    "%2e%2e/%2e%2e/%2e%2e/vault/photo.png", "..%2f..%2f..%2fvault%2fphoto.png", "../../site.toml", "../../.env",
    "../_drafts/idea.txt", "../.env", "../server.pem", "posts/../../../../vault/photo.png",
    "..\\..\\..\\vault\\photo.png",
)  # fmt: skip


def test_no_address_publishes_what_lies_elsewhere(site, vault):
    """Pictures and links that climb out of content/, or to what is hidden there, bring nothing and are told."""
    fixture = site({
        ".env": SECRET, "content/.env": SECRET, "content/_drafts/idea.txt": SECRET, "content/server.pem": SECRET,
    })  # fmt: skip
    for number, target in enumerate(REACHING):
        quoted = json.dumps(target)
        body = f'![p]({target.replace(" ", "%20")}) [l]({target}) <img src="{target}"> <source src="{target}">'
        fixture.add(f"content/posts/body-{number}.md", post(body=body))
        fixture.add(f"content/posts/lead-{number}.md", post(image=quoted))
        fixture.add(f"content/posts/table-{number}.md", post(image=f"{{src: {quoted}, alt: x}}"))
    told = messages(fixture.build())
    assert not [name for name, data in fixture.tree().items() if SECRET.encode() in data or b"root:" in data]
    for number, target in enumerate(REACHING):
        for kind in ("lead", "table", *(["body"] if "\\" not in target else [])):
            assert any(text.startswith(f"content/posts/{kind}-{number}.md") for text in told), (kind, target)


def test_a_linked_content_folder_is_refused_and_the_site_stays(site, vault):
    """content/ itself as a link: nothing is read, the exit code is 2, the last good output is untouched."""
    fixture = site({"content/posts/a.md": post("Kept")})
    fixture.build()
    before = fixture.tree()
    (fixture.root / "content").rename(fixture.root / "real")
    for target in (vault, fixture.root / "real", "/"):
        (fixture.root / "content").symlink_to(target)
        with pytest.raises(UsageError, match="content: error: is a link"):
            fixture.build()
        (fixture.root / "content").unlink()
    assert fixture.tree() == before


def test_a_link_in_a_themes_assets_publishes_nothing(site, vault):
    """A theme's assets are files of the theme; a link out of it is left out and named."""
    fixture = site({"content/posts/a.md": post(), "themes/broadsheet/assets/own.txt": "open"})
    (fixture.root / "themes/broadsheet/assets/leak.txt").symlink_to(vault / "passwd")
    (fixture.root / "themes/broadsheet/assets/folder").symlink_to(vault / "inner")
    told = messages(fixture.build())
    assert fixture.tree()["assets/own.txt"] == b"open"
    assert not [name for name, data in fixture.tree().items() if SECRET.encode() in data]
    assert any("leak.txt" in text for text in told)


def test_a_foreign_site_is_not_read_through_the_source_option(site, vault, tmp_path):
    """The site's own folder may be reached by a link; what is in it follows the same rules."""
    fixture = site({"content/posts/a.md": post("By a link")})
    (fixture.root / "content" / "leak.txt").symlink_to(vault / "passwd")
    alias = tmp_path / "alias"
    alias.symlink_to(fixture.root)
    report = fixture.build(root=alias, output=alias / "output")
    assert "By a link" in fixture.page("2026/01/a/index.html")
    assert any("leak.txt" in text for text in messages(report))
    assert not [name for name, data in fixture.tree().items() if SECRET.encode() in data]


def test_settings_cannot_point_elsewhere(site):
    """Theme, permalink and section names of site.toml are held to the same rules as an article's."""
    bad = ('theme = "../../vault"', 'theme = "/etc"', 'permalink = "/../{slug}/"', 'permalink = "/{year}/../../{slug}"')
    for line in (*bad, '[sections]\n"../x" = "X"', '[sections]\n".." = "X"'):
        fixture = site({"site.toml": f"{SETTINGS}{line}\n", "content/posts/a.md": post()})
        with pytest.raises(UsageError, match=r"site\.toml"):
            fixture.build()
        assert not fixture.output.exists()
