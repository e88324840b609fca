"""The README's quick start works word for word, each terminal as a newcomer has it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import REPOSITORY

HEADING = "## Five minutes from a raw article to a served site\n"
SERVE = "dateline serve"


def blocks():
    """The indented blocks of the chapter: those of the first terminal, of the second, and of the own site."""
    chapter = (REPOSITORY / "README.md").read_text("utf-8").partition(HEADING)[2].partition("\n## ")[0]
    found = re.findall(r"(?:^    .*\n)+", chapter, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip() for block in found]


@pytest.fixture
def clone(tmp_path):
    """What a clone and the README's first command leave, as far as the example site needs it."""
    folder = tmp_path / "clone"
    shutil.copytree(REPOSITORY / "content", folder / "content")
    shutil.copy(REPOSITORY / "site.toml", folder)
    (folder / ".venv").symlink_to(Path(sys.prefix))
    return folder


def shell(commands, clone):
    """Run commands as a new terminal would that was opened in the clone."""
    bare = {"HOME": str(clone.parent), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(["bash", "-ec", commands], cwd=clone, env=bare, capture_output=True, text=True, check=False)


def test_each_terminal_of_the_quick_start(clone):
    """The second terminal finds the command by its own lines; the own site is begun beside the clone, and is sound."""
    first, second, own = blocks()
    assert first.endswith(SERVE)
    assert own.endswith(SERVE)  # a server of one's own comes last, when the first is stopped
    done = shell(f"{second}\n{own.removesuffix(SERVE)}", clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing wrong" in done.stdout
    news = clone.parent / "news"
    assert len(list((news / "content" / "posts").rglob("*.md"))) == 2
    assert '<a href="/about/">About</a>' in (news / "output" / "index.html").read_text("utf-8")
    assert not (clone / "news").exists()
