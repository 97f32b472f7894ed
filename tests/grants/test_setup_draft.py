"""Before a scheme is published: its name, where it is for, and what residents will see."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from grants.models import Edition, Scheme
from grants.models.ready import good_to_know
from grants.setup import actions
from tests import make
from tests.conftest import SignedIn, Visitor
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person

AREAS = "gebieden"


@pytest.fixture
def fresh(funder: Funder) -> Scheme:
    """Never published."""
    return make.scheme(funder, title="Nieuwe pot", slug="nieuwe-pot", money=None, published_at=None)


@pytest.fixture
def yusuf(as_: SignedIn, fund_admin: Person) -> Visitor:
    return as_(fund_admin)


def page(name: str, slug: str, *more: str) -> str:
    return reverse(f"grants:{name}", args=[slug, *more])


# Its name


def test_a_name_and_an_address_are_put_right_before_anybody_sees_them(yusuf: Visitor, fresh: Scheme) -> None:
    assert page("rename_scheme", fresh.slug) in yusuf.get(page("set_up_scheme", fresh.slug)).text
    assert "Nieuwe pot" in yusuf.get(page("rename_scheme", fresh.slug)).text
    typed = {"title": "Straatpot", "title_en": "Street fund", "slug": "straatpot"}
    assert yusuf.post(page("rename_scheme", fresh.slug), typed)["Location"] == page("set_up_scheme", "straatpot")
    fresh.refresh_from_db()
    assert (fresh.title, fresh.title_en, fresh.slug) == ("Straatpot", "Street fund", "straatpot")
    assert Deed.objects.filter(verb="rename_scheme").count() == 1


def test_an_address_that_is_taken_is_refused_at_its_field(yusuf: Visitor, fresh: Scheme, scheme: Scheme) -> None:
    refused = yusuf.post(page("rename_scheme", fresh.slug), {"title": "Straatpot", "slug": scheme.slug})
    assert "There is a scheme with this address already." in refused.text
    assert "Straatpot" in refused.text
    assert yusuf.post(page("rename_scheme", fresh.slug), {"title": "Straatpot", "slug": fresh.slug}).status_code == 302


def test_what_is_published_keeps_its_name(yusuf: Visitor, scheme: Scheme, fund_admin: Person) -> None:
    assert page("rename_scheme", scheme.slug) not in yusuf.get(page("set_up_scheme", scheme.slug)).text
    assert yusuf.get(page("rename_scheme", scheme.slug))["Location"] == page("set_up_scheme", scheme.slug)
    with pytest.raises(ValidationError, match="keeps its name"):
        actions.rename_scheme(scheme, title="Anders", slug="anders", by=fund_admin)
    scheme.refresh_from_db()
    assert scheme.title == "Buurtpot"


# Where it is for


@pytest.fixture
def draft(fresh: Scheme) -> Edition:
    """In a town with two neighbourhoods that are called alike; one of them is in another year as well."""
    make.area("Waterveen", code="GM9999", kind="gm")
    make.area("Lindebuurt", "1234", code="BU99990001")
    make.area("Lindebuurt", code="BU99990001", year=2023)
    make.area("Singelbuurt", "1234", "1235", code="BU99990002")
    make.area("Lindebuurt", code="BU88880001", municipality_name="Overdorp", municipality_code="GM8888")
    return fresh.editions.get()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("waterveen", {"GM9999"}),
        ("Singel", {"BU99990002"}),
        ("1234", {"BU99990001", "BU99990002"}),
        ("1235 AB", {"BU99990002"}),
        ("bu99990001", {"BU99990001"}),
        ("BU99990001 Lindebuurt (neighbourhood, Waterveen)\nWaterveen\n", {"BU99990001", "GM9999"}),
        ("", set()),
    ],
)
def test_areas_are_found_by_what_people_call_them(yusuf: Visitor, draft: Edition, typed: str, codes: set[str]) -> None:
    assert yusuf.post(page("set_up_part", draft.scheme.slug, AREAS), {"areas": typed}).status_code == 302
    assert {area.code for area in draft.areas.all()} == codes
    assert {area.year for area in draft.areas.all()} <= {2024}, "the newest"


def test_of_two_with_one_name_they_choose(yusuf: Visitor, draft: Edition) -> None:
    address = page("set_up_part", draft.scheme.slug, AREAS)
    asked = yusuf.post(address, {"areas": "Waterveen\nLindebuurt"})
    assert "There are more that are called Lindebuurt" in asked.text
    assert "BU88880001 Lindebuurt (neighbourhood, Overdorp)" in asked.text
    assert "Waterveen\nLindebuurt" in asked.text, "what was typed stays"
    assert not draft.areas.exists()
    assert "don&#x27;t know Nergenshuizen" in yusuf.post(address, {"areas": "Nergenshuizen"}).text
    yusuf.post(address, {"areas": "BU88880001 Lindebuurt (neighbourhood, Overdorp)"})
    assert "BU88880001 Lindebuurt (neighbourhood, Overdorp)" in yusuf.get(address).text


# What residents will see


def test_nothing_in_a_preview_leads_to_a_page_that_is_not_there(yusuf: Visitor, fresh: Scheme) -> None:
    text = yusuf.get(page("preview", fresh.slug)).text
    main = text.partition("<main")[2].partition("</main>")[0]
    leads_to = {part.partition('"')[0] for part in main.split('href="')[1:]}
    leads_to |= {part.partition('"')[0] for part in main.split('action="')[1:]}
    assert leads_to == {page("set_up_scheme", fresh.slug), page("preview_process", fresh.slug)}
    assert yusuf.get(page("preview_process", fresh.slug)).status_code == 200
    assert yusuf.get(leads_to.pop()).status_code == 200
    assert main.count(" disabled") == 2
    assert "The buttons work from the day it is published." in main


def test_once_published_the_buttons_work(yusuf: Visitor, scheme: Scheme) -> None:
    text = yusuf.get(scheme.get_absolute_url()).text
    assert " disabled" not in text
    assert f'action="{reverse("grants:ask", args=[scheme.slug])}"' in text


def test_residents_read_beside_the_steps_which_rules_do_not_hold(client: Visitor, scheme: Scheme) -> None:
    process = page("process", scheme.slug)
    assert "Rules that don't hold now" not in client.get(process).text.replace("&#x27;", "'")
    with make.changing(scheme) as edition:
        until = clock.today() + timedelta(days=60)
        edition.waivers.create(rule="members", reason="Er zijn nieuwe straten.", until=until)
    for address in (process, scheme.get_absolute_url()):
        assert "Er zijn nieuwe straten." in client.get(address).text


# The money and the mailbox: no rules, so they hold at once


def test_a_scheme_is_paid_from_a_budget_a_year_without_the_set_up_pages_of_the_installation(
    yusuf: Visitor, scheme: Scheme, fund_admin: Person
) -> None:
    address, own = page("pay_from", scheme.slug), scheme.budgets.get()
    next_year = make.budget(scheme.funder, year=own.year + 1)
    typed = {"budgets": [own.pk, next_year.pk], "mailbox": "pot@waterveen.example"}
    assert yusuf.post(address, typed)["Location"] == page("set_up_scheme", scheme.slug)
    assert set(scheme.budgets.all()) == {own, next_year}
    assert Scheme.objects.get(pk=scheme.pk).reply_to == "pot@waterveen.example"
    told = Deed.objects.get(verb="pay_from", by=fund_admin).detail.values
    assert str(next_year) in told["budgets"]
    text = yusuf.get(page("set_up_scheme", scheme.slug)).text
    assert address in text
    assert page("people", scheme.funder.slug) in text, "and who decides, up to how much, and who is in the panel"


def test_two_budgets_of_one_year_or_of_another_funder_are_refused(
    yusuf: Visitor, scheme: Scheme, other_funder: Funder, fund_admin: Person
) -> None:
    """Which of the two would a plan be paid from?"""
    address, own = page("pay_from", scheme.slug), scheme.budgets.get()
    another, theirs = make.budget(scheme.funder, year=own.year), make.budget(other_funder)
    refused = yusuf.post(address, {"budgets": [own.pk, another.pk], "mailbox": "pot@waterveen.example"})
    assert refused.context["form"].errors.keys() == {"budgets"}
    assert "pot@waterveen.example" in refused.text, "what was typed is kept"
    assert yusuf.post(address, {"budgets": [theirs.pk]}).context["form"].errors.keys() == {"budgets"}
    with pytest.raises(ValidationError, match="of this funder"):
        actions.pay_from(scheme, budgets=[theirs], by=fund_admin)
    assert list(scheme.budgets.all()) == [own]


def test_a_copy_keeps_the_mailbox_and_not_where_last_years_ceiling_was_published(
    scheme: Scheme, fund_admin: Person
) -> None:
    with make.changing(scheme, ceiling=euro(5_000), ceiling_link="https://waterveen.example/2026") as _edition:
        pass
    Scheme.objects.filter(pk=scheme.pk).update(mailbox="pot@waterveen.example")
    scheme.refresh_from_db()
    copy = actions.begin_scheme(scheme.funder, title="Pot 2", slug="pot-2", copy_of=scheme, by=fund_admin)
    draft = copy.editions.get()
    assert (draft.ceiling, draft.ceiling_link) == (euro(5_000), "")
    assert Scheme.objects.get(pk=copy.pk).mailbox == "pot@waterveen.example"
    assert any("Awb 4:27" in sentence for sentence in good_to_know(draft))
    scheme.funder.regime = Funder.Regime.PRIVATE
    draft.scheme.funder.regime = Funder.Regime.PRIVATE
    assert not any("4:27" in sentence for sentence in good_to_know(draft))


def test_the_steps_are_previewed_too(yusuf: Visitor, scheme: Scheme, fund_admin: Person) -> None:
    draft = actions.begin_edition(scheme, by=fund_admin)
    actions.change_edition(draft, second_signature_above=euro(4_321), by=fund_admin)
    assert page("preview_process", scheme.slug) in yusuf.get(page("preview", scheme.slug)).text
    shown = yusuf.get(page("preview_process", scheme.slug)).text
    assert "Above €\u00a04.321 a second person" in shown
    assert page("preview", scheme.slug) in shown
    assert "4.321" not in yusuf.get(page("process", scheme.slug)).text
