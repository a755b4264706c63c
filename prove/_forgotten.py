"""What is left behind on a web server and nobody should find: names to ask, who asks them, what may be answered."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

import objects_here
from prove._debian import had
from web.serving import Visitor

FFUF, LISTS = Path("/usr/bin/ffuf"), Path("/usr/share/dirb/wordlists")
PLAIN = re.compile(r"[\w.~!$&'()*+,;=:@/-]{1,120}", re.ASCII)
OWN = """
.git/config .git/HEAD .gitignore .gitlab-ci.yml .github/workflows/ .hg/hgrc .svn/entries .env .env.local
.env.production .DS_Store .htaccess .htpasswd .ssh/id_ed25519 .bash_history .aws/credentials .dockerenv
.well-known/openid-configuration Dockerfile docker-compose.yml Makefile README.md CHANGELOG.md LICENSE pyproject.toml
requirements.txt requirements.lock setup.py manage.py settings.py wsgi.py meldroute/settings.py package.json
composer.json id_rsa server.key privkey.pem admin/ admin/login/ beheer/admin/ django-admin/ administrator/ debug/
__debug__/ __debug__/sql_select/ silk/ rosetta/ console phpinfo.php info.php phpmyadmin/ adminer.php wp-admin/
wp-login.php xmlrpc.php cgi-bin/ server-status server-info nginx_status status health healthz livez readyz ping
metrics prometheus actuator actuator/env actuator/heapdump jolokia swagger swagger.json swagger-ui/ openapi.json api/
api/v1/ api/schema/ graphql graphiql redoc/ docs/ rpc backup backup/ backup.zip backup.tar.gz backup.sql backup.sql.gz
dump.sql db.sqlite3 database.sql meldroute.sql meldroute.zip data/ files/ media/ uploads/ upload/ download/ tmp/ temp/
logs/ log/ error.log access.log debug.log gunicorn.log old/ new/ test/ tests/ test.html dev/ staging/ demo/ install/
setup/ config config.json config.php web.config static/ static/.env static/staticfiles.json staticfiles/ __pycache__/
node_modules/ src/ vendor/ bewijs/ bijlagen/ dossiers/ export/ export.csv signalen.csv signalen.json mails/ sleutels/
keys/ keyfile .state/ state/ crossdomain.xml clientaccesspolicy.xml sitemap.xml trace TRACE elmah.axd web-console/
jmx-console/ manager/html solr/
"""
"""Names of ours, between blanks."""
BEHIND = ("~", ".bak", ".old", ".orig", ".swp", ".zip", ".tar.gz", ".json", ".xml", ".csv", ".sql")
"""Copies beside an address that is there."""


@dataclass(frozen=True)
class Answered:
    """What came for one path."""

    path: str
    status: int
    location: str = ""


def words() -> tuple[list[str], str]:
    """Every name to ask, and where they come from; Debian's lists are read where they lie."""
    lists = [LISTS / "common.txt", *sorted((LISTS / "vulns").glob("*.txt"))] if had(LISTS, "dirb") else []
    theirs = [line for path in lists for line in path.read_text("latin-1").splitlines()]
    ours = [*OWN.split(), *(f"{name}{end}" for name in _begins() for end in BEHIND)]
    every = (word.strip().lstrip("/") for word in (*ours, *theirs))
    found = list(dict.fromkeys(word for word in every if PLAIN.fullmatch(word)))
    return found, f"{len(ours)} of our own" + (
        ", the rest of Debian's dirb" if theirs else "; Debian's dirb is not here"
    )


def _begins() -> list[str]:
    """How the addresses of the application begin, without what stands for an id."""
    fixed = (str(pattern.pattern).partition("<")[0].strip("/").split("/") for _, pattern in objects_here.patterns())
    return sorted({"/".join(parts[:count]) for parts in fixed for count in range(1, len(parts) + 1)} - {""})


def asked(who: Visitor, names: list[str], folder: Path, *, most: int) -> list[Answered]:
    """The answer to each name, by ffuf: from this machine to this machine, following nothing; without ffuf one by one.

    What ffuf loses on its way (it does, one in some thousands) is asked anew. Raises AssertionError when it did not
    come to its end.
    """
    if not had(FFUF, "ffuf"):
        return [_one(who, name) for name in names]
    (folder / "names").write_text("\n".join(names) + "\n", encoding="ascii")
    report = folder / "report.json"
    command = [str(FFUF), "-u", f"http://127.0.0.1:{who.port}/FUZZ", "-H", f"Host: localhost:{who.port}", "-w", "names"]
    command += ["-mc", "all", "-t", "8", "-timeout", "60", "-s", "-o", str(report), "-of", "json"]
    command += ["-b", "; ".join(f"{name}={value}" for name, value in who.cookies.items())] if who.cookies else []
    environ = {"PATH": os.defpath, "HOME": str(folder)}  # no proxy of the machine, no settings of a user
    done = subprocess.run(
        ["timeout", str(most), *command], env=environ, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:] or f"ffuf was stopped after {most} seconds"
    rows = json.loads(report.read_text(encoding="utf-8"))["results"]
    left = set(names) - {row["input"]["FUZZ"] for row in rows}
    assert len(left) < len(names) // 100, f"ffuf lost {len(left)} of {len(names)} names"
    return [*map(_read, rows), *(_one(who, name) for name in sorted(left))]


def _one(who: Visitor, name: str) -> Answered:
    page = who.get(f"/{name}")
    return Answered(f"/{name}", page.status, page.headers.get("Location", ""))


def _read(row: Mapping[str, object]) -> Answered:
    return Answered(urlsplit(str(row["url"])).path, int(str(row["status"])), str(row.get("redirectlocation") or ""))


def version() -> str:
    """Of ffuf, or what is used without it."""
    if not had(FFUF, "ffuf"):
        return "no ffuf here (apt install ffuf): one after another"
    said = subprocess.run([FFUF, "-V"], capture_output=True, text=True, check=False)
    return "ffuf " + (said.stdout + said.stderr).strip().rpartition(" ")[2]


def wrong(one: Answered) -> bool:
    """Whether nobody promised this answer: not 404, no address of ours, nor the way to one or to the login page."""
    if one.status == 404 or one.status >= 500:
        return one.status != 404
    if one.status in {301, 302} and one.location:
        goal = urlsplit(one.location).path
        return not (goal == "/inloggen/" or (one.status == 301 and goal == f"{one.path}/" and _ours(goal)))
    return not _ours(one.path)


def _ours(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
