"""Every kind of place keeps the same promises: it has what was built, is sent what differs, and loses what went."""

import json
import subprocess

import pytest
from hosting import sshd
from publishing import ARTICLE, URL, publish, site, tree, why
from support import post

from generator.deploy import Accept, DeployRequest, roll_back
from generator.errors import DeployError, UsageError
from generator.model.ledger import LEDGER

STORIES = {
    "content/posts/ferry.md": post("Ferry ends", "2026-01-03 10:00", id="f1", body="It ended."),
    "content/images/map.png": b"\x89PNG map",
    'content/images/it\'s a "b" $(x) `y` ç.png'.replace('"', "”"): b"\x89PNG odd",
}
EXTRA = {"files": {"_redirects", "_headers"}, "git": {".nojekyll", "CNAME"}}


class Target:
    """A place under test.

    Attributes:
        text: Its table in site.toml.
        extra: Files that it has beside those of the site.
    """

    def __init__(self, kind, text, see):
        self.kind, self.text, self._see = kind, text, see
        self.extra = EXTRA.get(kind, set())

    def files(self):
        """What readers see there."""
        return {name: data for name, data in self._see().items() if name not in self.extra}


def git(*words, where=None):
    """What git says."""
    return subprocess.run(["git", *words], cwd=where, capture_output=True, check=True).stdout


def branch_files(repository):
    """Every file of the branch."""
    names = git("ls-tree", "-r", "-z", "--name-only", "gh-pages", where=repository).decode().split("\0")[:-1]
    return {name: git("cat-file", "blob", f"gh-pages:{name}", where=repository) for name in names}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An ssh server."""
    with sshd(tmp_path_factory.mktemp("sshd")) as secure:
        yield secure


@pytest.fixture(params=["folder", "files", "git", "ssh", "sftp"])
def target(request, tmp_path, monkeypatch):
    """One place of each kind."""
    where = tmp_path / "there it is"
    head = f'[deploy.there]\nkind = "{"ssh" if request.param == "sftp" else request.param}"\n'
    match request.param:
        case "folder":
            return Target("folder", f'{head}path = "{where}"\n', lambda: tree(where / "current/site"))
        case "files":
            settings = f'{head}path = "{where}"\nhost_files = ["netlify"]\n'
            return Target("files", settings, lambda: tree(where))
        case "git":
            git("init", "-q", "--bare", str(where))
            settings = f'{head}remote = "{where}"\ncname = "town.example"\n'
            return Target("git", settings, lambda: branch_files(where))
        case _:
            secure = request.getfixturevalue("server")
            if request.param == "sftp":
                monkeypatch.setattr("generator.deploy.remote._READY", "echo; ls -A state/incoming")
            settings = f'{head}host = "loopback"\npath = "{where}"\nssh_config = "{secure.config}"\n'
            return Target("ssh", settings, lambda: tree(where / "current/site"))


@pytest.fixture
def town(tmp_path, target):
    """A site that is published once."""
    made = site(tmp_path / "site", STORIES, target.text)
    report = publish(made)
    assert report.done, report.stopped
    return made


def built(made):
    """What is built, without the mark that it is ours."""
    return {name: data for name, data in made.tree().items() if not name.startswith(".dateline")}


def test_a_plain_folder_may_be_a_link(tmp_path):
    """A link that leads to the place's folder stays one, and what is published lies behind it."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "web").symlink_to(tmp_path / "disk")
    made = site(tmp_path / "site", STORIES, f'[deploy.home]\nkind = "files"\npath = "{tmp_path / "web"}"\n')
    assert publish(made).done
    assert (tmp_path / "web").is_symlink()
    assert tree(tmp_path / "disk") == built(made)


@pytest.fixture
def folder(tmp_path):
    """A site that is published once into a plain folder, `web`."""
    made = site(tmp_path / "site", STORIES, '[deploy.home]\nkind = "files"\npath = "../web"\n')
    assert publish(made).done
    return made


@pytest.mark.parametrize("damage", [None, b"", b"{", b'{"version":7,"files":{}}'])
def test_a_lost_note_of_a_plain_folder_costs_a_look(folder, tmp_path, damage):
    """What the folder has is known by its bytes: only what differs is sent, and what is not of the site stays."""
    book = folder.root / ".dateline/deploy-home.json"
    book.unlink() if damage is None else book.write_bytes(damage)
    assert publish(folder, minutes=5).publication.empty
    (tmp_path / "web/theirs.txt").write_text("theirs")
    folder.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", body="It ended at last."))
    sent = {item.name for item in publish(folder, minutes=6).publication.send}
    assert sent == {"2026/01/ferry/index.html", "feed.xml", "atom.xml", "feed.json"}
    assert tree(tmp_path / "web") == {**built(folder), "theirs.txt": b"theirs"}


@pytest.mark.parametrize("known", [True, False])
def test_a_folder_of_others_is_refused(folder, tmp_path, known):
    """A folder that holds something else is left alone, also where the place's `path` led elsewhere before."""
    if not known:
        (folder.root / ".dateline/deploy-home.json").unlink()
    (tmp_path / "theirs").mkdir()
    for name in ("index.html", "robots.txt", "diary.txt"):
        (tmp_path / "theirs" / name).write_text("theirs")
    before = tree(tmp_path / "theirs")
    folder.edit("site.toml", (folder.root / "site.toml").read_text().replace("../web", "../theirs"))
    with pytest.raises(DeployError, match="most of what is in it was not published there"):
        publish(folder, minutes=5)
    assert tree(tmp_path / "theirs") == before


