from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from web import guards


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = _("Money")

    def ready(self) -> None:
        from ledger.guards import GUARDS  # noqa: PLC0415  # nouns can be imported only now

        guards.watch(self, GUARDS)
