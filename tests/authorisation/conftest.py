"""The scene of this folder: made once per module and worker, taken back at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from authorisation.asking import Scene, scene


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Scene]:
    """Both municipalities, with the database open for every test of the module."""
    with django_db_blocker.unblock(), scene() as found:
        yield found
