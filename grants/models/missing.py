"""What an application still misses before it can be sent: sentences for people, never more than its track asks."""

from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.models.budget_line import BudgetLine
from grants.models.plan import Plan
from grants.models.scheme import Scheme
from grants.models.status import Status
from grants.models.track import Duties
from web.amounts import write_amount
from web.models import Person
from web.models.code import as_typed


def still_missing(plan: Plan, scheme: Scheme, asked: Money | None, duties: Duties | None) -> dict[str, str]:
    """A sentence for each field ("" stands for the whole); empty when the plan can be sent."""
    asks_little = duties is None or duties.asks_little
    closed = _("%(scheme)s is closed now, so you can't send a plan.") % {"scheme": scheme}
    whole = {} if scheme.is_open else {"": closed}
    return (
        whole
        | about_the_group(plan, scheme)
        | about_the_amount(scheme, asked)
        | about_the_plan(plan, asks_little=asks_little)
    )


def about_the_group(plan: Plan, scheme: Scheme) -> dict[str, str]:
    """How many people ask together, and whether from different addresses: asked at sending, never afterwards.

    Asks no query where one is enough.
    """
    if scheme.members_at_least == 1 or plan.applications.filter(scheme=scheme).exclude(status=Status.DRAFT).exists():
        return {}
    people = plan.people()
    needed, addresses = scheme.members_at_least, addresses_of(plan, people)
    if len(people) < needed:
        sentence = _("You need %(needed)s people to ask here. You have %(now)s. Invite more people to your group.")
        return {"group": sentence % {"needed": needed, "now": len(people)}}
    if scheme.different_addresses and addresses < needed:
        sentence = _("You need people from %(needed)s addresses. You have %(now)s. Invite more people to your group.")
        return {"group": sentence % {"needed": needed, "now": addresses}}
    return {}


def addresses_of(plan: Plan, people: list[Person]) -> int:
    """How many different addresses these people have. The first contact tells theirs last of all: it counts as one."""
    known = {plan.first_contact.pk: "first contact"} | {
        person.pk: as_typed(f"{person.postcode}{person.house_number}") for person in people if person.postcode
    }
    return len(set(known.values()))


def about_the_amount(scheme: Scheme, asked: Money | None) -> dict[str, str]:
    sentence = ""
    if asked is None:
        sentence = _("Write how much money you ask.")
    elif asked > scheme.maximum:
        sentence = _("You can ask at most %(amount)s here.") % {"amount": write_amount(scheme.maximum)}
    elif asked < scheme.minimum:
        sentence = _("You can ask from %(amount)s here.") % {"amount": write_amount(scheme.minimum)}
    elif scheme.track_for(asked) is None:
        sentence = _("This scheme is not ready for this amount. Call us, then we mend it.")
    return {"asked": sentence} if sentence else {}


# What a photo or document may tell instead. Where and when, the amount and the costs are always written.
TOLD_BY_SHEETS = {"what", "why_good", "who_joins", "own_input", "neighbours"}


def about_the_plan(plan: Plan, *, asks_little: bool) -> dict[str, str]:
    asked_for: list[tuple[str, str | bool, str]] = [
        ("what", plan.what, _("Write what you are going to do.")),
        ("where_when", plan.where_when, _("Write where and when it is.")),
    ]
    if not asks_little:
        asked_for += [
            ("why_good", plan.why_good, _("Write why this is good for the neighbourhood.")),
            ("who_joins", plan.who_joins, _("Write who takes part.")),
            ("own_input", plan.own_input, _("Write what you bring yourselves.")),
            ("neighbours", plan.neighbours, _("Write how other neighbours know of it.")),
            ("permission", plan.permission, _("Choose if permission is needed. “I don't know” is fine.")),
            ("costs", has_costs(plan), _("Make a short list of what it costs.")),
        ]
    told = TOLD_BY_SHEETS if plan.sheets.all() else set()
    missing = {field: sentence for field, answer, sentence in asked_for if not answer and field not in told}
    if told and not plan.title:  # a plan is always called something
        missing["what"] = _("Write in a few words what it is. The rest is on your photo or document.")
    return missing


def has_costs(plan: Plan) -> bool:
    return any(line.kind == BudgetLine.Kind.COST for line in plan.lines.all())
