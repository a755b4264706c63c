"""What can be decided about a signal, what can happen beside it, and what each of these asks."""

from __future__ import annotations

from ..term import Term, gettext_noop


class Decision(Term):
    """A decision moves a signal (or keeps it where it is on purpose). Never edited, only followed."""

    REGISTER = "register", gettext_noop("Registreren als signaal")
    OTHER_SIGNAL = "other_signal", gettext_noop("Ander ondermijningssignaal")
    NO_SIGNAL = "no_signal", gettext_noop("Geen signaal")
    TAKE_UP = "take_up", gettext_noop("In behandeling nemen en verrijken")
    AGENDA_WITHOUT_SOURCES = "agenda_without_sources", gettext_noop("Naar signalenoverleg zonder bronnen")
    TO_AGENDA = "to_agenda", gettext_noop("Naar signalenoverleg")
    MORE_INFORMATION = "more_information", gettext_noop("Meer informatie nodig")
    INSPECTION = "inspection", gettext_noop("(Integrale) controle")
    FINDINGS_RECORDED = (
        "findings_recorded",
        gettext_noop("Bevindingen vastgelegd, terug naar signalenoverleg"),
    )
    TO_LOO = "to_loo", gettext_noop("Naar het LOO")
    BACK_TO_SIGNALENOVERLEG = "back_to_signalenoverleg", gettext_noop("Terug naar signalenoverleg")
    NEXT_LOO = "next_loo", gettext_noop("Volgend LOO")
    OTHER_DEPARTMENT = "other_department", gettext_noop("Andere afdeling")
    OTHER_AUTHORITY = "other_authority", gettext_noop("Andere instantie of gemeente")
    SOMETHING_ELSE = "something_else", gettext_noop("Geen mensenhandel, wel iets anders")
    NOT_TAKEN_UP = "not_taken_up", gettext_noop("Niet in behandeling nemen")
    NOT_CONFIRMED = "not_confirmed", gettext_noop("Niet bevestigd")
    INTERVENTION = "intervention", gettext_noop("Interventie")
    RIEC_CASE = "riec_case", gettext_noop("RIEC-casus")
    POLICE_CASE = "police_case", gettext_noop("Politie pakt het strafrechtelijk op")
    FOLLOW_UP = "follow_up", gettext_noop("Volgen tot een nieuwe datum")
    MONITORING_DONE = "monitoring_done", gettext_noop("Klaar met volgen, nu terugkoppelen")
    HOLD = "hold", gettext_noop("Aanhouden op verzoek van OM of politie")
    KEEP_ON_HOLD = "keep_on_hold", gettext_noop("Langer aanhouden")
    RELEASE_HOLD = "release_hold", gettext_noop("Weer verder gaan")
    FEEDBACK_DONE = "feedback_done", gettext_noop("Terugkoppeling afgerond, signaal sluiten")
    REOPEN = "reopen", gettext_noop("Heropenen als nieuwe ronde")


class Event(Term):
    """Something that happens beside the route: it never moves the signal."""

    ACUTE_DANGER_SHARED = "acute_danger_shared", gettext_noop("Bij acuut gevaar direct gedeeld")
    DANGER_ACCOUNTED = "danger_accounted", gettext_noop("Delen bij acuut gevaar verantwoord")
    HAND_OVER_TEAM_MENSENHANDEL = (
        "hand_over_team_mensenhandel",
        gettext_noop("Overgedragen aan Team Mensenhandel van de politie"),
    )
    HAND_OVER_VEILIG_THUIS = "hand_over_veilig_thuis", gettext_noop("Gemeld bij Veilig Thuis")
    WEIGH = "weigh", gettext_noop("Weging beantwoord")
    ASK_CHECK = "ask_check", gettext_noop("Privacytoets gevraagd")
    ADVISE_CHECK = "advise_check", gettext_noop("Advies over privacytoets gegeven")
    DECIDE_CHECK = "decide_check", gettext_noop("Over privacytoets besloten")
    ASK_SOURCE = "ask_source", gettext_noop("Bron gevraagd: treffer of geen treffer")
    OPEN_SOURCE = "open_source", gettext_noop("Inhoud van een treffer bekeken")
    RELEASE_FACTS = "release_facts", gettext_noop("Feiten vrijgegeven voor overleg of ontvanger")
    INTERIM_FEEDBACK = "interim_feedback", gettext_noop("Tussenbericht aan de melder")
    GIVE_FEEDBACK = "give_feedback", gettext_noop("Terugkoppeling gegeven")
    FOLLOW_UP_ADDED = "follow_up_added", gettext_noop("Vervolg toegevoegd (handhaving, resultaat RIEC)")


