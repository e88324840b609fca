"""The output folder: written whole or not at all, equal bytes left alone, and only what is ours."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import require
from hypothesis import given, settings
from hypothesis import strategies as st
from support import NOW, REPOSITORY, SiteFixture, messages, post

from generator.errors import OutputError, UsageError
from generator.writer import MARKER, Root, replace_file

FILES = {
    "content/posts/a.md": post("First"),
    "content/posts/b.md": post("Second", date="2026-02-03", tags="[sea]"),
    "content/notes.txt": "plain",
}


def traces(folder):
    """Inode, time and size of every file, by path."""
    return {
        path.relative_to(folder).as_posix(): (info.st_ino, info.st_mtime_ns, info.st_size)
        for path in folder.rglob("*")
        if stat.S_ISREG((info := path.lstat()).st_mode)
    }


def temporaries(folder):
    """Temporary files that stand anywhere below a folder."""
    return list(folder.rglob(".dateline-tmp-*"))


def run(*arguments, **options):
    """`dateline` as a process of its own."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, **options)


# --- what changes, and what does not


def test_a_second_build_touches_nothing(site):
    """Equal bytes keep their inode and time, and the report says so."""
    fixture = site(FILES)
    first = fixture.build()
    before = traces(fixture.output)
    again = fixture.build()
    assert (first.unchanged, first.removed) == (0, 0)
    assert (again.written, again.removed, again.unchanged) == (0, 0, first.written)
    assert traces(fixture.output) == before


def test_an_edit_writes_what_differs_and_nothing_else(site):
    """A changed body is written to a new inode at its page and its feeds; other files keep theirs."""
    fixture = site(FILES)
    fixture.build()
    before, old = traces(fixture.output), fixture.tree()
    fixture.edit("content/posts/a.md", post("First", body="Text.\n\nOther text."))
    report = fixture.build()
    after, new = traces(fixture.output), fixture.tree()
    changed = {name for name in new if new[name] != old.get(name)}
    assert changed == {"2026/01/a/index.html", "feed.xml", "atom.xml", "feed.json"}
    assert report.written == len(changed)
    assert {name for name in after if after[name] != before[name]} == changed
    assert all(after[name][0] != before[name][0] for name in changed)


def test_an_altered_or_lost_output_is_mended(site):
    """What someone edited, emptied, deleted or replaced by a link or folder in output/ comes back."""
    fixture = site(FILES)
    fixture.build()
    good = fixture.tree()
    (fixture.output / "index.html").write_text("vandal")
    (fixture.output / "feed.xml").write_bytes(b"")
    (fixture.output / "notes.txt").unlink()
    (fixture.output / "robots.txt").unlink()
    (fixture.output / "robots.txt").symlink_to(fixture.root / "site.toml")
    (fixture.output / "404.html").unlink()
    (fixture.output / "404.html" / "deep").mkdir(parents=True)
    (fixture.output / "404.html" / "deep" / "x").write_text("x")
    settings_before = (fixture.root / "site.toml").read_bytes()
    fixture.build()
    assert fixture.tree() == good
    assert not (fixture.output / "robots.txt").is_symlink()
    assert (fixture.root / "site.toml").read_bytes() == settings_before


