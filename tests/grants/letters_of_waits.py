"""The letters about what residents are asked: to complete their plan, or to answer a question."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from grants.again import actions as again
from grants.appoint import actions as appoint
from grants.ask import actions as ask
from grants.attend.letters import send_morning_mails
from grants.decide import actions as decide
from grants.enquire import actions as enquire
from grants.extend import actions as extend
from grants.join import actions as join
from grants.models import Application, Enquiry, Idea, Invitation, Letter, Member, Wait
from grants.models.clearance import find_out_one
from grants.models.completion import may_be_missing
from grants.objection import actions as objection
from grants.promise import actions as promise
from grants.reach import actions as reach
from grants.remind.letters import send_reminders
from grants.review import actions as review
from grants.supplement.actions import note_completion
from tests import make
from tests.grants.letter_town import POSSIBLE, REASON, Town
from web import clock
from web.amounts import euro
from web.models import Person, Seat

QUESTION = {"nl": "Wie geeft de planten water in de zomer?", "en": "Who waters the plants in summer?"}
NEW = "samira@nieuw.example"


def returned(town: Town, asked: int = 450) -> Application:
    """With everything on it: the whole list, an explanation, and the reason why again."""
    application = town.sent(asked)
    until = clock.add_weeks(clock.today(), 2)
    make.returned(application, by=town.decider)
    ask.complete(Application.objects.get(pk=application.pk), by=town.resident)
    application = Application.objects.get(pk=application.pk)
    missing = [name for name, _text in may_be_missing(application.edition, application.duties)]
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


def reminded(town: Town, of: Callable[[Town], object]) -> None:
    """Asked two weeks ago, and still a day to answer."""
    with clock.at(clock.now() - timedelta(days=14)):
        of(town)
    Wait.objects.update(until=clock.today() + timedelta(days=1))
    send_reminders()


def sent_back(town: Town) -> None:
    make.returned(town.sent(), by=town.decider)


def running_out(town: Town, *, closes: bool) -> None:
    draft = town.draft()
    if closes:
        make.changed(draft.scheme, closes_on=clock.today() + timedelta(days=5))
    else:
        draft.scheme.budgets.get().set_to(euro(49), by=town.treasurer)
    send_reminders()


def noted(town: Town) -> None:
    enquiry = asked(town)
    member = enquiry.wait.application.plan.members.get()
    enquire.note_answer(enquiry, answer=REASON[town.language], member=member, by=town.decider)


def heard(town: Town) -> None:
    until = clock.add_weeks(clock.today(), 1)
    enquire.hear(town.sent(), facts=REASON[town.language], until=until, by=town.decider)


def longer(town: Town) -> None:
    application = town.sent(2_000)
    assert application.answer_by
    until = clock.add_weeks(application.answer_by, 2)
    extend.extend(application, until=until, reason=REASON[town.language], by=town.decider)


def not_handled(town: Town) -> None:
    with clock.at(clock.now() - timedelta(days=15)):
        application = town.sent()
        make.returned(application, "costs", "where", by=town.decider)
    decide.set_aside(Application.objects.get(pk=application.pk), reason=REASON[town.language], by=town.decider)


def supplemented(town: Town) -> None:
    """On paper, yesterday, of a plan that went back three days ago."""
    with clock.at(clock.now() - timedelta(days=3)):
        completion = make.returned(town.sent(), "costs", "where", by=town.decider)
    came: dict[str, Any] = {"came_by": "paper", "received_on": clock.today() - timedelta(days=1), "why_later": "Post."}
    member, told = Member.objects.get(), "De tegels kosten 300 euro. Het is bij de school."
    note_completion(completion, told=told, member=member, by=town.decider, **came)


def code_for_the_old_address(town: Town) -> None:
    town.sent()
    make.user(town.resident)
    reach.ask_to_move(town.resident, email=NEW, by=town.resident)


def code_for_a_new_address(town: Town) -> None:
    """The last of the two is the one at the new address."""
    code_for_the_old_address(town)
    town.resident.mails.exclude(address=NEW).delete()


def code_to_say(town: Town) -> None:
    """A mail to her came back, and on the phone she gives another address."""
    Person.objects.filter(pk=town.resident.pk).update(phone="06 00000001")
    town.resident.refresh_from_db()
    submitted = town.sent()
    about: dict[str, Any] = {"event": "ask/received", "subject": "Ontvangen", "text": "Ontvangen.", "pdf": b"x"}
    back = Letter.objects.create(application=submitted, to=town.resident, came_back_at=clock.now(), **about)
    reach.ask_new_address(back, email=NEW, by=town.decider)


def moved_by_phone(town: Town) -> None:
    """She read out the code."""
    code_to_say(town)
    back, mail = Letter.objects.came_back().get(), town.resident.mails.latest("pk")
    reach.reach_by_mail(back, code=mail.subject.split()[0], by=town.decider)


def moved(town: Town) -> None:
    code_for_the_old_address(town)
    new, now = (mail.subject.split()[0] for mail in town.resident.mails.order_by("pk"))
    reach.change_email(town.resident, code=new, code_now=now, by=town.resident)


def excused(town: Town) -> None:
    """A promise that can't be kept."""
    what = {"nl": "Wij vragen het waterschap naar de kade.", "en": "We ask the water board about the quay."}
    made = promise.promise(town.sent(), what=what[town.language], until=clock.today(), by=town.decider)
    promise.excuse_promise(made, excuse=REASON[town.language], by=town.decider)


