from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web import guards


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = _("Asking and giving")

    def ready(self) -> None:
        from grants.guards import GUARDS  # noqa: PLC0415  # nouns can be imported only now

        guards.watch(self, GUARDS)
