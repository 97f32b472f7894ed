"""News: what residents did with a plan that lies with a funder, since the officer who has it last looked.

Made of deeds alone, so that no action needs to think of it: the ledger's deeds about bank details are among them. The
database keeps the moment of the last one with the application (grants/guards.py), so that what is new is found by an
index: to look through the deeds of all that somebody ever had takes longer each year.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from grants.models.desk import works_for
from web import clock
from web.models import Deed, Person

if TYPE_CHECKING:
    from grants.models.application import Application

# What residents do that an officer waits for, or must know of.
NEWS = ("answer_enquiry", "complete", "withdraw", "stop", "give_bank_details", "tell_story", "react", "keep_here")


# In a query: whether there is any.
UNREAD = Q(news_at__gt=Coalesce(F("opened_at"), F("submitted_at")))


def news_of(application: "Application", deeds: Iterable[Deed]) -> list[Deed]:
    """The deeds of it that nobody whose work it is has read."""
    looked = application.opened_at or application.submitted_at
    return [deed for deed in deeds if deed.verb in NEWS and looked and deed.at > looked]


def open_by(application: "Application", person: Person) -> None:
    """From now on the news is read, when it is this person's to read: they have it, stand in, or nobody has it."""
    if application.officer_id is None or application.officer_id in works_for(person):
        type(application).objects.filter(pk=application.pk).update(opened_at=clock.now())
