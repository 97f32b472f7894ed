"""Made-up words for many believable plans. No street, person or group in them exists."""

FIRST_NAMES = (
    *("Aïsha", "Bart", "Chantal", "Dilan", "Els", "Farid", "Greet", "Hugo", "Ineke", "Joost", "Karima", "Loes"),
    *("Marwan", "Nel", "Omar", "Petra", "Quinten", "Rosa", "Sjoerd", "Trijn", "Umut", "Vera", "Wout", "Yara"),
)
GREEN = (
    *("Akker", "Beuken", "Castanje", "Dennen", "Esdoorn", "Fluitekruid", "Gouden", "Hazel", "Iepen", "Jeneverbes"),
    *("Kastanje", "Linde", "Meidoorn", "Netel", "Olmen", "Populier", "Rozen", "Sparren", "Vlier", "Wilgen"),
)
# As many as a town has: of three hundred people, one is called Beukenhof; every hundredth lives in the Lindestraat.
LAST_NAMES = tuple(
    f"{green}{place}"
    for green in GREEN
    for place in ("hof", "kamp", "stra", "dijk", "veld", "horst", "brink", "laar", "man", "berg", "bos", "aar", "zoon")
)
STREETS = tuple(f"{green}{kind}" for green in GREEN for kind in ("straat", "hof", "kade", "plein", "laan", "weg"))
IDEAS = (
    "Geveltuinen in de %s",
    "Een bankje op de hoek van de %s",
    "Straatfeest %s",
    "Buurtmaaltijd in de %s",
    "Speelmiddag voor kinderen, %s",
    "Koffie-uur in de %s",
    "Muurschildering aan de %s",
    "Ruilkast voor boeken, %s",
    "Samen de %s schoonmaken",
    "Moestuinbakken in de %s",
)
ANSWERS = {
    "what": "Wij doen dit samen met de buren. Iedereen mag meedoen, jong en oud.",
    "why_good": "Buren leren elkaar kennen. De straat wordt fijner om in te wonen.",
    "who_joins": "Twaalf huizen doen mee. De school helpt een ochtend.",
    "own_input": "Wij brengen tijd, gereedschap en taart mee.",
    "neighbours": "Wij gaan langs de deuren en hangen een briefje op.",
    "where_when": "In onze straat, in het voorjaar.",
}
COSTS = ("Materiaal", "Eten en drinken", "Huur van spullen", "Planten en aarde", "Drukwerk", "Verf en kwasten")
REASONS = ("Dat staat duidelijk in het plan.", "Veel buren doen mee.", "Dit past bij de regeling.")
POSSIBLE = "Begin klein, met de buren van uw eigen blok. Daar is een kleiner bedrag voor."
DECLINED = "Het plan laat nog niet zien hoe buren kunnen meedoen."
PROMISED = "Wij bellen het waterschap."
QUESTION = "Wie geeft de planten water in de zomer?"
OBJECTS = "Wij zijn het er niet mee eens: de buren doen wel mee."
LETTER = "Uw plan: ons besluit"
IBAN = "NL91ABNA0417164300"  # the example of the IBAN registry: nobody's account
