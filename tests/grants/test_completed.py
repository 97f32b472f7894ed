"""A plan that came back, completed: by a helper who writes along, and by its residents in one press."""

import pytest
from django.core.exceptions import PermissionDenied

from grants.ask.actions import complete
from grants.models import Application, Completion, Member
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_returned_pages import a_plan, page
from web.models import Person

Status = Application.Status


# A helper whom the residents let in


def test_a_helper_writes_the_completion_and_the_residents_send_it(
    as_: SignedIn, application: Application, resident: Person, officer: Person, helper: Person
) -> None:
    make.consent(application.plan, helper)
    make.returned(application, "when", by=officer)
    address, desk = page("complete", application), page("resident", application)
    visitor = as_(helper)
    assert address in visitor.get(desk).text
    assert "When it is" in visitor.get(address).text
    answer = visitor.post(address, a_plan(where_when="Op zaterdag 9 mei."))
    assert answer["Location"] == page("ways_to_confirm", application), "where the residents say yes"
    kept = Application.objects.get(pk=application.pk)
    assert (kept.status, kept.plan.where_when) == (Application.Status.RETURNED, "Op zaterdag 9 mei.")
    assert visitor.get(page("send_again", application)).status_code == 404
    with pytest.raises(PermissionDenied):
        complete(kept, by=helper)
    assert "Op zaterdag 9 mei." in as_(resident).get(page("send_again", application)).text
    complete(kept, by=resident)
    assert Application.objects.get(pk=application.pk).status == Application.Status.SUBMITTED
    assert visitor.get(address).status_code == 404, "it is with the fund again"


def test_only_a_helper_who_is_let_in_now_completes(
    as_: SignedIn, application: Application, resident: Person, officer: Person, helper: Person
) -> None:
    address = page("complete", application)
    consent = make.consent(application.plan, helper)
    assert as_(helper).get(address).status_code == 404, "nothing came back"
    make.returned(application, "when", by=officer)
    consent.end(by=resident)
    assert as_(helper).get(address).status_code == 404
    assert as_(helper).post(address, a_plan()).status_code == 404


# In one press


def test_one_press_sends_it_again_and_shows_what_changed(
    as_: SignedIn, application: Application, resident: Person, officer: Person
) -> None:
    make.returned(application, "when", by=officer)
    visitor, address = as_(resident), page("complete", application)
    assert "Send it again now" in visitor.get(address).text
    typed = {name: text for name, text in a_plan(where_when="Op zaterdag 9 mei.").items() if name != "send"}
    after = visitor.post(address, typed | {"now": "1"}, follow=True)
    assert after.redirect_chain[0] == (page("send_again", application), 307)
    assert Application.objects.get(pk=application.pk).status == Status.SUBMITTED
    assert after.request["PATH_INFO"] == page("track", application)
    assert "Op zaterdag 9 mei." in after.text, "what changed is shown"
    assert Completion.objects.get().changes


def test_one_press_sends_nothing_that_is_still_empty(
    as_: SignedIn, application: Application, resident: Person, officer: Person
) -> None:
    make.returned(application, "when", by=officer)
    typed = {name: text for name, text in a_plan(where_when="").items() if name != "send"}
    answer = as_(resident).post(page("complete", application), typed | {"now": "1"})
    assert answer["Location"] == f"{page('complete', application)}?check=1"
    assert Application.objects.get(pk=application.pk).status == Status.RETURNED


def test_only_who_sends_is_offered_to(
    as_: SignedIn, application: Application, neighbour: Person, officer: Person
) -> None:
    Member.objects.create(plan=application.plan, person=neighbour)
    make.returned(application, "when", by=officer)
    visitor, address = as_(neighbour), page("complete", application)
    assert "Send it again now" not in visitor.get(address).text
    typed = {name: text for name, text in a_plan().items() if name != "send"}
    assert visitor.post(address, typed | {"now": "1"}, follow=True).status_code == 403
    assert Application.objects.get(pk=application.pk).status == Status.RETURNED
