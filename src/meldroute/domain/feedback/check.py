"""Does a feedback text tell what may not be told? Decided for the subject line, the text and every attachment."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from meldroute.domain.feedback.context import has_capital, is_name, opens_sentence, other_surname_follows
from meldroute.domain.feedback.known import Entry, Known, Need, Thing, entries, receiver_entries
from meldroute.domain.feedback.likeness import Likeness
from meldroute.domain.feedback.matching import Match, Matcher
from meldroute.domain.feedback.policy import Word
from meldroute.domain.normalise import Folded, Token, fold, key, tokens
from meldroute.domain.patterns import Pattern, find
from meldroute.domain.term import Term, gettext_noop


class Part(Term):
    """Where in the mail."""

    SUBJECT = "subject", gettext_noop("onderwerp")
    TEXT = "text", gettext_noop("tekst")
    ATTACHMENT = "attachment", gettext_noop("bijlage")


class Kind(Term):
    """What was found; the label says why it may not stay. Those of `OVERRIDABLE` may, with a second reader."""

    PERSON = "person", gettext_noop("Dit is de naam van iemand uit het dossier.")
    COLLEAGUE = "colleague", gettext_noop("Dit is de naam van een collega uit het dossier.")
    PARTNER_PERSON = "partner_person", gettext_noop("Dit is de naam van een medewerker van een partner.")
    BIRTHDATE = "birthdate", gettext_noop("Dit is de geboortedatum van iemand uit het dossier.")
    ADDRESS = "address", gettext_noop("Dit adres staat in het dossier.")
    STREET = "street", gettext_noop("Deze straat staat in het dossier.")
    POSTCODE = "postcode", gettext_noop("Deze postcode staat in het dossier.")
    BUSINESS = "business", gettext_noop("Dit bedrijf staat in het dossier.")
    PARTNER = "partner", gettext_noop("Deze organisatie staat in het dossier.")
    WEBSITE = "website", gettext_noop("Deze website staat in het dossier.")
    MAIL = "mail", gettext_noop("Dit e-mailadres staat in het dossier.")
    PHONE = "phone", gettext_noop("Dit telefoonnummer staat in het dossier.")
    PLATE = "plate", gettext_noop("Dit kenteken staat in het dossier.")
    NUMBER = "number", gettext_noop("Dit nummer staat in het dossier.")
    REFERENCE = "reference", gettext_noop("Dit is het nummer van dit signaal of van een gekoppeld signaal.")
    WORD = "word", gettext_noop("Dit woord mag niet in een terugkoppeling staan.")
    LIKE_NAME = "like_name", gettext_noop("Dit lijkt op een naam uit het dossier.")
    SAME_GIVEN_NAME = "same_given_name", gettext_noop("Dit is de voornaam van iemand uit het dossier.")
    SAME_STREET = "same_street", gettext_noop("Deze straat staat in het dossier, met een ander huisnummer.")
    SOME_MAIL = "some_mail", gettext_noop("Dit is een e-mailadres.")
    SOME_PHONE = "some_phone", gettext_noop("Dit is een telefoonnummer.")
    SOME_POSTCODE = "some_postcode", gettext_noop("Dit is een postcode.")
    SOME_PLATE = "some_plate", gettext_noop("Dit is een kenteken.")
    SOME_BSN = "some_bsn", gettext_noop("Dit is een burgerservicenummer (BSN).")
    SOME_KVK = "some_kvk", gettext_noop("Dit is een KVK-nummer.")
    SOME_REFERENCE = "some_reference", gettext_noop("Dit is een zaaknummer of kenmerk.")
    SOME_BIRTHDATE = "some_birthdate", gettext_noop("Dit is een geboortedatum.")
    SOME_IBAN = "some_iban", gettext_noop("Dit is een rekeningnummer.")
    TELLING_WORD = "telling_word", gettext_noop("Dit woord vertelt iets over het onderzoek.")

    @property
    def overridable(self) -> bool:
        return self in OVERRIDABLE


OVERRIDABLE = frozenset(list(Kind)[list(Kind).index(Kind.LIKE_NAME) :])
_KINDS = {pattern: Kind(f"some_{pattern.value}") for pattern in Pattern}
_SALUTATION = re.compile(r"(?:beste|geachte|dag|hallo|hoi|goede(?:morgen|middag|navond|n? ?dag)|aan)\b")
_SALUTATION_LINES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """`start`, `end`: half-open span in the original of this part; `index` counts attachments from 0."""

    part: Part
    index: int
    start: int
    end: int
    kind: Kind
    why: str

    @property
    def overridable(self) -> bool:
        """May stay with a reason and a second reader. Otherwise it is refused, without exception."""
        return self.kind.overridable


def check(
    text: str, subject: str, attachments: Sequence[str], known: Known, *, words: Iterable[Word] = ()
) -> list[Finding]:
    """All findings, in reading order. Never raises on any text; linear in its length. Empty means: may go out."""
    watch = Watch(known, tuple(words))
    found = watch.findings(subject, Part.SUBJECT) + watch.findings(text, Part.TEXT)
    for index, attachment in enumerate(attachments):
        found += watch.findings(attachment, Part.ATTACHMENT, index)
    return found


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    kind: Kind
    why: str


class Watch:
    """A file's keys, made once, for as many texts as wanted (the composer checks while somebody types)."""

    def __init__(self, known: Known, words: tuple[Word, ...] = ()) -> None:
        held = entries(known)
        self._matcher = Matcher(held)
        self._likeness = Likeness(held)
        self._receiver = Matcher(receiver_entries(known))
        self._ours = Matcher(Entry(key(line), Thing.PARTNER) for line in known.ours)
        self._words = [(Matcher(_word_entries(word)), word) for word in words]

    def findings(self, text: str, part: Part, index: int = 0) -> list[Finding]:
        folded = fold(text)
        cut = tokens(folded)
        hits = [*self._known_hits(folded, cut), *self._word_hits(folded, cut, part)]
        hits += self._pattern_hits(folded, cut, hits)
        hits += self._likeness_hits(folded, cut, hits)
        return [
            Finding(part, index, *folded.origin(hit.start, hit.end), hit.kind, hit.why)
            for hit in sorted(_outermost(hits), key=lambda hit: (hit.start, hit.end))
        ]

    def _known_hits(self, folded: Folded, cut: list[Token]) -> list[_Hit]:
        exempt = self._salutation(folded, cut)
        hits = []
        for match in self._matcher.matches(folded, cut):
            kind = _kind(folded, cut, match)
            start, end = cut[match.first].start, cut[match.last].end
            if kind and not any(a <= start and end <= b for a, b in exempt):
                hits.append(_Hit(start, end, kind, kind.label))
        return self._without_ours(folded, cut, hits)

    def _without_ours(self, folded: Folded, cut: list[Token], hits: list[_Hit]) -> list[_Hit]:
        """The town hall may stand in the street of a file."""
        ours = _cover(len(folded.text), self._our_spans(folded, cut))
        soft = {Kind.SAME_STREET, Kind.STREET}
        return [hit for hit in hits if hit.kind not in soft or not all(ours[hit.start : hit.end])]

    def _our_spans(self, folded: Folded, cut: list[Token]) -> list[tuple[int, int]]:
        return [(cut[m.first].start, cut[m.last].end) for m in self._ours.matches(folded, cut)]

    def _salutation(self, folded: Folded, cut: list[Token]) -> list[tuple[int, int]]:
        """Spans of the receiver's own name in the opening lines."""
        lines = list(re.finditer(r"[^\n]+", folded.text[:600]))[:_SALUTATION_LINES]
        opening = [line.span() for line in lines if _SALUTATION.match(line[0].strip())]
        end = max((stop for _, stop in opening), default=0)
        head = [token for token in cut[:200] if token.end <= end]
        spans = ((head[m.first].start, head[m.last].end) for m in self._receiver.matches(folded, head))
        return [span for span in spans if any(a <= span[0] and span[1] <= b for a, b in opening)]

    def _word_hits(self, folded: Folded, cut: list[Token], part: Part) -> Iterator[_Hit]:
        for matcher, word in self._words:
            if part is Part.SUBJECT or not word.subject_only:
                kind = Kind.WORD if word.refuse else Kind.TELLING_WORD
                for match in matcher.matches(folded, cut):
                    yield _Hit(cut[match.first].start, cut[match.last].end, kind, word.why)

    def _pattern_hits(self, folded: Folded, cut: list[Token], hits: list[_Hit]) -> list[_Hit]:
        strict = [(hit.start, hit.end) for hit in hits if not hit.kind.overridable]
        taken = _cover(len(folded.text), strict + self._our_spans(folded, cut))
        free = [spot for spot in find(folded, cut) if not any(taken[spot.start : spot.end])]
        return [_Hit(s.start, s.end, _KINDS[s.pattern], _KINDS[s.pattern].label) for s in free]

    def _likeness_hits(self, folded: Folded, cut: list[Token], hits: list[_Hit]) -> list[_Hit]:
        taken = _cover(len(folded.text), [(hit.start, hit.end) for hit in hits])
        return [
            _Hit(token.start, token.end, Kind.LIKE_NAME, Kind.LIKE_NAME.label)
            for token in self._likeness.tokens(cut)
            if not any(taken[token.start : token.end]) and not opens_sentence(folded, token.start)
        ]


