"""Where everything of the office answers."""

from allauth.account import views as account
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog
from wagtail.admin import urls as newsroom

from guong.units.views import closed

handler400 = "guong.web.errors.bad_request"
handler403 = "guong.web.errors.refused"
handler404 = "guong.web.errors.not_found"
handler500 = "guong.web.errors.server_error"

# allauth asks for these addresses by name; accounts come from a slip, so nothing answers there.
CLOSED = [
    "account_signup",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
]

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    *[path(f"accounts/closed/{name}/", closed, name=name) for name in CLOSED],
    # Before Wagtail's own: with the Vietnamese it does not bring.
    path(
        "newsroom/jsi18n/",
        cache_control(max_age=3600)(
            JavaScriptCatalog.as_view(packages=["wagtail.admin", "guong.publicity"])
        ),
        name="newsroom_words",
    ),
    path("newsroom/", include(newsroom)),
    path("", include("guong.web.urls")),
    path("", include("guong.units.urls")),
    *[
        path(f"{room}/", include(f"guong.{room}.urls"))
        for room in (
            "direction",
            "discovery",
            "exemplars",
            "nomination",
            "appraisal",
            "recognition",
            "nurturing",
            "publicity",
            "replication",
            "honours",
            "inspection",
            "reporting",
            "portal",
        )
    ],
]
