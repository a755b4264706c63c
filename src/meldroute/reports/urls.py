"""Addresses of reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import listing, page

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("rapporten/", listing.listing, name="list"),
    path("rapporten/nieuw/", listing.make, name="make"),
    path("rapporten/<uuid:report_id>/", page.report, name="report"),
    path("rapporten/<uuid:report_id>/schrijven/", page.write, name="write"),
    path("rapporten/<uuid:report_id>/verschil/", page.compare, name="compare"),
    path("rapporten/<uuid:report_id>/opnieuw-tellen/", page.count_again, name="count-again"),
    path("rapporten/<uuid:report_id>/vaststellen/", page.adopt, name="adopt"),
    path("rapporten/<uuid:report_id>/nieuwe-versie/", page.new_version, name="new-version"),
    path("rapporten/<uuid:report_id>/weg/", page.remove, name="remove"),
    path("rapporten/<uuid:report_id>/terugzetten/", page.bring_back, name="bring-back"),
    path("rapporten/<uuid:report_id>/bestand/<slug:form>/", page.file, name="file"),
]
