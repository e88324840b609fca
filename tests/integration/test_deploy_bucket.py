"""Object storage: nothing sent in vain, faults at each request, and at no moment a page without what it needs."""

import re
import signal

import obstore
import pytest
from processes import Process, gathering
from publishing import publish, site
from stores import azurite, s3
from support import post

from generator.config import Deploy
from generator.deploy import Accept, bucket
from generator.errors import DeployError
from generator.model.ledger import LEDGER

KEYS = {"AWS_ACCESS_KEY_ID": "AKIACANARY0123456789", "AWS_SECRET_ACCESS_KEY": "canary-secret-7193"}
STORIES = {
    "content/posts/ferry.md": post("Ferry ends", "2026-01-03 10:00", id="f1", body="![Map](/images/map0.png)"),
    "content/images/map0.png": b"\x89PNG map",
    "content/images/it's ç (x) %25.png": b"\x89PNG odd",
}


@pytest.fixture(scope="module")
def server():
    """A server of S3."""
    with pytest.MonkeyPatch.context() as patch:
        for key, value in KEYS.items():
            patch.setenv(key, value)
        with s3() as store:
            yield store


@pytest.fixture
def town(tmp_path, server):
    """A site that is published once into an empty bucket."""
    server.spoil = lambda _: "ok"
    for key in server.files():
        server.client().delete_object(Bucket="news", Key=key)
    server.client().delete_object(Bucket="news", Key=".dateline/lock.json")
    server.client().delete_object(Bucket="news", Key=".dateline/manifest.json")
    table = f'[deploy.there]\nkind = "bucket"\nurl = "s3://news"\nendpoint = "{server.endpoint}"\nlinger = 0\n'
    made = site(tmp_path / "site", STORIES, f'{table}region = "us-east-1"\n')
    assert publish(made).done
    server.asked.clear()
    return made


def built(made):
    """What is built, without the mark that it is ours."""
    return {name: data for name, data in made.tree().items() if not name.startswith(".dateline")}


def change(made):
    """An edit that adds a story, replaces a picture and takes back a page."""
    made.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", "![Map](/images/map1.png)", id="f1"))
    made.remove("content/images/map0.png")
    made.add("content/images/map1.png", b"\x89PNG other")
    made.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    made.edit("content/posts/good.md", post("Good", id="g1", status="withdrawn"))


def lacking(files, gone=("/2026/01/good/",)):
    """What pages and feeds name that is not there; links to what was taken back are no fault."""
    found = []
    for name, data in files.items():
        if name.endswith((".html", ".xml")):
            for url in re.findall(
                r"""(?:href|src)=["'](?:https://town.example)?(/[^"'#]*)|<link>https://town.example(/[^<]*)""",
                data.decode(),
            ):
                path = "".join(url)
                file = f"{path[1:]}index.html" if path.endswith("/") else path[1:]
                if file not in files and path not in gone:
                    found.append(f"{name}: {path}")
    return found


def test_it_has_what_was_built(town, server):
    """Every object has its bytes, its type and its caching, whatever its name."""
    assert server.files() == built(town)
    assert server.head("feed.xml") == ("application/rss+xml; charset=utf-8", "public, max-age=60, must-revalidate")
    assert server.head("images/map0.png") == ("image/png", "public, max-age=3600")


def test_an_unchanged_site_sends_nothing(town, server):
    """Not one object is put, from this machine or another."""
    assert publish(town, minutes=5).publication.empty
    for path in (town.root / ".dateline").iterdir():
        if path.is_file():
            path.unlink()
    assert publish(town, minutes=6).publication.empty
    assert server.puts() == []


def test_an_edit_sends_what_changed_in_order(town, server):
    """Assets, new pages, pages that lead there, feeds; deletions last of all."""
    change(town)
    assert publish(town, minutes=5).done
    order = server.puts()
    assert set(order) == {
        *("images/map1.png", "2026/02/new/index.html", "2026/01/ferry/index.html", "index.html"),
        "2026/01/good/index.html",  # which says that it was withdrawn
        *(name for name in built(town) if name.endswith((".xml", "feed.json")) and name != "sitemaps/pages.xml"),
    }
    places = [order.index(name) for name in ("images/map1.png", "2026/02/new/index.html", "index.html", "feed.xml")]
    assert places == sorted(places)
    last = max(at for at, (method, key) in enumerate(server.asked) if method == "PUT" and key in order)
    deletions = [at for at, (method, _) in enumerate(server.asked) if method in ("POST", "DELETE")]
    assert min(deletions) > last


