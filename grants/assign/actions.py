"""What officers do to share the work: put plans on a colleague's desk, one or many at once."""

from collections.abc import Mapping

from django.db import transaction

from grants.access import may, require
from grants.assign import letters
from grants.models import Application
from grants.papers.work import tell_of_work
from web.models import Person, record


@transaction.atomic
def assign(seen: Mapping[Application, int | None], *, to: Person, by: Person) -> list[Application]:
    """Put these on the desk of `to`, each with the id of who had it when `by` looked: None where nobody had.

    They read it in one mail. Gives what was left as it is: decided or in other hands meanwhile, or of a group that
    `to` may not judge (Awb 2:4).
    """
    left = []
    for application, had in seen.items():
        require(by, "assign", application)
        still_so = Application.objects.undecided().filter(pk=application.pk, officer=had)
        if not may(to, "take_up", application) or not still_so.update(officer=to):
            left.append(application)
            continue
        application.officer = to
        record(by, "assign", application, to=to.pk)
        letters.tell_assigned(application)
    given = [application for application in seen if application not in left]
    if given:
        tell_of_work(to, given, funder=given[0].scheme.funder, by=by)
    return left
