"""What is asked of the person who looks at a signal now: the card "Nu te doen", for every state and role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldroute.domain import days
from meldroute.domain.route import Decision, Event, Situation, may, options
from meldroute.domain.terms import CHECK_DECISION, Terms
from meldroute.domain.vocabulary import Check, Question, Recipient, Role, State, Weighing
from meldroute.journal.acting import Acting
from meldroute.sources.models import Hit, Query

from .models import PrivacyCheck, Signal, TaskState
from .policies import weighings_of
from .situation import situation_of
from .terms import terms_of

FIRST = (Weighing.ONE, Weighing.TWO_A, Weighing.TWO_B)
MOST_OTHERS = 3


@dataclass(frozen=True)
class Item:
    """A line of the checklist; `state` is met, waiting or open."""

    text: str
    state: str


@dataclass(frozen=True)
class Link:
    """Somewhere to go; `post` for a button that does something at once."""

    label: str
    url: str
    post: bool = False


@dataclass(frozen=True)
class Now:
    """The card: one question, what holds it up, why, one thing to do, by when, and other ways."""

    question: str
    conditions: tuple[Item, ...] = ()
    explanation: str = ""
    help: Link | None = None
    action: Link | None = None
    due: date | None = None
    working_days: int = 0
    others: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Look:
    """One look at a signal by one person."""

    signal: Signal
    by: Acting
    situation: Situation

    def url(self, name: str, *args: object) -> str:
        """A page about this signal."""
        return reverse(f"route:{name}", args=[self.signal.id, *args])

    def decide(self, decision: Decision | None = None, label: str = "") -> Link:
        """To the decision page, with a decision chosen or not."""
        url = self.url("decide")
        if decision is None:
            return Link(label or _("Kies een besluit"), url)
        return Link(label or _(decision.label), f"{url}?besluit={decision.value}")

    def can(self, decision: Decision) -> bool:
        """Whether this decision is possible for this person now."""
        return bool(may(self.situation, decision, self.by.roles))


def now_of(signal: Signal, by: Acting) -> Now:
    """What is asked of `by` at this signal."""
    look = Look(signal, by, situation_of(signal, by))
    if by.is_any(Role.INTEGRITY if signal.sealed else Role.MELDPUNT):
        return _with_others(look, _with_due(look, ASKS[State(signal.state)](look)))
    if by.is_any(Role.PRIVACY_OFFICER, Role.PROCESS_OWNER):
        return _with_due(look, _checker(look))
    return Now(_("Voor u is hier nu niets te doen"), explanation=_("U kijkt mee. Het meldpunt behandelt dit signaal."))


def _with_due(look: Look, now: Now) -> Now:
    due = now.due or look.signal.due_on
    if due is None:
        return now
    left = days.left(look.by.today, due, terms_of(look.signal.municipality_id).holidays)
    late = days.is_late(look.by.today, due)
    return replace(now, due=due, working_days=min(left, -1) if late else left)


def _with_others(look: Look, now: Now) -> Now:
    """Other decisions that are possible, all of them, and the ways that are never locked."""
    taken = now.action.url if now.action else ""
    ways = [look.decide(d) for d, verdict in options(look.situation, look.by.roles) if verdict]
    ways = [way for way in ways if way.url != taken][:MOST_OTHERS]
    if look.signal.state != State.CLOSED:
        ways.append(Link(_("Alle besluiten"), look.url("decide")))
    if may(look.situation, Event.FOLLOW_UP_ADDED, look.by.roles):
        ways.append(Link(_("Vervolg toevoegen"), look.url("follow-up")))
    ways.append(Link(_("Overdragen aan Team Mensenhandel"), look.url("hand-over", Recipient.TEAM_MENSENHANDEL.value)))
    ways.append(Link(_("Acuut gevaar? Wat nu"), look.url("danger")))
    return replace(now, others=tuple(ways))


# The privacy checks


def latest_check(signal: Signal, check: Check, recipient: Recipient | None = None) -> PrivacyCheck | None:
    """The check of this kind (for this recipient) that was asked last in this round."""
    asked = signal.checks.filter(round=signal.round, check_kind=check)
    if recipient is not None:
        asked = asked.filter(recipient=recipient)
    return asked.prefetch_related("advices", "outcomes").order_by("-at").first()


def check_item(asked: PrivacyCheck | None, label: str) -> Item:
    """Where a check is, as a line of the checklist."""
    if asked is None:
        return Item(_("%(check)s: nog niet gevraagd") % {"check": label}, "open")
    decided = asked.outcomes.first()
    if decided is not None:
        text = _("%(check)s: mag") if decided.allowed else _("%(check)s: mag niet")
        return Item(text % {"check": label}, "met" if decided.allowed else "open")
    if asked.advices.exists():
        return Item(_("Advies gegeven, besluit gevraagd aan de proceseigenaar"), "waiting")
    return Item(_("Advies gevraagd aan de privacyadviseur"), "waiting")


def check_due(asked: PrivacyCheck, terms: Terms) -> date:
    """The last day for the advice, or once that is there for the decision."""
    advice = asked.advices.first()
    return terms.due_for(CHECK_DECISION, days.local_date(advice.at)) if advice else asked.due_on


def _ask_or_remind(look: Look, asked: PrivacyCheck | None, ask: Link) -> tuple[Link, date | None]:
    if asked is None or asked.outcomes.exists():
        return ask, None
    remind = Link(_("Stuur een herinnering"), reverse("route:check-remind", args=[asked.id]), post=True)
    return remind, check_due(asked, terms_of(asked.municipality_id))


def _checker(look: Look) -> Now:
    """For who advises on or decides a check."""
    adviser = look.by.is_any(Role.PRIVACY_OFFICER)
    waiting = look.signal.checks.filter(outcomes__isnull=True, advices__isnull=adviser).first()
    if waiting is None:
        return Now(_("Er wordt nu niets van u gevraagd"))
    label = Check(waiting.check_kind).label
    question = _("Wat adviseert u?") if adviser else _("Wat besluit u?")
    action = Link(_("Geef advies") if adviser else _("Besluit"), reverse("route:check", args=[waiting.id]))
    return Now(
        question,
        (check_item(waiting, _(label)),),
        action=action,
        due=check_due(waiting, terms_of(waiting.municipality_id)),
    )


# One function per state, for the meldpunt


def _weighing_item(look: Look, code: Weighing) -> Item:
    answered = look.situation.weighed.get(code)
    return Item(_(code.label), "met" if answered and answered.reason else "open")


def _weigh(look: Look, code: Weighing | Question) -> Link:
    label = _("Beantwoord weging %(code)s") % {"code": code.value.upper()}
    return Link(_("Beantwoord de vraag") if isinstance(code, Question) else label, look.url("weigh", code.value))


def _received(look: Look) -> Now:
    asked = Item(_("Er is gevraagd of er nu gevaar is"), "met" if look.situation.urgency_asked else "open")
    return Now(_("Is dit een signaal voor de meldroute?"), (asked,), action=look.decide(Decision.REGISTER))


def _registered(look: Look) -> Now:
    items = [_weighing_item(look, code) for code in FIRST]
    open_codes: list[Weighing | Question] = [c for c in FIRST if c not in look.situation.weighed]
    if look.situation.repeat_within_year:
        again = look.situation.weighed_again
        items.append(Item(_("Tweede signaal binnen een jaar: samen gewogen"), "met" if again else "open"))
        open_codes += [] if again else [Question.AGAIN]
    if open_codes:
        return Now(_("Is dit iets voor ons?"), tuple(items), action=_weigh(look, open_codes[0]))
    if look.can(Decision.TAKE_UP):
        return Now(_("Neemt u het signaal in behandeling?"), tuple(items), action=look.decide(Decision.TAKE_UP))
    explanation = _("Volgens de wegingen hoort dit niet bij de gemeente of is het geen mensenhandel.")
    return Now(_("Waar hoort dit wel thuis?"), tuple(items), explanation, action=look.decide())


def _enriching(look: Look) -> Now:
    weighed = look.situation.weighed.get(Weighing.THREE)
    if weighed is None:
        items = (_weighing_item(look, Weighing.THREE),)
        return Now(_("Is het concreet en recent genoeg?"), items, action=_weigh(look, Weighing.THREE))
    if not weighed.opens:
        explanation = _("U mag geen systemen raadplegen. Kies wat er nu met het signaal gebeurt.")
        return Now(_("Hoe gaat het verder?"), _answers(look, Weighing.THREE), explanation, action=look.decide())
    asked = latest_check(look.signal, Check.ONE)
    if not any(c.check is Check.ONE and c.round == look.signal.round for c in look.situation.checks):
        return _may_look(look, asked)
    return _sources(look, asked)


def _answers(look: Look, code: Weighing) -> tuple[Item, ...]:
    """The answers of the latest weighing as lines: met where the answer lets the signal go on."""
    row = look.signal.weighings.filter(round=look.signal.round, weighing=code).order_by("-at").first()
    if row is None:
        return ()
    asked = weighings_of(look.signal.municipality_id, row.policy_version).asked(code, look.by.today)
    deciding = [q for q in asked if q.decides]
    given = {q.id: row.answers.get(q.id, {}).get("answer", "") for q in deciding}
    return tuple(Item(q.text, "met" if given[q.id] in [a.value for a in q.opens] else "open") for q in deciding)


def _may_look(look: Look, asked: PrivacyCheck | None) -> Now:
    items = (*_answers(look, Weighing.THREE), check_item(asked, _("Toets 1")))
    ask = Link(_("Vraag de toets"), look.url("check-ask", Check.ONE.value))
    action, due = _ask_or_remind(look, asked, ask)
    explanation, help_link = _("Tot het besluit er is, mag u nog geen systemen raadplegen."), None
    if not look.situation.adviser_present:
        explanation = _(
            "Er is nu geen privacyadviseur of vervanger. Bronnen blijven dicht. Wat wel kan: naar het "
            "signalenoverleg zonder bronnen, Team Mensenhandel, Veilig Thuis."
        )
        help_link = look.decide(Decision.AGENDA_WITHOUT_SOURCES, _("Naar het signalenoverleg zonder bronnen"))
    elif asked is not None:
        help_link = Link(_("Wie adviseert en besluit"), look.url("checks"))
    return Now(_("Mag u systemen raadplegen?"), items, explanation, help_link, action, due)


def _sources(look: Look, asked: PrivacyCheck | None) -> Now:
    opened = {s for c in look.situation.checks if c.allowed and c.check is Check.ONE for s in c.sources}
    known = list(Query.objects.filter(signal_id=look.signal.id, round=look.signal.round))
    answered = {row.source for row in known if row.hit != Hit.ASKED}
    text = _("%(done)d van %(all)d bronnen gevraagd") % {"done": len(answered & opened), "all": len(opened)}
    items = (
        check_item(asked, _("Toets 1")),
        Item(text, "met" if opened <= answered else "open"),
        _weighing_item(look, Weighing.FOUR),
        *((_tasks(look),) if look.signal.tasks.exists() else ()),
    )
    question = _("Wat zeggen de bronnen?")
    if Weighing.FOUR in look.situation.weighed:
        return Now(_("Hoe gaat het verder?"), items, action=look.decide(Decision.TO_AGENDA))
    if opened <= answered:
        return Now(_("Bevestigen de treffers genoeg?"), items, action=_weigh(look, Weighing.FOUR))
    explanation = _("Eerst vragen of er een treffer is. Pas na een treffer ziet u de inhoud.")
    return Now(question, items, explanation, action=Link(_("Naar de bronnen"), look.url("sources")))


def _question_item(look: Look, code: Question) -> Item:
    weighed = {
        Question.CONCRETE: look.situation.concrete,
        Question.STRONG_ENOUGH: look.situation.strong_enough,
        Question.INTEGRAL_INTEREST: look.situation.integral_interest,
    }[code]
    return Item(_(code.label), "met" if weighed and weighed.opens else "open")


def _meeting(look: Look, table: Recipient, questions: tuple[Question, ...]) -> Now:
    asked = latest_check(look.signal, Check.TWO_A, table)
    item = check_item(asked, _("Toets 2A"))
    if asked is None or not asked.outcomes.exists():
        ask = Link(_("Vraag toets 2A"), f"{look.url('check-ask', Check.TWO_A.value)}?voor={table.value}")
        action, due = _ask_or_remind(look, asked, ask)
        explanation = _("Tot het besluit er is, gaat er geen feit naar het overleg.")
        return Now(_("Wat mag in het overleg?"), (item,), explanation, None, action, due)
    items = (item, *_since(look, asked), *(_question_item(look, code) for code in questions))
    explanation = _("Wat nog niet kan, staat bij de besluiten met de reden erbij.")
    help_link = Link(_("Beantwoord de open vragen"), look.url("weighings")) if questions else None
    return Now(_("Wat is de uitkomst van het overleg?"), items, explanation, help_link, look.decide())


def _since(look: Look, asked: PrivacyCheck) -> tuple[Item, ...]:
    """Facts that came after the check was asked: they stay shut at the table until it is asked again."""
    count = look.signal.observations.filter(at__gt=asked.at, corrected_by__isnull=True).count()
    text = ngettext("%(count)d feit kwam na toets 2A", "%(count)d feiten kwamen na toets 2A", count)
    return (Item(text % {"count": count}, "open"),) if count else ()


def _in_signalenoverleg(look: Look) -> Now:
    questions = (Question.CONCRETE, Question.STRONG_ENOUGH, Question.INTEGRAL_INTEREST)
    return _meeting(look, Recipient.SIGNALENOVERLEG, questions)


def _in_loo(look: Look) -> Now:
    return _meeting(look, Recipient.LOO, ())


def _tasks(look: Look) -> Item:
    count = look.signal.tasks.filter(state=TaskState.OPEN).count()
    if not count:
        return Item(_("Geen open taken"), "met")
    return Item(_("Nog %(count)d open taken") % {"count": count}, "waiting")


def _waiting_findings(look: Look) -> Now:
    found = Item(_("Bevindingen vastgelegd"), "met" if look.situation.findings_recorded else "open")
    action = Link(_("Naar de taken"), look.url("signal-tasks"))
    if look.can(Decision.FINDINGS_RECORDED):
        action = look.decide(Decision.FINDINGS_RECORDED)
    return Now(_("Zijn de bevindingen van de controle binnen?"), (_tasks(look), found), action=action)


def _monitoring(look: Look) -> Now:
    decision = Decision.FOLLOW_UP if look.situation.open_tasks else Decision.MONITORING_DONE
    return Now(_("Loopt alles zoals afgesproken?"), (_tasks(look),), action=look.decide(decision))


def _on_hold(look: Look) -> Now:
    explanation = _("Aangehouden op verzoek. Geen controle en geen terugkoppeling met inhoud.")
    return Now(_("Mag u weer verder?"), (), explanation, action=look.decide(Decision.RELEASE_HOLD))


def _feedback_due(look: Look) -> Now:
    done = look.can(Decision.FEEDBACK_DONE)
    given = look.situation.feedback_given or look.situation.no_feedback is not None
    item = Item(_("Teruggekoppeld, of een reden waarom niet"), "met" if given else "open")
    action = look.decide(Decision.FEEDBACK_DONE) if done else Link(_("Terugkoppelen"), look.url("feedback"))
    return Now(_("Wat hoort de melder?"), (item, _tasks(look)), action=action)


def _closed(look: Look) -> Now:
    action = look.decide(Decision.REOPEN) if look.can(Decision.REOPEN) else None
    return Now(_("Dit signaal is afgesloten"), (), _("Heropenen kan met een reden, als nieuwe ronde."), action=action)


ASKS: Mapping[State, Callable[[Look], Now]] = {
    State.RECEIVED: _received,
    State.REGISTERED: _registered,
    State.ENRICHING: _enriching,
    State.IN_SIGNALENOVERLEG: _in_signalenoverleg,
    State.WAITING_FINDINGS: _waiting_findings,
    State.IN_LOO: _in_loo,
    State.MONITORING: _monitoring,
    State.ON_HOLD: _on_hold,
    State.FEEDBACK_DUE: _feedback_due,
    State.CLOSED: _closed,
}