def test_links_in_output_are_replaced_not_followed(site, tmp_path):
    """A folder of output that became a link leads nothing out: its place is taken by a real folder."""
    fixture = site(FILES)
    fixture.build()
    good = fixture.tree()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("theirs")
    (outside / "keep.txt").write_text("theirs")
    for name in ("2026", "tags"):
        shutil.rmtree(fixture.output / name)
        (fixture.output / name).symlink_to(outside)
    (fixture.output / "stray").symlink_to(outside)
    fixture.build()
    assert fixture.tree() == good
    assert sorted(path.name for path in outside.iterdir()) == ["index.html", "keep.txt"]
    assert {path.read_text() for path in outside.iterdir()} == {"theirs"}


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_history_ends_in_the_planned_tree(data):
    """Whatever files came before, with names that were folders and the reverse, what is planned is what stands."""
    names = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        for _ in range(4):
            wanted = {}
            for name, text in data.draw(st.dictionaries(names, st.binary(max_size=3), max_size=6)).items():
                if not any(other.startswith(f"{name}/") or name.startswith(f"{other}/") for other in wanted):
                    wanted[name] = text
            root = Root(path)
            root.adopt()
            for name, text in wanted.items():
                root.write(name, text)
            root.sweep([*wanted, MARKER])
            stand = {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*") if p.is_file()}
            assert stand.pop(MARKER)
            assert stand == wanted
            folders = {p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_dir()}
            assert folders == {str(parent) for name in wanted for parent in Path(name).parents if str(parent) != "."}


def test_a_file_becomes_a_folder_and_a_file_again(site):
    """A name changes from file to folder and back, with nothing left over."""
    fixture = site({**FILES, "content/thing": "a file"})
    fixture.build()
    clean = fixture.tree()
    fixture.remove("content/thing")
    fixture.add("content/thing/inner.txt", "in a folder")
    fixture.build()
    assert fixture.page("thing/inner.txt") == "in a folder"
    shutil.rmtree(fixture.root / "content" / "thing")
    fixture.add("content/thing", "a file")
    report = fixture.build()
    assert fixture.tree() == clean
    assert messages(report) == []


def test_what_is_gone_from_the_site_is_gone_from_output(site):
    """A deleted post takes its page, its day, month and tag with it, and the folders that this empties."""
    fixture = site(FILES)
    fixture.build()
    fixture.remove("content/posts/b.md")
    fixture.remove("content/notes.txt")
    report = fixture.build()
    fresh = site({"content/posts/a.md": FILES["content/posts/a.md"]})
    fresh.build()
    assert fixture.tree() == fresh.tree()
    assert report.removed == len({"story", "day", "month", "tag", "sitemap", "notes", "RSS", "Atom", "JSON"})
    assert not [path for path in fixture.output.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_well_known_files_come_and_go(site):
    """`.well-known/` is the one dotted folder that content fills, so it is cleaned as all others are."""
    fixture = site({**FILES, "content/.well-known/security.txt": "Contact: x"})
    fixture.build()
    assert fixture.page(".well-known/security.txt") == "Contact: x"
    fixture.remove("content/.well-known/security.txt")
    fixture.build()
    assert not (fixture.output / ".well-known").exists()


# --- what is not ours


def test_dotted_entries_of_the_top_stay(site):
    """A `.git`, a `.nojekyll` and whatever else with a dot someone put at the top are left alone; deeper ones go."""
    fixture = site(FILES)
    fixture.build()
    (fixture.output / ".git" / "refs").mkdir(parents=True)
    (fixture.output / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    (fixture.output / ".nojekyll").write_text("")
    (fixture.output / "2026" / ".git").mkdir()
    (fixture.output / "2026" / ".git" / "HEAD").write_text("x")
    (fixture.output / "2026" / ".DS_Store").write_text("x")
    (fixture.output / "Thumbs.db").write_text("x")
    before = traces(fixture.output / ".git")
    fixture.build()
    assert traces(fixture.output / ".git") == before
    assert (fixture.output / ".git" / "refs").is_dir()
    assert (fixture.output / ".nojekyll").exists()
    assert not list((fixture.output / "2026").rglob(".*"))
    assert not (fixture.output / "Thumbs.db").exists()


def test_a_fresh_publishing_branch_may_be_built_into(site):
    """A folder that holds but `.git` is as good as empty."""
    fixture = site(FILES)
    (fixture.output / ".git").mkdir(parents=True)
    (fixture.output / ".git" / "HEAD").write_text("ref")
    fixture.build()
    assert (fixture.output / ".git" / "HEAD").read_text() == "ref"
    assert (fixture.output / "index.html").exists()


@pytest.mark.parametrize("name", ["thesis.txt", ".bashrc", "folder/deep.txt", "index.html", ".dateline-output/x"])
def test_a_folder_that_is_not_ours_is_refused_untouched(site, tmp_path, name):
    """A foreign folder, however small, is named with a way out, and nothing in it is written or deleted."""
    fixture = site(FILES)
    foreign = tmp_path / "home"
    (foreign / name).parent.mkdir(parents=True)
    (foreign / name).write_text("mine")
    before = traces(foreign)
    with pytest.raises(OutputError) as caught:
        fixture.build(output=foreign)
    text = str(caught.value)
    assert str(foreign) in text
    assert "--output" in text
    assert MARKER in text
    assert traces(foreign) == before
    done = run("build", "-s", fixture.root, "-o", foreign)
    assert done.returncode == 1
    assert "was not made by Dateline" in done.stderr


def test_the_way_out_works(site, tmp_path):
    """As the message says: an empty file of that name makes the folder ours."""
    fixture = site(FILES)
    foreign = tmp_path / "old"
    foreign.mkdir()
    (foreign / "old.html").write_text("old")
    (foreign / MARKER).touch()
    fixture.build(output=foreign)
    assert not (foreign / "old.html").exists()
    assert (foreign / "index.html").exists()
    assert (foreign / MARKER).stat().st_size


def test_output_that_is_a_file_or_a_link_is_refused(site, tmp_path):
    """The message names it; what it leads to is not written."""
    fixture = site(FILES)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("x")
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    for name in ("link", "file", "dangling"):
        with pytest.raises(OutputError, match=f"{name} is not a folder"):
            fixture.build(output=tmp_path / name)
    assert not list((tmp_path / "real").iterdir())
    assert not (tmp_path / "none").exists()


def test_output_may_not_overlap_the_site(site, tmp_path):
    """Output at the site's folder, above it, or in its content or themes: exit code 2, nothing changes."""
    fixture = site({**FILES, "themes/broadsheet/assets/x.txt": "x"})
    (tmp_path / "alias").symlink_to(fixture.root / "content")
    before = traces(tmp_path)
    root = fixture.root
    overlapping = (
        root, root.parent, Path("/"), root / "content", root / "content" / "posts" / "new", root / "themes" / "x",
        root / "output" / "..", root / "content" / ".." / "content", tmp_path / "alias", tmp_path / "alias" / "new",
    )  # fmt: skip
    for output in overlapping:
        with pytest.raises(UsageError, match="overlaps"):
            fixture.build(output=output)
    assert traces(tmp_path) == before
    assert run("build", "-s", root, "-o", root).returncode == 2


def test_the_writer_itself_stays_below_its_root(tmp_path):
    """Should a plan ever hold a path that leads out or to what is not ours, the last door is shut."""
    root = Root(tmp_path / "out")
    root.adopt()
    (tmp_path / "out" / ".git").mkdir()
    for name in (
        "../x",
        "a/../../x",
        "a/../b",
        "/etc/x",
        "",
        ".git/config",
        MARKER,
        f"{MARKER}/x",
        "./x",
        "a//b",
        ".x",
    ):
        with pytest.raises(OutputError, match="is not a build's to write"):
            root.write(name, b"x")
    assert root.write(".well-known/x", b"x")
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["out", MARKER, ".git", ".well-known", "x"])


# --- whole or not at all


def test_bytes_change_at_once(tmp_path):
    """A failure amid writing leaves the old bytes, no temporary file, and is not swallowed."""
    target = tmp_path / "page.html"
    replace_file(target, b"old")

    with pytest.raises(TypeError):
        replace_file(target, ["not", "bytes"])
    assert target.read_bytes() == b"old"
    assert not temporaries(tmp_path)


def test_a_temporary_file_that_a_crash_left_is_no_trap(tmp_path):
    """One of the same name goes; one that is a link is not followed."""
    victim = tmp_path / "victim"
    victim.write_text("theirs")
    temporary = tmp_path / f".dateline-tmp-{os.getpid()}"
    temporary.symlink_to(victim)
    replace_file(tmp_path / "page.html", b"new")
    assert victim.read_text() == "theirs"
    temporary.write_text("left by a crash")
    replace_file(tmp_path / "page.html", b"newer")
    assert (tmp_path / "page.html").read_bytes() == b"newer"
    assert not temporaries(tmp_path)


def test_temporary_files_of_a_killed_build_are_swept(site):
    """At the top and deep below, whatever process left them."""
    fixture = site(FILES)
    fixture.build()
    good = fixture.tree()
    for folder in ("", "2026/01/a", "tags"):
        (fixture.output / folder / ".dateline-tmp-99999").write_text("half")
    fixture.build()
    assert fixture.tree() == good


def test_files_have_the_mode_that_umask_gives(site):
    """A web server of another user can read them: not the 0600 of a temporary file."""
    for mask, file_mode, folder_mode in ((0o022, 0o644, 0o755), (0o027, 0o640, 0o750), (0o002, 0o664, 0o775)):
        fixture = site(FILES)
        old = os.umask(mask)
        try:
            fixture.build()
            fixture.edit("content/posts/a.md", post("Edited"))
            fixture.build()
        finally:
            os.umask(old)
        modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in fixture.output.rglob("*")}
        assert modes == {(False, file_mode), (True, folder_mode)}


def changing(site):
    """A built site with an addition, an edit and a deletion to come; its tree before and, by a twin, after them."""
    fixture = site({**FILES, **{f"content/posts/n{n}.md": post(f"Number {n}") for n in range(5)}})
    fixture.build()
    old = fixture.tree()
    fixture.remove("content/posts/b.md")
    fixture.add("content/posts/c.md", post("Third", date="2026-03-04"))
    fixture.edit("content/posts/a.md", post("Edited", body="Words. " * 1000))
    twin = site()
    shutil.copytree(fixture.root / "content", twin.root / "content")
    twin.build()
    return fixture, old, twin.tree()


def check_refused(fixture, text, words, old, new):
    """The message is a person's; each file has its old or its new bytes; once mended, the build is whole."""
    assert str(fixture.root) in text
    assert words in text
    assert "Traceback" not in text
    tree = fixture.tree()
    assert tree != new
    for name, data in tree.items():
        assert data in (old.get(name), new.get(name)), name
    assert not temporaries(fixture.output)
    fixture.build()
    assert fixture.tree() == new


@pytest.mark.real
@pytest.mark.parametrize(
    ("fault", "words"),
    [("rename:error=EACCES:when=3", "Permission denied"), ("unlink:error=EIO:when=1", "Input/output error")],
)
def test_what_the_system_refuses_is_told_with_its_path(site, fault, words):
    """A rename or a deletion that fails, by strace: exit code 1, the path in the message, no half of a file."""
    strace = require("strace", "strace")
    fixture, old, new = changing(site)
    command = [
        strace, "-f", "--seccomp-bpf", "-o", os.devnull, "-e", f"trace={fault.partition(':')[0]}",
        "-e", f"inject={fault}", sys.executable, "-B", "-m", "generator", "build", "-s", str(fixture.root), "-j", "1",
        "--now", NOW.isoformat(),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-500:]
    check_refused(fixture, done.stderr, words, old, new)


def test_a_disk_that_is_full_leaves_no_half(site):
    """Files beyond a size cannot be written: the build stops, names the path and leaves the old bytes."""
    resource = pytest.importorskip("resource")
    fixture, old, new = changing(site)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6000, limits[1]))
    try:
        with pytest.raises(OutputError) as caught:
            fixture.build()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    check_refused(fixture, str(caught.value), "File too large", old, new)


