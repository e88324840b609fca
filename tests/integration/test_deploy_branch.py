"""A git branch: history or none, no commit for nothing, nobody's push lost, no work tree touched."""

import os
import shutil
import signal
import subprocess

import pytest
from cutting import cut
from processes import gathering
from publishing import publish, site
from shell import dateline
from support import post

from generator.deploy.branch import Branch
from generator.errors import DeployError


def git(where, *words):
    """What git says."""
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@desk.example")
    return subprocess.run(["git", *who, *words], cwd=where, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def town(tmp_path):
    """A site in a repository of its own, published once to its remote."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "home.git")
    made = site(tmp_path / "site", {}, '[deploy.pages]\nkind = "git"\n')
    (made.root / ".gitignore").write_text("/output/\n/.dateline/\n")
    git(made.root, "init", "-q", "-b", "main")
    git(made.root, "remote", "add", "origin", str(tmp_path / "home.git"))
    git(made.root, "add", ".")
    git(made.root, "commit", "-qm", "Begin")
    assert publish(made).done
    made.home = tmp_path / "home.git"
    return made


def commits(made):
    """How many commits the branch has."""
    return int(git(made.home, "rev-list", "--count", "gh-pages"))


def edit(made, title):
    """Change a story."""
    made.edit("content/posts/good.md", post(title, id="g1"))


def test_history_is_kept(town):
    """Each publication is a commit on the one before; an unchanged site makes none."""
    assert publish(town, minutes=1).publication.empty
    assert commits(town) == 1
    edit(town, "Better")
    assert publish(town, minutes=2).done
    assert commits(town) == 2
    assert "Better" in git(town.home, "show", "gh-pages:2026/01/good/index.html")
    assert "Good" in git(town.home, "show", "gh-pages~1:2026/01/good/index.html")


def test_no_history(town):
    """Where none is wanted, the branch has one commit at any time."""
    town.edit("site.toml", (town.root / "site.toml").read_text() + "history = false\n")
    for minutes, title in enumerate(("Better", "Best"), 1):
        edit(town, title)
        assert publish(town, minutes=minutes).done
        assert commits(town) == 1


def test_the_work_tree_is_left_alone(town):
    """Branch, index and files of the site's own repository are as they were."""
    before = git(town.root, "status", "--porcelain", "--branch"), git(town.root, "rev-parse", "HEAD")
    edit(town, "Better")
    assert publish(town, minutes=1).done
    edit(town, "Good")
    after = git(town.root, "status", "--porcelain", "--branch"), git(town.root, "rev-parse", "HEAD")
    assert [line for line in after[0].splitlines() if "ledger" not in line] == [
        line for line in before[0].splitlines() if "ledger" not in line
    ]
    assert after[1] == before[1]


def test_nobody_is_overwritten(town, tmp_path, monkeypatch):
    """Where someone pushed meanwhile, their commit stays and the publication is refused; the next one sees it."""
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(town.home), "theirs")
    (tmp_path / "theirs/robots.txt").write_text("theirs")
    git(tmp_path / "theirs", "commit", "-qam", "Theirs")
    begin = Branch.begin

    def meanwhile(place, publication):
        git(tmp_path / "theirs", "push", "-q", "origin", "gh-pages")
        begin(place, publication)

    edit(town, "Better")
    with monkeypatch.context() as patch:
        patch.setattr(Branch, "begin", meanwhile)
        with pytest.raises(DeployError, match="someone else pushed"):
            publish(town, minutes=1)
    assert git(town.home, "log", "-1", "--format=%s", "gh-pages") == "Theirs\n"
    sent = {item.path for item in publish(town, minutes=2).publication.send}
    assert {"robots.txt", "2026/01/good/index.html"} <= sent
    assert commits(town) == 3


def test_rollback_goes_forward(town):
    """A former state becomes a new commit, and the next publication another."""
    edit(town, "Better")
    assert publish(town, minutes=1).done
    run = ("deploy", "-s", town.root, "--now", "2026-11-23T09:10:00Z")
    assert dateline(*run, "--rollback").code == 0
    assert "Good" in git(town.home, "show", "gh-pages:2026/01/good/index.html")
    assert commits(town) == 3
    assert dateline(*run, "--list").out.count("\n  ") >= 3
    assert publish(town, minutes=20).done
    assert "Better" in git(town.home, "show", "gh-pages:2026/01/good/index.html")


def test_a_remote_that_is_none_is_told(town):
    """With git's own words."""
    town.edit("site.toml", (town.root / "site.toml").read_text() + 'remote = "nowhere"\n')
    with pytest.raises(DeployError, match=r"git ls-remote failed: .*nowhere"):
        publish(town, minutes=1)


_KILLER = """\
#!/bin/sh
n=1
until mkdir {count}/$n 2>/dev/null; do n=$((n + 1)); done
[ $n -eq $KILL_AT ] || exec {git} "$@"
exec 3<&0
{git} "$@" <&3 &
sleep $KILL_AFTER
kill -9 0
"""
"""Stands where git is, and kills all that a publication has begun, itself too, some seconds after it was called."""


def branch(made):
    """Every file of the branch."""
    names = git(made.home, "ls-tree", "-r", "--name-only", "gh-pages").split()
    return {name: git(made.home, "show", f"gh-pages:{name}") for name in names}


def _killed(made, tmp_path, monkeypatch, points):
    """Kill a publication at some calls of git, some milliseconds after each, then let it complete."""
    (tmp_path / "bin").mkdir()
    count, fake = tmp_path / "count", tmp_path / "bin/git"
    fake.write_text(_KILLER.format(count=count, git=shutil.which("git")))
    fake.chmod(0o755)

    def work():
        os.setsid()
        publish(made, minutes=1)

    with gathering() as one:
        for number, milliseconds in points:
            edit(made, f"Better {number} {milliseconds}")
            old = branch(made)
            shutil.rmtree(count, ignore_errors=True)
            count.mkdir()
            with monkeypatch.context() as patch:
                patch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
                patch.setenv("KILL_AT", str(number))
                patch.setenv("KILL_AFTER", str(milliseconds / 1000))
                ended, _ = cut(work, tmp_path / "none", 0)
            now = branch(made)
            with one():
                assert ended == -signal.SIGKILL, f"there is no call {number}"
                assert publish(made, minutes=2).done
                new = branch(made)
                assert f"Better {number} {milliseconds}" in new["2026/01/good/index.html"]
                assert now in (old, new), f"killed {milliseconds} ms after call {number}: readers see a half"


def _at_an_address(made):
    """Let the place be an address of git, not a remote of the site's own repository."""
    made.edit("site.toml", (made.root / "site.toml").read_text() + f'remote = "{made.home}"\n')
    assert publish(made).done


@pytest.mark.parametrize("named", [True, False])
def test_killed_at_some_calls(town, tmp_path, monkeypatch, named):
    """Killed while it writes or pushes: the branch is the old one or the new one, and the next run completes."""
    if not named:
        _at_an_address(town)
    _killed(town, tmp_path, monkeypatch, ((5, 1), (8, 6)))


@pytest.mark.long
@pytest.mark.parametrize("named", [True, False])
def test_killed_at_many_calls(town, tmp_path, monkeypatch, named):
    """The same at a hundred points."""
    if not named:
        _at_an_address(town)
    _killed(town, tmp_path, monkeypatch, ((number % 10 + 1, number // 10 * 6) for number in range(100)))
