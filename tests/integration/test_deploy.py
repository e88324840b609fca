"""A folder with releases: what readers see is the old site or the new one, and nothing goes out that must not."""

import gzip
import shutil
import signal

import cutting
import pytest
from processes import Process, within
from publishing import URL, publish, site, tree, why
from shell import dateline
from support import NOW, post

from generator.deploy import Accept, digests
from generator.deploy.folder import Folder
from generator.errors import DeployError, UsageError
from generator.model.ledger import LEDGER

STORIES = {
    "content/posts/bridge.md": post("Bridge opens", id="b1", tags="[Sea]", body="It opened."),
    "content/posts/ferry.md": post("Ferry ends", "2026-01-03 10:00", id="f1", body="It ended."),
    "content/images/map.png": b"\x89PNG map",
}


@pytest.fixture
def town(tmp_path):
    """A site that is published once."""
    made = site(tmp_path / "site", STORIES)
    assert publish(made).done
    return made


def public(made):
    """What readers see, file by file."""
    return tree(made.root / "public/current/site")


def built(made):
    """What is built, without the mark that it is ours."""
    return {name: data for name, data in made.tree().items() if not name.startswith(".dateline")}


def test_a_site_is_published_whole(town):
    """What readers see is what was built, and nothing else lies there."""
    assert public(town) == built(town)
    assert (town.root / "public/current").readlink().as_posix() == "releases/20261123T090000Z"


def test_nothing_changed(town):
    """A second publication sends nothing and makes no release, even from a machine that knows nothing."""
    before = {path: path.stat().st_mtime_ns for path in (town.root / "public").rglob("*") if path.name != "lock"}
    shutil.rmtree(town.root / ".dateline")
    shutil.rmtree(town.output)
    report = publish(town, minutes=5)
    assert (report.done, report.publication.empty, report.release) == (True, True, "")
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_an_edit_sends_what_changed(town):
    """Only changed files are written; the others are the very files of the release before."""
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", body="It ended at last."))
    report = publish(town, minutes=5)
    sent = {item.name for item in report.publication.send}
    assert sent == {"2026/01/ferry/index.html", "feed.xml", "atom.xml", "feed.json"}
    assert public(town) == built(town)
    old, new = (town.root / f"public/releases/{name}/site" for name in ("20261123T090000Z", "20261123T090500Z"))
    same = {path for path in public(town) if (old / path).stat().st_ino == (new / path).stat().st_ino}
    assert same == public(town).keys() - sent


def test_the_order_of_what_goes_up(town):
    """Assets, then pages, then feeds and sitemaps."""
    town.edit("content/images/map.png", b"\x89PNG other")
    town.edit("content/posts/new.md", post("New", "2026-02-01 10:00", id="n1"))
    order = [item.stage for item in publish(town, minutes=5).publication.send]
    assert order == sorted(order)
    assert len(set(order)) == 4


def test_a_dry_run_is_exact(town):
    """What it tells is what is done then; it writes nothing at the place, and no ledger."""
    town.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", id="f1"))
    (town.root / "content/images/map.png").unlink()
    before, ledger = tree(town.root / "public"), (town.root / LEDGER).read_bytes()
    told = publish(town, minutes=90, dry_run=True)
    assert not told.done
    assert (tree(town.root / "public"), (town.root / LEDGER).read_bytes()) == (before, ledger)
    done = publish(town, minutes=90)
    for work in (told.publication, done.publication):
        assert ([item.path for item in work.send], work.delete) == (
            [item.path for item in told.publication.send],
            told.publication.delete,
        )


def test_assets_stay_for_a_while(town):
    """A picture that the site has no longer stays for an hour, for pages that are open; a page goes at once."""
    (town.root / "content/images/map.png").unlink()
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="f1", status="withdrawn"))
    assert publish(town, minutes=10).done
    assert public(town).keys() - built(town).keys() == {"images/map.png"}
    later = publish(town, minutes=69)
    assert (later.publication.empty, later.changes.files) == (True, {})
    assert publish(town, minutes=71).publication.delete == ("site/images/map.png",)
    assert public(town) == built(town)


