"""What a file and its linked files know, so that a word to a reporter does not give it away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from meldroute.domain.feedback import Known, Person
from meldroute.domain.normalise import Address
from meldroute.domain.normalise.words import MONTHS
from meldroute.domain.vocabulary import SubjectKind
from meldroute.people.models import Membership, Municipality, Organisation, User
from meldroute.vault import keys

from .models import Access, Link, Reporter, Signal, Subject, Task, TimelineEntry

NUMBERS = ("kvk", "number", "document")
_NUMBERED = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y")
_WRITTEN = re.compile(r"(\d{1,2})[ .-]+([a-z]+)\.?[ -]+(\d{4})")


def known_of(signal: Signal, reporter: Reporter | None = None, *, ours: Iterable[str] = ()) -> Known:
    """Everything that may not be told about `signal` and the files it is linked with.

    `reporter` is who the word goes to: the own name may stand in the salutation. `ours` are names of the region that
    may always be printed (policy), beside those of the municipalities and their meldpunt.
    """
    files = [signal.id, *_linked(signal)]
    keys.preload(Signal.objects.filter(id__in=files).values_list("key_id", flat=True))
    rows = list(Subject.objects.filter(signal_id__in=files))
    others = [row for row in Reporter.objects.filter(signal_id__in=files) if reporter is None or row.id != reporter.id]
    colleagues, partners = _people(files, rows, reporter)
    organisations = list(Organisation.objects.all())
    mails = [*_told(rows, "mail"), *(row.mail for row in others), *(row.mail for row in organisations)]
    return Known(
        subjects=tuple(_person(row) for row in rows if row.kind == SubjectKind.PERSON and row.told.get("name")),
        addresses=tuple(_address(row) for row in rows if row.told.get("street") or row.told.get("postcode")),
        businesses=tuple(_told(_of(rows, SubjectKind.BUSINESS), "name")),
        websites=tuple(_told(rows, "url")),
        mails=tuple(text for text in (*mails, *(user.email for user in (*colleagues, *partners))) if text),
        phones=(*_told(rows, "phone"), *(row.phone for row in others if row.phone)),
        plates=tuple(_told(rows, "plate")),
        numbers=tuple(text for name in NUMBERS for text in _told(rows, name)),
        colleagues=tuple(Person(row.name) for row in colleagues),
        partners=tuple(row.name for row in organisations),
        partner_people=(*(Person(row.name) for row in partners), *(Person(row.name) for row in others if row.name)),
        references=tuple(Signal.objects.filter(id__in=files).values_list("reference", flat=True)),
        receiver=_receiver(reporter, organisations),
        ours=(*_ours(), *ours),
    )


def _linked(signal: Signal) -> set[UUID]:
    links = Link.objects.filter(ended_at__isnull=True)
    out = links.filter(signal=signal).values_list("other_id", flat=True)
    return {*out, *links.filter(other=signal).values_list("signal_id", flat=True)}


def _of(rows: Iterable[Subject], kind: SubjectKind) -> list[Subject]:
    return [row for row in rows if row.kind == kind]


def _told(rows: Iterable[Subject], name: str) -> list[str]:
    return [str(row.told[name]) for row in rows if row.told.get(name)]


def _person(row: Subject) -> Person:
    return Person(str(row.told["name"]), born=day_of(str(row.told.get("born", ""))))


def day_of(written: str) -> date | None:
    """A date of birth as people note it ("1 februari 1998", "01-02-1998"); None when it is something else."""
    text = written.strip().lower()
    for form in _NUMBERED:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    named = _WRITTEN.fullmatch(text)
    month = next((i for i, names in enumerate(MONTHS, 1) if named and named[2] in names), 0)
    try:
        return date(int(named[3]), month, int(named[1])) if named and month else None
    except ValueError:
        return None


def _address(row: Subject) -> Address:
    told = row.told
    return Address(
        str(told.get("street", "")),
        str(told.get("house_number", "")),
        str(told.get("addition", "")),
        str(told.get("postcode", "")),
    )


def _people(files: list[UUID], rows: Iterable[Subject], reporter: Reporter | None) -> tuple[list[User], list[User]]:
    """Colleagues and people of partners: who acted in, was let into, got a task in or stands in these files."""
    found: set[UUID | None] = set(TimelineEntry.objects.filter(signal_id__in=files).values_list("by", flat=True))
    found |= set(Access.objects.filter(signal_id__in=files).values_list("user_id", flat=True))
    found |= set(Task.objects.filter(signal_id__in=files).values_list("assignee_id", flat=True))
    found |= set(Signal.objects.filter(id__in=files).values_list("handler_id", flat=True))
    found |= {UUID(text) for text in _told(rows, "user")}
    ids = {one for one in found if one is not None and not (reporter and one == reporter.user_id)}
    of_partners = Membership.objects.filter(user_id__in=ids, organisation_id__isnull=False)
    outside = set(of_partners.values_list("user_id", flat=True))
    users = list(User.objects.filter(id__in=ids))
    return [user for user in users if user.id not in outside], [user for user in users if user.id in outside]


def _receiver(reporter: Reporter | None, organisations: Iterable[Organisation]) -> tuple[str, ...]:
    """The receiver's own name and organisation."""
    if reporter is None:
        return ()
    own = [row.name for row in organisations if row.id == reporter.organisation_id]
    return tuple(name for name in (reporter.name, *own) if name)


def _ours() -> tuple[str, ...]:
    told = Municipality.objects.values_list("name", "meldpunt_phone", "meldpunt_mail")
    return tuple(text for row in told for text in row if text)
