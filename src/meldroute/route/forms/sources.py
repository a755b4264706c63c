"""Asking a source, its answer, opening content, the log of the open internet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.observing import Statement
from meldroute.domain.source_register import Source
from meldroute.domain.vocabulary import Category, Confidence, SourceKind, Truth
from meldroute.sources.models import Query

from .decide import _day


class QuestionForm(forms.Form):
    """The question to a source."""

    reason = forms.CharField(
        label=_("Wat wilt u weten?"),
        help_text=_("Eerst alleen of er een treffer is. Noem niet meer gegevens dan de bron nodig heeft."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HitForm(forms.Form):
    """Hit or no hit."""

    hit = forms.ChoiceField(
        label=_("Was er een treffer?"),
        choices=[("hit", _("treffer")), ("none", _("geen treffer"))],
        widget=forms.RadioSelect,
    )


class OpenForm(forms.Form):
    """Why the content is needed."""

    reason = forms.CharField(label=_("Waarom moet u de inhoud zien?"), widget=forms.Textarea(attrs={"rows": 2}))


class ContentForm(forms.Form):
    """What the source says, as a fact with its date."""

    text = forms.CharField(
        label=_("Wat staat er in de bron?"),
        help_text=_("Schrijf alleen over wat de vraag beantwoordt."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    category = forms.ChoiceField(label=_("Wat voor gegevens zijn dit?"))
    observed_on = forms.DateField(label=_("Op welke dag keek u?"), widget=_day())

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(category.value, _(category.label)) for category in source.categories]

    def statement(self, query: Query) -> Statement:
        """The observation to add; for a valid form."""
        told = self.cleaned_data
        return Statement(
            truth=Truth.FACT,
            text=told["text"],
            category=Category(told["category"]),
            source=self.source.label,
            source_kind=SourceKind.OFFICIAL,
            observed_on=told["observed_on"],
            confidence=Confidence.SURE,
            query_id=query.id,
        )


class InternetForm(forms.Form):
    """One page that was read."""

    url = forms.URLField(label=_("Welke pagina bekeek u?"), assume_scheme="https")
    reason = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Alleen open pagina's. Niet inloggen, niet volgen, geen vals profiel, niets verzamelen."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
