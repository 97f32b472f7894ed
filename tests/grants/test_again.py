"""After a plan is done: a next one that begins with everything, its history, and an example for everybody."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.again.actions import follow_up, hide_example, say_what_differs, show_example, want_it_too
from grants.ask.actions import submit
from grants.divide.actions import let_them_see
from grants.erase.actions import erase_person
from grants.models import Application, Example, Member, Plan, Scheme, Story, StoryPhoto
from grants.models.series import earlier
from tests import make
from tests.conftest import SignedIn, Visitor
from web.amounts import euro
from web.models import Deed, Funder, Mail, Person


@pytest.fixture
def done(granted: Application, resident: Person) -> Application:
    """Samira's plan of 450 euro, closed, with a story and a photo."""
    story = Story.objects.create(plan=granted.plan, worked="yes", best="De geur.", by=resident)
    StoryPhoto.objects.create(story=story, picture="stories/geur.jpg")
    Application.objects.filter(pk=granted.pk).update(status=Application.Status.CLOSED)
    return Application.objects.get(pk=granted.pk)


@pytest.fixture
def next_one(done: Application, scheme: Scheme, resident: Person) -> Application:
    return follow_up(done.plan, scheme=scheme, asked=euro(400), changed="Nu twee straten.", by=resident)


@pytest.fixture
def example(done: Application, resident: Person) -> Example:
    photos = StoryPhoto.objects.all()
    return show_example(done.plan, title="Geveltuinen", what="Wij plantten bloemen.", photos=photos, by=resident)


# The next one


def test_a_next_plan_begins_with_everything_of_the_earlier_one(done: Application, next_one: Application) -> None:
    before, after = done.plan.page, next_one.plan.page
    assert {**before.words, "changed": "Nu twee straten."} == after.words
    assert [(line.what, line.amount) for line in after.lines] == [(line.what, line.amount) for line in before.lines]
    assert ("What is different this time?", "Nu twee straten.") in next_one.plan.answers()
    assert next_one.status == Application.Status.DRAFT
    assert done.plan.lines.count() == len(before.lines)


def test_one_click_and_one_question(as_: SignedIn, done: Application, resident: Person) -> None:
    visitor, address = as_(resident), reverse("grants:follow_up", args=[done.plan_id])
    assert address in visitor.get(done.get_absolute_url()).text
    form = visitor.get(address).context["form"]
    assert (form["scheme"].value(), form["asked"].value()) == (str(done.scheme_id), "450")
    answer = visitor.post(address, {"scheme": done.scheme_id, "asked": "450"})
    assert answer["Location"] == Application.objects.drafts().get().form_url


@pytest.fixture
def anna(done: Application) -> Member:
    return Member.objects.create(plan=done.plan, person=make.person("Anna Anjelier"))


def test_the_earlier_group_is_asked_and_is_in_it_only_after_a_yes(
    as_: SignedIn, client: Visitor, done: Application, anna: Member, resident: Person
) -> None:
    Member.objects.create(plan=done.plan, person=Person.objects.create(name="Zonder mail"))
    visitor, address = as_(resident), reverse("grants:follow_up", args=[done.plan_id])
    form = visitor.get(address).context["form"]
    assert [label for _pk, label in form.fields["members"].choices] == ["Anna Anjelier"]
    visitor.post(address, {"scheme": done.scheme_id, "asked": "450", "members": [anna.pk]})
    new = Application.objects.drafts().get().plan
    assert [member.person for member in new.members.all()] == [resident]
    mail = Mail.objects.get(address=anna.person.email)
    assert mail.to != anna.person, "the one invited is a stranger until they answer"
    link = re.search(r"/meedoen/\S+", mail.text)
    assert link
    client.post(link[0], {"name": "Anna", "email": anna.person.email, "phone": "", "reached_by": "mail"})
    assert new.members.filter(person__name="Anna").exists()


def test_nobody_is_asked_unless_chosen_and_nobody_from_elsewhere(
    done: Application, anna: Member, scheme: Scheme, resident: Person, neighbour: Person
) -> None:
    stranger = Member.objects.create(plan=make.plan(make.person("Iemand")), person=neighbour)
    draft = follow_up(done.plan, scheme=scheme, asked=None, members=[stranger], by=resident)
    assert not draft.plan.invitations.exists()
    assert not Mail.objects.filter(text__contains="meedoen").exists()
    follow_up(done.plan, scheme=scheme, asked=None, members=[anna], by=resident)
    assert not draft.plan.invitations.exists(), "a second click invites nobody"


