"""What may not be done at a signal now, in sentences, from the same gates that refuse it on the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldroute.domain.route import Event, Situation, may, options
from meldroute.domain.vocabulary import Category, Recipient, SourceKind, State
from meldroute.journal.acting import Acting
from meldroute.post import actions as post
from meldroute.sharing.models import Release

from .actions import asking
from .actions.facts import current
from .models import Signal
from .policies import sources_of
from .visible import is_asked


def sources_now(signal: Signal, situation: Situation, by: Acting) -> tuple[list[str], str]:
    """The labels of the sources that `by` may ask now; when there are none, why most of them are closed."""
    register, _version = sources_of(signal.municipality_id)
    opened: list[str] = []
    shut: Counter[str] = Counter()
    for source in register.values():
        verdict = asking.closed(source) and may(situation, Event.ASK_SOURCE, by.roles, source=source.id)
        if verdict:
            opened.append(source.label)
        else:
            shut[verdict.reason] += 1
    return opened, "" if opened else "".join(_(why) for why, _count in shut.most_common(1))


def not_allowed(signal: Signal, situation: Situation, by: Acting, opened: list[str], why: str) -> Iterator[str]:
    """What is closed at this signal for `by`: people first, then sources (as `sources_now`), sharing and decisions."""
    yield from _self(signal, situation, by)
    yield from _whole(signal)
    yield from _reporters(signal)
    if opened:
        yield _("Geen andere bron raadplegen dan: %(sources)s.") % {"sources": ", ".join(opened)}
    else:
        yield _("Geen enkele bron raadplegen. %(why)s") % {"why": why}
    yield from _sharing(signal, by)
    yield from _decisions(situation, by)


def _self(signal: Signal, situation: Situation, by: Acting) -> Iterator[str]:
    if situation.knows_somebody:
        yield _("Niets doen: u kent iemand in dit signaal. Draag het over aan een collega.")
    elif is_asked(signal, by):
        yield _("Niet beginnen voordat u hebt geantwoord of u iemand in dit signaal kent.")


def _whole(signal: Signal) -> Iterator[str]:
    if signal.sealed:
        yield _("Met niemand bespreken dan de vertrouwde lezers, en op geen lijst of agenda noemen: verzegeld.")
    if signal.state == State.ON_HOLD:
        yield _("Geen controle en geen terugkoppeling met inhoud: aangehouden op verzoek van OM of politie.")
    if signal.minor_possible or signal.subjects.filter(minor=True).exists():
        yield _("De ouders niet benaderen, zij kunnen erbij betrokken zijn: eerst Veilig Thuis of politie.")
    held = set(current(signal).values_list("category", flat=True))
    if signal.source_kind == SourceKind.MMA or Category.MMA in held:
        yield _("De anonieme bron niet aanhalen of noemen, en niet uitzoeken wie het was.")
    if Category.POLICE_DATA in held:
        yield _("Politiegegevens niet gebruiken voor iets anders dan waarvoor ze zijn verstrekt.")
    if not post.leaves(practice=signal.practice):
        yield _("Niets naar buiten sturen: dit is een oefensignaal.")


def _reporters(signal: Signal) -> Iterator[str]:
    rows = list(signal.reporters.all())
    if any(row.protected for row in rows):
        yield _("Niet kijken wie de beschermde melder is zonder reden en een tweede collega.")
    if any(not row.mail_safe and not row.anonymous for row in rows):
        yield _("De melder niet mailen: niemand heeft vastgelegd dat mailen veilig is.")
    if any(not row.wants_feedback for row in rows):
        yield _("De melder geen bericht geven: die wil dat niet.")


def _sharing(signal: Signal, by: Acting) -> Iterator[str]:
    """With whom facts may be shared, and how many facts may go to nobody."""
    rows = Release.objects.filter(signal_id=signal.id, withdrawn_at__isnull=True, until__gt=by.at)
    to: dict[str, set[object]] = {}
    for fact, recipient in rows.values_list("observation_id", "recipient"):
        to.setdefault(_(Recipient(recipient).label), set()).add(fact)
    facts = set(
        current(signal).filter(Q(expires_on__isnull=True) | Q(expires_on__gt=by.today)).values_list("id", flat=True)
    )
    kept = len(facts - {fact for found in to.values() for fact in found})
    if not to:
        yield _("Geen feiten delen: er is nog niets getoetst en vrijgegeven.")
        return
    whom = ", ".join(f"{label} ({len(found)})" for label, found in sorted(to.items()))
    yield _("Alleen delen wat is vrijgegeven, en met niemand anders: %(whom)s.") % {"whom": whom}
    if kept:
        told = ngettext(
            "Niet delen: %(count)d feit is niet vrijgegeven.",
            "Niet delen: %(count)d feiten zijn niet vrijgegeven.",
            kept,
        )
        yield told % {"count": kept}


def _decisions(situation: Situation, by: Acting) -> Iterator[str]:
    """The decisions that are closed now, together with why; one's own knowing of somebody was said already."""
    shut: dict[str, list[str]] = {}
    for decision, verdict in options(situation, by.roles):
        if not verdict and verdict.code != "route.knows_somebody":
            shut.setdefault(_(verdict.reason), []).append(_(decision.label))
    for why, labels in shut.items():
        yield _("Nog niet besluiten: %(decisions)s. %(why)s") % {"decisions": ", ".join(labels), "why": why}
