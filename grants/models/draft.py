"""A draft: a plan that was started and not sent. It moves along when its holder signs in, and is erased in time."""

from datetime import timedelta

from django.db import transaction

from grants.models.application import Application
from grants.models.plan import Member, Plan
from web import clock
from web.models import Person

KEPT = timedelta(days=90)  # after the last save (DOMAIN 2.6)


@transaction.atomic
def adopt_drafts(holder: Person, person: Person) -> None:
    """`holder` turns out to be `person`: their memberships move, and `holder` is from now on that person."""
    if holder == person or holder.became_id:
        return
    already_in = Member.objects.filter(person=person).values("plan")
    holder.memberships.exclude(plan__in=already_in).update(person=person)
    holder.memberships.all().delete()
    for field in ("name", "phone", "postcode", "house_number"):
        if not getattr(person, field):
            setattr(person, field, getattr(holder, field))
    person.save()
    holder.became = person
    holder.save(update_fields=["became"])


def erase_old_drafts() -> int:
    """Erase the plans that nobody touched for 90 days and nobody sent; the number erased."""
    sent = Application.objects.exclude(status=Application.Status.DRAFT).values("plan")
    old = Plan.objects.filter(saved_at__lt=clock.now() - KEPT, purse=None).exclude(pk__in=sent)
    plans = list(old.values_list("pk", flat=True))
    with transaction.atomic():
        people = Person.objects.filter(memberships__plan__in=plans, user=None, seats=None)
        nobodies = list(people.exclude(memberships__plan__in=sent).values_list("pk", flat=True))
        for rows in (Application, Member):
            rows.objects.filter(plan__in=plans).delete()
        for plan in Plan.objects.filter(pk__in=plans):
            plan.lines.all().delete()
            plan.delete()
        for person in Person.objects.filter(pk__in=nobodies, memberships=None):
            person.erase()
    return len(plans)
