from allauth.account.auth_backends import AuthenticationBackend


class AccountBackend(AuthenticationBackend):
    """Login by account name; an account past its end date or the system row never gets in."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and user.may_log_in()

    def get_user(self, user_id):
        user = super().get_user(user_id)
        return user if user and user.may_log_in() else None

    # Everyday rights are functions and predicates; Wagtail alone asks group permissions.
