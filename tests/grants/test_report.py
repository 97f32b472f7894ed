"""Afterwards: the story, "it isn't happening", fixing a grant that was awarded first, and closing."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from grants.models import Application, Decision, Grant, Letter, Scheme, Story, StoryPhoto
from grants.report.actions import close, fix, stop, tell_story
from ledger.models import Budget, Payee
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import today
from web.models import Person, Seat

Status = Application.Status


def pay(grant: Grant, *, by: Person) -> None:
    """The whole of it, by somebody who didn't decide."""
    commitment = grant.commitment
    Payee.take_down(
        commitment, kind="me", name="S. Lindeboom", iban="NL91ABNA0417164300", bank="", by=commitment.holders.all()[0]
    )
    payment = commitment.payments.get()
    payment.put_on_its_way(by=by)
    payment.confirm(on=today(), by=by)


@pytest.fixture
def paid(granted: Application, treasurer: Person) -> Application:
    """450 euro, fixed at once, paid."""
    pay(granted.grant, by=treasurer)
    return granted


@pytest.fixture
def advanced(scheme: Scheme, resident: Person, decider: Person, treasurer: Person) -> Application:
    """9,000 euro on the Growth track: paid, and still to be fixed."""
    grant = make.grant(make.application(scheme, resident, asked=9_000), by=decider)
    pay(grant, by=treasurer)
    return grant.application


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "PNG")
    return SimpleUploadedFile("tuin.png", written.getvalue(), content_type="image/png")


# The story


def test_a_story_is_told_and_told_again_with_its_photos_kept(paid: Application, resident: Person) -> None:
    tell_story(paid, worked="partly", best="De soep.", by=resident)
    tell_story(paid, worked="yes", best="De muziek.", left_over=euro(12), by=resident)
    story = Story.objects.get()
    assert (story.worked, story.best, story.left_over) == ("yes", "De muziek.", euro(12))


def test_before_the_award_there_is_nothing_to_tell(application: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="once you have the money"):
        tell_story(application, worked="yes", by=resident)


def test_only_the_group_tells(paid: Application, officer: Person, neighbour: Person) -> None:
    for person in (officer, neighbour):
        with pytest.raises(PermissionDenied, match="Only the group"):
            tell_story(paid, worked="yes", by=person)


def test_a_quick_plan_is_asked_one_question_and_a_larger_one_three(
    as_: SignedIn, paid: Application, advanced: Application, resident: Person
) -> None:
    visitor = as_(resident)
    little = visitor.get(reverse("grants:tell_story", args=[paid.pk])).context["form"]
    much = visitor.get(reverse("grants:tell_story", args=[advanced.pk])).context["form"]
    assert set(little.fields) == {"worked", "photo"}
    assert set(much.fields) == {"worked", "best", "left_over", "photo"}


def test_the_page_keeps_a_safe_photo_for_those_who_may_see_it(
    as_: SignedIn, paid: Application, resident: Person, officer: Person, outsider: Person, neighbour: Person
) -> None:
    response = as_(resident).post(reverse("grants:tell_story", args=[paid.pk]), {"worked": "yes", "photo": photo()})
    assert response["Location"] == reverse("grants:track", args=[paid.pk])
    kept = StoryPhoto.objects.get()
    assert "tuin" not in str(kept.picture.name)
    address = reverse("grants:story_photo", args=[kept.pk])
    for person in (resident, officer):
        seen = as_(person).get(address)
        assert seen["Content-Type"] == "image/jpeg"
        assert "no-store" in seen["Cache-Control"]
    for person in (outsider, neighbour):
        assert as_(person).get(address).status_code == 404


def test_a_wrong_file_is_asked_back_with_the_words_kept(as_: SignedIn, advanced: Application, resident: Person) -> None:
    typed = {
        "worked": "partly",
        "best": "De soep was warm.",
        "left_over": "12,5O",
        "photo": SimpleUploadedFile("x.jpg", b"geen foto"),
    }
    page = as_(resident).post(reverse("grants:tell_story", args=[advanced.pk]), typed)
    assert "We can't open this. Send a photo" in page.text.replace("&#x27;", "'")
    assert "De soep was warm." in page.text
    assert "12,5O" in page.text
    assert not Story.objects.exists()


def test_the_story_page_is_the_groups_alone(
    as_: SignedIn, paid: Application, officer: Person, outsider: Person
) -> None:
    for person in (officer, outsider):
        assert as_(person).get(reverse("grants:tell_story", args=[paid.pk])).status_code == 404


# It isn't happening


