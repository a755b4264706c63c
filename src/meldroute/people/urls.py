"""Addresses of accounts, roles and the journal."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import accounts, call_card, journal, partners, welcome

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("beheer/", accounts.accounts, name="accounts"),
    path("beheer/account/", accounts.make_account, name="make-account"),
    path("beheer/account/<uuid:user_id>/", accounts.account, name="account"),
    path("beheer/account/<uuid:user_id>/uitnodigen/", accounts.invite, name="invite"),
    path("beheer/account/<uuid:user_id>/blokkeren/", accounts.bar, name="bar"),
    path("beheer/account/<uuid:user_id>/sessies/beeindigen/", accounts.end_sessions, name="end-sessions"),
    path("beheer/account/<uuid:user_id>/wekken/", accounts.wake, name="wake"),
    path("beheer/account/<uuid:user_id>/tweede-factor/", accounts.ask_reset, name="ask-reset"),
    path("beheer/rol/<uuid:membership_id>/bevestigen/", accounts.confirm_role, name="confirm-role"),
    path("beheer/rol/<uuid:membership_id>/beeindigen/", accounts.end_role, name="end-role"),
    path("beheer/tweede-factor/<uuid:reset_id>/bevestigen/", accounts.confirm_reset, name="confirm-reset"),
    path("beheer/gemeente/", partners.municipality, name="municipality"),
    path("partners/", partners.partners, name="partners"),
    path("partners/nieuw/", partners.add, name="partner-add"),
    path("partners/<uuid:partner_id>/", partners.partner, name="partner"),
    path("partners/<uuid:partner_id>/einde/", partners.end, name="partner-end"),
    path("bellen/", call_card.call_card, name="call-card"),
    path("bellen/kaart.pdf", call_card.call_card_pdf, name="call-card-pdf"),
    path("bellen/nakijken/", call_card.check, name="call-card-check"),
    path("bellen/voorstel/", call_card.propose, name="call-card-propose"),
    path("bellen/nummer/", call_card.add, name="call-line-add"),
    path("bellen/nummer/<uuid:line_id>/", call_card.line, name="call-line"),
    path("bellen/nummer/<uuid:line_id>/einde/", call_card.end, name="call-line-end"),
    path("logboek/", journal.log, name="journal"),
    path("welkom/<str:token>/", welcome.welcome, name="welcome"),
]
