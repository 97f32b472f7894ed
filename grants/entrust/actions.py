"""How residents give their bank details on a helper's device: with a fresh code, and nobody else reads them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.entrust import letters
from grants.models import Application, Invitation
from ledger.models import Payee
from web import clock
from web.models import Code, Person, record

BANK = "give bank details"


@transaction.atomic
def ask_for_bank_code(application: Application, *, by: Person) -> None:
    """Mail a fresh code to the resident's own address, good for half an hour."""
    require(by, "ask_for_bank_code", application)
    resident = application.plan.first_contact
    if not resident.email:
        raise ValidationError(_("%(name)s has no e-mail here. The fund can post a code.") % {"name": resident})
    code = Code.make(resident, purpose=BANK, address=resident.email)
    letters.send_bank_code(application, code, to=resident, by=by)
    record(by, "ask_for_bank_code", application)


@transaction.atomic
def make_bank_code_on_paper(application: Application, *, by: Person) -> str:
    """A code on a letter, for a resident without e-mail: an officer posts it. Earlier ones die."""
    require(by, "make_bank_code_on_paper", application)
    plan = application.plan
    Invitation.objects.open().filter(plan=plan, purpose=Invitation.Purpose.BANK).update(expires_at=clock.now())
    _made, key = Invitation.make(plan, purpose=Invitation.Purpose.BANK, by=by, person=plan.first_contact)
    record(by, "make_bank_code_on_paper", application)
    return key.code


def give_bank_details_here(
    application: Application, *, code: str, kind: str, name: str, iban: str, bank: str, by: Person
) -> Payee:
    """The resident types their account on the device of `by`. Their fresh code shows that it is them.

    A wrong code is counted, so that part stands outside the transaction.
    """
    require(by, "give_bank_details_here", application)
    resident, commitment = application.plan.first_contact, application.grant.commitment
    if not commitment.promised.amount:
        raise ValidationError(_("Nothing is waiting to be paid here. The bank details can stay as they are."))
    paper = Invitation.objects.open().of_code(code).filter(plan=application.plan_id, person=resident)
    on_paper = paper.filter(purpose=Invitation.Purpose.BANK).first()
    if on_paper is None and Code.address_shown_by(code, person=resident, purpose=BANK) is None:
        raise ValidationError(_("This code isn't right, or it is too old. Ask for a new one."))
    with transaction.atomic():
        if on_paper:
            on_paper.use()
        Code.forget(resident, purpose=BANK)
        payee = Payee.take_down(commitment, kind=kind, name=name, iban=iban, bank=bank, by=resident)
        record(by, "give_bank_details", commitment, on_behalf_of=resident, kind=kind)
        letters.tell_noted(application, payee, to=resident, by=by)
    return payee
