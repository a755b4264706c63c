"""Forms of activities: only the fields that the kind asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.awareness.activities import GATHERINGS, OPEN_TO_SIGN_UP, PROOF, ActivityKind, Language
from meldroute.domain.awareness.activities import Reach as Width
from meldroute.domain.option import Option
from meldroute.journal.acting import Acting
from meldroute.route.forms.words import chosen, labels

from ..actions.activities import Wanted
from ..models import Activity
from ..policies import policy
from ..reading import groups, open_actions, people_of

K = ActivityKind
COMMON = ("title", "on", "about", "groups", "actions")
FIELDS: dict[ActivityKind, tuple[str, ...]] = {
    **dict.fromkeys(GATHERINGS, ("begins", "minutes", "place", "given_by")),
    K.CAMPAIGN: ("width", "link"),
    K.SOCIAL_POST: ("link",),
    K.INTRANET: ("link",),
    K.LEAFLET: ("place", "copies", "languages"),
    K.SPARRING: (),
}
"""What each kind asks beside the common fields."""


def _ticks(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


class ActivityForm(forms.Form):
    """An activity of one kind."""

    title = forms.CharField(label=_("Titel"), max_length=120, help_text=_("Zonder namen van personen."))
    on = forms.DateField(label=_("Dag"), widget=forms.DateInput(attrs={"type": "date"}))
    begins = forms.TimeField(label=_("Begintijd"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Duur in minuten"), min_value=5, max_value=960, initial=120)
    place = forms.CharField(label=_("Plaats"), max_length=120, required=False)
    given_by = forms.CharField(
        label=_("Wie geeft het?"),
        max_length=120,
        required=False,
        help_text=_("De organisatie, bijvoorbeeld HVO-Querido."),
    )
    places = forms.IntegerField(
        label=_("Hoeveel plaatsen?"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Leeg: geen maximum. Wie daarna komt, staat op de wachtlijst."),
    )
    width = forms.ChoiceField(label=_("Lokaal of regionaal?"), widget=forms.RadioSelect)
    link = forms.URLField(
        assume_scheme="https",
        label=_("Waar staat het?"),
        max_length=300,
        required=False,
        help_text=_("Het adres van het bericht."),
    )
    copies = forms.IntegerField(label=_("Aantal folders"), min_value=1, max_value=100000)
    languages = _ticks(_("In welke taal?"))
    about = forms.CharField(
        label=_("Toelichting"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    groups = _ticks(_("Voor wie?"), _("Teams en organisaties die u uitnodigt of wilt bereiken."))
    actions = _ticks(_("Bij welke actie van het plan hoort dit?"), _("Als het is gehouden, staat het daar als bewijs."))

    def __init__(self, *args: Any, by: Acting, kind: ActivityKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = {*COMMON, *FIELDS[kind], *(["places"] if kind in OPEN_TO_SIGN_UP else [])}
        for name in [one for one in self.fields if one not in asked]:
            del self.fields[name]
        if kind is K.LEAFLET:
            self.fields["place"].label, self.fields["place"].required = _("Opvanglocatie"), True
            self.fields["languages"].required = True
        self._choices(by, kind)

    def _choices(self, by: Acting, kind: ActivityKind) -> None:
        proof = PROOF[kind]
        told = {
            "width": labels(Width),
            "languages": labels(Language),
            "groups": [(str(one.id), Option(one.name, language="nl")) for one in groups(by)],
            "actions": [
                (one.code, Option(f"{one.code} {one.title}", language="nl"))
                for one in open_actions(by, [proof] if proof else [])
            ],
        }
        for name, pairs in told.items():
            if name in self.fields:
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)
                field.choices = pairs
        if not told["actions"]:
            del self.fields["actions"]

    def wanted(self) -> Wanted:
        """The activity; for a valid form."""
        told = dict(self.cleaned_data)
        for name in ("languages", "actions"):
            if name in told:
                told[name] = tuple(told[name])
        told["groups"] = tuple(UUID(one) for one in told["groups"])
        return Wanted(kind=self.kind, **told)


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the form shows of a row."""
    names = (*COMMON, *FIELDS[ActivityKind(activity.kind)], "places")
    told = {name: getattr(activity, name) for name in names if name != "groups"}
    return told | {"groups": [str(reach.group_id) for reach in activity.reaches.all()]}


def first(kind: ActivityKind, by: Acting) -> dict[str, Any]:
    """What a new form proposes."""
    return {"on": by.today, "actions": list(policy().actions.get(kind, ()))}


class HeldForm(forms.Form):
    """Who of those that signed up were there, and how many of each group besides."""

    present = _ticks(_("Wie waren er?"), _("Van wie zich aanmeldde. Zij kunnen een bewijs van deelname krijgen."))

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(activity)
        if people:
            told = [(str(one.id), f"{one.name} ({one.group.name})") for one in people]
            chosen(self, "present", [(key, Option(label, language="nl")) for key, label in told])
        else:
            del self.fields["present"]
        for reach in activity.reaches.select_related("group") if activity.kind in GATHERINGS else ():
            label = _("%(group)s: nog anderen") % {"group": reach.group.name} if people else reach.group.name
            field = forms.IntegerField(label=label, min_value=0, max_value=10000, initial=0)
            field.language = "nl"  # type: ignore[attr-defined] # the municipality's own name for it
            self.fields[f"people_{reach.group_id}"] = field

    def people(self) -> dict[UUID, int | None]:
        """Numbers by group, without who signed up; for a valid form."""
        told = self.cleaned_data
        return {UUID(name.removeprefix("people_")): told[name] for name in told if name.startswith("people_")}

    def present_ids(self) -> list[UUID]:
        """Who was there; for a valid form."""
        return [UUID(one) for one in self.cleaned_data.get("present", ())]


class BecauseForm(forms.Form):
    """One line why."""

    because = forms.CharField(label=_("Waarom niet?"), max_length=200)


def kinds_to_choose() -> Iterable[ActivityKind]:
    """What can be put in the register by a form of its own."""
    return [kind for kind in ActivityKind if kind is not K.SPARRING]
