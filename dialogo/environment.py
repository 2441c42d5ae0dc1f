"""Reading the environment: a value, or one sentence that says what is wrong with it."""

from collections.abc import Callable, Sequence
from email.utils import parseaddr
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")
# Not $(openssl ...): a file of variables that is read at each start would have another key each time.
RANDOM = "50 random characters that stay the same, e.g. what `openssl rand -base64 48` printed once"
GIVEN_BY_WEBHOOKS = "ANYMAIL_WEBHOOK_SECRET=provider:PASSWORD, with a password that `openssl rand -hex 24` printed once"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

env = environ.Env()
DEBUG = env.bool("DEBUG", default=False)


def required(name: str, *, in_debug: str, example: str = "", how: str = "") -> str:
    """The variable's value, or `in_debug` under DEBUG; the start is refused when it is missing in production."""
    value = str(env.str(name, default=in_debug if DEBUG else "")).strip()
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment{how or f', e.g. {name}={example}'}, or set DEBUG=true on your own machine."
        )
    return value


def understood(name: str, read: Callable[..., Value], *, example: str, **options: Any) -> Value:
    """What `read` makes of the variable; the start is refused when it makes nothing of it."""
    try:
        value = read(name, **options)
    except (ValueError, KeyError, TypeError, ImproperlyConfigured):
        value = None
    if value is None or (value == {} and options.get("default")):
        raise _not_understood(name, example=example, choices=options.get("choices", ()))
    return value


def _not_understood(name: str, *, example: str, choices: Sequence[str] = ()) -> ImproperlyConfigured:
    if choices:
        return ImproperlyConfigured(f"{name} cannot be understood. Set it to {', '.join(choices[:-1])} or {choices[-1]}.")
    return ImproperlyConfigured(f"{name} cannot be understood. Write it like {name}={example}")


def natural(name: str, *, default: int, example: str) -> int:
    """The whole number, 0 or more, that the variable holds; the start is refused where it holds none."""
    number: int = understood(name, env.int, default=default, example=example)
    if number < 0:
        raise _not_understood(name, example=example)
    return number


def database(name: str, *, default: str, example: str) -> dict[str, Any]:
    """The database at the address in the variable; the start is refused unless it is PostgreSQL or SQLite."""
    options: dict[str, Any] = understood(name, env.db_url, default=default, example=example)
    if options.get("ENGINE") not in {"django.db.backends.postgresql", "django.db.backends.sqlite3"}:
        raise _not_understood(name, example=example)
    return options


def secret_key() -> str:
    """The key that signs every personal link, refused in production when it can be guessed."""
    key = required("SECRET_KEY", how=f" to {RANDOM}", in_debug="only-for-development-on-this-machine-" + "0" * 32)
    if not DEBUG and (len(key) < 40 or len(set(key)) < 8):
        raise ImproperlyConfigured(f"SECRET_KEY is too weak: it signs every personal link. Set it to {RANDOM}.")
    return key


def allowed_hosts() -> list[str]:
    """The names under which the site answers; "*" is refused in production, because links could be made under any name."""
    hosts = [host.strip() for host in required("ALLOWED_HOSTS", example="meetings.example.org", in_debug="127.0.0.1,localhost,[::1]").split(",")]
    if not DEBUG and "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is *: anybody could give the site a name of their own. List its names, separated by commas.")
    return [host for host in hosts if host]


def site_url() -> str:
    """The site's address without a slash at the end; in production https, or http on this machine alone."""
    url = required("SITE_URL", example="https://meetings.example.org", in_debug="http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ImproperlyConfigured(f"SITE_URL is {url}: write the whole address, e.g. SITE_URL=https://meetings.example.org")
    if parts.scheme == "http" and not DEBUG and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(
            f"SITE_URL is {url}: personal links must not travel unencrypted. Serve the site over https and set SITE_URL to its https address."
        )
    return url


def default_from_email() -> str:
    """The sender of all mails."""
    sender = required("DEFAULT_FROM_EMAIL", example="'Secretariat <registration@example.org>'", in_debug="Diálogo <registration@localhost>")
    if "@" not in parseaddr(sender)[1]:
        raise ImproperlyConfigured("DEFAULT_FROM_EMAIL has no address. Write it like DEFAULT_FROM_EMAIL='Secretariat <registration@example.org>'")
    return sender


def webhook_secret() -> str:
    """What a provider's webhooks have to say before they are listened to, "user:password"; "" where there are none."""
    secret = str(env.str("ANYMAIL_WEBHOOK_SECRET", default="")).strip()
    user, _colon, password = secret.partition(":")
    if secret and (not user or len(password) < 20):
        raise ImproperlyConfigured(f"ANYMAIL_WEBHOOK_SECRET is too weak. Write it like {GIVEN_BY_WEBHOOKS}.")
    return secret
