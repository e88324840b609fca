"""Goal S4: the preview answers the person at this machine, with files of the preview, and nobody else with anything."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import absent
from support import REPOSITORY, SiteFixture, post

from generator.server.handlers import Preview

SECRET = "sentinel-7f3a91"
NOW = "2026-11-23T09:00:00+00:00"
FILES = {
    "content/posts/story.md": post("A story"),
    "content/posts/idea.md": post("An idea", status="draft"),
    "content/posts/later.md": post("Later", date="2026-12-24 10:00"),
    "content/pages/about.md": "---\ntitle: About us\n---\n\nWe.\n",
    "content/notes.txt": "open words\n",
    "content/.well-known/security.txt": "Contact: mailto:a@example.org\n",
    "secret.txt": SECRET,
    ".env": SECRET,
}


class Serving:
    """`dateline serve` as a process of its own, on a free port."""

    def __init__(self, site, *options):
        """Start it; `wait` says when it listens."""
        command = [sys.executable, "-u", "-m", "generator", "serve", "-s", str(site.root), "--now", NOW, *options]
        self.site = site
        self.preview = site.root / ".dateline" / "preview"
        self.lines = []
        self.process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait(self, pattern=r"Serving at http://\S+:(\d+)/", seconds=30):
        """The first match of `pattern` in what it prints."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in list(self.lines):
                if found := re.search(pattern, line):
                    return found
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"nothing like {pattern!r} in {self.lines}")

    @property
    def port(self):
        """Where it listens."""
        return int(self.wait()[1])

    def raw(self, data):
        """All bytes that come back for the bytes of a request."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(data)
            answer = b""
            with contextlib.suppress(ConnectionResetError):
                while part := connection.recv(65536):
                    answer += part
            return answer

    def ask(self, target="/", *, method="GET", host=None, **headers):
        """The whole answer to one request; `target` goes out as it is."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.raw("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def socket_status(self, *, host=None, **headers):
        """The status of a request for the reload socket."""
        with self.socket(host=host, **headers) as connection:
            return status(connection.recv(65536))

    def socket(self, *, host=None, **headers):
        """A connection on which the reload socket has been asked for."""
        fields = {"Host": host or f"127.0.0.1:{self.port}", "Upgrade": "websocket", "Connection": "Upgrade", **headers}
        fields |= {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        lines = ["GET /livereload HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        connection.sendall("\r\n".join(lines).encode())
        return connection

    def stop(self):
        """End it as Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._reader.join(5)
        self.process.stdout.close()
        return code


def status(answer):
    """The status code of an answer; 0 where there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def header(answer, name):
    """One header of an answer, or None."""
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    found = re.search(rf"(?im)^{name}: (.*)$", head)
    return found[1].strip() if found else None


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One preview for all tests that only ask; what they put into it must not matter to others."""
    serving = Serving(SiteFixture(tmp_path_factory.mktemp("served"), FILES), "-p", "0")
    assert serving.port
    yield serving
    assert serving.stop() == 130
    assert "Traceback" not in "\n".join(serving.lines)


def alive(server):
    """Whether the front page still comes."""
    return status(server.ask("/")) == 200


# --- who may ask


def _listening(port):
    """Local addresses of all sockets that listen on a port, as Linux tells them."""
    found = []
    for name in ("tcp", "tcp6"):
        table = Path("/proc/net") / name
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port:
                found.append(address)
    return found


def test_it_listens_on_loopback_alone(server):
    """Without `--host`, the one listening socket is bound to 127.0.0.1."""
    if not Path("/proc/net/tcp").exists():
        absent("this system has no /proc/net/tcp to see sockets in")
    assert _listening(server.port) == ["0100007F"]


LOCAL = ["localhost", "LOCALHOST", "127.0.0.1", "[::1]", "localhost:1", "127.0.0.1:65535"]
FOREIGN = [
    "evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost",
    "localhost.", "127.0.0.1.", "0.0.0.0", "0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.2",
    "10.0.0.1", "192.168.1.2:8000", "169.254.169.254", "[::]", "[::ffff:127.0.0.1]", "[fe80::1]", "::1", "[::1",
    "::1]", "localhost@evil.example", "evil.example@localhost", "evil.example#@localhost", "evil.example/@localhost",
    "evil.example\\@localhost", "localhost/evil", "localhost?evil", "localhost#evil", "localhost:", "localhost:x",
    "localhost:80:80", "localhost, evil.example", "localhost evil.example", "*", "..", "%6cocalhost", "locаlhost",
    "xn--loclhost-13a", "file://localhost", "http://localhost", "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_local_hosts_are_answered(server, host):
    """A Host that names this machine gets the page."""
    assert status(server.ask("/", host=host)) == 200


def test_foreign_hosts_are_refused(server):
    """At least forty other values of Host get 4xx, on every route, without a byte of the site."""
    assert len(FOREIGN) >= 40
    for host in FOREIGN:
        for target in ("/", "/notes.txt", "/livereload.js"):
            data = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
            answer = server.raw(data)
            assert 400 <= status(answer) < 500, (host, target, answer[:80])
            assert b"open words" not in answer
            assert b"A story" not in answer
    assert alive(server)


def test_a_request_without_host_or_with_two_is_refused(server):
    """HTTP/1.1 demands exactly one Host (RFC 9112, section 3.2)."""
    for lines in ("", f"Host: localhost:{server.port}\r\nHost: evil.example\r\n"):
        answer = server.raw(f"GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
        assert 400 <= status(answer) < 500, lines


def test_the_reload_socket_opens_for_pages_of_this_server_only(server):
    """Origin missing, foreign, of another port or scheme gives 403; the page's own gives 101."""
    host = f"127.0.0.1:{server.port}"
    assert server.socket_status(Origin=f"http://{host}") == 101
    assert server.socket_status() == 403
    foreign = (
        "http://evil.example", f"http://evil.example:{server.port}", f"http://127.0.0.1:{server.port + 1}",
        "http://127.0.0.1", f"https://{host}", f"http://localhost:{server.port}", "null", "", "file://",
        f"http://{host}.evil.example", f"http://{host}@evil.example", f"http://evil.example@{host}", f"//{host}", host,
        f"http://{host} http://evil.example", "http://[", f"chrome-extension://{host}",
    )  # fmt: skip
    for origin in foreign:
        assert server.socket_status(Origin=origin) == 403, origin
    assert server.socket_status(host="evil.example", Origin="http://evil.example") == 403
    assert alive(server)


def _frame(payload):
    """A masked text frame (RFC 6455, section 5.2), its mask all zeros."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + payload


def test_the_reload_socket_survives_nonsense(server):
    """Whatever a page says on the socket, the server neither dies nor prints a traceback."""
    host = f"127.0.0.1:{server.port}"
    for payload in (b"", b"{", b"[]", b"1", b"null", b'{"command": 1}', b"{}", b"\xff\xfe", b"[" * 60_000):
        with server.socket(Origin=f"http://{host}") as connection:
            assert status(connection.recv(65536)) == 101
            connection.sendall(_frame(payload))
            connection.settimeout(0.05)
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                connection.recv(65536)
        assert alive(server), payload[:20]
    assert "Traceback" not in "\n".join(server.lines)


def test_no_answer_lets_another_site_read_it(server):
    """There is no Access-Control-Allow-Origin, whoever asks for what, and nothing may be kept."""
    origins = ("http://evil.example", "null", f"http://127.0.0.1:{server.port}", "*")
    for origin in origins:
        for target in ("/", "/feed.xml", "/no-such-page/", "/livereload.js", "/livereload", "*"):
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = server.ask(target, method=method, Origin=origin, Access_Control_Request_Method="GET")
                assert status(answer)
                assert header(answer, "Access-Control-Allow-Origin") is None
                assert header(answer, "Access-Control-Allow-Private-Network") is None
    assert header(server.ask("/"), "Cache-Control") == "no-store"
    assert header(server.ask("/"), "X-Content-Type-Options") == "nosniff"


# --- what may be asked for

UPS = (
    "..", "%2e%2e", ".%2e", "%2E.", "%252e%252e", "..%00", "%00..", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
    "..;", "..;a=b", "%EF%BC%8E%EF%BC%8E", "....", "..%20", "..%09", "%u002e%u002e",
)  # fmt: skip
SLASHES = ("/", "%2f", "\\", "%5c", "%252f", "//", "/./", "%c0%af", "%ef%bc%8f")
TRAVERSALS = [f"/{start}{up}{slash}{up}{slash}secret.txt" for up in UPS for slash in SLASHES for start in ("", "2026/")]
SPECIAL = [
    "/../secret.txt", "/../../../../../../../../etc/passwd", "//etc/passwd", "///etc/passwd", "/%2fetc/passwd",
    "/C:/secret.txt", "/c:%5csecret.txt", "/file:///etc/passwd", "/proc/self/environ", "/~root/", "/.", "/..", "/...",
    "/.env", "/.git/config", "/.dateline-output", "/%2edateline-output", "/2026/.hidden", "/.well-known/../.env",
    "/.well-known/.env", "/.WELL-KNOWN/security.txt", "/%00", "/notes.txt%00", "/notes.txt%00.html", "/%0a",
    "/%0d%0aX:1", "/%ff%fe", "/%", "/%zz", "/notes.txt/", "/notes.txt/..", "/index.html/", "/CON", "/nul", "/a" * 500,
    "/" + "a" * 300, "/" + "%2e%2e%2f" * 3000, "/leak.txt", "/leak/passwd", "/leak/", "/inside.txt", "/pipe",
]  # fmt: skip


@pytest.fixture
def traps(server):
    """Links out of the preview, a link inside it, dot files and a pipe, put there as an enemy would."""
    made = {"leak.txt": server.site.root / "secret.txt", "leak": Path("/etc"), "inside.txt": Path("notes.txt")}
    for name, target in made.items():
        (server.preview / name).symlink_to(target)
    (server.preview / ".env").write_text(SECRET)
    (server.preview / "2026" / ".hidden").write_text(SECRET)
    os.mkfifo(server.preview / "pipe")
    yield
    for name in (*made, ".env", "2026/.hidden", "pipe"):
        (server.preview / name).unlink()


def test_no_path_leads_out_of_the_preview(server, traps):
    """Hundreds of spellings of a path out of it, or to what is hidden, give 4xx and never a foreign byte."""
    assert len(TRAVERSALS) >= 200
    for target in [*TRAVERSALS, *SPECIAL]:
        answer = server.ask(target)
        assert 400 <= status(answer) < 500, (target[:80], answer[:60])
        assert SECRET.encode() not in answer, target
        assert b"root:" not in answer, target
        assert alive(server), target


def test_a_path_of_64_kilobytes_is_refused(server):
    """A very long path is answered with 4xx, and a still longer one does no harm."""
    for size in (64 * 1024, 100 * 1024):
        assert 400 <= status(server.ask("/" + "a" * size)) < 500
        assert 400 <= status(server.ask("/" + "a/" * (size // 2))) < 500
    server.ask("/" + "a" * 1024 * 1024)
    assert alive(server)


def test_other_methods_are_refused(server):
    """Only GET and HEAD do anything."""
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "FOO", "GETS"):
        for target in ("/", "/notes.txt", "/livereload", "/livereload.js"):
            assert 400 <= status(server.ask(target, method=method)) < 500, (method, target)
    assert (server.preview / "notes.txt").read_text() == "open words\n"


def test_broken_requests_do_not_stop_it(server):
    """What is not HTTP gets 4xx or a closed door; the next visitor is served."""
    for data in (
        b"\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET notes.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n",
        b"GET http://evil.example/notes.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ):  # fmt: skip
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionResetError):
                answer = connection.recv(65536)
                assert not answer or 400 <= status(answer) < 500, (data, answer[:60])
        assert alive(server), data


# --- what it answers


def test_the_urls_are_a_hosts(server):
    """`/x/` is the page, `/x` leads there, `/x` without suffix is `x.html` too, types are right."""
    page = server.ask("/2026/01/story/")
    assert (status(page), header(page, "Content-Type")) == (200, "text/html; charset=utf-8")
    assert b"A story" in page
    moved = server.ask("/2026/01/story")
    assert (status(moved), header(moved, "Location")) == (302, "/2026/01/story/")
    assert header(server.ask("//tags"), "Location") == "/tags/"
    assert status(server.ask("/404")) == 200
    assert status(server.ask("/notes.txt?x=1")) == 200
    assert header(server.ask("/feed.xml"), "Content-Type").endswith("xml; charset=utf-8")
    assert b"Contact:" in server.ask("/.well-known/security.txt")


def test_head_has_the_headers_and_no_body(server):
    """HEAD answers as GET does, without the page."""
    full, head = server.ask("/"), server.ask("/", method="HEAD")
    assert header(full, "Content-Length") == header(head, "Content-Length")
    assert not head.partition(b"\r\n\r\n")[2]


def test_what_is_not_there_gets_the_sites_own_404_page(server):
    """Status 404 and the page that a host would show."""
    answer = server.ask("/no/such/page/")
    assert status(answer) == 404
    title = re.search(r"<title>.*?</title>", (server.preview / "404.html").read_text("utf-8"))[0]
    assert title.encode() in answer
    assert b"livereload.js" in answer


def test_drafts_and_scheduled_posts_show_with_a_banner(server):
    """The preview has what a build leaves out, and says so on the page."""
    public = server.ask("/2026/01/story/")
    for url, word in (("/2026/12/later/", b"scheduled"), ("/2026/01/idea/", b"raft")):
        answer = server.ask(url)
        assert status(answer) == 200, url
        body = answer.partition(b"\r\n\r\n")[2]
        banner = re.search(rb'<p class="banner"[^>]*>(.*?)</p>', body, re.DOTALL)
        assert banner, url
        assert word in banner[1].lower()
    assert b'class="banner"' not in public


def test_the_reload_script_is_on_pages_and_not_in_their_files(server):
    """What a deploy would take has no trace of the preview."""
    assert b'<script src="/livereload.js' in server.ask("/")
    assert b"livereload" not in (server.preview / "index.html").read_bytes()
    assert b"LiveReload" in server.ask("/livereload.js")


def test_output_is_left_alone(server):
    """A preview builds beside output/, which does not even come to be."""
    assert not server.site.output.exists()


# --- beginning and end


def _children(pid):
    """Processes that a process has started, as Linux tells them."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in task.read_text().split()]
    return found


def _runs(pid):
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_ctrl_c_ends_it_even_amid_a_build_and_leaves_no_child(tmp_path):
    """Interrupted while worker processes render, it exits 130 within seconds, and they are gone too."""
    if not Path("/proc/self/task").exists():
        absent("this system has no /proc to see processes in")
    body = "\n\n".join(["Some *words* with [links](https://example.org) and `code`."] * 60)
    files = {f"content/posts/p{n}.md": post(f"Story {n}", body=body) for n in range(250)}
    serving = Serving(SiteFixture(tmp_path / "big", files), "-p", "0", "-j", "2")
    children = []
    while len(children) < 2 and serving.process.poll() is None:
        children = _children(serving.process.pid)
        time.sleep(0.005)
    started = time.monotonic()
    assert serving.stop() == 130
    assert time.monotonic() - started < 5
    end = time.monotonic() + 3
    while any(map(_runs, children)) and time.monotonic() < end:
        time.sleep(0.05)
    assert len(children) >= 2
    assert not [child for child in children if _runs(child)]


def test_a_port_that_is_taken_is_told(tmp_path):
    """The exit code is 2, and the message names the address and a way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        serving = Serving(SiteFixture(tmp_path / "site", FILES), "-p", str(port))
        serving.process.wait(30)
    assert serving.stop() == 2
    text = "\n".join(serving.lines)
    assert f"127.0.0.1:{port}" in text
    assert "--port" in text
    assert "Traceback" not in text


def test_a_site_that_cannot_be_built_shows_why_and_mends(tmp_path):
    """Serving begins with broken settings too: the page tells them, and a mended file brings the site."""
    site = SiteFixture(tmp_path / "site", {**FILES, "site.toml": 'titel = "T"\n'})
    serving = Serving(site, "-p", "0")
    try:
        answer = serving.ask("/")
        assert status(answer) == 404
        assert b"`titel` is not a setting" in answer
        assert b"livereload.js" in answer
        site.edit("site.toml", 'title = "Mended"\n')
        end = time.monotonic() + 15
        while status(serving.ask("/")) != 200 and time.monotonic() < end:
            time.sleep(0.05)
        assert b"Mended" in serving.ask("/")
        assert b"`titel`" not in serving.ask("/")
    finally:
        serving.stop()


def test_on_all_interfaces_figures_are_answered_and_names_are_not():
    """With `--host 0.0.0.0` a telephone may ask by address; a name, which may be rebound, is still refused."""
    for host in ("0.0.0.0", "::"):
        preview = Preview(Path(), host)
        assert preview.knows("192.168.1.2:8000")
        assert preview.knows("[fe80::1]:8000")
        assert not any(preview.knows(name) for name in ("evil.example", "0x7f000001", "127.1", "192.168.1.2@evil"))
    assert not Preview(Path(), "127.0.0.1").knows("192.168.1.2:8000")
    assert Preview(Path(), "Desk.local").knows("desk.LOCAL:8000")
