"""The same site gives the same bytes, whatever the machine: workers, hash seed, time zone, language, folder, Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from desk import Desk, tree
from support import REPOSITORY
from town import World, article, png

NEEDED = "import anyascii, babel, click, frontmatter, jinja2, markdown, msgspec, nh3, PIL, yaml"
WORDS = ("Über Größe", "İstanbul'da ışık", "東京の橋", "Ça va", "Ñandú", "C++ & C#", "Éire", "zebra", "Öl", "Apfel")
BODIES = (
    "A *first* paragraph[^1].\n\n[^1]: Foot.\n\n## A heading\n\n| a | b |\n| - | - |\n| 1 | 2 |",
    "See [the first](p00.md) and [by id](id:fixed).\n\n- one\n- two\n\n```python\nprint({1, 2})\n```",
    "![map](/images/map.png)\n\n<b>bold</b> <script>no()</script>\n\nTerm\n:   Meaning\n\n*[HTML]: Hypertext\n\nHTML.",
)

# Every site is built in each of these ways at least once in twelve.
WAYS = {
    "jobs": (1, 2, 4, 8),
    "hash seed": ("0", "1", "random"),
    "zone": ("UTC", "Asia/Kolkata", "America/St_Johns"),
    "locale": ("C", "C.UTF-8", "tr_TR.UTF-8"),
    "folder": ("s", "a folder/with blanks", "größe/東京"),
    "umask": (0o022, 0o077),
    "clock": ("2026-11-22T09:00:00Z", "2026-11-23T09:00:00+05:30", "2026-11-24T09:00:00Z", "2027-11-23T09:00:00Z"),
    "order": ("as it is", "shuffled"),
}
SHUFFLED = """
import os, random
_scandir, _listdir = os.scandir, os.listdir


class _Shuffled:
    def __init__(self, *path):
        self._inner = _scandir(*path)
        self._found = list(self._inner)
        random.shuffle(self._found)

    def __iter__(self):
        return iter(self._found)

    def __next__(self):
        if not self._found:
            raise StopIteration
        return self._found.pop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._inner.close()

    def close(self):
        self._inner.close()


def listdir(*path):
    found = _listdir(*path)
    random.shuffle(found)
    return found


os.scandir, os.listdir = _Shuffled, listdir
"""
"""A `sitecustomize` by which every folder's entries come in another order each time."""


def world():
    """Eighty stories in several languages, enough that processes share the work; nothing is scheduled."""
    articles = {}
    for n in range(80):
        keys = {
            "section": ("town", "sport", "Ödön")[n % 3],
            "tags": f"[{WORDS[n % 10]}, {WORDS[n % 7]}x]",
            "authors": f"[{WORDS[n % 4]}, {WORDS[4 + n % 3]}]",
            "language": ("en", "tr", "de", "ja")[n % 4],
            "aliases": f"[/old/{n}/]",
        }
        date = f"2026-{n % 10 + 1:02}-{n % 28 + 1:02}{' 23:30' if n % 2 else ''}"
        identity = {"id": "fixed"} if n == 0 else {}
        articles[f"content/posts/p{n:02}.md"] = article(WORDS[n % 10], date, BODIES[n % 3], **keys, **identity)
    articles["content/posts/東京.md"] = article("東京", "2026-01-01", series="İlk")
    articles["content/pages/größe.md"] = article("Größe")
    settings = {
        "title": '"Größe"',
        "base_url": '"https://example.org/news"',
        "timezone": '"America/New_York"',
        "language": '"tr"',
        "page_size": "7",
        "extra": "{ b = 1, a = { d = 2, c = 3 } }",
    }
    return World(articles, settings, {"content/images/map.png": png(9, 9), "content/é/ü.txt": b"x"})


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The site, its output by a plain build, and a `sitecustomize`."""
    folder = tmp_path_factory.mktemp("home")
    desk = Desk(folder / "site", world())
    (folder / "shuffled").mkdir()
    (folder / "shuffled/sitecustomize.py").write_text(SHUFFLED)
    run(desk.root, {})
    (folder / "output").mkdir()
    (desk.root / "output").rename(folder / "output/first")
    return folder


def run(site, way, python=sys.executable, **env):
    """Build a site with the command, in an environment of its own."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONHASHSEED": way.get("hash seed", "0"),
        "TZ": way.get("zone", "UTC"),
        "LANG": way.get("locale", "C.UTF-8"),
        "LC_ALL": way.get("locale", "C.UTF-8"),
        **env,
    }
    command = [python, "-m", "generator", "build", "-q", "-s", str(site), "-o", str(site / "output")]
    command += ["--now", way.get("clock", "2026-11-23T09:00:00Z"), "--jobs", str(way.get("jobs", 1))]
    options = {"cwd": REPOSITORY, "capture_output": True, "text": True, "env": environment}
    done = subprocess.run(command, check=False, umask=way.get("umask", 0o022), **options)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return done.stderr