def test_what_someone_changed_there_is_put_right(town):
    """The place's own word is not trusted: each file is looked at."""
    top = town.root / "public/current/site"
    (top / "index.html").write_text("hacked")
    (top / "feed.xml").unlink()
    (top / "about.html").write_text("not ours")
    sent = [item.name for item in publish(town, minutes=5).publication.send]
    assert sent == ["index.html", "feed.xml"]
    assert public(town) == built(town)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version":1,"files":{"../../../x":{}}}'])
def test_a_damaged_manifest_costs_work_alone(town, damage):
    """Then everything is sent again."""
    (town.root / "public/state/20261123T090000Z.json").write_bytes(damage)
    assert len(publish(town, minutes=5).publication.send) == len(built(town))
    assert public(town) == built(town)


def test_rollback_and_releases(town):
    """Readers can be shown any release that is kept; the newest five are."""
    for number in range(1, 7):
        town.edit("content/posts/ferry.md", post(f"Ferry {number}", "2026-01-03 10:00", id="f1"))
        assert publish(town, minutes=number).done
    names = sorted(path.name for path in (town.root / "public/releases").iterdir())
    assert names == [f"20261123T090{number}00Z" for number in range(2, 7)]
    run = ("deploy", "-s", town.root, "--now", NOW.isoformat())
    assert "20261123T090600Z (readers see this one)" in dateline(*run, "--list").out
    assert dateline(*run, "--rollback").out == "readers see 20261123T090500Z again\n"
    assert b"Ferry 5" in public(town)["2026/01/ferry/index.html"]
    assert dateline(*run, "--rollback", 3).code == 0
    assert b"Ferry 2" in public(town)["2026/01/ferry/index.html"]
    refused = dateline(*run, "--rollback", 1)
    assert (refused.code, "has 0 releases older" in refused.err) == (2, True)
    assert publish(town, minutes=20).done
    assert public(town) == built(town)
    assert "back to 20261123T090200Z" in dateline(*run, "--list").out


def test_the_ledger_is_written(town):
    """Every story that readers see is in the ledger; not where the place says that it does not count."""
    assert '"url":"/2026/01/ferry/"' in (town.root / LEDGER).read_text()
    (town.root / LEDGER).unlink()
    town.edit("site.toml", (town.root / "site.toml").read_text() + "ledger = false\n")
    assert publish(town, minutes=5).done
    assert not (town.root / LEDGER).exists()


STOPS = {
    "errors": ("content/posts/new.md", "---\ntitle: New\ndate: 2026-13-01\n---\n"),
    "check": ("content/posts/new.md", post("New", id="n1", body="See [it](#nowhere).")),
    "early": ("content/notes.txt", "Soon: The mayor will resign on Tuesday after nine long years"),
    "vanished": ("content/posts/ferry.md", None),
}
SECRET = post("The mayor will resign on Tuesday after nine long years", "2026-12-24 10:00", id="m1")


@pytest.mark.parametrize("name", STOPS)
def test_what_must_not_go_out_stops_it(town, name):
    """An error, a story that vanished, is sent twice or shows early: nothing is published until that is accepted."""
    town.edit("content/posts/mayor.md", SECRET)
    path, text = STOPS[name]
    town.remove(path) if text is None else town.edit(path, text)
    before = tree(town.root / "public")
    stopped = publish(town, minutes=5)
    assert not stopped.done
    assert any(reason.startswith(f"{name}: ") for reason in why(stopped))
    assert tree(town.root / "public") == before
    also = {gate for gate, _ in stopped.stopped}
    accepted = publish(town, minutes=5, accept=also)
    assert (accepted.done, public(town), accepted.notes) == (True, built(town), [])


