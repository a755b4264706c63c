"""Addresses of the feedback to reporters."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import feedback

urlpatterns: list[URLPattern] = [
    path("terugkoppeling/", feedback.owed, name="feedback-list"),
    path("terugkoppeling/<uuid:feedback_id>/", feedback.compose, name="feedback-compose"),
    path("terugkoppeling/<uuid:feedback_id>/geen/", feedback.none, name="feedback-none"),
    path("signalen/<uuid:signal_id>/terugkoppeling/", feedback.of_signal, name="feedback"),
]
