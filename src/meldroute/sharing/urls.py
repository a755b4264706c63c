"""Addresses of the policies."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    path("beleid/", views.policies, name="policies"),
    path("beleid/<slug:kind>/", views.one, name="policy"),
    path("beleid/<slug:kind>/bestand/", views.download, name="policy-file"),
    path("beleid/<slug:kind>/nieuw/", views.new, name="policy-new"),
    path("beleid/<slug:kind>/vaststellen/", views.adopt, name="policy-adopt"),
]
