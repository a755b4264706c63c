"""Forms of inviting and signing up."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.option import Option
from meldroute.journal.acting import Acting
from meldroute.route.forms.words import chosen

from ..models import Activity, Group
from ..reading import groups

MOST = 60


class InviteForm(forms.Form):
    """Who gets a mail with a link to sign up."""

    group = forms.ChoiceField(label=_("Van welk team of welke organisatie?"))
    mails = forms.CharField(
        label=_("Mailadressen"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Een per regel. Het adres van een team mag ook: met één link kunnen meer mensen zich aanmelden."),
    )

    def __init__(self, *args: Any, by: Acting, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = set(activity.reaches.values_list("group_id", flat=True))
        rows = sorted(groups(by), key=lambda one: one.id not in mine)
        chosen(self, "group", [(str(one.id), Option(one.name, language="nl")) for one in rows])

    def clean_mails(self) -> list[str]:
        """Addresses. Raises ValidationError that quotes what is none."""
        told = [one for one in re.split(r"[\s,;]+", str(self.cleaned_data["mails"])) if one]
        if len(told) > MOST:
            raise forms.ValidationError(_t("Dat zijn er te veel ineens. Stuur er hoogstens %(most)s.") % {"most": MOST})
        for one in told:
            try:
                validate_email(one)
            except forms.ValidationError:
                raise forms.ValidationError(_t("“%(mail)s” is geen mailadres.") % {"mail": one}) from None
        return told


class SignUpForm(forms.Form):
    """A name and a team: the least that keeps a place."""

    name = forms.CharField(label=_("Uw naam"), max_length=80)
    group = forms.ChoiceField(label=_("Uw team of organisatie"))

    def __init__(self, *args: Any, activity: Activity, first: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {first.id: first.name}
        known |= {one.group_id: one.group.name for one in activity.reaches.select_related("group")}
        chosen(self, "group", [(str(key), Option(name, language="nl")) for key, name in known.items()])

    def group_id(self) -> UUID:
        """The group; for a valid form."""
        return UUID(self.cleaned_data["group"])
