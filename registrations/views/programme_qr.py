"""The programme page's address for slides."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.exports.qr_code import qr_code
from registrations.links import programme_url
from registrations.views.published import conditional, kept, published_or_404, reader_language


@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """A QR code that leads to the programme page in the language at hand."""
    found = published_or_404(slug)
    address = programme_url(found.meeting, language=reader_language())
    image = kept("qr", found, render=lambda: qr_code(address, title=_("QR code of %(address)s") % {"address": address}))
    headers = {"Content-Disposition": f'inline; filename="{slug}-qr-{reader_language()}.svg"', "Cache-Control": "public, max-age=86400"}
    return conditional(request, HttpResponse(image, content_type="image/svg+xml", headers=headers))
