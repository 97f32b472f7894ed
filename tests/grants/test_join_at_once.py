"""Two people follow one link at the same moment: one is in, the other hears it, and nothing of theirs is kept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from grants.join.actions import accept_invitation, invite
from grants.models import Application, Invitation, Member
from web.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

NEIGHBOURS = ("Anna", "Bo", "Cas", "Dirk")


def test_of_many_at_once_one_joins(application: Application, resident: Person) -> None:
    invite(application.plan, by=resident)
    barrier = Barrier(len(NEIGHBOURS))

    def follow(name: str) -> str:
        try:
            invitation = Invitation.objects.get()
            barrier.wait(timeout=10)
            accept_invitation(invitation, by=Person(), name=name, phone="06 2")
        except (PermissionDenied, ValidationError) as refusal:
            return " ".join(getattr(refusal, "messages", [str(refusal)]))
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(len(NEIGHBOURS)) as pool:
        said = list(pool.map(follow, NEIGHBOURS))
    assert said.count("in") == 1
    assert all("Ask for a new one." in each for each in said if each != "in")
    assert Member.objects.filter(plan=application.plan).count() == 2
    assert Person.objects.filter(name__in=NEIGHBOURS).count() == 1
