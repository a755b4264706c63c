"""The scene of this folder: made once per module and worker, taken back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from authorisation.asking import Scene, scene
from meldroute.people import staying


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Scene]:
    """Both municipalities, with the database open for every test of the module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, scene() as found:
        patch.setattr(staying, "NOTED", timedelta(hours=8))  # or of two requests that are compared, one writes the use
        yield found
