"""Real web servers on this machine's loopback, and what they answer; hosts' own programs, from npm."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from conftest import absent, require
from support import REPOSITORY


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that answers at a port of this machine."""

    port: int

    def ask(self, path: str, **headers: str) -> Answer:
        """GET a path as it is, with further headers by keyword."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            response = connection.getresponse()
            told = {name.lower(): text for name, text in response.getheaders()}
            return Answer(response.status, told, response.read())
        finally:
            connection.close()


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that a server under another name may read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def running(words: list[str], port: int, log: Path, **environment: str) -> Iterator[Server]:
    """A server as a process, once it answers; ended at the end.

    Raises:
        AssertionError: It does not answer; with what it said.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=out, env={**os.environ, **environment})
    try:
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None and time.monotonic() < end, log.read_text("utf-8", "replace")
                time.sleep(0.01)
        yield Server(port)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):  # some wait for connections that clients keep
            process.wait(5)
        process.kill()
        process.wait()


@contextmanager
def serving(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[Any]:
    """A server on this machine that answers as `handler` does; it has a `url`, and a list `asked` for the handler."""
    server: Any = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.asked, server.url = [], f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def nginx(scratch: Path, release: Path, port: int = 0) -> Iterator[Server]:
    """Nginx with a folder of a site and the file for nginx beside it."""
    program, port = require("nginx", "nginx"), port or free_port()
    temporary = " ".join(
        f"{kind}_temp_path {scratch};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = scratch / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {scratch}/nginx.pid; error_log stderr; events {{ }}\n"
        f"http {{ access_log off; {temporary} server {{ listen 127.0.0.1:{port}; root {release}/site;\n"
        f"include {release}/host/nginx.conf; }} }}\n"
    )
    with running([program, "-e", "stderr", "-c", str(config)], port, scratch / "nginx.log") as server:
        yield server


@contextmanager
def caddy(scratch: Path, release: Path) -> Iterator[Server]:
    """Caddy with a folder of a site and the file for Caddy beside it."""
    program, port = require("Caddy", "caddy"), free_port()
    config = scratch / "Caddyfile"
    config.write_text(
        "{\nadmin off\nauto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\nroot * {release}/site\nimport {release}/host/Caddyfile\n}}\n"
    )
    words = [program, "run", "--adapter", "caddyfile", "--config", str(config)]
    with running(words, port, scratch / "caddy.log", HOME=str(scratch), XDG_DATA_HOME=str(scratch)) as server:
        yield server


_MODULES = ("mpm_event", "authz_core", "authz_host", "dir", "mime", "rewrite", "headers")


@contextmanager
def apache(scratch: Path, release: Path) -> Iterator[Server]:
    """Apache with a folder of a site, in which `.htaccess` counts."""
    program, port = require("Apache", "apache2"), free_port()
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in _MODULES)
    config = scratch / "apache.conf"
    config.write_text(
        f"{modules}Listen 127.0.0.1:{port}\nServerName localhost\nPidFile {scratch}/apache.pid\n"
        f"TypesConfig /dev/null\nDefaultRuntimeDir {scratch}\n"
        f"ErrorLog {scratch}/apache.log\nUser nobody\nGroup nogroup\n"
        f"StartServers 1\nThreadsPerChild 4\nMinSpareThreads 4\n"
        "MaxSpareThreads 8\nMaxRequestWorkers 8\n"
        f"DocumentRoot {release}/site\n"
        f"<Directory {release}/site>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    with running([program, "-DFOREGROUND", "-f", str(config)], port, scratch / "apache.out") as server:
        yield server


SERVERS = {"nginx": nginx, "caddy": caddy, "apache": apache}


@dataclass(frozen=True)
class Secure:
    """An ssh server of our own.

    Attributes:
        port: Where it listens.
        config: Settings for ssh, by which `loopback` is this server.
    """

    port: int
    config: Path


@contextmanager
def sshd(scratch: Path, *options: str) -> Iterator[Secure]:
    """An ssh server on the loopback, with keys of its own, for the user who runs the tests."""
    program, port = require("sshd", "sshd", "/usr/sbin/sshd"), free_port()
    require("ssh", "ssh")
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(scratch / key)], check=True)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    told = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": scratch / "host",
        "AuthorizedKeysFile": scratch / "user.pub",
        "PidFile": scratch / "sshd.pid",
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "prohibit-password",
        "PasswordAuthentication": "no",
        "Subsystem": "sftp internal-sftp",
        "SetEnv": f"HOME={scratch}",  # so that no shell reads what this machine's user has set
    }
    (scratch / "sshd_config").write_text("".join(f"{key} {value}\n" for key, value in told.items()))
    (scratch / "known").write_text(f"[127.0.0.1]:{port} {(scratch / 'host.pub').read_text()}")
    config = scratch / "ssh_config"
    config.write_text(
        f"Host loopback\nHostName 127.0.0.1\nPort {port}\nIdentityFile {scratch}/user\nIdentitiesOnly yes\n"
        f"UserKnownHostsFile {scratch}/known\nStrictHostKeyChecking yes\nIdentityAgent none\n"
    )
    words = [program, "-D", "-e", "-f", str(scratch / "sshd_config"), *options]
    with running(words, port, scratch / "sshd.log"):
        yield Secure(port, config)


def node(package: str, script: str, *words: str) -> Any:
    """The JSON that a script of Node prints; it uses a package from npm and reads words from `process.argv`."""
    program = require("Node", "node")
    if not (REPOSITORY / "node_modules" / package).is_dir():
        absent(f"the npm package {package} is not installed")
    command = [program, "--input-type=module", "-e", script, *words]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
