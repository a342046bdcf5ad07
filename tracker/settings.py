"""All settings, read from the environment and nowhere else; `docs/production.md` lists the variables."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from csp.constants import NONE, SELF

from . import env
from .schedule import BEAT_SCHEDULE

ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = env.required(
    "SECRET_KEY",
    "Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))' and keep it secret.",
)
DEBUG = False
SECRET_KEY_FALLBACKS = env.listed("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS")
SITE_URL = env.site("SITE_URL")
OVER_HTTPS = urlsplit(SITE_URL).scheme == "https"
DEMO_CLOCK = env.demo_clock("DEMO_CLOCK")

INSTALLED_APPS = [
    "commitments",
    "tracker",
    "commitments.staff_site.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "commitments.request_checks.middleware.AddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "commitments.accounts.middleware.NeverStoredMiddleware",
    "commitments.dashboard.language.FirstVisitMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commitments.admin.base.language.AdminLanguageMiddleware",
    "tracker.anonymous_reads.AnonymousReadsMiddleware",
    "tracker.proxies.UnknownProxyMiddleware",
    "commitments.accounts.middleware.RefusalsLoggedMiddleware",
    "commitments.accounts.middleware.UnsentFormMiddleware",
    "commitments.admin.base.editor.EditorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "commitments.uploads.NoRoomMiddleware",
    "commitments.request_checks.middleware.FormMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commitments.clock.demo_banner",
            ]
        },
    }
]

# Data ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The history is read by the object that was edited, and by no other key.
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("STATIC_ROOT", str(ROOT / "staticfiles"))
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", str(ROOT / "media"))
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
# The rest of a form is accepted even if the disk has no room for its file.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "commitments.uploads.UploadHandler",
]
EVIDENCE_SCAN_COMMAND = os.environ.get("EVIDENCE_SCAN_COMMAND", "")
BACKUP_FOLDER = os.environ.get("BACKUP_FOLDER", "")
PG_BIN = os.environ.get("PG_BIN", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The proxy, under another account, reads them; uploads stay private to the service.
    "staticfiles": {
        "BACKEND": "tracker.static_files.StaticFiles",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

# The quick-log sends some fifteen fields and two files for each of some hundred targets, most of them empty. Without
# a script, it sends as many for each report that can be corrected.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000

# Language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = OVER_HTTPS
TIME_ZONE = os.environ.get("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

# Accounts and the browser -------------------------------------------------------------------------
AUTH_USER_MODEL = "commitments.User"
AUTHENTICATION_BACKENDS = [
    "commitments.permissions.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "commitments.accounts.passwords.HardToGuessValidator"},
]
# `commitments` asks this function for a client's address, and does not know the proxies in front.
CLIENT_ADDRESS = "tracker.proxies.client_address"
PROXIES = env.count("PROXIES")
ANONYMOUS_READS_PER_MINUTE = env.count("ANONYMOUS_READS_PER_MINUTE", 300)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# A link to set a password is good for a day, and once.
PASSWORD_RESET_TIMEOUT = 86_400
SESSION_ENGINE = "commitments.accounts.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Over https the browser itself ensures that no other site, not even a sister site, has set these.
HOST_ONLY = "__Host-" if OVER_HTTPS else ""
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}django_language"
KNOWN_BROWSER_COOKIE_NAME = f"{HOST_ONLY}known"
SESSION_COOKIE_SECURE = OVER_HTTPS
CSRF_COOKIE_SECURE = OVER_HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "commitments.request_checks.handlers.forged"
SECURE_SSL_REDIRECT = OVER_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OVER_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OVER_HTTPS
SECURE_HSTS_PRELOAD = OVER_HTTPS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]

# Background work ----------------------------------------------------------------------------------
# The broker may lose everything: a message is only a hint, the work to do stands in the database.
CELERY_BROKER_URL = env.required("CELERY_BROKER_URL", "Write for example redis://broker.example:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_DB_REUSE_MAX = 1000
CELERY_TIMEZONE = "UTC"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
ROLLUP_HINT = "commitments.tasks.send_hint"
IMPORT_HINT = "commitments.tasks.send_import_hint"

# Mail ---------------------------------------------------------------------------------------------
vars().update(env.mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"commitments@{urlsplit(SITE_URL).hostname}")

# API ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "commitments.api.pagination.PageNumber",
    "DEFAULT_FILTER_BACKENDS": ["commitments.api.filters.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "commitments.api.errors.problem",
    "COERCE_DECIMAL_TO_STRING": False,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Policy Commitment Tracker",
    "DESCRIPTION": "The commitments of plans, their progress and how it is judged. Read-only and public.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {"ConfidenceEnum": "commitments.api.fields.confidences"},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Logs ---------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "security": {"format": "%(asctime)s security %(message)s"},
    },
    "filters": {
        "one line": {"()": "tracker.logs.OneLineFilter"},
        "outages": {"()": "tracker.interruptions.InOneLine"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["one line"]},
        "security": {"class": "logging.StreamHandler", "formatter": "security"},
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        # Whatever LOG_LEVEL says, and in lines of its own form.
        "security": {"level": "INFO", "handlers": ["security"], "propagate": False},
        "django.request": {"filters": ["outages"]},
        # Anybody could fill the log by closing connections and by filling the queue.
        "waitress": {"level": "ERROR"},
    },
}
