"""The composer: how much, which words, by which way; or why nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.feedback import Level
from meldroute.domain.option import Option
from meldroute.domain.vocabulary import NoFeedback

from ..actions.feedback import BY_MAIL, IN_PERSON, Word


class ComposeForm(forms.Form):
    """Every level is shown; one that goes too far is closed with the reason."""

    level = forms.ChoiceField(label=_("Hoeveel hoort de melder?"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Onderwerp"), max_length=120)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 10}), max_length=6000)
    how = forms.ChoiceField(label=_("Hoe?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, allowed: tuple[Level, ...], mail: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        closed = _t("zo veel mag deze melder nu niet horen")
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (one.value, Option(_t(one.label), unavailable="" if one in allowed else closed)) for one in Level
        ]
        by_mail = Option(_t("Per mail"), hint=mail, unavailable="" if mail else _t("geen veilig mailadres"))
        self.fields["how"].choices = [(BY_MAIL, by_mail), (IN_PERSON, Option(_t("Gebeld of gesproken")))]  # type: ignore[attr-defined]

    def word(self) -> Word:
        """What was composed; for a valid form."""
        told = self.cleaned_data
        return Word(Level(told["level"]), told["subject"], told["text"], told["how"])


class NoneForm(forms.Form):
    """No word, with the reason."""

    because = forms.ChoiceField(
        label=_("Waarom geen terugkoppeling?"),
        choices=NoFeedback.choices(),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Toelichting"), widget=forms.Textarea(attrs={"rows": 3}))
