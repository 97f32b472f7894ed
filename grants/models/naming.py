"""What may be public of a plan's own words: its name and its group's, unless somebody can be found by them.

It is decided once, at the award. Whoever leaves the group or is forgotten takes along what is called after them.
"""

import re
from collections.abc import Iterable
from unicodedata import combining, normalize

from grants.models.plan import Plan
from web.models import Person

SHORTEST_NAME = 2  # letters
BETWEEN_NAMES = frozenset({"van", "den", "der", "ten", "ter", "het", "von", "und", "de", "te", "la", "le", "el", "en"})
# These could lead to somebody's door: a postcode, a number after a street, a way to be reached.
LEADS_TO_SOMEBODY = re.compile(
    r"@|\b[1-9][0-9]{3} ?[a-z]{2}\b|[0-9](?:[ -]?[0-9]){8}"
    r"|(?:str|straat|laan|weg|plein|hof|kade|singel|gracht|dijk|pad|steeg|dreef|plantsoen|park|markt|brink|ring|wal)"
    r"[.,]{0,2} ?(?:nr\.? ?|nummer )?[0-9]",
    re.IGNORECASE,
)
# A street may be called anything: any name with a number after it. But a year, and what is counted in years, is none.
NAME_AND_NUMBER = re.compile(
    r"\b(?!(?:Fase|Deel|Editie|Ronde|Groep|Week|Top) )[A-Z][^\W\d]+[.,]{0,2} (?:nr\.? ?|nummer )?"
    r"(?!(?:19|20)[0-9]{2}\b)[1-9][0-9]{0,3}(?! ?jaar)(?![0-9])"
)


def public_words(plan: Plan) -> dict[str, str]:
    """What the register may say of this plan from now on: fields of its Grant, empty where nothing may be said."""
    people = [member.person for member in plan.members.select_related("person")]
    title, group = " ".join(plan.own_title.split()), " ".join(plan.group_name.split())
    name = "" if plan.legal_form == Plan.LegalForm.INFORMAL else shown(group, plan, people)
    called_after_who_asked = title == group and not name
    return {"public_title": "" if called_after_who_asked else shown(title, plan, people), "public_name": name}


def shown(words: str, plan: Plan, people: Iterable[Person]) -> str:
    """These words, unless somebody of the group, now or before, can be found by them. Else nothing."""
    leads = plan.is_called_after_who_left or LEADS_TO_SOMEBODY.search(words) or NAME_AND_NUMBER.search(words)
    return "" if leads or names_one_of(words, people) else words


def names_one_of(words: str, people: Iterable[Person]) -> bool:
    """Whether a part of somebody's name stands in these words: of two letters as a name, longer ones in any way.

    “Jans tuin” names Jan, “cafe jose” José.
    """
    said = set(re.findall(r"\w+", plain(words)))
    said |= {word.removesuffix("s") for word in said}
    anyhow = {word.lower() for word in said}
    parts = {part for person in people for part in re.findall(r"\w+", plain(person.name))}
    names = {part for part in parts if len(part) >= SHORTEST_NAME and part.lower() not in BETWEEN_NAMES}
    return any(name.lower() in anyhow if len(name) > SHORTEST_NAME else name.title() in said for name in names)


def plain(words: str) -> str:
    """Without accents."""
    return "".join(letter for letter in normalize("NFKD", words) if not combining(letter))


def take_name_along(people: Iterable[Person], plans: Iterable[Plan]) -> None:
    """These people leave these groups, or are forgotten: what is called after them is public no more."""
    people = list(people)
    for plan in plans:
        frozen = plan.applications.exclude(grant=None).values_list("grant__public_title", "grant__public_name")
        words = " ".join([plan.title, plan.group_name, *(each for row in frozen for each in row)])
        if names_one_of(words, people):
            Plan.objects.filter(pk=plan.pk).update(is_called_after_who_left=True)
