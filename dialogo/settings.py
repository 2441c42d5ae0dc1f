"""One settings file; everything that differs between hosts comes from the environment (README, "Run it for real")."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from dialogo.environment import DEBUG as DEBUG
from dialogo.environment import allowed_hosts, database, default_from_email, env, natural, secret_key, site_url, understood, webhook_secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

SECRET_KEY = secret_key()
ALLOWED_HOSTS = allowed_hosts()
SITE_URL = site_url()
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "registrations",
    "registrations.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "anymail",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "registrations.views.language.RememberLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "dialogo.urls"
WSGI_APPLICATION = "dialogo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- database ---------------------------------------------------------------------------------------------------------
DATABASES = {"default": database("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/dialogo.sqlite3", example="postgres://user:password@host/name")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- languages --------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# --- static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- files that are sent in: kept in memory or in a temporary file up to our limit, thrown away beyond it ---------------
FILE_UPLOAD_HANDLERS = [
    "registrations.forms.upload_limit.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- mail -------------------------------------------------------------------------------------------------------------
vars().update(
    understood("EMAIL_URL", env.email_url, default="consolemail://" if DEBUG else "smtp://localhost:25", example="smtp+tls://user:password@host:587")
)
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=vars()["EMAIL_BACKEND"])
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", default=vars()["EMAIL_FILE_PATH"] or str(VAR_DIR / "mail"))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = default_from_email()
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ANYMAIL = understood("ANYMAIL", env.dict, default={}, example="POSTMARK_SERVER_TOKEN=abc")
ANYMAIL_WEBHOOK_SECRET = webhook_secret()
REPLIES = understood("REPLIES", env.str, default="off", choices=("off", "webhook", "mailbox"), example="mailbox")
CALENDAR_MODE = understood("CALENDAR_MODE", env.str, default="invite", choices=("invite", "attach"), example="attach")

# --- security ---------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
TRUSTED_PROXIES = natural("TRUSTED_PROXIES", default=0, example="1")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Mails that come in by webhook hold their attachments; the web server in front lets no more through.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# A delegation's table: 200 rows of ten fields and a box for each session.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200 * 30 + 100
SIGN_UPS_PER_ADDRESS_AND_HOUR = natural("SIGN_UPS_PER_ADDRESS_AND_HOUR", default=60, example="60")
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "registrations.views.desk_access.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
_ASKED = understood("DESK_SECOND_FACTOR", env.str, default="false" if DEBUG else "true", choices=("true", "false"), example="true")
DESK_SECOND_FACTOR = _ASKED == "true"  # read as a word: a misspelt "true" must not open the desk
OTP_TOTP_ISSUER = f"Diálogo {urlsplit(SITE_URL).hostname}"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "registrations.views.network_address.network_address"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_tokens": {"()": "dialogo.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": understood("LOG_LEVEL", env.str, default="INFO", choices=LOG_LEVELS, example="INFO")},
}
