"""The public register: everything that was given, and nobody who can be found by it."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from grants.again.actions import hide_example, show_example
from grants.decide.actions import decline
from grants.erase.actions import erase_person
from grants.models import Application, Decision, Example, Grant, Plan, Scheme
from grants.models.register import Chosen, Entry, figures, public_title, recipient_of
from grants.report.actions import stop
from grants.revise.actions import answer_intention, intend, revise
from grants.take_over.actions import RegisterRow, take_over
from tests import make
from web import clock
from web.amounts import euro
from web.models import Funder, Person

REGISTER = "/register/"


def award(scheme: Scheme, officer: Person, *, asked: int = 450, **plan: object) -> Grant:
    """Awarded yesterday."""
    with clock.at(clock.now() - timedelta(days=1)):
        return make.grant(make.application(scheme, make.person("Wilma Wilgenroos"), asked=asked, **plan), by=officer)  # type: ignore[arg-type]  # the fields of a plan


def award_to(group: str, scheme: Scheme, officer: Person, *, form: str = "foundation") -> Grant:
    """Awarded yesterday to a group that has a name."""
    with clock.at(clock.now() - timedelta(days=1)):
        made = make.application(scheme, make.person("Wilma Wilgenroos"))
        Plan.objects.filter(pk=made.plan_id).update(group_name=group, legal_form=form)
        made.plan.refresh_from_db()
        return make.grant(made, by=officer)


def refuse(scheme: Scheme, officer: Person, *, times: int, ground: str = "Voor de buurt") -> None:
    """So many plans declined yesterday on one criterion."""
    with clock.at(clock.now() - timedelta(days=1)):
        for _time in range(times):
            made = make.application(scheme, make.person())
            make.judgement(made, by=officer)
            grounds = made.edition.criteria.filter(title=ground)
            decline(made, grounds=grounds, reason="Nee.", possible="Een kleiner plan.", by=officer)


def text_of(address: str = REGISTER, **asked: str) -> str:
    answer = Client().get(address, asked, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.text


def file_rows(**asked: str) -> list[list[str]]:
    cache.clear()
    answer = Client().get(reverse("grants:register_csv"), asked, headers={"accept-language": "en"})
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_everybody_reads_what_was_given_and_by_which_team(scheme: Scheme, officer: Person) -> None:
    plan = award(scheme, officer, asked=1_250).application.plan
    Plan.objects.filter(pk=plan.pk).update(area=make.area("De Bongerd"))
    text = text_of()
    for said in ("Geveltuinen", "€ 1.250", "De Bongerd", scheme.title, scheme.funder.name, "Residents’ group", "B20"):
        assert said in text
    for hidden in ("Wilma", "Wilgenroos", officer.name, "Lindestraat", "Fatima"):
        assert hidden not in text


def test_a_decision_stands_here_from_the_day_after(scheme: Scheme, officer: Person) -> None:
    make.grant(make.application(scheme, make.person()), by=officer)
    assert "Geveltuinen" not in text_of()
    with clock.at(clock.now() + timedelta(days=1)):
        assert Chosen().grants().count() == 1


def test_what_was_changed_later_stands_beside_what_was_first_given(scheme: Scheme, officer: Person) -> None:
    """Or a grant that was taken back would read as one of nothing."""
    grant = award(scheme, officer)
    until, facts = clock.add_weeks(clock.today(), 2), "Er is niets geplant."
    asked = intend(grant.application, ground="came_out", amount=euro(0), facts=facts, until=until, by=officer)
    answer_intention(asked, answer="Dat klopt.", by=grant.application.plan.first_contact)
    revise(asked, reason=facts, by=officer)
    (entry,) = (Entry.of(each) for each in Chosen().grants().for_register())
    assert (entry.awarded, entry.outcome) == (euro(450), euro(0))
    assert entry.note


def test_legal_persons_are_named_and_groups_of_people_are_not(scheme: Scheme, officer: Person) -> None:
    award_to("Groep van Jan Jansen", scheme, officer, form="informal")
    assert "Jan Jansen" not in text_of()
    for form in (Plan.LegalForm.ASSOCIATION, Plan.LegalForm.FOUNDATION, Plan.LegalForm.COOPERATIVE):
        award_to(f"{form} De Linde", scheme, officer, form=form)
        assert f"{form} De Linde" in text_of()
    assert recipient_of(award_to(" ", scheme, officer)) == "Residents’ group"


@pytest.mark.parametrize(
    "title",
    [
        "Tuin van Wilma",
        "Feest bij WILGENROOS",
        "Bankje Lindestraat 12",
        "Plein 4 groen",
        "Bak voor 1234 AB",
        "Bel 06-12345678",
        "mail jan@waterveen.example",
    ],
)
def test_a_title_by_which_somebody_is_found_stays_out(scheme: Scheme, officer: Person, title: str) -> None:
    award(scheme, officer, title=title)
    assert title not in text_of()
    assert "Plan without a name" in text_of()
    assert title not in str(file_rows())


@pytest.mark.parametrize("title", ["Feest van de straat", "Groen op het plein", "Tafel voor 2000 buren", "Pad open"])
def test_an_ordinary_title_stands_in_it(scheme: Scheme, officer: Person, title: str) -> None:
    made = award(scheme, officer, title=title)
    assert public_title(made) == title


def test_what_nobody_named_is_not_called_by_the_words_of_the_plan(scheme: Scheme, officer: Person) -> None:
    words = "Wij planten bomen voor oma Aal."
    award(scheme, officer, title=words, answers=make.ANSWERS | make.MORE_ANSWERS | {"what": words})
    assert "oma Aal" not in text_of()


def test_html_and_formulas_stay_text(scheme: Scheme, officer: Person) -> None:
    award(scheme, officer, title="<script>alert(1)</script>")
    assert "<script>alert" not in text_of()
    for title in ("=cmd()", "+1", "-1", "@SUM(A1)", "\t=1"):
        Grant.objects.update(public_title=title)
        assert not re.match(r"\s*[=+\-@]", file_rows()[1][4]), title
    assert file_rows()[1][4] == "'\t=1"


def test_the_file_is_what_the_page_says(scheme: Scheme, officer: Person) -> None:
    award(scheme, officer, asked=1_250, title='Zaad; "veel"')
    heads, row = file_rows()
    assert row[4] == 'Zaad; "veel"'
    assert row[8:10] == ["1250,00", "1250,00"]
    assert row[1] == (clock.today() - timedelta(days=1)).isoformat()
    assert len(heads) == len(row) == 11


def test_an_example_is_linked_until_it_is_taken_back(scheme: Scheme, officer: Person) -> None:
    plan = award(scheme, officer).application.plan
    Application.objects.update(status=Application.Status.CLOSED)
    assert "/voorbeelden/" not in text_of()
    shown = show_example(plan, title="Geveltuinen", what="Planten.", photos=[], by=plan.first_contact)
    assert shown.get_absolute_url() in text_of()
    hide_example(Example.objects.get(), by=plan.first_contact)
    assert shown.get_absolute_url() not in text_of()


def test_an_erased_plan_shows_no_title(scheme: Scheme, officer: Person) -> None:
    plan = award(scheme, officer).application.plan
    Application.objects.update(status=Application.Status.CLOSED)
    erase_person(plan.first_contact, by=Person.system())
    text = text_of()
    assert "Geveltuinen" not in text
    assert "€ 450" in text


def test_what_was_released_came_to_nothing(scheme: Scheme, officer: Person) -> None:
    made, other = award(scheme, officer), award(scheme, officer, asked=200)
    stop(made.application, by=made.application.plan.first_contact)
    assert other.application.granted == euro(200)
    assert figures(Chosen().grants()) == (1, euro(200))
    assert "It did not go ahead." in text_of()
    assert [row[9] for row in file_rows()[1:]] == ["200,00", "0,00"]


def test_what_was_fixed_lower_came_to_less(scheme: Scheme, officer: Person) -> None:
    made = award(scheme, officer)
    Decision.take(made.application, outcome=Decision.Outcome.FIXED, amount=euro(400), by=officer)
    assert figures(Chosen().grants()) == (1, euro(400))
    assert file_rows()[1][8:] == ["450,00", "400,00", "Fixed at a lower amount afterwards."]


@pytest.mark.parametrize(
    ("outcome", "amount", "note"),
    [
        (Decision.Outcome.CHANGED, 100, "Lowered by a later decision."),
        (Decision.Outcome.ENDED, 0, "Taken back by a later decision."),
        (Decision.Outcome.CHANGED, 600, "Raised by a later decision."),
        (Decision.Outcome.CHANGED, 450, ""),
    ],
)
def test_how_an_amount_changed_is_said(
    scheme: Scheme, officer: Person, outcome: Decision.Outcome, amount: int, note: str
) -> None:
    """Awb 4:48-4:50, or right to object. What was fixed before that isn't how it came to this."""
    made = award(scheme, officer)
    Decision.take(made.application, outcome=Decision.Outcome.FIXED, amount=euro(400), by=officer)
    Decision.take(made.application, outcome=outcome, amount=euro(amount), by=officer)
    assert file_rows()[1][9:] == [f"{amount},00", note]
    assert note in text_of()


def test_what_was_taken_over_counts_on_its_own_day_without_the_name_of_who_asked(scheme: Scheme) -> None:
    scheme.budgets.add(make.budget(scheme.funder, 5_000, year=2019))
    day = clock.today().replace(year=2019, month=5, day=1)
    row = RegisterRow(title="Piet Pietersen", group="Piet Pietersen", received_on=day)
    row.asked = row.granted = euro(300)
    take_over(scheme, row=row, by=Person.system())
    text = text_of(jaar="2019")
    assert "1 May 2019" in text
    assert "€ 300" in text
    assert "Pietersen" not in text


def test_private_funds_stand_in_it_too(other_funder: Funder, officer: Person) -> None:
    there = make.scheme(other_funder)
    make.seat(officer, other_funder, "officer", mandate=2_500)  # type: ignore[arg-type]  # a role by its word
    award(there, officer)
    assert other_funder.name in text_of(geldgever="samen-sterk")
