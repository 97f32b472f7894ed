"""What the clock writes to residents in time: their last day comes near, or the money they write for is nearly gone."""

from datetime import timedelta

from django.db import transaction

from grants.models import Application, Wait
from grants.papers.post import mail_about_plan, send_letter
from web.clock import today
from web.models import Person, record

DAYS_LEFT = 3  # to answer: the day a reminder comes, unless they were asked only just before
DRAFT_DAYS = 7  # before a scheme closes: the day its drafts are told


def send_reminders() -> None:
    """Each once, however often the clock asks: of two workers at once one claims it, the other goes on."""
    for wait in Wait.objects.to_remind(DAYS_LEFT).for_letters():
        with transaction.atomic():
            remind(wait)
    told: set[str] = set()
    for draft in Application.objects.running_out(today() + timedelta(days=DRAFT_DAYS)):
        with transaction.atomic():
            tell_it_runs_out(draft, told)


def remind(wait: Wait) -> None:
    """Until when they can still answer, and what happens if nothing comes."""
    if not Wait.objects.filter(pk=wait.pk, reminded_on=None).update(reminded_on=today()):
        return
    application = wait.application
    record(Person.system(), "remind", application, until=wait.until)
    send_letter(application, "remind/wait", to=application.plan.first_contact, wait=wait)


def tell_it_runs_out(draft: Application, told: set[str]) -> None:
    """To who leads the group, if they left an address; and once to each address, however many drafts hold it."""
    fresh = Application.objects.drafts().filter(pk=draft.pk, running_out_told_on=None)
    if not fresh.update(running_out_told_on=today()):
        return
    to = draft.plan.first_contact
    address = to.email.lower()
    if address and address not in told:
        told.add(address)
        last_day = None if draft.is_out_of_money else draft.last_day
        mail_about_plan(draft.plan, "remind/draft", to=to, application=draft, last_day=last_day)
