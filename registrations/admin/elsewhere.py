"""Lists that say who is in another delegation of the meeting as well."""

from collections.abc import Iterable

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registrations.models import Participant
from registrations.queries.elsewhere import elsewhere, people_also_elsewhere


class ParticipantList(ChangeList):
    """Each row knows where else the person takes part."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        where = elsewhere(self.result_list)
        for person in self.result_list:
            person.elsewhere = where[person.pk]


class DelegationList(ChangeList):
    """Each row knows which of its people take part elsewhere as well."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        shared = people_also_elsewhere(self.result_list)
        for delegation in self.result_list:
            delegation.shared = shared[delegation.pk]


def also_in(twins: Iterable[Participant]) -> SafeString:
    """E.g. "also in: Ecuador, Chile" with links to the person's other registrations, or "" where there is none."""
    pages = [(reverse("admin:registrations_participant_change", args=[twin.pk]), twin.delegation) for twin in twins]
    if not pages:
        return SafeString("")
    links = format_html_join(", ", '<a href="{}">{}</a>', pages)
    return format_html('<span class="zone">{} {}</span>', _("also in:"), links)
