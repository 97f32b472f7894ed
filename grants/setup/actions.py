"""What fund admins do with the rules of a scheme: begin one, change its draft, and publish that for everybody."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Area, Edition, Scheme
from grants.models.extra_question import MOST, ExtraQuestion
from grants.models.next_edition import draft_of, first_draft, publish, shift_a_year
from grants.models.ready import impossible, still_to_do
from ledger.models import Budget
from web.models import Funder, Person, record


@transaction.atomic
def begin_scheme(
    funder: Funder, *, title: str, slug: str, by: Person, title_en: str = "", copy_of: Scheme | None = None
) -> Scheme:
    """A scheme with a draft: a copy of another of this funder with its days a year later, or one to fill in."""
    require(by, "begin_scheme", funder)
    if Scheme.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": _("There is a scheme with this address already. Choose another.")})
    if copy_of and copy_of.funder_id != funder.pk:
        raise ValidationError(_("Choose one of your own schemes."))
    scheme = Scheme.objects.create(funder=funder, title=title, title_en=title_en, slug=slug)
    if copy_of:
        Scheme.objects.filter(pk=scheme.pk).update(mailbox=copy_of.mailbox)
        copy_of.own_words.copy_to(scheme)
    if copy_of and copy_of.current:
        shift_a_year(draft_of(copy_of.current, of=scheme, by=by))
    else:
        first_draft(scheme, by=by)
    record(by, "begin_scheme", scheme, title=title)
    return scheme


@transaction.atomic
def rename_scheme(scheme: Scheme, *, title: str, slug: str, by: Person, title_en: str = "") -> Scheme:
    """Another name or address, as long as nobody has seen it: with another name it is another scheme."""
    require(by, "rename_scheme", scheme)
    if Scheme.objects.filter(slug=slug).exclude(pk=scheme.pk).exists():
        raise ValidationError({"slug": _("There is a scheme with this address already. Choose another.")})
    unseen = Scheme.objects.filter(pk=scheme.pk, current=None)
    if not unseen.update(title=title, title_en=title_en, slug=slug):
        raise ValidationError(_("This scheme has been published, so it keeps its name and address."))
    scheme.refresh_from_db()
    record(by, "rename_scheme", scheme, title=title, slug=slug)
    return scheme


@transaction.atomic
def pay_from(scheme: Scheme, *, budgets: Iterable[Budget], by: Person, mailbox: str = "") -> Scheme:
    """Which budgets hold its money, one a year, and where answers to its mails go. What was granted stays where it is.

    Raises ValidationError at the budgets when two are of one year, or one is another funder's.
    """
    require(by, "pay_from", scheme)
    chosen = list(budgets)
    if any(budget.funder_id != scheme.funder_id for budget in chosen):
        raise ValidationError({"budgets": [_("Choose budgets of this funder.")]})
    if len({budget.year for budget in chosen}) < len(chosen):
        raise ValidationError({"budgets": [_("Choose one budget for each year.")]})
    Scheme.objects.filter(pk=scheme.pk).update(mailbox=mailbox)
    scheme.mailbox = mailbox
    scheme.budgets.set(chosen)
    record(by, "pay_from", scheme, mailbox=mailbox, budgets=", ".join(str(budget) for budget in chosen))
    return scheme


@transaction.atomic
def begin_edition(scheme: Scheme, *, by: Person) -> Edition:
    """The draft of what comes next: a copy of what holds now. A second click gives the same draft."""
    require(by, "begin_edition", scheme)
    locked = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    if draft := locked.draft:
        return draft
    draft = draft_of(locked.edition, of=locked, by=by)
    record(by, "begin_edition", draft)
    return draft


@transaction.atomic
def change_edition(edition: Edition, *, by: Person, areas: Iterable[Area] | None = None, **fields: Any) -> Edition:
    """Fill in a part of the draft. Raises ValidationError, at the fields, when it contradicts itself."""
    require(by, "change_edition", edition)
    _refuse_what_is_frozen(edition)
    for name, value in fields.items():
        setattr(edition, name, value)
    if wrong := {name: sentence for name, sentence in impossible(edition).items() if name in fields}:
        raise ValidationError({name: [sentence] for name, sentence in wrong.items()})
    edition.save(update_fields=list(fields) or None)
    if areas is not None:
        edition.areas.set(areas)
    record(by, "change_edition", edition, **fields)
    return edition


@transaction.atomic
def add_row(edition: Edition, *, part: str, by: Person, **fields: Any) -> Model:
    """A criterion, an exclusion, a track … more, as the last one."""
    require(by, "change_edition", edition)
    _refuse_what_is_frozen(edition)
    rows = getattr(edition, part)
    _refuse_a_double(rows, fields)
    _refuse_what_is_never_obligatory(fields)
    if part == "extra_questions":
        fields["order"] = _free_place(rows)
    elif any(field.name == "order" for field in rows.model._meta.fields):
        fields["order"] = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
    row: Model = rows.create(**fields)
    record(by, "add_row", edition, part=part, **fields)
    return row


@transaction.atomic
def change_row(row: Any, *, by: Person, **fields: Any) -> Model:
    require(by, "change_edition", row.edition)
    _refuse_what_is_frozen(row.edition)
    _refuse_a_double(type(row).objects.filter(edition=row.edition).exclude(pk=row.pk), fields)
    _refuse_what_is_never_obligatory(fields)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    record(by, "change_row", row.edition, part=row._meta.model_name, **fields)
    kept: Model = row
    return kept


def _free_place(rows: Any) -> int:
    """Of the few that extra questions have: the first one that isn't taken."""
    free = set(range(1, MOST + 1)) - set(rows.values_list("order", flat=True))
    if not free:
        raise ValidationError(_("Two extra questions are the most."))
    return min(free)


