"""What residents and a helper do together, for tests of the letters that come of it. Hanneke helps Samira."""

from collections.abc import Callable
from typing import Any

from grants.allow import actions as allow
from grants.confirm import actions as confirm
from grants.entrust import actions as entrust
from grants.help import actions as help_
from grants.models import Application, Helper, Invitation, Scribe
from grants.models.draft import mark_of_the_whole
from grants.organise import actions as organise
from tests import make
from web.models import Code, Person


def hanneke(town: Any) -> Helper:
    organisation = make.organisation()
    organisation.phone = town.funder.phone
    organisation.save()
    return make.helper(make.person("Hanneke Hulst", language=town.language), organisation, leads=True)


def written_down(town: Any) -> Application:
    """A draft that Hanneke wrote down for Samira, complete."""
    helper, draft = hanneke(town), town.draft()
    make.consent(draft.plan, helper.person)
    Scribe.objects.create(plan=draft.plan, helper=helper)
    return Application.objects.for_writing().get(pk=draft.pk)


def helper_of(application: Application) -> Any:
    return application.plan.scribe.helper.person


def welcomed(town: Any) -> None:
    helper = hanneke(town)
    make.user(town.resident)
    organise.invite_helper(helper.organisation, email=town.resident.email, name="", by=helper.person)


def begun(town: Any) -> None:
    helper = hanneke(town)
    scheme = make.scheme(town.funder, title="Buurtpot")
    help_.start_for_resident(scheme, resident=town.resident, by=helper.person)


def moved_address(town: Any) -> None:
    application = written_down(town)
    right = Person(name=town.resident.name, postcode="1234 AB", house_number="7", reached_by="post")
    help_.correct_contact(application, resident=right, by=helper_of(application))
    town.resident = application.plan.first_contact


def asked(town: Any) -> None:
    application = written_down(town)
    confirm.ask_to_confirm(application, by=helper_of(application))


def received(town: Any) -> None:
    application = written_down(town)
    mark = mark_of_the_whole(application)
    confirm.confirm_here(application, name=town.resident.name, seen=mark, by=helper_of(application))


def completed(town: Any) -> Application:
    """What came back, and Hanneke wrote down what was missing."""
    helper, sent = hanneke(town), town.sent()
    make.consent(sent.plan, helper.person)
    Scribe.objects.create(plan=sent.plan, helper=helper)
    make.returned(sent, by=town.decider)
    return Application.objects.for_writing().get(pk=sent.pk)


def asked_again(town: Any) -> None:
    application = completed(town)
    confirm.ask_to_confirm(application, by=helper_of(application))


def received_again(town: Any) -> None:
    application = completed(town)
    mark = mark_of_the_whole(application)
    confirm.confirm_here(application, name=town.resident.name, seen=mark, by=helper_of(application))


def stopped(town: Any) -> None:
    helper, sent = hanneke(town), town.sent()
    make.consent(sent.plan, helper.person)
    boss = make.person("Marga Meidoorn")
    make.helper(boss, helper.organisation, leads=True)
    organise.end_helper(helper, by=boss)


def bank_details(town: Any) -> tuple[Application, Any]:
    helper, granted = hanneke(town), town.granted()
    make.consent(granted.plan, helper.person)
    Scribe.objects.create(plan=granted.plan, helper=helper)
    return Application.objects.for_application_page().get(pk=granted.pk), helper.person


def bank_code(town: Any) -> None:
    application, by = bank_details(town)
    entrust.ask_for_bank_code(application, by=by)


def account_noted(town: Any) -> None:
    application, by = bank_details(town)
    code = Code.make(town.resident, purpose=entrust.BANK, address=town.resident.email)
    account = {"kind": "me", "name": "S. Lindeboom", "iban": "NL91ABNA0417164300", "bank": "ABN AMRO"}
    entrust.give_bank_details_here(application, code=code, by=by, **account)


def let_in(town: Any) -> None:
    helper, sent = hanneke(town), town.sent()
    allow.give_consent(sent.plan, helper=helper, by=town.resident)
    town.resident = helper.person


def moved(town: Any) -> None:
    helper, sent = hanneke(town), town.sent()
    allow.make_help_code(sent.plan, by=town.resident)
    allow.use_help_code(Invitation.objects.get(), by=helper.person)


def ended(town: Any) -> None:
    helper, sent = hanneke(town), town.sent()
    consent = make.consent(sent.plan, helper.person)
    allow.end_consent_with_note(sent, consent=consent, note="Samira belde.", by=town.decider)


EVENTS: dict[str, Callable[[Any], object]] = {
    "allow/let_in": let_in,
    "allow/changed": moved,
    "allow/ended": ended,
    "ask/received: with a helper": received,
    "ask/completed: with a helper": received_again,
    "confirm/asked": asked,
    "confirm/asked: again": asked_again,
    "entrust/code": bank_code,
    "entrust/noted": account_noted,
    "help/begun": begun,
    "help/old_address": moved_address,
    "organise/invited": welcomed,
    "organise/stopped": stopped,
}
