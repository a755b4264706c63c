"""Addresses of the plan."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import actions, calendar, grid, scanning, times, versions

app_name = "plan"
urlpatterns: list[URLPattern] = [
    path("plan/", grid.grid, name="grid"),
    path("plan/overzicht.csv", grid.overview, name="overview"),
    path("plan/bestand.toml", grid.export, name="export"),
    path("plan/inlezen/", versions.bring, name="bring"),
    path("plan/versies/", versions.history, name="history"),
    path("plan/zelfscan/", scanning.scan, name="scan"),
    path("plan/zelfscan/<slug:criterion>/", scanning.criterion, name="criterion"),
    path("plan/agenda/", calendar.calendar, name="calendar"),
    path("plan/agenda/<str:feed>/plan.ics", calendar.feed, name="feed"),
    path("plan/actie/nieuw/", actions.add, name="add"),
    path("plan/actie/<uuid:action_id>/", actions.action, name="action"),
    path("plan/actie/<uuid:action_id>/eigenaar/", actions.own, name="own"),
    path("plan/actie/<uuid:action_id>/wijzigen/", actions.amend, name="amend"),
    path("plan/actie/<uuid:action_id>/beeindigen/", actions.end, name="end"),
    path("plan/termijn/<uuid:occurrence_id>/", times.time, name="time"),
    path("plan/termijn/<uuid:occurrence_id>/terug/", times.undo, name="undo"),
    path("plan/termijn/<uuid:occurrence_id>/bewijs/", times.prove, name="prove"),
    path("plan/bewijs/<uuid:proof_id>/telt/", times.accept, name="accept"),
    path("plan/bewijs/<uuid:proof_id>/weg/", times.remove, name="remove-proof"),
    path("plan/bewijs/<uuid:proof_id>/terug/", times.bring_back, name="bring-back-proof"),
    path("plan/bewijs/<uuid:proof_id>/bestand/", times.file, name="file"),
]
