"""A sender in a process of its own, to be killed: `python -m post.sender DATABASE PORT MUNICIPALITY`."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID


def main(database: str, port: str, municipality: str) -> None:
    """Send one mail."""
    url = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = urlunsplit(url._replace(path=f"/{database}"))
    os.environ["MELDROUTE_SMTP_URL"] = f"smtp://127.0.0.1:{port}"

    import django  # noqa: PLC0415 (the settings are read when Django starts)

    django.setup()
    from meldroute.people.unit import system  # noqa: PLC0415
    from meldroute.post.sending import Smtp, send_one  # noqa: PLC0415
    from people_here import MONDAY  # noqa: PLC0415

    send_one(system, UUID(municipality), MONDAY, Smtp())


if __name__ == "__main__":
    main(*sys.argv[1:])
