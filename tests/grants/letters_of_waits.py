"""The letters about what residents are asked: to complete their plan, or to answer a question."""

from collections.abc import Callable
from datetime import timedelta

from grants.ask import actions as ask
from grants.enquire import actions as enquire
from grants.models import Application, Enquiry
from grants.models.completion import may_be_missing
from grants.reach import actions as reach
from grants.review import actions as review
from tests import make
from tests.grants.letter_town import POSSIBLE, REASON, Town
from web import clock

QUESTION = {"nl": "Wie geeft de planten water in de zomer?", "en": "Who waters the plants in summer?"}


def returned(town: Town, asked: int = 450) -> Application:
    """With everything on it: the whole list, an explanation, and the reason why again."""
    application = town.sent(asked)
    until = clock.add_weeks(clock.today(), 2)
    make.returned(application, by=town.decider)
    ask.complete(Application.objects.get(pk=application.pk), by=town.resident)
    application = Application.objects.get(pk=application.pk)
    missing = [name for name, _text in may_be_missing(application.scheme, application.duties)]
    words = {"explanation": REASON[town.language], "reason": POSSIBLE[town.language]}
    review.send_back(application, missing=missing, until=until, by=town.decider, **words)
    return Application.objects.get(pk=application.pk)


def read_as_it_is(town: Town) -> None:
    application = town.sent()
    make.returned(application, by=town.decider)
    with clock.at(clock.now() + timedelta(days=15)):
        review.go_on_as_it_stands(Application.objects.get(pk=application.pk), by=town.decider)


def asked(town: Town, *, needed: bool = True) -> Enquiry:
    application, until = town.sent(), clock.add_weeks(clock.today(), 1)
    return enquire.enquire(application, question=QUESTION[town.language], until=until, needed=needed, by=town.decider)


def noted(town: Town) -> None:
    enquiry = asked(town)
    member = enquiry.wait.application.plan.members.get()
    enquire.note_answer(enquiry, answer=REASON[town.language], member=member, by=town.decider)


def code_for_a_new_address(town: Town) -> None:
    town.sent()
    make.user(town.resident)
    reach.ask_to_move(town.resident, email="samira@nieuw.example", by=town.resident)


def moved(town: Town) -> None:
    code_for_a_new_address(town)
    code = town.resident.mails.latest("pk").subject.split()[0]
    reach.change_email(town.resident, code=code, by=town.resident)


EVENTS: dict[str, Callable[[Town], object]] = {
    "ask/completed": lambda town: ask.complete(returned(town), by=town.resident),
    "enquire/question": asked,
    "enquire/question: not needed": lambda town: asked(town, needed=False),
    "enquire/noted": noted,
    "enquire/gone_on": lambda town: enquire.go_on_without(asked(town), by=town.decider),
    "review/returned": returned,
    "review/returned: eight questions": lambda town: returned(town, 2_000),
    "review/read_as_it_is": read_as_it_is,
}
