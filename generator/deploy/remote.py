"""A folder on another machine, by ssh: releases as in `folder`, made and switched by a few lines of shell there.

Files go up under the names of their digests, into `state/incoming/`, by rsync or, where one side has none, by sftp. A
publication that was cut off leaves them there, so the next one sends the rest. A release is then made from them and
from hard links to the one before, and shown by one rename of a link.
"""

from __future__ import annotations

import shlex
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from generator.config import Deploy
from generator.deploy import disk, programs
from generator.deploy.names import CURRENT, RELEASE, foreign, next_name
from generator.deploy.place import STALE, Claim, Clock, Release, Step, is_dead
from generator.deploy.publication import Item, Manifest, Publication, Stored, differing
from generator.errors import DeployError, Problem

_TRIES = 4
_LOST = 255
"""Exit code of ssh where the connection failed."""
_RELEASE = RELEASE.pattern.replace(r"\d", "[0-9]")
"""As grep understands it."""

_OURS = """\
if [ -e {path}/current ] || [ -h {path}/current ]; then
    readlink {path}/current | grep -Exq 'releases/{release}' || { echo foreign; exit 0; }
fi
"""
"""Before lines that change what is there, or look at it."""
_LOOK = """\
[ -d {path} ] || exit 0
cd {path} || exit 1
current=$(readlink current 2>/dev/null)
printf '%s\\n' "${current##*/}"
(ls releases 2>/dev/null | tr '\\n' ' '); echo
cat "state/${current##*/}.json" 2>/dev/null || echo
cd current/. 2>/dev/null || exit 0
find . -type f -exec stat -c '%s %Y %n' {} + 2>/dev/null || find . -type f -exec stat -f '%z %m %N' {} +
"""
_READ = """\
cd current/. || exit 0
while IFS= read -r path; do
    if [ -f "$path" ]; then printf '%s %s\\n' "$(wc -c < "$path" | tr -d ' ')" "$path"; cat "$path"; fi
done
"""
_LOCK = """\
mkdir -p {path} && cd {path} && mkdir -p releases state/incoming || exit 1
if (set -C; cat > state/lock) 2>/dev/null; then echo ours; exit 0; fi
cat state/lock
[ -z "$(find state/lock -mmin +{minutes})" ] || echo stale
"""
_TAKE = """\
mkdir state/lock.taken || exit 1
[ "$(cat state/lock)" = {old} ] && cat > state/lock.new && mv -f state/lock.new state/lock && echo ours
rmdir state/lock.taken
"""
_READY = """\
command -v rsync || echo
ls -A state/incoming
"""
_VERIFY = """\
cd state/incoming && ls -A && echo && (sha256sum -- * 2>/dev/null || shasum -a 256 -- * 2>/dev/null)
exit 0
"""
_MAKE = """\
[ "$(readlink current 2>/dev/null)" != releases/{name} ] || exit 0  # all was done, and the answer was lost
rm -rf releases/next releases/{name} state/made
for name in $(ls releases | grep -Ex 'old-{release}'); do rm -rf "releases/$name"; done
if [ -d current/. ]; then
    cp -pRl current/. releases/next 2>/dev/null || { rm -rf releases/next; cp -pR current/. releases/next; } || exit 1
fi
mkdir -p releases/next/site && cd releases/next || exit 1
while IFS=' ' read -r verb digest when path; do
    case $verb in
    gone) rm -f "$path" || exit 1;;
    clear) find . -depth -type d -exec rmdir {} + 2>/dev/null;;
    made)
        [ -d "${path%/*}" ] || mkdir -p "${path%/*}" || exit 1
        cp "../../state/incoming/$digest" "$path" || exit 1
        printf '%s\\0' "$path" >> ../../state/made;;
    dated)
        TZ=UTC0 xargs -0 touch -t "$when" -- < ../../state/made || exit 1
        rm -f ../../state/made;;
    manifest) cat > ../../state/next.json;;
    esac
done
cd ../.. && mv -f state/next.json state/{name}.json && mv releases/next releases/{name} || exit 1
"""
_SHOW = """\
rm -f current.next && ln -s releases/{name} current.next || exit 1
mv -fT current.next current 2>/dev/null || mv -fh current.next current || exit 1
"""
_TIDY = """\
for name in {old}; do
    mv "releases/$name" "releases/old-$name" && rm -rf "releases/old-$name" "state/$name.json"
done
rm -rf state/incoming
exit 0
"""


