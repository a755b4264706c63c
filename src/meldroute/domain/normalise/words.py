"""Dutch words that the normaliser has to know. Facts of the language, written for this purpose; not policy."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a block of text: a long list that a person can read and edit."""
    return tuple(text.split())


# Tussenvoegsels and the particles that work like one in names from elsewhere.
INFIXES = frozenset(
    words_of("""
van de den der het t ten ter te in op aan bij uit over onder voor tot von zu zum zur du des la le les lo da dos
das do di del della el al bin ben bint ibn abu ait s vd vander vanden vande
""")
)
# Words by which speech writes a sign in a mail address or a host.
SPOKEN_SIGNS = frozenset(
    words_of("""
at apenstaart apenstaartje punt dot streepje min underscore liggend laag
""")
)
TITLES = frozenset(
    words_of("""
heer dhr hr meneer mijnheer mevrouw mevr mw mej juffrouw familie fam gezin echtpaar weduwe wed gebroeders gebr
broer zus zusje broertje zoon dochter oom tante dr drs mr ir ing prof agent collega wethouder buurman buurvrouw
rechercheur inspecteur wijkagent handhaver patron mvr mevrouws
""")
)
NAME_LABELS = frozenset(
    words_of("""
naam achternaam voornaam heet heette heten genaamd geheten roepnaam alias bijgenaamd
""")
)
# What people do: a bare word before one of these is somebody, also at the start of a sentence.
PERSON_VERBS = frozenset(
    words_of("""
heeft had zegt zei woont woonde werkt werkte belde belt mailde mailt vertelde vertelt verklaarde verklaart kwam
komt gaat ging wil wilde kan kon weet wist ziet zag huurt huurde verhuurt krijgt kreeg vroeg vraagt meldde meldt
ontkent ontkende verhuist verhuisde vertrok bevestigde bevestigt reageerde reageert praatte praat sprak
""")
)
MONTHS = (
    ("januari", "jan"), ("februari", "feb"), ("maart", "mrt"), ("april", "apr"), ("mei",), ("juni", "jun"),
    ("juli", "jul"), ("augustus", "aug"), ("september", "sep", "sept"), ("oktober", "okt"), ("november", "nov"),
    ("december", "dec"),
)  # fmt: skip

_UNITS = words_of("""
nul een twee drie vier vijf zes zeven acht negen
""")
_TEENS = words_of("""
tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien
""")
_TENS = words_of("""
twintig dertig veertig vijftig zestig zeventig tachtig negentig
""")


def _number_words() -> dict[str, str]:
    words = {word: str(value) for value, word in enumerate(_UNITS + _TEENS)}
    for ten, word in enumerate(_TENS, start=2):
        words[word] = str(ten * 10)
        words |= {f"{unit}en{word}": str(ten * 10 + value) for value, unit in enumerate(_UNITS) if value}
    return words


NUMBER_WORDS = _number_words()

