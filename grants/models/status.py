"""The states of an application, and the only steps between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an application is. Pauses, payments and objections are rows of their own, never a status."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("sent")
    RETURNED = "returned", _("back with the residents")
    COMPLETE = "complete", _("complete")
    JUDGED = "judged", _("judged")
    GRANTED = "granted", _("granted")
    DECLINED = "declined", _("declined")
    NOT_HANDLED = "not_handled", _("not handled")
    REFERRED = "referred", _("referred")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CLOSED = "closed", _("closed")


WAITING = (Status.SUBMITTED, Status.RETURNED, Status.COMPLETE, Status.JUDGED)

# The only steps forward there are. Nothing else but BACK may change an application's status.
NEXT: dict[Status, set[Status]] = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {
        *(Status.COMPLETE, Status.RETURNED, Status.REFERRED, Status.WITHDRAWN),
        Status.NOT_HANDLED,  # of what came while nothing could be asked
    },
    Status.RETURNED: {Status.SUBMITTED, Status.NOT_HANDLED, Status.WITHDRAWN},
    Status.COMPLETE: {Status.JUDGED, Status.NOT_HANDLED, Status.REFERRED, Status.WITHDRAWN},
    Status.JUDGED: {Status.GRANTED, Status.DECLINED, Status.NOT_HANDLED, Status.REFERRED, Status.WITHDRAWN},
    Status.GRANTED: {Status.CLOSED, Status.WITHDRAWN},
    Status.DECLINED: set(),
    Status.NOT_HANDLED: set(),
    Status.REFERRED: set(),
    Status.WITHDRAWN: set(),
    Status.CLOSED: set(),
}

# And back before a decision, with `move_back_to` alone: it was recalled before its letter left, or they were right to
# object and it is judged or decided anew (Awb 7:11). Judging or deciding never takes these by itself.
BACK: dict[Status, set[Status]] = {
    Status.GRANTED: {Status.JUDGED},
    Status.DECLINED: {Status.JUDGED},
    Status.NOT_HANDLED: {Status.SUBMITTED},
}
