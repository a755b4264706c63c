"""What the program itself can see of a step: a code with its values, kept as it was seen, and told in words here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldroute.domain.routine import WITHIN, Routine, Sees, Span, uncovered
from meldroute.domain.vocabulary import Role, State
from meldroute.journal.acting import Acting
from meldroute.people import call_card, reviewing
from meldroute.people.models import Membership
from meldroute.post.models import Delivery
from meldroute.route.models import Signal
from meldroute.route.terms import holidays_of
from meldroute.route.titles import STEPS, step_of

from .models import MailTest, Month, Step
from .policies import access_here

BACK = (State.FEEDBACK_DUE, State.CLOSED)
Told = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """`code` is one of `WORDS`, "" when the program sees nothing; `settled`: the step is done by what it saw."""

    code: str = ""
    told: Told = field(default_factory=dict)
    settled: bool = False

    @property
    def kept(self) -> Told:
        """As a step keeps it."""
        return {"code": self.code, "told": self.told} if self.code else {}


@dataclass(frozen=True)
class StandsIn:
    """Somebody who stands in, for whom and until when."""

    role: Role
    who: str
    instead_of: str
    until: date


def see(step: Step, by: Acting, policy: Routine) -> Finding:
    """What can be seen of this step now."""
    return _SEES[Sees(step.sees)](step, by, policy)


def _mailbox(step: Step, by: Acting, policy: Routine) -> Finding:
    """About the last test mail of the month."""
    test = MailTest.objects.filter(month_id=step.month_id).order_by("-at").first()
    if test is None:
        return Finding("mail.none")
    told: Told = {"at": test.at.isoformat()}
    if test.arrived_at is None:
        over = by.at > test.at + timedelta(minutes=policy.minutes)
        asked = test.looked_at.isoformat() if test.looked_at else ""
        return Finding(
            "mail.missing" if over else "mail.under_way", told | {"post": test.post, "box": test.box, "looked": asked}
        )
    told |= {"seconds": int((test.arrived_at - test.at).total_seconds()), "whole": test.whole}
    in_time = test.arrived_at <= test.at + timedelta(minutes=policy.minutes)
    return Finding("mail.arrived" if in_time else "mail.slow", told, settled=in_time)


def _stand_ins(step: Step, by: Acting, policy: Routine) -> Finding:
    gaps = {role.value: runs for role in _roles(step, policy) if (runs := _gaps(role, by, policy))}
    last = by.today + timedelta(days=policy.days[WITHIN] - 1)
    if gaps:
        return Finding("stand_ins.gaps", {"gaps": gaps, "until": last.isoformat()})
    return Finding("stand_ins.all", {"until": last.isoformat()}, settled=True)


def _roles(step: Step, policy: Routine) -> tuple[Role, ...]:
    return next((one.roles for one in policy.steps if one.id == step.code), ())


def _gaps(role: Role, by: Acting, policy: Routine) -> list[list[str]]:
    rows = _held(by, policy).filter(role=role)
    people: dict[object, list[Span]] = defaultdict(list)
    for row in rows:
        people[row.user_id].append(Span(row.starts, row.ends, row.stands_in_for_id is not None))
    spans = [span for mine in people.values() for span in _once(mine)]
    runs = uncovered(spans, by.today, policy.days[WITHIN], holidays_of(by.place))
    return [[first.isoformat(), last.isoformat()] for first, last in runs]


def _once(mine: list[Span]) -> list[Span]:
    """Somebody with the same role twice on a day is one person: the row that stands in, else the longest."""
    stands_in = [span for span in mine if span.stands_in]
    own = [span for span in mine if not span.stands_in]
    longest = max(own, key=lambda span: span.ends or date.max, default=None)
    return [*stands_in, *([longest] if longest else [])]


def _held(by: Acting, policy: Routine) -> Any:
    """Roles that count on one of the days looked at: confirmed, of an account that is not barred."""
    last = by.today + timedelta(days=policy.days[WITHIN] - 1)
    rows = Membership.objects.filter(
        municipality_id=by.place, confirmed_at__isnull=False, user__is_active=True, starts__lte=last
    )
    return rows.exclude(ends__lt=by.today)


def stand_ins(step: Step, by: Acting, policy: Routine) -> list[StandsIn]:
    """Who stands in for whom, until when: first who ends first."""
    rows = _held(by, policy).filter(stands_in_for__isnull=False, role__in=_roles(step, policy))
    rows = rows.select_related("user", "stands_in_for").order_by("ends")
    return [StandsIn(Role(row.role), row.user.name, row.stands_in_for.name, row.ends) for row in rows]


def _access(step: Step, by: Acting, policy: Routine) -> Finding:
    due = sum(role.soon for one in reviewing.to_review(by, access_here(by)) for role in one.roles)
    return Finding("access.due", {"count": due}) if due else Finding("access.none", settled=True)


def _call_card(step: Step, by: Acting, policy: Routine) -> Finding:
    if not call_card.lines(by).exists():
        return Finding("calls.empty")
    late = call_card.overdue(by)
    return Finding("calls.due", {"count": late}) if late else Finding("calls.right", settled=True)


def _practice(step: Step, by: Acting, policy: Routine) -> Finding:
    signal = practice_signal(step.month)
    if signal is None:
        return Finding("practice.none")
    told: Told = {"reference": signal.reference, "step": step_of(signal)}
    if signal.state not in BACK:
        return Finding("practice.under_way", told)
    return Finding("practice.closed" if signal.state == State.CLOSED else "practice.back", told, settled=True)


def practice_signal(month: Month) -> Signal | None:
    """The practice signal of a month, when it may be seen."""
    return Signal.objects.filter(id=month.signal_id).first() if month.signal_id else None


_SEES: Mapping[Sees, Callable[[Step, Acting, Routine], Finding]] = {
    Sees.MAILBOX: _mailbox,
    Sees.STAND_INS: _stand_ins,
    Sees.ACCESS: _access,
    Sees.CALL_CARD: _call_card,
    Sees.PRACTICE: _practice,
    Sees.NOTHING: lambda step, by, policy: Finding(),
}


def words(seen: Mapping[str, Any]) -> list[str]:
    """What was seen, in sentences, as it was kept."""
    code = seen.get("code", "")
    return _WORDS[code](seen.get("told", {})) if code in _WORDS else []


def after(seconds: int) -> str:
    """ "40 seconden", "3 minuten", "2 uur": rounded down."""
    if seconds < 120:
        return ngettext("%(count)d seconde", "%(count)d seconden", seconds) % {"count": seconds}
    if seconds < 7200:
        return ngettext("%(count)d minuut", "%(count)d minuten", seconds // 60) % {"count": seconds // 60}
    if seconds < 172800:
        return _("%(count)d uur") % {"count": seconds // 3600}
    return ngettext("%(count)d dag", "%(count)d dagen", seconds // 86400) % {"count": seconds // 86400}


def _moment(told: str) -> str:
    return date_format(localtime(datetime.fromisoformat(told)), _("j F, H:i"))


def _day(told: str) -> str:
    return date_format(date.fromisoformat(told), _("j F"))


def _sent(told: Told) -> dict[str, str]:
    return {"at": _moment(told["at"]), "after": after(told.get("seconds", 0))}


def _arrived(told: Told) -> list[str]:
    lines = [_("De testmail van %(at)s is aangekomen na %(after)s.") % _sent(told)]
    if not told["whole"]:
        lines.append(_("Er stond meer in dan wij stuurden, of iemand was ons voor: hij bleef in de postbus."))
    return lines


def _slow(told: Told) -> list[str]:
    first = _("De testmail van %(at)s kwam pas aan na %(after)s. Kijk na waar hij bleef.") % _sent(told)
    return [first, *_arrived(told)[1:]]


def _under_way(told: Told) -> list[str]:
    return [_("De testmail van %(at)s is nog niet aangekomen. Deze pagina ververst niet vanzelf.") % _sent(told)]


def _missing(told: Told) -> list[str]:
    lines = [_("De testmail van %(at)s is nog niet aangekomen, kijk na.") % _sent(told)]
    if not told["looked"]:
        lines.append(_("Er is nog niet in de postbus gekeken: loopt de worker?"))
    if told["post"] in (Delivery.QUEUED, Delivery.SENDING):
        lines.append(_("De mailserver nam hem nog niet aan; het wordt opnieuw geprobeerd."))
    if told["post"] in (Delivery.FAILED, Delivery.UNCERTAIN, Delivery.GIVEN_UP):
        lines.append(_("De mailserver weigerde hem of brak af. Kijk bij de uitgaande post."))
    if told["post"] == Delivery.SENT and not told["box"]:
        lines.append(_("De mailserver nam hem aan en de postbus is te lezen: vraag de mailbeheerder waar hij bleef."))
    if told["box"]:
        lines.append(_("De postbus kan niet worden gelezen: %(why)s") % {"why": _(told["box"])})
    return lines


def _no_gap(told: Told) -> list[str]:
    return [_("Tot en met %(day)s is er op elke werkdag iemand die waarneemt.") % {"day": _day(told["until"])}]


def _gap(told: Told) -> list[str]:
    return [
        _("Niemand neemt waar voor de rol %(role)s: %(days)s.")
        % {"role": _(Role(role).label), "days": ", ".join(_run(*run) for run in runs)}
        for role, runs in told["gaps"].items()
    ]


def _run(first: str, last: str) -> str:
    if first == last:
        return _day(first)
    return _("%(first)s tot en met %(last)s") % {"first": _day(first), "last": _day(last)}


def _due(told: Told) -> list[str]:
    count = told["count"]
    return [ngettext("%(count)d rol vervalt binnenkort.", "%(count)d rollen vervallen binnenkort.", count) % told]


def _calls(told: Told) -> list[str]:
    count = told["count"]
    said = ngettext("%(count)d nummer is niet nagekeken.", "%(count)d nummers zijn niet nagekeken.", count)
    return [said % told]


def _practised(told: Told) -> list[str]:
    step = min(max(told["step"], 1), len(STEPS))
    told = told | {"number": step, "name": _(STEPS[step - 1])}
    return [_("Oefensignaal %(reference)s is bij stap %(number)d: %(name)s.") % told]


_WORDS: Mapping[str, Callable[[Told], list[str]]] = {
    "mail.none": lambda told: [_("Er is deze maand nog geen testmail verstuurd.")],
    "mail.under_way": _under_way,
    "mail.missing": _missing,
    "mail.arrived": _arrived,
    "mail.slow": _slow,
    "stand_ins.all": _no_gap,
    "stand_ins.gaps": _gap,
    "access.none": lambda told: [_("Er vervalt binnenkort geen rol.")],
    "access.due": _due,
    "calls.empty": lambda told: [_("De kaart is nog leeg.")],
    "calls.right": lambda told: [_("Alle nummers zijn deze maand nagekeken.")],
    "calls.due": _calls,
    "practice.none": lambda told: [_("Er is deze maand nog geen oefensignaal begonnen.")],
    "practice.under_way": _practised,
    "practice.back": lambda told: [_("Oefensignaal %(reference)s is bij de terugkoppeling. Sluit het nog af.") % told],
    "practice.closed": lambda told: [_("Oefensignaal %(reference)s is gesloten en opgeborgen.") % told],
}
