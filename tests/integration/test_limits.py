"""Goal R20: many posts and tags with few open files and little memory."""

import time
from pathlib import Path

import pytest
from processes import Process, linux
from support import SETTINGS, post
from tiny import THEME

FEW_FILES = "ulimit -n 256"


def _site(root, posts, tags):
    """A site of very short posts with two tags each, every tag used."""
    files = {**THEME, "site.toml": f'{SETTINGS}theme = "tiny"\n'}
    for number in range(posts):
        date = f"{2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}"
        names = f"[topic {number % tags}, topic {(number * 7 + 3) % tags}]"
        files[f"content/posts/{number // 1000}/p{number}.md"] = post(f"Post {number}", date, "Text.", tags=names)
    for name in {str(Path(name).parent) for name in files}:
        (root / name).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / name).write_text(text)


def _memory(process):
    """Megabytes that all processes of a build take together, what they share counted once (proc(5), smaps_rollup)."""
    total = 0
    for pid in process.members():
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _build(root, seconds):
    """Build under the limits; how it ended and the most memory that it took at any time."""
    peak = 0.0
    with Process("build", root, "--jobs", "2", limit=FEW_FILES) as process:
        while process.running:
            peak = max(peak, _memory(process))
            time.sleep(0.03)
        return process.wait(seconds), peak


def _assert_large(root, posts, tags, most, record_property):
    """Build a large site, then again after an edit; each within the limits."""
    linux()
    _site(root, posts, tags)
    for what in ("first", "again"):
        ended, peak = _build(root, 3600)
        record_property(f"{what}: MB", round(peak))
        record_property(f"{what}: s", round(ended.seconds, 1))
        print(f"{posts} posts, {what} build: {peak:.0f} MB, {ended.seconds:.1f} s")
        assert ended.code == 0, ended.err[-2000:]
        assert peak <= most, f"{what} build took {peak:.0f} MB, more than {most}"
        assert sum(1 for _ in (root / "output").glob("2*/*/p*/index.html")) == posts
        assert sum(1 for _ in (root / "output/tags").glob("*/index.html")) == tags
        (root / "content/posts/0/p0.md").write_text(
            post("Post 0", "2000-01-01 00:00", "Other.", tags="[topic 0, topic 3]")
        )


def test_two_thousand_posts(tmp_path, record_property):
    """2,000 posts with 1,000 tags: 256 open files and 200 MB are enough."""
    _assert_large(tmp_path, 2_000, 1_000, 200, record_property)


@pytest.mark.long
def test_ten_thousand_posts(tmp_path, record_property):
    """10,000 posts with 5,000 tags: 256 open files and 345 MB are enough."""
    _assert_large(tmp_path, 10_000, 5_000, 345, record_property)


@pytest.mark.long
def test_a_hundred_thousand_posts(tmp_path, record_property):
    """100,000 posts with 50,000 tags: 256 open files and 2,000 MB are enough."""
    _assert_large(tmp_path, 100_000, 50_000, 2_000, record_property)


def test_nested_folders(tmp_path):
    """Folders within folders without an end: told with a way out, with few open files, and the rest is published."""
    root = tmp_path / "site"
    _site(root, 1, 1)
    deep = root / "content/posts"
    for _ in range(6):
        deep = deep.joinpath(*["a"] * 150)
        deep.mkdir(parents=True)
    (deep / "deep.md").write_text(post("Deep", "2026-01-01", "Text."))
    with Process("build", root, limit=FEW_FILES) as process:
        ended = process.wait()
    assert ended.code == 1
    assert "lies within 100 other folders, so that nothing in it is read" in ended.err
    assert "move it up" in ended.err
    assert "Traceback" not in ended.err
    assert "1 post" in ended.out
