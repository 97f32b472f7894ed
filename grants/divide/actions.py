"""What residents do to put one plan before several funds: ask another one too, and let them see of each other."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Plan, Scheme, Story
from web import clock
from web.models import Person, record


@transaction.atomic
def ask_also(
    plan: Plan, *, scheme: Scheme, asked: Money, by: Person, divided: Mapping[int, Money] | None = None
) -> Application:
    """Put the same plan before `scheme` too, as a draft that asks `asked` there. A second click gives the same draft.

    `divided`: what the plan's other drafts ask from now on, by their ids; a plan that was sent asks what it asked.
    """
    require(by, "ask_also", plan)
    if Story.objects.filter(plan=plan).exists():
        raise ValidationError(_("This plan is done. Start a new plan that follows it."))
    first: dict[str, Any] = {"asked": asked}  # the stubs take a MoneyField for a DecimalField
    application, is_new = Application.objects.get_or_create(plan=plan, scheme=scheme, defaults=first)
    if application.status != Application.Status.DRAFT:
        raise ValidationError(_("You have put your plan before this fund already."))
    for pk, amount in {**(divided or {}), application.pk: asked}.items():
        _ask(plan, pk, amount)
    Plan.objects.filter(pk=plan.pk).update(saved_at=clock.now())
    if is_new:
        record(by, "ask_also", application)
    return Application.objects.get(pk=application.pk)


def _ask(plan: Plan, pk: int, amount: Money) -> None:
    for draft in Application.objects.drafts().filter(plan=plan, pk=pk):
        draft.asked = amount
        draft.save(update_fields=["asked", "asked_currency"])


@transaction.atomic
def let_them_see(plan: Plan, *, by: Person) -> None:
    """From now on every fund that has this plan sees where it was asked too, how much, and what became of it there."""
    require(by, "let_them_see", plan)
    if Plan.objects.filter(pk=plan.pk, shared_since=None).update(shared_since=clock.now()):
        record(by, "let_them_see", plan)


@transaction.atomic
def keep_apart(plan: Plan, *, by: Person) -> None:
    """From now on no fund sees anything of another one."""
    require(by, "keep_apart", plan)
    if Plan.objects.filter(pk=plan.pk, shared_since__isnull=False).update(shared_since=None):
        record(by, "keep_apart", plan)
