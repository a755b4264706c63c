"""The papers: opened again and read; only released facts on a sheet, and no text is ever markup."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pikepdf
import pytest

from meetings import tables
from meetings.tables import TUESDAY
from meldroute.domain.route import Decision, FollowUp, Given
from meldroute.domain.verdict import Refused
from meldroute.meetings.actions import attending, holding, settling
from meldroute.meetings.models import Meeting
from meldroute.meetings.papers.making import DECISIONS, INFORMATION, MINUTES, make
from meldroute.meetings.papers.pdf import Paper, Part, Row, pdf
from meldroute.people.unit import unit
from meldroute.route.models import Signal
from meldroute.sharing.models import Disclosure
from papers_here import squeezed, text_of
from people_here import MONDAY, acting, user

pytestmark = pytest.mark.django_db
SOON = TUESDAY + timedelta(minutes=10)


def held() -> tuple[Meeting, Signal, Signal]:
    """A running meeting with a released signal and one of which nothing was released."""
    row, signal, other = tables.meeting(), tables.ripe(), tables.new_signal(MONDAY + timedelta(hours=1))
    with unit(acting(at=TUESDAY)) as by:
        holding.open_meeting(by=by, meeting=row)
        settling.release_for(by=by, item=tables.item_of(row, signal))
        attending.present(by=by, meeting=row, user_id=user("bwt").id, there=True)
    return row, signal, other


def test_a_sheet_holds_released_facts_only_and_says_whose_it_is() -> None:
    row, signal, other = held()
    with unit(acting(at=SOON)) as by:
        sheet, body = make(by=by, meeting=row, kind=INFORMATION, made_for="Wim Hendriks, Politie")
        again, _ = make(by=by, meeting=row, kind=INFORMATION, made_for="Rosa Willems, RIEC")
        disclosed = Disclosure.objects.get(about_id=sheet.id)
    text = text_of(body)
    assert squeezed(tables.RELEASED) in text
    assert squeezed(tables.KEPT) not in text
    assert signal.reference in text
    assert other.reference not in text
    assert squeezed("1 · Wim Hendriks, Politie") in text  # the watermark
    assert squeezed("blad 1 voor Wim Hendriks, Politie") in text
    assert (sheet.number, again.number) == (1, 2)
    assert len(disclosed.observation_ids) == 1


def test_a_restricted_item_is_on_no_sheet() -> None:
    row, signal, _ = held()
    with unit(acting(at=SOON)) as by:
        attending.restrict(by=by, item=tables.item_of(row, signal), restricted=True)
        _, body = make(by=by, meeting=row, kind=INFORMATION, made_for="Wim Hendriks")
    assert signal.reference not in text_of(body)


def test_minutes_and_decisions_after_closing() -> None:
    row, signal, other = held()
    with unit(acting(at=SOON)) as by:
        item = tables.item_of(row, signal)
        settling.note(by=by, item=item, text="Kort besproken")
        attending.leave(by=by, item=item, user_id=user("bwt").id)
        given = Given(reason="Nog te weinig", follow_up=FollowUp("Kijk overdag", str(user("handhaver").id), by.today))
        settling.settle(by=by, item=item, version=item.signal.version, decision=Decision.MORE_INFORMATION, given=given)
        with pytest.raises(Refused):
            make(by=by, meeting=row, kind=MINUTES)
        settling.carry_rest(by=by, meeting=row)
        topic = settling.add_topic(by=by, meeting=row, title="Jaarplanning")
        settling.note_topic(by=by, topic=topic, text="In januari verder")
        holding.close(by=by, meeting=row)
        _, minutes = make(by=by, meeting=row, kind=MINUTES)
        _, decisions = make(by=by, meeting=row, kind=DECISIONS)
        with pytest.raises(Refused):
            make(by=by, meeting=row, kind=INFORMATION, made_for="Wim Hendriks")
    said, decided = text_of(minutes), text_of(decisions)
    for text in ("Kort besproken", tables.RELEASED, "Sanne Mulder verliet", "Jaarplanning", "In januari verder"):
        assert squeezed(text) in said
    for text in ("Meer informatie nodig: Nog te weinig", "Kijk overdag", "Kees Jansen", other.reference, "Voorzitter"):
        assert squeezed(text) in decided
    assert squeezed(tables.KEPT) not in said + decided
    assert squeezed("Kort besproken") not in decided


@pytest.mark.parametrize("kind", [INFORMATION, MINUTES, DECISIONS])
def test_every_paper_is_tagged_with_title_and_language(kind: str) -> None:
    row, _, _ = held()
    with unit(acting(at=SOON)) as by:
        if kind != INFORMATION:
            settling.carry_rest(by=by, meeting=row)
            holding.close(by=by, meeting=row)
        _, body = make(by=by, meeting=row, kind=kind, made_for="Wim Hendriks")
    with pikepdf.open(io.BytesIO(body)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert paper.Root.StructTreeRoot.K is not None
        assert str(paper.Root.Lang).startswith("nl")
        assert paper.Root.ViewerPreferences.DisplayDocTitle
        with paper.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert row.series.name in str(told["dc:title"])


NASTY = [
    '#panic("x")',
    '#import "x": *',
    "$ x^2 $ *vet* _schuin_ `code`",
    "= Kop\n- lijst\n+ nummer\n/ term: x",
    '#read("/etc/passwd")',
    "@verwijzing <label> \\ ~ -- ... 'q' \"q\"",
    "]] }} ) // weg /* weg */",
    "\\u{1F600} \\n {{ x }} {% x %}",
]


@pytest.mark.parametrize("text", NASTY)
def test_text_is_never_markup(text: str) -> None:
    part = Part(heading=text, lead=text, rows=(Row(text=text, tag=text, note=text),), closing=text)
    body = pdf(
        Paper(title=text, subtitle=text, footer=text, intro=(text,), parts=(part,), watermark=text, sign=(text,))
    )
    shown = text_of(body)
    for line in text.splitlines():
        letters = re.sub(r"[\s'\"]", "", line)  # quotes become curly, as in any text
        assert letters in re.sub(r"['\"‘’“”]", "", shown), line


def test_a_sheet_needs_somebody_it_is_for() -> None:
    row, _, _ = held()
    with unit(acting(at=SOON)) as by, pytest.raises(Refused):
        make(by=by, meeting=row, kind=INFORMATION, made_for=" ")


def test_the_anonymous_source_is_never_named() -> None:
    row, signal = tables.meeting(), tables.new_signal()
    with unit(acting()):
        fact = tables.Observation.objects.filter(signal=signal).exclude(category="special").get()
        assert fact.source == "toezichthouder"
    with unit(acting()) as by:
        mma = tables.Observation(
            municipality_id=signal.municipality_id,
            key_id=signal.key_id,
            signal=signal,
            truth=fact.truth,
            text="Bericht",
            source="Meld Misdaad Anoniem 12345",
            source_kind="mma",
            category="place",
            at=by.at,
        )
        mma.save(force_insert=True)
    tables.check_2a(signal, tables.Recipient.SIGNALENOVERLEG, MONDAY + timedelta(minutes=1))
    with unit(acting(at=TUESDAY)) as by:
        holding.open_meeting(by=by, meeting=row)
        settling.release_for(by=by, item=tables.item_of(row, signal))
        _, body = make(by=by, meeting=row, kind=INFORMATION, made_for="Wim Hendriks")
    text = text_of(body)
    assert "anoniemebron" in text
    assert "12345" not in text
    assert "MeldMisdaad" not in text
