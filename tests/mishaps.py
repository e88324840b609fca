"""What happens to a site behind its editors' backs: times, clocks, flags, the output folder, the cache."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from random import Random
from typing import Any

from desk import MARKER, STATE, Desk, write
from editing import DATES, EDITS, KEYS, edit, pick
from support import NOW
from town import Symlink, png

from generator import dates
from generator.build import Session

# --- times of files


@edit
def touch(desk: Desk, dice: Random) -> str:
    """Files get the present as their time, one or all."""
    names = sorted(desk.world.sources())
    chosen = names if dice.random() < 0.3 else [dice.choice(names)]
    for name in chosen:
        os.utime(desk.root / name, follow_symlinks=False)
    return f"touch {chosen if len(chosen) < 2 else 'all'}"


@edit
def edit_unseen(desk: Desk, dice: Random) -> str | None:
    """An article's letters change, but neither its size nor its time; or its time goes back by a year."""
    found = pick(desk, dice)
    if found is None or found[0] in desk.world.raw:
        return None
    path, chosen = found
    before = (desk.root / path).stat()
    chosen.body = chosen.body.swapcase()
    desk.lay()
    time = before.st_mtime_ns - (dice.random() < 0.3) * 31_536_000 * 10**9
    os.utime(desk.root / path, ns=(time, time))
    return f"swap the case of the body of {path}, with an old time"


@edit
def swap_pictures(desk: Desk, dice: Random) -> str | None:
    """A picture is replaced by one of the same size in bytes and the same time, by a rename."""
    paths = [path for path, data in desk.world.files.items() if path.endswith(".png") and isinstance(data, bytes)]
    if not paths:
        return None
    path, data = dice.choice(sorted(paths)), png(dice.randrange(1, 99), 7)
    file = desk.root / path
    time, fresh = file.stat().st_mtime_ns, file.with_name("fresh")
    fresh.write_bytes(data)
    os.utime(fresh, ns=(time, time))
    fresh.replace(file)
    desk.laid(path, data)
    desk.world.files[path] = data
    return f"put another picture at {path}, of the same time"


@edit
def swap_articles(desk: Desk, dice: Random) -> str | None:
    """Two articles change places by renames; their times go with them."""
    first, second = pick(desk, dice), pick(desk, dice)
    if first is None or second is None or first[0] == second[0] or {first[0], second[0]} & desk.world.raw.keys():
        return None
    for old, new in ((first[0], "content/.swap"), (second[0], first[0]), ("content/.swap", second[0])):
        desk.rename(old, new)
    articles = desk.world.articles
    articles[first[0]], articles[second[0]] = articles[second[0]], articles[first[0]]
    return f"swap {first[0]} and {second[0]}"


@edit
def save_meanwhile(desk: Desk, dice: Random) -> str | None:
    """Something is saved while the next build is at work, so that it may have seen either."""
    name = dice.choice(("edit_body", "retitle", "change_static", "change_template", "retag", "change_setting"))
    done = EDITS[name](desk, dice)
    desk.during = dice.choice((1, 2, 3, 4, 6, 10, 20, 40))
    return done and f"at step {desk.during} of the build: {done}"


# --- clock and flags


@edit
def set_clock(desk: Desk, dice: Random) -> str:
    """The clock goes to an instant at which something appears or goes, just before or just after, or back."""
    known = [*DATES, *KEYS["expires"], *(key for key in KEYS["updated"])]
    at = dates.resolve(dates.parse(dice.choice(known)), dt.UTC)
    desk.now = dice.choice((NOW, at, at - dt.timedelta(seconds=1), at + dt.timedelta(hours=dice.choice((1, 30)))))
    return f"set the clock to {desk.now}"


FLAGS: tuple[dict[str, Any], ...] = (
    {},
    {"drafts": True},
    {"future": True},
    {"drafts": True, "future": True},
    {"overrides": {"base_url": "http://127.0.0.1:8000"}},
    {"overrides": {"theme": "trunk"}},
    {"overrides": {"title": "Else"}},
    {"overrides": {"theme": "plain"}},
)


@edit
def switch_flags(desk: Desk, dice: Random) -> str:
    """From now on with other flags."""
    desk.flags = dice.choice(FLAGS)
    return f"from now on with {desk.flags}"


@edit
def build_specially(desk: Desk, dice: Random) -> str:
    """One build with a flag of its own."""
    desk.once = {dice.choice(("strict", "strict", "keep", "drafts", "fresh")): True}
    return f"once with {desk.once}"


@edit
def build_elsewhere(desk: Desk, dice: Random) -> str:
    """A build of another process, with other flags, comes between, into another folder or the same."""
    flags = dice.choice(({}, {"drafts": True}, {"future": True}, {"overrides": {"base_url": "https://e.example/x"}}))
    desk.lay()
    desk.commit()
    place = dice.choice(("elsewhere", "../elsewhere", "output"))
    desk.build(output=desk.root / place, **flags)
    return f"build into {place} with {flags}"


