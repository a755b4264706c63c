"""The words of the plan as closed lists.

Sources: the plan (§2.2 forms, §3.3.3 route and outcomes), the model protocol ondermijning (weighings and
privacy checks) and art. 273f Sr (acts, means, aim). The forms of exploitation themselves are data with a
validity (`policies/forms.toml`); the codes here are those the figures of the plan need.
"""

from __future__ import annotations

from .term import Term, gettext_noop


class Role(Term):
    """Who somebody is in one municipality (at most what `domain.roles` lets go together)."""

    REPORTER = "reporter", gettext_noop("melder")
    PARTNER_REPORTER = "partner_reporter", gettext_noop("melder bij een partner")
    MELDPUNT = "meldpunt", gettext_noop("meldpunt")
    ENFORCEMENT = "enforcement", gettext_noop("handhaver")
    MEETING_MEMBER = "meeting_member", gettext_noop("deelnemer signalenoverleg")
    LOO_MEMBER = "loo_member", gettext_noop("deelnemer LOO")
    PRIVACY_OFFICER = "privacy_officer", gettext_noop("privacyadviseur")
    PROCESS_OWNER = "process_owner", gettext_noop("proceseigenaar")
    FG = "fg", gettext_noop("functionaris gegevensbescherming")
    ARCHIVIST = "archivist", gettext_noop("archivaris")
    BOARD = "board", gettext_noop("bestuurder")
    INTEGRITY = "integrity", gettext_noop("vertrouwde lezer integriteit")
    ANALYST = "analyst", gettext_noop("regionaal analist")
    ADMINISTRATOR = "administrator", gettext_noop("beheerder")


class State(Term):
    """Where a signal is. Plan step 1 to 6 (§3.3.3) and the waiting rooms beside them."""

    RECEIVED = "received", gettext_noop("Binnengekomen")
    REGISTERED = "registered", gettext_noop("Geregistreerd")
    ENRICHING = "enriching", gettext_noop("Verrijken")
    IN_SIGNALENOVERLEG = "in_signalenoverleg", gettext_noop("Signalenoverleg")
    WAITING_FINDINGS = "waiting_findings", gettext_noop("Wacht op controle")
    IN_LOO = "in_loo", gettext_noop("LOO")
    MONITORING = "monitoring", gettext_noop("Loopt")
    ON_HOLD = "on_hold", gettext_noop("Aangehouden")
    FEEDBACK_DUE = "feedback_due", gettext_noop("Terugkoppelen")
    CLOSED = "closed", gettext_noop("Afgesloten")


class Outcome(Term):
    """How a round ended. State and outcome are two things; every outcome leads to feedback."""

    NOT_TAKEN_UP = "not_taken_up", gettext_noop("Niet in behandeling genomen")
    SOMETHING_ELSE = "something_else", gettext_noop("Geen mensenhandel, wel iets anders")
    OTHER_DEPARTMENT = "other_department", gettext_noop("Naar andere afdeling")
    OTHER_AUTHORITY = "other_authority", gettext_noop("Naar andere instantie of gemeente")
    NOT_CONFIRMED = "not_confirmed", gettext_noop("Niet bevestigd")
    INTERVENTION = "intervention", gettext_noop("Interventie")
    RIEC_CASE = "riec_case", gettext_noop("RIEC-casus")
    POLICE_CASE = "police_case", gettext_noop("Strafrechtelijk opgepakt door de politie")
    OTHER_SIGNAL = "other_signal", gettext_noop("Ander ondermijningssignaal")
    NO_SIGNAL = "no_signal", gettext_noop("Geen signaal")


class Triage(Term):
    """What becomes of a mail in the meldpunt's box before it is a signal."""

    NEW = "new", gettext_noop("Nieuw")
    NEEDS_HAND = "needs_hand", gettext_noop("Kon niet automatisch worden verwerkt")
    REGISTERED = "registered", gettext_noop("Geregistreerd als signaal")
    BELONGS_TO = "belongs_to", gettext_noop("Hoort bij een bestaand signaal")
    OTHER_SIGNAL = "other_signal", gettext_noop("Ander ondermijningssignaal")
    NO_SIGNAL = "no_signal", gettext_noop("Geen signaal")
    OWN_TEST = "own_test", gettext_noop("Testmail van onszelf")


class Form(Term):
    """Forms of exploitation (plan §2.2, with the fourth official form in its footnote 3)."""

    SEXUAL = "sexual", gettext_noop("Seksuele uitbuiting")
    LABOUR = "labour", gettext_noop("Arbeidsuitbuiting")
    CRIMINAL = "criminal", gettext_noop("Criminele uitbuiting")
    ORGAN = "organ", gettext_noop("Gedwongen orgaanverwijdering")
    UNCLEAR = "unclear", gettext_noop("Nog niet duidelijk")
    OTHER = "other", gettext_noop("Andere vorm")


class Act(Term):
    """What is done with a person (art. 273f Sr; plan §2.1)."""

    RECRUIT = "recruit", gettext_noop("werven")
    TRANSPORT = "transport", gettext_noop("vervoeren")
    TRANSFER = "transfer", gettext_noop("overbrengen")
    TAKE_IN = "take_in", gettext_noop("opnemen")
    HOUSE = "house", gettext_noop("huisvesten")


