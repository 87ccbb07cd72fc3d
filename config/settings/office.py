"""The office and its worker: every room, one database."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

from .base import *  # noqa: F403
from .base import HOME, PLAIN_HTTP, database, env

DATABASES = {
    "default": database("DATABASE_URL", "guong.sqlite3"),
    "intake": database("INTAKE_URL", "intake.sqlite3"),  # read and emptied by the worker
}
DATABASE_ROUTERS = ["guong.dropbox.router.Intake"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "guong.web",
    "guong.demo",
    "guong.portal",
    "guong.reporting",
    "guong.inspection",
    "guong.nurturing",
    "guong.publicity",
    "guong.replication",
    "guong.honours",
    "guong.recognition",
    "guong.appraisal",
    "guong.nomination",
    "guong.discovery",
    "guong.exemplars",
    "guong.direction",
    "guong.units",
    "guong.guard",
    "guong.dropbox",
    "guong.core",
    # Wagtail serves the newsroom alone: no forms, tables, translations or REST API.
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "allauth",
    "allauth.account",
    "axes",
    "rules",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guong.core.middleware.RequestCode",
    "guong.core.middleware.ReadOnly",
    "guong.core.middleware.Received",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guong.core.middleware.Refusals",
    "guong.units.middleware.AccountStillValid",
    "guong.units.middleware.NewsroomDoor",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guong.web.context.shell",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

# --- People and their login -------------------------------------------------
AUTH_USER_MODEL = "units.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a throttled attempt is not even evaluated
    "guong.units.backends.AccountBackend",
    "rules.permissions.ObjectPermissionBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:today"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "guong.units.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "guong.units.forms.Login"}
ACCOUNT_RATE_LIMITS = False  # one throttle only, in the database: axes
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# A whole commune shares one address: throttle the account, never the address alone.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = ["username", ["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = "guong.units.throttle.cool_off"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "guong.units.throttle.refused"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Cookies and headers ----------------------------------------------------
SESSION_COOKIE_NAME = "guong" if PLAIN_HTTP else "__Host-guong"
CSRF_COOKIE_NAME = "guong-csrf" if PLAIN_HTTP else "__Host-guong-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if not PLAIN_HTTP else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
CSRF_FAILURE_VIEW = "guong.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/newsroom/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
# Wagtail's admin templates carry inline script and style; still nothing from elsewhere.
NEWSROOM_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
}

# --- Files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = HOME / "media"  # the newsroom's pictures; never served without a login
MEDIA_URL = "/newsroom/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = 25 * 1024 * 1024  # bytes of one request, see core.middleware

# --- Work in the background -------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}
# What `guong tick` starts by the clock: dotted function and seconds between two runs.
TICK = {
    "guong.core.sealing.seal": 10,
    "guong.core.reaper.reap": 15,
    "guong.portal.jobs.sort_intake": 10,
    "guong.portal.jobs.remove_overdue": 60,
    "guong.core.staging.forget_sheets": 6 * 3600,
    "guong.nomination.jobs.forget_drafts": 6 * 3600,
    "guong.nomination.jobs.ask_anew": 60,
    "guong.core.notices.prune": 24 * 3600,
    "guong.portal.jobs.refresh_numbers": 1800,
    "guong.portal.jobs.ask_for_rescan": 1800,
    "guong.portal.jobs.ask_to_clear": 600,
    "guong.portal.jobs.warn_of_timestamp": 6 * 3600,
    "guong.discovery.jobs.ask_for_press": 600,
    "guong.discovery.jobs.forget_refused": 6 * 3600,
    "guong.exemplars.jobs.ask_for_pairs": 300,
}

# --- The press ---------------------------------------------------------------
# Nothing is asked of the network unless the office allows it, and then only of the listed sources.
PRESS_FETCH = env.bool("GUONG_PRESS", False)

# --- Letters ----------------------------------------------------------------
# Nothing leaves the machine unless the office names a server.
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "guong@localhost")

# --- Newsroom ---------------------------------------------------------------
WAGTAIL_SITE_NAME = "Gương – Tòa soạn"
WAGTAILADMIN_BASE_URL = env.str("GUONG_OFFICE_URL", "http://localhost:8000")
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ENABLE_NEW_RELEASE_CHECK = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
TAGGIT_CASE_INSENSITIVE = True

# --- Where the portal answers -----------------------------------------------
PORTAL_PORT = env.int("GUONG_PORTAL_PORT", 8080)
PORTAL_URL = env.str("GUONG_PORTAL_URL", f"http://127.0.0.1:{PORTAL_PORT}").rstrip("/")