class Remote:
    """See Place.

    Args:
        root: The site's folder.
        settings: The place's.
        clock: What time it is, and how to wait.
    """

    site = "site/"
    beside: str | None = "host/"
    headers = False
    own: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, root: Path, settings: Deploy, clock: Clock) -> None:
        self.title = f"{settings.host}:{settings.path}"
        self._settings, self._now, self._sleep = settings, clock.now, clock.sleep
        self._path = settings.path.removeprefix("~/")  # where ssh begins
        self._scratch = Path(tempfile.mkdtemp(prefix="dateline-"))
        port = ["-p", str(settings.port)] if settings.port else []
        config = ["-F", str(root / settings.ssh_config)] if settings.ssh_config else []
        shared = ("BatchMode=yes", "ControlMaster=auto", f"ControlPath={self._scratch}/c", "ControlPersist=60")
        self._options = [*config, *(word for option in shared for word in ("-o", option))]
        self._ssh = ["ssh", *port, *self._options]
        self._releases: list[Release] = []
        self._listed: list[str] = []
        self._incoming: set[str] = set()
        self._rsync = False
        self._before: Mapping[str, Stored] = {}
        self._sent: dict[str, tuple[str, str]] = {}
        self._claim: Claim | None = None
        self._work: Publication | None = None

    # --- ssh

    def _shell(self, script: str, data: bytes = b"", *, where: bool = True) -> str:
        """Run some lines of shell in the place's folder; tried again where the connection fails.

        Raises:
            DeployError: They failed, or there is no connection.
        """
        folder = f"cd {shlex.quote(self._path)} || exit 1\n" if where else ""
        words = [*self._ssh, "--", self._settings.host, f"sh -c {shlex.quote(folder + script)}"]
        return self._tried(lambda: programs.run(words, data)).decode("utf-8", "surrogateescape")

    def _there(self, script: str, data: bytes = b"") -> str:
        """Run some lines of shell that begin outside the place's folder, which may not be there yet.

        Raises:
            DeployError: What readers see there is not ours.
        """
        path = shlex.quote(self._path)
        said = self._shell((_OURS + script).replace("{path}", path).replace("{release}", _RELEASE), data, where=False)
        if said == "foreign\n":
            raise foreign(f"{self.title}/{CURRENT}")
        return said

    def _tried(self, work: Callable[[], bytes]) -> bytes:
        for number in range(1, _TRIES + 1):
            try:
                return work()
            except programs.FailedError as error:
                if number == _TRIES or error.code not in (_LOST, 12, 30, 35):  # rsync: stream, timeout, connection
                    fix = f"try `ssh {self._settings.host}` by hand; readers see what they saw before"
                    raise DeployError(Problem(f"{self.title}: {error}", fix)) from error
                self._sleep(2.0 ** (number - 1))
        raise AssertionError

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(programs.FailedError, DeployError):
            programs.run([*self._ssh, "-O", "exit", "--", self._settings.host])
        shutil.rmtree(self._scratch, ignore_errors=True)

    # --- who may

    def lock(self, claim: Claim, *, force: bool) -> None:
        """See Place."""
        said = self._there(_LOCK.replace("{minutes}", str(int(STALE // 60))), claim.dump())
        if said != "ours\n":
            stale = said.endswith("stale\n")
            old = said.removesuffix("stale\n").rstrip("\n")
            holder = Claim.load(old.encode())
            if holder != claim and not (force or stale or is_dead(holder, claim)):
                raise holder.refused(self._now)
            if holder != claim and self._shell(_TAKE.replace("{old}", shlex.quote(old)), claim.dump()) != "ours\n":
                raise holder.refused(self._now)
        self._claim = claim

    def unlock(self) -> None:
        """See Place."""
        if self._claim is not None:
            mine = shlex.quote(self._claim.dump().decode())
            self._claim = None
            with suppress(DeployError):  # a lock that stays is told from a live one by its age
                self._shell(f'[ "$(cat state/lock)" = {mine} ] && rm -f state/lock; exit 0')

    # --- what is there

    def look(self, items: Mapping[str, Item]) -> dict[str, Stored]:  # noqa: ARG002
        """See Place."""
        said = self._there(_LOOK)
        current, releases, manifest, *listed = [*said.split("\n"), "", "", ""]
        names = sorted(filter(RELEASE.fullmatch, releases.split()), reverse=True)
        self._releases = [Release(name, name == current) for name in names]
        known = Manifest.load(manifest.encode("utf-8", "surrogateescape")).files
        lines = [line.split(" ", 2) for line in listed]
        tags = {words[2].removeprefix("./"): f"{words[1]}000000000-{words[0]}" for words in lines if len(words) == 3}
        self._listed = list(tags)
        found = {}
        for path, tag in tags.items():
            if (stored := known.get(path)) is not None:
                found[path] = stored if stored.tag == tag else Stored("", stored.mark, tag, stored.gone)
        return found

    def read(self, paths: Sequence[str]) -> dict[str, bytes]:
        """See Place: each file stands behind a line with its size and its path."""
        said = self._shell(_READ, "".join(f"{path}\n" for path in paths).encode()).encode("utf-8", "surrogateescape")
        found = {}
        while said:
            head, _, rest = said.partition(b"\n")
            size, _, path = head.decode().partition(" ")
            found[path], said = rest[: int(size)], rest[int(size) :]
        return found

    # --- what is done

    def begin(self, publication: Publication) -> None:
        """See Place."""
        self._work, self._before, self._sent = publication, publication.before, {}
        rsync, *names = self._shell(_READY).split("\n")
        self._rsync = bool(rsync.strip() and shutil.which("rsync"))
        self._incoming = set(names)

    def put(self, items: Sequence[Item], step: Step) -> dict[str, Stored]:
        """See Place."""
        folder = self._scratch / "outgoing"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        found = {}
        for item in items:
            data, when = item.data(), disk.moment(self._now, self._before.get(item.path))
            if item.digest not in self._incoming:
                (folder / item.digest).write_bytes(data)
            self._sent[item.path] = item.digest, time.strftime("%Y%m%d%H%M.%S", time.gmtime(when))
            found[item.path] = Stored(item.digest, item.mark, f"{when}000000000-{len(data)}")
            step()
        if names := sorted(path.name for path in folder.iterdir()):
            self._send(folder, names)
        return found

    def _send(self, folder: Path, names: Sequence[str]) -> None:
        """Send files into `state/incoming/`; each is there as a whole or not at all."""
        target = f"{self._path.rstrip('/')}/state/incoming/"
        if self._rsync:
            words = ["rsync", "-rs", "--ignore-existing", "-e", shlex.join(self._ssh), f"{folder}/"]
            self._tried(lambda: programs.run([*words, f"{self._settings.host}:{target}"]))
            return
        lines = [f"cd {_sftp_quoted(target)}"]
        for name in names:
            lines += [f"put {_sftp_quoted(str(folder / name))} .part", f"rename .part {name}"]
        port = ["-P", str(self._settings.port)] if self._settings.port else []
        words = ["sftp", "-q", *port, *self._options, "-b", "-", self._settings.host]
        self._tried(lambda: programs.run(words, "\n".join(lines).encode() + b"\n"))

    def note(self, manifest: Manifest) -> None:  # noqa: ARG002
        """See Place: the lock is renewed; until the switch, nothing that readers see has changed."""
        self._shell("touch state/lock")

    def verify(self, stored: Mapping[str, Stored]) -> None:
        """See Place."""
        there, _, sums = self._shell(_VERIFY).partition("\n\n")
        if missing := {one.digest for one in stored.values()} - set(there.split("\n")):
            cause = f"{self.title}: not all files arrived, {len(missing)} are missing"
            raise DeployError(Problem(cause, "run `dateline deploy` again"))
        for line in sums.splitlines():
            digest, _, name = line.partition(" ")
            name = name.strip(" *")
            if len(name) == 64 and digest != name:
                self._shell(f"rm -f state/incoming/{shlex.quote(name)}")
                raise DeployError(Problem(f"{self.title}: a file arrived damaged", "run `dateline deploy` again"))

    def delete(self, paths: Sequence[str]) -> None:
        """See Place: the new release never has them."""

    def activate(self, manifest: Manifest) -> str:
        """See Place."""
        assert self._work is not None
        stays = {*self._work.kept, *self._work.lingering}
        name = manifest.release = next_name(self._now, [release.name for release in self._releases])
        lines = [f"gone - - {path}\n" for path in self._listed if path not in stays]
        lines += ["clear\n", *self._made(), "manifest\n"]
        others = [release.name for release in self._releases if not release.current]
        old = [*[release.name for release in self._releases if release.current], *others][self._settings.releases - 1 :]
        script = _MAKE + _SHOW + _TIDY.replace("{old}", " ".join(old))
        script = script.replace("{name}", name).replace("{release}", _RELEASE)
        self._shell(script, "".join(lines).encode() + manifest.dump())
        return name

    def _made(self) -> Iterator[str]:
        """Lines for the files that went up, in groups of one time each."""
        by_time: dict[str, list[str]] = {}
        for path, (digest, when) in sorted(self._sent.items()):
            by_time.setdefault(when, []).append(f"made {digest} - {path}\n")
        for when, lines in by_time.items():
            yield from lines
            yield f"dated - {when}\n"

    def releases(self) -> list[Release]:
        """See Place."""
        self.look({})
        return self._releases

    def roll_back(self, release: str) -> list[str]:
        """See Place."""
        names = [*(one.name for one in self._releases if one.current), release]
        script = "".join(f"cat state/{name}.json 2>/dev/null || echo\n" for name in names) + _SHOW
        told = self._shell(script.replace("{name}", release)).encode("utf-8", "surrogateescape").split(b"\n")
        return differing(Manifest.load(told[0]), Manifest.load(told[-2]))


def _sftp_quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
