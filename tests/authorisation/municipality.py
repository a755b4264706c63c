"""One of everything in a municipality, so that every address of the application has something to open.

`make(code)` opens a municipality with people in every role, a signal with all that can hang on it, a sealed one with
the same, a signal in every state, both meetings, mail in and out, drafts and links. Rows are written straight through
the models as the system: the order of the route is proven elsewhere; here it is who may see what.

Every text carries a canary with the code of the municipality: CASE, REPORTER for who reported it, SEALED for all of a
sealed signal, PEOPLE for accounts, partners and meetings. So a look anywhere tells where a text came from. Nothing
here is committed: the caller opens a transaction and rolls it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django_otp.plugins.otp_totp.models import TOTPDevice

from awareness import awareness_here
from figures import numbers_here
from meldroute.domain.estimation import assess
from meldroute.domain.searching import Field
from meldroute.domain.vocabulary import (
    Category,
    Channel,
    Check,
    Confidence,
    MeetingKind,
    Purpose,
    Recipient,
    Role,
    SourceKind,
    State,
    SubjectKind,
    SubjectRole,
    Truth,
    Weighing,
)
from meldroute.figures.actions import carrying, runs
from meldroute.figures.computing import question_of
from meldroute.figures.keeping import kept, outside, whole
from meldroute.figures.models import Run
from meldroute.intake.actions.links import token_of
from meldroute.intake.models import Draft, Glimpse, Mail, Mailbox, PartnerLink
from meldroute.journal.acting import Acting
from meldroute.meetings import models as meetings
from meldroute.people import invitations
from meldroute.people.models import CallLine, FactorReset, Membership, Municipality, Organisation, Passkey, User
from meldroute.people.sessions import SessionStore
from meldroute.people.staying import begin
from meldroute.people.unit import system, unit
from meldroute.post.models import Delivery, Outgoing
from meldroute.route import models as route
from meldroute.route.actions.opening import open_signal
from meldroute.search import asking
from meldroute.search.models import Token
from meldroute.sharing.models import Disclosure, Release
from meldroute.sources.models import Hit, Query
from meldroute.vault import blobs, keys
from meldroute.vault.models import Blob
from plan import plans_here
from reports import reports_here
from routine import routine_here

CASE, SEALED, PEOPLE, REPORTER = "Zaak", "Gesloten", "Mens", "Melder"
MELDPUNT_MAIL = "meldpunt@oefen.example"
"""Public on purpose: the page that says where to report names every meldpunt."""
ME = "m"
"""Ends the name of an account that has something of its own: a task, a released item, an own report."""


def canary(kind: str, code: str) -> str:
    """The word that marks every text of this kind from this municipality."""
    return f"{kind}kanarie{code}"


@dataclass(frozen=True)
class Made:
    """Objects by the name of the URL argument that they stand for; `people` by role, with `m` for their owners."""

    place: UUID
    people: Mapping[str, User]
    case: Mapping[str, Any]
    loo: Mapping[str, Any]
    sealed: Mapping[str, Any]


def make(code: str, at: datetime) -> Made:
    """One of everything in the municipality with this code, as it stands at `at`."""
    place = Municipality.objects.get(code=code)
    people = _people(place, at)
    with system(place.id, at) as by:
        general = _general(place, people, by)
        tables = {kind: _table(kind, people, by, code) for kind in (MeetingKind.SIGNALENOVERLEG, MeetingKind.LOO)}
        case = _Signal(by, people, canary(CASE, code), canary(REPORTER, code)).all(tables)
        sealed = _Signal(by, people, canary(SEALED, code), canary(SEALED, code), sealed=True).all(tables)
        _every_state(by)
    general["question_id"] = _question(place, people["meldpunt"], canary(CASE, code), at)
    general["parcel_id"] = _parcels(place, canary(CASE, code), at)
    general |= _figures(place, people["analyst"], canary(PEOPLE, code), at)
    general |= awareness_here.one_of_each(place, canary(PEOPLE, code), at)
    general |= plans_here.one_of_each(place, people, canary(PEOPLE, code), at)
    general |= reports_here.one_of_each(place, canary(PEOPLE, code), at)
    general |= _routine(place, by=Acting(people["meldpunt"].id, place.id, at=at, origin="test"))
    loo = {name: case[f"loo_{name}"] for name in ("meeting_id", "item_id", "series_id", "member_id", "topic_id")}
    return Made(place.id, people, general | case, general | case | loo, general | sealed)


def _routine(place: Municipality, by: Acting) -> dict[str, Any]:
    """The routine of this month with a word about a step, and a test mail that is on its way."""
    Municipality.objects.filter(id=place.id).update(meldpunt_mail=MELDPUNT_MAIL)
    return routine_here.one_of_each(by)


def _people(place: Municipality, at: datetime) -> dict[str, User]:
    """An account per role, and a second one per role that gets something of its own."""
    made: dict[str, User] = {}
    word, secret = canary(PEOPLE, place.code), make_password(None)
    for role in Role:
        for name in (role.value, role.value + ME):
            mail = f"{word}-{name}@oefen.example".lower()
            user = User(email=mail, name=f"{word} {name}", password=secret)
            user.save(force_insert=True)
            held = Membership(user=user, municipality=place, role=role, starts=at.date() - timedelta(days=9))
            held.granted_at = held.confirmed_at = at - timedelta(days=9)
            held.save(force_insert=True)
            TOTPDevice.objects.create(user=user, name="app", confirmed=True)
            made[name] = user
    return made


def _general(place: Municipality, people: Mapping[str, User], by: Acting) -> dict[str, Any]:
    """What belongs to no signal: accounts that wait, a partner with links, mail that was not read."""
    word, newcomer = canary(PEOPLE, place.code), people["analyst"]
    waiting = Membership.objects.create(
        user=newcomer,
        municipality=place,
        role=Role.REPORTER,
        starts=by.today,
        granted_at=by.at,
        granted_by=people["administrator"].id,
    )
    reset = FactorReset.objects.create(
        user=people["reporter"], municipality=place, asked_by=people["administrator"].id, asked_at=by.at
    )
    session = SessionStore()
    session[SESSION_KEY] = str(newcomer.id)
    begin(session, at=by.at, device=word)
    session.create()
    passkey = Passkey.objects.create(
        user=newcomer, name=word, credential=uuid4().bytes, public_key=b"none", made_at=by.at
    )
    partner = Organisation.objects.create(
        municipality_id=place.id,
        name=word,
        source=SourceKind.CARE,
        recipient=Recipient.CARE,
        mail=f"{word}@hvo-querido.oefen.example",
        about=word,
    )
    link, over = (_link(partner, people, by, days) for days in (7, -1))
    line = CallLine.objects.create(municipality_id=place.id, position=90, name=word, number="000", what_for=word)
    mail = _mail(by, canary(CASE, place.code), canary(REPORTER, place.code))
    _draft(by, people["reporterm"], canary(CASE, place.code))
    return {
        "user_id": newcomer.id,
        "membership_id": waiting.id,
        "reset_id": reset.id,
        "handle": session["handle"],
        "passkey_id": passkey.id,
        "partner_id": partner.id,
        "partner_link_id": link.id,
        "partner_token": token_of(link),
        "partner_token_over": token_of(over),
        "welcome_token": invitations.token(newcomer),
        "mail_id": mail.id,
        "line_id": line.id,
    }


def _question(place: Municipality, asker: User, word: str, at: datetime) -> UUID:
    """What somebody searched for; nobody else may keep a question in that name, the system neither."""
    with unit(Acting(asker.id, place.id, at=at, origin="test")) as by:
        return asking.ask(by=by, text=word)


def _parcels(place: Municipality, word: str, at: datetime) -> UUID:
    """What this municipality sent to Zandvoort, and what Zandvoort sent here; the id of the last."""
    other, ids = Municipality.objects.get(code="ZV"), []
    fact = {"truth": "fact", "text": word, "category": "place", "on": "", "confidence": "sure", "capacity": "unknown"}
    for sender, receiver in ((place, other), (other, place)):
        with system(sender.id, at):
            row = route.Parcel(municipality_id=sender.id, receiver_id=receiver.id, hand_over_id=uuid4())
            row.sent_at, row.due_on = at, at.date()
            row.fill({"reference": word, "reason": word, "forms": [], "minor": False, "facts": [fact]})
            row.save(force_insert=True)
            ids.append(row.id)
    return ids[1]


def _figures(place: Municipality, analyst: User, word: str, at: datetime) -> dict[str, Any]:
    """A table of overlaps, its estimation that is done, and what was shared of it."""
    table = numbers_here.sparse()
    own = Acting(analyst.id, place.id, at=at, origin="test")
    with unit(own) as by:
        overlap = numbers_here.brought(by, table, title=word)
        asked = runs.ask(by=by, row=overlap, asked=runs.Asked("all", 0, 1))
    with system(place.id, at) as by:
        claimed = carrying.claim(by=by)
        assert claimed is not None
        assert claimed.fence is not None
        found = assess(table, question_of(claimed))
        told = {"version": "1.0", "answer": kept(whole(found, "0" * 64)), "outside": kept(outside(found))}
        assert carrying.finish(by=by, run_id=asked.id, fence=claimed.fence, **told)
    with unit(own) as by:
        figure = runs.share(by=by, run=Run.objects.select_related("overlap").get(id=asked.id))
    return {"overlap_id": overlap.id, "run_id": asked.id, "figure_id": figure.id}


def _link(partner: Organisation, people: Mapping[str, User], by: Acting, days: int) -> PartnerLink:
    return PartnerLink.objects.create(
        municipality_id=by.place,
        organisation_id=partner.id,
        made_by=people["meldpunt"].id,
        made_at=by.at - timedelta(days=2),
        expires_at=by.at + timedelta(days=days),
        uses=5,
        uses_left=5,
    )


def _mail(by: Acting, word: str, sender: str, **other: Any) -> Mail:
    key = keys.make(municipality_id=by.place, purpose="mail")
    box = Mailbox.objects.create(municipality_id=by.place, key_id=key, address=f"{word}@box.oefen.example")
    part = f'--x\r\nContent-Disposition: attachment; filename="{word}.txt"\r\n\r\n{word}\r\n--x--\r\n'
    kind = 'Content-Type: multipart/mixed; boundary="x"'
    raw = f"From: {sender}@a.oefen.example\r\nSubject: {word}\r\n{kind}\r\n\r\n{part}"
    blob = _blob(raw.encode(), by, key)
    told: dict[str, Any] = {
        "mailbox": box,
        "blob_id": blob.id,
        "mac": uuid4().bytes,
        "size": len(raw),
        "came_at": by.at,
        "read_at": by.at,
        "sender": f"{sender}@a.oefen.example",
        "subject_line": word,
        "reading": {"text": word},
    }
    mail = Mail.objects.create(municipality_id=by.place, key_id=key, **(told | other))
    if not mail.sealed:
        Glimpse.objects.create(municipality_id=by.place, mailbox_key=str(box.id), ref="1.1", mail=mail)
    return mail


def _blob(body: bytes, by: Acting, key_id: UUID) -> Blob:
    """A file that the scanner found clean, so that only the role decides who gets it."""
    made = blobs.store(body, municipality_id=by.place, key_id=key_id)
    made.scan, made.scanned_at = "clean", by.at
    made.save(update_fields=["scan", "scanned_at"])
    return made


def _draft(by: Acting, user: User, word: str) -> Draft:
    key = keys.make(municipality_id=by.place, purpose="draft")
    body = {"what": word}
    return Draft.objects.create(
        municipality_id=by.place, key_id=key, user_id=user.id, kind="report", body=body, saved_at=by.at
    )


def _table(kind: MeetingKind, people: Mapping[str, User], by: Acting, code: str) -> dict[str, Any]:
    """A meeting that is going on, with everybody who has a seat and something of their own there."""
    word = canary(PEOPLE, code)
    series = meetings.Series.objects.create(
        municipality_id=by.place,
        kind=kind,
        name=word,
        weekday=1,
        at="10:00",
        starts_on=by.today,
        place=word,
        chair_id=people["meldpunt"].id,
        key_id=keys.make(municipality_id=by.place, purpose="series"),
    )
    row = meetings.Meeting.objects.create(
        municipality_id=by.place,
        series=series,
        kind=kind,
        planned_for=by.at,
        starts_at=by.at,
        state=meetings.MeetingState.OPEN,
        opened_at=by.at,
        chair_id=people["meldpunt"].id,
    )
    seats = {MeetingKind.SIGNALENOVERLEG: "meeting_member", MeetingKind.LOO: "loo_member"}
    members = []
    for name in ("meldpunt", seats[kind] + ME):
        told = {"municipality_id": by.place, "user_id": people[name].id, "ground": word}
        members.append(meetings.SeriesMember.objects.create(series=series, **told))
        meetings.Attendance.objects.create(meeting=row, present=True, **told)
    point = meetings.Recurring.objects.create(
        municipality_id=by.place, series=series, title=word, cadence="halfjaarlijks", since=by.today,
        by=people["meldpunt"].id, at=by.at,
    )  # fmt: skip
    topic = meetings.Topic.objects.create(
        municipality_id=by.place,
        key_id=series.key_id,
        meeting=row,
        title=canary(CASE, code),
        note=canary(CASE, code),
        by=people["meldpunt"].id,
        at=by.at,
    )
    meetings.Invitation.objects.create(
        municipality_id=by.place, series=series, meeting=row, user_id=people[seats[kind] + ME].id,
        told=meetings.Told.MOVED, by=people["meldpunt"].id, at=by.at,
    )  # fmt: skip
    meetings.Sheet.objects.create(
        municipality_id=by.place, meeting=row, kind="minutes", number=1, made_for=word, sha256="0" * 64,
        by=people["meldpunt"].id, at=by.at,
    )  # fmt: skip
    return {
        "meeting": row,
        "seat": people[seats[kind] + ME],
        "ids": {
            "meeting_id": row.id,
            "recurring_id": point.id,
            "series_id": series.id,
            "member_id": members[1].id,
            "topic_id": topic.id,
        },
    }


def _every_state(by: Acting) -> None:
    """An otherwise empty signal in every state, for the lists."""
    for state in State:
        row = _opened(by, sealed=False)
        route.Signal.objects.filter(id=row.id).update(state=state)


def _opened(by: Acting, *, sealed: bool) -> route.Signal:
    return open_signal(
        by=by,
        source_kind=SourceKind.CARE,
        channel=Channel.PARTNER_FORM,
        received_at=by.at - timedelta(days=1),
        state=State.REGISTERED,
        sealed=sealed,
    )


class _Signal:
    """A signal with one of everything that can hang on it; every text is `word`."""

    def __init__(
        self, by: Acting, people: Mapping[str, User], word: str, reporter: str, *, sealed: bool = False
    ) -> None:
        self.by, self.people, self.word, self.reporter, self.sealed = by, people, word, reporter, sealed
        self.row = _opened(by, sealed=sealed)
        self.me = people["integritym" if sealed else "meldpunt"].id

    def put(self, model: Any, **told: Any) -> Any:
        """A row that hangs on the signal."""
        return model.objects.create(municipality_id=self.by.place, key_id=self.row.key_id, signal=self.row, **told)

    def all(self, tables: Mapping[MeetingKind, Mapping[str, Any]]) -> dict[str, Any]:
        """Everything; gives the ids by the name of the URL argument."""
        found: dict[str, Any] = {"signal_id": self.row.id, "reference": self.row.reference}
        found |= self._known() | self._asked() | self._reported() | self._work() | self._access()
        found |= self._tabled(tables, found["observation_id"])
        self._answered_by_everybody()
        state = State.IN_SIGNALENOVERLEG
        if not self.sealed:
            route.Signal.objects.filter(id=self.row.id).update(state=state, handler_id=self.me)
        return found

    def _known(self) -> dict[str, Any]:
        at, word = {"by": self.me, "at": self.by.at}, self.word
        told = {"name": word, "street": word, "house_number": "1", "town": "Heemstede"}
        subject = self.put(
            route.Subject, kind=SubjectKind.PERSON, role=SubjectRole.POSSIBLE_VICTIM, label="persoon A", told=told, **at
        )
        route.Lookup.objects.create(
            municipality_id=self.by.place, signal=self.row, subject=subject, kind="address", mac=b"1" * 32
        )
        fact = self.put(
            route.Observation, truth=Truth.FACT, text=word, source=word, confidence=Confidence.SURE,
            category=Category.PLACE, subject=subject, **at,
        )  # fmt: skip
        element = self.put(route.Element, part="act", code="house", note=word, observation=fact, **at)
        blob = _blob(word.encode(), self.by, self.row.key_id)
        attachment = self.put(
            route.Attachment, blob_id=blob.id, name=f"{word}.txt", content_type="text/plain", size=9, sha256="0", **at
        )
        other = _opened(self.by, sealed=False)
        route.Lookup.objects.create(municipality_id=self.by.place, signal=other, kind="address", mac=b"1" * 32)
        Token.objects.create(
            municipality_id=self.by.place,
            mac=1,
            signal_id=self.row.id,
            source_id=fact.id,
            field=Field.OBSERVATION.value,
        )
        link = self.put(route.Link, other=other, reason=word, **at)
        self.put(route.TimelineEntry, kind="signal.known", told={"reason": word}, **at)
        self.put(route.Event, kind="danger", told=word, **at)
        self.put(
            route.Hold, asked_by=word, reason=word, review_on=self.by.today, started_at=self.by.at, ended_at=self.by.at
        )
        self.observation, self.other = fact, other
        names = ("subject_id", "observation_id", "element_id", "attachment_id", "other_id", "link_id")
        return dict(zip(names, (row.id for row in (subject, fact, element, attachment, other, link)), strict=True))

    def _asked(self) -> dict[str, Any]:
        at, word = {"by": self.me, "at": self.by.at}, self.word
        weighed = {"round": 1, "policy_version": 1, "answers": {}, "answer": "yes", "reason": word, "opens": True}
        self.put(route.WeighingAnswer, weighing=Weighing.ONE, **weighed, **at)
        asked = {"round": 1, "policy_version": 1, "question": word, "due_on": self.by.today, "sources": ["bag"]}
        check = self.put(route.PrivacyCheck, check_kind=Check.ONE, **asked, **at)
        self.put(route.PrivacyAdvice, check_asked=check, positive=True, advice=word, sources=["bag"], **at)
        self.put(route.PrivacyDecision, check_asked=check, allowed=True, reason=word, sources=["bag"], **at)
        waiting = self.put(route.PrivacyCheck, check_kind=Check.ONE, **asked, **at)
        query = Query.objects.create(
            municipality_id=self.by.place, key_id=self.row.key_id, signal_id=self.row.id, round=1, source="bag",
            policy_version=1, check_id=check.id, question=word, hit=Hit.HIT, asked_by=self.me, asked_at=self.by.at,
        )  # fmt: skip
        self.check = waiting
        return {"check_id": waiting.id, "query_id": query.id}

    def _reported(self) -> dict[str, Any]:
        word, who, at = self.word, self.reporter, self.by.at
        row = self.put(
            route.Reporter, source_kind=SourceKind.CARE, user_id=self.people["partner_reporterm"].id, name=who,
            mail=f"{who}@melder.oefen.example", phone=who, how_safe=who, mail_safe=True, at=at,
        )  # fmt: skip
        hidden = self.put(
            route.Reporter, source_kind=SourceKind.OFFICIAL, user_id=self.people["reporterm"].id, name=who,
            mail=f"{who}@b.oefen.example", protected=True, at=at,
        )  # fmt: skip
        asker = self.people["meldpuntm"].id
        reveal = self.put(route.Reveal, reporter=hidden, reason=word, asked_by=asker, asked_at=at)
        given = {"round": 1, "due_on": self.by.today, "subject_line": word, "text": word}
        given |= {"level": "received", "how": "mail"}
        feedback = self.put(route.Feedback, reporter=row, kind="feedback", by=asker, **given)
        open_ones = {"round": 1, "due_on": self.by.today}
        owed = self.put(route.Feedback, reporter=hidden, kind="receipt", **open_ones)
        blank = self.put(route.Feedback, reporter=row, kind="interim", **open_ones)
        mail = Outgoing.objects.create(
            municipality_id=self.by.place, key_id=self.row.key_id, about="route.Feedback", about_id=feedback.id,
            to=f"{who}@melder.oefen.example", subject=word, body=word, attachments={}, message_id=f"<{uuid4()}@x>",
            state=Delivery.UNCERTAIN, not_before=at, queued_by=self.me, queued_at=at, sealed=self.sealed,
        )  # fmt: skip
        _mail(self.by, word, who, signal_id=self.row.id, state="registered", sealed=self.sealed)
        return {
            "reporter_id": row.id,
            "reveal_id": reveal.id,
            "feedback_id": feedback.id,
            "receipt_id": owed.id,
            "blank_id": blank.id,
            "outgoing_id": mail.id,
        }

    def _work(self) -> dict[str, Any]:
        at, word = {"by": self.me, "at": self.by.at}, self.word
        decision = self.put(
            route.Decision, round=1, from_state=State.ENRICHING, to_state=State.IN_SIGNALENOVERLEG,
            decision="to_agenda", reason=word, **at,
        )  # fmt: skip
        task = self.put(
            route.Task, kind=route.TaskKind.OBSERVE, question=word, place=word,
            assignee_id=self.people["enforcementm"].id, due_on=self.by.today, **at,
        )  # fmt: skip
        handed = self.put(
            route.HandOver, recipient=Recipient.TEAM_MENSENHANDEL, purpose=Purpose.HAND_OVER, reason=word, body=word,
            how="phone", acute=True, account_by=self.by.today, **at,
        )  # fmt: skip
        Disclosure.objects.create(
            municipality_id=self.by.place, signal_id=self.row.id, recipient=Recipient.TEAM_MENSENHANDEL,
            purpose=Purpose.HAND_OVER, ground=word, row="r", how="phone", about="route.HandOver", about_id=handed.id,
            by=self.me, at=self.by.at,
        )  # fmt: skip
        return {"decision_id": decision.id, "task_id": task.id, "hand_over_id": handed.id}

    def _open(self, name: str, kind: str = "file", **told: Any) -> route.Access:
        start = self.by.at - timedelta(minutes=1)
        return self.put(
            route.Access, user_id=self.people[name].id, kind=kind, sealed=self.sealed, why=self.word, by=self.me,
            starts_at=start, **told,
        )  # fmt: skip

    def _access(self) -> dict[str, Any]:
        """Extra access to this one signal: with an end, or for a check; the sealed one for its trusted reader only."""
        until = self.by.at + timedelta(days=3)
        if self.sealed:
            own = self._open("integritym")
        else:
            about = {"until": until, "about_id": self.check.id}
            self._open("privacy_officerm", **about)
            self._open("process_ownerm", **about)
            self._open("fgm", until=until)
            own = self._open("boardm", until=until)
            self._open("partner_reporterm", "reported")
            self._open("reporterm", "reported")
        asked = "nodig" if self.sealed else self.word  # who asks knows no more of a sealed signal than its number
        request = route.AccessRequest.objects.create(
            municipality_id=self.by.place, key_id=self.row.key_id, reference=self.row.reference,
            user_id=self.people["enforcement"].id, reason=asked, asked_at=self.by.at,
        )  # fmt: skip
        return {"access_id": own.id, "request_id": request.id}

    def _tabled(self, tables: Mapping[MeetingKind, Mapping[str, Any]], fact: UUID) -> dict[str, Any]:
        """On the agenda of both meetings, with its fact released there for who has a seat."""
        found: dict[str, Any] = {}
        for kind, table in tables.items():
            meeting, head = table["meeting"], "loo_" if kind == MeetingKind.LOO else ""
            item = self.put(
                meetings.Item, meeting=meeting, position=2 if self.sealed else 1, note=self.word, added_at=self.by.at,
                restricted=self.sealed,
            )  # fmt: skip
            meetings.Leave.objects.create(
                municipality_id=self.by.place, item=item, user_id=table["seat"].id, at=self.by.at
            )
            if not self.sealed:
                self._release(kind, meeting, fact, table["seat"])
            found |= {f"{head}{name}": value for name, value in table["ids"].items()} | {f"{head}item_id": item.id}
        return found

    def _release(self, kind: MeetingKind, meeting: Any, fact: UUID, seat: User) -> None:
        until = self.by.at + timedelta(hours=6)
        Release.objects.create(
            municipality_id=self.by.place, signal_id=self.row.id, observation_id=fact, meeting_id=meeting.id,
            recipient=Recipient(kind.value), purpose=Purpose.DISCUSS, check_id=self.check.id, row="r",
            policy_version=1, ground=self.word, by=self.me, at=self.by.at, until=until,
        )  # fmt: skip
        name = next(name for name, user in self.people.items() if user == seat)
        self._open(name, "released", meeting_id=meeting.id, until=until)

    def _answered_by_everybody(self) -> None:
        """Nobody who works in a file knows somebody in it; the file opens without that question."""
        for name in ("meldpunt", "meldpuntm", "integritym"):
            self.put(route.Event, kind="handler.knows_nobody", told="", by=self.people[name].id, at=self.by.at)
