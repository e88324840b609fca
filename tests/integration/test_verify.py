"""`dateline build --verify`: is the output what a clean build makes, and what is not?"""

import pytest
from shell import build
from support import NOW, post

from generator.build import BuildRequest, Silent
from generator.build.verify import Fault, verify
from generator.records import replace

FILES = {
    "content/posts/a.md": post("Alpha", "2026-11-20 10:00", tags="[Ferry]", section="News"),
    "content/posts/b.md": post("Beta", "2026-11-21 10:00", tags="[Ferry, Council]"),
    "content/posts/soon.md": post("Soon", "2026-12-21 10:00"),
    "content/posts/draft.md": post("Draft", status="draft"),
    "content/images/dot.png": b"\x89PNG\xff\xfe",
}


def asked(site):
    """The request of the fixture's builds."""
    return BuildRequest(root=site.root, output=site.output, now=NOW, jobs=1)


@pytest.fixture
def built(site):
    """A site that has been built."""
    made = site(FILES)
    made.build()
    return made


def test_a_sound_output_is_verified(built):
    """After edits, additions and removals the command counts the files that are right, and ends with 0."""
    built.edit("content/posts/a.md", post("Alpha, again", "2026-11-20 10:00"))
    built.add("content/posts/c.md", post("Gamma", "2026-11-22 10:00", tags="[Ferry]"))
    built.remove("content/posts/b.md")
    said = build(built, "--verify")
    assert (said.code, said.err) == (0, "")
    assert f"verified: {len(built.tree()) - 1} files are what a clean build makes" in said.out


@pytest.mark.parametrize(
    "options",
    [("--drafts",), ("--future",), ("--base-url", "https://example.net/blog"), ("--theme", "plain"), ("-o", "other")],
)
def test_the_second_build_is_asked_the_same(built, options, monkeypatch):
    """Flags, overrides and the clock are those of the build that is verified."""
    monkeypatch.chdir(built.root)
    said = build(built, "--verify", *options)
    assert (said.code, said.err) == (0, "")


def test_each_difference_is_named(built):
    """What is missing, what is too much and what differs is told, with the first line of text that is not the same."""
    (built.output / "robots.txt").unlink()
    (built.output / "old.html").write_text("gone")
    (built.output / "images/dot.png").write_bytes(b"\x89PNG\xff\xff")
    page = built.output / "2026/11/a/index.html"
    page.write_text(page.read_text("utf-8").replace("<p>Text.</p>", "<p>Test.</p>"), "utf-8")
    line = page.read_text("utf-8").split("\n").index("<p>Test.</p>") + 1
    verdict = verify(asked(built), Silent())
    assert [(found.path, found.fault, found.line) for found in verdict.differences] == [
        ("2026/11/a/index.html", Fault.DIFFERENT, line),
        ("images/dot.png", Fault.DIFFERENT, 0),
        ("old.html", Fault.SUPERFLUOUS, 0),
        ("robots.txt", Fault.MISSING, 0),
    ]
    assert (verdict.differences[0].here, verdict.differences[0].clean) == ("<p>Test.</p>", "<p>Text.</p>")


def test_a_long_line_is_shown_where_it_differs(site):
    """Of a line of a thousand letters only what is around the first different one is shown, on one line."""
    made = site({"content/posts/a.md": post(body="x" * 1000 + "NEEDLE" + "y" * 1000)})
    made.build()
    page = made.output / "2026/01/a/index.html"
    page.write_text(page.read_text("utf-8").replace("xNEEDLE", "x\tNEEDLE"), "utf-8")
    found = next(one for one in verify(asked(made), Silent()).differences if one.path.endswith("a/index.html"))
    assert "NEEDLE" in found.clean
    assert "x\\x09NEEDLE" in found.here
    assert max(len(found.here), len(found.clean)) < 100


def test_a_link_in_the_output_is_different(built):
    """A file whose place a link took is told, even where the link leads to the same bytes."""
    page = built.output / "robots.txt"
    page.rename(built.root / "robots.txt")
    page.symlink_to(built.root / "robots.txt")
    (found,) = verify(asked(built), Silent()).differences
    assert (found.path, found.fault) == ("robots.txt", Fault.DIFFERENT)


def test_what_is_someone_elses_is_not_compared(built):
    """A `.git` or `.nojekyll` at the top of the output is no difference; what hides deeper, or in .well-known, is."""
    for name in (".git/HEAD", ".nojekyll", "2026/.secret", ".well-known/x"):
        (built.output / name).parent.mkdir(exist_ok=True)
        (built.output / name).write_text("x")
    found = [one.path for one in verify(asked(built), Silent()).differences]
    assert found == [".well-known/x", "2026/.secret"]


