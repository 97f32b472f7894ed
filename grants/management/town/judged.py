"""What happens to a plan at a funder in the town: taken up, advised on, judged and decided, by one or by two."""

from typing import Any

from djmoney.money import Money

from grants.advise import actions as panel
from grants.decide import actions as decide
from grants.models import Application, Judgement, Proposal
from grants.models.review import Verdicts
from grants.review import actions as review
from grants.sign import actions as two
from web.amounts import euro
from web.models import Person
from web.town import book


def take(application: Application, step: dict[str, Any], *, by: Person) -> None:
    STEPS[step["do"]](application, step, by)


def take_up(application: Application, step: dict[str, Any], by: Person) -> None:
    review.take_up(application, by=by)


def judge(application: Application, step: dict[str, Any], by: Person) -> None:
    review.judge(application, strong=step["strong"], verdicts=verdicts_of(application, step), by=by)


def advise(application: Application, step: dict[str, Any], by: Person) -> None:
    panel.advise(application, verdicts=verdicts_of(application, step), by=by)


def verdicts_of(application: Application, step: dict[str, Any]) -> Verdicts:
    """Yes and good throughout, but for what the step holds `against` it: a criterion's name and the reason.

    `because` is why it is well all the same.
    """
    words = [titled(step.get(how, {})) for how in ("against", "because")]
    verdicts = []
    for criterion in application.edition.criteria.all():
        best, *_between, worst = Judgement.CHOICES[criterion.kind]
        against, because = (said.get(criterion.title, "") for said in words)
        verdicts.append((criterion, worst if against else best, against or because))
    return verdicts


def titled(said: dict[str, str]) -> dict[str, str]:
    """By the title of the criterion instead of its name in the book."""
    return {book("criteria")[name]["title"]: reason for name, reason in said.items()}


def amount_of(application: Application, step: dict[str, Any]) -> Money:
    return euro(step["amount"]) if "amount" in step else application.asked or euro(0)


def award(application: Application, step: dict[str, Any], by: Person) -> None:
    decide.award(application, amount=amount_of(application, step), reason=step.get("reason", ""), by=by)


def propose(application: Application, step: dict[str, Any], by: Person) -> None:
    two.propose(application, amount=amount_of(application, step), by=by)


def sign(application: Application, step: dict[str, Any], by: Person) -> None:
    two.sign(Proposal.objects.open().get(application=application), by=by)


def decline(application: Application, step: dict[str, Any], by: Person) -> None:
    titles = [book("criteria")[name]["title"] for name in step["grounds"]]
    grounds = application.edition.criteria.filter(title__in=titles)
    decide.decline(application, grounds=grounds, reason=step["reason"], possible=step["possible"], by=by)


STEPS = {
    "take_up": take_up,
    "judge": judge,
    "advise": advise,
    "award": award,
    "propose": propose,
    "sign": sign,
    "decline": decline,
}
