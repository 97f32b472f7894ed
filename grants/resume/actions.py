"""What whoever began a draft does to come back to it: mail the way back, and say "this plan is mine"."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Member
from grants.models.draft import move_membership
from grants.resume import letters
from web.models import Person, record


@transaction.atomic
def mail_way_back(application: Application, *, email: str, by: Person) -> None:
    """Mail the link and the code with which `by` goes on elsewhere. The check page knows the address then.

    Raises ValidationError when the plan was sent in the meantime: the code opens nothing any more.
    """
    require(by, "mail_way_back", application)
    if not Application.objects.drafts().filter(pk=application.pk).exists():
        raise ValidationError(_("This plan has been sent already. Sign in with the address it was sent with."))
    by.email = email.lower()
    by.save(update_fields=["email"])
    letters.send_way_back(application, to=by)
    record(by, "mail_way_back", application)


@transaction.atomic
def claim_draft(application: Application, *, by: Person) -> Application:
    """ "This plan is mine": a draft that nobody can sign in for yet goes to `by`. Only this one plan moves."""
    require(by, "claim_draft", application)
    if not Application.objects.drafts().filter(pk=application.pk).exists():
        raise ValidationError(_("This plan has been sent already. Sign in with the address it was sent with."))
    move_membership(application.plan.members.get(role=Member.Role.FIRST_CONTACT), by)
    record(by, "claim_draft", application)
    return application
