"""Who and where: subjects with a role in this signal only, and their identity cards (domain rules §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.domain.vocabulary import SubjectKind, SubjectRole
from meldroute.journal.acting import Acting
from meldroute.search.writing import drop

from .. import lookups
from ..models import Signal, Subject
from ..searchable import keep_words, of_subject
from ..visible import may_work, must_work
from .access import bar_subject, may_be_about
from .timeline import tell, tell_each

NAMES: Mapping[SubjectKind, str] = {
    SubjectKind.PERSON: gettext_noop("persoon"),
    SubjectKind.ADDRESS: gettext_noop("plaats"),
    SubjectKind.BUSINESS: gettext_noop("bedrijf"),
    SubjectKind.VEHICLE: gettext_noop("voertuig"),
    SubjectKind.PHONE: gettext_noop("telefoon"),
    SubjectKind.WEBSITE: gettext_noop("website"),
}
LETTERS = 26


def add_subject(
    *,
    by: Acting,
    signal: Signal,
    kind: SubjectKind,
    role: SubjectRole,
    told: Mapping[str, Any] | None = None,
    minor: bool = False,
    colleague: UUID | None = None,
) -> Subject:
    """Add a subject; its label ("persoon A", "plaats 1") is given here.

    `colleague`: the account of the person it is about; that account is never eligible for access from now on.
    Raises Refused.
    """
    must_work(signal, by)
    identity = _identity(kind, told or {}) | ({"user": str(colleague)} if colleague else {})
    require(_may_be(kind, role, identity, minor))
    label = next_label(signal, kind)
    made = _row(signal, by, kind=kind, role=role, label=label, minor=minor, told=identity)
    lookups.enter(signal, made)
    keep_words(signal, of_subject(made), by=by)
    if minor and not signal.minor_possible:
        Signal.objects.filter(id=signal.id).update(minor_possible=True)
        signal.minor_possible = True
    tell(signal, by=by, kind="subject.add", ids=(made.id,), label=label, role=role.value)
    bar_subject(signal, by=by)
    return made


def place_subjects(
    *, by: Acting, signal: Signal, places: Sequence[tuple[SubjectKind, SubjectRole, Mapping[str, Any]]]
) -> None:
    """The first subjects of a signal that `by` has just opened: nobody was asked yet whether they know somebody.

    As `add_subject` for each, in a few statements for all. Raises Refused.
    """
    made: list[Subject] = []
    for kind, role, told in places:
        identity = _identity(kind, told)
        require(_may_be(kind, role, identity, minor=False))
        used = sum(one.kind == kind for one in made)
        made.append(_unsaved(signal, by, kind=kind, role=role, label=_label(kind, used), told=identity))
    if not made:
        return
    Subject.objects.bulk_create(made)
    lookups.enter(signal, *made)
    keep_words(signal, *map(of_subject, made), by=by)
    told_of = [((one.id,), {"label": one.label, "role": one.role}) for one in made]
    tell_each(signal, told_of, by=by, kind="subject.add")
    if any(may_be_about(one.told, by_name=signal.sealed) for one in made):
        bar_subject(signal, by=by)


def change_subject(
    *,
    by: Acting,
    subject: Subject,
    role: SubjectRole,
    told: Mapping[str, Any],
    minor: bool = False,
    was_wrong: bool = False,
) -> Subject:
    """A new validity of the same subject; the old one ends today, and is no longer looked up when it was wrong.

    Raises Refused.
    """
    signal = subject.signal
    must_work(signal, by)
    kind = SubjectKind(subject.kind)
    user = subject.told.get("user")
    identity = _identity(kind, told) | ({"user": user} if user else {})
    require(_still_valid(subject))
    require(_may_be(kind, role, identity, minor))
    subject.valid_until = by.today
    subject.save(update_fields=["valid_until"])
    if was_wrong:
        lookups.forget(subject)
        drop(signal_id=signal.id, source_ids=[subject.id])
    made = _row(signal, by, kind=kind, role=role, label=subject.label, minor=minor, told=identity)
    lookups.enter(signal, made)
    keep_words(signal, of_subject(made), by=by)
    tell(signal, by=by, kind="subject.change", ids=(made.id, subject.id), label=subject.label)
    bar_subject(signal, by=by)
    return made


def open_card(*, by: Acting, subject: Subject, reason: str) -> dict[str, Any]:
    """The identity behind a label, after a reason that is kept. Raises Refused."""
    require(may_open_card(subject, by))
    require(_reason(reason))
    signal = subject.signal
    tell(
        signal, by=by, kind="card.open", fields=("told",), ids=(subject.id,), label=subject.label, reason=reason.strip()
    )
    return dict(subject.told)


def may_open_card(subject: Subject, by: Acting) -> Verdict:
    """Who handles the signal, or has the whole file by own access: the file's wall has let them this far."""
    return yes() if by.user_id is not None else may_work(subject.signal, by)


def next_label(signal: Signal, kind: SubjectKind) -> str:
    """ "persoon A", "plaats 2": the next free one; the signal's row is locked so that no label is given twice."""
    Signal.objects.select_for_update().get(id=signal.id)
    return _label(kind, len(set(Subject.objects.filter(signal=signal, kind=kind).values_list("label", flat=True))))


def _label(kind: SubjectKind, used: int) -> str:
    name = NAMES[kind]
    return f"{name} {letters(used)}" if kind is SubjectKind.PERSON else f"{name} {used + 1}"


def letters(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    head, last = divmod(number, LETTERS)
    return (letters(head - 1) if head else "") + chr(ord("A") + last)


def _row(signal: Signal, by: Acting, **told: Any) -> Subject:
    made = _unsaved(signal, by, **told)
    made.save(force_insert=True)
    return made


def _unsaved(signal: Signal, by: Acting, **told: Any) -> Subject:
    return Subject(
        municipality_id=signal.municipality_id,
        key_id=signal.key_id,
        signal=signal,
        valid_from=by.today,
        by=by.user_id,
        at=by.at,
        **told,
    )


def _identity(kind: SubjectKind, told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(told[name]).strip() for name in lookups.FIELDS[kind] if str(told.get(name) or "").strip()}


def _may_be(kind: SubjectKind, role: SubjectRole, told: Mapping[str, Any], minor: bool) -> Verdict:
    if (role is SubjectRole.PLACE) is not (kind is SubjectKind.ADDRESS):
        reason = gettext_noop("De rol 'plaats' hoort bij een adres, en een adres heeft geen andere rol.")
        return no(reason, "domain rules §4", "subject.role")
    if minor and kind is not SubjectKind.PERSON:
        return no(gettext_noop("Alleen een persoon kan minderjarig zijn."), "domain rules §4", "subject.minor")
    if kind is not SubjectKind.PERSON and not told:
        return no(gettext_noop("Vul in waar of wat het is."), "domain rules §4", "subject.empty")
    return yes()


def _still_valid(subject: Subject) -> Verdict:
    if subject.valid_until is None:
        return yes()
    reason = gettext_noop("Deze gegevens zijn al vervangen. Wijzig de nieuwste.")
    return no(reason, "domain rules §4", "subject.newest")


def _reason(reason: str) -> Verdict:
    if reason.strip():
        return yes()
    return no(gettext_noop("Geef een reden: waarom hebt u dit nu nodig?"), "domain rules §4", "card.reason")
