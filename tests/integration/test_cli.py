"""The command line, as a shell sees it: what it prints where, and its exit codes."""

import json
import os
import re
import subprocess
import sys

import pytest
from support import REPOSITORY, post

SAMPLE = REPOSITORY.parent / "shared" / "samples" / "raw-article-en.txt"
RAW = """Tuesday, 3 March 2026

Ferry stays in harbour

Ferry stays in harbour




A gale kept the morning boat in.


“Nobody sails today,” said Zoë Çelik, the harbour master.


The boat will leave on Wednesday.



No comments:"""


def run(*arguments, cwd=None, stdin=None, **environment):
    """One run of the command, in a process of its own, with its output as text."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
    )


@pytest.fixture
def demo(tmp_path):
    """A site begun by `dateline init`."""
    result = run("init", "demo", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    return tmp_path / "demo"


def raw_story(demo, raw):
    """Import, build, import again; the one post file, and what the second import printed."""
    assert run("import", raw, cwd=demo).returncode == 0
    built = run("build", cwd=demo)
    assert (built.returncode, built.stderr) == (0, "")
    files = list((demo / "content/posts").rglob("*.md"))
    before = [(path, path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    again = run("import", raw, cwd=demo)
    assert again.returncode == 0
    assert before == [(path, path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    assert len(list((demo / "content/posts").rglob("*.md"))) == 1
    return files[0], again.stdout


def test_raw_article_becomes_a_site(demo, tmp_path):
    """A raw text is imported once, and is on its page, in the month's archive, the tag index and the feed."""
    (tmp_path / "raw.txt").write_text(RAW)
    file, again = raw_story(demo, tmp_path / "raw.txt")
    assert file.relative_to(demo).as_posix() == "content/posts/2026/03/ferry-stays-in-harbour.md"
    assert "unchanged" in again
    page = (demo / "output/2026/03/ferry-stays-in-harbour/index.html").read_text()
    assert page.count("<h1") == 1
    assert "“Nobody sails today,” said Zoë Çelik" in page
    assert "comments" not in page.lower()
    for name in ("tags/index.html", "2026/03/index.html", "feed.xml"):
        assert (demo / "output" / name).is_file()
    assert "<title>Ferry stays in harbour</title>" in (demo / "output/feed.xml").read_text()


def test_sample_article_becomes_one_post(demo):
    """The real raw article gives exactly one post, dated by its date line, its headline once, no comment line."""
    if not SAMPLE.is_file():
        pytest.skip("the sample article is not at hand")
    file, _ = raw_story(demo, SAMPLE)
    text = file.read_text()
    assert "date: 2023-05-09" in text
    assert file.parent == demo / "content/posts/2023/05"
    assert text.count("Turkiye rejects US proposal to send Russian air defenses to Ukraine") == 1
    assert "No comments" not in text
    assert "Mevlüt Çavuşoğlu" in text
    assert (demo / "output/2023/05/index.html").is_file()


def test_import_reads_standard_input_and_reports(demo, tmp_path):
    """`import -` reads a text; --report lists what was left out, verbatim."""
    report = tmp_path / "report.json"
    result = run("import", "-", "--report", report, "--tag", "Ferry", "--section", "News", cwd=demo, stdin=RAW)
    assert result.returncode == 0, result.stderr
    assert "No comments:" in json.dumps(json.loads(report.read_text()), ensure_ascii=False)


def test_import_without_a_date_says_how_to_give_one(demo):
    """A text without a date line is refused with two ways out, and both work."""
    text = "\n".join(RAW.splitlines()[2:])
    refused = run("import", "-", cwd=demo, stdin=text)
    assert refused.returncode == 1
    assert "--date" in refused.stderr
    assert "--draft" in refused.stderr
    assert run("import", "-", "--date", "2026-03-03", cwd=demo, stdin=text).returncode == 0


def test_exit_codes(demo, tmp_path):
    """0 done, 1 problems in content, 2 wrong usage or settings; never a traceback."""
    assert run("build", cwd=demo).returncode == 0
    (demo / "content/posts/bad.md").write_text("---\ntitle: Bad\ndate: never\n---\n")
    bad = run("build", cwd=demo)
    assert bad.returncode == 1
    assert "content/posts/bad.md:3: error: `date` is not a date: 'never'" in bad.stderr
    wrong = {
        "no such option": ("build", "--nothing"),
        "no site here": ("build", "-s", tmp_path),
        "no such theme": ("build", "--theme", "nowhere"),
        "not an instant": ("build", "--now", "noon"),
        "a site already": ("init", demo),
        "empty title": ("new", " "),
        "no command": (),
        "unknown command": ("publish",),
        "base URL": ("build", "-u", "example"),
        "output is the site": ("build", "-o", "."),
        "output in content": ("build", "-o", "content/out"),
    }
    for what, arguments in wrong.items():
        result = run(*arguments, cwd=demo)
        assert result.returncode == 2, (what, result.stdout, result.stderr)
        assert "Traceback" not in result.stderr, what
        assert result.stderr.strip(), what


