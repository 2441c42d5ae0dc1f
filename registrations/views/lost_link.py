"""Asking for the links of one's own mailbox again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registrations.errors import TooManyAttempts
from registrations.forms.lost_link import LostLinkForm
from registrations.operations.send_links import send_links
from registrations.queries.meetings import meeting_at
from registrations.views.network_address import address_key


# Exempt from the CSRF check: there is no account or session to ride on, and a form without a cookie is never lost.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: HttpRequest, slug: str) -> HttpResponse:
    """One field. A POST is answered by the same page whether the address is known or not; a mail may be on its way."""
    now = timezone.now()
    found = meeting_at(slug, now=now)
    if found is None:
        raise Http404
    form, status = LostLinkForm(request.POST if request.method == "POST" else None), 200
    is_sent = form.is_valid()
    if is_sent:
        try:
            send_links(found.meeting, email=form.cleaned_data["email"], address_key=address_key(request), now=now)
        except TooManyAttempts as refusal:
            form.add_error(None, str(refusal))
            is_sent, status = False, 429
    return render(request, "registrations/lost_link.html", {"meeting": found.meeting, "form": form, "is_sent": is_sent}, status=status)
