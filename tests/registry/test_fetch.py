"""Archives are fetched over https, or from this machine, with limits."""

import http.server
import threading
import time

import pytest

from rightskit.errors import RemoteError, WrongUsageError
from rightskit.registry.fetch import NEWEST, fetch, is_url


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/archive":
            self.answer(200, b"archive")
        elif self.path == "/moved":
            self.answer(302, b"", Location="/archive")
        elif self.path == "/away":
            self.answer(302, b"", Location="http://203.0.113.1/archive")
        elif self.path == "/file":
            self.answer(302, b"", Location="file:///etc/passwd")
        elif self.path == "/loop":
            self.answer(302, b"", Location="/loop")
        elif self.path == "/short":
            self.answer(200, b"few", length=1000)
        elif self.path == "/slow":
            self.drip()
        else:
            self.answer(404, b"")

    def answer(self, code, body, length=None, **headers):
        self.send_response(code)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self):
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b".")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_an_archive_is_fetched(server):
    assert fetch(f"{server}/archive") == b"archive"
    assert fetch(f"{server}/moved") == b"archive"


def test_limits(server):
    with pytest.raises(RemoteError, match="more than 3 bytes"):
        fetch(f"{server}/archive", most=3)
    with pytest.raises(RemoteError, match="too slow"):  # it would go on for ever
        fetch(f"{server}/slow", seconds=0.3)


@pytest.mark.parametrize("path", ["/away", "/file"])
def test_a_redirect_to_elsewhere_without_tls_is_not_followed(server, path):
    with pytest.raises((WrongUsageError, RemoteError)):
        fetch(f"{server}{path}")


def test_servers_that_fail(server):
    with pytest.raises(RemoteError, match="answered 404"):
        fetch(f"{server}/missing")
    with pytest.raises(RemoteError):
        fetch(f"{server}/loop")
    with pytest.raises(RemoteError):
        fetch(f"{server}/short")
    with pytest.raises(RemoteError, match="could not be fetched"):
        fetch("http://127.0.0.1:9/archive")


@pytest.mark.parametrize(
    "url",
    ["http://example.org/a", "ftp://example.org/a", "file:///etc/passwd", "https://", "http://[::1", "https:///a"],
)
def test_other_addresses_are_refused_before_anything_is_asked(url):
    with pytest.raises(WrongUsageError):
        fetch(url)


def test_what_is_an_address():
    assert is_url(NEWEST)
    assert not is_url("data/master.tar.gz")
