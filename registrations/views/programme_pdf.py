"""The programme to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from registrations.exports.programme_pdf import Paper, programme_pdf
from registrations.views.published import FEED, conditional, kept, published_or_404, reader_language

_PAPERS = {"a4": Paper.A4, "letter": Paper.LETTER}


@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as a PDF, on A4 or with `?paper=letter` on US Letter; set once for each version of the meeting."""
    size = request.GET.get("paper", "a4")
    if size not in _PAPERS:
        raise Http404
    found = published_or_404(slug)
    file = kept("pdf", found, size, render=lambda: programme_pdf(found.meeting, language=reader_language(), paper=_PAPERS[size]))
    name = pgettext("file name", "programme")
    headers = {"Content-Disposition": f'inline; filename="{slug}-{name}-{size}.pdf"', "Cache-Control": FEED}
    response = HttpResponse(file, content_type="application/pdf", headers=headers)
    return conditional(request, response, last_modified=found.meeting.changed_at.timestamp())
