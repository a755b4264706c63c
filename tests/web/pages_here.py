"""Serves ready-made pages with the static files beside them, under the policy of the real application."""

from __future__ import annotations

import mimetypes
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WEB = Path(__file__).resolve().parents[2] / "src" / "meldroute" / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@dataclass
class Pages:
    """Pages by path, what was posted, and how many bytes went out."""

    html: dict[str, str]
    posted: list[bytes] = field(default_factory=list)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    sent: int = 0
    address: str = ""

    def find(self, path: str) -> tuple[int, str, bytes]:
        if path.startswith("/static/"):
            file = WEB / path.lstrip("/")
            return 200, mimetypes.guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()
        if path in self.html:
            kind = "text/css" if path.endswith(".css") else "text/html; charset=utf-8"
            return 200, kind, self.html[path].encode()
        status, text = self.answers.get(path, (404, ""))
        return status, "application/json", text.encode()


def handler(pages: Pages) -> type[BaseHTTPRequestHandler]:
    """A request handler over these pages."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            self.answer(*pages.find(self.path.split("?")[0]))

        def do_POST(self) -> None:
            pages.posted.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.answer(*pages.find(self.path))

        def answer(self, status: int, kind: str, body: bytes) -> None:
            pages.sent += len(body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

    return Handler


@dataclass
class Served:
    """Starts and stops the server around a block."""

    pages: Pages

    def __enter__(self) -> Pages:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self.pages))
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.pages.address = f"http://127.0.0.1:{self.server.server_port}"
        return self.pages

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