def taken_up(town: Town) -> None:
    everything(town)
    review.take_up(town.sent(), by=town.decider)


def joined(town: Town) -> None:
    everything(town)
    plan = town.sent().plan
    made, _key = Invitation.make(plan, purpose=Invitation.Purpose.JOIN, by=town.resident)
    join.accept_invitation(made, by=make.person("Anna Anjelier", language=town.language))


def told_to_the_group(town: Town) -> None:
    """Samira is in Anna's group, and reads that Anna got a letter."""
    everything(town)
    anna = make.person("Anna Anjelier", language=town.language)
    application = town.sent()
    Member.objects.filter(plan=application.plan).update(role=Member.Role.MEMBER)
    Member.objects.create(plan=application.plan, person=anna, role=Member.Role.FIRST_CONTACT)
    ask.withdraw(Application.objects.get(pk=application.pk), by=anna)


def morning(town: Town) -> None:
    """Everything at once: late, due today, new from residents, nobody's; an idea, and a letter to post."""
    next_day = clock.add_working_days(clock.today(), 1)
    with clock.at(datetime.combine(next_day, time(9), tzinfo=clock.now().tzinfo)):
        fill_the_desk(town)
        Person.objects.filter(pk=town.decider.pk).update(language=town.language)
        send_morning_mails()
    town.resident = town.decider


def work_given(town: Town) -> None:
    """Of everything something: a plan, a promise, what to find out, and a complaint, of somebody who leaves."""
    application, gone, admin = town.sent(), make.person("Kees Kastanje"), make.person("Yusuf IJzer")
    seat = make.seat(gone, town.funder, Seat.Role.OFFICER)
    Application.objects.filter(pk=application.pk).update(officer=gone)
    make.seat(admin, town.funder, Seat.Role.FUND_ADMIN)
    what = {"nl": "Wij bellen het waterschap over de kade.", "en": "We call the water board about the quay."}
    promise.promise(application, what=what[town.language], until=clock.today(), by=gone)
    with make.changing(application.scheme) as edition:
        check = make.check(edition, "Mag het op deze grond staan?", title_en="May it stand on this ground?")
    find_out_one(application, check, owner=gone)
    about: dict[str, Any] = {"kind": "complaint", "came_by": "phone", "received_on": clock.today()}
    member = application.plan.members.get()
    complaint = objection.register_reaction(application, text=REASON[town.language], member=member, by=gone, **about)
    objection.handle_reaction(complaint, by=gone)
    Person.objects.filter(pk=town.decider.pk).update(language=town.language)
    town.decider.refresh_from_db()
    appoint.end_seat(seat, ends_on=clock.today(), to=town.decider, by=admin)
    town.resident = town.decider


def fill_the_desk(town: Town) -> None:
    application = town.sent()
    review.take_up(application, by=town.decider)
    ask.withdraw(Application.objects.get(pk=application.pk), by=town.resident)
    scheme, kees = application.scheme, make.person("Kees Kastanje", reached_by="post", language=town.language)
    for days, has in ((-1, town.decider), (0, town.decider), (3, None)):
        each = make.application(scheme, kees)
        day = clock.today() + timedelta(days=days)
        Application.objects.filter(pk=each.pk).update(officer=has, answer_by=day)
    ask.withdraw(make.application(scheme, kees), by=kees)
    Idea.objects.filter(pk=make.idea(town.funder).pk).update(answer_by=clock.today())


def asked_again(town: Town) -> None:
    done = town.paid()
    anna = Member.objects.create(plan=done.plan, person=make.person("Anna Anjelier", language=town.language))
    Application.objects.filter(pk=done.pk).update(status=Application.Status.CLOSED)
    again.follow_up(done.plan, scheme=done.scheme, asked=None, members=[anna], by=town.resident)
    town.resident = Person.objects.latest("pk")


def everything(town: Town) -> None:
    """Unless a test says something else first."""
    Person.objects.filter(pk=town.resident.pk, wants_mails="news").update(wants_mails="all")


EVENTS: dict[str, Callable[[Town], object]] = {
    "ask/completed": lambda town: ask.complete(returned(town), by=town.resident),
    "enquire/question": asked,
    "enquire/question: not needed": lambda town: asked(town, needed=False),
    "enquire/view": heard,
    "extend/longer": longer,
    "remind/wait": lambda town: reminded(town, asked),
    "remind/wait: to complete": lambda town: reminded(
        town, lambda there: make.returned(there.sent(), by=there.decider)
    ),
    "remind/draft": lambda town: running_out(town, closes=True),
    "remind/draft: empty": lambda town: running_out(town, closes=False),
    "decide/not_handled": not_handled,
    "enquire/noted": noted,
    "enquire/gone_on": lambda town: enquire.go_on_without(asked(town), by=town.decider),
    "again/asked": asked_again,
    "supplement/noted": supplemented,
    "join/joined": joined,
    "post/group_letter": told_to_the_group,
    "promise/excused": excused,
    "review/taken_up": taken_up,
    "review/returned": returned,
    "review/returned: eight questions": lambda town: returned(town, 2_000),
    "review/read_as_it_is": read_as_it_is,
}
