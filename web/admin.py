"""Set-up pages: people, funders and seats can be changed; deeds and mails only read."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from web.models import Deed, Funder, Mail, Person, Seat, User
from web.sign_in.invite import invite


class Seats(admin.TabularInline[Seat, Funder]):
    model = Seat
    extra = 0
    raw_id_fields = ("person",)
    fields = ("person", "role", "mandate", "starts_on", "ends_on")


@admin.register(Funder)
class FunderAdmin(admin.ModelAdmin[Funder]):
    list_display = ("name", "regime", "mailbox", "phone")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (Seats,)


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    list_display = ("name", "email", "phone", "reached_by")
    search_fields = ("name", "email")
    exclude = ("became",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A person is erased, never deleted: deeds keep pointing at somebody."""
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """A new user gets an invitation by mail. Nobody types somebody else's password."""

    list_display = ("email", "person", "is_active", "is_staff")
    search_fields = ("email", "person__name")
    fields = ("email", "person", "is_active", "is_staff", "is_superuser")
    raw_id_fields = ("person",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:  # noqa: FBT001  # Django's
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


@admin.register(Deed)
class DeedAdmin(OnlyRead, admin.ModelAdmin[Deed]):
    list_display = ("at", "verb", "thing", "thing_id", "by", "funder")
    list_filter = ("verb", "funder")
    list_select_related = ("by", "funder")
    show_full_result_count = False


@admin.register(Mail)
class MailAdmin(OnlyRead, admin.ModelAdmin[Mail]):
    """Whether mails go out. What is in them stays between the funder and the people."""

    list_display = ("written_at", "sent_at", "tries", "trouble")
    fields = ("written_at", "sent_at", "not_before", "tries", "trouble")
    show_full_result_count = False
