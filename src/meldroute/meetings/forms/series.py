"""Series, members, guests, and moving one meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from meldroute.domain.cadence import CadenceError, parse
from meldroute.domain.vocabulary import MeetingKind
from meldroute.journal.acting import AMSTERDAM
from meldroute.people.models import Organisation, User
from meldroute.route.forms.words import chosen, labels

from ..actions.series import Wanted

GROUND = _("Welke eigen taak of bevoegdheid brengt deze persoon hier? Zonder grondslag gaat geen feit open.")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SeriesForm(forms.Form):
    """A new series."""

    kind = forms.ChoiceField(label=_("Soort overleg"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Naam"), max_length=80)
    weekday = forms.ChoiceField(label=_("Dag"), choices=list(WEEKDAYS.items()))
    at = forms.TimeField(label=_("Begintijd"), widget=_clock())
    minutes = forms.IntegerField(label=_("Duur in minuten"), min_value=10, max_value=480, initial=60)
    every_weeks = forms.IntegerField(
        label=_("Om de hoeveel weken?"), min_value=1, max_value=52, initial=1, help_text=_("1 is elke week.")
    )
    starts_on = forms.DateField(label=_("Vanaf"), widget=_day())
    place = forms.CharField(label=_("Plaats"), max_length=120, required=False)
    chair_id = forms.ChoiceField(label=_("Voorzitter"), required=False)

    def __init__(self, *args: Any, chairs: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "kind", labels(MeetingKind))
        chosen(self, "chair_id", [("", _("nog niet bekend")), *((str(user.id), user.name) for user in chairs)])

    def wanted(self) -> Wanted:
        """The series; for a valid form."""
        told = dict(self.cleaned_data)
        chair = told.pop("chair_id")
        told |= {"kind": MeetingKind(told["kind"]), "weekday": int(told["weekday"])}
        return Wanted(**told, chair_id=UUID(chair) if chair else None)


class MemberForm(forms.Form):
    """Somebody new at the table, with the own ground."""

    user = forms.ChoiceField(label=_("Wie?"))
    organisation = forms.ChoiceField(label=_("Namens welke organisatie?"), required=False)
    ground = forms.CharField(label=_("Grondslag"), help_text=GROUND, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Sequence[User], partners: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "user", [("", _("kies iemand")), *((str(user.id), user.name) for user in people)])
        known = [(str(one.id), one.name) for one in partners]
        chosen(self, "organisation", [("", _("de eigen gemeente")), *known])


class RecurringForm(forms.Form):
    """A point that comes back."""

    title = forms.CharField(
        label=_("Onderwerp"), max_length=200, help_text=_("Geen namen en geen feiten uit een signaal.")
    )
    cadence = forms.CharField(
        label=_("Hoe vaak?"),
        max_length=120,
        help_text=_("Bijvoorbeeld: halfjaarlijks, elk kwartaal, jaarlijks in november, doorlopend."),
    )
    action = forms.CharField(
        label=_("Hoort bij actie"),
        max_length=40,
        required=False,
        help_text=_("Het nummer in het plan, bijvoorbeeld R4.18. Leeg als het bij geen actie hoort."),
    )

    def clean_cadence(self) -> str:
        """The words, when they promise something we can put a date on."""
        words: str = self.cleaned_data["cadence"]
        try:
            parse(words)
        except CadenceError as wrong:
            raise forms.ValidationError(str(wrong)) from None
        return words


class GuestForm(MemberForm):
    """Somebody for one meeting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, partners=(), **kwargs)
        del self.fields["organisation"]


class MoveForm(forms.Form):
    """Another moment for one meeting."""

    day = forms.DateField(label=_("Nieuwe dag"), widget=_day())
    at = forms.TimeField(label=_("Begintijd"), widget=_clock())

    def moment(self) -> datetime:
        """The new moment, in the time of the place; for a valid form."""
        told = self.cleaned_data
        return datetime.combine(told["day"], told["at"], AMSTERDAM)


class ReasonForm(forms.Form):
    """One line why."""

    because = forms.CharField(label=_("Toelichting"), max_length=200, required=False)