# --- the output folder


def _outputs(desk: Desk) -> list[Path]:
    found = [path for path in desk.output.rglob("*") if path.name != MARKER and ".git" not in path.parts]
    return sorted(path for path in found if path.is_file() or path.is_symlink())


@edit
def harm_output(desk: Desk, dice: Random) -> str | None:
    """A file of the output is deleted, altered, or replaced by something else."""
    paths = _outputs(desk)
    if not paths:
        return None
    path, times = dice.choice(paths), None
    before = path.lstat()
    kind = dice.choice(
        ("deleted", "altered", "altered with its size and time", "emptied", "folder", "link", "full folder")
    )
    data = path.read_bytes()
    if not kind.startswith("altered"):
        path.unlink()
    if kind.startswith("altered"):
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:] if data else b"")
        times = (before.st_atime_ns, before.st_mtime_ns) if "time" in kind else None
    elif kind == "emptied":
        path.touch()
    elif kind == "link":
        write(path, Symlink(str(desk.outside / "file")))
    elif "folder" in kind:
        write(path / "inner/file.html", b"?") if "full" in kind else path.mkdir()
    if times:
        os.utime(path, ns=times)
    return f"output/{path.relative_to(desk.output)}: {kind}"


@edit
def litter_output(desk: Desk, dice: Random) -> str | None:
    """Someone lays a file, a folder or a link into the output."""
    if not desk.output.is_dir():
        return None
    name = dice.choice(("x.txt", "2026/x.html", "tags/sea/y/z.html", "new/folder/", ".git/config", "2026/01/bridge/.x"))
    path = desk.output / name
    if any(parent.is_file() for parent in path.parents) or path.is_dir():
        return None
    if name.endswith("/"):
        path.mkdir(parents=True)
    else:
        write(path, dice.choice((b"foreign", Symlink(".."))))
    return f"lay output/{name}"


@edit
def harm_folder(desk: Desk, dice: Random) -> str | None:
    """A folder of the output, or all of it, is deleted or replaced by a file or a link."""
    folders = sorted(path for path in desk.output.rglob("*") if path.is_dir() and ".git" not in path.parts)
    if not folders:
        return None
    folder = dice.choice([desk.output, *folders])
    shutil.rmtree(folder)
    kind = dice.choice(("deleted", "a file", "a link")) if folder != desk.output else "deleted"
    if kind != "deleted":
        write(folder, b"x" if kind == "a file" else Symlink(str(desk.outside)))
    return f"{folder.relative_to(desk.root)}: {kind}"


# --- what the build remembers


@edit
def forget(desk: Desk, dice: Random) -> str:
    """The cache is deleted."""
    desk.commit()
    shutil.rmtree(desk.root / STATE, ignore_errors=True)
    return "delete .dateline"


@edit
def keep_copy(desk: Desk, dice: Random) -> str | None:
    """Cache and output are copied, to be put back later."""
    for name in (STATE, "output"):
        if (desk.root / name).is_dir():
            copy = desk.root.with_name(f"{desk.root.name}-{name}-copy")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(desk.root / name, copy, symlinks=True)
            desk.shelf[name] = copy
    return "copy .dateline and output" if desk.shelf else None


@edit
def put_back(desk: Desk, dice: Random) -> str | None:
    """An old cache, an old output, or both are put back, as machines that build for others do."""
    desk.commit()
    names = [name for name in dice.choice(((STATE,), ("output",), (STATE, "output"))) if name in desk.shelf]
    for name in names:
        shutil.rmtree(desk.root / name, ignore_errors=True)
        shutil.copytree(desk.shelf[name], desk.root / name, symlinks=True)
    return f"put back old {names}" if names else None


@edit
def restart(desk: Desk, dice: Random) -> str | None:
    """A preview ends, and another one begins; perhaps the first had no time to write down what it did."""
    if desk.session is None:
        return None
    desk.session = Session.lasting()
    return "restart the preview"


@edit
def move_site(desk: Desk, dice: Random) -> str:
    """The whole folder moves, or is cloned with new times; the cache goes with it, the output perhaps."""
    old, new = desk.root, desk.root.with_name(f"{desk.root.name}m")
    how = dice.choice(("moved", "cloned", "cloned without its output"))
    if how == "moved":
        old.rename(new)
    else:
        left = shutil.ignore_patterns("output") if "without" in how else None
        shutil.copytree(old, new, symlinks=True, ignore=left, copy_function=shutil.copyfile)
        shutil.rmtree(old)
    desk.root = new
    desk.session = Session.lasting() if desk.session else None
    return f"the site is {how}"