class Means(Term):
    """By what coercion (art. 273f Sr; plan §2.1). Not needed where the possible victim is a minor."""

    DECEPTION = "deception", gettext_noop("misleiding")
    VIOLENCE = "violence", gettext_noop("(dreigen met) fysiek geweld")
    FRAUD = "fraud", gettext_noop("fraude")
    BLACKMAIL = "blackmail", gettext_noop("chantage")
    VULNERABLE = "vulnerable", gettext_noop("misbruik van een kwetsbare positie")


class Aim(Term):
    """To what end (art. 273f Sr; plan §2.1)."""

    EXPLOITATION = "exploitation", gettext_noop("uitbuiting")
    ORGAN_REMOVAL = "organ_removal", gettext_noop("verwijdering van organen")


class SourceKind(Term):
    """Who a suspicion came from (plan §3.3.3, step 1)."""

    CITIZEN = "citizen", gettext_noop("inwoner")
    CITIZEN_ANONYMOUS = "citizen_anonymous", gettext_noop("inwoner, anoniem")
    PROSTITUTION_TEAM = "prostitution_team", gettext_noop("Bestuurlijk Team Prostitutie")
    CARE = "care", gettext_noop("zorgpartij")
    ENFORCEMENT = "enforcement", gettext_noop("handhaver")
    OFFICIAL = "official", gettext_noop("andere gemeenteambtenaar")
    POLICE = "police", gettext_noop("politie")
    OTHER_PARTNER = "other_partner", gettext_noop("andere ketenpartner")
    MMA = "mma", gettext_noop("Meld Misdaad Anoniem")


class Channel(Term):
    """The way a suspicion came in (requirement R3.3.3.1)."""

    MAIL = "mail", gettext_noop("mail aan het meldpunt")
    INTERNAL_FORM = "internal_form", gettext_noop("intern formulier")
    PARTNER_FORM = "partner_form", gettext_noop("formulier voor partners")
    DESK = "desk", gettext_noop("telefoon of balie")
    MMA = "mma", gettext_noop("bericht van Meld Misdaad Anoniem")
    MUNICIPALITY = "municipality", gettext_noop("overdracht van een andere gemeente")


class Urgency(Term):
    """The answer to the question that comes before anything is saved (domain rules §2, step 1)."""

    DANGER = "danger", gettext_noop("Ja, er is nu gevaar")
    MINOR = "minor", gettext_noop("Iemand is jonger dan 18")
    VICTIM = "victim", gettext_noop("Ik denk dat iemand slachtoffer is")
    NONE = "none", gettext_noop("Nee, geen van deze")


class Truth(Term):
    """What kind of truth an observation is (domain rules §4)."""

    FACT = "fact", gettext_noop("feit")
    IMPRESSION = "impression", gettext_noop("indruk")
    HEARSAY = "hearsay", gettext_noop("van horen zeggen")


class Confidence(Term):
    """How sure the source is of the observation; never a score of a person."""

    SURE = "sure", gettext_noop("zeker")
    FAIRLY = "fairly", gettext_noop("redelijk zeker")
    UNSURE = "unsure", gettext_noop("onzeker")
    UNKNOWN = "unknown", gettext_noop("niet bekend")


class Capacity(Term):
    """In what capacity something was observed (Awb, Wpg, or by chance)."""

    SUPERVISOR = "supervisor", gettext_noop("toezichthouder (Awb)")
    INVESTIGATOR = "investigator", gettext_noop("BOA in opsporing (Wpg)")
    CHANCE = "chance", gettext_noop("bij toeval")
    PROFESSIONAL = "professional", gettext_noop("in het eigen werk")
    UNKNOWN = "unknown", gettext_noop("niet bekend")


class Category(Term):
    """Data categories of the sharing matrix (domain rules §4)."""

    REPORTER = "reporter", gettext_noop("identiteit van de melder")
    NARRATIVE = "narrative", gettext_noop("verhaal")
    PLACE = "place", gettext_noop("plaats")
    BUSINESS = "business", gettext_noop("bedrijf")
    POSSIBLE_VICTIM = "possible_victim", gettext_noop("persoon (mogelijk slachtoffer)")
    POSSIBLE_OFFENDER = "possible_offender", gettext_noop("persoon (mogelijke dader)")
    MINOR = "minor", gettext_noop("minderjarige")
    SPECIAL = "special", gettext_noop("bijzondere gegevens (art. 9 AVG)")
    CRIMINAL_LAW = "criminal_law", gettext_noop("strafrechtelijke gegevens (art. 10 AVG)")
    POLICE_DATA = "police_data", gettext_noop("politiegegevens (Wpg)")
    MMA = "mma", gettext_noop("bericht van Meld Misdaad Anoniem")
    FINDING = "finding", gettext_noop("bevinding van een controle")
    STATUS = "status", gettext_noop("status of uitkomst")
    AGGREGATE = "aggregate", gettext_noop("telling")