def test_what_the_ledger_would_refuse_is_refused_first(town):
    """A story under another id breaks a promise, so accepting it is no use: words and way out are the ledger's."""
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="another"))
    before = tree(town.root / "public")
    [(name, problem)] = publish(town, minutes=5, accept=list(Accept)).stopped
    assert name is None
    assert problem.cause.startswith("content/posts/ferry.md:4: had the id 'f1' when it was published")
    assert tree(town.root / "public") == before
    assert "accept" not in dateline("deploy", "-s", town.root, "-j", 1, "--now", "2026-11-23T10:00:00Z").err


def test_what_is_sent_again_may_be_accepted(town):
    """Where nothing is written into the ledger, it is told, and goes out once it is accepted."""
    town.edit("site.toml", (town.root / "site.toml").read_text() + "ledger = false\n")
    town.edit("content/posts/ferry.md", post("Ferry ends", "2026-01-03 10:00", id="another"))
    stopped = publish(town, minutes=5)
    assert {name for name, _ in stopped.stopped} == {Accept.ERRORS, Accept.RESENT}
    accepted = publish(town, minutes=5, accept=[Accept.ERRORS, Accept.RESENT])
    assert (accepted.done, public(town), accepted.notes) == (True, built(town), [])


@pytest.mark.parametrize("address", ["https://example.org", "https://example.com/news"])
def test_the_address_that_nobody_set_is_refused(town, address):
    """The address of `dateline init` is refused before anything is built; a place may have one of its own."""
    text = (town.root / "site.toml").read_text()
    town.edit("site.toml", text.replace(URL, address))
    said = dateline("deploy", "-s", town.root, "-j", 1)
    assert (said.code, f"base_url is {address}" in said.err, "site.toml: " in said.err) == (2, True, True)
    town.edit("site.toml", f'{text.replace(URL, address)}base_url = "{URL}"\n')
    assert publish(town, minutes=5).done


