"""Addresses of this chapter."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "route"
urlpatterns: list[URLPattern] = []
