"""Servers of object storage on the loopback: S3, whose answers a test can spoil, and Azure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any

from conftest import require
from hosting import free_port, running
from support import REPOSITORY

Spoil = Callable[[int], str]
"""What becomes of the n-th request: `ok`, `500`, `403`, `cut` before it is done, `lost` after it, `hang` unanswered."""
BUCKET = "news"


@dataclass
class Store:
    """A bucket on a server.

    Attributes:
        endpoint: The server's address.
        spoil: Decides on each request.
        asked: Method and key of each request.
    """

    endpoint: str
    spoil: Spoil = lambda _: "ok"
    asked: list[tuple[str, str]] = field(default_factory=list)
    gate: Any = field(default_factory=threading.Lock)

    def client(self) -> Any:
        """Looks at the bucket past the faults."""
        import boto3

        return boto3.client("s3", endpoint_url=self.endpoint, region_name="us-east-1")

    def files(self, *, whole: bool = False) -> dict[str, bytes]:
        """Every object that readers see; with `whole`, those of the publication too."""
        kept, self.spoil = self.spoil, lambda _: "ok"
        try:
            client = self.client()
            listed = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
            found = {one["Key"]: client.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read() for one in listed}
        finally:
            self.spoil = kept
        return {key: data for key, data in found.items() if whole or not key.startswith(".dateline/")}

    def head(self, key: str) -> tuple[str, str]:
        """Type and caching of an object."""
        said = self.client().head_object(Bucket=BUCKET, Key=key)
        return said["ContentType"], said["CacheControl"]

    def puts(self) -> list[str]:
        """Keys that were put, in order, but for those of the publication itself."""
        return [key for method, key in self.asked if method == "PUT" and not key.startswith(".dateline/")]


def _application(store: Store, inner: Any) -> Any:
    """A server's application, whose answers the store may spoil."""

    def application(environ: Any, start: Any) -> Any:
        key = environ["PATH_INFO"].removeprefix(f"/{BUCKET}").removeprefix("/")
        with store.gate:
            store.asked.append((environ["REQUEST_METHOD"], key))
            fault = store.spoil(len(store.asked))
        if fault in ("500", "403"):
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start({"500": "500 Internal Server Error", "403": "403 Forbidden"}[fault], [("Content-Length", "0")])
            return [b""]
        if fault == "ok":
            return inner(environ, start)
        if fault == "lost":
            list(inner(environ, lambda *_: None))
        if fault == "hang":
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["werkzeug.socket"].recv(1)  # until the other side goes
        with suppress(OSError):
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    return application


@contextmanager
def s3() -> Iterator[Store]:
    """A server with an empty bucket; credentials must be in the environment."""
    import moto.s3
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, *_: Any) -> None:
            """Nothing."""

    store = Store("")
    application = _application(store, DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    store.endpoint = f"http://127.0.0.1:{server.port}"
    try:
        store.client().create_bucket(Bucket=BUCKET)
        yield store
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        moto.s3.models.s3_backends["123456789012"]["aws"].reset()


_ACCOUNT = "devstoreaccount1"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""Which every Azurite has, and its documentation names; no secret."""


@contextmanager
def azurite(scratch: Path) -> Iterator[str]:
    """Azurite with an empty container `$web`, as a website has; its address. It is an npm package, `azurite`."""
    program = require("Azurite", "azurite-blob", str(REPOSITORY / "node_modules/.bin/azurite-blob"))
    port = free_port()
    words = [program, "--silent", "--inMemoryPersistence", "--skipApiVersionCheck", "--blobPort", str(port)]
    with running(words, port, scratch / "azurite.log"):
        _make_container(port)
        yield f"http://127.0.0.1:{port}"


def _make_container(port: int) -> None:
    """Create Container, with a Shared Key (Azure's reference of the Blob service)."""
    when = formatdate(usegmt=True)
    named = f"/{_ACCOUNT}/{_ACCOUNT}/$web\nrestype:container"
    signed = "\n".join(["PUT", *[""] * 11, f"x-ms-date:{when}", "x-ms-version:2021-12-02", named])
    digest = hmac.new(base64.b64decode(_KEY), signed.encode(), hashlib.sha256).digest()
    headers = {
        "x-ms-date": when,
        "x-ms-version": "2021-12-02",
        "Content-Length": "0",
        "Authorization": f"SharedKey {_ACCOUNT}:{base64.b64encode(digest).decode()}",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("PUT", f"/{_ACCOUNT}/$web?restype=container", headers=headers)
    assert connection.getresponse().status == 201
    connection.close()
