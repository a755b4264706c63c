"""Every part of the look with invented data, for checks and for those who build pages; practice mode only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from meldroute.domain.option import Option

from .navigation import Line, Place

STEPS = ["Binnengekomen", "Geregistreerd", "Verrijken", "Signalenoverleg", "LOO", "Terugkoppeling"]
MENU = [
    ("Vandaag", 2), ("Signalen", 4), ("Postbus", 1), ("Overleg", 0), ("Plan", 0), ("Cijfers", 0),
    ("Toezicht", 0), ("Zorg", 0), ("Delen en bewaren", 1), ("Rapporten", 0),
]  # fmt: skip
Data = dict[str, Any]


class OutcomeForm(forms.Form):
    """The outcome of one point of the meeting."""

    outcome = forms.ChoiceField(
        label="Uitkomst",
        widget=forms.RadioSelect,
        choices=[
            ("more", Option("Meer informatie nodig")),
            ("check", Option("Controle", hint="kan: het signaal is concreet")),
            ("loo", Option("Naar het LOO", unavailable="is er een integraal belang?")),
            ("other", Option("Andere afdeling")),
            ("not", Option("Niet bevestigd")),
        ],
        initial="check",
    )
    why = forms.CharField(
        label="Waarom",
        widget=forms.Textarea(attrs={"rows": 3}),
        initial="Veel inschrijvingen en een vast ophaalpatroon. Controle met BWT en NLA.",
    )
    who = forms.CharField(
        label="Wie doet wat, uiterlijk wanneer",
        initial="Plannen integrale controle — K. Jansen — uiterlijk 8 december",
    )


class ReportForm(forms.Form):
    """Reporting a suspicion, as on a phone."""

    what = forms.CharField(
        label="Wat hebt u gezien of gehoord?",
        help_text="Namen alleen als het signaal anders niet te begrijpen is.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    where = forms.CharField(label="Waar was dat?", help_text="Straat en huisnummer, bedrijf of website.")
    when = forms.CharField(label="Wanneer was dat?", help_text="Bijvoorbeeld: gisteravond.")
    how = forms.ChoiceField(
        label="Hoe weet u dit?",
        widget=forms.RadioSelect,
        choices=[("feit", "Zelf gezien"), ("indruk", "Mijn indruk"), ("horen", "Gehoord van een ander")],
    )
    reach = forms.CharField(
        label="Hoe mogen wij u veilig bereiken?",
        help_text="Alleen het meldpunt ziet uw naam.",
        required=False,
    )


class AllFieldsForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Naam van de plaats", help_text="Zoals op de gevel staat.")
    mail = forms.EmailField(label="E-mailadres", required=False)
    day = forms.DateField(label="Dag", initial=date(2026, 11, 24))
    number = forms.IntegerField(label="Aantal mensen", required=False)
    step = forms.ChoiceField(label="Stap", choices=[(step, step) for step in STEPS])
    partners = forms.MultipleChoiceField(
        label="Wie waren erbij?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("boa", "BOA"), ("bwt", "BWT"), ("nla", Option("NLA", hint="Nederlandse Arbeidsinspectie"))],
    )
    agreed = forms.BooleanField(label="Ik heb de regels gelezen", help_text="Ze staan op één bladzijde.")
    file = forms.FileField(label="Bijlage", required=False)
    note = forms.CharField(label="Opmerking", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def frame(active: str, *, navigation: bool = True) -> Data:
    """The variables that base.html takes."""
    menu = [Line(Place("", label, ()), "#", count, label == active) for label, count in MENU]
    return {
        "practice": True,
        "municipality": "Heemstede",
        "user_name": "M. de Vries",
        "role_label": "meldpunt",
        "municipalities": [
            {"id": 1, "name": "Heemstede", "current": True},
            {"id": 2, "name": "Bloemendaal", "current": False},
        ],
        "switch_url": "/gemeente/",
        "user_links": [{"url": "#", "label": "Mijn gegevens"}],
        "footer_links": [{"url": "#", "label": "Waar kan ik melden"}],
        "search_url": "/zoeken/" if navigation else "",
        "navigation": menu if navigation else [],
    }


def link(label: str, url: str = "#") -> Data:
    return {"label": label, "url": url}


def row(number: str, kind: str, step: str, asked: str, day: date, left: int) -> list[Data | str]:
    """A row of the list of signals."""
    return [{"text": number, "url": "#", "sub": kind}, step, asked, {"due": day, "working_days": left}]


def today() -> Data:
    rows = [
        row("HS-2026-0009", "arbeidsuitbuiting · horeca", "Verrijken",
            "Advies gevraagd aan privacyadviseur", date(2026, 11, 27), 3),
        row("HS-2026-0008", "nog onduidelijk · woning", "Signalenoverleg", "Vandaag op de agenda",
            date(2026, 11, 24), 0),
        row("HS-2026-0006", "seksuele uitbuiting · website", "LOO", "Informatieblad voor partners maken",
            date(2026, 12, 3), 7),
        row("HS-2026-0005", "criminele uitbuiting", "Terugkoppeling", "Terugkoppelen aan de melder",
            date(2026, 11, 26), 2),
    ]  # fmt: skip
    plan: list[list[Data | str]] = [
        ["Aandacht voor de meldroute op sociale media", "Q4", {"badge": "bezig", "kind": "info"}],
        ["Driehoek: bestuurlijke interventies", "2 keer per jaar", "1 van 2"],
        ["Horeca-overleg", "Q2", {"mark": "gedaan"}],
    ]
    return frame("Vandaag") | {
        "day": date(2026, 11, 24),
        "columns": ["Signaal", "Stap", "Wat wordt gevraagd", "Termijn"],
        "rows": rows,
        "plan_columns": ["Afspraak", "Wanneer", "Stand"],
        "plan_rows": plan,
        "feedback_due": date(2026, 11, 26),
        "to_feedback": link("1 te geven"),
        "to_inbox": link("Naar de postbus"),
        "to_agenda": link("Agenda staat klaar"),
    }


def now_to_do() -> Data:
    return {
        "question": "Mag u systemen raadplegen?",
        "conditions": [
            {"text": "Het signaal is concreet", "state": "met"},
            {"text": "Het is recent", "state": "met"},
            {"text": "Het past bij onze criteria", "state": "met"},
            {"text": "Advies gevraagd aan de privacyadviseur", "state": "waiting"},
        ],
        "explanation": "Tot het besluit er is, mag u nog geen systemen raadplegen. Niemand bereikbaar?",
        "help": link("Vraag de waarnemer"),
        "action": {"label": "Stuur een herinnering", "url": "#", "post": True},
        "due": date(2026, 11, 27),
        "working_days": 3,
        "others": [
            link("Niet in behandeling nemen"),
            link("Overdragen aan Team Mensenhandel"),
            link("Acuut gevaar? Wat nu"),
        ],
    }


def signal() -> Data:
    observations = [
        {"kind": "feit", "text": "Vier matrassen in de ruimte boven de keuken",
         "meta": ["18 nov", "toezichthouder, zelf gezien", "zeker", "delen: nog niet getoetst"]},
        {"kind": "indruk", "text": "Personeel keek naar de eigenaar voor elk antwoord",
         "meta": ["18 nov", "toezichthouder, zelf gezien", "redelijk zeker"]},
        {"kind": "van horen zeggen", "text": "“Paspoorten liggen in de kluis”",
         "meta": ["19 nov", "buurtbewoner, niet bij naam", "onzeker", "vervalt 19 feb"]},
    ]  # fmt: skip
    timeline = [
        {"text": "Weging 3: concreet, recent, past bij lokale criteria",
         "at": datetime(2026, 11, 20, 8, 40, tzinfo=UTC), "who": "M. de Vries"},
        {"text": "Ontvangst bevestigd aan de melder", "at": datetime(2026, 11, 19, 10, 5, tzinfo=UTC),
         "note": "mail"},
        {"text": "Geregistreerd bij het meldpunt", "at": datetime(2026, 11, 19, 9, 58, tzinfo=UTC),
         "note": "weging 1, 2A en 2B beantwoord"},
    ]  # fmt: skip
    return frame("Signalen") | {
        "path": [link("Signalen"), link("HS-2026-0009")],
        "step_names": STEPS,
        "observations": observations,
        "timeline": timeline,
        "now": now_to_do(),
    }


def meeting() -> Data:
    released = [
        {"kind": "feit", "text": "Elf inschrijvingen op één adres in acht maanden",
         "meta": ["BRP, vrijgegeven na toets 2A", "17 nov"]},
        {"kind": "feit", "text": "Busje haalt elke ochtend om 5 uur mensen op",
         "meta": ["wijkhandhaver", "20 nov"]},
    ]  # fmt: skip
    return frame("Overleg") | {
        "path": [link("Overleg"), link("Signalenoverleg 24 november")],
        "released": released,
        "form": OutcomeForm(),
    }


def report() -> Data:
    return frame("", navigation=False) | {"form": ReportForm(), "draft_url": "/concept/"}


def plan_rows() -> list[Data]:
    """Some actions with their marks per quarter."""
    done, busy, late, planned, skipped = "gedaan", "bezig", "te laat", "gepland", "overgeslagen"
    return [
        {"name": "DPIA opstellen", "when": "Q3 2024", "marks": [late, done, "", "", ""]},
        {"name": "Meld Misdaad Anoniem-campagnes", "when": "doorlopend",
         "marks": [done, done, skipped, done, busy]},
        {"name": "Bestuurlijke interventies op de Driehoek", "when": "2 keer per jaar",
         "marks": [done, "", done, "", planned]},
    ]  # fmt: skip


def parts() -> Data:
    wrong = AllFieldsForm({"mail": "geen adres", "day": "12-03-2026"}, prefix="fout")
    return frame("Vandaag") | signal() | {
        "quarters": ["26-1", "26-2", "26-3", "26-4", "27-1"],
        "plan": plan_rows(),
        "fields": AllFieldsForm(),
        "wrong": wrong,
        "page": Paginator(range(95), 10).page(4),
        "tabs": [link("Open") | {"active": True, "count": 4}, link("Gesloten"), link("Niet in behandeling")],
        "terms": [
            {"term": "Bron", "text": "toezichthouder"},
            {"term": "Plaats", "text": "Voorbeeldstraat 1", "sub": "bedrijf met bovenwoning"},
        ],
        "day": date(2026, 3, 12),
        "helper": link("de privacyadviseur"),
        "to_add": link("Waarneming toevoegen"),
    }  # fmt: skip


PAGES: dict[str, tuple[str, Callable[[], Data]]] = {
    "": ("web/gallery.html", parts),
    "vandaag": ("web/gallery_today.html", today),
    "signaal": ("web/gallery_signal.html", signal),
    "overleg": ("web/gallery_meeting.html", meeting),
    "melden": ("web/gallery_report.html", report),
}


def gallery(request: HttpRequest, page: str = "") -> HttpResponse:
    """One page of the gallery; an unknown name is a 404."""
    if page not in PAGES:
        raise Http404(page)
    name, data = PAGES[page]
    return render(request, name, data())
