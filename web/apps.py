"""The app of people and deeds, and the set-up pages behind our own door."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core import checks
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from web import guards
from web.checks import fit_to_go_live


class WebConfig(AppConfig):
    name = "web"
    verbose_name = _("People and deeds")

    def ready(self) -> None:
        checks.register(fit_to_go_live, checks.Tags.security, deploy=True)
        post_migrate.connect(make_the_cache, sender=self)
        guards.watch(self, [*guards.append_only("web_deed"), *guards.append_only("web_reading")])


def make_the_cache(using: str, **about: Any) -> None:
    """The table of the rate limits' cache comes with the migrations, so that no installation forgets it."""
    call_command("createcachetable", database=using, verbosity=0)


class SetUpPages(admin.AdminConfig):
    """Django's admin, with our sign-in instead of its own."""

    default = False
    default_site = "web.set_up.SetUp"
