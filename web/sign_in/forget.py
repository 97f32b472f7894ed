"""Addresses somebody typed and nobody came in with: typed wrongly, or somebody else's. We don't keep them."""

from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from web.models import User

KEPT = timedelta(days=1)


def forget_who_never_came() -> int:
    """Delete users who were made by asking for a code, a day ago or more, and never typed it; how many."""
    waiting = User.objects.filter(
        last_login=None,
        is_staff=False,
        person__name="",
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
        date_joined__lt=timezone.now() - KEPT,
    )
    return sum(forgotten(user) for user in waiting.select_related("person"))


def forgotten(user: User) -> bool:
    """Whether nothing but mails about signing in pointed at this user, so that they could be deleted."""
    try:
        with transaction.atomic():
            user.person.mails.all().delete()
            user.delete()
            user.person.delete()
    except ProtectedError:
        return False
    return True
