"""Stands in for Django in the launcher's tests: notes how it was called and does the least that can be seen."""

import json
import os
import signal
import smtplib
import sys
import time
from pathlib import Path

import psycopg

STATE = Path(os.environ["MELDROUTE_STATE"])


def note(what: str) -> None:
    with (STATE / "calls").open("a") as file:
        file.write(f"{what}\n")


def worker() -> None:
    def stop(*_: object) -> None:
        note("worker stopped")
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    note(f"worker {os.getpid()}")
    while True:
        time.sleep(60)


def sql(statement: str) -> None:
    """Run one statement with the address we were given, as JSON on stdout."""
    url = os.environ.get("MELDROUTE_OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(url) as connection:
        cursor = connection.execute(statement)
        print(json.dumps(cursor.fetchall() if cursor.description else None))


def walkthrough() -> None:
    address = os.environ["MELDROUTE_SMTP_URL"].removeprefix("smtp://")
    with smtplib.SMTP(address) as server:
        server.sendmail("meldpunt@oefen.example", ["melder@voorbeeld.nl"], b"Subject: bedankt\r\n\r\nDank u.\r\n")
    print(json.dumps({"reference": "HS-2026-0001"}))


def show_environment() -> None:
    print(json.dumps(dict(os.environ)))


def main(arguments: list[str]) -> None:
    command, rest = arguments[0], arguments[1:]
    if command == "worker":
        worker()
    owner = "owner" if "MELDROUTE_OWNER_DATABASE_URL" in os.environ else "app"
    note(f"{command} as {owner}")
    if command == "practice_accounts":
        print("meldpunt@oefen.example  oefenen-is-veilig")
    elif command == "setup_practice":
        print("noise of the set-up")
    elif command == "setup_empty":
        print(os.environ.get("MELDROUTE_BASE_URL", "") + "/eerste-account/")
    elif command == "sql":
        sql(*rest)
    elif command == "walkthrough":
        walkthrough()
    elif command == "environment":
        show_environment()
    elif command == "fail":
        sys.exit(7)


main(sys.argv[1:])
