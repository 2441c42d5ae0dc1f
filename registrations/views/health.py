"""What a monitor asks: is the process alive, and is the site ready to serve."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registrations.queries.readiness import obstacles


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return _plain("alive")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with what is in the way, one thing a line; never anything about a person."""
    found = obstacles(now=timezone.now())
    return _plain("\n".join(found) or "ready", status=503 if found else 200)


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