def test_stopping_before_payment_frees_the_money(granted: Application, resident: Person) -> None:
    stop(granted, reason="De straat ligt open.", by=resident)
    assert granted.status == Status.WITHDRAWN
    assert Budget.objects.get().available == euro(10_000)
    assert Letter.objects.filter(event="report/stopped").exists()


def test_stopping_after_payment_leaves_a_fixed_grant_with_the_group(paid: Application, resident: Person) -> None:
    stop(paid, by=resident)
    paid.refresh_from_db()
    assert paid.status == Status.GRANTED
    assert Grant.objects.get().stopped_on == today()
    assert Grant.objects.get().commitment.given == euro(450)


def test_stopping_twice_is_refused(paid: Application, resident: Person) -> None:
    stop(paid, by=resident)
    with pytest.raises(ValidationError, match="told us this already"):
        stop(paid, by=resident)


def test_money_on_its_way_is_not_released(granted: Application, resident: Person, treasurer: Person) -> None:
    commitment = granted.grant.commitment
    Payee.take_down(commitment, kind="me", name="S", iban="NL91ABNA0417164300", bank="", by=resident)
    commitment.payments.get().put_on_its_way(by=treasurer)
    with pytest.raises(ValidationError, match="on its way"):
        stop(granted, by=resident)
    assert commitment.on_its_way == euro(450)


def test_the_stop_page_works_and_is_the_first_contacts(
    as_: SignedIn, granted: Application, resident: Person, officer: Person
) -> None:
    address = reverse("grants:stop", args=[granted.pk])
    assert as_(officer).get(address).status_code == 404
    assert as_(resident).get(address).status_code == 200
    as_(resident).post(address, {"reason": ""})
    granted.refresh_from_db()
    assert granted.status == Status.WITHDRAWN


# Fixing


def test_fixing_at_the_amount_asks_nothing_back(advanced: Application, decider: Person) -> None:
    decision = fix(advanced, amount=euro(9_000), by=decider)
    commitment = Grant.objects.get().commitment
    assert (commitment.given, commitment.to_recover) == (euro(9_000), euro(0))
    assert decision.outcome == Decision.Outcome.FIXED


def test_fixing_lower_needs_a_reason_and_asks_back_what_was_paid_above_it(
    advanced: Application, decider: Person
) -> None:
    with pytest.raises(ValidationError, match="lower than awarded"):
        fix(advanced, amount=euro(8_500), by=decider)
    fix(Application.objects.get(), amount=euro(8_500), reason="Er is 500 euro over.", by=decider)
    commitment = Grant.objects.get().commitment
    assert (commitment.given, commitment.advanced, commitment.to_recover) == (euro(8_500), euro(0), euro(500))
    text = Letter.objects.get(event="report/fixed").text
    assert "500" in text
    assert "Er is 500 euro over." in text


def test_fixing_lower_before_all_is_paid_needs_a_reason_too(scheme: Scheme, resident: Person, decider: Person) -> None:
    grant = make.grant(make.application(scheme, resident, asked=9_000), by=decider)
    with pytest.raises(ValidationError, match="lower than awarded"):
        fix(grant.application, amount=euro(100), by=decider)
    fix(Application.objects.get(), amount=euro(8_000), reason="Het wordt kleiner.", by=decider)
    assert Grant.objects.get().commitment.promised == euro(8_000)
    assert Budget.objects.get().available == euro(2_000)


def test_fixing_at_nothing_is_possible(advanced: Application, decider: Person) -> None:
    fix(advanced, amount=euro(0), reason="Het is niet gedaan.", by=decider)
    assert Grant.objects.get().commitment.to_recover == euro(9_000)


def test_fixing_above_what_was_awarded_is_refused(advanced: Application, decider: Person) -> None:
    with pytest.raises(ValidationError, match="more than was promised"):
        fix(advanced, amount=euro(9_001), by=decider)
    assert not Decision.objects.filter(outcome="fixed").exists()


def test_fixing_twice_is_refused(advanced: Application, decider: Person) -> None:
    fix(advanced, amount=euro(9_000), by=decider)
    with pytest.raises(ValidationError, match="fixed already"):
        fix(Application.objects.get(), amount=euro(100), reason="Toch.", by=decider)


def test_what_was_fixed_at_once_is_never_fixed_again(paid: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="fixed already"):
        fix(paid, amount=euro(1), reason="Niet alles is op.", by=officer)
    assert Grant.objects.get().commitment.given == euro(450)


