"""Every address of the application."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from meldroute.people.gate import public

from .gallery import gallery
from .views import factor, first, own, review, session, sso, today
from .views import public as open_to_all

handler400 = "meldroute.web.views.errors.bad_request"
handler403 = "meldroute.web.views.errors.denied"
handler404 = "meldroute.web.views.errors.not_found"
handler500 = "meldroute.web.views.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("inloggen/", session.login, name="login"),
    path("inloggen/gemeente/", sso.start, name="sso"),
    path("inloggen/gemeente/terug/", sso.back, name="sso-back"),
    path("inloggen/gemeente/afgemeld/", sso.leave, name="sso-leave"),
    path("uitloggen/", session.logout, name="logout"),
    path("tweede-factor/", factor.second_factor, name="second-factor"),
    path("tweede-factor/instellen/", factor.second_factor_setup, name="second-factor-setup"),
    path("mijn-account/", own.own_account, name="own-account"),
    path("mijn-account/sessie/<uuid:handle>/beeindigen/", own.end_session, name="end-session"),
    path("mijn-account/sessies/beeindigen/", own.end_others, name="end-other-sessions"),
    path("mijn-account/wachtwoord/", own.change_password, name="change-password"),
    path("mijn-account/app/", own.bind_app, name="bind-app"),
    path("mijn-account/app/loskoppelen/", own.remove_app, name="remove-app"),
    path("mijn-account/passkey/", own.add_passkey, name="add-passkey"),
    path("mijn-account/passkey/<uuid:passkey_id>/verwijderen/", own.remove_passkey, name="remove-passkey"),
    path("mijn-account/reservecodes/", own.new_codes, name="new-codes"),
    path("gemeente/", session.switch_municipality, name="switch"),
    path("rollen-nalopen/", review.review, name="review"),
    path("taal/", session.set_language, name="set_language"),
    path("waar-melden/", open_to_all.where_to_report, name="where-to-report"),
    path("eerste-account/<str:token>/", first.first, name="first-account"),
    path("leeft/", open_to_all.alive, name="alive"),
    path(".well-known/security.txt", open_to_all.security_txt, name="security-txt"),
    path("", include("meldroute.route.urls")),
    path("", include("meldroute.intake.urls")),
    path("", include("meldroute.meetings.urls")),
    path("", include("meldroute.plan.urls")),
    path("", include("meldroute.awareness.urls")),
    path("", include("meldroute.figures.urls")),
    path("", include("meldroute.reports.urls")),
    path("", include("meldroute.routine.urls")),
    path("", include("meldroute.people.urls")),
    path("", include("meldroute.sharing.urls")),
]
if settings.MELDROUTE_PRACTICE:
    urlpatterns += [
        path("onderdelen/", public(require_safe(gallery)), name="gallery"),
        path("onderdelen/<str:page>/", public(require_safe(gallery)), name="gallery-page"),
    ]
