"""Every address of the application."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("meldroute.route.urls")),
    path("", include("meldroute.intake.urls")),
    path("", include("meldroute.meetings.urls")),
    path("", include("meldroute.people.urls")),
]
