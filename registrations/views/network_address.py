"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def address_key(request: HttpRequest) -> str:
    """A keyed hash of the sender's network address: counts, but tells nobody who it was."""
    return salted_hmac("registrations.views.network_address", network_address(request)).hexdigest()


def network_address(request: HttpRequest) -> str:
    """The address as seen by the outermost of our own `TRUSTED_PROXIES`; what stands before it could be made up."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
