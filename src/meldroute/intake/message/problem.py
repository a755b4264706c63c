"""What can be wrong with a mail, and the Dutch line that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...domain.term import gettext_noop


class Problem(Enum):
    """A code, the Dutch line (a msgid), and whether a person must look at the source (`hand`)."""

    EMPTY = "empty", gettext_noop("De mail is leeg."), True
    NO_HEADERS = "no_headers", gettext_noop("Dit lijkt geen mail: de kopregels ontbreken."), True
    OUTLOOK_FILE = (
        "outlook_file",
        gettext_noop("Dit is een Outlook-bestand (.msg). Open het in Outlook en stuur de mail door."),
        True,
    )
    HEADER_TOO_LARGE = "header_too_large", gettext_noop("De kopregels zijn te groot om te lezen."), True
    TOO_DEEP = "too_deep", gettext_noop("De mail heeft te veel lagen in elkaar."), True
    TOO_MANY_PARTS = "too_many_parts", gettext_noop("De mail heeft te veel onderdelen."), True
    TOO_MUCH_WORK = "too_much_work", gettext_noop("De mail is te ingewikkeld om te lezen."), True
    BROKEN_PARTS = "broken_parts", gettext_noop("De onderdelen van de mail zijn niet te onderscheiden."), True
    ENCRYPTED = (
        "encrypted",
        gettext_noop("De mail is versleuteld of zo ondertekend dat wij hem niet lezen."),
        True,
    )
    OUTLOOK_PART = "outlook_part", gettext_noop("De inhoud zit in een Outlook-bijlage (winmail.dat)."), True
    NOTHING_READABLE = "nothing_readable", gettext_noop("Er is geen leesbare tekst en geen bijlage."), True
    UNEXPECTED = "unexpected", gettext_noop("De mail kon niet worden gelezen."), True
    TRUNCATED = "truncated", gettext_noop("Het einde van de mail ontbreekt misschien."), False
    BAD_HEADER = "bad_header", gettext_noop("Een kopregel is beschadigd en overgeslagen."), False
    BAD_ENCODING = "bad_encoding", gettext_noop("Een onderdeel is beschadigd."), False
    UNKNOWN_ENCODING = (
        "unknown_encoding",
        gettext_noop("Een onderdeel is op een onbekende manier verpakt."),
        False,
    )
    UNKNOWN_CHARSET = (
        "unknown_charset",
        gettext_noop("De tekenset is onbekend; letters kunnen fout zijn."),
        False,
    )
    NO_SENDER = "no_sender", gettext_noop("Er staat geen bruikbare afzender in de mail."), False
    SEVERAL_SENDERS = "several_senders", gettext_noop("Er staat meer dan één afzender in de mail."), False
    BAD_DATE = "bad_date", gettext_noop("De datum in de mail ontbreekt of kan niet kloppen."), False
    TEXT_CUT = "text_cut", gettext_noop("De tekst is hier ingekort; het origineel is bewaard."), False
    OTHER_TYPE = "other_type", gettext_noop("Een bijlage is iets anders dan de naam zegt."), False
    RUNS = "runs", gettext_noop("Een bijlage kan een programma starten. Open die niet."), False

    def __init__(self, code: str, text: str, hand: bool) -> None:
        self.code = code
        self.text = text
        self.hand = hand


@dataclass(frozen=True)
class Noted:
    """A problem at a place, for example the name of an attachment (empty: the mail as a whole)."""

    problem: Problem
    where: str = ""

    @property
    def text(self) -> str:
        """The Dutch line (a msgid)."""
        return self.problem.text


class Notes:
    """Collects problems, each once per place."""

    def __init__(self) -> None:
        self._noted: dict[Noted, None] = {}

    def add(self, problem: Problem, where: str = "") -> None:
        """Note `problem`; at most 100 are kept."""
        if len(self._noted) < 100:
            self._noted[Noted(problem, where)] = None

    def all(self) -> tuple[Noted, ...]:
        """What was noted, in order."""
        return tuple(self._noted)
