"""What a person reads when a mailbox cannot be read."""

from __future__ import annotations

from ...domain.term import gettext_noop

GONE = gettext_noop("De verbinding met de postbus viel weg. Er is niets kwijt; het wordt straks opnieuw geprobeerd.")
UNREACHABLE = gettext_noop("De mailserver %(host)s is niet te bereiken.")
CERTIFICATE = gettext_noop("Het certificaat van de mailserver %(host)s klopt niet.")
NO_STARTTLS = gettext_noop("De mailserver %(host)s biedt geen versleuteling aan.")
LOGIN = gettext_noop("De mailserver %(host)s weigert de gebruikersnaam of het wachtwoord.")
FOLDER = gettext_noop("De map %(folder)s bestaat niet in de postbus of mag niet worden gelezen.")
NO_DIRECTORY = gettext_noop("De map met mail bestaat niet: %(path)s.")
DIRECTORY = gettext_noop("De map met mail kan niet worden gelezen: %(path)s.")
