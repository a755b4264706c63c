"""Opening an installation: which one, its database, and the application on top."""

from collections.abc import Iterator
from contextlib import contextmanager

from launcher import settings as environment_settings
from launcher.application import Application, Urls
from launcher.cluster import Cluster
from launcher.places import Installation, Places, make_folder
from launcher.settings import Settings

PRACTICE = "practice"
EMPTY = "empty"


def choose(places: Places, empty: bool) -> Installation:
    """The practice installation, unless asked otherwise, or unless only a real one has been made here."""
    practice, real = places.installation(PRACTICE), places.installation(EMPTY)
    if empty or (real.made and not practice.made):
        return real
    return practice


@contextmanager
def opened(
    places: Places, installation: Installation, settings: Settings
) -> Iterator[tuple[Application, Cluster | None]]:
    """The application with its database running; the embedded server (when it is used) comes along."""
    make_folder(installation.folder)
    if installation.real:
        environment_settings.check_real(settings)
    else:
        environment_settings.check_practice(settings)
    if settings.database_url:
        urls = Urls(settings.database_url, settings.owner_database_url, embedded=False)
        yield Application(places, installation, settings, urls), None
        return
    cluster = Cluster(places, installation, settings.postgres)
    with cluster.opened() as port:
        urls = Urls(cluster.url("app", port), cluster.url("owner", port), embedded=True)
        yield Application(places, installation, settings, urls), cluster


@contextmanager
def throw_away(places: Places, name: str, settings: Settings) -> Iterator[Application]:
    """A database for tests ("test") or measurements ("bench"); the user's own settings do not count there."""
    installation = places.installation(name)
    make_folder(installation.logs)
    only_postgres = Settings(postgres=settings.postgres)
    with opened(places, installation, only_postgres) as (application, _):
        yield application
