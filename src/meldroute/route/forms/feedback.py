"""The composer: how much, which words, by which way; or why nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from meldroute.domain.feedback import Level
from meldroute.domain.option import Option
from meldroute.domain.vocabulary import NoFeedback

from ..feedback_levels import HEARS_MORE, Way, Word, ways, why_closed
from ..models import Feedback, Reporter

SAFE, UNSAFE = "safe", "unsafe"


def way_choices(reporter: Reporter, *, safe: bool | None = None) -> list[tuple[str, Option]]:
    """Every way, the closed ones with their reason; the address or number unless it is protected."""
    reached = {Way.MAIL: reporter.mail, Way.PHONE: reporter.phone, Way.SPOKEN: ""}
    return [
        (way.value, _option(way.label, closed, _hint(reporter, reached[way])))
        for way, closed in ways(reporter, safe=safe).items()
    ]


def _hint(reporter: Reporter, text: str) -> str:
    return _t("gegevens zijn afgeschermd") if text and reporter.protected else text


def _option(label: str, closed: str, hint: str = "") -> Option:
    over = closed == HEARS_MORE
    return Option(_t(label).capitalize(), hint=hint, unavailable=_t(closed) if closed else "", over=over)


class ComposeForm(forms.Form):
    """Every level and way is shown; one that is closed says why."""

    level = forms.ChoiceField(label=_("Hoeveel hoort de melder?"), widget=forms.RadioSelect)
    subject = forms.CharField(label=_("Onderwerp"), max_length=120)
    text = forms.CharField(label=_("Tekst"), widget=forms.Textarea(attrs={"rows": 14}), max_length=6000)
    how = forms.ChoiceField(label=_("Hoe?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Waarom moet dit blijven staan?"),
        help_text=_("Alleen als u iets houdt dat is aangewezen. Een collega leest mee voordat het gaat."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, feedback: Feedback, keeps: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(one.value, _option(one.label, why_closed(feedback, one))) for one in Level]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["how"].choices = way_choices(feedback.reporter)  # type: ignore[attr-defined]
        if not keeps:
            self.fields["why"].widget = forms.HiddenInput()

    def word(self) -> Word:
        """What was composed; for a valid form."""
        told = self.cleaned_data
        return Word(Level(told["level"]), told["subject"], told["text"].replace("\r\n", "\n"), told["how"])


class ReceiptForm(forms.Form):
    """Safe to mail? By which way? Anything to add?"""

    safe = forms.ChoiceField(
        label=_("Is het veilig om naar dit adres te mailen?"),
        help_text=_(
            "Kan een ander meelezen? Denk aan een gedeeld adres, een werkadres of de telefoon van een partner."
        ),
        choices=[
            (SAFE, _("Ja, ik heb het adres bekeken en mailen is veilig")),
            (UNSAFE, _("Nee, of dat weet ik niet")),
        ],
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(label=_("Hoe hoort de melder dat het bericht er is?"), widget=forms.RadioSelect)
    addition = forms.CharField(
        label=_("Wilt u er iets bij zeggen?"),
        help_text=_("Niets over wat er is gemeld. Ook geen namen of plaatsen."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, reporter: Reporter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = way_choices(reporter, safe=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Mail only where mailing is safe."""
        told = super().clean() or {}
        if told.get("safe") == UNSAFE and told.get("how") == Way.MAIL:
            self.add_error("how", _t("Mailen is niet veilig. Bel, spreek de melder, of geef een reden waarom niet."))
        return told


class NoneForm(forms.Form):
    """No word, with the reason."""

    because = forms.ChoiceField(
        label=_("Waarom geen terugkoppeling?"),
        choices=[(code, _(label)) for code, label in NoFeedback.choices()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Toelichting"), widget=forms.Textarea(attrs={"rows": 3}))


class SendBackForm(forms.Form):
    """What should be different."""

    why = forms.CharField(
        label=_("Wat moet er anders?"),
        help_text=_("Alleen als u niet akkoord bent. Wie het schreef, leest dit in de tijdlijn."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class NoFields(forms.Form):
    """Buttons only; carries a refusal."""