LEAKS = {
    "its title": {"content/posts/hint.md": post("Hint", body="The mayor will resign on Tuesday after nine long years")},
    "its text": {"content/pages/hint.md": post("Hint", body="Nobody at the town hall knew of this on Monday evening.")},
    "its file": {"content/images/mayor.png": b"\x89PNG mayor"},
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_of_what_is_to_come_stops_it(town, name):
    """What another article or file shows of a scheduled story keeps the whole publication back."""
    story = SECRET.replace("Text.", "Nobody at the town hall knew of this on Monday evening.")
    town.add("content/posts/mayor/index.md", story)
    town.add("content/posts/mayor/face.png", b"\x89PNG mayor")
    assert publish(town, minutes=5).done
    before = tree(town.root / "public")
    for path, text in LEAKS[name].items():
        town.add(path, text)
    stopped = publish(town, minutes=6)
    assert not stopped.done
    assert [reason for reason in why(stopped) if f"mayor/index.md is scheduled for later, and {name}" in reason]
    assert tree(town.root / "public") == before


def test_too_many_deletions_stop_it(town):
    """More deletions than are allowed are told with their number, and allowed by it."""
    files = {f"content/pages/p{number}.md": f"---\ntitle: Page {number}\n---\n\nText.\n" for number in range(4)}
    for path, text in files.items():
        town.add(path, text)
    assert publish(town, minutes=5).done
    for path in files:
        town.remove(path)
    [reason] = why(publish(town, minutes=6, accept=[Accept.VANISHED], max_deletes=3))
    assert "4 files would be deleted, and at most 3 may be" in reason
    assert publish(town, minutes=6, accept=[Accept.VANISHED], max_deletes=4).done


def test_the_command_tells_what_it_does(town):
    """Changes for readers, what was sent, why it stopped; exit codes 0, 1 and 2."""
    run = ("deploy", "-s", town.root, "-j", 1, "--now", "2026-11-23T10:00:00Z")
    town.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", id="f1"))
    dry = dateline(*run, "--dry-run")
    assert (dry.code, "  send site/2026/01/ferry/index.html" in dry.out, "Would publish" in dry.out) == (0, True, True)
    done = dateline(*run)
    assert "updated: 1" in done.out
    assert "Published to" in done.out
    assert "release 20261123T100000Z" in done.out
    assert "Nothing to publish" in dateline(*run).out
    town.remove("content/posts/ferry.md")
    stopped = dateline(*run)
    assert (stopped.code, "accept it with --accept vanished" in stopped.err) == (1, True)
    assert stopped.err.count("and is gone") == 1
    assert "Nothing was published" in stopped.err
    assert dateline(*run, "elsewhere").code == 2
    assert dateline(*run, "--accept", "everything").code == 2
    passed = dateline(*run, "--accept", "vanished")
    assert (passed.code, "Published to" in passed.out, "error" in passed.err) == (0, True, False)
    assert "warning: content/ledger.jsonl:3: 'Ferry runs' was published at" in passed.err


def test_secrets_stay_here(town):
    """Hidden files, keys and what editors leave are never published, wherever they lie in the output."""
    for name in (
        ".env",
        ".git/config",
        "key.pem",
        "images/.env",
        "images/site.key",
        "index.html~",
        "2026/#x#",
        "id_rsa",
    ):
        path = town.output / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("canary")
    found = digests.look(town.root, town.output)
    assert set(found.files) == set(public(town))
    assert len(found.left_out) == 8


def test_a_link_in_the_output_is_refused(town):
    """A link could lead to any file of this machine."""
    (town.output / "secret.txt").symlink_to("/etc/hostname")
    with pytest.raises(DeployError, match="is a link"):
        digests.look(town.root, town.output)


@pytest.mark.parametrize("path", ["output", "output/x", "content", ".", "..", "themes/x", ".dateline"])
def test_a_place_within_the_site_is_refused(town, path):
    """A place that overlaps what the site is made from, or is built into, is wrong usage."""
    text = (town.root / "site.toml").read_text().replace('path = "public"', f'path = "{path}"')
    town.edit("site.toml", text)
    with pytest.raises(UsageError, match="overlaps"):
        publish(town)


def test_a_link_to_the_content_is_the_content(town, tmp_path):
    """A place that is the folder to which `content/` is a link is refused as well."""
    (town.root / "content").rename(tmp_path / "texts")
    (town.root / "content").symlink_to(tmp_path / "texts")
    text = (town.root / "site.toml").read_text().replace('path = "public"', f'path = "{tmp_path / "texts"}"')
    town.edit("site.toml", text)
    with pytest.raises(UsageError, match="overlaps"):
        publish(town)


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_others_published_stays(tmp_path, kind):
    """A `current` that is not ours is not replaced, and releases of another program are not deleted."""
    made = site(tmp_path / "site", STORIES)
    theirs = made.root / "public/releases/20150080072500"
    theirs.mkdir(parents=True)
    (theirs / "app.rb").write_text("canary")
    current = made.root / "public/current"
    match kind:
        case "file":
            current.write_text("canary")
        case "folder":
            current.mkdir()
        case _:
            current.symlink_to("releases/20150080072500")
    before = current.lstat().st_ino
    for dry_run in (True, False):
        with pytest.raises(DeployError, match="was not published by Dateline"):
            publish(made, dry_run=dry_run)
    assert current.lstat().st_ino == before
    current.rmdir() if kind == "folder" else current.unlink()
    assert publish(made).done
    assert (theirs / "app.rb").read_text() == "canary"


def test_a_build_meanwhile_mixes_nothing(town, monkeypatch):
    """Where the output changes while it is published, the publication stops, and readers see the old site."""
    town.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", id="f1"))
    begin = Folder.begin

    def meanwhile(place, publication):
        begin(place, publication)
        town.edit("content/posts/ferry.md", post("Ferry sinks", "2026-01-03 10:00", id="f1"))
        town.build()

    before = public(town)
    monkeypatch.setattr(Folder, "begin", meanwhile)
    with pytest.raises(DeployError, match="changed while it was being published"):
        publish(town, minutes=5)
    assert public(town) == before


def test_one_at_a_time(town):
    """A second publication is refused, and told who is at work; the lock of one that was killed is free."""
    town.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", id="f1"))
    folder = Folder(town.root / "public", 5, NOW.timestamp() + 120)
    from generator.deploy.place import Claim

    folder.lock(Claim("ana@desk:1", NOW.timestamp()), force=False)
    with pytest.raises(DeployError, match=r"ana@desk:1 is publishing there, and was at work 0:02:00 ago"):
        publish(town, minutes=2)
    folder.unlock()
    with Process("deploy", town.root, "-v") as process:
        within(20, lambda: (town.root / "public/releases/next").exists() or not process.running)
        process.send(signal.SIGKILL, group=True)
        process.wait()
    assert publish(town, minutes=5).done
    assert public(town) == built(town)


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """A site that was published and then edited, and all that publishing it does."""
    made = site(
        tmp_path_factory.mktemp("cut") / "site",
        STORIES,
        '[deploy.home]\nkind = "folder"\npath = "public"\nreleases = 2\n',
    )
    for minutes in (0, 1):
        made.edit("content/posts/bridge.md", post("Bridge opens", id="b1", tags="[Sea]", body=f"At {minutes}."))
        assert publish(made, minutes=minutes).done
    made.edit("content/posts/ferry.md", post("Ferry runs", "2026-01-03 10:00", id="f1"))
    made.build()
    shutil.copytree(made.root, made.root.parent / "saved", symlinks=True)
    old, new = public(made), built(made)
    _, calls = cutting.cut(lambda: publish(made, minutes=5), made.root / "public", 0)
    assert public(made) == new != old
    assert calls > 40
    return made, old, new, calls


def broken_off(stage, number, fault):
    """Publish from the same state, broken off at a call; how it ended."""
    made, old, new, _ = stage
    shutil.rmtree(made.root)
    shutil.copytree(made.root.parent / "saved", made.root, symlinks=True)
    ended, _ = cutting.cut(lambda: publish(made, minutes=5), made.root / "public", number, fault)
    seen = public(made)
    assert seen in (old, new), f"{fault} at call {number}: readers see a half"
    assert publish(made, minutes=6).done
    assert public(made) == new, f"{fault} at call {number}: the next publication is not whole"
    left = sorted(path.name for path in (made.root / "public/releases").iterdir())
    assert len(left) <= 2, left
    return ended


@pytest.mark.parametrize("part", range(4))
def test_killed_at_each_call(stage, part):
    """Killed at any call that touches the place: readers see the old site or the new, and the next run completes."""
    for number in range(1 + part, stage[3] + 1, 4):
        assert broken_off(stage, number, "kill") == -signal.SIGKILL


@pytest.mark.parametrize("fault", ["ENOSPC", "EACCES", "EIO"])
def test_refused_at_each_call(stage, fault):
    """A full disk, a refusal, an error: told with its path, readers see a whole site, and the next run completes."""
    for number in range(1, stage[3] + 1, 3):
        assert broken_off(stage, number, fault) in (0, cutting.REFUSED)


def test_compressed_copies(tmp_path):
    """They follow the file that they are of, are no change for readers, and are made the same everywhere."""
    files = {"content/posts/long.md": post("Long", id="l1", body="Words. " * 500)}
    made = site(
        tmp_path / "site", files, '[deploy.home]\nkind = "folder"\npath = "public"\ncompress = ["gzip", "brotli"]\n'
    )
    assert publish(made).done
    page = "2026/01/long/index.html"
    first = public(made)
    assert gzip.decompress(first[f"{page}.gz"]) == first[page]
    assert len(first[f"{page}.br"]) < len(first[f"{page}.gz"]) < len(first[page])
    unchanged = publish(made, minutes=5)
    assert (unchanged.publication.empty, unchanged.changes.files) == (True, {})
    made.edit("content/posts/long.md", post("Long", id="l1", body="Other words. " * 500))
    sent = {item.path for item in publish(made, minutes=6).publication.send}
    assert sent >= {f"site/{page}", f"site/{page}.gz", f"site/{page}.br"}
    assert gzip.decompress(public(made)[f"{page}.gz"]) == public(made)[page]
