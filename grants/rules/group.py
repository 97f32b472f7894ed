"""Rules about the group behind a plan: who is in it, and who leads it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Invitation, Member, Plan
from web.access import rule
from web.models import Person


def plan_of(thing: Any) -> Plan:
    return thing if isinstance(thing, Plan) else thing.plan


@rule(_("Only the group behind this plan can do this."))
def is_member(person: Person, thing: Any) -> bool:
    return Member.objects.filter(plan=plan_of(thing), person=person).exists()


@rule(_("Only the first contact of the group can do this."))
def is_first_contact(person: Person, thing: Any) -> bool:
    return Member.objects.filter(plan=plan_of(thing), person=person, role=Member.Role.FIRST_CONTACT).exists()


@rule(_("This is about somebody else in the group."))
def is_this_member(person: Person, member: Member) -> bool:
    return member.person_id == person.pk


@rule(_("Nobody offers you to become the first contact now."))
def is_offered_it(person: Person, member: Member) -> bool:
    return member.person_id == person.pk and member.handover_offered_at is not None


@rule(_("You are in this group yourself. Only the partner can answer."))
def is_not_in_the_group(person: Person, invitation: Invitation) -> bool:
    in_it = Q(person=person) | Q(person__became=person)
    return not Member.objects.filter(in_it, plan=invitation.plan_id).exists()


@rule(_("You are signed in. Your plan stands with your plans, on any device."))
def has_no_sign_in(person: Person, application: Application) -> bool:
    return not person.can_sign_in


@rule(_("This plan belongs to somebody else."))
def is_held_by_nobody(person: Person, application: Application) -> bool:
    holder = application.plan.first_contact
    return not (holder.can_sign_in or holder.became_id or holder.seats.exists())