def way_of(number):
    """The choices of a number; each dimension goes through all of its values in an order of its own."""
    chosen = {}
    for name, values in WAYS.items():
        order = list(values)
        Random(f"{name} {number // len(values)}").shuffle(order)
        chosen[name] = order[number % len(values)]
    return chosen


def assert_same(home, folder, way, **options):
    """Copy the site, file by file in any order, build it in that way, and compare."""
    site = folder / way["folder"]
    names = list(Desk(folder / "plain", world()).world.sources())
    Random(str(way)).shuffle(names)
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(home / "site" / name, site / name)
    if way["order"] == "shuffled":
        options["PYTHONPATH"] = str(home / "shuffled")
    said = run(site, way, **options)
    got, want = tree(site / "output"), tree(home / "output/first")
    assert sorted(name for name in got.keys() | want.keys() if got.get(name) != want.get(name)) == [], (way, said)


@pytest.mark.parametrize("number", range(12))
def test_same_bytes(home, tmp_path, number):
    """Twelve ways to build, each dimension with each of its values."""
    assert_same(home, tmp_path, way_of(number))


@pytest.mark.long
@pytest.mark.parametrize("number", range(12, 108))
def test_same_bytes_long(home, tmp_path, number):
    """Ninety-six more."""
    assert_same(home, tmp_path, way_of(number))


def pythons():
    """Other Pythons at hand: those of pyenv, and those that DATELINE_PYTHONS names."""
    named = [Path(path) for path in os.environ.get("DATELINE_PYTHONS", "").split(os.pathsep) if path]
    found = sorted(Path("~/.pyenv/versions").expanduser().glob("3.1[1-9]*/bin/python"))
    return [*named, *found]


@pytest.mark.parametrize("python", pythons(), ids=lambda path: f"{path.parent.parent.name}")
def test_other_pythons(home, tmp_path, python):
    """Every Python that has the libraries gives the same bytes."""
    able = subprocess.run([python, "-c", NEEDED], check=False, capture_output=True, text=True, env={"PATH": ""})
    if able.returncode:
        pytest.skip(f"{python} lacks the libraries: {able.stderr.strip().splitlines()[-1]}")
    assert_same(home, tmp_path, way_of(1), python=str(python))


def test_clean_and_incremental_over_processes(tmp_path):
    """A site that grew over ten builds, each by another number of processes, is the one that is built at once."""
    whole = world()
    grown = World({}, dict(whole.settings), dict(whole.files))
    desk = Desk(tmp_path / "grown", grown)
    paths = sorted(whole.articles)
    for n in range(0, len(paths), 9):
        grown.articles.update({path: whole.articles[path] for path in paths[n : n + 9]})
        desk.lay()
        desk.build(jobs=n % 4 + 1)
    outcome, clean = desk.clean(tmp_path / "clean")
    assert outcome.problems == desk.build().problems
    assert tree(desk.output) == clean
