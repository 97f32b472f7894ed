"""The grounds on which a grant is changed or taken away. There are no others, and everybody can read them."""

from datetime import timedelta

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants.models.grant import Grant
from web.clock import today

LONGEST = timedelta(days=5 * 365 + 1)  # after it was fixed (Awb 4:49, third paragraph)


class Ground(models.TextChoices):
    """In the words of residents. While the amount isn't fixed (Awb 4:48, 4:50), and after that (Awb 4:49)."""

    NOT_DONE = "not_done", _("The plan is not carried out, or only a part of it.")
    NOT_KEPT = "not_kept", _("What was agreed on was not done.")
    WRONG_FACTS = "wrong_facts", _("What we were told was wrong. With the right facts we would have decided otherwise.")
    KNOWN = "known", _("The decision was wrong, and the group knew that or could have known.")
    MISTAKE = "mistake", _("The decision was wrong. Only what is not paid yet can change.")
    OTHER_TIMES = "other_times", _("So much changed that we can't go on. Only what is not paid yet can change.")
    CAME_OUT = "came_out", _("Something came out that we could not know before. Then we would have given less.")
    FIXED_WRONG = "fixed_wrong", _("The amount was fixed wrongly, and the group knew that or could have known.")
    NOT_KEPT_AFTER = "not_kept_after", _("Afterwards, what was agreed on was not done.")

    @property
    def article(self) -> str:
        """Where the law has it, as readers of each language write that: all of them are in a first paragraph."""
        article, letter = ARTICLES[self]
        return gettext("Awb %(article)s(1)(%(letter)s)") % {"article": article, "letter": letter}


ARTICLES: dict[str, tuple[str, str]] = {
    Ground.NOT_DONE: ("4:48", "a"),
    Ground.NOT_KEPT: ("4:48", "b"),
    Ground.WRONG_FACTS: ("4:48", "c"),
    Ground.KNOWN: ("4:48", "d"),
    Ground.MISTAKE: ("4:50", "a"),
    Ground.OTHER_TIMES: ("4:50", "b"),
    Ground.CAME_OUT: ("4:49", "a"),
    Ground.FIXED_WRONG: ("4:49", "b"),
    Ground.NOT_KEPT_AFTER: ("4:49", "c"),
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
