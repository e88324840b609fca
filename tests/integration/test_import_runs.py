"""An import is interrupted, fetches pictures, reads many files: whole at every moment, and polite."""

import http.server
import os
import signal
import subprocess
import sys
import time
import zipfile

import exports
import foreign
import pytest
from exports import OLD, PNG, article, export, text
from hosting import serving
from processes import linux
from support import NOW, REPOSITORY, SiteFixture

from generator import content, executor, fetch
from generator.cache.state import FOLDER, State
from generator.importer import ImportRequest, Outcome, archive, archives, detect, run
from generator.importer.formats import raw_text
from generator.records import replace

SCRIPT = """
import sys, datetime
import exports
from generator.importer import detect
from generator.importer.formats import raw_text
from generator.cli import main
detect.FORMATS = (exports, raw_text)
main(["import", "-s", sys.argv[1], sys.argv[2], "-j", "1", "--now", "2026-11-23T09:00:00+00:00"])
"""


def blog(count):
    """Articles that link to each other, forwards and backwards."""
    return [
        article(f"story{n}", body=f"{text(f'w{n}')} [x]({OLD}/2013/10/story{n * 7 % count}.html)") for n in range(count)
    ]


def files(root):
    """Every article by name."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*.md")}


def start(root, source):
    """An import in a process of its own."""
    path = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(root), str(source)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(("kill", "after"), [(signal.SIGKILL, 1), (signal.SIGKILL, 90), (signal.SIGINT, 40)])
def test_an_import_that_is_ended_goes_on(tmp_path, monkeypatch, kill, after):
    """Killed at any moment it leaves whole articles only, and the next run ends with what one run would have made."""
    linux()
    monkeypatch.setattr(detect, "FORMATS", (exports, raw_text))
    source = tmp_path / "export.jsonl"
    source.write_bytes(export(*blog(150)))
    clean, site = SiteFixture(tmp_path / "clean"), SiteFixture(tmp_path / "site")
    run(ImportRequest(root=clean.root, inputs=(str(source),), now=NOW, jobs=1))
    process = start(site.root, source)
    deadline = time.monotonic() + 60
    while len(files(site.root)) < after and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(kill)
    _, said = process.communicate(timeout=60)
    left = files(site.root)
    assert len(left) >= after
    for name, data in left.items():
        assert content.parse(data, name).problems == ()
    if kill is signal.SIGINT and process.returncode:
        assert process.returncode == 130
        assert b"Traceback" not in said
    run(ImportRequest(root=site.root, inputs=(str(source),), now=NOW, jobs=1))
    assert files(site.root) == files(clean.root)


@pytest.mark.parametrize("jobs", [1, 2])
def test_any_number_of_processes(tmp_path, jobs):
    """Many small files give the same posts, in the same order, with any number of processes."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for n in range(90):
        (raw / f"{n:03}.txt").write_text(f"{n % 28 + 1} May 2023\nStory {n}\n\n{text(f'w{n}')}\n")
    (raw / "050.txt").write_bytes(b"\0\1\2")
    site = SiteFixture(tmp_path / "site")
    report = run(ImportRequest(root=site.root, inputs=(str(raw),), now=NOW, jobs=jobs))
    assert [item.source[-7:] for item in report.articles] == [f"{n:03}.txt" for n in range(90)]
    assert report.tally.outcomes() == {"written": 89, "failed": 1}
    again = run(ImportRequest(root=site.root, inputs=(str(raw),), now=NOW, jobs=jobs))
    assert again.tally.outcomes() == {"unchanged": 89, "failed": 1}


