"""What a helper does: begin a plan for a resident, who owns it from the first word."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from grants.access import require
from grants.help import letters
from grants.models import Application, BudgetLine, Consent, Helper, Invitation, Member, Plan, Scheme, Scribe
from grants.models.questions import QUESTIONS
from web import clock
from web.models import Person, record

A_MOMENT, SAME = timedelta(seconds=20), ("name", "postcode", "house_number")
CONTACT = (*SAME, "email", "phone", "reached_by")
TEXTS = ("title", "permission", *(question.field for question in QUESTIONS))


@transaction.atomic
def start_for_resident(
    scheme: Scheme,
    *,
    resident: Person,
    until: date | None = None,
    earlier: Application | None = None,
    by: Person,
) -> Application:
    """An empty draft for `resident`, who just heard who `by` is and said yes; with the words of an `earlier` plan.

    The residents' consent is written down with it: without one there is no plan here.
    """
    require(by, "start_for_resident", scheme)
    if earlier:
        require(by, "save_draft", earlier)
    if just_now := _begun_just_now(scheme, resident, earlier, by=by):
        return just_now
    helper = Helper.objects.of(by).select_related("organisation").get()
    resident.save()
    plan = Plan.objects.create(**{name: getattr(earlier.plan, name) for name in TEXTS} if earlier else {})
    Member.objects.create(plan=plan, person=resident, role=Member.Role.FIRST_CONTACT)
    application = Application.objects.create(plan=plan, scheme=scheme, **_amount_of(earlier))
    _copy_lines(earlier, plan)
    Scribe.objects.create(plan=plan, helper=helper)
    consent, _again = Consent.give(plan, helper, how=Consent.How.SPOKEN, given_by=resident, until=until)
    record(by, "start_for_resident", application, on_behalf_of=resident)
    record(by, "give_consent", consent, on_behalf_of=resident, helper=helper, paid_by=consent.paid_by)
    letters.tell_begun(consent, to=resident)
    return application


@transaction.atomic
def correct_contact(application: Application, *, resident: Person, by: Person) -> Person:
    """How the resident is reached was written down wrong; `resident` has it right. What went there dies."""
    require(by, "correct_contact", application)
    kept = application.plan.first_contact
    if kept.email != resident.email:
        letters.tell_old_address(application, to=kept, by=by)
    for field in CONTACT:
        setattr(kept, field, getattr(resident, field))
    kept.save()
    application.plan.let_code_die()
    Invitation.objects.open().filter(plan=application.plan).update(expires_at=clock.now())
    record(by, "correct_contact", application, on_behalf_of=kept)
    consent = Consent.objects.of(by).select_related("plan", "helper__person", "helper__organisation")
    letters.tell_begun(consent.get(plan=application.plan), to=kept)
    return kept


def _begun_just_now(scheme: Scheme, resident: Person, earlier: Application | None, *, by: Person) -> Application | None:
    """What a double click began a moment ago, for somebody of the same name at the same door."""
    moment = clock.now() - A_MOMENT
    drafts = Application.objects.helped_by(by).drafts().exclude(pk=earlier.pk if earlier else 0)
    same = {f"plan__members__person__{field}": getattr(resident, field) for field in SAME}
    return drafts.filter(scheme=scheme, plan__created_at__gt=moment, **same).first()


def _amount_of(earlier: Application | None) -> dict[str, Any]:
    return {"asked": earlier.asked} if earlier else {}


def _copy_lines(earlier: Application | None, plan: Plan) -> None:
    lines = list(earlier.plan.lines.all()) if earlier else []
    for line in lines:
        line.pk, line.plan = None, plan
    BudgetLine.objects.bulk_create(lines)
