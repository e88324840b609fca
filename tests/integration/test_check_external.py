"""Links to other sites: asked politely, once, and never on this machine. No request leaves it in these tests."""

import http.server
import itertools
import socket
import threading
import time

import pytest
from checking import FILES, damage, found, run
from shell import dateline

from generator import fetch
from generator.check import external

PAGE = "about/index.html"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as its path says, and notes what it was asked."""

    def do_GET(self):
        """Answer."""
        self.server.asked.append((self.command, self.path, time.monotonic(), self.headers["User-Agent"]))
        name = self.path.strip("/").partition("/")[0]
        status, headers = self.server.answers.get(name, (200, {}))
        if callable(status):
            status, headers = status(self)
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def host():
    """A host on this machine: `answers` says what a path gives, `asked` what was asked."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def linking(site, monkeypatch):
    """A maker of built sites whose About page links to some addresses."""
    monkeypatch.setattr(external, "PAUSE", 0.05)

    def make(*urls):
        made = site(FILES)
        made.build()
        links = "".join(f'\n<a href="{url}">x</a>' for url in urls)
        damage(made.output / PAGE, "<p>Who we are.</p>", f"<p>Who we are.</p>{links}")
        return made

    return make


def outcomes(site, **options):
    """Rules and causes of what other sites answered."""
    report = run(site, external=True, private=True, **options)
    return [(finding.rule.code, finding.problem.cause) for finding in report.findings]


def test_nothing_is_asked_without_being_told_to(host, linking):
    """Without --external, no other site hears of a check."""
    assert found(run(linking(f"{host.url}/gone"), private=True)) == []
    assert host.asked == []


def test_answers_become_findings(host, linking):
    """Gone, moved and unsure are told with their lines; good, refused and temporary moves are not."""
    host.answers = {
        "gone": (404, {}), "410": (410, {}), "broken": (500, {}), "closed": (403, {}),
        "moved": (301, {"Location": "/good"}), "aside": (302, {"Location": "/good"}),
        "loop": (301, {"Location": "/loop"}), "lost": (308, {"Location": "/gone"}),
    }  # fmt: skip
    names = ("good", "gone", "410", "broken", "closed", "moved", "aside", "loop", "lost")
    made = linking(*(f"{host.url}/{name}" for name in names))
    report = run(made, external=True, private=True)
    told = {(code, line) for code, _, line in found(report)}
    start = found(report)[0][2] - 1
    gone, unsure = "external-gone", "external-unsure"
    expected = {(gone, 1), (gone, 2), (unsure, 3), ("external-moved", 5), (unsure, 7), (gone, 8)}
    assert told == {(code, start + number) for code, number in expected}
    assert any(finding.problem.cause.endswith(f"has moved to {host.url}/good") for finding in report.findings)
    assert report.links == len(names)


def test_a_get_follows_a_head_that_fails(host, linking):
    """A host that knows no HEAD is asked again before its page is called gone; our name is in the request."""
    host.answers = {"page": (lambda handler: (405 if handler.command == "HEAD" else 200, {}), {})}
    assert outcomes(linking(f"{host.url}/page")) == []
    assert [command for command, *_ in host.asked] == ["HEAD", "GET"]
    assert all(agent.startswith("Dateline/") for *_, agent in host.asked)


def test_one_host_is_asked_slowly_and_each_address_once(host, linking):
    """Between two questions to one host there is a pause; an address that stands twice is asked once."""
    outcomes(linking(f"{host.url}/a", f"{host.url}/b#x", f"{host.url}/b#y", f"{host.url}/c"))
    assert sorted(path for _, path, _, _ in host.asked) == ["/a", "/b", "/c"]
    times = [when for _, _, when, _ in host.asked]
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.04


