"""The settings; everything that differs per installation comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment import LOOPBACK, Environment

env = Environment(os.environ)
ROOT = Path(__file__).resolve().parents[3]
MELDROUTE_POLICIES = Path(env.text("MELDROUTE_POLICIES", str(ROOT / "policies")))
MELDROUTE_STATE = Path(env.text("MELDROUTE_STATE", str(ROOT / ".state")))
MELDROUTE_PRACTICE = env.flag("MELDROUTE_PRACTICE")
MELDROUTE_KEYS = env.keys("MELDROUTE_KEY_FILE")
MELDROUTE_MAILBOX = env.text("MELDROUTE_MAILBOX", "")
MELDROUTE_MUNICIPALITY = env.text("MELDROUTE_MUNICIPALITY", "")
MELDROUTE_JOURNAL_HEADS = env.folder("MELDROUTE_JOURNAL_HEADS")
MELDROUTE_JOURNAL_HEADS_MAIL = env.text("MELDROUTE_JOURNAL_HEADS_MAIL", "")
MELDROUTE_BASE_URL = env.text("MELDROUTE_BASE_URL", "http://localhost:8000").rstrip("/")
MELDROUTE_SECURITY_CONTACT = env.text("MELDROUTE_SECURITY_CONTACT", "security@oefen.example")
MELDROUTE_THEME_CSS = env.text("MELDROUTE_THEME_CSS", "")
MELDROUTE_OIDC = env.provider("MELDROUTE_OIDC_ISSUER", practice=MELDROUTE_PRACTICE)
"""The identity provider; with an issuer its client, secret and name of the groups are read too."""
MELDROUTE_SMTP = env.smtp("MELDROUTE_SMTP_URL")
MELDROUTE_CLAMD = env.clamd("MELDROUTE_CLAMD", practice=MELDROUTE_PRACTICE)
MELDROUTE_UNSCANNED = MELDROUTE_PRACTICE and MELDROUTE_CLAMD is None
"""Whether files may be given without a scan: in practice without a scanner only."""
MELDROUTE_MAIL_FROM = env.text("MELDROUTE_MAIL_FROM", "meldpunt@oefen.example")

SECRET_KEY = env.text("MELDROUTE_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = [name for name in env.text("MELDROUTE_HOSTS", "localhost,127.0.0.1").split(",") if name]
USE_TLS = MELDROUTE_BASE_URL.startswith("https://")

DATABASES = {"default": env.database("DATABASE_URL")}
if "MELDROUTE_OWNER_DATABASE_URL" in env.told:
    DATABASES["owner"] = env.database("MELDROUTE_OWNER_DATABASE_URL")
if MELDROUTE_PRACTICE and not {DATABASES["default"]["HOST"], MELDROUTE_SMTP["host"]} <= LOOPBACK:
    raise ImproperlyConfigured("Een oefenomgeving praat alleen met deze machine: gebruik 127.0.0.1.")
if MELDROUTE_PRACTICE and MELDROUTE_CLAMD and not {MELDROUTE_CLAMD.host} <= LOOPBACK | {""}:
    raise ImproperlyConfigured("Een oefenomgeving praat alleen met deze machine: MELDROUTE_CLAMD op 127.0.0.1.")
if not USE_TLS and not MELDROUTE_BASE_URL.startswith(("http://localhost", "http://127.0.0.1")):
    raise ImproperlyConfigured("MELDROUTE_BASE_URL: zonder https alleen op localhost.")

INSTALLED_APPS = [
    "meldroute.web",
    "meldroute.reports",
    "meldroute.routine",
    "meldroute.figures",
    "meldroute.intake",
    "meldroute.meetings",
    "meldroute.awareness",
    "meldroute.plan",
    "meldroute.route",
    "meldroute.sources",
    "meldroute.sharing",
    "meldroute.search",
    "meldroute.people",
    "meldroute.post",
    "meldroute.vault",
    "meldroute.journal",
    "django.forms",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
]
MIDDLEWARE = [
    "meldroute.web.middleware.SecureHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "meldroute.web.middleware.UnitOfWork",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "meldroute.web.middleware.Enter",
]
ROOT_URLCONF = "meldroute.web.urls"
WSGI_APPLICATION = "meldroute.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],  # before django.forms' own field templates
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "meldroute.web.context.frame",
            ]
        },
    }
]
FORM_RENDERER = "meldroute.web.shown.Renderer"

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "meldroute.people.passwords.Leaked"},
    {"NAME": "meldroute.people.passwords.OurWords", "OPTIONS": {"file": MELDROUTE_POLICIES / "passwords.toml"}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
OTP_TOTP_ISSUER = "Meldroute"
OTP_TOTP_THROTTLE_FACTOR = 0  # `people/attempts.py` counts, and never keeps an owner out for days
MELDROUTE_SESSION_MINUTES = env.number("MELDROUTE_SESSION_MINUTES", 15)
MELDROUTE_SESSION_HOURS = env.number("MELDROUTE_SESSION_HOURS", 8)
MELDROUTE_PROOF_MINUTES = env.number("MELDROUTE_PROOF_MINUTES", 15)
SESSION_ENGINE = "meldroute.people.sessions"
SESSION_COOKIE_AGE = MELDROUTE_SESSION_HOURS * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USE_TLS
SESSION_COOKIE_NAME = "__Host-sessie" if USE_TLS else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if USE_TLS else "csrf"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would hold them in the browser
CSRF_TRUSTED_ORIGINS = [MELDROUTE_BASE_URL] if USE_TLS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if USE_TLS else None
SECURE_SSL_REDIRECT = USE_TLS
SECURE_HSTS_SECONDS = 31536000 if USE_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USE_TLS  # names below this address, of which there are none
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer browsers send Origin: null, and no form can be posted
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "meldroute.web.views.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
# The chapters that are Django apps bring their own catalogue; these two are plain Python.
LOCALE_PATHS = [Path(__file__).parents[1] / chapter / "locale" for chapter in ("domain", "figures")]
LANGUAGE_COOKIE_NAME = "__Host-taal" if USE_TLS else "taal"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "meldroute.web.quiet.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