# Adjectives that are surnames too.
ADJECTIVES = frozenset(
    words_of("""
wit witte zwart zwarte groen groene rood rode blauw blauwe bruin bruine grijs grijze geel gele bont bonte jong
jonge oud oude nieuw nieuwe groot grote klein kleine lang lange kort korte dik dikke dun dunne sterk sterke zwak
goed goede best beste kwaad kwade vrolijk blij stil stille snel snelle rijk rijke arm arme wijs wijze slim dom
mooi mooie fijn fijne recht rechte krom kromme rond ronde scherp hard harde zacht zachte warm warme koud koude
heet hete nat natte droog droge vol volle leeg open vrij vrije dood dode licht lichte donker donkere hoog hoge
laag lage breed brede smal smalle zoet zoete zuur bitter wild wilde trouw vroeg laat late gauw gouden zilveren
edel vroom kaal kale lief lieve zuiver heilig heilige schoon schone
""")
)
# Nouns and other everyday words that are also somebody's surname or given name, or part of a business name.
_NOUNS = words_of("""
bakker slager visser boer smid smit kok mulder molenaar brouwer kuiper timmerman schilder schipper koster
meester meesters schrijver snijder kapper post bode ruiter jager herder koning prins prinses graaf hertog keizer
bisschop ridder monnik paus engel wever metselaar dekker drost schout burger bouwman huisman hofman akkerman
zeeman koopman kramer tuinman veerman buurman voerman bergman maas rijn berg bergen dal dijk dijken dam brug
kerk huis huizen hof poort meer vliet beek ven duin heide heijde zand steen stenen veld velden bos bosch boom
bomen bloem bloemen roos rozen tak blad gras akker weide tuin put bron water zee strand haven kade kamp molen
toren kasteel stad dorp plein markt straat laan weg pad park muur deur venster raam zaal school vos haan kip kat
hond wolf leeuw beer vink mus spreeuw kraai raaf valk arend zwaan gans eend haas konijn mol das bever otter
snoek baars karper haring vis paard schaap bok os stier winter zomer herfst lente maandag dinsdag woensdag
donderdag vrijdag zaterdag zondag mei april noord zuid oost west hoek einde begin kraan ketel pot pan mes vork
lepel klok bel kroon ster zon maan regen wind storm sneeuw vorst hagel donder mark wil jet fleur iris merel
linde linden joy hoop sterre madelief bo do ties bas max mees pien robin amber jasmijn hazel ben bloei vlinder
star rein faas roer boot schip zeil anker mast touw kabel draad naald schaar hamer spijker bijl zwaard schild
speer pijl boog goud zilver koper ijzer staal lood tin parel diamant kaars lamp vuur vlam as rook stoom brand
bruid bos gast waard vriend vrienden vreugde vrede liefde geluk moed kracht geduld rust genade zegen wens droom
hart hand voet hoofd oog oor neus mond baard haar bloed been arm rug vader moeder zoon dochter broer zus kind
kinderen man vrouw heer dame jongen meisje maat buur buren volk mens mensen leger wacht wachter poorter rechter
schepen klerk notaris brood kaas melk boter ei eieren appel peer kers pruim druif noot noten boon bonen kool
koolen peper zout suiker honing wijn bier soep taart koek
""")
# Everyday words of letters to reporters: parts of a split word are only a split word if they are not these.
_EVERYDAY = words_of("""
ik jij u hij zij wij we jullie ze je me mij hem haar ons onze uw zijn haar hun dit dat deze die wie wat waar
wanneer hoe waarom welke een de het en of maar want dus omdat als dan toen nu nog al ook niet geen wel niets
iets iemand niemand alles veel weinig meer minder zeer heel erg te zo er hier daar naar van voor met zonder door
over onder boven tussen bij uit in op aan om tot na sinds tijdens per tegen via binnen buiten achter langs rond
is was waren ben bent wordt worden werd heeft hebben had hadden kan kunnen kon mag mogen moet moeten wil willen
wilt gaat gaan ging komt komen kwam doet doen deed ziet zien zag weet weten wist zegt zeggen zei maakt maken
geeft geven gaf krijgt krijgen neemt nemen nam staat staan ligt liggen zit zitten blijft blijven laat laten
vindt vinden vraagt vragen belt bellen mailt mailen leest lezen schrijft schrijven werkt werken woont wonen
helpt helpen denkt denken kent kennen loopt lopen dank bedankt melding meldingen signaal team gemeente collega
bericht brief mail telefoon week dag dagen maand jaar jaren uur tijd morgen vandaag gisteren plan werk zaak
zaken vraag antwoord reactie afspraak gesprek overleg onderzoek dossier informatie punt deel keer kant plek
plaats wijk buurt straten ploeg goedgekeurd
""")
ORDINARY = frozenset(
    word.replace("y", "ij")
    for words in (_NOUNS, _EVERYDAY, ADJECTIVES, INFIXES, NUMBER_WORDS, TITLES)
    for word in words
)
CALENDAR = frozenset(name for names in MONTHS for name in names)
# Fixed expressions in which a capital is no sign of a person (keys of the words, in order).
EXPRESSIONS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "groen links", "berg en dal", "rode kruis", "witte huis", "zwarte piet", "jonge democraten", "goede vrijdag",
        "wit gele kruis", "zwarte zee", "rode zee", "noord holland", "zuid holland", "noord zee", "oude pekela",
        "jong management", "groene hart", "wilde westen", "gouden eeuw", "bergen op zoom", "bergen aan zee",
        "code rood", "code groen", "gouden lijn", "koning willem", "prins bernhard", "zon en maan", "post nl",
        "lange voorhout", "grote markt", "jong heemstede", "groen heemstede", "beste",
    )
)  # fmt: skip
# Pairs of letters that follow a year or an amount in ordinary text, so they make no postcode.
PAIRS = frozenset(
    words_of("""
in en is we de te op om of na al er ze je me uw zo nu ik hij ga zei mb gb kb tb km kg cm mm ml cc pk kw kv eu tm
nl bc ad uu st nr m2 we en dd jl js
""")
)
