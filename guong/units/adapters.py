from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from an administrator's slip, never from a sign-up page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Tên tài khoản hoặc mật khẩu không đúng.",
        "account_inactive": "Tên tài khoản hoặc mật khẩu không đúng.",
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, *args, **kwargs):
        """allauth's own messages are English; our pages say what happened."""
