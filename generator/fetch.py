"""The one door to other sites: does this address answer, and what? Only public hosts are asked.

A name is resolved once, every address it has must be public, and the connection goes to the address that was looked at:
so no name can lead a check to this machine or its network, nor change its mind in between.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from generator import __version__
from generator.records import Record

TIMEOUT = 10.0
"""Seconds without a sign of life."""

DEADLINE = 30.0
"""Seconds that one answer may take, however busily it trickles."""

REDIRECTS = 5
AGENT = f"Dateline/{__version__} (link check of a static site; HEAD, then GET)"
_BRINGING = f"Dateline/{__version__} (import of a site's own articles)"

_MOVED = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_NO_HEAD = frozenset({400, 403, 404, 405, 406, 409, 410, 500, 501})
"""Answers to HEAD that a GET may turn out better than."""


class Answer(Record, frozen=True):
    """What became of an address.

    Attributes:
        status: Of the last response; 0 where there was none.
        moved: The new address, where the move is for good.
        fault: Why there is no answer.
        wait: Seconds for which the host asks us to wait.
    """

    status: int = 0
    moved: str = ""
    fault: str = ""
    wait: float = 0.0


class _RefusedError(Exception):
    """An address that is not to be asked; the message says why."""


def ask(url: str, *, private: bool) -> Answer:
    """HEAD, then GET where that does not tell; redirects are followed, each looked at like the first.

    Args:
        url: An address of http or https.
        private: Hosts of this machine and its networks may be asked.
    """
    moved, here, lasting = "", url, True
    for _ in range(REDIRECTS + 1):
        try:
            status, headers = _status(here, private=private)
        except _RefusedError as error:
            return Answer(fault=str(error))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(fault=_reason(error))
        target = headers.get("location")
        if status not in _MOVED or not target:
            return Answer(status, moved, wait=_wait(headers))
        try:
            here = urljoin(here, target)
        except ValueError:
            return Answer(fault=f"it redirects to {target!r}")
        lasting = lasting and status in _PERMANENT
        moved = here if lasting else moved
    return Answer(fault=f"it redirects more than {REDIRECTS} times")


class Brought(Record, frozen=True):
    """What an address gave.

    Attributes:
        data: Its bytes.
        url: Where they came from in the end.
        fault: Why there are none.
    """

    data: bytes = b""
    url: str = ""
    fault: str = ""


def bring(url: str, *, most: int, private: bool) -> Brought:
    """The bytes at an address, no more than `most`; redirects are followed, each looked at like the first.

    Args:
        url: An address of http or https.
        most: Bytes beyond which it is not wanted.
        private: Hosts of this machine and its networks may be asked.
    """
    here = url
    for _ in range(REDIRECTS + 1):
        try:
            answer = _brought(here, most, private=private)
            if isinstance(answer, Brought):
                return answer
            here = urljoin(here, answer)
        except _RefusedError as error:
            return Brought(fault=str(error))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Brought(fault=_reason(error))
    return Brought(fault=f"it redirects more than {REDIRECTS} times")


def _brought(url: str, most: int, *, private: bool) -> Brought | str:
    """What one address gave, or where it leads on to."""
    with _asked("GET", url, _BRINGING, private=private) as response:
        if response.status in _MOVED and (target := response.headers.get("location")):
            return target
        if response.status != 200:
            return Brought(fault=f"it answers {response.status}")
        data = response.read(most + 1)
        if len(data) > most:
            return Brought(fault=f"it is larger than {most} bytes")
        if (length := response.headers.get("content-length", "")).isdigit() and int(length) != len(data):
            return Brought(fault="it broke off")
        return Brought(data, url)


def _status(url: str, *, private: bool) -> tuple[int, http.client.HTTPMessage]:
    status, headers = _request("HEAD", url, private=private)
    return _request("GET", url, private=private) if status in _NO_HEAD else (status, headers)


def _request(method: str, url: str, *, private: bool) -> tuple[int, http.client.HTTPMessage]:
    with _asked(method, url, AGENT, private=private) as response:
        return response.status, response.msg


@contextmanager
def _asked(method: str, url: str, agent: str, *, private: bool) -> Iterator[http.client.HTTPResponse]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _RefusedError(f"it redirects to {url!r}, which is no address of the web")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    )
    with _connected(parts.hostname, parts.port, secure=parts.scheme == "https", private=private) as connection:
        connection.request(method, path, headers={"User-Agent": agent, "Accept": "*/*"})
        yield connection.getresponse()


_QUERY = "/%:@!$&'()*+,;=~-._?"


@contextmanager
def _connected(host: str, port: int | None, *, secure: bool, private: bool) -> Iterator[http.client.HTTPConnection]:
    number = port or (443 if secure else 80)
    ascii_host = host if host.isascii() else host.encode("idna").decode()
    address = _address(ascii_host, number, private=private)
    plain = socket.create_connection((address, number), TIMEOUT)
    try:
        stream = ssl.create_default_context().wrap_socket(plain, server_hostname=ascii_host) if secure else plain
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(ascii_host, number, timeout=TIMEOUT)
        connection.sock = stream
        end = Timer(DEADLINE, stream.shutdown, (socket.SHUT_RDWR,))
        end.daemon = True
        end.start()
        try:
            yield connection
        finally:
            end.cancel()
            connection.close()
    finally:
        plain.close()


def _address(host: str, port: int, *, private: bool) -> str:
    """The first address of a host.

    Raises:
        _RefusedError: One of its addresses is not public.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not private:
        for text in found:
            if not public(text):
                raise _RefusedError(
                    f"{host} is a host of this machine or a private network ({text}), which is never asked"
                )
    return found[0]


def public(text: str) -> bool:
    """Whether an IP address is one of the open internet, also where an IPv6 address wraps one of IPv4."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _wait(headers: http.client.HTTPMessage) -> float:
    """`Retry-After` in seconds; a date counts from the response's own Date."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:6])
    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return 0.0


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "its host is unknown"
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT:.0f} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is no good: {error.verify_message}"
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
