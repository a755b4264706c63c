"""Signing in, as the policies of the municipalities have it: asked before anybody is in, of each one apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from meldroute.domain.signing_in import SignIn, completed, parse_sign_in
from meldroute.domain.term import gettext_noop
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people import identities
from meldroute.people.models import Membership, Municipality, User
from meldroute.people.places import counting
from meldroute.people.provider import NotBelieved, Told
from meldroute.people.unit import there
from meldroute.sharing.models import Policy, PolicyKind
from meldroute.sharing.parsing import plain
from meldroute.sharing.policy_files import load

WRONG = gettext_noop(
    "De aanmelding die binnenkwam klopt niet. Begin opnieuw. Gebeurt het nog een keer, vertel het dan de beheerder."
)
REASONS: Mapping[str, str] = {
    "state": gettext_noop("Deze aanmelding is verlopen of al gebruikt. Begin opnieuw."),
    "exp": gettext_noop("Deze aanmelding is verlopen. Begin opnieuw."),
    "answer": gettext_noop("Uw gemeente heeft de aanmelding niet afgemaakt. Probeer het opnieuw."),
    "unreachable": gettext_noop("De aanmelding van uw gemeente is nu niet bereikbaar. Probeer het later opnieuw."),
    "email": gettext_noop("Uw gemeente geeft geen mailadres mee dat vaststaat. Vraag het aan de beheerder."),
    "sub": gettext_noop("Bij dit mailadres hoort al een andere aanmelding. Vraag de beheerder om die los te koppelen."),
    "asleep": gettext_noop("Dit account slaapt, omdat het lang niet is gebruikt. Vraag de beheerder om het te wekken."),
    "barred": gettext_noop("Dit account is geblokkeerd. Vraag het aan de beheerder."),
    "account": gettext_noop("U hebt hier nog geen rol. Vraag het aan de beheerder."),
    "waiting": gettext_noop("Uw rol is voorgesteld. U kunt naar binnen als een tweede persoon die heeft bevestigd."),
    "groups": gettext_noop("Uw gemeente geeft niet door in welke groepen u zit. Vraag het aan de beheerder."),
    "other": gettext_noop("U hebt zich als iemand anders aangemeld. Begin opnieuw."),
}
"""What is said for each check that failed; of the others no more than that something is wrong."""


def reason_of(check: str) -> str:
    """What somebody reads whose sign-in failed at `check`; "" for none."""
    return _(REASONS.get(check, WRONG)) if check else ""


def rules_here(by: Acting) -> SignIn:
    """The policy of the active municipality; what it does not say yet is as shipped, so that nobody stays outside."""
    shipped = _shipped()
    kept = Policy.objects.filter(municipality_id=by.place, kind=PolicyKind.ACCOUNTS).order_by("version").last()
    return parse_sign_in(completed(kept.body if kept else shipped, shipped))


@cache
def _shipped() -> dict[str, Any]:
    return plain(load(PolicyKind.ACCOUNTS.value, settings.MELDROUTE_POLICIES))  # type: ignore[no-any-return]


def _all(by: Acting) -> Iterator[tuple[Municipality, SignIn]]:
    """Every municipality with its policy, in the order of the chains of the journal."""
    for place in Municipality.objects.order_by("id"):
        with there(by, place.id) as acting:
            rules = rules_here(acting)
        yield place, rules


def _own(by: Acting, user: User) -> list[tuple[Municipality, SignIn]]:
    """Those where a role of `user` counts."""
    held = set(Membership.objects.filter(counting(by.today), user=user).values_list("municipality_id", flat=True))
    return [(place, rules) for place, rules in _all(by) if place.id in held]


def refuses_password(by: Acting, user: User) -> bool:
    """Whether a municipality of `user` wants its own people to come through the identity provider only."""
    return any(rules.refuses_password(user.email, place.mail_domains) for place, rules in _own(by, user))


def tell_break_glass(by: Acting, user: User) -> None:
    """A break-glass account is in: its municipality hears it in its own journal."""
    for place, rules in _own(by, user):
        if rules.is_break_glass(user.email):
            with there(by, place.id) as acting:
                journal.record(by=acting, act="session.break_glass", on="people.User", ids=[user.id])


def admit(by: Acting, told: Told) -> tuple[User, bool]:
    """Whose account this is, with the roles that follow from the groups, and whether two factors were asked there.

    Raises NotBelieved; "waiting" after proposing roles that do not count yet.
    """
    user = identities.account_of(told)
    if told.groups is None:
        raise NotBelieved("groups")
    rules = dict(_all(by))
    if user is None and not any(one.roles_of(told.groups) for one in rules.values()):
        raise NotBelieved("account")
    user = identities.tie(by=by, told=told, user=user)
    for place, one in rules.items():
        with there(by, place.id) as acting:
            identities.follow_groups(by=acting, user=user, wanted=one.roles_of(told.groups))
    return user, _has_two_factors(by, user, rules, told)


def _has_two_factors(by: Acting, user: User, rules: Mapping[Municipality, SignIn], told: Told) -> bool:
    """By the policy of every municipality where a role counts. Raises NotBelieved when none does."""
    mine = Membership.objects.filter(user=user)
    held = set(mine.filter(counting(by.today)).values_list("municipality_id", flat=True))
    if not held:
        waits = mine.filter(confirmed_at__isnull=True).exclude(ends__lt=by.today).exists()
        raise NotBelieved("waiting" if waits else "account")
    return all(one.is_two_factor(told.claims) for place, one in rules.items() if place.id in held)


def nobody(by: Acting) -> Acting:
    """The same moment and origin, with nobody in yet."""
    return replace(by, user_id=None, municipality_id=None, roles=frozenset())
