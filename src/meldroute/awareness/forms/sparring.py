"""The form of a call: two minutes, and nobody in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.awareness.activities import GroupKind
from meldroute.domain.option import Option
from meldroute.journal.acting import Acting
from meldroute.route.forms.words import chosen, labels

from ..actions.sparring import MOST, Call, found
from ..policies import policy
from ..reading import groups


class CallForm(forms.Form):
    """Who called (a team or an organisation), how long, and about what."""

    on = forms.DateField(label=_("Dag"), widget=forms.DateInput(attrs={"type": "date"}))
    minutes = forms.IntegerField(label=_("Hoeveel minuten?"), min_value=1, max_value=240, initial=5)
    caller = forms.ChoiceField(label=_("Wie belde?"), widget=forms.RadioSelect, help_text=_("Nooit wie het was."))
    group = forms.ChoiceField(label=_("Welk team of welke organisatie?"), required=False)
    topics = forms.MultipleChoiceField(label=_("Waar ging het over?"), widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label=_("Korte aantekening"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Geen namen, adressen, telefoonnummers of BSN, ook niet van wie belde. Niet alles wordt herkend."),
    )

    def __init__(self, *args: Any, by: Acting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        chosen(self, "caller", labels(GroupKind))
        chosen(
            self,
            "group",
            [("", _("een andere")), *((str(one.id), Option(one.name, language="nl")) for one in groups(by))],
        )
        field = self.fields["topics"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.code, Option(one.label, language="nl")) for one in policy().topics]

    def clean_note(self) -> str:
        """A note that points at nobody. Raises ValidationError that quotes each piece and says what it looks like."""
        text = str(self.cleaned_data["note"])
        wrong = [
            _t("“%(piece)s”: %(why)s") % {"piece": text[one.start : one.end], "why": _t(one.why.label)}
            for one in found(self.by, text)
        ]
        if wrong:
            raise forms.ValidationError(
                [*wrong, _t("Schrijf het zonder, bijvoorbeeld “een medewerker” of “een bedrijf”.")]
            )
        return text

    def call(self) -> Call:
        """The call; for a valid form."""
        told = self.cleaned_data
        return Call(
            on=told["on"],
            minutes=told["minutes"],
            caller=GroupKind(told["caller"]),
            topics=tuple(told["topics"]),
            note=told["note"],
            group=UUID(told["group"]) if told["group"] else None,
        )
