"""A server of S3 on the loopback whose answers a test can spoil."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

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