@pytest.mark.parametrize(
    ("arguments", "cause", "fix"),
    [
        (("build", "-s", "site.toml"), "site.toml is a file, no folder", "--source DIR"),
        (("init", "site.toml"), "site.toml is a file, so no site can be made there", "choose another folder"),
        (("init", "site.toml/news"), "site.toml is a file, so no site can be made there", "choose another folder"),
        (("serve", "--host", "203.0.113.7", "-p", "0"), "cannot listen on 203.0.113.7:0", "leave --host out"),
    ],
)
def test_what_is_no_place_is_told(demo, arguments, cause, fix):
    """A file where a folder belongs, or a host that is not this machine: exit code 2, and the way out that helps."""
    said = run(*arguments, cwd=demo)
    assert said.returncode == 2
    assert f"error: {cause}" in said.stderr
    assert fix in said.stderr


def test_strict_writes_nothing(demo):
    """With --strict a warning fails the build before it writes."""
    (demo / "content/posts/a.md").write_text(post("A", colour="red"))
    strict = run("build", "--strict", cwd=demo)
    assert strict.returncode == 1
    assert "`colour` is not a key of front matter" in strict.stderr
    assert not (demo / "output").exists()
    assert run("build", cwd=demo).returncode == 0


def test_what_is_not_published_is_told(demo):
    """Drafts, scheduled, expired and withdrawn posts are named with the reason and the time left; flags show them."""
    files = {
        "draft": post("Draft", status="draft"),
        "later": post("Later", "2026-12-01 09:00"),
        "gone": post("Gone", expires="2026-02-01"),
        "withdrawn": post("Withdrawn", status="withdrawn"),
    }
    for name, text in files.items():
        (demo / f"content/posts/{name}.md").write_text(text)
    now = ("--now", "2026-11-23T09:00:00Z")
    out = run("build", *now, cwd=demo).stdout
    assert "content/posts/draft.md: draft" in out
    assert "content/posts/later.md: scheduled for 2026-12-01 09:00 +0000, in 8 days" in out
    assert "content/posts/gone.md: expired since 2026-02-01 00:00 +0000" in out
    assert "content/posts/withdrawn.md: withdrawn" in out
    assert not (demo / "output/2026/12").exists()
    run("build", *now, "-D", "-F", cwd=demo)
    assert (demo / "output/2026/12/later/index.html").is_file()
    assert (demo / "output/2026/01/draft/index.html").is_file()
    run("build", "--now", "2026-12-01T09:00:00Z", cwd=demo)
    assert (demo / "output/2026/12/later/index.html").is_file()
    assert not (demo / "output/2026/01/draft").exists()


def test_new_makes_a_post_with_an_id(demo):
    """`new` writes a post that builds, with an id of twelve letters and digits; it overwrites nothing."""
    made = run("new", "Çok güzel: ılık", "--language", "tr", "--tag", "A", "--author", "B C", cwd=demo)
    path = demo / made.stdout.strip()
    assert path.name == "cok-guzel-ilik.md"
    assert re.search(r"^id: '?[0-9a-z]{12}'?$", path.read_text(), re.MULTILINE)
    again = run("new", "Çok güzel: ılık", "--language", "tr", cwd=demo)
    assert again.returncode == 2
    assert "exists already" in again.stderr
    assert run("build", "-F", "--strict", cwd=demo).returncode == 0


def test_plain_output_in_a_pipe(demo):
    """No colour codes and no progress bar in a pipe; results on stdout, problems on stderr; -q leaves problems only."""
    (demo / "content/posts/bad.md").write_text("no front matter")
    result = run("build", cwd=demo)
    assert "\x1b" not in result.stdout + result.stderr
    assert "Built 0 posts and 1 page" in result.stdout
    assert "error:" not in result.stdout
    quiet = run("build", "-q", cwd=demo)
    assert quiet.stdout == ""
    assert "content/posts/bad.md:1: error: has no front matter" in quiet.stderr


def terminal(command, demo, **environment):
    """What a command prints on a terminal."""
    import pty

    primary, secondary = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *command],
        cwd=demo,
        stdout=secondary,
        stderr=secondary,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm-256color", **environment},
    )
    os.close(secondary)
    seen = b""
    while True:
        try:
            chunk = os.read(primary, 4096)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    process.wait()
    os.close(primary)
    return seen.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_colour_on_a_terminal_only_where_wanted(demo):
    """Errors are red on a terminal, and plain where NO_COLOR says so."""
    (demo / "content/posts/bad.md").write_text("no front matter")
    assert "\x1b[31m" in terminal(["build"], demo, NO_COLOR="")
    assert "\x1b[31m" not in terminal(["build"], demo, NO_COLOR="1")


def test_version_and_module(tmp_path):
    """`python -m generator --version` names the version, and needs no site."""
    from generator import __version__

    result = run("--version", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, f"dateline {__version__}\n")
    for command in ("init", "new", "import", "build", "serve"):
        shown = run(command, "--help", cwd=tmp_path)
        assert shown.returncode == 0
        assert "Usage: dateline" in shown.stdout


def test_base_url_with_a_path(demo):
    """Under https://host/blog every link begins with /blog, and the files stay where they were."""
    (demo / "content/posts/a.md").write_text(post("A", body="See [about](/about/) and [b](b.md)."))
    (demo / "content/posts/b.md").write_text(post("B", "2026-01-03"))
    assert run("build", "-u", "https://example.org/blog", cwd=demo).returncode == 0
    page = (demo / "output/2026/01/a/index.html").read_text()
    assert 'href="/blog/about/"' in page
    assert 'href="/blog/2026/01/b/"' in page
    assert not re.search(r'(?:href|src)="/(?!blog/)', page)
    assert "https://example.org/blog/2026/01/a/" in (demo / "output/feed.xml").read_text()
