"""kill -9 van de worker op 500 willekeurige momenten: elk effect één keer, geen mail dubbel (T10).

`python -m prove.worker_kills [kills]`. Two jobs a kill: 500 mails to send through a real SMTP server, 300
mails to take in, 200 files to scan; one worker in four has a second beside it.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("worker_kills")
