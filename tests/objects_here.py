"""One of everything that an address can name, made through the real actions, and every address of the application.

`make_all()` makes the objects once in one municipality; `addresses(made)` gives each address of the URL resolver
filled in with them. An address whose arguments are not listed here raises, so that a new page cannot slip past the
tests that walk the table (the authorisation matrix, one journal entry per look).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from awareness import awareness_here
from figures import numbers_here
from intake import mails
from meetings import tables
from meldroute.awareness import reading as awareness
from meldroute.domain.vocabulary import Act, Check, Recipient, Role, State, Weighing
from meldroute.figures.actions import runs
from meldroute.figures.models import Run
from meldroute.intake.actions import links
from meldroute.intake.models import Mail
from meldroute.meetings.actions import holding, returning, settling
from meldroute.meetings.models import Meeting, SeriesMember
from meldroute.people import actions as people
from meldroute.people import call_card, invitations
from meldroute.people.models import Organisation
from meldroute.people.unit import system, unit
from meldroute.post.models import Outgoing
from meldroute.route.actions import (
    access,
    asking,
    attaching,
    checking,
    elements,
    handing_over,
    handling,
    linking,
    revealing,
    tasks,
)
from meldroute.route.models import Decision, Feedback, FeedbackKind, Observation, Parcel, Signal, Subject, TaskKind
from meldroute.search import asking as questions
from meldroute.web.practice.play import Play
from people_here import acting, here, user
from plan import plans_here
from reports import reports_here
from route import files, words
from routine import routine_here
from signals_here import place, reporter

OWN_PLACE = ("awareness:own", "awareness:own-calendar", "awareness:own-certificate")
SHORT = "Kort overzicht van de keuken"


@dataclass(frozen=True)
class Made:
    """The objects by the name of the argument in the address; `special` where one address needs another."""

    at: datetime
    signal: Signal
    meeting: Meeting
    told: dict[str, Any]
    special: dict[str, dict[str, Any]]

    def arguments(self, name: str, pattern: URLPattern) -> dict[str, Any]:
        """What fills the address `name`; raises LookupError for an argument nobody made."""
        wanted = pattern.pattern.converters
        known = self.told | self.special.get(name, {})
        missing = sorted(set(wanted) - set(known))
        if missing:
            raise LookupError(f"{name}: tests/objects_here.py makes no {', '.join(missing)}")
        return {argument: known[argument] for argument in wanted}


def patterns(found: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address by its full name."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from patterns(one.url_patterns, inner)
        else:
            yield f"{space}{one.name}", one


def addresses(made: Made) -> dict[str, str]:
    """Every address of the application, filled in."""
    return {name: reverse(name, kwargs=made.arguments(name, pattern)) for name, pattern in patterns()}


def absent(made: Made) -> dict[str, str]:
    """The addresses that name an object, with ids that nobody has."""
    found = {}
    for name, pattern in patterns():
        told = made.arguments(name, pattern)
        if any(isinstance(value, UUID) for value in told.values()):
            told = {key: uuid4() if isinstance(value, UUID) else value for key, value in told.items()}
            found[name] = reverse(name, kwargs=told)
    return found


def make_all(at: datetime | None = None) -> Made:
    """One of everything in Heemstede, just before now (pages act at the moment itself)."""
    moment = at or datetime.now(UTC) - timedelta(hours=2)
    signal, row = _at_a_table(moment)
    later = moment + timedelta(minutes=20)
    told = _in_the_file(signal, later) | _in_a_meeting(signal, row, later) | _accounts(later)
    told |= _planned(later)
    told |= _mail_and_links(later) | _asked(later) | _shared_figure(later)
    told |= reports_here.one_of_each(here(), "Kort overzicht voor de raad", later)
    told |= {"signal_id": signal.id, "page": "kleuren", "handle": uuid4(), "passkey_id": uuid4()}
    told["line_id"] = _line(later)
    told |= _awareness(later)
    told["parcel_id"] = _parcel(later)
    told |= routine_here.one_of_each(acting(at=datetime.now(UTC)))
    special = _special(signal, told, later)
    return Made(moment, signal, row, told, special)


def _at_a_table(at: datetime) -> tuple[Signal, Meeting]:
    """A signal with decisions and releases, and a signalenoverleg of today that has begun with it."""
    signal = tables.ripe(at)
    row = tables.meeting(at=at)
    with unit(acting(at=at + timedelta(minutes=10))) as by:
        Meeting.objects.filter(id=row.id).update(starts_at=at + timedelta(minutes=10))
        holding.open_meeting(by=by, meeting=tables.fresh(row))
        settling.release_for(by=by, item=tables.item_of(row, signal))
    return signal, row


def _in_the_file(signal: Signal, at: datetime) -> dict[str, Any]:
    """What is known, asked, given and owed in the file."""
    told = _known(signal, at) | _work(signal, at) | _asked_by_others(signal, at)
    with unit(acting(at=at)) as by:
        fresh = Signal.objects.get(id=signal.id)
        told["decision_id"] = Decision.objects.filter(signal=fresh).latest("at").id
        who = reporter(by, fresh, mail_safe=True, protected=True)
        told["reporter_id"] = who.id
        told["reveal_id"] = revealing.ask_reveal(by=by, reporter=who, reason="terugbellen").id
        told["feedback_id"] = words.owes(by, fresh, FeedbackKind.FEEDBACK, who).id
    return told


def _known(signal: Signal, at: datetime) -> dict[str, Any]:
    with unit(acting(at=at)) as by:
        fresh = Signal.objects.get(id=signal.id)
        other = files.new(by=by)
        handling.answer_known(by=by, signal=fresh, knows=False)
        found = Observation.objects.filter(signal=fresh).order_by("at").first()
        assert found is not None
        subject: Subject = place(by, fresh)
        return {
            "observation_id": found.id,
            "subject_id": subject.id,
            "element_id": elements.add_element(by=by, signal=fresh, part="act", code=next(iter(Act))).id,
            "attachment_id": attaching.attach(by=by, signal=fresh, name="keuken.txt", body=SHORT.encode()).id,
            "link_id": linking.link(by=by, signal=fresh, reference=other.reference, reason="zelfde pand").id,
            "other_id": other.id,
        }


def _work(signal: Signal, at: datetime) -> dict[str, Any]:
    wanted = tasks.Wanted(
        kind=TaskKind.OBSERVE,
        question="Brandt er licht boven de winkel?",
        assignee=user("handhaver").id,
        due_on=acting(at=at).today + timedelta(days=7),
        place="Voorbeeldstraat 1",
    )
    query_id = _source(signal, at)
    with unit(acting(at=at)) as by:
        fresh = Signal.objects.get(id=signal.id)
        task = tasks.give(by=by, signal=fresh, wanted=wanted)
        asked = checking.Asked(check=Check.ONE, question="Mag dit?", sources=("kvk",))
        check = checking.ask(by=by, signal=fresh, asked=asked)
        going = handing_over.hand_over(
            by=by,
            signal=fresh,
            recipient=Recipient.TEAM_MENSENHANDEL,
            facts=[],
            reason="melding van mensenhandel",
            by_mail=True,
        )
    return {"task_id": task.id, "check_id": check.id, "query_id": query_id, "hand_over_id": going.id}


def _source(signal: Signal, at: datetime) -> UUID:
    """A question to a source, asked while the signal was still being enriched."""
    with unit(acting(at=at)):
        was = Signal.objects.get(id=signal.id).state
        tables.put(signal, State.ENRICHING)
    files.checked(signal, Check.ONE, sources=("bag",), at=acting(at=at - timedelta(minutes=5)))
    with unit(acting(at=at)) as by:
        fresh = Signal.objects.get(id=signal.id)
        files.weigh(fresh, (Weighing.THREE,), by=by)
        row = asking.ask_source(by=by, signal=fresh, source="bag", question="Staat er een pand?")
        tables.put(signal, State(was))
        return row.id


def _asked_by_others(signal: Signal, at: datetime) -> dict[str, Any]:
    with unit(acting("sociaaldomein", at=at)) as by:
        asked = access.ask_access(by=by, reference=signal.reference, reason="samenhang met een hulpvraag")
    with unit(acting(at=at)) as by:
        until = by.today + timedelta(days=3)
        fresh = Signal.objects.get(id=signal.id)
        given = access.give(by=by, signal=fresh, user_id=user("bwt").id, until=until, why="controle voorbereiden")
    return {"request_id": asked.id, "access_id": given.id}


def _in_a_meeting(signal: Signal, row: Meeting, at: datetime) -> dict[str, Any]:
    with unit(acting(at=at)) as by:
        item = tables.item_of(row, signal)
        topic = settling.add_topic(by=by, meeting=tables.fresh(row), title="Werkafspraken")
        point = returning.add(by=by, series=row.series, title="Mensenhandel", cadence="halfjaarlijks")
        member = SeriesMember.objects.filter(series_id=row.series_id).order_by("id").first()
        assert member is not None
        return {
            "meeting_id": row.id,
            "series_id": row.series_id,
            "item_id": item.id,
            "topic_id": topic.id,
            "recurring_id": point.id,
            "member_id": member.id,
        }


def _accounts(at: datetime) -> dict[str, Any]:
    with unit(acting("beheer", at=at)) as by:
        person = people.make_user(by=by, mail="nieuw@oefen.example", name="Nieuwe Collega")
        waiting = people.grant(by=by, user=person, role=Role.ENFORCEMENT, starts=by.today)
        reset = people.ask_factor_reset(by=by, user=user("handhaver"))
    return {"user_id": person.id, "membership_id": waiting.id, "reset_id": reset.id, "person": person}


def _mail_and_links(at: datetime) -> dict[str, Any]:
    mail_id = Play(here().id, at).comes_in(mails.care())
    with system(here().id, at):
        mail = Mail.objects.get(id=mail_id)
    with unit(acting(at=at)) as by:
        partner = Organisation.objects.get(name="HVO-Querido")
        link = links.make(by=by, organisation=partner, days=7, uses=5)
        told = {"mail_id": mail.id, "number": 1, "partner_id": partner.id}
        return told | {"partner_link": link.id, "token": links.token_of(link)}


def _parcel(at: datetime) -> UUID:
    """What Bloemendaal hands over to Heemstede."""
    with system(here("BD").id, at):
        row = Parcel(
            municipality_id=here("BD").id, receiver_id=here().id, hand_over_id=uuid4(), sent_at=at, due_on=at.date()
        )
        facts = [
            {"truth": "fact", "text": SHORT, "category": "place", "on": "", "confidence": "sure", "capacity": "unknown"}
        ]
        row.fill({"reference": "BD-2026-0001", "reason": SHORT, "forms": [], "minor": False, "facts": facts})
        row.save(force_insert=True)
    return row.id


def _line(at: datetime) -> UUID:
    """A line of the card that is there from the beginning."""
    with unit(acting(at=at)) as by:
        return call_card.lines(by)[0].id


def _awareness(at: datetime) -> dict[str, Any]:
    """A training of tomorrow, and a group that is there from the beginning."""
    with unit(acting(at=at)) as by:
        group = awareness.groups(by)[0]
        activity = awareness_here.training(by, groups=(group.id,))
        told = {"group_id": group.id, "activity_id": activity.id}
        told |= awareness_here.people(by, activity, group, "Iemand")
    return told | {"share_id": awareness_here.shared(here(), activity.id, awareness_here.TITLE, at)}


def _asked(at: datetime) -> dict[str, Any]:
    with unit(acting(at=at)) as by:
        return {"question_id": questions.ask(by=by, text="keuken")}


def _shared_figure(at: datetime) -> dict[str, Any]:
    """A table with an estimation that is done and shared with the board."""
    done = numbers_here.finished(numbers_here.sparse(), 0, at=at)
    with unit(acting("analist", at=at)) as by:
        run = Run.objects.select_related("overlap").get(id=done.id)
        figure = runs.share(by=by, run=run)
        return {"overlap_id": run.overlap_id, "run_id": run.id, "figure_id": figure.id}


def _planned(at: datetime) -> dict[str, Any]:
    """The plan of Heemstede with an action that belongs to somebody, a time with proof, and a calendar address."""
    return plans_here.one_of_each(here(), {"meldpunt": user("meldpunt")}, "Oefening", at)


def _special(signal: Signal, told: dict[str, Any], at: datetime) -> dict[str, dict[str, Any]]:
    """Addresses whose argument of a common name means something else."""
    with unit(acting(at=at)):
        outgoing = Outgoing.objects.order_by("queued_at").first()
        assert outgoing is not None
        receipt = Feedback.objects.get(id=told["feedback_id"])
    link, own = told.pop("partner_link"), told.pop("own_token")
    return {
        "intake:partner-link-end": {"link_id": link},
        "intake:partner-form": {"code": "abcdef12"},
        "intake:partner-draft": {"code": "abcdef12"},
        "intake:partner-check": {"code": "abcdef12"},
        "intake:report-received": {"signal_id": signal.id},
        "awareness:make": {"kind": "training"},
        **{name: {"token": own} for name in OWN_PLACE},
        "awareness:sign-up": {"token": told.pop("sign_up_token")},
        "figures:file": {"kind": "json"},
        "figures:figure-file": {"kind": "json"},
        "reports:file": {"form": "pdf"},
        "people:welcome": {"token": invitations.token(told.pop("person"))},
        "first-account": {"token": "geen-eerste-account"},
        "route:outbox-mail": {"mail_id": outgoing.id},
        "route:feedback-receipt": {"feedback_id": receipt.id},
        "route:weigh": {"code": "2a"},
        "route:check-ask": {"kind": "2a"},
        "route:source-ask": {"source": "kvk"},
        "route:hand-over": {"recipient": "team_mensenhandel"},
        "sharing:policy": {"kind": "terms"},
        "sharing:policy-file": {"kind": "terms"},
        "sharing:policy-new": {"kind": "terms"},
        "sharing:policy-adopt": {"kind": "terms"},
        "meetings:question": {"code": "concrete"},
        "meetings:paper": {"kind": "minutes"},
    }
