"""Beheer: who has which role, who waits for confirmation. No case data here."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldroute.domain.vocabulary import Role
from meldroute.journal import actions as journal

from .. import actions, reviewing
from ..accounts import Account, accounts_of, waiting
from ..forms import GrantForm, UserForm
from ..gate import Request, allowed
from ..invitations import token
from ..models import FactorReset, Membership, User
from ..proving import fresh

LOOKERS = (Role.ADMINISTRATOR, Role.MELDPUNT, Role.PROCESS_OWNER)


def _here(request: Request, user_id: UUID) -> User:
    """A user who has, had or will have a role here, or none anywhere yet; else 404."""
    mine = User.objects.filter(memberships__municipality_id=request.acting.place)
    new = User.objects.filter(memberships__isnull=True)
    return get_object_or_404((mine | new).distinct(), id=user_id)


@allowed(*LOOKERS)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody with a role here, and what waits."""
    acting = cast(Request, request).acting
    rows = accounts_of(acting.place, acting.today)
    told = {
        "accounts": rows,
        "waiting": waiting(acting.place, acting.today),
        "may_make": acting.is_any(Role.ADMINISTRATOR),
        "may_confirm": acting.is_any(Role.MELDPUNT, Role.PROCESS_OWNER),
    }
    journal.record(by=acting, act="look", on="people.accounts", ids=[row.user.id for row in rows])
    return render(request, "people/accounts.html", told)


@allowed(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def make_account(request: HttpRequest) -> HttpResponse:
    """A new account; its link is shown once, to hand over by a way that is safe."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.make_user(by=cast(Request, request).acting, **form.cleaned_data)
        return redirect("people:account", user.id)
    return render(request, "people/make_account.html", {"form": form})


@allowed(*LOOKERS)
@fresh()
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account: its roles, and a form to propose another."""
    asked = cast(Request, request)
    acting = asked.acting
    user = _here(asked, user_id)
    form = GrantForm(request.POST or None, municipality_id=acting.place, today=acting.today)
    if request.method == "POST" and form.is_valid():
        actions.grant(
            by=acting,
            user=user,
            role=Role(form.cleaned_data["role"]),
            starts=form.cleaned_data["starts"],
            ends=form.cleaned_data["ends"],
            organisation_id=form.organisation_id(),
            stands_in_for=form.stand_in(),
        )
        messages.success(request, _("De rol is voorgesteld. Een rol die zaken ziet, telt pas na bevestiging."))
        return redirect("people:account", user.id)
    told = {"account": Account.of(user, acting.place, acting.today), "form": form}
    told["may_make"] = acting.is_any(Role.ADMINISTRATOR)
    journal.record(by=acting, act="look", on="people.User", ids=[user.id])
    return render(request, "people/account.html", told)


@allowed(Role.ADMINISTRATOR)
@fresh()
@require_POST
def invite(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show the link with which the owner chooses a password."""
    asked = cast(Request, request)
    user = _here(asked, user_id)
    journal.record(by=asked.acting, act="user.invite", on="people.User", ids=[user.id])
    link = request.build_absolute_uri(reverse("people:welcome", args=[token(user)]))
    return render(request, "people/invited.html", {"account_user": user, "link": link})


@allowed(Role.MELDPUNT, Role.PROCESS_OWNER)
@fresh()
@require_POST
def confirm_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """The second person says yes."""
    acting = cast(Request, request).acting
    membership = get_object_or_404(Membership, id=membership_id, municipality_id=acting.place)
    actions.confirm(by=acting, membership=membership)
    messages.success(request, _("De rol telt vanaf nu."))
    return redirect("people:accounts")


@allowed(Role.ADMINISTRATOR)
@require_POST
def end_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End a role at once."""
    acting = cast(Request, request).acting
    membership = get_object_or_404(Membership, id=membership_id, municipality_id=acting.place)
    actions.end_role(by=acting, membership=membership)
    messages.success(request, _("De rol is beëindigd."))
    return redirect("people:account", membership.user_id)


@allowed(Role.ADMINISTRATOR)
@require_POST
def bar(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Bar who leaves, everywhere at once."""
    asked = cast(Request, request)
    user = _here(asked, user_id)
    actions.bar(by=asked.acting, user=user)
    messages.success(request, _("Het account is geblokkeerd en alle sessies zijn beëindigd."))
    return redirect("people:account", user.id)


@allowed(Role.ADMINISTRATOR)
@require_POST
def end_sessions(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Log somebody out everywhere; the account stays as it is."""
    asked = cast(Request, request)
    user = _here(asked, user_id)
    ended = actions.end_sessions_of(by=asked.acting, user=user)
    told = ngettext("%(number)d sessie is beëindigd.", "%(number)d sessies zijn beëindigd.", ended)
    messages.success(request, told % {"number": ended} if ended else _("Dit account was nergens ingelogd."))
    return redirect("people:account", user.id)


@allowed(Role.ADMINISTRATOR)
@fresh()
@require_POST
def wake(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Open an account that fell asleep because nobody used it."""
    asked = cast(Request, request)
    user = _here(asked, user_id)
    reviewing.wake(by=asked.acting, user=user)
    messages.success(request, _("Het account is gewekt. De rollen en de tweede factor zijn gebleven."))
    return redirect("people:account", user.id)


@allowed(Role.ADMINISTRATOR)
@fresh()
@require_POST
def ask_reset(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask to unbind the second factor."""
    asked = cast(Request, request)
    user = _here(asked, user_id)
    reset = actions.ask_factor_reset(by=asked.acting, user=user)
    done = FactorReset.objects.filter(id=reset.id, confirmed_at__isnull=False).exists()
    told = _("De tweede factor is losgekoppeld.")
    messages.success(request, told if done else _("Het meldpunt of de proceseigenaar moet dit bevestigen."))
    return redirect("people:account", user.id)


@allowed(Role.MELDPUNT, Role.PROCESS_OWNER)
@fresh()
@require_POST
def confirm_reset(request: HttpRequest, reset_id: UUID) -> HttpResponse:
    """The second person agrees to unbind."""
    acting = cast(Request, request).acting
    reset = get_object_or_404(FactorReset, id=reset_id, municipality_id=acting.place, confirmed_at__isnull=True)
    actions.confirm_factor_reset(by=acting, reset=reset)
    messages.success(request, _("De tweede factor is losgekoppeld."))
    return redirect("people:accounts")
