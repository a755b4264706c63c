"""The database of the tests: one migrated template, a clone per worker, a fresh clone per test that commits.

The application connects as `app`; `owner` exists in fixtures only. A flush is never used: append-only tables refuse.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.management import call_command
from django.db import connections
from hypothesis import settings as examples

from left_out import needs_chromium, pytest_runtest_setup, pytest_terminal_summary  # noqa: F401 (hooks)
from meldroute.journal.acting import Acting
from meldroute.web import organisation
from meldroute.web.practice import PASSWORD

examples.register_profile("calm", deadline=None)  # a busy machine is no failure
examples.load_profile("calm")
ScryptPasswordHasher.work_factor = 2**4  # a quarter of a second of CPU for each password proves nothing here
ROOT = Path(__file__).resolve().parents[1]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a browser first: they are the longest, and one that comes last keeps one core waiting."""
    slow = {item.path for item in items if needs_chromium(item)}
    items.sort(key=lambda item: item.path not in slow)


def _sources() -> str:
    """What the template is made of; another content is another template."""
    digest = hashlib.sha256(str(ScryptPasswordHasher.work_factor).encode())
    paths = [*ROOT.glob("src/meldroute/*/migrations/*.py"), *ROOT.glob("policies/*.toml")]
    for path in sorted([*paths, ROOT / "practice/organisation.toml", Path(organisation.__file__)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _owner(name: str = "") -> psycopg.Connection:
    told = settings.DATABASES["owner"]
    return psycopg.connect(
        host=told["HOST"],
        port=told["PORT"],
        user=told["USER"],
        password=told["PASSWORD"],
        dbname=name or told["NAME"],
        autocommit=True,
    )


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / f"meldroute-{os.getuid()}-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _point(alias: str, name: str) -> None:
    connections[alias].close()
    connections[alias].settings_dict["NAME"] = name
    settings.DATABASES[alias]["NAME"] = name


def _exists(name: str) -> bool:
    with _owner() as owner:
        return owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(name: str) -> None:
    """Drop a clone; one that autovacuum is busy in cannot be forced by its owner, but is free a moment later."""
    with _owner() as owner:
        for _ in range(50):
            try:
                owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                return
            except psycopg.errors.InsufficientPrivilege:
                time.sleep(0.2)
        raise RuntimeError(f"{name} cannot be dropped")


def _clone(template: str, name: str) -> None:
    _drop(name)
    with _owner() as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _make_template(name: str) -> None:
    building = f"{name}_building"
    with _owner() as owner:
        owner.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
        owner.execute(f'CREATE DATABASE "{building}"')
    home = {alias: settings.DATABASES[alias]["NAME"] for alias in ("default", "owner")}
    for alias in home:
        _point(alias, building)
    call_command("migrate", database="owner", verbosity=0)
    connections["owner"].cursor().execute("INSERT INTO vault_practice (id, practice) VALUES (1, true)")
    by = Acting(None, None, at=datetime(2026, 11, 23, 8, tzinfo=UTC), origin="opzet")
    told = organisation.load(ROOT / "practice" / "organisation.toml")
    organisation.set_up(told, ROOT / "policies", by=by)
    organisation.set_up_users(told, password=PASSWORD, by=by)
    for alias, own in home.items():
        _point(alias, own)
    with _owner() as owner:
        owner.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')


@pytest.fixture(scope="session")
def template(django_db_blocker: pytest.FixtureRequest) -> str:
    """The name of the migrated template database with the practice organisation in it."""
    name = f"mr_template_{_sources()}"
    with _alone(name), django_db_blocker.unblock():
        if not _exists(name):
            _make_template(name)
    return name


@pytest.fixture(scope="session")
def django_db_setup(template: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A clone per worker."""
    name = f"mr_test_{os.getpid()}_{WORKER}"
    home = {alias: settings.DATABASES[alias]["NAME"] for alias in ("default", "owner")}
    with django_db_blocker.unblock():
        with _alone(template):
            _clone(template, name)
        for alias in home:
            _point(alias, name)
    yield
    with django_db_blocker.unblock():
        for alias, own in home.items():
            _point(alias, own)
        _drop(name)


@pytest.fixture
def committed(template: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh clone for a test that commits (races, journeys, kills); gives its name."""
    name = f"mr_own_{os.getpid()}_{WORKER}"
    with django_db_blocker.unblock():
        home = {alias: settings.DATABASES[alias]["NAME"] for alias in ("default", "owner")}
        with _alone(template):
            _clone(template, name)
        for alias in home:
            _point(alias, name)
        yield name
        for alias, own in home.items():
            _point(alias, own)
        _drop(name)
