"""A participant corrects what is on record about them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from registrations.details import PARTICIPANT
from registrations.links import participant_token
from registrations.models import Participant
from registrations.views.person_form import PersonPage
from registrations.views.personal_link import by_personal_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def edit(request: HttpRequest, person: Participant) -> HttpResponse:
    """The form with what is on record; for a returned registration with the secretariat's note, and sending it in again."""
    back = reverse("registrations:participant", args=[participant_token(person)])
    return PersonPage(request, person, PARTICIPANT, back, gettext("Your registration")).answer()
