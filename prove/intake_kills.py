"""kill -9 bij het ophalen van mail: op elk punt 50 keer, en 500 keer zomaar; niets kwijt, niets dubbel (T3, T4).

`python -m prove.intake_kills [rounds]`: so many at each point, ten times as many at random. On a Maildir and
on a real Dovecot.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("intake_kills")
