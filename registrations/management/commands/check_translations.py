from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registrations.models import Meeting
from registrations.queries.translations import text_gaps


class Command(BaseCommand):
    help = "Lists the texts of meetings that lack a language or whose Spanish is older than their English. Exit code 1 if there are any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="MEETING", help="the last part of a meeting's address; without one, all meetings")

    def handle(self, *, slugs: list[str], **options: Any) -> None:
        meetings = Meeting.objects.order_by("slug")
        chosen = meetings.filter(slug__in=slugs) if slugs else meetings
        unknown = sorted(set(slugs) - {meeting.slug for meeting in chosen})
        if unknown:
            raise CommandError(f"There is no meeting “{unknown[0]}”.")
        number = sum(self._list(meeting) for meeting in chosen)
        if number:
            raise CommandError(f"{number} to be mended.")
        self.stdout.write("Every text is there in English and Spanish.")

    def _list(self, meeting: Meeting) -> int:
        gaps = text_gaps(meeting)
        for gap in gaps:
            self.stdout.write(f"{meeting.slug}: {gap.label} ({gap.gap}): {gap.english or gap.spanish}")
        return len(gaps)
