"""Addresses of the mailbox, of reporting, and of links for partners."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import desk, links, partner, report, sealing, triage

app_name = "intake"
urlpatterns: list[URLPattern] = [
    path("postbus/", triage.triage, name="triage"),
    path("postbus/telefoon-of-balie/", desk.call, name="desk"),
    path("postbus/meld-misdaad-anoniem/", desk.anonymous_message, name="mma"),
    path("postbus/links/", links.links, name="partner-links"),
    path("postbus/links/<uuid:link_id>/beeindigen/", links.end, name="partner-link-end"),
    path("postbus/<uuid:mail_id>/", triage.mail, name="mail"),
    path("postbus/<uuid:mail_id>/hoort-bij/", triage.add, name="add"),
    path("postbus/<uuid:mail_id>/terzijde/", triage.aside, name="aside"),
    path("postbus/<uuid:mail_id>/terug/", triage.take_back, name="take-back"),
    path("postbus/<uuid:mail_id>/bron/", triage.source, name="source"),
    path("postbus/<uuid:mail_id>/bijlage/<int:number>/", triage.part, name="part"),
    path("signalen/<uuid:signal_id>/verzegelen/", sealing.seal, name="seal"),
    path("melden/", report.ask, name="report"),
    path("melden/formulier/", report.fill, name="report-form"),
    path("melden/concept/", report.keep, name="report-draft"),
    path("melden/nakijken/", report.check, name="report-check"),
    path("melden/ontvangen/<uuid:signal_id>/", report.received, name="report-received"),
    path("partner/ontvangen/", partner.received, name="partner-received"),
    path("partner/<str:token>/", partner.ask, name="partner"),
    path("partner/<str:token>/<slug:code>/formulier/", partner.fill, name="partner-form"),
    path("partner/<str:token>/<slug:code>/concept/", partner.keep, name="partner-draft"),
    path("partner/<str:token>/<slug:code>/nakijken/", partner.check, name="partner-check"),
]
