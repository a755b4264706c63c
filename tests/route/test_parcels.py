"""A hand-over across the border (weighing 2B): what crosses, what does not, the receipt, what is left on either side.

The walls themselves, as raw SQL, are in `test_parcel_walls.py`; two people at once in `test_parcel_races.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from authorisation.asking import undone
from meldroute.domain.verdict import Refused
from meldroute.domain.vocabulary import Channel, Recipient, State, Urgency
from meldroute.journal.models import Entry
from meldroute.people.models import Membership
from meldroute.people.unit import unit
from meldroute.route.actions import parcels
from meldroute.route.actions.sealing import sealed_afterwards
from meldroute.route.history import history
from meldroute.route.models import (
    Access,
    Feedback,
    HandOver,
    Observation,
    Parcel,
    ParcelState,
    Reporter,
    SendBack,
    Signal,
    Subject,
)
from meldroute.route.waiting import waiting_for
from meldroute.sharing.models import Disclosure, Release
from meldroute.vault.keys import WrongKey
from people_here import MONDAY, acting, here, user
from route import parcels_here as parcel_of
from route.parcels_here import GOES, LATER, MAIL, NAME, STAYS, WHY
from signals_here import CANARY

pytestmark = pytest.mark.django_db
ANSWERED = MONDAY + timedelta(hours=2)
THERE: dict[str, Any] = {"name": "bloemendaal", "code": "BD"}


def there(at: datetime = ANSWERED) -> Any:
    """The meldpunt of Bloemendaal."""
    return acting("bloemendaal", code="BD", at=at)


def taken(parcel: Parcel, urgency: Urgency = Urgency.NONE) -> Signal:
    with unit(there()) as by:
        return parcels.take_in(by=by, parcel=parcel, urgency=urgency)


def client_of(name: str, code: str = "HS") -> Client:
    client = Client()
    client.force_login(user(name))
    session = client.session
    session["municipality"] = str(here(code).id)
    session.save()
    return client


def noted(at: datetime = ANSWERED) -> int:
    return parcels.note_answers(here().id, at)


def seen_here(row: HandOver) -> list[str]:
    """The timeline of the sender."""
    with unit(acting(at=ANSWERED)) as by:
        return [line.text for line in history(Signal.objects.get(id=row.signal_id), by)]


def test_the_receiver_gets_the_chosen_facts_as_a_report_in_step_one_and_nothing_else() -> None:
    row = parcel_of.handed_over()
    signal = taken(parcel_of.sent(row))
    with unit(there()):
        got = Signal.objects.get(id=signal.id)
        assert (got.state, got.channel, got.handler_id) == (State.RECEIVED, Channel.MUNICIPALITY, None)
        assert got.reference.startswith("BD-")
        texts = set(Observation.objects.values_list("id", flat=True))
        assert {fact.text for fact in Observation.objects.filter(id__in=texts)} == {GOES, WHY}
        assert not Subject.objects.exists()
        (who,) = Reporter.objects.filter(signal=got)
        assert who.name == f"Meldpunt Heemstede, {reference(row)}"
        assert who.mail == here().meldpunt_mail


def reference(row: HandOver) -> str:
    return f"HS-{MONDAY.year}-{row.signal.number:04d}"


def test_no_canary_of_the_sender_crosses_but_the_chosen_fact_and_the_reason() -> None:
    """Everything that the receiver can see of its own, decrypted: only what was chosen came along."""
    row = parcel_of.handed_over()
    parcel = parcel_of.sent(row)
    page = client_of("bloemendaal", "BD").get(reverse("route:parcel", args=[parcel.id])).content.decode()
    signal = taken(parcel)
    file = client_of("bloemendaal", "BD")
    file.post(reverse("route:known", args=[signal.id]), {"knows": "no"})
    pages = [page, file.get(reverse("route:file", args=[signal.id])).content.decode()]
    for told in pages:
        assert GOES in told
        for word in (STAYS, NAME, MAIL, CANARY, "Voorbeeldstraat", "Kanariereden"):
            assert word not in told, word


def test_the_receipt_reaches_the_sender_once_with_the_number_and_the_content_is_gone() -> None:
    row = parcel_of.handed_over()
    parcel = parcel_of.sent(row)
    signal = taken(parcel)
    assert noted() == 1
    assert noted(ANSWERED + timedelta(hours=1)) == 0
    with unit(acting(at=ANSWERED)):
        own = HandOver.objects.get(id=row.id)
        assert (own.receipt_at, own.receipt_from) == (ANSWERED, f"Bloemendaal, {signal.reference}")
        left = Parcel.objects.get(id=parcel.id)
        assert (left.state, left.answer_reference) == (ParcelState.TAKEN_IN, signal.reference)
        assert (left.wrapped, left.body, left.content()) == (None, None, {})
    assert f"Ingenomen door Bloemendaal als {signal.reference}" in seen_here(row)


def test_sent_back_leaves_nothing_there_and_tells_the_sender_why() -> None:
    row = parcel_of.handed_over()
    for why in SendBack:
        parcel = parcel_of.sent(row)
        with unit(there()) as by:
            parcels.send_back(by=by, parcel=parcel, why=why)
        with unit(there()):
            assert not Signal.objects.filter(channel=Channel.MUNICIPALITY).exists()
            assert Parcel.objects.get(id=parcel.id).content() == {}
        noted()
        assert f"Teruggestuurd door Bloemendaal: {why.label}" in seen_here(row)
    with unit(acting(at=ANSWERED)) as by:
        assert HandOver.objects.get(id=row.id).receipt_at is None
        waits = [one.text for one in waiting_for(by)]
    assert f"Teruggestuurd door Bloemendaal: {reference(row)}" in waits


def test_what_came_back_can_go_to_another_municipality_and_waits_no_more() -> None:
    row = parcel_of.handed_over()
    first = parcel_of.sent(row)
    with unit(there()) as by:
        parcels.send_back(by=by, parcel=first, why=SendBack.NOT_HERE)
    grant_in_zandvoort()
    parcel_of.sent(row, "ZV")
    with unit(acting(at=ANSWERED)) as by:
        assert not [one for one in waiting_for(by) if one.kind == "came_back"]


def grant_in_zandvoort() -> None:
    held = Membership.objects.get(user=user("bloemendaal"), municipality=here("BD"), role="meldpunt")
    held.pk, held.municipality = None, here("ZV")
    held.save(force_insert=True)


def test_withdrawn_the_receiver_reads_it_no_more_and_it_can_go_again() -> None:
    row = parcel_of.handed_over()
    parcel = parcel_of.sent(row)
    with unit(acting(at=ANSWERED)) as by:
        parcels.withdraw(by=by, parcel=parcel, row=HandOver.objects.get(id=row.id))
    with pytest.raises(Refused, match="al beantwoord of ingetrokken"):
        taken(parcel)
    with unit(there()):
        assert Parcel.objects.get(id=parcel.id).content() == {}
    assert noted() == 0
    again = parcel_of.sent(row)
    assert again.id != parcel.id
    assert "Teruggehaald voordat Bloemendaal antwoordde" in seen_here(row)


def test_the_register_says_which_facts_went_on_which_ground() -> None:
    row = parcel_of.handed_over()
    parcel = parcel_of.sent(row)
    with unit(acting(at=ANSWERED)):
        (entry,) = Disclosure.objects.filter(about="route.Parcel", about_id=parcel.id)
        assert (entry.recipient, entry.how) == (Recipient.OTHER_MUNICIPALITY, "parcel")
        assert len(entry.observation_ids) == 1
        assert entry.row.startswith("other_municipality-hand_over")


def test_the_reporter_still_hears_from_the_sender_and_the_receiver_tells_the_sender() -> None:
    """The rules of feedback stay: who reported is told by the meldpunt that knows them; that meldpunt by the other."""
    row = parcel_of.handed_over()
    signal = taken(parcel_of.sent(row))
    with unit(acting(at=ANSWERED)):
        (owed,) = Feedback.objects.filter(signal_id=row.signal_id, kind="feedback")
        assert owed.reporter.name == NAME
    with unit(there()):
        (who,) = Reporter.objects.filter(signal=signal)
        assert (who.wants_feedback, who.anonymous, who.user_id) == (True, False, None)
        assert not Access.objects.filter(signal=signal).exists()


def no_weighing(row: HandOver) -> None:
    Signal.objects.filter(id=row.signal_id).update(round=2)


def other_recipient(row: HandOver) -> None:
    HandOver.objects.filter(id=row.id).update(recipient=Recipient.NLA)


def nothing(row: HandOver) -> None:
    """As it was."""


def took_back(row: HandOver) -> None:
    Release.objects.filter(signal_id=row.signal_id).update(withdrawn_at=MONDAY)


REFUSED: dict[str, tuple[Callable[[HandOver], None], dict[str, Any], str]] = {
    "without weighing 2B": (no_weighing, {}, "weging 2B"),
    "for somebody else": (other_recipient, {}, "geen overdracht aan een andere gemeente"),
    "released no more": (took_back, {}, "feiten die nu gedeeld mogen worden"),
    "no fact": (nothing, {"facts": []}, "ten minste één"),
    "to itself": (nothing, {"to": "HS"}, "Kies een gemeente"),
    "to nobody there": (nothing, {"to": "ZV"}, "Kies een gemeente"),
    "without a reason": (nothing, {"reason": "  "}, "Schrijf op waarom"),
}


def test_what_may_not_be_sent_is_refused_and_nothing_crosses() -> None:
    row = parcel_of.handed_over()
    facts = parcel_of.fact_ids(row)
    Membership.objects.filter(municipality=here("ZV")).update(ends="2020-01-01")
    for case, (act, other, words) in REFUSED.items():
        with undone(), unit(acting(at=MONDAY + LATER)) as by:
            act(row)
            told = {"facts": facts, "reason": WHY} | {name: value for name, value in other.items() if name != "to"}
            with pytest.raises(Refused, match=words):
                parcels.send(by=by, row=row, to=here(other.get("to", "BD")).id, **told)
            assert not Parcel.objects.exists(), case


def test_sealing_takes_back_what_is_on_its_way_and_nothing_goes_after_it() -> None:
    row = parcel_of.handed_over()
    facts, parcel = parcel_of.fact_ids(row), parcel_of.sent(row)
    with unit(acting(at=ANSWERED)) as by:
        signal = Signal.objects.get(id=row.signal_id)
        with sealed_afterwards(by=by, signal=signal, version=signal.version, why="een collega wordt genoemd"):
            pass
    with pytest.raises(Refused, match="al beantwoord of ingetrokken"):
        taken(parcel)
    with pytest.raises(Refused, match="verzegeld signaal"), unit(acting("integriteit", at=ANSWERED)) as by:
        parcels.send(by=by, row=row, to=here("BD").id, facts=facts, reason=WHY)


def test_a_fact_that_was_not_released_does_not_go_along() -> None:
    row = parcel_of.handed_over()
    with unit(acting(at=MONDAY + LATER)) as by:
        own = HandOver.objects.select_related("signal").get(id=row.id)
        every = list(Observation.objects.filter(signal_id=row.signal_id).values_list("id", flat=True))
        assert len(every) == 2
        with pytest.raises(Refused, match="feiten die nu gedeeld mogen worden"):
            parcels.send(by=by, row=own, to=here("BD").id, facts=every, reason=WHY)


def test_a_practice_signal_of_a_real_installation_goes_nowhere(settings: Any) -> None:
    row = parcel_of.handed_over(practice=True)
    parcel = parcel_of.sent(row)
    assert taken(parcel).practice
    settings.MELDROUTE_PRACTICE = False
    another = parcel_of.handed_over(MONDAY + timedelta(days=1), practice=True)
    with pytest.raises(Refused, match="oefensignaal"):
        parcel_of.sent(another, at=MONDAY + timedelta(days=1))


def test_practice_and_real_are_bound_into_the_lock() -> None:
    """The mark cannot be taken off on the way: the content then opens no more."""
    parcel = parcel_of.sent(parcel_of.handed_over(practice=True))
    parcel.practice = False
    with pytest.raises(WrongKey):
        parcel.content()


def test_urgency_comes_first_and_a_minor_stays_a_minor() -> None:
    parcel = parcel_of.sent(parcel_of.handed_over())
    client = client_of("bloemendaal", "BD")
    page = client.post(reverse("route:parcel", args=[parcel.id]), {"take": "1"})
    assert page.status_code == 200
    assert "Dit veld is verplicht" in page.content.decode()
    with unit(there()):
        assert Parcel.objects.get(id=parcel.id).state == ParcelState.SENT
    assert taken(parcel, Urgency.MINOR).minor_possible


def test_the_pages_from_sending_to_receipt() -> None:
    row = parcel_of.handed_over(datetime.now(MONDAY.tzinfo) - timedelta(hours=1))
    sender, receiver = client_of("meldpunt"), client_of("bloemendaal", "BD")
    gedeeld = sender.get(reverse("route:hand-overs", args=[row.signal_id])).content.decode()
    address = reverse("route:parcel-send", args=[row.id])
    assert address in gedeeld
    form = sender.get(address).content.decode()
    assert "Antwoord: nee:" in form
    assert GOES in form
    assert STAYS not in form
    assert "Heemstede</label>" not in form
    facts = [str(one) for one in parcel_of.fact_ids(row, datetime.now(MONDAY.tzinfo) - LATER)]
    sent = sender.post(address, {"to": str(here("BD").id), "facts": facts, "reason": WHY}, follow=True).content.decode()
    assert "onderweg" in sent
    vandaag = receiver.get(reverse("today")).content.decode()
    assert "Overdracht van Heemstede" in vandaag
    with unit(there(datetime.now(MONDAY.tzinfo))) as by:
        (parcel,) = parcels.incoming(by)
    listed = receiver.get(reverse("route:parcels")).content.decode()
    assert GOES not in listed
    done = receiver.post(reverse("route:parcel", args=[parcel.id]), {"take": "1", "urgency": "none"}, follow=True)
    assert "De andere gemeente ziet dit nummer" in done.content.decode()
    again = receiver.get(reverse("route:parcel", args=[parcel.id])).content.decode()
    assert "De inhoud is hier weg" in again
    assert GOES not in again
    assert "ingenomen" in sender.get(reverse("route:parcels")).content.decode()
    late = receiver.post(reverse("route:parcel", args=[parcel.id]), {"back": "1", "why": "not_here"})
    assert late.status_code == 403
    assert "al beantwoord of ingetrokken" in late.content.decode()


def test_only_the_meldpunt_of_the_receiver_opens_it() -> None:
    """The sender neither: what it sent it has in its own file, and only there."""
    parcel = parcel_of.sent(parcel_of.handed_over())
    address = reverse("route:parcel", args=[parcel.id])
    for name in ("zorgcoordinator", "handhaver", "privacy", "proceseigenaar", "fg", "integriteit", "beheer"):
        assert client_of(name).get(address).status_code == 403, name
    assert client_of("meldpunt").get(address).status_code == 404


def test_each_look_and_act_is_told_in_the_chain_of_who_did_it() -> None:
    row = parcel_of.handed_over()
    parcel = parcel_of.sent(row)
    client_of("bloemendaal", "BD").get(reverse("route:parcel", args=[parcel.id]), REMOTE_ADDR="over-de-grens")
    taken(parcel)
    noted()
    with unit(acting(at=ANSWERED)) as by:
        ours = set(Entry.objects.filter(chain=by.place, ids__contains=[parcel.id]).values_list("act", flat=True))
    with unit(there()) as by:
        theirs = set(Entry.objects.filter(chain=by.place, ids__contains=[parcel.id]).values_list("act", flat=True))
        assert Entry.objects.filter(origin="over-de-grens").count() == 1
    assert ours == {"parcel.send", "parcel.receipt"}
    assert theirs == {"look", "parcel.take_in"}


def test_no_readable_word_of_it_lies_in_the_row() -> None:
    parcel_of.sent(parcel_of.handed_over())
    with unit(there()), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text, encode(body, 'escape') FROM route_parcel p")
        found = str(cursor.fetchall())
    for word in (GOES, WHY, NAME, "HS-"):
        assert word not in found