def test_without_a_grant_there_is_nothing_to_fix_or_close(judged: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="Only a plan that has been granted"):
        fix(judged, amount=euro(1), reason="x", by=officer)
    with pytest.raises(ValidationError, match="Only a plan that has been granted"):
        close(judged, by=officer)


@pytest.mark.parametrize("amount", [0, 8_000, 9_000])
def test_fixing_needs_a_mandate_for_all_that_was_promised(
    advanced: Application, decider: Person, officer: Person, amount: int
) -> None:
    Seat.objects.filter(person=decider).update(mandate=8_999)
    with pytest.raises(ValidationError, match=r"mandate doesn't reach to €.+9\.000"):
        fix(advanced, amount=euro(amount), reason="Het is niet gedaan.", by=decider)
    assert not Decision.objects.filter(outcome="fixed").exists()
    Seat.objects.filter(person=decider).update(mandate=9_000)
    fix(advanced, amount=euro(amount), reason="Het is niet gedaan.", by=decider)


@pytest.mark.parametrize("role", ["treasurer", "auditor", "resident", "outsider"])
def test_only_a_mandate_fixes(advanced: Application, role: str, request: Any) -> None:
    with pytest.raises(PermissionDenied, match="mandate"):
        fix(advanced, amount=euro(9_000), by=request.getfixturevalue(role))


def test_the_fix_page_works_and_keeps_what_was_typed(as_: SignedIn, advanced: Application, decider: Person) -> None:
    visitor, address = as_(decider), reverse("grants:fix", args=[advanced.pk])
    assert "9.000" in visitor.get(address).text
    refused = visitor.post(address, {"amount": "8.500", "reason": ""})
    assert "lower than awarded" in refused.text
    assert "8.500" in refused.text
    assert visitor.post(address, {"amount": "8.500", "reason": "Er is geld over."}).status_code == 302
    assert Grant.objects.get().commitment.to_recover == euro(500)


def test_the_fix_page_404_and_403(
    as_: SignedIn, advanced: Application, outsider: Person, treasurer: Person, application: Application, decider: Person
) -> None:
    address = reverse("grants:fix", args=[advanced.pk])
    assert as_(outsider).get(address).status_code == 404
    assert as_(treasurer).get(address).status_code == 403
    assert as_(decider).get(reverse("grants:fix", args=[application.pk])).status_code == 404


# Closing


def test_closing_waits_for_money_fixing_and_story(advanced: Application, decider: Person) -> None:
    with pytest.raises(ValidationError) as refusal:
        close(advanced, by=decider)
    assert len(refusal.value.messages) == 2
    fix(advanced, amount=euro(9_000), by=decider)
    tell_story(advanced, worked="yes", by=advanced.plan.first_contact)
    close(Application.objects.get(), by=decider)
    assert Application.objects.get().status == Status.CLOSED


def test_what_is_not_paid_is_not_closed(as_: SignedIn, granted: Application, officer: Person, resident: Person) -> None:
    tell_story(granted, worked="yes", by=resident)
    page = reverse("grants:application", args=[granted.pk])
    assert reverse("grants:close", args=[granted.pk]) not in as_(officer).get(page).text
    with pytest.raises(ValidationError, match="Not all of the money"):
        close(granted, by=officer)


def test_fixed_at_once_closes_after_the_story_and_asks_nothing_back(
    paid: Application, officer: Person, resident: Person
) -> None:
    tell_story(paid, worked="no", by=resident)
    close(paid, by=officer)
    assert paid.status == Status.CLOSED
    assert Grant.objects.get().commitment.given == euro(450)
    assert Letter.objects.filter(event="report/closed").exists()


def test_a_stopped_plan_closes_without_a_story(paid: Application, officer: Person, resident: Person) -> None:
    stop(paid, by=resident)
    close(Application.objects.get(), by=officer)
    assert Application.objects.get().status == Status.CLOSED


def test_the_button_closes_and_a_refusal_becomes_a_message(
    as_: SignedIn, paid: Application, officer: Person, resident: Person, outsider: Person, treasurer: Person
) -> None:
    address, page = reverse("grants:close", args=[paid.pk]), reverse("grants:application", args=[paid.pk])
    assert as_(outsider).post(address).status_code == 404
    assert as_(treasurer).post(address).status_code == 403
    visitor = as_(officer)
    refused = visitor.post(address, follow=True, headers={"referer": f"http://testserver{page}"})
    assert "have not told how it went" in refused.text
    assert address not in refused.text, "the button comes when it can be closed"
    tell_story(paid, worked="yes", by=resident)
    assert address in visitor.get(page).text
    assert "Closed." in visitor.post(address, follow=True).text