def test_what_is_different_can_change_until_it_is_sent(
    as_: SignedIn, next_one: Application, resident: Person, neighbour: Person
) -> None:
    page = reverse("grants:what_differs", args=[next_one.plan_id])
    visitor = as_(resident)
    assert page in visitor.get(next_one.form_url).text
    assert "Nu twee straten." in visitor.get(page).text
    assert visitor.post(page, {"changed": "Nu drie straten."})["Location"] == next_one.form_url
    assert ("What is different this time?", "Nu drie straten.") in Plan.objects.get(pk=next_one.plan_id).answers()
    assert as_(neighbour).get(page).status_code == 404
    with pytest.raises(PermissionDenied):
        say_what_differs(next_one.plan, changed="Niets.", by=neighbour)
    sent = submit(Application.objects.get(pk=next_one.pk), by=resident)
    assert visitor.get(page).status_code == 404
    with pytest.raises(ValidationError, match="has been sent"):
        say_what_differs(Plan.objects.get(pk=sent.plan_id), changed="Niets.", by=resident)


def test_a_plan_that_follows_none_differs_from_none(as_: SignedIn, scheme: Scheme, resident: Person) -> None:
    draft = make.draft(scheme, resident)
    page = reverse("grants:what_differs", args=[draft.plan_id])
    assert as_(resident).get(page).status_code == 404
    assert page not in as_(resident).get(draft.form_url).text


def test_two_clicks_start_one_plan(done: Application, next_one: Application, scheme: Scheme, resident: Person) -> None:
    assert follow_up(done.plan, scheme=scheme, asked=euro(300), by=resident) == next_one
    assert Deed.objects.filter(verb="follow_up").count() == 1


def test_only_a_plan_that_is_done_is_followed_or_shown(
    application: Application, scheme: Scheme, resident: Person
) -> None:
    with pytest.raises(ValidationError, match="isn't done yet"):
        follow_up(application.plan, scheme=scheme, asked=None, by=resident)
    with pytest.raises(ValidationError, match="isn't done yet"):
        show_example(application.plan, title="A", what="B", photos=[], by=resident)


def test_only_the_group_goes_on_with_its_plan(
    as_: SignedIn, done: Application, scheme: Scheme, neighbour: Person, officer: Person
) -> None:
    for person in (neighbour, officer):
        with pytest.raises(PermissionDenied):
            follow_up(done.plan, scheme=scheme, asked=None, by=person)
        for page in ("follow_up", "history", "show_example"):
            assert as_(person).get(reverse(f"grants:{page}", args=[done.plan_id])).status_code == 404
    Member.objects.create(plan=done.plan, person=neighbour)
    assert as_(neighbour).get(reverse("grants:show_example", args=[done.plan_id])).status_code == 403


def test_the_earlier_plan_is_shown_to_residents_and_officer(
    as_: SignedIn, next_one: Application, resident: Person, officer: Person
) -> None:
    sent = submit(Application.objects.for_writing().get(pk=next_one.pk), by=resident)
    for person, page in ((resident, sent.get_absolute_url()), (officer, reverse("grants:application", args=[sent.pk]))):
        text = as_(person).get(page).text
        assert "Earlier" in text
        assert "closed" in text
    history = as_(resident).get(reverse("grants:history", args=[sent.plan_id]))
    assert [each.status for each in history.context["years"]] == ["closed", "submitted"]


def test_the_code_of_a_next_plan_tells_nothing_of_the_earlier_one(done: Application, next_one: Application) -> None:
    elsewhere = Visitor()
    elsewhere.post(reverse("grants:go_on"), {"code": next_one.plan.code})
    history = elsewhere.get(reverse("grants:history", args=[next_one.plan_id]))
    assert history.status_code == 200
    assert history.context["years"] == []
    edition = next_one.scheme.edition
    Application.objects.filter(pk=next_one.pk).update(
        status="submitted", received_on="2026-05-01", frozen_edition=edition
    )
    sent = elsewhere.get(next_one.get_absolute_url())
    assert (sent.status_code, sent.context["earlier"]) == (200, [])


def test_another_fund_reads_no_history_without_the_residents_word(
    as_: SignedIn, done: Application, other_funder: Funder, resident: Person, outsider: Person
) -> None:
    elsewhere = make.scheme(other_funder)
    sent = submit(follow_up(done.plan, scheme=elsewhere, asked=euro(400), by=resident), by=resident)
    visitor, page = as_(outsider), reverse("grants:application", args=[sent.pk])
    assert "Buurtpot" not in visitor.get(page).text
    let_them_see(sent.plan, by=resident)
    assert "Buurtpot" in visitor.get(page).text


