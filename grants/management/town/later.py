"""What comes before a plan, beside it and after it in the town: ideas, a second fund, an example, a next one."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from grants.again import actions as again
from grants.ask import actions as ask
from grants.divide import actions as divide
from grants.management.town import judged
from grants.management.town.diary import Diary, days_ago, on_a_working_day
from grants.models import Application, Idea, Plan, Scheme, StoryPhoto
from grants.models.intake import Came
from grants.suggest import actions as suggest
from grants.take_in.actions import take_in
from web import clock
from web.amounts import euro
from web.models import Person
from web.town import book


def note_in(diary: Diary, people: dict[str, Person]) -> None:
    facts = book("later")
    for idea in facts["idea"]:
        diary.note(days_ago(idea["ago"], hour=7), partial(tell, idea))
        if answered := idea.get("answered"):
            answer = partial(answer_idea, idea["text"], answered["answer"], by=people[answered["by"]])
            diary.note(days_ago(answered["ago"], hour=7), answer)
    for name, deed in (("also", ask_also), ("example", show), ("follow_up", follow_up)):
        diary.note(days_ago(facts[name]["ago"], hour=16), partial(deed, facts[name]))
    read = facts["also"]["judged"]
    moment = on_a_working_day(days_ago(read["ago"], hour=9))
    diary.note(moment, partial(judge_also, facts["also"], read["strong"], by=people[read["by"]]))
    take_it_in = partial(take_in_paper, facts["paper"], by=people[facts["paper"]["taken_in_by"]])
    diary.note(clock.now() - timedelta(hours=1), take_it_in)


def plan_of(facts: dict[str, Any]) -> Plan:
    return Plan.objects.get(title=facts["plan"], follows=None)


def tell(facts: dict[str, Any]) -> None:
    told = {name: facts[name] for name in ("text", "came_from", "where", "email")}
    scheme = Scheme.objects.get(slug=facts["scheme"])
    suggest.tell_idea(scheme.funder, scheme=scheme, by=Person.system(), **told)


def answer_idea(text: str, answer: str, *, by: Person) -> None:
    idea = Idea.objects.get(text=text)
    suggest.answer_idea(idea, answer=answer, scheme=idea.scheme, by=by)


def ask_also(facts: dict[str, Any]) -> None:
    """The same plan before a second fund, and the funds may see of each other."""
    plan = plan_of(facts)
    first = plan.first_contact
    draft = divide.ask_also(plan, scheme=Scheme.objects.get(slug=facts["scheme"]), asked=euro(facts["asked"]), by=first)
    with clock.at(clock.now() + timedelta(minutes=6)):
        ask.submit(Application.objects.for_writing().get(pk=draft.pk), by=first)
    with clock.at(clock.now() + timedelta(minutes=9)):
        divide.let_them_see(plan, by=first)


def judge_also(facts: dict[str, Any], strong: str, *, by: Person) -> None:
    """The second fund reads the plan too."""
    application = plan_of(facts).applications.get(scheme__slug=facts["scheme"])
    judged.judge(application, {"strong": strong}, by)


def show(facts: dict[str, Any]) -> None:
    plan = plan_of(facts)
    photos = StoryPhoto.objects.filter(story__plan=plan).select_related("story")
    again.show_example(plan, title=facts["title"], what=facts["what"], photos=photos, by=plan.first_contact)


def follow_up(facts: dict[str, Any]) -> None:
    plan, scheme = plan_of(facts), Scheme.objects.get(slug=facts["scheme"])
    by = plan.first_contact
    draft = again.follow_up(plan, scheme=scheme, asked=euro(facts["asked"]), changed=facts["changed"], by=by)
    with clock.at(clock.now() + timedelta(minutes=12)):
        ask.submit(Application.objects.for_writing().get(pk=draft.pk), by=by)


def take_in_paper(facts: dict[str, Any], *, by: Person) -> None:
    """A letter that was typed over; a word of it asks if it may be done there, and somebody still finds that out."""
    scheme = Scheme.objects.get(slug=facts["scheme"])
    came = Came("paper", clock.today(), "signed")
    resident = Person(**facts["resident"], reached_by=Person.ReachedBy.POST)
    words, asked = facts["words"], euro(facts["asked"])
    take_in(scheme, resident=resident, words=words, asked=asked, came=came, key=uuid4(), by=by)
