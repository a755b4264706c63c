"""Addresses of this chapter: the file and its queue, and the work on it."""

from __future__ import annotations

from django.urls import URLPattern

from . import urls_feedback, urls_file, urls_work

app_name = "route"
urlpatterns: list[URLPattern] = [
    *urls_file.urlpatterns,
    *urls_work.urlpatterns,
    *urls_feedback.urlpatterns,
]