def test_two_imports_at_once(tmp_path):
    """A second one says so and waits, and then sees what the first wrote. A dry run waits for nobody."""
    site = SiteFixture(tmp_path / "site")
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"5 May 2023\nThe ferry\n\n{text(name)}\n")
    held = State(site.root / FOLDER / "import")
    held.hold(lambda: None)
    request = ImportRequest(root=site.root, inputs=(str(tmp_path / "one.txt"),), now=NOW)
    assert run(replace(request, dry_run=True)).tally.outcomes() == {"written": 1}
    command = [sys.executable, "-m", "generator", "import", "-s", str(site.root), "--now", NOW.isoformat()]
    second = subprocess.Popen([*command, str(tmp_path / "two.txt")], stderr=subprocess.PIPE, cwd=REPOSITORY)
    assert second.stderr.readline() == b"another import of this site is running; waiting for it to end\n"
    assert files(site.root) == {}
    (site.root / "content/posts/2023/05").mkdir(parents=True)
    (site.root / "content/posts/2023/05/the-ferry.md").write_text("---\ntitle: Mine\ndate: 2020-01-01\n---\nX\n")
    held.release()
    assert second.communicate(timeout=60)[1] == b""
    assert second.returncode == 0
    assert sorted(files(site.root)) == [f"content/posts/2023/05/{name}.md" for name in ("the-ferry-2", "the-ferry")]


@pytest.mark.filterwarnings("ignore:.*fork")
def test_a_large_export_is_read_ahead(tmp_path, monkeypatch):
    """An export beyond a megabyte gives the same files and the same receipt by one process as by two; its end, too."""
    monkeypatch.setattr(detect, "FORMATS", (exports, raw_text))
    monkeypatch.setattr(executor, "_method", lambda: "fork")  # a fresh process does not know the tests' format
    items = [article(f"story{n}") for n in range(40)]
    left = [{"skipped": "attachment", "name": "x" * 30_000, "reason": "long"} for _ in range(40)]
    source = tmp_path / "export.jsonl"
    source.write_bytes(export(*items, *left) + b'{"broken')
    assert source.stat().st_size > 1 << 20
    made = []
    for jobs in (1, 2):
        site = SiteFixture(tmp_path / f"site{jobs}")
        request = ImportRequest(root=site.root, inputs=(str(source),), now=NOW, jobs=jobs, similarity=0)
        report = run(request)
        made.append((files(site.root), list(report.articles), run(request).tally.outcomes()))
        assert run(replace(request, limit=3)).tally.outcomes() == {"unchanged": 3}
    assert made[0] == made[1]
    assert made[0][1][-1].outcome is Outcome.FAILED
    assert made[0][2] == {"unchanged": 40, "failed": 1}


def test_a_large_archive_is_read_ahead(tmp_path):
    """A zip beyond a megabyte gives the same posts and pictures by one process as by two."""
    feed = foreign.fixture("blogger/feed.atom")
    source = tmp_path / "takeout.zip"
    with zipfile.ZipFile(source, "w") as packed:
        packed.writestr("Takeout/Blogger/Blogs/Quay Notes/feed.atom", feed)
        packed.writestr("Takeout/Blogger/Albums/Quay Notes/seals.jpg", PNG)
        packed.writestr("Takeout/Blogger/Albums/Quay Notes/large.bin", bytes(2 << 20))
    made = []
    for jobs in (1, 2):
        site = SiteFixture(tmp_path / f"site{jobs}")
        report = run(ImportRequest(root=site.root, inputs=(str(source),), now=NOW, jobs=jobs))
        made.append((files(site.root), list(report.articles), report.tally.pictures, report.tally.skipped))
    assert made[0] == made[1]
    assert made[0][2] == 1


def test_an_archives_table_is_read_a_few_times(monkeypatch):
    """An archive's table of files is read to recognise it and to read it, not for each of its posts."""
    posts = {f"posts/{number}.p{number}.html": b"<p>x</p>" for number in range(30)}
    rows = "".join(f"{number}.p{number},P,true\n" for number in range(30))
    data = foreign.zipped({"posts.csv": f"post_id,title,is_published\n{rows}".encode(), **posts})
    opened = []
    real = zipfile.ZipFile
    monkeypatch.setattr(archives.zipfile, "ZipFile", lambda file: opened.append(file) or real(file))
    assert len([item for item in foreign.items("substack", data) if item.kind == "post"]) == 30
    assert len(opened) <= 4


