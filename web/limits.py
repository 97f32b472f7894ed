"""How many mails somebody may cause who answers to no funder: else the house mails whom they like, what they like."""

from allauth.core import ratelimit
from django.utils.translation import gettext_lazy as _

from web.models import Seat
from web.requests import Request

MANY_MAILS = _(
    "Many mails went out from here in the last hour, so this one was not sent. Try again in an hour, or call us."
)


def may_mail(request: Request, address: str) -> bool:
    """Whether one more mail may go to `address` because of this request; it is counted at once.

    Counted per address and per place it is asked from (settings, "mail_someone"). Whoever has a seat isn't counted;
    an empty address neither: no mail goes there.
    """
    signed_in = bool(request.user.is_authenticated)
    if not address or (signed_in and Seat.objects.of(request.user.person).exists()):
        return True
    return bool(ratelimit.consume(request, action="mail_someone", key=address.lower()))
