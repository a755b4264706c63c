"""The kinds of activity, and what each of them asks and shows; every table here is total over the kinds."""

from __future__ import annotations

from meldroute.domain.plan.document import ProofKind
from meldroute.domain.term import Term, gettext_noop


class ActivityKind(Term):
    """What is done to make people alert."""

    TRAINING = "training", gettext_noop("training")
    THEME_EVENING = "theme_evening", gettext_noop("thema-avond")
    WEBINAR = "webinar", gettext_noop("webinar")
    LESSON = "lesson", gettext_noop("les op school")
    CAMPAIGN = "campaign", gettext_noop("campagne van Meld Misdaad Anoniem")
    SOCIAL_POST = "social_post", gettext_noop("bericht op sociale media")
    INTRANET = "intranet", gettext_noop("bericht op intranet")
    LEAFLET = "leaflet", gettext_noop("folders uitgedeeld")
    SPARRING = "sparring", gettext_noop("even sparren")


class ActivityState(Term):
    """Where an activity is."""

    PLANNED = "planned", gettext_noop("gepland")
    HELD = "held", gettext_noop("gehouden")
    CANCELLED = "cancelled", gettext_noop("gaat niet door")


class GroupKind(Term):
    """Whom it is for: a team of the municipality, or an organisation outside it."""

    TEAM = "team", gettext_noop("team van de gemeente")
    ORGANISATION = "organisation", gettext_noop("organisatie")


class Reach(Term):
    """How wide a campaign goes."""

    LOCAL = "local", gettext_noop("lokaal")
    REGIONAL = "regional", gettext_noop("regionaal")


class Language(Term):
    """In which language a leaflet is (plan R4.10 names the first three)."""

    UKRAINIAN = "uk", gettext_noop("Oekraïens")
    RUSSIAN = "ru", gettext_noop("Russisch")
    ENGLISH = "en", gettext_noop("Engels")
    DUTCH = "nl", gettext_noop("Nederlands")


K = ActivityKind
GATHERINGS = (K.TRAINING, K.THEME_EVENING, K.WEBINAR, K.LESSON)
"""People come together: there is a time, people take part and are counted."""
OPEN_TO_SIGN_UP = (K.TRAINING, K.THEME_EVENING, K.WEBINAR)
"""People can be invited by mail; children in a class never are."""
PROOF: dict[ActivityKind, ProofKind | None] = {
    K.TRAINING: ProofKind.TRAINING,
    K.THEME_EVENING: ProofKind.TRAINING,
    K.WEBINAR: ProofKind.TRAINING,
    K.LESSON: ProofKind.LESSON,
    K.CAMPAIGN: ProofKind.CAMPAIGN,
    K.SOCIAL_POST: ProofKind.CAMPAIGN,
    K.INTRANET: ProofKind.CAMPAIGN,
    K.LEAFLET: ProofKind.LEAFLET,
    K.SPARRING: None,  # a call of two minutes keeps no yearly promise
}
"""What a held activity shows in the plan."""