class Recipient(Term):
    """Kinds of recipients of the sharing matrix."""

    SIGNALENOVERLEG = "signalenoverleg", gettext_noop("signalenoverleg")
    LOO = "loo", gettext_noop("Lokaal Overleg Ondermijning (LOO)")
    DEPARTMENT = "department", gettext_noop("andere afdeling")
    ENFORCEMENT = "enforcement", gettext_noop("toezicht en handhaving")
    TEAM_MENSENHANDEL = "team_mensenhandel", gettext_noop("Team Mensenhandel van de politie")
    POLICE = "police", gettext_noop("politie")
    RIEC = "riec", gettext_noop("RIEC")
    OM = "om", gettext_noop("Openbaar Ministerie")
    NLA = "nla", gettext_noop("Nederlandse Arbeidsinspectie")
    CARE = "care", gettext_noop("zorgpartij")
    VEILIG_THUIS = "veilig_thuis", gettext_noop("Veilig Thuis")
    OTHER_MUNICIPALITY = "other_municipality", gettext_noop("andere gemeente")
    REPORTER = "reporter", gettext_noop("melder")


class Purpose(Term):
    """What sharing is for; an empty purpose is refused."""

    ENRICH = "enrich", gettext_noop("nagaan of het mensenhandel is")
    DISCUSS = "discuss", gettext_noop("bespreken wat nodig is")
    INSPECT = "inspect", gettext_noop("controle voorbereiden")
    HAND_OVER = "hand_over", gettext_noop("overdragen aan wie bevoegd is")
    PROTECT = "protect", gettext_noop("iemand beschermen")
    FEEDBACK = "feedback", gettext_noop("terugkoppelen")


class SubjectKind(Term):
    """What a subject of a signal is."""

    PERSON = "person", gettext_noop("persoon")
    ADDRESS = "address", gettext_noop("adres")
    BUSINESS = "business", gettext_noop("bedrijf")
    VEHICLE = "vehicle", gettext_noop("voertuig")
    PHONE = "phone", gettext_noop("telefoon")
    WEBSITE = "website", gettext_noop("website")


class SubjectRole(Term):
    """The role of a subject in this signal only; a suspected role is never global."""

    POSSIBLE_VICTIM = "possible_victim", gettext_noop("mogelijk slachtoffer")
    POSSIBLE_OFFENDER = "possible_offender", gettext_noop("mogelijke dader")
    WITNESS = "witness", gettext_noop("getuige")
    PLACE = "place", gettext_noop("plaats")
    INVOLVED = "involved", gettext_noop("betrokken, rol onbekend")


class Check(Term):
    """Privacy checks of the model protocol (steps 3 and 4)."""

    ONE = "1", gettext_noop("Toets 1: welke bronnen mogen worden geraadpleegd")
    TWO_A = "2a", gettext_noop("Toets 2A: welke feiten mogen in het overleg")
    TWO_B = "2b", gettext_noop("Toets 2B: wat mag worden gedeeld voor de aanpak")


class Weighing(Term):
    """Weighings of the model protocol (steps 1 to 4)."""

    ONE = "1", gettext_noop("Weging 1: kan dit mensenhandel zijn?")
    TWO_A = "2a", gettext_noop("Weging 2A: is het een taak of bevoegdheid van de gemeente?")
    TWO_B = "2b", gettext_noop("Weging 2B: is het ons grondgebied?")
    THREE = "3", gettext_noop("Weging 3: is het concreet en recent, en past het bij de criteria?")
    FOUR = "4", gettext_noop("Weging 4: bevestigen de treffers genoeg?")
    FIVE = "5", gettext_noop("Weging 5: wat is nodig voor de aanpak?")


class Question(Term):
    """Questions answered on their own, beside the weighings: each needs a reason."""

    CONCRETE = "concrete", gettext_noop("Is het signaal concreet genoeg voor een controle?")
    STRONG_ENOUGH = "strong_enough", gettext_noop("Is het signaal sterk genoeg voor het LOO?")
    INTEGRAL_INTEREST = "integral_interest", gettext_noop("Is er een integraal belang?")
    AGAIN = "again", gettext_noop("Tweede signaal binnen een jaar: samen opnieuw gewogen?")


class MeetingKind(Term):
    """Series of meetings in the plan (§3.3.3, §3.3.4)."""

    SIGNALENOVERLEG = "signalenoverleg", gettext_noop("Signalenoverleg")
    LOO = "loo", gettext_noop("Lokaal Overleg Ondermijning (LOO)")
    STAF_VEILIGHEID = "staf_veiligheid", gettext_noop("Staf veiligheid")
    DRIEHOEK = "driehoek", gettext_noop("Driehoek")


class NoFeedback(Term):
    """Reasons to give no feedback; they do not lower the share answered in time."""

    ANONYMOUS = "anonymous", gettext_noop("de melder is anoniem")
    NOT_WANTED = "not_wanted", gettext_noop("de melder wil het niet")
    NOT_SAFE = "not_safe", gettext_noop("het is niet veilig")
    POSTPONED = "postponed", gettext_noop("uitgesteld op verzoek van OM of politie")
