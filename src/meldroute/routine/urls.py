"""Addresses of the routine."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import routine

app_name = "routine"
urlpatterns: list[URLPattern] = [
    path("routine/", routine.now, name="now"),
    path("routine/maand/<uuid:month_id>/", routine.month, name="month"),
    path("routine/stap/<uuid:step_id>/", routine.step, name="step"),
    path("routine/stap/<uuid:step_id>/terug/", routine.undo, name="undo"),
    path("routine/testmail/", routine.mail, name="mail"),
    path("routine/oefensignaal/", routine.practise, name="practise"),
]
