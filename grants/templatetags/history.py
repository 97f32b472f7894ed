"""What deeds and reasons read like: one sentence for each verb, the same for residents, officers and auditors."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.models import Deed

register = template.Library()

# Every verb a deed about a plan can have. `%(by)s` is who did it.
SENTENCES: dict[str, str | Promise] = {
    "ask_for_code": _("%(by)s asked for a code to send the plan."),
    "submit": _("%(by)s sent the plan."),
    "confirm_address": _("%(by)s confirmed the e-mail address."),
    "withdraw": _("%(by)s withdrew the plan."),
    "take_up": _("%(by)s reads the plan."),
    "judge": _("%(by)s judged the plan."),
    "award": _("%(by)s granted the money."),
    "decline": _("%(by)s declined the plan. The letter says why, and what would be possible."),
    "tell_story": _("%(by)s told how it went."),
    "stop": _("%(by)s said that it isn't happening."),
    "fix": _("%(by)s fixed the amount."),
    "close": _("%(by)s closed the plan."),
    "take_over": _("Taken over from an earlier register."),
    "give_bank_details": _("%(by)s gave the bank details."),
    "check_iban": _("%(by)s called about the new IBAN: it is right."),
    "note_name_check": _("%(by)s looked if the name belongs to the IBAN."),
    "put_on_its_way": _("%(by)s put the money on its way."),
    "confirm": _("The money has been paid."),
    "came_back": _("The money came back. Check the IBAN."),
    "book_expense": _("%(by)s wrote in the cash book."),
    "change_expense": _("%(by)s changed a line in the cash book."),
    "delete_expense": _("%(by)s removed a line from the cash book."),
    "counter_expense": _("%(by)s mended a line in the cash book."),
    "hand_in": _("%(by)s handed in the cash book."),
}
# Seen by the group alone: a cash book is theirs until they hand it in.
THE_GROUPS_OWN = {"book_expense", "change_expense", "delete_expense", "counter_expense"}


@register.filter
def sentence(deed: Deed) -> str:
    """What happened, as a sentence. A verb without one is shown by its name, so that nothing is hidden."""
    said = SENTENCES.get(deed.verb)
    by = deed.by.now
    return str(said) % {"by": by} if said else f"{by}: {deed.verb}"


@register.filter
def for_funder(deeds: list[Deed]) -> list[Deed]:
    """What a funder's people see of it: all but the group's own cash book."""
    return [deed for deed in deeds if deed.verb not in THE_GROUPS_OWN]
