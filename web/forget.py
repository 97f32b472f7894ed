"""What opened a door and has done its work: mails that went out, codes, sessions. The clock takes them away."""

from datetime import timedelta

from django.core.management import call_command
from django.db.models import Q

from web import clock
from web.models import Code, Mail, Visit

MAILS_KEPT = timedelta(days=14)  # after they were sent, or given up: long enough to see what went wrong
CODES_KEPT = timedelta(days=1)  # they are good for half an hour


def forget_old_keys() -> None:
    """Delete mails two weeks after they went out or were given up, codes after a day, sessions that are over."""
    long_ago = clock.now() - MAILS_KEPT
    Mail.objects.filter(Q(sent_at__lt=long_ago) | Q(tries__gte=Mail.TRIES, not_before__lt=long_ago)).delete()
    Code.objects.filter(made_at__lt=clock.now() - CODES_KEPT).delete()
    Visit.objects.filter(began_at__lt=clock.now() - Visit.lasts()).delete()
    call_command("clearsessions", verbosity=0)