def test_a_read_only_output_is_told(site, tmp_path):
    """Where the output folder cannot be made, the exit code is 1 and the message names it."""
    fixture = site(FILES)
    blocked = tmp_path / "file"
    blocked.write_text("x")
    done = run("build", "-s", fixture.root, "-o", blocked / "below")
    assert done.returncode == 1
    assert str(blocked) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_user_without_permission_is_told():
    """Output that may not be written: exit code 1, the path, and not a byte changed."""
    nobody = 65534
    base = Path(tempfile.mkdtemp(prefix="dateline-"))  # pytest's own folders are closed to other users
    folders = []
    try:
        base.chmod(0o755)
        fixture = SiteFixture(base / "site", FILES)
        fixture.build()
        before = traces(fixture.output)
        fixture.edit("content/posts/a.md", post("Edited"))
        folders = [fixture.output, *(path for path in fixture.output.rglob("*") if path.is_dir())]
        for folder in folders:
            folder.chmod(0o555)
        if root := os.geteuid() == 0:
            os.seteuid(nobody)  # whom, unlike root, permissions bind
        try:
            with pytest.raises(OutputError) as caught:
                fixture.build()
        finally:
            if root:
                os.seteuid(0)
        assert caught.value.exit_code == 1
        assert str(fixture.root) in str(caught.value)
        assert "Permission denied" in str(caught.value)
        assert traces(fixture.output) == before
    finally:
        for folder in folders:
            folder.chmod(0o755)
        shutil.rmtree(base)
