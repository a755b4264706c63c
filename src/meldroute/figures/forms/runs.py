"""How to estimate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.estimation import METHODS
from meldroute.domain.estimation.chance import MOST_SEED
from meldroute.route.forms.words import chosen

from ..actions.runs import ALL, MOST_REPLICATES, Asked
from ..estimate_words import METHOD


class AskForm(forms.Form):
    """Method, replicates and seed; the defaults are right for nearly everybody."""

    methods = forms.ChoiceField(label=_("Methode"), initial=ALL)
    replicates = forms.IntegerField(
        label=_("Herhalingen"),
        help_text=_("1000 is gewoon. 0 geeft alleen een snelle blik, met te smalle grenzen."),
        initial=1000,
        min_value=0,
        max_value=MOST_REPLICATES,
    )
    seed = forms.IntegerField(
        label=_("Startgetal van het toeval"),
        help_text=_("Met hetzelfde startgetal komt er precies hetzelfde uit."),
        initial=1,
        min_value=0,
        max_value=MOST_SEED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "methods", [(ALL, _("alle methoden naast elkaar")), *((m, _(METHOD[m])) for m in METHODS)])

    def asked(self) -> Asked:
        """For a valid form."""
        return Asked(**self.cleaned_data)