def _refuse_what_is_never_obligatory(fields: dict[str, Any]) -> None:
    """Nobody must answer what isn't needed (Awb 4:4)."""
    if fields.get("obligatory") and fields["purpose"] == ExtraQuestion.Purpose.VOLUNTARY:
        raise ValidationError({"obligatory": [_("You don't need this answer, so people may leave it empty.")]})


def _refuse_a_double(others: Any, fields: dict[str, Any]) -> None:
    """One track of a kind, one waiver of a rule, one round that opens on a day."""
    for name in ("rule", "opens_on"):
        if name in fields and others.filter(**{name: fields[name]}).exists():
            raise ValidationError({name: [_("This is there already.")]})
    if "up_to" in fields and others.filter(kind=fields["kind"]).exists():
        raise ValidationError({"kind": [_("This is there already.")]})


@transaction.atomic
def take_row_away(row: Any, *, by: Person) -> None:
    require(by, "change_edition", row.edition)
    _refuse_what_is_frozen(row.edition)
    record(by, "take_row_away", row.edition, part=row._meta.model_name, name=row)
    row.delete()


@transaction.atomic
def move_row_up(row: Any, *, by: Person) -> None:
    """One place earlier on the page; the first stays where it is."""
    require(by, "change_edition", row.edition)
    _refuse_what_is_frozen(row.edition)
    rows = type(row).objects.filter(edition=row.edition)
    above = rows.filter(order__lt=row.order).order_by("-order").first()
    if above is None:
        return
    free = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
    for each, place in ((row, free), (above, row.order), (row, above.order)):
        rows.filter(pk=each.pk).update(order=place)
    record(by, "move_row_up", row.edition, part=row._meta.model_name, name=row)


@transaction.atomic
def publish_edition(
    edition: Edition, *, by: Person, publication_link: str = "", what_changed: str = "", what_changed_en: str = ""
) -> Edition:
    """From now on this holds for who asks, and nobody changes it any more. What was sent keeps its own edition."""
    require(by, "publish_edition", edition)
    _refuse_what_is_frozen(edition)
    if sentences := still_to_do(edition):
        raise ValidationError(sentences)
    told = {"publication_link": publication_link, "what_changed": what_changed, "what_changed_en": what_changed_en}
    Edition.objects.filter(pk=edition.pk).update(**told)
    publish(edition, by=by)
    record(by, "publish_edition", edition, what_changed=what_changed, publication_link=publication_link)
    return edition


@transaction.atomic
def drop_edition(edition: Edition, *, by: Person) -> None:
    """Throw the draft away; what holds stays. A scheme that was never published goes with it."""
    require(by, "drop_edition", edition)
    _refuse_what_is_frozen(edition)
    record(by, "drop_edition", edition, number=edition.number)
    scheme = edition.scheme
    for part in Edition.PARTS:
        getattr(edition, part).all().delete()
    edition.areas.clear()
    edition.delete()
    if scheme.current is None:
        scheme.own_words.all().delete()
        scheme.delete()


def _refuse_what_is_frozen(edition: Edition) -> None:
    """Locked, so that nobody publishes it meanwhile."""
    if not Edition.objects.select_for_update(no_key=True).filter(pk=edition.pk, published_at=None).exists():
        raise ValidationError(_("This edition is published, so it can't change. Make a next one."))
