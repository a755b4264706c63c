"""Addresses of figures."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import listing, runs, tables

app_name = "figures"
urlpatterns: list[URLPattern] = [
    path("cijfers/", listing.listing, name="list"),
    path("cijfers/sjabloon.csv", tables.template, name="template"),
    path("cijfers/tabel/nieuw/", tables.upload, name="upload"),
    path("cijfers/tabel/invullen/", tables.grid, name="grid"),
    path("cijfers/tabel/<uuid:overlap_id>/", tables.overlap, name="overlap"),
    path("cijfers/tabel/<uuid:overlap_id>/definities/", tables.definitions, name="definitions"),
    path("cijfers/tabel/<uuid:overlap_id>/schatten/", tables.ask, name="ask"),
    path("cijfers/tabel/<uuid:overlap_id>/verwijderen/", tables.remove, name="remove-overlap"),
    path("cijfers/tabel/<uuid:overlap_id>/terugzetten/", tables.bring_back, name="bring-back-overlap"),
    path("cijfers/tabel/<uuid:overlap_id>/voorgoed/", tables.destroy, name="destroy-overlap"),
    path("cijfers/vergelijken/", runs.compare, name="compare"),
    path("cijfers/schatting/<uuid:run_id>/", runs.run, name="run"),
    path("cijfers/schatting/<uuid:run_id>/stoppen/", runs.cancel, name="cancel"),
    path("cijfers/schatting/<uuid:run_id>/verwijderen/", runs.remove, name="remove-run"),
    path("cijfers/schatting/<uuid:run_id>/terugzetten/", runs.bring_back, name="bring-back-run"),
    path("cijfers/schatting/<uuid:run_id>/delen/", runs.share, name="share"),
    path("cijfers/schatting/<uuid:run_id>/intrekken/", runs.withdraw, name="withdraw"),
    path("cijfers/schatting/<uuid:run_id>/bestand/<slug:kind>/", runs.file, name="file"),
    path("cijfers/beeld/<uuid:figure_id>/", listing.figure, name="figure"),
    path("cijfers/beeld/<uuid:figure_id>/bestand/<slug:kind>/", listing.figure_file, name="figure-file"),
]
