"""Addresses of the feedback to reporters."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import feedback, outbox, receipts

urlpatterns: list[URLPattern] = [
    path("terugkoppeling/", feedback.owed, name="feedback-list"),
    path("terugkoppeling/<uuid:feedback_id>/", feedback.compose, name="feedback-compose"),
    path("terugkoppeling/<uuid:feedback_id>/lezen/", feedback.read, name="feedback-read"),
    path("terugkoppeling/<uuid:feedback_id>/ontvangst/", receipts.receipt, name="feedback-receipt"),
    path("terugkoppeling/<uuid:feedback_id>/geen/", feedback.none, name="feedback-none"),
    path("signalen/<uuid:signal_id>/terugkoppeling/", feedback.of_signal, name="feedback"),
    path("verzonden-post/", outbox.outbox, name="outbox"),
    path("verzonden-post/<uuid:mail_id>/", outbox.mail, name="outbox-mail"),
]
