"""By ssh, over a real connection: connections that fail, publications that are killed, others at work, odd names."""

import os
import signal
import subprocess

import pytest
from hosting import sshd
from processes import Process, gathering, within
from publishing import publish, site, tree
from support import post

from generator.deploy import programs
from generator.errors import DeployError

STORIES = {f"content/posts/p{number}.md": post(f"Post {number}", id=f"p{number}") for number in range(5)}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An ssh server."""
    with sshd(tmp_path_factory.mktemp("sshd")) as secure:
        yield secure


@pytest.fixture
def town(tmp_path, server):
    """A site that is published once, into a folder whose name needs quoting."""
    there = tmp_path / "it's $(here)"
    table = f'[deploy.there]\nkind = "ssh"\nhost = "loopback"\npath = "{there}"\nssh_config = "{server.config}"\n'
    made = site(tmp_path / "site", STORIES, f"{table}releases = 2\n")
    assert publish(made).done
    made.there = there
    return made


def change(made, word="again"):
    """An edit of several stories."""
    for number in range(5):
        made.edit(f"content/posts/p{number}.md", post(f"Post {number}", id=f"p{number}", body=f"Text {word}."))


def built(made):
    """What is built, without the mark that it is ours."""
    return {name: data for name, data in made.tree().items() if not name.startswith(".dateline")}


def public(made):
    """What readers see."""
    return tree(made.there / "current/site")


def test_releases_share_what_did_not_change(town):
    """An unchanged file is the very file of the release before, with its time; so its ETag stays."""
    before = (town.there / "current/site/robots.txt").stat()
    change(town)
    assert publish(town, minutes=5).done
    after = (town.there / "current/site/robots.txt").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert public(town) == built(town)
    page = town.there / "current/site/2026/01/p1/index.html"
    assert page.stat().st_mtime == before.st_mtime + 300


def test_rollback(town):
    """Readers are shown the release before, and the next publication puts all right."""
    change(town)
    old = public(town)
    assert publish(town, minutes=5).done
    from shell import dateline

    run = ("deploy", "-s", town.root, "--now", "2026-11-23T09:10:00Z")
    assert dateline(*run, "--rollback").out == "readers see 20261123T090000Z again\n"
    assert public(town) == old
    assert "20261123T090000Z (readers see this one)" in dateline(*run, "--list").out
    assert publish(town, minutes=15).done
    assert public(town) == built(town)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("lost", [0, 3, 6, 7])
def test_a_connection_that_fails_is_made_again(town, monkeypatch, lost, late):
    """One lost connection costs a wait; when all are lost it is told, and readers see a whole site."""
    change(town)
    count, run = 0, programs.run

    def failing(words, *rest, **more):
        nonlocal count
        count += words[0] in ("ssh", "rsync") and "exit" not in words
        if count == lost + 1:
            if late:  # what was asked for was done
                run(words, *rest, **more)
            raise programs.FailedError(255, "connection lost")
        return run(words, *rest, **more)

    monkeypatch.setattr(programs, "run", failing)
    assert publish(town, minutes=5).done
    assert public(town) == built(town)


def test_no_connection_at_all(town, server):
    """Where nobody answers, that is told after some tries."""
    text = (town.root / "site.toml").read_text()
    town.edit("site.toml", text.replace('ssh_config = "', 'port = 1\nssh_config = "'))
    waits = []
    with pytest.raises(DeployError, match="Connection refused"):
        publish(town, minutes=5, sleep=waits.append)
    assert waits == [1, 2, 4]


def test_another_at_work(town):
    """A lock is told with its owner; an old one, or that of a process of this machine that is dead, is passed over."""
    change(town)
    lock = town.there / "state/lock"
    lock.write_bytes(b'{"owner":"ana@desk:1","since":1795424400.0}')
    with pytest.raises(DeployError, match="ana@desk:1 is publishing there"):
        publish(town, minutes=5)
    os.utime(lock, (0, 0))
    assert publish(town, minutes=5).done
    assert not lock.exists()
    dead = subprocess.Popen(["true"])
    dead.wait()
    change(town, "once more")
    lock.write_bytes(b'{"owner":"me@here:%d","since":1795424400.0}' % dead.pid)
    assert publish(town, minutes=6, owner=f"me@here:{os.getpid()}").done
    change(town, "and again")
    lock.write_bytes(b'{"owner":"ana@desk:1","since":1795424400.0}')
    assert publish(town, minutes=7, break_lock=True).done
    assert public(town) == built(town)


def _killed(town, moments):
    """Kill the command some seconds after it began to talk to the host, then let it complete."""
    with gathering() as one:
        for number, moment in enumerate(moments):
            change(town, f"{number}")
            old = public(town)
            with Process("deploy", town.root, "-q") as process:
                within(20, lambda p=process: (town.there / "state/lock").exists() or not p.running)
                within(moment, lambda p=process: not p.running)
                process.send(signal.SIGKILL, group=True)
                process.wait()
            with one():
                assert public(town) in (old, built(town)), f"killed after {moment} s: readers see a half"
                assert publish(town, minutes=6, break_lock=True).done
                assert public(town) == built(town)
                assert len(list((town.there / "releases").iterdir())) == 2


def test_killed_at_some_moments(town):
    """Readers see a whole site, and the next publication completes."""
    _killed(town, (0.0, 0.2, 0.5))


@pytest.mark.long
def test_killed_at_many_moments(town):
    """The same at a hundred moments."""
    _killed(town, (number / 60 for number in range(100)))


def test_what_arrived_is_not_sent_again(town, monkeypatch):
    """A publication that was cut off after its files went up leaves them there for the next one."""
    from generator.deploy.remote import Remote

    change(town)
    with monkeypatch.context() as patch:
        patch.setattr(Remote, "verify", lambda *_: (_ for _ in ()).throw(DeployError()))
        with pytest.raises(DeployError):
            publish(town, minutes=5)
    sent = []
    send = Remote._send
    monkeypatch.setattr(Remote, "_send", lambda place, folder, names: sent.extend(names) or send(place, folder, names))
    assert publish(town, minutes=6).done
    assert sent == []
    assert public(town) == built(town)


def test_a_file_that_arrives_damaged_is_noticed(town, monkeypatch):
    """Every file that went up is hashed there before readers see it."""
    from generator.deploy.remote import Remote

    change(town)
    before, verify = public(town), Remote.verify

    def damaged(place, stored):
        path = next(path for path in (town.there / "state/incoming").iterdir() if len(path.name) == 64)
        path.write_bytes(b"damaged")
        verify(place, stored)

    with monkeypatch.context() as patch:
        patch.setattr(Remote, "verify", damaged)
        with pytest.raises(DeployError, match="arrived damaged"):
            publish(town, minutes=5)
    assert public(town) == before
    assert publish(town, minutes=6).done
    assert public(town) == built(town)


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling"])
def test_what_others_published_stays(tmp_path, server, kind):
    """A `current` that is not ours is not replaced, and nothing is made beside it; nor is a foreign folder deleted."""
    there = tmp_path / "there"
    theirs = there / "releases/old-20150080072500"
    theirs.mkdir(parents=True)
    (theirs / "app.rb").write_text("canary")
    current = there / "current"
    match kind:
        case "file":
            current.write_text("canary")
        case "folder":
            current.mkdir()
        case "link":
            current.symlink_to("releases/old-20150080072500")
        case _:
            current.symlink_to("nowhere")
    before = tree(there)
    table = f'[deploy.there]\nkind = "ssh"\nhost = "loopback"\npath = "{there}"\nssh_config = "{server.config}"\n'
    made = site(tmp_path / "site", STORIES, table)
    for dry_run in (True, False):
        with pytest.raises(DeployError, match="was not published by Dateline"):
            publish(made, dry_run=dry_run)
    assert (tree(there), sorted(path.name for path in there.iterdir())) == (before, ["current", "releases"])
    current.rmdir() if kind == "folder" else current.unlink()
    ours = there / "releases/old-20150101T000000Z"
    ours.mkdir()
    assert publish(made).done
    assert (theirs / "app.rb").read_text() == "canary"
    assert not ours.exists()
