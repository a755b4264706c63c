"""Stands in for gunicorn in the launcher's tests: answers on the socket that was handed to it."""

import http.server
import os
import signal
import socket
import sys
from pathlib import Path

CALLS = Path(os.environ["MELDROUTE_STATE"]) / "calls"


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/inloggen/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def stop(*_: object) -> None:
    with CALLS.open("a") as file:
        file.write("web stopped\n")
    sys.exit(0)


number = int(sys.argv[sys.argv.index("--bind") + 1].removeprefix("fd://"))
signal.signal(signal.SIGTERM, stop)
with CALLS.open("a") as file:
    file.write(f"web {os.getpid()}\n")
server = http.server.HTTPServer(("127.0.0.1", 0), Answer, bind_and_activate=False)
server.socket = socket.socket(fileno=number)
server.serve_forever()
