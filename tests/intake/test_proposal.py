"""What the triage form is filled with beforehand: a proposal from words that stand in the mail."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from intake import mails
from meldroute.domain.vocabulary import Form, SourceKind
from meldroute.intake.message import read
from meldroute.intake.proposal import Moment, Place, Proposal, Words, propose, without_courtesies

ROOT = Path(__file__).parents[2]
WORDS = Words.of(tomllib.loads((ROOT / "policies/intake-words.toml").read_text("utf-8")))
DOMAINS = {
    "voorbeeld.nl": SourceKind.OFFICIAL,
    "zorg.example": SourceKind.CARE,
    "team-prostitutie.example": SourceKind.PROSTITUTION_TEAM,
    "politie-oefening.example": SourceKind.POLICE,
    "corporatie.example": SourceKind.OTHER_PARTNER,
}


def proposed(text: str, subject: str = "x", sender: str = "jan@inwoner.example") -> Proposal:
    raw = f"From: {sender}\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
    return propose(read(raw), WORDS, DOMAINS)


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        ("hulp@zorg.example", SourceKind.CARE),
        ("hulp@post.zorg.example", SourceKind.CARE),
        ("HULP@ZORG.EXAMPLE", SourceKind.CARE),
        ("loket@voorbeeld.nl", SourceKind.OFFICIAL),
        ("iemand@nepzorg.example", None),
        ("iemand@zorg.example.elders.example", None),
        ("zorg.example@elders.example", None),
    ],
)
def test_who_reports_is_proposed_by_domain_only(sender: str, kind: SourceKind | None) -> None:
    assert proposed("tekst", sender=sender).source_kind == kind


def test_of_a_mail_that_was_sent_on_the_writer_counts() -> None:
    proposal = propose(read(mails.official()), WORDS, DOMAINS)
    assert proposal.reporter is not None
    assert (proposal.reporter.address, proposal.from_forward, proposal.source_kind) == (
        "petra@inwoner.example",
        True,
        None,
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Bij Voorbeeldstraat 12 wonen er acht.", [Place("Voorbeeldstraat 12", "Voorbeeldstraat", "12")]),
        ("Oefenlaan 3a, 2101 AA", [Place("Oefenlaan 3a", "Oefenlaan", "3", "a", "2101AA")]),
        ("in de Van der Oefenstraat 7-2.", [Place("Van der Oefenstraat 7-2", "Van der Oefenstraat", "7", "2")]),
        ("voorbeeldstraat 12", [Place("voorbeeldstraat 12", "voorbeeldstraat", "12")]),
        ("de Nieuwe Testkade 8 en Proefplein 4", [
            Place("Nieuwe Testkade 8", "Nieuwe Testkade", "8"),
            Place("Proefplein 4", "Proefplein", "4"),
        ]),
        ("postcode 2101AA", [Place("2101AA", postcode="2101AA")]),
        ("in 2026 EN daarna", [Place("2026EN", postcode="2026EN")]),
        ("op straat 3 mensen", [Place("straat 3", "straat", "3")]),
        ("twee keer Oefenlaan 3 en Oefenlaan 3", [Place("Oefenlaan 3", "Oefenlaan", "3")]),
        ("geen plek hier, 12 mensen", []),
    ],
)  # fmt: skip
def test_places(text: str, places: list[Place]) -> None:
    assert list(proposed(text).places) == places


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("dit is arbeidsuitbuiting", (Form.LABOUR,)),
        ("Arbeidsuitbuiting en gedwongen prostitutie", (Form.SEXUAL, Form.LABOUR)),
        ("zij werkt in een restaurant en krijgt geen loon", ()),
        ("prostitutie", ()),
    ],
)
def test_a_form_only_when_it_is_named(text: str, forms: tuple[Form, ...]) -> None:
    assert proposed(text).forms == forms


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("Gisteren en elke nacht", [Moment("gisteren"), Moment("elke nacht")]),
        ("op 9-2-2026", [Moment("9-2-2026", date(2026, 2, 9))]),
        ("op 9 februari 2026 en 3 mrt 2026", [
            Moment("9 februari 2026", date(2026, 2, 9)), Moment("3 mrt 2026", date(2026, 3, 3)),
        ]),
        ("op 31-2-2026", []),
    ],
)  # fmt: skip
def test_moments(text: str, moments: list[Moment]) -> None:
    assert list(proposed(text).moments) == moments


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ze wordt bedreigd met een mes.", True),
        ("Een meisje van 16 jaar", True),
        ("Dringend!", True),
        ("Ik kom er elke week langs.", False),
        ("een mesthoop", False),
    ],
)
def test_the_urgency_block_is_shown_when_a_word_asks_for_it(text: str, shown: bool) -> None:
    assert proposed(text).show_urgency is shown


def test_a_number_in_the_subject_is_a_proposal() -> None:
    assert proposed("x", subject="Re: HS-2026-0001 en HS-2026-0002").references == ("HS-2026-0001", "HS-2026-0002")


def test_an_empty_mail_proposes_nothing() -> None:
    assert propose(read(b""), WORDS, DOMAINS) == Proposal()


def test_the_lists_have_a_source_and_are_proposals() -> None:
    table = tomllib.loads((ROOT / "policies/intake-words.toml").read_text("utf-8"))
    rows = [row for key in ("urgency", "form", "street", "moment") for row in table[key]]
    assert all(row["source"] and row["status"] == "proposal" for row in rows)
    assert {form for form, _ in WORDS.forms} == {Form.SEXUAL, Form.LABOUR, Form.CRIMINAL, Form.ORGAN}


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (
            "Goedemorgen,\n\nVier matrassen.\n\nMet vriendelijke groet,\nHanna de Graaf\nzorgcoördinator",
            "Vier matrassen.",
        ),
        ("Beste collega's,\nVier matrassen.\nGroeten,\nHanna", "Vier matrassen."),
        ("Vier matrassen.\n--\nOefenbericht", "Vier matrassen."),
        ("Dag allemaal", "Dag allemaal"),
        ("Hoogachtend", "Hoogachtend"),
        ("Zie onder.\nGroet,\nJan\n" + "\n".join(f"> regel {n}" for n in range(12)), None),
        ("De groetenman stond er weer.\nTwee keer.", None),
        ("", ""),
    ],
)
def test_a_greeting_and_a_signature_do_not_become_an_observation(told: str, kept: str | None) -> None:
    assert without_courtesies(told) == (told if kept is None else kept)
