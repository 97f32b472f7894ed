"""A sheet: one page of what residents drew, photographed or had written already. It is their plan, or a part of it.

What they put here themselves is with the plan, for every fund and panel that reads it. A scan of what came on paper is
with one application: it may hold an address or a signature, and they chose it for that fund alone.
"""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models.application import Application
from grants.models.missing import TOLD_BY_SHEETS
from grants.models.plan import Plan
from web.models import Person
from web.uploads import Made

MOST_FILES, MOST_PAGES = 4, 10  # with one plan


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, person: Person | None) -> Self:
        """Of a plan: its people, and who reads for a funder it was sent to. A scan: the group and that one funder."""
        with_a_plan = Q(plan__in=Application.objects.visible_to(person).values("plan"))
        return self.filter(with_a_plan | Q(application__in=Application.objects.open_to(person)))

    def read_with(self, application: Application) -> Self:
        """All that its fund reads: with the plan, and scanned there."""
        return self.filter(Q(plan=application.plan_id) | Q(application=application))

    @transaction.atomic
    def keep(self, of: Plan | Application, files: Iterable[Made]) -> None:
        """Put these files with the plan; as scans with one application. What is there already isn't put there twice:
        a double click is one file.

        Raises ValidationError when there would be too many.
        """
        kept = of.scans if isinstance(of, Application) else of.sheets
        there = set(kept.values_list("file", flat=True))
        new = {made.mark: made for made in files if made.mark not in there}
        if len(there) + len(new) > MOST_FILES:
            raise ValidationError(_("You can add %(most)s files. Take one away first.") % {"most": MOST_FILES})
        if kept.count() + sum(len(made.pages) for made in new.values()) > MOST_PAGES:
            raise ValidationError(
                _("You can add %(most)s pages. Choose the pages that matter most.") % {"most": MOST_PAGES}
            )
        for mark, made in new.items():
            for page, picture in enumerate(made.pages, start=1):
                kept.create(file=mark, page=page, is_document=made.is_document, picture=picture)

    def in_files(self) -> list[tuple[bool, int]]:
        """The files they came in, in their order: whether it is a document, and how many pages it has."""
        pages = Counter((each.file, each.is_document) for each in self)
        return [(is_document, number) for (_mark, is_document), number in pages.items()]

    def take_away(self) -> int:
        """Delete these, and their pictures from the disk as soon as that holds; how many there were."""
        for sheet in self:
            transaction.on_commit(partial(sheet.picture.storage.delete, str(sheet.picture)), robust=True)
        return self.delete()[0]


class Sheet(models.Model):
    """A picture, made safe (web/uploads.py). Kept private: pages hand it out to whoever may see it.

    Either with a `plan`, or with one `application`: then it is a scan.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="sheets")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="scans")
    picture = models.ImageField(
        upload_to="plans/%Y/%m/", max_length=200, width_field="width", height_field="height", editable=False
    )
    width = models.PositiveIntegerField(editable=False)  # pixels
    height = models.PositiveIntegerField(editable=False)
    file = models.CharField(max_length=64, editable=False)  # the mark of the file it came in: shared by all its pages
    page = models.PositiveSmallIntegerField(editable=False)  # of that file, from 1
    is_document = models.BooleanField(editable=False)  # small letters: read at its full size, or not at all

    objects: ClassVar[SheetQuerySet] = SheetQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = gettext_lazy("sheet with a plan")
        verbose_name_plural = gettext_lazy("sheets with plans")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="a_page_is_with_a_plan_once", fields=["plan", "file", "page"]),
            models.UniqueConstraint(name="a_page_is_scanned_once", fields=["application", "file", "page"]),
            models.CheckConstraint(
                name="with_a_plan_or_scanned_at_one_fund", condition=Q(plan=None) ^ Q(application=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.picture)

    def get_absolute_url(self) -> str:
        return reverse("grants:sheet", args=[self.pk])

    def read(self) -> bytes:
        with self.picture.open("rb") as kept:
            return bytes(kept.read())

    def read_for(self, person: Person | None) -> models.QuerySet[Application]:
        """The applications of its plan for which `person` reads it at a funder: none for its own people."""
        of = {"pk": self.application_id} if self.application_id else {"plan": self.plan_id}
        sent = Application.objects.filter(**of).select_related("scheme")
        return sent.sent_to_funder_of(person) if person else sent.none()

    @property
    def is_first_page(self) -> bool:
        return self.page == 1


def beyond_scans(application: Application, missing: dict[str, str]) -> dict[str, str]:
    """Of these sentences by field, those about what no scan tells either. A plan is always called something."""
    told = TOLD_BY_SHEETS if application.plan.title else TOLD_BY_SHEETS - {"what"}
    if missing.keys() & told and application.scans.exists():
        return {field: sentence for field, sentence in missing.items() if field not in told}
    return missing
