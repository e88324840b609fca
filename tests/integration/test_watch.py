"""What the preview says has changed is what a person changed."""

import time

from generator.server.serve import _changed
from generator.server.watch import Watcher
from generator.writer import TEMPORARY


def test_a_folder_that_goes_is_named_alone(tmp_path):
    """Where `content/` is renamed, no other folder that is watched is said to have changed."""
    content, others = tmp_path / "content", tmp_path / ".venv" / "themes"
    (content / "posts").mkdir(parents=True)
    (content / "posts" / "a.md").write_text("A")
    others.mkdir(parents=True)
    watcher = Watcher(tmp_path, [content, tmp_path / "themes", others])
    watcher.start()
    try:
        time.sleep(0.3)
        content.rename(tmp_path / "away")
        seen = watcher._changes.get(timeout=30)
        time.sleep(0.2)
    finally:
        watcher.stop()
    seen = seen.union(*watcher._changes.queue)
    assert any(path.is_relative_to(content) for path in seen)
    assert others not in seen


def test_drafts_of_files_are_not_named(tmp_path):
    """A file that a command lays into place is named, not the draft that it was; a draft alone is."""
    draft, post = (tmp_path / "content" / name for name in (f"{TEMPORARY}7", "a.md"))
    assert _changed({draft, post}, tmp_path) == "Changed: content/a.md"
    assert _changed({post, tmp_path / "site.toml", draft}, tmp_path) == "Changed: content/a.md and 1 more"
    assert _changed({draft}, tmp_path) == f"Changed: content/{TEMPORARY}7"