@pytest.fixture
def secretive(site, tmp_path, monkeypatch):
    """A site whose Markdown extension reads a file that Dateline cannot know of; twenty-five stories."""
    package = tmp_path / "lib" / f"secretive_{tmp_path.name}"  # a process keeps an extension under its name
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "stamp.py").write_text(
        "from pathlib import Path\n"
        "from markdown.extensions import Extension\n"
        "from markdown.postprocessors import Postprocessor\n"
        "class Stamp(Postprocessor):\n"
        "    def run(self, text):\n"
        "        return text + Path(__file__).with_name('word.txt').read_text()\n"
        "class Stamps(Extension):\n"
        "    def extendMarkdown(self, md):\n"
        "        md.postprocessors.register(Stamp(md), 'stamp', 1)\n"
        "def makeExtension(**kwargs):\n"
        "    return Stamps(**kwargs)\n"
    )
    (package / "word.txt").write_text("<p>morning</p>")
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    settings = 'title = "T"\nbase_url = "https://example.org"\nauthor_lists = false\n'
    settings += '[markup]\nextensions = ["PACKAGE.stamp"]\n[feeds]\nitems = 1\nformats = ["rss"]\n'.replace(
        "PACKAGE", package.name
    )
    stories = {f"content/posts/{n}.md": post(f"Story {n}", f"2026-10-{n + 1:02}") for n in range(25)}
    made = site({"site.toml": settings, **stories})
    return made, package / "word.txt"


def test_what_dateline_cannot_see_is_found_out(secretive):
    """Where an extension reads a file of its own, --verify names pages and lines and ends with 1; --fresh mends it."""
    made, word = secretive
    assert build(made, "--verify").code == 0
    word.write_text("<p>evening</p>")
    said = build(made, "--verify")
    assert said.code == 1
    assert "error: 26 files are not what a clean build makes; it makes" in said.err
    assert "  different: 2026/10/0-story/index.html:" in said.err
    assert "    here:        <p>Text.</p><p>morning</p>\n    clean build: <p>Text.</p><p>evening</p>\n" in said.err
    assert "--fresh" in said.err
    assert "verified" not in said.out
    assert build(made, "--verify", "--fresh").code == 0


def test_many_differences_are_counted(secretive):
    """Twenty differences are named and the others counted; with -v all are named."""
    made, word = secretive
    made.build()
    word.write_text("<p>evening</p>")
    few, all_of_them = build(made, "--verify"), build(made, "--verify", "-v")
    assert few.err.count("  different: ") == 20
    assert "  and 6 more; -v shows all" in few.err
    assert all_of_them.err.count("  different: ") == 26
    assert "more;" not in all_of_them.err


def folders(site):
    """What lies in the site's folder and in that of its memory."""
    return sorted(path.name for folder in (site.root, site.root / ".dateline") for path in folder.iterdir())


class Interrupting(Silent):
    """Presses Ctrl-C in the middle of the work."""

    def step(self):
        """Press it."""
        raise KeyboardInterrupt


def test_nothing_of_the_second_build_stays(built):
    """Verified, failed or interrupted with Ctrl-C: no folder is left behind, nor one that a killed process left."""
    before = folders(built)
    verify(asked(built), Silent())
    assert folders(built) == before
    state = next((built.root / ".dateline").glob("build-*"))
    stray = state.with_name(f"verify-{state.name}") / "output" / "half"
    stray.parent.mkdir(parents=True)
    stray.write_text("half a page")
    with pytest.raises(KeyboardInterrupt):
        verify(asked(built), Interrupting())
    assert folders(built) == before


def test_verifying_leaves_output_and_memory_alone(built):
    """The files keep their times, and the next build has nothing to do."""
    times = {path: path.stat().st_mtime_ns for path in built.output.rglob("*")}
    verify(replace(asked(built), fresh=True), Silent())
    assert {path: path.stat().st_mtime_ns for path in built.output.rglob("*")} == times
    assert built.build().rendered == {}


def test_a_build_that_wrote_nothing_is_not_verified(built):
    """With --strict and a problem nothing is written, so there is nothing to compare; the exit code is 1."""
    built.add("content/posts/bad.md", "---\ntitle: Bad\ndate: never\n---\n")
    said = build(built, "--strict", "--verify")
    assert said.code == 1
    assert "verified" not in said.out
    assert "clean build" not in said.err


def test_errors_in_content_do_not_disturb(built):
    """A post with an error is off the site in both builds: verified, and the exit code is still 1."""
    built.add("content/posts/bad.md", "---\ntitle: Bad\ndate: never\n---\n")
    said = build(built, "--verify")
    assert said.code == 1
    assert "verified: " in said.out


def test_quiet_success_says_nothing(built):
    """With -q, an output that is right is not worth a word."""
    assert build(built, "--verify", "-q") == (0, "", "")
