"""Settings. Every environment variable that is read here stands in README.md (a test compares)."""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from congress.keyfiles import read_or_make
from congress.outgoing_settings import SMTP, WEBHOOK_TEST_RECEIVER  # noqa: F401

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# ---- The data folder: database, uploads, broker, logs, secret keys -------------------------------
DATA = Path(env("CONGRESS_DATA", default=str(BASE_DIR / "var"))).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

SECRET_KEY = env("SECRET_KEY", default="") or read_or_make(DATA / "secret_key")
# Encrypts personal fields; apart from SECRET_KEY, which may be changed at any time.
FIELD_KEY = env("FIELD_KEY", default="") or read_or_make(DATA / "field_key")
# Written by ./run: "sample" where the records of this folder are the invented county.
BEGUN = DATA / "begun"
SAMPLE_DATA = BEGUN.is_file() and BEGUN.read_text().strip() == "sample"

# ---- Where it is reached -------------------------------------------------------------------------
SITE_ADDRESS = env("SITE_ADDRESS", default=f"http://localhost:{env('PORT', default='') or 8000}")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)
TRUST_PROXY = env.bool("TRUST_PROXY", default=False)
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ---- Parts ---------------------------------------------------------------------------------------
# From the ground to the right: a room may import only from those above it here.
ROOMS = ["congress", "deputies", "suggestions", "liaison_stations", "activities", "reports"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "congress.middleware.request_log",
    "congress.views.errors.BusyDatabase",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "congress.middleware.NoNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "congress.middleware.session_limits",
    "congress.substitution.substitutes",
    "congress.middleware.SignInRequired",
    "congress.middleware.PasswordAge",
    "congress.middleware.private_pages",
    "congress.middleware.acting_user",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "congress.urls"
WSGI_APPLICATION = "congress.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "congress.navigation.navigation",
                "congress.page_help.page_help",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# ---- Database ------------------------------------------------------------------------------------
OWN_DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "congress.sqlite3"}
DATABASES = {
    "default": env.db_url("DATABASE_URL") if env("DATABASE_URL", default="") else OWN_DATABASE
}
ON_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if ON_SQLITE:
    # IMMEDIATE: with Django's default 70 % of concurrent read-then-write transactions fail
    # (measured).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;",
    }
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 10000,
            "options": "-c statement_timeout=15000 -c lock_timeout=3000 "
            "-c idle_in_transaction_session_timeout=30000",
        },
    }
# No ATOMIC_REQUESTS: every reading page would take SQLite's write lock.

# ---- Jobs ----------------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 1800,  # seconds; longer than the longest task
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "retry_on_timeout": False,
        "max_retries": 0,  # kombu would try for 6 seconds inside a request
    }
else:
    BROKER = DATA / "broker"
    (BROKER / "messages").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER / "messages"),
        "data_folder_out": str(BROKER / "messages"),
        "control_folder": str(BROKER / "control"),
    }
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = (
    False  # a page never waits for a broker that is down: the sweeper rings again
)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE

# ---- Files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "congress.finders.PackageFilesFinder",
]
STATIC_ROOT = env("STATIC_ROOT", default="") or None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None  # embedded: no collectstatic
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ---- Sign-in -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "congress.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_PROFILE = env("PASSWORD_PROFILE", default="dengbao")
PASSWORD_VALIDATORS = {
    "dengbao": [
        "TwelveLong",
        "ThreeClasses",
        "NotTheUserName",
        "NotUsedBefore",
    ],  # GB/T 22239 8.1.4.1
    "asvs": ["FifteenLong", "NotKnown"],  # OWASP ASVS 5.0, 6.2
}
if PASSWORD_PROFILE not in PASSWORD_VALIDATORS:
    raise ImproperlyConfigured("PASSWORD_PROFILE is dengbao or asvs")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"congress.passwords.{name}"} for name in PASSWORD_VALIDATORS[PASSWORD_PROFILE]
]
PASSWORD_DAYS = {"dengbao": 180, "asvs": None}[
    PASSWORD_PROFILE
]  # None: a password does not grow old
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_CHANGE_URL = "change_password"

SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600  # seconds: the longest session
SESSION_IDLE = {"sysadmin": 15 * 60, None: 30 * 60}  # seconds by role; None: all others

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "congress.middleware.address_block"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = (
    False  # an attacker must not keep somebody out for ever
)
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "congress/locked.html"
AXES_COOLOFF_MESSAGE = "登录失败次数过多，请15分钟后再试。"

# ---- Headers -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: Bootstrap's own arrows and ticks
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if HTTPS:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    "security.W021"
]  # HSTS preload is for the owner of the whole domain to decide

# ---- Logs ----------------------------------------------------------------------------------------
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "congress.logs.SafeLines"}},
    "handlers": {
        "file": {
            "class": "congress.logs.DailyFile",
            "formatter": "line",
            "folder": os.fspath(DATA / "logs"),
            "keep_days": 200,
        },
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["file", "stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
