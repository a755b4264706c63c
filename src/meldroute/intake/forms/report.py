"""The form for reporting a suspicion: urgency first, then what, where, when and how one knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meldroute.domain.vocabulary import Category, Form, SubjectKind, Truth, Urgency
from meldroute.route.actions.attaching import LARGEST
from meldroute.route.forms.words import chosen, labels

from ..actions.drafts import File
from ..actions.report import Report, Said
from ..policies import words
from ..proposal import places
from .parts import NAMES_ONLY, hows

FREE = ("what", "where", "when", "source", "reach")
"""Fields in which somebody may write too much."""


class UrgencyForm(forms.Form):
    """The first question."""

    urgency = forms.ChoiceField(label=_("Is er nu iets dat niet kan wachten?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "urgency", labels(Urgency))


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """No, one or more files, 25 MB together."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """The files with their bytes. Raises ValidationError when they are too large."""
        rows = [row for row in (data if isinstance(data, Sequence) else [data]) if row]
        if sum(row.size for row in rows) > LARGEST:
            raise forms.ValidationError(_("De bijlagen zijn samen groter dan 25 MB."))
        return [File(row.name, row.read()) for row in rows if row.size]


class ReportForm(forms.Form):
    """A suspicion, in two minutes."""

    urgency = forms.ChoiceField(widget=forms.HiddenInput, choices=Urgency.choices())
    what = forms.CharField(
        label=_("Wat hebt u gezien of gehoord?"),
        help_text=NAMES_ONLY,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    where = forms.CharField(
        label=_("Waar was dat?"), help_text=_("Straat en huisnummer, bedrijf of website."), max_length=300
    )
    when = forms.CharField(label=_("Wanneer was dat?"), help_text=_("Bijvoorbeeld: gisteravond."), max_length=200)
    truth = forms.ChoiceField(label=_("Hoe weet u dit?"), widget=forms.RadioSelect)
    source = forms.CharField(
        label=_("Gehoord van wie?"),
        help_text=_("Een naam hoeft niet: ‘een buurtbewoner’ is genoeg."),
        max_length=120,
        required=False,
    )
    forms_seen = forms.ChoiceField(label=_("Welke vorm van uitbuiting zou het zijn?"), required=False)
    about_colleague = forms.BooleanField(
        label=_("Het gaat over iemand die hier werkt, bestuurt of meevergadert"),
        help_text=_("Dan zien alleen twee vertrouwde lezers uw melding."),
        required=False,
    )
    reach = forms.CharField(
        label=_("Hoe mogen wij u veilig bereiken?"),
        help_text=_("Alleen het meldpunt ziet uw naam."),
        max_length=300,
        required=False,
    )
    mail_safe = forms.BooleanField(required=False)
    wants_feedback = forms.BooleanField(label=_("Ik wil horen wat ermee gebeurt"), required=False, initial=True)
    attachments = FilesField(
        label=_("Bijlagen"), help_text=_("Foto of document, samen hoogstens 25 MB."), required=False
    )

    def __init__(self, *args: Any, mail: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen(self, "truth", hows())
        open_forms = [form for form in Form if form is not Form.UNCLEAR]
        chosen(self, "forms_seen", [("", _("Nog niet duidelijk")), *labels(open_forms)])
        self.fields["mail_safe"].label = (
            _("Mailen naar %(mail)s is veilig") % {"mail": mail} if mail else _("Mailen is veilig: niemand leest mee")
        )

    def clean(self) -> dict[str, Any]:
        """What was heard says from whom; no name is needed."""
        told = super().clean() or self.cleaned_data
        if told.get("truth") == Truth.HEARSAY and not told.get("source"):
            self.add_error("source", _("Van wie hebt u het gehoord? ‘Een buurtbewoner’ is genoeg."))
        return told

    def kept(self) -> dict[str, Any]:
        """What a draft keeps of a form that may be half filled in: texts and ticks, no files."""
        told: dict[str, Any] = {}
        for name in self.fields:
            if name != "attachments":
                value = self[name].value()
                told[name] = value[:20_000] if isinstance(value, str) else value
        return told


class PartnerReportForm(ReportForm):
    """The same for a partner without an account, who says who they are."""

    name = forms.CharField(label=_("Uw naam"), help_text=_("Alleen het meldpunt ziet uw naam."), max_length=120)
    mail = forms.EmailField(label=_("Uw mailadres bij het werk"), required=False)
    phone = forms.CharField(label=_("Uw telefoonnummer"), max_length=40, required=False)
    field_order = (
        *("urgency", "what", "where", "when", "truth", "source", "forms_seen", "about_colleague"),
        *("name", "mail", "phone", "reach", "mail_safe", "wants_feedback", "attachments"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reach"].help_text = _("Bijvoorbeeld: bel mij overdag, niet mailen.")


FORMS: Mapping[bool, type[ReportForm]] = {False: ReportForm, True: PartnerReportForm}
"""Which form, by whether it is for a partner with a link."""


def report_from(told: Mapping[str, Any], **who: Any) -> Report:
    """The report of a form that was valid. `who`: the fields of the reporter and the source kind.

    What was said about the moment stays with the observation in the reporter's own words.
    """
    truth = Truth(told["truth"])
    when = told["when"].strip()
    return Report(
        what=f"{told['what'].strip()}\n\n{_('Wanneer')}: {when}" if when else told["what"],
        truth=truth,
        source=told["source"] or str(dict(hows())[truth.value]).lower(),
        more=[
            Said(
                what=f"{_('Waar')}: {told['where'].strip()}",
                truth=truth,
                source=told["source"],
                category=Category.PLACE,
            )
        ],
        found=found_in(told["where"]),
        forms=[Form(told["forms_seen"])] if told["forms_seen"] else [Form.UNCLEAR],
        about_colleague=told["about_colleague"],
        how_safe=told["reach"],
        mail_safe=told["mail_safe"],
        wants_feedback=told["wants_feedback"],
        **who,
    )


def found_in(where: str) -> list[tuple[SubjectKind, dict[str, str]]]:
    """Addresses and websites in the words about the place, so that an earlier signal there is seen."""
    found: list[tuple[SubjectKind, dict[str, str]]] = []
    for place in places(where, words().streets)[:3]:
        told = {
            "street": place.street,
            "house_number": place.number,
            "addition": place.addition,
            "postcode": place.postcode,
        }
        if place.street:
            found.append((SubjectKind.ADDRESS, told))
    sites = [word.strip(".,;()") for word in where.split() if word.startswith(("http://", "https://", "www."))]
    found.extend((SubjectKind.WEBSITE, {"url": site}) for site in sites[:3])
    return found
