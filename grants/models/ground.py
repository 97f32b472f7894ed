"""The grounds on which a grant is changed or taken away. There are no others, and everybody can read them."""

from datetime import timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models.grant import Grant
from web.clock import today

LONGEST = timedelta(days=5 * 365 + 1)  # after it was fixed (Awb 4:49, third paragraph)


class Ground(models.TextChoices):
    """In the words of residents. While the amount isn't fixed (Awb 4:48, 4:50), and after that (Awb 4:49)."""

    NOT_DONE = "not_done", _("The plan is not carried out, or only a part of it.")
    NOT_KEPT = "not_kept", _("What was agreed on was not done.")
    WRONG_FACTS = "wrong_facts", _("What we were told was not right. With the right facts we had decided otherwise.")
    KNOWN = "known", _("The decision was wrong, and the group knew that or could have known.")
    MISTAKE = "mistake", _("The decision was wrong. Only what is not paid yet can change.")
    OTHER_TIMES = "other_times", _("So much changed that we can't go on. Only what is not paid yet can change.")
    CAME_OUT = "came_out", _("Something came out that we could not know before. With it the amount had been lower.")
    FIXED_WRONG = "fixed_wrong", _("The amount was fixed wrongly, and the group knew that or could have known.")
    NOT_KEPT_AFTER = "not_kept_after", _("Afterwards, what was agreed on was not done.")

    @property
    def article(self) -> str:
        return ARTICLES[self]


ARTICLES: dict[str, str] = {
    Ground.NOT_DONE: "Awb 4:48 lid 1 a",
    Ground.NOT_KEPT: "Awb 4:48 lid 1 b",
    Ground.WRONG_FACTS: "Awb 4:48 lid 1 c",
    Ground.KNOWN: "Awb 4:48 lid 1 d",
    Ground.MISTAKE: "Awb 4:50 lid 1 a",
    Ground.OTHER_TIMES: "Awb 4:50 lid 1 b",
    Ground.CAME_OUT: "Awb 4:49 lid 1 a",
    Ground.FIXED_WRONG: "Awb 4:49 lid 1 b",
    Ground.NOT_KEPT_AFTER: "Awb 4:49 lid 1 c",
}
AFTER_FIXING = (Ground.CAME_OUT, Ground.FIXED_WRONG, Ground.NOT_KEPT_AFTER)
BEFORE_FIXING = tuple(ground for ground in Ground if ground not in AFTER_FIXING)
FORWARD_ONLY = (Ground.MISTAKE, Ground.OTHER_TIMES)  # what was paid stays theirs


def grounds_for(grant: Grant) -> tuple[Ground, ...]:
    """Those that can hold for this grant now; none any more five years after it was fixed."""
    if not grant.commitment.is_fixed:
        return BEFORE_FIXING
    fixed_on = grant.fixed_on or grant.awarded_on
    return AFTER_FIXING if today() - fixed_on <= LONGEST else ()


def published_grounds(*, public_body: bool) -> list[tuple[str | Promise, str]]:
    """The list as everybody reads it: each ground, with its article where that law holds."""
    return [(ground.label, ground.article if public_body else "") for ground in Ground]
