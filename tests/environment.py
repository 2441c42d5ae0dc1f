"""The environment of every test run, set before Django reads its settings (`-p tests.environment` in pyproject.toml).

DATABASE_URL is the caller's choice; without it the tests run on an SQLite file, because threads and child processes
have to see the same database.
"""

import os

from tools import ROOT

SETTINGS = {
    "DEBUG": "false",
    "SECRET_KEY": "a key that signs nothing outside the tests: 0123456789 abcdefghij",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://localhost",
    "DEFAULT_FROM_EMAIL": "Diálogo <registration@dialogo.example.org>",
    "LOG_LEVEL": "WARNING",
    "DESK_SECOND_FACTOR": "false",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
LEFT_TO_THE_DEFAULTS = ["EMAIL_URL", "EMAIL_BACKEND", "EMAIL_FILE_PATH", "ANYMAIL", "TRUSTED_PROXIES", "SIGN_UPS_PER_ADDRESS_AND_HOUR", "PORT"]

os.environ.update(SETTINGS)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{ROOT}/var/dialogo.sqlite3")
for name in LEFT_TO_THE_DEFAULTS:
    os.environ.pop(name, None)
(ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)


def pytest_configure() -> None:
    """Leaves out what is slow on purpose or needs collected files; `live_site` serves these as in production.

    The SQLite file carries the process id: one test may run in one terminal while all of them run in another.
    """
    from django.conf import settings  # noqa: PLC0415  only now may Django read the environment

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database["TEST"]["NAME"] = ROOT / "var" / f"test-{os.getpid()}.sqlite3"
