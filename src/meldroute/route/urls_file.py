"""Addresses of the queue, the file and what is known in it."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import facts, file, queue

urlpatterns: list[URLPattern] = [
    path("signalen/", queue.queue, name="queue"),
    path("signalen/<uuid:signal_id>/", file.file, name="file"),
    path("signalen/<uuid:signal_id>/waarneming/", facts.observe, name="observe"),
    path("signalen/<uuid:signal_id>/wie-en-waar/", facts.subject, name="subject"),
    path("signalen/<uuid:signal_id>/wie-en-waar/<uuid:subject_id>/", facts.card, name="card"),
    path("signalen/<uuid:signal_id>/bijlage/", facts.attach, name="attach"),
    path("signalen/<uuid:signal_id>/bijlage/<uuid:attachment_id>/", facts.attachment, name="attachment"),
]