def test_a_third_plan_remembers_the_first(next_one: Application, scheme: Scheme, resident: Person) -> None:
    submit(Application.objects.for_writing().get(pk=next_one.pk), by=resident)
    Application.objects.filter(pk=next_one.pk).update(status=Application.Status.CLOSED)
    third = follow_up(Plan.objects.get(pk=next_one.plan_id), scheme=scheme, asked=None, by=resident)
    assert len(earlier(third)) == 2


# An example


def test_everybody_sees_an_example_without_names(client: Visitor, example: Example, resident: Person) -> None:
    assert str(example) in client.get("/voorbeelden/").text
    page = client.get(example.get_absolute_url())
    assert "Wij plantten bloemen." in page.text
    assert "450" in page.text
    assert resident.name not in page.text
    assert resident.name.split()[0] not in page.text


def test_a_name_of_the_group_is_asked_out(done: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="Samira"):
        show_example(done.plan, title="Tuinen", what="Bel samira maar.", photos=[], by=resident)
    assert not Example.objects.exists()


def test_no_photo_without_the_word_of_who_stands_in_it(as_: SignedIn, done: Application, resident: Person) -> None:
    visitor, address = as_(resident), reverse("grants:show_example", args=[done.plan_id])
    photo = StoryPhoto.objects.get()
    typed = {"title": "Geveltuinen", "what": "Wij plantten.", "photos": [photo.pk]}
    assert "agreed" in visitor.post(address, typed).context["form"].errors
    visitor.post(address, typed | {"agreed": "on"})
    assert list(Example.objects.get().photos.all()) == [photo]
    visitor.post(address, {"title": "Geveltuinen", "what": "Wij plantten."})
    assert not Example.objects.get().photos.exists()


def test_a_photo_is_public_only_while_it_is_shown(client: Visitor, example: Example, resident: Person) -> None:
    photo = StoryPhoto.objects.get()
    address = reverse("grants:example_photo", args=[example.pk, photo.pk])
    assert StoryPhoto.objects.filter(pk=photo.pk, examples=example.pk).exists()
    hide_example(example, by=resident)
    assert client.get(address).status_code == 404
    assert client.get(reverse("grants:story_photo", args=[photo.pk])).status_code == 302


def test_a_photo_of_another_group_is_not_shown(example: Example, resident: Person, scheme: Scheme) -> None:
    other = Story.objects.create(plan=make.plan(make.person()), worked="yes", by=resident)
    theirs = StoryPhoto.objects.create(story=other, picture="stories/anders.jpg")
    show_example(example.plan, title="A", what="B", photos=[theirs], by=resident)
    assert not Example.objects.get().photos.exists()


def test_it_is_taken_back_at_any_time(as_: SignedIn, client: Visitor, example: Example, resident: Person) -> None:
    as_(resident).post(reverse("grants:hide_example", args=[example.plan_id]))
    assert client.get(f"/voorbeelden/{example.pk}/").status_code == 404
    assert str(example) not in client.get("/voorbeelden/").text


def test_i_want_this_too_starts_a_draft_of_ones_own(client: Visitor, example: Example, resident: Person) -> None:
    answer = client.post(example.get_absolute_url())
    draft = Application.objects.drafts().get()
    assert answer["Location"] == draft.form_url
    assert client.get(draft.form_url).context["form"]["what"].value() == "Wij plantten bloemen."
    assert draft.asked == euro(450)
    assert draft.plan.first_contact != resident
    assert draft.plan.follows is None


def test_where_a_scheme_is_closed_nothing_is_started(example: Example, neighbour: Person) -> None:
    make.changed(example.scheme, opens_on=date(2019, 1, 1), closes_on=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="can't ask here now"):
        want_it_too(Example.objects.get(), by=neighbour)


def test_an_example_goes_with_who_wrote_it(example: Example, resident: Person) -> None:
    erase_person(resident, by=Person.system())
    assert not Example.objects.exists()


def test_the_examples_take_as_many_queries_with_more(
    client: Visitor, example: Example, scheme: Scheme, resident: Person, django_assert_num_queries: Any
) -> None:
    client.get("/voorbeelden/")
    for _more in range(2):
        with django_assert_num_queries(2):  # the examples with scheme and funder; their photos
            client.get("/voorbeelden/")
        Example.objects.create(
            plan=make.plan(make.person()), scheme=scheme, title="Nog een", what="x", shown_by=resident
        )
