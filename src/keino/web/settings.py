"""Settings of the site, by environment; each has a safe default. `docs/reference/settings.md` lists them.

Without any setting the site keeps everything in one folder (``KEINO_DATA``), speaks HTTPS only and answers to
localhost. Only the command line relaxes that, and only on a loopback address (``keino serve --plain-http``).
"""

from __future__ import annotations

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from keino.web.base.secret import kept_secret

env = environ.Env()

# ---- where things lie

DATA_FOLDER = Path(env.str("KEINO_DATA", default="keino-data")).absolute()
STORE_FOLDER = Path(env.str("KEINO_STORE", default=str(DATA_FOLDER / "store"))).absolute()
SECRET_KEY = env.str("KEINO_SECRET_KEY", default="") or kept_secret(DATA_FOLDER / "secret-key")
SECRET_KEY_FALLBACKS = env.list("KEINO_OLD_SECRET_KEYS", default=[])

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_FOLDER / 'keino.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"].setdefault("OPTIONS", {}).update(_SQLITE)
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update({"pool": {"min_size": 1, "max_size": 8}})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": {
        "BACKEND": env.str("KEINO_FILE_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("KEINO_FILE_STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_FOLDER / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # mending a page of rejected rows sends one field per cell
#: Largest ledger file, in bytes, and the piece in which a browser or program sends it.
UPLOAD_LIMIT_BYTES = env.int("KEINO_UPLOAD_LIMIT_BYTES", default=2 * 2**30)
UPLOAD_PIECE_BYTES = 8 * 2**20
#: A command that is given a file's path and answers 0 when it is clean, 1 when it isn't ("clamdscan --no-summary").
VIRUS_SCANNER = env.str("KEINO_VIRUS_SCANNER", default="")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "base_cache"}}

# ---- what the site is made of

ROOT_URLCONF = "keino.web.urls"
WSGI_APPLICATION = "keino.web.wsgi.application"
INSTALLED_APPS = [
    "modeltranslation",  # before admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # its widgets' templates, which our renderer finds among the apps'
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "auditlog",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "rules.apps.AutodiscoverRulesConfig",
    "keino.web.base",
    "keino.web.accounts",
    "keino.web.organisations",
    "keino.web.surveys",
    "keino.web.events",
    "keino.web.measurement",
    "keino.web.procurements",
    "keino.web.plans",
    "keino.web.followup",
    "keino.web.programmes",
    "keino.web.cohorts",
    "keino.web.dashboards",
    "keino.web.opendata",
    "keino.web.about",
    "keino.web.operations",
]
MIDDLEWARE = [
    "keino.web.operations.middleware.Observed",
    "django.middleware.security.SecurityMiddleware",
    "keino.web.about.middleware.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "keino.web.base.middleware.PersonLanguageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "keino.web.accounts.middleware.LastSeenMiddleware",
    "keino.web.accounts.middleware.SecondFactorMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "keino.web.about.middleware.PageViewsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "base" / "templates"],  # our log-in pages go before allauth's
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "keino.web.base.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "keino.web.base.templatetags.keino",
                "keino.web.base.templatetags.parts",
            ],
        },
    }
]
FORM_RENDERER = "keino.web.base.forms.Renderer"
DJANGO_TABLES2_TEMPLATE = "base/components/table.html"

# ---- languages and times

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
LANGUAGE_COOKIE_NAME = "keino_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
MODELTRANSLATION_DEFAULT_LANGUAGE = "fi"
MODELTRANSLATION_LANGUAGES = ("fi", "sv", "en")
MODELTRANSLATION_ENABLE_FALLBACKS = False  # a text is never silently shown in another language
USE_I18N = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# ---- people and log-in (what each means: keino.web.accounts)

AUTH_USER_MODEL = "base.Person"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # an address is unique whatever its case: Person's constraint
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True  # one address per person; a new one counts when it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FORM_CLASS = "keino.web.accounts.sign_up.SignUpName"
ACCOUNT_FORMS = {
    "login": "keino.web.accounts.forms.LoginForm",
    "request_login_code": "keino.web.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "keino.web.accounts.forms.ConfirmLoginCodeForm",
}
ACCOUNT_ADAPTER = "keino.web.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "keino.web.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the state in the session guards it; a form's redirect may be stopped by CSP
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # whom the adapter lets in by address is known by subject then
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "keino.web.accounts.oidc.provider.OrganisationProvider"}
}
#: Organisations' log-ins may be in the site's own network, or on this very machine without TLS (to try things out).
OIDC_MAY_BE_LOCAL = env.bool("KEINO_OIDC_MAY_BE_LOCAL", default=False)
MFA_ADAPTER = "keino.web.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "keino"
MFA_TOTP_TOLERANCE = 1  # phones' clocks are up to half a minute off
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# ---- mail: rows that a worker sends (keino.web.base.mail)

