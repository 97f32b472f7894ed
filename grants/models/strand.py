"""What hangs on one application: its plan, its fund, and the thread of deeds that it is part of."""

from django.db import models

from grants.models.application import Application


class OfApplication(models.Model):
    """A row with an `application`. Its deeds stay within that application's strand."""

    application: models.ForeignKey[Application, Application]
    application_id: int

    class Meta:
        abstract = True

    @property
    def plan_id(self) -> int:
        return self.application.plan_id

    @property
    def funder_id(self) -> int:
        return self.application.funder_id

    @property
    def thread(self) -> int:
        return self.application.plan_id

    @property
    def strand(self) -> int:
        return self.application_id
