"""A grant becomes less on a published ground, once the group was heard; or more, when they were right to object."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from grants.ask.actions import withdraw
from grants.models import Application, Decision, Ground, Intention, Letter, Reaction, Scheme
from grants.models.ground import AFTER_FIXING, ARTICLES, BEFORE_FIXING, grounds_for
from grants.models.reaction import last_day_to_object
from grants.objection.actions import answer_reaction, react
from grants.report.actions import stop
from grants.revise import actions
from ledger.models import Commitment
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import queries_of
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person, Seat

FACTS = "Op de foto's is geen tuin te zien."
TOLD = {"ground": Ground.CAME_OUT, "amount": euro(100), "facts": FACTS}


def intended(application: Application, *, by: Person, **other: Any) -> Intention:
    until = clock.add_weeks(clock.today(), 2)
    return actions.intend(application, by=by, **{"until": until, **TOLD, **other})


@pytest.fixture
def paid(scheme: Scheme, resident: Person, officer: Person, treasurer: Person) -> Application:
    """450 euro, fixed at once and paid."""
    grant = make.grant(make.application(scheme, resident), by=officer)
    make_money.paid(grant.commitment, by=treasurer)
    return Application.objects.get(pk=grant.application_id)


@pytest.fixture
def heard(paid: Application, officer: Person, resident: Person) -> Intention:
    return actions.answer_intention(intended(paid, by=officer), answer="De tuin komt in mei.", by=resident)


def money_of(application: Application) -> Commitment:
    return Commitment.objects.get(grant__application=application)


def test_every_ground_has_its_article_and_words_of_its_own() -> None:
    assert set(ARTICLES) == {*BEFORE_FIXING, *AFTER_FIXING} == set(Ground)
    assert {article for article, _letter in ARTICLES.values()} == {"4:48", "4:49", "4:50"}
    assert Ground.CAME_OUT.article == "Awb 4:49(1)(a)"
    with override("nl"):
        assert Ground.CAME_OUT.article == "Awb 4:49 lid 1 a"
    assert not any("Awb" in str(ground.label) for ground in Ground)


def test_it_is_decided_anew_and_the_old_decision_stays(heard: Intention, officer: Person) -> None:
    application = heard.grant.application
    (first,) = application.decisions.all()
    before = Decision.objects.filter(pk=first.pk).values().get()
    decision = actions.revise(heard, reason="Er is niets geplant.", by=officer)
    assert Decision.objects.filter(pk=first.pk).values().get() == before
    assert (decision.outcome, decision.amount, decision.follows) == ("changed", euro(100), first)
    money = money_of(application)
    assert (money.given, money.to_recover) == (euro(100), euro(350))
    assert money.postings.get(kind="reclaim").decision_ref == decision.number
    assert Application.objects.get(pk=application.pk).granted == euro(100)
    assert Deed.objects.filter(verb="revise", by=officer).exists()


def test_all_of_it_is_taken_back_before_it_is_paid(scheme: Scheme, resident: Person, officer: Person) -> None:
    grant = make.grant(make.application(scheme, resident), by=officer)
    budget = scheme.budgets.get()
    intention = intended(grant.application, by=officer, amount=euro(0))
    actions.answer_intention(intention, answer="Dat klopt.", by=resident)
    decision = actions.revise(intention, reason="Het gaat niet door.", by=officer)
    assert decision.outcome == "ended"
    assert budget.available == euro(10_000)
    assert money_of(grant.application).total == euro(0)


def test_nobody_is_decided_about_unheard(paid: Application, officer: Person) -> None:
    """Awb 4:8 and 4:12, second paragraph."""
    intention = intended(paid, by=officer)
    with pytest.raises(ValidationError, match="can still answer"):
        actions.revise(intention, reason="Nu al.", by=officer)
    with clock.at(clock.now() + timedelta(days=15)):
        assert actions.revise(intention, reason="Er kwam niets.", by=officer).amount == euro(100)


def test_the_database_wants_them_heard_too(paid: Application, officer: Person) -> None:
    intention, decision = intended(paid, by=officer), paid.decisions.get()
    with pytest.raises(IntegrityError, match="unheard"), transaction.atomic():
        Intention.objects.filter(pk=intention.pk).update(decision=decision, decided_on=clock.today())


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"ground": Ground.NOT_DONE}, "published grounds"),  # of what isn't fixed
        ({"ground": "logo"}, "published grounds"),
        ({"amount": euro(450)}, "less than they have now"),
        ({"facts": " "}, "Write the facts"),
        ({"until": clock.today() + timedelta(days=13)}, "two weeks"),
    ],
)
def test_it_needs_a_ground_facts_and_time(
    paid: Application, officer: Person, other: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        intended(paid, by=officer, **other)


def test_on_new_insight_they_keep_what_was_paid(
    scheme: Scheme, resident: Person, decider: Person, treasurer: Person
) -> None:
    """Awb 4:50 looks ahead only."""
    grant = make.grant(make.application(scheme, resident, asked=9_000), by=decider)
    make_money.paid(grant.commitment, by=treasurer)
    application = Application.objects.get(pk=grant.application_id)
    with pytest.raises(ValidationError, match="keep what was paid"):
        intended(application, by=decider, ground=Ground.OTHER_TIMES)
    assert intended(application, by=decider, ground=Ground.NOT_DONE).amount == euro(100)


def test_five_years_after_it_was_fixed_it_is_theirs(paid: Application) -> None:
    """Awb 4:49, third paragraph."""
    with clock.at(clock.now() + timedelta(days=5 * 365)):
        assert grounds_for(paid.grant) == AFTER_FIXING
    with clock.at(clock.now() + timedelta(days=5 * 366)):
        assert grounds_for(paid.grant) == ()


def test_it_takes_a_mandate_for_the_whole_grant(paid: Application, heard: Intention, officer: Person) -> None:
    Seat.objects.filter(person=officer).update(mandate=euro(449))
    with pytest.raises(ValidationError, match="mandate"):
        actions.revise(heard, reason="Er is niets geplant.", by=officer)


def test_dropped_nothing_changes_and_they_read_that(heard: Intention, officer: Person) -> None:
    actions.drop_intention(heard, by=officer)
    with pytest.raises(ValidationError, match="just decided"):
        actions.revise(heard, reason="Toch wel.", by=officer)
    assert money_of(heard.grant.application).given == euro(450)
    assert Letter.objects.latest("pk").event == "revise/dropped"


@pytest.mark.parametrize("leave", [withdraw, stop])
def test_what_the_residents_give_back_cannot_become_less(
    scheme: Scheme, resident: Person, officer: Person, leave: Callable[..., object]
) -> None:
    """Nothing is paid yet. The intention is closed with the grant, so nobody is asked for an answer any more."""
    make.grant(make.application(scheme, resident), by=officer)
    intended(Application.objects.get(), by=officer)
    leave(Application.objects.get(), by=resident)
    assert not Intention.objects.open().exists()
    assert Intention.objects.get().dropped_on == clock.today()
    with pytest.raises(ValidationError, match="Only a plan that has been granted"):
        actions.revise(Intention.objects.get(), reason="Toch.", by=officer)


def test_an_answer_is_given_once_and_by_the_group(paid: Application, officer: Person, resident: Person) -> None:
    intention = intended(paid, by=officer)
    member = paid.plan.members.get()
    with pytest.raises(PermissionDenied):
        actions.answer_intention(intention, answer="Wij zeggen ja.", by=officer)
    actions.note_view(intention, answer="De tuin komt in mei.", member=member, by=officer)
    assert (intention.answered_by, intention.noted_by) == (resident, officer)
    with pytest.raises(ValidationError, match="just answered"):
        actions.answer_intention(intention, answer="Nog iets.", by=resident)


@pytest.fixture
def upheld(scheme: Scheme, resident: Person, officer: Person, decider: Person) -> Reaction:
    """300 of 450 euro, and they were right to object, says somebody else."""
    grant = make.grant(make.application(scheme, resident), by=officer, amount=300)
    application = Application.objects.get(pk=grant.application_id)
    objection = react(application, kind="objection", text="Wij vroegen meer.", by=resident)
    return answer_reaction(objection, outcome="upheld", heard="clear", reason="U hebt gelijk.", by=decider)


def test_who_was_right_gets_more_by_a_new_decision(upheld: Reaction, decider: Person) -> None:
    decision = actions.decide_anew(upheld, amount=euro(450), reason="De tegels horen erbij.", by=decider)
    assert (decision.outcome, decision.follows) == ("changed", upheld.decision)
    assert money_of(upheld.application).promised == euro(450)
    assert sorted(money_of(upheld.application).payments.values_list("cents", flat=True)) == [15_000, 30_000]
    assert last_day_to_object(decision) > clock.today()
    colleague = make.person("Els Es")
    make.seat(colleague, upheld.application.scheme.funder, Seat.Role.DECIDER, mandate=500)
    with pytest.raises(ValidationError, match="decided anew already"):
        actions.decide_anew(upheld, amount=euro(450), reason="Nog eens.", by=colleague)


def test_who_decided_before_does_not_decide_anew(upheld: Reaction, officer: Person) -> None:
    """Awb 10:3, third paragraph."""
    with pytest.raises(PermissionDenied, match="did yourself"):
        actions.decide_anew(upheld, amount=euro(450), reason="Toch.", by=officer)


def test_nobody_gets_worse_by_objecting(upheld: Reaction, decider: Person) -> None:
    for amount, sentence in ((300, "not more"), (200, "not more"), (451, "more than they asked")):
        with pytest.raises(ValidationError, match=sentence):
            actions.decide_anew(upheld, amount=euro(amount), reason="Zo.", by=decider)
    assert upheld.application.decisions.count() == 1


@pytest.fixture
def large(groeipot: Scheme, resident: Person, decider: Person) -> Reaction:
    """5,000 of 9,000 euro, where two sign above 5,000; they were right to object, says Carla."""
    grant = make.grant(make.application(groeipot, resident, asked=9_000), by=decider, amount=5_000)
    application = Application.objects.get(pk=grant.application_id)
    objection = react(application, kind="objection", text="Wij vroegen meer.", by=resident)
    carla = make.person("Carla Chief")
    make.seat(carla, groeipot.funder, Seat.Role.DECIDER, mandate=10_000)
    return answer_reaction(objection, outcome="upheld", heard="clear", reason="U hebt gelijk.", by=carla)


@pytest.fixture
def groeipot(funder: Funder) -> Scheme:
    return make.scheme(funder, title="Groeipot", money=50_000, second_signature_above=make.money(5_000))


def test_more_than_one_may_sign_for_is_signed_by_two(large: Reaction) -> None:
    """Who said that they are right, and somebody else."""
    carla, els = large.answered_by, make.person("Els Es")
    assert carla is not None
    make.seat(els, large.application.scheme.funder, Seat.Role.DECIDER, mandate=10_000)
    with pytest.raises(ValidationError, match="Two people sign"):
        actions.decide_anew(large, amount=euro(9_000), reason="De tegels horen erbij.", by=carla)
    Seat.objects.filter(person=carla).update(mandate=8_000)
    with pytest.raises(ValidationError, match="mandate"):
        actions.decide_anew(large, amount=euro(9_000), reason="De tegels horen erbij.", by=els)
    assert money_of(large.application).promised == euro(5_000)
    Seat.objects.filter(person=carla).update(mandate=10_000)
    actions.decide_anew(large, amount=euro(9_000), reason="De tegels horen erbij.", by=els)
    assert money_of(large.application).promised == euro(9_000)
    assert set(money_of(large.application).raised_by.all()) == {els, carla}


def test_nothing_changes_while_the_letter_can_be_stopped(just_granted: Application, officer: Person) -> None:
    """Or the residents would read that it may become less before they know that they got it."""
    with pytest.raises(ValidationError, match="hasn't left yet"):
        intended(just_granted, by=officer)
    assert not Intention.objects.exists()


def test_a_decider_does_it_on_two_pages(as_: SignedIn, paid: Application, officer: Person, resident: Person) -> None:
    page = reverse("grants:revise", args=[paid.pk])
    day = clock.add_weeks(clock.today(), 3)
    typed = {"ground": Ground.CAME_OUT, "amount": "450", "facts": FACTS, "until": f"{day:%d-%m-%Y}"}
    refused = as_(officer).post(page, typed)
    assert "less than they have now" in refused.content.decode()
    assert FACTS in unescape(refused.content.decode())
    as_(officer).post(page, typed | {"amount": "100"})
    assert "may become less" in as_(resident).get(paid.get_absolute_url()).content.decode()
    own = as_(resident).get(reverse("grants:answer_intention", args=[paid.pk])).content.decode()
    assert "geen tuin te zien" in own
    as_(resident).post(reverse("grants:answer_intention", args=[paid.pk]), {"answer": "In mei."})
    shown = as_(officer).get(page).content.decode()
    assert "In mei." in shown
    as_(officer).post(page, {"reason": "Er is niets geplant."})
    assert Decision.objects.latest("pk").outcome == "changed"


def test_the_button_of_an_upheld_objection_leads_to_the_decision(
    as_: SignedIn, upheld: Reaction, decider: Person, officer: Person
) -> None:
    page, anew = reverse("grants:reaction", args=[upheld.pk]), reverse("grants:decide_anew", args=[upheld.pk])
    assert anew in as_(decider).get(page).content.decode()
    assert anew not in as_(officer).get(page).content.decode()
    as_(decider).post(anew, {"amount": "450", "reason": "De tegels horen erbij."})
    assert "Decided anew" in as_(decider).get(page).content.decode()


def test_everybody_reads_the_grounds_beforehand(client: Any, scheme: Scheme) -> None:
    page = reverse("grants:process", args=[scheme.slug])
    assert "Awb 4:49" in client.get(page).content.decode()
    scheme.funder.regime = "private"
    scheme.funder.save()
    assert "Awb" not in client.get(page).content.decode()


def test_staff_read_on_the_plans_page_what_the_group_said_before(
    as_: SignedIn, heard: Intention, officer: Person, resident: Person
) -> None:
    address = reverse("grants:application", args=[heard.grant.application_id])
    page = unescape(as_(officer).get(address).text)
    assert FACTS in page
    assert "De tuin komt in mei." in page
    assert f"{resident.name} said on" in page
    actions.drop_intention(Intention.objects.get(), by=officer)
    page = unescape(as_(officer).get(address).text)
    assert "it was decided that nothing changes" in page
    assert "De tuin komt in mei." in page, "what they said stays in the file"


def test_reading_it_costs_no_more_than_a_plan_without_it_may(
    as_: SignedIn, heard: Intention, officer: Person, resident: Person
) -> None:
    react(heard.grant.application, kind="objection", text="Dit klopt niet.", by=resident)
    visitor, address = as_(officer), reverse("grants:application", args=[heard.grant.application_id])
    queries_of(visitor, address)
    # What was said and what was sent are asked for where a deed says that there is some: two more than without.
    assert queries_of(visitor, address) <= 20