def test_retry_after_is_heeded(host, linking):
    """A short wait is waited for; a host that wants a long one is asked nothing more."""
    waits = iter([(429, {"Retry-After": "1"}), (200, {})])
    host.answers = {"soon": (lambda _: next(waits), {}), "late": (503, {"Retry-After": "3600"})}
    assert outcomes(linking(f"{host.url}/soon")) == []
    assert host.asked[1][2] - host.asked[0][2] >= 1
    host.asked.clear()
    told = outcomes(linking(f"{host.url}/late", f"{host.url}/more"))
    assert [code for code, _ in told] == ["external-unsure", "external-unsure"]
    assert len(host.asked) == 1


def test_answers_are_good_for_some_days(host, linking):
    """An answer is remembered as long as asked for; a host that did not answer is asked again."""
    host.answers = {"gone": (404, {}), "broken": (503, {})}
    made = linking(f"{host.url}/good", f"{host.url}/gone")
    first = outcomes(made)
    count = len(host.asked)
    assert outcomes(made) == first
    assert len(host.asked) == count
    outcomes(made, days=0)
    assert len(host.asked) == 2 * count
    (made.root / ".dateline" / "external-links").write_bytes(b"\x93junk")
    assert outcomes(made) == first


def test_hosts_of_this_machine_are_never_asked(host, linking):
    """Addresses of this machine and private networks are refused unless the site itself lives there."""
    made = linking(f"{host.url}/a", f"http://localhost:{host.server_port}/b")
    report = run(made, external=True)
    assert [code for code, _, _ in found(report)] == ["external-unsure"] * 2
    assert all("never asked" in finding.problem.cause for finding in report.findings)
    assert host.asked == []
    site = f"http://127.0.0.1:{host.server_port + 1}"
    own = run(made, external=True, overrides={"base_url": site}, skip=["link-target"])
    assert host.asked
    assert "external-unsure" not in {finding.rule.code for finding in own.findings if "/a" in finding.problem.cause}


def test_a_redirect_does_not_lead_to_a_private_host(host, monkeypatch):
    """Each step is looked at like the first: a public host cannot send us to this machine."""
    real = fetch.public
    monkeypatch.setattr(fetch, "public", lambda text: text == "127.0.0.1" or real(text))
    host.answers = {"sly": (302, {"Location": "http://127.0.0.2:1/admin"}), "file": (302, {"Location": "file:///etc"})}
    assert "never asked" in fetch.ask(f"{host.url}/sly", private=False).fault
    assert "no address of the web" in fetch.ask(f"{host.url}/file", private=False).fault


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "ff02::1", "255.255.255.255", "192.0.2.1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address):
    """All that is not the open internet, in IPv4, IPv6 and one within the other."""
    assert not fetch.public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(address):
    """What lies in the open is asked."""
    assert fetch.public(address)


@pytest.mark.parametrize(
    "spelling", ["http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://[::ffff:7f00:1]/"]
)
def test_other_spellings_of_this_machine_are_refused(spelling):
    """What the system takes for this machine is refused, however it is written; nothing is connected."""
    answer = fetch.ask(spelling, private=False)
    assert answer.status == 0
    assert answer.fault


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    """A name that resolves to a public and a private address is not asked at all."""
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, 80)) for text in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_, **__: entries)
    assert "10.0.0.1" in fetch.ask("http://two-faced.example/", private=False).fault


def test_hosts_that_do_not_answer_are_unsure(linking, monkeypatch):
    """Nobody listens, or somebody never answers: a warning with the reason."""
    monkeypatch.setattr(fetch, "TIMEOUT", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        told = outcomes(linking(f"http://127.0.0.1:{silent.getsockname()[1]}/", "http://127.0.0.1:1/"))
    assert [code for code, _ in told] == ["external-unsure", "external-unsure"]


def test_the_command_asks_with_external(linking, monkeypatch):
    """`--external` is what has other sites asked, and the summary counts them."""
    monkeypatch.setattr(fetch, "ask", lambda *_, **__: fetch.Answer(410))
    made = linking("https://gone.example/")
    said = dateline("check", "-s", made.root, "-j", 1, "--external", "--external-days", 1)
    assert said.code == 1
    assert "https://gone.example/ is gone: its host answers 410" in said.err
    assert "1 link to other sites" in said.out
