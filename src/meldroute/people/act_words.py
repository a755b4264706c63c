"""Words for the codes of the journal: "plan.remind" on "plan.Occurrence" is "plan: herinnering gestuurd" on "termijn".

The journal keeps codes, which never change; a person reads these. A code without words is shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from meldroute.domain.plan.keeping import Status
from meldroute.domain.route.decisions import Decision, Event
from meldroute.domain.term import Term, gettext_noop
from meldroute.domain.vocabulary import Triage
from meldroute.post.models import Delivery

WHOLE: Mapping[str, str] = {
    "look": gettext_noop("bekeken"),
    "print": gettext_noop("afgedrukt"),
    "export": gettext_noop("geëxporteerd"),
    "search": gettext_noop("gezocht"),
}
MATTERS: Mapping[str, str] = {
    "access": gettext_noop("toegang"),
    "agenda": gettext_noop("agenda"),
    "attachment": gettext_noop("bijlage"),
    "awareness": gettext_noop("bewustwording"),
    "call": gettext_noop("belkaart"),
    "card": gettext_noop("naamkaart"),
    "check": gettext_noop("privacytoets"),
    "draft": gettext_noop("concept van een melding"),
    "element": gettext_noop("kenmerk"),
    "export": gettext_noop("export"),
    "factor": gettext_noop("tweede factor"),
    "feedback": gettext_noop("terugkoppeling"),
    "figures": gettext_noop("cijfers"),
    "file": gettext_noop("bestand"),
    "hand_over": gettext_noop("overdracht"),
    "handler": gettext_noop("behandelaar"),
    "item": gettext_noop("agendapunt"),
    "journal": gettext_noop("logboek"),
    "link": gettext_noop("koppeling of partnerlink"),
    "mail": gettext_noop("mail"),
    "meeting": gettext_noop("overleg"),
    "member": gettext_noop("deelnemer"),
    "municipality": gettext_noop("gemeente"),
    "observation": gettext_noop("waarneming"),
    "paper": gettext_noop("stuk van een overleg"),
    "parcel": gettext_noop("overdracht naar een gemeente"),
    "partner": gettext_noop("partner"),
    "plan": gettext_noop("plan"),
    "policy": gettext_noop("beleid"),
    "receipt": gettext_noop("ontvangstbevestiging"),
    "recurring": gettext_noop("vast punt"),
    "report": gettext_noop("rapport"),
    "reporter": gettext_noop("melder"),
    "role": gettext_noop("rol"),
    "routine": gettext_noop("routine"),
    "search": gettext_noop("zoeken"),
    "series": gettext_noop("overlegreeks"),
    "session": gettext_noop("sessie"),
    "signal": gettext_noop("signaal"),
    "source": gettext_noop("bron"),
    "subject": gettext_noop("persoon of plaats"),
    "task": gettext_noop("taak"),
    "topic": gettext_noop("punt zonder signaal"),
    "user": gettext_noop("account"),
}
DEEDS: Mapping[str, str] = {
    "accept": gettext_noop("meegeteld"),
    "accepted": gettext_noop("doet mee"),
    "acute_danger_shared": gettext_noop("gedeeld wegens acuut gevaar"),
    "add": gettext_noop("toegevoegd"),
    "adopt": gettext_noop("vastgesteld"),
    "advise": gettext_noop("geadviseerd"),
    "agree": gettext_noop("naam mag worden gegeven"),
    "answer": gettext_noop("beantwoord"),
    "ask": gettext_noop("gevraagd"),
    "ask_reader": gettext_noop("meelezer gevraagd"),
    "ask_reset": gettext_noop("herstel gevraagd"),
    "bar": gettext_noop("afgesloten"),
    "barred": gettext_noop("uitgesloten"),
    "begin": gettext_noop("begonnen"),
    "bound": gettext_noop("gekoppeld"),
    "break_glass": gettext_noop("noodtoegang genomen"),
    "bring": gettext_noop("ingelezen"),
    "bring_back": gettext_noop("teruggehaald"),
    "bring_back_proof": gettext_noop("bewijs teruggehaald"),
    "build": gettext_noop("opgebouwd"),
    "calendar": gettext_noop("agendabestand"),
    "came_back": gettext_noop("kwam terug"),
    "cancel": gettext_noop("afgelast"),
    "carry": gettext_noop("doorgeschoven"),
    "change": gettext_noop("gewijzigd"),
    "chase": gettext_noop("aangespoord"),
    "check": gettext_noop("nagekeken"),
    "close": gettext_noop("gesloten"),
    "codes": gettext_noop("herstelcodes gemaakt"),
    "confirm": gettext_noop("bevestigd"),
    "correct": gettext_noop("verbeterd"),
    "count": gettext_noop("geteld"),
    "danger_accounted": gettext_noop("delen wegens gevaar verantwoord"),
    "decide": gettext_noop("besloten"),
    "decisions": gettext_noop("besluitenlijst gemaakt"),
    "declined": gettext_noop("doet niet mee"),
    "define": gettext_noop("definities vastgelegd"),
    "destroy": gettext_noop("voorgoed verwijderd"),
    "done": gettext_noop("gedaan"),
    "drop": gettext_noop("vervallen"),
    "end": gettext_noop("beëindigd"),
    "export": gettext_noop("geëxporteerd"),
    "fail": gettext_noop("mislukt"),
    "feed": gettext_noop("agenda-abonnement gemaakt"),
    "feed_end": gettext_noop("agenda-abonnement beëindigd"),
    "feed_renew": gettext_noop("agenda-abonnement vernieuwd"),
    "finish": gettext_noop("klaar"),
    "follow": gettext_noop("overgenomen"),
    "follow_up_added": gettext_noop("aanvulling toegevoegd"),
    "forget": gettext_noop("vergeten"),
    "forget_names": gettext_noop("namen verwijderd"),
    "found": gettext_noop("gevonden"),
    "give": gettext_noop("gegeven"),
    "give_up": gettext_noop("anders opgelost"),
    "grant": gettext_noop("gegeven"),
    "group_add": gettext_noop("groep toegevoegd"),
    "group_change": gettext_noop("groep gewijzigd"),
    "group_end": gettext_noop("groep beëindigd"),
    "groups": gettext_noop("groepen klaargezet"),
    "guest": gettext_noop("gast uitgenodigd"),
    "hold": gettext_noop("gehouden"),
    "information": gettext_noop("informatieblad gemaakt"),
    "invite": gettext_noop("uitgenodigd"),
    "keep": gettext_noop("behouden"),
    "lapse": gettext_noop("vervallen"),
    "leave": gettext_noop("verlaten of afgemeld"),
    "login": gettext_noop("ingelogd"),
    "logout": gettext_noop("uitgelogd"),
    "mail_arrived": gettext_noop("testmail aangekomen"),
    "mail_test": gettext_noop("testmail verstuurd"),
    "make": gettext_noop("gemaakt"),
    "minutes": gettext_noop("verslag gemaakt"),
    "move": gettext_noop("verplaatst"),
    "new_key": gettext_noop("nieuwe zoeksleutel"),
    "none": gettext_noop("niet gegeven, met reden"),
    "not_done": gettext_noop("niet gedaan"),
    "not_needed": gettext_noop("niet nodig"),
    "note": gettext_noop("notitie"),
    "offer": gettext_noop("aangeboden"),
    "offered": gettext_noop("aangeboden"),
    "old_keys": gettext_noop("oude zoeksleutels opgeruimd"),
    "open": gettext_noop("geopend"),
    "over": gettext_noop("verlopen"),
    "overview": gettext_noop("overzicht gemaakt"),
    "owe": gettext_noop("nog te geven"),
    "own": gettext_noop("eigenaar gekozen"),
    "password": gettext_noop("wachtwoord gewijzigd"),
    "place": gettext_noop("plaats gegeven"),
    "plan": gettext_noop("gepland"),
    "practise": gettext_noop("geoefend"),
    "present": gettext_noop("aanwezig"),
    "proof": gettext_noop("bewijs vastgelegd"),
    "propose": gettext_noop("voorgesteld"),
    "prove": gettext_noop("opnieuw bewezen"),
    "put_on": gettext_noop("op de agenda gezet"),
    "queue": gettext_noop("klaargezet om te versturen"),
    "raw": gettext_noop("brontekst bekeken"),
    "read": gettext_noop("gelezen"),
    "receipt": gettext_noop("ontvangst gemeld"),
    "received": gettext_noop("ontvangen"),
    "record": gettext_noop("inhoud vastgelegd"),
    "refuse": gettext_noop("geweigerd"),
    "register": gettext_noop("geregistreerd"),
    "release": gettext_noop("weer vrijgegeven"),
    "release_facts": gettext_noop("feiten vrijgegeven"),
    "remind": gettext_noop("herinnering gestuurd"),
    "remove": gettext_noop("verwijderd"),
    "remove_proof": gettext_noop("bewijs weggehaald"),
    "reopen": gettext_noop("heropend"),
    "reset": gettext_noop("hersteld"),
    "restrict": gettext_noop("besloten punt gemaakt"),
    "resume": gettext_noop("hervat"),
    "reword": gettext_noop("woorden vernieuwd"),
    "say_arrived": gettext_noop("nagekeken: aangekomen"),
    "scan": gettext_noop("nagekeken"),
    "seal": gettext_noop("verzegeld"),
    "second_factor": gettext_noop("tweede factor gegeven"),
    "send": gettext_noop("verstuurd"),
    "send_again": gettext_noop("opnieuw verstuurd"),
    "send_back": gettext_noop("teruggestuurd"),
    "share": gettext_noop("gedeeld"),
    "sign": gettext_noop("getekend"),
    "sign_up": gettext_noop("aangemeld"),
    "sleep": gettext_noop("slapend gemaakt"),
    "store": gettext_noop("opgeslagen"),
    "story": gettext_noop("verhaal gelezen"),
    "supervise": gettext_noop("toezicht gehouden"),
    "switch": gettext_noop("van gemeente gewisseld"),
    "take": gettext_noop("genomen"),
    "take_back": gettext_noop("teruggenomen"),
    "take_in": gettext_noop("ingenomen"),
    "talk": gettext_noop("gesprek vastgelegd"),
    "tie": gettext_noop("aan aanmelding gekoppeld"),
    "unoffer": gettext_noop("aanbod ingetrokken"),
    "unrestrict": gettext_noop("besloten punt geopend"),
    "urgency": gettext_noop("gevaar gevraagd"),
    "use": gettext_noop("gebruikt"),
    "verify": gettext_noop("nagerekend"),
    "wake": gettext_noop("gewekt"),
    "weigh": gettext_noop("gewogen"),
    "welcome": gettext_noop("welkom"),
    "withdraw": gettext_noop("ingetrokken"),
    "withdraw_facts": gettext_noop("feiten ingetrokken"),
    "withdrawn": gettext_noop("ingetrokken"),
    "write": gettext_noop("geschreven"),
}
THINGS: Mapping[str, str] = {
    "awareness.Activity": gettext_noop("activiteit"),
    "awareness.Group": gettext_noop("groep"),
    "awareness.Share": gettext_noop("aanbod van een training"),
    "figures.Figure": gettext_noop("cijfer"),
    "figures.Overlap": gettext_noop("tabel"),
    "figures.Run": gettext_noop("schatting"),
    "intake.Draft": gettext_noop("concept"),
    "intake.Mail": gettext_noop("mail in de postbus"),
    "intake.PartnerLink": gettext_noop("partnerlink"),
    "intake.triage": gettext_noop("postbus"),
    "journal.Entry": gettext_noop("logboek"),
    "journal.SignedHead": gettext_noop("getekende stand"),
    "meetings.Attendance": gettext_noop("aanwezigheid"),
    "meetings.Item": gettext_noop("agendapunt"),
    "meetings.Meeting": gettext_noop("overleg"),
    "meetings.Recurring": gettext_noop("vast punt"),
    "meetings.Series": gettext_noop("overlegreeks"),
    "meetings.SeriesMember": gettext_noop("deelnemer"),
    "meetings.Sheet": gettext_noop("stuk van een overleg"),
    "meetings.Topic": gettext_noop("punt zonder signaal"),
    "people.CallLine": gettext_noop("belkaart"),
    "people.Membership": gettext_noop("rol"),
    "people.Municipality": gettext_noop("gemeente"),
    "people.Organisation": gettext_noop("partner"),
    "people.Passkey": gettext_noop("toegangssleutel"),
    "people.User": gettext_noop("account"),
    "people.accounts": gettext_noop("accounts"),
    "plan.Action": gettext_noop("actie"),
    "plan.Feed": gettext_noop("agenda-abonnement"),
    "plan.Occurrence": gettext_noop("termijn van een actie"),
    "plan.Plan": gettext_noop("plan"),
    "plan.Proof": gettext_noop("bewijs"),
    "plan.ScanAnswer": gettext_noop("antwoord van de zelfscan"),
    "post.Outgoing": gettext_noop("mail die uitgaat"),
    "reports.Report": gettext_noop("rapport"),
    "route.AccessRequest": gettext_noop("verzoek om toegang"),
    "route.Attachment": gettext_noop("bijlage"),
    "route.Feedback": gettext_noop("terugkoppeling"),
    "route.HandOver": gettext_noop("overdracht"),
    "route.Parcel": gettext_noop("overdracht naar een gemeente"),
    "route.PrivacyCheck": gettext_noop("privacytoets"),
    "route.Reporter": gettext_noop("melder"),
    "route.Signal": gettext_noop("signaal"),
    "route.Task": gettext_noop("taak"),
    "route.WeighingAnswer": gettext_noop("weging"),
    "route.earlier": gettext_noop("eerdere signalen"),
    "route.emergencies": gettext_noop("noodtoegangen"),
    "route.feedback": gettext_noop("lijst van terugkoppeling"),
    "route.locked": gettext_noop("lijst die op slot zit"),
    "route.mine": gettext_noop("eigen meldingen"),
    "route.queue": gettext_noop("lijst van signalen"),
    "route.search": gettext_noop("zoeken"),
    "route.stand_in": gettext_noop("blad voor de vervanger"),
    "route.timeline": gettext_noop("tijdlijn"),
    "route.waiting": gettext_noop("wacht op u"),
    "routine.Month": gettext_noop("routine van de maand"),
    "routine.MailTest": gettext_noop("testmail"),
    "search.YearKey": gettext_noop("zoeksleutel"),
    "sharing.Policy": gettext_noop("beleid"),
    "url": gettext_noop("pagina"),
    "vault.Blob": gettext_noop("bestand"),
    "web.today": gettext_noop("Vandaag"),
}
STATES: Mapping[str, tuple[type[Term], ...]] = {
    "signal": (Decision, Event),
    "mail": (Triage, Delivery),
    "plan": (Status,),
}
"""Whose acts are called by the state that follows: those have their words already."""
FIRST = "first_"
ASKED = {"GET": gettext_noop("wilde openen: %(page)s"), "POST": gettext_noop("wilde doen: %(page)s")}


def said(act: str) -> str:
    """What was done, in the reader's language; the code itself when it has no words."""
    if act in WHOLE:
        return _(WHOLE[act])
    method, _space, page = act.partition(" ")
    if method in ASKED and page:
        return _(ASKED[method]) % {"page": page}
    matter, _dot, deed = act.partition(".")
    if matter == "refused":
        return _("geweigerd: regel %(rule)s") % {"rule": deed}
    words = _deed(matter, deed)
    return f"{_(MATTERS[matter])}: {words}" if matter in MATTERS and words else act


def _deed(matter: str, deed: str) -> str:
    if matter == "user" and deed.startswith(FIRST):
        return _("eerste account van deze installatie")
    for states in STATES.get(matter, ()):
        if deed in states._value2member_map_:
            return _(states(deed).label)
    return _(DEEDS[deed]) if deed in DEEDS else ""


def about(on: str) -> str:
    """What it was done to; the code itself when it has no words."""
    return _(THINGS[on]) if on in THINGS else on


def codes_of(text: str, used: Iterable[str]) -> list[str]:
    """Which of the `used` codes a person means who types `text`: a part of the words, or of the code."""
    wanted = text.casefold()
    return [act for act in used if wanted in act.casefold() or wanted in said(act).casefold()]
