"""Made-up words for many believable plans. No street, person or group in them exists."""

FIRST_NAMES = ("Aïsha", "Bart", "Chantal", "Dilan", "Els", "Farid", "Greet", "Hugo", "Ineke", "Joost", "Karima", "Loes")
LAST_NAMES = (
    "Akkerdijk",
    "Beukenhof",
    "Castanje",
    "Dennenkamp",
    "Esdoornstra",
    "Fluitekruid",
    "Goudenregen",
    "Hazelaar",
)
STREETS = (
    "Lindestraat",
    "Iepenhof",
    "Wilgenkade",
    "Kastanjeplein",
    "Meidoornlaan",
    "Vlierweg",
    "Elzenpad",
    "Berkenerf",
)
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
IBAN = "NL91ABNA0417164300"  # the example of the IBAN registry: nobody's account
