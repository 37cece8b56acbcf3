"""The one settings module. What may differ between machines comes from ``SEGUE_*`` variables, read here and nowhere else."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from segue.home import home_folder, secret_key
from segue.jobs.limits import VARIABLE, memory_from
from segue.shared.database import database_from_url, sqlite_database
from segue.shared.public_address import public_address

HOME = home_folder()
FILES = HOME / "files"
BACKUPS = HOME / "backups"

SECRET_KEY = secret_key(HOME)
# Set by `segue demo`: every page says that the journey is made up. A demo is for who sits here: it has no public address.
DEMO = os.environ.get("SEGUE_DEMO") == "1"
# Where others reach this Segue, through a proxy in front of it (docs/how-to/review-links.md); empty for most people.
_public = None if DEMO else public_address(os.environ.get("SEGUE_PUBLIC_URL", ""))
PUBLIC_URL = _public.url if _public else ""
# Without a public address the person at the keyboard is the learner: no account, no password. With one, people sign in.
SINGLE_USER = _public is None
# The pages that Django shows for errors then hold settings and code: they are for who sits here, never for others.
DEBUG = SINGLE_USER and os.environ.get("SEGUE_DEBUG") == "1"
# Loopback, and the public host where there is one. Django refuses any other Host header, which also stops DNS rebinding.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *([_public.host] if _public else [])]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "segue.shared",
    "segue.accounts",
    "segue.jobs",
    "segue.evidence",
    "segue.courses",
    "segue.schedule",
    "segue.work.workbench",
    "segue.work.lab",
    "segue.work.learn",
    "segue.work.build",
    "segue.work.connect",
    "segue.work.deepen",
    "segue.work.transition",
    "segue.readiness",
    "segue.plan",
    "segue.start",
    "segue.vault",
]
MIDDLEWARE = [
    "segue.shared.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "segue.shared.middleware.plain_paths",
    "segue.shared.middleware.same_origin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "segue.accounts.middleware.know_the_learner",
    "segue.shared.middleware.user_errors",
]
ROOT_URLCONF = "segue.urls"
WSGI_APPLICATION = "segue.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "segue.shared.navigation.navigation",
            ],
            "builtins": ["segue.shared.templatetags.segue"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

_url = os.environ.get("SEGUE_DATABASE_URL", "")
DATABASES = {"default": database_from_url(_url) if _url else sqlite_database(HOME / "segue.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign-in"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"  # stored in UTC; shown in the machine's own time zone (segue.shared.clock)
# Django sets the whole process to TIME_ZONE once it has read this; segue.shared gives the machine its own zone back.
MACHINE_ZONE = os.environ.get("TZ")
# A day to take for today, for tests and tours. Nobody needs it otherwise.
TODAY = date.fromisoformat(os.environ["SEGUE_TODAY"]) if os.environ.get("SEGUE_TODAY") else None

# How much a worker process may take, in MiB; 0 for no limit.
WORKER_MEMORY_MB = memory_from(os.environ.get(VARIABLE, ""))

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

MAX_ATTACHMENT_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a résumé of 40 positions, each with many bullets, is one form
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR: str | None = None
# A file that is too large, or that the disk refuses, is dropped while it streams: the text of the form still arrives.
FILE_UPLOAD_HANDLERS = [
    "segue.evidence.uploads.Gate",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "segue.evidence.uploads.CarefulTemporary",
]

SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
# Behind https, cookies never travel without it. Which scheme a request came by is told by the proxy (segue.server), so no header
# is believed here.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public is not None and _public.is_encrypted
CSRF_TRUSTED_ORIGINS = [_public.url] if _public else []
CSRF_FAILURE_VIEW = "segue.shared.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "segue.shared.log_lines.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