@pytest.fixture
def move(tmp_path, monkeypatch):
    """A site with nothing in it, and the importer with the format of tests."""
    return exports.move(tmp_path, monkeypatch)


def test_what_an_import_remembers(move, monkeypatch):
    """A second import knows the articles without reading them, sees each edit, and needs no memory at all."""
    monkeypatch.setattr(archive, "WORTH", 2)
    items = [article("one"), article("two"), article("three", body=f"[x]({OLD}/2013/10/one.html)")]
    move.run(*items)
    for path in (move.site.root / "content").rglob("*"):
        os.utime(path, ns=(1, 1))  # at rest since long
    time.sleep(0.05)
    assert move.outcomes(*items) == ["unchanged"] * 3
    read = []
    real = archive._known
    monkeypatch.setattr(archive, "_known", lambda reader, path: (read.append(path), real(reader, path))[1])
    assert move.outcomes(*items) == ["unchanged"] * 3
    assert read == []
    page = "content/posts/2013/10/one.md"
    move.site.edit(page, (move.site.root / page).read_bytes().replace(b"/2013/10/one.html", b"/2013/10/uno.html", 1))
    report = move.run(items[2])
    assert read == [page]
    assert report.tally.outcomes() == {"unchanged": 1}
    (move.site.root / ".dateline/import-known").write_bytes(b"broken")
    assert move.outcomes(*items[1:]) == ["unchanged"] * 2
    assert len(read) == 4


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves a picture, an error, a redirect and a page that says it is a picture."""

    def do_GET(self):
        """Answer."""
        self.server.asked.append(self.path)
        status, body = {"/gone.png": (404, b""), "/evil.png": (200, b"<script>1</script>")}.get(self.path, (200, PNG))
        self.send_response(302 if self.path == "/moved.png" else status)
        if self.path == "/moved.png":
            self.send_header("Location", "/a.png")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def host():
    """A host of pictures on this machine."""
    with serving(Handler) as server:
        yield server


def test_pictures_are_fetched_when_asked(move, host, monkeypatch):
    """Pictures elsewhere are brought once, in full size, and shown from here; what is none stays where it is."""
    real = fetch.bring
    monkeypatch.setattr(fetch, "bring", lambda url, most, private: real(url, most=most, private=not private))
    names = ["s320/a.png", "moved.png", "gone.png", "evil.png"]
    body = "\n".join(f"![x]({host.url}/{name})" for name in names)
    media = [{"address": f"{host.url}/s320/a.png", "original": f"{host.url}/s0/a.png"}]
    item = article("one", body=body, media=media, image={"src": f"{host.url}/b.png"})
    report = move.run(item, fetch_images=True)
    (found,) = report.articles
    assert report.tally.pictures == 3
    assert host.asked == ["/s0/a.png", "/moved.png", "/a.png", "/gone.png", "/evil.png", "/b.png"]
    assert found.pictures == (f"{host.url}/gone.png", f"{host.url}/evil.png")
    assert [problem.cause.rsplit(": ", 1)[1] for problem in found.problems] == [
        "it answers 404",
        "is no picture, sound, film or PDF",
    ]
    shown = move.body(found.path)
    assert shown.count("](/images/2013/10/") == 2
    assert move.document(found.path).front.image.src.startswith("/images/2013/10/b-")
    before = move.files()
    assert move.outcomes(item, fetch_images=True) == ["unchanged"]
    assert move.files() == before
    assert host.asked[6:] == ["/gone.png", "/evil.png"]


def test_this_machine_is_never_asked(move, host):
    """A picture on a host of this machine or its network is not fetched for an article that names one."""
    (found,) = move.run(article("one", body=f"![x]({host.url}/a.png)"), fetch_images=True).articles
    assert "which is never asked" in found.problems[0].cause
    assert host.asked == []
    assert found.outcome is Outcome.WRITTEN
