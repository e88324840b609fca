"""Once readers see the site: it is asked for as they do, hubs hear of feeds that changed, a command runs."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from hosting import free_port, nginx
from publishing import URL, publish, site
from shell import dateline
from support import post

from generator.deploy import after, log
from generator.deploy.folder import Folder
from generator.errors import DeployError, Severity
from generator.model.ledger import LEDGER


class Hub:
    """A WebSub hub, which looks at each feed the moment that it hears of it."""

    def __init__(self):
        outer, self.heard, self.status = self, [], 202

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                outer.heard.append((said["hub.mode"][0], said["hub.url"][0], outer.look(said["hub.url"][0])))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_):
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.look = lambda _: b""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def hub():
    """A hub."""
    made = Hub()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def town(tmp_path, hub):
    """A site behind nginx at its true address, published once before the server began."""
    port = free_port()
    place = '[deploy.home]\nkind = "folder"\npath = "public"\nhost_files = ["nginx"]\nsample = 0\n'
    feeds = f'[feeds]\nhubs = ["{hub.url}"]\nformats = ["rss", "json"]\n'
    made = site(tmp_path / "site", {}, place, feeds)
    text = (made.root / "site.toml").read_text().replace(URL, f"http://127.0.0.1:{port}")
    made.edit("site.toml", text)
    assert [note.cause for note in publish(made).notes if "no hub was told" not in note.cause] == []
    hub.heard.clear()
    made.edit("site.toml", text.replace("sample = 0", "sample = 6"))
    (tmp_path / "run").mkdir()
    with nginx(tmp_path / "run", made.root / "public/current", port) as server:
        hub.look = lambda url: server.ask(url.partition(str(port))[2]).body
        yield made


def test_readers_see_what_was_published(town):
    """All that is asked for answers with its bytes and its type."""
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    report = publish(town, minutes=5)
    assert (report.done, report.notes) == (True, [])


def test_hubs_hear_of_feeds_that_changed(town, hub):
    """Each hub is told of each feed whose bytes changed, when the new ones answer already; of no other."""
    assert publish(town, minutes=4).told == []
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    told = publish(town, minutes=5).told
    assert {mode for mode, _, _ in hub.heard} == {"publish"}
    assert sorted(url.rpartition("/")[2] for _, url, _ in hub.heard) == ["feed.json", "feed.xml"]
    assert all(b"New" in body for _, _, body in hub.heard)
    assert len(told) == 2
    hub.heard.clear()
    assert publish(town, minutes=6).told == hub.heard == []


def test_what_readers_do_not_see_is_told(town, hub):
    """Where the public address shows something else, that is an error, and no hub hears of it."""
    (town.root / "public/current").rename(town.root / "public/elsewhere")
    (town.root / "public/current").symlink_to("releases/20261123T090000Z")
    text = (town.root / "site.toml").read_text()
    town.edit("site.toml", text.replace('path = "public"', 'path = "other"'))
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    report = publish(town, minutes=5)
    assert (report.done, report.exit_code(), hub.heard) == (True, 1, [])
    causes = "\n".join(problem.cause for problem in report.notes)
    assert "/2026/02/new/ answers with status 404" in causes
    assert "feed.xml does not show what was published" in causes
    assert "no hub was told" in causes
    assert '"url":"/2026/02/new/"' in (town.root / LEDGER).read_text()


def test_a_hub_that_does_not_listen_is_told(town, hub):
    """Its answer is an error of the publication, which stands."""
    hub.status = 500
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    report = publish(town, minutes=5)
    assert all(problem.cause.endswith("status 500") for problem in report.notes)
    assert (report.done, len(report.notes)) == (True, 2)


def test_the_command_reads_what_changed(town):
    """`after` gets each address that changed or went on a line; its failure is told, with what it said."""
    text = (town.root / "site.toml").read_text()
    words = json.dumps(["sh", "-c", f"cat > {town.root}/changed"])
    town.edit("site.toml", f"{text}after = {words}\n")
    town.edit("content/posts/good.md", post("Better", id="g1"))
    assert publish(town, minutes=5).notes == []
    lines = (town.root / "changed").read_text().splitlines()
    assert {line.partition("127.0.0.1")[2].partition("/")[2] for line in lines} >= {"2026/01/good/", "", "feed.xml"}
    town.edit("site.toml", f'{text}after = ["sh", "-c", "echo secret=canary broken >&2; exit 3"]\n')
    town.edit("content/posts/good.md", post("Best", id="g1"))
    [note] = publish(town, minutes=6).notes
    assert note.cause == "`after` failed with exit code 3: *** broken"


def test_the_command_runs_for_the_server_s_files_too(town):
    """Where nothing but the file for nginx changes, `after` runs, so that nginx can read it."""
    text = (town.root / "site.toml").read_text()
    words = json.dumps(["touch", f"{town.root}/ran"])
    town.edit("site.toml", f"{text}after = {words}\ncsp = \"default-src 'self'\"\n")
    report = publish(town, minutes=5)
    assert [item.path for item in report.publication.send] == ["host/nginx.conf"]
    assert (town.root / "ran").exists()
    (town.root / "ran").unlink()
    assert publish(town, minutes=6).publication.empty
    assert not (town.root / "ran").exists()


def test_exit_code_of_the_command(town, hub):
    """What goes wrong afterwards is on standard error, and the exit code is 1."""
    hub.status = 404
    town.edit("content/posts/good.md", post("Better", id="g1"))
    said = dateline("deploy", "-s", town.root, "-j", 1, "--now", "2026-11-23T09:05:00Z")
    assert (said.code, "Published to" in said.out, "did not take the news" in said.err) == (1, True, True)


@pytest.mark.parametrize("moment", ["run_command", "look_back", "tell_hubs"])
def test_what_was_left_undone_is_made_up_for(town, hub, monkeypatch, moment):
    """Broken off when readers see the site already, the next run does the rest: command, look back, hubs; once."""
    words = json.dumps(["sh", "-c", f"cat > {town.root}/changed"])
    town.edit("site.toml", f"{(town.root / 'site.toml').read_text()}after = {words}\n")
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))

    def broken_off(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(after, moment, broken_off)
        with pytest.raises(KeyboardInterrupt, match="readers see the new site"):
            publish(town, minutes=5)
    (town.root / "changed").unlink(missing_ok=True)
    hub.heard.clear()
    report = publish(town, minutes=6)
    assert (report.publication.empty, report.notes) == (True, [])
    assert sorted(url.rpartition("/")[2] for _, url, _ in hub.heard) == ["feed.json", "feed.xml"]
    assert "/2026/02/new/" in (town.root / "changed").read_text()
    assert report.made_up == log.read(town.root, "home")[0]["sent"] > 3
    assert publish(town, minutes=7).told == []
    assert len(hub.heard) == 2


def test_what_a_failed_publication_sent_is_news_too(town, hub, monkeypatch):
    """Hubs hear of feeds that went up with a publication that failed before its end, once the next one has ended."""
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    show = Folder._show

    def shown(place, name):
        show(place, name)
        raise DeployError

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_show", shown)
        with pytest.raises(DeployError):
            publish(town, minutes=5)
    assert hub.heard == []
    assert len(publish(town, minutes=6).told) == 2


def test_where_nobody_serves_it_that_is_told_once(town):
    """Without a web server at the address there is one message, after fourteen seconds of waiting in all."""
    text = (town.root / "site.toml").read_text()
    town.edit("site.toml", re.sub(r"127.0.0.1:\d+", f"127.0.0.1:{free_port()}", text, count=1).replace("hubs", "#"))
    waits = []
    [note] = publish(town, minutes=5, sleep=waits.append).notes
    assert re.fullmatch(r"http://127.0.0.1:\d+ gives no answer: Connection refused", note.cause)
    assert waits == [2, 4, 8]


def test_a_first_publication_waits_for_no_server(town):
    """A new place may have no web server yet, which its files are for: a warning at once, and exit code 0."""
    text = re.sub(r"127.0.0.1:\d+", f"127.0.0.1:{free_port()}", (town.root / "site.toml").read_text(), count=1)
    town.edit("site.toml", text.replace('path = "public"', 'path = "other"'))
    waits = []
    report = publish(town, minutes=5, sleep=waits.append)
    assert (report.done, report.exit_code(), waits) == (True, 0, [])
    assert {note.severity for note in report.notes} == {Severity.WARNING}
    assert "`sample = 0`" in report.notes[0].fix


def test_who_breaks_it_off_is_told_what_readers_see(town, monkeypatch):
    """Ctrl-C while the public address is asked: exit code 130, and that the next run does the rest."""
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    run = ("deploy", "-s", town.root, "-j", 1, "--now", "2026-11-23T09:05:00Z")
    with monkeypatch.context() as patch:
        patch.setattr(after, "look_back", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt()))
        said = dateline(*run)
    told = "Interrupted: readers see the new site; `dateline deploy` does the rest"
    assert (said.code, said.err.strip()) == (130, told)
    again = dateline(*run)
    assert again.code == 0
    assert "Did what an earlier publication had left undone" in again.out
