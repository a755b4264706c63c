"""De database valt om tijdens 200 meldingen, 20 keer; en de schijf loopt vol: wat 'ontvangen' is, is er nog.

`python -m prove.database_killed [rounds]`. A real gunicorn, 8 callers at once, PostgreSQL stopped at once (SIGQUIT to
the postmaster and kill -9 to it in turn) and started again; then every answer is looked up, and amcheck reads all
indexes. Then a full disk: RLIMIT_FSIZE on PostgreSQL, and files attached until it cannot grow.
"""

from __future__ import annotations

from prove._pytest import run

if __name__ == "__main__":
    run("database_killed")
