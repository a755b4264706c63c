"""What somebody looks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.searching import MOST_LETTERS, ORDERS, PersonPurpose
from meldroute.domain.vocabulary import Form, State

from ..finding import Narrowed
from .words import labels

TOO_LONG = _("Gebruik hooguit %(limit_value)d letters. Een paar woorden zijn genoeg.")
QUIET = {"autocomplete": "off", "spellcheck": "false"}


class WordsForm(forms.Form):
    """Words of a file."""

    text = forms.CharField(
        label=_("Woorden, adres of nummer"),
        help_text=_("Elk woord moet in het dossier staan. Vormen van een woord vindt u ook: huis vindt huizen."),
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs=QUIET),
        error_messages={"required": _("Typ wat u zoekt."), "max_length": TOO_LONG},
    )


class NameForm(forms.Form):
    """A person, with what for."""

    purpose = forms.ChoiceField(
        label=_("Waarvoor zoekt u deze persoon?"),
        help_text=_("Uw antwoord staat in het logboek, met de nummers die u te zien kreeg."),
        choices=labels(PersonPurpose),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies eerst waarvoor u zoekt.")},
    )
    text = forms.CharField(
        label=_("Naam, telefoonnummer, mailadres of kenteken"),
        help_text=_("Een naam vindt u ook als die anders is gespeld, zoals Jansen en Janssen."),
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs=QUIET),
        error_messages={"required": _("Typ wie u zoekt."), "max_length": TOO_LONG},
    )


class NarrowForm(forms.Form):
    """What to see of the results; every field may be empty."""

    state = forms.ChoiceField(label=_("Stap"), required=False, choices=[("", _("alle")), *labels(State)])
    form = forms.ChoiceField(label=_("Vorm"), required=False, choices=[("", _("alle vormen")), *labels(Form)])
    order = forms.ChoiceField(label=_("Volgorde"), required=False, choices=[(code, _(label)) for code, label in ORDERS])

    @property
    def narrowed(self) -> Narrowed:
        """What was chosen; what cannot be chosen counts as everything."""
        self.is_valid()
        told: dict[str, Any] = self.cleaned_data
        return Narrowed(told.get("state") or "", told.get("form") or "", told.get("order") or "new")
