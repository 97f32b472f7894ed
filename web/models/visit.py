"""A visit: one browser in which somebody of the staff is signed in. They can see it, and end it from elsewhere."""

import re
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models.user import User

# What a browser calls itself, as people know it; the first that fits. No more of it is kept.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrom|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
VISIT = "visit"  # session key: the pk of the Visit this session is


class VisitQuerySet(models.QuerySet["Visit"]):
    def still_open(self) -> Self:
        """Those whose session is there and may still be used, newest first."""
        now = clock.now()
        sessions = Session.objects.filter(expire_date__gt=now).values("session_key")
        return self.filter(session_key__in=sessions, began_at__gt=now - Visit.lasts()).order_by("-pk")

    def end(self) -> int:
        """Sign out these browsers; how many."""
        Session.objects.filter(session_key__in=list(self.values_list("session_key", flat=True))).delete()
        return self.delete()[0]


class Visit(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="visits")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Visit"]] = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")

    def __str__(self) -> str:
        return self.browser

    @staticmethod
    def lasts() -> timedelta:
        return timedelta(hours=settings.STAFF_SESSION_HOURS)

    @classmethod
    def begin(cls, request: HttpRequest, user: User) -> "Visit":
        """Note that `user` is signed in with this browser. A session that was noted before has a new key since."""
        named = browser_of(request.headers.get("User-Agent", ""))
        request.session.save()
        visit = cls.objects.create(user=user, session_key=request.session.session_key or "", browser=named)
        request.session[VISIT] = visit.pk
        return visit

    @classmethod
    def go_on(cls, request: HttpRequest) -> None:
        """The session got another key, as after choosing another password."""
        cls.objects.filter(pk=request.session.get(VISIT, 0)).update(session_key=request.session.session_key)


def browser_of(words: str) -> str:
    """ "Firefox, Windows": enough to know one's own browsers by, and no fingerprint."""
    found = (next((name for sign, name in known if re.search(sign, words)), "") for known in (BROWSERS, MACHINES))
    return ", ".join(name for name in found if name)
