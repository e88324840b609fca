"""A branch of a git repository, as GitHub Pages and GitLab Pages publish it. No work tree is needed or touched.

The branch's own tree says what is there: git names each file by its bytes, so nothing need be noted and nothing can be
stale. A commit is pushed only where the branch is what it was when we looked, so two publications cannot mix.
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

from generator import codec
from generator.cache.state import FOLDER, ready
from generator.config import Deploy
from generator.deploy import programs
from generator.deploy.place import Claim, Release, Step
from generator.deploy.publication import Item, Manifest, Publication, Stored
from generator.errors import DeployError, Problem
from generator.writer import replace_file

_FILE = "100644"
_GONE = "Gone since "
"""How a commit notes what lingers."""
_LISTED = 20
"""Commits that are looked at as former states."""


class Branch:
    """See Place.

    Args:
        root: The site's folder.
        name: Of the place.
        settings: The place's.
        now: In seconds since 1970.
    """

    site = ""
    beside: str | None = None
    headers = False

    def __init__(self, root: Path, name: str, settings: Deploy, now: float) -> None:
        self.title = f"branch {settings.branch} of {programs.redacted(settings.remote)}"
        self._root, self._settings, self._now = root, settings, int(now)
        self._ref = f"refs/dateline/{name}"
        self._own = root / FOLDER / f"deploy-{name}.git"
        self._book = root / FOLDER / f"deploy-{name}.blobs"
        domain = {"CNAME": f"{settings.cname}\n".encode()} if settings.cname else {}
        self.own: Mapping[str, bytes] = {".nojekyll": b"", **domain}
        self._head = ""
        self._import: subprocess.Popen[bytes] | None = None
        self._marks: dict[str, str] = {}

    # --- git

    def _is_named(self) -> bool:
        """Whether the remote is one of the site's own repository, with all that is set for it there."""
        return ":" not in self._settings.remote and "/" not in self._settings.remote

    def _words(self, *words: str) -> list[str]:
        where = ["-C", str(self._root)] if self._is_named() else [f"--git-dir={self._own}"]
        return ["git", "-c", "gc.auto=0", "-c", "core.quotePath=false", *where, *words]

    def _git(self, *words: str, data: bytes = b"") -> str:
        try:
            return programs.run(self._words(*words), data).decode("utf-8", "surrogateescape")
        except programs.FailedError as error:
            fix = "run the same by hand: `git " + programs.redacted(" ".join(words[:3])) + "`"
            raise DeployError(Problem(f"git {words[0]} failed: {error}", fix)) from error

    @property
    def _remote(self) -> str:
        """A path is seen from the site's folder."""
        remote = self._settings.remote
        return remote if self._is_named() or ":" in remote else str((self._root / Path(remote).expanduser()).resolve())

    def lock(self, claim: Claim, *, force: bool) -> None:
        """See Place: pushing is what can be done by one alone."""

    def unlock(self) -> None:
        """See Place."""
        if self._import is not None:
            self._import.kill()
            self._import.communicate()
            self._import = None

    def close(self) -> None:
        """See Place."""

    # --- what is there

    def _fetch(self, depth: int = 1) -> str:
        """Have the branch's last commit here; its name, empty where there is no branch."""
        ready(self._root / FOLDER)
        if not self._is_named() and not self._own.is_dir():
            programs.run(["git", "init", "--quiet", "--bare", str(self._own)])
        branch = f"refs/heads/{self._settings.branch}"
        head = self._git("ls-remote", "--", self._remote, branch).partition("\t")[0]
        if head and (depth > 1 or not self._has(head)):
            shallow = not self._is_named() or self._git("rev-parse", "--is-shallow-repository").strip() == "true"
            few = [f"--depth={depth}"] if shallow else []
            self._git("fetch", "--quiet", "--no-tags", "--force", *few, "--", self._remote, f"{branch}:{self._ref}")
        return head

    def _has(self, commit: str) -> bool:
        try:
            programs.run(self._words("cat-file", "-e", f"{commit}^{{tree}}"))
        except programs.FailedError:
            return False
        return True

    def look(self, items: Mapping[str, Item]) -> dict[str, Stored]:
        """See Place."""
        self._head = self._fetch()
        if not self._head:
            return {}
        names, gone = _Names(self._book), self._lingering()
        found = {}
        for line in self._git("ls-tree", "-r", "-z", "--full-tree", self._head).split("\0")[:-1]:
            about, _, path = line.partition("\t")
            mode, _, name = about.split(" ")
            item = items.get(path)
            same = item is not None and mode == _FILE and names.of(item, len(name)) == name
            found[path] = Stored(item.digest if same and item else "", tag=name, gone=gone.get(path))
        names.save(items.values())
        return found

    def _lingering(self) -> dict[str, float]:
        """Since when the site has no longer some files that are there; the last commit says so."""
        found = {}
        for line in self._git("log", "-1", "--format=%B", self._head).splitlines():
            if line.startswith(_GONE):
                since, _, path = line.removeprefix(_GONE).partition(" ")
                found[path] = float(since) if since.isdecimal() else 0.0
        return found

    def read(self, paths: Sequence[str]) -> dict[str, bytes]:
        """See Place."""
        found = {path: self._git("cat-file", "blob", f"{self._head}:{path}") for path in paths}
        return {path: text.encode("utf-8", "surrogateescape") for path, text in found.items()}

    # --- what is done

    def begin(self, publication: Publication) -> None:
        """See Place."""
        words = self._words("fast-import", "--quiet", "--force", "--date-format=raw", "--done")
        self._import = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self._marks = {path: stored.tag for path, stored in publication.kept.items()}
        self._marks |= {path: stored.tag for path, stored in publication.lingering.items()}

    @property
    def _stream(self) -> IO[bytes]:
        assert self._import is not None
        assert self._import.stdin is not None
        return self._import.stdin

    def put(self, items: Sequence[Item], step: Step) -> dict[str, Stored]:
        """See Place."""
        found = {}
        for item in items:
            data, mark = item.data(), f":{len(self._marks) + 1}"
            self._write(b"blob\nmark %s\ndata %d\n%s\n" % (mark.encode(), len(data), data))
            self._marks[item.path] = mark
            found[item.path] = Stored(item.digest, tag=mark)
            step()
        return found

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
        except BrokenPipeError:
            raise self._failed() from None

    def _failed(self) -> DeployError:
        assert self._import is not None
        said = self._import.communicate()[1].decode("utf-8", "replace")
        return DeployError(Problem(f"git fast-import failed: {programs.redacted(said)}", "check space and permissions"))

    def note(self, manifest: Manifest) -> None:
        """See Place: until the push, nothing that readers see has changed."""

    def verify(self, stored: Mapping[str, Stored]) -> None:
        """See Place: git does."""

    def delete(self, paths: Sequence[str]) -> None:
        """See Place: the new tree never has them."""

    def activate(self, manifest: Manifest) -> str:
        """See Place."""
        self._write(b"".join(self._commit(manifest)))
        assert self._import is not None
        said = self._import.communicate()[1]
        if self._import.returncode:
            raise DeployError(Problem(f"git fast-import failed: {programs.redacted(said.decode())}", "check space"))
        self._import = None
        return self._push(self._git("rev-parse", self._ref).strip())

    def _commit(self, manifest: Manifest) -> list[bytes]:
        gone = {path: stored.gone for path, stored in manifest.files.items() if stored.gone is not None}
        notes = "".join(f"{_GONE}{int(since)} {path}\n" for path, since in sorted(gone.items()))
        message = f"Publish {len(manifest.files) - len(gone):,} files\n\n{notes}".rstrip("\n").encode() + b"\n"
        lines = [b"commit %s\n" % self._ref.encode()]
        lines += [b"committer %s %d +0000\n" % (self._author().encode(), self._now)]
        lines += [b"data %d\n%s" % (len(message), message)]
        if self._head and self._settings.history:
            lines.append(b"from %s\n" % self._head.encode())
        lines.append(b"deleteall\n")
        for path, mark in sorted(self._marks.items()):
            lines.append(b"M %s %s %s\n" % (_FILE.encode(), mark.encode(), _quoted(path)))
        return [*lines, b"\n", b"done\n"]

    def _author(self) -> str:
        name, mail = self._setting("user.name", "Dateline"), self._setting("user.email", "dateline@localhost")
        return f"{name} <{mail}>"

    def _setting(self, key: str, default: str) -> str:
        try:
            said = programs.run(["git", "-C", str(self._root), "config", "--get", key])
        except programs.FailedError:
            return default
        return said.decode("utf-8", "replace").translate(dict.fromkeys(map(ord, "<>\n"))).strip() or default

    def _push(self, commit: str) -> str:
        """Push a commit where the branch is what it was; its short name."""
        branch = f"refs/heads/{self._settings.branch}"
        lease = f"--force-with-lease={branch}:{self._head}"
        try:
            self._git("push", "--quiet", lease, "--", self._remote, f"{commit}:{branch}")
        except DeployError as error:
            cause = error.problems[0].cause
            if "stale info" in cause or "fetch first" in cause or "rejected" in cause:
                cause = f"someone else pushed to {self.title} meanwhile, or it is protected: {cause}"
            raise DeployError(Problem(cause, "run `dateline deploy` again")) from error
        self._git("update-ref", self._ref, commit)
        return commit[:12]

    # --- what was

    def releases(self) -> list[Release]:
        """See Place: commits of the branch."""
        head = self._fetch(depth=_LISTED)
        if not head:
            return []
        names = self._git("rev-list", "--first-parent", f"--max-count={_LISTED}", head).split()
        return [Release(name, name == head) for name in names]

    def roll_back(self, release: str) -> list[str]:
        """See Place: a new commit with a former tree, since a branch goes forward."""
        self._head = self._fetch()
        tree = self._git("rev-parse", f"{release}^{{tree}}").strip()
        name, _, mail = self._author().rstrip(">").partition(" <")
        who = ("-c", f"user.name={name}", "-c", f"user.email={mail}")
        message = f"Back to {release[:12]}"
        commit = programs.run(self._words(*who, "commit-tree", tree, "-p", self._head, "-m", message))
        self._push(commit.decode().strip())
        return self._git("diff-tree", "-r", "-z", "--name-only", self._head, release).split("\0")[:-1]


def _quoted(path: str) -> bytes:
    return b'"' + path.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


class _Names:
    """How git names files, by our digests; a file is read only where that is not known.

    Args:
        book: Where they are kept.
    """

    def __init__(self, book: Path) -> None:
        self._book = book
        try:
            self._known = codec.from_json(book.read_bytes(), dict[str, str])
        except (OSError, codec.CodecError):
            self._known = {}
        self._before = dict(self._known)

    def of(self, item: Item, length: int) -> str:
        """Git's name of a file; `length` tells with which digest."""
        name = self._known.get(item.digest, "")
        if len(name) != length:
            data = item.data()
            head = b"blob %d\0" % len(data)
            name = (hashlib.sha1 if length == 40 else hashlib.sha256)(head + data).hexdigest()
            self._known[item.digest] = name
        return name

    def save(self, items: Iterable[Item]) -> None:
        """Keep what is known of these."""
        known = {item.digest: self._known[item.digest] for item in items if item.digest in self._known}
        if known != self._before:
            replace_file(self._book, codec.to_json(known))