def test_objects_of_others_stay(town, server):
    """What Dateline did not put is never deleted; what someone changed is put right."""
    client = server.client()
    client.put_object(Bucket="news", Key="theirs.txt", Body=b"theirs")
    client.put_object(Bucket="news", Key="index.html", Body=b"hacked")
    assert [item.path for item in publish(town, minutes=5).publication.send] == ["index.html"]
    assert server.files() == {**built(town), "theirs.txt": b"theirs"}


def test_other_headers_are_sent(town, server):
    """A new caching time reaches the objects that have it."""
    town.edit("site.toml", (town.root / "site.toml").read_text() + "max_age = 5\n")
    assert publish(town, minutes=5).done
    assert server.head("index.html")[1] == "public, max-age=5, must-revalidate"
    assert "images/map0.png" not in server.puts()


@pytest.fixture
def hasty(monkeypatch):
    """Whoever does not answer is waited for one second."""
    monkeypatch.setattr(bucket, "_PATIENCE", "1s")


def _faulty(town, server, fault, numbers):
    """Let one request fail and the next ones pass; for each of some requests."""
    change(town)
    with gathering() as one:
        for number in numbers:
            server.asked.clear()
            server.spoil = lambda n, number=number: fault if n == number else "ok"
            with one():
                assert publish(town, minutes=5, accept=list(Accept)).done
                assert server.files() == built(town)
            town.edit("content/posts/new.md", post(f"New {number}", "2026-02-01 10:00", id="n1"))


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", ["500", "cut", "lost", "hang"])
def test_a_passing_fault_is_tried_again(town, server, fault):
    """A fault of one request changes nothing in the end."""
    _faulty(town, server, fault, range(1, 24, 5))


@pytest.mark.long
@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", ["500", "cut", "lost", "hang"])
def test_a_passing_fault_is_tried_again_everywhere(town, server, fault):
    """The same at each request in turn."""
    _faulty(town, server, fault, range(1, 26))


def _broken(town, server, fault, numbers):
    """Let nothing work from some request on, then let it complete; for each of some requests."""
    before = server.files(whole=True)
    for number in numbers:
        server.asked.clear()
        server.spoil = lambda n, number=number: fault if n >= number else "ok"
        with pytest.raises(DeployError, match="news: "):
            publish(town, minutes=5)
        server.spoil = lambda _: "ok"
        now = server.files()
        assert lacking(now) == [], f"{fault} from request {number} on"
        sent = {name for name in built(town) if now.get(name) == built(town)[name]}
        server.asked.clear()
        assert publish(town, minutes=6, break_lock=True).done
        assert server.files() == built(town)
        assert sent.isdisjoint(server.puts()), f"{fault} from request {number} on: sent again"
        _restore(server, before)


@pytest.mark.parametrize("fault", ["500", "403", "cut"])
@pytest.mark.parametrize("part", range(2))
def test_a_lasting_fault_stops_it(town, server, fault, part):
    """From the k-th request on nothing works: it is told, readers never see a half, and the next run sends the rest."""
    change(town)
    _broken(town, server, fault, range(1 + 3 * part, 20, 6))


@pytest.mark.usefixtures("hasty")
def test_a_server_that_does_not_answer_stops_it(town, server):
    """The same where requests are taken and never answered."""
    change(town)
    _broken(town, server, "hang", (12,))


@pytest.mark.long
@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", ["500", "403", "cut", "lost", "hang"])
def test_a_lasting_fault_stops_it_everywhere(town, server, fault):
    """The same from each request on."""
    before = server.files(whole=True)
    server.asked.clear()
    change(town)
    assert publish(town, minutes=4).done
    count = len(server.asked)
    print(f"{fault}: {count} requests")
    _restore(server, before)
    _broken(town, server, fault, range(1, count))  # the last one unlocks


def _restore(server, files):
    """The bucket as it was before the edit, what it notes of itself included."""
    for key in server.files(whole=True).keys() - files.keys():
        server.client().delete_object(Bucket="news", Key=key)
    for key, data in files.items():
        server.client().put_object(Bucket="news", Key=key, Body=data)


def _killed(town, server, points):
    """Kill the command at some requests, before or after they are done, then let it complete."""
    change(town)
    before = server.files(whole=True)
    with gathering() as one:
        for number, how in points:
            server.asked.clear()
            with Process("deploy", town.root, "-q") as process:
                server.spoil = lambda n, number=number, how=how, p=process: (
                    p.send(signal.SIGKILL) or how if n == number else "ok"
                )
                process.wait()
            server.spoil = lambda _: "ok"
            with one():
                assert lacking(server.files()) == [], f"killed at request {number}"
                assert publish(town, minutes=6, break_lock=True).done
                assert server.files() == built(town), f"killed at request {number}"
            _restore(server, before)


