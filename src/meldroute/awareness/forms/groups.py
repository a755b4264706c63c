"""The form of a team or organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.awareness.activities import GroupKind
from meldroute.route.forms.words import chosen, labels


class GroupForm(forms.Form):
    """Whom the municipality wants to reach."""

    kind = forms.ChoiceField(label=_("Wat is het?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Naam"), max_length=80)
    source = forms.CharField(
        label=_("Waarom hoort het op de lijst?"),
        max_length=200,
        required=False,
        help_text=_("Bijvoorbeeld: plan R4.5, of besluit van de staf veiligheid."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "kind", labels(GroupKind))

    def told(self) -> dict[str, Any]:
        """The details; for a valid form."""
        return self.cleaned_data | {"kind": GroupKind(self.cleaned_data["kind"])}
