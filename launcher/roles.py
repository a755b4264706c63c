"""The two roles of the application and its database.

`owner` owns the tables and migrates; `app` is what the web server and the worker are: it is bound by row-level
security and can make nothing.
"""

import subprocess
from dataclasses import dataclass, field

from launcher.say import refuse

ADMIN = "meldroute_admin"
DATABASE = "meldroute"

SQL = r"""
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY['owner', 'app']) AS name
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {create_databases} PASSWORD :'owner';
ALTER ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION NOCREATEDB NOINHERIT PASSWORD :'app';
SELECT 'CREATE DATABASE {database} OWNER owner TEMPLATE template0'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \gexec
"""


@dataclass(frozen=True)
class Passwords:
    """Random, kept in a file that only its owner can read."""

    admin: str = field(repr=False)
    owner: str = field(repr=False)
    app: str = field(repr=False)


def make(psql: str, port: int, passwords: Passwords, owner_makes_databases: bool) -> None:
    """Make the roles and the database; doing it twice changes nothing. Raises Refused with what psql said.

    Tests let `owner` make databases, because each worker works in a clone of one template.
    """
    sql = SQL.format(database=DATABASE, create_databases="CREATEDB" if owner_makes_databases else "NOCREATEDB")
    command = [psql, "-X", "-q", "-t", "-v", "ON_ERROR_STOP=1"]
    command += ["-h", "127.0.0.1", "-p", str(port), "-U", ADMIN, "-d", "postgres", "-f", "-"]
    made = subprocess.run(
        command,
        input=f"\\set owner '{passwords.owner}'\n\\set app '{passwords.app}'\n{sql}",
        capture_output=True,
        text=True,
        check=False,
        env={"PGPASSWORD": passwords.admin, "LC_ALL": "C.UTF-8"},
    )
    if made.returncode != 0:
        refuse(f"De rollen van de database kunnen niet worden gemaakt:\n{made.stderr.strip()}")
