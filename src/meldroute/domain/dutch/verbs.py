"""Dutch strong and irregular verbs: facts of the language, written for this purpose; not policy.

One line per verb: infinitive, past singular, past plural, participle, and further forms where they differ.
"""

from __future__ import annotations

from meldroute.domain.dutch.lists import words_of

_STRONG = """
bedriegen bedroog bedrogen bedrogen
beginnen begon begonnen begonnen
bergen borg borgen geborgen
bevelen beval bevalen bevolen
bewegen bewoog bewogen bewogen
bidden bad baden gebeden
bieden bood boden geboden
bijten beet beten gebeten
binden bond bonden gebonden
blijken bleek bleken gebleken
blijven bleef bleven gebleven
breken brak braken gebroken
brengen bracht brachten gebracht
buigen boog bogen gebogen
denken dacht dachten gedacht
doen deed deden gedaan doet
dragen droeg droegen gedragen
drijven dreef dreven gedreven
dringen drong drongen gedrongen
drinken dronk dronken gedronken
duiken dook doken gedoken
dwingen dwong dwongen gedwongen
eten at aten gegeten
fluiten floot floten gefloten
gaan ging gingen gegaan gaat
genezen genas genazen genezen
geven gaf gaven gegeven
gieten goot goten gegoten
glijden gleed gleden gegleden
grijpen greep grepen gegrepen
hangen hing hingen gehangen
hebben had hadden gehad heeft heb
helpen hielp hielpen geholpen
houden hield hielden gehouden
jagen joeg joegen gejaagd
kiezen koos kozen gekozen
kijken keek keken gekeken
klimmen klom klommen geklommen
klinken klonk klonken geklonken
knijpen kneep knepen geknepen
komen kwam kwamen gekomen komt
kopen kocht kochten gekocht
krijgen kreeg kregen gekregen
kruipen kroop kropen gekropen
kunnen kon konden gekund kan
laten liet lieten gelaten
lezen las lazen gelezen
liegen loog logen gelogen
liggen lag lagen gelegen
lijden leed leden geleden
lijken leek leken geleken
lopen liep liepen gelopen
meten mat maten gemeten
moeten moest moesten gemoeten
mogen mocht mochten gemogen mag
nemen nam namen genomen
rijden reed reden gereden rijdt rijd
roepen riep riepen geroepen
ruiken rook roken geroken
schelden schold scholden gescholden
schenken schonk schonken geschonken
schieten schoot schoten geschoten
schijnen scheen schenen geschenen
schrijven schreef schreven geschreven
schrikken schrok schrokken geschrokken
schuiven schoof schoven geschoven
slaan sloeg sloegen geslagen slaat
slapen sliep sliepen geslapen slaapt
sluipen sloop slopen geslopen
sluiten sloot sloten gesloten
smijten smeet smeten gesmeten
snijden sneed sneden gesneden
spreken sprak spraken gesproken
springen sprong sprongen gesprongen
staan stond stonden gestaan staat
steken stak staken gestoken
stelen stal stalen gestolen steelt
sterven stierf stierven gestorven
stijgen steeg stegen gestegen
strijden streed streden gestreden
treden trad traden getreden
treffen trof troffen getroffen
trekken trok trokken getrokken
vallen viel vielen gevallen
vangen ving vingen gevangen
varen voer voeren gevaren
vechten vocht vochten gevochten
verbergen verborg verborgen verborgen
verdwijnen verdween verdwenen verdwenen
vergeten vergat vergaten vergeten
verliezen verloor verloren verloren
vinden vond vonden gevonden
vliegen vloog vlogen gevlogen
vragen vroeg vroegen gevraagd
wassen waste wasten gewassen
werpen wierp wierpen geworpen
weten wist wisten geweten weet
wijzen wees wezen gewezen
winnen won wonnen gewonnen
worden werd werden geworden wordt
zeggen zei zeiden gezegd zegt
zenden zond zonden gezonden
zien zag zagen gezien ziet
zingen zong zongen gezongen
zitten zat zaten gezeten zit
zoeken zocht zochten gezocht
zwemmen zwom zwommen gezwommen
zwijgen zweeg zwegen gezwegen
zijn was waren geweest is
"""
_UNSTRESSED = ("be", "ver", "ont", "her", "ge", "mis")
PARTICLES = words_of("""
aan achter achterna af binnen bij buiten door heen in langs los mee mede na neer om omver onder op over rond samen
tegen terug toe uit vast voor voort vooruit vrij weg bijeen dicht dood plat schoon stil dwars klem thuis
""")


def _by_form() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _STRONG.split("\n"):
        infinitive, *forms = line.split() or [""]
        for form in {infinitive, *forms} - {""}:
            found[form] = (*found.get(form, ()), infinitive)
    return found


FORMS = _by_form()


def strong(word: str) -> tuple[str, ...]:
    """The infinitives of which `word` is a form of a strong verb, with its prefix: opgesloten → opsluiten."""
    if word in FORMS:
        return FORMS[word]
    found = [
        prefix + infinitive
        for prefix in sorted(PARTICLES)
        if word.startswith(prefix)
        for infinitive in FORMS.get(word.removeprefix(prefix), ())
    ]
    found += [
        prefix + infinitive
        for prefix in _UNSTRESSED
        if word.startswith(prefix)
        for rest in (word.removeprefix(prefix), "ge" + word.removeprefix(prefix))
        for infinitive in FORMS.get(rest, ())
    ]
    return tuple(dict.fromkeys(found))
