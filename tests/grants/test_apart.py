"""One plan before two funds: each reads its own application, and what the residents let it see of the other."""

from django.urls import reverse

from grants.divide.actions import keep_apart, let_them_see
from grants.models import Application, Letter, Plan, StoryPhoto
from grants.papers.plan import on_paper
from grants.report.actions import tell_story
from tests import make
from tests.conftest import SignedIn
from web.models import Deed, Person, record

SECRETS = ("Geheim van Waterveen", "Briefje voor ons", "Fatima van Wilgen", "Buurtpot", "Gemeente Waterveen", "350")


def test_a_fund_reads_nothing_of_what_another_did(as_: SignedIn, busy: Application, outsider: Person) -> None:
    visitor = as_(outsider)
    page = visitor.get(reverse("grants:application", args=[busy.pk]))
    for secret in SECRETS:
        assert secret not in page.text, secret
    assert not page.context["decisions"]
    assert page.context["review"] is None
    assert page.context["commitment"] is None
    verbs = {deed.verb for deed in page.context["deeds"]}
    assert verbs == {"ask_also", "submit"}, "its own, and what the residents did for all"


def test_letters_stay_with_the_fund_that_wrote_them(as_: SignedIn, busy: Application, outsider: Person) -> None:
    visitor = as_(outsider)
    for letter in Letter.objects.exclude(application=busy):
        assert visitor.get(reverse("grants:letter", args=[letter.pk])).status_code == 404
    assert Letter.objects.exclude(application=busy).count() >= 4
    for letter in Letter.objects.filter(application=busy):
        assert "Waterveen" not in letter.text.replace("waterveen.example", "")


def test_both_read_what_the_residents_do_for_all(
    as_: SignedIn, busy: Application, first: Application, officer: Person, outsider: Person, neighbour: Person
) -> None:
    record(neighbour, "name_treasurer", busy.plan)
    for person, application in ((officer, first), (outsider, busy)):
        deeds = as_(person).get(reverse("grants:application", args=[application.pk])).context["deeds"]
        assert "name_treasurer" in {deed.verb for deed in deeds}


def test_a_story_is_read_by_the_funds_that_gave(
    as_: SignedIn, busy: Application, outsider: Person, officer: Person, first: Application, neighbour: Person
) -> None:
    story = tell_story(Application.objects.get(pk=first.pk), worked="yes", best="De geur.", by=neighbour)
    photo = StoryPhoto.objects.create(story=story, picture="stories/x.jpg")
    theirs = reverse("grants:application", args=[busy.pk])
    assert "De geur." in as_(officer).get(reverse("grants:application", args=[first.pk])).text
    assert "De geur." not in as_(outsider).get(theirs).text
    assert as_(outsider).get(reverse("grants:story_photo", args=[photo.pk])).status_code == 404
    make.grant(busy, by=outsider)
    assert "De geur." in as_(outsider).get(theirs).text


def test_with_the_residents_word_funds_see_each_others_state(
    as_: SignedIn, busy: Application, outsider: Person, neighbour: Person
) -> None:
    visitor, address = as_(outsider), reverse("grants:application", args=[busy.pk])
    let_them_see(busy.plan, by=neighbour)
    let_them_see(busy.plan, by=neighbour)
    text = visitor.get(address).text
    assert "Buurtpot" in text
    assert "350" in text
    assert "Geheim van Waterveen" not in text, "the state, not the reasons"
    assert ("Buurtpot (toegekend)", 35_000) in on_paper(Application.objects.get(pk=busy.pk)).paid_by_others
    keep_apart(busy.plan, by=neighbour)
    assert "Buurtpot" not in visitor.get(address).text
    assert Deed.objects.filter(verb="let_them_see").count() == 1


def test_the_tick_is_what_lets_them_see(as_: SignedIn, both: Application, resident: Person) -> None:
    visitor, address = as_(resident), reverse("grants:let_them_see", args=[both.plan_id])
    seen = []
    for ticked in ({}, {"shared": "on"}, {}):
        visitor.post(address, ticked)
        seen.append(Plan.objects.get(pk=both.plan_id).shared_since is not None)
    assert seen == [False, True, False]
