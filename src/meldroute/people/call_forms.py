"""The form of a line of the card "Wie bel ik nu"."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.opening_hours import HoursError, parse


class CallLineForm(forms.Form):
    """Whom one can call."""

    name = forms.CharField(label=_("Wie"), max_length=80)
    number = forms.CharField(
        label=_("Telefoonnummer"),
        max_length=40,
        required=False,
        help_text=_("Zonder nummer staat deze regel nog niet op de kaart."),
        validators=[RegexValidator(r"^\+?(?:[ ()-]*\d){3,}[ ()-]*$", _("Dit is geen telefoonnummer."))],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    hours = forms.CharField(
        label=_("Wanneer bereikbaar"),
        max_length=160,
        required=False,
        help_text=_(
            "Bijvoorbeeld: ma-vr 9:00-17:00, za 10:00-12:00. Of: altijd. Op een feestdag is het dicht, tenzij u er "
            "feestdagen 9:00-17:00 bij zet. Weet u het niet? Laat het leeg."
        ),
    )
    what_for = forms.CharField(label=_("Waarvoor"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Hoe weet u dit?"),
        max_length=200,
        required=False,
        help_text=_("Bijvoorbeeld: website, of zelf gebeld."),
    )
    position = forms.IntegerField(
        label=_("Plaats op de kaart"), min_value=1, max_value=99, help_text=_("1 staat bovenaan.")
    )

    def clean_hours(self) -> str:
        """Hours that can be read. Raises ValidationError that quotes what cannot."""
        told = str(self.cleaned_data["hours"]).strip()
        try:
            parse(told)
        except HoursError as wrong:
            problem = _t("“%(part)s” is niet te lezen. Schrijf bijvoorbeeld: ma-vr 9:00-17:00.")
            raise forms.ValidationError(problem % {"part": wrong.part}) from None
        return told
