"""Addresses of the mailbox."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "intake"
urlpatterns: list[URLPattern] = [
    path("postbus/", views.triage, name="triage"),
    path("postbus/<uuid:mail_id>/", views.mail, name="mail"),
    path("postbus/<uuid:mail_id>/hoort-bij/", views.add, name="add"),
    path("postbus/<uuid:mail_id>/terzijde/", views.aside, name="aside"),
    path("postbus/<uuid:mail_id>/terug/", views.take_back, name="take-back"),
    path("postbus/<uuid:mail_id>/bron/", views.source, name="source"),
]
