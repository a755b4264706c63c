"""Making a link for a partner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.route.forms.words import chosen

from ..policies import limit
from .parts import partners


class LinkForm(forms.Form):
    """For whom, how long and how often."""

    organisation = forms.ChoiceField(label=_("Voor welke organisatie?"))
    days = forms.IntegerField(label=_("Hoeveel dagen werkt de link?"), min_value=1)
    uses = forms.IntegerField(label=_("Voor hoeveel meldingen?"), min_value=1, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "organisation", [("", "–"), *partners()])
        self.fields["days"].initial = limit("link_days")
        for name, most in (("days", "link_days_most"), ("uses", "link_uses_most")):
            self.fields[name].help_text = _("Hoogstens %(most)s.") % {"most": limit(most)}
