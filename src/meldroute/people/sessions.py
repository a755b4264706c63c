"""Sessions on the server: one row each, with whose it is, when it began and when it was last used.

The engine of Django (`SESSION_ENGINE`); the columns are copies of what the session itself holds, so that a person can
see the own sessions and all sessions of somebody can be ended with one statement.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

LIVING = "SELECT * FROM people_session WHERE session_key = %s AND expire_date > %s"


class Session(AbstractBaseSession):
    """A session. `handle` names it on a page, because the key itself opens it."""

    handle = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True, db_index=True)
    began_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, blank=True)
    provider_session = models.CharField(max_length=255, blank=True, db_index=True)

    class Meta:
        app_label = "people"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The engine that reads it."""
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the columns above."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """As Django does; written out, as every page asks it."""
        rows = Session.objects.raw(LIVING, [self.session_key, timezone.now()])
        found = next(iter(rows), None)
        if found is None:
            self._session_key = None
        return found

    def save(self, must_create: bool = False) -> None:
        """As Django does; a session that is there is changed by one statement, without a savepoint around it."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
        told = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        if not Session.objects.filter(session_key=told.pop("session_key")).update(**told):
            raise UpdateError

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of `data`."""
        row: Any = super().create_model_instance(data)
        row.user_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.handle = UUID(data["handle"]) if "handle" in data else None
        row.began_at, row.used_at = moment(data, "began"), moment(data, "used")
        row.device = data.get("device", "")
        row.provider_session = data.get("provider_session", "")
        return row  # type: ignore[no-any-return]


def moment(data: Any, name: str) -> datetime | None:
    """An instant that a session holds, or None."""
    return datetime.fromisoformat(data[name]) if data.get(name) else None
