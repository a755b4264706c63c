"""Addresses of the queue, the file, what is known in it and who may see it."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import access, facts, file, handling, links, mine, queue, subjects

SIGNAL = "signalen/<uuid:signal_id>/"
OBSERVATION = f"{SIGNAL}waarneming/<uuid:observation_id>/"
SUBJECT = f"{SIGNAL}wie-en-waar/<uuid:subject_id>/"

urlpatterns: list[URLPattern] = [
    path("signalen/", queue.queue, name="queue"),
    path("mijn-meldingen/", mine.mine, name="mine"),
    path(SIGNAL, file.file, name="file"),
    path(f"{SIGNAL}openen/", file.unlock, name="unlock"),
    path(f"{SIGNAL}tijdlijn/", file.timeline, name="timeline"),
    path(f"{SIGNAL}waarneming/", facts.observe, name="observe"),
    path(f"{OBSERVATION}verbeteren/", facts.correct, name="observation-correct"),
    path(f"{OBSERVATION}ontvangers/", facts.recall, name="recall"),
    path(f"{SIGNAL}wie-en-waar/", subjects.subject, name="subject"),
    path(SUBJECT, subjects.card, name="card"),
    path(f"{SUBJECT}wijzigen/", subjects.change, name="subject-change"),
    path(f"{SIGNAL}kenmerken/", facts.parts, name="parts"),
    path(f"{SIGNAL}kenmerken/<uuid:element_id>/", facts.part_end, name="part-end"),
    path(f"{SIGNAL}bijlage/", facts.attach, name="attach"),
    path(f"{SIGNAL}bijlage/<uuid:attachment_id>/", facts.attachment, name="attachment"),
    path(f"{SIGNAL}verbinden/", links.link, name="link"),
    path(f"{SIGNAL}verbinden/<uuid:link_id>/", links.unlink, name="unlink"),
    path(f"{SIGNAL}eerder/", links.earlier, name="earlier"),
    path(f"{SIGNAL}eerder/<uuid:other_id>/", links.earlier_open, name="earlier-open"),
    path(f"{SIGNAL}bekend/", handling.known, name="known"),
    path(f"{SIGNAL}behandelaar/", handling.handler, name="handler"),
    path(f"{SIGNAL}behandelaar/ik/", handling.take, name="handler-take"),
    path(f"{SIGNAL}melder/<uuid:reporter_id>/", handling.reporter, name="reporter"),
    path(f"{SIGNAL}melder/instemmen/<uuid:reveal_id>/", handling.agree, name="reveal-agree"),
    path(f"{SIGNAL}toegang/", access.access, name="access"),
    path(f"{SIGNAL}toegang/geven/", access.give, name="access-give"),
    path(f"{SIGNAL}toegang/<uuid:access_id>/beeindigen/", access.end, name="access-end"),
    path("toegang/vragen/", access.ask, name="access-ask"),
    path("toegang/nood/", access.break_glass, name="break-glass"),
    path("toegang/lezen/", access.supervise, name="supervise"),
    path("toegang/noodmeldingen/", access.alerts, name="alerts"),
    path("toegang/verzoeken/", access.requests, name="access-requests"),
    path("toegang/verzoeken/<uuid:request_id>/", access.answer, name="access-answer"),
]