def test_killed_at_some_requests(town, server):
    """The next run completes what a killed one began, and at no moment did readers see a half."""
    _killed(town, server, ((8, "lost"), (17, "cut")))


@pytest.mark.long
def test_killed_at_many_requests(town, server):
    """The same at a hundred points: each request, before it is done and after."""
    _killed(town, server, ((number % 25 + 1, ("lost", "cut")[number // 25 % 2]) for number in range(100)))


def test_one_at_a_time(town, server):
    """A second publication is refused while the first is at work; one that was not heard of for long is passed over."""
    claim = b'{"owner":"ana@desk:1","since":1800000000.0}'
    server.client().put_object(Bucket="news", Key=".dateline/lock.json", Body=claim)
    import datetime as dt

    minutes = (dt.datetime.now(dt.UTC) - dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)).total_seconds() / 60
    with pytest.raises(DeployError, match="ana@desk:1 is publishing there"):
        publish(town, minutes=minutes)
    assert publish(town, minutes=minutes + 16).done
    server.client().put_object(Bucket="news", Key=".dateline/lock.json", Body=claim)
    assert publish(town, minutes=minutes, break_lock=True).done


def test_no_secret_is_told_or_kept(town, server):
    """Credentials are in no message, no cache, no output and no object, whatever fails."""
    server.spoil = lambda _: "403"
    with Process("deploy", town.root, "-v") as process:
        ended = process.wait()
    server.spoil = lambda _: "ok"
    assert ended.code == 1
    kept = b"".join(path.read_bytes() for path in town.root.rglob("*") if path.is_file())
    there = b"".join(server.files().values())
    for secret in KEYS.values():
        assert secret not in ended.out + ended.err
        assert secret.encode() not in kept + there


def test_live_feeds_tell_what_would_be_sent_again(town, server):
    """Without a ledger that remembers it, the feeds in the bucket do: a story under another id is stopped."""
    (town.root / LEDGER).unlink()
    town.edit("content/posts/good.md", post("Good", id="other"))
    [(name, problem)] = publish(town, minutes=5).stopped
    assert (name, problem.cause) == (Accept.RESENT, "'Good' is sent again by atom.xml, feed.json, feed.xml")
    assert server.puts() == []
    assert publish(town, minutes=6, accept=[Accept.RESENT]).done
    assert server.files() == built(town)


@pytest.mark.long
def test_azure(tmp_path, monkeypatch):
    """Azure's own server for tests takes what was built, is sent what changed alone, and a lock that was left."""
    with azurite(tmp_path) as address:
        monkeypatch.setenv("AZURE_STORAGE_USE_EMULATOR", "true")
        monkeypatch.setenv("AZURITE_BLOB_STORAGE_URL", address)
        store = bucket.opened(Deploy(kind="bucket", url="az://$web"))
        made = site(tmp_path / "site", STORIES, '[deploy.there]\nkind = "bucket"\nurl = "az://$web"\nlinger = 0\n')
        assert publish(made).done
        assert publish(made, minutes=5).publication.empty
        change(made)
        sent = {item.name for item in publish(made, minutes=6).publication.send}
        assert sent >= {"images/map1.png", "2026/02/new/index.html"}
        assert "robots.txt" not in sent
        names = {one["path"] for page in obstore.list(store) for one in page}
        assert {name: bytes(obstore.get(store, name).bytes()) for name in names if name[0] != "."} == built(made)
        said = obstore.get(store, "feed.xml").attributes
        assert said["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert said["Cache-Control"] == "public, max-age=60, must-revalidate"
        obstore.put(store, ".dateline/lock.json", b'{"owner":"ana@desk:1","since":1800000000.0}')
        with pytest.raises(DeployError, match="ana@desk:1 is publishing there"):
            publish(made, minutes=7)
        assert publish(made, minutes=8, break_lock=True).done


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Generic S3 error: it broke\n\nDebug source:\nGeneric {\n", "s3://news: Generic S3 error: it broke"),
        ("Error performing PUT http://169.254.169.254/latest/api/token", "s3://news: there are no credentials in the"),
        ("Error performing GET http://metadata.google.internal/x", "s3://news: there are no credentials in the"),
    ],
)
def test_what_the_library_says_is_told_in_one_line(said, told):
    """Nothing of the inside of its errors; and where credentials are lacking, that."""
    place = bucket.Bucket(Deploy(kind="bucket", url="s3://news"), None, None)
    [problem] = place._failed(said).problems
    assert problem.cause.startswith(told)
    assert "\n" not in problem.cause
