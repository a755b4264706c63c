"""What a search may be for, and where in a file something was found (feature 50; domain rules §3)."""

from __future__ import annotations

from enum import IntEnum

from .term import Term, gettext_noop

MOST_LETTERS = 200
"""Letters of one question."""


class Field(IntEnum):
    """The part of a file in which a word stands. The number is stored, and never changes its meaning."""

    OBSERVATION = 1
    PLACE = 2
    KIND = 3
    NOTE = 4
    MAIL = 5
    NAME = 6
    WITHHELD = 7


LABELS = {
    Field.OBSERVATION: gettext_noop("waarneming"),
    Field.PLACE: gettext_noop("plaats, bedrijf of nummer"),
    Field.KIND: gettext_noop("nummer of soort signaal"),
    Field.NOTE: gettext_noop("reden op de tijdlijn"),
    Field.MAIL: gettext_noop("mail"),
    Field.NAME: gettext_noop("persoon"),
    Field.WITHHELD: gettext_noop("waarneming"),
}
OPEN = (Field.OBSERVATION, Field.PLACE, Field.KIND, Field.NOTE)
HANDLED = (*OPEN, Field.MAIL, Field.WITHHELD)
"""Where a search for words looks: a mail, and a message of Meld Misdaad Anoniem (withheld; domain rules §4), only for
who handles signals. A person's name is found by a search for a person only."""


class PersonPurpose(Term):
    """Why somebody looks for a person. Asked first, and kept in the journal; there is no "other"."""

    REPEAT = "repeat", gettext_noop("Is er al een signaal over deze persoon?")
    DANGER = "danger", gettext_noop("Er is nu gevaar voor deze persoon")
    CHECK = "check", gettext_noop("Een lopende weging of privacytoets")
    RIGHTS = "rights", gettext_noop("De persoon vraagt om inzage, verbetering of verwijdering")
    SUPERVISION = "supervision", gettext_noop("Toezicht op het gebruik van gegevens")


ORDERS = (("new", gettext_noop("Nieuwste eerst")), ("most", gettext_noop("Meeste vindplaatsen eerst")))
"""By the signal's own date, or by in how many places of a file the words stand. Nothing ranks people."""
