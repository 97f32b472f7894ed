"""The same button twice at the same moment: one plan that follows, one idea."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from grants.again.actions import follow_up
from grants.models import Application, Idea, Scheme
from grants.suggest.actions import tell_idea
from web.models import Funder, Mail, Person

pytestmark = pytest.mark.django_db(transaction=True)

CLICKS = 4


def at_once(click: Callable[[], object]) -> list[object]:
    barrier = Barrier(CLICKS)

    def one(_number: int) -> object:
        try:
            barrier.wait(timeout=10)
            return click()
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(one, range(CLICKS)))


def test_a_plan_is_followed_once(application: Application, scheme: Scheme, resident: Person) -> None:
    Application.objects.filter(pk=application.pk).update(status=Application.Status.CLOSED)
    began = at_once(lambda: follow_up(application.plan, scheme=scheme, asked=None, by=resident))
    assert began == [Application.objects.drafts().get()] * CLICKS


def test_an_idea_is_told_once(scheme: Scheme, funder: Funder) -> None:
    by = Person.system()
    told: dict[str, Any] = {"text": "Een bankje.", "came_from": "residents", "where": "Het plein"}
    ideas = at_once(lambda: tell_idea(funder, **told, email="joke@waterveen.example", by=by))
    assert ideas == [Idea.objects.get()] * CLICKS
    assert Mail.objects.count() == 1
