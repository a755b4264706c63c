"""The help texts."""

OVERVIEW = """\
meldroute: de route van een signaal van mensenhandel in een gemeente

Gebruik: ./meldroute OPDRACHT [opties]

Aan de slag
  run             start alles: database, webserver en worker. Ctrl-C stopt alles
  walkthrough     laat één echte mail alle zes stappen lopen en vertel wat er gebeurt

Dagelijks werk
  fetch-mail      haal de post op uit de postbus van het meldpunt
  mail-ledger     toon wat er met elke binnengekomen mail is gebeurd
  verify-journal  controleer of het journaal nog klopt
  plan            uitvoeringsplan inlezen, controleren of wegschrijven
  estimate        schat hoeveel er niet wordt gezien, uit overlappende lijsten
  manage          een beheeropdracht van Django, bijvoorbeeld: manage check

Voor ontwikkelaars
  test            zet alles klaar en draai alle tests
  check           stijl, typen, lagen en migraties nalopen
  bench           snelheid en geheugen meten
  prove           lange proeven die te traag zijn voor de tests
  pictures        maak de afbeeldingen van README en handleidingen opnieuw

Meer over een opdracht: ./meldroute OPDRACHT --help
Met --empty vóór of achter de opdracht werkt u in de echte, lege installatie in plaats van in de oefening.
Instellingen gaan via de omgeving; de lijst staat in docs/operations/settings.md.
"""

COMMANDS = {
    "run": """\
Gebruik: ./meldroute run [--empty] [--port N]

Start meldroute op deze machine: maakt zo nodig de Python-omgeving, de database en de oefengegevens, en start
dan de webserver, de worker en (in de oefening) een mailserver die niets verstuurt. Daarna staat er op het
scherm welk adres u opent, welke oefenaccounts er zijn en waar u een .eml neerzet om die te zien binnenkomen.

  --empty    een echte, lege installatie: geen oefengegevens, een tweede factor is verplicht, en twee mensen maken
             elk met een eigen adres de eerste twee accounts. Staat los van de oefening.
  --port N   luister op poort N. Anders: 8000, of de eerste vrije daarna.

Ctrl-C stopt alles netjes. Uw gegevens blijven; de tweede keer start meldroute binnen enkele seconden.
Voor echt gebruik, met een eigen database en TLS: docs/howto/production.md
""",
    "test": """\
Gebruik: ./meldroute test [opties en bestanden voor pytest]

Zet alles klaar wat de tests nodig hebben (ook chromium, dovecot en clamd, als dat mag) en draait ze allemaal op twee
kernen, tegen een eigen wegwerpdatabase. Ontbreekt er een programma, dan staat bij het resultaat hoeveel tests
daardoor zijn overgeslagen. De laatste regel is de samenvatting van pytest.

  ./meldroute test tests/domain -k werkdag     alleen een deel
""",
    "check": """\
Gebruik: ./meldroute check

Loopt stijl, typen, lagen, instellingen, migraties en sjablonen na. Eén regel per controle; bij een fout staat
erbij wat er mis is. Code 0 als alles goed is.
""",
    "bench": """\
Gebruik: ./meldroute bench [NAAM] [opties] | ./meldroute bench --list

Meet snelheid en geheugen, alles of één onderdeel, in een eigen database. --list toont de onderdelen.
""",
    "prove": """\
Gebruik: ./meldroute prove [NAAM] [opties] | ./meldroute prove --list

Draait lange proeven (veel mails, veel onderbrekingen, veel rijen) die te traag zijn voor de gewone tests.
--list toont de proeven.
""",
    "pictures": """\
Gebruik: ./meldroute pictures [--only NAAM]

Maakt docs/pictures/*.png opnieuw: opent de oefengegevens in een eigen wegwerpdatabase met Chromium en legt de
schermen vast die in README en handleidingen staan. Elke afbeelding is hooguit 150 KB.
""",
    "walkthrough": """\
Gebruik: ./meldroute walkthrough [--json]

Maakt een nieuwe mail, laat die in de oefeninstallatie binnenkomen en voert de melding als elke rol door alle
zes stappen, tot een terugkoppeling door een echte mailserver is ontvangen. Vertelt bij elke stap wat er
gebeurde en waar u dat ziet.

  --json     sluit af met één regel JSON: kenmerk, stand na elke stap, aantal journaalregels, Message-ID
""",
    "fetch-mail": """\
Gebruik: ./meldroute fetch-mail [--once] [--json]

Haalt de post op uit de postbus van MELDROUTE_MAILBOX. Elke mail wordt eerst bewaard en pas daarna gelezen;
niets raakt kwijt en niets komt dubbel binnen.

  --once     één keer, en dan stoppen
  --json     print {"seen", "stored", "duplicates", "needs_hand", "left"}
""",
    "mail-ledger": """\
Gebruik: ./meldroute mail-ledger [--json] | ./meldroute mail-ledger --raw SHA256

Toont elke binnengekomen mail: de SHA-256 van de bytes, wanneer die kwam en wat ermee is gebeurd.

  --json         als JSON
  --raw SHA256   geef de bytes van die ene mail terug op stdout (wordt in het journaal gezet)
""",
    "plan": """\
Gebruik: ./meldroute plan check|import BESTAND | ./meldroute plan export BESTAND

Een uitvoeringsplan als bestand; de opzet staat in docs/plan-format.md. Een fout noemt regel en veld en verandert
niets.

  check BESTAND    lees het na; er wordt niets bewaard
  import BESTAND   neem het plan over voor de gemeente die erin staat. Bestaat het al, dan wordt het een nieuwe versie
  export BESTAND   schrijf het plan dat wordt gevolgd weg; - is de uitvoer

  --followed-from JJJJ-MM-DD   sinds wanneer u het plan volgt (import; anders vandaag). Wat daarvoor lag
                               is nooit te laat
  --municipality NAAM          welke gemeente (export, als er meer zijn)
  --plan ID                    welk plan (export, als er meer zijn)
""",
    "verify-journal": """\
Gebruik: ./meldroute verify-journal [--json] [--head PAD] | ./meldroute verify-journal --public-key

Rekent het journaal na. Noemt de eerste regel die niet klopt. Code 0 als alles klopt, anders 1.

  --json        als JSON
  --head PAD    vergelijk ook met een ondertekende kop die elders is bewaard: een bestand, of een map vol (heel pad)
  --public-key  de openbare sleutel waarmee een ander de koppen controleert
""",
    "manage": """\
Gebruik: ./meldroute manage OPDRACHT [opties]

Voert een beheeropdracht van Django uit in de oefeninstallatie (of met --empty ervoor: in de echte).
  ./meldroute manage help                alle opdrachten
  ./meldroute --empty manage check       in de echte installatie
""",
}
