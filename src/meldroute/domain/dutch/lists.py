"""Lists that the analysis needs, to be read and edited by a person. Facts of the language; not policy."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a block of text."""
    return frozenset(text.split())


SILENT = words_of("""
de het een en of maar want dus dat die dit deze dan als om te ten ter van voor met bij naar in op aan uit over onder
door tot tegen tussen na om zonder tijdens ik jij je u hij zij ze wij we jullie hun hen haar zijn mijn jouw uw ons onze
me mij jou hem er hier daar waar wie wat welke welk hoe wanneer waarom niet geen wel ook nog al toen nu zo heel erg zeer
is was waren ben bent wordt worden werd werden heeft hebben had hadden kan kunnen kon konden zal zullen zou zouden moet
moeten mag mogen wil willen veel meer iets iemand niets niemand elk elke ieder iedere alle alles weer steeds altijd
""")
"""Words that say nothing by themselves: neither kept nor asked."""

PLURALS = {
    "steden": "stad", "leden": "lid", "schepen": "schip", "eieren": "ei", "kinderen": "kind", "bladeren": "blad",
    "kleren": "kleed", "goederen": "goed", "liederen": "lied", "volkeren": "volk", "kalveren": "kalf", "raderen": "rad",
    "koeien": "koe", "smeden": "smid", "gebreken": "gebrek", "lieden": "lieden", "gaten": "gat", "dagen": "dag",
    "wegen": "weg", "glazen": "glas", "daken": "dak", "vaten": "vat", "baden": "bad", "paden": "pad", "spelen": "spel",
    "holen": "hol", "sloten": "slot", "schoten": "schot", "oorlogen": "oorlog", "geboden": "gebod",
    "verboden": "verbod", "bevelen": "bevel", "hoven": "hof", "goden": "god", "loten": "lot", "graven": "graf",
    "staven": "staf", "slagen": "slag", "verdragen": "verdrag", "gezinnen": "gezin",
    "zaken": "zaak", "lonen": "loon", "personen": "persoon",
}  # fmt: skip
"""Plurals that no rule makes, or that a dictionary takes for another word."""

KEPT = words_of("""
kapper arbeider bezoeker werkgever koerier rijden prostitutie horeca escort sekswerker loverboy crimineel uitbuiter
ronselaar nagelstudio massagesalon uitzendbureau arbeidsmigrant mensenhandel mensensmokkel bovenwoning zedenzaak
app website chat profiel drugs hennep wiet cocaïne xtc airbnb bnb spa wellness thuisprijs vakantiepark camping
""")
"""Words that are their own base form, whatever a dictionary says or leaves out."""

SHORT = words_of("""
bed bus man pas nep eet bar zak tas kas gas wet les pak zee vis tuin kip vee oog arm hof bad dak hal seks sex drug wc
""")
"""Words of two or three letters that may be part of a compound."""

NO_HEAD = words_of("""
aar aars laar erig ering ling lijk loos heid baar zaam schap ster tje pje ment teit isme iste tie atie ent ant oor eren
elen enen ende ingen iger eling achtig matig waarts daad ieder rige rust ader ring even rand erik land
""")
"""Endings that look like a word but only end one."""

LINKS = ("", "s", "en", "e", "er", "n")
"""What Dutch puts between the parts of a compound."""
