"""Each gate as a pure function: a situation and a target in, a verdict out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..roles import Duty, may_take
from ..term import gettext_noop
from ..verdict import Verdict, no, yes
from ..vocabulary import Check, NoFeedback, Recipient, Role, Weighing
from .decisions import Gate
from .situation import Answer, Checked, Situation, Target, Weighed
from .states import STATES

_PROTOCOL = "modelprotocol ondermijning"
_PLAN = "plan §3.3.3"
_RULES = "eigen werkregel"
_ADVISERS = (Role.PRIVACY_OFFICER, Role.PROCESS_OWNER)
_MELDPUNT = (Role.MELDPUNT,)
_MEETINGS = frozenset({Recipient.SIGNALENOVERLEG, Recipient.LOO})
NOBODY_THERE = gettext_noop(
    "Er is nu geen privacyadviseur of vervanger. Bronnen en delen blijven dicht. Open blijven: acuut gevaar, "
    "Veilig Thuis, Team Mensenhandel en het signalenoverleg zonder bronnen."
)


def _answered(situation: Situation, weighed: Weighed | None) -> bool:
    return weighed is not None and weighed.round == situation.round and bool(weighed.reason.strip())


def _opens(situation: Situation, weighed: Weighed | None) -> bool:
    return _answered(situation, weighed) and weighed is not None and weighed.opens


def _says_yes(situation: Situation, weighed: Weighed | None) -> bool:
    return _answered(situation, weighed) and weighed is not None and weighed.answer is Answer.YES


def _verdict(opened: bool, gate: Gate, reason: str, ground: str, helpers: tuple[Role, ...]) -> Verdict:
    code = f"gate.{gate.value}"
    return yes(ground=ground, code=code) if opened else no(reason, ground, code, helpers)


def decided(situation: Situation, check: Check) -> tuple[Checked, ...]:
    """The decisions on this check that count: those of this round."""
    return tuple(c for c in situation.checks if c.check is check and c.round == situation.round)


def _check_missing(situation: Situation, gate: Gate, reason: str) -> Verdict:
    reason = reason if situation.adviser_present else NOBODY_THERE
    return no(reason, _PROTOCOL, f"gate.{gate.value}", _ADVISERS)


def _urgency(situation: Situation, _: Target) -> Verdict:
    reason = gettext_noop("Vraag eerst of er nu gevaar is, of iemand jonger is dan 18 en wie slachtoffer kan zijn.")
    return _verdict(situation.urgency_asked, Gate.URGENCY, reason, _RULES, _MELDPUNT)


_FIRST = (Weighing.ONE, Weighing.TWO_A, Weighing.TWO_B)


def _weighed_first(situation: Situation, _: Target) -> Verdict:
    opened = all(_answered(situation, situation.weighed.get(weighing)) for weighing in _FIRST)
    reason = gettext_noop("Beantwoord eerst weging 1, 2A en 2B, elk met een reden.")
    return _verdict(opened, Gate.WEIGHED_FIRST, reason, _PROTOCOL, _MELDPUNT)


def _taken_up(situation: Situation, _: Target) -> Verdict:
    opened = all(_opens(situation, situation.weighed.get(weighing)) for weighing in _FIRST)
    reason = gettext_noop(
        "Volgens de wegingen is dit geen mensenhandel, niet onze taak of niet ons grondgebied. "
        "Draag over of neem niet in behandeling."
    )
    return _verdict(opened, Gate.TAKEN_UP, reason, _PROTOCOL, _MELDPUNT)


def _weighed_again(situation: Situation, _: Target) -> Verdict:
    opened = not situation.repeat_within_year or _opens(situation, situation.weighed_again)
    reason = gettext_noop("Dit is een tweede signaal binnen een jaar. Weeg de signalen eerst samen.")
    return _verdict(opened, Gate.WEIGHED_AGAIN, reason, _RULES, _MELDPUNT)


def _weighed_3(situation: Situation, _: Target) -> Verdict:
    opened = _answered(situation, situation.weighed.get(Weighing.THREE))
    reason = gettext_noop("Beantwoord eerst weging 3, met een reden.")
    return _verdict(opened, Gate.WEIGHED_3, reason, _PROTOCOL, _MELDPUNT)


def _concrete_and_recent(situation: Situation, _: Target) -> Verdict:
    opened = _opens(situation, situation.weighed.get(Weighing.THREE))
    reason = gettext_noop(
        "U mag nog geen systemen raadplegen: volgens weging 3 is het signaal niet concreet, niet recent of "
        "past het niet bij de criteria, of weging 3 is nog niet beantwoord."
    )
    return _verdict(opened, Gate.CONCRETE_AND_RECENT, reason, _PROTOCOL, _MELDPUNT)


def _weighed_4(situation: Situation, _: Target) -> Verdict:
    opened = _answered(situation, situation.weighed.get(Weighing.FOUR))
    reason = gettext_noop("Beantwoord eerst weging 4, met een reden. Geen treffer is geen nee.")
    return _verdict(opened, Gate.WEIGHED_4, reason, _PROTOCOL, _MELDPUNT)


def _check_1(situation: Situation, target: Target) -> Verdict:
    open_sources = {s for c in decided(situation, Check.ONE) if c.allowed for s in c.sources}
    if target.source and target.source in open_sources:
        return yes(ground=_PROTOCOL, code="gate.check_1")
    reason = gettext_noop("U mag deze bron nog niet raadplegen. Vraag eerst toets 1 voor deze bron.")
    return _check_missing(situation, Gate.CHECK_1, reason)


def _hit(situation: Situation, target: Target) -> Verdict:
    opened = bool(target.source) and target.source in situation.hits
    reason = gettext_noop("De inhoud gaat pas open na een treffer in deze bron.")
    return _verdict(opened, Gate.HIT, reason, _PROTOCOL, _MELDPUNT)


def _check_2a(situation: Situation, _: Target) -> Verdict:
    meeting = STATES[situation.state].meeting
    if any(meeting in c.recipients for c in decided(situation, Check.TWO_A)):
        return yes(ground=_PROTOCOL, code="gate.check_2a")
    reason = gettext_noop("Vraag eerst toets 2A: die bepaalt welke feiten in dit overleg mogen.")
    return _check_missing(situation, Gate.CHECK_2A, reason)


def _allows(situation: Situation, check: Check, recipients: frozenset[Recipient]) -> bool:
    return any(c.allowed and c.recipients & recipients for c in decided(situation, check))


def _check_2b(situation: Situation, target: Target) -> Verdict:
    if _allows(situation, Check.TWO_B, target.recipients):
        return yes(ground=_PROTOCOL, code="gate.check_2b")
    reason = gettext_noop("Vraag eerst toets 2B: die bepaalt wat met deze ontvanger mag worden gedeeld voor de aanpak.")
    return _check_missing(situation, Gate.CHECK_2B, reason)


def _release(situation: Situation, target: Target) -> Verdict:
    recipients = target.recipients
    needs_2a = bool(recipients & _MEETINGS)
    needs_2b = bool(recipients - {Recipient.SIGNALENOVERLEG})
    opened = (
        bool(recipients)
        and (not needs_2a or _allows(situation, Check.TWO_A, recipients))
        and (not needs_2b or _allows(situation, Check.TWO_B, recipients))
    )
    if opened:
        return yes(ground=_PROTOCOL, code="gate.release")
    reason = gettext_noop("Voor deze ontvanger is de privacytoets nog niet gedaan, of zij liet het niet toe.")
    return _check_missing(situation, Gate.RELEASE, reason)


def _concrete(situation: Situation, _: Target) -> Verdict:
    reason = gettext_noop("Een controle kan alleen als het signaal concreet is. Leg vast waarom het dat is.")
    return _verdict(_says_yes(situation, situation.concrete), Gate.CONCRETE, reason, _PLAN, _MELDPUNT)


def _findings(situation: Situation, _: Target) -> Verdict:
    reason = gettext_noop("Leg eerst de bevindingen van de controle vast.")
    helpers = (Role.ENFORCEMENT, Role.MELDPUNT)
    return _verdict(situation.findings_recorded, Gate.FINDINGS, reason, _PLAN, helpers)


def _strong_enough(situation: Situation, _: Target) -> Verdict:
    opened = _says_yes(situation, situation.strong_enough)
    reason = gettext_noop("Naar het LOO kan alleen als het signaal sterk genoeg is, met een reden.")
    return _verdict(opened, Gate.STRONG_ENOUGH, reason, _PLAN, _MELDPUNT)


def _integral_interest(situation: Situation, _: Target) -> Verdict:
    opened = _says_yes(situation, situation.integral_interest)
    reason = gettext_noop("Naar het LOO kan alleen bij een integraal belang, met een reden.")
    return _verdict(opened, Gate.INTEGRAL_INTEREST, reason, _PLAN, _MELDPUNT)


def _tasks_done(situation: Situation, _: Target) -> Verdict:
    reason = gettext_noop("Er staan nog taken open. Rond ze af of laat ze vervallen met een reden.")
    return _verdict(situation.open_tasks == 0, Gate.TASKS_DONE, reason, _RULES, _MELDPUNT)


def _feedback(situation: Situation, _: Target) -> Verdict:
    code = f"gate.{Gate.FEEDBACK.value}"
    if situation.feedback_given:
        return yes(ground=_PLAN, code=code)
    if situation.no_feedback is NoFeedback.POSTPONED:
        reason = gettext_noop("De terugkoppeling is uitgesteld, niet vervallen. Houd het signaal aan tot het mag.")
        return no(reason, _RULES, code, _MELDPUNT)
    reason = gettext_noop("Geef eerst terugkoppeling aan de melder, of leg vast waarom dat niet kan.")
    return _verdict(situation.no_feedback is not None, Gate.FEEDBACK, reason, _PLAN, _MELDPUNT)


def _advised(situation: Situation, target: Target) -> Verdict:
    if target.check in situation.advised:
        return yes(ground="eigen werkregel", code="gate.advised")
    reason = gettext_noop("De privacyadviseur adviseert eerst, daarna besluit de proceseigenaar.")
    return _check_missing(situation, Gate.ADVISED, reason)


def _apart(gate: Gate, taking: Duty, held: Duty) -> Callable[[Situation, Target], Verdict]:
    def verdict(situation: Situation, _: Target) -> Verdict:
        taken = may_take(taking, situation.duties & {held})
        helpers = (Role.MELDPUNT, Role.PROCESS_OWNER)
        return _verdict(taken.allowed, gate, taken.reason, taken.ground, helpers)

    return verdict


def _not_checker(situation: Situation, _: Target) -> Verdict:
    taken = may_take(Duty.HANDLER, situation.duties & {Duty.ADVISER, Duty.DECIDER})
    return _verdict(taken.allowed, Gate.NOT_CHECKER, taken.reason, taken.ground, _MELDPUNT)


def _not_handler(situation: Situation, _: Target) -> Verdict:
    reason = gettext_noop("U behandelt dit signaal. Advies en besluit over de toets zijn van een ander.")
    opened = Duty.HANDLER not in situation.duties
    return _verdict(opened, Gate.NOT_HANDLER, reason, "eigen werkregel", _ADVISERS)


GATES: Mapping[Gate, Callable[[Situation, Target], Verdict]] = MappingProxyType(
    {
        Gate.URGENCY: _urgency,
        Gate.WEIGHED_FIRST: _weighed_first,
        Gate.TAKEN_UP: _taken_up,
        Gate.WEIGHED_AGAIN: _weighed_again,
        Gate.WEIGHED_3: _weighed_3,
        Gate.CONCRETE_AND_RECENT: _concrete_and_recent,
        Gate.WEIGHED_4: _weighed_4,
        Gate.CHECK_1: _check_1,
        Gate.HIT: _hit,
        Gate.CHECK_2A: _check_2a,
        Gate.CHECK_2B: _check_2b,
        Gate.RELEASE: _release,
        Gate.CONCRETE: _concrete,
        Gate.FINDINGS: _findings,
        Gate.STRONG_ENOUGH: _strong_enough,
        Gate.INTEGRAL_INTEREST: _integral_interest,
        Gate.TASKS_DONE: _tasks_done,
        Gate.FEEDBACK: _feedback,
        Gate.ADVISED: _advised,
        Gate.NOT_REPORTER: _apart(Gate.NOT_REPORTER, Duty.HANDLER, Duty.REPORTER),
        Gate.NOT_HANDLER: _not_handler,
        Gate.NOT_ADVISER: _apart(Gate.NOT_ADVISER, Duty.DECIDER, Duty.ADVISER),
        Gate.NOT_CHECKER: _not_checker,
    }
)
