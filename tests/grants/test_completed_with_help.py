"""A helper completes what came back; the residents say yes to it, in any of the four ways, and only then it is sent."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from grants.confirm import actions
from grants.models import Application, Completion, Confirmation, Invitation, Letter, Scribe
from grants.models.draft import mark_of_the_whole
from grants.review.actions import go_on_as_it_stands
from grants.write.actions import save_draft
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_confirm import CODE, photo
from web import clock
from web.amounts import euro
from web.models import Deed, Mail, Person, Seat

Status = Application.Status
NOW = "Op zaterdag 9 mei, in de Lindestraat."


@pytest.fixture
def returned(application: Application, helper: Person, officer: Person) -> Application:
    """Samira's plan that Hanneke wrote down, back because it doesn't say when; Hanneke has written it in by now."""
    make.consent(application.plan, helper)
    Scribe.objects.create(plan=application.plan, helper=helper.helps.get())
    make.returned(application, "when", by=officer)
    save_draft(fresh(application), where_when=NOW, by=helper)
    return fresh(application)


def fresh(application: Application) -> Application:
    return Application.objects.for_writing().get(pk=application.pk)


def seen(application: Application) -> str:
    return mark_of_the_whole(fresh(application))


def say(visitor: Visitor, application: Application, way: str, **typed: Any) -> Any:
    return visitor.post(f"/hulp/{application.pk}/ja/{way}/", {"seen": seen(application)} | typed)


def test_the_helper_is_led_to_the_yes(as_: SignedIn, returned: Application, helper: Person, resident: Person) -> None:
    hanneke = as_(helper)
    page = hanneke.get(reverse("grants:resident", args=[returned.pk])).text
    assert "Samira Lindeboom says yes to it; only then it is sent." in page
    assert f"/hulp/{returned.pk}/ja/" in page
    asked = hanneke.get(f"/hulp/{returned.pk}/ja/").text
    assert "misses something" in asked
    assert f"<ins>{NOW}</ins>" in asked, "they say yes to what is different now"
    typed = {"where_when": NOW, "asked": "450", "what": "Tuinen", "send": "1"}
    kept = hanneke.post(reverse("grants:complete", args=[returned.pk]), typed)
    assert kept["Location"] == f"/hulp/{returned.pk}/ja/"
    assert fresh(returned).status == Status.RETURNED


def test_it_is_not_sent_while_something_is_missing(as_: SignedIn, returned: Application, helper: Person) -> None:
    returned.plan.where_when = ""
    returned.plan.save()
    assert "Write where and when it is." in as_(helper).get(f"/hulp/{returned.pk}/ja/").text
    assert "Write where and when it is." in say(as_(helper), returned, "hier", name="Samira").text
    with pytest.raises(ValidationError):
        actions.ask_to_confirm(fresh(returned), by=helper)
    assert fresh(returned).status == Status.RETURNED


def test_here_and_now(as_: SignedIn, returned: Application, helper: Person, resident: Person, officer: Person) -> None:
    assert say(as_(helper), returned, "hier", name="samira").status_code == 302
    assert fresh(returned).status == Status.SUBMITTED
    completion = Completion.objects.get()
    said = completion.confirmation
    assert (said.how, said.by, said.on_behalf_of, said.application) == ("here", helper, resident, None)
    assert completion.completed_by == resident, "the residents completed it"
    deeds = Deed.objects.filter(verb__in=["confirm_plan", "complete"])
    assert [(deed.by, deed.on_behalf_of) for deed in deeds] == [(helper, resident)] * 2
    page = as_(officer).get(reverse("grants:application", args=[returned.pk])).text
    assert "Samira Lindeboom said that this is the plan: with their name, on the helper’s device" in page
    assert NOW in page


def test_the_receipt_says_how_and_whom_to_call(as_: SignedIn, returned: Application, helper: Person) -> None:
    say(as_(helper), returned, "hier", name="Samira")
    letter = Letter.objects.get(event="ask/completed")
    assert "Hanneke Hulst van Buurtwerk Waterveen vulde het plan voor u aan." in letter.text
    assert "Heeft u dat niet gezegd?" in letter.text


def test_by_link_and_by_code(as_: SignedIn, client: Visitor, returned: Application, helper: Person) -> None:
    as_(helper).post(f"/hulp/{returned.pk}/ja/mailen/")
    mail = Mail.objects.filter(to=returned.plan.first_contact).latest("pk").text
    assert "Hanneke Hulst vulde uw plan aan" in mail
    link, code = re.search(r"/ja/[\w-]+/", mail), CODE.search(mail)
    assert link
    assert code
    page = client.get(link[0]).text
    assert f"<ins>{NOW}</ins>" in page
    assert fresh(returned).status == Status.RETURNED, "opening the page says nothing"
    assert say(as_(helper), returned, "code", code=code[0]).status_code == 302
    assert "has been sent" in client.get(link[0]).text
    assert Confirmation.objects.get().how == "code"


def test_with_the_link_alone(as_: SignedIn, client: Visitor, returned: Application, helper: Person) -> None:
    as_(helper).post(f"/hulp/{returned.pk}/ja/mailen/")
    link = re.search(r"/ja/[\w-]+/", Mail.objects.filter(to=returned.plan.first_contact).latest("pk").text)
    assert link
    assert client.post(link[0], {"seen": seen(returned)}).status_code == 200
    said = Confirmation.objects.get()
    assert (said.how, said.by, said.on_behalf_of) == ("link", returned.plan.first_contact, None)
    assert fresh(returned).status == Status.SUBMITTED


def test_on_paper(as_: SignedIn, returned: Application, helper: Person, officer: Person, outsider: Person) -> None:
    done = say(as_(helper), returned, "papier", statement="Thuis voorgelezen.", picture=photo())
    assert done.status_code == 302
    page = f"/aanvraag/{returned.pk}/handtekening.jpg?compleet={Completion.objects.get().pk}"
    assert page in as_(officer).get(reverse("grants:application", args=[returned.pk])).text
    assert as_(officer).get(page).headers["Content-Type"] == "image/jpeg"
    assert as_(officer).get(page.partition("?")[0]).status_code == 404, "the first time nothing was signed"
    for person in (outsider, helper):
        assert as_(person).get(page).status_code == 404


def test_what_is_confirmed_is_what_was_shown(as_: SignedIn, returned: Application, helper: Person) -> None:
    mark = seen(returned)
    save_draft(fresh(returned), where_when="Ergens anders.", by=helper)
    page = as_(helper).post(f"/hulp/{returned.pk}/ja/hier/", {"seen": mark, "name": "Samira"})
    assert "The plan was changed since this page was opened" in page.text
    assert fresh(returned).status == Status.RETURNED
    assert not Confirmation.objects.exists()


def test_a_yes_is_to_one_fund_alone(returned: Application, helper: Person) -> None:
    """A code asked for at one fund sends nothing to another one that has the same plan."""
    other = make.scheme(make.funder("Samen Sterk", slug="samen-sterk"))
    elsewhere = Application.objects.create(plan=returned.plan, scheme=other, asked=make.money(100))
    actions.make_codes_on_paper(returned, by=helper)
    code = Invitation.objects.get(purpose="yes")
    with pytest.raises(ValidationError, match="isn't right"):
        actions.confirm_by_code(fresh(elsewhere), invitation=code, seen=seen(elsewhere), by=helper)
    assert Invitation.objects.open().filter(purpose="yes").exists(), "it isn't used up"


def test_after_the_last_day_unconfirmed_words_of_a_helper_are_not_judged(
    returned: Application, officer: Person, helper: Person
) -> None:
    before = fresh(returned).sent_page.words["where_when"]
    save_draft(fresh(returned), asked=euro(400), by=helper)
    with clock.at(clock.now() + timedelta(weeks=3)):
        go_on_as_it_stands(fresh(returned), by=officer)
    kept = fresh(returned)
    assert kept.page.words["where_when"] == before != NOW
    assert kept.asked == euro(450)
    assert Completion.objects.get().changes == []


def test_what_the_residents_kept_themselves_is_judged(returned: Application, officer: Person, resident: Person) -> None:
    save_draft(fresh(returned), what="Bomen en banken.", by=resident)
    with clock.at(clock.now() + timedelta(weeks=3)):
        go_on_as_it_stands(fresh(returned), by=officer)
    assert fresh(returned).page.words["where_when"] == NOW, "they saw it and kept it"


def test_a_fund_reads_what_it_got_until_it_is_sent_again(
    as_: SignedIn, returned: Application, officer: Person, resident: Person, helper: Person
) -> None:
    """Also when a second fund sent the same plan back: its officer reads nothing that is being written."""
    elsewhere = make.person("Otto Overkant")
    fund = make.funder("Samen Sterk", slug="samen-sterk")
    make.seat(elsewhere, fund, Seat.Role.OFFICER, mandate=10_000)
    other = Application.objects.create(plan=returned.plan, scheme=make.scheme(fund), asked=make.money(100))
    sent_page = fresh(returned).sent_page.as_json()
    other.move_to(
        Status.SUBMITTED,
        frozen_edition=other.edition,
        frozen_duties=other.duties.as_json() if other.duties else None,
        frozen_page=sent_page,
        submitted_at=clock.now(),
        received_on=clock.today(),
        answer_by=clock.today() + timedelta(days=30),
    )
    make.returned(Application.objects.get(pk=other.pk), "what", by=elsewhere)
    save_draft(fresh(returned), asked=euro(400), what="Iets heel anders.", by=resident)
    for person, here in ((officer, returned), (elsewhere, other)):
        page = as_(person).get(reverse("grants:application", args=[here.pk])).text
        assert "Iets heel anders." not in page
        assert NOW not in page
    assert as_(officer).get(reverse("grants:application", args=[returned.pk])).context["asked"] == euro(450)
    assert "Iets heel anders." in as_(helper).get(reverse("grants:resident", args=[returned.pk])).text