def _word_entries(word: Word) -> list[Entry]:
    return [Entry(key(written), Thing.BUSINESS, Need.WHOLE) for written in word.words]


def _kind(folded: Folded, cut: list[Token], match: Match) -> Kind | None:
    """What a match is, or None when it is an ordinary word used as one."""
    need = match.entry.need
    if need is Need.NAME and not is_name(folded, cut, match):
        return None
    if need is Need.CAPITAL and not (match.masked or has_capital(cut, match)):
        return None
    if need is Need.GIVEN and other_surname_follows(folded, cut, match):
        return Kind.SAME_GIVEN_NAME
    if match.entry.thing is Thing.STREET and _other_number(cut, match):
        return Kind.SAME_STREET
    return Kind(match.entry.thing.value)


def _other_number(cut: list[Token], match: Match) -> bool:
    """A house number follows; were it the known one, the address itself is found as the longer match."""
    follows = cut[match.last + 1 : match.last + 2]
    return bool(follows) and follows[0].key.isdigit() and len(follows[0].key) < 5


def _cover(size: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """One byte per folded character, set where some span lies."""
    covered = bytearray(size)
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return covered


def _outermost(hits: list[_Hit]) -> list[_Hit]:
    """Drop what lies within a longer finding that is at least as strict."""
    kept: list[_Hit] = []
    strict = soft = 0  # how far findings that started earlier reach
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.kind.overridable)):
        if hit.end <= (max(strict, soft) if hit.kind.overridable else strict):
            continue
        kept.append(hit)
        strict, soft = (strict, max(soft, hit.end)) if hit.kind.overridable else (hit.end, soft)
    return kept
