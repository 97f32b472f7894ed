"""A helper's desk: a plan begun for a resident who said yes, my residents, and a device that forgets them."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from grants.access import may
from grants.help.actions import start_for_resident
from grants.models import Application, Consent, Invitation, Member, Scheme, Scribe
from grants.models.turn import turn_of
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import plan_as_typed
from web.models import Deed, Funder, Mail, Person
from web.sign_in.adopt import HOLDER

pytestmark = pytest.mark.django_db
START = "/hulp/nieuw/"


def typed(scheme: Scheme, /, **changed: Any) -> dict[str, Any]:
    about = {"name": "Saida Salie", "postcode": "1234ab", "house_number": "5", "reached_by": "post", "phone": "06 1"}
    return about | {"scheme": scheme.pk, "said_yes": "on"} | changed


def begun(visitor: Visitor, scheme: Scheme, **changed: Any) -> Application:
    answer = visitor.post(START, typed(scheme, **changed))
    assert answer.status_code == 302, answer.text
    return Application.objects.latest("pk")


def test_a_plan_begins_with_a_yes_and_is_the_residents_own(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    application = begun(as_(helper), scheme)
    saida = application.plan.first_contact
    assert (saida.name, saida.postcode, saida.reached_by, saida.can_sign_in) == (
        "Saida Salie",
        "1234 AB",
        "post",
        False,
    )
    assert not Member.objects.filter(person=helper).exists(), "a helper is never of the group"
    consent = Consent.objects.get()
    assert (consent.given_by, consent.how, consent.paid_by, consent.until_bank_details) == (
        saida,
        "spoken",
        "de gemeente",
        True,
    )
    deeds = Deed.objects.filter(verb__in=["start_for_resident", "give_consent"])
    assert {(deed.by, deed.on_behalf_of) for deed in deeds} == {(helper, saida)}


def test_a_double_click_begins_one_plan(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    first, again = begun(as_(helper), scheme), begun(as_(helper), scheme)
    assert first == again
    assert (Application.objects.count(), Consent.objects.count()) == (1, 1)
    begun(as_(helper), scheme, house_number="6")
    assert Application.objects.count() == 2


def test_the_words_on_paper_name_who_wrote_it(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    application = begun(as_(helper), scheme)
    paper = as_(helper).get(reverse("grants:paper", args=[application.pk])).content
    text = PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert "Opgeschreven door Hanneke Hulst, Buurtwerk Waterveen (betaald door de gemeente)" in text


def test_the_code_of_a_draft_never_makes_it_the_helpers_own(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    application = begun(as_(helper), scheme)
    answer = as_(helper).post("/plan/verder/", {"code": application.plan.code})
    assert answer.status_code == 403
    assert "stays the residents" in answer.text
    assert not Member.objects.filter(person=helper).exists()


def test_without_a_yes_there_is_no_plan(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    about = typed(scheme)
    del about["said_yes"]
    page = as_(helper).post(START, about)
    assert page.status_code == 200
    assert "Tick this box." in page.text
    assert 'value="Saida Salie"' in page.text
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reached_by": "mail"}, "Write the address to mail to"),
        ({"reached_by": "phone", "phone": ""}, "Write the number to call"),
        ({"email": "Hanneke@waterveen.example"}, "your own address"),
        ({"until": "31-02-2027"}, "31-12-2026"),
        ({"until": "31-12-2099"}, "at most a year"),
        ({"postcode": "nergens"}, "1234 AB"),
        ({"scheme": "999"}, "valid choice"),
    ],
)
def test_what_is_not_right_is_asked_back(
    as_: SignedIn, scheme: Scheme, helper: Person, changed: dict[str, str], sentence: str
) -> None:
    page = as_(helper).post(START, typed(scheme, **changed))
    assert page.status_code == 200
    assert sentence in page.text
    assert not Application.objects.exists()
    assert not Person.objects.filter(name="Saida Salie").exists()


def test_a_resident_with_mail_reads_who_writes_and_who_pays(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    application = begun(as_(helper), scheme, email="saida@waterveen.example", reached_by="mail")
    mail = Mail.objects.get(address="saida@waterveen.example")
    assert "Hanneke Hulst van Buurtwerk Waterveen" in mail.text
    assert "betaald door: de gemeente" in mail.text
    assert application.plan.code in mail.text, "they can write on themselves"
    assert application.plan.code not in as_(helper).get(application.form_url).text, "the helper can't do so as them"


def test_a_helper_writes_on_one_page_and_is_named(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    visitor = as_(helper)
    application = begun(visitor, scheme)
    page = visitor.get(application.form_url).text
    assert "You write this down for Saida Salie" in page
    assert "/groep/" not in page
    answer = visitor.post(application.form_url, plan_as_typed(send="1"))
    assert answer.headers["Location"] == reverse("grants:send", args=[application.pk])
    assert visitor.get(answer.headers["Location"]).headers["Location"] == f"/hulp/{application.pk}/ja/"
    shown = visitor.get(f"/hulp/{application.pk}/ja/").text
    assert "Written down by Hanneke Hulst, Buurtwerk Waterveen (paid by de gemeente), on behalf of Saida Salie" in shown


def test_a_helper_can_neither_send_nor_take_the_residents_place(
    as_: SignedIn, scheme: Scheme, helper: Person, resident: Person
) -> None:
    draft = make.draft(scheme, resident)
    make.consent(draft.plan, helper)
    visitor, pk = as_(helper), draft.pk
    contact = {"name": "X", "postcode": "1234 AB", "house_number": "1", "email": "x@x.example", "reached_by": "mail"}
    assert visitor.post(f"/plan/{pk}/versturen/", contact).status_code == 302
    assert visitor.post(f"/plan/{pk}/code/", {"code": "ACEFHJ"}).status_code in {403, 404}
    for page in ("groep/", "groep/uitnodigen/", "hulp/", "groep/partner/"):
        assert visitor.get(f"/plan/{draft.plan_id}/{page}").status_code == 404
    assert visitor.get(f"/steun/plan/{draft.plan_id}/").status_code == 404
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not Mail.objects.exists()


def test_a_plan_begins_with_the_words_of_an_earlier_one(
    as_: SignedIn, scheme: Scheme, helper: Person, resident: Person
) -> None:
    earlier = make.draft(scheme, resident, title="Schommel")
    make.consent(earlier.plan, helper)
    visitor = as_(helper)
    assert "Schommel" in visitor.get(f"{START}?van={earlier.pk}").text
    assert visitor.post(f"{START}?van={earlier.pk}", typed(scheme)).status_code == 302
    made = Application.objects.latest("pk")
    assert (made.plan.title, made.asked, made.plan.what) == ("Schommel", earlier.asked, earlier.plan.what)
    assert [line.what for line in made.plan.lines.all()] == [line.what for line in earlier.plan.lines.all()]
    assert earlier.plan.lines.count() == 1
    assert made.plan.first_contact.name == "Saida Salie"


def test_a_resident_begins_again_without_being_asked_who_they_are(
    as_: SignedIn, scheme: Scheme, helper: Person, resident: Person
) -> None:
    earlier = make.draft(scheme, resident)
    make.consent(earlier.plan, helper)
    page = as_(helper).get(f"{START}?van={earlier.pk}&zelfde").text
    assert 'name="postcode"' not in page
    answer = as_(helper).post(f"{START}?van={earlier.pk}&zelfde", {"scheme": scheme.pk, "said_yes": "on"})
    assert answer.status_code == 302
    assert Application.objects.latest("pk").plan.first_contact == resident
    assert Consent.objects.count() == 2


def test_the_words_of_a_plan_one_is_not_let_in_at_stay_there(
    as_: SignedIn, application: Application, scheme: Scheme, helper: Person
) -> None:
    for number in (str(application.pk), "999999", "9" * 40):
        assert as_(helper).get(f"{START}?van={number}").status_code in {200, 404}
    assert as_(helper).get(f"{START}?van={application.pk}&zelfde").status_code == 404
    with pytest.raises(PermissionDenied, match="let in"):
        start_for_resident(scheme, resident=Person(name="X"), earlier=application, by=helper)


def test_only_a_helper_begins_a_plan_for_somebody(
    as_: SignedIn, scheme: Scheme, officer: Person, neighbour: Person
) -> None:
    for person in (officer, neighbour):
        assert as_(person).get(START).status_code == 404
        assert as_(person).post(START, typed(scheme)).status_code == 404
        with pytest.raises(PermissionDenied, match="Only a helper"):
            start_for_resident(scheme, resident=Person(name="X"), by=person)


def test_my_residents_says_whose_turn_it_is(as_: SignedIn, scheme: Scheme, helper: Person, resident: Person) -> None:
    begun(as_(helper), scheme)
    complete = make.draft(scheme, resident)
    make.consent(complete.plan, helper)
    sent = make.application(scheme, make.person("Wim Wingerd"))
    make.consent(sent.plan, helper)
    page = as_(helper).get("/hulp/").text
    assert "You, with Saida Salie" in page
    assert "Write how much money you ask." in page
    assert "Turn: Samira Lindeboom" in page
    assert f"Turn: {scheme.funder}" in page
    own = as_(helper).get(f"/hulp/{complete.pk}/").text
    assert "Let the resident say yes" in own
    assert as_(helper).get(f"/hulp/{sent.pk}/").status_code == 200


def test_after_the_award_it_is_the_residents_turn(granted: Application, helper: Person) -> None:
    make.consent(granted.plan, helper)
    application = Application.objects.helped_by(helper).for_my_residents().get()
    turn = turn_of(application)
    assert (turn.whose, turn.what) == ("Samira Lindeboom", "Gives the bank details.")
    Application.objects.update(status="closed")
    assert turn_of(Application.objects.for_my_residents().get()).whose == ""


def test_another_helpers_resident_is_not_found(as_: SignedIn, scheme: Scheme, helper: Person, resident: Person) -> None:
    colleague = make.person("Ineke Iris")
    make.helper(colleague)
    draft = make.draft(scheme, resident)
    make.consent(draft.plan, helper)
    pages = ("", "ja/", "ja/hier/", "ja/code/", "ja/papier/", "ja/mailen/", "ja/codes.pdf")
    for page in pages:
        assert as_(colleague).get(f"/hulp/{draft.pk}/{page}").status_code in {404, 405}
        assert as_(colleague).post(f"/hulp/{draft.pk}/{page}", {}).status_code == 404
    Consent.objects.get().end(by=resident)
    assert {as_(helper).post(f"/hulp/{draft.pk}/{page}", {}).status_code for page in pages} == {404}
    assert not Invitation.objects.exists()


def test_the_next_resident_finds_nothing_of_the_one_before(as_: SignedIn, helper: Person, resident: Person) -> None:
    visitor = as_(helper)
    session = visitor.session
    session[HOLDER], session["invited"] = resident.pk, 7
    session.save()
    key = session.session_key
    answer = visitor.post("/hulp/klaar/")
    assert answer.headers["Location"] == "/hulp/"
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert not {HOLDER, "invited"} & set(visitor.session.keys())
    assert visitor.session.session_key != key
    assert visitor.get("/hulp/").status_code == 200, "the helper stays signed in"


def test_a_colleague_who_writes_is_named_instead(scheme: Scheme, helper: Person, resident: Person) -> None:
    from grants.write.actions import save_draft

    draft = make.draft(scheme, resident)
    make.consent(draft.plan, helper)
    save_draft(draft, by=resident, what="Zelf geschreven.")
    assert not Scribe.objects.exists()
    save_draft(draft, by=helper, what="Opgeschreven.")
    assert Scribe.objects.get().helper.person == helper


def test_a_helper_finds_their_residents_in_the_menu(as_: SignedIn, helper: Person, resident: Person) -> None:
    assert 'href="/hulp/"' in as_(helper).get("/").text
    assert 'href="/hulp/"' not in as_(resident).get("/").text


@pytest.mark.parametrize("more", [0, 5])
def test_my_residents_costs_the_same_however_many_there_are(
    as_: SignedIn, scheme: Scheme, helper: Person, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(1 + more):
        make.consent(make.draft(scheme, make.person()).plan, helper)
    visitor = as_(helper)
    # session, user with person, seats (door); my place; which applications, and these with members, lines,
    # tracks, sheets and those elsewhere
    with django_assert_num_queries(11):
        visitor.get("/hulp/")


def test_an_officer_reads_who_wrote_it_down(
    as_: SignedIn, application: Application, helper: Person, officer: Person
) -> None:
    make.consent(application.plan, helper)
    Scribe.objects.create(plan=application.plan, helper=helper.helps.get())
    page = as_(officer).get(reverse("grants:application", args=[application.pk])).text
    assert "A plan of Samira Lindeboom. Written down by Hanneke Hulst" in page


def test_a_wrong_address_is_put_right_and_what_went_there_dies(as_: SignedIn, scheme: Scheme, helper: Person) -> None:
    visitor = as_(helper)
    application = begun(visitor, scheme, email="fout@waterveen.example", reached_by="mail")
    code = application.plan.code
    Invitation.make(application.plan, purpose=Invitation.Purpose.SAY_YES, by=helper)
    page = f"/hulp/{application.pk}/gegevens/"
    assert "fout@waterveen.example" in visitor.get(page).text
    right = typed(scheme, email="goed@waterveen.example", reached_by="mail")
    assert visitor.post(page, right | {"email": "geen"}).status_code == 200
    assert visitor.post(page, right).status_code == 302
    application = Application.objects.latest("pk")
    assert application.plan.first_contact.email == "goed@waterveen.example"
    assert application.plan.code != code
    assert not Invitation.objects.open().exists()
    assert Mail.objects.filter(address="goed@waterveen.example").exists()
    old = Mail.objects.filter(address="fout@waterveen.example").latest("pk")
    assert "goed@" not in old.text
    assert "Bel ons dan meteen" in old.text


def test_who_sent_a_plan_or_signs_in_is_not_changed_by_a_helper(
    as_: SignedIn, scheme: Scheme, helper: Person, resident: Person
) -> None:
    mine = make.draft(scheme, resident)
    consent = make.consent(mine.plan, helper)
    page = f"/hulp/{mine.pk}/gegevens/"
    assert as_(helper).get(page).status_code == 200
    make.application(scheme_of(scheme), resident)
    assert as_(helper).post(page, typed(scheme)).status_code == 403
    Application.objects.exclude(pk=mine.pk).update(status="draft")
    make.user(resident)
    assert as_(helper).post(page, typed(scheme)).status_code == 403
    consent.end(by=resident)
    assert as_(helper).post(page, typed(scheme)).status_code == 404


def scheme_of(scheme: Scheme) -> Scheme:
    """Another one of the same funder."""
    return make.scheme(scheme.funder)


def test_what_was_sent_to_one_fund_is_sent(as_: SignedIn, scheme: Scheme, other_funder: Funder, helper: Person) -> None:
    """A draft for a second fund makes nobody's address a helper's to change."""
    draft = begun(as_(helper), scheme)
    assert may(helper, "correct_contact", draft)
    sent = make.application(make.scheme(other_funder), make.person())
    Application.objects.filter(pk=sent.pk).update(plan=draft.plan)
    assert not may(helper, "correct_contact", draft)
    assert as_(helper).post(f"/hulp/{draft.pk}/gegevens/", typed(scheme)).status_code == 403