EMAIL_CONFIG = env.email_url("KEINO_SMTP_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("KEINO_MAIL_FROM", default="keino <keino@localhost>")
EMAIL_TIMEOUT = 20
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SITE_ADDRESS = env.str("KEINO_ADDRESS", default="http://localhost:8000").rstrip("/")

# ---- who runs the site: named in the accessibility statement, the open data and security.txt

#: The body that runs this site and answers for it; empty = the pages say that it has not been named.
RESPONSIBLE_BODY = env.str("KEINO_RESPONSIBLE_BODY", default="")
#: Its e-mail address for people; empty = the feedback form alone.
CONTACT_ADDRESS = env.str("KEINO_CONTACT", default="")
#: The authority to which people may turn (act 306/2019), with its address, in the words of the statement.
ACCESSIBILITY_AUTHORITY = env.str("KEINO_ACCESSIBILITY_AUTHORITY", default="")
#: Where to report a hole, as an address (mailto:… or https://…); empty = the feedback form.
SECURITY_CONTACT = env.str("KEINO_SECURITY_CONTACT", default="")
#: Requests that the programming interface answers in a minute: per network address, and per person with a token.
API_REQUESTS_PER_MINUTE = env.int("KEINO_API_REQUESTS_PER_MINUTE", default=120)
API_REQUESTS_PER_MINUTE_WITH_TOKEN = env.int("KEINO_API_REQUESTS_PER_MINUTE_WITH_TOKEN", default=600)
#: Wrong tokens that one network address may try in a minute.
API_WRONG_TOKENS_PER_MINUTE = env.int("KEINO_API_WRONG_TOKENS_PER_MINUTE", default=20)
#: Count page views, without cookies and identifiers (keino.web.about.middleware).
COUNT_PAGE_VIEWS = env.bool("KEINO_COUNT_PAGE_VIEWS", default=True)

# ---- background work

#: "quick" is what people wait for and the timetable; "long" is reading and calculating. Each has its own workers.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["quick", "long"]}}
#: A job whose heart has not beaten for so long is taken from its worker and started again.
JOB_LOST_AFTER_SECONDS = env.int("KEINO_JOB_LOST_AFTER_SECONDS", default=90)
#: How long a worker that is asked to stop lets its job go on, before it hands the job back.
JOB_STOP_SECONDS = env.int("KEINO_JOB_STOP_SECONDS", default=20)

#: How long a public page is shown as it was to visitors without a session; 0 = made anew each time.
VISITOR_PAGES_KEPT_S = env.int("KEINO_VISITOR_PAGES_KEPT_SECONDS", default=30)

# ---- audit trail: who, what, when; no network addresses

AUDITLOG_DISABLE_REMOTE_ADDR = True

# ---- watching and tidying

#: Whoever shows it may read /metrics; without it only this machine may.
METRICS_TOKEN = env.str("KEINO_METRICS_TOKEN", default="")
KEEP_MAIL_DAYS = 90
KEEP_JOBS_DAYS = 90

# ---- security

DEBUG = env.bool("KEINO_DEBUG", default=False)
ALLOWED_HOSTS = env.list("KEINO_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("KEINO_TRUSTED_ORIGINS", default=[])
_HTTPS = env.bool("KEINO_HTTPS", default=True)
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("KEINO_BEHIND_PROXY", default=False) else None
#: Behind a proxy everybody would seem to come from it, and the limits of log-in would stop everybody at once.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("KEINO_BEHIND_PROXY", default=False) else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"

LOGGING_CONFIG = "keino.web.base.logs.configure"
LOGGING = {"level": env.str("KEINO_LOG_LEVEL", default="INFO"), "format": env.str("KEINO_LOG_FORMAT", default="json")}

TEST_RUNNER = "django.test.runner.DiscoverRunner"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keino.web.settings")
