"""What an application still misses before it can be sent: sentences for people, never more than its track asks."""

from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.models.budget_line import BudgetLine
from grants.models.edition import Edition
from grants.models.plan import Plan
from grants.models.status import Status
from grants.models.track import Duties
from web.amounts import write_amount
from web.models import Person
from web.models.code import as_typed


def still_missing(plan: Plan, edition: Edition, asked: Money | None, duties: Duties | None) -> dict[str, str]:
    """A sentence for each field ("" stands for the whole); empty when the plan can be sent."""
    asks_little = duties is None or duties.asks_little
    closed = _("%(scheme)s is closed now, so you can't send a plan.")
    whole = {} if edition.is_open else {"": closed % {"scheme": edition.scheme}}
    return (
        whole
        | about_the_group(plan, edition)
        | about_the_amount(edition, asked)
        | about_the_plan(plan, asks_little=asks_little)
    )


def about_the_group(plan: Plan, edition: Edition) -> dict[str, str]:
    """How many people ask together, and whether from different addresses: asked at sending, never afterwards.

    Asks no query where one is enough.
    """
    needed = edition.needs_members
    if needed == 1 or is_sent_here(plan, edition):
        return {}
    people = plan.people()
    addresses = addresses_of(plan, people)
    if len(people) < needed:
        sentence = _("You need %(needed)s people to ask here. You have %(now)s. Invite more people to your group.")
        return {"group": sentence % {"needed": needed, "now": len(people)}}
    if edition.needs_addresses and addresses < needed:
        sentence = _("You need people from %(needed)s addresses. You have %(now)s. Invite more people to your group.")
        return {"group": sentence % {"needed": needed, "now": addresses}}
    return {}


def is_sent_here(plan: Plan, edition: Edition) -> bool:
    return plan.applications.filter(scheme=edition.scheme_id).exclude(status=Status.DRAFT).exists()


def addresses_of(plan: Plan, people: list[Person]) -> int:
    """How many different addresses these people have. The first contact tells theirs last of all: it counts as one."""
    known = {plan.first_contact.pk: "first contact"} | {
        person.pk: as_typed(f"{person.postcode}{person.house_number}") for person in people if person.postcode
    }
    return len(set(known.values()))


def about_the_amount(edition: Edition, asked: Money | None) -> dict[str, str]:
    sentence = ""
    if asked is None:
        sentence = _("Write how much money you ask.")
    elif asked > edition.maximum:
        sentence = _("You can ask at most %(amount)s here.") % {"amount": write_amount(edition.maximum)}
    elif asked < edition.minimum:
        sentence = _("You can ask from %(amount)s here.") % {"amount": write_amount(edition.minimum)}
    elif edition.track_for(asked) is None:
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
