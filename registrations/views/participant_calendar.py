"""A participant's sessions as a file, and as a feed that follows every change."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.calendars.own import own_calendar
from registrations.models import Participant
from registrations.queries.history import changed_at
from registrations.views.personal_link import by_calendar_link
from registrations.views.published import conditional


@require_safe
@by_calendar_link
def calendar(request: HttpRequest, person: Participant) -> HttpResponse:
    """The file, without any session once the participant is not confirmed any more."""
    file = own_calendar(person, now=timezone.now())
    headers = {"Content-Disposition": f'inline; filename="{person.meeting.slug}.ics"', "Cache-Control": "private, max-age=300"}
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)
    return conditional(request, response, last_modified=changed_at(person).timestamp())
