"""Asking for a privacy check, advising on it, deciding it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meldroute.domain.option import Option
from meldroute.domain.source_register import Source
from meldroute.domain.vocabulary import Category, Check, Purpose, Recipient, Truth
from meldroute.people.models import User

from ..actions.asking import closed
from ..actions.checking import Asked
from ..actions.releasing import Judged

PURPOSES = {
    Recipient.SIGNALENOVERLEG: Purpose.DISCUSS,
    Recipient.LOO: Purpose.DISCUSS,
    Recipient.ENFORCEMENT: Purpose.INSPECT,
    Recipient.CARE: Purpose.PROTECT,
}
FOR_2A = (Recipient.SIGNALENOVERLEG, Recipient.LOO)
FOR_2B = tuple(r for r in Recipient if r not in (Recipient.SIGNALENOVERLEG, Recipient.REPORTER))


def purpose_for(recipient: Recipient) -> Purpose:
    """What sharing with this kind of recipient is usually for."""
    return PURPOSES.get(recipient, Purpose.HAND_OVER)


def fact_options(judged: Sequence[Judged]) -> list[tuple[str, Option]]:
    """Facts to tick; one that the matrix refuses stays visible with the reason."""
    return [(str(one.fact.id), _fact_option(one)) for one in judged]


def _fact_option(one: Judged) -> Option:
    text = f"[{_now(Truth(one.fact.truth).label)}] {one.fact.text}"
    category = _now(Category(one.fact.category).label)
    if one.verdict:
        return Option(text, hint=f"{category} · {one.verdict.ground}")
    return Option(text, unavailable=f"{_now(one.verdict.reason)} ({category}; {one.verdict.ground})")


def source_options(register: Sequence[Source]) -> list[tuple[str, Option]]:
    """Sources of the register to tick; a closed one stays visible with why."""
    return [(source.id, _source_option(source)) for source in register]


def _source_option(source: Source) -> Option:
    verdict = closed(source)
    if not verdict:
        return Option(source.label, unavailable=_now(verdict.reason), language="nl")
    return Option(source.label, hint=f"{source.ground_6}. {source.conditions}", language="nl")


class PartsForm(forms.Form):
    """Sources or facts to tick, shared by asking, advising and deciding."""

    parts: str = ""

    def tick(self, name: str, label: Any, options: Sequence[tuple[str, Any]], *, required: bool = False) -> None:
        """Add the field `name` (sources or facts)."""
        self.parts = name
        self.fields[name] = forms.MultipleChoiceField(
            label=label, choices=list(options), widget=forms.CheckboxSelectMultiple, required=required
        )

    def sources(self) -> tuple[str, ...]:
        """The sources that were ticked."""
        return tuple(self.cleaned_data.get("sources", ()))

    def facts(self) -> tuple[UUID, ...]:
        """The facts that were ticked."""
        return tuple(UUID(value) for value in self.cleaned_data.get("facts", ()))


class AskForm(PartsForm):
    """What is asked: which sources, or which facts, and why."""

    def __init__(self, *args: Any, check: Check, options: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        self.recipient: Recipient | None = kwargs.pop("recipient", None)
        readers: Sequence[Sequence[User]] = kwargs.pop("readers", ())
        super().__init__(*args, **kwargs)
        self.check = check
        if check is Check.ONE:
            self.tick("sources", _("Welke bronnen wilt u raadplegen?"), options, required=True)
        else:
            self.tick("facts", _("Welke feiten wilt u delen?"), options)
            self._ask_sharing()
        self.fields["question"] = forms.CharField(
            label=_("Waarom is dit nodig?"),
            help_text=_("Noem per bron of feit welke vraag het moet beantwoorden. Kan het met minder?"),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for name, users in zip(("adviser", "decider"), readers, strict=False):
            self._ask_reader(name, users)

    def _ask_sharing(self) -> None:
        purposes = (Purpose.DISCUSS, Purpose.INSPECT, Purpose.HAND_OVER, Purpose.PROTECT, Purpose.ENRICH)
        self.fields["purpose"] = forms.ChoiceField(
            label=_("Waarvoor?"),
            choices=[(purpose.value, _(purpose.label)) for purpose in purposes],
            initial=purpose_for(self.recipient).value if self.recipient else None,
        )
        self.fields["pseudonymised"] = forms.BooleanField(
            label=_("In deze feiten staat geen naam of kenmerk van iemand ('persoon A')"), required=False
        )

    def _ask_reader(self, name: str, users: Sequence[User]) -> None:
        labels = {"adviser": _("Wie adviseert?"), "decider": _("Wie besluit?")}
        help_text = _("Niet iedereen mag dit signaal zien. Kies iemand die er niet in voorkomt.")
        choices = [(str(user.id), user.name) for user in users]
        self.fields[name] = forms.ChoiceField(label=labels[name], help_text=help_text, choices=choices)

    def asked(self) -> Asked:
        """The question to put; for a valid form."""
        told = self.cleaned_data
        readers = tuple(UUID(told[name]) for name in ("adviser", "decider") if told.get(name))
        return Asked(
            check=self.check,
            question=told["question"],
            sources=self.sources(),
            facts=self.facts(),
            recipient=self.recipient,
            purpose=Purpose(told["purpose"]) if told.get("purpose") else None,
            pseudonymised=bool(told.get("pseudonymised")),
            readers=readers,
        )


class VerdictForm(PartsForm):
    """Yes or no with a reason, and for which of what was asked."""

    def __init__(self, *args: Any, part: str, options: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("yes", _("Ja, voor wat hieronder is aangevinkt")), ("no", _("Nee"))]
        self.fields["positive"] = forms.ChoiceField(label=self.question, choices=choices, widget=forms.RadioSelect)
        self.tick(part, _("Waarvoor?"), options)
        self.initial.setdefault(part, [code for code, option in options if not getattr(option, "unavailable", "")])
        self.fields["reason"] = forms.CharField(
            label=_("Waarom?"), widget=forms.Textarea(attrs={"rows": 4}), help_text=self.hint
        )

    question: Any = ""
    hint: Any = ""

    @property
    def positive(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.cleaned_data["positive"] == "yes")


class AdviceForm(VerdictForm):
    """The privacy officer's advice."""

    question = _("Wat adviseert u?")
    hint = _("Ga in op doel, noodzaak, minder ingrijpend en geheimhouding.")


class SettleForm(VerdictForm):
    """The process owner's decision; the stand-in is asked only while there is no advice."""

    question = _("Wat besluit u?")
    hint = _("Wijkt u af van het advies? Schrijf op waarom. De FG ziet het.")

    def __init__(self, *args: Any, advised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not advised:
            self.fields["stand_in"] = forms.CharField(
                label=_("Wie adviseerde mondeling?"),
                help_text=_(
                    "Alleen als er geen privacyadviseur te bereiken is: naam en functie van de waarnemer. Een "
                    "privacyadviseur bevestigt dit de volgende werkdag, anders vervalt het besluit."
                ),
                max_length=160,
            )
