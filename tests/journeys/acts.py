"""What people do on one signal, from triage to closed, through the pages and nothing else."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from journeys.walker import Walker, in_days, in_minutes

SUBJECT = "Zorgen over de keuken van een eetcafé"
SENDER = "zorgcoordinatie@hvo-querido.oefen.example"
MAIL = f"""From: HVO-Querido (oefening) <{SENDER}>
To: postbus-veiligheid@heemstede.oefen.example
Subject: =?utf-8?q?Zorgen_over_de_keuken_van_een_eetcaf=C3=A9?=
Date: Tue, 24 Nov 2026 03:00:00 +0000
Message-ID: <journey@hvo-querido.oefen.example>
X-Meldroute-Oefening: ja
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Goedemorgen,

Boven de keuken aan de Voorbeeldstraat 1 in Heemstede liggen vier matrassen. Personeel van het eetcafé slaapt daar.

Met vriendelijke groet,
Hanna de Graaf, zorgcoördinator
""".encode()
TOLD = "Vier matrassen in de ruimte boven de keuken"
FOUND = "Pand met een bovenwoning, één verblijfsobject"
SEEN = "Om twee uur 's nachts brandde er licht, drie mensen gingen naar boven"
WHY = "omdat de melding dat zo beschrijft (oefening)"


def done(page: Page, said: str) -> None:
    """The page says that it happened."""
    expect(page.locator(".mr-messages")).to_contain_text(said)


def now(page: Page) -> str:
    """What the card "Nu te doen" says."""
    return page.locator(".mr-now").inner_text()


def asked_now(page: Page, question: str) -> None:
    """The card "Nu te doen" asks this."""
    expect(page.locator(".mr-now__question")).to_have_text(question)


def do(page: Page, name: str) -> None:
    """Follow the one thing that the card "Nu te doen" offers, or another way it names."""
    page.locator(".mr-now").get_by_role("link", name=name, exact=True).click()


def triage(walk: Walker) -> Page:
    """The meldpunt registers the mail, after looking for danger and at the address; the receipt goes by mail."""
    page = walk.start("meldpunt")
    page.get_by_role("link", name="Naar de postbus").click()
    walk.look(page, "postbus")
    page.get_by_role("link", name=SUBJECT).click()
    walk.look(page, "mail")
    page.get_by_role("button", name="Registreer").click()
    walk.look(page, "mail-fout")
    expect(page.get_by_label("Straat")).to_have_value("Voorbeeldstraat")
    page.get_by_label("Ik heb gekeken of er nu gevaar is").check()
    page.get_by_label("Wat is er gezien of gehoord?").fill(TOLD)
    page.get_by_label("Gehoord van een ander").first.check()
    page.get_by_label("Bron (niet verplicht)").fill("zorgpartij, via een cliënt")
    page.get_by_label("Arbeidsuitbuiting").check()
    page.get_by_label("Branche").fill("horeca")
    page.get_by_label("Ik zag het adres: mailen is veilig").check()
    page.get_by_role("button", name="Registreer").click()
    done(page, "Geregistreerd als HS-")
    walk.look(page, "dossier-geregistreerd")
    page.get_by_role("button", name="Nee, niemand").click()
    return page


def weighed(walk: Walker, page: Page, code: str) -> None:
    """Answer every question of a weighing that decides with yes and a reason; `page` is on its form."""
    walk.look(page, f"weging-{code}")
    for yes in page.get_by_role("radio", name="ja", exact=True).all():
        yes.check()
    for reason in page.get_by_label("Waarom?").all():
        reason.fill(WHY)
    page.get_by_role("button", name="Leg de weging vast").click()
    done(page, "Weging vastgelegd")


def decided(walk: Walker, page: Page, name: str, reason: str = "") -> None:
    """Record the decision that the page is about."""
    walk.look(page, f"besluit-{name}")
    if reason:
        page.get_by_label("Waarom").fill(reason)
    page.get_by_role("button", name="Leg het besluit vast").click()
    done(page, "Besluit vastgelegd")


def taken_up(walk: Walker, page: Page) -> None:
    """Weighings 1, 2A and 2B, then take up, then weighing 3."""
    for code in ("1", "2A", "2B"):
        asked_now(page, "Is dit iets voor ons?")
        do(page, f"Beantwoord weging {code}")
        weighed(walk, page, code)
    do(page, "In behandeling nemen en verrijken")
    decided(walk, page, "in-behandeling")
    do(page, "Beantwoord weging 3")
    weighed(walk, page, "3")
    walk.look(page, "dossier-verrijken")
    asked_now(page, "Mag u systemen raadplegen?")


def check_asked(walk: Walker, page: Page, code: str, *parts: str) -> None:
    """The meldpunt asks a privacy check about these sources or facts; `page` is on its form."""
    walk.look(page, f"toets-{code}-vragen")
    for part in parts:
        page.get_by_label(part).check()
    page.get_by_label("Waarom is dit nodig?").fill("Zonder dit kan er niet worden gekozen (oefening)")
    page.get_by_role("button", name="Vraag de toets").click()
    done(page, "De toets is gevraagd")


def check_settled(walk: Walker, code: str) -> None:
    """The privacy officer advises, the process owner decides; both find it on their start page."""
    for who in ("privacy", "proceseigenaar"):
        page = walk.start(who)
        page.get_by_role("link", name=re.compile(f"over toets {code}")).click()
        walk.look(page, f"toets-{code}-{who}")
        page.get_by_role("radio", name="Ja, voor wat").check()
        page.get_by_label("Waarom?").fill(WHY)
        page.get_by_role("button", name="Leg vast").click()
        done(page, "is vastgelegd")
        walk.look(page, f"wachtend-{who}")


def source_asked(walk: Walker, page: Page) -> None:
    """One source: is there a hit, why must the content be seen, what does it say."""
    do(page, "Naar de bronnen")
    walk.look(page, "bronnen")
    page.get_by_role("link", name="Vraag of er een treffer is").click()
    walk.look(page, "bron-vragen")
    page.get_by_label("Wat wilt u weten?").fill("Staat er een woning boven?")
    page.get_by_role("button", name="Leg de vraag vast").click()
    walk.look(page, "bron-treffer")
    page.get_by_role("radio", name="treffer", exact=True).check()
    page.get_by_role("button", name="Leg vast").click()
    page.get_by_label("Waarom moet u de inhoud zien?").fill("Om te weten of er iemand mag wonen")
    page.get_by_role("button", name="Leg vast").click()
    walk.look(page, "bron-inhoud")
    page.get_by_label("Wat staat er in de bron?").fill(FOUND)
    page.get_by_role("button", name="Leg vast").click()
    done(page, "feit in het dossier")


def begun(walk: Walker, page: Page, series: str, *there: str) -> str:
    """The chair moves the coming meeting to now, begins it and ticks who is there; gives its address."""
    walk.menu(page, "Overleg")
    walk.look(page, "overleg-lijst")
    page.get_by_role("link", name=re.compile(f"^{series}, ")).first.click()
    walk.look(page, f"overleg-komt-{series}")
    page.get_by_role("link", name="Verplaats dit overleg").click()
    walk.look(page, "overleg-verplaatsen")
    moment = in_minutes(3)
    page.get_by_label("Nieuwe dag").fill(moment.date().isoformat())
    page.get_by_label("Begintijd").fill(moment.strftime("%H:%M"))
    page.get_by_role("button", name="Verplaats").click()
    address = page.url
    page.get_by_role("button", name="Begin het overleg").click()
    done(page, "Het overleg is begonnen")
    for name in there:
        page.get_by_label(name).check()
    page.get_by_role("button", name="Leg vast wie er is").click()
    walk.look(page, f"overleg-bezig-{series}")
    return address


def released(walk: Walker, page: Page, name: str) -> str:
    """To the first item; what check 2A allows opens to those present. Gives its address."""
    page.get_by_role("link", name="Ga naar punt 1").click()
    walk.look(page, f"punt-dicht-{name}")
    page.get_by_role("button", name="Geef vrij wat toets 2A toestaat").click()
    walk.look(page, f"punt-{name}")
    return page.url


def more_wanted(walk: Walker, page: Page) -> None:
    """The outcome "Meer informatie nodig": a reason, and who does what, by when."""
    page.get_by_role("radio", name="Meer informatie nodig").check()
    page.get_by_label("Waarom (verplicht)", exact=True).fill("Eerst zien of er 's nachts mensen zijn")
    page.get_by_role("button", name="Leg vast en ga naar de agenda").click()
    expect(page.get_by_label("Waarom (verplicht)", exact=True)).to_have_value("Eerst zien of er 's nachts mensen zijn")
    walk.look(page, "punt-fout")
    page.get_by_label("Wat moet er gebeuren?").fill("Brandt er 's nachts licht boven de keuken?")
    page.get_by_label("Waar?").fill("Voorbeeldstraat 1, Heemstede")
    page.get_by_label("Wie doet dit?").select_option(label="Kees Jansen")
    page.get_by_label("Uiterlijk wanneer?").fill(in_days(7))
    page.get_by_role("button", name="Leg vast en ga naar de agenda").click()
    done(page, "Vastgelegd: Meer informatie nodig")


def closed_meeting(walk: Walker, page: Page, series: str) -> None:
    """The chair closes; everything shuts for those present."""
    page.get_by_role("button", name="Sluit het overleg").click()
    done(page, "Het overleg is gesloten")
    walk.look(page, f"overleg-klaar-{series}")


def task_answered(walk: Walker) -> None:
    """A handhaver answers on the phone, and never sees the signal."""
    page = walk.start("handhaver")
    page.get_by_role("link", name="Taak: ter plaatse kijken").click()
    walk.look(page, "taak")
    expect(page.locator("main")).not_to_contain_text("HS-")
    page.get_by_label("Wat zag of hoorde u?").fill(SEEN)
    page.get_by_label("toezichthouder (Awb)").check()
    page.get_by_label("Op welke dag?").fill(in_days(0))
    page.get_by_role("button", name="Stuur uw antwoord").click()
    done(page, "Uw antwoord is bij het meldpunt")
    walk.look(page, "taken")


def to_the_loo(walk: Walker, page: Page) -> None:
    """Strong enough, of integral interest, check 2B for the LOO, the decision, and check 2A for that table."""
    for question in ("Is het signaal sterk genoeg voor het LOO?", "Is er een integraal belang?"):
        page.get_by_role("link", name="Wegingen", exact=True).click()
        walk.look(page, "wegingen")
        page.get_by_role("link", name=question).click()
        weighed(walk, page, question.split()[-1].strip("?"))
    page.get_by_role("link", name="Kies een besluit").click()
    walk.look(page, "besluiten")
    expect(page.get_by_role("radio", name="Naar het LOO")).to_be_disabled()
    page.get_by_role("link", name="Vraag een privacytoets").click()
    walk.look(page, "toetsen")
    page.get_by_role("link", name="Toets 2B").click()
    walk.look(page, "toets-2B-voor-wie")
    page.get_by_role("link", name="Lokaal Overleg Ondermijning (LOO)").click()
    check_asked(walk, page, "2B", FOUND, SEEN)
    check_settled(walk, "2B")
    page.reload()
    page.get_by_role("link", name="Kies een besluit").click()
    page.get_by_role("radio", name="Naar het LOO").check()
    page.get_by_role("button", name="Verder").click()
    decided(walk, page, "naar-loo", "Wonen en werken komen samen; de gemeente kan dit niet alleen")
    do(page, "Vraag toets 2A")
    check_asked(walk, page, "2A-loo", FOUND, SEEN)
    check_settled(walk, "2A")


def not_confirmed(walk: Walker, page: Page) -> None:
    """The outcome of the LOO."""
    page.get_by_role("radio", name="Niet bevestigd").check()
    page.get_by_label("Waarom (verplicht)", exact=True).fill("Samen bekeken: niets wijst op dwang")
    page.get_by_role("button", name="Leg vast en ga naar de agenda").click()
    done(page, "Vastgelegd: Niet bevestigd")


def answered(walk: Walker, page: Page) -> None:
    """A text that reveals something is refused, the proposed one goes; then the signal is closed."""
    asked_now(page, "Wat hoort de melder?")
    do(page, "Terugkoppelen")
    walk.look(page, "terugkoppelen")
    page.get_by_label("Tekst").fill("Beste Hanna,\n\nWij keken in de Voorbeeldstraat 1. Bel 06 12 34 56 78.\n")
    page.get_by_label("Per mail").check()
    page.get_by_role("button", name="Verstuur").click()
    walk.look(page, "terugkoppelen-verraadt")
    expect(page.locator("mark")).to_have_text(["Voorbeeldstraat 1", "06 12 34 56 78"])
    expect(page.get_by_role("button", name="Verstuur")).to_have_count(0)
    page.get_by_role("button", name="Neem de voorgestelde tekst").click()
    page.get_by_label("Per mail").check()
    page.get_by_role("button", name="Controleer").click()
    walk.look(page, "terugkoppelen-schoon")
    page.get_by_role("button", name="Verstuur").click()
    done(page, "u kunt het signaal sluiten")
    do(page, "Terugkoppeling afgerond, signaal sluiten")
    decided(walk, page, "sluiten")
    walk.look(page, "dossier-gesloten")