def test_it_has_what_was_built(town, target):
    """Every file is there with its bytes, whatever its name."""
    assert target.files() == built(town)


def test_an_unchanged_site_is_not_sent(town):
    """Neither from this machine, nor from one that remembers nothing but its settings."""
    assert publish(town, minutes=5).publication.empty
    for path in (town.root / ".dateline").glob("build-*"):
        if path.is_file():
            path.unlink()
    assert publish(town, minutes=6).publication.empty


def test_an_edit_sends_what_changed(town, target):
    """What differs, nothing else."""
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", body="It ended at last."))
    sent = {item.name for item in publish(town, minutes=5).publication.send}
    assert sent == {"2026/01/ferry/index.html", "feed.xml", "atom.xml", "feed.json"}
    assert target.files() == built(town)


def test_what_went_is_deleted(town, target):
    """A story at once, a picture after its time."""
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", status="withdrawn"))
    town.remove("content/images/map.png")
    assert publish(town, minutes=5).done
    assert target.files() == {**built(town), "images/map.png": b"\x89PNG map"}
    assert publish(town, minutes=30).publication.empty
    assert publish(town, minutes=66).done
    assert target.files() == built(town)


def test_lost_content_stops_it(tmp_path, target):
    """Where a story goes and the ledger with it, what readers have tells of it; an empty site is never published."""
    made = site(tmp_path / "site", {**STORIES, **ARTICLE}, target.text)
    assert publish(made).done
    before = target.files()
    (made.root / LEDGER).unlink()
    made.remove("content/posts/ferry.md")
    [reason] = why(publish(made, minutes=5))
    assert reason.startswith("vanished: error: /2026/01/ferry/ was public and is gone ('Ferry ends')")
    (made.root / "content").rename(tmp_path / "elsewhere")
    assert "empty: error: no story and no page is public" in why(publish(made, minutes=5))[0]
    assert target.files() == before


def test_lists_and_feeds_that_go_are_named(folder):
    """Those that the place has and the site has no longer, though no ledger knows them; a moved story is none."""
    for tag, dead in (("[Sea]", []), ("[Lake]", ["/tags/sea/", "/tags/sea/atom.xml", "/tags/sea/feed.json"])):
        folder.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", tags=tag, slug=tag[1:-1]))
        assert publish(folder, minutes=5).changes.dead[:3] == dead


def test_what_was_accepted_is_told_once(folder):
    """A story that the ledger misses and that goes from the place is looked at twice there."""
    folder.remove("content/posts/ferry.md")
    accepted = publish(folder, minutes=5, accept=[Accept.VANISHED]).accepted
    assert sum("/2026/01/ferry/ was public and is gone" in problem.cause for _, problem in accepted) == 1


def test_a_file_becomes_a_folder_and_a_file_again(town, target):
    """Names that change sides are no obstacle."""
    town.add("content/x", b"file")
    assert publish(town, minutes=5).done
    town.remove("content/x")
    town.add("content/x/y", b"inside")
    assert publish(town, minutes=90).done
    assert target.files()["x/y"] == b"inside"
    town.remove("content/x/y")
    (town.root / "content/x").rmdir()
    town.add("content/x", b"again")
    assert publish(town, minutes=200).done
    assert target.files()["x"] == b"again"


def test_a_dry_run_does_nothing(town, target):
    """It tells what would be sent."""
    town.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", id="f1"))
    before = target.files()
    assert publish(town, minutes=5, dry_run=True).publication.send
    assert target.files() == before


def test_going_back(town, target):
    """The command reads the addresses that differ; where nothing is kept to go back to, that is told."""
    words = json.dumps(["sh", "-c", f"cat > '{town.root}/changed'"])
    town.edit("site.toml", f"{(town.root / 'site.toml').read_text()}after = {words}\n")
    old = target.files()
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", body="It ended at last."))
    assert publish(town, minutes=5).notes == []
    request = DeployRequest(build=town.request())
    (town.root / "changed").unlink()
    if target.kind == "files":
        with pytest.raises(UsageError, match="keeps no former states"):
            roll_back(request, 1)
        return
    roll_back(request, 1)
    assert target.files() == old
    told = set((town.root / "changed").read_text().splitlines())
    assert told == {f"{URL}/{path}" for path in ("2026/01/ferry/", "feed.xml", "atom.xml", "feed.json")}


def test_live_feeds_tell_what_would_be_sent_again(town, target):
    """Without a ledger that remembers it, the feeds at the place do: a story under another id is stopped."""
    (town.root / LEDGER).unlink()
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="other", body="It ended."))
    before = target.files()
    [(name, problem)] = publish(town, minutes=5).stopped
    assert (name, problem.cause) == (Accept.RESENT, "'Ferry ends' is sent again by atom.xml, feed.json, feed.xml")
    assert target.files() == before
    assert publish(town, minutes=6, accept=[Accept.RESENT]).done
    assert target.files() == built(town)


def test_what_changes_for_subscribers_is_told(town):
    """New and updated items of feeds, wherever the place is."""
    town.add("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    [feed] = [feed for feed in publish(town, minutes=5).changes.feeds if feed.path == "feed.xml"]
    assert (feed.new, feed.updated, feed.resent) == (("New",), (), ())
