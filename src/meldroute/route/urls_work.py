"""Addresses of the work on a signal: weighings, checks, decisions, tasks."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
