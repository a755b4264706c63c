"""Addresses of this chapter."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import activity, groups, register, sparring

app_name = "awareness"
urlpatterns: list[URLPattern] = [
    path("bewustwording/", register.register, name="list"),
    path("bewustwording/bereikt/", register.covered, name="coverage"),
    path("bewustwording/nieuw/", register.choose, name="choose"),
    path("bewustwording/nieuw/<slug:kind>/", activity.make, name="make"),
    path("bewustwording/even-sparren/", sparring.note, name="spar"),
    path("bewustwording/groepen/", groups.groups, name="groups"),
    path("bewustwording/groepen/nieuw/", groups.add, name="group-add"),
    path("bewustwording/groepen/<uuid:group_id>/", groups.group, name="group"),
    path("bewustwording/groepen/<uuid:group_id>/beeindigen/", groups.end, name="group-end"),
    path("bewustwording/<uuid:activity_id>/", activity.activity, name="activity"),
    path("bewustwording/<uuid:activity_id>/aanpassen/", activity.change, name="change"),
    path("bewustwording/<uuid:activity_id>/gehouden/", activity.hold, name="hold"),
    path("bewustwording/<uuid:activity_id>/vervalt/", activity.cancel, name="cancel"),
]
