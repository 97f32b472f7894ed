"""What applications are read by: an index for each kind of list, so that a long one opens as quickly as a short one."""

from django.db.models import Index, Q
from django.db.models.functions import Upper

from grants.models.news import UNREAD
from grants.models.status import WAITING

READ_BY = [
    # The lists of what has a status, and all that is counted of it: whatever that asks for stands in the index itself.
    Index(fields=["scheme", "status", "answer_by", "id", "officer", "asked"], name="inbox_due_first"),
    Index(fields=["answer_by", "id"], name="due_first", condition=Q(status__in=WAITING)),
    Index(fields=["officer", "status"], name="on_an_officers_desk"),
    Index(fields=["officer", "id"], name="with_news", condition=UNREAD),
    Index(fields=["told_at"], name="told_lately"),
    Index(fields=["scheme", "received_on"], name="received_in_a_period", condition=Q(imported=False)),
    Index(Upper("case_number"), name="by_case_number", condition=~Q(case_number="")),
]