class Gate(Term):
    """What must be answered before a decision is possible; the label is the question that people see."""

    URGENCY = "urgency", gettext_noop("Is gevraagd of er nu gevaar is, of iemand jonger is dan 18?")
    WEIGHED_FIRST = "weighed_first", gettext_noop("Weging 1, 2A en 2B beantwoord, elk met een reden")
    TAKEN_UP = "taken_up", gettext_noop("Kan het mensenhandel zijn, is het onze taak en ons grondgebied?")
    WEIGHED_AGAIN = "weighed_again", gettext_noop("Tweede signaal binnen een jaar: samen opnieuw gewogen")
    WEIGHED_3 = "weighed_3", gettext_noop("Weging 3 beantwoord met een reden")
    CONCRETE_AND_RECENT = "concrete_and_recent", gettext_noop("Concreet, recent en passend bij de criteria")
    WEIGHED_4 = "weighed_4", gettext_noop("Weging 4 beantwoord met een reden")
    CHECK_1 = "check_1", gettext_noop("Toets 1: deze bron mag worden geraadpleegd")
    HIT = "hit", gettext_noop("De bron gaf een treffer")
    CHECK_2A = "check_2a", gettext_noop("Toets 2A: besloten welke feiten in dit overleg mogen")
    CHECK_2B = "check_2b", gettext_noop("Toets 2B: delen voor deze aanpak mag")
    RELEASE = "release", gettext_noop("De toetsen voor deze ontvanger zijn gedaan")
    CONCRETE = "concrete", gettext_noop("Concreet genoeg voor een controle")
    FINDINGS = "findings", gettext_noop("Bevindingen van de controle vastgelegd")
    STRONG_ENOUGH = "strong_enough", gettext_noop("Sterk genoeg voor het LOO")
    INTEGRAL_INTEREST = "integral_interest", gettext_noop("Er is een integraal belang")
    TASKS_DONE = "tasks_done", gettext_noop("Geen open taken meer")
    FEEDBACK = "feedback", gettext_noop("Teruggekoppeld, of een reden waarom niet")
    ADVISED = "advised", gettext_noop("De privacyadviseur heeft geadviseerd")
    NOT_REPORTER = "not_reporter", gettext_noop("Niet zelf de melder van dit signaal")
    NOT_HANDLER = "not_handler", gettext_noop("Niet zelf de behandelaar van dit signaal")
    NOT_ADVISER = "not_adviser", gettext_noop("Niet zelf de adviseur over dit signaal")
    NOT_CHECKER = "not_checker", gettext_noop("Niet zelf adviseur of beslisser bij een privacytoets")


class Need(Term):
    """What must come along with a decision."""

    REASON = "reason", gettext_noop("een reden")
    FOLLOW_UP = "follow_up", gettext_noop("een vervolg: taak, eigenaar en datum")
    RECIPIENT = "recipient", gettext_noop("een ontvanger")
    REVIEW_DATE = "review_date", gettext_noop("een datum om opnieuw te kijken")
    REQUESTER = "requester", gettext_noop("wie erom vroeg")


class Told(Term):
    """Who hears of it, through their own page or the outbox; never more than that something waits."""

    REPORTER = "reporter", gettext_noop("melder")
    MELDPUNT = "meldpunt", gettext_noop("meldpunt")
    TASK_OWNER = "task_owner", gettext_noop("eigenaar van de taak")
    MEETING = "meeting", gettext_noop("agenda van het overleg")
    RECIPIENT = "recipient", gettext_noop("ontvanger")
    PRIVACY_OFFICER = "privacy_officer", gettext_noop("privacyadviseur")
    PROCESS_OWNER = "process_owner", gettext_noop("proceseigenaar")
    FG = "fg", gettext_noop("functionaris gegevensbescherming")
