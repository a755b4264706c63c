"""Addresses of the queue, the file and who may see it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
