"""Addresses of this chapter."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import activity, groups, people, register, sharing, signing_up, sparring

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
    path("bewustwording/<uuid:activity_id>/uitnodigen/", people.invite, name="invite"),
    path("bewustwording/<uuid:activity_id>/presentielijst/", people.attendance, name="attendance"),
    path("bewustwording/deelnemer/<uuid:participant_id>/weg/", people.remove, name="remove"),
    path("bewustwording/deelnemer/<uuid:participant_id>/bewijs/", people.certificate, name="certificate"),
    path("bewustwording/<uuid:activity_id>/delen/", sharing.offer, name="share"),
    path("bewustwording/aanbod/<uuid:share_id>/", sharing.answer, name="answer"),
    path("bewustwording/aanbod/<uuid:share_id>/intrekken/", sharing.withdraw, name="unshare"),
    path("aanmelden/<str:token>/", signing_up.sign_up, name="sign-up"),
    path("deelname/<str:token>/", signing_up.own, name="own"),
    path("deelname/<str:token>/agenda/", signing_up.own_calendar, name="own-calendar"),
    path("deelname/<str:token>/bewijs/", signing_up.own_certificate, name="own-certificate"),
    path("bewustwording/<uuid:activity_id>/vervalt/", activity.cancel, name="cancel"),
]
