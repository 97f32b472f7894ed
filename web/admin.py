"""Set-up pages: people, funders and seats can be changed, and each change leaves a deed; deeds and mails only read."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, BaseModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from web.models import Deed, Funder, Mail, Person, Seat, User, record
from web.set_up_columns import column, titled
from web.sign_in.invite import invite

AnyForm = BaseModelForm[Any]
# Powers come from seats, an address from its User, a second factor from its owner: changes there leave deeds.
admin.site.unregister((Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken))
KEPT = 60 * 60  # seconds
PRIVATE = frozenset({"name", "email", "phone", "postcode", "house_number"})  # named in a deed, not repeated there


def leave_a_deed(request: HttpRequest, verb: str, thing: Model, form: AnyForm) -> None:
    """Who changed what to what on these pages. A form that changed nothing leaves nothing."""
    changed: dict[str, Any] = {
        name: "" if name in PRIVATE else in_words(form.cleaned_data.get(name)) for name in form.changed_data
    }
    if changed and request.user.is_authenticated:
        record(request.user.person, verb, thing, **changed)


def in_words(value: Any) -> Any:
    """Of things that were ticked, what they are called."""
    return ", ".join(str(each) for each in value) if isinstance(value, QuerySet) else value


def as_it_stands(seat: Seat) -> dict[str, Any]:
    """A seat in a deed: in full, so that whoever reads it needn't trust the page that says what changed."""
    fields = ("person_id", "role", "mandate", "starts_on", "ends_on")
    return {field: getattr(seat, field) or "" for field in fields}


class LeavesDeeds:
    """What is saved on the page of one thing leaves a deed with the verb `verb`, in the same transaction."""

    verb: str

    def save_model(self, request: HttpRequest, obj: Any, form: AnyForm, change: bool) -> None:  # noqa: FBT001  # Django's
        super().save_model(request, obj, form, change)  # type: ignore[misc]  # of the ModelAdmin it is mixed into
        leave_a_deed(request, self.verb, obj, form)


class NeverDeleted:
    """Deeds and money keep pointing at it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Seats(admin.TabularInline[Seat, Funder]):
    model = Seat
    extra = 0
    raw_id_fields = ("person",)
    fields = ("person", "role", "mandate", "starts_on", "ends_on")


@admin.register(Funder)
class FunderAdmin(LeavesDeeds, NeverDeleted, admin.ModelAdmin[Funder]):
    """A funder and its seats. A seat that was given or changed or taken away is a deed in the funder's books."""

    verb = "set_up_funder"
    list_display = ("name", "regime", "mailbox", "phone")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (Seats,)

    def save_formset(
        self,
        request: HttpRequest,
        form: AnyForm,
        formset: BaseInlineFormSet[Any, Any, Any],
        change: bool,  # noqa: FBT001  # Django's
    ) -> None:
        by = request.user.person  # type: ignore[union-attr]  # nobody comes here without signing in
        for line in formset.deleted_forms:
            if line.instance.pk:
                record(by, "set_up_seat_taken_away", line.instance, **as_it_stands(line.instance))
        super().save_formset(request, form, formset, change)
        for seat in (*formset.new_objects, *(changed for changed, _fields in formset.changed_objects)):
            record(by, "set_up_seat", seat, **as_it_stands(seat))


@admin.register(Person)
class PersonAdmin(LeavesDeeds, NeverDeleted, admin.ModelAdmin[Person]):
    """A person is erased, never deleted."""

    verb = "set_up_person"
    list_display = ("name", "email", "phone", "reached_by")
    search_fields = ("name", "email")
    exclude = ("became",)


@admin.register(User)
class UserAdmin(LeavesDeeds, NeverDeleted, admin.ModelAdmin[User]):
    """A new user gets an invitation by mail. Nobody types somebody else's password, or becomes somebody else."""

    verb = "set_up_user"
    list_display = (
        "email",
        column("person", _("person")),
        column("is_active", _("may sign in"), boolean=True),
        "is_staff",
    )
    search_fields = ("email", "person__name")
    fields = ("email", "person", "is_active", "is_staff", "is_superuser")
    raw_id_fields = ("person",)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Whose sign-in it is, is chosen once: else one's own password would open another's seats."""
        return ("person",) if obj else ()

    def save_model(self, request: HttpRequest, obj: User, form: AnyForm, change: bool) -> None:  # noqa: FBT001  # Django's
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change and request.user.is_authenticated:
            invite(obj, by=request.user.person)


class OnlyRead:
    """Listed for whoever keeps the installation going; changed by nobody."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Verbs(admin.SimpleListFilter):
    """What was done at all: looked up once an hour, for every deed of the house is read for it."""

    title, parameter_name = _("what was done"), "verb"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        verbs = Deed.objects.order_by("verb").values_list("verb", flat=True).distinct()
        return [(verb, verb) for verb in cache.get_or_set("verbs-of-deeds", lambda: list(verbs), KEPT) or ()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(Deed)
class DeedAdmin(OnlyRead, admin.ModelAdmin[Deed]):
    list_display = (
        column("at", _("When")),
        column("verb", _("what was done")),
        column("thing", _("to what")),
        column("thing_id", _("its number")),
        column("by", _("Who")),
        column("funder", _("funder")),
    )
    list_filter = (Verbs, ("funder", titled(admin.RelatedFieldListFilter, _("funder"))))
    list_select_related = ("by", "funder")
    show_full_result_count = False


@admin.register(Mail)
class MailAdmin(OnlyRead, admin.ModelAdmin[Mail]):
    """Whether mails go out. What is in them stays between the funder and the people."""

    list_display = (
        column("written_at", _("written on")),
        column("sent_at", _("sent on")),
        column("tries", _("times tried")),
        column("trouble", _("what went wrong")),
    )
    fields = ("written_at", "sent_at", "not_before", "tries", "trouble")
    show_full_result_count = False
