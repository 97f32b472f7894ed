"""Finds the user of a session, with the Person who acts: one query on every page."""

from allauth.account.auth_backends import AuthenticationBackend

from web.models import User


class ByAddress(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).select_related("person").first()
