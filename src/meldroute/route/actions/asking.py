"""Asking a source: whether there is a hit first, content only after that and with a reason (protocol, step 3)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from meldroute.domain.observing import Statement
from meldroute.domain.route import Event
from meldroute.domain.source_register import Source, may_ask
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Refused, Verdict, no, require
from meldroute.domain.vocabulary import Purpose, Role
from meldroute.journal.acting import Acting
from meldroute.sources.models import Hit, Query

from ..models import Observation, Signal
from ..policies import sources_of
from ..situation import demand
from .checking import SOURCE_STEP, open_sources
from .facts import note
from .timeline import tell

INTERNET = "internet"
_GROUND = "model protocol ondermijning, step 3"


def _refuse(reason: str, code: str) -> None:
    raise Refused(no(reason, _GROUND, f"source.{code}", (Role.MELDPUNT,)))


def source_of(municipality_id: UUID, name: str) -> Source:
    """A source of the register. Raises Refused for one that is not in it."""
    register, _ = sources_of(municipality_id)
    if name not in register:
        _refuse(gettext_noop("Deze bron staat niet in het register. Dan blijft zij dicht."), "unknown")
    return register[name]


def _label(query: Query) -> str:
    """What people call the source."""
    return source_of(query.municipality_id, query.source).label


def closed(source: Source) -> Verdict:
    """Whether the register opens this source for a signal at all; check 1 comes on top."""
    return may_ask(source, Purpose.ENRICH, SOURCE_STEP)


def ask_source(*, by: Acting, signal: Signal, source: str, question: str, url: str = "") -> Query:
    """Ask one source under the check that opened it. Raises Refused with why it is closed and who can help."""
    verdict = closed(source_of(signal.municipality_id, source))
    require(verdict)
    demand(signal, by, Event.ASK_SOURCE, source=source, reason=question)
    if signal_queries(signal).filter(source=source, hit=Hit.ASKED, round=signal.round).exists():
        _refuse(gettext_noop("Deze bron is al gevraagd. Leg eerst vast of er een treffer was."), "twice")
    row = Query.objects.create(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal_id=signal.id,
        round=signal.round,
        source=source,
        policy_version=sources_of(signal.municipality_id)[1],
        check_id=open_sources(signal, by)[source],
        question=question,
        url=url,
        asked_by=by.person,
        asked_at=by.at,
    )
    tell(signal, by=by, kind="source.ask", ids=(row.id,), source=_label(row))
    return row


def signal_queries(signal: Signal) -> QuerySet[Query]:
    """Every question to a source about this signal, the newest first."""
    return Query.objects.filter(signal_id=signal.id).order_by("-asked_at")


def answer_source(*, by: Acting, signal: Signal, query: Query, hit: bool) -> None:
    """Whether there was a hit; no hit is not a no (domain rules §2). Raises Refused when it was answered."""
    demand(signal, by, Event.ASK_SOURCE, source=query.source)
    values = {"hit": (Hit.HIT if hit else Hit.NONE).value, "answered_by": by.user_id, "answered_at": by.at}
    if not Query.objects.filter(id=query.id, hit=Hit.ASKED).update(**values):
        _refuse(gettext_noop("Van deze vraag is al vastgelegd of er een treffer was."), "answered")
    query.refresh_from_db(fields=list(values))
    tell(signal, by=by, kind="source.answer", ids=(query.id,), source=_label(query), hit=values["hit"])


def open_content(*, by: Acting, signal: Signal, query: Query, why: str) -> None:
    """See the content of a hit, with a reason. Raises Refused without a hit or reason."""
    demand(signal, by, Event.OPEN_SOURCE, source=query.source, reason=why)
    if query.hit != Hit.HIT:
        _refuse(gettext_noop("De inhoud gaat pas open na een treffer in deze bron."), "hit")
    query.opened_by, query.opened_at, query.opened_why = by.user_id, by.at, why.strip()
    query.save(update_fields=["opened_by", "opened_at", "opened_why"])
    tell(signal, by=by, kind="source.open", ids=(query.id,), source=_label(query))


def record_content(*, by: Acting, signal: Signal, query: Query, statement: Statement) -> Observation:
    """What the source says, as an observation of a category that the register names. Raises Refused."""
    demand(signal, by, Event.OPEN_SOURCE, source=query.source)
    if query.opened_at is None:
        _refuse(gettext_noop("Geef eerst de reden om de inhoud te bekijken."), "opened")
    if statement.category not in source_of(signal.municipality_id, query.source).categories:
        _refuse(gettext_noop("Dit soort gegevens mag niet uit deze bron komen."), "category")
    made = note(by=by, signal=signal, statement=replace(statement, query_id=query.id))
    query.observation_id = made.id
    query.save(update_fields=["observation_id"])
    tell(signal, by=by, kind="source.record", ids=(query.id, made.id), source=_label(query))
    return made


def log_internet(*, by: Acting, signal: Signal, url: str, why: str) -> Query:
    """One page of the open internet that was read: address, time and reason. No scraping, no profiles.

    Only where the municipality's own policy opens it, and after check 1 for it. Raises Refused.
    """
    if not url.startswith(("https://", "http://")):
        _refuse(gettext_noop("Geef het hele adres van de pagina, dat begint met https://."), "url")
    row = ask_source(by=by, signal=signal, source=INTERNET, question=why, url=url)
    answer_source(by=by, signal=signal, query=row, hit=True)
    open_content(by=by, signal=signal, query=row, why=why)
    return row
